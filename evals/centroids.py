"""Make the languages' mean vectors that are kept with the bundled model (`ingest/centroids.npz`)."""

from pathlib import Path

import numpy as np

from evals.archives import service_of
from evals.datasets import load
from ingest.settings import Settings

LANGUAGES = ("ar", "en")


def write_centroids(dataset: Path, target: Path, settings: Settings) -> dict[str, int]:
    """Embed a set's articles and keep the mean passage vector of each language.

    Returns:
        Passages that each language's mean was taken over.
    """
    with service_of(load(dataset).pages, settings) as service:
        passages = service.library.archive.passages
        samples = {language: passages.sample(passages.count(None), language=language) for language in LANGUAGES}
    np.savez(target, **{language: vectors.mean(axis=0) for language, vectors in samples.items()})
    return {language: len(vectors) for language, vectors in samples.items()}
