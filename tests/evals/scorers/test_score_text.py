"""Text answers: token F1 and exact match, after what spelling leaves free is levelled."""

from typing import Any

import pytest
from evals_fakes import Ideal, refuse

from evals.datasets import Dataset, GoldAnswer, Sample
from evals.scorers import Score
from evals.scorers.text import score_text


@pytest.fixture
def opened(small: Dataset) -> Sample:
    """A question for a date."""
    return small.samples[2]


def scored(opened: Sample, ideal: Ideal, gold: tuple[str, ...], *said: str) -> dict[str, float]:
    """What claims score where any of some texts is right."""
    asked = opened.model_copy(update={"answers": tuple(GoldAnswer(text=text) for text in gold)})

    def say(document: dict[str, Any]) -> None:
        document["claims"] = [document["claims"][0] | {"text": text} for text in said]

    return {name: round(part.rate, 3) for name, part in score_text(asked, ideal.reply(asked, say)).parts.items()}


@pytest.mark.parametrize(
    ("gold", "said", "f1", "exact"),
    [
        ("June 2019", "June 2019", 1.0, 1.0),
        ("June 2019", "june, 2019.", 1.0, 1.0),
        ("the dam", "Dam", 1.0, 1.0),
        ("Café Noël", "cafe noel", 1.0, 1.0),
        ("June 2019", "in June 2019", 0.8, 0.0),
        ("June 2019", "July 2019", 0.5, 0.0),
        ("June 2019", "June June June", 0.4, 0.0),
        ("حزيران ٢٠١٩", "حزيران 2019", 1.0, 1.0),
        ("وزارة الصحة", "وِزَارَةُ الصِّحَّةِ", 1.0, 1.0),
        ("وزارة الصحة", "وزاره الصـــحة", 1.0, 1.0),
        ("أحمد الإبراهيمي", "احمد الابراهيمي", 1.0, 1.0),
        ("القاهرة", "قاهرة", 1.0, 1.0),
        ("القاهرة", "بالقاهرة", 1.0, 1.0),
        ("القاهرة", "والقاهرة", 1.0, 1.0),
        ("القاهرة", "في القاهرة", 0.667, 0.0),
        ("من التلال (from the hills)", "من التلال", 1.0, 1.0),
        ("من التلال (from the hills)", "from hills", 1.0, 1.0),
        ("القاهرة", "", 0.0, 0.0),
    ],
)
def test_words_match_whatever_their_spelling(  # noqa: PLR0913 - a table's columns
    opened: Sample, ideal: Ideal, gold: str, said: str, f1: float, exact: float
) -> None:
    """Case, marks, punctuation, digits and articles are levelled in both languages; other words are other words."""
    assert scored(opened, ideal, (gold,), said) == {"answer_f1": f1, "answer_exact_match": exact}


def test_the_nearest_gold_answer_counts(opened: Sample, ideal: Ideal) -> None:
    """Any one is enough."""
    assert scored(opened, ideal, ("in summer", "June 2019"), "June 2019")["answer_exact_match"] == 1.0


def test_all_that_is_claimed_counts_together(opened: Sample, ideal: Ideal) -> None:
    """To say more than asked costs precision: the right answer among others is not the right answer."""
    found = scored(opened, ideal, ("June 2019",), "June 2019", "May 2018")

    assert found == {"answer_f1": 0.667, "answer_exact_match": 0.0}


def test_a_refusal_says_nothing_right(opened: Sample, ideal: Ideal) -> None:
    """Where there is an answer, silence scores zero."""
    assert [part.rate for part in score_text(opened, ideal.reply(opened, refuse)).parts.values()] == [0.0, 0.0]


def test_figures_disputes_and_refusals_are_scored_elsewhere(small: Dataset, ideal: Ideal) -> None:
    """Only an answered question whose gold is text has a text to match."""
    others = [one for one in small.samples if one.id != "opened"]

    assert [score_text(one, ideal.reply(one)) for one in others] == [Score()] * 3
