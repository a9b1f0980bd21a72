"""Answer one question, in a straight line.

Question → retrieve → Evidence → draft → Drafts → verify → Claims → compose → Answer

Every step takes one immutable value and returns the next; this module only chains them. It knows
nothing of HTTP, OpenAI or Chroma. Steps that block run in threads, so that it can be awaited on
an event loop.
"""

import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import anyio.to_thread

from ingest.centroids import Centroids
from ingest.library import Library, QuestionVectors
from prompts import Prompt
from qa.answer import Answer, Claim, ShownPassage, Timings
from qa.compose import Composition, compose, show
from qa.conversation import in_full
from qa.domain import Evidence, Question
from qa.extract import Extraction, extract
from qa.parts import Parts
from qa.retrieval import retrieve
from qa.verify import verify

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

    Raises:
        EmbeddingMismatchError: the archive was embedded by another model than the library's embedder.
    """

    def __init__(self, library: Library, wording: Prompt, model: "Model | None" = None) -> None:
        library.check()
        self._library = library
        self._archive = library.archive
        self.centroids = Centroids(library.archive, library.embedder)
        self._wording = wording
        self._model = model
        self._read = partial(Parts, aliases=library.aliases, places=library.places)

    async def answer(self, question: Question) -> Answer:
        """Answer one question. Finding no evidence is an answer too.

        Raises:
            EmbeddingError: the question cannot be embedded.
            VectorIndexError: the index cannot be searched.
        """
        async for event in self.events(question):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a question always ends in an answer")

    async def search(self, question: Question) -> Evidence:
        """Retrieve alone. Raises as `answer` does."""
        return await anyio.to_thread.run_sync(self.retrieve, await in_full(question, self._model, self._read))

    def retrieve(self, question: Question) -> Evidence:
        """Retrieve alone, blocking. Raises as `answer` does."""
        return self._find(question, self._embed(question))

    async def events(self, question: Question) -> AsyncGenerator[Event, None]:
        """Answer one question, telling each step as it happens. Raises as `answer` does."""
        started = time.perf_counter()
        question = await in_full(question, self._model, self._read)
        asked, embedding = await _timed(lambda: self._embed(question))
        evidence, retrieving = await _timed(lambda: self._find(question, asked))
        yield Passages(show(evidence))
        extraction, generating = await _timed(lambda: extract(evidence, asked, library=self._library))
        verified, verifying = await _timed(lambda: verify(extraction.drafts, self._library))
        copies = await anyio.to_thread.run_sync(
            self._archive.copies.of, {draft.article.id for draft in verified.drafts}
        )
        composition = compose(question, verified, wording=self._wording, aliases=self._library.aliases, copies=copies)
        for claim in composition.claims:
            yield Claimed(composition, claim)
        timings = Timings(
            embed=embedding,
            retrieve=retrieving,
            generate=generating,
            verify=verifying,
            total=_milliseconds(started),
        )
        yield await anyio.to_thread.run_sync(self._answer, evidence, extraction, composition, timings)

    def _embed(self, question: Question) -> QuestionVectors:
        return self._library.embed_question(question.in_context, question.language)

    def _find(self, question: Question, asked: QuestionVectors) -> Evidence:
        return retrieve(question, asked, library=self._library, centroids=self.centroids)

    def _answer(self, evidence: Evidence, extraction: Extraction, composition: Composition, timings: Timings) -> Answer:
        mark = self._archive.embedder()
        return composition.answer(
            evidence,
            confidence=extraction.confidence,
            wording=self._wording,
            embedding=mark.name if mark else None,
            searched=self._archive.passages.count(None),
            timings=timings,
        )


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 3)


async def _timed(step: Callable[[], T]) -> tuple[T, float]:
    """Run a blocking step in a thread; its result and the milliseconds it took."""
    started = time.perf_counter()
    result = await anyio.to_thread.run_sync(step)
    return result, _milliseconds(started)
