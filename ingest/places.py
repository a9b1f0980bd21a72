"""Places that the news names, in every spelling of both languages, and what they lie in.

The list is data: `ingest/data/places.jsonl`, every country and capital, and the provinces, towns and
districts of the Arab world, Turkey, Iran and Ukraine that reports of events name. A name that is
also an everyday word or somebody's name is listed as doubtful: it counts only beside a word that
says what it is («مدينة الباب», `the town of Salma`).
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import Field

from ingest.domain import Value
from ingest.errors import SettingsError
from ingest.gazetteer import Found, Gazetteer, Name, key_of
from ingest.lexis import fold
from ingest.listed import Line, Spelling, bundled, entry

_SAYS_WHAT_IT_IS = frozenset(
    fold(word)
    for word in """مدينة بلدة قرية محافظة منطقة ناحية قضاء ريف حي مدينتي بلدتي قريتي ضاحية مخيم دولة جمهورية
    شمال جنوب شرق غرب شمالي جنوبي شرقي غربي
    town city village province governorate district countryside suburb camp neighbourhood neighborhood outskirts
    northern southern eastern western""".split()  # noqa: SIM905 - a word list reads best as running text
)


class Place(Value):
    """A place that the news names."""

    canonical: Spelling
    """Its English name, which stands for all spellings; counts as one of them unless doubtful."""

    kind: Literal["region", "country", "province", "city", "town", "district"]
    """What it is."""

    names: tuple[Spelling, ...] = ()
    """Spellings that mean it wherever they stand, in both languages."""

    doubtful: tuple[Spelling, ...] = ()
    """Spellings that mean it only beside a word that says what it is."""

    beside: tuple[Spelling, ...] = ()
    """More words before which its doubtful names count: «في» where the name is else a verb («تدمر»)."""

    but_not: tuple[Spelling, ...] = ()
    """Longer phrases that hold one of its names and mean something else: `Michael Jordan`."""

    lies_in: Spelling | None = Field(default=None, alias="in")
    """Canonical name of the place around it, listed before it."""


class Places:
    """The places that are known. Immutable; safe to share between threads."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Read a list of places, each after the one it lies in.

        Raises:
            SettingsError: a line is no place, lies in one not listed before it, or gives a name that is another's.
        """
        self._places: dict[str, Place] = {}
        owners: dict[tuple[str, ...], str] = {}
        for line in lines:
            place = entry(Place, line)
            if place.canonical in self._places:
                raise SettingsError(f"{line.place}: {place.canonical!r} is listed twice.")
            if place.lies_in is not None and place.lies_in not in self._places:
                raise SettingsError(f"{line.place}: {place.lies_in!r} is not listed before {place.canonical!r}.")
            self._places[place.canonical] = place
            for name in (place.canonical, *place.names, *place.doubtful):
                owner = owners.setdefault(key_of(name), place.canonical)
                if owner != place.canonical:
                    raise SettingsError(f"{line.place}: {name!r} is a name of {owner!r} already.")
        self._names = Gazetteer(name for place in self._places.values() for name in _names(place))

    @classmethod
    def default(cls) -> "Places":
        """The bundled list; read once."""
        return _bundled_places()

    def canonical(self, name: str) -> str | None:
        """The one name of a place called so, whatever its capitals, «ال» or what Arabic writes onto it."""
        return next((listed.canonical for listed in self._names.lookup(name)), None)

    def names(self, canonical: str) -> tuple[str, ...]:
        """All spellings of a listed place, its canonical name first."""
        place = self._places.get(canonical)
        return tuple(dict.fromkeys((place.canonical, *place.names, *place.doubtful))) if place else ()

    def within(self, canonical: str) -> tuple[str, ...]:
        """The places around a listed place, nearest first: its province, country, part of the world."""
        place = self._places.get(canonical)
        around = []
        while place is not None and place.lies_in is not None:
            around.append(place.lies_in)
            place = self._places[place.lies_in]
        return tuple(around)

    def find(self, text: str) -> list[Found]:
        """Places that a text names, in order, longest names first, with exact offsets; linear time."""
        return self._names.find(text)


def _names(place: Place) -> Iterable[Name]:
    doubtful = frozenset(place.doubtful)
    for name in dict.fromkeys((place.canonical, *place.names)):
        if name not in doubtful:
            yield Name(name, place.canonical, place.kind)
    beside = _SAYS_WHAT_IT_IS.union(map(fold, place.beside))
    for name in place.doubtful:
        yield Name(name, place.canonical, place.kind, beside)
    for phrase in place.but_not:
        yield Name(phrase, None)


@cache
def _bundled_places() -> Places:
    return Places(bundled("places.jsonl"))
