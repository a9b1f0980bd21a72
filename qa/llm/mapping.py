"""Errors of the openai client and of what carries it, as ours. Nothing foreign leaves `qa.llm`."""

from typing import TYPE_CHECKING

from qa.errors import ModelError, ModelUnavailableError
from qa.llm.capped import TooLongError
from qa.llm.waiting import asked_to_wait

if TYPE_CHECKING:
    import openai

_LATER = {408, 409, 429}
_SERVER_ERROR = 500
_SHOWN = 300


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
        said = str(cause) or type(cause).__name__
        return ModelUnavailableError(f"{where} did not answer: {said[:_SHOWN]}. Try again later.")
    if isinstance(error, openai.APIError):  # told in the midst of a stream, where there is no status any more
        code = str(error.code or "")
        return _status(error, int(code) if code.isdecimal() else _SERVER_ERROR, where, None)
    return ModelError(f"{where} gave no completion: {shown(error)}. Check QA_LLM__BASE_URL.")


def _status(error: "openai.APIError", status: int, where: str, wait: float | None) -> ModelError:
    if error.code == "insufficient_quota":  # comes as a 429, and no waiting helps
        return ModelError(f"{where} refused: {shown(error)}. Check the account of QA_LLM__API_KEY.")
    if status in _LATER or status >= _SERVER_ERROR:
        return ModelUnavailableError(f"{where} did not answer: {shown(error)}. Try again later.", retry_after=wait)
    if too_many_tokens(error):
        return ModelError(
            f"{where} says that the question and its passages do not fit: {shown(error)}. "
            "Set QA_LLM__CONTEXT_TOKENS to the model's window."
        )
    return ModelError(f"{where} refused: {shown(error)}. Check QA_LLM__MODEL and QA_LLM__API_KEY.")


def too_many_tokens(error: Exception) -> bool:
    """Whether a refusal says that the messages exceed the model's window."""
    said = str(error).lower()
    return "context_length" in said or "context length" in said or "context size" in said


def shown(error: Exception) -> str:
    """An error's own words, not all of a page that came instead."""
    return " ".join(str(error).split())[:_SHOWN].rstrip(".")


def _caused(error: BaseException | None) -> TooLongError | None:
    while error is not None and not isinstance(error, TooLongError):
        error = error.__cause__ or error.__context__
    return error
