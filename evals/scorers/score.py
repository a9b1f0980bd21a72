"""What a scorer is given and what it gives."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import NonNegativeFloat

from evals.datasets import ClaimSample, Sample, Verdict
from ingest.domain import ArticleId, Value
from qa.answer import Answer, Citation


class StoredArticle(Value):
    """An article as the service gives it when it is fetched back."""

    text: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None


class Reply(Value):
    """What came back for a question, with the cited articles fetched back."""

    answer: Answer
    articles: Mapping[ArticleId, StoredArticle] = {}


class CheckReply(Value):
    """What came back for a claim, with the cited articles fetched back."""

    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    articles: Mapping[ArticleId, StoredArticle] = {}


class Part(NamedTuple):
    """So many of so many; a yes or no is one of one, or none of one."""

    hits: float
    of: float = 1.0

    @classmethod
    def whether(cls, right: bool) -> "Part":  # noqa: FBT001 - it is what is scored
        """One of one, or none of one."""
        return cls(float(right))

    @property
    def rate(self) -> float:
        """Hits a piece."""
        return self.hits / self.of


class Score(Value):
    """How one item fared by a family of measures."""

    parts: Mapping[str, Part] = {}
    """By measure; one that does not apply to the item is not there."""

    faults: tuple[str, ...] = ()
    """What was wrong, for people."""


Scorer = Callable[[Sample, Reply], Score]
"""Scores the reply to a question."""

CheckScorer = Callable[[ClaimSample, CheckReply], Score]
"""Scores the reply to a claim."""


class Measure(Value):
    """What a number in a run means."""

    name: str

    label: str
    """In words."""

    better: Literal["higher", "lower"] = "higher"
    """Which way is good."""

    must_be: NonNegativeFloat | None = None
    """For an invariant: the only rate that will do."""

    gates: bool = True
    """Whether a run can fail for it."""
