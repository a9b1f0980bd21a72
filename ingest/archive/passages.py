"""Passages of the archive: looked up, scored by their words, embedded."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine, func, insert, select, update

from ingest.archive import lexical
from ingest.archive.engine import writing
from ingest.archive.rows import article_from, batches
from ingest.archive.selection import condition
from ingest.archive.tables import articles, index_pending, passages, token_vectors
from ingest.domain import Article, ArticleId, Filters, Passage, PassageId

Vectors = npt.NDArray[np.float32]


class Owner(NamedTuple):
    """The article a passage belongs to."""

    article_id: ArticleId
    language: str


class Row(NamedTuple):
    """An embedded passage, without its words and its vector."""

    key: int
    id: PassageId
    language: str


class Due(NamedTuple):
    """A passage that something is yet to be derived from, and its language."""

    passage: Passage
    language: str


class Snippet(NamedTuple):
    """A passage with the article it stands in."""

    passage: Passage
    article: Article


class PassageStore:
    """The passages of one archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def snippets(self, passage_ids: Sequence[PassageId]) -> dict[PassageId, Snippet]:
        """Passages with their articles, by id; ids the archive does not hold are left out."""
        found: dict[PassageId, Snippet] = {}
        kept: dict[ArticleId, Article] = {}
        with self._engine.connect() as connection:
            for ids in batches(passage_ids):
                cuts = connection.execute(
                    select(passages.c.id, passages.c.article_id, passages.c.start, passages.c.end).where(
                        passages.c.id.in_(ids)
                    )
                ).all()
                missing = list({article_id for _, article_id, _, _ in cuts} - kept.keys())
                for row in connection.execute(select(articles).where(articles.c.id.in_(missing))).mappings():
                    kept[row["id"]] = article_from(row)
                for passage_id, article_id, start, end in cuts:
                    article = kept[article_id]
                    passage = Passage.model_construct(
                        id=passage_id, article_id=article_id, text=article.text[start:end], start=start, end=end
                    )
                    found[passage_id] = Snippet(passage, article)
        return found

    def search(
        self, field: lexical.Field, query: str, *, limit: int, filters: Filters | None = None
    ) -> dict[PassageId, float]:
        """Score passages by shared words or names, best first, as `lexical.search` says."""
        with self._engine.connect() as connection:
            return lexical.search(connection, field, query, limit=limit, only=condition(filters))

    def search_articles(self, query: str, *, limit: int, filters: Filters | None = None) -> dict[ArticleId, float]:
        """Score whole articles by shared words, best first, as `lexical.search_articles` says."""
        with self._engine.connect() as connection:
            return lexical.search_articles(connection, query, limit=limit, only=condition(filters))

    def of(self, article_id: ArticleId) -> list[Passage]:
        """Passages of one article, in order; none where the archive does not hold it."""
        with self._engine.connect() as connection:
            mine = select(passages.c.id).where(passages.c.article_id == article_id).order_by(passages.c.start)
            ids = connection.scalars(mine).all()
        found = self.snippets(ids)
        return [found[passage_id].passage for passage_id in ids if passage_id in found]

    def owners(self, passage_ids: Sequence[PassageId]) -> dict[PassageId, Owner]:
        """Which article each passage is cut from; ids the archive does not hold are left out."""
        found: dict[PassageId, Owner] = {}
        with self._engine.connect() as connection:
            for ids in batches(passage_ids):
                statement = select(passages.c.id, articles.c.id, articles.c.language).join(articles)
                rows = connection.execute(statement.where(passages.c.id.in_(ids)))
                found.update({passage_id: Owner(article_id, language) for passage_id, article_id, language in rows})
        return found

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """Weight of index terms by how few passages hold them, as `lexical.rarity` says."""
        with self._engine.connect() as connection:
            return lexical.rarity(connection, words)

    def count(self, filters: Filters | None) -> int:
        """Number of passages in the articles that pass a filter."""
        statement = select(func.count()).select_from(passages.join(articles))
        if (only := condition(filters)) is not None:
            statement = statement.where(only)
        with self._engine.connect() as connection:
            return connection.scalar(statement) or 0

    def select(self, filters: Filters | None) -> tuple[list[PassageId], Vectors]:
        """Ids and embeddings (n × dimension) of every embedded passage that passes a filter."""
        statement = select(passages.c.id, passages.c.vector).join(articles).where(passages.c.vector.is_not(None))
        if (only := condition(filters)) is not None:
            statement = statement.where(only)
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(passages.c.key)).all()
        return [row[0] for row in rows], _matrix([row[1] for row in rows])

    def embedded(self) -> int:
        """Number of passages that have an embedding."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).where(passages.c.vector.is_not(None))) or 0

    def keys(self, filters: Filters) -> list[int]:
        """Keys of the passages that pass a filter."""
        statement = select(passages.c.key).join(articles)
        if (only := condition(filters)) is not None:
            statement = statement.where(only)
        with self._engine.connect() as connection:
            return list(connection.scalars(statement))

    def rows(self) -> list[Row]:
        """Every embedded passage, in order of key."""
        statement = select(passages.c.key, passages.c.id, articles.c.language).join(articles)
        with self._engine.connect() as connection:
            found = connection.execute(statement.where(passages.c.vector.is_not(None)).order_by(passages.c.key))
            return [Row(*row) for row in found]

    def ids(self) -> set[PassageId]:
        """Every passage that has an embedding."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(passages.c.id).where(passages.c.vector.is_not(None))))

    def embeddings(self, size: int) -> Iterator[tuple[list[PassageId], Vectors]]:
        """All embeddings, as (ids, n × dimension) in runs of at most `size`, in order of key."""
        last = -1
        while True:
            statement = (
                select(passages.c.key, passages.c.id, passages.c.vector)
                .where(passages.c.key > last, passages.c.vector.is_not(None))
                .order_by(passages.c.key)
                .limit(size)
            )
            with self._engine.connect() as connection:
                rows = connection.execute(statement).all()
            if not rows:
                return
            last = rows[-1].key
            yield [row.id for row in rows], _matrix([row.vector for row in rows])

    def newest(self) -> int:
        """Highest key of a passage; it grows with every passage added."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(passages.c.key))) or 0

    def languages(self, *, since: int = 0) -> list[str]:
        """Languages of the articles that have embedded passages with keys above `since`, in order of code."""
        statement = select(articles.c.language).where(
            articles.c.id.in_(
                select(passages.c.article_id).where(passages.c.vector.is_not(None), passages.c.key > since)
            )
        )
        with self._engine.connect() as connection:
            return sorted(set(connection.scalars(statement.distinct())))

    def sample(self, size: int, *, language: str | None = None) -> Vectors:
        """Embeddings of `size` passages spread evenly over the archive (or one language of it), or of all if fewer."""
        statement = select(passages.c.key).where(passages.c.vector.is_not(None)).order_by(passages.c.key)
        if language is not None:
            statement = statement.join(articles).where(articles.c.language == language)
        with self._engine.connect() as connection:
            keys = connection.scalars(statement).all()
            # The newest is always among them: it is what a stale copy lacks.
            newest = len(keys) - 1
            chosen = [keys[newest - position * newest // size] for position in range(size)] if newest >= size else keys
            blobs = connection.scalars(select(passages.c.vector).where(passages.c.key.in_(chosen))).all()
        return _matrix([blob for blob in blobs if blob is not None])

    def passing(self, passage_ids: Sequence[PassageId], filters: Filters | None) -> set[PassageId]:
        """Those of some passages whose articles pass a filter (and which the archive still holds)."""
        only = condition(filters)
        found: set[PassageId] = set()
        with self._engine.connect() as connection:
            for ids in batches(passage_ids):
                statement = select(passages.c.id).join(articles).where(passages.c.id.in_(ids))
                found.update(connection.scalars(statement if only is None else statement.where(only)))
        return found

    def vectors(self, passage_ids: Sequence[PassageId]) -> dict[PassageId, Vectors]:
        """Embeddings of passages by id; passages without one are left out."""
        found: dict[PassageId, Vectors] = {}
        with self._engine.connect() as connection:
            for ids in batches(passage_ids):
                rows = connection.execute(
                    select(passages.c.id, passages.c.vector).where(
                        passages.c.id.in_(ids), passages.c.vector.is_not(None)
                    )
                )
                found.update({passage_id: np.frombuffer(blob, "<f4") for passage_id, blob in rows})
        return found

    def unembedded(self, limit: int) -> list[Passage]:
        """Some passages whose embedding is due."""
        with self._engine.connect() as connection:
            ids = connection.scalars(select(passages.c.id).where(passages.c.vector.is_(None)).limit(limit)).all()
        return [snippet.passage for snippet in self.snippets(ids).values()]

    def tokens(self, passage_ids: Sequence[PassageId]) -> dict[PassageId, bytes]:
        """Compressed vectors of passages' tokens by id; passages without are left out."""
        found: dict[PassageId, bytes] = {}
        with self._engine.connect() as connection:
            for ids in batches(passage_ids):
                statement = select(passages.c.id, token_vectors.c.codes).join(token_vectors)
                found.update(dict(iter(connection.execute(statement.where(passages.c.id.in_(ids))))))
        return found

    def without_tokens(self, limit: int) -> list[Due]:
        """Some passages whose tokens' vectors are not kept."""
        missing = select(passages.c.id).outerjoin(token_vectors).where(token_vectors.c.passage_key.is_(None))
        with self._engine.connect() as connection:
            ids = connection.scalars(missing.limit(limit)).all()
        return [Due(snippet.passage, snippet.article.language) for snippet in self.snippets(ids).values()]

    def keep_tokens(self, passage_ids: Sequence[PassageId], tokens: Sequence[bytes]) -> None:
        """Keep compressed vectors of passages' tokens, in one transaction; passages removed meanwhile are left out."""
        with writing(self._engine) as connection:
            keys = dict(
                iter(connection.execute(select(passages.c.id, passages.c.key).where(passages.c.id.in_(passage_ids))))
            )
            rows = [
                {"passage_key": keys[passage_id], "codes": codes}
                for passage_id, codes in zip(passage_ids, tokens, strict=True)
                if passage_id in keys
            ]
            if rows:
                connection.execute(insert(token_vectors).prefix_with("OR REPLACE"), rows)

    def embed(self, passage_ids: Sequence[PassageId], vectors: Vectors) -> None:
        """Keep embeddings (n × dimension) of n passages, in one transaction."""
        with writing(self._engine) as connection:
            for passage_id, vector in zip(passage_ids, vectors, strict=True):
                connection.execute(
                    update(passages).where(passages.c.id == passage_id).values(vector=vector.astype("<f4").tobytes())
                )
                connection.execute(insert(index_pending).values(passage_id=passage_id))


def _matrix(blobs: Sequence[bytes]) -> Vectors:
    if not blobs:
        return np.empty((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
