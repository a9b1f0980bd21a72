"""Bodies of the OpenAI-compatible routes, as its clients send and read them.

What a client may send beyond these fields is accepted and has no effect, for there is nothing here that samples
(`temperature`, `max_tokens`, `tools` …). What would change the form of the answer is refused.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt, StrictBool, field_validator

from ingest.domain import Filters, Value
from qa.answer import Answer
from qa.domain import LONGEST_TURN, Turn
from qa.requests import LONGEST_QUERY, AskRequest, LanguageCode, TopK

MODEL = "onrecord"
"""The one model that there is: the service itself, whoever drafts behind it."""

MOST_TURNS = 100
"""Turns before the question that are kept, the latest; what a follow-up leans on is never further back."""

CREATED = 1_795_478_400
"""24 November 2026, the day on which the service first spoke this protocol."""


class _Sent(Value):
    """What a client sends may have more fields than are known here."""

    model_config = ConfigDict(extra="ignore")


class ContentPart(_Sent):
    """A piece of a message."""

    type: str
    """`text`; of any other kind nothing can be read."""

    text: str | None = None
    """Its words."""


class ChatMessage(_Sent):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    """Who speaks. The archive is the only source: what system, developer, tool and function say is not read."""

    content: str | list[ContentPart] | None = None
    """What is said, as a text or in parts."""

    @property
    def text(self) -> str:
        """Its words alone."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""

    @property
    def written(self) -> str:
        """Its words without lone surrogates, which escapes in JSON can bring in and nothing can carry on."""
        return self.text.encode("utf-8", "replace").decode()


class StreamOptions(_Sent):
    """How a stream is told."""

    include_usage: StrictBool | None = None
    """Whether a last chunk says what was used."""


class AskedOf(Value):
    """What `/v1/ask` takes besides the question, for clients that know more than OpenAI's fields (`extra_body`)."""

    filters: Filters = Filters()
    """Which articles may answer."""

    top_k: TopK = 8
    """How many passages are shown."""

    answer_language: LanguageCode | None = None
    """Language of the service's own words; by default the question's."""


class ChatRequest(_Sent):
    """A conversation whose last user message is the question."""

    model: str = MODEL
    """`onrecord`."""

    messages: Annotated[tuple[ChatMessage, ...], Field(min_length=1)]
    """The conversation, oldest first. The last user message is the question, 1 to 2,000 characters."""

    stream: StrictBool | None = None
    """Answer as server-sent events, each claim as soon as it is verified."""

    stream_options: StreamOptions | None = None
    """How a stream is told."""

    n: Annotated[int, Field(ge=1, le=1)] | None = None
    """Answers wanted: there is one."""

    response_format: dict[str, Any] | None = None
    """`{"type": "text"}` alone: the structured answer is in `onrecord` already."""

    tool_choice: str | dict[str, Any] | None = None
    """`auto` or `none`: no tool is ever called."""

    onrecord: AskedOf = AskedOf()
    """What `/v1/ask` takes besides the question."""

    @field_validator("response_format")
    @classmethod
    def _is_text(cls, wanted: dict[str, Any] | None) -> dict[str, Any] | None:
        if wanted is not None and wanted.get("type") != "text":
            raise ValueError("The content is always text. The structured answer is in the field `onrecord`.")
        return wanted

    @field_validator("tool_choice")
    @classmethod
    def _is_free(cls, wanted: str | dict[str, Any] | None) -> str | dict[str, Any] | None:
        if isinstance(wanted, dict) or wanted not in {None, "auto", "none"}:
            raise ValueError("No tools are called here: leave `tool_choice` out, or set it to `auto` or `none`.")
        return wanted

    @field_validator("messages")
    @classmethod
    def _asks(cls, messages: tuple[ChatMessage, ...]) -> tuple[ChatMessage, ...]:
        asked = next((message for message in reversed(messages) if message.role == "user"), None)
        if asked is None:
            raise ValueError("There is no message of the user: the last one is the question.")
        if isinstance(asked.content, list) and any(part.type != "text" for part in asked.content):
            raise ValueError("The question must be text: images, sound and files cannot be read.")
        if asked.text != asked.written:
            raise ValueError(
                "The last user message, the question, is no valid Unicode: it has half of a surrogate pair."
            )
        if not 1 <= (length := len(asked.text.strip())) <= LONGEST_QUERY:
            raise ValueError(
                f"The last user message is the question: 1 to {LONGEST_QUERY:,} characters, not {length:,}."
            )
        return messages

    def _asked(self) -> str:
        return self.messages[self._at()].text

    def _at(self) -> int:
        return max(at for at, message in enumerate(self.messages) if message.role == "user")

    def to_ask(self) -> AskRequest:
        """The same as a question with its history, without turns that say nothing; of too many the latest."""
        history = tuple(
            Turn(role="user" if message.role == "user" else "assistant", content=message.written[:LONGEST_TURN])
            for message in self.messages[: self._at()]
            if message.role in {"user", "assistant"} and message.text.strip()
        )
        return AskRequest(
            question=self._asked(),
            history=history[-MOST_TURNS:],
            filters=self.onrecord.filters,
            top_k=self.onrecord.top_k,
            answer_language=self.onrecord.answer_language,
        )


class ChatUsage(Value):
    """What a model was paid for this answer, all its calls together; zero where none was asked."""

    prompt_tokens: NonNegativeInt
    completion_tokens: NonNegativeInt
    total_tokens: NonNegativeInt

    @classmethod
    def of(cls, answer: Answer) -> "ChatUsage":
        """What an answer took."""
        used = answer.trace.usage
        return cls(
            prompt_tokens=used.prompt_tokens,
            completion_tokens=used.completion_tokens,
            total_tokens=used.prompt_tokens + used.completion_tokens,
        )


class AssistantMessage(Value):
    """The answer as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    """The answer with its numbers, then its sources."""
    refusal: None = None
    """Abstaining is an answer, not a refusal."""


class Choice(Value):
    """The one answer."""

    index: Literal[0] = 0
    message: AssistantMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatCompletion(Value):
    """An answer, as OpenAI's clients read it."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: PositiveInt
    """Seconds since 1970."""
    model: str
    choices: tuple[Choice, ...]
    usage: ChatUsage
    onrecord: Answer
    """The structured answer, as `/v1/ask` gives it."""


class Model(Value):
    """A model that can be asked for."""

    id: str
    object: Literal["model"] = "model"
    created: PositiveInt
    owned_by: str


class ModelList(Value):
    """Every model that can be asked for."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


class OpenAIError(Value):
    """What went wrong."""

    message: str
    """For people."""
    type: str
    """Sort of error, in OpenAI's words: `invalid_request_error`, `rate_limit_error`, `server_error` …"""
    param: str | None
    """The field at fault, where one is."""
    code: str | None
    """The code that every other route gives: `invalid_request`, `index_unavailable` …"""


class OpenAIErrorResponse(Value):
    """Every error of these routes."""

    error: OpenAIError
