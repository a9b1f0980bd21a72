"""How a call is said so that the endpoint takes it: what one endpoint needs, another refuses.

Every call starts with all that is known to help. An endpoint that refuses a parameter by its name is asked again
without it, or with its other name; what was learnt holds for the calls that follow.
"""

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qa.llm.mapping import too_many_tokens
from qa.llm.schema import strict_schema

if TYPE_CHECKING:
    import openai
    from pydantic import BaseModel

Form = Literal["json_schema", "json_object", "text"]
"""How the reply's form is asked for."""

_SEED = 1
_REFUSALS = {400, 422, 500, 501}
"""Statuses that come with a parameter an endpoint does not know; 500 where its own grammar broke."""

_FORM = re.compile(
    r"response_format|json_schema|json_object|json schema|structured output|guided|grammar", re.IGNORECASE
)
_LESS: dict[Form, Form] = {"json_schema": "json_object", "json_object": "text"}


class Dialect(NamedTuple):
    """What an endpoint takes, as far as it is known."""

    form: Form = "json_schema"
    fixed_form: bool = False
    """Whether the settings name the form; then a refusal of it is final."""

    max_tokens: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    seed: bool = True
    usage: bool = True
    """Whether a stream can be asked to end with its usage."""

    streams: bool = True

    @property
    def left_out(self) -> tuple[str, ...]:
        """Parameters that are not said, of those that would be."""
        said = {
            "temperature": self.temperature,
            "seed": self.seed,
            "stream_options": self.usage,
            "stream": self.streams,
        }
        return tuple(name for name, takes in said.items() if not takes)

    def request(self, schema: "type[BaseModel]", tokens: int, *, streamed: bool) -> dict[str, Any]:
        """The parameters of a call, beside its model and messages."""
        said: dict[str, Any] = {self.max_tokens: tokens}
        if self.temperature:
            said["temperature"] = 0
        if self.seed:
            said["seed"] = _SEED
        if self.form == "json_schema":
            held = {"name": schema.__name__, "strict": True, "schema": strict_schema(schema)}
            said["response_format"] = {"type": "json_schema", "json_schema": held}
        elif self.form == "json_object":
            said["response_format"] = {"type": "json_object"}
        if streamed:
            said["stream"] = True
            if self.usage:
                said["stream_options"] = {"include_usage": True}
        return said

    def adapted(  # noqa: PLR0911 - a step for each parameter
        self, error: "openai.APIStatusError", *, streamed: bool
    ) -> "Dialect | None":
        """What to say instead of what was refused; `None` where the refusal is about something else.

        Each step takes something away, so there are few.
        """
        said = f"{error.param or ''} {error.message}".lower()
        if error.status_code not in _REFUSALS or too_many_tokens(error):
            return None
        if error.status_code == 500:  # noqa: PLR2004 - any trouble of a server, and its grammar's
            return self._less(said)
        if "max_completion_tokens" in said and self.max_tokens == "max_tokens":
            return self._replace(max_tokens="max_completion_tokens")
        if streamed and self.usage and "stream_options" in said:
            return self._replace(usage=False)
        if self.temperature and "temperature" in said:
            return self._replace(temperature=False)
        if self.seed and re.search(r"\bseed\b", said):
            return self._replace(seed=False)
        if less := self._less(said):
            return less
        if streamed and self.streams and re.search(r"\bstream(?:ing|ed)?\b", said):
            return self._replace(streams=False)
        return None

    def _less(self, said: str) -> "Dialect | None":
        if self.fixed_form or self.form == "text" or not _FORM.search(said):
            return None
        return self._replace(form=_LESS[self.form])
