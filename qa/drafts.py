"""What a model is asked for: claims with the words that carry them. The gate believes none of it before it has read it.

The schema is sent to servers that enforce one; its descriptions are these docstrings.
"""

from typing import Annotated

from pydantic import Field

from ingest.domain import Bound, Value

LONGEST_CLAIM = 1_000
"""Code points of a claim's text."""

MOST_CLAIMS = 20
"""Claims of one reply; a longer one is no answer to a question."""


class DraftedFigure(Value):
    """A quantity that a claim states."""

    value: float
    """Absolute: 1.2 billion is 1200000000."""

    unit: str | None = None
    """What is counted: civilians, killed, USD, percent."""

    bound: Bound = "exact"
    """How the source hedges it."""


class DraftedQuote(Value):
    """Words of a passage that carry a claim."""

    passage: str
    """Marker of the passage: `P1`."""

    quote: str
    """The words, letter for letter, as they stand in the passage, in its language."""


class DraftedClaim(Value):
    """One statement that answers the question, in the question's language."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM)]
    """The statement, one sentence."""

    speaker: str | None = None
    """Who the passage says it comes from; `null` where the article says it in its own voice."""

    figures: tuple[DraftedFigure, ...] = ()
    """Quantities that the statement gives."""

    quotes: tuple[DraftedQuote, ...] = ()
    """Words that say it."""


class DraftReply(Value):
    """All that a model says to one question."""

    claims: Annotated[tuple[DraftedClaim, ...], Field(max_length=MOST_CLAIMS)] = ()
    """Statements that answer, best first; one for each side where the passages disagree."""

    not_stated: bool = False
    """Whether the passages do not say what is asked."""
