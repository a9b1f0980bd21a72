"""What a question asks for, as far as its own words show."""

import pytest

from qa.asked import holds_figure, holds_time, is_question_word, wants_figure, wants_time, years


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many civilians were killed?", True),
        ("What was the death toll?", True),
        ("كم مدنياً قُتل؟", True),
        ("ما حصيلة القتلى؟", True),
        ("Who leads the inquiry?", False),
        ("من يترأس التحقيق؟", False),
    ],
)
def test_figures_are_asked_for(question: str, *, expected: bool) -> None:
    """How many and how much, in both languages."""
    assert expected == wants_figure(question)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It killed 54.", True),
        ("It killed twenty-eight.", True),
        ("قُتل ٢٨ مدنياً.", True),
        ("قُتل ثلاثون مدنياً.", True),
        ("بثلاثين قتيلاً", True),
        ("It killed civilians.", False),
        ("قُتل مدنيون.", False),
    ],
)
def test_sentences_hold_figures(sentence: str, *, expected: bool) -> None:
    """Digits of any script and number words, with what Arabic writes onto them."""
    assert expected == holds_figure(sentence)


def test_years_are_read_in_any_digits() -> None:
    """Four digits of this century and the last, standing alone."""
    assert years("In 2018 and ٢٠١٩, not 12018 or 1812.") == {2018, 2019}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the ferry sink?", True),
        ("In which year was the plant opened?", True),
        ("متى غرقت العبّارة؟", True),
        ("في أي عام افتُتحت المحطة؟", True),
        ("Who opened it?", False),
        ("كم قتيلاً سقط؟", False),
    ],
)
def test_times_are_asked_for(question: str, *, expected: bool) -> None:
    """When, and which year, month or day, in both languages."""
    assert expected == wants_time(question)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It sank on Thursday.", True),
        ("It opened in 1998.", True),
        ("غرقت الخميس.", True),
        ("وافتُتحت في أيلول/سبتمبر.", True),
        ("It sank 54 metres down.", False),
        ("غرقت قبالة الساحل.", False),
    ],
)
def test_sentences_hold_times(sentence: str, *, expected: bool) -> None:
    """Years, months, days, also in the two Arabic calendars' names."""
    assert expected == holds_time(sentence)


@pytest.mark.parametrize(
    ("word", "expected"), [("Who", True), ("متى", True), ("كَمْ", True), ("ferry", False), ("", False)]
)
def test_question_words(word: str, *, expected: bool) -> None:
    """Whatever their case and vowel marks."""
    assert expected == is_question_word(word)
