"""Sentences that would lose their speaker are bonded to their neighbour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.attribution import LONGEST_QUOTATION, attribution_follows, bonds, enclosures
from ingest.sentences import split_sentences

LEANING = [
    ("The minister left.", "He added that 28 were killed."),
    ("The minister left.", "She also said the town fell."),
    ("The minister left.", "They also said the town fell."),
    ("SOHR counted 54 dead.", "It said 28 were civilians."),
    ("SANA blamed the coalition.", "The statement added that thirty died."),
    ("SANA blamed the coalition.", "The group said thirty died."),
    ("SANA blamed the coalition.", "The Britain-based monitoring group later reported more."),
    ("SANA blamed the coalition.", "The toll may rise further the source confirmed."),
    ("Abdel Rahman spoke.", "The toll could rise further he said."),
    ("Abdel Rahman spoke.", "According to him, thirty died."),
    ("“We left.", "We will not return,” Smith said."),
    ('"We left', '. We will not return" Smith said.'),
    ("“We left.”", "Those were the words of Smith, who said so."),
    ("The minister said:", "“We left.”"),
    ("قال الوزير ذلك.", "وأضاف أنه تم رفع التقرير."),
    ("قال الوزير ذلك.", "وتابع قائلا: “لا نملك معلومات”."),
    ("قال الوزير ذلك.", "وأوضحت أن العدد 28."),
    ("قال الوزير ذلك.", "وأشار إلى أن العدد 28."),
    ("قال الوزير ذلك.", "ولفت الى ان العدد 28."),
    ("قال الوزير ذلك.", "وقال إن العدد 28."),
    ("قال الوزير ذلك.", "كما قال إن العدد 28."),
    ("قال الوزير ذلك.", "وَأَكَّدَ أَنَّ العدد 28."),
    ("قال الوزير ذلك.", "وأضاف: “العدد 28”."),
    ("قال الوزير ذلك.", "وشدد على أن العدد 28."),
    ("قال الوزير ذلك.", "وأضاف المصدر نفسه أن العدد 28."),
    ("قال الوزير ذلك.", "وذكر البيان أن العدد 28."),
    ("قال الوزير ذلك.", "وبحسب المصدر، العدد 28."),
    ("قال الوزير ذلك.", "ووفقا له، العدد 28."),
    ("“غادرنا.", "ولن نعود”، قال الوزير."),
    ("وقال الوزير:", "“غادرنا”."),
]
FREE = [
    ("The minister left.", "The army entered the town."),
    ("The minister left.", "He was born in Homs in 1950."),
    ("The minister left.", "Abdel Rahman said 28 were killed."),
    ("The minister left.", "The Syrian Observatory for Human Rights said 28 were killed."),
    ("“We left.”", "The army entered the town on Thursday."),
    ("غادر الوزير.", "وقال المتحدث باسم التحالف شون رايان إن العدد 28."),
    ("غادر الوزير.", "وذكر المرصد السوري لحقوق الإنسان، أن 54 شخصا قتلوا."),
    ("غادر الوزير.", "وتابع باريزو: “لا يزال هناك جيبان”."),
    ("غادر الوزير.", "وقال بان كي مون إن العدد 28."),
    ("غادر الوزير.", "وأكد علي حيدر أن العدد 28."),
    ("غادر الوزير.", "واستهدفت الغارة بلدة السوسة."),
    ("“غادرنا”.", "ودخل الجيش البلدة."),
]


def seams(*sentences: str) -> list[bool]:
    """Join sentences by spaces and return the bonds at their seams."""
    spans, text = [], ""
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return bonds(text, spans)


@pytest.mark.parametrize(("left", "right"), LEANING)
def test_sentences_that_need_each_other(left: str, right: str) -> None:
    """A sentence whose speaker is only in its neighbour is bonded to it."""
    assert seams(left, right) == [True]


@pytest.mark.parametrize(("left", "right"), FREE)
def test_sentences_that_stand_alone(left: str, right: str) -> None:
    """A sentence that names its speaker, or has none, is free."""
    assert seams(left, right) == [False]


def test_a_ministry_named_at_the_end_of_a_new_paragraph_is_free() -> None:
    """Across a paragraph's end a pronoun needs what stands before it; a definite noun does not."""
    text = "Her report is due.\n\nEach family will receive 15,000 dinars, {} said."
    spans = [(0, 18), (20, len(text) + 10)]

    assert bonds(text.format("the ministry"), spans) == [False]
    assert bonds(text.format("he"), spans) == [True]
    assert bonds(text.format("the ministry").replace("\n\n", "  "), spans) == [True]


def test_one_entry_a_seam() -> None:
    """There is one answer a seam, and none for fewer than two sentences."""
    assert [bonds("", []), seams("One."), seams("One.", "Two.", "He said three.")] == [[], [], [False, True]]


def test_long_quotation_holds_together() -> None:
    """Every seam inside one quotation is bonded, the seam after it is not."""
    assert seams("“One.", "Two.", "Three.”", "The army left.") == [True, True, False]


def test_unclosed_quotation_binds_nothing() -> None:
    """A mark whose partner is missing or far away bonds nothing."""
    far = "word " * (LONGEST_QUOTATION // 5)

    assert seams("“One.", "Two.", "Three.") == [False, False]
    assert seams("“One.", far, "Three.”") == [False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“a”", {2: 0}),
        ("”a“", {2: 0}),
        ('say "a" and "b"', {6: 4, 14: 12}),
        ("«a “b” c»", {8: 0, 5: 3}),
        ("« a »", {4: 0}),
        ("it's the rebels' (a) town", {19: 17}),
        ('لـ“داعش” و"النصرة".', {7: 2, 17: 10}),
        ('"a', {}),
    ],
)
def test_marks_are_paired(text: str, expected: dict[int, int]) -> None:
    """Quotation marks pair by their place in the line first, by their shape second; apostrophes do not."""
    assert expected == enclosures(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير.", True),
        ("وقال الوزير.", False),
        ("Smith asked.", True),
        ("Smith asked her to go.", False),
        ("The army left.", False),
    ],
)
def test_attribution_after_quotation(text: str, expected: bool) -> None:  # noqa: FBT001 - a parametrised value
    """Only words that do nothing but name the speaker follow a quotation into its sentence."""
    assert expected is attribution_follows(text, 0)


@given(st.text(alphabet="ab. \"“”«»'()\nوقال:", max_size=80))
def test_bonds_never_fail(text: str) -> None:
    """Whatever the text, there is one answer a seam and every pair is well ordered."""
    sentences = split_sentences(text)

    assert max(0, len(sentences) - 1) == len(bonds(text, sentences))
    assert all(open_ < close for close, open_ in enclosures(text).items())
