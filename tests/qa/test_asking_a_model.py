"""`/v1/ask` over real sockets on both sides: a client in front, a model behind, and either of them going away."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from ingest.domain import Page
from qa.bootstrap import Service
from tests.model_server import (
    Call,
    ModelServer,
    Say,
    broken,
    cut,
    empty,
    garbage,
    hanging,
    model_server,
    refusing,
    storm,
    wrong_schema,
)

TEXT = "The Observatory said 54 people were killed in the strike on Harun."
MORE = "SANA said at least 70 people were killed in the strike on Harun."
PAGES = (
    Page(source="1", id="sohr", outlet="Dispatch", published_at="2018-05-04", text=TEXT),
    Page(source="2", id="sana", outlet="Herald", published_at="2018-05-05", text=MORE),
)
QUESTION = "How many people were killed in the strike on Harun?"
LEFT = 3.0
"""Seconds in which a call has to be stopped whose client went away."""

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Service], AbstractContextManager[httpx.Client]]


def drafts(call: Call) -> str:
    """Two claims, one after the other."""
    user = call.messages[1]["content"]

    def drafted(quote: str, speaker: str, value: float, bound: str) -> dict[str, Any]:
        marker = user[: user.index(quote)].rsplit("[P", 1)[1].split("]")[0]
        return {
            "text": quote.replace(" in the strike on Harun", ""),
            "speaker": speaker,
            "figures": [{"value": value, "unit": "people", "bound": bound}],
            "quotes": [{"passage": f"P{marker}", "quote": quote}],
        }

    claims = [drafted(TEXT, "The Observatory", 54, "exact"), drafted(MORE, "SANA", 70, "at_least")]
    return json.dumps({"claims": claims, "not_stated": False})


@contextmanager
def asking(open_with: Opener, serve: Server, answer: Any, **llm: Any) -> Iterator[tuple[httpx.Client, ModelServer]]:
    """A client of a service whose model says this."""
    with model_server(answer) as server:
        settings = {"base_url": server.base_url, "model": "fake", "retries": 0, **llm}
        with open_with(PAGES, llm=settings) as service, serve(service) as http:
            yield http, server


def events_in(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Server-sent events as they come."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def asked(**fields: Any) -> dict[str, Any]:
    """What is sent."""
    return {"question": QUESTION, **fields}


def test_answered_by_a_model(open_with: Opener, serve: Server) -> None:
    """The answer's quotes are the archive's, to the letter, and its text has their numbers."""
    with asking(open_with, serve, drafts) as (http, _):
        answer = http.post("/v1/ask", json=asked()).json()
        articles = {
            one["article_id"]: http.get(f"/v1/articles/{one['article_id']}").json() for one in answer["citations"]
        }

    assert (answer["status"], answer["trace"]["mode"]) == ("disputed", "llm")
    assert [one["quote"] for one in answer["citations"]] == [TEXT, MORE]
    for one in answer["citations"]:
        assert articles[one["article_id"]]["text"][one["start"] : one["end"]] == one["quote"]
    assert answer["answer"].endswith("killed [1].\nSANA said at least 70 people were killed [2].")


def test_a_claim_is_streamed_before_the_model_has_finished(open_with: Opener, serve: Server) -> None:
    """The first claim is told while the model still writes the second; the final answer has the same numbers."""
    with (
        asking(open_with, serve, lambda call: Say(drafts(call), pause=0.05)) as (http, server),
        http.stream("POST", "/v1/ask", json=asked(stream=True)) as response,
    ):
        seen = [(event, any(chat.finished for chat in server.chats)) for event in events_in(response.iter_lines())]

    names = [name for (name, _), _ in seen]
    assert names == ["passages", "claim", "claim", "answer", "done"]
    assert [finished for _, finished in seen[:2]] == [False, False]
    bodies = [body for (_, body), _ in seen]
    assert bodies[3]["claims"] == [bodies[1]["claim"], bodies[2]["claim"]]
    assert bodies[3]["citations"] == [*bodies[1]["citations"], *bodies[2]["citations"]]
    assert [citation["number"] for citation in bodies[3]["citations"]] == [1, 2]


def test_an_overloaded_model(open_with: Opener, serve: Server) -> None:
    """It is a 503 with the wait that the endpoint asks for."""
    with asking(open_with, serve, storm("7")) as (http, _):
        response = http.post("/v1/ask", json=asked())

    assert (
        response.status_code,
        response.json()["error"]["code"],
        response.headers["retry-after"],
    ) == (503, "model_unavailable", "7")


FAILS = [
    (broken(401, "bad key sk-secret123"), "Whoever runs the service has to mend that", "60"),
    (broken(500, "http://10.0.0.7:8000 said: Bearer abcdef123456 is no key"), "did not answer. Try again later", "5"),
    (storm("7"), "did not answer. Try again later", "7"),
    (wrong_schema(), "not in the form of an answer", "5"),
    (garbage(), "nothing that can be used", "5"),
    (refusing("No: sk-secret123"), "would not answer this question", None),
    (empty(), "said nothing", None),
]
"""What a model does; what a client is told, and when it is to try again."""

INSIDES = ("127.0.0.1", "10.0.0.7", "http", "fake", "secret123", "abcdef123456", "QA_LLM", "Field required", "claims")


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/chat/completions"])
@pytest.mark.parametrize(("answer", "says", "wait"), FAILS)
def test_what_clients_are_told(  # noqa: PLR0913 - fixtures and cases
    open_with: Opener,
    serve: Server,
    caplog: pytest.LogCaptureFixture,
    answer: Any,
    says: str,
    wait: str | None,
    path: str,
) -> None:
    """What happened and what to do; addresses, bodies, keys and settings are for the log, and keys not even for it."""
    body = asked() if path == "/v1/ask" else {"model": "onrecord", "messages": [{"role": "user", "content": QUESTION}]}
    with asking(open_with, serve, answer) as (http, server):
        whole = http.post(path, json=body)
        events = http.post(path, json={**body, "stream": True})

    assert (whole.status_code, whole.json()["error"]["code"]) == (503, "model_unavailable")
    assert (whole.headers.get("retry-after"), whole.headers.get("x-should-retry")) == (wait, None if wait else "false")
    for response in (whole, events):
        assert says in response.text
    told = whole.json()["error"]["message"]
    assert not [inside for inside in INSIDES if inside in told]
    error = next(line for line in events.text.splitlines() if '"error"' in line and told in line)
    assert not [inside for inside in INSIDES if inside in error]
    assert server.base_url in caplog.text
    assert "secret123" not in caplog.text
    assert "abcdef123456" not in caplog.text


def test_fallback_over_http(open_with: Opener, serve: Server) -> None:
    """With fallback it is a 200 in the sources' own words that says why."""
    with asking(open_with, serve, broken(), fallback=True) as (http, _):
        trace = http.post("/v1/ask", json=asked()).json()["trace"]

    assert (trace["mode"], trace["model"]) == ("extractive", None)
    assert trace["fallback"] == "The model did not answer. Try again later."


def test_a_model_that_breaks_off(open_with: Opener, serve: Server) -> None:
    """What was verified before is sent; then comes the `error` event, and nothing behind it."""
    with (
        asking(open_with, serve, [cut(3_000, drafts), broken(), broken()]) as (http, _),
        http.stream("POST", "/v1/ask", json=asked(stream=True)) as response,
    ):
        seen = list(events_in(response.iter_lines()))

    assert [name for name, _ in seen] == ["passages", "claim", "error"]
    assert seen[-1][1]["error"]["code"] == "model_unavailable"


@pytest.mark.parametrize("behind", [hanging(), hanging(headers=True)])
def test_a_client_that_leaves_a_stream(open_with: Opener, serve: Server, behind: Any) -> None:
    """The model's call is stopped at the wire when the client of a stream goes away."""
    with asking(open_with, serve, behind) as (http, server):
        with http.stream("POST", "/v1/ask", json=asked(stream=True)) as response:
            events = events_in(response.iter_lines())
            assert next(events)[0] == "passages"
            assert server.wait(lambda: bool(server.chats))
        assert server.wait(lambda: server.chats[0].disconnected, LEFT)
        assert http.get("/healthz").status_code == 200


def test_a_client_that_leaves_between_claims(open_with: Opener, serve: Server) -> None:
    """A client that has seen enough stops the model in the middle of its words."""
    with asking(open_with, serve, lambda call: Say(drafts(call), pause=0.4)) as (http, server):
        with http.stream("POST", "/v1/ask", json=asked(stream=True)) as response:
            for name, _ in events_in(response.iter_lines()):
                if name == "claim":
                    break
        assert server.wait(lambda: server.chats[0].disconnected, LEFT)
        assert not server.chats[0].finished


@pytest.mark.parametrize("behind", [hanging(), lambda call: Say(drafts(call), pause=0.4)])
def test_a_client_that_leaves_without_its_answer(open_with: Opener, serve: Server, behind: Any) -> None:
    """The model's call is stopped, too, where the answer was to come as a whole."""
    with asking(open_with, serve, behind) as (http, server):
        started = threading.Event()

        def leave() -> None:
            with httpx.Client(base_url=http.base_url, trust_env=False, timeout=1.5) as impatient:
                started.set()
                with pytest.raises(httpx.ReadTimeout):
                    impatient.post("/v1/ask", json=asked())

        leaving = threading.Thread(target=leave)
        leaving.start()
        assert server.wait(lambda: bool(server.chats))
        leaving.join()
        left = time.monotonic()
        assert server.wait(lambda: server.chats[0].disconnected, LEFT)
        assert time.monotonic() - left < LEFT
        assert not server.chats[0].finished
        assert http.get("/healthz").status_code == 200
