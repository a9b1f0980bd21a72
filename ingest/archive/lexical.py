"""The lexical index: BM25 over folded, stemmed words, and over names by their sound across scripts (SQLite FTS5).

Scores are shares of the best that could be reached: BM25 divided by the sum of its upper
bounds, Σ idf·(k1 + 1) over the query's terms, so 1 means every term, as dense as can be, and
a question in another language than the passage scores near 0 instead of being stretched to 1.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, column, func, literal_column, select, table, text

from ingest.archive.tables import articles, passages
from ingest.domain import PassageId
from ingest.lexis import names, terms

Field = Literal["terms", "names"]

_K1 = 1.2
"""FTS5's fixed k1; its b is 0.75."""

_COMMON_SHARE = 0.2
"""Terms in more than this share of passages are left out of a query of a large archive: they cost most of
its time (p95 171 → 23 ms at 100k passages) and say least."""

_COMMON_FROM = 5_000
"""Passages from which on common terms are left out."""

_TABLE = table("passage_terms", column("rowid"), column("terms"), column("names"))


def create(connection: Connection) -> None:
    """Create the index; part of the archive's first migration."""
    # Words arrive folded and separated by spaces: the tokenizer has nothing left to decide.
    connection.execute(
        text("CREATE VIRTUAL TABLE passage_terms USING fts5(terms, names, tokenize = 'unicode61 remove_diacritics 0')")
    )
    connection.execute(text("CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_terms, 'col')"))


def add(connection: Connection, passages: Iterable[tuple[int, str]]) -> None:
    """Index passages, given as (key, text)."""
    rows = [{"key": key, "terms": " ".join(terms(body)), "names": " ".join(names(body))} for key, body in passages]
    if rows:
        connection.execute(
            text("INSERT INTO passage_terms(rowid, terms, names) VALUES (:key, :terms, :names)"),
            rows,
        )


def remove(connection: Connection, keys: Iterable[int]) -> None:
    """Take passages out of the index, by key."""
    rows = [{"key": key} for key in keys]
    if rows:
        connection.execute(text("DELETE FROM passage_terms WHERE rowid = :key"), rows)


def _frequencies(connection: Connection, field: Field, words: Sequence[str]) -> Mapping[str, int]:
    """Number of passages that hold each word in a field."""
    statement = text("SELECT doc FROM passage_vocabulary WHERE term = :term AND col = :col")
    return {word: connection.scalar(statement, {"term": word, "col": field}) or 0 for word in words}


def _idf(total: int, frequency: int) -> float:
    """Inverse document frequency as FTS5 computes it: never below 1e-6."""
    return max(1e-6, math.log((total - frequency + 0.5) / (frequency + 0.5)))


def search(
    connection: Connection,
    field: Field,
    query: str,
    *,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> dict[PassageId, float]:
    """Score passages by the words (or names) they share with a query.

    Args:
        connection: an open connection to the archive.
        field: match by `terms`, or by the sound of `names` written in the other script.
        query: text as a person wrote it.
        limit: at most this many passages, best first.
        only: condition on `articles` and `passages`; passages that fail it are not scored.

    Returns:
        Share of the best reachable BM25 score, in (0, 1], by passage, best first.
    """
    words = list(dict.fromkeys(terms(query) if field == "terms" else names(query, across=True)))
    if not words:
        return {}
    total = connection.scalar(select(func.count()).select_from(passages)) or 0
    frequencies = _frequencies(connection, field, words)
    best = sum(_idf(total, frequencies[word]) for word in words) * (_K1 + 1)
    known = [word for word in words if frequencies[word]]
    if total >= _COMMON_FROM:
        known = [word for word in known if frequencies[word] <= _COMMON_SHARE * total] or known
    if not known or not best:
        return {}
    match = f"{field} : (" + " OR ".join(f'"{word}"' for word in known) + ")"
    score: ColumnElement[float] = literal_column("bm25(passage_terms)")
    statement = (
        select(passages.c.id, score)
        .select_from(_TABLE.join(passages, passages.c.key == _TABLE.c.rowid).join(articles))
        .where(
            and_(text("passage_terms MATCH :match"), only) if only is not None else text("passage_terms MATCH :match")
        )
        .order_by(score)
        .limit(limit)
    )
    return {row[0]: min(1.0, -row[1] / best) for row in connection.execute(statement, {"match": match})}


def rarity(connection: Connection, words: Sequence[str]) -> dict[str, float]:
    """Weight of each index term by how few passages hold it: ln(1 + (N - n + ½) / (n + ½)), above 0."""
    total = connection.scalar(select(func.count()).select_from(passages)) or 0
    frequencies = _frequencies(connection, "terms", words)
    return {word: math.log1p((total - number + 0.5) / (number + 0.5)) for word, number in frequencies.items()}
