"""What the readers of the two languages find: phrases that name who speaks, and what they are said to say."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

Words = tuple[int, int]
"""First and last word of a stretch, both included."""

Pronoun = Literal["m", "f", "it", "they", "same"]
"""Who a pronoun can mean: `same` is whoever spoke last in the sentence."""


class Aliases(Protocol):
    """The names that an installation knows (`ingest.aliases.Aliases`)."""

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so."""

    def find(self, text: str) -> Sequence[tuple[object, ...]]:
        """Known names in a text, in order: start and end in code points, canonical name, and maybe more."""


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


Known = Mapping[int, tuple[int, str]]
"""Known names by their first word: their last word and canonical name."""
