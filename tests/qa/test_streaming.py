"""Answers as server-sent events, and an event loop that nothing blocks."""

import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import httpx
import pytest

import qa.answerers
from ingest.embedding import Vectors
from ingest.errors import EmbeddingUnavailableError
from qa.bootstrap import Service
from qa.domain import Draft, Evidence
from qa.extract import Extraction

Server = Callable[[Service], AbstractContextManager[httpx.Client]]


class Sse(NamedTuple):
    """One server-sent event."""

    name: str
    body: Any


def drafts(evidence: Evidence) -> list[Draft]:
    """Draft a claim from the first words of each of the first two passages."""
    return [
        Draft(
            text=passage.text[:20],
            article=passage.article,
            passage_id=passage.passage_id,
            quote=passage.text[:20],
            start=passage.start,
            end=passage.start + 20,
            confidence=0.9,
        )
        for passage in evidence.passages[:2]
    ]


@pytest.fixture
def drafting(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Evidence], Iterable[Draft]]], None]:
    """Answer with these drafts, instead of those of the calibrated answerer."""

    def install(make: Callable[[Evidence], Iterable[Draft]]) -> None:
        # When to abstain is tested elsewhere; the step is the seam.
        monkeypatch.setattr(qa.answerers, "extract", lambda evidence, *_, **__: Extraction(tuple(make(evidence)), 0.9))

    return install


def stream(http: httpx.Client, question: str = "How many civilians?", **fields: object) -> list[Sse]:
    """Ask for events, read by the rules of server-sent events."""
    response = http.post("/v1/ask", json={"question": question, "stream": True, **fields})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-request-id"]
    events = []
    for block in response.content.decode().removesuffix("\n\n").split("\n\n"):
        fields_of = [line.partition(": ")[::2] for line in block.split("\n")]
        assert [name for name, _ in fields_of] == ["event", "data"]
        events.append(Sse(fields_of[0][1], json.loads(fields_of[1][1])))
    return events


def test_events_in_order(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """Passages once, each claim, the whole answer once, done."""
    drafting(drafts)

    assert [event.name for event in stream(http)] == ["passages", "claim", "claim", "answer", "done"]


def test_events_add_up_to_the_answer(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """Passages and claims, with their citations resolved, are those of the answer; the answer is the plain one's."""
    drafting(drafts)
    passages, *claims, answer, done = stream(http)
    plain = http.post("/v1/ask", json={"question": "How many civilians?"}).json()

    assert answer.body["passages"] == passages.body
    assert answer.body["claims"] == [event.body["claim"] for event in claims]
    citations = {citation["number"]: citation for citation in answer.body["citations"]}
    for event in claims:
        assert {"claim", "citations"} == event.body.keys()
        assert [citations[number] for number in event.body["claim"]["citations"]] == event.body["citations"]
    assert done.body == {}
    for body in (answer.body, plain):
        del body["id"], body["trace"]["timings_ms"]
    assert plain == answer.body


def test_nothing_unverified_is_streamed(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """A draft that does not stand in its article is in no event but the answer's trace."""

    def forged(evidence: Evidence) -> list[Draft]:
        first, second = drafts(evidence)
        return [first.model_copy(update={"quote": "Ninety were killed!!", "text": "Ninety were killed!!"}), second]

    drafting(forged)
    events = stream(http)

    assert [event.name for event in events] == ["passages", "claim", "answer", "done"]
    assert "Ninety" not in json.dumps([event.body for event in events[:2]])
    assert events[2].body["trace"]["dropped_claims"] == [{"text": "Ninety were killed!!", "fault": "quote_not_found"}]
    assert "Ninety" not in json.dumps({**events[2].body, "trace": None})


def test_abstention_is_streamed(http: httpx.Client) -> None:
    """Where nothing is claimed there are passages, if any, the answer and done."""
    events = stream(http, filters={"outlets": ["Nobody's"]})

    assert [event.name for event in events] == ["passages", "answer", "done"]
    assert events[0].body == []
    assert events[1].body["reason"] == "filtered_out"


def test_line_ends_of_a_quote_stay_inside_the_event(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """A quote over several lines, or with separators of Unicode, is one event's data."""
    text = "One.\n\nTwo.\u2028Three.\u0085Four. Five words more."
    http.post("/v1/articles", json={"articles": [{"id": "lines", "text": text}]})
    drafting(drafts)
    events = stream(http, filters={"article_ids": ["lines"]})

    assert [text[:20]] == [event.body["claim"]["text"] for event in events if event.name == "claim"]


def test_failure_after_the_start(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """A bug after the passages is an `error` event in the contract's shape, the last one, with no word of the bug."""

    def broken(evidence: Evidence) -> list[Draft]:
        raise RuntimeError(f"secret {evidence}")

    drafting(broken)
    events = stream(http)

    assert [event.name for event in events] == ["passages", "error"]
    assert {"error"} == events[1].body.keys()
    assert {"code", "message", "details"} == events[1].body["error"].keys()
    assert events[1].body["error"]["code"] == "internal"
    assert "secret" not in json.dumps(events[1].body)


def test_our_failure_after_the_start(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """An error of ours after the passages is an `error` event with its own code and words."""

    def down(_: Evidence) -> list[Draft]:
        raise EmbeddingUnavailableError("The endpoint did not answer.")

    drafting(down)
    *_, last = stream(http)

    assert (
        last.name,
        last.body["error"]["code"],
        last.body["error"]["message"],
    ) == ("error", "index_unavailable", "The endpoint did not answer.")


def test_wrong_request_is_no_stream(http: httpx.Client) -> None:
    """A request that cannot be used is a plain 422, stream or not."""
    response = http.post("/v1/ask", json={"question": "", "stream": True})

    assert (response.status_code, response.headers["content-type"]) == (422, "application/json")


def test_client_that_leaves_early(http: httpx.Client, drafting: Callable[..., None]) -> None:
    """A client that goes away in the middle of a stream harms nobody else."""
    drafting(drafts)
    with http.stream("POST", "/v1/ask", json={"question": "q", "stream": True}) as response:
        next(response.iter_raw())

    assert [event.name for event in stream(http)] == ["passages", "claim", "claim", "answer", "done"]


class Gate:
    """Holds every question in its thread until it is opened, and counts those that wait."""

    def __init__(self, service: Service, monkeypatch: pytest.MonkeyPatch, expected: int) -> None:
        self.opened = threading.Event()
        self.full = threading.Event()
        self._waiting = 0
        self._lock = threading.Lock()
        embedder = type(service.library.embedder)
        plain = embedder.question

        def question(embedder: Any, text: str) -> Vectors:
            with self._lock:
                self._waiting += 1
                if self._waiting == expected:
                    self.full.set()
            assert self.opened.wait(60)
            vector: Vectors = plain(embedder, text)
            return vector

        monkeypatch.setattr(embedder, "question", question)


@pytest.mark.parametrize("asks", [8, 60], ids=["a few", "more than there are threads"])
def test_health_answers_while_questions_wait(
    service: Service, serve: Server, monkeypatch: pytest.MonkeyPatch, asks: int
) -> None:
    """While every question is stuck in the embedder, the process still says that it is alive; then all are answered."""
    threads = 40  # anyio's limit of worker threads
    gate = Gate(service, monkeypatch, min(asks, threads))
    order: list[str] = []
    with serve(service) as http, ThreadPoolExecutor(asks) as pool:

        def ask(number: int) -> int:
            response = http.post("/v1/ask", json={"question": "q", "stream": number % 2 == 0}, timeout=120)
            order.append("ask")
            return response.status_code

        http_pool_of_its_own = httpx.Client(base_url=http.base_url, trust_env=False, timeout=30)
        with http_pool_of_its_own as other:
            asked = [pool.submit(ask, number) for number in range(asks)]
            try:
                assert gate.full.wait(60)
                assert other.get("/healthz").status_code == 200
                order.append("healthz")
            finally:
                gate.opened.set()
        assert [200] * asks == [one.result() for one in asked]
    assert ["healthz", *["ask"] * asks] == order
