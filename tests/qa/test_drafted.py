"""Answers that a model drafts, over real sockets to a scripted one, through the real gate."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from ingest.domain import Page
from ingest.errors import SettingsError
from prompts import load
from qa.answer import Answer
from qa.bootstrap import WORDING, Service
from qa.domain import Question
from qa.errors import ModelError, ModelUnavailableError, QuestionError
from qa.pipeline import Claimed, Event, Passages
from tests.model_server import Call, ModelServer, Say, broken, cut, fenced, model_server, storm, truncated

EARLIER = (
    "The Observatory said 54 people were killed in the strike on Harun. Its director said 28 of them were civilians."
)
LATER = "The Observatory said 61 people were killed in the strike on Harun."
OTHER = "SANA said at least 70 people were killed in the strike on Harun."
PAGES = (
    Page(source="1", id="early", outlet="Dispatch", published_at="2018-05-03", text=EARLIER),
    Page(source="2", id="late", outlet="Dispatch", published_at="2018-05-05", text=LATER),
    Page(source="3", id="sana", outlet="Herald", published_at="2018-05-05", text=OTHER),
    Page(source="4", id="copy", outlet="Mirror", published_at="2018-05-05", text=LATER),
)
ASKED = "How many people were killed in the strike on Harun?"

Opener = Callable[..., AbstractContextManager[Service]]


def claim(text: str, quote: str, figure: tuple[float, str, str] | None = None, speaker: str | None = None) -> Any:
    """Draft a claim, its quote from whichever passage holds it."""

    def drafted(call: Call) -> dict[str, Any]:
        user = call.messages[1]["content"]
        before = user[: user.index(quote)] if quote in user else "[P1]"
        marker = before[before.rindex("[P") + 1 :].split("]")[0]
        figures = [dict(zip(("value", "unit", "bound"), figure, strict=True))] if figure else []
        return {
            "text": text,
            "speaker": speaker,
            "figures": figures,
            "quotes": [{"passage": marker, "quote": quote}],
        }

    return drafted


def saying(*claims: Callable[[Call], Any], **fields: Any) -> Callable[[Call], Say]:
    """A reply with these claims."""

    def reply(call: Call) -> Say:
        drafts = {"claims": [one(call) for one in claims], "not_stated": False, **fields}
        return Say(json.dumps(drafts, ensure_ascii=False))

    return reply


FIRST = claim("The Observatory said 54 people were killed.", EARLIER[:67], (54, "people", "exact"), "The Observatory")
UPDATE = claim("The Observatory said 61 people were killed.", LATER, (61, "people", "exact"), "The Observatory")
SANA = claim("SANA said at least 70 people were killed.", OTHER, (70, "people", "at_least"), "SANA")
ALTERED = claim("The Observatory said 55 people were killed.", EARLIER[:67], (55, "people", "exact"), "The Observatory")
FORGED = claim("Nobody was killed.", "Nobody was killed in the strike.")


@contextmanager
def asking(
    open_with: Opener, answer: Any, pages: tuple[Page, ...] = PAGES[:3], **llm: Any
) -> Iterator[tuple[Service, ModelServer]]:
    """A service whose model says this."""
    with model_server(answer) as server:
        settings = {"base_url": server.base_url, "model": "fake", "retries": 0, **llm}
        with open_with(pages, llm=settings) as service:
            yield service, server


def events(service: Service, text: str = ASKED, **fields: Any) -> list[Event]:
    """Everything that happens while a question is answered."""
    question = Question(text=text, language="en", answer_language="en", **fields)

    async def collected() -> list[Event]:
        try:
            return [event async for event in service.pipeline.events(question)]
        finally:
            await service.aclose()

    return asyncio.run(collected())


def answered(service: Service, text: str = ASKED) -> Answer:
    """The answer to a question."""
    answer = events(service, text)[-1]
    assert isinstance(answer, Answer)
    return answer


def dropped(answer: Answer) -> list[tuple[str, str]]:
    """What was refused, and why."""
    return [(one.text, one.fault) for one in answer.trace.dropped_claims]


def test_a_claim_with_its_quote(open_with: Opener) -> None:
    """What a model drafts is answered in its words, with quote, figure, speaker, and how it came to be."""
    with asking(open_with, saying(FIRST)) as (service, server):
        passages, told, answer = events(service)

    assert isinstance(passages, Passages)
    assert isinstance(told, Claimed)
    assert isinstance(answer, Answer)
    (claimed,) = answer.claims
    assert claimed == told.claim
    assert answer.answer == "The Observatory said 54 people were killed [1]."
    assert (answer.status, answer.reason) == ("answered", None)
    assert [figure.value for figure in claimed.figures] == [54]
    assert claimed.speaker
    (citation,) = answer.citations
    assert EARLIER[citation.start : citation.end] == citation.quote
    trace = answer.trace
    assert ("llm", "fake", "answer/v1", load("answer/v1").sha256) == (
        trace.mode,
        trace.model,
        trace.prompt,
        trace.prompt_sha256,
    )
    assert trace.usage.prompt_tokens > 0
    assert trace.usage.completion_tokens > 0
    times = trace.timings_ms
    assert times.embed + times.retrieve + times.generate + times.verify <= times.total + 0.01
    assert len(server.chats) == 1


def test_only_what_passes_is_told(open_with: Opener) -> None:
    """A claim that the gate refuses is in no event but the trace; the right one beside it is told, numbered 1."""
    with asking(open_with, saying(ALTERED, FORGED, FIRST)) as (service, server):
        _, told, answer = events(service)

    assert isinstance(told, Claimed)
    assert isinstance(answer, Answer)
    assert (told.claim,) == answer.claims
    assert told.claim.citations == (1,)
    assert (dropped(answer)) == [
        ("The Observatory said 55 people were killed.", "altered_number"),
        ("Nobody was killed.", "quote_not_found"),
    ]
    assert len(server.chats) == 1


def test_one_retry_with_the_refusals(open_with: Opener) -> None:
    """Where nothing survives the model is told what was refused and why, once; what it mends is answered."""
    with asking(open_with, [saying(ALTERED), saying(FIRST)]) as (service, server):
        answer = answered(service)

    assert answer.status == "answered"
    assert dropped(answer) == [("The Observatory said 55 people were killed.", "altered_number")]
    first, second = (call.messages[1]["content"] for call in server.chats)
    assert second.startswith(first)
    reason = load("answer/v1").part("altered_number")
    assert f"- The Observatory said 55 people were killed.: {reason}" in second[len(first) :]
    one = Question(text=ASKED, language="en", answer_language="en")
    assert one.text in first
    assert answer.trace.usage.prompt_tokens > len(first) // 8


def test_failed_verification(open_with: Opener) -> None:
    """Where nothing survives the retry either, the answer says so; the model is not asked a third time."""
    with asking(open_with, [saying(ALTERED), saying(FORGED), saying(FIRST)]) as (service, server):
        answer = answered(service)

    assert (answer.status, answer.reason, answer.claims) == ("insufficient_evidence", "failed_verification", ())
    assert [fault for _, fault in dropped(answer)] == ["altered_number", "quote_not_found"]
    assert len(server.chats) == 2


def test_not_stated(open_with: Opener) -> None:
    """Where the model finds nothing stated and drafts nothing, it is not asked again."""
    with asking(open_with, saying(not_stated=True)) as (service, server):
        answer = answered(service)

    assert (answer.status, answer.reason, answer.trace.mode) == ("insufficient_evidence", "not_stated", "llm")
    assert len(server.chats) == 1


def test_nothing_retrieved(open_with: Opener) -> None:
    """Without passages no model is asked."""
    with asking(open_with, saying(FIRST), ()) as (service, server):
        answer = answered(service)

    assert (answer.status, answer.reason) == ("insufficient_evidence", "no_match")
    assert server.chats == []


def test_an_update_keeps_the_numbers_told(open_with: Opener) -> None:
    """A later toll of one speaker replaces the earlier; claims keep the places and numbers they were told with."""
    with asking(open_with, saying(FIRST, UPDATE)) as (service, _):
        _, first, second, answer = events(service)

    assert isinstance(first, Claimed)
    assert isinstance(second, Claimed)
    assert isinstance(answer, Answer)
    assert answer.status == "answered"
    assert [one.superseded_by for one in answer.claims] == [1, None]
    assert [(1,), (2,)] == [one.citations for one in answer.claims] == [first.claim.citations, second.claim.citations]
    assert answer.answer.splitlines() == [
        load(WORDING).part("earlier.en", line="The Observatory said 54 people were killed [1]."),
        "The Observatory said 61 people were killed [2].",
    ]


def test_speakers_at_odds(open_with: Opener) -> None:
    """Values of two speakers that cannot both hold are a dispute; each is a claim."""
    with asking(open_with, saying(UPDATE, SANA)) as (service, _):
        answer = answered(service)

    assert (answer.status, len(answer.claims)) == ("disputed", 2)
    assert load(WORDING).part("disputed.en") == answer.answer.splitlines()[0]


def test_a_copy_is_no_second_source(open_with: Opener) -> None:
    """A report and its copy are one citation, which names the other."""
    with asking(open_with, saying(UPDATE), PAGES[1:4:2]) as (service, _):
        answer = answered(service)

    (citation,) = answer.citations
    assert {"late", "copy"} == {citation.article_id, *(copy.article_id for copy in citation.also_in)}


def test_the_same_twice_is_told_once(open_with: Opener) -> None:
    """A claim that the model repeats is one."""
    with asking(open_with, saying(FIRST, FIRST)) as (service, _):
        assert [Passages, Claimed, Answer] == [type(event) for event in events(service)]


@pytest.mark.parametrize("spoilt", [fenced, lambda answer: truncated(answer, 0.95)])
def test_replies_as_models_write_them(open_with: Opener, spoilt: Callable[[Any], Any]) -> None:
    """A fenced reply, or one cut short behind its first claim, gives the claims that are whole."""
    with asking(open_with, spoilt(saying(FIRST, SANA))) as (service, _):
        assert answered(service).claims[0].text == "The Observatory said 54 people were killed."


def test_what_was_told_before_a_break_stays_told(open_with: Opener) -> None:
    """A connection that breaks behind the first claim and stays broken is an error, behind that claim."""
    pad = claim("x " * 400, OTHER)

    def first(call: Call) -> Say:
        return saying(FIRST, pad)(call)

    with asking(open_with, [cut(3_500, first), broken(), broken()]) as (service, _):
        question = Question(text=ASKED, language="en", answer_language="en")
        seen: list[type] = []

        async def collect() -> None:
            async for event in service.pipeline.events(question):
                seen.append(type(event))  # noqa: PERF401 - what came before the error counts

        with pytest.raises(ModelError):
            asyncio.run(collect())
    assert [Passages, Claimed] == seen


def test_no_model_no_answer(open_with: Opener) -> None:
    """Without fallback an overloaded model is an error that says when to try again."""
    with asking(open_with, storm("7")) as (service, _), pytest.raises(ModelUnavailableError) as caught:
        events(service)

    assert caught.value.retry_after == 7


def test_fallback_says_so(open_with: Opener) -> None:
    """With fallback the sources answer while the model does not, and the trace says why."""
    with asking(open_with, broken(503), fallback=True) as (service, _):
        trace = answered(service).trace

    assert (trace.mode, trace.model, trace.prompt) == ("extractive", None, WORDING)
    assert trace.fallback
    assert "did not answer" in trace.fallback
    assert "127.0.0.1" not in trace.fallback


def test_a_second_look_refuses(open_with: Opener) -> None:
    """Where it is configured, a claim that passed the gate is refused by a second call that finds it not carried."""
    looks = [json.dumps({"reason": "no", "carried": False}), json.dumps({"reason": "yes", "carried": True})]
    with asking(open_with, [saying(FIRST, UPDATE), *looks], second_look=True) as (service, server):
        answer = answered(service)

    assert [one.text for one in answer.claims] == ["The Observatory said 61 people were killed."]
    assert dropped(answer) == [("The Observatory said 54 people were killed.", "unsupported")]
    assert len(server.chats) == 3
    assert "54 people were killed" in server.chats[1].messages[1]["content"]


def test_a_second_look_lets_nothing_through(open_with: Opener) -> None:
    """What the gate refuses is not looked at again; a look without a verdict refuses."""
    with asking(open_with, [saying(ALTERED, FIRST), "Yes!", "Yes!", saying()], second_look=True) as (service, _):
        answer = answered(service)

    assert answer.claims == ()
    assert [fault for _, fault in dropped(answer)] == ["altered_number", "unsupported"]


def test_a_window_too_small(open_with: Opener) -> None:
    """A window without room for passages is refused when the service opens; a question too long for it, when asked."""
    with pytest.raises(SettingsError, match="QA_LLM__CONTEXT_TOKENS"), asking(open_with, saying(), context_tokens=1000):
        pass


def test_a_question_too_long(open_with: Opener) -> None:
    """A question that leaves no room for passages is told so, and the model not asked."""
    with asking(open_with, saying(), context_tokens=3_500) as (service, server):
        with pytest.raises(QuestionError):
            events(service, "كم مدنيا " * 220)
        assert server.chats == []
