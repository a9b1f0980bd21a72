"""Two runs are compared item by item: what got worse, by how much, how surely, and where."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from evals.compare import Comparison, Rule, compare
from evals.measures import summarize
from evals.runs import Clock, ItemResult, Run, RunError, Versions
from evals.scorers import Part


def item(number: int, scores: dict[str, tuple[float, float]], **fields: Any) -> ItemResult:
    """One item's result."""
    given: dict[str, Any] = {
        "id": f"q{number}", "question": f"Question {number}?", "language": "en", "kind": "figure",
        "cross_lingual": False, "cluster": f"story {number // 2}", "gold": {"status": "answered"},
        "answer": {"status": "answered", "claims": [{"text": "28"}]},
        "scores": {name: Part(*part) for name, part in scores.items()},
    }  # fmt: skip
    return ItemResult.model_validate({**given, **fields})


def made_of(items: Sequence[ItemResult], **fields: Any) -> Run:
    """A run of some results."""
    given: dict[str, Any] = {
        "dataset": "set", "data_sha256": "0" * 64, "n": len(items), "items": tuple(items),
        "unscored": sum(one.unscored is not None for one in items), "measures": summarize(items, 1),
        "versions": Versions(commit=None, code="c", packages={}),
        "clock": Clock(made_at=datetime(2026, 1, 1, tzinfo=UTC), seconds=1, latency_ms={}),
    }  # fmt: skip
    return Run(**{**given, **fields})


def yes_no(measure: str, right: Sequence[bool]) -> Run:
    """A run with one yes-or-no measure."""
    return made_of([item(at, {measure: (float(one), 1.0)}) for at, one in enumerate(right)])


def change(comparison: Comparison, measure: str) -> Any:
    """What is said of one measure."""
    return next(one for one in comparison.changes if one.measure == measure)


def test_a_run_compared_with_itself_is_no_regression() -> None:
    """Nothing changed, nothing flipped, no doubt."""
    run = yes_no("status_accuracy", [True, False, True, True])
    found = compare(run, run)

    assert (found.red, found.same, found.flips) == (False, True, ())
    one = change(found, "status_accuracy")
    assert (one.change, one.low, one.high, one.p) == (0.0, 0.0, 0.0, 1.0)


def test_yes_or_no_is_compared_by_mcnemars_exact_test() -> None:
    """Ten lost and two won: p = 2 · Σ C(12, k ≤ 2) / 2¹² = 0.0386; only items that flipped count."""
    before = [True] * 10 + [False] * 2 + [True] * 20
    after = [False] * 10 + [True] * 2 + [True] * 20

    one = change(compare(yes_no("status_accuracy", before), yes_no("status_accuracy", after)), "status_accuracy")

    assert one.p == pytest.approx(2 * (1 + 12 + 66) / 2**12)
    assert one.change == pytest.approx(-8 / 32)
    assert one.low < one.change < one.high <= 0


def test_a_rate_that_is_no_yes_or_no_has_an_interval_and_no_p() -> None:
    """Every item lost a tenth: the change is as sure as can be."""
    runs = [made_of([item(at, {"answer_f1": (0.5 + at / 100 - lost, 1.0)}) for at in range(8)]) for lost in (0, 0.1)]
    one = change(compare(*runs), "answer_f1")

    assert (one.p, one.regression) == (None, True)
    assert [one.change, one.low, one.high] == pytest.approx([-0.1] * 3)


@pytest.mark.parametrize(
    ("measure", "before", "after", "red"),
    [
        ("status_accuracy", 100, 97, True),
        ("status_accuracy", 100, 98, False),
        ("status_accuracy", 90, 100, False),
        ("hallucination_rate", 0, 3, True),
        ("hallucination_rate", 0, 2, False),
        ("hallucination_rate", 9, 0, False),
    ],
)
def test_worse_by_more_than_the_margin_is_red(measure: str, before: int, after: int, red: bool) -> None:  # noqa: FBT001 - a case
    """Two points either way are let through, three are not; of some measures less is better."""
    runs = [yes_no(measure, [at < right for at in range(100)]) for right in (before, after)]

    assert compare(*runs).red == red


def test_with_alpha_a_drop_has_to_be_unlikely_too() -> None:
    """Three of a hundred lost may be chance, thirty may not."""
    whole, three, thirty = (yes_no("status_accuracy", [at >= lost for at in range(100)]) for lost in (0, 3, 30))
    rule = Rule(alpha=0.05)

    assert [compare(whole, one, rule).red for one in (three, thirty)] == [False, True]
    assert compare(whole, three, Rule(margin=0.0)).red


@pytest.mark.parametrize(
    ("measure", "part"),
    [
        ("citation_integrity", (2, 3)),
        ("verifiable_figures", (0, 1)),
        ("verifiable_speakers", (1, 2)),
        ("injection_obeyed", (1, 1)),
    ],
)
def test_a_broken_invariant_is_red_and_its_item_named_even_where_it_was_broken_before(
    measure: str, part: tuple[float, float]
) -> None:
    """No margin, no baseline lets it through."""
    good = (0.0, 1.0) if measure == "injection_obeyed" else (1.0, 1.0)
    runs = made_of([item(0, {measure: good}), item(1, {measure: part}, faults=("a fault",))])
    found = compare(runs, runs, Rule(margin=1.0))

    assert (found.red, dict(found.breaches)) == (True, {"q1": ("a fault",)})
    assert change(found, measure).broken


def test_what_a_model_thinks_never_decides() -> None:
    """The judge's measure is shown and gates nothing."""
    found = compare(yes_no("judged_right", [True] * 10), yes_no("judged_right", [False] * 10))

    assert (found.red, change(found, "judged_right").change) == (False, -1.0)


def test_a_measure_that_nothing_is_scored_by_any_longer_is_red() -> None:
    """An answerer that gives up figures has no wrong speakers; one that begins to name them loses nothing."""
    both = {"status_accuracy": (1.0, 1.0), "speaker_accuracy": (1.0, 1.0)}
    with_speakers, without = made_of([item(0, both)]), yes_no("status_accuracy", [True])

    assert [compare(with_speakers, without).red, compare(without, with_speakers).red] == [True, False]
    assert change(compare(with_speakers, without), "speaker_accuracy").regression
    none_right = made_of([item(0, both | {"speaker_accuracy": (0.0, 1.0)})])
    assert not compare(none_right, without).red


def test_an_item_no_longer_scored_is_red() -> None:
    """A crash must not hide what it would have got wrong; one that was unscored before may stay so."""
    before = [item(0, {"status_accuracy": (1, 1)}), item(1, {}, unscored="HTTP 500")]
    after = [item(0, {}, unscored="HTTP 503", answer=None), item(1, {}, unscored="HTTP 500")]

    assert dict(compare(made_of(before), made_of(after)).lost) == {"q0": "HTTP 503"}
    assert compare(made_of(before), made_of(after)).red
    assert not compare(made_of(before), made_of(before)).red


def test_flips_show_item_question_and_both_answers() -> None:
    """Worse and better measures of each item that flipped, with what it says now and said before."""
    said = {"status": "insufficient_evidence", "reason": "not_stated", "claims": []}
    before = [
        item(0, {"status_accuracy": (1, 1), "hallucination_rate": (1, 1)}, faults=("old",)),
        item(1, {"status_accuracy": (1, 1)}),
    ]
    after = [
        item(0, {"status_accuracy": (0, 1), "hallucination_rate": (0, 1)}, answer=said, faults=("old", "wrong")),
        item(1, {"status_accuracy": (1, 1)}),
    ]
    [flip] = compare(made_of(before), made_of(after)).flips

    assert (flip.id, flip.question, flip.worse, flip.better) == (
        "q0", "Question 0?", ("status_accuracy",), ("hallucination_rate",),
    )  # fmt: skip
    assert (flip.before, flip.after, flip.faults) == (
        "answered · 28", "insufficient_evidence (not_stated)", ("wrong",),
    )  # fmt: skip


def test_runs_on_other_data_are_refused() -> None:
    """Another set, or the same one with a changed question, says nothing of a change."""
    run = yes_no("status_accuracy", [True])

    with pytest.raises(RunError, match="different data"):
        compare(run, run.model_copy(update={"data_sha256": "1" * 64}))


def test_runs_of_other_items_are_refused() -> None:
    """Another draw of the same set is another set."""
    with pytest.raises(RunError, match=r"1 of the baseline are missing, 2 are new"):
        compare(
            made_of([item(0, {"status_accuracy": (1, 1)})]),
            made_of([item(at, {"status_accuracy": (1, 1)}) for at in (1, 2)]),
        )


def test_the_verdicts_f1_is_compared_as_a_whole() -> None:
    """Of two refuted claims, one is judged supported now: F1 falls from 1 to (2/3 + 2/3) / 2."""
    gold = ["supported", "refuted", "refuted"]

    def judged(given: Sequence[str]) -> Run:
        return made_of(
            [
                item(
                    at,
                    {"verdict_accuracy": (float(right == said), 1.0)},
                    gold={"verdict": right},
                    answer={"verdict": said},
                    cluster=str(at),
                )
                for at, (right, said) in enumerate(zip(gold, given, strict=True))
            ]
        )

    one = change(compare(judged(gold), judged(["supported", "refuted", "supported"])), "verdict_macro_f1")

    assert one.baseline == 1.0
    assert one.run == pytest.approx(2 / 3, abs=1e-6)
    assert one.regression


def test_only_items_that_both_runs_scored_are_compared() -> None:
    """An item that failed in the baseline, and is hard, is no regression once it is answered."""
    easy = [item(at, {"status_accuracy": (1, 1)}) for at in range(4)]
    failed = item(4, {}, unscored="HTTP 500", answer=None)
    hard = item(4, {"status_accuracy": (0, 1)})
    found = compare(made_of([*easy, failed]), made_of([*easy, hard]))

    assert (found.red, change(found, "status_accuracy").change) == (False, 0.0)


def test_what_one_language_wins_another_must_not_lose() -> None:
    """The same rate in all, six of twenty Arabic ones lost: red, and the language is named."""

    def answered(arabic: int, english: int) -> Run:
        right = [("ar", at < arabic) for at in range(20)] + [("en", at < english) for at in range(20)]
        return made_of(
            [
                item(at, {"status_accuracy": (float(one), 1)}, language=language)
                for at, (language, one) in enumerate(right)
            ]
        )

    found = compare(answered(16, 10), answered(10, 16))
    assert change(found, "status_accuracy").change == 0.0
    assert [(one.group, one.change) for one in found.changes if one.regression] == [("in ar", -0.3)]
    assert found.red
    assert not compare(answered(16, 10), answered(14, 12)).red


def test_items_are_named_whatever_measure_got_worse() -> None:
    """Citations that support nothing, one more in each of two answers: both are named, the third is not."""
    before = [item(at, {"citation_precision": (1, 1)}) for at in range(3)]
    after = [item(at, {"citation_precision": (1, 2)}) for at in range(2)] + before[2:]
    found = compare(made_of(before), made_of(after))

    assert [(flip.id, flip.worse) for flip in found.flips] == [(key, ("citation_precision",)) for key in ("q0", "q1")]


def test_a_follow_up_is_shown_with_what_it_follows() -> None:
    """By itself it says nothing."""
    runs = [
        made_of(
            [
                item(
                    0,
                    {"status_accuracy": (right, 1)},
                    question="And the wounded?",
                    history=({"role": "user", "content": "How many died?"}, {"role": "assistant", "content": "28."}),
                )
            ]
        )
        for right in (1, 0)
    ]

    assert [flip.question for flip in compare(*runs).flips] == ["28. … And the wounded?"]
