"""Dates of publication: what sources write → a moment in UTC.

A date is read or refused, never guessed: nothing depends on today, no part is filled
in, and numbers whose day and month could be swapped are refused.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.errors import SourceError

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_INVISIBLE = re.compile(r"[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Tatweel, short vowels, direction marks: they vary between newsrooms and say nothing about the date."""

_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/.-])")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?![\d/.-])[,\s]*")
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})?"
    r" (?:[+-]\d{4}|GMT|UTC|UT|Z|[ECMP][SD]T)(?: \(.*\))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FIRST_YEAR = 1600
"""Before the first newspapers; an earlier year is of the Islamic or Persian calendar."""

_MONTH_NAMES = (
    # One line a month: international, Levantine and Iraqi, Maghrebi names, after `_fold`.
    ("January", "يناير كانون_الثاني جانفي"),
    ("February", "فبراير شباط فيفري"),
    ("March", "مارس اذار"),
    ("April", "ابريل نيسان افريل"),
    ("May", "مايو ايار ماي"),
    ("June", "يونيو يونيه حزيران جوان"),
    ("July", "يوليو يوليه تموز جويليه يوليوز"),
    ("August", "اغسطس اب اوت غشت"),
    ("September", "سبتمبر ايلول شتنبر"),
    ("October", "اكتوبر تشرين_الاول تشرين_اول"),
    ("November", "نوفمبر تشرين_الثاني تشرين_ثاني نونبر"),
    ("December", "ديسمبر كانون_الاول كانون_اول دجنبر"),
)
_MONTHS = {
    **{name: month for month, names in _MONTH_NAMES for name in names.split()},
    "كانون_ثاني": "January",
    **{form: month for month, _ in _MONTH_NAMES for form in (month.lower(), month[:3].lower())},
    "sept": "September",
}
MONTHS = {
    name.replace("_", " "): 1 + [international for international, _ in _MONTH_NAMES].index(month)
    for name, month in _MONTHS.items()
}
"""Number of the month that a name or abbreviation stands for, as `plain` leaves it, in small letters."""

_WORDS = {
    "صباحا": "AM", "ص": "AM", "مساء": "PM", "م": "PM", "ظهرا": "PM", "الساعه": "at", "في": "",
    "غرينتش": "GMT", "جرينتش": "GMT", "بتوقيت": "", "توقيت": "",
    "الاثنين": "", "الثلاثاء": "", "الاربعاء": "", "الخميس": "", "الجمعه": "", "السبت": "", "الاحد": "", "يوم": "",
}  # fmt: skip
_TWO_WORD_MONTH = re.compile(r"\b(كانون|تشرين) (?=(?:ال)?(?:اول|ثاني)\b)")
_TWO_NAMES = re.compile(r"\b([A-Za-z]+)\s*(?:/|\()\s*([A-Za-z]+)\b\)?")
_WORD = re.compile(r"[^\W\d]+")


def parse_published_at(value: str) -> datetime:
    """Return the moment `value` names, aware and in UTC.

    Reads ISO 8601, RFC 2822 and dates written out in English or Arabic, with
    international, Levantine or Maghrebi month names. No zone means UTC, no time means
    midnight. Raises `SourceError("invalid_date")` for anything else, such as
    `04/05/2018`, a date without a year, or a year before 1600.
    """
    text = _bare(value)
    moment = _parse_numeric(text) or _parse_rfc_2822(text) or _parse_written(text)
    if moment is None or moment.year < _FIRST_YEAR:
        raise _invalid(value)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:  # the last hours of the year 9999
        raise _invalid(value) from error


def plain(text: str) -> str:
    """A text with everything taken out that dates are spelled differently by; its letters keep their case."""
    return _fold(_bare(text))


def _bare(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).translate(_DIGITS).split())


def _invalid(value: str) -> SourceError:
    shown = value.strip()[:60]
    numeric = _NUMERIC_DATE.match(" ".join(value.translate(_DIGITS).split()))
    is_ambiguous = numeric and max(int(numeric[1]), int(numeric[2])) <= 12  # noqa: PLR2004  # months in a year
    why = "could be read with day and month swapped" if is_ambiguous else "cannot be read as a date of publication"
    return SourceError("invalid_date", f"the date “{shown}” {why}. Write it as 2018-05-04 (year, month, day).")


def _parse_numeric(text: str) -> datetime | None:
    """Read ISO 8601 and its common variants, and day/month/year where only one reading is possible."""
    text = re.sub(r" ?(?:GMT|UTC|Z)$", "Z", text)
    text = re.sub(r" (?=(?:[+-]\d{2}:?\d{2}|Z)$)", "", text)
    if match := _ISO_DATE.match(text):
        year, month, day = match.groups()
        text = f"{year}-{month:0>2}-{day:0>2}{text[match.end() :]}"
    elif match := _NUMERIC_DATE.match(text):
        first, second, year = match.groups()
        day, month = (first, second) if int(first) > 12 else (second, first)  # noqa: PLR2004  # months in a year
        if int(day) <= 12 and first != second:  # noqa: PLR2004
            return None
        text = f"{year}-{month:0>2}-{day:0>2} {text[match.end() :]}".rstrip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _parse_rfc_2822(text: str) -> datetime | None:
    # The pattern goes first: the library also reads unknown zones, as UTC, and two-digit years.
    if not _RFC_2822.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _parse_written(text: str) -> datetime | None:
    """Read a date with its month in words through dateparser; all of day, month and year must be there."""
    import dateparser

    english = _in_english(text)
    months = {_MONTHS[word.lower()] for word in _WORD.findall(english) if word.lower() in _MONTHS}
    if len(months) != 1 or len(_YEAR.findall(english)) != 1:
        return None  # dateparser would take `4 May 18` for 2018, or a time of day for a year
    return dateparser.parse(
        english,
        languages=["en"],
        settings={
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001  # so that today never matters; dateparser wants it naive
        },
    )


def _in_english(text: str) -> str:
    """Put the Arabic words of a date into English; `أيار/مايو` becomes one month."""
    text = _fold(text)
    text = re.sub(r"(\d{4}) ?م\b(?!\w)", r"\1", text)  # `م` after a year is the Gregorian era, after a time it is PM
    text = _TWO_WORD_MONTH.sub(r"\1_", text)

    def english(match: re.Match[str]) -> str:
        word = match.group()
        if word.isascii():
            return word
        return _MONTHS.get(word) or _WORDS.get(word, word)

    text = _WORD.sub(english, text)
    text = _TWO_NAMES.sub(lambda pair: pair[1] if pair[1] == pair[2] else pair[0], text)
    return " ".join(text.replace("،", ",").split()).strip(" ,-–|")


def _fold(text: str) -> str:
    """Drop the differences of spelling between Arabic newsrooms: hamza on alif, ta marbuta, final alif maqsura."""
    return re.sub("[أإآ]", "ا", text).replace("ة", "ه").replace("ى", "ي")
