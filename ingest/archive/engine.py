"""Opening the SQLite file: write-ahead log, foreign keys, one kind of transaction for readers and one for writers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc

from ingest.archive.migrations import migrate
from ingest.errors import ArchiveError

BUSY_SECONDS = 60.0
"""How long a writer waits for another one; a writer holds the lock for one article."""


def open_engine(path: Path) -> Engine:
    """Open the archive file, creating or migrating it where due.

    Raises:
        ArchiveError: the file cannot be opened, or is no archive.
        ArchiveVersionError: it was written by a newer release.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with writing(engine) as connection:
            migrate(connection)
    except (exc.DatabaseError, OSError) as error:
        reason = error.orig if isinstance(error, exc.DatabaseError) else error.strerror
        raise ArchiveError(
            f"The archive {path} cannot be opened: {reason}. Nothing was changed. "
            "Check that QA_DATA_DIR names the right folder and that you may write to it."
        ) from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a block as one writing transaction: all of it is kept, or nothing."""
    with engine.connect().execution_options(onrecord_write=True) as connection, connection.begin():
        yield connection


def _on_connect(connection: Any, _record: Any) -> None:
    # SQLAlchemy begins transactions itself (below); the driver must not open its own first.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading a reader fails where another writer came between.
    write = connection.get_execution_options().get("onrecord_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
