"""What callers see of a model: messages in, a checked value out.

A reply that is no such object is answered once with what was wrong with it; then it is an error. A reply that was cut
short (`finish_reason=length`) is the part of it that is complete, the whole items of its first list, where there are
any: claims that were streamed are not taken back. Without one it is an error that names the setting.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from ingest.settings import LlmSettings
from prompts import load
from qa.answer import Usage
from qa.errors import ModelError, ModelRefusedError
from qa.llm.endpoint import Endpoint, Message
from qa.llm.mapping import masked
from qa.llm.prices import price_of
from qa.llm.reading import Aloud, MalformedError, value_of, whole_part
from qa.llm.replies import Reply

if TYPE_CHECKING:
    import httpx

    from qa.llm.breaker import Breaker

V = TypeVar("V", bound=BaseModel)

CORRECTION = "correction/v1"
"""The prompt that says what was wrong with a reply."""

_REPEATED = 4_000
"""Letters of a wrong reply that the model is shown again."""

_SHOWN = 200

_EMPTY = (
    "The model said nothing, twice. The same question again will not help: put it in other words, or ask whoever runs "
    "this service to look at its log."
)
_NO_FORM = "The model's reply was not in the form of an answer, twice. Try again later, or put the question otherwise."
_WITHHELD = "A content filter withheld the model's answer. Put the question in other words: the same will not help."
_CUT = "The model's answer was cut short before anything of it was whole. Ask for less at once: the same will not help."


class Completion(NamedTuple, Generic[V]):
    """What a model said."""

    value: V
    usage: Usage
    """Tokens of every call it took, and their cost where the model's price is known."""


class Model:
    """One model behind an OpenAI-compatible endpoint. Works on any event loop.

    Args:
        settings: the endpoint and the model.
        transport: what carries calls, where it is not the network itself.
        breaker: what leaves a failing endpoint alone, where it is not the usual one.

    Raises:
        ModelError: the settings name no model.
        SettingsError: the installation's table of prices cannot be used.
    """

    def __init__(
        self,
        settings: LlmSettings,
        transport: "httpx.AsyncBaseTransport | None" = None,
        breaker: "Breaker | None" = None,
    ) -> None:
        if not settings.base_url or not settings.model:
            raise ModelError("No model is configured. Set QA_LLM__BASE_URL and QA_LLM__MODEL.")
        self.name = settings.model
        self._price = price_of(settings.model, settings.prices)
        self._endpoint = Endpoint(settings, transport, breaker)

    async def complete(self, messages: Sequence[Message], schema: type[V]) -> Completion[V]:
        """Ask for one JSON object of a schema, at temperature 0.

        Raises:
            ModelUnavailableError: it was overloaded or silent through all tries.
            ModelError: it refused the call, or what it said is no such object.
        """
        deadline = self._endpoint.deadline()
        reply = await self._endpoint.reply(messages, schema, deadline)
        return await self._understood(messages, schema, reply, deadline)

    async def stream(self, messages: Sequence[Message], schema: type[V]) -> AsyncGenerator["str | Completion[V]", None]:
        """Ask as `complete` does; gives pieces of the reply's text as they come, and last the completion.

        The pieces need not add up to the completion: where the text was no such object, or broke off, the model is
        asked once more, and not streamed. Closing the generator stops the call. Raises as `complete` does.
        """
        deadline = self._endpoint.deadline()
        aloud = Aloud()
        async with aclosing(self._endpoint.stream(messages, schema, deadline)) as said:
            async for piece in said:
                if isinstance(piece, Reply):
                    yield await self._understood(messages, schema, piece, deadline)
                elif heard := aloud.hear(piece):
                    yield heard

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        await self._endpoint.aclose()

    async def _understood(
        self, messages: Sequence[Message], schema: type[V], reply: Reply, deadline: float
    ) -> Completion[V]:
        try:
            return Completion(self._value(reply, schema), self._usage(reply))
        except MalformedError as error:
            problem = str(error)
        again = [*messages, Message("user", load(CORRECTION).part("malformed", problem=problem))]
        if said := reply.text.strip()[:_REPEATED]:
            again.insert(-1, Message("assistant", said))
        second = await self._endpoint.reply(again, schema, deadline)
        try:
            return Completion(self._value(second, schema), self._usage(reply, second))
        except MalformedError as error:
            trouble = f"{self._endpoint.where} did not say what it was asked for, twice"
            if not second.text.strip():
                raise ModelRefusedError(f"{trouble}: it said nothing.", told=_EMPTY) from error
            raise ModelError(f"{trouble}: {masked(second.text[:_SHOWN])!r} ({error})", told=_NO_FORM) from error

    def _value(self, reply: Reply, schema: type[V]) -> V:
        where = self._endpoint.where
        if reply.refusal:
            raise ModelRefusedError(f"{where} would not answer: {masked(reply.refusal[:_SHOWN])!r}. Ask otherwise.")
        if reply.finish == "content_filter":
            raise ModelRefusedError(
                f"{where} had its answer withheld by the endpoint's content filter. Ask otherwise.", told=_WITHHELD
            )
        try:
            return value_of(reply.text, schema)
        except MalformedError:
            if reply.finish != "length":
                raise
            value = whole_part(reply.text, schema)
            if value is None:
                raise ModelRefusedError(
                    f"{where} was cut short before it had answered. Raise QA_LLM__ANSWER_TOKENS.", told=_CUT
                ) from None
            return value

    def _usage(self, *replies: Reply) -> Usage:
        prompt = sum(reply.prompt_tokens for reply in replies)
        completion = sum(reply.completion_tokens for reply in replies)
        counted = prompt + completion > 0  # no call costs nothing because its endpoint counts nothing
        cost = self._price.cost(prompt, completion) if self._price and counted else None
        return Usage(prompt_tokens=prompt, completion_tokens=completion, cost_usd=cost)
