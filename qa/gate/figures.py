"""Does every figure of a claim stand in its quotes: this value, with this hedge, of these things?

Figures are read out of the claim's text by the reader that reads articles, and taken from its `figures`. A claim may
say less than its source of what is counted ("28 people" of 28 civilians), never more: 54 people are not 54 civilians.
A hedge is kept as it is.
"""

import re
from collections.abc import Iterator, Sequence
from math import isclose
from typing import Literal, NamedTuple

from ingest.domain import StatedFigure
from ingest.encoder import Encoder
from ingest.figures import read_figures
from ingest.figures.fates import fate_of
from ingest.figures.tokens import tokenize
from ingest.figures.unit_words import human_units
from ingest.language import detect_query_language
from ingest.lexis import fold, terms
from ingest.turns import turns
from qa.answer import Fault
from qa.coverage import content_words, meaning
from qa.drafts import DraftedClaim, DraftedFigure
from qa.fit import MONEY
from qa.gate.evidence import Ground
from qa.gate.senses import senses_of
from qa.offices import of_word

_OF_ALL = frozenset({"people", "killed", "wounded", "casualties", "missing", "displaced", "detainees", "hostages"})
"""Units that say no more of people than what befell them."""

Same = Literal["yes", "unsure", "no"]

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

    sure: bool = True
    """Whether they surely count what the claim says, by its own words."""


def stated(claim: DraftedClaim, grounds: Sequence[Ground], encoder: Encoder) -> Stated:
    """Find every figure of a claim in its quotes."""
    if _is_tampered(claim.text, grounds):
        return Stated(fault="altered_number")
    here = [Found(ground, figure) for ground in grounds for figure in ground.figures]
    denied = [Found(ground, figure) for ground in grounds for figure in ground.denied] if _leaves_open(claim) else []
    found: dict[tuple[str, int], Found] = {}
    sure = True
    for wanted in _wanted(claim):
        fault, match, certain = _match(wanted, here, encoder)
        if match is None and _match(wanted, denied, encoder)[1]:
            continue  # a figure that is denied or only thought of, and said to be, is nobody's
        if match is None:
            return Stated(fault=fault)
        sure = sure and certain
        found.setdefault((match.ground.article.id, match.figure.start), match)
    return Stated(tuple(found.values()), sure=sure)


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


def _match(wanted: _Wanted, here: Sequence[Found], encoder: Encoder) -> tuple[Fault | None, Found | None, bool]:
    """Where the quotes state a figure, surely if they can; else what is nearest to being right is the fault."""
    nearest, doubtful = -1, None
    for found in here:
        fault, sure = _fault(wanted, found, encoder)
        if fault is None and sure:
            return None, found, True
        if fault is None:
            doubtful = doubtful or found
        else:
            nearest = max(nearest, _WRONG.index(fault))
    return (None, doubtful, False) if doubtful else (_WRONG[max(nearest, 0)], None, True)


def _fault(wanted: _Wanted, found: Found, encoder: Encoder) -> tuple[Fault | None, bool]:
    mine, theirs = wanted.figure, found.figure
    if not isclose(mine.value, theirs.value, rel_tol=1e-9):
        return "altered_number", True
    same = _counts(mine, found, encoder)
    if same == "no":
        return "wrong_unit", True
    if wanted.hedged and mine.bound != theirs.bound:
        return "altered_bound", True
    unsaid = not wanted.drafted and mine.fate and _fate(found) is None and not _says_fate(mine.fate, found.ground.text)
    return None, same == "yes" and not unsaid and not _adds(mine, theirs)


def _adds(mine: StatedFigure, theirs: StatedFigure) -> bool:
    """Whether a claim names what is counted by more words than its source: civilian dead, of the dead."""
    words = content_words(mine.unit or "")
    known = frozenset(terms(theirs.unit or ""))
    said = frozenset[int]().union(*map(senses_of, content_words(theirs.unit or "")))
    return any(not (set(terms(word)) & known or senses_of(word) & said) for word in words)


def _is_tampered(text: str, grounds: Sequence[Ground]) -> bool:
    """Whether something is written onto a number that no quote has there: 31M, 31e3, 31²."""
    quotes = " ".join(ground.text for ground in grounds).casefold()
    for figure in read_figures(text):
        onto = _ONTO.match(text, figure.end)
        if onto and f"{figure.quote}{onto.group()}".casefold() not in quotes:
            return True
    return False


_ONTO = re.compile(r"[^\W\u0620-\u06ff]+|[\^×*+]")
"""Latin letters, powers and signs behind a number; Arabic may write what is counted onto it."""


def _leaves_open(claim: DraftedClaim) -> bool:
    """Whether a claim says itself that something is denied, or might be."""
    return bool(turns(claim.text) & {"denied", "open", "conditional"})


def _counts(mine: StatedFigure, found: Found, encoder: Encoder) -> Same:  # noqa: PLR0911 - one line a way to count
    """Whether a claim's figure counts what its source's does, or says less of it."""
    theirs, fate = found.figure, _fate(found)
    if mine.fate and fate and mine.fate != fate:
        return "no"
    units = mine.unit_canonical, theirs.unit_canonical
    if "percent" in units:
        return "yes" if units[0] == units[1] else "no"
    if mine.unit_canonical is None and mine.unit is None:
        return "yes"
    if mine.unit and theirs.unit and set(terms(mine.unit)) == set(terms(theirs.unit)):
        return "yes"
    if _is_of_whom(mine, found):
        return "yes"
    if not all(units):
        return _alike(mine, found, encoder)
    if units[0] == units[1]:
        return "yes"
    # "54 people" of 54 killed, "28 dead" of 28 civilians who were killed: no more is said of them.
    general = units[0] in _OF_ALL and units[1] in human_units()
    return "yes" if general and (units[0] == "people" or fate is not None) else "no"


def _is_of_whom(mine: StatedFigure, found: Found) -> bool:
    """Whether a claim counts what some of the counted are said to be: "nine of the dead were children"."""
    after = _OF_THEM.match(found.ground.article.text, found.figure.end)
    if not after:
        return False
    who = after["who"] or after["who_ar"]
    if set(terms(who)) & set(terms(mine.unit or "")) or senses_of(who) & senses_of(mine.unit or ""):
        return True
    read = read_figures(f"9 {who}" if after["who"] else f"كانوا 9 {who}")
    return mine.unit_canonical is not None and mine.unit_canonical in {figure.unit_canonical for figure in read}


_OF_THEM = re.compile(
    r"\s+of\s+(?:the|those|them|these)(?:\s+\w+){0,2}?\s+(?:were|are|was|had been)\s+(?P<who>\w+)"
    r"|\s+من\s+\w+\s+(?:هم\s+|كانوا\s+)?(?P<who_ar>\w+)"
)


def _fate(found: Found) -> str | None:
    """What befell those counted, by the figure itself or by the one it is a part of."""
    whole = found.ground.whole(found.figure)
    return found.figure.fate or (whole.fate if whole else None)


def _says_fate(fate: str, text: str) -> bool:
    return any(fate_of(token) == fate for token in tokenize(text))


def _alike(mine: StatedFigure, found: Found, encoder: Encoder) -> Same:
    """Whether what two figures count is named alike, where a unit has no canonical name: by a word, or in meaning."""
    theirs = found.figure
    language = found.ground.article.language
    asked = content_words(mine.unit or mine.unit_canonical or "")
    # What is counted may stand apart from its number: "the toll rose to 28".
    counted = content_words(theirs.unit or theirs.unit_canonical or "") or content_words(found.ground.text)
    if not asked or not counted:
        return "yes"
    if set(terms(" ".join(asked))) & set(terms(" ".join(counted))) or fold(mine.unit or "") == fold(theirs.unit or "-"):
        return "yes"
    own, other = (frozenset[int]().union(*map(senses_of, words)) for words in (asked, counted))
    offices, others = (frozenset[int]().union(*map(of_word, words)) for words in (asked, counted))
    if own & other or offices & others:
        return "yes"
    asked_in = detect_query_language(" ".join(asked))
    if (own and other) or asked_in == language:
        return "no"
    near = meaning(encoder, asked, asked_in, counted, language)
    return "unsure" if near.max() >= _STRANGE else "no"


_STRANGE = 0.1
"""Centred cosine below which two names of counted things, in two languages, surely mean two things."""
