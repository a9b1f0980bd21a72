"""Errors of the openai client and of what carries it, as ours. Nothing foreign leaves `qa.llm`.

Their texts are for the log and the command line; what looks like a key is masked in them. What clients of the service
are told is apart from it (`ModelError.told`).
"""

import re
from typing import TYPE_CHECKING

from qa.errors import ModelError, ModelRefusedError, ModelUnavailableError
from qa.llm.capped import TooLongError
from qa.llm.waiting import asked_to_wait

if TYPE_CHECKING:
    import openai

_LATER = {408, 409, 429}
_SERVER_ERROR = 500
_SHOWN = 300

_SETUP_SECONDS = 60.0
"""When to try again where somebody has to mend the service's settings first."""

_NOT_SET_UP = (
    "The model refuses this service's calls. Whoever runs the service has to mend that, and finds what was refused in "
    "its log; try again once it is mended."
)
_TOO_LONG = "The question and the passages found for it are too long for the model. Ask more briefly."
_FILTERED = {"content_filter", "content_policy_violation"}

_SECRET = re.compile(
    r"(?P<kept>\b(?:bearer|basic)\s+)[^\s\"',;]{4,}"
    r"|(?P<named>\b(?:[\w-]*[_-])?(?:key|token|secret|password|authorization)\b(?:\s+(?:provided|is|was))?\W{1,4})"
    r"(?=[^\s\"',;]*[\d*])[^\s\"',;]{4,}"
    r"|\b(?:sk|pk|rk|gsk|hf|xai|ghp|pat)[-_][^\s\"',;]{3,}|\bAIza[\w-]+"
    r"|(?P<scheme>://)[^/@\s]+@"
    r"|\b(?=\w*\d)(?=\w*[a-z])\w{24,}",
    re.IGNORECASE,
)


def mapped(error: Exception, where: str) -> ModelError:
    """Our error for a foreign one.

    Args:
        error: what a call raised.
        where: the model and its address, for the message.
    """
    import httpx
    import openai

    if too_long := _caused(error):
        return ModelError(f"{where} sent what is no answer: {too_long}. Check QA_LLM__BASE_URL.")
    if isinstance(error, openai.APIStatusError):
        return _status(error, error.status_code, where, asked_to_wait(error.response.headers))
    if isinstance(error, openai.APIResponseValidationError):
        return ModelError(f"{where} gave no completion: {shown(error)}. Check QA_LLM__BASE_URL.")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError | TimeoutError):
        cause = error.__cause__ or error
        said = masked(str(cause)) or type(cause).__name__
        return ModelUnavailableError(f"{where} did not answer: {said[:_SHOWN]}. Try again later.")
    if isinstance(error, openai.APIError):  # told in the midst of a stream, where there is no status any more
        code = str(error.code or "")
        return _status(error, int(code) if code.isdecimal() else _SERVER_ERROR, where, None)
    return ModelError(f"{where} gave no completion: {shown(error)}. Check QA_LLM__BASE_URL.")


def _status(error: "openai.APIError", status: int, where: str, wait: float | None) -> ModelError:
    if error.code == "insufficient_quota":  # comes as a 429, and no waiting helps
        trouble = f"{where} refused: {shown(error)}. Check the account of QA_LLM__API_KEY."
        return ModelError(trouble, told=_NOT_SET_UP, retry_after=_SETUP_SECONDS)
    if status in _LATER or status >= _SERVER_ERROR:
        return ModelUnavailableError(f"{where} did not answer: {shown(error)}. Try again later.", retry_after=wait)
    if too_many_tokens(error):
        return ModelRefusedError(
            f"{where} says that the question and its passages do not fit: {shown(error)}. "
            "Set QA_LLM__CONTEXT_TOKENS to the model's window.",
            told=_TOO_LONG,
        )
    if error.code in _FILTERED:
        return ModelRefusedError(f"{where} would not take the question: {shown(error)}. Ask otherwise.")
    trouble = f"{where} refused: {shown(error)}. Check QA_LLM__MODEL and QA_LLM__API_KEY."
    return ModelError(trouble, told=_NOT_SET_UP, retry_after=_SETUP_SECONDS)


def too_many_tokens(error: Exception) -> bool:
    """Whether a refusal says that the messages exceed the model's window."""
    said = str(error).lower()
    return "context_length" in said or "context length" in said or "context size" in said


def shown(error: Exception) -> str:
    """An error's own words, not all of a page that came instead, and no keys."""
    return " ".join(masked(str(error)).split())[:_SHOWN].rstrip(".")


def masked(text: str) -> str:
    """A text in which whatever looks like a key, or like a password in an address, is asterisks."""
    return _SECRET.sub(_asterisks, text)


def _asterisks(found: re.Match[str]) -> str:
    kept = found["kept"] or found["named"] or found["scheme"] or ""
    return f"{kept}***{'@' if found['scheme'] else ''}"


def _caused(error: BaseException | None) -> TooLongError | None:
    while error is not None and not isinstance(error, TooLongError):
        error = error.__cause__ or error.__context__
    return error
