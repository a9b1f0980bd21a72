"""An archive with everything needed to search it and to add to it."""

from dataclasses import dataclass

from ingest.archive import Archive
from ingest.embedding import Embedder
from ingest.errors import EmbeddingMismatchError
from ingest.index import VectorIndex


@dataclass(frozen=True)
class Library:
    """What every question and every new article needs, open and ready."""

    archive: Archive
    index: VectorIndex
    embedder: Embedder

    def check(self) -> None:
        """Make sure that the archive's vectors come from this embedder, all of them.

        Raises:
            EmbeddingMismatchError: they come from another, or some are due.
        """
        mark = self.archive.embedder()
        if mark and mark.name != self.embedder.label:
            raise EmbeddingMismatchError(
                f"The archive was embedded by {mark.name}; the settings name {self.embedder.label}. Nothing was "
                "changed. Run `ingest rebuild` to embed it again, or set QA_EMBEDDING__* back."
            )
        if self.archive.passages.unembedded(1):
            raise EmbeddingMismatchError("Some passages are not embedded yet: run `ingest rebuild` to go on.")
