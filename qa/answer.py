"""The words of an answer, as the HTTP contract fixes them.

Offsets are 0-based Unicode code points into the article's stored text, half open.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import NonNegativeFloat, NonNegativeInt, PositiveInt

from ingest.domain import ArticleId, Bound, Copy, PassageId, Sha256, Speaker, Value
from qa.domain import Reason

Direction = Literal["ltr", "rtl"]
Status = Literal["answered", "disputed", "insufficient_evidence"]
Fault = Literal[
    "unknown_passage",
    "quote_not_found",
    "altered_number",
    "altered_bound",
    "wrong_unit",
    "wrong_speaker",
    "missing_speaker",
    "truncated_quote",
    "unsupported",
    "injection",
]
"""Why a drafted claim is refused."""


class Figure(Value):
    """A quantity that a claim states."""

    value: float
    """Absolute: 1.2 billion is 1200000000."""

    unit: str | None = None
    """What is counted."""

    bound: Bound = "exact"
    """How the source hedges it."""


class Claim(Value):
    """A statement that its citations carry, word for word."""

    text: str
    """What is claimed."""

    speaker: Speaker | None = None
    """Who says so; `null` where the source says it in its own voice, or the speaker was not read."""

    via: Speaker | None = None
    """Who relays it: an agency that quotes a ministry."""

    figures: tuple[Figure, ...] = ()
    """Quantities it states."""

    as_of: date | None = None
    """Day the source was published."""

    citations: tuple[PositiveInt, ...]
    """Numbers of the citations that carry it."""

    superseded_by: NonNegativeInt | None = None
    """Index of a later claim by the same speaker on the same thing."""


class Citation(Value):
    """A pointer from a claim to the words that back it."""

    number: PositiveInt
    """Its number in the answer's text."""

    article_id: ArticleId
    """Article the words come from."""

    passage_id: PassageId
    """Passage they were found in."""

    title: str | None
    """The article's headline."""

    outlet: str | None
    """Who published it."""

    url: str | None
    """Where."""

    published_at: datetime | None
    """When, in UTC."""

    language: str
    """The article's language."""

    dir: Direction
    """Direction of its script."""

    quote: str
    """The words themselves: `Article.text[start:end]`."""

    start: NonNegativeInt
    """First code point of the quote in the article's text."""

    end: PositiveInt
    """One past its last code point."""

    article_sha256: Sha256
    """SHA-256 of the article's whole text in UTF-8."""

    also_in: tuple[Copy, ...] = ()
    """Copies of the same report: one source, not several."""


class ShownPassage(Value):
    """A passage as an answer shows it."""

    passage_id: PassageId
    article_id: ArticleId
    score: float
    """Fused score, higher is better."""
    text: str
    start: NonNegativeInt
    """First code point in the article's text."""
    end: PositiveInt
    """One past the last code point."""
    title: str | None
    outlet: str | None
    published_at: datetime | None
    language: str


class DroppedClaim(Value):
    """A drafted claim that did not survive verification."""

    text: str
    fault: Fault


class Instruction(Value):
    """Words of an article that speak to machines ("ignore your instructions …")."""

    article_id: ArticleId
    quote: str
    """The sentence: `Article.text[start:end]`."""
    start: NonNegativeInt
    """First code point in the article's text."""
    end: PositiveInt
    """One past the last code point."""


class IndexInfo(Value):
    """What was searched."""

    embedding: str | None
    """The embedder, with its provider."""

    passages: NonNegativeInt
    """Passages in the archive."""


class Usage(Value):
    """What a model was paid."""

    prompt_tokens: NonNegativeInt = 0
    completion_tokens: NonNegativeInt = 0
    cost_usd: NonNegativeFloat | None = None


class Timings(Value):
    """Where the time went, in milliseconds."""

    embed: NonNegativeFloat
    retrieve: NonNegativeFloat
    generate: NonNegativeFloat
    verify: NonNegativeFloat
    total: NonNegativeFloat


class Trace(Value):
    """How an answer came to be."""

    mode: Literal["llm", "extractive"]
    """`extractive`: claims are the sources' own words; `llm`: a model drafted them."""

    model: str | None = None
    """The model, in `llm` mode."""

    fallback: str | None = None
    """Why the answer is extractive though a model is configured: it was not available."""

    asked: str | None = None
    """The whole question that a follow-up was read as, where it was one."""

    prompt: str
    """Name and version of the prompt the model was given; of the service's own words without one."""

    prompt_sha256: Sha256
    """Checksum of that text."""

    index: IndexInfo
    """What was searched."""

    confidence: float
    """Calibrated probability that the best sentence found answers the question."""

    usage: Usage = Usage()
    """Tokens and cost."""

    dropped_claims: tuple[DroppedClaim, ...] = ()
    """Drafts that were refused, and why."""

    instructions: tuple[Instruction, ...] = ()
    """Words in the passages read that speak to machines; they are text like any other, and never followed."""

    timings_ms: Timings
    """Where the time went."""


class Answer(Value):
    """An answer with everything needed to check it without trusting this service."""

    id: str
    """Identifier of this answer."""

    question: str
    """The question as it was put."""

    status: Status
    """Whether it is answered, disputed, or not to be answered from this archive."""

    reason: Reason | None
    """With `insufficient_evidence` only: why."""

    answer: str
    """The answer as one text, with citation numbers in brackets."""

    answer_language: str
    """Language of the service's own words in it."""

    claims: tuple[Claim, ...]
    """What the answer claims."""

    citations: tuple[Citation, ...]
    """What the claims rest on."""

    passages: tuple[ShownPassage, ...]
    """What was retrieved, best first, also when the answer abstains."""

    trace: Trace
    """How it came to be."""
