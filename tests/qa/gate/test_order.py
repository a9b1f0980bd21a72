"""Words that all stand in a quote have to stand there together, and in its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate.order import in_one_clause, is_run, shifts

RESTRAINT = "The attack was condemned on Monday, and the envoy called for restraint."
TOLL = "54 people, among them 28 civilians, were killed in the raid on the town."
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("The attack was condemned.", RESTRAINT, True),
        ("The envoy called for restraint.", RESTRAINT, True),
        ("The envoy condemned restraint.", RESTRAINT, False),
        ("Restraint called for the envoy.", RESTRAINT, False),
        ("The attack called for restraint.", RESTRAINT, False),
        ("54 people were killed in the raid.", TOLL, True),
        ("28 civilians were killed in the raid.", TOLL, True),
        ("54 civilians were killed.", TOLL, False),
        ("The raid killed 54 people.", TOLL, False),
        ("قُتل 54 شخصاً في غارة على بلدة.", "وقُتل 54 شخصاً في غارة على بلدة، بينهم 28 مدنياً.", True),
        ("غارة قتلت بلدة.", "وقُتل 54 شخصاً في غارة على بلدة، بينهم 28 مدنياً.", False),
        ("Exports rose to $3.2 billion.", "Exports rose by $3.2 billion.", False),
        ("It was inspected before 2019.", "It was inspected after 2019.", False),
        ("It was inspected after 2019.", "It was inspected after 2019.", True),
        ("", TOLL, True),
    ],
)
def test_a_run_of_words(text: str, quote: str, *, expected: bool) -> None:
    """Only whole clauses may be left out of the middle; what comes before or after may."""
    assert expected == is_run(text, [quote], NONE, NONE)


def test_words_of_two_clauses_abroad() -> None:
    """Across languages, whose orders differ, one clause has to say all that the lists know."""
    quote = "قُتل 54 شخصاً في غارة، وأُغلقت المدارس."

    assert in_one_clause("The schools were closed.", [quote], NONE, NONE)
    assert in_one_clause("54 were killed.", [quote], NONE, NONE)
    assert not in_one_clause("54 schools were closed.", [quote], NONE, NONE)


def test_shifts_are_told_in_both_languages() -> None:
    """This year is not last year, and what will be is not what was."""
    assert shifts("It will close this year.") == {"will", "this"}
    assert shifts("سوف تُغلق هذا العام") == {"will", "this"}
    assert shifts("أُغلقت العام الماضي") == shifts("It closed last year.") == {"last"}


@given(st.lists(st.sampled_from((RESTRAINT + " " + TOLL).split()), max_size=12).map(" ".join))
def test_a_text_is_a_run_of_itself(text: str) -> None:
    """Whatever its words, a text says what it says."""
    assert is_run(text, [text], NONE, NONE)
