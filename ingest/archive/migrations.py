"""The steps that bring an empty or older archive up to date."""

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, insert, inspect, select, update

from ingest.archive import copy_tables, lexical
from ingest.archive.tables import figure_places, figures, meta, metadata, readings, token_vectors
from ingest.errors import ArchiveError, ArchiveVersionError


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    lexical.create(connection)
    connection.execute(insert(meta).values(key="archive_id", value=uuid.uuid4().hex))


def _token_vectors(connection: Connection) -> None:
    token_vectors.create(connection, checkfirst=True)  # a new archive has it from the first step


def _ledger(connection: Connection) -> None:
    metadata.create_all(connection, tables=[readings, figures, figure_places])


def _copies(connection: Connection) -> None:
    copy_tables.create(connection)


Migration = Callable[[Connection], None]

MIGRATIONS: Sequence[Migration] = (_create, _token_vectors, _ledger, _copies)
"""Step n brings an archive of schema version n to n + 1. Steps are only ever appended."""


def migrate(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the archive to the newest schema, one step after the other, inside the caller's transaction.

    Raises:
        ArchiveError: the file is another program's database.
        ArchiveVersionError: the archive has a higher version than this release knows.
    """
    version = schema_version(connection)
    if not version and inspect(connection).get_table_names():
        raise ArchiveError("it is another program's database.")
    if version > len(migrations):
        raise ArchiveVersionError(
            f"This archive has schema version {version}; this release knows versions up to {len(migrations)}. "
            "Nothing was changed. Open it with the newer release that wrote it."
        )
    for step in range(version, len(migrations)):
        migrations[step](connection)
        _set_version(connection, step + 1)


def schema_version(connection: Connection) -> int:
    """Version of the schema on disk; 0 for an empty file."""
    if not inspect(connection).has_table("meta"):
        return 0
    value = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    return int(value or 0)


def _set_version(connection: Connection, version: int) -> None:
    done = connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(version)))
    if not done.rowcount:
        connection.execute(insert(meta).values(key="schema_version", value=str(version)))
