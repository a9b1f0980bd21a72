"""Who drafts an answer: the sources' own words (here), or a model (`qa.drafted`), behind one small interface.

An answerer takes the evidence and proposes drafts, all at once or one by one. Nobody is believed: what it proposes goes
through the last gate (`qa.verify`) before anyone sees it.
"""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal, NamedTuple, Protocol

import anyio.to_thread

from ingest.library import Library, QuestionVectors
from prompts import Prompt
from qa.answer import DroppedClaim, Usage
from qa.domain import Draft, Evidence
from qa.errors import ModelUnavailableError
from qa.extract import extract

_log = logging.getLogger(__name__)


class Origin(NamedTuple):
    """Where an answer's drafts come from, as the trace tells it."""

    mode: Literal["llm", "extractive"]
    """Whether a model wrote them."""

    prompt: Prompt
    """What the model was given; the service's own words without one."""

    confidence: float = 0.0
    """Calibrated probability that the best of them answers."""

    model: str | None = None
    """The model's name."""

    usage: Usage = Usage()
    """What it was paid so far, all calls together."""

    fallback: str | None = None
    """Why they are the sources' own words though a model is configured."""

    checking: float = 0.0
    """Milliseconds that the answerer's own gate has taken so far."""


class Proposal(NamedTuple):
    """What an answerer has to say next."""

    origin: Origin
    """Where all its drafts come from, as far as is known by now."""

    drafts: tuple[Draft, ...] = ()
    """New drafts, in the order they are told in."""

    dropped: tuple[DroppedClaim, ...] = ()
    """What it has refused itself since its last proposal."""


class Answerer(Protocol):
    """Drafts answers from evidence."""

    def propose(self, evidence: Evidence, asked: QuestionVectors) -> AsyncGenerator[Proposal, None]:
        """Propose drafts; at least one proposal comes, the last one with the whole origin. Closing it stops the work.

        Args:
            evidence: what was retrieved.
            asked: the question's vectors.
        """
        ...


class Extractive:
    """Answers in the sources' own words, by the sentences that say best what is asked."""

    def __init__(self, library: Library, wording: Prompt) -> None:
        self._library = library
        self._wording = wording

    async def propose(self, evidence: Evidence, asked: QuestionVectors) -> AsyncGenerator[Proposal, None]:
        """Propose all drafts at once."""
        found = await anyio.to_thread.run_sync(lambda: extract(evidence, asked, library=self._library))
        yield Proposal(Origin("extractive", self._wording, found.confidence), found.drafts)


class Fallback:
    """Answers by one answerer, and by another one while the first one's model is not available.

    Once a claim has been told the first one's failure is everybody's: an answer is of one kind.
    """

    def __init__(self, first: Answerer, other: Answerer) -> None:
        self._first = first
        self._other = other

    async def propose(self, evidence: Evidence, asked: QuestionVectors) -> AsyncGenerator[Proposal, None]:
        """Propose what the first one does, or else what the other does, and why."""
        told = False
        try:
            async with aclosing(self._first.propose(evidence, asked)) as proposals:
                async for proposal in proposals:
                    told = True
                    yield proposal
        except ModelUnavailableError as error:
            if told:
                raise
            _log.warning("Answered in the sources' own words instead: %s", error)
            reason = error.told
        else:
            return
        async with aclosing(self._other.propose(evidence, asked)) as proposals:
            async for proposal in proposals:
                yield proposal._replace(origin=proposal.origin._replace(fallback=reason))
