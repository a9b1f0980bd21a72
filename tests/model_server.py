"""A fake OpenAI-compatible server on loopback, over real sockets: scripted replies, every way to go wrong, two brains.

    with model_server(honest) as server:            # drafts by quoting the passages it is sent
    with model_server({"claims": [], "not_stated": True}) as server:        # the same reply to every call
    with model_server([storm(), hanging(), honest]) as server:              # in order, then 500
        Model(LlmSettings(base_url=server.base_url, model="fake"))
        assert server.calls[0].disconnected

What is said may be text, an object (sent as its JSON), a `Say`, a fault of this module, or a function of the call that
gives any of these.
"""

import asyncio
import json
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from evals.fake_model import Call, Fault, Say, Wire, honest, serve
from evals.fake_model.drafting import asked, draft_of
from evals.fake_model.server import completion, events

__all__ = [
    "Answer", "Call", "ModelServer", "Say", "broken", "cut", "drip", "dropped", "empty", "fenced", "garbage", "hanging",
    "honest", "hostile", "huge", "model_server", "refusing", "slow", "storm", "truncated", "without_schema",
    "without_usage", "wrong_schema",
]  # fmt: skip

Answer = str | Mapping[str, Any] | Say | Fault | Callable[[Call], Any]
"""What is said to a call: see the module's text."""


class ModelServer:
    """A running server."""

    def __init__(self, answer: Answer | Sequence[Answer]) -> None:
        self.base_url = ""
        """Address of the API, `http://127.0.0.1:PORT/v1`."""
        self.calls: list[Call] = []
        """Every request, in order, put down as soon as it is read."""
        self._lock = threading.Lock()
        self.say(answer)

    def say(self, answer: Answer | Sequence[Answer]) -> None:
        """Say this from now on."""
        with self._lock:
            self._script = list(answer) if isinstance(answer, list | tuple) and not isinstance(answer, Say) else None
            self._always = answer

    @property
    def chats(self) -> list[Call]:
        """Requests for a completion."""
        return [call for call in self.calls if call.path.endswith("/chat/completions")]

    def wait(self, until: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Wait until something holds, say `lambda: server.calls[0].disconnected`; whether it came to."""
        ends = time.monotonic() + seconds
        while not until() and time.monotonic() < ends:
            time.sleep(0.01)
        return until()

    def _replies(self, call: Call) -> Say | Fault:
        with self._lock:
            answer: Any = self._always if self._script is None else (self._script or [broken()]).pop(0)
        return _resolved(answer, call)


@contextmanager
def model_server(answer: Answer | Sequence[Answer] = honest) -> Iterator[ModelServer]:
    """Run a server in a thread until the end of the block; open requests are cut then."""
    server = ModelServer(answer)
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        async with serve(server._replies, server.calls) as base_url:
            server.base_url = base_url
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _resolved(answer: Any, call: Call) -> Say | Fault:
    """A reply that can be sent; functions of a call are asked what they say, faults are left to be run."""
    while callable(answer) and not getattr(answer, "is_fault", False):
        answer = answer(call)
    if isinstance(answer, Say) or callable(answer):
        return answer
    return Say(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False))


def _fault(function: Fault) -> Fault:
    function.is_fault = True  # type: ignore[attr-defined] # told apart from functions that give a reply
    return function


# Faults of the wire.


def slow(seconds: float, answer: Answer = honest) -> Answer:
    """Say it so late."""
    return lambda call: _said(answer, call)._replace(delay=seconds)


def hanging(*, headers: bool = False) -> Fault:
    """Never answer; or send the head of a response, and never its body."""

    @_fault
    async def hang(_: Call, wire: Wire) -> None:
        if headers:
            await wire.begin()
        await asyncio.Event().wait()

    return hang


def drip(pause: float, answer: Answer = honest) -> Fault:
    """Send a byte at a time: no single read takes long, all of them do."""

    @_fault
    async def dripping(call: Call, wire: Wire) -> None:
        await wire.begin()
        for byte in _body(call, _said(answer, call)):
            await wire.chunk(bytes([byte]))
            await asyncio.sleep(pause)
        await wire.chunk(b"")

    return dripping


def cut(after: int = 120, answer: Answer = honest) -> Fault:
    """Cut the connection after so many bytes of the body."""

    @_fault
    async def cutting(call: Call, wire: Wire) -> None:
        await wire.begin()
        await wire.chunk(_body(call, _said(answer, call))[:after])
        await asyncio.sleep(0.05)
        wire.drop()

    return cutting


def dropped() -> Fault:
    """Close the connection without a word."""

    @_fault
    async def dropping(_: Call, wire: Wire) -> None:
        wire.drop()

    return dropping


def storm(retry_after: str | None = "1", status: int = 429) -> Fault:
    """Refuse for now."""

    @_fault
    async def refuse(_: Call, wire: Wire) -> None:
        await wire.error(status, "Too many requests.", {"Retry-After": retry_after} if retry_after else None)

    return refuse


def broken(status: int = 500, message: str = "The server had an error.") -> Fault:
    """Fail with any status."""

    @_fault
    async def fail(_: Call, wire: Wire) -> None:
        await wire.error(status, message)

    return fail


def garbage(content: bytes = b"<html>\xff\xfe it is not {json") -> Fault:
    """Answer 200 with a body that claims to be JSON, or a stream of it."""

    @_fault
    async def litter(call: Call, wire: Wire) -> None:
        if call.stream:
            await wire.begin()
            await wire.chunk(b"data: " + content + b"\n\ndata: [DONE]\n\n")
            await wire.chunk(b"")
        else:
            await wire.send(200, content, {"Content-Type": "application/json"})

    return litter


def without_schema(answer: Answer = honest, *, json_object: bool = False) -> Answer:
    """Refuse `response_format` of type `json_schema`, and `json_object` too unless it is known."""

    def refuse(call: Call) -> Any:
        kind = (call.body.get("response_format") or {}).get("type", "text")
        if kind == "text" or (json_object and kind == "json_object"):
            return answer
        return broken(400, f"Invalid parameter: 'response_format' of type '{kind}' is not supported with this model.")

    return refuse


def without_usage(answer: Answer = honest) -> Answer:
    """Refuse `stream_options`, and count no tokens."""

    def refuse(call: Call) -> Any:
        if "stream_options" in call.body:
            return broken(400, "Unrecognized request argument supplied: stream_options")
        return _said(answer, call)._replace(usage=False)

    return refuse


# Replies that are no good.


def wrong_schema() -> Answer:
    """An object, but another one."""
    return {"claims": "none", "answer": 42}


def fenced(answer: Answer = honest) -> Answer:
    """The object in a Markdown fence, with words around it."""
    return lambda call: _with(_said(answer, call), lambda text: f"Here you are:\n```json\n{text}\n```\n")


def truncated(answer: Answer = honest, share: float = 0.6) -> Answer:
    """Cut short by the limit of tokens."""
    return lambda call: _with(_said(answer, call), lambda text: text[: int(len(text) * share)])._replace(
        finish="length"
    )


def refusing(words: str = "I'm sorry, I can't assist with that.") -> Answer:
    """A refusal, in the field that OpenAI has for it."""
    return Say(None, refusal=words)


def empty() -> Answer:
    """Nothing at all."""
    return Say("")


def huge(megabytes: int = 10) -> Answer:
    """A reply that goes on and on."""
    return Say('{"claims": [{"text": "' + "x" * (megabytes * 1_000_000), pieces=65_536)


def _said(answer: Answer, call: Call) -> Say:
    reply = _resolved(answer, call)
    if not isinstance(reply, Say):
        raise TypeError("Only what is said can be spoilt, no fault.")
    return reply


def _with(reply: Say, change: Callable[[str], str]) -> Say:
    return reply._replace(content=change(reply.content or ""))


def _body(call: Call, reply: Say) -> bytes:
    if call.stream:
        return "".join(f"data: {event}\n\n" for event in events(call, reply)).encode()
    return json.dumps(completion(call, reply), ensure_ascii=False).encode()


# A brain that means harm.


def hostile(call: Call) -> Say:
    """An honest draft, corrupted; the same call is always corrupted in the same way."""
    draft = asked(call)
    if draft is None:
        return honest(call)
    document = draft_of(draft)
    draw = random.Random(zlib.crc32(f"{draft.question} {len(call.messages)}".encode()))  # noqa: S311 - no secret
    document["claims"] = [draw.choice(CORRUPTIONS)(one, draft.passages) for one in document["claims"]]
    return Say(json.dumps(document, ensure_ascii=False))


Claim = dict[str, Any]


def alter_digits(claim: Claim, _: Mapping[str, str]) -> Claim:
    """Say another figure than the quote, or one where it has none."""
    text = "".join(str((int(one) + 1) % 10) if one.isdecimal() else one for one in claim["text"])
    figures = [{**one, "value": one["value"] + 1} for one in claim["figures"]]
    if text == claim["text"]:
        text, figures = f"{text} (7,431 people)", [{"value": 7431, "unit": "people", "bound": "exact"}]
    return {**claim, "text": text, "figures": figures}


def alter_quote(claim: Claim, _: Mapping[str, str]) -> Claim:
    """Leave a word of the quote out."""
    quotes = [
        {**one, "quote": " ".join(one["quote"].split()[:1] + one["quote"].split()[2:])} for one in claim["quotes"]
    ]
    return {**claim, "quotes": quotes}


def swap_speaker(claim: Claim, _: Mapping[str, str]) -> Claim:
    """Give the words to somebody else."""
    return {**claim, "speaker": "Reuters", "text": f"Reuters said: {claim['text']}"}


def cite_nothing(claim: Claim, _: Mapping[str, str]) -> Claim:
    """Cite a passage that was never given."""
    return {**claim, "quotes": [{**one, "passage": "P99"} for one in claim["quotes"]]}


def invent(claim: Claim, _: Mapping[str, str]) -> Claim:
    """Say something else under the same quote."""
    return {**claim, "text": "The president resigned on Tuesday after the army seized the capital.", "figures": []}


CORRUPTIONS = (alter_digits, alter_quote, swap_speaker, cite_nothing, invent)
"""Ways to spoil a claim so that it must not leave; `alter_quote` may by chance leave a quote as it stood."""
