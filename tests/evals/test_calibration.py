"""The confidence models are fitted on what is observed, and their constants are used as published."""

import random

import pytest

from evals.calibrate import KINDS, Observation, calibrate
from qa.confidence import FIGURES, SENTENCES, Features, Model, confidence

MODELS = {"figures": FIGURES, "sentences": SENTENCES}


def observations(seed: int, number: int = 200) -> list[Observation]:
    """Candidates that are right the more often, the higher they score; half of them figures."""
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    made = []
    for at in range(number):
        score = draw.random()
        right = draw.random() < score
        flags = [draw.random() < 0.5 for _ in range(4)]
        features = Features(
            score=score,
            held=draw.random(),
            foreign=flags[0],
            words=draw.random(),
            words_abroad=draw.random(),
            other_year=flags[1],
            other_month=flags[2],
            places_missing=draw.random(),
            speaker=flags[3],
            unsaid=draw.random(),
        )
        made.append(Observation("figures" if at % 2 else "sentences", features, right, right))
    return made


def test_the_feature_that_tells_gets_the_weight() -> None:
    """Fitting finds the one feature that decides and leaves the others near zero, for figures and for sentences."""
    fitted = calibrate({"one": observations(1, 800), "two": observations(2, 800)}).models

    assert fitted.keys() == set(KINDS)
    for model in fitted.values():
        first, *others = model.weights
        assert first > 2
        assert max(map(abs, others)) < first / 2
        assert all(area > 0.7 for area in model.auc.values())


def test_a_higher_threshold_answers_less() -> None:
    """Answered and hallucinated shares never grow with the threshold."""
    rows = calibrate({"one": observations(1), "two": observations(2)}).rows
    one = [row for row in rows if row.dataset == "one" and row.kind == "figures"]

    assert len(one) > 1
    assert [row.answered for row in one] == sorted((row.answered for row in one), reverse=True)
    assert [row.hallucinated for row in one] == sorted((row.hallucinated for row in one), reverse=True)


def test_what_was_never_seen_fits_nothing() -> None:
    """Sets without questions for figures fit no model of them; where all are right there is nothing to tell apart."""
    sentences = [one for one in observations(1) if one.kind == "sentences"]
    all_right = [one._replace(kind="figures", right=True) for one in observations(2)]

    assert calibrate({"one": sentences, "two": all_right}).models.keys() == {"sentences"}


NEAR = Features(
    score=1.7,
    held=0.5,
    foreign=False,
    words=0.8,
    words_abroad=0.0,
    other_year=False,
    other_month=False,
    places_missing=0.0,
    speaker=False,
    unsaid=0.1,
)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize(
    ("less_likely", "more_likely"),
    [
        (NEAR, NEAR._replace(score=2.0)),
        (NEAR, NEAR._replace(held=0.7)),
        (NEAR, NEAR._replace(words=0.9)),
        (NEAR._replace(foreign=True), NEAR._replace(foreign=True, words_abroad=0.5)),
        (NEAR._replace(other_year=True), NEAR),
        (NEAR._replace(other_month=True), NEAR),
    ],
)
def test_each_feature_moves_confidence_its_way(model: Model, less_likely: Features, more_likely: Features) -> None:
    """Likeness and shared words raise confidence; another year and another month lower it."""
    assert confidence(less_likely, model) < confidence(more_likely, model)


def test_a_place_that_a_story_does_not_name_lowers_confidence_in_its_figures() -> None:
    """A toll of another town's strike shares all words but the town's name."""
    assert confidence(NEAR._replace(places_missing=1.0), FIGURES) < confidence(NEAR, FIGURES)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_what_says_nothing_alike_is_not_claimed(model: Model) -> None:
    """A candidate that shares little with the question is below the threshold, a near one above it."""
    far = NEAR._replace(score=0.7, held=0.1, words=0.1)

    assert confidence(far, model) < model.threshold < confidence(NEAR, model)
