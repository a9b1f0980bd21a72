"""Every error of the openai client, and of what carries it, has a counterpart of ours."""

import httpx
import openai
import pytest

from qa.errors import ModelError, ModelRefusedError, ModelUnavailableError
from qa.llm.capped import TooLongError
from qa.llm.mapping import mapped, masked

REQUEST = httpx.Request("POST", "http://127.0.0.1:9/v1/chat/completions")
LATER = {
    "ConflictError", "RateLimitError", "InternalServerError", "APIConnectionError", "APITimeoutError", "APIError",
}  # fmt: skip
"""Those after which a later try may succeed; a bare `APIError` is told in the midst of a stream."""

STATUSES = {
    "BadRequestError": 400, "AuthenticationError": 401, "PermissionDeniedError": 403, "NotFoundError": 404,
    "ConflictError": 409, "UnprocessableEntityError": 422, "RateLimitError": 429, "InternalServerError": 500,
    "APIStatusError": 418, "OAuthError": 400,
}  # fmt: skip


def descendants(kind: type[Exception]) -> list[type[Exception]]:
    """A class of errors and all below it."""
    return [kind, *(one for child in kind.__subclasses__() for one in descendants(child))]


FOREIGN = sorted({one for one in descendants(openai.OpenAIError) if one.__module__.startswith("openai")}, key=str)


def made(kind: type[Exception]) -> Exception:
    """An error of a class, made without its constructor: they take what only the client has."""
    error = kind.__new__(kind)
    Exception.__init__(error, "told")
    error.__dict__.update(message="told", code=None, param=None, body=None, request=REQUEST)
    if issubclass(kind, openai.APIStatusError):
        status = STATUSES.get(kind.__name__, 400)
        error.__dict__.update(status_code=status, response=httpx.Response(status, request=REQUEST))
    return error


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: kind.__name__)
def test_every_error_of_the_client_has_a_counterpart(kind: type[Exception]) -> None:
    """Retryable where the client itself would try again; the message names the model."""
    error = mapped(made(kind), "The model m")

    assert (ModelUnavailableError if kind.__name__ in LATER else ModelError) is type(error)
    assert str(error).startswith("The model m ")


def test_the_client_has_the_errors_that_are_known() -> None:
    """A release with new ones is looked at, not trusted."""
    assert {*LATER, *STATUSES} - {"OAuthError"} <= {kind.__name__ for kind in FOREIGN}


@pytest.mark.parametrize("kind", sorted({*descendants(httpx.TransportError), TimeoutError}, key=str))
def test_every_error_of_the_wire_has_a_counterpart(kind: type[Exception]) -> None:
    """Streams raise them as they are; without words of its own, an error is named by its class."""
    error = mapped(kind(""), "The model m")

    assert isinstance(error, ModelUnavailableError)
    assert kind.__name__ in str(error)


@pytest.mark.parametrize("kind", [ValueError, KeyError, RecursionError, httpx.TooManyRedirects, httpx.StreamConsumed])
def test_anything_else_is_no_completion(kind: type[Exception]) -> None:
    """What a body of garbage makes of the client's own code."""
    error = mapped(kind() if kind is httpx.StreamConsumed else kind("x"), "The model m")

    assert ModelError is type(error)


def test_too_long_a_reply_is_found_behind_what_the_client_made_of_it() -> None:
    """The client takes it for trouble of the connection."""
    outer = openai.APIConnectionError(request=REQUEST)
    outer.__cause__ = TooLongError("over 10 bytes")

    assert ModelError is type(mapped(outer, "The model m"))


def test_a_page_in_place_of_an_error_is_not_told_in_full() -> None:
    """A proxy's page has hundreds of lines."""
    response = httpx.Response(502, text="<p>\n" * 9_000, request=REQUEST)
    error = openai.InternalServerError("<p>\n" * 9_000, response=response, body=None)

    assert len(str(mapped(error, "The model m"))) < 400


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bad key sk-secret123", "bad key ***"),
        ("Incorrect API key provided: 7f3a-99.", "Incorrect API key provided: ***"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ('{"api_key": "a1b2c3d4"}', '{"api_key": "***"}'),
        ("http://user:pass@host:8000/v1", "http://***@host:8000/v1"),
        ("no route for AIzaSyA-1_x", "no route for ***"),
        ("given 0123456789abcdef0123456789abcdef", "given ***"),
        ("no model claude-3-5-sonnet-20241022 at http://127.0.0.1:8000/v1", None),
        ("maximum context length is 4096 tokens, the key word is left", None),
    ],
)
def test_keys_are_masked(text: str, shown: str | None) -> None:
    """What looks like one; models, addresses and numbers stay."""
    assert (shown or text) == masked(text)


def test_a_filter_of_the_endpoint_is_a_refusal() -> None:
    """It comes with the status of a bad request."""
    error = made(openai.BadRequestError)
    error.__dict__["code"] = "content_filter"

    assert ModelRefusedError is type(mapped(error, "The model m"))
