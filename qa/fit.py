"""How well does a figure fit what a question asks: how many of what, and what befell them?"""

import re
from collections.abc import Mapping

import numpy as np

from ingest.domain import StatedFigure
from ingest.encoder import Encoder
from ingest.figures.unit_words import Unit, human_units
from ingest.language import detect_query_language
from ingest.lexis import terms
from qa.coverage import SAME, UNRELATED, content_words, meaning
from qa.question import Asked

PART = 0.35
"""Factor for a figure that counts a part of another one, where no kind is asked for: it is not what is asked for."""

_OF_ALL = frozenset({"people", "killed", "wounded", "casualties", "missing", "displaced", "detainees", "hostages"})
"""Units that say of people no more than that, or what befell them."""

ANYBODY = _OF_ALL | {"civilians"}
"""Units in which different reports give one toll; children or workers are a part of it as often as not."""

_OTHER_KIND = 0.75
"""Fit of people of some kind where people are asked for: 12 civilians killed, for how many were killed."""

_UNSAID = 0.7
"""Factor where what befell them is asked and not said of the figure."""

_UNNAMED = 0.5
"""Fit of a figure that counts nothing named, or nothing that is known, where something is asked for."""

_BARE = 0.6
"""Fit of a figure that counts nothing named, where a known thing is asked for."""

_SOME_SIZE = 0.7
"""Fit of any measure where a size is asked for."""

MONEY = frozenset(
    {
        "USD",
        "EUR",
        "GBP",
        "pounds",
        "yen",
        "yuan",
        "shekels",
        "dinars",
        "lira",
        "riyals",
        "dirhams",
        "roubles",
        "rupees",
    }
    | {"francs", "crowns", "tomans"}
)
"""Canonical units of money."""

MEASURES: Mapping[str, frozenset[str]] = {
    "percent": frozenset({"percent"}),
    "money": MONEY,
    "area": frozenset({"hectares", "square km", "square metres", "square miles", "acres", "dunams"}),
    "length": frozenset({"km", "metres", "cm", "mm", "miles", "yards", "feet", "inches"}),
    "speed": frozenset({"km", "miles", "metres", "km/h", "mph"}),
    "time": frozenset(
        {"seconds", "minutes", "hours", "days", "nights", "weeks", "months", "years", "decades", "centuries"}
    ),
}
"""Canonical units of what is measured."""

_PARTS = re.compile(
    r"\s*of (?:the|those|its|his|her|their) (?:\w+ )?"
    r"(?:dead|killed|victims|deaths|fatalities|casualties|wounded|injured|missing|detainees)\b"
    r"|\s*من (?:بين )?(?:القتلى|الضحايا|الجرحى|المصابين|المفقودين|المعتقلين|الوفيات)(?!\w)"
)


class Fit:
    """Compares figures with what one question asks."""

    def __init__(self, asked: Asked, encoder: Encoder) -> None:
        self._asked = asked
        self._encoder = encoder

    def of(self, figure: StatedFigure, language: str) -> float:
        """How well a figure fits what is asked, 0 to 1."""
        asked = self._asked
        if figure.value in asked.numbers:
            return 0.0  # what the question itself gives is not what it asks for
        if 0 < figure.value < 1 and asked.measured not in {"percent", "size"}:
            return 0.0  # a third of them is no number of them
        if asked.measured is not None:
            return self._of_measure(figure, asked.measured)
        if figure.unit_canonical == "percent":
            return 0.0
        return self._of_unit(figure, language) * self._of_fate(figure)

    def _of_measure(self, figure: StatedFigure, measured: str) -> float:
        if measured == "size":
            is_other = _is_human(figure) or figure.unit_canonical in MONEY | MEASURES["time"] | MEASURES["percent"]
            return 0.0 if is_other else _SOME_SIZE
        return 1.0 if figure.unit_canonical in MEASURES[measured] else 0.0

    def _of_fate(self, figure: StatedFigure) -> float:
        asked = self._asked.fate
        if asked is None or asked == figure.fate:
            return 1.0
        return _UNSAID if figure.fate is None or not _is_human(figure) else 0.0

    def _of_unit(self, figure: StatedFigure, language: str) -> float:
        unit = self._asked.unit
        if unit is None:
            return self._by_meaning(figure, language) if self._asked.counted else _UNNAMED
        if figure.unit_canonical is not None:
            return self._of_known(unit, figure, language)
        if figure.unit is None:
            return _BARE if figure.fate is not None or not unit.human else 0.0
        return self._by_meaning(figure, language)

    def _of_known(self, unit: Unit, figure: StatedFigure, language: str) -> float:
        """How well a known thing that is counted is the known thing asked for."""
        whole = PART if figure.whole is not None and unit.canonical in _OF_ALL else 1.0
        if unit.canonical == figure.unit_canonical:
            return whole
        if unit.human and unit.canonical in _OF_ALL and _is_human(figure):
            return whole if figure.unit_canonical in _OF_ALL else whole * _OTHER_KIND
        if unit.human or _is_human(figure):
            return 0.0
        return self._by_meaning(figure, language)

    def _by_meaning(self, figure: StatedFigure, language: str) -> float:
        """How near what a figure counts is to what is asked for, word by word."""
        asked = content_words(self._asked.counted or (self._asked.unit.canonical if self._asked.unit else ""))
        counted = content_words(figure.unit or "")
        if not asked or not counted:
            return _UNNAMED * (figure.unit is None)
        if set(terms(" ".join(asked))) & set(terms(" ".join(counted))):
            return 1.0
        cosines = meaning(self._encoder, asked, detect_query_language(" ".join(asked)), counted, language)
        return float(np.clip((cosines.max() - UNRELATED) / (SAME - UNRELATED), 0, 1))


def is_part(text: str, figure: StatedFigure) -> bool:
    """Whether a figure counts some of the dead, the wounded …, not all of them: "ten of the dead were children"."""
    return _PARTS.match(text, figure.end) is not None


def _is_human(figure: StatedFigure) -> bool:
    return figure.unit_canonical in human_units()
