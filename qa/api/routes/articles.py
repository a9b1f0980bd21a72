"""The archive over HTTP.

These routes block on disk and CPU. Those that read are plain functions, which FastAPI runs in its pool of threads;
those that write take turns, and must not keep that pool's threads waiting.
"""

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query

from ingest.domain import Failure, Page
from ingest.errors import SourceError
from ingest.pipeline import Event
from ingest.sources import page_from_record
from qa.api.dependencies import ServiceDep
from qa.api.schemas import (
    ArticleListResponse,
    ArticleResponse,
    ArticlesRequest,
    ArticlesResponse,
    ArticleSummary,
    ErrorResponse,
    FailedRecord,
    KeptRecord,
    ListQuery,
    RemovedResponse,
)
from qa.bootstrap import Service

router = APIRouter(prefix="/v1/articles", tags=["articles"])
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": ErrorResponse, "description": "No article has this id"}}
_UNAVAILABLE: dict[int | str, dict[str, Any]] = {
    503: {"model": ErrorResponse, "description": "The index or the embedder does not answer"}
}
_TOO_LARGE: dict[int | str, dict[str, Any]] = {413: {"model": ErrorResponse, "description": "The request is too large"}}


@router.post("", responses={**_TOO_LARGE, **_UNAVAILABLE})
async def add(request: ArticlesRequest, service: ServiceDep) -> ArticlesResponse:
    """Add or replace articles. One that fails is reported and never stops the rest; the answer is still a 200."""
    return await to_thread.run_sync(_add, request, service, limiter=service.writers)


def _add(request: ArticlesRequest, service: Service) -> ArticlesResponse:
    limit = service.settings.max_article_mb
    pages = [_page(record, index, limit) for index, record in enumerate(request.articles)]
    kept: list[KeptRecord] = []
    failed: list[FailedRecord] = []

    def listen(event: Event) -> None:
        index = _index(event.source)
        if isinstance(event, Failure):
            failed.append(FailedRecord(index=index, code=event.code, message=event.message))
        else:
            kept.append(KeptRecord(index=index, id=event.article.id, sha256=event.article.sha256))

    report = service.ingest(pages, listen)
    return ArticlesResponse(
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        duplicates=report.duplicates,
        failed=tuple(sorted(failed, key=lambda record: record.index)),
        articles=tuple(sorted(kept, key=lambda record: record.index)),
    )


def _page(record: object, index: int, max_megabytes: float) -> Page | Failure:
    source = f"articles[{index}]"
    if _size(record) > max_megabytes * 1_000_000:
        message = f"{source}: it is larger than the {max_megabytes:g} MB one article may have. Split it into several."
        return Failure(source=source, code="too_large", message=message)
    try:
        return page_from_record(record, source)
    except SourceError as error:
        return Failure(source=source, code=error.reason, message=str(error))


def _size(record: object) -> int:
    """Bytes of the longest field of a record in UTF-8, 0 of what is no record."""
    values = record.values() if isinstance(record, dict) else ()
    return max((len(value.encode("utf-8", "replace")) for value in values if isinstance(value, str)), default=0)


def _index(source: str) -> int:
    return int(source.removeprefix("articles[").removesuffix("]"))


@router.get("")
def page(query: Annotated[ListQuery, Query()], service: ServiceDep) -> ArticleListResponse:
    """Page through the archive, in order of id."""
    found = service.library.archive.page(cursor=query.cursor, limit=query.limit, filters=query.filters())
    return ArticleListResponse(
        articles=tuple(ArticleSummary.of(article) for article in found.articles), next_cursor=found.next_cursor
    )


@router.get("/{article_id:path}", responses=_NOT_FOUND)
def get(article_id: str, service: ServiceDep) -> ArticleResponse:
    """One article: its text as it is cited, metadata, checksum and copies."""
    archive = service.library.archive
    copies = archive.copies.of([article_id]).get(article_id, ())
    return ArticleResponse(**archive.get(article_id).model_dump(), copies=copies)


@router.delete("/{article_id:path}", responses={**_NOT_FOUND, **_UNAVAILABLE})
async def delete(article_id: str, service: ServiceDep) -> RemovedResponse:
    """Remove an article everywhere: archive, lexical index, vectors."""
    await to_thread.run_sync(service.remove, article_id, limiter=service.writers)
    return RemovedResponse(id=article_id)
