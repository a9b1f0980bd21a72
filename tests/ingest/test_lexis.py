"""Words meet whatever their spelling, and names whatever their script."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexis import STOP_WORDS, fold, names, terms

ANY_TEXT = st.text(st.characters(), max_size=200)
"""Any code points, lone surrogates included."""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("AL-SUSAH", "al-susah"),
        ("Straße", "strasse"),
        ("Café Noël", "cafe noel"),
        ("ﬁre", "fire"),
        ("السُّوسَةُ", "السوسه"),
        ("الســـوسة", "السوسه"),
        ("ال\u200fسو\u200bسة\ufeff", "السوسه"),
        ("أحمد إبراهيم آمال ٱلله", "احمد ابراهيم امال الله"),
        ("موسى شيء مؤتمر", "موسي شيء موتمر"),
        ("کابل گاز پاريس چاد ڤيينا", "كابل كاز باريس جاد فيينا"),
        ("ﷲ ﻻ", "الله لا"),
        ("١٢٣ ۴۵۶ １２ x²", "123 456 12 x2"),
        ("1,700 ١٬٧٠٠ 12,345,678", "1700 1700 12345678"),
        ("1,70 1,2,345 54,28", "1,70 1,2345 54,28"),
        ("1,7000", "1,7000"),
    ],
)
def test_fold(written: str, expected: str) -> None:
    """Case, marks, tatweel, spellings, digit shapes and separators inside numbers all go."""
    assert expected == fold(written)


def test_fold_is_idempotent_for_every_character() -> None:
    """Folding what is folded changes nothing, for each code point there is."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    once = fold("\n".join(every)).split("\n")

    assert [line for line in once if fold(line) != line] == []


@given(ANY_TEXT)
def test_nothing_ever_raises(text: str) -> None:
    """Any string at all has a fold, terms and names; folding twice is folding once."""
    assert fold(text) == fold(fold(text))
    assert all(term and " " not in term and '"' not in term for term in terms(text))
    assert all(len(key) > 3 and key[-1] in "ae" for key in names(text))


@given(st.text(st.sampled_from("1,٬٢ ۳."), max_size=40))
def test_numbers_fold_once_and_for_all(text: str) -> None:
    """However digits and separators are mixed, folding twice is folding once."""
    assert fold(text) == fold(fold(text))


@pytest.mark.parametrize(
    "hostile",
    ["a" * 1_000_000, "ال" * 500_000, "1," * 500_000, "1,234" * 200_000, "\u064e" * 1_000_000, "A-b " * 250_000],
    ids=["word", "articles", "separators", "numbers", "marks", "words"],
)
def test_a_million_characters_are_no_trouble(hostile: str) -> None:
    """Length costs time in proportion: a quadratic step would take hours over these."""
    assert fold(hostile) is not None
    assert len(terms(hostile)) <= len(hostile)
    assert len(names(hostile)) <= len(hostile)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("والسوسة", "السوسة"),
        ("السوسة", "سوسة"),
        ("والغارة", "غارة"),
        ("بالغارة", "غارة"),
        ("بالمدينة", "المدينة"),
        ("المدنيين", "مدنيين"),
        ("للمدينة", "مدينة"),
        ("مسؤول", "مسوول"),
        ("strikes", "strike"),
        ("Killing", "killed"),
        ("١٬٧٠٠", "1,700"),
    ],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    """Clitics, endings and digit shapes do not part a word from itself."""
    assert terms(one) == terms(other) != []


def test_words_that_carry_no_subject_are_left_out() -> None:
    """Function and question words of both languages vanish, however they are spelled."""
    assert terms("How many of the … were in it?") == []
    assert terms("كم عدد الذين كانوا فِي إلى متى ماذا") == terms("الذين كانوا")
    assert all(fold(word) == word for word in STOP_WORDS)


def test_terms_keep_their_order_and_repeats() -> None:
    """The index counts occurrences, so none is lost."""
    assert terms("Harbour lights, harbour_lights") == terms("harbour lights") * 2


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("مانينغ", "Manning"),
        ("عبد الرحمن", "Abdel Rahman"),
        ("عبد الرحمن", "Abd al-Rahman"),
        ("الخليج", "Khaleej"),
        ("المرصد", "Marsad"),
        ("دمشق", "Dimashq"),
        ("سليماني", "Soleimani"),
        ("ترامب", "Trump"),
        ("والحسكة", "al-Hasakah"),
        ("برلين", "BERLIN"),
        ("موسكو", "Moscow"),
        ("بغداد", "Baghdad"),
        ("طرابلس", "Trabelsi"),
    ],
)
def test_a_name_is_found_in_the_other_script(arabic: str, latin: str) -> None:
    """What a name sounds like in one script is looked up among the other's, both ways."""
    assert set(names(arabic, across=True)) & set(names(latin))
    assert set(names(latin, across=True)) & set(names(arabic))


@pytest.mark.parametrize(("arabic", "latin"), [("السوسة", "Susah"), ("دير الزور", "Deir ez-Zor"), ("سانا", "SANA")])
def test_names_of_two_consonants_have_no_key(arabic: str, latin: str) -> None:
    """Keys that short would meet by chance, so there are none."""
    assert names(arabic) == names(latin) == []


@pytest.mark.parametrize(("one", "other"), [("مانينغ", "Merkel"), ("دمشق", "Damietta"), ("برلين", "Brussels")])
def test_other_names_do_not_meet(one: str, other: str) -> None:
    """Different consonants, different keys."""
    assert not set(names(one, across=True)) & set(names(other))


def test_names_say_which_script_they_were_read_in() -> None:
    """`a` for Arabic, `e` for Latin; across, the other way round."""
    assert names("Manning مانينغ") == ["mnje", "mnja"]
    assert names("Manning مانينغ", across=True) == ["mnja", "mnje"]


def test_only_what_may_be_a_name_has_a_key() -> None:
    """Latin words in lower case, numbers and function words have none."""
    assert names("manning burned 2018 This Would") == []
