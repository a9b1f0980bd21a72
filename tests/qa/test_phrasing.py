"""How a figure is said: by the grammar of its language, in no word that the source lacks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.articles import to_article
from ingest.domain import Page
from ingest.figures import read_figures
from prompts import load
from qa.accounts import read_account
from qa.bootstrap import WORDING
from qa.domain import Draft
from qa.phrasing import phrase
from qa.plurals import category, counted, number_of, written

ALIASES = Aliases.default()
ASKED = "How many were there?"


def said(text: str, spoken: str, *, at: int = 0, asked: str = ASKED) -> str:
    """What a claim says of one figure of a text."""
    article = to_article(Page(source="x", id="x", text=text))
    account = read_account(article, ALIASES)
    figure = account.figures[at]
    draft = Draft(
        text=text,
        article=article,
        passage_id="p",
        quote=text,
        start=0,
        end=len(text),
        confidence=0.9,
        figure=figure,
        said=account.says(figure.start, figure.end),
    )
    return phrase(draft, asked=asked, wording=load(WORDING), spoken=spoken, aliases=ALIASES)


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        (
            "The Syrian Observatory for Human Rights said 28 civilians were killed.",
            "The Syrian Observatory for Human Rights: 28 civilians killed",
            "المرصد السوري لحقوق الإنسان: مقتل 28 مدنياً",
        ),
        (
            "قال المرصد السوري لحقوق الإنسان إن 28 مدنياً قُتلوا.",
            "The Syrian Observatory for Human Rights: 28 civilians killed",
            "المرصد السوري لحقوق الإنسان: مقتل 28 مدنياً",
        ),
        ("SANA said about 30 civilians died.", "SANA: about 30 civilians dead", "سانا: وفاة نحو 30 مدنياً"),
        (
            "قالت سانا إن القصف أدى إلى نزوح أكثر من خمسة آلاف شخص.",
            "SANA: more than 5,000 people displaced",
            "سانا: نزوح أكثر من 5,000 شخص",
        ),
        ("SANA said 4 people were wounded.", "SANA: 4 people wounded", "سانا: إصابة 4 أشخاص"),
        ("SANA said 41 people were detained.", "SANA: 41 people detained", "سانا: توقيف 41 شخصاً"),
        ("SANA said inflation rose to 13.1 per cent.", "SANA: 13.1 per cent", "سانا: 13.1 في المئة"),
        ("SANA said the dam cost $4.7 billion.", "SANA: 4.7 billion dollars", "سانا: 4.7 مليار دولار"),
        ("SANA said at least 103 schools reopened.", "SANA: at least 103 schools", "سانا: ما لا يقل عن 103 مدارس"),
        (
            "SANA said up to 12 houses were burned.",
            "SANA: at most 12 houses burned",
            "سانا: احتراق ما لا يزيد على 12 منزلاً",
        ),
    ],
)
def test_in_both_languages(text: str, english: str, arabic: str) -> None:
    """Speaker, hedge, number, noun and fate, whatever the language of the source."""
    assert said(text, "en") == english
    assert said(text, "ar") == arabic


def test_one_and_two() -> None:
    """One is singular; in Arabic one and two are words of their own, the dual in the case of its place."""
    assert said("SANA said 1 civilian was killed.", "ar") == "سانا: مقتل مدني واحد"
    assert said("SANA said 2 civilians were killed.", "ar") == "سانا: مقتل مدنيين اثنين"
    assert said("SANA said 2 schools reopened.", "ar") == "سانا: مدرستان اثنتان"
    assert said("قالت سانا إن مدنياً واحداً و3 أطفال قُتلوا.", "en", at=-1) == "SANA: 3 children killed"
    assert said("SANA said 1 person was killed.", "en") == "SANA: 1 person killed"


def test_what_befell_them_is_the_sources_word() -> None:
    """Patients who died were not killed; a word that says neither leaves it to the question."""
    assert said("SANA said 7 patients died of cholera.", "en") == "SANA: 7 patients dead"
    assert said("قالت سانا إن 7 مرضى توفوا بالكوليرا.", "en") == "SANA: 7 patients dead"
    lost = "قالت سانا إن 12 عاملاً لقوا حتفهم."
    assert said(lost, "en") == "SANA: 12 workers dead"
    assert said(lost, "en", asked="How many workers were killed?") == "SANA: 12 workers killed"


def test_what_more_the_source_says_stays() -> None:
    """Suspected cases are not cases: the source's own words stand beside the translation."""
    text = "SANA said 1,640 suspected cases were recorded."

    assert said(text, "en") == "SANA: 1,640 suspected cases"
    assert said(text, "ar").startswith("سانا: 1,640 إصابة (“suspected cases”")


def test_no_name_that_says_something_else() -> None:
    """A nurse is read as a doctor's kind, and still is none: the source's word stands there, in its quotation marks."""
    assert said("قالت سانا إن 12 ممرضاً قُتلوا.", "en") == "SANA: 12 «ممرضاً» killed"
    assert said("SANA said 12 nurses were killed.", "en") == "SANA: 12 nurses killed"
    assert said("SANA said 12 nurses were killed.", "ar") == "سانا: مقتل 12 “nurses”"


def test_what_is_unknown_is_quoted() -> None:
    """A thing with no name in the service's language is said in the source's."""
    assert said("SANA said 34 looms were sold.", "ar") == "سانا: 34 “looms”"
    assert said("قالت سانا إن 34 نولاً بيعت.", "en") == "SANA: 34 «نولاً»"


def test_a_noun_that_does_not_follow_its_number() -> None:
    """«عدد الناجين بلغ 71» is no «71 الناجين»: the noun takes the form that its number asks for."""
    assert said("قالت سانا إن عدد الناجين بلغ 71.", "ar") == "سانا: 71 ناجياً"


def test_nobody_speaks() -> None:
    """A figure without a speaker is the article's own."""
    assert said("The fire destroyed 230 looms.", "en") == "The article itself: 230 looms destroyed"
    assert said("The fire destroyed 230 looms.", "ar") == "المادة نفسها: تدمير 230 “looms”"


@pytest.mark.parametrize(
    ("value", "english", "arabic"),
    [
        (0, "0", "0"),
        (1700, "1,700", "1,700"),
        (47.3, "47.3", "47.3"),
        (350_000, "350,000", "350,000"),
        (1_000_000, "1 million", "1,000,000"),
        (1_234_567, "1,234,567", "1,234,567"),
        (3_000_000, "3 million", "3,000,000"),
        (14_500_000, "14.5 million", "14.5 مليون"),
        (212_000_000, "212 million", "212 مليون"),
        (41_500_000_000, "41.5 billion", "41.5 مليار"),
        (2_000_000_000_000, "2 trillion", "2,000,000,000,000"),
    ],
)
def test_numbers(value: float, english: str, arabic: str) -> None:
    """Thousands set apart, millions in words where these are exact and their Arabic form is sure."""
    assert written(value, wording=load(WORDING), spoken="en") == english
    assert written(value, wording=load(WORDING), spoken="ar") == arabic


@settings(deadline=None)
@given(
    value=st.one_of(st.integers(3, 10**12), st.decimals(1, 10**6, places=2)).map(float),
    spoken=st.sampled_from(["en", "ar"]),
)
def test_a_written_number_reads_back(value: float, spoken: str) -> None:
    """The number reader finds in what is written the value that was to be written."""
    text = counted(value, "unit.people", wording=load(WORDING), spoken=spoken)

    if value not in {1, 2}:
        [figure] = read_figures(text)
        assert (figure.value, figure.bound) == (value, "exact")


@given(st.integers(0, 10**9))
def test_arabic_forms_follow_the_last_two_digits(value: int) -> None:
    """3 to 10 few, 11 to 99 many, round hundreds and what follows them by one or two other; one and two alone."""
    rest = value % 100
    kind = "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    if value in {1, 2}:
        kind = "one" if value == 1 else "two"

    assert category(value) == kind
    assert category(value + 0.5) == "other"


@given(st.floats(-1e20, 1e20, allow_nan=False))
def test_digits_have_no_exponent(value: float) -> None:
    """Whatever the value, it is written in digits."""
    assert set(number_of(value)) <= set("-0123456789,.")
