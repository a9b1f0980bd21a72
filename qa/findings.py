"""What a sentence says that is asked: figures of the right kind, words of the right speaker.

Sentence → Findings, each with how well it fits what is asked. A question that names a speaker is answered from that
speaker alone; one that asks how many, from figures that count such things alone.
"""

import re
from typing import NamedTuple

import numpy as np

from ingest.domain import Article, Attribution, StatedFigure
from ingest.figures.unit_words import human_units
from ingest.language import detect_query_language
from ingest.lexis import terms
from ingest.library import Library
from qa.accounts import Account, read_account
from qa.asked import gives_reason, holds_time
from qa.coverage import SAME, UNRELATED, content_words, meaning
from qa.injection import tainted
from qa.question import Asked, read_question
from qa.speakers import Names, Speakers

LEAST_FIT = 0.4
"""Fit from which on a figure may be the one asked for."""

_OF_ALL = frozenset({"people", "killed", "wounded", "casualties", "missing", "displaced", "detainees", "hostages"})
"""Units that say of people no more than that, or what befell them."""

_OTHER_KIND = 0.75
"""Fit of people of some kind where people are asked for: 12 civilians killed, for how many were killed."""

_PART = 0.45
"""Factor for a figure that counts a part of another one, where no kind is asked for."""

_UNSAID = 0.7
"""Factor where what befell them is asked and not said of the figure."""

_UNNAMED = 0.5
"""Fit of a figure that counts nothing named, or nothing that is known, where something is asked for."""


class Finding(NamedTuple):
    """Something a sentence says."""

    said: Attribution | None
    """Who says it; `None`: the article itself."""

    figure: StatedFigure | None
    """The figure, where one is asked for."""

    fit: float
    """How well it fits what is asked, 0 to 1; 1 where no figure is asked for."""

    names: Names
    """All names that the article gives to who says it; none where it does itself."""


class Finder:
    """Looks for what one question asks."""

    def __init__(self, asked: Asked, library: Library) -> None:
        self.asked = asked
        self._library = library
        self.speakers = Speakers(library.encoder, library.aliases)

    @classmethod
    def of(cls, question: str, library: Library) -> "Finder":
        """Read a question, and look for what it asks."""
        return cls(read_question(question, aliases=library.aliases, places=library.places), library)

    def account(self, article: Article) -> Account:
        """What an article says."""
        return read_account(article, self._library.aliases)

    def find(self, article: Article, start: int, end: int) -> list[Finding]:
        """What a sentence says that is asked, best first; nothing where it says none of it."""
        account = self.account(article)
        if tainted(article.text, start, end):
            return []
        if self.asked.kind == "figure":
            found = [
                self._finding(account, account.says(figure.start, figure.end), figure, article.language)
                for figure in account.figures_in(start, end)
            ]
            kept = [one for one in found if one.fit >= LEAST_FIT and self._speaks(one)]
            return sorted(kept, key=lambda one: -one.fit)
        if self.asked.kind == "why" and not gives_reason(article.text[start:end]):
            return []
        if self.asked.kind == "when" and not holds_time(article.text[start:end]):
            return []
        if self.asked.speaker:
            voices = (said for said in account.said if said.start < end and start < said.end)
            found = [self._finding(account, said, None, article.language) for said in voices]
            return [one for one in found if self._speaks(one)][:1]
        return [self._finding(account, account.voice(start, end), None, article.language)]

    def _finding(
        self, account: Account, said: Attribution | None, figure: StatedFigure | None, language: str
    ) -> Finding:
        fit = self.fit(figure, language) if figure else 1.0
        if figure and is_part(account.text, figure):
            fit *= _PART
        return Finding(said, figure, fit, Names(account.names(said) if said else ()))

    def _speaks(self, finding: Finding) -> bool:
        asked = self.asked
        return asked.speaker is None or self.speakers.is_asked(finding.names, asked.speaker, asked.speakers)

    def fit(self, figure: StatedFigure, language: str) -> float:
        """How well a figure fits what is asked, 0 to 1."""
        asked = self.asked
        if figure.value in asked.numbers:
            return 0.0  # what the question itself gives is not what it asks for
        if asked.measured == "percent":
            return 1.0 if figure.unit_canonical == "percent" else 0.0
        if figure.unit_canonical == "percent":
            return 0.0
        if asked.measured == "money":
            return 1.0 if figure.unit_canonical in MONEY else 0.0
        if asked.measured == "size":
            return 0.7 if not _is_human(figure) and figure.unit_canonical not in MONEY | MEASURES["time"] else 0.0
        if asked.measured is not None:
            return 1.0 if figure.unit_canonical in MEASURES[asked.measured] else 0.0
        return self._of_unit(figure, language) * self._of_fate(figure)

    def _of_fate(self, figure: StatedFigure) -> float:
        asked = self.asked.fate
        if asked is None or asked == figure.fate:
            return 1.0
        if figure.fate is None or not _is_human(figure):
            return _UNSAID
        return 0.0

    def _of_unit(self, figure: StatedFigure, language: str) -> float:
        unit = self.asked.unit
        if unit is None and self.asked.counted is None:
            return _UNNAMED
        if unit is not None and figure.unit_canonical is not None:
            if unit.canonical == figure.unit_canonical:
                return 1.0 if figure.whole is None or unit.canonical not in _OF_ALL else _PART
            if unit.human and unit.canonical in _OF_ALL and _is_human(figure):
                if figure.unit_canonical in _OF_ALL:
                    return 1.0 if figure.whole is None else _PART
                return _OTHER_KIND if figure.whole is None else _OTHER_KIND * _PART
            return self._by_meaning(figure, language) if not unit.human and not _is_human(figure) else 0.0
        if unit is not None and figure.unit is None:
            return 0.6 if figure.fate is not None or not unit.human else 0.0
        return self._by_meaning(figure, language)

    def _by_meaning(self, figure: StatedFigure, language: str) -> float:
        """How near what a figure counts is to what is asked for, word by word."""
        asked = content_words(self.asked.counted or (self.asked.unit.canonical if self.asked.unit else ""))
        counted = content_words(figure.unit or "")
        if not asked or not counted:
            return _UNNAMED * (figure.unit is None)
        if set(terms(" ".join(asked))) & set(terms(" ".join(counted))):
            return 1.0
        cosines = meaning(self._library.encoder, asked, detect_query_language(" ".join(asked)), counted, language)
        return float(np.clip((cosines.max() - UNRELATED) / (SAME - UNRELATED), 0, 1))


_PARTS = re.compile(
    r"\s*of (?:the|those|its|his|her|their) (?:\w+ )?(?:dead|killed|victims|deaths|fatalities|casualties|wounded|injured|missing|detainees)\b"
    r"|\s*من (?:بين )?(?:القتلى|الضحايا|الجرحى|المصابين|المفقودين|المعتقلين|الوفيات)(?!\w)"
)


def is_part(text: str, figure: StatedFigure) -> bool:
    """Whether a figure counts some of the dead, the wounded …, not all of them: "ten of the dead were children"."""
    return _PARTS.match(text, figure.end) is not None


MONEY = frozenset(
    """USD EUR GBP pounds yen yuan shekels dinars lira riyals dirhams roubles rupees francs crowns tomans""".split()  # noqa: SIM905 - a word list reads best as running text
)
"""Canonical units of money."""


MEASURES = {
    "area": frozenset(
        {"hectares", "square km", "square metres", "square miles", "square kilometres", "acres", "dunams"}
    ),
    "length": frozenset({"km", "metres", "cm", "mm", "miles", "yards", "feet", "inches"}),
    "speed": frozenset({"km", "miles", "metres", "km/h", "mph"}),
    "time": frozenset(
        {"seconds", "minutes", "hours", "days", "nights", "weeks", "months", "years", "decades", "centuries"}
    ),
}
"""Canonical units of what is measured."""


def _is_human(figure: StatedFigure) -> bool:
    return figure.unit_canonical in human_units()
