"""The model's owner gives a checked value or an error of ours, whatever the endpoint does."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from ingest.domain import Value
from ingest.settings import LlmSettings
from qa.errors import ModelError, ModelUnavailableError
from qa.llm import Model

URL = "http://127.0.0.1:9/v1"
NO_WAIT = {"Retry-After-Ms": "1"}


class Said(Value):
    """What is asked for."""

    n: int


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    """Stand in for the endpoint on the wire."""
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router


@pytest.fixture
def model() -> Model:
    """The model behind it."""
    return Model(LlmSettings.model_validate({"base_url": URL, "model": "small", "api_key": "k"}))


def completion(content: str | None, **fields: Any) -> httpx.Response:
    """A reply of the endpoint."""
    message = {"role": "assistant", "content": content}
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    body = {
        "id": "c", "object": "chat.completion", "created": 0, "model": "small", "usage": usage,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }  # fmt: skip
    return httpx.Response(200, json=body | fields)


@pytest.mark.parametrize("content", ['{"n": 3}', '```json\n{"n": 3}\n```', '\n```\n{"n": 3}```  '])
def test_a_reply_is_a_value_with_its_cost(api: respx.MockRouter, model: Model, content: str) -> None:
    """Plain JSON or fenced; tokens as the endpoint counts them."""
    route = api.post("/chat/completions").mock(return_value=completion(content))

    said = model.complete("system", "user", Said)

    assert (said.value, said.usage.prompt_tokens, said.usage.completion_tokens) == (Said(n=3), 7, 3)
    assert route.calls[0].request.headers["authorization"] == "Bearer k"


@pytest.mark.parametrize("content", ["", None, "no", '{"n": "x"}', '{"n": 1, "m": 2}', '{"n": 1'])
def test_a_reply_that_is_no_such_object_is_an_error(api: respx.MockRouter, model: Model, content: str | None) -> None:
    """Nothing is guessed from it."""
    api.post("/chat/completions").mock(return_value=completion(content))

    with pytest.raises(ModelError, match="did not say what it was asked for"):
        model.complete("s", "u", Said)


@pytest.mark.parametrize("fields", [{"choices": []}, {"choices": None}, {"usage": None, "choices": []}])
def test_a_reply_without_choices_is_an_error(api: respx.MockRouter, model: Model, fields: dict[str, Any]) -> None:
    """The openai client checks no shapes."""
    api.post("/chat/completions").mock(return_value=completion("x", **fields))

    with pytest.raises(ModelError):
        model.complete("s", "u", Said)


def test_usage_may_be_missing(api: respx.MockRouter, model: Model) -> None:
    """Some servers count nothing."""
    api.post("/chat/completions").mock(return_value=completion('{"n": 1}', usage=None))

    assert model.complete("s", "u", Said).usage.prompt_tokens == 0


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_overload_is_tried_again_and_then_retryable(api: respx.MockRouter, model: Model, status: int) -> None:
    """Five tries in all; then an error that says so."""
    route = api.post("/chat/completions").respond(status, headers=NO_WAIT)

    with pytest.raises(ModelUnavailableError) as caught:
        model.complete("s", "u", Said)
    assert (caught.value.retryable, route.call_count) == (True, 5)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_final(api: respx.MockRouter, model: Model, status: int) -> None:
    """One try; the message names the settings to check."""
    route = api.post("/chat/completions").respond(status, json={"error": {"message": "no"}})

    with pytest.raises(ModelError, match="QA_LLM__MODEL") as caught:
        model.complete("s", "u", Said)
    assert (caught.value.retryable, route.call_count) == (False, 1)


def test_what_is_no_json_is_an_error(api: respx.MockRouter, model: Model) -> None:
    """A page of a proxy, say."""
    api.post("/chat/completions").respond(200, text="<html>", headers={"content-type": "application/json"})

    with pytest.raises(ModelError):
        model.complete("s", "u", Said)


def test_without_settings_there_is_no_model() -> None:
    """The message names the variables."""
    with pytest.raises(ModelError, match="QA_LLM__BASE_URL"):
        Model(LlmSettings())
