"""The ledger over HTTP: who says what figure, of what, where and when."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from pydantic import Field, PositiveInt

from ingest.archive import FigureFilters
from ingest.domain import Value
from ingest.ledger_query import Cursor, LedgerQuery, to_filters
from ingest.ledger_rows import LedgerRow, csv_lines, row_of
from qa.api.dependencies import ServiceDep
from qa.bootstrap import Service

router = APIRouter(prefix="/v1/figures", tags=["figures"])
_PAGE = 200
"""Figures read from the archive at once."""

_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "description": "The figures: a page of them in JSON, or every one as a table (RFC 4180)",
    }
}


class FiguresQuery(LedgerQuery):
    """Which figures to give, and how."""

    cursor: Cursor | None = None
    """`next_cursor` of the page before."""

    limit: Annotated[PositiveInt, Field(le=_PAGE)] | None = None
    """Figures a page, 50 where not given; a table has every figure where not given."""

    format: Literal["json", "csv"] | None = None
    """`csv` for a table of every figure; goes before the header `Accept`."""


class FiguresResponse(Value):
    """One page of the ledger."""

    figures: tuple[LedgerRow, ...]
    """Of the newest articles first, undated ones last; within an article in the order of its text."""

    next_cursor: str | None
    """`cursor` of the next page; `null` on the last."""


@router.get("", response_model=FiguresResponse, responses=_CSV)
def figures(
    query: Annotated[FiguresQuery, Query()], service: ServiceDep, accept: Annotated[str, Header()] = ""
) -> FiguresResponse | StreamingResponse:
    """Page through the ledger: every attributed figure read from the archive.

    Each row can be checked: `GET /v1/articles/{article_id}` gives `text[start:end] == quote`, with offsets in Unicode
    code points. `Accept: text/csv` or `format=csv` gives a table.
    """
    library = service.library
    filters = to_filters(query, library.archive, aliases=library.aliases, places=library.places)
    if query.format == "csv" or (query.format is None and _prefers_csv(accept)):
        lines = csv_lines(_rows(service, filters, query.cursor, query.limit))
        disposition = {"Content-Disposition": 'attachment; filename="figures.csv"'}
        return StreamingResponse(lines, media_type="text/csv; header=present", headers=disposition)
    page = library.archive.figures.select(filters, cursor=query.cursor, limit=query.limit or 50)
    return FiguresResponse(figures=tuple(map(row_of, page.rows)), next_cursor=page.next_cursor)


def _rows(service: Service, filters: FigureFilters, cursor: str | None, limit: int | None) -> Iterator[LedgerRow]:
    """Rows page by page, up to a limit."""
    store = service.library.archive.figures
    while True:
        page = store.select(filters, cursor=cursor, limit=limit or _PAGE)
        yield from map(row_of, page.rows)
        cursor = page.next_cursor
        if cursor is None or limit is not None:
            return


def _prefers_csv(accept: str) -> bool:
    """Whether a client names CSV, and JSON not or as second choice (RFC 9110, quality values)."""
    wanted = {"text/csv": 0.0, "application/json": 0.0}
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if kind in wanted:
            wanted[kind] = next((_quality(one) for one in parameters if one.startswith("q=")), 1.0)
    return wanted["text/csv"] > wanted["application/json"]


def _quality(parameter: str) -> float:
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0
