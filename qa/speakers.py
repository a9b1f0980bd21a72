"""Is who speaks in an article the one that a question asks for? Across spellings and languages.

Known bodies are compared by their canonical names. Others word by word: a word of one name is a word of the other when
both have one stem, when they sound alike across scripts («الشداد», "al-Shaddad"), or when they mean the same («وزارة
الصحة», "health ministry").
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.domain import Attribution
from ingest.encoder import Encoder
from ingest.language import detect_query_language
from ingest.lexis import fold, sound, terms
from qa.coverage import SAME, content_words, meaning
from qa.question import Asked

MATCHES = 0.6
"""Share of a speaker's name that the question has to name for the two to be one."""

_SLOT = 0.39
"""Share of what the question says of its speaker that the name has to hold: "Sahlan" is not its Coast Guard."""

_PERSON = 2
"""Words of a name that make a person when all of them are named, whatever else the question says of them."""

_TITLES = frozenset(
    fold(word)
    for word in """mr mrs ms dr doctor captain colonel general major president sir sheikh syrian the of for and spokesman spokeswoman
        الدكتور الدكتورة دكتور القبطان العقيد اللواء العميد الرائد الكولونيل السيد السيدة الرئيس الشيخ باسم""".split()  # noqa: SIM905 - a word list reads best as running text
)


class Names(NamedTuple):
    """All names that an article gives to who speaks: person, body, canonical ones."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, said: Attribution) -> "Names":
        """The names of an attribution: speaker and the body they speak for."""
        speakers = [said.speaker, *([said.body] if said.body else [])]
        return cls(tuple(dict.fromkeys(name for one in speakers for name in (one.name, one.canonical))))


class Matcher:
    """Compares speakers with the one that a question asks for."""

    def __init__(self, asked: Asked, encoder: Encoder, aliases: Aliases) -> None:
        self._asked = asked
        self._encoder = encoder
        self._aliases = aliases
        self._slot = _words(asked.speaker or "")
        self._known: dict[Names, bool] = {}

    def matches(self, names: Names) -> bool:
        """Whether a speaker by these names is the one asked for."""
        if names not in self._known:
            self._known[names] = self._matches(names)
        return self._known[names]

    def _matches(self, names: Names) -> bool:
        known = {canonical for name in names.names if (canonical := self._aliases.canonical(name))}
        if known & self._asked.speakers:
            return True
        rest = [name for name in names.names if not (self._asked.speakers and self._aliases.canonical(name))]
        return any(self._says(name) for name in rest)

    def _says(self, name: str) -> bool:
        words = _words(name)
        if not words or not self._slot:
            return False
        same, alike = self._same(words)
        held = [one or other for one, other in zip(same, alike, strict=True)]
        if all(same) and (len(words) >= _PERSON or words[-1:] == self._slot[-1:] or self._is_last(words[-1])):
            return True
        share = sum(held) / len(held)
        return share >= MATCHES and sum(held) >= _SLOT * len(self._slot)

    def _is_last(self, word: str) -> bool:
        return _one_word(word, self._slot[-1])

    def _same(self, words: Sequence[str]) -> tuple[list[bool], list[bool]]:
        """Of each word of a name: whether the question has it by stem or sound; by its meaning."""
        same = [any(_one_word(word, other) for other in self._slot) for word in words]
        cosines = meaning(
            self._encoder,
            words,
            detect_query_language(" ".join(words)),
            self._slot,
            detect_query_language(" ".join(self._slot)),
        )
        return same, [bool(row.max() >= SAME) for row in cosines]


def _words(name: str) -> list[str]:
    return [word for word in content_words(name) if fold(word) not in _TITLES]


def _one_word(one: str, other: str) -> bool:
    if set(terms(one)) & set(terms(other)):
        return True
    if one.isascii() == other.isascii():
        return False
    key = sound(one)
    return len(key) > 1 and key == sound(other)


def same_names(one: Names, other: Names, aliases: Aliases) -> bool:
    """Whether two speakers, perhaps of two articles, are one: a shared name, or one canonical name."""
    return bool(_keys(one.names, aliases) & _keys(other.names, aliases))


def _keys(names: Iterable[str], aliases: Aliases) -> set[str]:
    return {aliases.canonical(name) or " ".join(terms(name)) or fold(name) for name in names}
