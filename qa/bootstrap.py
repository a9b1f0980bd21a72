"""Where the service is put together from the settings."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anyio import CapacityLimiter

from ingest.bootstrap import open_library
from ingest.settings import LlmSettings, Settings
from prompts import Prompt, load

if TYPE_CHECKING:
    import httpx

    from ingest.domain import Failure, Page
    from ingest.library import Library
    from ingest.pipeline import Listener, Report
    from qa.answerers import Answerer
    from qa.llm import Model

WORDING = "wording/v3"
"""The wording in use."""

VERIFY = "verify/v1"
"""What the second look asks."""


class Service:
    """One archive, searched by many and written by one at a time.

    Args:
        library: the archive, and what reads it.
        settings: the model, and how long requests may take.
        model_transport: what carries calls to the model that drafts, where it is not the network itself.

    Raises:
        SettingsError: the model's settings cannot be used together.
    """

    def __init__(
        self, library: "Library", settings: Settings, model_transport: "httpx.AsyncBaseTransport | None" = None
    ) -> None:
        from qa.pipeline import Pipeline

        self.settings = settings
        self.library = library
        self.wording = load(WORDING)
        self.model = _model(settings.llm, model_transport)
        """Drafts answers; `None` where none is configured."""
        answerer = _answerer(library, self.wording, self.model, settings.llm)
        self.pipeline = Pipeline(library, self.wording, answerer, self.model)
        self._writing = threading.Lock()
        self.writers = CapacityLimiter(1)
        """For callers on an event loop: gives `ingest` and `remove` a thread in turn, so that none waits in one."""

    async def aclose(self) -> None:
        """Close the running event loop's connections to the model."""
        if self.model:
            await self.model.aclose()

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


def _model(settings: LlmSettings, transport: "httpx.AsyncBaseTransport | None") -> "Model | None":
    if not (settings.base_url and settings.model):
        return None
    from qa.llm import Model

    return Model(settings, transport)


def _answerer(library: "Library", wording: Prompt, model: "Model | None", settings: LlmSettings) -> "Answerer":
    """Who drafts: the sources' own words without a model, or while there is none."""
    from qa.answerers import Extractive, Fallback

    extractive = Extractive(library, wording)
    if model is None:
        return extractive
    from qa.drafted import Written
    from qa.drafting import Drafter
    from qa.gate import Gate
    from qa.second_look import SecondLook

    second = SecondLook(model, load(VERIFY)) if settings.second_look else None
    drafter = Drafter(model, load(settings.prompt), settings)
    written = Written(drafter, library, gates=Gate, second=second)
    return Fallback(written, extractive) if settings.fallback else written


@contextmanager
def open_service(
    settings: Settings,
    *,
    create: bool = True,
    transport: "httpx.BaseTransport | None" = None,
    model_transport: "httpx.AsyncBaseTransport | None" = None,
    on_read: Callable[[int, int], None] = lambda _, __: None,
) -> Iterator[Service]:
    """Open everything that answering takes; where there is no archive, make one unless told not to.

    Args:
        settings: where everything is.
        create: whether an archive may be made.
        transport: what carries calls to the model that embeds, where it is not the network itself.
        model_transport: what carries calls to the model that drafts, likewise.
        on_read: told how many articles of how many that were due have had their figures read.

    Raises:
        OnRecordError: a part cannot be used; the message says which and what to do.
    """
    with open_library(settings, create=create, transport=transport, on_read=on_read) as library:
        yield Service(library, settings, model_transport)
