"""The words of the answer line before anything is claimed: what is asked, what was found, what is drafted.

Offsets are 0-based Unicode code points into the article's stored text, half open.
"""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from ingest.domain import Article, Attribution, Filters, PassageId, StatedFigure, Value

LONGEST_TURN = 20_000
"""Characters of a turn of the conversation before the question."""

Reason = Literal["no_match", "not_stated", "failed_verification", "filtered_out"]


class Turn(Value):
    """One turn of the conversation before the question."""

    role: Literal["user", "assistant"]
    """Who spoke."""

    content: Annotated[str, Field(max_length=LONGEST_TURN)]
    """What was said."""


class Question(Value):
    """What is asked, of which part of the archive."""

    text: str
    """The question as it was put."""

    language: str
    """Its language, an ISO 639-1 code."""

    answer_language: str
    """Language of the service's own words in the answer; quotes stay in their source's."""

    filters: Filters = Filters()
    """Which articles may answer."""

    top_k: PositiveInt = 8
    """How many passages are shown."""

    history: tuple[Turn, ...] = ()
    """Turns before the question."""

    full: str | None = None
    """What a follow-up asks, as a question that stands by itself; `None` where the question does so already."""

    @property
    def in_context(self) -> str:
        """The question as it can be read without the turns before it: what is looked for, and what is read by."""
        return self.full or self.text


class Scores(Value):
    """How near a passage is to the question, by each way of looking."""

    dense: float
    """Cosine of the two embeddings."""

    lexical: float
    """Share of the best reachable BM25 score, 0 to 1, of the passage and its whole article."""

    names: float
    """The same over names by their sound, across scripts."""

    late: float = 0.0
    """How near the question's tokens come to the passage's (MaxSim), -1 to 1; 0 without late interaction."""

    language: float = 0.0
    """What its language is granted, in units of the fused score, to be compared with the question's own."""


class RankedPassage(Value):
    """A retrieved passage, with the article it stands in."""

    passage_id: PassageId
    """Its best passage, where overlapping ones were merged."""

    article: Article
    """The article it is a part of."""

    start: NonNegativeInt
    """First code point in the article's text."""

    end: PositiveInt
    """One past the last code point."""

    score: float
    """Fused score, higher is better."""

    scores: Scores
    """What it is fused from."""

    @property
    def text(self) -> str:
        """The passage's words."""
        return self.article.text[self.start : self.end]


class Evidence(Value):
    """What the archive has to say on a question, best first."""

    question: Question
    """The question it was retrieved for."""

    passages: tuple[RankedPassage, ...]
    """What is shown: merged passages, best first; never two that overlap."""

    read: tuple[RankedPassage, ...] = ()
    """What an answer is read from: the best passages as they were cut, best first, however many are shown."""

    reason: Reason | None = None
    """Why there are no passages, where there are none."""


class Quoted(Value):
    """Words of an article that carry a claim."""

    article: Article
    """The article."""

    passage_id: PassageId
    """The passage they were found in."""

    quote: str
    """The words."""

    start: NonNegativeInt
    """Where they are said to start."""

    end: PositiveInt
    """One past where they are said to end."""


class Draft(Value):
    """A claim as the answerer proposes it, before anything is verified."""

    text: str
    """What it says: the quote itself, or what a model wrote (`written`)."""

    article: Article
    """The article it cites."""

    passage_id: PassageId
    """The passage it was found in."""

    quote: str
    """The words that say it."""

    start: NonNegativeInt
    """Where the quote is said to start."""

    end: PositiveInt
    """One past where it is said to end."""

    confidence: Annotated[float, Field(ge=0, le=1)]
    """Calibrated probability that the quote answers the question."""

    said: Attribution | None = None
    """Who the article gives the words to; `None`: to nobody but itself."""

    figure: StatedFigure | None = None
    """The figure that answers, where one is asked for."""

    voice: int = 0
    """Number of who says it among the drafts of one answer: drafts of one voice are one speaker's."""

    written: bool = False
    """Whether a model wrote its text, and not the source."""

    more_figures: tuple[StatedFigure, ...] = ()
    """Further figures that its text states, as they stand in its quotes."""

    more_quotes: tuple[Quoted, ...] = ()
    """Further words that carry it."""

    @property
    def cited(self) -> "tuple[Draft | Quoted, ...]":
        """All words that carry it, the first ones its own quote."""
        return (self, *self.more_quotes)
