"""Whatever is written by an independent hand is read back: one figure, its exact value, its exact span."""

import math
import sys
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words
from number_writer import arabic_words
from numeral_writer import DIGITS
from written import (
    WHOLE,
    Written,
    as_money,
    as_percentage,
    as_scales_in_turn,
    decimal_in_digits,
    decimal_in_words,
    in_arabic_words,
    in_english_words,
    in_loose_arabic_words,
    in_plain_digits,
    with_scale_word,
)

from ingest.domain import Bound, StatedFigure
from ingest.figures import read_figures

PATIENT = settings(deadline=None, max_examples=300)


def _assert_read_back(written: Written) -> None:
    read = [(one.value, (one.start, one.end), one.quote) for one in read_figures(written.text)]

    assert read == [(written.value, written.span, written.numeral)], written.text


@given(in_english_words())
@PATIENT
def test_whole_numbers_in_english_words(written: Written) -> None:
    """With and without commas, "and" and hyphens, "a" for "one", seventeen hundred, capitalised."""
    _assert_read_back(written)


@given(in_arabic_words())
@PATIENT
def test_whole_numbers_in_arabic_words(written: Written) -> None:
    """Both genders, all cases, before their noun, with clitics, in every spelling, with tashkeel and without."""
    _assert_read_back(written)


@given(in_loose_arabic_words())
@PATIENT
def test_whole_numbers_in_arabic_words_that_agree_with_nothing(written: Written) -> None:
    """Gender and case are no condition: ثلاثة نساء, قُتل عشرين."""
    _assert_read_back(written)


@given(in_plain_digits())
@PATIENT
def test_whole_numbers_in_digits(written: Written) -> None:
    """Three scripts, every separator, clitics, sentences of both languages."""
    _assert_read_back(written)


@given(decimal_in_digits() | decimal_in_words())
@PATIENT
def test_decimals_with_two_places(written: Written) -> None:
    """Dot, comma and ٫, with thousands separated or not; in English also in words."""
    _assert_read_back(written)


@given(with_scale_word() | as_scales_in_turn())
@PATIENT
def test_digits_with_a_scale_word(written: Written) -> None:
    """14.5 million, €1.2bn, 54 ألف, 8 ملايين, 3 ملايين و200 ألف: the value is exact, and the scale in the span."""
    _assert_read_back(written)


@given(as_money())
@PATIENT
def test_money_in_digits(written: Written) -> None:
    """The currency stands outside the span."""
    _assert_read_back(written)


@given(as_percentage())
@PATIENT
def test_percentages(written: Written) -> None:
    """In digits and words, the sign after or before, in every spelling: inside the span."""
    _assert_read_back(written)


@given(st.integers(min_value=3, max_value=99).filter(lambda n: n % 10 or n == 10), st.sampled_from(["m", "f"]))
@PATIENT
def test_definite_numbers_after_their_noun(number: int, gender: str) -> None:
    """الناجون الثلاثة والعشرون: the article is in the span. Definite tens alone are ordinals as well and left out."""
    form = arabic_words(number, gender=gender, case="gen", definite=True)  # type: ignore[arg-type]
    noun = "الأطفال" if gender == "m" else "النساء"

    _assert_read_back(Written(f"تحدث المسعفون عن {noun} ", form, " الذين نُقلوا إلى المستشفى.", float(number)))


def _num2words_ar(number: int) -> str | None:
    """What another writer makes of a number; it doubles one-of-a-scale after hundreds (ألف ألف), which is nothing."""
    groups = [number // 1000**power % 1000 for power in range(1, 5)]
    return None if any(group > 100 and group % 100 in {1, 2} for group in groups) else num2words(number, lang="ar")


@given(WHOLE.filter(lambda n: n != 1 and _num2words_ar(n) is not None))
@PATIENT
def test_whole_numbers_by_another_writer_of_arabic(number: int) -> None:
    """num2words writes «و» apart and forgets agreement with scales (سبعمائة و تسعة ألفاً): meant is still one number."""
    form = _num2words_ar(number)
    assert form

    _assert_read_back(Written("كان مجموعهم ", form, "، بحسب الوزارة.", float(number)))


DUALS = ["قتيلان", "قتيلين", "شخصان", "شخصين", "طفلتان", "امرأتين", "ساعتين", "يومين", "منزلان", "شَخْصَيْنِ"]


@pytest.mark.parametrize("noun", DUALS)
def test_a_dual_noun_is_its_own_numeral(noun: str) -> None:
    """قتيلان is two."""
    _assert_read_back(Written("تحدثت الشرطة عن ", noun, " في البلدة.", 2.0))


PARTS: list[tuple[str, str, str, float]] = [
    ("It feeds ", "half a million", " people.", 500_000),
    ("It feeds ", "two and a half million", " people.", 2_500_000),
    ("It feeds ", "one and a half million", " people.", 1_500_000),
    ("It burnt ", "three quarters", " of the crop.", 0.75),
    ("It burnt ", "two-thirds", " of the crop.", 2 / 3),
    ("It burnt ", "a quarter", " of the crop.", 0.25),
    ("It sank with ", "two dozen", " men on board.", 24),
    ("يطعم البرنامج ", "نصف مليون", " شخص.", 500_000),
    ("يطعم البرنامج ", "مليوناً ونصف المليون", " من السكان.", 1_500_000),
    ("يطعم البرنامج ", "مليونين ونصف المليون", " من السكان.", 2_500_000),
    ("يطعم البرنامج ", "ثلاثة ملايين ونصف المليون", " شخص.", 3_500_000),
    ("يطعم البرنامج ", "ربع مليون", " شخص.", 250_000),
    ("احترق ", "ثلث", " المحصول.", 1 / 3),
    ("احترقت ", "ثلاثة أرباع", " المحصول.", 0.75),
    ("احترق ", "نصف", " المحصول.", 0.5),
]


@pytest.mark.parametrize(("before", "numeral", "after", "value"), PARTS)
def test_halves_and_other_parts(before: str, numeral: str, after: str, value: float) -> None:
    """Where they count: of a scale, and of a whole that is named."""
    (read,) = read_figures(before + numeral + after)

    assert (read.quote, read.start) == (numeral, len(before))
    assert math.isclose(read.value, value, rel_tol=1e-5)


HEDGED: list[tuple[str, str, Bound]] = [
    ("They counted about ", " people.", "approximately"),
    ("They counted nearly ", " people.", "approximately"),
    ("They counted some ", " people.", "approximately"),
    ("They counted at least ", " people.", "at_least"),
    ("They counted ", " people at least.", "at_least"),
    ("They counted more than ", " people.", "more_than"),
    ("They counted over ", " people.", "more_than"),
    ("They counted up to ", " people.", "at_most"),
    ("They counted no more than ", " people.", "at_most"),
    ("They counted fewer than ", " people.", "less_than"),
    ("They counted ", " people.", "exact"),
    ("أحصت الوزارة نحو ", " من السكان.", "approximately"),
    ("أحصت الوزارة حوالي ", " من السكان.", "approximately"),
    ("أحصت الوزارة قرابة ", " من السكان.", "approximately"),
    ("أحصت الوزارة زهاء ", " من السكان.", "approximately"),
    ("أحصت الوزارة ما لا يقل عن ", " من السكان.", "at_least"),
    ("أحصت الوزارة ", " من السكان على الأقل.", "at_least"),
    ("أحصت الوزارة أكثر من ", " من السكان.", "more_than"),
    ("أحصت الوزارة ما يزيد على ", " من السكان.", "more_than"),
    ("أحصت الوزارة عدداً لا يتجاوز ", " من السكان.", "at_most"),
    ("أحصت الوزارة ", " من السكان بحد أقصى.", "at_most"),
    ("أحصت الوزارة أقل من ", " من السكان.", "less_than"),
    ("أحصت الوزارة ", " من السكان.", "exact"),
]


@pytest.mark.parametrize(("before", "after", "bound"), HEDGED)
@given(number=st.integers(min_value=3, max_value=1899), digits=st.sampled_from([*DIGITS, None]))
@settings(deadline=None, max_examples=20)
def test_a_hedge_bounds_the_figure_and_stays_outside(
    before: str, after: str, bound: Bound, number: int, digits: str | None
) -> None:
    """Before or after the number, in both languages, with digits and words."""
    in_words = num2words(number, lang="en") if before.isascii() else arabic_words(number, case="gen")
    numeral = str(number).translate(str.maketrans(DIGITS[0], digits)) if digits else in_words

    (read,) = read_figures(before + numeral + after)

    assert (read.value, read.quote, read.start, read.bound) == (number, numeral, len(before), bound)


WORDS = (
    *("20", "1.2.3", "1,5", "1 700", "٣٫٥", "٪", "%", "$", "€", "two", "twenty", "hundred", "million", "dozen", "half"),
    *("third", "and", "a", "of", "point", "per", "cent", "to", "between", "-", "–", "about", "at", "least", "m", "bn"),
    *("و", "وعشرون", "ثلاثة", "عشر", "مئة", "ألفا", "ألفان", "آلاف", "ربع", "ونصف", "المليون", "في", "المئة", "بين"),
    *("نحو", "من", "بينهم", "قتيلان", "مدنيين", "ـ", "ل", "بـ", "\u064b", "\u200f", "\u00a0", ",", ".", "،", "٬", "'"),
)
ANYTHING = (
    st.text(max_size=80)
    | st.text(
        st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹.,٫٬،%٪ \u00a0\u202f'-/:$€و\u200e\u200f\u202b𝟚²½Ⅷ"), max_size=80
    )
    | st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
    | st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
    | st.builds(str.__mul__, st.sampled_from(["9", "٩", "1,", "1.", "9 ", "000,"]), st.integers(1, 2000))
)


def _assert_sound(text: str, figures: list[StatedFigure]) -> None:
    """Check that spans are in the text, in order and apart; values finite; a whole is another of the figures."""
    at = 0
    for number, one in enumerate(figures):
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.quote
        assert math.isfinite(one.value)
        assert one.bound in get_args(Bound)
        assert one.whole is None or (one.whole < len(figures) and one.whole != number)
        at = one.end


@given(ANYTHING)
@settings(deadline=None, max_examples=500)
def test_no_text_is_too_strange(text: str) -> None:
    """Any characters, number words in any order, bidirectional marks, endless digits: sound figures or none."""
    _assert_sound(text, read_figures(text))


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "9" * size,
    "groups": lambda size: "1," * size,
    "spaced groups": lambda size: "123 " * size,
    "spaces": lambda size: "5" + " " * size,
    "million after million": lambda size: "million " * size,
    "hundred and": lambda size: "one hundred and " * size,
    "ألف": lambda size: "ألف و" * size,
    "واو": lambda size: "و" * size,
    "tatweel": lambda size: "ـ" * size,
    "tashkeel": lambda size: "ث" + "\u064e\u0651" * size,
    "hedges": lambda size: "at least about " * size,
    "ranges": lambda size: "1-2-" * size,
    "between": lambda size: "between 1 and " * size,
    "among": lambda size: "54 people, among them " * size,
    "percent": lambda size: "%5" * size,
    "months": lambda size: "3 May " * size,
    "letters": lambda size: "a" * size,
    "no sentence ends": lambda size: "they counted 28 civilians and " * size,
    "sentences": lambda size: "They counted 28 civilians. " * size,
}


def _calls(text: str) -> int:
    """How many functions, Python's and C's, are entered to read a text: work that no clock has to measure."""
    entered = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal entered
        entered += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_figures(text)
    finally:
        sys.setprofile(before)
    return entered


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_the_work_grows_with_the_text_and_no_faster(kind: str) -> None:
    """Four times the text takes at most some five times the steps."""
    read_figures(ADVERSARIAL[kind](10))  # caches are filled
    short, long = (_calls(ADVERSARIAL[kind](size)) for size in (250, 1000))

    assert long <= 5 * short + 200


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_no_pattern_goes_over_the_text_again_and_again(kind: str) -> None:
    """What a pattern does inside is no step to count: a hundred thousand letters are read at once."""
    text = ADVERSARIAL[kind](100_000 // len(ADVERSARIAL[kind](1)))

    _assert_sound(text, read_figures(text))


def test_one_behind_and_begins_with_its_own_letter() -> None:
    """«وأحد وثلاثون» is "and 31": the numeral begins behind the «و», which «واحد» has of its own."""
    figures = [read_figures(f"قُتل جنود {words} شخصاً.")[0] for words in ("وأحد وثلاثون", "واحد وثلاثون")]

    assert [(figure.quote, figure.value) for figure in figures] == [("أحد وثلاثون", 31), ("واحد وثلاثون", 31)]
