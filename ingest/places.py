"""STAND-IN for the list of places; dropped when the real one is merged."""

import re
from functools import cache
from typing import NamedTuple

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

    def find(self, text: str) -> list[Found]:
        """Names in a text."""
        pattern = "|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))
        names = {name.casefold(): canonical for name, canonical in _NAMES.items()}
        return [Found(m.start(), m.end(), names[m[0].casefold()]) for m in re.finditer(pattern, text, re.IGNORECASE)]
