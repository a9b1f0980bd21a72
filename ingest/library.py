"""An archive with everything needed to search it and to add to it."""

from dataclasses import dataclass

from ingest.archive import Archive, Vectors
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

    def embed_question(self, text: str) -> Vectors:
        """Embed a question: a unit vector to be compared with the archive's.

        Raises:
            EmbeddingError: it cannot be embedded.
            EmbeddingMismatchError: its vector has another length than the archive's: the model behind a name changed.
        """
        vector, mark = self.embedder.question(text), self.archive.embedder()
        if mark and mark.dimension != len(vector):
            raise EmbeddingMismatchError(
                f"{mark.name} gave the archive vectors of {mark.dimension} numbers and gives questions {len(vector)}: "
                "it is another model by the same name. Run `ingest rebuild` to embed the archive again."
            )
        return vector
