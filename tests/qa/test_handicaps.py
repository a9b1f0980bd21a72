"""A language is granted what it lacks, and a lone stranger in it is not taken for the best of many."""

import pytest

from qa.handicaps import late_grant

MANY = [0.6, 0.55, 0.5, 0.5, 0.5, 0.4, 0.3]


def test_the_reference_is_granted_nothing() -> None:
    """It is compared with itself."""
    assert late_grant(MANY, MANY) == 0


def test_a_language_that_lies_lower_is_granted_about_what_it_lies_lower() -> None:
    """Many of its passages show how much; a few show less."""
    lower = [value - 0.2 for value in MANY]

    assert 0.1 < late_grant(MANY, lower) < 0.2
    assert late_grant(MANY, lower[:1]) < late_grant(MANY, lower)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_few_strangers_do_not_tie_with_the_best(number: int) -> None:
    """Whatever they say, the only passages of a language are far from the question where their tokens are."""
    strangers = [0.2] * number

    assert 0.2 + late_grant(MANY, strangers) < sorted(MANY)[len(MANY) // 2]


def test_a_lone_answer_in_another_language_competes() -> None:
    """What comes nearer than is usual across languages may come first."""
    assert 0.58 + late_grant(MANY, [0.58]) > 0.59
