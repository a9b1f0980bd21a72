"""The words of the archive: what is read, kept, cut and counted.

Every value here is immutable. Offsets are 0-based Unicode code points into
`Article.text`, half open, everywhere in this project.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt, PositiveInt

ArticleId = Annotated[str, Field(min_length=1, max_length=200)]
PassageId = str
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Bound = Literal["exact", "approximately", "at_least", "at_most", "more_than", "less_than"]


class Value(BaseModel):
    """An immutable value: extra fields are refused, attribute docstrings are its schema's descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Page(Value):
    """What a reader found in one source, as written there and not yet checked."""

    source: str
    """Where it was found, for messages: `news.jsonl, line 17`."""

    text: str
    """The article's body."""

    id: str | None = None
    """Identifier given by the source, if any."""

    url: str | None = None
    """Canonical address of the article."""

    outlet: str | None = None
    """Who published it."""

    title: str | None = None
    """Headline."""

    author: str | None = None
    """Byline."""

    published_at: str | None = None
    """Date of publication, in whatever form the source wrote it."""

    language: str | None = None
    """Language code given by the source, if any."""


class Article(Value):
    """One article, fixed at ingestion: what is stored is what is cited."""

    id: ArticleId
    """Stable identifier: given, else from the URL, else from outlet and text."""

    url: str | None = None
    """Canonical address."""

    outlet: str | None = None
    """Who published it."""

    title: str | None = None
    """Headline."""

    author: str | None = None
    """Byline."""

    published_at: datetime | None = None
    """Moment of publication in UTC; midnight where the source gave a date alone."""

    language: str
    """ISO 639-1 code, `und` where it could not be told."""

    text: str
    """The body: NFC, line ends `\\n`, otherwise as the source wrote it."""

    sha256: Sha256
    """SHA-256 of `text` in UTF-8, in lower-case hexadecimal."""


class Copy(Value):
    """A near-identical copy of the same report (`ingest.copies`)."""

    article_id: ArticleId
    """The copy."""

    outlet: str | None = None
    """Who published it."""

    url: str | None = None
    """Where."""


class Passage(Value):
    """A run of whole sentences of one article, the unit of retrieval."""

    id: PassageId
    """Derived from the article's id, its text and the offsets, so equal cuts have equal ids."""

    article_id: ArticleId
    """Article it is cut from."""

    text: str
    """`Article.text[start:end]`."""

    start: NonNegativeInt
    """First code point of the passage in the article's text."""

    end: PositiveInt
    """One past its last code point."""


def _written_day(value: object) -> object:
    """Refuse a day given as a number, which pydantic would take for seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.strip().lstrip("+-").isdigit()):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_day)]


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _lower_case(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Outlet = Annotated[str, BeforeValidator(_on_one_line)]
"""An outlet's name, its spaces as ingestion leaves them."""

LanguageCode = Annotated[str, BeforeValidator(_lower_case), Field(pattern=r"^[a-z]{2,3}$")]
"""An ISO 639-1 code, or `und`; capitals do not matter."""


class Filters(Value):
    """Which articles may be looked at; an empty filter lets all through."""

    published_from: Day | None = None
    """First day of publication, included."""

    published_to: Day | None = None
    """Last day of publication, included."""

    outlets: Annotated[tuple[Outlet, ...], Field(max_length=200)] = ()
    """Outlets, as their articles name them."""

    languages: Annotated[tuple[LanguageCode, ...], Field(max_length=200)] = ()
    """ISO 639-1 codes."""

    article_ids: Annotated[tuple[ArticleId, ...], Field(max_length=1_000)] = ()
    """Articles by id."""


Outcome = Literal["added", "updated", "unchanged"]
"""What became of one article that could be kept."""

FailureCode = Literal[
    "not_found",
    "unreadable",
    "unsupported",
    "binary",
    "empty",
    "too_large",
    "invalid_json",
    "invalid_record",
    "missing_text",
    "invalid_date",
    "conflicting_id",
    "not_embedded",
    "internal",
]


class Failure(Value):
    """One source that did not become an article, and what a person can do about it."""

    source: str
    """Which file or record."""

    code: FailureCode
    """What kind of failure, for programs."""

    message: str
    """What happened and what to do next, for people."""


class Speaker(Value):
    """Who the source says a statement comes from."""

    name: str
    """As the source writes it."""

    canonical: str
    """One name for all spellings."""


class StatedFigure(Value):
    """A quantity as a text states it (`ingest.figures`)."""

    value: float
    """Absolute: 1.2 billion is 1200000000."""

    bound: Bound
    """How it is hedged."""

    start: NonNegativeInt
    """First code point of the numeral, with its scale word and percent sign."""

    end: PositiveInt
    """One past its last code point."""

    quote: str
    """The numeral as written."""

    unit: str | None = None
    """The counted noun phrase as written; `None` where nothing is named."""

    unit_canonical: str | None = None
    """What is counted, in English, where it is known: `civilians`, `people`, `USD`, `percent`, `km`, `hours`."""

    fate: str | None = None
    """What befell them, where it is known: `killed`, `wounded`, `displaced`, `missing`, `detained` …"""

    whole: NonNegativeInt | None = None
    """Index, among the figures of the same text, of the one it is a subset of."""


class Attribution(Value):
    """A stretch of a text, and who the text says it comes from (`ingest.speakers`)."""

    speaker: Speaker
    """Who says it."""

    via: Speaker | None = None
    """Who relays it: an agency that quotes a ministry."""

    body: Speaker | None = None
    """The body the speaker speaks for, as its director, head or spokesman."""

    start: NonNegativeInt
    """First code point of the statement."""

    end: PositiveInt
    """One past its last code point."""

    cue_start: NonNegativeInt
    """First code point of the words that say who speaks: name or pronoun, and verb."""

    cue_end: PositiveInt
    """One past their last code point."""


class LedgerEntry(Value):
    """One figure of the archive, with who says it and of what it is said."""

    article_id: ArticleId
    """Article it stands in."""

    figure: StatedFigure
    """The figure; offsets into the article's text."""

    speaker: Speaker | None = None
    """Who says it; `None` where the article says it in its own voice."""

    body: Speaker | None = None
    """The body the speaker speaks for, as its director or spokesman."""

    via: Speaker | None = None
    """Who relays it."""

    sentence_start: NonNegativeInt
    """First code point of its sentence."""

    sentence_end: PositiveInt
    """One past its last code point."""

    places: tuple[str, ...] = ()
    """Canonical names of places the sentence, or else its article's headline and lead, names."""

    day: date | None = None
    """Day of the event, where the sentence gives one, also by a day of the week against the day of publication."""
