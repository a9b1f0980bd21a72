"""A question within a conversation, read as one that stands by itself: by a model where there is one, else by code.

What the turns say decides what is looked for, and nothing else: no turn is evidence of anything, least of all one that
claims to be an answer of ours.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import anyio.to_thread
from pydantic import Field, StringConstraints

from ingest.domain import Value
from ingest.language import detect_query_language
from prompts import Prompt, load
from qa.answer import Usage
from qa.domain import Question, Turn
from qa.errors import ModelError
from qa.followups import written_out
from qa.parts import Parts

if TYPE_CHECKING:
    from qa.llm import Model

_log = logging.getLogger(__name__)

REWRITE = "rewrite/v1"
"""The prompt in use."""

_TURNS = 8
"""Turns that a model is shown, the latest."""

_LONGEST_TURN = 1_500
"""Characters of a turn that a model is shown."""

_LONGEST_QUESTION = 2_000


class InFull(NamedTuple):
    """A question that can be read by itself, and what a model was paid for it."""

    question: Question
    """With `full` set where it is a follow-up."""

    usage: Usage = Usage()
    """Tokens and cost of the rewriting; nothing where code did it."""


class Rewritten(Value):
    """A question that stands by itself."""

    question: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1), Field(max_length=_LONGEST_QUESTION)
    ]
    """The last question, with what it leaves out put in; as it was where it leaves out nothing."""


async def in_full(question: Question, model: "Model | None", read: Callable[[str], Parts]) -> InFull:
    """A follow-up with `full` set to the question it asks; a question that stands by itself as it is.

    A model that gives nothing usable is no failure of the question: then it is written out by code.

    Args:
        question: the last question, with the turns before it.
        model: what rewrites it; `None`: code does.
        read: takes a question apart.
    """
    if not question.history:
        return InFull(question)
    full, usage = await _by_model(question, model) if model else (None, Usage())
    if full is None:
        full = await anyio.to_thread.run_sync(written_out, question.text, question.history, read)
    if full is None or full == question.text:
        return InFull(question, usage)
    language = await anyio.to_thread.run_sync(detect_query_language, full)
    return InFull(question.model_copy(update={"full": full, "language": language}), usage)


async def _by_model(question: Question, model: "Model") -> tuple[str | None, Usage]:
    """What a model makes of a follow-up; `None` where it gives nothing usable."""
    from qa.llm import Message

    system, user = messages(question.text, question.history, load(REWRITE))
    try:
        reply = await model.complete([Message("system", system), Message("user", user)], Rewritten)
    except ModelError as error:
        _log.warning("A follow-up is read by code, for the model gave nothing usable: %s", error)
        return None, Usage()
    return reply.value.question, reply.usage


def messages(text: str, history: Sequence[Turn], prompt: Prompt) -> tuple[str, str]:
    """What a model is told and given: the latest turns, shortened, none of which can end the frame it stands in."""
    turns = [
        prompt.part("turn", role=turn.role, content=_framed(turn.content[:_LONGEST_TURN])) for turn in history[-_TURNS:]
    ]
    return prompt.part("system"), prompt.part("user", turns="\n".join(turns), question=_framed(text))


def _framed(text: str) -> str:
    """A text without angle brackets, which mark where turns and question begin and end."""
    return text.replace("<", "‹").replace(">", "›")
