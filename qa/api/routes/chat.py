"""Chat as OpenAI's clients speak it: the same questions, answered by the same pipeline."""

import json
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from ulid import ULID

from ingest.errors import OnRecordError
from prompts import Prompt
from qa.answer import Answer
from qa.api.dependencies import ServiceDep
from qa.api.errors import STATUS, openai_error, told
from qa.api.leaving import CLIENT_LEFT, ClientLeftError, while_there
from qa.api.openai_shapes import (
    CREATED,
    MODEL,
    AssistantMessage,
    ChatCompletion,
    ChatRequest,
    ChatUsage,
    Choice,
    Model,
    ModelList,
    OpenAIErrorResponse,
)
from qa.chat import Telling, content
from qa.domain import Question
from qa.errors import UnknownModelError
from qa.pipeline import Claimed, Pipeline

router = APIRouter(prefix="/v1", tags=["chat"])
_log = logging.getLogger(__name__)
_WORDS = {
    404: "There is no such model",
    413: "The request is too large",
    422: "The request cannot be used",
    500: "Something went wrong on the service's side; the log has it",
    503: "The index, the embedder or the model does not answer",
}


def _failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": OpenAIErrorResponse, "description": _WORDS[status]} for status in statuses}


_MODEL = Model(id=MODEL, created=CREATED, owned_by="onrecord")


@router.post(
    "/chat/completions",
    response_model=ChatCompletion,
    responses={
        200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "The answer"},
        **_failures(404, 413, 422, 500, 503),
    },
)
async def complete(wanted: ChatRequest, request: Request, service: ServiceDep) -> ChatCompletion | Response:
    """Answer the last user message, in the light of those before it, as a chat completion.

    The content is the answer with its numbers and sources; `onrecord` holds the structured answer.
    """
    _known(wanted.model)
    question = await to_thread.run_sync(wanted.to_ask().to_question)  # detecting the language takes a model
    try:
        if wanted.stream:
            chunks = _Chunks(wanted, service.wording).of(service.pipeline, question)
            first = await while_there(request, _first(chunks))  # what fails by now still gets a status of its own
            headers = {"Cache-Control": "no-cache"}
            return StreamingResponse(_guarded(first, chunks), media_type="text/event-stream", headers=headers)
        answer = await while_there(request, service.pipeline.answer(question))
    except ClientLeftError:
        return Response(status_code=CLIENT_LEFT)
    return ChatCompletion(
        id=_id(),
        created=int(time.time()),
        model=MODEL,
        choices=(Choice(message=AssistantMessage(content=content(answer, service.wording))),),
        usage=ChatUsage.of(answer),
        onrecord=answer,
    )


async def _first(chunks: AsyncGenerator[bytes, None]) -> bytes:
    return await anext(chunks)


@router.get("/models", responses=_failures(422, 500))
async def models() -> ModelList:
    """The models that can be asked for: one, the service itself, whoever drafts behind it."""
    return ModelList(data=(_MODEL,))


@router.get("/models/{model_id}", responses=_failures(404, 422, 500))
async def model(model_id: str) -> Model:
    """One model, by its id."""
    _known(model_id)
    return _MODEL


def _known(name: str) -> None:
    if name != MODEL:
        raise UnknownModelError(f"There is no model {name!r} here. Ask for {MODEL!r}.")


def _id() -> str:
    return f"chatcmpl-{ULID()}"


class _Chunks:
    """The chunks of one stream: the role, each verified line, the sources, the end."""

    def __init__(self, request: ChatRequest, wording: Prompt) -> None:
        self._wording = wording
        self._with_usage = bool(request.stream_options and request.stream_options.include_usage)
        self._head = {"id": _id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}

    async def of(self, pipeline: Pipeline, question: Question) -> AsyncGenerator[bytes, None]:
        """Answer a question in chunks. Closing it closes the pipeline's work."""
        telling = Telling()
        begun = False
        async with aclosing(pipeline.events(question)) as events:
            async for event in events:
                if not begun:
                    yield self._said({"role": "assistant", "content": "", "refusal": None})
                    begun = True
                match event:
                    case Claimed(composition, _):
                        for line in telling.more(composition.text):
                            yield self._said({"content": line})
                    case Answer():
                        for line in telling.rest(event, self._wording):
                            yield self._said({"content": line})
                        for chunk in self._end(event):
                            yield chunk

    def _said(self, delta: dict[str, Any]) -> bytes:
        return self._chunk([{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}])

    def _end(self, answer: Answer) -> Iterator[bytes]:
        """The finishing chunk, and one of what was used where it is wanted: the structured answer is on the last."""
        whole = answer.model_dump(mode="json")
        finish = [{"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}]
        yield self._chunk(finish, onrecord=whole)
        if self._with_usage:
            yield self._chunk([], usage=ChatUsage.of(answer).model_dump(), onrecord=whole)

    def _chunk(self, choices: list[dict[str, Any]], **more: object) -> bytes:
        usage = {"usage": None} if self._with_usage else {}
        return _event({**self._head, "choices": choices, **usage, **more})


def _event(body: object) -> bytes:
    return format_sse_event(data_str=json.dumps(body, ensure_ascii=False))


async def _guarded(first: bytes, chunks: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """A stream whose failures are told in it: the status line is long gone. It ends without `[DONE]` then."""
    async with aclosing(chunks):
        try:
            yield first
            async for chunk in chunks:
                yield chunk
            yield format_sse_event(data_str="[DONE]")
        except OnRecordError as error:
            yield _event(openai_error(error.code, told(error), status=STATUS[error.code]).model_dump())
        except Exception:  # noqa: BLE001 - whatever it was, the client must hear of it, and the log has it
            _log.exception("A stream of chunks broke off.")
            message = "Something went wrong on our side."
            yield _event(openai_error("internal", message, status=STATUS["internal"]).model_dump())
