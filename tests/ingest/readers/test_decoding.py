"""Bytes become the text their author wrote, or a refusal; nothing else."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.readers.decoding import decode

ARABIC = "قتل 54 شخصا بينهم 28 مدنيا في غارة على بلدة السوسة"
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1256", "iso8859-6"])
def test_arabic_is_read_in_every_usual_encoding(encoding: str) -> None:
    """The same Arabic sentence comes out of Unicode with a mark, UTF-8 and both Arabic code pages."""
    assert decode(ARABIC.encode(encoding), "a.txt") == ARABIC


@pytest.mark.parametrize(
    "text",
    [
        "سوريا",
        "مقتل 3 مدنيين",
        "سنة 1453م، دمشق",
        "نفى التحالف ذلك و قال",
        "كم سكان قطاع غزة و الضفة؟",
        "Reuters: قتل déjà 54 شخصا",
    ],
)
def test_short_arabic_is_read_from_windows_1256(text: str) -> None:
    """A headline of a word or two in Windows-1256 is read as Arabic, not as Latin letters."""
    assert decode(text.encode("cp1256"), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "À la une"),
        ("cp1252", "Außenminister Müller: Größe"),
        ("cp1252", "La señora Peña dijo que el niño murió mañana"),
        ("cp1252", "The “army” said it wasn’t there – £5"),
        ("cp1251", "Министерство обороны заявило, что самолёты не наносили ударов по городу."),
        (
            "cp1250",
            "Premier powiedział, że sytuacja jest trudna i że żołnierze wrócą. Źródła podają, że zginęło 54 osób.",
        ),
    ],
)
def test_other_languages_are_not_taken_for_arabic(encoding: str, text: str) -> None:
    """Western accents, typographic quotes and Cyrillic words keep their letters."""
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_cut_off_file_keeps_what_is_whole() -> None:
    """UTF-8 that ends in the middle of a letter is read to there, the loss marked."""
    assert decode(ARABIC.encode()[:-1], "a.txt") == ARABIC[:-1] + "\ufffd"


def test_declared_charset_of_a_page_counts() -> None:
    """An HTML page in a charset no detection would find is read by its declaration."""
    page = '<meta charset="koi8-r"><p>МОСКВА</p>'

    assert decode(page.encode("koi8-r"), "a.html", html=True) == page


def test_seven_bit_charsets_are_declared_too() -> None:
    """ISO-2022-JP is ASCII to the eye; the declaration decides."""
    page = '<meta charset="iso-2022-jp"><p>シリア</p>'

    assert decode(page.encode("iso-2022-jp"), "a.html", html=True) == page


def test_utf_8_wins_over_an_outdated_declaration() -> None:
    """A page saved again as UTF-8 under its old charset declaration is read as UTF-8."""
    page = f'<meta charset="windows-1256"><p>{ARABIC}</p>'

    assert decode(page.encode(), "a.html", html=True) == page


@pytest.mark.parametrize("name", ["rot13", "unicode_escape", "punycode", "utf-16", "no-such-charset"])
def test_declared_codecs_that_are_no_charsets_are_ignored(name: str) -> None:
    """A page cannot have its bytes run through Python's other codecs."""
    page = f'<meta charset="{name}"><p>hello \\u0041</p>'

    assert decode(page.encode(), "a.html", html=True) == page


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04word/document.xml",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1\\ansi x}",
        b"a\0b\0c\0",
        b"\x01\x02\x03\x04abc",
    ],
)
def test_binary_files_are_refused_with_advice(data: bytes) -> None:
    """PDF, Office, image and other binary data say what they are and what to add instead."""
    with pytest.raises(SourceError, match=r"^report\.txt: this is .*plain text") as caught:
        decode(data, "report.txt")

    assert caught.value.reason == "binary"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("koi8-r", "МОСКВА ПЕТЕРБУРГ"), ("cp1250", "Żołnierze wrócą w przyszłym tygodniu"), ("gbk", "叙利亚军队说")],
)
def test_an_unknown_charset_is_refused_not_guessed(encoding: str, text: str) -> None:
    """Where no reading is plausible the file is refused with a remedy."""
    with pytest.raises(SourceError, match="Save it as UTF-8") as caught:
        decode(text.encode(encoding), "a.txt")

    assert caught.value.reason == "unreadable"


@given(st.binary(max_size=2000), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, html: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
    """Whatever the bytes, there is text without surrogates or a SourceError."""
    try:
        text = decode(data, "a", html=html)
    except SourceError:
        return
    assert text == text.encode().decode()


@given(st.text())
def test_utf_8_comes_back_unchanged(text: str) -> None:
    """What UTF-8 encodes is read exactly, if it holds no control characters."""
    assume(not any(unicodedata.category(char) == "Cc" for char in text))
    assert decode(text.encode(), "a") == text.removeprefix("\ufeff")


@given(st.lists(st.text(ARABIC_LETTERS, min_size=3, max_size=8), min_size=1, max_size=6))
def test_windows_1256_words_are_never_read_as_latin(words: list[str]) -> None:
    """Arabic words of any letters come out as Arabic, or are refused: no Latin letter appears."""
    try:
        actual = decode(" ".join(words).encode("cp1256"), "a")
    except SourceError:
        return
    assert not [char for char in actual if "À" <= char <= "ÿ"]
