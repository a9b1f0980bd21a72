"""Status: answered where the archive answers, and only there."""

from collections.abc import Callable
from typing import Any

import pytest
from evals_fakes import Ideal

from evals.datasets import Dataset, GoldAnswer, Sample
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


def test_words_that_say_so_are_as_good_as_none_for_any_kind(samples: dict[str, Sample], ideal: Ideal) -> None:
    """That something is not known may be answered in gold's words; without such words every answer is made up."""
    known = samples["burst"].model_copy(update={"kind": "insufficient_evidence"})
    unknown = known.model_copy(update={"support": ()})
    opened = ideal.citation(1, known.support[0])

    def quoted(document: dict[str, Any]) -> None:
        claim = {"text": opened["quote"], "citations": [1]}
        document.update(status="answered", reason=None, claims=[claim], citations=[opened])

    rates = [score_status(one, ideal.reply(one, quoted)).parts["hallucination_rate"].rate for one in (known, unknown)]
    assert rates == [0.0, 1.0]


def test_to_affirm_a_false_premise_corrects_nothing(samples: dict[str, Sample], ideal: Ideal) -> None:
    """The words that deny it are cited, and the claim says the contrary; a gold answer in other words is right."""
    asked = samples["burst"]
    denial = GoldAnswer(text="The dam did not burst")
    gold = asked.model_copy(update={"answers": (denial,)})

    def says(text: str) -> Callable[[dict[str, Any]], None]:
        claim = {"text": text, "citations": [1]}
        citations = [ideal.citation(1, asked.support[0])]
        return lambda document: document.update(status="answered", reason=None, claims=[claim], citations=citations)

    def hallucinated(sample: Sample, text: str) -> float:
        return score_status(sample, ideal.reply(asked, says(text))).parts["hallucination_rate"].rate

    assert hallucinated(asked, "The dam at Wadi Nahl burst and killed forty.") == 1.0
    assert hallucinated(gold, "The dam did not burst.") == 0.0
