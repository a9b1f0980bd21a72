"""The archive as its users see it: put, get, list and remove articles; look passages up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, delete, func, insert, select, update

from ingest.archive import lexical, reports
from ingest.archive.copies import CopyStore
from ingest.archive.engine import open_engine, vacuum, writing
from ingest.archive.figures import FigureStore, Reading, write
from ingest.archive.journal import IndexJournal
from ingest.archive.passages import PassageStore, Vectors
from ingest.archive.rows import PER_STATEMENT, article_from
from ingest.archive.selection import condition
from ingest.archive.tables import article_versions, articles, figures, index_pending, meta, passages, token_vectors
from ingest.copies import words_of
from ingest.domain import Article, ArticleId, Filters, Outcome, Passage
from ingest.errors import ArticleNotFoundError

_GAPS = "token_gaps"
"""Fact of an archive some of whose passages came in without the vectors of their tokens."""


class EmbedderMark(NamedTuple):
    """Which model the archive's vectors come from."""

    name: str
    """The embedder's name, with its provider."""

    dimension: int
    """Length of its vectors."""


class ArticlePage(NamedTuple):
    """One page of the archive's articles, in order of id."""

    articles: list[Article]
    """At most as many as were asked for."""

    next_cursor: ArticleId | None
    """Id to go on from; `None` on the last page."""


class Status(NamedTuple):
    """How much the archive holds."""

    articles: int
    languages: Mapping[str, int]
    passages: int
    unembedded: int
    """Passages whose embedding is due."""
    with_tokens: int
    """Passages whose tokens' vectors are kept."""
    pending: int
    """Changes the vector index has not been told of yet."""
    versions: int
    """Earlier versions kept as history."""
    figures: int
    """Figures in the ledger, in whoever's voice."""
    copies: int
    """Articles that are a copy of another one."""
    uncompared: int
    """Articles whose copies are yet to be looked for."""


class Archive:
    """The SQLite file that holds everything that cannot be derived, and what is dear to derive.

    Safe to share between threads; several processes may read and write it at once.

    Raises:
        ArchiveError: the file cannot be opened.
        ArchiveVersionError: it was written by a newer release.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_engine(path)
        self.passages = PassageStore(self._engine)
        self.figures = FigureStore(self._engine)
        self.journal = IndexJournal(self._engine)
        self.copies = CopyStore(self._engine)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, article_id: ArticleId) -> Article:
        """Give one article.

        Raises:
            ArticleNotFoundError: no article has this id.
        """
        with self._engine.connect() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article_id)).mappings().first()
        if row is None:
            raise ArticleNotFoundError(f"No article has the id {article_id!r}.")
        return article_from(row)

    def outcome_of(self, article: Article) -> Outcome:
        """Say what putting this article would do, without doing it."""
        with self._engine.connect() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article.id)).mappings().first()
        if row is None:
            return "added"
        return "unchanged" if article_from(row) == article else "updated"

    def put(
        self,
        article: Article,
        cut: Sequence[Passage],
        vectors: Vectors,
        tokens: Sequence[bytes] | None = None,
        *,
        reading: Reading | None = None,
    ) -> None:
        """Add or replace an article with its passages, their embeddings and its figures, in one transaction.

        The version it replaces is kept as history.

        Args:
            article: the article.
            cut: its passages, n of them.
            vectors: their embeddings, n × dimension, of unit length.
            tokens: their tokens' vectors, compressed, n of them; `None` where none are kept.
            reading: its entries of the ledger; `None` leaves them due.
        """
        record = article.model_dump() | {"updated_at": datetime.now(UTC)}
        words = words_of(article.text)  # outside the transaction: other writers need not wait for it
        with writing(self._engine) as connection:
            self._retire(connection, article.id)
            article_key = connection.scalars(insert(articles).values(record).returning(articles.c.key)).one()
            connection.execute(
                insert(passages),
                [
                    {
                        "id": passage.id,
                        "article_id": article.id,
                        "start": passage.start,
                        "end": passage.end,
                        "vector": vector.astype("<f4").tobytes(),
                    }
                    for passage, vector in zip(cut, vectors, strict=True)
                ],
            )
            rows = connection.execute(select(passages.c.id, passages.c.key).where(passages.c.article_id == article.id))
            keys = dict(iter(rows))
            lexical.add(connection, article_key, article, [(keys[passage.id], passage.text) for passage in cut])
            if tokens:
                codes = zip(cut, tokens, strict=True)
                rows_of_codes = [{"passage_key": keys[passage.id], "codes": code} for passage, code in codes]
                connection.execute(insert(token_vectors), rows_of_codes)
            elif cut:
                _set(connection, _GAPS, "yes")
            connection.execute(insert(index_pending), [{"passage_id": passage.id} for passage in cut])
            if reading is not None:
                write(connection, article_key, reading)
            reports.add(connection, article_key, article, words)

    def remove(self, article_id: ArticleId) -> None:
        """Remove an article and its earlier versions from every table, for good.

        Raises:
            ArticleNotFoundError: no article has this id.
        """
        with writing(self._engine) as connection:
            if not self._retire(connection, article_id):
                raise ArticleNotFoundError(f"No article has the id {article_id!r}; nothing was removed.")
            connection.execute(delete(article_versions).where(article_versions.c.article_id == article_id))

    def _retire(self, connection: Connection, article_id: ArticleId) -> bool:
        """Move an article into the history and take its passages out, inside a transaction."""
        row = connection.execute(select(articles).where(articles.c.id == article_id)).mappings().first()
        if row is None:
            return False
        record = article_from(row).model_dump(mode="json")
        connection.execute(
            insert(article_versions).values(article_id=article_id, record=record, replaced_at=datetime.now(UTC))
        )
        old = connection.execute(select(passages.c.key, passages.c.id).where(passages.c.article_id == article_id)).all()
        lexical.remove(connection, row["key"], [key for key, _ in old])
        if old:
            connection.execute(insert(index_pending), [{"passage_id": passage_id} for _, passage_id in old])
        reports.remove(connection, row["key"])
        connection.execute(delete(articles).where(articles.c.id == article_id))
        return True

    def compact(self) -> None:
        """Take what is left of removed articles off the disk: SQLite keeps it in free pages and old index segments.

        Writes the whole file anew.
        """
        with writing(self._engine) as connection:
            lexical.optimize(connection)
        vacuum(self._engine)

    def history(self, article_id: ArticleId) -> list[Article]:
        """Earlier versions of an article, oldest first; empty where there are none."""
        statement = select(article_versions.c.record).where(article_versions.c.article_id == article_id)
        with self._engine.connect() as connection:
            records = connection.scalars(statement.order_by(article_versions.c.version)).all()
        return [Article.model_validate(record) for record in records]

    def page(self, *, cursor: ArticleId | None = None, limit: int = 50, filters: Filters | None = None) -> ArticlePage:
        """Page through the articles in order of id.

        Args:
            cursor: `next_cursor` of the page before; `None` for the first.
            limit: articles a page.
            filters: which articles count.
        """
        statement = select(articles).order_by(articles.c.id).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(articles.c.id >= cursor)
        if (only := condition(filters)) is not None:
            statement = statement.where(only)
        with self._engine.connect() as connection:
            found = [article_from(row) for row in connection.execute(statement).mappings()]
        return ArticlePage(found[:limit], found[limit].id if len(found) > limit else None)

    def export(self) -> Iterator[Article]:
        """Every article, in order of id."""
        cursor: ArticleId | None = None
        while True:
            page = self.page(cursor=cursor, limit=PER_STATEMENT)
            yield from page.articles
            if page.next_cursor is None:
                return
            cursor = page.next_cursor

    def status(self) -> Status:
        """Count what the archive holds."""
        with self._engine.connect() as connection:

            def count(table: Any, *where: Any) -> int:
                return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

            by_language = connection.execute(
                select(articles.c.language, func.count()).group_by(articles.c.language).order_by(func.count().desc())
            )
            return Status(
                articles=count(articles),
                languages=dict(iter(by_language)),
                passages=count(passages),
                unembedded=count(passages, passages.c.vector.is_(None)),
                with_tokens=count(token_vectors),
                pending=count(index_pending),
                versions=count(article_versions),
                figures=count(figures),
                copies=self.copies.count(),
                uncompared=self.copies.uncompared(),
            )

    def embedder(self) -> EmbedderMark | None:
        """Which model embedded the archive; `None` while it is empty of vectors."""
        with self._engine.connect() as connection:
            facts = dict(iter(connection.execute(select(meta.c.key, meta.c.value))))
        if "embedder" not in facts:
            return None
        return EmbedderMark(facts["embedder"], int(facts["dimension"]))

    def set_embedder(self, mark: EmbedderMark) -> None:
        """Record the model of all vectors; vectors of another model are forgotten, and due again."""
        before = self.embedder()
        if before == mark:
            return
        with writing(self._engine) as connection:
            connection.execute(delete(meta).where(meta.c.key.in_(["embedder", "dimension"])))
            connection.execute(
                insert(meta),
                [{"key": "embedder", "value": mark.name}, {"key": "dimension", "value": str(mark.dimension)}],
            )
            if before:
                # The index's mark stays, so the next collection gets another name: who has this one open must see it.
                connection.execute(update(passages).values(vector=None))

    def token_codec(self) -> str | None:
        """How the kept vectors of tokens are encoded and compressed; `None` where none are to be kept."""
        return self._fact("token_codec")

    def set_token_codec(self, codec: str | None) -> None:
        """Record it; vectors of another codec are forgotten, and due again."""
        if self.token_codec() == codec:
            return
        with writing(self._engine) as connection:
            connection.execute(delete(token_vectors))
            _set(connection, "token_codec", codec)
            _set(connection, _GAPS, "yes" if connection.scalar(select(passages.c.key).limit(1)) else None)

    def tokens_complete(self, codec: str) -> bool:
        """Whether every passage has the vectors of its tokens, by this codec."""
        return self.token_codec() == codec and self._fact(_GAPS) is None

    def close_gaps(self) -> None:
        """Record that every passage has them, if that is so."""
        with writing(self._engine) as connection:
            missing = select(passages.c.key).outerjoin(token_vectors).where(token_vectors.c.passage_key.is_(None))
            if connection.scalar(missing.limit(1)) is None:
                _set(connection, _GAPS, None)

    def _fact(self, key: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(meta.c.value).where(meta.c.key == key))

    @property
    def id(self) -> str:
        """Identifier of this archive, made when it was."""
        with self._engine.connect() as connection:
            return str(connection.scalar(select(meta.c.value).where(meta.c.key == "archive_id")))


def _set(connection: Connection, key: str, value: str | None) -> None:
    connection.execute(delete(meta).where(meta.c.key == key))
    if value is not None:
        connection.execute(insert(meta).values(key=key, value=value))
