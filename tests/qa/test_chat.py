"""Chat over real sockets, with the `openai` client that front ends use, streaming and not."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from ingest.errors import EmbeddingUnavailableError
from qa.answer import Answer
from qa.api.openai_shapes import MOST_TURNS
from qa.bootstrap import Service

Server = Callable[[Service], AbstractContextManager[httpx.Client]]


def client_of(http: httpx.Client) -> OpenAI:
    """The `openai` client of a server, by base URL alone; it does not try again by itself."""
    return OpenAI(base_url=f"{http.base_url}/v1", api_key="none", max_retries=0)


@pytest.fixture(scope="module")
def chat(demo_http: httpx.Client) -> Iterator[OpenAI]:
    """The `openai` client of the demo's server."""
    with client_of(demo_http) as client:
        yield client


@pytest.fixture(scope="module")
def question(demo_http: httpx.Client, demo_set: Any) -> str:
    """A question of the demo that is answered."""
    for sample in demo_set.samples:
        if sample.status == "answered" and not sample.history:
            answer = demo_http.post("/v1/ask", json={"question": sample.question}).json()
            if answer["status"] == "answered":
                return str(sample.question)
    pytest.fail("The demo answers nothing.")


def user(*contents: Any) -> list[Any]:
    """Messages of the user and the assistant in turn, the user's first."""
    return [{"role": ("user", "assistant")[at % 2], "content": text} for at, text in enumerate(contents)]


def structured(of: ChatCompletion | ChatCompletionChunk) -> Answer:
    """The structured answer in the extension field."""
    assert of.model_extra is not None
    return Answer.model_validate(of.model_extra["onrecord"])


def plain(answer: Answer) -> dict[str, Any]:
    """An answer without what differs each time."""
    body = answer.model_dump(exclude={"id"})
    del body["trace"]["timings_ms"]
    return body


def test_a_completion_is_the_answer(chat: OpenAI, demo_http: httpx.Client, question: str) -> None:
    """The content is the answer's text, then every source with its number and words; `onrecord` is what ask gives."""
    done = chat.chat.completions.create(model="onrecord", messages=user(question))
    answer = structured(done)
    asked = Answer.model_validate(demo_http.post("/v1/ask", json={"question": question}).json())
    content = done.choices[0].message.content or ""

    assert plain(asked) == plain(answer)
    assert content.startswith(f"{answer.answer}\n\n")
    for citation in answer.citations:
        assert f"[{citation.number}]" in answer.answer
        listed = content.removeprefix(answer.answer).split(f"[{citation.number}] ", 1)[1]
        assert citation.quote in listed
    assert (done.object, done.model, done.choices[0].finish_reason) == ("chat.completion", "onrecord", "stop")
    assert done.usage is not None
    assert (done.usage.prompt_tokens, done.usage.completion_tokens, done.usage.total_tokens) == (0, 0, 0)
    assert done._request_id


def test_an_abstention_is_a_completion(chat: OpenAI) -> None:
    """It says so, and shows what came nearest."""
    done = chat.chat.completions.create(
        model="onrecord",
        messages=user("Who won the chess olympiad on Mars?"),
        extra_body={"onrecord": {"filters": {"outlets": ["Nobody's"]}}},
    )

    assert structured(done).reason == "filtered_out"
    assert structured(done).answer == done.choices[0].message.content


def test_a_stream_adds_up(chat: OpenAI, question: str) -> None:
    """Role first, then lines that add up to the completion's content, a finishing chunk with the answer, no usage."""
    whole = chat.chat.completions.create(model="onrecord", messages=user(question))
    chunks = list(chat.chat.completions.create(model="onrecord", messages=user(question), stream=True))

    assert chunks[0].choices[0].delta.role == "assistant"
    assert whole.choices[0].message.content == "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices[0].finish_reason] == ["stop"]
    assert plain(structured(whole)) == plain(structured(chunks[-1]))
    assert {"chat.completion.chunk"} == {chunk.object for chunk in chunks}
    assert len({chunk.id for chunk in chunks}) == 1
    assert all(chunk.usage is None for chunk in chunks)


def test_usage_of_a_stream(chat: OpenAI, question: str) -> None:
    """Asked for, it comes last, in a chunk without choices; the answer rides along there too."""
    *_, finish, last = chat.chat.completions.create(
        model="onrecord", messages=user(question), stream=True, stream_options={"include_usage": True}
    )

    assert finish.choices[0].finish_reason == "stop"
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.total_tokens == 0
    assert structured(finish) == structured(last)


def test_what_ends_a_stream(demo_http: httpx.Client, question: str) -> None:
    """Every event is data alone, the last one `[DONE]`."""
    response = demo_http.post("/v1/chat/completions", json={"messages": user(question), "stream": True})
    events = response.text.removesuffix("\n\n").split("\n\n")

    assert response.headers["content-type"].startswith("text/event-stream")
    assert all(event.startswith("data: ") and "\n" not in event for event in events)
    assert events[-1] == "data: [DONE]"


async def _both(address: str, question: str) -> tuple[str | None, str]:
    async with AsyncOpenAI(base_url=address, api_key="none", max_retries=0) as client:
        done = await client.chat.completions.create(model="onrecord", messages=user(question))
        stream = await client.chat.completions.create(model="onrecord", messages=user(question), stream=True)
        told = [chunk.choices[0].delta.content or "" async for chunk in stream]
        assert [model.id async for model in client.models.list()] == ["onrecord"]
    return done.choices[0].message.content, "".join(told)


def test_the_asynchronous_client(demo_http: httpx.Client, question: str) -> None:
    """It reads the same."""
    done, told = asyncio.run(_both(f"{demo_http.base_url}/v1", question))

    assert done == told


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 0.2, "max_tokens": 5, "top_p": 0.1, "seed": 1, "user": "desk", "stop": ["\n"]},
        {"n": 1, "response_format": {"type": "text"}, "tool_choice": "auto"},
        {"tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]},
    ],
)
def test_what_has_no_effect(chat: OpenAI, question: str, fields: dict[str, Any]) -> None:
    """Parameters of sampling and tools are accepted, and the answer is the same without them."""
    done = chat.chat.completions.create(model="onrecord", messages=user(question), **fields)

    assert done.choices[0].finish_reason == "stop"
    assert structured(done).claims


def test_other_roles_and_parts(chat: OpenAI, question: str) -> None:
    """System, developer and tool say nothing that is read; parts of text are one text; the last user message asks."""
    parts = [{"type": "text", "text": part} for part in question.split(" ", 1)]
    done = chat.chat.completions.create(
        model="onrecord",
        messages=[
            {"role": "system", "content": "Say that nobody died."},
            {"role": "developer", "content": [{"type": "text", "text": "Answer in French."}]},
            {"role": "user", "content": parts},
            {"role": "assistant", "content": None, "tool_calls": []},  # type: ignore[typeddict-item]
            {"role": "tool", "tool_call_id": "1", "content": "{}"},
        ],
    )

    assert question == " ".join(structured(done).question.split("\n"))
    assert structured(done).trace.asked is None


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages"),
        ({"messages": user("")}, "messages"),
        ({"messages": user("س" * 2_001)}, "messages"),
        ({"messages": user([{"type": "image_url", "image_url": {"url": "data:,"}}])}, "messages"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages.0.role"),
        ({"n": 2}, "n"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tool_choice"),
        ({"extra_body": {"onrecord": {"top_k": 0}}}, "onrecord.top_k"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_wrong_requests(chat: OpenAI, fields: dict[str, Any], param: str, *, stream: bool) -> None:
    """What cannot be answered as asked is the client's own exception, with the field at fault."""
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        chat.chat.completions.create(**{"model": "onrecord", "messages": user("q"), "stream": stream, **fields})

    error = caught.value
    assert (param, "invalid_request", "invalid_request_error") == (error.param, error.code, error.type)
    assert {"error"} == error.response.json().keys()
    assert {"message", "type", "param", "code"} == error.response.json()["error"].keys()
    assert error.request_id


@pytest.mark.parametrize("stream", ["false", "true"])
def test_broken_unicode(demo_http: httpx.Client, stream: str) -> None:
    """Half a surrogate pair in the question is 422; in a turn before it, it is no more than a letter that is lost."""

    def status(messages: str) -> int:
        body = f'{{"stream": {stream}, "messages": [{messages}]}}'
        headers = {"content-type": "application/json"}
        return demo_http.post("/v1/chat/completions", content=body.encode(), headers=headers).status_code

    question = '{"role": "user", "content": "How many? %s"}'
    assert status(question % r"\ud800") == 422
    assert status(question % r"\ud800" + "," + question % "") == 200


def test_models(chat: OpenAI) -> None:
    """There is one, and each of its names but its own is not found."""
    listed = list(chat.models.list())

    assert [(one.id, one.owned_by, one.object) for one in listed] == [("onrecord", "onrecord", "model")]
    assert listed[0] == chat.models.retrieve("onrecord")
    with pytest.raises(openai.NotFoundError) as caught:
        chat.models.retrieve("gpt-4o")
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.NotFoundError):
        chat.chat.completions.create(model="gpt-4o", messages=user("q"))


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v1/chat/nothing", b"", 404),
        ("GET", "/v1/chat/completions", b"", 405),
        ("POST", "/v1/models", b"{}", 405),
        ("POST", "/v1/chat/completions", b"{", 422),
        ("POST", "/v1/chat/completions", b"\xff", 422),
        ("POST", "/v1/chat/completions", b"[]", 422),
    ],
)
def test_one_shape_for_every_error(demo_http: httpx.Client, method: str, path: str, body: bytes, status: int) -> None:
    """Whatever is wrong on these paths is said in OpenAI's shape, under a request id."""
    response = demo_http.request(method, path, content=body, headers={"content-type": "application/json"})

    assert status == response.status_code
    assert {"message", "type", "param", "code"} == response.json()["error"].keys()
    assert response.json()["error"]["type"] == "invalid_request_error"
    assert response.headers["x-request-id"]


def test_too_large(open_with: Callable[..., AbstractContextManager[Service]], serve: Server) -> None:
    """A body over the limit, declared or not, is 413 in OpenAI's shape."""
    with open_with(max_request_mb=0.001) as service, serve(service) as http:
        declared = http.post("/v1/chat/completions", json={"messages": user("x" * 1_500)})
        undeclared = http.post("/v1/chat/completions", content=iter([b'{"messages": [', b" " * 2_000]))

    for response in (declared, undeclared):
        assert response.status_code == 413
        assert tuple(response.json()["error"][key] for key in ("code", "param")) == ("too_large", None)


@pytest.mark.parametrize("stream", [False, True])
def test_unavailable(service: Service, serve: Server, embedder: Any, *, stream: bool) -> None:
    """What fails before anything is told has its status, `Retry-After`, and the client's class; streams too."""
    embedder.failure = EmbeddingUnavailableError("The embedder does not answer.")
    with serve(service) as http, client_of(http) as client, pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model="onrecord", messages=user("q"), stream=stream)

    assert (caught.value.status_code, caught.value.type) == (503, "server_error")
    assert int(caught.value.response.headers["retry-after"]) > 0


def test_unforeseen(service: Service, serve: Server, embedder: Any) -> None:
    """A bug is 500 in OpenAI's shape, and shows nothing of itself."""
    embedder.failure = RuntimeError("secret")
    with serve(service) as http, client_of(http) as client, pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model="onrecord", messages=user("q"))

    assert (caught.value.status_code, caught.value.code) == (500, "internal")
    assert "secret" not in caught.value.response.text


class _Breaking:
    """A pipeline that tells of passages and then fails, or waits; it says when it was closed."""

    def __init__(self, failure: Exception | None) -> None:
        self.failure = failure
        self.closed = threading.Event()

    async def events(self, _: object) -> AsyncIterator[object]:
        """Tell of no passages, then fail or wait."""
        from qa.pipeline import Passages

        try:
            yield Passages(())
            if self.failure:
                raise self.failure
            await asyncio.sleep(60)
        finally:
            self.closed.set()


@pytest.mark.parametrize(
    ("failure", "code"),
    [(EmbeddingUnavailableError("Gone."), "index_unavailable"), (RuntimeError("secret"), "internal")],
)
def test_failure_in_a_stream(service: Service, serve: Server, failure: Exception, code: str) -> None:
    """After the start it is a chunk in OpenAI's shape, which the client raises; the stream ends without `[DONE]`."""
    service.pipeline = _Breaking(failure)  # type: ignore[assignment]
    with serve(service) as http, client_of(http) as client:
        chunks = client.chat.completions.create(model="onrecord", messages=user("q"), stream=True)
        with pytest.raises(openai.APIError) as caught:
            list(chunks)
        told = http.post("/v1/chat/completions", json={"messages": user("q"), "stream": True}).text

    assert code == caught.value.code
    assert "secret" not in told
    assert "[DONE]" not in told
    assert json.loads(told.strip().rsplit("data: ", 1)[1]).keys() == {"error"}


def test_a_client_that_goes_away(service: Service, serve: Server) -> None:
    """Its pipeline is closed: nothing goes on working for nobody."""
    service.pipeline = pipeline = _Breaking(None)  # type: ignore[assignment]
    with serve(service) as http, client_of(http) as client:
        stream = client.chat.completions.create(model="onrecord", messages=user("q"), stream=True)
        next(stream)
        stream.close()
        client.close()
        assert pipeline.closed.wait(10)


def test_long_conversations(chat: OpenAI, question: str) -> None:
    """Of thousands of turns, some of them very long, the latest are read, and nothing breaks."""
    turns = user(*["What then?" if at % 2 == 0 else "x" * 30_000 for at in range(40)], *["Go on."] * 2_400, question)
    done = chat.chat.completions.create(model="onrecord", messages=turns)

    assert question == structured(done).question
    assert len(turns) > MOST_TURNS
