"""The tables of what is a copy of what (`ingest.archive.reports`); all that they hold can be derived anew."""

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
)

from ingest.archive.tables import meta, metadata
from ingest.copies import METHOD

_MARK = "copies"
"""Fact of an archive: the method its texts were read by."""


def _text_key(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "text_key", Integer, ForeignKey("copy_texts.key", ondelete="CASCADE"), primary_key=primary_key, index=True
    )


copy_texts = Table(
    "copy_texts",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("outlet", String, nullable=False),
    Column("words_sha256", String, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("signature", LargeBinary),
    Column("original", Integer, index=True),
    UniqueConstraint("outlet", "words_sha256"),
)
"""Texts as they are compared (`ingest.copies.Words`, deflated), each once an outlet; `original` is a text's key."""

copy_members = Table(
    "copy_members",
    metadata,
    Column("article_key", Integer, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    _text_key(),
)
"""Which text each article has; articles from before the first comparison are missing."""

copy_bands = Table("copy_bands", metadata, Column("band", Integer, primary_key=True), _text_key(primary_key=True))
"""Bands of texts' signatures: candidates share one."""

copy_sentences = Table(
    "copy_sentences", metadata, Column("sentence", Integer, primary_key=True), _text_key(primary_key=True)
)
"""Which texts hold which sentence, by its key."""

copy_repeated = Table(
    "copy_repeated",
    metadata,
    Column("outlet", String, primary_key=True),
    Column("sentence", Integer, primary_key=True),
)
"""Sentences that an outlet repeats."""

copy_pairs = Table(
    "copy_pairs",
    metadata,
    _text_key(primary_key=True),
    Column("other_key", Integer, ForeignKey("copy_texts.key", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Pairs of texts that are one report, each in both directions."""

TABLES = (copy_texts, copy_members, copy_bands, copy_sentences, copy_repeated, copy_pairs)


def create(connection: Connection) -> None:
    """Create the tables; articles that are there already are due."""
    for table in TABLES:
        table.create(connection, checkfirst=True)  # a new archive has them from the first step
    mark(connection)


def mark(connection: Connection) -> None:
    """Record by which method texts are read from now on."""
    connection.execute(delete(meta).where(meta.c.key == _MARK))
    connection.execute(insert(meta).values(key=_MARK, value=METHOD))


def is_stale(connection: Connection) -> bool:
    """Whether texts were read by another method than today's."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == _MARK)) != METHOD
