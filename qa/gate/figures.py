"""Does every figure of a claim stand in its quotes: this value, with this hedge, of these things?

Figures are read out of the claim's text by the reader that reads articles, and taken from its `figures`. A claim may
say less than its source of what is counted ("28 people" of 28 civilians), never more: 54 people are not 54 civilians.
A hedge is kept as it is.
"""

from collections.abc import Iterator, Sequence
from math import isclose
from typing import NamedTuple

from ingest.domain import StatedFigure
from ingest.encoder import Encoder
from ingest.figures import read_figures
from ingest.figures.fates import fate_of
from ingest.figures.tokens import tokenize
from ingest.figures.unit_words import human_units
from ingest.language import detect_query_language
from ingest.lexis import fold, terms
from qa.answer import Fault
from qa.coverage import SAME, content_words, meaning
from qa.drafts import DraftedClaim, DraftedFigure
from qa.fit import MONEY
from qa.gate.evidence import Ground

_OF_ALL = frozenset({"people", "killed", "wounded", "casualties", "missing", "displaced", "detainees", "hostages"})
"""Units that say no more of people than what befell them."""

_WRONG: tuple[Fault, ...] = ("altered_number", "altered_bound", "wrong_unit")
"""Faults of a figure, the nearest to being right last."""


class Found(NamedTuple):
    """A claim's figure where its quotes state it."""

    ground: Ground
    figure: StatedFigure


class Stated(NamedTuple):
    """What a claim's figures rest on, or what is wrong with them."""

    found: tuple[Found, ...] = ()
    """Each figure once, in the order of the claim."""

    fault: Fault | None = None


def stated(claim: DraftedClaim, grounds: Sequence[Ground], encoder: Encoder) -> Stated:
    """Find every figure of a claim in its quotes."""
    here = [Found(ground, figure) for ground in grounds for figure in ground.figures]
    found: dict[tuple[str, int], Found] = {}
    for wanted in _wanted(claim):
        fault, match = _match(wanted, here, encoder)
        if match is None:
            return Stated(fault=fault)
        found.setdefault((match.ground.article.id, match.figure.start), match)
    return Stated(tuple(found.values()))


class _Wanted(NamedTuple):
    """A figure as a claim states it."""

    figure: StatedFigure
    hedged: bool
    """Whether the claim says how it is hedged."""
    drafted: bool
    """Whether it comes from the claim's `figures` and not from its text."""


def _wanted(claim: DraftedClaim) -> Iterator[_Wanted]:
    for figure in read_figures(claim.text):
        yield _Wanted(figure, hedged=True, drafted=False)
    for drafted in claim.figures:
        yield _Wanted(_read(drafted), hedged="bound" in drafted.model_fields_set, drafted=True)


def _read(drafted: DraftedFigure) -> StatedFigure:
    """A figure of a draft, its unit read as the reader of articles does."""
    number = f"{drafted.value:.15g}"
    figure = StatedFigure(value=drafted.value, bound=drafted.bound, start=0, end=1, quote=number)
    if not drafted.unit:
        return figure
    arabic = detect_query_language(drafted.unit) == "ar"
    read = read_figures(f"قال إن 25 {drafted.unit}" if arabic else f"25 {drafted.unit}")
    words = {"unit": drafted.unit, "unit_canonical": None, "fate": None}
    if len(read) == 1:
        words |= {"unit_canonical": read[0].unit_canonical, "fate": read[0].fate}
    if drafted.unit in MONEY or drafted.unit in human_units() | {"percent"}:
        words |= {"unit_canonical": drafted.unit}
    if drafted.unit.strip() in {"%", "٪"}:
        words |= {"unit_canonical": "percent"}
    return figure.model_copy(update=words)


def _match(wanted: _Wanted, here: Sequence[Found], encoder: Encoder) -> tuple[Fault | None, Found | None]:
    nearest = -1
    for found in here:
        fault = _fault(wanted, found, encoder)
        if fault is None:
            return None, found
        nearest = max(nearest, _WRONG.index(fault))
    return _WRONG[max(nearest, 0)], None


def _fault(wanted: _Wanted, found: Found, encoder: Encoder) -> Fault | None:
    mine, theirs = wanted.figure, found.figure
    if not isclose(mine.value, theirs.value, rel_tol=1e-9):
        return "altered_number"
    if not counts(wanted, found, encoder):
        return "wrong_unit"
    if wanted.hedged and mine.bound != theirs.bound:
        return "altered_bound"
    if not wanted.drafted and mine.fate and _fate(found) is None and not _says_fate(mine.fate, found.ground.text):
        return "wrong_unit"
    return None


def counts(wanted: _Wanted, found: Found, encoder: Encoder) -> bool:
    """Whether a claim's figure counts what its source's does, or says less of it."""
    mine, theirs = wanted.figure, found.figure
    fate = _fate(found)
    if mine.fate and fate and mine.fate != fate:
        return False
    units = mine.unit_canonical, theirs.unit_canonical
    if "percent" in units:
        return units[0] == units[1]
    if mine.unit_canonical is None and mine.unit is None:
        return True
    if all(units):
        human = human_units()
        if units[0] == units[1]:
            return True
        # "54 people" of 54 killed, "28 dead" of 28 civilians who were killed: no more is said of them.
        return units[0] in _OF_ALL and units[1] in human and (units[0] == "people" or fate is not None)
    return _alike(mine, found, encoder)


def _fate(found: Found) -> str | None:
    """What befell those counted, by the figure itself or by the one it is a part of."""
    whole = found.ground.whole(found.figure)
    return found.figure.fate or (whole.fate if whole else None)


def _says_fate(fate: str, text: str) -> bool:
    return any(fate_of(token) == fate for token in tokenize(text))


def _alike(mine: StatedFigure, found: Found, encoder: Encoder) -> bool:
    """Whether what two figures count is named alike, where a unit has no canonical name: by a word, or in meaning."""
    theirs = found.figure
    language = found.ground.article.language
    asked = content_words(mine.unit or mine.unit_canonical or "")
    # What is counted may stand apart from its number: "the toll rose to 28".
    counted = content_words(theirs.unit or theirs.unit_canonical or "") or content_words(found.ground.text)
    if not asked or not counted:
        return True
    if set(terms(" ".join(asked))) & set(terms(" ".join(counted))) or fold(mine.unit or "") == fold(theirs.unit or "-"):
        return True
    near = meaning(encoder, asked, detect_query_language(" ".join(asked)), counted, language)
    return bool(near.max() >= _NEAR)


_NEAR = (SAME + 0.2) / 2
"""Centred cosine from which on two names of a counted thing may mean one."""
