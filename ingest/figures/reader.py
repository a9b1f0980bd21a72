"""Text → figures: the numbers that are quantities, each with its hedge, what it counts and what it is a part of."""

from collections.abc import Mapping, Sequence

from ingest.domain import StatedFigure
from ingest.figures.contrasts import contrasts
from ingest.figures.counted import Counted, counted
from ingest.figures.duals import with_duals
from ingest.figures.halves import with_halves
from ingest.figures.hedges import bound_of
from ingest.figures.numerals import Numeral, read_numerals
from ingest.figures.quantities import quantities
from ingest.figures.ranges import ranges
from ingest.figures.shares import as_share, shares, without_fates_of_shares
from ingest.figures.subsets import wholes
from ingest.figures.tokens import Token, tokenize

_ASIDES = frozenset(",،()-–—")
"""Marks around an aside."""


def read_figures(text: str) -> list[StatedFigure]:
    """Read every figure that a text states, in order; their spans are disjoint.

    Dates, years, ages, scores, ordinals, names that hold a number and vague words are left out. Takes time linear in
    the text's length, and never raises.
    """
    tokens = tokenize(text)
    numerals = list(quantities(text, tokens, with_halves(tokens, with_duals(tokens, read_numerals(tokens)))))
    ends = ranges(tokens, numerals)
    put_right = contrasts(text, [(numeral.start, numeral.end) for numeral in numerals])
    neighbours = _neighbours(tokens, numerals, put_right)
    of_numbers = shares(tokens, numerals)
    things = [
        as_share(tokens, numeral, counted(text, tokens, _past_aside(tokens, numerals, put_right, at), *neighbours[at]))
        for at, numeral in enumerate(numerals)
    ]
    things = without_fates_of_shares(things, of_numbers)
    parts = {part: whole for part, whole in wholes(tokens, numerals, things).items() if part not in of_numbers}
    things = _with_fates_of_parts(things, parts)
    kept = [at for at in range(len(numerals)) if at not in of_numbers]
    figures = []
    for at in kept:
        numeral = numerals[at]
        bound, value = ends.get(at) or (bound_of(tokens, numeral, *neighbours[at]), numeral.value)
        thing = _told(things, at, parts.get(at), begins_range=at in ends and ends[at][0] == "at_least")
        thing = as_share(tokens, numeral, thing)
        figures.append(
            StatedFigure(
                value=value,
                bound=bound,
                start=numeral.start,
                end=numeral.end,
                quote=text[numeral.start : numeral.end],
                unit=thing.phrase,
                unit_canonical=thing.unit.canonical if thing.unit else None,
                fate=thing.fate,
                whole=kept.index(parts[at]) if parts.get(at) in kept else None,
            )
        )
    return figures


def _with_fates_of_parts(things: Sequence[Counted], parts: Mapping[int, int]) -> list[Counted]:
    """What befell a part befell its whole: "54 people, among them 28 civilians, died"."""
    told = list(things)
    for part, whole in parts.items():
        thing = told[whole]
        if thing.fate is None and (thing.unit is None or thing.unit.human):
            told[whole] = thing._replace(fate=told[part].fate)
    return told


def _told(things: Sequence[Counted], at: int, whole: int | None, *, begins_range: bool) -> Counted:
    """What a figure counts, with what its whole or the other end of its range says and it does not repeat."""
    thing = things[at]
    if begins_range and thing.unit is None:
        other = things[at + 1]
        return Counted(thing.phrase or other.phrase, other.unit, thing.fate or other.fate)
    if whole is None:
        return thing
    of = things[whole]
    if thing.unit is None and (thing.of_them or (thing.phrase is None and whole == at + 1)):  # 18 of the 31 lorries
        thing = thing._replace(unit=of.unit, phrase=of.phrase)
    if thing.fate is None and (thing.unit is None or thing.unit.human):
        thing = thing._replace(fate=of.fate)
    return thing


def _neighbours(
    tokens: Sequence[Token], numerals: Sequence[Numeral], put_right: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Last token of the numeral before each, and first token of the one after; -1 and the end where there is none.

    One that is put right is no neighbour of the one that stands: "40 people, not 30, were killed".
    """
    found = []
    for at in range(len(numerals)):
        before, after = at - 1, at + 1
        before -= put_right.get(before) == at
        after += put_right.get(after) == at
        found.append(
            (
                numerals[before].last if before >= 0 else -1,
                numerals[after].first if after < len(numerals) else len(tokens),
            )
        )
    return found


def _past_aside(tokens: Sequence[Token], numerals: Sequence[Numeral], put_right: Mapping[int, int], at: int) -> Numeral:
    """A numeral up to the end of the aside that it is put right by: "40, not 30, people"."""
    numeral = numerals[at]
    if put_right.get(at + 1) != at or tokens[numeral.last + 1].text not in _ASIDES:
        return numeral
    closes = numerals[at + 1].last + 1
    aside = closes < len(tokens) and tokens[closes].text in _ASIDES and numeral.last == numeral.first
    return numeral._replace(last=closes) if aside else numeral
