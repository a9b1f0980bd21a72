"""The fake model server: the openai client takes what it says, and its faults are what they say they are."""

import json
import time

import httpx
import openai
import pytest
from model_server import (
    Answer,
    Say,
    broken,
    cut,
    drip,
    dropped,
    empty,
    fenced,
    garbage,
    hanging,
    honest,
    hostile,
    huge,
    model_server,
    refusing,
    slow,
    storm,
    truncated,
    without_schema,
    without_usage,
)

from prompts import load
from qa.drafts import DraftReply

PASSAGE = "The market was full. The ministry said 28 civilians died in the raid. Shops were shut."


def client(base_url: str, timeout: float = 5.0) -> openai.OpenAI:
    """The client that the service has, without its patience."""
    return openai.OpenAI(base_url=base_url, api_key="k", max_retries=0, timeout=timeout)


def prompt(question: str = "How many civilians died in the raid?") -> list[dict[str, str]]:
    """The messages that ask for a draft."""
    words = load("answer/v1")
    passage = words.part("passage", marker="P1", source="Dispatch, 2018-05-04, en", text=PASSAGE)
    user = words.part("user", passages=passage, question=question, language="English")
    return [{"role": "system", "content": words.part("system")}, {"role": "user", "content": user}]


def ask(base_url: str, *, timeout: float = 5.0, **options: object) -> openai.types.chat.ChatCompletion:
    """One call."""
    return client(base_url, timeout).chat.completions.create(model="m", messages=prompt(), **options)  # type: ignore[call-overload,no-any-return]


def streamed(base_url: str, **options: object) -> list[openai.types.chat.ChatCompletionChunk]:
    """One call, as a stream."""
    return list(ask(base_url, stream=True, **options))  # type: ignore[arg-type]


def test_honest_drafts_from_the_passages() -> None:
    """It quotes the sentence that answers, with its figure and speaker, in the schema that is asked for."""
    with model_server(honest) as server:
        said = ask(server.base_url)

    draft = DraftReply.model_validate_json(said.choices[0].message.content or "")
    assert draft.claims[0].quotes[0].quote == "The ministry said 28 civilians died in the raid."
    assert draft.claims[0].quotes[0].passage == "P1"
    assert [figure.value for figure in draft.claims[0].figures] == [28]
    assert draft.claims[0].speaker == "The ministry"
    assert said.usage
    assert said.usage.completion_tokens > 0
    assert server.chats[0].finished


def test_honest_says_where_nothing_is_stated() -> None:
    """A question that shares no word with the passages is not answered."""
    with model_server(honest) as server:
        said = client(server.base_url).chat.completions.create(model="m", messages=prompt("Quel temps fait-il?"))  # type: ignore[arg-type]

    assert json.loads(said.choices[0].message.content or "") == {"claims": [], "not_stated": True}


def test_hostile_says_something_else() -> None:
    """A hostile draft has the shape of an honest one, and is another."""
    with model_server([honest, hostile, hostile]) as server:
        good, bad, again = (ask(server.base_url).choices[0].message.content for _ in range(3))

    assert DraftReply.model_validate_json(bad or "") != DraftReply.model_validate_json(good or "")
    assert bad == again


def test_a_stream_gives_the_same_in_pieces() -> None:
    """Small deltas, a finish, and usage where it is asked for."""
    with model_server(Say('{"claims": []}', pieces=3)) as server:
        chunks = streamed(server.base_url, stream_options={"include_usage": True})
        without = streamed(server.base_url)

    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == '{"claims": []}'
    assert len(chunks) > 5
    assert chunks[-1].usage
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert all(chunk.usage is None for chunk in without)


def test_the_models_are_listed() -> None:
    """There is one."""
    with model_server() as server:
        assert [model.id for model in client(server.base_url).models.list()] == ["fake"]


def test_a_script_is_followed_in_order_and_ends() -> None:
    """Behind its end every call fails."""
    with model_server(["one", {"two": 2}]) as server:
        said = [ask(server.base_url).choices[0].message.content for _ in range(2)]
        with pytest.raises(openai.InternalServerError):
            ask(server.base_url)

    assert said == ["one", '{"two": 2}']


def test_a_client_that_goes_away_is_seen() -> None:
    """In the middle of a stream."""
    with model_server(Say("x" * 1000, pieces=1, pause=0.01)) as server:
        with client(server.base_url).chat.completions.create(model="m", messages=prompt(), stream=True) as stream:  # type: ignore[call-overload]
            next(iter(stream))

        assert server.wait(lambda: server.calls[0].disconnected)
        assert not server.calls[0].finished


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (hanging(), openai.APITimeoutError),
        (hanging(headers=True), openai.APITimeoutError),
        (slow(2.0), openai.APITimeoutError),
        (dropped(), openai.APIConnectionError),
        (cut(), openai.APIConnectionError),
        (storm(), openai.RateLimitError),
        (broken(), openai.InternalServerError),
        (garbage(), ValueError),
    ],
)
def test_faults_reach_the_client_as_what_they_are(answer: Answer, error: type[Exception]) -> None:
    """Timeouts, lost connections, refusals."""
    with model_server(answer) as server, pytest.raises(error):
        ask(server.base_url, timeout=0.3)


@pytest.mark.parametrize(
    ("answer", "finish", "shape"),
    [
        (fenced(), "stop", "Here you are:\n```json"),
        (truncated(), "length", '{"claims"'),
        (refusing(), "stop", ""),
        (empty(), "stop", ""),
        (huge(1), "stop", '{"claims"'),
        (drip(0.0), "stop", '{"claims"'),
    ],
)
def test_replies_that_are_no_good_come_whole(answer: Answer, finish: str, shape: str) -> None:
    """To the client they are replies like any other."""
    with model_server(answer) as server:
        said = ask(server.base_url)

    assert said.choices[0].finish_reason == finish
    assert (said.choices[0].message.content or "").startswith(shape)


@pytest.mark.parametrize("answer", [cut(), dropped()])
def test_a_stream_that_is_cut_raises(answer: Answer) -> None:
    """And the whole of it is never had."""
    with model_server(answer) as server, pytest.raises((httpx.RemoteProtocolError, openai.APIConnectionError)):
        streamed(server.base_url)


def test_a_drip_is_slow_as_a_whole() -> None:
    """Each byte comes soon, all of them do not."""
    with model_server(drip(0.002, "a short reply")) as server:
        started = time.monotonic()
        said = ask(server.base_url, timeout=0.5)

    assert said.choices[0].message.content == "a short reply"
    assert time.monotonic() - started > 0.5


def test_servers_that_know_less_say_so() -> None:
    """400 on a JSON schema, on any format, on stream options."""
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}
    with model_server(without_schema("{}", json_object=True)) as server:
        with pytest.raises(openai.BadRequestError, match="response_format"):
            ask(server.base_url, response_format=schema)
        assert ask(server.base_url, response_format={"type": "json_object"}).choices[0].message.content == "{}"
        server.say(without_schema("{}"))
        with pytest.raises(openai.BadRequestError, match="json_object"):
            ask(server.base_url, response_format={"type": "json_object"})
        server.say(without_usage("{}"))
        with pytest.raises(openai.BadRequestError, match="stream_options"):
            streamed(server.base_url, stream_options={"include_usage": True})
        assert ask(server.base_url).usage is None
