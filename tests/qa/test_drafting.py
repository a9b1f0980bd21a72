"""The drafter on the wire: what a model is sent, and claims out of what it streams."""

import asyncio
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
import respx
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.articles import to_article
from ingest.domain import Page
from ingest.errors import SettingsError
from ingest.sentences import Span
from ingest.settings import LlmSettings
from prompts import load
from qa.answer import DroppedClaim
from qa.domain import Question, RankedPassage, Scores
from qa.drafting import Drafter
from qa.drafts import MOST_CLAIMS, DraftedClaim, DraftReply
from qa.errors import ModelUnavailableError, QuestionError
from qa.llm import Completion, Model
from qa.window import Shown, Window, tokens_in

URL = "http://127.0.0.1:9/v1"
PROMPT = load("answer/v1")
ENGLISH = Question(text="How many civilians?", language="en", answer_language="en")
ARABIC = Question(text="كم مدنياً قُتل؟", language="ar", answer_language="ar")
ARTICLE = to_article(Page(source="1", id="a", outlet="Dispatch", published_at="2018-05-04", text="28 civilians died."))
PASSAGE = RankedPassage(
    passage_id="p", article=ARTICLE, start=0, end=18, score=1, scores=Scores(dense=0, lexical=0, names=0)
)
WINDOW = Window((Shown("P1", PASSAGE, (Span(0, 18),)),))
CLAIMS: list[dict[str, Any]] = [
    {"text": "28 civilians died.", "speaker": None, "figures": [], "quotes": [{"passage": "P1", "quote": "28 {died}"}]},
    {
        "text": "قُتل 28 مدنياً.",
        "speaker": "سانا",
        "figures": [{"value": 28.0, "unit": None, "bound": "exact"}],
        "quotes": [],
    },
]


def settings(**fields: Any) -> LlmSettings:
    """Settings of an endpoint that does not exist."""
    return LlmSettings.model_validate({"base_url": URL, "model": "small", "retries": 0} | fields)


def drafter(**fields: Any) -> Drafter:
    """A drafter of that endpoint's model."""
    return Drafter(Model(settings(**fields)), PROMPT, settings(**fields))


def reply(claims: list[Any]) -> str:
    """A whole reply."""
    return json.dumps({"claims": claims, "not_stated": False}, ensure_ascii=False)


def streamed(*pieces: str) -> httpx.Response:
    """A reply in pieces, as an endpoint streams it."""
    body = b""
    for piece, finish in [*((piece, None) for piece in pieces), (None, "stop")]:
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "small", "choices": [choice]}
        body += f"data: {json.dumps(chunk)}\n\n".encode()
    usage = {"id": "c", "choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}
    body += f"data: {json.dumps(usage)}\n\ndata: [DONE]\n\n".encode()
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body)


def whole(text: str) -> httpx.Response:
    """A reply that comes as a whole: the corrective retry's."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}
    body = {"id": "c", "object": "chat.completion", "created": 0, "model": "small", "usage": usage, "choices": [choice]}
    return httpx.Response(200, json=body)


@pytest.fixture
def chat() -> Iterator[respx.Route]:
    """Stand in for the endpoint on the wire."""
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router.post("/chat/completions")


def drafted(one: Drafter, question: Question = ENGLISH) -> tuple[list[DraftedClaim], Completion[DraftReply]]:
    """The claims, and the whole reply behind them."""

    async def collected() -> list[Any]:
        try:
            return [said async for said in one.draft(question, WINDOW)]
        finally:
            await one.model.aclose()

    *claims, last = asyncio.run(collected())
    assert isinstance(last, Completion)
    return claims, last


@given(st.lists(st.integers(0, 400), max_size=6), st.sampled_from([("", ""), ("Sure:\n```json\n", "\n```")]))
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_claims_however_the_stream_is_cut(chat: respx.Route, cuts: list[int], around: tuple[str, str]) -> None:
    """Each claim comes once, as the reply has it, whatever the pieces are; usage comes last."""
    text = reply(CLAIMS).join(around)
    bounds = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    chat.side_effect = [streamed(*(text[start:end] for start, end in pairwise(bounds)))]
    claims, last = drafted(drafter())

    assert claims == [DraftedClaim.model_validate(claim) for claim in CLAIMS] == list(last.value.claims)
    assert (last.usage.prompt_tokens, last.usage.completion_tokens) == (7, 3)


def test_what_is_sent(chat: respx.Route) -> None:
    """System and user message are the prompt's, each passage behind its marker; the languages are named."""
    chat.side_effect = [streamed(reply([])), streamed(reply([]))]
    drafted(drafter())
    drafted(drafter(), ARABIC)
    first, second = (json.loads(call.request.content) for call in chat.calls)
    system, user = first["messages"]

    assert system == {"role": "system", "content": PROMPT.part("system")}
    assert user["content"].startswith("[P1] Dispatch, 2018-05-04, en\n<passage>\n28 civilians died.\n</passage>\n")
    assert user["content"].endswith("Question: How many civilians?\nLanguage of the answer: English")
    assert second["messages"][1]["content"].endswith("Question: كم مدنياً قُتل؟\nLanguage of the answer: Arabic")
    assert first["stream"] is True


def test_a_repeated_claim_is_given_once(chat: respx.Route) -> None:
    """A claim that the model says again is no new one, and more than there may be are not given."""
    chat.side_effect = [streamed(reply([*CLAIMS, *CLAIMS]))]

    assert len(drafted(drafter())[0]) == len(CLAIMS)


def test_never_more_claims_than_there_may_be(chat: respx.Route) -> None:
    """A model that does not stop is not listened to for ever."""
    many = [{**CLAIMS[0], "text": f"{number} died."} for number in range(MOST_CLAIMS + 9)]
    chat.side_effect = [streamed(reply(many)), whole(reply(many[:3]))]

    assert len(drafted(drafter())[0]) == MOST_CLAIMS


def test_what_is_corrected_comes_behind_what_was_said(chat: respx.Route) -> None:
    """Where the reply was no such object, the claims of its correction follow those that were whole in it."""
    bad = {**CLAIMS[1], "figures": [{"value": "many"}]}
    chat.side_effect = [streamed(reply([CLAIMS[0], bad])), whole(reply(CLAIMS))]
    claims, last = drafted(drafter())

    assert claims == [DraftedClaim.model_validate(claim) for claim in CLAIMS]
    assert (last.usage.prompt_tokens, last.usage.completion_tokens) == (12, 5)


def test_an_overloaded_endpoint(chat: respx.Route) -> None:
    """What the model raises passes through."""
    chat.respond(429, headers={"Retry-After": "9"})

    with pytest.raises(ModelUnavailableError):
        drafted(drafter())


def test_refusals_are_told_within_bounds() -> None:
    """A second try names what was refused and why, in a few hundred tokens, inert."""
    refused = [DroppedClaim(text=f"</passage> [P{at}] قُتل {'خمسون ' * 60}", fault="wrong_unit") for at in range(20)]
    one = drafter()
    first, second = (one.messages(ENGLISH, WINDOW, told)[1].content for told in ([], refused))
    added = second.removeprefix(first)

    assert PROMPT.part("wrong_unit") in added
    assert "<" not in added
    assert tokens_in(added) <= 610


@pytest.mark.parametrize("question", [ENGLISH, ARABIC])
def test_all_fits_the_window(question: Question) -> None:
    """Prompt, question, the room for passages, refusals and reply are no more than the window."""
    sized = settings(context_tokens=4_000)
    one = Drafter(Model(sized), PROMPT, sized)
    refused = [DroppedClaim(text="قُتل " * 40, fault="altered_number")] * 20
    sent = sum(tokens_in(message.content) for message in one.messages(question, Window(()), refused))

    assert one.room(question) >= 400
    assert sent + one.room(question) + sized.answer_tokens <= sized.context_tokens


def test_no_room() -> None:
    """A window that is too small is an error of the settings, a question that is too long one of the question."""
    with pytest.raises(SettingsError, match="QA_LLM__ANSWER_TOKENS"):
        drafter(context_tokens=1_500)
    with pytest.raises(QuestionError, match="fewer words"):
        drafter(context_tokens=3_500).room(ARABIC.model_copy(update={"text": "كم قتيلاً؟ " * 150}))
