"""The owner of `openai`'s chat: messages in, a checked value out, its errors mapped to ours."""

import re
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.settings import LlmSettings
from qa.answer import Usage
from qa.errors import ModelError, ModelUnavailableError

if TYPE_CHECKING:
    import httpx

V = TypeVar("V", bound=BaseModel)

_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_SERVER_ERROR = 500
_LATER = {408, 409, 429}
_RETRIES = 4


class Completion(NamedTuple, Generic[V]):
    """What a model said."""

    value: V
    usage: Usage


class Model:
    """One model behind an OpenAI-compatible endpoint. Safe to share between threads.

    Raises:
        ModelError: the settings name none.
    """

    def __init__(self, settings: LlmSettings, transport: "httpx.BaseTransport | None" = None) -> None:
        import httpx
        import openai

        if not settings.base_url or not settings.model:
            raise ModelError("No model is configured. Set QA_LLM__BASE_URL and QA_LLM__MODEL.")
        self.name = settings.model
        self._client = openai.OpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
            timeout=settings.timeout_seconds,
            max_retries=_RETRIES,
            http_client=httpx.Client(transport=transport) if transport else None,
        )

    def complete(self, system: str, user: str, schema: type[V]) -> Completion[V]:
        """Ask for one JSON object of a schema, at temperature 0.

        Raises:
            ModelUnavailableError: it was overloaded or silent through all retries.
            ModelError: it refused the call, or what it said is no such object.
        """
        import openai

        where = f"The model {self.name} at {self._client.base_url}"
        try:
            answer = self._client.chat.completions.create(
                model=self.name,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
                temperature=0,
                response_format={"type": "json_object"},
            )
        except openai.APIError as error:
            status = getattr(error, "status_code", None)
            if isinstance(error, openai.APIConnectionError) or status in _LATER or (status or 0) >= _SERVER_ERROR:
                raise ModelUnavailableError(f"{where} did not answer: {error}. Try again later.") from error
            raise ModelError(f"{where} refused: {error}. Check QA_LLM__MODEL and QA_LLM__API_KEY.") from error
        except ValueError as error:  # a body that claims to be JSON and is not
            raise ModelError(f"{where} gave no completion: {error}. Check QA_LLM__BASE_URL.") from error
        said = _said(answer)
        fenced = _FENCE.match(said)
        try:
            value = schema.model_validate_json(fenced.group(1) if fenced else said)
        except ValidationError as error:
            raise ModelError(f"{where} did not say what it was asked for: {said[:200]!r}") from error
        paid = getattr(answer, "usage", None)
        return Completion(
            value,
            Usage(prompt_tokens=_count(paid, "prompt_tokens"), completion_tokens=_count(paid, "completion_tokens")),
        )


def _said(answer: Any) -> str:
    """The text of a completion, empty where there is none: the openai client checks no shapes."""
    try:
        content = answer.choices[0].message.content
    except (AttributeError, IndexError, KeyError, TypeError):
        return ""
    return content if isinstance(content, str) else ""


def _count(paid: Any, name: str) -> int:
    value = getattr(paid, name, 0)
    return value if isinstance(value, int) and value >= 0 else 0
