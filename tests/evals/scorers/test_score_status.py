"""Status: answered where the archive answers, and only there."""

import pytest
from evals_fakes import Ideal

from evals.datasets import Dataset, Sample
from evals.scorers.status import corrects, score_status


@pytest.fixture
def samples(small: Dataset) -> dict[str, Sample]:
    """The questions of the small set, by id; what put the false premise right is the dam's opening."""
    samples = {one.id: one for one in small.samples}
    return samples | {"burst": samples["burst"].model_copy(update={"support": samples["opened"].support})}


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        ("toll", "answered", {"status_accuracy": 1.0, "false_refusal_rate": 0.0}),
        ("toll", "disputed", {"status_accuracy": 0.0, "false_refusal_rate": 0.0}),
        ("toll", "insufficient_evidence", {"status_accuracy": 0.0, "false_refusal_rate": 1.0}),
        ("sides", "disputed", {"status_accuracy": 1.0, "false_refusal_rate": 0.0}),
        ("sides", "answered", {"status_accuracy": 0.0, "false_refusal_rate": 0.0}),
        ("sides", "insufficient_evidence", {"status_accuracy": 0.0, "false_refusal_rate": 1.0}),
        ("burst", "insufficient_evidence", {"status_accuracy": 1.0, "hallucination_rate": 0.0}),
        ("burst", "answered", {"status_accuracy": 0.0, "hallucination_rate": 1.0}),
        ("burst", "disputed", {"status_accuracy": 0.0, "hallucination_rate": 1.0}),
    ],
)
def test_each_error_counts_over_the_questions_that_can_show_it(
    samples: dict[str, Sample], ideal: Ideal, asked: str, given: str, expected: dict[str, float]
) -> None:
    """Hallucination is over what the archive does not say, false refusal over what it says."""
    score = score_status(samples[asked], ideal.reply(samples[asked], lambda document: document.update(status=given)))

    assert expected == {name: part.rate for name, part in score.parts.items()}
    assert bool(score.faults) == (score.parts["status_accuracy"].rate == 0.0)


@pytest.mark.parametrize(("other", "expected"), [("opened", 0.0), ("toll", 1.0), ("sides", 1.0)])
def test_a_false_premise_may_be_corrected(
    samples: dict[str, Sample], ideal: Ideal, other: str, expected: float
) -> None:
    """An answer whose claims all cite words that put it right is none of the archive's making up; any other is."""
    claimed = ideal.answer(samples[other]) | {"status": "answered"}
    reply = ideal.reply(samples["burst"], lambda document: document.update(claimed))

    assert corrects(samples["burst"], reply) == (expected == 0.0)
    assert expected == score_status(samples["burst"], reply).parts["hallucination_rate"].rate


def test_a_correction_beside_an_invention_is_no_correction(samples: dict[str, Sample], ideal: Ideal) -> None:
    """One claim that cites what puts it right does not clear another that cites nothing."""
    correction = ideal.answer(samples["opened"])
    correction["claims"].append(correction["claims"][0] | {"text": "Nine died.", "citations": []})

    assert not corrects(samples["burst"], ideal.reply(samples["burst"], lambda document: document.update(correction)))


def test_what_is_simply_not_said_cannot_be_corrected(samples: dict[str, Sample], ideal: Ideal) -> None:
    """Only a false premise may be answered; elsewhere to answer is to make up, whatever is cited."""
    asked = samples["burst"].model_copy(update={"kind": "insufficient_evidence"})
    reply = ideal.reply(asked, lambda document: document.update(ideal.answer(samples["opened"])))

    assert score_status(asked, reply).parts["hallucination_rate"].rate == 1.0
