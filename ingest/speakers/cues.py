"""What the readers of the two languages find: phrases that name who speaks, and what they are said to say."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from ingest.speakers.words import Script, Unit, Word

Words = tuple[int, int]
"""First and last word of a stretch, both included."""

Pronoun = Literal["m", "f", "it", "they", "same"]
"""Who a pronoun can mean: `same` is whoever spoke last in the sentence."""


class Aliases(Protocol):
    """The names that an installation knows (`ingest.aliases.Aliases`)."""

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so."""

    def find(self, text: str) -> Sequence[tuple[Any, ...]]:
        """Known names in a text, in order: start and end in code points, canonical name, and maybe its sort."""


class Phrase(NamedTuple):
    """Words that say who speaks."""

    first: int
    """Index of the first word."""

    last: int
    """Index of the last word; less than `first` where the subject is hidden in its verb."""

    name: Words | None = None
    """Words of a proper name."""

    person: bool = False
    """Whether the name is a person's."""

    body: Words | None = None
    """Words that name the body the person speaks for."""

    heading: bool = False
    """Whether the person's office is to speak for a body."""

    owner: bool = False
    """Whether the body is only "its" or «ها»."""

    pronoun: Pronoun | None = None
    """Set where nobody is named."""

    definite: bool = False
    """Whether it is somebody the text has named: "the group", «المصدر»."""

    also: "Phrase | None" = None
    """Who says the same: "the army and the police said"."""


class Cue(NamedTuple):
    """An attribution as its sentence shows it, before it is known who is meant."""

    subject: Phrase
    """Who speaks."""

    start: int
    """First code point of what is said."""

    end: int
    """One past its last code point."""

    cue_start: int
    """First code point of the words that say who speaks."""

    cue_end: int
    """One past their last code point."""

    gender: str = ""
    """"m" or "f" where the verb tells."""

    via: Phrase | None = None
    """Who relays it."""


class KnownName(NamedTuple):
    """A known name where it stands."""

    last: int
    """Index of its last word."""

    canonical: str
    kind: str = ""
    """What sort of speaker it is, where the list tells: `person`, `agency` …"""


Known = Mapping[int, KnownName]
"""Known names by their first word."""


Shape = Literal["after", "before", "around"]
"""Where what is said stands from who says it."""


class Found(NamedTuple):
    """An English attribution, in words, while its unit is being read."""

    subject: Phrase
    shape: Shape
    begin: int
    """First word of what is said."""

    end: int
    """One past its last word."""

    cue: Words
    """Words that say who speaks."""

    via: Phrase | None = None
    own: bool = True
    """Whether it names a subject of its own, where the clause of the one before may end."""


class Sentence(NamedTuple):
    """What is being read, and what was found in it so far."""

    script: Script
    unit: Unit
    known: Known
    found: list[Found]
    """Grows as the unit is read, so that later attributions know the ones before."""

    @property
    def words(self) -> list[Word]:
        """Words of the whole text."""
        return self.script.words


class ArabicSentence(NamedTuple):
    """What is being read, and what was found in it so far."""

    script: Script
    unit: Unit
    known: Known
    found: list[Cue]
    """Grows as the unit is read, so that later attributions know the ones before."""

    @property
    def words(self) -> list[Word]:
        """Words of the whole text."""
        return self.script.words


RECENT = 8
"""Attributions of the same unit that are looked back at."""

_OPENING = "\"“”„«‹'‘’(["
_CLOSING = "\"“”»›'’.!?…؟%)]"
_MARKS = 4
"""Marks on one side that may belong to a statement."""


def stretch(script: Script, first: int, last: int) -> tuple[int, int]:
    """Code points from one word to another, with the quotation marks and the stop that belong to them."""
    text, start, end = script.text, script.words[first].start, script.words[last].end
    begun, ended = start, end
    while start > max(0, begun - _MARKS) and text[start - 1] in _OPENING:
        start -= 1
    while end < min(len(text), ended + _MARKS) and text[end] in _CLOSING:
        end += 1
    return start, end
