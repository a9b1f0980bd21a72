"""Answer one question, in a straight line.

Question → retrieve → Evidence → propose → Drafts → verify → Claims → compose → Answer

Every step takes one immutable value and returns the next; this module only chains them. It knows
nothing of HTTP, OpenAI or Chroma, and of who drafts no more than `qa.answerers` says: drafts may come
all at once or one by one, and each claim is told when it is verified. Steps that block run in threads,
so that it can be awaited on an event loop.
"""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import anyio.to_thread

from ingest.centroids import Centroids
from ingest.library import Library, QuestionVectors
from prompts import Prompt
from qa.answer import Answer, Claim, IndexInfo, ShownPassage, Timings, Usage
from qa.answerers import Answerer, Extractive, Origin, Proposal
from qa.compose import Composition, compose, show
from qa.conversation import InFull, in_full
from qa.domain import Draft, Evidence, Question
from qa.drafted import together
from qa.parts import Parts
from qa.retrieval import retrieve
from qa.verify import Verified, verify

if TYPE_CHECKING:
    from qa.llm import Model

T = TypeVar("T")


class Passages(NamedTuple):
    """What was retrieved, before anything is claimed."""

    passages: tuple[ShownPassage, ...]


class Claimed(NamedTuple):
    """One verified claim, with the citations it rests on resolved."""

    composition: Composition
    claim: Claim


Event = Passages | Claimed | Answer
"""What happens while a question is answered, in this order: passages once, each claim, the answer."""


class Pipeline:
    """Answers questions from one archive.

    Args:
        library: the archive, and what reads it.
        wording: the service's own words.
        answerer: who drafts; by default the sources themselves.
        model: what reads a follow-up as a whole question; without one, code does.

    Raises:
        EmbeddingMismatchError: the archive was embedded by another model than the library's embedder.
    """

    def __init__(
        self, library: Library, wording: Prompt, answerer: Answerer | None = None, model: "Model | None" = None
    ) -> None:
        library.check()
        self._library = library
        self._archive = library.archive
        self.centroids = Centroids(library.archive, library.embedder)
        self._wording = wording
        self._model = model
        self._read = partial(Parts, aliases=library.aliases, places=library.places)
        self._answerer = answerer or Extractive(library, wording)

    async def answer(self, question: Question) -> Answer:
        """Answer one question. Finding no evidence is an answer too. Cancelling it stops the model's call.

        Raises:
            EmbeddingError: the question cannot be embedded.
            ModelError: the model that drafts gave nothing that can be used, or is not available.
            VectorIndexError: the index cannot be searched.
        """
        async with aclosing(self.events(question)) as events:
            async for event in events:
                if isinstance(event, Answer):
                    return event
        raise AssertionError("a question always ends in an answer")

    async def in_full(self, question: Question) -> InFull:
        """Read a question within its conversation as one that stands by itself."""
        return await in_full(question, self._model, self._read)

    async def search(self, question: Question) -> Evidence:
        """Retrieve alone. Raises as `answer` does."""
        question, _ = await self.in_full(question)
        return await anyio.to_thread.run_sync(self.retrieve, question)

    def retrieve(self, question: Question) -> Evidence:
        """Retrieve alone, blocking. Raises as `answer` does."""
        return self._find(question, self._embed(question))

    async def events(self, question: Question) -> AsyncGenerator[Event, None]:
        """Answer one question, telling each step as it happens. Raises as `answer` does; closing it stops the work."""
        watch = _Watch()
        question, usage = await watch.wait("generate", self.in_full(question))
        asked = await watch.run("embed", lambda: self._embed(question))
        evidence = await watch.run("retrieve", lambda: self._find(question, asked))
        yield Passages(show(evidence))
        standing = None
        async with aclosing(self._verified(evidence, asked, watch)) as verified:
            async for standing in verified:
                for claim in standing.new:
                    yield Claimed(standing.composition, claim)
        assert standing, "an answerer proposes at least once"  # noqa: S101 - its promise
        yield await anyio.to_thread.run_sync(self._answer, evidence, standing.paid(usage), watch)

    async def _verified(
        self, evidence: Evidence, asked: QuestionVectors, watch: "_Watch"
    ) -> "AsyncGenerator[_Standing, None]":
        """What is drafted, as it stands each time that more of it is verified."""
        passed = Verified((), ())
        told: tuple[Draft, ...] = ()
        async with aclosing(self._answerer.propose(evidence, asked)) as proposals:
            while proposal := await watch.wait("generate", anext(proposals, None)):
                standing = await watch.run("verify", partial(self._stand, evidence.question, passed, proposal, told))
                yield standing
                passed, told = standing.verified, standing.composition.drafts

    def _stand(self, question: Question, passed: Verified, proposal: Proposal, told: Sequence[Draft]) -> "_Standing":
        """Verify what is new, and compose it with what has passed before."""
        new = verify(proposal.drafts, self._library)
        verified = Verified(passed.drafts + new.drafts, passed.dropped + proposal.dropped + new.dropped)
        cited = {one.article.id for draft in verified.drafts for one in draft.cited}
        copies = self._archive.copies.of(cited)
        composition = compose(
            question,
            verified,
            wording=self._wording,
            aliases=self._library.aliases,
            copies=copies,
            as_told=proposal.origin.mode == "llm",
        )
        claims = zip(composition.drafts, composition.claims, strict=True)
        return _Standing(proposal.origin, verified, composition, tuple(c for draft, c in claims if draft not in told))

    def _embed(self, question: Question) -> QuestionVectors:
        return self._library.embed_question(question.in_context, question.language)

    def _find(self, question: Question, asked: QuestionVectors) -> Evidence:
        return retrieve(question, asked, library=self._library, centroids=self.centroids)

    def _answer(self, evidence: Evidence, standing: "_Standing", watch: "_Watch") -> Answer:
        mark = self._archive.embedder()
        return standing.composition.answer(
            evidence,
            origin=standing.origin,
            wording=self._wording,
            index=IndexInfo(embedding=mark.name if mark else None, passages=self._archive.passages.count(None)),
            timings=watch.timings(standing.origin.checking),
        )


class _Standing(NamedTuple):
    """What has been drafted and verified so far."""

    origin: Origin
    verified: Verified
    composition: Composition
    new: tuple[Claim, ...]
    """Claims that were not among the last ones."""

    def paid(self, usage: Usage) -> "_Standing":
        """The same with more that a model was paid: for reading the question."""
        return self._replace(origin=self.origin._replace(usage=together(usage, self.origin.usage)))


class _Watch:
    """Says where the time of one question went."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._taken = dict.fromkeys(("embed", "retrieve", "generate", "verify"), 0.0)

    async def run(self, name: str, step: Callable[[], T]) -> T:
        """Run a blocking step in a thread."""
        return await self.wait(name, anyio.to_thread.run_sync(step))

    async def wait(self, name: str, step: Awaitable[T]) -> T:
        """Wait for a step."""
        started = time.perf_counter()
        try:
            return await step
        finally:
            self._taken[name] += time.perf_counter() - started

    def timings(self, checking: float) -> Timings:
        """The time taken, in milliseconds; `checking` of what drafting took was the gate's."""
        total = time.perf_counter() - self._started
        taken = {name: round(seconds * 1000, 3) for name, seconds in (*self._taken.items(), ("total", total))}
        taken["generate"] = round(max(0.0, taken["generate"] - checking), 3)
        taken["verify"] = round(taken["verify"] + checking, 3)
        return Timings(**taken)
