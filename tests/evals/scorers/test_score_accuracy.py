"""Accuracy: one yes or no for a whole answer, read kindly and strictly."""

from typing import Any

import pytest
from evals_fakes import Ideal, Spoil, alter_digit, refuse

from evals.datasets import Dataset, Sample, Support
from evals.scorers.accuracy import score_accuracy

TOLL, SIDES, OPENED, BURST = range(4)
"""Questions of the small set."""


def scored(sample: Sample, ideal: Ideal, spoil: Spoil) -> tuple[float, float]:
    """Whether a reply is right, and whether it is strictly."""
    parts = score_accuracy(sample, ideal.reply(sample, spoil)).parts
    return parts["answer_accuracy"].rate, parts["strict_accuracy"].rate


def status(value: str) -> Spoil:
    """The answer says that it is of another kind."""
    return lambda document: document.update(status=value)


def one_side(document: dict[str, Any]) -> None:
    """Only the first claim is left."""
    document["claims"] = document["claims"][:1]


def uncited(document: dict[str, Any]) -> None:
    """No claim cites anything."""
    for claim in document["claims"]:
        claim["citations"] = []


@pytest.mark.parametrize(
    ("at", "spoil", "expected"),
    [
        *((at, lambda _: None, (1.0, 1.0)) for at in (TOLL, SIDES, OPENED, BURST)),
        *((at, refuse, (0.0, 0.0)) for at in (TOLL, SIDES, OPENED)),
        *((at, uncited, (0.0, 0.0)) for at in (TOLL, SIDES, OPENED)),
        (TOLL, status("disputed"), (1.0, 0.0)),
        (TOLL, alter_digit, (1.0, 0.0)),
        (SIDES, one_side, (1.0, 0.0)),
        (SIDES, status("answered"), (1.0, 0.0)),
        (BURST, status("answered"), (0.0, 0.0)),
    ],
)
def test_an_answer_is_right_by_what_it_cites_and_strictly_by_all_it_says(
    ideal: Ideal, at: int, spoil: Spoil, expected: tuple[float, float]
) -> None:
    """The first claim's citations decide; strictly, status, figure and every side too."""
    assert expected == scored(ideal.dataset.samples[at], ideal, spoil)


def test_the_right_words_after_wrong_ones_come_too_late(small: Dataset, ideal: Ideal) -> None:
    """Only what the first claim cites counts."""

    def late(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.cite(2, ideal.articles["raid-ar"], 50, 80))
        document["claims"].insert(0, document["claims"][0] | {"citations": [2]})

    assert scored(small.samples[OPENED], ideal, late) == (0.0, 0.0)


def test_a_correction_of_a_false_premise_is_right(small: Dataset, ideal: Ideal) -> None:
    """As right as a refusal."""
    opened = small.samples[OPENED]
    burst = small.samples[BURST].model_copy(update={"support": opened.support})

    assert scored(burst, ideal, lambda document: document.update(ideal.answer(opened))) == (1.0, 1.0)


@pytest.mark.parametrize(("start", "end", "expected"), [(75, 97, 1.0), (0, 40, 0.0)])
def test_in_a_gold_paragraph_the_words_hold_a_gold_answer(
    small: Dataset, ideal: Ideal, start: int, end: int, expected: float
) -> None:
    """Where the whole article is support, a citation beside the answer is no answer."""
    whole = small.samples[OPENED].model_copy(update={"support": (Support(article_id="dam"),)})
    cited = [ideal.cite(1, ideal.articles["dam"], start, end)]

    assert scored(whole, ideal, lambda document: document.update(citations=cited))[0] == expected


def test_a_replaced_claim_is_not_the_first(small: Dataset, ideal: Ideal) -> None:
    """An update told as the contract has it, the older count first and superseded, is right."""

    def updated(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.cite(2, ideal.articles["dam"], 0, 20))
        older = {"text": "An older count", "citations": [2], "superseded_by": 1, "speaker": None}
        document["claims"].insert(0, document["claims"][0] | older)

    assert scored(small.samples[TOLL], ideal, updated) == (1.0, 1.0)


def test_strictly_the_speaker_counts(small: Dataset, ideal: Ideal) -> None:
    """Another's name under the ministry's own sentence is right in figure and citation, and wrong."""

    def ascribed(document: dict[str, Any]) -> None:
        document["claims"][0]["speaker"] = {"name": "SANA", "canonical": "SANA"}

    assert scored(small.samples[TOLL], ideal, ascribed) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It opened in June 2019.", 1.0), ("In June 2019", 1.0), ("The minister opened it", 0.0), ("فُتح في حزيران", 0.0)],
)
def test_strictly_the_words_count(small: Dataset, ideal: Ideal, text: str, expected: float) -> None:
    """The right sentence is cited each time; what is claimed from it is gold's words, or its own, or neither."""

    def says(document: dict[str, Any]) -> None:
        document["claims"][0]["text"] = text

    assert scored(small.samples[OPENED], ideal, says) == (1.0, expected)
