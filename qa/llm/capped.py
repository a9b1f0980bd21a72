"""A bound on what is held of a reply: an endpoint that sends megabytes is not answering a question."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 1_000_000
"""Of a reply, or of one event where it is streamed: events are dropped once read."""

_EVENT_ENDS: "Sequence[bytes]" = (b"\n\n", b"\r\n\r\n", b"\r\r")
_LONGEST_END = 4


class TooLongError(Exception):
    """More came than any reply has, or it came compressed, so that no bound holds."""


async def cap(response: httpx.Response) -> None:
    """Bound a response before its body is read (a hook of `httpx.AsyncClient`).

    Raises:
        TooLongError: it is compressed, though it was asked not to be.
    """
    coding = response.headers.get("content-encoding", "identity")
    if coding.strip().lower() not in {"", "identity"}:
        raise TooLongError(f"it is compressed ({coding[:20]}), though plain text was asked for")
    streamed = "text/event-stream" in response.request.headers.get("accept", "")
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Capped(response.stream, by_event=streamed and response.is_success)


class _Capped(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, *, by_event: bool) -> None:
        self._inner = inner
        self._by_event = by_event

    async def __aiter__(self) -> AsyncIterator[bytes]:
        held = 0
        tail = b""
        async for piece in self._inner:
            held += len(piece)
            if self._by_event:
                seen = tail + piece
                end = max(seen.rfind(mark) + len(mark) for mark in _EVENT_ENDS if mark in seen) if _ends(seen) else 0
                held = len(seen) - end if end else held
                tail = seen[-_LONGEST_END + 1 :]
            if held > MOST_BYTES:
                raise TooLongError(f"over {MOST_BYTES} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()


def _ends(seen: bytes) -> bool:
    return any(mark in seen for mark in _EVENT_ENDS)
