"""What is asked of the ledger, as SQL conditions, and where a page of it ended."""

import base64
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import AwareDatetime, Field, TypeAdapter
from sqlalchemy import ColumnElement, and_, or_, select

from ingest.archive.selection import condition
from ingest.archive.tables import articles, figure_places, figures
from ingest.domain import Filters
from ingest.lexis import SPELLED, fold

_ARTICLES_EN = {"the", "a", "an"}


class AskedUnit(NamedTuple):
    """A unit that is looked for: by a name of it, or by the words that count."""

    names: frozenset[str]
    """Canonical units and fates, any of which will do."""

    terms: tuple[str, ...]
    """Index terms, all of which the counted noun phrase must have; empty: none will do."""


class FigureFilters(NamedTuple):
    """Which figures are looked at; the default is every attributed one."""

    articles: Filters = Filters()
    """Of which articles."""

    unattributed: bool = False
    """Whether figures in an article's own voice are among them."""

    speakers: tuple[str, ...] = ()
    """Names, canonical or as sources write them; their spelling is folded."""

    units: tuple[AskedUnit, ...] = ()

    places: tuple[str, ...] = ()
    """Canonical names."""

    day_from: date | None = None
    """First day of the event, included; publication's stands in where the sentence gives none."""

    day_to: date | None = None
    """Last day of the event, included."""

    values: tuple[tuple[float | None, float | None], ...] = ()
    """Ranges that the value lies in, all of them, ends included."""


def name_key(name: str) -> str:
    """What spellings of one name have in common: its folded words, without a leading article of English."""
    words = SPELLED.findall(fold(name))
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES_EN else words)


def conditions(filters: FigureFilters) -> list[ColumnElement[bool]]:
    """Conditions that all hold of figures, joined with their articles, that pass the filters."""
    parts: list[ColumnElement[bool]] = []
    if (only := condition(filters.articles)) is not None:
        parts.append(only)
    if not filters.unattributed:
        parts.append(figures.c.speaker.is_not(None))
    if filters.speakers:
        keys = [name_key(name) for name in filters.speakers]
        columns = (figures.c.speaker_canonical_key, figures.c.speaker_key, figures.c.body_canonical_key)
        parts.append(or_(*(column.in_(keys) for column in columns)))
    if filters.units:
        parts.append(or_(*map(_counts, filters.units)))
    if filters.places:
        here = select(figure_places.c.figure_key).where(figure_places.c.place.in_(filters.places))
        parts.append(figures.c.key.in_(here))
    if filters.day_from or filters.day_to:
        parts.append(_in_days(filters.day_from, filters.day_to))
    for low, high in filters.values:
        if low is not None:
            parts.append(figures.c.value >= low)
        if high is not None:
            parts.append(figures.c.value <= high)
    return parts


def _counts(unit: AskedUnit) -> ColumnElement[bool]:
    named = or_(figures.c.unit_canonical.in_(unit.names), figures.c.fate.in_(unit.names))
    if not unit.terms:
        return named
    return or_(named, and_(*(figures.c.unit_terms.contains(f" {term} ", autoescape=True) for term in unit.terms)))


def _in_days(first: date | None, last: date | None) -> ColumnElement[bool]:
    told = figures.c.day.between(first or date.min, last or date.max)
    published = condition(Filters(published_from=first, published_to=last))
    return or_(told, and_(figures.c.day.is_(None), *(() if published is None else (published,))))


_Number = Annotated[int, Field(ge=0, lt=2**63)]
"""SQLite's integers stay below."""


class PageEnd(NamedTuple):
    """The last figure of a page."""

    published_at: AwareDatetime | None
    article_id: str
    start: _Number
    number: _Number


_CURSOR = TypeAdapter(PageEnd)


def write_cursor(end: PageEnd) -> str:
    """Write where a page ended, for clients to give back."""
    return base64.urlsafe_b64encode(_CURSOR.dump_json(end)).decode().rstrip("=")


def read_cursor(cursor: str) -> PageEnd:
    """Read a cursor.

    Raises:
        ValueError: it is none of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return _CURSOR.validate_json(base64.b64decode(padded, altchars="-_", validate=True))
    except ValueError as error:
        raise ValueError("a cursor is the `next_cursor` of the page before") from error


def after(end: PageEnd) -> ColumnElement[bool]:
    """Condition that what comes after a page fulfils, in the order of `FigureStore.select`."""
    further = or_(figures.c.start > end.start, and_(figures.c.start == end.start, figures.c.number > end.number))
    in_article = and_(articles.c.id == end.article_id, further)
    same_moment = or_(articles.c.id > end.article_id, in_article)
    if end.published_at is None:
        return and_(articles.c.published_at.is_(None), same_moment)
    earlier = or_(articles.c.published_at < end.published_at, articles.c.published_at.is_(None))
    return or_(earlier, and_(articles.c.published_at == end.published_at, same_moment))
