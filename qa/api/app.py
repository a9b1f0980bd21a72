"""The FastAPI application: routes, errors, request ids, limits."""

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI

from qa.api import errors
from qa.api.limits import BodyLimit
from qa.api.routes import articles, ask, health
from qa.api.schemas import ErrorResponse
from qa.bootstrap import Service

_DESCRIPTION = (
    "Question answering over a newsroom's own archive. Every quote is verbatim: `GET /v1/articles/{id}` gives "
    "`text[start:end] == quote` for each citation, with offsets in Unicode code points."
)


def create_app(service: Service) -> FastAPI:
    """Build the application around an open service; the caller closes the service when it has stopped."""
    app = FastAPI(
        title="OnRecord",
        version="1",
        description=_DESCRIPTION,
        responses={422: {"model": ErrorResponse, "description": "The request cannot be used"}},
    )
    app.state.service = service
    errors.install(app)
    app.add_middleware(BodyLimit, max_bytes=int(service.settings.max_request_mb * 1_000_000))
    app.add_middleware(CorrelationIdMiddleware, header_name="X-Request-ID")
    for router in (ask.router, articles.router, health.router):
        app.include_router(router)
    return app
