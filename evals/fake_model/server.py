"""The server: HTTP/1.1 by hand, so that it is instant, can go wrong in every way, and sees a client go away."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

TIMES = "/times"
"""Path that tells how many seconds each chat so far has taken."""

_NOT_FOUND = 404
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}


class Say(NamedTuple):
    """What the model says to one call."""

    content: str | None
    """The message's text."""

    finish: str = "stop"
    """`length` where it was cut short."""

    refusal: str | None = None
    """What it says instead."""

    usage: bool = True
    """Whether tokens are counted."""

    pieces: int = 24
    """Code points in one piece of a streamed reply."""

    delay: float = 0.0
    """Seconds before anything is sent."""

    pause: float = 0.0
    """Seconds between the pieces of a streamed reply."""


@dataclass
class Call:
    """One request, as it came, and what became of it."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: dict[str, Any]
    """The request's JSON; empty where there is none."""
    seconds: float = 0.0
    """From the whole request to the whole response."""
    finished: bool = False
    """Whether the response was sent whole."""
    disconnected: bool = False
    """Whether the client went away before it was."""
    over: bool = False
    """Whether nothing more comes of it, however it ended."""
    began: float = field(default_factory=perf_counter)

    @property
    def stream(self) -> bool:
        """Whether the reply is to be streamed."""
        return bool(self.body.get("stream"))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Messages of a chat."""
        return list(self.body.get("messages") or [])


class Wire:
    """The way back to the client."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.closing = False
        """Whether the connection is not used again."""

    async def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole response."""
        await self.write(self.head(status, {"Content-Length": str(len(body)), **(headers or {})}) + body)

    async def json(self, status: int, document: Any, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole response of JSON."""
        kind = {"Content-Type": "application/json", **(headers or {})}
        await self.send(status, json.dumps(document, ensure_ascii=False).encode(), kind)

    async def error(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Refuse the call, in OpenAI's shape."""
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
        await self.json(status, {"error": error}, headers)

    async def begin(self) -> None:
        """Begin a stream of events."""
        await self.write(self.head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"}))

    async def event(self, data: str) -> None:
        """Send one event."""
        await self.chunk(f"data: {data}\n\n".encode())

    async def chunk(self, content: bytes) -> None:
        """Send one chunk of a stream; an empty one ends it."""
        await self.write(b"%x\r\n%s\r\n" % (len(content), content))

    async def write(self, content: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(content)
        await self._writer.drain()

    def drop(self) -> None:
        """Cut the connection, wherever the response is."""
        self.closing = True
        self._writer.close()

    def head(self, status: int, headers: Mapping[str, str]) -> bytes:
        """A response's first lines."""
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}", *(f"{k}: {v}" for k, v in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


Fault = Callable[[Call, Wire], Awaitable[None]]
"""Answers a call in a way of its own, or not at all."""

Replies = Callable[[Call], "Say | Fault"]
"""What is said to a call."""


@asynccontextmanager
async def serve(replies: Replies, calls: list[Call], model: str = "fake") -> AsyncIterator[str]:
    """Serve on a free port of loopback; gives the address of the API (`http://127.0.0.1:PORT/v1`).

    Args:
        replies: what is said to each chat.
        calls: where each request is put down, as soon as it is read.
        model: name of the one model that there is.
    """
    clients: set[asyncio.Task[None]] = set()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task  # noqa: S101 - a callback of the server's runs in a task
        clients.add(task)
        try:
            await _talk(reader, writer, replies, calls, model)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away
        except asyncio.CancelledError:
            pass  # the server is closing; nobody waits for this task
        finally:
            clients.discard(task)
            writer.close()

    server = await asyncio.start_server(client, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in [*clients]:
            task.cancel()
        await asyncio.gather(*clients)


async def _talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, replies: Replies, calls: list[Call], model: str
) -> None:
    """Answer one connection's requests, one after the other."""
    wire = Wire(writer)
    while not wire.closing:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest) if name}
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        body = json.loads(content) if content else {}
        call = Call(method, path, headers, body if isinstance(body, dict) else {})
        calls.append(call)
        answering = asyncio.ensure_future(_answer(call, wire, replies, calls, model))
        watching = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({answering, watching}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                await answering
            elif not call.finished:
                call.disconnected = True
                return
        except ConnectionError:
            call.disconnected = True
            raise
        finally:
            call.seconds = perf_counter() - call.began
            for task in (answering, watching):
                task.cancel()
            await asyncio.gather(answering, watching, return_exceptions=True)
            call.over = True


async def _answer(call: Call, wire: Wire, replies: Replies, calls: list[Call], model: str) -> None:
    await _sent(call, wire, replies, calls, model)
    call.finished = not wire.closing


async def _sent(call: Call, wire: Wire, replies: Replies, calls: list[Call], model: str) -> None:
    if call.path.endswith("/models"):
        one = {"id": model, "object": "model", "created": 0, "owned_by": "nobody"}
        await wire.json(200, {"object": "list", "data": [one]})
    elif call.path.endswith("/chat/completions"):
        reply = replies(call)
        await (say(call, wire, reply) if isinstance(reply, Say) else reply(call, wire))
    elif call.path == TIMES:
        await wire.json(200, [one.seconds for one in calls if one.path.endswith("/chat/completions")])
    else:
        await wire.error(_NOT_FOUND, f"There is no {call.path} here.")


async def say(call: Call, wire: Wire, reply: Say) -> None:
    """Send what the model says, whole or streamed, as it was asked for."""
    await asyncio.sleep(reply.delay)
    if not call.stream:
        await wire.json(200, completion(call, reply))
        return
    await wire.begin()
    for event in events(call, reply):
        await wire.event(event)
        if reply.pause:
            await asyncio.sleep(reply.pause)
    await wire.chunk(b"")


def completion(call: Call, reply: Say) -> dict[str, Any]:
    """A reply as one object."""
    message = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    return {
        **_frame(call, "chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish}],
        **({"usage": usage(call, reply)} if reply.usage else {}),
    }


def events(call: Call, reply: Say) -> Iterator[str]:
    """A reply as the data of server-sent events."""
    deltas: list[tuple[dict[str, Any], str | None]] = [({"role": "assistant", "content": ""}, None)]
    for name, text in (("content", reply.content or ""), ("refusal", reply.refusal or "")):
        deltas += [({name: text[at : at + reply.pieces]}, None) for at in range(0, len(text), reply.pieces)]
    deltas.append(({}, reply.finish))
    for delta, finish in deltas:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        yield json.dumps({**_frame(call, "chat.completion.chunk"), "choices": [choice]}, ensure_ascii=False)
    if reply.usage and (call.body.get("stream_options") or {}).get("include_usage"):
        yield json.dumps({**_frame(call, "chat.completion.chunk"), "choices": [], "usage": usage(call, reply)})
    yield "[DONE]"


def usage(call: Call, reply: Say) -> dict[str, int]:
    """Tokens by a rule of thumb, four bytes of UTF-8 each."""
    asked = sum(len(str(message.get("content")).encode()) for message in call.messages) // 4
    said = len((reply.content or "").encode()) // 4
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _frame(call: Call, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-0", "object": kind, "created": 0, "model": call.body.get("model", "fake")}
