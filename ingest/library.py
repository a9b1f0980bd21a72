"""An archive with everything needed to search it and to add to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ingest.aliases import Aliases
from ingest.archive import Archive, Reading, Vectors
from ingest.domain import Article, PassageId
from ingest.embedding import Embedder
from ingest.encoder import Encoder, bundled_encoder
from ingest.errors import EmbeddingMismatchError
from ingest.index import VectorIndex
from ingest.late import CODEC, compress
from ingest.ledger import READER, read_ledger
from ingest.places import Places
from ingest.token_vectors import TokenVectors, centred, of_encoding


class QuestionVectors(NamedTuple):
    """What a question is looked for by."""

    whole: Vectors
    """Its embedding, to be compared with the archive's; of unit length."""
    tokens: TokenVectors
    """Its tokens, by the bundled encoder."""


class PassageVectors(NamedTuple):
    """What n passages are found by."""

    whole: Vectors
    """Their embeddings, n × dimension, of unit length."""
    tokens: list[bytes] | None
    """Their tokens, compressed, n of them; `None` without late interaction."""


@dataclass(frozen=True)
class Library:
    """What every question and every new article needs, open and ready."""

    archive: Archive
    index: VectorIndex
    embedder: Embedder
    late_interaction: bool = False
    """Whether passages are ranked by their tokens, too."""
    cache: Path | None = None
    """Folder where the bundled encoder keeps what it is put together from."""
    aliases: Aliases = field(default_factory=Aliases.default)
    """Speakers by all their names."""
    places: Places = field(default_factory=Places.default)
    """Places by all their names."""

    @property
    def encoder(self) -> Encoder:
        """The bundled encoder, opened when it is first needed: the ruler of passages, and the one that knows tokens."""
        return bundled_encoder(self.cache)

    def read(self, article: Article) -> Reading:
        """Read an article's entries of the ledger."""
        return Reading(READER, read_ledger(article, aliases=self.aliases, places=self.places))

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

    def embed_question(self, text: str, language: str) -> QuestionVectors:
        """Embed a question in a language: a unit vector to be compared with the archive's, and its tokens.

        Raises:
            EmbeddingError: it cannot be embedded.
            EmbeddingMismatchError: its vector has another length than the archive's: the model behind a name changed.
        """
        encoding = self.encoder.encode(text, "query")
        vector = encoding.vector if self.embedder.bundled else self.embedder.question(text)
        mark = self.archive.embedder()
        if mark and mark.dimension != len(vector):
            raise EmbeddingMismatchError(
                f"{mark.name} gave the archive vectors of {mark.dimension} numbers and gives questions {len(vector)}: "
                "it is another model by the same name. Run `ingest rebuild` to embed the archive again."
            )
        return QuestionVectors(vector, of_encoding(encoding, text, "query", language))

    def embed_passages(self, texts: Sequence[str], languages: Sequence[str]) -> PassageVectors:
        """Embed n passages, each in its language, for the archive.

        Raises:
            EmbeddingError: they cannot be embedded.
        """
        if not self.late_interaction:
            return PassageVectors(self.embedder.passages(texts), None)
        if not self.embedder.bundled:
            return PassageVectors(self.embedder.passages(texts), self.compress_tokens(texts, languages))
        encoder = self.encoder

        def both(passage: tuple[str, str]) -> tuple[Vectors, bytes]:
            text, language = passage
            vector, tokens = encoder.vectors(text, "passage")
            return vector, compress(centred(tokens, "tokens.passage", language))

        made = list(encoder.each(both, list(zip(texts, languages, strict=True))))
        return PassageVectors(np.stack([vector for vector, _ in made]), [tokens for _, tokens in made])

    def compress_tokens(self, texts: Sequence[str], languages: Sequence[str]) -> list[bytes]:
        """Encode the tokens of n passages, each in its language, and compress them."""
        encoder = self.encoder

        def tokens(passage: tuple[str, str]) -> bytes:
            text, language = passage
            return compress(centred(encoder.vectors(text, "passage")[1], "tokens.passage", language))

        return list(encoder.each(tokens, list(zip(texts, languages, strict=True))))

    def tokens_of(self, passage_ids: Sequence[PassageId]) -> list[bytes] | None:
        """Compressed tokens of n passages; `None` where late interaction is off, or passages came in without it."""
        if not self.late_interaction or not self.archive.tokens_complete(CODEC):
            return None
        kept = self.archive.passages.tokens(passage_ids)  # passages removed meanwhile have none
        return [kept.get(passage_id, b"") for passage_id in passage_ids]


def late_interaction_state(archive: Archive, *, wanted: bool) -> str:
    """Say whether an archive's passages are ranked by their tokens, and if not, why."""
    if not wanted:
        return "off"
    held = archive.status()
    if archive.token_codec() not in {CODEC, None}:
        return "off: the tokens' vectors are of another release; run `ingest rebuild`"
    missing = held.passages - held.with_tokens
    if held.passages and not archive.tokens_complete(CODEC):
        return f"off: {missing} of {held.passages} passages came in without it; run `ingest rebuild`"
    return f"on: {CODEC}"
