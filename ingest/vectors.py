"""Every vector of an archive in memory, compared one by one.

For as many passages as a newsroom has in years this is the better search: it finds the true nearest, the same in every
run, under any filter, and faster than an index of neighbours (2.2 ms against 5.7 for 20,000 passages). It costs
1.5 kB of memory a passage, and the first question after a change reads what is new (0.4 s at 100,000 passages, 1.3 s
when nothing is read yet); beyond `LIMIT` passages the vector index is asked instead.
"""

import threading
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.archive import Archive, EmbedderMark, Vectors
from ingest.domain import Filters, PassageId

LIMIT = 100_000
"""Passages up to which all vectors are held in memory: 154 MB with the bundled embedder."""


def nearest_of_each(cosines: Vectors, languages: npt.NDArray[np.str_], limit: int) -> Iterator[tuple[int, float]]:
    """Find the highest of n cosines, at most `limit` of each of their n languages: position and cosine, best first."""
    for language in np.unique(languages):
        own = np.flatnonzero(languages == language)
        for at in own[np.argsort(-cosines[own], kind="stable")[:limit]]:
            yield int(at), float(cosines[at])


class _Snapshot(NamedTuple):
    """What the archive held at one time, one row a passage, in order of key."""

    mark: EmbedderMark | None
    keys: npt.NDArray[np.int64]
    ids: Sequence[PassageId]
    languages: npt.NDArray[np.str_]
    vectors: Vectors


class VectorTable:
    """The vectors of an archive, read when they are first needed and kept up with it. Safe to share between threads."""

    def __init__(self, archive: Archive, *, limit: int = LIMIT) -> None:
        self._archive = archive
        self._limit = limit
        self._lock = threading.Lock()
        self._seen: tuple[int, EmbedderMark | None] | None = None
        self._snapshot: _Snapshot | None = None

    def nearest(self, vector: Vectors, limit: int, *, filters: Filters | None = None) -> dict[PassageId, float] | None:
        """Find the passages nearest to a unit vector, at most `limit` of each language.

        Returns:
            Cosines by passage, best first in each language; `None` where the archive is too large to be held.
        """
        snapshot = self._current()
        if snapshot is None:
            return None
        rows = np.arange(len(snapshot.ids))
        if filters is not None:
            rows = rows[np.isin(snapshot.keys, self._archive.passages.keys(filters))]
        if not len(rows):
            return {}
        vectors = snapshot.vectors if len(rows) == len(snapshot.ids) else snapshot.vectors[rows]
        near = nearest_of_each(vectors @ vector, snapshot.languages[rows], limit)
        return {snapshot.ids[rows[at]]: cosine for at, cosine in near}

    def _current(self) -> _Snapshot | None:
        with self._lock:
            newest = self._archive.journal.newest(), self._archive.embedder()
            if newest != self._seen:
                store = self._archive.passages
                self._snapshot = None if store.count(None) > self._limit else self._read(newest[1])
                self._seen = newest
            return self._snapshot

    def _read(self, mark: EmbedderMark | None) -> _Snapshot:
        """Read what is new; vectors that are known already, of the same embedder, are taken over."""
        known = self._snapshot
        held = {} if known is None or known.mark != mark else dict(zip(known.ids, known.vectors, strict=True))
        rows = self._archive.passages.rows()
        vectors = held | self._archive.passages.vectors([row.id for row in rows if row.id not in held])
        rows = [row for row in rows if row.id in vectors]  # others were removed in between
        return _Snapshot(
            mark,
            np.array([row.key for row in rows], dtype=np.int64),
            [row.id for row in rows],
            np.array([row.language for row in rows], dtype=np.str_),
            np.stack([vectors[row.id] for row in rows]) if rows else np.empty((0, 0), dtype=np.float32),
        )
