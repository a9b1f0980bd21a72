"""The tests' own writer of Arabic numbers is right: held against forms known to be correct, and another writer."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words
from number_writer import (
    LITERARY,
    NOUNS,
    STYLES,
    Case,
    Gender,
    Noun,
    Style,
    arabic_forms,
    arabic_words,
    counted,
    num2words_is_sound,
)

MEN, WOMEN = NOUNS[0], NOUNS[7]

KNOWN: list[tuple[int, Gender, Case, bool, str]] = [
    # number, gender of the counted noun, case, whether that noun follows at once, the form
    (0, "m", "nom", False, "صفر"),
    (1, "m", "acc", False, "واحداً"),
    (1, "f", "nom", False, "واحدة"),
    (2, "m", "nom", False, "اثنان"),
    (2, "m", "gen", False, "اثنين"),
    (2, "f", "nom", False, "اثنتان"),
    (2, "f", "acc", False, "اثنتين"),
    (3, "m", "nom", True, "ثلاثة"),
    (3, "f", "gen", True, "ثلاث"),
    (6, "f", "acc", False, "ستاً"),
    (8, "m", "nom", True, "ثمانية"),
    (8, "f", "nom", True, "ثماني"),
    (8, "f", "gen", False, "ثمانٍ"),
    (8, "f", "acc", False, "ثمانياً"),
    (10, "m", "nom", True, "عشرة"),
    (10, "f", "nom", True, "عشر"),
    (11, "m", "gen", True, "أحد عشر"),
    (11, "f", "acc", True, "إحدى عشرة"),
    (12, "m", "nom", True, "اثنا عشر"),
    (12, "m", "gen", True, "اثني عشر"),
    (12, "f", "nom", True, "اثنتا عشرة"),
    (12, "f", "acc", True, "اثنتي عشرة"),
    (13, "m", "nom", True, "ثلاثة عشر"),
    (13, "f", "nom", True, "ثلاث عشرة"),
    (18, "m", "gen", True, "ثمانية عشر"),
    (18, "f", "nom", True, "ثماني عشرة"),
    (20, "f", "nom", True, "عشرون"),
    (20, "m", "acc", True, "عشرين"),
    (21, "m", "nom", True, "واحد وعشرون"),
    (21, "m", "acc", True, "واحداً وعشرين"),
    (21, "f", "gen", True, "واحدة وعشرين"),
    (22, "f", "nom", True, "اثنتان وعشرون"),
    (28, "m", "nom", True, "ثمانية وعشرون"),
    (28, "f", "nom", True, "ثمانٍ وعشرون"),
    (28, "f", "acc", True, "ثمانياً وعشرين"),
    (99, "f", "gen", True, "تسع وتسعين"),
    (100, "f", "acc", True, "مئة"),
    (103, "f", "nom", True, "مئة وثلاث"),
    (111, "f", "nom", True, "مئة وإحدى عشرة"),
    (200, "m", "nom", False, "مئتان"),
    (200, "m", "nom", True, "مئتا"),
    (200, "f", "gen", False, "مئتين"),
    (200, "f", "acc", True, "مئتي"),
    (300, "m", "nom", True, "ثلاثمئة"),
    (584, "f", "gen", True, "خمسمئة وأربع وثمانين"),
    (800, "m", "nom", True, "ثمانمئة"),
    (1000, "m", "nom", True, "ألف"),
    (1000, "m", "acc", False, "ألفاً"),
    (1000, "m", "acc", True, "ألف"),
    (1300, "m", "acc", True, "ألفاً وثلاثمئة"),
    (1918, "m", "nom", True, "ألف وتسعمئة وثمانية عشر"),
    (2000, "m", "nom", False, "ألفان"),
    (2000, "m", "acc", False, "ألفين"),
    (2000, "m", "nom", True, "ألفا"),
    (2000, "m", "gen", True, "ألفي"),
    (2300, "m", "nom", True, "ألفان وثلاثمئة"),
    (3000, "f", "nom", True, "ثلاثة آلاف"),
    (8000, "f", "nom", True, "ثمانية آلاف"),
    (10_000, "m", "gen", True, "عشرة آلاف"),
    (11_000, "m", "nom", False, "أحد عشر ألفاً"),
    (11_000, "f", "nom", True, "أحد عشر ألف"),
    (12_000, "m", "gen", False, "اثني عشر ألفاً"),
    (24_500, "f", "nom", True, "أربعة وعشرون ألفاً وخمسمئة"),
    (100_000, "m", "nom", True, "مئة ألف"),
    (103_000, "m", "nom", True, "مئة وثلاثة آلاف"),
    (120_000, "m", "gen", False, "مئة وعشرين ألفاً"),
    (200_000, "m", "nom", True, "مئتا ألف"),
    (250_000, "m", "gen", True, "مئتين وخمسين ألف"),
    (350_000, "m", "nom", False, "ثلاثمئة وخمسون ألفاً"),
    (1_000_000, "m", "acc", False, "مليوناً"),
    (1_200_000, "m", "nom", True, "مليون ومئتا ألف"),
    (2_000_000, "m", "gen", True, "مليوني"),
    (3_000_000, "f", "nom", True, "ثلاثة ملايين"),
    (14_000_000, "f", "nom", False, "أربعة عشر مليوناً"),
    (2 * 10**9, "m", "nom", False, "ملياران"),
    (5 * 10**9, "m", "nom", True, "خمسة مليارات"),
    (10**12, "m", "nom", True, "تريليون"),
    (1_234_567, "f", "nom", True, "مليون ومئتان وأربعة وثلاثون ألفاً وخمسمئة وسبع وستون"),
]


@pytest.mark.parametrize(("number", "gender", "case", "construct", "form"), KNOWN)
def test_the_grammar_is_kept(number: int, gender: Gender, case: Case, construct: bool, form: str) -> None:  # noqa: FBT001 - a row of the table
    """Polarity, agreement, cases, duals before their noun, and what scales ask for."""
    assert arabic_words(number, gender=gender, case=case, construct=construct) == form
    assert form in arabic_forms(number, gender=gender, case=case, construct=construct)


DEFINITE: list[tuple[int, Gender, Case, str]] = [
    (3, "m", "nom", "الثلاثة"),
    (8, "f", "gen", "الثماني"),
    (11, "f", "nom", "الإحدى عشرة"),
    (15, "m", "gen", "الخمسة عشر"),
    (23, "m", "nom", "الثلاثة والعشرون"),
    (24, "f", "gen", "الأربع والعشرين"),
    (31, "m", "acc", "الواحد والثلاثين"),
]


@pytest.mark.parametrize(("number", "gender", "case", "form"), DEFINITE)
def test_the_article_stands_where_it_belongs(number: int, gender: Gender, case: Case, form: str) -> None:
    """Once before a teen, before both words of a compound; no tanwin with it."""
    assert arabic_words(number, gender=gender, case=case, definite=True) == form


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (100, "مائة"),
        (250, "مائتان وخمسون"),
        (300, "ثلاث مئة"),
        (800, "ثماني مائة"),
        (700, "سبعمائة"),
        (28_000, "ثمانية وعشرون ألفًا"),
        (28_000, "ثمانية وعشرون ألف"),
        (28, "ثمانية و عشرون"),
        (41, "أحد وأربعون"),
        (3 * 10**9, "ثلاثة بلايين"),
    ],
)
def test_what_is_written_in_several_ways_is_written_in_all(number: int, form: str) -> None:
    """Spellings that newspapers mix freely."""
    assert form in arabic_forms(number)


def test_eight_of_a_feminine_noun_has_three_forms() -> None:
    """ثمانٍ by the grammar, ثماني and ثمان in the papers."""
    assert arabic_forms(28, gender="f") >= {"ثمانٍ وعشرون", "ثماني وعشرون", "ثمان وعشرون"}


def test_a_bare_accusative_thousand_is_never_written_as_two() -> None:
    """ألفا without its mark is 2,000 before its noun: such a form belongs to no other number."""
    for form in arabic_forms(1000, case="acc") | arabic_forms(1_000_000, case="acc"):
        assert form.endswith(("اً", "ًا"))


COUNTED: list[tuple[int, Noun, Case, tuple[str, str, str]]] = [
    (3, MEN, "nom", ("", "ثلاثة", " أشخاص")),
    (3, WOMEN, "nom", ("", "ثلاث", " نساء")),
    (15, MEN, "gen", ("", "خمسة عشر", " شخصاً")),
    (200, WOMEN, "acc", ("", "مئتي", " امرأة")),
    (54_000, MEN, "nom", ("", "أربعة وخمسون ألف", " شخص")),
    (1, MEN, "acc", ("شخصاً ", "واحداً", "")),
    (102, WOMEN, "nom", ("", "مئة واثنتان", " من النساء")),
    (105, MEN, "nom", ("", "مئة وخمسة", " أشخاص")),
]


@pytest.mark.parametrize(("number", "noun", "case", "form"), COUNTED)
def test_the_counted_noun_agrees(number: int, noun: Noun, case: Case, form: tuple[str, str, str]) -> None:
    """Plural after 3 to 10, singular accusative after 11 to 99, singular genitive after whole hundreds."""
    assert counted(number, noun, case) == form


def test_numbers_that_are_not_written_are_refused() -> None:
    """Too large, negative, or with an article that nobody gives them."""
    for number, definite in ((-1, False), (10**15, False), (100, True), (2, True)):
        with pytest.raises(ValueError, match="not written"):
            arabic_words(number, definite=definite)


_GROUP = st.integers(min_value=0, max_value=99)


@given(st.tuples(st.integers(min_value=0, max_value=999), _GROUP, _GROUP, _GROUP))
def test_another_writer_writes_the_same(groups: tuple[int, int, int, int]) -> None:
    """Where num2words is right, its form is one of ours, but for مئة, which it mixes, and tanwin, which it drops."""
    number = sum(group * 1000**power for power, group in enumerate(groups))
    assume(num2words_is_sound(number))

    assert _spelled_alike(num2words(number, lang="ar")) in set(map(_spelled_alike, arabic_forms(number)))


def _spelled_alike(form: str) -> str:
    return form.replace("مئ", "مائ").replace("اً", "").replace("ًا", "")


@given(st.integers(min_value=0, max_value=10**12 - 1), st.integers(min_value=0, max_value=10**12 - 1))
def test_two_numbers_are_never_written_alike(one: int, other: int) -> None:
    """In one style, a form names its number: what the reader is asked can be answered."""
    for style in (LITERARY, Style(hundred="مائة", apart=True, billion="بليون", tanwin="", detached=True)):
        assert (arabic_words(one, style=style) == arabic_words(other, style=style)) == (one == other)


def test_every_style_is_there_once() -> None:
    """2 × 2 × 2 × 4 × 2 × 3 × 2 ways."""
    assert len(set(STYLES)) == len(STYLES) == 384
