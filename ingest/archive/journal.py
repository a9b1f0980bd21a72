"""What the vector index has been told: its collection, and the changes it has yet to see."""

from collections.abc import Sequence

from sqlalchemy import Engine, delete, func, insert, select, text

from ingest.archive.engine import writing
from ingest.archive.rows import batches
from ingest.archive.tables import index_marks, index_pending
from ingest.domain import PassageId


class IndexJournal:
    """The archive's side of the bargain with the vector index.

    A change is written in the transaction of its article and forgotten once the index holds it,
    so a process that dies between the two leaves the change to the next one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def pending(self, limit: int) -> list[tuple[int, PassageId]]:
        """Oldest changes the vector index has not been told of: (sequence number, passage)."""
        statement = select(index_pending.c.seq, index_pending.c.passage_id).order_by(index_pending.c.seq).limit(limit)
        with self._engine.connect() as connection:
            return [(seq, passage_id) for seq, passage_id in connection.execute(statement)]

    def settle(self, seqs: Sequence[int]) -> None:
        """Forget changes that the vector index now holds."""
        with writing(self._engine) as connection:
            for part in batches(seqs):
                connection.execute(delete(index_pending).where(index_pending.c.seq.in_(part)))

    def last_change(self) -> int:
        """Sequence number of the newest change that is pending; 0 where none is."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(index_pending.c.seq))) or 0

    def newest(self) -> int:
        """Sequence number of the newest change there ever was, pending or settled; it only grows."""
        # SQLite keeps what AUTOINCREMENT gave out last in a table of its own.
        with self._engine.connect() as connection:
            last = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
            return connection.scalar(last, {"name": index_pending.name}) or 0

    def collection(self) -> str | None:
        """Name of the index's collection that belongs to this archive, once it is whole."""
        with self._engine.connect() as connection:
            return connection.scalar(select(index_marks.c.collection).where(index_marks.c.name == "vectors"))

    def set_collection(self, collection: str, *, settled: int) -> None:
        """Record a freshly built collection that holds every change up to `settled`."""
        with writing(self._engine) as connection:
            connection.execute(delete(index_marks))
            connection.execute(insert(index_marks).values(name="vectors", collection=collection))
            connection.execute(delete(index_pending).where(index_pending.c.seq <= settled))
