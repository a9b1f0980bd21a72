"""The vector index: every passage's vector, derived from the archive and disposable.

Opening checks it against the archive. What it was not yet told, it is told now; an index that is
missing, broken, stale or another archive's is rebuilt from the archive's own vectors.
"""

import logging
from collections.abc import Callable
from typing import Self

import numpy as np

from ingest.archive import Archive, Vectors
from ingest.chroma import BATCH, Chroma, Generation, MissingGenerationError, Neighbour
from ingest.errors import IndexUnavailableError, VectorIndexError
from ingest.vectors import VectorTable

_log = logging.getLogger(__name__)

_PROBES = 24
"""Vectors looked up on opening. A broken file can lose half of them and raise nothing."""

_MISSED = 8
"""One in so many of them may be missed: an index of neighbours leaves a vector of a tight cluster out now and then."""

_LOOKS = 3
"""Times the numbers are compared: another process may be between the archive and the index."""

_SAME = 0.999
"""Cosine from which on a vector counts as found again."""

Progress = Callable[[int], None]
"""Called with the number of passages done since the last call."""


def _nothing(_: int) -> None:
    """Report progress to nobody."""


class VectorIndex:
    """Vectors of all passages, searched by cosine. Safe to share between threads.

    Raises:
        IndexUnavailableError: the Chroma server does not answer.
        VectorIndexError: the index cannot be built.
    """

    def __init__(self, archive: Archive, chroma: Chroma) -> None:
        self._archive = archive
        self._chroma = chroma
        self.exact = VectorTable(archive)
        self._generation: Generation | None = None
        self._name: str | None = None
        if fault := self._open():
            if archive.passages.count(None):
                _log.warning("The vector index is built anew from the archive: %s.", fault)
            self.rebuild()

    def close(self) -> None:
        """Close the index and let other processes have it."""
        if self._generation:
            self._generation.close()
            self._generation = None
        self._chroma.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _current(self) -> Generation:
        """The generation in use; another process that shares the server may have built a new one."""
        if self._generation is None:
            raise VectorIndexError("The vector index is closed.")
        name = self._archive.journal.collection()
        if name and name != self._name:
            self._generation.close()
            self._generation, self._name = self._chroma.open(name), name
        return self._generation

    def _open(self) -> str | None:
        """Open the generation in use and bring it up to date; otherwise say why that cannot be."""
        name = self._archive.journal.collection()
        if name is None:
            return "there is none yet"
        try:
            self._generation, self._name = self._chroma.open(name), name
            self.sync()
            return self._fault(by_id=True)
        except IndexUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - a broken directory makes Chroma raise anything; the cure is one
            return f"it cannot be read ({error})"
        finally:
            self._chroma.opened()

    def _fault(self, *, by_id: bool) -> str | None:
        """Compare the index with the archive, by id or by number alone, and look some vectors up."""
        for _ in range(_LOOKS):
            if self._agrees(by_id=by_id):
                break
            self.sync()
        else:
            return (
                f"it holds {self._current.count()} passages, the archive {self._archive.passages.embedded()}, or others"
            )
        sample = self._archive.passages.sample(_PROBES)
        if not len(sample):
            return None
        found = self._current.nearest(sample, 1)
        missed = sum(not row or row[0].cosine < _SAME for row in found)
        return (
            f"{missed} of {len(sample)} vectors looked up were not found" if missed > len(sample) // _MISSED else None
        )

    def _agrees(self, *, by_id: bool) -> bool:
        store = self._archive.passages
        return self._current.ids() == store.ids() if by_id else self._current.count() == store.embedded()

    def rebuild(self, progress: Progress = _nothing) -> int:
        """Build the index afresh from the archive's vectors, and take it into use when it is whole.

        Returns:
            Number of passages indexed.

        Raises:
            VectorIndexError: it cannot be built, or does not match the archive once it is.
        """
        journal = self._archive.journal
        before = journal.collection()
        number = int(before.rsplit("-", 1)[1]) + 1 if before else 1
        name = f"onrecord-{self._archive.id[:12]}-{number}"
        settled = journal.last_change()
        if self._generation:
            self._generation.close()
        self._name = None  # should this fail half way, the generation before is opened again
        self._generation = self._chroma.create(name)
        done = 0
        for ids, vectors in self._archive.passages.embeddings(BATCH):
            self._generation.put(ids, vectors)
            done += len(ids)
            progress(len(ids))
        journal.set_collection(name, settled=settled)
        self._name = name
        if before:
            self._chroma.forget(before)
        self.sync()
        if fault := self._fault(by_id=True):
            raise VectorIndexError(
                f"The vector index was built, but {fault}: another process may have changed the archive meanwhile. "
                "The archive is whole; run `ingest rebuild` again."
            )
        return done

    def sync(self) -> None:
        """Tell the index every change the archive has made since, and settle it in the journal."""
        while changes := self._archive.journal.pending(BATCH):
            ids = list(dict.fromkeys(passage_id for _, passage_id in changes))
            told = None
            # Another process that shares the index may tell it later changes in between: look again afterwards.
            while (vectors := self._archive.passages.vectors(ids)).keys() != told:
                told = set(vectors)
                self._current.drop([passage_id for passage_id in ids if passage_id not in told])
                if vectors:
                    self._current.put(list(vectors), np.stack(list(vectors.values())))
            self._archive.journal.settle([seq for seq, _ in changes])

    def check(self) -> None:
        """Make sure that the index answers and matches the archive, by number: cheap enough to be asked often.

        Raises:
            IndexUnavailableError: the server does not answer.
            VectorIndexError: it holds other passages than the archive.
        """
        if fault := self._fault(by_id=False):
            raise VectorIndexError(f"The vector index does not match the archive: {fault}. Run `ingest rebuild`.")

    def nearest(self, vector: Vectors, limit: int) -> list[Neighbour]:
        """Find the passages nearest to a unit vector, best first, at most `limit`.

        Raises:
            IndexUnavailableError: the server does not answer.
            VectorIndexError: the index cannot be searched.
        """
        try:
            return self._nearest(vector, limit)
        except MissingGenerationError:  # another process that shares the server has just put a new one in its place
            return self._nearest(vector, limit)

    def _nearest(self, vector: Vectors, limit: int) -> list[Neighbour]:
        held = self._current.count()
        return self._current.nearest(vector.reshape(1, -1), min(limit, held))[0] if held else []
