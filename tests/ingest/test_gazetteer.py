"""Known names are found as whole words, the longest first, where they stand in the text itself."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gazetteer import Gazetteer, Name

HARBOUR = Gazetteer(
    [
        Name("Harbour Watch", "Harbour Watch", "monitor"),
        Name("HW", "Harbour Watch", "monitor"),
        Name("مرصد الميناء", "Harbour Watch", "monitor"),
        Name("المرفأ", "Port", "place"),
        Name("اللجنة البحرية", "Sea Committee", "monitor"),
        Name("WHO", "World Health Organization", "un"),
        Name("U.N.", "United Nations", "un"),
        Name("Ta'izz", "Taiz", "city"),
        Name("Deir ez-Zor", "Deir ez-Zor", "city"),
        Name("Turkey", "Turkey", "country"),
        Name("Turkey Run", None),
        Name("الباب", "Al-Bab", "town", frozenset({"مدينه", "town"})),
        Name("Salma", "Salma", "town", frozenset({"مدينه", "town"})),
        Name("عُمان", "Oman", "country"),
        Name("عمان", "Amman", "city"),
    ]
)


def met(text: str) -> list[tuple[str, str]]:
    """What is found in a text: the words there, and whose they are."""
    return [(text[found.start : found.end], found.canonical) for found in HARBOUR.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour Watch's count, and HW’s", [("Harbour Watch", "Harbour Watch"), ("HW", "Harbour Watch")]),
        ("HARBOUR\nWATCH said", [("HARBOUR\nWATCH", "Harbour Watch")]),
        ("Harbour\n\nWatch the sea", []),
        ("the harbour watch slept", []),
        ("hw, HWS and XHW", []),
        ("قال مرصدُ الميناءِ إن", [("مرصدُ الميناءِ", "Harbour Watch")]),
        ("وبمرصـد «الميناء»", [("مرصـد «الميناء", "Harbour Watch")]),
        ("في المرفا، وبالمرفأ فالمرفأ", [("المرفا", "Port"), ("المرفأ", "Port"), ("المرفأ", "Port")]),
        ("وصلوا للمرفأ", [("للمرفأ", "Port")]),
        ("وللجنة البحرية", [("للجنة البحرية", "Sea Committee")]),
        ("#المرفأ_اليوم", [("المرفأ", "Port")]),
        ("at the U.N. today, the U. N. too", [("U.N.", "United Nations"), ("U. N.", "United Nations")]),
        ("in Ta’izz or Taizz", [("Ta’izz", "Taiz"), ("Taizz", "Taiz")]),
        ("Deir-Ez-Zor; deir ez-zor", [("Deir-Ez-Zor", "Deir ez-Zor")]),
        ("\u202bالمرفأ\u202c", [("المرفأ", "Port")]),
        ("Harbour, Watch", []),
        ("", []),
    ],
)
def test_names_are_found_where_they_stand(text: str, expected: list[tuple[str, str]]) -> None:
    """Offsets leave out what Arabic writes before a name, keep its marks, and step over possessives."""
    assert expected == met(text)


def test_capitals_tell_names_from_words() -> None:
    """A name with a capital is met with one; an acronym in capitals alone, and not in a headline of capitals."""
    assert met("Turkey sells turkey.") == [("Turkey", "Turkey")]
    assert met("who told the WHO? Who?") == [("WHO", "World Health Organization")]
    assert met("WHO IS TO BLAME") == []


def test_words_listed_as_no_name_hide_the_name_in_them() -> None:
    """`Turkey Run` is a park."""
    assert met("From Turkey Run to Turkey") == [("Turkey", "Turkey")]


def test_a_doubtful_name_needs_a_word_beside_it() -> None:
    """«الباب» is a door; «مدينة الباب» is a town, as is "the town of Salma" or "Salma town"."""
    assert met("فتح الباب ثم زار مدينة الباب") == [("الباب", "Al-Bab")]
    assert met("Salma left the town of Salma; Salma town is small.") == [("Salma", "Salma")] * 2


def test_vowels_tell_names_apart_where_nothing_else_does() -> None:
    """«عُمان» is Oman; without its vowel the word is Amman."""
    assert met("عُمان وعمان وبعُمان") == [("عُمان", "Oman"), ("عمان", "Amman"), ("عُمان", "Oman")]


@given(
    st.lists(st.sampled_from([*"وفبكل ال_'’.-\n\u200f\u064f«»()", "مرصد", "الميناء", "HW", "U.N.", "للجنة", "é", "X"]))
)
def test_whatever_stands_around_names_spans_are_names(parts: list[str]) -> None:
    """Every span, looked up on its own, is the same body's; spans are in order and apart."""
    text = "".join(parts)
    end = 0
    for found in HARBOUR.find(text):
        assert end <= found.start < found.end <= len(text)
        assert found.canonical in {name.canonical for name in HARBOUR.lookup(text[found.start : found.end])}
        end = found.end


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text whatever breaks it, and what is found lies in the text."""
    assert all(0 <= found.start < found.end <= len(text) for found in HARBOUR.find(text))
    HARBOUR.lookup(text)


@pytest.mark.parametrize("text", ["Harbour ", "و", "'", "HW'", "a'", "U.", "\u064f", "Harbour\u200f", "للجنة "])
def test_reading_takes_linear_time(text: str) -> None:
    """Twenty times the text takes no more than some twenty times as long."""

    def seconds(times: int) -> float:
        began = time.perf_counter()
        HARBOUR.find(text * times)
        return time.perf_counter() - began

    assert min(seconds(100_000) for _ in range(2)) < 60 * min(seconds(5_000) for _ in range(3)) + 0.2
