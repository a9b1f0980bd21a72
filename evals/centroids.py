"""Make the languages' mean vectors that are kept with the bundled model: of passages, and of single words."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evals.archives import service_of
from evals.datasets import load
from ingest.embedding import embed_words
from ingest.settings import Settings
from qa.coverage import content_words

if TYPE_CHECKING:
    from ingest.archive import Vectors

LANGUAGES = ("ar", "en")


def write_centroids(dataset: Path, target: Path, settings: Settings) -> dict[str, int]:
    """Embed a set's articles and their words, and keep the mean of each language.

    Returns:
        Number of vectors that each mean was taken over, by `passages` or `words` and the language.
    """
    samples: dict[str, Vectors] = {}
    with service_of(load(dataset).pages, settings) as service:
        archive = service.library.archive
        for language in LANGUAGES:
            passages = archive.passages.sample(archive.passages.count(None), language=language)
            texts = [article.text for article in archive.export() if article.language == language]
            samples[f"passages.{language}"] = passages
            samples[f"words.{language}"] = embed_words(content_words("\n".join(texts)))
    np.savez(target, **{name: vectors.mean(axis=0) for name, vectors in samples.items()})
    return {name: len(vectors) for name, vectors in samples.items()}
