"""Calls to models, recorded to a file and replayed from it exactly.

A call is known by its content: method, path and body, whatever the host and the key. The nth call of one content is
answered as the nth was. Nothing of a request's headers is kept, so no key is. A streamed body is read to its end before
it is passed on, and replayed byte by byte as it came.
"""

import base64
import hashlib
import json
import threading
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import httpx

from ingest.errors import OnRecordError

_KEPT_HEADERS = ("content-type", "retry-after", "retry-after-ms", "x-should-retry")
_NOT_RECORDED = 404


class RecordingError(OnRecordError):
    """A recording cannot be read or written, or lacks a call."""


class ModelCalls(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """What carries calls to models in a run: the embedder's, which block, and those of the model that drafts."""

    def check(self) -> None:
        """Fail where a call could not be carried. Raises `RecordingError`."""

    def stop(self) -> None:
        """Give up what is open; clients that share this transport close it, which does nothing."""


def key_of(request: httpx.Request) -> str:
    """What a call is known by."""
    body = request.read()
    try:
        content = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False)
    except ValueError:
        content = body.hex()
    path = request.url.path.rstrip("/")
    return hashlib.sha256(f"{request.method} {path}\n{content}".encode()).hexdigest()


class _Kept(NamedTuple):
    """One response, or that there was none."""

    status: int | None
    headers: dict[str, str]
    body: bytes

    def response(self, request: httpx.Request) -> httpx.Response:
        if self.status is None:
            raise httpx.ConnectError(self.body.decode(), request=request)
        # A stream, not content: who reads piece by piece finds it as it came from the wire.
        stream = httpx.ByteStream(self.body)
        return httpx.Response(self.status, headers=self.headers, stream=stream, request=request)


class _Calls:
    """Calls of a recording, each given out once, in the order of each content."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, list[_Kept]] = defaultdict(list)
        self._asked: dict[str, int] = defaultdict(int)
        self.lines: list[str] = []
        """As they stand in the file; one that was half written is left out."""
        if path is None:
            return
        try:
            for line in path.read_bytes().decode("utf-8", "replace").splitlines(keepends=True):
                if not line.endswith("\n"):
                    break
                call = json.loads(line)
                kept = _Kept(call["status"], call["headers"], base64.b64decode(call["body"]))
                self._kept[call["key"]].append(kept)
                self.lines.append(line)
        except OSError as error:
            raise RecordingError(f"{path}: {error.strerror}. `evals run --record` makes such a file.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise RecordingError(f"{path} is no recording: {error}. `evals run --record` makes one.") from error
        if not self.lines and path.stat().st_size:
            raise RecordingError(f"{path} is no recording: it holds no whole line. `evals run --record` makes one.")

    def next(self, key: str) -> _Kept | None:
        """What the next call of a content was answered with."""
        with self._lock:
            place = self._asked[key]
            self._asked[key] += 1
            return self._kept[key][place] if place < len(self._kept[key]) else None

    def asked(self, key: str) -> int:
        """How often a content was asked for."""
        return self._asked[key]


class Recorder(ModelCalls):
    """Passes calls on, and writes each with its response to a file, a line a call.

    A run that goes on where it was cut short is answered from the file as far as it reaches: no call is made, or paid
    for, twice, and the recording stays one that can be replayed.

    Raises:
        RecordingError: the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        inner: httpx.BaseTransport | None = None,
        *,
        inner_async: httpx.AsyncBaseTransport | None = None,
        goes_on: bool = False,
    ) -> None:
        self._inner = inner or httpx.HTTPTransport()
        self._inner_async = inner_async or httpx.AsyncHTTPTransport()
        self._lock = threading.Lock()
        self._known = _Calls(path) if goes_on and path.exists() else _Calls(None)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(self._known.lines), encoding="utf-8")
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise RecordingError(f"Calls cannot be recorded to {path}: {error.strerror}.") from error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass one call on and keep it."""
        key = key_of(request)
        if known := self._known.next(key):
            return known.response(request)
        try:
            response = self._inner.handle_request(request)
            response.read()
        except httpx.TransportError as error:
            self._write(key, request, _Kept(None, {}, str(error).encode()))
            raise
        return self._keep(key, request, response)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The same, on an event loop."""
        await request.aread()
        key = key_of(request)
        if known := self._known.next(key):
            return known.response(request)
        try:
            response = await self._inner_async.handle_async_request(request)
            try:
                await response.aread()
            finally:
                await response.aclose()
        except httpx.TransportError as error:
            self._write(key, request, _Kept(None, {}, str(error).encode()))
            raise
        return self._keep(key, request, response)

    def _keep(self, key: str, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        # What was read is decoded: a header that says otherwise must not come along.
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        kept = _Kept(response.status_code, headers, response.content)
        self._write(key, request, kept)
        return kept.response(request)

    def _write(self, key: str, request: httpx.Request, kept: _Kept) -> None:
        line = {
            "key": key,
            "request": f"{request.method} {request.url.path}",
            "status": kept.status,
            "headers": kept.headers,
            "body": base64.b64encode(kept.body).decode(),
        }
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()

    async def aclose(self) -> None:
        """Close connections of the loop that this is called on; later calls open others."""
        await self._inner_async.aclose()

    def stop(self) -> None:
        """Close the file."""
        self._file.close()
        self._inner.close()


class Replayer(ModelCalls):
    """Answers calls from a recording, and never anything else: no call leaves this process.

    Raises:
        RecordingError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _Calls(path)
        self.missed: list[str] = []
        """Calls that were asked for and are not in the recording."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one call as it was answered."""
        key = key_of(request)
        if known := self._known.next(key):
            return known.response(request)
        place = self._known.asked(key)
        times = f"the {place}. time " if place > 1 else ""
        self.missed.append(f"{request.method} {request.url.path} {times}with {_shown(request)}")
        error = {"error": {"message": "this call is not in the recording", "type": "not_recorded"}}
        headers = {"content-type": "application/json", "x-should-retry": "false"}
        return _Kept(_NOT_RECORDED, headers, json.dumps(error).encode()).response(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The same, on an event loop."""
        await request.aread()
        return self.handle_request(request)

    def check(self) -> None:
        """Fail where a call was missed.

        Raises:
            RecordingError: one was; the message shows it.
        """
        if self.missed:
            raise RecordingError(
                f"{self._path} does not hold this call: {self.missed[0]}. What is asked has changed since it was "
                "recorded (the set, a prompt, the model's name, the passages found): record the run again."
            )


def _shown(request: httpx.Request) -> str:
    return f"{request.read()[:300].decode(errors='replace')}…"
