"""Days and places as sentences give them: exact where they are given, nothing where they are not."""

from calendar import day_name, month_name
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import MONTHS
from ingest.events import day_of, places_of
from ingest.places import Places

FRIDAY = date(2018, 5, 4)
"""Day of publication."""

LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
GULF = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
WEEK_AR = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def suffix(day: int) -> str:
    """What English writes after the number of a day."""
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@given(days, st.integers(0, 9))
def test_a_full_date_is_read_in_every_form(day: date, form: int) -> None:
    """Whatever names, digits and order a date is written with, it is that day, with no day of publication at hand."""
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    gulf, levant, english = GULF[day.month - 1], LEVANT[day.month - 1], month_name[day.month]
    written = (
        f"It was on {day.day} {english} {day.year} that they left.",
        f"On {english} {day.day}, {day.year}, they left.",
        f"The {day.day}{suffix(day.day)} of {english}, {day.year} was calm.",
        f"On {day_name[day.weekday()]}, {english[:3]}. {day.day}, {day.year} they left.",
        f"Dated {day.isoformat()} by the clerk.",
        f"غادروا في {day.day} {levant} {day.year}.",
        f"غادروا يوم {WEEK_AR[day.weekday()]} {day.day} {gulf} {day.year}، ثم عادوا.",
        f"غادروا في {day.day} {levant}/{gulf} {day.year}.".translate(digits),
        f"غادروا في {day.day} من {levant} ({gulf}) من عام {day.year}",
        f"غادروا في {day.day} {gulf} {day.year}م.",
    )
    assert day_of(written[form], None) == day


@given(days, st.integers(0, 272), st.sampled_from(["ar", "en"]))
def test_a_date_without_a_year_is_the_last_one(day: date, later: int, language: str) -> None:
    """A day and a month, up to nine months before publication, are of the year that this makes them."""
    sentence = (
        f"في {day.day} {LEVANT[day.month - 1]} الماضي" if language == "ar" else f"on {month_name[day.month]} {day.day}"
    )

    assert day_of(sentence, day + timedelta(later)) == day
    assert day_of(sentence, None) is None


@given(
    days, st.integers(0, 6), st.sampled_from(["on {en}", "{en}'s raid", "يوم {ar}", "أمس {ar}", "و{ar}", "مساء {ar}"])
)
def test_a_day_of_the_week_is_the_latest_one(published: date, weekday: int, form: str) -> None:
    """On the day of publication or within the six days before it."""
    found = day_of(f"Five left {form.format(en=day_name[weekday], ar=WEEK_AR[weekday])}.", published)

    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (published - found).days <= 6


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Twelve people were hurt yesterday.", date(2018, 5, 3)),
        ("Yesterday, twelve people were hurt.", date(2018, 5, 3)),
        ("They met the day before yesterday.", date(2018, 5, 2)),
        ("The bridge was closed today.", FRIDAY),
        ("أصيب 12 شخصاً أمس.", date(2018, 5, 3)),
        ("أصيب 12 شخصاً أول من أمس.", date(2018, 5, 2)),
        ("أصيب 12 شخصاً أمس الأول.", date(2018, 5, 2)),
        ("أُغلق الجسر اليوم الجمعة.", FRIDAY),
        ("It fell last Friday.", date(2018, 4, 27)),
        ("سقط يوم الجمعة الماضي.", date(2018, 4, 27)),
        ("في الثالث من أيار/مايو الجاري سقط الجدار.", date(2018, 5, 3)),
        ("في الثالث والعشرين من نيسان سقط الجدار.", date(2018, 4, 23)),
        ("في الحادي عشر من تشرين الثاني/نوفمبر 2017 سقط الجدار.", date(2017, 11, 11)),
        ("The twenty-first of April was calm.", date(2018, 4, 21)),
        ("Elections are due on 12 May.", date(2018, 5, 12)),
        ("The force said on Friday that Thursday's raid killed nine.", date(2018, 5, 3)),
        ("أعلنت القيادة الجمعة أن تسعة قتلوا في غارة الخميس.", date(2018, 5, 3)),
        ("Nine died after Thursday's raid.", date(2018, 5, 3)),
    ],
)
def test_the_day_of_an_event(sentence: str, day: date) -> None:
    """What newsrooms write of days, in an article of Friday, 4 May 2018."""
    assert day_of(sentence, FRIDAY) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "Twelve people were hurt.",
        "In May 2018, 54 people left.",
        "In May 20 people left.",
        "It may 3 times fail.",
        "More than 350,000 people have died since 15 March 2011.",
        "قتل أكثر من 350 ألف شخص منذ 15 آذار/مارس 2011.",
        "They fought between Monday and Wednesday.",
        "They meet next Thursday.",
        "They meet every Thursday.",
        "يجتمعون الخميس المقبل.",
        "Russia Today showed nine pictures.",
        "ذكرت قناة روسيا اليوم أن تسعة أصيبوا.",
        "في اليوم التالي عاد تسعة.",
        "On 30 February 2018 nine left.",
        "Version 2018-05-03-2 has 9 lines.",
        "Some 1,700 May Day marchers came.",
        "Up to 5% May lose.",
        "",
    ],
)
def test_no_day_is_guessed(sentence: str) -> None:
    """A month, a stretch of time, a habit, several days, or none at all give no day."""
    assert day_of(sentence, FRIDAY) is None


@given(st.text(), st.none() | st.dates())
def test_any_text_is_read(text: str, published: date | None) -> None:
    """Nothing that can be written makes the reader fail."""
    day_of(text, published)


PIECES = [
    "Thursday ",
    "الخميس ",
    "3 ",
    "May ",
    "أيار/",
    "the ",
    "of ",
    "من ",
    "said ",
    "قال ",
    "yesterday ",
    "أمس ",
    "(",
    ", ",
    "2018 ",
    "كانون ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.none() | st.dates())
def test_any_mixture_of_dates_is_read(text: str, published: date | None) -> None:
    """Pieces of dates in any order are read without failing, and alike at the ends of the calendar."""
    day_of(text, published)
    day_of(text, date.min)
    day_of(text, date.max)


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_of_one_piece_are_read(piece: str) -> None:
    """Thirty thousand pieces of dates are read, which what takes squares of time would not finish."""
    assert day_of(piece * 30_000, FRIDAY) is None or isinstance(day_of(piece, FRIDAY), date)


def test_every_month_has_a_number() -> None:
    """All twelve, by all names that dates of publication are read by."""
    assert set(MONTHS.values()) == set(range(1, 13))
    assert {MONTHS["may"], MONTHS["ايار"], MONTHS["ماي"], MONTHS["sept"], MONTHS["كانون الاول"]} == {5, 9, 12}


def test_places_are_named_once_and_never_by_their_speaker() -> None:
    """Canonical names in the order of the text; a name within a span left out does not count."""
    text = "In Aleppo and Idlib, then in Aleppo again"

    assert places_of(text, Places.default()) == ("Aleppo", "Idlib")
    assert places_of(text, Places.default(), but=[(0, 9), (29, 35)]) == ("Idlib",)
    assert places_of("حلب", Places.default()) == ("Aleppo",)
