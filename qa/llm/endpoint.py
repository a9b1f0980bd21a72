"""Calls to one chat endpoint: in turn, tried again, each bounded in time and size; its errors as ours."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from ingest.settings import LlmSettings
from qa.errors import ModelError, ModelUnavailableError
from qa.llm.breaker import Breaker
from qa.llm.capped import cap
from qa.llm.dialect import Dialect
from qa.llm.mapping import mapped, masked
from qa.llm.replies import Hearing, Reply, reply_of
from qa.llm.waiting import retrying

if TYPE_CHECKING:
    import httpx
    import openai
    from pydantic import BaseModel

T = TypeVar("T")

_MOST_STEPS = 8
"""Ways of saying a call that are tried on one that does not take the first."""

_LEAST_SECONDS, _MORE_SECONDS = 1.5, 30.0
"""For all tries, waits and corrections together, beyond the time of one call: as much again, within these bounds."""

_CONNECT_SECONDS = 10.0
_TOO_SLOW = "did not answer in time"


class Message(NamedTuple):
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class _Here(NamedTuple):
    """What belongs to one event loop."""

    client: "openai.AsyncOpenAI"
    turns: asyncio.Semaphore


class Endpoint:
    """One model behind an OpenAI-compatible endpoint. Works on any event loop; each has connections of its own."""

    def __init__(
        self,
        settings: LlmSettings,
        transport: "httpx.AsyncBaseTransport | None" = None,
        breaker: Breaker | None = None,
    ) -> None:
        import openai  # noqa: F401 - takes half a second: now, and not while an event loop waits for a first reply

        self._settings = settings
        self._model = settings.model or ""
        self._transport = transport
        self.where = f"The model {settings.model} at {masked(settings.base_url or '')}"
        self._breaker = breaker or Breaker(self.where)
        form = "json_schema" if settings.structured == "auto" else settings.structured
        self.dialect = Dialect(form=form, fixed_form=settings.structured != "auto")
        """What it takes, as far as it is known."""
        self._loops: dict[asyncio.AbstractEventLoop, _Here] = {}

    def deadline(self) -> float:
        """When a question that is put now has to be answered, all tries included, by the clock of the event loop."""
        seconds = self._settings.timeout_seconds
        return asyncio.get_running_loop().time() + seconds + min(max(seconds, _LEAST_SECONDS), _MORE_SECONDS)

    async def reply(self, messages: Sequence[Message], schema: "type[BaseModel]", deadline: float) -> Reply:
        """Make one call, tried again where it is not answered for now.

        Raises:
            ModelUnavailableError: it was not answered through all tries.
            ModelError: it was refused, or the answer is none.
        """
        said, rest = await self._begun(messages, schema, deadline, streamed=False)
        await rest.aclose()
        return said if isinstance(said, Reply) else Reply(said)

    async def stream(
        self, messages: Sequence[Message], schema: "type[BaseModel]", deadline: float
    ) -> AsyncGenerator[str | Reply, None]:
        """Make one call; give pieces of its text as they come, then the whole.

        It is tried again until a first piece has come; a stream that breaks off later is asked for once more as
        a whole. Raises as `reply` does.
        """
        said, rest = await self._begun(messages, schema, deadline, streamed=True)
        async with aclosing(rest):
            try:
                while isinstance(said, str):
                    yield said
                    said = await anext(rest)
            except ModelUnavailableError:
                if not self._settings.retries:
                    raise
                said = await self.reply(messages, schema, deadline)
        yield said

    async def models(self) -> tuple[str, ...] | None:
        """Names of the models that the endpoint lists; `None` where it has no such list.

        Raises:
            ModelError: it cannot be reached, or the key is refused.
        """
        import openai

        deadline = asyncio.get_running_loop().time() + self._settings.timeout_seconds
        try:
            listed: Any = await self._within(self._list(), deadline, _TOO_SLOW)
        except (openai.APIConnectionError, openai.AuthenticationError) as error:
            raise mapped(error, self.where) from error
        except (openai.OpenAIError, ValueError):
            return None
        models = getattr(listed, "data", None)
        return tuple(str(getattr(one, "id", "")) for one in models) if isinstance(models, list) else None

    async def _list(self) -> Any:
        return await self._here().client.models.list()

    async def aclose(self) -> None:
        """Close this event loop's connections."""
        if here := self._loops.pop(asyncio.get_running_loop(), None):
            await here.client.close()

    async def _begun(
        self, messages: Sequence[Message], schema: "type[BaseModel]", deadline: float, *, streamed: bool
    ) -> tuple[str | Reply, AsyncGenerator[str | Reply, None]]:
        """Begin a call, as often as it takes: what it gives first, and what gives the rest."""

        async def begin() -> tuple[str | Reply, AsyncGenerator[str | Reply, None]]:
            call = self._call(messages, schema, deadline, streamed=streamed)
            return await anext(call), call

        left = deadline - asyncio.get_running_loop().time()
        return await retrying(self._settings.retries, left)(begin)

    async def _call(
        self, messages: Sequence[Message], schema: "type[BaseModel]", deadline: float, *, streamed: bool
    ) -> AsyncGenerator[str | Reply, None]:
        """One try of one call."""
        here = self._here()
        self._breaker.check()
        await self._within(here.turns.acquire(), deadline, "had too many calls under way")
        reply = None
        try:
            if asyncio.get_running_loop().time() >= deadline:
                raise ModelUnavailableError(f"{self.where} {_TOO_SLOW}. Try again later.")  # it is not asked any more
            with self._breaker.guarding():
                by = min(deadline, asyncio.get_running_loop().time() + self._settings.timeout_seconds)
                try:
                    async with aclosing(self._said(here.client, messages, schema, by, streamed=streamed)) as said:
                        async for piece in said:
                            if isinstance(piece, Reply):
                                reply = piece
                            else:
                                self._breaker.answered()
                                yield piece
                except ModelError:
                    raise
                except Exception as error:
                    raise mapped(error, self.where) from error
        finally:
            here.turns.release()
        if reply:
            yield reply

    async def _said(
        self,
        client: "openai.AsyncOpenAI",
        messages: Sequence[Message],
        schema: "type[BaseModel]",
        by: float,
        *,
        streamed: bool,
    ) -> AsyncGenerator[str | Reply, None]:
        import openai

        answer = await self._opened(client, messages, schema, by, streamed=streamed)
        if isinstance(answer, openai.AsyncStream):
            hearing = Hearing(self.where)
            async with answer:
                chunks = aiter(answer)
                while (chunk := await self._within(anext(chunks, None), by, _TOO_SLOW)) is not None:
                    if piece := hearing.hear(chunk):
                        yield piece
            if hearing.heard or "application/json" not in answer.response.headers.get("content-type", ""):
                yield hearing.reply()
                return
            self.dialect = self.dialect._replace(streams=False)  # it was asked to stream, and did not
            answer = await self._opened(client, messages, schema, by, streamed=False)
        yield reply_of(answer, self.where)

    async def _opened(
        self,
        client: "openai.AsyncOpenAI",
        messages: Sequence[Message],
        schema: "type[BaseModel]",
        by: float,
        *,
        streamed: bool,
    ) -> Any:
        """Say the call as the endpoint takes it, and give what the openai client makes of the response."""
        import openai

        said: Any = [message._asdict() for message in messages]
        for _ in range(_MOST_STEPS):
            dialect = self.dialect
            streams = streamed and dialect.streams
            request = dialect.request(schema, self._settings.answer_tokens, streamed=streams)
            headers = {"Accept": "text/event-stream, application/json"} if streams else None
            call = client.chat.completions.create(model=self._model, messages=said, extra_headers=headers, **request)
            try:
                return await self._within(call, by, _TOO_SLOW)
            except openai.APIStatusError as error:
                adapted = dialect.adapted(error, streamed=streams)
                if adapted is None:
                    raise
                self.dialect = adapted
        raise ModelError(f"{self.where} takes no call as it was put. `qa doctor` says what it takes.")

    async def _within(self, waited: Awaitable[T], by: float, trouble: str) -> T:
        try:
            async with asyncio.timeout_at(by):
                return await waited
        except TimeoutError as error:
            raise ModelUnavailableError(f"{self.where} {trouble}. Try again later.") from error

    def _here(self) -> _Here:
        import httpx
        import openai

        loop = asyncio.get_running_loop()
        if here := self._loops.get(loop):
            return here
        for ended in [one for one in self._loops if one.is_closed()]:  # its connections ended with it
            self._loops.pop(ended, None)
        settings = self._settings
        seconds = httpx.Timeout(settings.timeout_seconds, connect=min(_CONNECT_SECONDS, settings.timeout_seconds))
        client = openai.AsyncOpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
            max_retries=0,  # ours, in `waiting`, are bounded
            timeout=seconds,
            http_client=httpx.AsyncClient(
                transport=self._transport,
                timeout=seconds,
                headers={"Accept-Encoding": "identity"},  # what is compressed has no bound
                event_hooks={"response": [cap]},
                follow_redirects=True,
            ),
        )
        self._loops[loop] = here = _Here(client, asyncio.Semaphore(settings.max_concurrent))
        return here
