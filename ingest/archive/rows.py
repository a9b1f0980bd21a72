"""From rows to values, and statements in batches."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import RowMapping

from ingest.archive.tables import articles
from ingest.domain import Article

T = TypeVar("T")

PER_STATEMENT = 500
"""Values in one IN (…), rows in one fetch: SQLite caps a statement's parameters."""

_RECORD = tuple(column.name for column in articles.c if column.name not in {"key", "updated_at"})


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a sequence into runs that fit one statement."""
    for first in range(0, len(values), PER_STATEMENT):
        yield values[first : first + PER_STATEMENT]


def article_from(row: RowMapping) -> Article:
    """Build the article of a row of `articles`; it was validated when it went in."""
    return Article.model_construct(**{name: row[name] for name in _RECORD})
