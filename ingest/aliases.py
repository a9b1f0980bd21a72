"""STAND-IN for the alias list; dropped when the real one is merged."""

import re
from functools import cache
from typing import NamedTuple

from ingest.lexis import fold
from ingest.settings import Settings

_NAMES = {
    "Syrian Observatory for Human Rights": "Syrian Observatory for Human Rights",
    "SOHR": "Syrian Observatory for Human Rights",
    "المرصد السوري لحقوق الإنسان": "Syrian Observatory for Human Rights",
    "The Observatory": "Syrian Observatory for Human Rights",
    "SANA": "SANA",
    "سانا": "SANA",
}


class Found(NamedTuple):
    """A name."""

    start: int
    end: int
    canonical: str


class Aliases:
    """Known speakers."""

    @staticmethod
    @cache
    def default() -> "Aliases":
        """The list."""
        return Aliases()

    @staticmethod
    def of(settings: Settings) -> "Aliases":  # noqa: ARG004
        """The list of an installation."""
        return Aliases.default()

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so."""
        return next((c for known, c in _NAMES.items() if fold(name) in {fold(known), fold(c)}), None)

    def find(self, text: str) -> list[Found]:
        """Names in a text."""
        pattern = "|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))
        names = {name.casefold(): canonical for name, canonical in _NAMES.items()}
        return [Found(m.start(), m.end(), names[m[0].casefold()]) for m in re.finditer(pattern, text, re.IGNORECASE)]
