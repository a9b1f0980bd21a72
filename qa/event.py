"""Do two reports tell of one event? By when they came out, the day they name, and the names asked about.

Strikes on two towns in one week share nearly all their words; what tells them apart is a name that the question gives
and one of them has not, and a day.
"""

from datetime import date
from typing import Protocol

from ingest.dates import plain
from ingest.days import mentions
from ingest.domain import Article
from ingest.events import day_of
from ingest.lexis import names, terms
from qa.domain import Question

_DAYS = 21
"""Days between two reports of one event, at most."""

_LATE = 2
"""Days that a day named in a report may be off the one asked for: the night between, another time zone."""

_NAMED = 0.6
"""Share of the names asked about, of those that the better report has, that the other one has to have."""


class Told(Protocol):
    """Words of an article that tell of an event: a candidate, a draft."""

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def start(self) -> int:
        """Their first code point in its text."""
        ...

    @property
    def end(self) -> int:
        """One past their last code point."""
        ...


class Event:
    """The event that one question asks about."""

    def __init__(self, question: Question) -> None:
        self._language = question.language
        self._days = frozenset(mention.day for mention in mentions(plain(question.in_context), None))
        self._words = set(terms(question.in_context))
        self._names = set(names(question.in_context)) | set(names(question.in_context, across=True))

    def is_same(self, best: "Told", other: "Told") -> bool:
        """Whether another sentence's report tells of the event that the best one's tells of."""
        first, second = best.article, other.article
        if self._is_of_another_day(other):
            return False
        if first.id == second.id:
            return True
        days = reported(first), reported(second)
        if days[0] and days[1] and abs((days[0] - days[1]).days) > _DAYS:
            return False
        marks = self._marks(first)
        other_marks = self._marks(second)
        if first.language == second.language:
            return len(marks & other_marks) >= _NAMED * len(marks)
        return True

    def _is_of_another_day(self, told: "Told") -> bool:
        """Whether its sentence names a day, and not the one asked for."""
        article = told.article
        published = article.published_at.date() if article.published_at else None
        day = day_of(article.text[told.start : told.end], published)
        return bool(self._days) and day is not None and all(abs((day - asked).days) > _LATE for asked in self._days)

    def _marks(self, article: Article) -> set[str]:
        """The names asked about that an article has: by their sound, between two Arabic texts by their letters."""
        text = f"{article.title or ''}\n{article.text}"
        if article.language == self._language == "ar":  # where nothing tells a name from another word
            return self._words & set(terms(text))
        return self._names & set(names(text))


def reported(article: Article) -> date | None:
    """The day an article is of: the one day that its first words give in full, else that of its publication.

    Archives hold wrong dates of publication; a date in the text itself is the source's own.
    """
    days = {mention.day for mention in mentions(plain(article.text[:_DATELINE]), None)}
    if len(days) == 1:
        return days.pop()
    return article.published_at.date() if article.published_at else None


_DATELINE = 160
"""Code points at an article's beginning in which it may give its own date."""
