"""Is an article of the time that a question names?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from ingest.dates import MONTHS, plain
from ingest.days import mentions
from ingest.domain import Article

_AFTER = 10
"""Days after a month, or a day, in which reports of it still come out."""

_NAMES = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_MONTH = re.compile(
    rf"(?<!\w)(?:و|في|ب|ل)?(?P<first>{_NAMES})\.?(?:\s*/\s*(?:{_NAMES}))?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?:من )?(?:عام |سنه |العام )?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")


class When:
    """The time that one question names."""

    def __init__(self, question: str) -> None:
        self._months = months(question)
        self._days = frozenset(mention.day for mention in mentions(plain(question), None))

    def fits(self, article: Article) -> float:
        """1 where the article is of the month asked for, or names it; -1 where not; 0 where none is asked for.

        Half a point more for the day asked for, of publication or in the text.
        """
        if not self._months:
            return 0.0
        published = article.published_at.date() if article.published_at else None
        named = months(f"{article.title or ''}\n{article.text}")
        near = {(day.year, day.month) for day in _near(published)}
        if not self._months & (named | near):
            return -1.0
        if self._days and published and any(day <= published <= day + timedelta(days=3) for day in self._days):
            return 1.5
        return 1.0


def _near(published: date | None) -> Iterator[date]:
    if published:
        yield published
        yield published - timedelta(days=_AFTER)


@lru_cache(maxsize=256)
def months(text: str) -> frozenset[tuple[int, int]]:
    """Months of a year that a text names, in English or Arabic: (2018, 5)."""
    return frozenset((int(found["year"]), _number(found["first"])) for found in _MONTH.finditer(plain(text)))


def _number(name: str) -> int:
    return MONTHS[name.lower()]
