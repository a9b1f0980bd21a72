"""The FastAPI application: routes, errors, request ids, limits."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from qa.api import errors
from qa.api.limits import BodyLimit
from qa.api.routes import articles, ask, chat, figures, health
from qa.api.schemas import ErrorResponse
from qa.bootstrap import Service

_DESCRIPTION = (
    "Question answering over a newsroom's own archive. Every quote is verbatim: `GET /v1/articles/{id}` gives "
    "`text[start:end] == quote` for each citation, with offsets in Unicode code points. Every response carries "
    "`X-Request-ID`, the request's own where it sends one; `Retry-After` comes where trying again may help."
)


_REQUEST_ID = re.compile(r"[A-Za-z0-9._~:/+=-]{1,128}")


def _is_request_id(given: str) -> bool:
    """Whether a client's own request id can go into headers and logs; another is made in place of it if not."""
    return _REQUEST_ID.fullmatch(given) is not None


def _closing(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What closes the connections to the model once the server has stopped."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await service.aclose()

    return lifespan


def create_app(service: Service) -> FastAPI:
    """Build the application around an open service; the caller closes the service when it has stopped."""
    app = FastAPIOffline(
        title="OnRecord",
        version="1",
        description=_DESCRIPTION,
        redoc_url=None,
        lifespan=_closing(service),
        responses={
            422: {"model": ErrorResponse, "description": "The request cannot be used"},
            500: {"model": ErrorResponse, "description": "Something went wrong on the service's side; the log has it"},
        },
    )
    app.state.service = service
    errors.install(app)
    app.add_middleware(BodyLimit, max_bytes=int(service.settings.max_request_mb * 1_000_000))
    app.add_middleware(
        CorrelationIdMiddleware, header_name="X-Request-ID", validator=_is_request_id, transformer=lambda own: own
    )
    for router in (ask.router, chat.router, articles.router, figures.router, health.router):
        app.include_router(router)
    return app
