"""Errors as the contract writes them: one shape, one status a code, never a stack trace."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from ingest.errors import OnRecordError
from qa.api.schemas import ErrorDetail, ErrorInfo, ErrorResponse

_log = logging.getLogger(__name__)

STATUS = {
    "invalid_request": 422,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "too_large": 413,
    "rate_limited": 429,
    "model_unavailable": 503,
    "index_unavailable": 503,
    "timeout": 504,
    "internal": 500,
}
"""HTTP status of each error code."""

_BY_STATUS = {status: code for code, status in STATUS.items() if status != STATUS["index_unavailable"]}

RETRY_SECONDS = 5
"""What `Retry-After` says where the same call may succeed later."""


def error_response(
    code: str,
    message: str,
    *,
    details: Sequence[ErrorDetail] = (),
    status: int | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Build an error response."""
    body = ErrorResponse(error=ErrorInfo(code=code, message=message, details=tuple(details)))
    return JSONResponse(body.model_dump(mode="json"), status_code=status or STATUS[code], headers=headers)


def install(app: FastAPI) -> None:
    """Map every exception that leaves a route to the contract's error shape."""
    app.add_exception_handler(OnRecordError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unforeseen)


async def _on_ours(_: Request, error: Exception) -> JSONResponse:
    code = error.code if isinstance(error, OnRecordError) else "internal"
    # Another try may find a model in a better mood: the contract promises a time for it.
    retryable = code == "model_unavailable" or (isinstance(error, OnRecordError) and error.retryable)
    if code == "internal":  # what the database said is for the log
        _log.error("%s", error, exc_info=error)
        return error_response(code, _internal())
    return error_response(code, str(error), headers={"Retry-After": str(_wait(error))} if retryable else None)


def _wait(error: Exception) -> int:
    """Whole seconds until trying again may help: those that the error tells, where it does."""
    told: float | None = getattr(error, "retry_after", None)
    return RETRY_SECONDS if told is None else max(1, ceil(told))


async def _on_invalid(_: Request, error: Exception) -> JSONResponse:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    details = [
        ErrorDetail(where=_writable(".".join(str(part) for part in problem["loc"])), message=_told(problem))
        for problem in problems
    ]
    summary = "; ".join(f"{detail.where}: {detail.message}" for detail in details)
    return error_response("invalid_request", f"The request cannot be used. {summary}", details=details)


def _told(problem: dict[str, Any]) -> str:
    """Say what is wrong; of malformed JSON, also what the parser met at the character that `where` names."""
    reason = problem.get("ctx", {}).get("error") if problem["type"] == "json_invalid" else None
    return f"{problem['msg']}: {reason}" if reason else str(problem["msg"])


def _methods(request: Request) -> list[str]:
    """Methods that some route has for the request's path."""
    scopes = {method: {**request.scope, "method": method} for method in ("DELETE", "GET", "PATCH", "POST", "PUT")}
    return [
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    ]


def _writable(text: str) -> str:
    """Replace lone surrogates, which escapes in JSON can bring in and no response can carry out."""
    return text.encode("utf-8", "replace").decode()


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else STATUS["internal"]
    if status == HTTPStatus.BAD_REQUEST:  # what FastAPI says of a body that it cannot read
        status = STATUS["invalid_request"]
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:  # Starlette names the methods of the first route alone
        headers["Allow"] = ", ".join(_methods(request))
    message = {
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.method} is not possible at {request.url.path}.",
    }.get(status, str(getattr(error, "detail", "The request failed.")))
    return error_response(_BY_STATUS.get(status, "invalid_request"), message, status=status, headers=headers)


async def _on_unforeseen(_: Request, _error: Exception) -> JSONResponse:
    # Starlette logs the exception itself; this response leaves outside the middleware that sets the id.
    headers = {"X-Request-ID": correlation_id.get() or "", "Connection": "close"}
    # Uvicorn closes the connection after such an error; a client told so does not use it again.
    return error_response("internal", _internal(), headers=headers)


def _internal() -> str:
    return f"Something went wrong on our side. The log has it under request {correlation_id.get() or '-'}."
