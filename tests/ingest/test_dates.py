"""A date of publication is read exactly or refused, never guessed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import parse_published_at
from ingest.errors import SourceError

MAY_4 = datetime(2018, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2018-05-04", " 2018-05-04 ", "20180504", "2018-5-4", "2018/05/04", "2018.05.04", "٢٠١٨-٠٥-٠٤",
        "2018-05-04T00:00:00Z", "2018-05-04T03:00:00+03:00", "2018-05-04 03:00 +0300", "2018-05-04T00:00:00 GMT",
        "Fri, 04 May 2018 03:00:00 +0300", "Fri, 04 May 2018 00:00:00 GMT", "Fri, 04 May 2018 02:00:00 CEST",
        "4 May 2018", "May 4, 2018", "May 4th, 2018", "Friday, May 4, 2018", "4-May-2018", "2018 May 4", "4 MAY 2018",
        "٤ أيار 2018", "4 مايو 2018", "4 مايو/أيار 2018", "٤ أيار/مايو ٢٠١٨", "4 مايو (أيار) 2018", "4 ماي 2018",
        "الجمعة، 4 مايو 2018م", "يوم الجمعة ٤ أيار ٢٠١٨", "\u200f4 أيّار 2018\u200e", "4 May 2018 12am",
    ],
)  # fmt: skip
def test_every_way_to_write_a_day_is_read(value: str) -> None:
    """ISO 8601, RFC 2822, English and Arabic, in either digits, all mean midnight UTC of 4 May."""
    assert parse_published_at(value) == MAY_4


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2018-05-04T10:30", 10),
        ("May 4, 2018 10:30 PM", 22),
        ("May 4, 2018, 10:30 GMT+3", 7),
        ("الجمعة ٤ أيار ٢٠١٨ - ١٠:٣٠ مساءً", 22),
        ("4 مايو 2018، الساعة 10:30 صباحا بتوقيت غرينتش", 10),
        ("4 أيار 2018م 10:30 م", 22),
    ],
)
def test_times_of_day_are_read(value: str, hour: int) -> None:
    """The half hour comes through; `م` is PM after a time and the Gregorian era after a year."""
    assert parse_published_at(value) == MAY_4.replace(hour=hour, minute=30)


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "كانون الثاني|كانون ثاني|يناير|جانفي"), (2, "شباط|فبراير|فيفري"), (3, "آذار|اذار|مارس"),
        (4, "نيسان|أبريل|ابريل|إبريل|أفريل"), (5, "أيار|ايار|مايو|ماي"), (6, "حزيران|يونيو|يونيه|جوان"),
        (7, "تموز|يوليو|يوليه|جويلية|يوليوز"), (8, "آب|أغسطس|أوت|غشت"), (9, "أيلول|سبتمبر|شتنبر"),
        (10, "تشرين الأول|تشرين اول|أكتوبر|اكتوبر"), (11, "تشرين الثاني|نوفمبر|نونبر"),
        (12, "كانون الأول|كانون أول|ديسمبر|دجنبر"),
    ],
)  # fmt: skip
def test_arabic_months_of_every_region_are_known(month: int, names: str) -> None:
    """Levantine, Egyptian, Algerian, Tunisian and Moroccan names mean the same twelve months."""
    expected = datetime(2018, month, 14, tzinfo=UTC)
    for name in names.split("|"):
        assert parse_published_at(f"14 {name} 2018") == expected


@pytest.mark.parametrize(
    ("value", "day"), [("13/05/2018", 13), ("05/13/2018", 13), ("05.05.2018", 5), ("13-05-2018", 13)]
)
def test_numeric_dates_with_one_reading_are_read(value: str, day: int) -> None:
    """Above 12, or with day and month equal, nothing can be swapped."""
    assert parse_published_at(value) == MAY_4.replace(day=day)


@pytest.mark.parametrize("value", ["04/05/2018", "4.5.2018", "04-05-2018 10:30", "٠٤/٠٥/٢٠١٨"])
def test_ambiguous_numbers_are_refused(value: str) -> None:
    """A date whose day and month could be swapped says so, and how to write it."""
    with pytest.raises(SourceError, match=r"day and month swapped\. Write it as 2018-05-04") as caught:
        parse_published_at(value)

    assert caught.value.reason == "invalid_date"


@pytest.mark.parametrize(
    "value",
    [
        "", "   ", "garbage", "2018", "2018-05", "May 2018", "4 May", "Friday", "4 May 18", "4/5/18", "4 May 20:18",
        "yesterday", "now", "today 2018", "3 days ago", "قبل 3 أيام", "أمس",
        "1525392000", "2018-02-30", "31 April 2018",
        "18 شعبان 1439", "1439-08-18", "1397/02/14", "4 مايو/حزيران 2018", "4 May 2018 5 June 2018", "4 May 2018 foo",
        "2018-05-04T25:00", "12018-05-04", "9999-12-31T23:00:00-05:00", "0001-01-01",
        "32/13/2018", "Fri, 99 May 2018 10:00 GMT",
    ],
)  # fmt: skip
def test_everything_else_is_refused(value: str) -> None:
    """Missing parts, relative, impossible and non-Gregorian dates are errors with a remedy."""
    with pytest.raises(SourceError, match="Write it as 2018-05-04") as caught:
        parse_published_at(value)

    assert caught.value.reason == "invalid_date"


FIRST, LAST = datetime(1600, 1, 3), datetime(9999, 12, 29)  # noqa: DTZ001  # Hypothesis adds the zone


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), st.integers(-14 * 60, 14 * 60))
def test_iso_moments_come_back_in_utc(moment: datetime, offset: int) -> None:
    """Any moment written with its offset is the same moment, in UTC."""
    local = moment.astimezone(timezone(timedelta(minutes=offset)))

    actual = parse_published_at(local.isoformat())
    assert (actual, actual.utcoffset()) == (moment, timedelta(0))


@given(st.text() | st.text("0123456789/-.: TZ+مايوأMay,", max_size=25))
def test_any_text_is_a_moment_in_utc_or_refused(value: str) -> None:
    """Nothing but SourceError is raised, and what is read is aware."""
    try:
        actual = parse_published_at(value)
    except SourceError:
        return
    assert actual.utcoffset() == timedelta(0)
