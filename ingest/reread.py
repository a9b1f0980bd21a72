"""Keep the ledger in step with its readers: articles that an older version of them read, or none, are read again."""

from collections.abc import Callable

from ingest.aliases import Aliases
from ingest.archive import Archive, Reading
from ingest.ledger import READER, read_ledger
from ingest.places import Places

_BATCH = 20
"""Articles kept together: a stopped run loses a second's work."""


def read_due(
    archive: Archive, *, aliases: Aliases, places: Places, on_read: Callable[[int, int], None] = lambda _, __: None
) -> int:
    """Read the figures of every article that is due; give how many there were.

    Can be stopped and run again at any time: what was read is kept. `on_read` is told how many of how many are done.
    """
    total = archive.figures.count_due(READER)
    done = 0
    while due := archive.figures.due(READER, _BATCH):
        read = [(article, Reading(READER, read_ledger(article, aliases=aliases, places=places))) for article in due]
        archive.figures.keep(read)
        done += len(due)
        on_read(done, max(done, total))
    return done
