"""Where the parts of the archive are put together from the settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.archive import Archive
from ingest.errors import ArchiveError
from ingest.settings import Settings

if TYPE_CHECKING:
    import httpx

    from ingest.library import Library


@contextmanager
def open_archive(settings: Settings, *, create: bool = True) -> Iterator[Archive]:
    """Open the archive alone: for what needs neither vectors nor the index's lock.

    Raises:
        ArchiveError: it cannot be opened, or there is none and none is to be made.
    """
    path = settings.data_dir / "archive.sqlite3"
    if not create and not path.exists():
        raise ArchiveError(
            f"There is no archive in {settings.data_dir.resolve()}. Check QA_DATA_DIR; `ingest add` makes a new one."
        )
    with Archive(path) as archive:
        yield archive


@contextmanager
def open_library(
    settings: Settings,
    *,
    create: bool = True,
    transport: "httpx.BaseTransport | None" = None,
    on_read: Callable[[int, int], None] | None = lambda _, __: None,
) -> Iterator["Library"]:
    """Open archive, index and embedder; where there is no archive, make one unless told not to.

    Articles whose figures an earlier release read, or none, are read first.

    Args:
        settings: where everything is.
        create: whether an archive may be made.
        transport: what carries calls to a model's endpoint, where it is not the network itself.
        on_read: told how many articles of how many that were due are read; `None` leaves them due.

    Raises:
        OnRecordError: one of them cannot be used; the message says which and what to do.
    """
    from ingest.aliases import Aliases
    from ingest.chroma import EmbeddedChroma, ServedChroma
    from ingest.embedding import make_embedder
    from ingest.index import VectorIndex
    from ingest.library import Library
    from ingest.places import Places
    from ingest.reread import read_due

    aliases, places = Aliases.of(settings), Places.default()
    with open_archive(settings, create=create) as archive:
        chroma = (
            ServedChroma(settings.chroma_url) if settings.chroma_url else EmbeddedChroma(settings.data_dir / "chroma")
        )
        try:
            index = VectorIndex(archive, chroma)
        except BaseException:
            chroma.close()
            raise
        with index:
            cache = settings.data_dir / "encoder"
            embedder = make_embedder(settings.embedding, cache, transport)
            if on_read is not None:
                read_due(archive, aliases=aliases, places=places, on_read=on_read)
            late = settings.late_interaction
            yield Library(archive, index, embedder, late_interaction=late, cache=cache, aliases=aliases, places=places)
