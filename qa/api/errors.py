"""Errors as the contract writes them: one shape, one status a code, never a stack trace.

The OpenAI-compatible routes give the same statuses and codes in OpenAI's own shape.
"""

import logging
import re
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
from qa.api.openai_shapes import OpenAIError, OpenAIErrorResponse
from qa.api.schemas import ErrorDetail, ErrorInfo, ErrorResponse
from qa.errors import ModelError, ModelRefusedError, UnknownModelError

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


_OPENAI_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
    500: "server_error",
    503: "server_error",
    504: "server_error",
}
"""OpenAI's words for sorts of errors, by status; any other is an `invalid_request_error`."""

_OPENAI_PATHS = re.compile(r"/v1/(?:chat|models)(?:/|$)")


def error_response(  # noqa: PLR0913 - what an error has, each by name
    code: str,
    message: str,
    *,
    path: str,
    details: Sequence[ErrorDetail] = (),
    status: int | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Build an error response, in the shape of the path that was asked."""
    status = status or STATUS.get(code, STATUS["not_found"])
    body: ErrorResponse | OpenAIErrorResponse
    if _OPENAI_PATHS.match(path):
        body = openai_error(code, message, status=status, param=_param(details))
    else:
        body = ErrorResponse(error=ErrorInfo(code=code, message=message, details=tuple(details)))
    return JSONResponse(body.model_dump(mode="json"), status_code=status, headers=headers)


def openai_error(code: str, message: str, *, status: int, param: str | None = None) -> OpenAIErrorResponse:
    """An error in OpenAI's shape."""
    kind = _OPENAI_TYPES.get(status, "invalid_request_error")
    return OpenAIErrorResponse(error=OpenAIError(message=message, type=kind, param=param, code=code))


def _param(details: Sequence[ErrorDetail]) -> str | None:
    """The first field at fault, as OpenAI writes it; none where the body is at fault as a whole."""
    path = details[0].where.removeprefix("body") if details else ""
    return path.removeprefix(".") or None


def install(app: FastAPI) -> None:
    """Map every exception that leaves a route to the contract's error shape."""
    app.add_exception_handler(OnRecordError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unforeseen)


async def _on_ours(request: Request, error: Exception) -> JSONResponse:
    ours = error if isinstance(error, OnRecordError) else OnRecordError(str(error))
    message = told(ours)
    if isinstance(error, UnknownModelError):
        detail = ErrorDetail(where="model", message=message)
        return error_response("model_not_found", message, path=request.url.path, details=[detail])
    return error_response(ours.code, message, path=request.url.path, headers=_when(ours))


def told(error: OnRecordError) -> str:
    """What a client is told of one of our errors; what it may not see is logged."""
    if isinstance(error, ModelError):  # its text has the endpoint's address and what was said there
        _log.warning("%s", error)
        return error.told
    if error.code == "internal":  # what the database said is for the log
        _log.error("%s", error, exc_info=error)
        return _internal()
    return str(error)


def _when(error: OnRecordError) -> dict[str, str] | None:
    """When to try again, as the contract promises it for `model_unavailable`; of what stays refused, that it does.

    OpenAI's clients try every 503 again unless `x-should-retry` says otherwise.
    """
    if isinstance(error, ModelRefusedError):
        return {"x-should-retry": "false"}
    # Another try may find a model in a better mood.
    return {"Retry-After": str(_wait(error))} if error.retryable or isinstance(error, ModelError) else None


def _wait(error: Exception) -> int:
    """Whole seconds until trying again may help: those that the error tells, where it does."""
    told: float | None = getattr(error, "retry_after", None)
    return RETRY_SECONDS if told is None else max(1, ceil(told))


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    details = [
        ErrorDetail(where=_writable(".".join(str(part) for part in problem["loc"])), message=_told(problem))
        for problem in problems
    ]
    summary = "; ".join(f"{detail.where}: {detail.message}" for detail in details)
    message = f"The request cannot be used. {summary}"
    return error_response("invalid_request", message, path=request.url.path, details=details)


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
    code = _BY_STATUS.get(status, "invalid_request")
    return error_response(code, message, path=request.url.path, status=status, headers=headers)


async def _on_unforeseen(request: Request, _error: Exception) -> JSONResponse:
    # Starlette logs the exception itself; this response leaves outside the middleware that sets the id.
    headers = {"X-Request-ID": correlation_id.get() or "", "Connection": "close"}
    # Uvicorn closes the connection after such an error; a client told so does not use it again.
    return error_response("internal", _internal(), path=request.url.path, headers=headers)


def _internal() -> str:
    return f"Something went wrong on our side. The log has it under request {correlation_id.get() or '-'}."
