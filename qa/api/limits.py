"""A limit on the size of request bodies, kept while they arrive."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.api.errors import error_response


class _TooLargeError(Exception):
    """The body went over the limit."""


class BodyLimit:
    """ASGI middleware that answers 413 to bodies over `max_bytes`, declared or not."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._max_bytes:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLargeError:
            if started:
                raise
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._max_bytes / 1_000_000
        response = error_response(
            "too_large", f"The request is larger than {limit:g} MB. Send the articles in several requests."
        )
        await response(scope, receive, send)
