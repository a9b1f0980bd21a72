"""The archive's tables, in plain SQLAlchemy Core, so that another database can follow SQLite."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC: SQLite itself forgets zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn an aware datetime into a naive one in UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))
"""Facts about the archive itself: its id, schema version and embedder."""

articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("url", String),
    Column("outlet", String, index=True),
    Column("title", String),
    Column("author", String),
    Column("published_at", UtcDateTime, index=True),
    Column("language", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
"""Every article as it stands now; `text` is what citations point into."""

article_versions = Table(
    "article_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("article_id", String, nullable=False, index=True),
    Column("record", JSON, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
)
"""What an article was before it was replaced, oldest first; removing the article removes them."""

passages = Table(
    "passages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("article_id", String, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector", LargeBinary),
)
"""Where passages lie, and their embeddings: little-endian float32, unit length; NULL while one is due."""

token_vectors = Table(
    "token_vectors",
    metadata,
    Column("passage_key", Integer, ForeignKey("passages.key", ondelete="CASCADE"), primary_key=True),
    Column("codes", LargeBinary, nullable=False),
)
"""Vectors of passages' tokens, compressed; derived, and read for a few candidates of a question at a time."""

readings = Table(
    "readings",
    metadata,
    Column("article_key", Integer, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("reader", String, nullable=False),
)
"""Which version of the readers an article's figures come from; without a row they were never read."""

figures = Table(
    "figures",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article_key", Integer, ForeignKey("articles.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("value", Float, nullable=False),
    Column("bound", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("unit", Text),
    Column("unit_terms", Text),
    Column("unit_canonical", String, index=True),
    Column("fate", String),
    Column("whole", Integer),
    Column("speaker", Text),
    Column("speaker_key", String, index=True),
    Column("speaker_canonical", String),
    Column("speaker_canonical_key", String, index=True),
    Column("body", Text),
    Column("body_canonical", String),
    Column("body_canonical_key", String, index=True),
    Column("via", Text),
    Column("via_canonical", String),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("day", Date, index=True),
)
"""The ledger: an article's figures in order (`number` from 0, `whole` points at one); a newer reader makes them anew.

`…_key` and `unit_terms` are what is looked up: names folded, units as index terms between blanks.
"""

figure_places = Table(
    "figure_places",
    metadata,
    Column("figure_key", Integer, ForeignKey("figures.key", ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("place", String, nullable=False, index=True),
)
"""Where a figure's event was, by canonical names, in the order of the text."""

index_pending = Table(
    "index_pending",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("passage_id", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Passages added or removed that the vector index has not been told of yet."""

index_marks = Table(
    "index_marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("collection", String, nullable=False),
)
"""Which collection of the vector index belongs to this archive."""

Index("passages_unembedded", passages.c.key, sqlite_where=passages.c.vector.is_(None))
