"""STAND-IN for the list of places; dropped when the real one is merged."""

import re
from functools import cache
from typing import NamedTuple

from ingest.lexis import fold
from ingest.settings import Settings

_NAMES = {
    "al-Susah": "al-Susah",
    "السوسة": "al-Susah",
    "Aleppo": "Aleppo",
    "حلب": "Aleppo",
    "Idlib": "Idlib",
    "إدلب": "Idlib",
    "Deir ez-Zor": "Deir ez-Zor",
}


class Found(NamedTuple):
    """A name."""

    start: int
    end: int
    canonical: str


class Places:
    """Known places."""

    @staticmethod
    @cache
    def default() -> "Places":
        """The list."""
        return Places()

    @staticmethod
    def of(settings: Settings) -> "Places":  # noqa: ARG004
        """The list of an installation."""
        return Places.default()

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so."""
        return next((c for known, c in _NAMES.items() if fold(name) in {fold(known), fold(c)}), None)

    def find(self, text: str) -> list[Found]:
        """Names in a text."""
        pattern = "|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))
        names = {name.casefold(): canonical for name, canonical in _NAMES.items()}
        return [Found(m.start(), m.end(), names[m[0].casefold()]) for m in re.finditer(pattern, text, re.IGNORECASE)]
