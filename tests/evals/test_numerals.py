"""Numbers are read in every written form of both languages, and no others with them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.datasets import GoldFigure, load
from evals.numerals import numbers_in, numbers_told, states

NUMBERS = Path(__file__).parents[2] / "evals" / "data" / "numbers"


WRITTEN: dict[float, tuple[str, ...]] = {
    0: ("0", "٠", "zero", "صفر"),
    2: ("قتيلان", "شخصين", "two"),
    3.8: ("3.8", "3,8", "٣٫٨", "٣,٨"),
    5: ("خمسة بالمئة", "5 %", "بخمس"),
    11: ("أحد عشر", "إحدى عشرة", "eleven"),
    18: ("ثماني عشرة", "ثمانية عشر", "eighteen"),
    24: ("two dozen", "دزينتان", "twenty-four", "أربع وعشرين"),
    28: (
        *("28", "٢٨", "۲۸", "و28 شخصاً", "لـ28", "ل28", "28th", "twenty-eight", "ثمانية وعشرون", "ثمانٍ وعشرين"),
        *("بثمانية وعشرين", "ثَمَانِيَةٌ وَعِشْرُونَ", "ثمـــانية وعشرون", "وثماني وعشرون"),
    ),
    30: ("بثلاثين", "للثلاثين", "وبثلاثين", "فثلاثون", "thirty"),
    47.3: ("47.3 %", "47,3 في المئة", "٤٧٫٣٪"),
    100: ("مئة", "مائة", "a hundred", "مئة في المئة"),
    121: ("مئة وواحد وعشرين", "a hundred and twenty-one", "one hundred twenty-one"),
    650: ("ست مئة وخمسون", "ستمائة وخمسين", "six hundred and fifty"),
    1700: ("1,700", "1٬700", "١٬٧٠٠", "۱٬۷۰۰", "1 700", "1\u202f700", "seventeen hundred", "ألف وسبعمئة"),
    1700.5: ("1,700.5", "١٬٧٠٠٫٥", "1.700,5", "1 700,5"),
    1918: ("ألف وتسعمئة وثمانية عشر", "الف وتسعمائه وثمانيه عشر"),
    2000: ("ألفان", "الفين", "two thousand"),
    3000: ("ثلاثة آلاف", "3 آلاف", "3k"),
    24_500: ("أربعة وعشرون ألفاً وخمسمئة", "twenty-four thousand five hundred"),
    54_000: ("54 ألف نازح", "٥٤ ألفاً", "54 thousand"),
    200_000: ("مئتا ألف", "مائتي ألف", "two hundred thousand"),
    250_000: ("a quarter of a million", "ربع مليون"),
    500_000: ("half a million", "نصف مليون"),
    750_000: ("ثلاثة أرباع المليون", "three quarters of a million"),
    1_200_000: ("مليون و200 ألف", "1.2 million", "1,2 مليون"),
    1_500_000: ("one and a half million", "مليون ونصف المليون", "مليون ونصف"),
    2_000_000: ("مليوني دولار", "مليونان"),
    2_500_000: ("2½ million", "مليونان ونصف المليون"),
    12_345_678: ("12,345,678", "12.345.678", "١٢٬٣٤٥٬٦٧٨"),
    1_200_000_000: ("$1.2bn", "1.2 billion", "مليار و200 مليون"),
    3_500_000_000: ("ثلاثة مليارات ونصف المليار", "3,5 مليارات"),
}


@pytest.mark.parametrize(("text", "value"), [(text, value) for value, texts in WRITTEN.items() for text in texts])
def test_a_number_is_read_however_it_is_written(text: str, value: float) -> None:
    """Digits of three scripts, words of both languages in any case, scales and clitics: its value and no other."""
    assert numbers_in(text) == {value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.700", {1700, 1.7}),
        ("20-30 or 200–250", {20, 30, 200, 250}),
        ("twenty, thirty", {20, 30}),
        ("20 و30", {20, 30}),
        ("ثلاثة وأربعة", {3, 4}),
        ("54 قتيلاً، منهم ٢٨ مدنياً", {54, 28}),
        ("Dozens, and hundreds of thousands more", set()),
        ("عشرات، بل مئات", set()),
        ("فرّ آلاف السوريّات", set()),
        ("عشرات الآلاف", set()),
        ("بضعة ملايين", set()),
        ("كمية كبيرة", set()),
        ("3.5.2018, 10.0.0.1", set()),
        ("", set()),
    ],
)
def test_a_text_states_its_numbers_and_no_others(text: str, expected: set[float]) -> None:
    """Both readings of an ambiguous spelling, never a sum of two numbers, and vague words not at all."""
    assert expected == numbers_in(text)


STATED = {
    300: "The wall is 300 m long.", 33.3: "A third of them fled.", 66.7: "احترق ثلثا المنازل.", 50: "Half fled.",
    60: "Three-fifths fled.", -3: "Prices fell 3 per cent.", 1000: "ألفاً", 2_500_000: "$2.5m", 2000: "ألفا قتيل",
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), STATED.items())
def test_a_text_states_what_it_may_be_read_as(value: float, text: str) -> None:
    """A fraction is also a percentage, a fall also a negative number, an "m" metres as well as millions."""
    assert states(text, value)


@pytest.mark.parametrize(("text", "value"), [("28 civilians", 2), ("54 ألفاً", 54), ("14.5 million", 14.5)])
def test_a_part_of_a_number_is_not_stated(text: str, value: float) -> None:
    """Neither one of its digits nor the numeral without its scale."""
    assert not states(text, value)


WHOLE = st.integers(min_value=0, max_value=10**12)
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
SEPARATORS = ("", ",", "٬", "\u2009", "\u00a0", "\u202f")
SENTENCES = ("They counted {} people.", "أحصى الفريق {} نازحاً.", "({})", "و{}")


@st.composite
def written(draw: st.DrawFn) -> tuple[int, str]:
    """A whole number, and a sentence that holds it in digits."""
    number, digits = draw(WHOLE), draw(st.sampled_from(DIGITS))
    grouped = f"{number:,}".replace(",", draw(st.sampled_from(SEPARATORS)))
    sentence = draw(st.sampled_from(SENTENCES))
    return number, sentence.format(grouped.translate(str.maketrans(DIGITS[0], digits)))


@given(written())
@settings(deadline=None)
def test_every_whole_number_is_read_back(pair: tuple[int, str]) -> None:
    """In ASCII, Arabic-Indic and Persian digits, with any thousands separator, and nothing beside it."""
    number, sentence = pair

    assert numbers_in(sentence) == {number}
    assert states(sentence, number)


@given(written())
@settings(deadline=None)
def test_its_neighbour_is_not_stated(pair: tuple[int, str]) -> None:
    """One more or one less is another number, however large."""
    number, sentence = pair

    assert not states(sentence, number + 1)
    assert number == 0 or not states(sentence, number - 1)


WORDS = (
    *("20", "1.2.3", "1,5", "two", "twenty", "hundred", "million", "dozen", "half", "third", "and", "a", "of"),
    *("و", "وعشرون", "ثلاثة", "عشر", "مئة", "ألفا", "ألفان", "آلاف", "ربع", "ونصف", "المليون", "في"),
)


@given(st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_nothing_ever_raises(text: str) -> None:
    """Any code points, lone surrogates included, and number words in any order."""
    assert all(number >= 0 for number in numbers_in(text))
    assert states(text, 28) in {True, False}


@pytest.mark.parametrize("figure", [figure for one in load(NUMBERS).numbers for figure in one.figures])
def test_every_gold_figure_is_stated_by_its_own_quote(figure: GoldFigure) -> None:
    """Up to a scale, where that stands outside its span: "90 to 100 million"."""
    assert any(states(figure.quote, figure.value / scale) for scale in (1, 1e3, 1e6, 1e9, 1e12))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No one was hurt at 9 p.m., and I'm told one of the 28 left.", {28}),
        ("The final score was 2-1 on 3 May 2018 [2].", {2}),
        ("وقع ذلك في الحادي عشر من أيلول/سبتمبر، وقُتل ٢٨.", {28}),
        ("On the twenty-first of May 1,200 came.", {1200}),
        ("في 3 أيار/مايو ٢٠١٨ ارتفع إلى ٢٠٫٣", {20.3}),
        ("ديوان المحاسبة", set()),
    ],
)
def test_numbers_in_the_services_own_words_are_those_that_must_stand_somewhere(text: str, expected: set[float]) -> None:
    """No pronouns, dates, times, marks or words that look like duals."""
    assert numbers_told(text) == expected
