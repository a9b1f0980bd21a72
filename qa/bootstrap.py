"""Where the service is put together from the settings."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anyio import CapacityLimiter

from ingest.bootstrap import open_library
from ingest.settings import Settings
from prompts import load

if TYPE_CHECKING:
    import httpx

    from ingest.domain import Failure, Page
    from ingest.library import Library
    from ingest.pipeline import Listener, Report

WORDING = "wording/v3"
"""The wording in use."""


class Service:
    """One archive, searched by many and written by one at a time."""

    def __init__(self, library: "Library", settings: Settings) -> None:
        from qa.pipeline import Pipeline

        self.settings = settings
        self.library = library
        self.wording = load(WORDING)
        self.pipeline = Pipeline(library, self.wording)
        self._writing = threading.Lock()
        self.writers = CapacityLimiter(1)
        """For callers on an event loop: gives `ingest` and `remove` a thread in turn, so that none waits in one."""

    def ingest(self, found: "Sequence[Page | Failure]", listener: "Listener") -> "Report":
        """Take articles in; waits for any other writer of this process. Raises as `Ingestion.run` does."""
        from ingest.pipeline import Ingestion

        with self._writing:
            return Ingestion(self.library, listener).run(found)

    def remove(self, article_id: str) -> None:
        """Remove an article from every store.

        Raises:
            ArticleNotFoundError: no article has this id.
        """
        with self._writing:
            self.library.archive.remove(article_id)
            self.library.index.sync()


@contextmanager
def open_service(
    settings: Settings,
    *,
    create: bool = True,
    transport: "httpx.BaseTransport | None" = None,
    on_read: Callable[[int, int], None] = lambda _, __: None,
) -> Iterator[Service]:
    """Open everything that answering takes; where there is no archive, make one unless told not to.

    Args:
        settings: where everything is.
        create: whether an archive may be made.
        transport: what carries calls to models, where it is not the network itself.
        on_read: told how many articles of how many that were due have had their figures read.

    Raises:
        OnRecordError: a part cannot be used; the message says which and what to do.
    """
    with open_library(settings, create=create, transport=transport, on_read=on_read) as library:
        yield Service(library, settings)
