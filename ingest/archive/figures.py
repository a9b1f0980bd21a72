"""The ledger's rows: written with their article, selected by who says what of where and when."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Select, delete, func, insert, or_, select

from ingest.archive.engine import writing
from ingest.archive.figure_filters import FigureFilters, PageEnd, after, conditions, name_key, read_cursor, write_cursor
from ingest.archive.rows import article_from, batches
from ingest.archive.tables import articles, figure_places, figures, readings
from ingest.domain import Article, ArticleId, LedgerEntry, Speaker, StatedFigure
from ingest.lexis import terms


class Reading(NamedTuple):
    """An article's entries, and which version of the readers they come from."""

    reader: str
    entries: Sequence[LedgerEntry]


class Recorded(NamedTuple):
    """An entry of the ledger with the article it stands in."""

    entry: LedgerEntry
    article: Article


class FigurePage(NamedTuple):
    """One page of the ledger: newest articles first, then by article's id and place in the text."""

    rows: list[Recorded]
    next_cursor: str | None
    """Where the next page goes on; `None` on the last."""


class FigureStore:
    """The ledger of one archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def select(self, filters: FigureFilters, *, cursor: str | None = None, limit: int = 50) -> FigurePage:
        """Page through the figures that pass the filters.

        Args:
            filters: which figures.
            cursor: `next_cursor` of the page before; `None` for the first.
            limit: figures a page.

        Raises:
            ValueError: the cursor is not one of these.
        """
        statement = _passing(filters).add_columns(articles.c.id.label("article_id"), articles.c.published_at)
        if cursor is not None:
            statement = statement.where(after(read_cursor(cursor)))
        # Undated articles come last: NULL is the least value.
        order = (articles.c.published_at.desc(), articles.c.id, figures.c.start, figures.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(*order).limit(limit + 1)).mappings().all()
            page = rows[:limit]
            kept = _articles(connection, list({row["article_id"] for row in page}))
            entries = _entries(connection, page)
        last = page[-1] if len(rows) > limit else None
        return FigurePage(
            [Recorded(entry, kept[entry.article_id]) for entry in entries],
            None if last is None else write_cursor(PageEnd(*(last[name] for name in PageEnd._fields))),
        )

    def count(self, filters: FigureFilters) -> int:
        """Number of figures that pass the filters."""
        with self._engine.connect() as connection:
            counted = select(func.count()).select_from(_passing(filters).subquery())
            return connection.scalar(counted) or 0

    def of_articles(self, article_ids: Sequence[ArticleId]) -> dict[ArticleId, list[LedgerEntry]]:
        """Every entry of some articles, each in order (`figure.whole` is an index); an article without has none."""
        found: dict[ArticleId, list[LedgerEntry]] = {article_id: [] for article_id in article_ids}
        statement = select(figures, articles.c.id.label("article_id")).join(articles)
        with self._engine.connect() as connection:
            for ids in batches(list(found)):
                mine = statement.where(articles.c.id.in_(ids)).order_by(figures.c.article_key, figures.c.number)
                for entry in _entries(connection, connection.execute(mine).mappings().all()):
                    found[entry.article_id].append(entry)
        return found

    def places(self) -> list[str]:
        """Every place that a figure's event was in, by canonical name, in order."""
        with self._engine.connect() as connection:
            place = figure_places.c.place
            return list(connection.scalars(select(place).distinct().order_by(place)))

    def due(self, reader: str, limit: int) -> list[Article]:
        """Some articles that this version of the readers has not read."""
        statement = select(articles).outerjoin(readings).where(_unread(reader)).order_by(articles.c.key).limit(limit)
        with self._engine.connect() as connection:
            return [article_from(row) for row in connection.execute(statement).mappings()]

    def count_due(self, reader: str) -> int:
        """Number of articles that this version of the readers has not read."""
        statement = select(func.count()).select_from(articles.outerjoin(readings)).where(_unread(reader))
        with self._engine.connect() as connection:
            return connection.scalar(statement) or 0

    def forget(self) -> None:
        """Make every article due; what was read of it stays until it is read again."""
        with writing(self._engine) as connection:
            connection.execute(delete(readings))

    def keep(self, read: Sequence[tuple[Article, Reading]]) -> None:
        """Replace the entries of articles, in one transaction; articles changed or removed meanwhile are left as is."""
        with writing(self._engine) as connection:
            for article, reading in read:
                row = connection.execute(select(articles).where(articles.c.id == article.id)).mappings().first()
                if row is not None and article_from(row) == article:
                    connection.execute(delete(figures).where(figures.c.article_key == row["key"]))
                    connection.execute(delete(readings).where(readings.c.article_key == row["key"]))
                    write(connection, row["key"], reading)


def write(connection: Connection, article_key: int, reading: Reading) -> None:
    """Write an article's entries, inside a transaction; it has none yet."""
    connection.execute(insert(readings).values(article_key=article_key, reader=reading.reader))
    if not reading.entries:
        return
    rows = [_row(article_key, number, entry) for number, entry in enumerate(reading.entries)]
    connection.execute(insert(figures), rows)
    mine = select(figures.c.number, figures.c.key).where(figures.c.article_key == article_key)
    keys = dict(iter(connection.execute(mine)))
    places = [
        {"figure_key": keys[number], "rank": rank, "place": place}
        for number, entry in enumerate(reading.entries)
        for rank, place in enumerate(entry.places)
    ]
    if places:
        connection.execute(insert(figure_places), places)


def _row(article_key: int, number: int, entry: LedgerEntry) -> dict[str, object]:
    figure, speaker, body, via = entry.figure, entry.speaker, entry.body, entry.via
    return figure.model_dump() | {
        "article_key": article_key,
        "number": number,
        "unit_terms": f" {' '.join(terms(figure.unit))} " if figure.unit else None,
        "speaker": speaker and speaker.name,
        "speaker_key": speaker and name_key(speaker.name),
        "speaker_canonical": speaker and speaker.canonical,
        "speaker_canonical_key": speaker and name_key(speaker.canonical),
        "body": body and body.name,
        "body_canonical": body and body.canonical,
        "body_canonical_key": body and name_key(body.canonical),
        "via": via and via.name,
        "via_canonical": via and via.canonical,
        "sentence_start": entry.sentence_start,
        "sentence_end": entry.sentence_end,
        "day": entry.day,
    }


def _entries(connection: Connection, rows: Sequence[RowMapping]) -> list[LedgerEntry]:
    """Build the entries of rows of `figures`; they were validated when they went in."""
    places: defaultdict[int, list[str]] = defaultdict(list)
    for keys in batches([row["key"] for row in rows]):
        where = figure_places.c.figure_key.in_(keys)
        for place in connection.execute(select(figure_places).where(where).order_by(figure_places.c.rank)):
            places[place.figure_key].append(place.place)
    return [
        LedgerEntry.model_construct(
            article_id=row["article_id"],
            figure=StatedFigure.model_construct(**{name: row[name] for name in StatedFigure.model_fields}),
            speaker=_speaker(row["speaker"], row["speaker_canonical"]),
            body=_speaker(row["body"], row["body_canonical"]),
            via=_speaker(row["via"], row["via_canonical"]),
            sentence_start=row["sentence_start"],
            sentence_end=row["sentence_end"],
            places=tuple(places[row["key"]]),
            day=row["day"],
        )
        for row in rows
    ]


def _speaker(name: str | None, canonical: str | None) -> Speaker | None:
    return None if name is None or canonical is None else Speaker(name=name, canonical=canonical)


def _articles(connection: Connection, ids: Sequence[ArticleId]) -> dict[ArticleId, Article]:
    found: dict[ArticleId, Article] = {}
    for part in batches(ids):
        rows = connection.execute(select(articles).where(articles.c.id.in_(part))).mappings()
        found.update({row["id"]: article_from(row) for row in rows})
    return found


def _unread(reader: str) -> ColumnElement[bool]:
    return or_(readings.c.reader.is_(None), readings.c.reader != reader)


def _passing(filters: FigureFilters) -> Select[tuple[object, ...]]:
    """The figures that pass the filters."""
    return select(figures).join(articles).where(*conditions(filters))
