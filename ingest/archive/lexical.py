"""The lexical index: BM25 over folded, stemmed words, and over names by their sound across scripts (SQLite FTS5).

Words are indexed twice, by passage and by article with its headline: a place named in the
headline and a toll four paragraphs on belong together.

Scores are shares of the best that could be reached: BM25 divided by the sum of its upper
bounds, Σ idf·(k1 + 1) over the query's terms, so 1 means every term, as dense as can be, and
a question in another language than the passage scores near 0 instead of being stretched to 1.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, select, table, text

from ingest.archive.tables import articles, passages
from ingest.domain import Article, PassageId
from ingest.lexis import names, terms

Field = Literal["terms", "names"]

_K1 = 1.2
"""FTS5's fixed k1; its b is 0.75."""

_COMMON_SHARE = 0.2
"""Terms in more than this share of rows are left out of a query of a large archive: they cost most of its time
(p95 171 → 23 ms at 100k passages) and say least."""

_COMMON_FROM = 5_000
"""Rows from which on common terms are left out."""


class _Index(NamedTuple):
    """One FTS5 table, and the rows it is about."""

    name: str
    rows: str
    """Table whose `key` is the index's rowid."""


_PASSAGES = _Index("passage_terms", "passages")
_ARTICLES = _Index("article_terms", "articles")


def create(connection: Connection) -> None:
    """Create both indexes; part of the archive's first migration."""
    # Words arrive folded and separated by spaces: the tokenizer has nothing left to decide.
    options = "tokenize = 'unicode61 remove_diacritics 0'"
    for index, columns in ((_PASSAGES, "terms, names"), (_ARTICLES, "terms")):
        connection.execute(text(f"CREATE VIRTUAL TABLE {index.name} USING fts5({columns}, {options})"))
        connection.execute(text(f"CREATE VIRTUAL TABLE {index.name}_seen USING fts5vocab({index.name}, 'col')"))


def add(connection: Connection, article_key: int, article: Article, cut: Iterable[tuple[int, str]]) -> None:
    """Index an article by its key, and its passages, given as (key, text)."""
    headed = f"{article.title or ''}\n{article.text}"
    connection.execute(
        text("INSERT INTO article_terms(rowid, terms) VALUES (:key, :terms)"),
        {"key": article_key, "terms": " ".join(terms(headed))},
    )
    rows = [{"key": key, "terms": " ".join(terms(body)), "names": " ".join(names(body))} for key, body in cut]
    if rows:
        connection.execute(text("INSERT INTO passage_terms(rowid, terms, names) VALUES (:key, :terms, :names)"), rows)


def remove(connection: Connection, article_key: int, passage_keys: Iterable[int]) -> None:
    """Take an article and its passages out of both indexes, by key."""
    connection.execute(text("DELETE FROM article_terms WHERE rowid = :key"), {"key": article_key})
    rows = [{"key": key} for key in passage_keys]
    if rows:
        connection.execute(text("DELETE FROM passage_terms WHERE rowid = :key"), rows)


def optimize(connection: Connection) -> None:
    """Merge each index into one segment, which leaves nothing of what was taken out."""
    for index in (_PASSAGES, _ARTICLES):
        connection.execute(text(f"INSERT INTO {index.name}({index.name}) VALUES ('optimize')"))


def search(
    connection: Connection, field: Field, query: str, *, limit: int, only: ColumnElement[bool] | None = None
) -> dict[PassageId, float]:
    """Score passages by the words (or names) they share with a query.

    Args:
        connection: an open connection to the archive.
        field: match by `terms`, or by the sound of `names` written in the other script.
        query: text as a person wrote it.
        limit: at most this many passages, best first.
        only: condition on `articles`; passages of articles that fail it are not scored.

    Returns:
        Share of the best reachable BM25 score, in (0, 1], by passage, best first.
    """
    found = table("passage_terms", column("rowid"))
    statement = select(passages.c.id).select_from(found.join(passages, passages.c.key == found.c.rowid).join(articles))
    words = terms(query) if field == "terms" else names(query, across=True)
    return _scored(connection, _PASSAGES, field, words, statement, limit, only)


def search_articles(
    connection: Connection, query: str, *, limit: int, only: ColumnElement[bool] | None = None
) -> dict[str, float]:
    """Score whole articles with their headlines by the words they share with a query, as `search` does passages."""
    found = table("article_terms", column("rowid"))
    statement = select(articles.c.id).select_from(found.join(articles, articles.c.key == found.c.rowid))
    return _scored(connection, _ARTICLES, "terms", terms(query), statement, limit, only)


def _scored(  # noqa: PLR0913 - private: what the two searches share
    connection: Connection,
    index: _Index,
    field: Field,
    query: Sequence[str],
    statement: Select[tuple[str]],
    limit: int,
    only: ColumnElement[bool] | None,
) -> dict[str, float]:
    words = list(dict.fromkeys(query))
    total = _total(connection, index)
    frequencies = _frequencies(connection, index, field, words)
    best = sum(_idf(total, frequencies[word]) for word in words) * (_K1 + 1)
    known = [word for word in words if frequencies[word]]
    if total >= _COMMON_FROM:
        known = [word for word in known if frequencies[word] <= _COMMON_SHARE * total] or known
    if not known:
        return {}
    score: ColumnElement[float] = literal_column(f"bm25({index.name})")
    match = f"{field} : (" + " OR ".join(f'"{word}"' for word in known) + ")"
    statement = statement.where(text(f"{index.name} MATCH :match"))
    if only is not None:
        statement = statement.where(only)
    rows = connection.execute(statement.add_columns(score).order_by(score).limit(limit), {"match": match})
    return {row[0]: min(1.0, -row[1] / best) for row in rows}


def rarity(connection: Connection, words: Sequence[str]) -> dict[str, float]:
    """Weight of each index term by how few passages hold it: ln(1 + (N - n + ½) / (n + ½)), above 0."""
    total = _total(connection, _PASSAGES)
    frequencies = _frequencies(connection, _PASSAGES, "terms", words)
    return {word: math.log1p((total - number + 0.5) / (number + 0.5)) for word, number in frequencies.items()}


def _total(connection: Connection, index: _Index) -> int:
    return connection.scalar(select(func.count()).select_from(table(index.rows))) or 0


def _frequencies(connection: Connection, index: _Index, field: Field, words: Sequence[str]) -> Mapping[str, int]:
    """Number of rows that hold each word in a field."""
    statement = text(f"SELECT doc FROM {index.name}_seen WHERE term = :term AND col = :col")
    return {word: connection.scalar(statement, {"term": word, "col": field}) or 0 for word in words}


def _idf(total: int, frequency: int) -> float:
    """Inverse document frequency as FTS5 computes it: never below 1e-6."""
    return max(1e-6, math.log((total - frequency + 0.5) / (frequency + 0.5)))
