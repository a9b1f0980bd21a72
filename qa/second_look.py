"""A second call that asks a model whether a claim's quotes say what it says: it can refuse, never let through."""

import logging
from typing import NamedTuple

from ingest.domain import Value
from prompts import Prompt
from qa.answer import Usage
from qa.domain import Draft
from qa.errors import ModelError, ModelUnavailableError
from qa.llm import Message, Model
from qa.window import inert

_log = logging.getLogger(__name__)


class Look(Value):
    """What the model says of a claim and its quotes."""

    reason: str = ""
    """Why, in one short sentence."""

    carried: bool
    """Whether the quotes state the claim."""


class Looked(NamedTuple):
    """What came of a look."""

    carried: bool
    usage: Usage


class SecondLook:
    """Has claims looked at again, by `prompts/verify`."""

    def __init__(self, model: Model, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    async def look(self, draft: Draft) -> Looked:
        """Look at a claim that has passed the gate. Where the model says nothing that can be used, it is not carried.

        Raises:
            ModelUnavailableError: the model is not available.
        """
        quotes = "\n\n".join(inert(one.quote) for one in draft.cited)
        messages = [
            Message("system", self._prompt.part("system")),
            Message("user", self._prompt.part("user", claim=inert(draft.text), quotes=quotes)),
        ]
        try:
            said = await self._model.complete(messages, Look)
        except ModelUnavailableError:
            raise
        except ModelError as error:
            _log.warning("A claim is refused that the second look could not judge: %s", error)
            return Looked(carried=False, usage=Usage())
        return Looked(said.value.carried, said.usage)
