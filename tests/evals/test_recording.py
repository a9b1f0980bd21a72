"""Calls to models are recorded by their content and replayed exactly; one that is not there fails loudly."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx
from model_server import Say, cut, model_server, storm

from evals.recording import Recorder, RecordingError, Replayer, key_of
from ingest.embedding import OpenAIEmbedder
from ingest.errors import EmbeddingError
from ingest.settings import EmbeddingSettings

URL = "http://127.0.0.1:9/v1"


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    """Stand in for the endpoint on the wire."""
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router


def post(transport: httpx.BaseTransport, body: object, url: str = URL, **headers: str) -> httpx.Response:
    """Send one call through a transport."""
    with httpx.Client(transport=transport) as client:
        return client.post(url if url.endswith("#") else f"{url}/chat", json=body, headers=headers)


def test_calls_are_replayed_as_they_were_answered(api: respx.MockRouter, tmp_path: Path) -> None:
    """Status, body and what tells a client to wait; the nth call of one content as the nth was answered."""
    answers = [httpx.Response(429, headers={"retry-after": "3"}, text="busy"), httpx.Response(200, json={"n": 2})]
    api.post("/chat").mock(side_effect=[*answers, httpx.Response(200, json={"n": "other"})])
    recorder = Recorder(tmp_path / "calls.jsonl")
    said = [post(recorder, {"q": text}) for text in ("a", "a", "b")]
    recorder.stop()
    api.reset()

    replayer = Replayer(tmp_path / "calls.jsonl")
    replayed = [post(replayer, {"q": text}) for text in ("b", "a", "a")]

    def shown(response: httpx.Response) -> tuple[int, str, str | None]:
        return response.status_code, response.text, response.headers.get("retry-after")

    assert [shown(one) for one in replayed] == [shown(said[at]) for at in (2, 0, 1)]
    assert shown(replayed[1]) == (429, "busy", "3")
    assert not api.calls
    replayer.check()


def test_a_connection_that_failed_fails_again(api: respx.MockRouter, tmp_path: Path) -> None:
    """What was a network error is one in the replay, too."""
    api.post("/chat").mock(side_effect=httpx.ConnectError("refused"))
    recorder = Recorder(tmp_path / "calls.jsonl")
    with pytest.raises(httpx.ConnectError):
        post(recorder, {})
    recorder.stop()

    with pytest.raises(httpx.ConnectError, match="refused"):
        post(Replayer(tmp_path / "calls.jsonl"), {})


def test_a_call_is_known_by_path_and_content_alone() -> None:
    """Whatever the host, the key, the order of fields and the spaces between them."""

    def key(url: str, content: str, **headers: str) -> str:
        return key_of(httpx.Request("POST", url, content=content, headers=headers))

    one = key("http://a/v1/chat", '{"a": 1, "b": 2}', Authorization="Bearer one")

    assert one == key("https://b:8/v1/chat", '{"b":2,"a":1}', Authorization="Bearer two")
    assert one != key("http://a/v1/chat", '{"a": 1, "b": 3}')
    assert one != key("http://a/v1/embeddings", '{"a": 1, "b": 2}')


def test_no_key_is_recorded(api: respx.MockRouter, tmp_path: Path) -> None:
    """The file holds no header of a request."""
    api.post("/chat").respond(200, json={})
    recorder = Recorder(tmp_path / "calls.jsonl")
    post(recorder, {"q": 1}, Authorization="Bearer s3cret")
    recorder.stop()

    assert "s3cret" not in (tmp_path / "calls.jsonl").read_text()


def test_a_call_that_is_not_recorded_fails_loudly(tmp_path: Path) -> None:
    """The client gets an error at once, and the run is told which call it was."""
    (tmp_path / "calls.jsonl").write_text("")
    replayer = Replayer(tmp_path / "calls.jsonl")
    settings = EmbeddingSettings.model_validate({"base_url": URL, "model": "words"})

    with pytest.raises(EmbeddingError, match="not in the recording"):
        OpenAIEmbedder(settings, replayer).question("كم قتيلاً؟")
    with pytest.raises(RecordingError, match=r"does not hold this call: POST /v1/embeddings .*كم قتيلاً"):
        replayer.check()


def test_a_call_asked_for_once_more_than_recorded_is_missed(api: respx.MockRouter, tmp_path: Path) -> None:
    """A second answer is not made up from the first."""
    api.post("/chat").respond(200, json={})
    recorder = Recorder(tmp_path / "calls.jsonl")
    post(recorder, {"q": 1})
    recorder.stop()
    replayer = Replayer(tmp_path / "calls.jsonl")

    assert [post(replayer, {"q": 1}).status_code for _ in range(2)] == [200, 404]
    with pytest.raises(RecordingError, match=r"the 2\. time"):
        replayer.check()


@pytest.mark.parametrize("content", [None, "{", '{"key": 1}\n', "[]\n"])
def test_what_is_no_recording_is_refused(tmp_path: Path, content: str | None) -> None:
    """A file that is missing or of another shape is named."""
    if content is not None:
        (tmp_path / "calls.jsonl").write_text(content)

    with pytest.raises(RecordingError, match=r"calls\.jsonl"):
        Replayer(tmp_path / "calls.jsonl")


def test_a_recording_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    """Before anything is asked."""
    (tmp_path / "file").write_text("")

    with pytest.raises(RecordingError, match="cannot be recorded"):
        Recorder(tmp_path / "file" / "calls.jsonl")


def test_the_file_is_a_line_a_call(api: respx.MockRouter, tmp_path: Path) -> None:
    """It can be read, searched and kept under version control."""
    api.post("/chat").respond(200, json={})
    recorder = Recorder(tmp_path / "deep" / "calls.jsonl")
    post(recorder, {"q": 1})
    post(recorder, {"q": 2})
    recorder.stop()

    lines = [json.loads(line) for line in (tmp_path / "deep" / "calls.jsonl").read_text().splitlines()]
    assert [line["request"] for line in lines] == ["POST /v1/chat"] * 2


def test_a_recording_goes_on_where_it_was_cut(api: respx.MockRouter, tmp_path: Path) -> None:
    """Calls that it holds are not made again; a half written line is, and the whole can be replayed."""
    path = tmp_path / "calls.jsonl"
    route = api.post("/chat").mock(side_effect=[httpx.Response(200, json={"n": at}) for at in range(9)])
    first = Recorder(path)
    said = [post(first, {"q": text}).json() for text in ("a", "b")]
    first.stop()
    path.write_text(path.read_text() + '{"key": "half')

    second = Recorder(path, goes_on=True)
    again = [post(second, {"q": text}).json() for text in ("a", "b", "c", "a")]
    second.stop()

    assert again[:2] == said
    assert [one["n"] for one in again] == [0, 1, 2, 3]
    assert route.call_count == 4
    replayer = Replayer(path)
    assert [post(replayer, {"q": text}).json() for text in ("a", "b", "c", "a")] == again


def test_a_new_recording_replaces_an_old_one(api: respx.MockRouter, tmp_path: Path) -> None:
    """Where nothing goes on, what lay there is gone, and is no answer to anything."""
    path = tmp_path / "calls.jsonl"
    route = api.post("/chat").respond(200, json={})
    for _ in range(2):
        recorder = Recorder(path)
        post(recorder, {"q": 1})
        recorder.stop()

    assert (len(path.read_text().splitlines()), route.call_count) == (1, 2)


async def streamed(transport: httpx.AsyncBaseTransport, base_url: str, body: object) -> tuple[int, bytes]:
    """Send one call through a transport on an event loop; its status, and its body as it comes in pieces."""
    async with (
        httpx.AsyncClient(transport=transport) as client,
        client.stream("POST", f"{base_url}/chat/completions", json=body) as response,
    ):
        return response.status_code, b"".join([piece async for piece in response.aiter_raw()])


def test_streams_are_replayed_byte_by_byte(tmp_path: Path) -> None:
    """Server-sent events of a model, and what it refused; the same file serves calls that block."""
    body = {"model": "m", "messages": [{"role": "user", "content": "مرحبا"}], "stream": True}
    with model_server([storm("2"), Say("نعم، هكذا", pieces=2), "once more"]) as server:
        recorder = Recorder(tmp_path / "calls.jsonl")
        said = [asyncio.run(streamed(recorder, server.base_url, body)) for _ in range(2)]
        plain = post(recorder, {"model": "m"}, f"{server.base_url}/chat/completions#").json()
        recorder.stop()

    replayer = Replayer(tmp_path / "calls.jsonl")
    replayed = [asyncio.run(streamed(replayer, URL, body)) for _ in range(2)]

    assert replayed == said
    assert [status for status, _ in replayed] == [429, 200]
    assert replayed[1][1].count(b"data: ") > 5
    assert post(replayer, {"model": "m"}, f"{URL}/chat/completions#").json() == plain
    replayer.check()


def test_a_stream_that_was_cut_fails_again(tmp_path: Path) -> None:
    """On an event loop as elsewhere."""
    with model_server(cut()) as server:
        recorder = Recorder(tmp_path / "calls.jsonl")
        with pytest.raises(httpx.TransportError):
            asyncio.run(streamed(recorder, server.base_url, {"stream": True}))
        recorder.stop()

    with pytest.raises(httpx.TransportError):
        asyncio.run(streamed(Replayer(tmp_path / "calls.jsonl"), URL, {"stream": True}))


def test_a_call_that_is_missing_fails_on_an_event_loop_too(tmp_path: Path) -> None:
    """And is told."""
    (tmp_path / "calls.jsonl").touch()
    replayer = Replayer(tmp_path / "calls.jsonl")

    assert asyncio.run(streamed(replayer, URL, {"q": "unheard of"}))[0] == 404
    with pytest.raises(RecordingError, match="unheard of"):
        replayer.check()
