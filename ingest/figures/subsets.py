"""Which figures count a part of what another one counts: "54 people, among them 28 civilians and nine children".

The part follows its whole behind "including", «بينهم» or the like, also in a list («بينهم مقاتلون و28 مدنياً»); it
is some "of the" whole («86 مدرسة من أصل 112», "three of the five"); or it stands before it ("ten children were among
48 people").
"""

from collections.abc import Mapping, Sequence

from ingest.figures.counted import Counted
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words
from ingest.lexis import fold

_INCLUDING = words("including among بينهم بينها بينهن منهم منها منهن ضمنهم ضمنها include included includes بما")
_STOPS = frozenset(".!?؟…؛;")
_WERE = words("were was are")
_ORIGINALLY = fold("أصل")
_HEDGE = 3
"""Tokens of a hedge: “at least”."""
_OF_THEIR = 4
"""“of the camp's 18,000”."""
_OUT_OF_TOTAL = 6
"""“people out of a total of”."""
_FEW = 14
"""Tokens between a whole, or a part before, and the next part of a list."""


def wholes(tokens: Sequence[Token], numerals: Sequence[Numeral], things: Sequence[Counted]) -> Mapping[int, int]:
    """Index of the whole for each numeral that is a part."""
    found: dict[int, int] = {}
    for at in range(1, len(numerals)):
        whole = _whole_before(tokens, numerals, things, found, at)
        if whole is not None:
            found[at] = whole
    for at in range(len(numerals) - 1):
        if at not in found and _of_the_next(tokens, numerals, at):
            found[at] = at + 1
            found.pop(at + 1, None)
    return found


def _whole_before(
    tokens: Sequence[Token],
    numerals: Sequence[Numeral],
    things: Sequence[Counted],
    found: Mapping[int, int],
    at: int,
) -> int | None:
    between = tokens[numerals[at - 1].last + 1 : numerals[at].first]
    if any(token.text in _STOPS for token in between) or len(between) > _FEW:
        return None
    words = [token.plain for token in between]
    if things[at].of_them and _may_hold(numerals, things, at - 1, at):
        return at - 1
    if any(word in _INCLUDING or word.removeprefix("و") in _INCLUDING for word in words):
        whole = found.get(at - 1, at - 1) if not _may_hold(numerals, things, at - 1, at) else at - 1
        return whole if _may_hold(numerals, things, whole, at) else None
    joined = any(word in {"and", ",", "،", "و"} for word in words) or tokens[numerals[at].first].plain.startswith("و")
    if at - 1 in found and joined and not _says_more(things, at, words):
        return found[at - 1] if _may_hold(numerals, things, found[at - 1], at) else None
    return None


def _may_hold(numerals: Sequence[Numeral], things: Sequence[Counted], whole: int, part: int) -> bool:
    """Whether one figure may be a part of another by size and kind."""
    if numerals[part].percent != numerals[whole].percent or numerals[part].value > numerals[whole].value:
        return False
    one, other = things[whole].unit, things[part].unit
    return one is None or other is None or one.human == other.human


def _says_more(things: Sequence[Counted], at: int, words: Sequence[str]) -> bool:
    """Whether a verb begins another statement: "including 8 children and wounding 10"."""
    first, second = things[at - 1].fate, things[at].fate
    return (first != second and second is not None and bool(words)) or things[at].phrase in {"others", "other"}


def _of_the_next(tokens: Sequence[Token], numerals: Sequence[Numeral], at: int) -> bool:
    """“three of the five”, «86 مدرسة من أصل 112», “ten children were among at least 48 people”."""
    between = [token.plain for token in tokens[numerals[at].last + 1 : numerals[at + 1].first]]
    if len(between) > _FEW or not _STOPS.isdisjoint(between) or numerals[at].value > numerals[at + 1].value:
        return False
    if "among" in between:
        near = between.index("among")
        return len(between) - near - 1 <= _HEDGE and not _WERE.isdisjoint(between[:near])
    of_the = between[:2] == ["of", "the"] and len(between) <= _OF_THEIR
    out_of = "out" in between and between[-1] in {"the", "of"} and len(between) <= _OUT_OF_TOTAL
    return of_the or out_of or between[-1:] == [_ORIGINALLY]
