"""Where languages lie is known of every language that the archive holds, as soon as it holds it."""

from pathlib import Path

import numpy as np
from ingest_fakes import FakeEmbedder, article, keep

from ingest.archive import Archive
from ingest.centroids import Centroids


def test_a_language_never_met_is_known_at_once(tmp_path: Path) -> None:
    """One Arabic article among thirty English ones is too few to be drift, and its language counts all the same."""
    with Archive(tmp_path / "archive.sqlite3") as archive:
        for number in range(30):
            keep(archive, article(f"e{number}", f"Ferry number {number} sank."))
        centroids = Centroids(archive, FakeEmbedder())
        assert centroids.means().keys() == {"en"}

        keep(archive, article("arabic", "غرقت العبارة.", language="ar"))

        assert centroids.means().keys() == {"ar", "en"}


def test_means_are_of_the_archives_own_vectors(tmp_path: Path) -> None:
    """With another embedder than the bundled one nothing is leaned on: the mean is the mean."""
    with Archive(tmp_path / "archive.sqlite3") as archive:
        for number in range(5):
            keep(archive, article(f"e{number}", f"Ferry number {number} sank."))
        _, vectors = archive.passages.select(None)

        np.testing.assert_allclose(Centroids(archive, FakeEmbedder()).means()["en"], vectors.mean(axis=0), atol=1e-6)
