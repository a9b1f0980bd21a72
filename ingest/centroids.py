"""Where each language lies among the vectors.

A multilingual encoder puts texts of one language near each other whatever they say, so in an
archive of two languages a question finds its own language first and the right passage of the
other one never (R@1 .10 on a half Arabic, half English XQuAD; .53 once the languages' means are
taken into account). The means come from the archive's own passages; where it has few, they lean
on means kept with the bundled model, made by `evals centroids` from the demo archive.

Removing what a vector says of its language is due to Yang et al. 2021, "A Simple and Effective
Method To Eliminate the Self Language Bias in Multilingual Representations".
"""

import threading
from collections.abc import Mapping

import numpy as np

from ingest.archive import Archive, Vectors
from ingest.embedding import BUNDLED, Embedder
from ingest.kept import kept

_SAMPLE = 1_000
"""Passages of each language that its mean is taken over."""

_PRIOR_WEIGHT = 100
"""How many passages of the archive's own the kept mean counts for."""

_DRIFT = 0.1
"""Share of new passages from which on means are taken again."""


class Centroids:
    """The mean vector of each language of an archive. Safe to share between threads."""

    def __init__(self, archive: Archive, embedder: Embedder) -> None:
        self._archive = archive
        self._kept: Mapping[str, Vectors] = kept("passages") if embedder.label == BUNDLED else {}
        self._lock = threading.Lock()
        self._taken_at = 0
        self._means: dict[str, Vectors] = {}

    def means(self) -> Mapping[str, Vectors]:
        """Mean vector of every language in the archive, by code; not of unit length."""
        with self._lock:
            newest = self._archive.passages.newest()
            drifted = abs(newest - self._taken_at) > _DRIFT * self._taken_at
            if drifted or not self._means.keys() >= set(self._archive.passages.languages(since=self._taken_at)):
                self._means = {language: self._mean(language) for language in self._archive.passages.languages()}
                self._taken_at = newest
            return self._means

    def _mean(self, language: str) -> Vectors:
        vectors = self._archive.passages.sample(_SAMPLE, language=language)
        own: Vectors = vectors.mean(axis=0)
        prior = self._kept.get(language)
        if prior is None:
            return own
        share = len(vectors) / (len(vectors) + _PRIOR_WEIGHT)
        mean: Vectors = (share * own + (1 - share) * prior).astype(np.float32)
        return mean
