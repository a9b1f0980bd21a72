"""Opening the SQLite file: write-ahead log, foreign keys, one kind of transaction for readers and one for writers."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from ingest.archive.migrations import migrate
from ingest.errors import ArchiveError, ArchiveVersionError

BUSY_SECONDS = 60.0
"""How long a writer waits for another one; a writer holds the lock for one article."""


_WAL_ATTEMPTS = 400
_WAL_PAUSE_SECONDS = 0.1


def open_engine(path: Path) -> Engine:
    """Open the archive file, creating or migrating it where due.

    Raises:
        ArchiveError: the file cannot be opened, or is no archive.
        ArchiveVersionError: it was written by a newer release.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", _on_error)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with writing(engine) as connection:
            migrate(connection)
        _use_wal(engine)  # only now: a file that was refused keeps even its journal mode
    except (ArchiveError, OSError) as error:
        engine.dispose()
        if isinstance(error, ArchiveVersionError):
            raise
        reason = error.strerror if isinstance(error, OSError) else str(error.__cause__ or error).rstrip(".")
        raise ArchiveError(
            f"The archive {path} cannot be opened: {reason}. Nothing was changed. "
            "Check that QA_DATA_DIR names the right folder, that you may write to it, and that the disk has room."
        ) from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a block as one writing transaction: all of it is kept, or nothing."""
    with engine.connect().execution_options(onrecord_write=True) as connection, connection.begin():
        yield connection


def vacuum(engine: Engine) -> None:
    """Write the file anew without its free pages, and empty the write-ahead log."""
    driver = engine.raw_connection()
    try:
        driver.cursor().execute("VACUUM")
        driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"The archive {engine.url.database} could not be written anew: {error}.") from error
    finally:
        driver.close()


def _use_wal(engine: Engine) -> None:
    """Switch the file to its write-ahead log, for good; nothing happens where that was done before."""
    driver = engine.raw_connection()
    try:
        for attempt in range(_WAL_ATTEMPTS):
            try:
                driver.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # SQLite does not wait for this lock: processes that make an archive together must take turns.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or attempt == _WAL_ATTEMPTS - 1:
                    raise ArchiveError(f"{error}.") from error
                time.sleep(_WAL_PAUSE_SECONDS * random.random())  # noqa: S311 - spreads the processes
            else:
                return
    finally:
        driver.close()


def _on_connect(connection: Any, _record: Any) -> None:
    # SQLAlchemy begins transactions itself (below); the driver must not open its own first.
    connection.isolation_level = None
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading a reader fails where another writer came between.
    write = connection.get_execution_options().get("onrecord_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _on_error(context: ExceptionContext) -> None:
    # One boundary for every statement: what SQLite refuses reaches callers as our error.
    if context.sqlalchemy_exception is not None:
        path = context.engine.url.database if context.engine else "?"
        raise ArchiveError(
            f"The archive {path} cannot be read or written: {context.original_exception}. What was reported as done is "
            "kept. Check the disk, and run the same command to go on."
        ) from context.original_exception
