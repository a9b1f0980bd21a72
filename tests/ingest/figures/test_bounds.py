"""Hedges and ranges: what makes a figure more, less or about so much."""

import pytest
from snippets import figure, spans

from ingest.domain import Bound
from ingest.figures import read_figures

HEDGES: list[tuple[str, Bound]] = [
    ("About [[40]] people came.", "approximately"),
    ("Close to [[40]] people came.", "approximately"),
    ("[[40]] people or so came.", "approximately"),
    ("Not less than [[40]] people came.", "at_least"),
    ("No fewer than [[40]] people came.", "at_least"),
    ("[[40]] people or more came.", "at_least"),
    ("A total of at least [[40]] people came.", "at_least"),
    ("As many as [[40]] people came.", "at_most"),
    ("No more than [[40]] people came.", "at_most"),
    ("Well over [[40]] people came.", "more_than"),
    ("The count exceeded [[40]] people.", "more_than"),
    ("Just under [[40]] people came.", "less_than"),
    ("The fee is over $[[40]] today.", "more_than"),
    ("An estimated [[40]] people came.", "exact"),
    ("It was worth [[40]] dollars over eight years.", "exact"),
    ("They ruled it for over [[40]] years.", "more_than"),
    ("They lost it over [[40]] years.", "exact"),
    ("The blast killed [[40]], at least 64 were hurt.", "exact"),
    ("جاء نحو [[40]] شخصاً.", "approximately"),
    ("جاء قرابة [[أربعين]] شخصاً.", "approximately"),
    ("جاء [[40]] شخصاً تقريباً.", "approximately"),
    ("جاء ما يقارب [[40]] شخصاً.", "approximately"),
    ("جاء ما لا يقل عن [[40]] شخصاً.", "at_least"),
    ("جاء [[40]] شخصاً على الأقل.", "at_least"),
    ("لا يقل عدد القادمين عن [[40]] شخصاً.", "at_least"),
    ("جاء ما يصل إلى [[40]] شخصاً.", "at_most"),
    ("لا يزيد عددهم على [[40]] شخصاً.", "at_most"),
    ("جاء عدد لا يتجاوز [[40]] شخصاً.", "at_most"),
    ("جاء [[40]] شخصاً على الأكثر.", "at_most"),
    ("جاء أكثر من [[40]] شخصاً.", "more_than"),
    ("جاء بأكثر من [[40]] شخصاً.", "more_than"),
    ("جاء ما يربو على [[40]] شخصاً.", "more_than"),
    ("تجاوز [[40]] شخصاً.", "more_than"),
    ("جاء أقل من [[40]] شخصاً.", "less_than"),
    ("جاء ما دون [[40]] شخصاً.", "less_than"),
    ("جاء [[40]] شخصاً بحسب التقديرات.", "exact"),
]


@pytest.mark.parametrize(("marked", "bound"), HEDGES)
def test_a_hedge_beside_a_figure_is_its_bound(marked: str, bound: Bound) -> None:
    """Before it or after what it counts, turned round by a negation; verbs of estimating are none."""
    assert figure(marked).bound == bound


RANGES: list[tuple[str, float, float]] = [
    ("It takes [[20]] to [[30]] men.", 20, 30),
    ("It takes [[20]]-[[30]] men.", 20, 30),
    ("It takes between [[20]] and [[30]] men.", 20, 30),
    ("It takes between [[twenty]] and [[thirty]] men.", 20, 30),
    ("It costs [[90]] to [[100 million]] dollars.", 90e6, 100e6),
    ("يحتاج إلى ما بين [[٢٠]] و[[٣٠]] رجلاً.", 20, 30),
    ("يحتاج إلى [[عشرين]] إلى [[ثلاثين]] رجلاً.", 20, 30),
    ("دام من [[يومين]] إلى [[ثلاثة]] أيام.", 2, 3),
]


@pytest.mark.parametrize(("marked", "low", "high"), RANGES)
def test_a_range_is_two_figures(marked: str, low: float, high: float) -> None:
    """At least the lower one, at most the upper one; the scale word and the noun are of both."""
    text, places = spans(marked)
    read = read_figures(text)

    assert [(one.start, one.end) for one in read] == places
    assert [(one.value, one.bound) for one in read] == [(low, "at_least"), (high, "at_most")]
    assert read[0].unit_canonical == read[1].unit_canonical


CHANGES = [
    "The rate rose from 8.5 to 9 per cent.",
    "The toll was revised from 40 to 38 people.",
    "ارتفع السعر من 29 إلى 38 ليرة.",
    "They sent 20 men and 30 women.",
]


@pytest.mark.parametrize("text", CHANGES)
def test_a_before_and_an_after_are_no_range(text: str) -> None:
    """Behind a verb of change both figures are exact."""
    assert [one.bound for one in read_figures(text)] == ["exact", "exact"]
