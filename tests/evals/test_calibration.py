"""The confidence model is fitted on what is observed, and its constants are used as published."""

import random

import pytest

from evals.calibrate import Observation, calibrate
from qa.confidence import THRESHOLD, Features, confidence


def observations(seed: int, number: int = 200) -> list[Observation]:
    """Sentences that are right the more often, the nearer they are to their question."""
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    made = []
    for _ in range(number):
        context = draw.random()
        right = draw.random() < context
        flags = [draw.random() < 0.5 for _ in range(3)]
        features = Features(context, flags[0], draw.random(), draw.random(), *flags[1:], draw.random())
        made.append(Observation(features, right, right))
    return made


def test_the_feature_that_tells_gets_the_weight() -> None:
    """Fitting finds the one feature that decides and leaves the others near zero."""
    fitted = calibrate({"one": observations(1), "two": observations(2)})

    first, *others = fitted.weights
    assert first > 2
    assert max(map(abs, others)) < first / 2
    assert all(area > 0.7 for area in fitted.auc.values())


def test_a_higher_threshold_answers_less() -> None:
    """Answered and hallucinated shares never grow with the threshold."""
    rows = calibrate({"one": observations(1), "two": observations(2)}).rows
    one = [row for row in rows if row.dataset == "one"]

    assert [row.answered for row in one] == sorted((row.answered for row in one), reverse=True)
    assert [row.hallucinated for row in one] == sorted((row.hallucinated for row in one), reverse=True)


NEAR = Features(
    context=0.5,
    foreign=False,
    words=0.5,
    words_abroad=0.0,
    other_year=False,
    no_figure=False,
    names_missing=0.0,
)


@pytest.mark.parametrize(
    ("less_likely", "more_likely"),
    [
        (NEAR, NEAR._replace(context=0.9)),
        (NEAR, NEAR._replace(words=0.9)),
        (NEAR._replace(foreign=True), NEAR._replace(foreign=True, words_abroad=0.5)),
        (NEAR._replace(other_year=True), NEAR),
        (NEAR._replace(no_figure=True), NEAR),
        (NEAR._replace(names_missing=1.0), NEAR),
    ],
)
def test_each_feature_moves_confidence_its_way(less_likely: Features, more_likely: Features) -> None:
    """Likeness and shared words raise confidence; another year, a missing figure and a missing name lower it."""
    assert confidence(less_likely) < confidence(more_likely)


def test_another_year_is_never_claimed() -> None:
    """However near a sentence is, an article that knows none of the years asked for does not answer."""
    nearest = Features(
        context=1.0,
        foreign=False,
        words=0.8,
        words_abroad=0.0,
        other_year=True,
        no_figure=False,
        names_missing=0.0,
    )

    assert confidence(nearest) < THRESHOLD < confidence(nearest._replace(other_year=False))


def test_a_sentence_that_says_nothing_alike_is_not_claimed() -> None:
    """A sentence that shares nothing with the question is below the threshold."""
    assert confidence(NEAR._replace(context=0.0, words=0.0)) < THRESHOLD
