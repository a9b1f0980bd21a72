"""Whatever a model's server does, every request ends in time, in an answer or the contract's error, and nothing stays.

The real service, over real sockets in front and behind, with one call to the model at a time: a turn that was not given
back would stop the next question.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import httpx
import pytest
from model_server import (
    Answer,
    ModelServer,
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
    wrong_schema,
)

from ingest.domain import Page
from qa.api import create_app
from qa.bootstrap import Service

QUESTION = {"question": "How many people were killed, according to the Observatory?"}
TIMEOUT = 1.0
"""Seconds that a call may take; all tries of a question together twice that."""

BOUND = 8.0
"""Seconds within which a request has to end, on a machine that is busy."""

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Any], AbstractContextManager[httpx.Client]]


class Desk(NamedTuple):
    """A service, its model, and what runs in its event loop."""

    http: httpx.Client
    model: ModelServer
    tasks: Callable[[], int]

    def ask(self, *, stream: bool = False) -> tuple[int, dict[str, Any], float]:
        """Ask; gives the status, the answer or the error, and the seconds it took."""
        started = time.monotonic()
        response = self.http.post("/v1/ask", json={**QUESTION, "stream": stream}, timeout=30)
        seconds = time.monotonic() - started
        if not stream or response.is_error:
            return response.status_code, response.json(), seconds
        told = events(response.text)
        assert told[0][0] == "passages"
        ends = [data for name, data in told if name in {"answer", "error"}]
        assert len(ends) == 1, told
        assert told[-1][0] in {"done", "error"}
        return (503 if "error" in ends[0] else 200), ends[0], seconds


def events(text: str) -> list[tuple[str, Any]]:
    """Names and data of server-sent events."""
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block.strip()]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


@pytest.fixture
def desk(
    open_with: Opener, serve_app: Server, pages: tuple[Page, ...], request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """A served archive of three articles, with a model that answers at once, until a test has it do otherwise."""
    loops: list[asyncio.AbstractEventLoop] = []
    more = getattr(request, "param", {})
    with model_server(honest) as model:
        llm = {
            "base_url": model.base_url, "model": "m", "timeout_seconds": TIMEOUT, "retries": 1, "max_concurrent": 1,
        } | more  # fmt: skip
        with open_with(pages, llm=llm) as service:
            app = create_app(service)

            async def watched(scope: Any, receive: Any, send: Any) -> None:
                loops[:] = [asyncio.get_running_loop()]
                await app(scope, receive, send)

            with serve_app(watched) as http:
                yield Desk(http, model, lambda: len(asyncio.all_tasks(loops[0])))


def normal(desk: Desk) -> None:
    """The next question is answered as if nothing had been, and nothing is left over from before."""
    assert desk.model.wait(lambda: all(call.over for call in desk.model.calls))
    desk.model.say(honest)
    status, answer, _ = desk.ask()
    assert (status, answer["status"]) == (200, "answered"), answer
    assert answer["trace"]["mode"] == "llm"
    assert answer["claims"][0]["figures"][0]["value"] == 54


NO_ANSWER = {
    "hangs": hanging(),
    "hangs in the middle": hanging(headers=True),
    "is too slow": slow(5.0),
    "drips": drip(0.02),
    "is cut": cut(),
    "is dropped": dropped(),
    "storms": storm("1"),
    "storms for long": storm("120"),
    "storms without a word": storm(None),
    "fails": broken(500),
    "is overloaded": broken(503),
    "does not know the key": broken(401, "no key"),
    "does not know the model": broken(404, "no model"),
    "does not take the call": broken(400, "no"),
    "is garbage": garbage(),
    "is another object": wrong_schema(),
    "is words": "There were 54.",
    "refuses": refusing(),
    "is empty": empty(),
    "is a null": Say(None),
    "is ten megabytes": huge(10),
}
"""What a model's answer does, where there is none to be had of it."""

ANSWERS = {
    "is slow": slow(0.1),
    "is fenced": fenced(),
    "goes without a schema": without_schema(),
    "goes without any form": without_schema(json_object=True),
    "goes without usage": without_usage(),
    "comes at the second try": [storm("0"), honest],
    "comes after a crash": [broken(500), honest],
    "comes after a cut": [cut(), honest],
    "comes once corrected": [wrong_schema(), honest],
}
"""What is an answer all the same."""


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("answer", NO_ANSWER.values(), ids=NO_ANSWER)
def test_no_answer_is_the_contracts_error(desk: Desk, answer: Answer, *, stream: bool) -> None:
    """503 `model_unavailable`, or the event; in time, and without a trace in the service."""
    normal(desk)
    before = desk.tasks()
    desk.model.say(answer)

    status, told, seconds = desk.ask(stream=stream)

    assert (status, told.get("error", {}).get("code")) == (503, "model_unavailable"), told
    assert seconds < BOUND
    normal(desk)
    assert desk.model.wait(lambda: desk.tasks() <= before), "a task is left"


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_taken_as_it_comes(desk: Desk, answer: Answer, *, stream: bool) -> None:
    """Late, in another form, at the second try: it is answered, and what is claimed is true."""
    desk.model.say(answer)

    status, told, seconds = desk.ask(stream=stream)

    assert (status, told.get("status")) == (200, "answered"), told
    assert told["claims"][0]["figures"][0]["value"] == 54
    assert seconds < BOUND
    normal(desk)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("answer", [truncated(), truncated(share=0.99), hostile])
def test_nothing_unverified_leaves(desk: Desk, answer: Answer, *, stream: bool) -> None:
    """Of a draft that breaks off or is false, only what its source carries is claimed, if anything."""
    desk.model.say(answer)

    status, told, seconds = desk.ask(stream=stream)

    assert status in {200, 503}, told
    for claim in told.get("claims", ()):
        assert {figure["value"] for figure in claim["figures"]} <= {54}
    assert seconds < BOUND
    normal(desk)


@pytest.mark.parametrize("desk", [{"fallback": True}], indirect=True)
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("answer", [hanging(), cut(), storm("120"), broken(500)])
def test_the_sources_speak_where_the_model_does_not(desk: Desk, answer: Answer, *, stream: bool) -> None:
    """With `QA_LLM__FALLBACK`: an extractive answer, which says why it is one."""
    desk.model.say(answer)

    status, told, seconds = desk.ask(stream=stream)

    assert status == 200, told
    assert (told["trace"]["mode"], told["status"]) == ("extractive", "answered")
    assert told["trace"]["fallback"]
    assert seconds < BOUND
    normal(desk)


def test_many_at_once_all_end(desk: Desk) -> None:
    """Eight questions to a model that hangs, one call at a time: all are told in time, none waits for the others."""
    desk.model.say(hanging())
    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(lambda at: desk.ask(stream=bool(at % 2)), range(8)))

    assert {status for status, _, _ in ended} == {503}
    assert max(seconds for _, _, seconds in ended) < BOUND
    assert desk.model.wait(lambda: all(call.over for call in desk.model.calls))


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_client_that_leaves_stops_the_call(desk: Desk, *, stream: bool) -> None:
    """The model is not paid for what nobody waits for."""
    desk.model.say(slow(0.4, Say("x" * 300, pause=0.01)))
    with pytest.raises(httpx.ReadTimeout):
        desk.http.post("/v1/ask", json={**QUESTION, "stream": stream}, timeout=0.25)

    assert desk.model.wait(lambda: any(call.disconnected for call in desk.model.calls), 0.4)
    assert len(desk.model.calls) == 1
    normal(desk)
