"""Errors over HTTP: one shape, the contract's codes, always with a request id, never a stack trace."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from ingest.archive import Archive
from ingest.errors import (
    EmbeddingError,
    EmbeddingUnavailableError,
    IndexUnavailableError,
    OnRecordError,
    VectorIndexError,
)
from ingest.index import VectorIndex
from ingest.vectors import VectorTable
from qa.api.errors import STATUS
from qa.bootstrap import Service
from qa.errors import QuestionError

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Service], AbstractContextManager[httpx.Client]]


def error(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that a response is the contract's error, and give what is in it."""
    assert status == response.status_code, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-request-id"]
    body = response.json()
    assert {"error"} == body.keys()
    assert {"code", "message", "details"} == body["error"].keys()
    assert code == body["error"]["code"]
    assert body["error"]["message"]
    assert all({"where", "message"} == detail.keys() for detail in body["error"]["details"])
    for trace in ("Traceback", 'File "', ".py"):
        assert trace not in response.text
    found: dict[str, Any] = body["error"]
    return found


@pytest.fixture(scope="module")
def http(demo_http: httpx.Client) -> httpx.Client:
    """A client for requests that change nothing."""
    return demo_http


@pytest.mark.parametrize("path", ["/v1", "/v1/nothing", "/v2/ask", "/healthz/x"])
def test_unknown_route(http: httpx.Client, path: str) -> None:
    """An unknown route is `not_found`, and the message names it."""
    assert path in error(http.get(path), 404, "not_found")["message"]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_unknown_article(http: httpx.Client, method: str) -> None:
    """An unknown article is `not_found`, and the message names it."""
    assert "خبر/١" in error(http.request(method, "/v1/articles/خبر/١"), 404, "not_found")["message"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", "POST"),
        ("DELETE", "/v1/search", "POST"),
        ("PUT", "/v1/articles", "GET, POST"),
        ("POST", "/healthz", "GET"),
        ("PATCH", "/v1/articles/a", "DELETE, GET"),
        ("OPTIONS", "/v1/articles/a/b", "DELETE, GET"),
    ],
)
def test_wrong_method(http: httpx.Client, method: str, path: str, allowed: str) -> None:
    """A method that a path does not have is a 405 in the same shape, and says which it has."""
    response = http.request(method, path)

    error(response, 405, "invalid_request")
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"q"',
        b"{'question': 'q'}",
        b'{"question": "\xff"}',
        b"[" * 100_000,
        b'{"top_k": ' + b"9" * 5_000 + b"}",
        b'{"question": "q", "top_k": NaN}',
        b'{"question": "q", "top_k": 1e999}',
        b'{"question": "\\ud800"}',
        b'{"question": "q", "\\ud800": 1}',
    ],
    ids=lambda body: str(body[:30]),
)
def test_unusable_body(http: httpx.Client, body: bytes) -> None:
    """A body that is no JSON, or JSON that is no request, is `invalid_request`."""
    response = http.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})

    error(response, 422, "invalid_request")


def test_body_of_another_type(http: httpx.Client) -> None:
    """A body that is not called JSON is `invalid_request`."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        response = http.post("/v1/ask", content=b'{"question": "q"}', headers={"Content-Type": kind})

        error(response, 422, "invalid_request")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body.question"),
        ({"question": ""}, "body.question"),
        ({"question": "   "}, "body.question"),
        ({"question": "س" * 2_001}, "body.question"),
        ({"question": 5}, "body.question"),
        ({"question": None}, "body.question"),
        ({"question": ["q"]}, "body.question"),
        ({"question": "q", "extra": 1}, "body.extra"),
        ({"question": "q", "top_k": 0}, "body.top_k"),
        ({"question": "q", "top_k": 51}, "body.top_k"),
        ({"question": "q", "top_k": "x"}, "body.top_k"),
        ({"question": "q", "top_k": "8"}, "body.top_k"),
        ({"question": "q", "stream": "perhaps"}, "body.stream"),
        ({"question": "q", "stream": 0}, "body.stream"),
        ({"question": "q", "filters": {"published_to": 0}}, "body.filters.published_to"),
        ({"question": "q", "filters": {"published_from": "1525392000"}}, "body.filters.published_from"),
        ({"question": "q", "answer_language": "arabic"}, "body.answer_language"),
        ({"question": "q", "filters": {"published_from": "yesterday"}}, "body.filters.published_from"),
        ({"question": "q", "filters": {"published_to": "2018-02-30"}}, "body.filters.published_to"),
        ({"question": "q", "filters": {"outlets": "x"}}, "body.filters.outlets"),
        ({"question": "q", "filters": {"author": "x"}}, "body.filters.author"),
        ({"question": "q", "filters": {"article_ids": [""]}}, "body.filters.article_ids.0"),
        ({"question": "q", "history": [{"role": "robot", "content": "x"}]}, "body.history.0.role"),
    ],
)
def test_wrong_question(http: httpx.Client, body: dict[str, Any], where: str) -> None:
    """A request outside the contract is `invalid_request`, naming each wrong field."""
    details = error(http.post("/v1/ask", json=body), 422, "invalid_request")["details"]

    assert [where] == [detail["where"] for detail in details]


@pytest.mark.parametrize("body", [{}, {"query": ""}, {"question": "q"}, {"query": "q", "top_k": 51}])
def test_wrong_search(http: httpx.Client, body: dict[str, Any]) -> None:
    """A search outside the contract is `invalid_request`."""
    error(http.post("/v1/search", json=body), 422, "invalid_request")


@pytest.mark.parametrize("body", [{}, {"articles": []}, {"articles": {}}, {"articles": None}, {"articles": [], "x": 1}])
def test_wrong_articles(http: httpx.Client, body: dict[str, Any]) -> None:
    """Articles must be a list of one or more."""
    error(http.post("/v1/articles", json=body), 422, "invalid_request")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "published_to=1525392000",
        "published_from=May",
        "published_to=2018-02-30",
        "page=2",
    ],
)
def test_wrong_listing(http: httpx.Client, query: str) -> None:
    """Listing takes the parameters of the contract within their bounds, and no others."""
    error(http.get(f"/v1/articles?{query}"), 422, "invalid_request")


@pytest.fixture
def narrow(open_with: Opener, serve: Server) -> Iterator[httpx.Client]:
    """A client of a server that takes requests of up to 10,000 bytes."""
    with open_with(max_request_mb=0.01) as service, serve(service) as client:
        yield client


def test_declared_body_too_large(narrow: httpx.Client) -> None:
    """A body that says it is over the limit is `too_large`, with a request id, and the server goes on."""
    response = narrow.post("/v1/articles", json={"articles": [{"text": "x" * 10_000}]})

    assert "0.01 MB" in error(response, 413, "too_large")["message"]
    assert narrow.get("/healthz").status_code == 200


def test_undeclared_body_too_large(narrow: httpx.Client) -> None:
    """A body sent in pieces, its length untold, is `too_large` once it is over the limit."""
    pieces = iter([b'{"articles": [{"text": "', *[b"x" * 1_000] * 12, b'"}]}'])
    response = narrow.post("/v1/articles", content=pieces, headers={"Content-Type": "application/json"})

    assert "0.01 MB" in error(response, 413, "too_large")["message"]
    assert narrow.get("/healthz").status_code == 200


def test_body_at_the_limit(narrow: httpx.Client) -> None:
    """A body of exactly the limit is taken, declared or in pieces."""
    body = json.dumps({"articles": [{"text": "x"}]}).encode()
    body += b" " * (10_000 - len(body))
    for content in (body, iter([body[:5_000], body[5_000:]])):
        response = narrow.post("/v1/articles", content=content, headers={"Content-Type": "application/json"})

        assert response.status_code == 200


def test_request_id_is_echoed(http: httpx.Client) -> None:
    """A client's own id (a UUID, with dashes or without) comes back, also on errors."""
    for given in (str(uuid4()), uuid4().hex):
        for path in ("/healthz", "/nowhere", "/v1/articles/none"):
            response = http.get(path, headers={"X-Request-ID": given})

            assert [given] == response.headers.get_list("x-request-id")


@pytest.mark.parametrize("given", ["", "two words", "x" * 500, "<script>"])
def test_unusable_request_id(http: httpx.Client, given: str) -> None:
    """An id that could do harm in a header or a log is replaced by a fresh one."""
    first, second = (http.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] for _ in range(2))

    assert len({given, first, second}) == 3


@pytest.mark.parametrize("given", ["desk-42", "1f0c:7/a.b", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])
def test_a_clients_own_request_id_is_kept(http: httpx.Client, given: str) -> None:
    """Whatever its form, a trace's among them, so that the client finds it again."""
    assert given == http.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]


def test_request_id_of_refused_bodies(narrow: httpx.Client) -> None:
    """A body that is refused unread still carries the client's request id."""
    given = uuid4().hex
    response = narrow.post("/v1/ask", content=b"x" * 10_001, headers={"X-Request-ID": given})

    error(response, 413, "too_large")
    assert given == response.headers["x-request-id"]


def test_unforeseen_error(
    service: Service, serve: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug of ours is `internal`: no word of it leaves, the request id does, and the log has it all."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(service.library.archive, "page", broken)
    given = uuid4().hex
    with serve(service) as http, caplog.at_level(logging.ERROR):
        response = http.get("/v1/articles", headers={"X-Request-ID": given})

    assert given in error(response, 500, "internal")["message"]
    assert "secret" not in response.text
    assert [given] == response.headers.get_list("x-request-id")
    assert "the secret cause" in caplog.text


CAUSES = [
    (EmbeddingUnavailableError("The endpoint did not answer."), 503, "index_unavailable", True),
    (EmbeddingError("The endpoint refused."), 503, "index_unavailable", False),
    (IndexUnavailableError("The server does not answer."), 503, "index_unavailable", True),
    (VectorIndexError("It cannot be read."), 503, "index_unavailable", False),
    (QuestionError("Not like this."), 422, "invalid_request", False),
    (OnRecordError("Something else."), 500, "internal", False),
]


@pytest.mark.parametrize(("cause", "status", "code", "retry"), CAUSES, ids=lambda value: type(value).__name__)
def test_embedder_fails(  # noqa: PLR0913 - fixtures and cases
    service: Service,
    embedder: Any,
    http: httpx.Client,
    serve: Server,
    cause: Exception,
    status: int,
    code: str,
    *,
    retry: bool,
) -> None:
    """What the embedder raises reaches clients as its code, with `Retry-After` where trying again may help."""
    del http
    embedder.failure = cause
    with serve(service) as own:
        responses = [
            own.post("/v1/ask", json={"question": "q"}),
            own.post("/v1/search", json={"query": "q"}),
            own.post("/v1/articles", json={"articles": [{"text": "Some new text."}]}),
        ]

    for response in responses:
        message = error(response, status, code)["message"]
        # What cannot be foreseen may be about the insides of this machine: it is for the log.
        assert (str(cause) == message) == (code != "internal")
        assert retry == ("retry-after" in response.headers)
        assert not retry or int(response.headers["retry-after"]) > 0


def test_index_fails(service: Service, serve: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that does not answer is a 503 for readiness, and for questions to an archive too large for memory."""

    def down(*_: object) -> None:
        raise IndexUnavailableError("The Chroma server does not answer.")

    monkeypatch.setattr(VectorIndex, "nearest", down)
    monkeypatch.setattr(VectorIndex, "check", down)
    monkeypatch.setattr(service.library.index, "exact", VectorTable(service.library.archive, limit=0))
    with serve(service) as http:
        for response in (http.post("/v1/ask", json={"question": "q"}), http.get("/readyz")):
            error(response, 503, "index_unavailable")
            assert response.headers["retry-after"]
        assert http.get("/v1/articles/sohr").status_code == 200
        assert http.get("/healthz").status_code == 200


def test_not_ready_with_another_embedder(service: Service, serve: Server) -> None:
    """An archive embedded by another model than the service's is not ready, and says why."""
    mark = service.library.archive.embedder()
    assert mark
    service.library.archive.set_embedder(mark._replace(name="other/model"))
    with serve(service) as http:
        assert "other/model" in error(http.get("/readyz"), 503, "index_unavailable")["message"]


def test_archive_fails(service: Service, serve: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that cannot be read is `internal`, and the process still lives."""

    def broken(*_: object, **__: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(Archive, "get", broken)
    with serve(service) as http:
        error(http.get("/v1/articles/sohr"), 500, "internal")
        assert http.get("/healthz").json() == {"status": "ok"}


def test_every_error_of_ours_has_a_status() -> None:
    """Every class of our error tree has a code that the contract gives a status."""

    def tree(kind: type[OnRecordError]) -> Iterator[type[OnRecordError]]:
        yield kind
        for below in kind.__subclasses__():
            yield from tree(below)

    assert {kind.code for kind in tree(OnRecordError)} <= STATUS.keys()
