"""Is an article of the time that a question names?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from ingest.dates import MONTHS, plain
from ingest.days import mentions
from ingest.domain import Article

_AFTER = 10
"""Days after a month in which reports of it still come out."""

_LATE = 3
"""Days after a day in which reports of it still come out."""

_NAMES = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_OTHER_NAME = rf"(?:\s?[/(]\s?(?:{_NAMES})\)?)?"
"""The month's name in the other Arabic calendar: «أيار/مايو», «أيار (مايو)»."""

_DAY = r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?"
_YEAR = r"(?:من\s)?(?:عام\s|سنه\s|سنة\s|العام\s|of\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
_MONTH = re.compile(
    rf"(?<!\w)(?:و|في|ب|ل)?(?P<name>{_NAMES})\.?{_OTHER_NAME}{_DAY},?\s{_YEAR}"
    r"|(?<![\d/.-])(?P<iso_year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])(?:-\d\d)?(?![\d/.-]*\d)",
    re.IGNORECASE,
)


class When:
    """The time that one question names."""

    def __init__(self, question: str) -> None:
        self._months = months(question)
        self._days = frozenset(mention.day for mention in mentions(plain(question), None))

    def fits(self, article: Article) -> float:
        """1 where the article is of the month asked for, or names it; -1 where not; 0 where none is asked for.

        Half a point more where it was published on the day asked for, or within three days.
        """
        if not self._months:
            return 0.0
        published = article.published_at.date() if article.published_at else None
        named = months(f"{article.title or ''}\n{article.text}")
        near = {(day.year, day.month) for day in _near(published)}
        if not self._months & (named | near):
            return -1.0
        if published and any(day <= published <= day + timedelta(days=_LATE) for day in self._days):
            return 1.5
        return 1.0


def _near(published: date | None) -> Iterator[date]:
    if published:
        yield published
        yield published - timedelta(days=_AFTER)


@lru_cache(maxsize=256)
def months(text: str) -> frozenset[tuple[int, int]]:
    """Months of a year that a text names, in English, Arabic or ISO figures: (2018, 5)."""
    return frozenset(_month(found) for found in _MONTH.finditer(" ".join(plain(text).split())))


def _month(found: re.Match[str]) -> tuple[int, int]:
    if found["name"]:
        return int(found["year"]), MONTHS[found["name"].lower()]
    return int(found["iso_year"]), int(found["number"])
