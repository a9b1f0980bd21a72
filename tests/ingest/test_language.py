"""Languages are told offline and the same way each time, short texts included."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.language import detect_language, detect_query_language, fits_script, language_code, text_direction


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سوريا", "ar"), ("قتل 54 شخصا", "ar"), ("صدر عدد جديد من مجلة ڤوغ في بيروت", "ar"), ("ﺳﻮﺭﻳﺎ", "ar"),
        ("https://t.co/abcdefgh قتل", "ar"), ("قال WHO إن 70 شخصا قتلوا", "ar"),
        ("رئیس جمهور ایران گفت که در این حمله پنجاه نفر کشته شدند", "fa"), ("پاکستان میں دھماکہ ہوا ہے", "ur"),
        ("Hello", "en"), ("54 dead", "en"), ("WHO", "en"), ("Breaking news", "en"), ("The army said سوريا", "en"),
        ("Homs governor says U.S. attack caused deaths", "en"),
        ("Le président a déclaré à la presse", "fr"), ("El presidente dijo que la guerra", "es"),
        ("Cumhurbaşkanı Suriye'deki saldırı", "tr"), ("ירושלים", "he"), ("叙利亚军队说", "zh"),
        ("Министерство обороны России заявило", "ru"),
        ("", "und"), ("54 … 28!", "und"), ("https://example.com", "und"), ("😀", "und"),
    ],
)  # fmt: skip
def test_the_language_is_told(text: str, language: str) -> None:
    """The script most letters are in decides first; addresses do not count."""
    assert detect_language(text) == language


def test_a_long_text_takes_no_longer_than_its_start() -> None:
    """Five million characters are told by their first words."""
    assert detect_language("قتل ثمانية " * 500_000) == "ar"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("ar", "ar"),
        ("AR", "ar"),
        ("ar-EG", "ar"),
        ("ar_SY", "ar"),
        ("zh-Hans-CN", "zh"),
        ("ara", "ar"),
        ("eng", "en"),
        ("iw", "he"),
        ("und", "und"),
        (" en ", "en"),
    ],
)
def test_language_tags_become_two_letters(value: str, code: str) -> None:
    """Regions, scripts, three-letter and withdrawn codes come down to ISO 639-1."""
    assert language_code(value) == code


@pytest.mark.parametrize("value", ["Arabic", "العربية", "xx", "a", "", "en;q=0.8", "ar,en"])
def test_what_is_no_code_is_refused(value: str) -> None:
    """Names and unknown codes say what to write."""
    with pytest.raises(SourceError, match="ar for Arabic") as caught:
        language_code(value)

    assert caught.value.reason == "invalid_record"


@pytest.mark.parametrize(
    ("language", "text", "fits"),
    [
        ("en", "سوريا", False),
        ("ar", "سوريا", True),
        ("ar", "Syria", False),
        ("fr", "Syria", True),
        ("ku", "Sûriye", True),
        ("ku", "سووریا", True),
    ],
)
def test_a_language_fits_its_scripts(language: str, text: str, fits: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    """English is not written in Arabic letters, Kurdish in both."""
    assert fits_script(language, text) == fits


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("en", "ltr"), ("und", "ltr")]
)
def test_direction_follows_the_language(language: str, direction: str) -> None:
    """Arabic, Persian and Hebrew run right to left."""
    assert text_direction(language) == direction


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_every_text_gets_a_code(text: str) -> None:
    """Any text, lone surrogates included, has the same known code each time."""
    code = detect_language(text)

    assert code == language_code(code) == detect_language(text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("من هو Sean Ryan؟", "ar"),
        ("ما هي Nawras 2؟", "ar"),
        ("كم دفع Port Albion؟", "ar"),
        ("كم هدفاً سجل Yassin al-Darbali في الموسم الماضي", "ar"),
        ("Yassin al-Darbali: كم هدفاً سجل؟", "ar"),
        ("Who is محمد علي?", "en"),
        ("al-Susah strike", "en"),
        ("SANA", "en"),
        ("How many civilians did SOHR report killed?", "en"),
        ("Combien de civils ont été tués dans la frappe aérienne ?", "fr"),
        ("Кто командует войсками на юге страны?", "ru"),
        ("2018?", "und"),
    ],
)
def test_a_query_is_in_the_language_it_is_put_in(query: str, expected: str) -> None:
    """Names in another script, and a few Latin words, do not mislead."""
    assert expected == detect_query_language(query)
