"""What can be asked of the ledger, as every door takes it: the command line, HTTP, and programs."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ingest.aliases import Aliases
from ingest.archive import Archive, AskedUnit, FigureFilters
from ingest.archive.figure_filters import read_cursor
from ingest.domain import ArticleId, Day, Filters, LanguageCode, Outlet, Value
from ingest.figures import read_figures
from ingest.lexis import terms
from ingest.places import Places

_Finite = Annotated[float, Field(allow_inf_nan=False)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_FEW = 50
"""Values that one parameter may be given."""


def _ours(cursor: str) -> str:
    read_cursor(cursor)
    return cursor


Cursor = Annotated[str, Field(max_length=1_000), AfterValidator(_ours)]
"""`next_cursor` of the page before."""


class LedgerQuery(Value):
    """Which figures are asked for; all that are given must hold, and of one that is repeated, any value will do."""

    speaker: Annotated[tuple[_Name, ...], Field(max_length=_FEW)] = ()
    """Who says it, by any name and spelling in either language: `SOHR` also finds «المرصد السوري لحقوق الإنسان»."""

    unit: Annotated[tuple[_Name, ...], Field(max_length=_FEW)] = ()
    """What is counted: a canonical unit (`civilians`, `USD`, `km`), what befell them (`killed`), or words of it."""

    place: Annotated[tuple[_Name, ...], Field(max_length=_FEW)] = ()
    """Where it happened, by any known name of the place; a province or country also finds what lies in it."""

    date_from: Day | None = None
    """First day of the event, included; the day of publication stands in where the sentence gives none."""

    date_to: Day | None = None
    """Last day of the event, included."""

    value: _Finite | None = None
    """The figure itself."""

    value_min: _Finite | None = None
    """Least figure, included."""

    value_max: _Finite | None = None
    """Greatest figure, included."""

    article_id: Annotated[tuple[ArticleId, ...], Field(max_length=1_000)] = ()
    """Articles by id."""

    outlet: Annotated[tuple[Outlet, ...], Field(max_length=200)] = ()
    """Outlets, as their articles name them."""

    language: Annotated[tuple[LanguageCode, ...], Field(max_length=200)] = ()
    """ISO 639-1 codes."""

    published_from: Day | None = None
    """First day of publication, included."""

    published_to: Day | None = None
    """Last day of publication, included."""

    unattributed: bool = False
    """Whether figures that an article states in its own voice are among them."""


def to_filters(query: LedgerQuery, archive: Archive, *, aliases: Aliases, places: Places) -> FigureFilters:
    """Turn what is asked into what an archive can select by."""
    return FigureFilters(
        articles=Filters(
            published_from=query.published_from,
            published_to=query.published_to,
            outlets=tuple(query.outlet),
            languages=tuple(query.language),
            article_ids=tuple(query.article_id),
        ),
        unattributed=query.unattributed,
        speakers=tuple(name for asked in query.speaker for name in {asked, aliases.canonical(asked) or asked}),
        units=tuple(_unit(asked) for asked in query.unit),
        places=_places(query.place, archive, places),
        day_from=query.date_from,
        day_to=query.date_to,
        values=tuple(
            (low, high)
            for low, high in ((query.value, query.value), (query.value_min, query.value_max))
            if low is not None or high is not None
        ),
    )


def _unit(asked: str) -> AskedUnit:
    """A unit by its name; a single word also by the name that the reader of figures has for it («مدنيين»)."""
    words = tuple(terms(asked))
    names = {asked, asked.lower(), asked.upper()}
    if len(words) == 1:
        names |= {
            name for figure in read_figures(f"7 {asked}") for name in (figure.unit_canonical, figure.fate) if name
        }
    return AskedUnit(frozenset(names), words)


def _places(asked: Sequence[str], archive: Archive, places: Places) -> tuple[str, ...]:
    """Places by their canonical names, and those of the ledger that lie in them."""
    wanted = {places.canonical(name) or name for name in asked}
    inside = (
        [place for place in archive.figures.places() if wanted.intersection(places.within(place))] if wanted else []
    )
    return (*wanted, *inside)
