"""What an endpoint supports, found out by asking it: for `qa doctor`."""

import asyncio
from contextlib import aclosing
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from ingest.domain import Value
from ingest.settings import LlmSettings
from prompts import load
from qa.errors import ModelError
from qa.llm.endpoint import Endpoint, Message
from qa.llm.prices import price_of
from qa.llm.reading import MalformedError, value_of
from qa.llm.replies import Reply

if TYPE_CHECKING:
    import httpx

EXAMINATION = "examination/v1"
"""The prompt that is asked: for a form that the schema does not have."""


class Form(Value):
    """A schema that no model would follow unless it is made to."""

    colour: Literal["violet", "ochre"]
    """A colour."""

    count: int
    """A number."""


class Examination(Value):
    """What was found."""

    model: str
    base_url: str
    listed: bool | None = None
    """Whether the endpoint lists the model; `null` where it lists none."""

    answers: bool = False
    trouble: str | None = None
    """Why it does not answer."""

    form: Literal["json_schema_enforced", "json_schema_accepted", "json_object", "text"] | None = None
    """How a reply's form can be asked for: by a schema that replies keep to, by one that they need not, by the mere
    word that it is to be JSON, or not at all."""

    streams: bool | None = None
    usage: bool | None = None
    """Whether tokens are counted, streamed or not."""

    left_out: tuple[str, ...] = ()
    """Parameters that it does not take."""

    priced: bool = False
    """Whether the model's price is known."""

    whole_ms: float | None = None
    """A whole short reply, in milliseconds."""

    first_piece_ms: float | None = None
    """The first piece of a streamed one."""


async def examine(settings: LlmSettings, transport: "httpx.AsyncBaseTransport | None" = None) -> Examination:
    """Ask an endpoint twice, whole and streamed, and for its list of models.

    Raises:
        SettingsError: the installation's table of prices cannot be used.
    """
    endpoint = Endpoint(settings, transport)
    prompt = load(EXAMINATION)
    messages = (Message("system", prompt.part("system")), Message("user", prompt.part("user")))
    found = Examination(
        model=settings.model or "",
        base_url=settings.base_url or "",
        priced=price_of(settings.model or "", settings.prices) is not None,
    )
    try:
        names = await endpoint.models()
        found = found.model_copy(update={"listed": None if names is None else settings.model in names})
        began = perf_counter()
        reply = await endpoint.reply(messages, Form, endpoint.deadline())
        took = perf_counter() - began
        last, first_piece, pieces = await _streamed(endpoint, messages)
    except ModelError as error:
        return found.model_copy(update={"trouble": str(error)})
    finally:
        await asyncio.shield(endpoint.aclose())
    dialect = endpoint.dialect
    counted = [one.prompt_tokens + one.completion_tokens > 0 for one in (reply, last)]
    return found.model_copy(
        update={
            "answers": True,
            "form": _enforced(reply) if dialect.form == "json_schema" else dialect.form,
            "streams": dialect.streams and pieces > 0,
            "usage": all(counted),
            "left_out": dialect.left_out,
            "whole_ms": round(took * 1000, 1),
            "first_piece_ms": None if first_piece is None else round(first_piece * 1000, 1),
        }
    )


async def _streamed(endpoint: Endpoint, messages: tuple[Message, ...]) -> tuple[Reply, float | None, int]:
    began = perf_counter()
    first, pieces, last = None, 0, Reply("")
    async with aclosing(endpoint.stream(messages, Form, endpoint.deadline())) as said:
        async for piece in said:
            if isinstance(piece, Reply):
                last = piece
            else:
                pieces += 1
                first = first or perf_counter() - began
    return last, first, pieces


def _enforced(reply: Reply) -> Literal["json_schema_enforced", "json_schema_accepted"]:
    try:
        value_of(reply.text, Form)
    except MalformedError:
        return "json_schema_accepted"
    return "json_schema_enforced"
