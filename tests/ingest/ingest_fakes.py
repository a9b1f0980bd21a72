"""What the tests of the archive share: tiny articles, a fake embedder, a fake embeddings server, real commands."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import PrivateAttr

from ingest.archive import Archive, Vectors
from ingest.chroma import EmbeddedChroma
from ingest.domain import Article, Passage
from ingest.embedding import Embedder
from ingest.errors import EmbeddingUnavailableError
from ingest.index import VectorIndex
from ingest.library import Library

DIMENSION = 32
"""Length of the fakes' vectors."""

INGEST = (sys.executable, "-c", "from ingest.cli import app; app()")
"""The command `ingest` of this interpreter."""


def article(article_id: str = "a1", text: str = "The army said 54 people died.", **fields: Any) -> Article:
    """Make an article."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(**{"id": article_id, "language": "en", "text": text, "sha256": sha256, **fields})


def sentences_of(item: Article) -> list[Passage]:
    """Cut an article at its line ends, in passages with ids of their own."""
    cut, start = [], 0
    for line in item.text.split("\n"):
        if line:
            name = f"{item.id}:{item.sha256[:8]}:{start}"
            cut.append(Passage(id=name, article_id=item.id, text=line, start=start, end=start + len(line)))
        start += len(line) + 1
    return cut


def word_vectors(texts: Sequence[str], dimension: int = DIMENSION) -> Vectors:
    """Unit vectors (n × dimension) that depend on the texts' words alone: shared words, near vectors."""
    rows = []
    for text in texts:
        row = np.full(dimension, 1e-3)
        for word in text.lower().split():
            row += np.random.default_rng(zlib.crc32(word.encode())).normal(size=dimension)
        rows.append(row / np.linalg.norm(row))
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)


def keep(archive: Archive, item: Article) -> list[Passage]:
    """Put an article into an archive, one passage a line, and return its passages."""
    cut = sentences_of(item)
    archive.put(item, cut, word_vectors([passage.text for passage in cut]))
    return cut


class FakeEmbedder(Embedder):
    """Embeds by words; counts what it embeds, and can be told to be away after so many calls."""

    model_name: str = "words"
    size: int = DIMENSION
    fails_after: int | None = None

    _embedded: list[str] = PrivateAttr(default_factory=list)
    _calls: int = PrivateAttr(default=0)

    @property
    def embedded(self) -> list[str]:
        """Every passage embedded so far."""
        return self._embedded

    @property
    def label(self) -> str:
        """Name for the archive."""
        return f"fake/{self.model_name}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""
        if self.fails_after is not None and self._calls >= self.fails_after:
            raise EmbeddingUnavailableError("The fake embedder is away.")
        self._calls += 1
        self._embedded += texts
        return word_vectors(texts, self.size)

    def question(self, text: str) -> Vectors:
        """Embed a question."""
        vector: Vectors = word_vectors([text], self.size)[0]
        return vector


@contextmanager
def open_fake_library(folder: Path, embedder: Embedder | None = None) -> Iterator[Library]:
    """Open a library in a folder, with embedded Chroma and a fake embedder."""
    with (
        Archive(folder / "archive.sqlite3") as archive,
        VectorIndex(archive, EmbeddedChroma(folder / "chroma")) as index,
    ):
        yield Library(archive, index, embedder or FakeEmbedder())


class EmbeddingsServer:
    """An OpenAI-compatible `/v1/embeddings` on loopback; `on_call` hears each call's texts before it is answered.

    A call with a text that holds `refuses` gets a 400.
    """

    def __init__(self, on_call: Callable[[list[str]], None] = lambda _: None, *, refuses: str | None = None) -> None:
        self.on_call = on_call
        self.texts: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.on_call(asked["input"])
                server.texts += asked["input"]
                rows = word_vectors(asked["input"]).tolist()
                data = [{"object": "embedding", "index": index, "embedding": row} for index, row in enumerate(rows)]
                usage = {"prompt_tokens": 0, "total_tokens": 0}
                body = json.dumps({"object": "list", "model": asked["model"], "data": data, "usage": usage}).encode()
                self.send_response(400 if refuses and any(refuses in text for text in asked["input"]) else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """Say nothing of clients that were killed."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """Make the environment of a command: its data folder, its settings, and no way out of this machine."""
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    here = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
    return {**os.environ, **nowhere, **here, "QA_DATA_DIR": str(data_dir), **variables}


def ingest(
    data_dir: Path, *arguments: str | Path, stdin: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `ingest` as a process of its own."""
    return subprocess.run(
        [*INGEST, *map(str, arguments)],
        env=environment(data_dir, **variables),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def free_port() -> int:
    """Find a loopback port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
