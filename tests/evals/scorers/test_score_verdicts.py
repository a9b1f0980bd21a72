"""Verdicts: right or not, and the citations they rest on verbatim."""

from typing import get_args

import pytest
from evals_fakes import Ideal

from evals.datasets import Dataset, Verdict
from evals.scorers import CheckReply, Score
from evals.scorers.citations import score_check_integrity
from evals.scorers.verdicts import score_verdict

VERDICTS = get_args(Verdict)


@pytest.mark.parametrize("gold", VERDICTS)
@pytest.mark.parametrize("given", VERDICTS)
def test_a_verdict_is_right_when_it_is_the_gold_one(small: Dataset, gold: Verdict, given: Verdict) -> None:
    """Nothing else is half right; a wrong one says what it should be."""
    claim = small.claims[0].model_copy(update={"verdict": gold, "support": ()})

    score = score_verdict(claim, CheckReply(verdict=given))

    assert score.parts["verdict_accuracy"].rate == float(given == gold)
    assert score.faults == (() if given == gold else (f"verdict {given}, should be {gold}",))


def test_a_verdict_on_other_words_is_right_by_luck(small: Dataset, ideal: Ideal) -> None:
    """It counts as right, and not as grounded; without support there is nothing to cite."""
    claim = small.claims[0]
    lucky = score_verdict(claim, CheckReply(verdict=claim.verdict))
    shown = score_verdict(claim, ideal.check(claim))

    assert [score.parts["verdict_accuracy"].rate for score in (lucky, shown)] == [1.0, 1.0]
    assert [score.parts["verdict_grounded"].rate for score in (lucky, shown)] == [0.0, 1.0]
    assert lucky.faults
    unknown = claim.model_copy(update={"verdict": "not_enough_evidence", "support": ()})
    grounded = score_verdict(unknown, CheckReply(verdict="not_enough_evidence")).parts["verdict_grounded"]
    assert grounded.rate == 1.0


def test_what_a_verdict_cites_stands_where_it_says(small: Dataset, ideal: Ideal) -> None:
    """Its citations are looked up like an answer's; one moved by a character is unsound."""
    claim = small.claims[1]
    reply = ideal.check(claim)
    moved = reply.citations[0].model_copy(update={"start": reply.citations[0].start + 1})

    assert score_check_integrity(claim, reply).parts["citation_integrity"].rate == 1.0
    broken = score_check_integrity(claim, reply.model_copy(update={"citations": (moved,)}))
    assert broken.parts["citation_integrity"].rate == 0.0


def test_a_verdict_without_citations_has_none_to_look_up(small: Dataset) -> None:
    """Where there is not enough evidence there is nothing to quote."""
    assert score_check_integrity(small.claims[0], CheckReply(verdict="not_enough_evidence")) == Score()
