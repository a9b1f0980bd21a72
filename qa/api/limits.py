"""A limit on the size of request bodies, kept while they arrive."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.api.errors import STATUS, error_response


class BodyLimit:
    """ASGI middleware that answers 413 to bodies over `max_bytes`, declared or not."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._message = (
            f"The request is larger than {max_bytes / 1_000_000:g} MB. Send the articles in several requests."
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._max_bytes:
            await error_response("too_large", self._message, path=scope["path"])(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._max_bytes:
                # FastAPI takes any other exception that ends its reading for a malformed body.
                raise HTTPException(STATUS["too_large"], self._message)
            return message

        await self._app(scope, counted, send)
