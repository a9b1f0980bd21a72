"""Asking and searching."""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, TypeAdapter

from ingest.errors import OnRecordError
from qa.answer import Answer, ShownPassage
from qa.api.dependencies import PipelineDep
from qa.api.errors import told
from qa.api.leaving import CLIENT_LEFT, ClientLeftError, while_there
from qa.api.schemas import ErrorInfo, ErrorResponse, FoundPassage, SearchResponse
from qa.pipeline import Claimed, Event, Passages
from qa.requests import AskRequest, SearchRequest

router = APIRouter(prefix="/v1", tags=["questions"])
_log = logging.getLogger(__name__)
_SHOWN = TypeAdapter(tuple[ShownPassage, ...])
_FAILURES: dict[int | str, dict[str, Any]] = {
    413: {"model": ErrorResponse, "description": "The request is too large"},
    503: {"model": ErrorResponse, "description": "The index, the embedder or the model does not answer"},
}


@router.post(
    "/ask",
    response_model=Answer,
    responses={
        200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "The answer"},
        **_FAILURES,
    },
)
async def ask(asked: AskRequest, request: Request, pipeline: PipelineDep) -> Answer | Response:
    """Answer one question, with every claim verified.

    Finding no evidence is still a 200: `status` is then `insufficient_evidence`.
    """
    question = await to_thread.run_sync(asked.to_question)  # detecting the language takes a model
    if asked.stream:
        events = pipeline.events(question)
        first = await anext(events)  # what fails before the stream starts still gets a status of its own
        return StreamingResponse(
            _encoded(first, events), media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
        )
    try:
        return await while_there(request, pipeline.answer(question))
    except ClientLeftError:
        return Response(status_code=CLIENT_LEFT)


@router.post("/search", responses=_FAILURES)
async def search(request: SearchRequest, pipeline: PipelineDep) -> SearchResponse:
    """Find passages by meaning, by words and by names, and show how they were ranked."""
    evidence = await pipeline.search(await to_thread.run_sync(request.to_question))
    return SearchResponse(passages=tuple(FoundPassage.of(passage) for passage in evidence.passages))


async def _encoded(first: Event, events: AsyncGenerator[Event, None]) -> AsyncIterator[bytes]:
    """The contract's events. A failure after the start is an `error` event: the status line is long gone.

    A client that goes away ends this generator, and with it the model's call.
    """
    try:
        async with aclosing(events):
            yield _encode(first)
            async for event in events:
                yield _encode(event)
        yield format_sse_event(event="done", data_str="{}")
    except OnRecordError as error:
        yield _event("error", ErrorResponse(error=ErrorInfo(code=error.code, message=told(error))))
    except Exception:  # noqa: BLE001 - whatever it was, the client must hear of it, and the log has it
        _log.exception("A stream of events broke off.")
        message = "Something went wrong on our side."
        yield _event("error", ErrorResponse(error=ErrorInfo(code="internal", message=message)))


def _encode(event: Event) -> bytes:
    match event:
        case Passages(passages):
            return format_sse_event(event="passages", data_str=_SHOWN.dump_json(passages).decode())
        case Claimed(composition, claim):
            body = {
                "claim": claim.model_dump(mode="json"),
                "citations": [
                    citation.model_dump(mode="json")
                    for citation in composition.citations
                    if citation.number in claim.citations
                ],
            }
            return format_sse_event(event="claim", data_str=json.dumps(body, ensure_ascii=False))
        case Answer():
            return _event("answer", event)


def _event(name: str, body: BaseModel) -> bytes:
    return format_sse_event(event=name, data_str=body.model_dump_json())
