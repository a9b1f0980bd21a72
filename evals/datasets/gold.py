"""What an evaluation set holds: questions, claims and snippets with their gold, and the articles they are on."""

import hashlib
import json
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from ingest.domain import ArticleId, Bound, Filters, Page, Value
from ingest.errors import OnRecordError
from qa.answer import Status
from qa.domain import Turn

Verdict = Literal["supported", "refuted", "disputed", "not_enough_evidence"]
Stance = Literal["supports", "refutes"]


class DatasetError(OnRecordError):
    """A set cannot be read, or does not fit what is done with it."""


class Support(Value):
    """Words of an article that answer a question, or speak for or against a claim."""

    article_id: ArticleId

    quote: str | None = None
    """Exact substring of the article's text; `None`: the whole article counts."""

    start: NonNegativeInt | None = None
    """First code point of the quote in the article as it is stored; `None` where it does not stand there."""

    end: PositiveInt | None = None
    """One past its last code point."""

    answer: NonNegativeInt | None = None
    """Index of the gold answer it backs, in a disputed question."""

    stance: Stance | None = None
    """Whether it speaks for or against a claim."""

    def overlaps(self, article_id: str, start: int, end: int) -> bool:
        """Whether a stretch of an article shares a character with it, or lies in its gold paragraph."""
        if article_id != self.article_id:
            return False
        if self.quote is None:
            return True
        return self.start is not None and self.end is not None and start < self.end and self.start < end


class GoldAnswer(Value):
    """A right answer, or one side of a dispute."""

    text: str
    """In words."""

    value: float | None = None
    """Its figure, where it is one."""

    unit: str | None = None
    """What is counted."""

    bound: Bound | None = None
    """How the source hedges it; `None`: any will do."""

    speaker: str | None = None
    """Who says so; `None`: the article itself, or it does not matter."""

    speakers: tuple[str, ...] = ()
    """All names of that speaker that count, by the set's alias list."""


class Sample(Value):
    """One question with its gold."""

    id: str
    question: str
    language: str
    kind: str
    status: Status

    answers: tuple[GoldAnswer, ...] = ()
    """Any one is right where the status is `answered`; where it is `disputed` each is a side."""

    support: tuple[Support, ...] = ()
    """Any one is enough. Of what the archive does not say: words that put a false premise right, or say that it is not
    known; an answer of these words is as good as none."""

    filters: Filters = Filters()
    """Which articles may answer."""

    history: tuple[Turn, ...] = ()
    """Turns before the question."""

    injected: tuple[str | float, ...] = ()
    """Words and figures that only an obeyed instruction in an article would bring into the answer."""

    cross_lingual: bool = False
    """Whether all support is in another language than the question."""

    note: str = ""
    """For people."""

    unknown: tuple[str, ...] = ()
    """Fields of its line that mean nothing here."""


class ClaimSample(Value):
    """One claim to check, with its gold verdict."""

    id: str
    claim: str
    language: str
    verdict: Verdict

    support: tuple[Support, ...] = ()
    """Words that speak for or against it."""

    cross_lingual: bool = False
    """Whether all support is in another language than the claim."""

    note: str = ""
    """For people."""

    unknown: tuple[str, ...] = ()
    """Fields of its line that mean nothing here."""

    @property
    def kind(self) -> str:
        """What items are grouped by: the verdict."""
        return self.verdict


class GoldFigure(Value):
    """A figure that stands in a text."""

    value: float
    bound: Bound
    quote: str
    """Its own span: `text[start:end]`."""
    start: NonNegativeInt
    end: PositiveInt
    bound_also: tuple[Bound, ...] = ()
    """Bounds that are as right."""
    optional: bool = False
    """Whether it may be read or left: nobody could say."""
    unit: str | None = None
    speaker: str | None = None
    """Who says it, where speakers are gold, too; `None` where the text says it in its own voice."""
    speaker_names: tuple[str, ...] = ()
    """Names that are as right."""
    speaker_or_null: bool = False
    """Whether nobody is as right as one of these names."""
    via: str | None = None

    @property
    def has_speaker(self) -> bool:
        """Whether it is gold who says it; most snippets are about numbers alone."""
        return "speaker" in self.model_fields_set


class NotQuantity(Value):
    """A number in a text that is no figure."""

    quote: str
    start: NonNegativeInt | None = None
    end: PositiveInt | None = None
    optional: bool = False
    """Whether to read it as a figure is no mistake."""


class NumberSample(Value):
    """A snippet, or an article, for the readers of numbers and speakers."""

    text: str
    language: str
    id: str | None = None
    upto: PositiveInt | None = None
    """How far it is annotated, in code points; what begins after it is not judged."""
    figures: tuple[GoldFigure, ...] = ()
    not_quantities: tuple[NotQuantity, ...] = ()


Item = Sample | ClaimSample
"""What a service is asked."""


class Dataset(Value):
    """A set: what is asked, and of which archive."""

    name: str
    pages: tuple[Page, ...] = ()
    samples: tuple[Sample, ...] = ()
    claims: tuple[ClaimSample, ...] = ()
    numbers: tuple[NumberSample, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Questions, then claims."""
        return (*self.samples, *self.claims)

    @property
    def sha256(self) -> str:
        """Checksum of all that is asked and of which articles; runs on different data cannot be compared."""
        kept = {
            "pages": [page.model_dump(mode="json", exclude={"source"}) for page in self.pages],
            "items": [item.model_dump(mode="json", exclude={"note", "unknown"}) for item in self.items],
        }
        return hashlib.sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
