"""Text → figures: the numbers that are quantities, each with its hedge, what it counts and what it is a part of."""

from collections.abc import Sequence

from ingest.domain import StatedFigure
from ingest.figures.counted import Counted, counted, dual_at, dual_offset
from ingest.figures.hedges import bound_of
from ingest.figures.numerals import Numeral, read_numerals
from ingest.figures.quantities import quantities
from ingest.figures.ranges import ranges
from ingest.figures.subsets import wholes
from ingest.figures.tokens import Token, tokenize


def read_figures(text: str) -> list[StatedFigure]:
    """Read every figure that a text states, in order; their spans are disjoint.

    Dates, years, ages, scores, ordinals, names that hold a number and vague words are left out. Takes time linear in
    the text's length, and never raises.
    """
    tokens = tokenize(text)
    numerals = list(quantities(text, tokens, _with_duals(tokens, read_numerals(tokens))))
    ends = ranges(tokens, numerals)
    neighbours = [_neighbours(tokens, numerals, at) for at in range(len(numerals))]
    things = [
        counted(text, tokens, numeral, before, after)
        for numeral, (before, after) in zip(numerals, neighbours, strict=True)
    ]
    parts = wholes(tokens, numerals, things)
    for (
        part,
        whole,
    ) in parts.items():  # "54 people, among them 28 civilians, died": what befell the part befell the whole
        if (
            things[whole].fate is None
            and things[part].fate
            and (things[whole].unit is None or things[whole].unit.human)
        ):
            things[whole] = things[whole]._replace(fate=things[part].fate)
    figures = []
    for at, (numeral, thing) in enumerate(zip(numerals, things, strict=True)):
        bound, value = ends.get(at) or (bound_of(tokens, numeral, *neighbours[at]), numeral.value)
        whole = parts.get(at)
        told = _told(things, at, whole, at + 1 if at in ends and ends[at][0] == "at_least" else None)
        figures.append(
            StatedFigure(
                value=value,
                bound=bound,
                start=numeral.start,
                end=numeral.end,
                quote=text[numeral.start : numeral.end],
                unit=told.phrase,
                unit_canonical=told.unit.canonical if told.unit else None,
                fate=told.fate,
                whole=whole,
            )
        )
    return figures


def _told(things: Sequence[Counted], at: int, whole: int | None, range_end: int | None) -> Counted:
    """What a figure counts, with what its whole or the other end of its range says and it does not repeat."""
    thing = things[at]
    if range_end is not None and thing.unit is None:
        other = things[range_end]
        return Counted(thing.phrase or other.phrase, other.unit, thing.fate or other.fate)
    if whole is None:
        return thing
    of = things[whole]
    if thing.unit is None and thing.of_them:
        thing = thing._replace(unit=of.unit, phrase=of.phrase)
    if thing.fate is None and of.fate and (thing.unit is None or thing.unit.human):
        thing = thing._replace(fate=of.fate)
    return thing


def _with_duals(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> list[Numeral]:
    """Numerals, and Arabic dual nouns (قتيلان), which are numerals themselves, in order."""
    taken = {at for numeral in numerals for at in range(numeral.first, numeral.last + 1)}
    duals = [
        Numeral(2.0, at, at, dual_offset(token), token.end)
        for at, token in enumerate(tokens)
        if at not in taken and token.kind == "word" and token.arabic and dual_at(token)
    ]
    return sorted([*numerals, *duals], key=lambda numeral: numeral.first)


def _neighbours(tokens: Sequence[Token], numerals: Sequence[Numeral], at: int) -> tuple[int, int]:
    before = numerals[at - 1].last if at else -1
    after = numerals[at + 1].first if at + 1 < len(numerals) else len(tokens)
    return before, after
