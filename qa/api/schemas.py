"""Bodies of requests and responses that are not values of the answer line itself."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, NonNegativeInt, PositiveInt, WithJsonSchema

from ingest.domain import Article, ArticleId, Copy, Day, FailureCode, Filters, Sha256, Value
from qa.domain import RankedPassage, Scores


class FoundPassage(Value):
    """One passage found."""

    passage_id: str
    article_id: ArticleId
    score: float
    """Fused score, higher is better."""
    scores: Scores
    """What it is fused from."""
    text: str
    start: NonNegativeInt
    """First code point in the article's text."""
    end: PositiveInt
    """One past the last code point."""
    title: str | None
    outlet: str | None
    published_at: datetime | None
    language: str

    @classmethod
    def of(cls, passage: RankedPassage) -> "FoundPassage":
        """Show a ranked passage."""
        article = passage.article
        return cls(
            passage_id=passage.passage_id,
            article_id=article.id,
            score=passage.score,
            scores=passage.scores,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            title=article.title,
            outlet=article.outlet,
            published_at=article.published_at,
            language=article.language,
        )


class SearchResponse(Value):
    """Ranked passages."""

    passages: tuple[FoundPassage, ...]
    """Best first; never two that overlap."""


ArticleRecord = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "object",
            "properties": {
                name: {"type": ["string", "null"]}
                for name in ("id", "url", "outlet", "title", "author", "published_at", "language", "text", "html")
            },
            "anyOf": [{"required": ["text"]}, {"required": ["html"]}],
            "description": "One article; `text` or `html` is needed. A record that cannot be used is reported in "
            "`failed` and does not stop the others.",
        }
    ),
]


class ArticlesRequest(Value):
    """Articles to add or replace."""

    articles: Annotated[tuple[ArticleRecord, ...], Field(min_length=1)]
    """Each is taken or refused on its own."""


class FailedRecord(Value):
    """One record that did not become an article."""

    index: NonNegativeInt
    """Its place in the request, from 0."""

    code: FailureCode
    """What kind of failure."""

    message: str
    """What happened and what to do."""


class KeptRecord(Value):
    """One record that is in the archive now."""

    index: NonNegativeInt
    """Its place in the request, from 0."""

    id: ArticleId
    """The article's id."""

    sha256: Sha256
    """Checksum of its stored text."""


class ArticlesResponse(Value):
    """What became of the records."""

    added: NonNegativeInt
    updated: NonNegativeInt
    unchanged: NonNegativeInt
    duplicates: NonNegativeInt
    """Records that repeat another one of the same request to the letter; counted here alone."""
    failed: tuple[FailedRecord, ...]
    articles: tuple[KeptRecord, ...]
    """Every record that is in the archive now, in the order of the request."""


class ArticleSummary(Value):
    """An article without its text."""

    id: ArticleId
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    published_at: datetime | None
    language: str
    sha256: Sha256
    length: NonNegativeInt
    """Code points of its text."""

    @classmethod
    def of(cls, article: Article) -> "ArticleSummary":
        """Summarise an article."""
        return cls(**article.model_dump(exclude={"text"}), length=len(article.text))


class ArticleListResponse(Value):
    """One page of the archive."""

    articles: tuple[ArticleSummary, ...]
    """In order of id."""

    next_cursor: str | None
    """`cursor` of the next page; `null` on the last."""


class ArticleResponse(Article):
    """One article, whole."""

    copies: tuple[Copy, ...] = ()
    """Near-identical copies of the same report."""


class RemovedResponse(Value):
    """What was removed."""

    id: ArticleId
    """The article that is gone from archive, lexical index and vectors."""


class HealthResponse(Value):
    """The process is alive."""

    status: Annotated[str, Field(pattern="^ok$")] = "ok"


class ReadyResponse(Value):
    """The service can answer."""

    status: Annotated[str, Field(pattern="^ready$")] = "ready"
    articles: NonNegativeInt
    passages: NonNegativeInt
    embedder: str | None


class ErrorDetail(Value):
    """One thing wrong with a request."""

    where: str
    """Path to the field: `body.question`."""

    message: str
    """What is wrong with it."""


class ErrorInfo(Value):
    """What went wrong."""

    code: str
    """For programs: `invalid_request`, `not_found`, `too_large`, `index_unavailable`, `internal` …"""

    message: str
    """For people: what happened and what to do next."""

    details: tuple[ErrorDetail, ...] = ()
    """Each thing wrong with the request."""


class ErrorResponse(Value):
    """Every error, on every route."""

    error: ErrorInfo


class ListQuery(Value):
    """Which articles to list."""

    cursor: str | None = None
    limit: Annotated[PositiveInt, Field(le=200)] = 50
    outlets: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    published_from: Day | None = None
    published_to: Day | None = None

    def filters(self) -> Filters:
        """The filters among the parameters."""
        return Filters(
            published_from=self.published_from,
            published_to=self.published_to,
            outlets=tuple(self.outlets),
            languages=tuple(self.languages),
        )
