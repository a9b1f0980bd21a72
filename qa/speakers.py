"""Is who speaks here the one who is asked for, or who speaks there? Across spellings and languages.

Known bodies are compared by their canonical names. Others word by word: a word of one name is a word of the other when
both have one stem, when they sound alike across scripts («الشداد», "al-Shaddad"), when they are one of the words that
bodies are called by in both languages (`qa.offices`: «خفر», "guard"), or when they mean the same. Two names that each
have a word of their own, beyond what says the sort of body or office, are two speakers: the health ministry is not the
finance ministry, nor is Salim Haddad Karim Haddad.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.encoder import Encoder
from ingest.language import detect_query_language
from qa.coverage import SAME, meaning
from qa.name_words import is_called, is_near, is_spelled, words_of
from qa.offices import is_generic
from qa.people import person_in

_NAMED = 0.6
"""Weight of a speaker's name that the other one has to hold."""

_TOLD = 0.39
"""Weight of the other one that the name has to hold: "Sahlan" is not its Coast Guard."""

_GENERIC = 0.5
"""Weight of a word that says what sort of body or office it is."""

_PERSON = 2
"""Words of a name that make a person when all of them are named, whatever else is said of them."""


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

        Where it names a person beside a body ("Human Rights Watch's Ole Solvang"), the person has to be named: what the
        body says with nobody's name is not the person's, and is no answer to what they said.

        Args:
            names: the speaker's.
            asked: the question's words for whom it asks.
            known: canonical names of known bodies in these words.
        """
        person = person_in(asked)
        if person:
            return any(self._is_person(name, person) for name in names.names)
        return self._is_body(names, asked, known)

    def is_one(self, one: Names, other: Names) -> bool:
        """Whether two speakers of two articles on one story are the same."""
        if set(one.names) & set(other.names):
            return True
        known = [{self._aliases.canonical(name) for name in each.names} - {None} for each in (one, other)]
        if all(known):
            return bool(known[0] & known[1])
        return any(self._holds(name, asked) or self._holds(asked, name) for name in one.names for asked in other.names)

    def _is_body(self, names: Names, asked: str, known: frozenset[str]) -> bool:
        canonical = {self._aliases.canonical(name) for name in names.names} - {None}
        if canonical & known:
            return True
        # A known body that is another one than those asked for is not compared by its words: SANA is no SNA.
        rest = [name for name in names.names if not (known and self._aliases.canonical(name))]
        return any(self._holds(name, asked) for name in rest)

    def _is_person(self, name: str, person: str) -> bool:
        """Whether a name is a person's: all of it that is no office, or their family name alone."""
        asked = words_of(person)
        own = [word for word in words_of(person_in(name) or name) if not is_generic(word)]
        if not own or not asked or not any(is_spelled(word, asked[-1]) for word in own):
            return False
        return len(own) == 1 or len(asked) == 1 or sum(is_near(word, asked) for word in own) >= _PERSON

    def _holds(self, name: str, other: str) -> bool:
        if (name, other) not in self._known:
            self._known[name, other] = self._compare(words_of(name), words_of(other))
        return self._known[name, other]

    def _compare(self, words: Sequence[str], others: Sequence[str]) -> bool:
        if not words or not others:
            return False
        exact = [is_near(word, others) for word in words]
        if all(exact) and ((len(words) >= _PERSON and not all(map(is_generic, words))) or len(others) == 1):
            return True
        cosines = meaning(self._encoder, words, _language(words), others, _language(others))
        pairs = [
            [
                is_spelled(word, one) or is_called(word, one) or cosine >= SAME
                for one, cosine in zip(others, row, strict=True)
            ]
            for word, row in zip(words, cosines, strict=True)
        ]
        named = [any(row) for row in pairs]
        told = [any(row[at] for row in pairs) for at in range(len(others))]
        if _own(words, named) and _own(others, told):
            return False
        if _other_kind(words, named) and _other_kind(others, told):
            return False
        return _share(words, named) >= _NAMED and _share(others, told) >= _TOLD


def _language(words: Sequence[str]) -> str:
    return detect_query_language(" ".join(words))


def _own(words: Sequence[str], shared: Sequence[bool]) -> bool:
    """Whether a name has a word of its own that tells it from others of its sort."""
    return any(not held and not is_generic(word) for word, held in zip(words, shared, strict=True))


def _other_kind(words: Sequence[str], shared: Sequence[bool]) -> bool:
    """Whether a name says a sort of body or office, and the other name none of its words."""
    generic = [held for word, held in zip(words, shared, strict=True) if is_generic(word)]
    return bool(generic) and not any(generic)


def _share(words: Sequence[str], shared: Sequence[bool]) -> float:
    weights = [_GENERIC if is_generic(word) else 1.0 for word in words]
    return sum(weight for weight, held in zip(weights, shared, strict=True) if held) / sum(weights)
