"""When and where, by the words of one sentence.

sentence, day of publication → day;  sentence → places

A day is read only where the sentence gives exactly one. Days that bound a stretch of time (`since 15
March`, «منذ الخميس») are no event's day, and where a sentence says when something was said and when it
happened (`said on Friday that Thursday's strike …`), the latter counts. Every look
at the text has a fixed width.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from ingest.dates import plain
from ingest.days import Mention, mentions


class Named(Protocol):
    """A known name in a text, as a gazetteer finds it."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """One past the last code point."""

    @property
    def canonical(self) -> str:
        """One name for all spellings."""


class Gazetteer(Protocol):
    """What knows names."""

    def find(self, text: str, /) -> Sequence[Named]:
        """Known names in a text, in order."""


def places_of(text: str, known: Gazetteer, *, but: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Canonical names of the places that a text names, in order, each once.

    `but` are half-open spans whose names are no place of an event: the name of who speaks.
    """
    spans = tuple(but)
    return tuple(
        dict.fromkeys(
            found.canonical
            for found in known.find(text)
            if not any(found.start < end and start < found.end for start, end in spans)
        )
    )


def day_of(sentence: str, published: date | None) -> date | None:
    """The one day that a sentence gives, in English or Arabic; `None` where it gives none, or several.

    Days of the week, `yesterday` and the like are the latest such day on or before `published`; without it they give
    none, nor does a date without a year.
    """
    text = plain(sentence)
    events = [mention for mention in mentions(text, published) if not _bounds(text, mention)]
    days = {mention.day for mention in events}
    if len(days) > 1:
        days = {mention.day for mention in events if not _SAID.search(_before(text, mention, _FAR))}
    return days.pop() if len(days) == 1 else None


_NEAR, _FAR = 32, 60
"""Code points looked back at before a day: for a preposition, for a reporting verb."""

_BOUND = re.compile(
    r"(?<!\w)(?:since|until|till|from|(?<!day )before|after|by|through"
    r"|و?(?:منذ|حتي|قبل|بعد|(?:بدءا|ابتداء|اعتبارا) من))\s+"
    r"(?:(?:early|late|last|the|on|يوم|تاريخ|صباح|فجر|ظهر|مساء|ليل|ليله)\s+)?$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<!\w)(?:said|says|told|announced|reported|stated|confirmed|added|declared"
    r"|[وف]?(?:قال|ذكر|اعلن|افاد|اكد|اضاف|صرح|اوضح|كشف|نقل)ت?)\s(?:(?!that\b|ب?ان[هم]?\b)[^\d,،.:;؛])*$"
)


def _bounds(text: str, mention: Mention) -> bool:
    """Whether a day bounds a stretch of time; `after Thursday's strike` names the strike's day."""
    possessive = text.startswith(("'s", "’s"), mention.end)
    return not possessive and _BOUND.search(_before(text, mention, _NEAR)) is not None


def _before(text: str, mention: Mention, width: int) -> str:
    return text[max(0, mention.start - width) : mention.start]
