"""Answers that a model drafts: window → model → gate, claim by claim.

Where the gate lets nothing through, the model is told once what was refused and why. What passes has been read against
its article by code; a second look by the model, where one is configured, can only refuse more.
"""

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from functools import partial
from typing import Protocol

import anyio.to_thread

from ingest.lexis import fold
from ingest.library import Library, QuestionVectors
from qa.answer import DroppedClaim, Usage
from qa.answerers import Origin, Proposal
from qa.domain import Draft, Evidence, RankedPassage
from qa.drafting import Drafter
from qa.drafts import DraftedClaim
from qa.llm import Completion
from qa.second_look import SecondLook
from qa.voices import Voices
from qa.window import Window, look

TRIES = 2
"""How often a model is asked for drafts; again only if nothing passed and something was refused."""


class Checks(Protocol):
    """What a drafted claim goes through: `qa.gate.Gate`."""

    def check(self, claim: DraftedClaim) -> Draft | DroppedClaim:
        """The claim as its sources carry it, or why it is refused. Blocks."""
        ...


Gates = Callable[[Evidence, Mapping[str, RankedPassage], Library], Checks]
"""What makes the gate of one question."""


class Written:
    """Answers in a model's words.

    Args:
        drafter: asks the model.
        library: the archive, and what reads it.
        gates: makes the gate of each question.
        second: looks again at what has passed, where that is configured.
    """

    def __init__(self, drafter: Drafter, library: Library, *, gates: Gates, second: SecondLook | None = None) -> None:
        self._drafter = drafter
        self._library = library
        self._gates = gates
        self._second = second

    async def propose(self, evidence: Evidence, asked: QuestionVectors) -> AsyncGenerator[Proposal, None]:
        """Propose each claim as soon as it is complete and has passed.

        Raises:
            ModelError: the model gave nothing that can be used, or is not available.
            QuestionError: the question leaves no room for passages in the model's window.
        """
        question = evidence.question
        room = self._drafter.room(question)
        window = await anyio.to_thread.run_sync(partial(look, evidence, asked, library=self._library, room=room))
        checking = await anyio.to_thread.run_sync(self._checking, evidence, window)
        for _ in range(TRIES if window.shown else 0):
            async with aclosing(self._drafter.draft(question, window, checking.dropped)) as drafted:
                async for one in drafted:
                    if isinstance(one, Completion):
                        checking.paid(one.usage)
                    elif draft := await checking.passes(one):
                        yield Proposal(self._origin(checking), (draft,))
            if checking.passed or not checking.dropped:
                break
        yield Proposal(self._origin(checking), dropped=tuple(checking.dropped))

    def _checking(self, evidence: Evidence, window: Window) -> "_Checking":
        gate = self._gates(evidence, window.passages, self._library)
        return _Checking(gate, Voices(self._library), self._second)

    def _origin(self, checking: "_Checking") -> Origin:
        return Origin(
            mode="llm",
            prompt=self._drafter.prompt,
            confidence=max((draft.confidence for draft in checking.passed), default=0.0),
            model=self._drafter.model.name,
            usage=checking.usage,
            checking=checking.milliseconds,
        )


class _Checking:
    """What has become of the claims of one question."""

    def __init__(self, gate: Checks, voices: Voices, second: SecondLook | None) -> None:
        self._gate = gate
        self._second = second
        self._voices = voices
        self.passed: list[Draft] = []
        self.dropped: list[DroppedClaim] = []
        self.usage = Usage()
        self.milliseconds = 0.0

    async def passes(self, claim: DraftedClaim) -> Draft | None:
        """The claim as it has passed; `None` where it is refused, or says again what has passed already."""
        started = time.perf_counter()
        checked = await anyio.to_thread.run_sync(self._check, claim)
        self.milliseconds += (time.perf_counter() - started) * 1000
        if isinstance(checked, Draft) and any(_says_again(checked, one) for one in self.passed):
            return None
        if isinstance(checked, Draft) and checked.written and self._second:
            looked = await self._second.look(checked)
            self.paid(looked.usage)
            if not looked.carried:
                checked = DroppedClaim(text=claim.text, fault="unsupported")
        if isinstance(checked, DroppedClaim):
            self.dropped.append(checked)
            return None
        if not checked.written:  # its figures and speaker hold, its wording is the service's
            self.dropped.append(DroppedClaim(text=claim.text, fault="unsupported"))
        self.passed.append(checked)
        return checked

    def paid(self, usage: Usage) -> None:
        """Count what a call has cost."""
        self.usage = together(self.usage, usage)

    def _check(self, claim: DraftedClaim) -> Draft | DroppedClaim:
        checked = self._gate.check(claim)
        return self._voices.heard(checked) if isinstance(checked, Draft) else checked


def _says_again(draft: Draft, other: Draft) -> bool:
    figures = [one.figure and (one.article.id, one.figure.start) for one in (draft, other)]
    return fold(draft.text) == fold(other.text) and figures[0] == figures[1]


def together(one: Usage, other: Usage) -> Usage:
    """Two calls' usage as one; its cost is known where each one's is."""
    free = Usage()
    costs = [usage.cost_usd for usage in (one, other) if usage != free]
    known = [cost for cost in costs if cost is not None]
    return Usage(
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        completion_tokens=one.completion_tokens + other.completion_tokens,
        cost_usd=sum(known) if known and len(known) == len(costs) else None,
    )
