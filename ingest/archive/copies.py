"""Which articles of the archive are copies of each other, as its users see it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, Select, delete, func, select

from ingest.archive import reports
from ingest.archive.copy_tables import TABLES, copy_members, copy_texts, is_stale, mark
from ingest.archive.engine import writing
from ingest.archive.rows import article_from, batches
from ingest.archive.tables import articles
from ingest.copies import words_of
from ingest.domain import ArticleId, Copy

_AT_ONCE = 50
"""Articles asked for together when an older archive is compared."""


class CopyStore:
    """Which articles of one archive are copies of each other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, article_ids: Iterable[ArticleId]) -> dict[ArticleId, tuple[Copy, ...]]:
        """Other articles of the same report, earliest first, for each article that has any."""
        reports = self._reports(article_ids)
        return {
            article_id: tuple(link for link in members if link.article_id != article_id)
            for article_id, members in reports.items()
            if len(members) > 1
        }

    def originals(self, article_ids: Iterable[ArticleId]) -> dict[ArticleId, ArticleId]:
        """The article that stands for each one's report: the earliest; itself where it was not compared yet."""
        reports = self._reports(article_ids := list(article_ids))
        return {
            article_id: reports[article_id][0].article_id if article_id in reports else article_id
            for article_id in article_ids
        }

    def _reports(self, article_ids: Iterable[ArticleId]) -> dict[ArticleId, list[Copy]]:
        """Every article of the same report, earliest first, by the ids of some of them."""
        originals: dict[ArticleId, int] = {}
        members: dict[int, list[Copy]] = {}
        with self._engine.connect() as connection:
            for ids in batches(list(article_ids)):
                mine = _compared(articles.c.id, copy_texts.c.original).where(articles.c.id.in_(ids))
                originals.update(dict(iter(connection.execute(mine))))
            for keys in batches(sorted(set(originals.values()))):
                rows = connection.execute(
                    _compared(copy_texts.c.original, articles.c.id, articles.c.outlet, articles.c.url)
                    .where(copy_texts.c.original.in_(keys))
                    .order_by(*_ORDER)
                )
                for original, article_id, outlet, url in rows:
                    members.setdefault(original, []).append(Copy(article_id=article_id, outlet=outlet, url=url))
        return {article_id: members[original] for article_id, original in originals.items()}

    def count(self) -> int:
        """Number of articles that are a copy of another one."""
        reports = func.count(copy_texts.c.original.distinct())
        with self._engine.connect() as connection:
            return connection.execute(_compared(func.count() - reports)).scalar() or 0

    def uncompared(self) -> int:
        """Number of articles that were not compared yet, or by another method: `catch_up` is due."""
        with self._engine.connect() as connection:
            if is_stale(connection):
                return connection.scalar(select(func.count()).select_from(articles)) or 0
            return connection.scalar(select(func.count()).select_from(_DUE.subquery())) or 0

    def catch_up(self) -> None:
        """Compare every article that was not compared yet, each in a transaction of its own; can be cut short."""
        with writing(self._engine) as connection:
            if is_stale(connection):
                for table in reversed(TABLES):
                    connection.execute(delete(table))
                mark(connection)
        while True:
            with self._engine.connect() as connection:
                ids = connection.scalars(_DUE.limit(_AT_ONCE)).all()
            if not ids:
                return
            for article_id in ids:
                with writing(self._engine) as connection:
                    due = select(articles).where(articles.c.id == article_id, articles.c.id.in_(_DUE))
                    if row := connection.execute(due).mappings().first():
                        article = article_from(row)
                        reports.add(connection, row["key"], article, words_of(article.text))


_ORDER = (articles.c.published_at.is_(None), articles.c.published_at, articles.c.id)
"""What is earlier: by date, undated last, then by id."""

_DUE = (
    select(articles.c.id)
    .outerjoin(copy_members, copy_members.c.article_key == articles.c.key)
    .where(copy_members.c.article_key.is_(None))
)


def _compared(*columns: Any) -> Select[Any]:
    joined = articles.join(copy_members, copy_members.c.article_key == articles.c.key)
    return select(*columns).select_from(joined.join(copy_texts, copy_texts.c.key == copy_members.c.text_key))
