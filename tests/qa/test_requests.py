"""What can be asked, the same through every door."""

from typing import Any

import pytest
from pydantic import ValidationError

from ingest.domain import Filters
from qa.requests import AskRequest, SearchRequest


def test_only_the_question_is_needed() -> None:
    """Everything but the question has the contract's default."""
    question = AskRequest(question="How many died?").to_question()

    assert (8, Filters(), ()) == (question.top_k, question.filters, question.history)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("How many civilians were killed?", None, "en"),
        ("كم مدنياً قُتل؟", None, "ar"),
        ("كم مدنياً قُتل؟", "en", "en"),
        ("How many civilians were killed?", "ar", "ar"),
    ],
)
def test_answer_language(text: str, wanted: str | None, expected: str) -> None:
    """The answer's language is the question's, unless another is asked for."""
    assert expected == AskRequest(question=text, answer_language=wanted).to_question().answer_language


@pytest.mark.parametrize("length", [1, 2_000])
def test_lengths_allowed(length: int) -> None:
    """A question has 1 to 2,000 characters, white space around it not counted."""
    assert "س" * length == AskRequest(question=f"  {'س' * length}\n").to_question().text


@pytest.mark.parametrize(
    "fields",
    [
        {"question": ""},
        {"question": " \n\t"},
        {"question": "س" * 2_001},
        {"question": 5},
        {"question": None},
        {},
        {"question": "q", "top_k": 0},
        {"question": "q", "top_k": 51},
        {"question": "q", "top_k": "x"},
        {"question": "q", "top_k": 1.5},
        {"question": "q", "answer_language": "Arabic"},
        {"question": "q", "answer_language": "AR"},
        {"question": "q", "extra": 1},
        {"question": "q", "filters": {"published_from": "May"}},
        {"question": "q", "filters": {"published_to": "2018-02-30"}},
        {"question": "q", "filters": {"outlet": "x"}},
        {"question": "q", "filters": {"article_ids": [""]}},
        {"question": "q", "history": [{"role": "system", "content": "x"}]},
        {"question": "q", "history": [{"role": "user"}]},
    ],
)
def test_wrong_questions(fields: dict[str, Any]) -> None:
    """A request that the contract does not describe is refused."""
    with pytest.raises(ValidationError):
        AskRequest.model_validate(fields)


def test_history_is_kept_in_order() -> None:
    """Turns before the question are handed on, oldest first."""
    history = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    question = AskRequest.model_validate({"question": "q", "history": history}).to_question()

    assert history == [turn.model_dump() for turn in question.history]


def test_search_takes_the_same_filters() -> None:
    """A search hands on its filters and how much it wants."""
    filters = Filters(outlets=("x",))
    question = SearchRequest(query=" flood ", filters=filters, top_k=50).to_question()

    assert ("flood", filters, 50) == (question.text, question.filters, question.top_k)
