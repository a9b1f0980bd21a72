"""Is who speaks here the one who is asked for, or who speaks there? Across spellings and languages.

Known bodies are compared by their canonical names. Others word by word: a word of one name is a word of the other when
both have one stem, when they sound alike across scripts («الشداد», "al-Shaddad"), when they are one of the words that
bodies are called by in both languages (`ingest/data/offices.tsv`: «خفر», "guard"), or when they mean the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.encoder import Encoder
from ingest.language import detect_query_language
from ingest.lexis import fold, sound, terms
from qa.coverage import SAME, content_words, meaning

_NAMED = 0.6
"""Share of a speaker's name that the other one has to hold."""

_TOLD = 0.39
"""Share of the other one that the name has to hold: "Sahlan" is not its Coast Guard."""

_PERSON = 2
"""Words of a name that make a person when all of them are named, whatever else is said of them."""

_TITLES = frozenset(
    fold(word)
    for word in """mr mrs ms dr doctor major president sir sheikh the of for and spokesman spokeswoman spokesperson official
        الدكتور الدكتورة دكتور القبطان السيد السيدة الشيخ باسم باسمه باسمها باسمهم متحدث المتحدث متحدثة المتحدثة الناطق
        الناطقة""".split()  # noqa: SIM905 - a word list reads best as running text
)


class Names(NamedTuple):
    """All names that an article gives to who speaks: person, body, canonical ones."""

    names: tuple[str, ...]


class Speakers:
    """Compares speakers by their names; remembers what it compared."""

    def __init__(self, encoder: Encoder, aliases: Aliases) -> None:
        self._encoder = encoder
        self._aliases = aliases
        self._known: dict[tuple[str, str], bool] = {}

    def is_asked(self, names: Names, asked: str, known: frozenset[str]) -> bool:
        """Whether a speaker is the one that a question names.

        Args:
            names: the speaker's.
            asked: the question's words for whom it asks.
            known: canonical names of known bodies in these words.
        """
        canonical = {self._aliases.canonical(name) for name in names.names} - {None}
        if canonical & known:
            return True
        # A known body that is another one than those asked for is not compared by its words: SANA is no SNA.
        rest = [name for name in names.names if not (known and self._aliases.canonical(name))]
        return any(self._holds(name, asked) for name in rest)

    def is_one(self, one: Names, other: Names) -> bool:
        """Whether two speakers of two articles on one story are the same."""
        if set(one.names) & set(other.names):
            return True
        known = [{self._aliases.canonical(name) for name in each.names} - {None} for each in (one, other)]
        if all(known):
            return bool(known[0] & known[1])
        return any(self._holds(name, asked) or self._holds(asked, name) for name in one.names for asked in other.names)

    def _holds(self, name: str, other: str) -> bool:
        if (name, other) not in self._known:
            self._known[name, other] = self._compare(_words(name), _words(other))
        return self._known[name, other]

    def _compare(self, words: Sequence[str], others: Sequence[str]) -> bool:
        if not words or not others:
            return False
        exact = [any(_is_spelled(word, other) for other in others) for word in words]
        if all(exact) and (len(words) >= _PERSON or _is_spelled(words[-1], others[-1])):
            return True
        cosines = meaning(self._encoder, words, _language(words), others, _language(others))
        pairs = [
            [
                _is_spelled(word, other) or _is_called(word, other) or cosine >= SAME
                for other, cosine in zip(others, row, strict=True)
            ]
            for word, row in zip(words, cosines, strict=True)
        ]
        named = sum(any(row) for row in pairs) / len(words)
        told = sum(any(row[at] for row in pairs) for at in range(len(others))) / len(others)
        return named >= _NAMED and told >= _TOLD


def _words(name: str) -> list[str]:
    return [word for word in content_words(name) if fold(word) not in _TITLES]


def _language(words: Sequence[str]) -> str:
    return detect_query_language(" ".join(words))


def _is_spelled(one: str, other: str) -> bool:
    """Whether two words are one by stem, or by sound across scripts."""
    if set(terms(one)) & set(terms(other)):
        return True
    if one.isascii() == other.isascii():
        return False
    key = sound(one)
    return len(key) > 1 and key == sound(other)


def _is_called(one: str, other: str) -> bool:
    """Whether two words are what bodies are called by in the two languages."""
    offices = _offices()
    lines = [{line for stem in terms(word) for line in offices.get(stem, ())} for word in (one, other)]
    return bool(lines[0] & lines[1])


@cache
def _offices() -> Mapping[str, frozenset[int]]:
    """Lines of the list of offices by the stems of their words."""
    found: dict[str, set[int]] = defaultdict(set)
    lines = files("ingest").joinpath("data/offices.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        for stem in terms(line):
            found[stem].add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}
