"""What is denied is nobody's figure; what is said beside a denial is."""

import pytest

from ingest.aliases import Aliases
from ingest.denials import not_denied
from ingest.figures import read_figures
from ingest.speakers import read_attributions

ALIASES = Aliases.default()


def kept(text: str) -> list[str]:
    """Figures of a text that are not denied, as written."""
    said = read_attributions(text, aliases=ALIASES)
    return [figure.quote for figure in not_denied(text, read_figures(text), said)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police denied that 80 people were arrested. Their spokesman, Omar Tal, said 12 were detained.", ["12"]),
        ("The army denied killing 80 civilians.", []),
        ("The ministry denied reports that 40 people had died.", []),
        ("Russia has denied that its jets killed 14 people.", []),
        ("Eighty people were arrested, a claim police denied.", []),
        ("The group rejected claims that 40 people had died.", []),
        ("No one was killed, police said, denying that 12 people had died.", []),
        ("نفت الشرطة اعتقال 80 شخصاً في السوق.", []),
        ("نفى الجيش أن يكون 80 مدنياً قد قتلوا.", []),
        ("ونفت الوزارة صحة التقارير عن مقتل 40 شخصاً، وقالت إن 12 شخصاً أصيبوا.", ["12"]),
    ],
)
def test_what_is_denied_is_left_out(text: str, expected: list[str]) -> None:
    """By verbs and participles, before and after, in both languages."""
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister denied wrongdoing and said 12 people were detained.",
        "Police denied the report, saying 12 people were hurt.",
        "The army did not deny that 12 people had died.",
        "The group rejected the offer, and the ministry said 12 people were held.",
        "لم ينف الجيش مقتل 12 شخصاً.",
        "Police said 12 people were arrested.",
    ],
)
def test_what_is_said_beside_a_denial_is_kept(text: str) -> None:
    """A denial of something else, a denial denied, and plain words."""
    assert kept(text) == ["12"]


def test_a_part_whose_whole_is_denied_stands_alone() -> None:
    """Indices are of the figures that are left."""
    text = "Police denied that 80 people were held. The mayor said 54 people died, among them 28 civilians."
    figures = not_denied(text, read_figures(text), read_attributions(text, aliases=ALIASES))

    assert [(figure.value, figure.whole) for figure in figures] == [(54, None), (28, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Not 30 but 40 people were killed in the raid.",
        "40, not 30, people were killed.",
        "The ministry said 40 people, and not 30 as first reported, were killed.",
        "The death toll (40, not the 30 reported on Monday) may rise.",
        "40 people rather than 30 were killed.",
        "Rather than 30, 40 people were killed.",
        "The number of dead is 40 instead of 30.",
        "The raid did not kill 30 people but 40.",
        "ليس 30 بل 40 قتيلا سقطوا في الغارة.",
        "قال الوزير إن عدد القتلى 40 وليس 30.",
        "لم يكن عدد القتلى 30 وإنما 40.",
        "قتل 40 شخصا لا 30 في الغارة.",
        "بدلا من 30 قتيلا، سقط 40 قتيلا.",
    ],
)
def test_a_figure_that_is_put_right_is_left_out(text: str) -> None:
    """Only 40 is stated by "not 30 but 40", wherever the negated figure stands, in both languages."""
    assert kept(text) == ["40"]


@pytest.mark.parametrize(
    "text",
    [
        "Not only 30 soldiers but 40 civilians were killed.",
        "30, if not 40, people were killed.",
        "No fewer than 30 and not more than 40 people were killed.",
        "30 people died, not including the 40 guards.",
        "He was not among the 30 survivors, but 40 others were.",
        "30 prisoners died, not 40 days after the raid.",
        "They had 30 beds. Not one of 40 guests slept.",
        "ليس 30 فقط بل 40 قتيلا.",
        "لم يكتف بإرسال 30 جنديا بل أرسل 40 دبابة.",
        "قتل ما لا يقل عن 30 شخصا وأصيب 40.",
    ],
)
def test_what_only_looks_put_right_is_kept(text: str) -> None:
    """No figure is negated by "not only", "if not", a hedge, or a negation of something else."""
    assert [quote for quote in kept(text) if quote.isdigit()] == ["30", "40"]
