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
