"""The owner of `chromadb`: collections of vectors in a folder or on a server, with its errors mapped to ours.

Each build of the index is a generation of its own: a folder with one collection where Chroma is
embedded, a collection on the server otherwise.
"""

import os
import shutil
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from filelock import FileLock, Timeout

from ingest.domain import PassageId
from ingest.errors import IndexLockedError, IndexUnavailableError, VectorIndexError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Vectors = npt.NDArray[np.float32]

BATCH = 2_000
"""Vectors a call; Chroma refuses more than 5,461."""

_SYNC_THRESHOLD = 20_000
"""Changes between two rewrites of Chroma's files. A process killed during a rewrite breaks them for good, so
rewrites are rare; what is not yet rewritten is replayed on opening, about 4 s for as many as this."""


class Neighbour(NamedTuple):
    """A passage near a vector."""

    passage_id: PassageId
    cosine: float


class MissingGenerationError(VectorIndexError):
    """There is no generation of this name."""


def _mapped(where: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call Chroma; what it raises becomes an error of ours."""
    import httpx
    from chromadb.errors import ChromaError, NotFoundError

    try:
        return function(*args, **kwargs)
    except NotFoundError as error:
        raise MissingGenerationError(str(error)) from error
    except (httpx.HTTPError, ConnectionError) as error:
        raise IndexUnavailableError(
            f"{where} does not answer ({error}). The archive is whole; start it again and retry."
        ) from error
    except ChromaError as error:
        raise VectorIndexError(f"{where} failed: {error}. `ingest rebuild` makes the index anew.") from error
    except BaseException as error:
        # A damaged database panics in Chroma's Rust, and a panic is no Exception to Python.
        if type(error).__name__ != "PanicException":
            raise
        raise VectorIndexError(f"{where} is damaged: {error}. `ingest rebuild` makes the index anew.") from error


class Generation:
    """One build of the index: a collection of vectors by passage id, compared by cosine."""

    def __init__(self, where: str, collection: "Collection", close: Callable[[], None]) -> None:
        self._where = where
        self._collection = collection
        self.close = close

    def _call(self, method: str, **kwargs: Any) -> Any:
        return _mapped(self._where, getattr(self._collection, method), **kwargs)

    def put(self, ids: Sequence[PassageId], vectors: Vectors) -> None:
        """Add or replace vectors (n × dimension, at most `BATCH`) of n passages."""
        if ids:
            self._call("upsert", ids=list(ids), embeddings=vectors)

    def drop(self, ids: Sequence[PassageId]) -> None:
        """Remove passages; ids that are not there are no error."""
        if ids:
            self._call("delete", ids=list(ids))

    def count(self) -> int:
        """Number of vectors."""
        return int(self._call("count"))

    def ids(self) -> set[PassageId]:
        """Every passage it holds: 32 ms for 20,000."""
        return set(self._call("get", include=[])["ids"])

    def nearest(self, vectors: Vectors, limit: int) -> list[list[Neighbour]]:
        """For each of n vectors (n × dimension), the nearest passages, best first."""
        found = self._call("query", query_embeddings=vectors, n_results=limit, include=["distances"])
        return [
            [Neighbour(passage_id, 1.0 - distance) for passage_id, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]


class Chroma(Protocol):
    """Where generations live."""

    def open(self, name: str) -> Generation:
        """Open a generation. Raises `MissingGenerationError` where there is none."""

    def opened(self) -> None:
        """Note that this process outlived opening a generation and looking into it."""

    def create(self, name: str) -> Generation:
        """Make an empty generation, in place of any of the same name."""

    def forget(self, name: str) -> None:
        """Remove a generation, where there is one."""

    def close(self) -> None:
        """Let other processes have it."""


_CONFIGURATION = {
    # Chroma's defaults (16, 100, 100) leave some vectors of tight clusters, such as wire copies, out of every search.
    # Of the true nearest 50 among 20,000 clustered vectors they find .70, these .86, in 3.7 instead of 3.5 ms.
    "hnsw": {
        "space": "cosine",
        "max_neighbors": 64,
        "ef_construction": 200,
        "ef_search": 400,
        "sync_threshold": _SYNC_THRESHOLD,
    }
}


def _options() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


_SEAL = "sealed"
"""File with the checksums that a generation's files had when it was closed; gone while it is open."""


def _checksums(folder: Path) -> str:
    """CRC-32 of Chroma's files, which it loads unchecked: a byte changed there can crash the process."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SEAL):
        checksum = 0
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                checksum = zlib.crc32(block, checksum)
        lines.append(f"{checksum:08x} {path.relative_to(folder)}\n")
    return "".join(lines)


class EmbeddedChroma:
    """Chroma inside this process, one process a folder: two would lose vectors without an error.

    Raises:
        IndexLockedError: another process has the folder.
        VectorIndexError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner = folder / "owner"
        self._opening = folder / "opening"
        self._lock = FileLock(folder / "lock")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._owner.write_text(str(os.getpid()))
        except Timeout as error:
            owner = self._owner.read_text() if self._owner.exists() else "unknown"
            raise IndexLockedError(
                f"Another process (pid {owner}) is using the vector index in {folder}. Wait until it ends, or send it "
                "your request (a running `qa serve` takes questions and articles over HTTP), or let several processes "
                "share one index: start `chroma run` and set QA_CHROMA_URL."
            ) from error
        except OSError as error:
            raise VectorIndexError(
                f"The vector index cannot be kept in {folder}: {error.strerror}. The archive is whole. Make it a "
                "folder that you may write to, or move it away: the index is made anew from the archive."
            ) from error

    def open(self, name: str) -> Generation:
        """Open a generation's folder."""
        if not (self._folder / name).is_dir():
            raise MissingGenerationError("its folder is missing")
        # Damaged files can crash or hang the whole process instead of raising: that must happen only once.
        if self._opening.exists() and self._opening.read_text() == name:
            raise MissingGenerationError("the last process that opened it did not survive that")
        seal = self._folder / name / _SEAL
        if seal.exists() and seal.read_text() != _checksums(self._folder / name):
            raise MissingGenerationError("its files are not as they were left")
        seal.unlink(missing_ok=True)
        self._opening.write_text(name)
        return self._connect(name, create=False)

    def opened(self) -> None:
        """Note that this process outlived opening a generation and looking into it."""
        self._opening.unlink(missing_ok=True)

    def create(self, name: str) -> Generation:
        """Make an empty generation in a folder of its own."""
        self.forget(name)
        return self._connect(name, create=True)

    def forget(self, name: str) -> None:
        """Remove a generation's folder."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def close(self) -> None:
        """Give the folder up."""
        self._lock.release()

    def _connect(self, name: str, *, create: bool) -> Generation:
        import chromadb

        where = f"The vector index in {self._folder}"
        client: Client = _mapped(where, chromadb.PersistentClient, str(self._folder / name), settings=_options())
        try:
            if create:
                collection = _mapped(
                    where, client.create_collection, name, configuration=_CONFIGURATION, embedding_function=None
                )
            else:
                collection = _mapped(where, client.get_collection, name, embedding_function=None)
        except VectorIndexError:
            client.close()
            raise

        def close() -> None:
            client.close()
            with suppress(OSError):  # without a seal, the next opening has only its look-ups to go by
                (self._folder / name / _SEAL).write_text(_checksums(self._folder / name))

        return Generation(where, collection, close)


class ServedChroma:
    """A `chroma run` server, shared by any number of processes.

    Raises:
        IndexUnavailableError: the server does not answer.
    """

    def __init__(self, url: str) -> None:
        import chromadb

        self._where = f"The Chroma server {url}"
        address = urlsplit(url)
        secure = address.scheme == "https"
        try:
            self._client: Client = _mapped(
                self._where,
                chromadb.HttpClient,
                host=address.hostname or "localhost",
                port=address.port or (443 if secure else 8000),
                ssl=secure,
                settings=_options(),
            )
        except ValueError as error:  # what chromadb raises where nobody listens
            raise IndexUnavailableError(
                f"{self._where} does not answer. The archive is whole; start it (`chroma run --port …`) or unset "
                "QA_CHROMA_URL, and try again."
            ) from error

    def open(self, name: str) -> Generation:
        """Open a collection."""
        collection = _mapped(self._where, self._client.get_collection, name, embedding_function=None)
        return Generation(self._where, collection, lambda: None)

    def opened(self) -> None:
        """Do nothing: a broken collection cannot take this process down with the server."""

    def create(self, name: str) -> Generation:
        """Make an empty collection."""
        self.forget(name)
        collection = _mapped(
            self._where, self._client.create_collection, name, configuration=_CONFIGURATION, embedding_function=None
        )
        return Generation(self._where, collection, lambda: None)

    def forget(self, name: str) -> None:
        """Remove a collection, where there is one."""
        try:
            _mapped(self._where, self._client.delete_collection, name)
        except MissingGenerationError:
            return

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
