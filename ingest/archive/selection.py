"""Filters as SQL conditions on articles."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_

from ingest.archive.tables import articles
from ingest.domain import Filters


def condition(filters: Filters | None) -> ColumnElement[bool] | None:
    """Condition that articles which pass the filters fulfil; `None` lets all through.

    An article without a date passes no date filter: it cannot be shown to lie in the range.
    """
    if filters is None:
        return None
    parts: list[ColumnElement[bool]] = []
    if filters.published_from:
        parts.append(articles.c.published_at >= datetime.combine(filters.published_from, time(), UTC))
    if filters.published_to and filters.published_to < date.max:
        day_after = datetime.combine(filters.published_to, time(), UTC) + timedelta(days=1)
        parts.append(articles.c.published_at < day_after)
    elif filters.published_to:
        parts.append(articles.c.published_at.is_not(None))
    for column, allowed in (
        (articles.c.outlet, filters.outlets),
        (articles.c.language, filters.languages),
        (articles.c.id, filters.article_ids),
    ):
        if allowed:
            parts.append(column.in_(allowed))
    return and_(*parts) if parts else None
