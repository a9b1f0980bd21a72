"""Replies of an endpoint as they stand on the wire, for the tests of the model's owner."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
import respx

from ingest.domain import Value
from ingest.settings import LlmSettings
from qa.llm import Completion, Message, Model

T = TypeVar("T")

URL = "http://127.0.0.1:9/v1"
ASKED = (Message("system", "Say JSON."), Message("user", "How many?"))


class Said(Value):
    """What is asked for."""

    n: int


class Listed(Value):
    """The same with a list."""

    items: tuple[Said, ...] = ()
    whole: bool = False


def completion(content: Any, finish: str | None = "stop", **message: Any) -> httpx.Response:
    """A reply that comes as a whole."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content} | message, "finish_reason": finish}
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    body = {"id": "c", "object": "chat.completion", "created": 0, "model": "small", "usage": usage, "choices": [choice]}
    return httpx.Response(200, json=body)


def event(document: Any) -> bytes:
    """One event of a stream."""
    return f"data: {json.dumps(document)}\n\n".encode()


def chunk(piece: str | None, finish: str | None = None, **delta: Any) -> bytes:
    """One event with a piece of text."""
    choice = {"index": 0, "delta": {"content": piece} | delta, "finish_reason": finish}
    return event({"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "small", "choices": [choice]})


USAGE = event({"id": "c", "choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}})
DONE = b"data: [DONE]\n\n"


def streamed(*pieces: str, finish: str | None = "stop", tail: bytes = USAGE + DONE) -> httpx.Response:
    """A reply that comes in pieces."""
    body = b"".join(map(chunk, pieces)) + (chunk(None, finish) if finish else b"") + tail
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body)


def refusal(status: int, message: str = "no", **headers: str) -> httpx.Response:
    """An error of the endpoint."""
    return httpx.Response(status, json={"error": {"message": message}}, headers=headers)


NOT_NOW = refusal(503, **{"retry-after-ms": "1"})


def settings(**fields: Any) -> LlmSettings:
    """Settings of an endpoint that does not exist."""
    return LlmSettings.model_validate({"base_url": URL, "model": "small", "api_key": "k", "retries": 1} | fields)


def bodies(route: respx.Route) -> list[dict[str, Any]]:
    """What was asked, call by call."""
    return [json.loads(call.request.content) for call in route.calls]


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Run on a loop of its own; fails where a task is left over."""

    async def watched() -> T:
        try:
            return await work()
        finally:
            await asyncio.sleep(0.02)
            left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            assert left == []

    return asyncio.run(watched())


def ask(model: Model, schema: type[Any] = Said) -> Completion[Any]:
    """Ask for a whole reply."""

    async def work() -> Completion[Any]:
        try:
            return await model.complete(ASKED, schema)
        finally:
            await model.aclose()

    return run(work)


def hear(model: Model, schema: type[Any] = Said) -> list[Any]:
    """Ask for a streamed reply; gives the pieces and the completion."""

    async def work() -> list[Any]:
        try:
            return [piece async for piece in model.stream(ASKED, schema)]
        finally:
            await model.aclose()

    return run(work)
