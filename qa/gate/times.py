"""Is every day, month and year that a claim names one of its sources'?

A day is compared with the days that the article gives and that of its publication; a month or a day of the week with
those named around the quotes, and only where none is named there with the rest of the article.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ingest.dates import MONTHS, plain
from ingest.days import mentions
from ingest.domain import Article
from ingest.lexis import fold
from qa.asked import years
from qa.event import reported
from qa.gate.evidence import Ground

_WEEK_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK_AR = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد")
_WEEK = {name: number for week in (_WEEK_EN, _WEEK_AR) for number, name in enumerate(week)}

CALENDAR = frozenset(MONTHS) | frozenset(_WEEK)
"""Folded names of months and days of the week."""

_LATE = 1
"""Days that a day may be off: the night between, another time zone."""

_LEAST_LETTERS = 2
"""Names of months have more."""


def same_time(text: str, grounds: Sequence[Ground]) -> bool:
    """Whether all times that a text names are its grounds'."""
    known = [day for ground in grounds for day in days_of(ground.article)]
    for mention in mentions(plain(text), None):
        if all(abs((mention.day - one).days) > _LATE for one in known):
            return False
    named = set().union(*(years(f"{ground.article.title or ''}\n{ground.article.text}") for ground in grounds))
    if not years(text) <= named | {day.year for day in known}:
        return False
    return all(_is_named(word, grounds, known) for word in _calendar_words(text))


def days_of(article: Article) -> Iterator[date]:
    """Days that an article gives, that of its publication and the one before."""
    published = article.published_at.date() if article.published_at else None
    yield from (mention.day for mention in mentions(plain(f"{article.title or ''}\n{article.text}"), published))
    if published:
        yield from (published, published - timedelta(days=1))
    if day := reported(article):
        yield day


def _is_named(word: str, grounds: Sequence[Ground], known: Sequence[date]) -> bool:
    """Whether a month or a day of the week is one that an article names or is of."""
    if word in MONTHS:
        near, whole = (
            {MONTHS[other] for told in texts for other in _calendar_words(told) if other in MONTHS}
            for texts in ([ground.around() for ground in grounds], [ground.article.text for ground in grounds])
        )
        return MONTHS[word] in (near or whole | {day.month for day in known})
    told = {_WEEK[other] for ground in grounds for other in _calendar_words(ground.around()) if other in _WEEK}
    return _WEEK[word] in (told or {day.weekday() for day in known})


def _calendar_words(text: str) -> Iterator[str]:
    """Months and days of the week that a text names; "may" only where it is written as a name."""
    for found in re.finditer(r"[^\W\d_]+", text):
        word = fold(found.group())
        if word == "may" and found.group() != "May":
            continue
        forms = (word, word.removeprefix("و"), word.removeprefix("ال"))
        named = (form for form in forms if form in _WEEK or (form in MONTHS and len(form) > _LEAST_LETTERS))
        yield from list(named)[:1]
