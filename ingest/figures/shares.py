"""Fractions: "half of the 1,200 residents" counts 1,200 residents, and a half of nothing that could be counted.

Which figure the half comes to, no article says: to show 0.5 residents would be wrong, and to show 600 invented. A
fraction of what is not counted ("a third of the voters") stays a figure, like a percentage: a share, and no count.
"""

from collections.abc import Sequence

from ingest.figures.counted import Counted
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_BETWEEN = words("""
    of the its their his her our these those all some about around roughly nearly almost estimated more than over at
    least up to an a total reported من ال نحو حوالي قرابة زهاء أصل""")
_APOSTROPHES = frozenset("'’")
_FAR = 7
_OF = words("of من")


def shares(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> frozenset[int]:
    """Indices of the fractions of a number that follows: "half of the camp's 1,200", «ثلث الـ300»."""
    return frozenset(at for at in range(len(numerals) - 1) if _is_share(tokens, numerals[at], numerals[at + 1]))


def without_fates_of_shares(things: Sequence[Counted], of_numbers: frozenset[int]) -> list[Counted]:
    """What is counted: what befell a fraction did not befall the number that it is a fraction of."""
    told = list(things)
    for at in of_numbers:
        whole = told[at + 1]
        told[at + 1] = whole._replace(fate=whole.unit.fate if whole.unit else None)
    return told


def as_share(tokens: Sequence[Token], numeral: Numeral, thing: Counted) -> Counted:
    """What a numeral counts; a fraction of people or "of" anything counts none of them, half an hour is a measure."""
    if _is_fraction(numeral) and (thing.unit is None or thing.unit.human or _is_of(tokens, numeral)):
        return thing._replace(unit=None, fate=None)
    return thing


def _is_fraction(numeral: Numeral) -> bool:
    return numeral.part and 0 < numeral.value < 1


def _is_of(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return numeral.last + 1 < len(tokens) and tokens[numeral.last + 1].plain in _OF


def _is_share(tokens: Sequence[Token], part: Numeral, whole: Numeral) -> bool:
    if not _is_fraction(part) or whole.percent or whole.part or whole.first - part.last > _FAR:
        return False
    between = range(part.last + 1, whole.first)
    return all(tokens[at].plain in _BETWEEN or _is_owner(tokens, at) for at in between)


def _is_owner(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token belongs to a name in the genitive: the | camp | ' | s | 1,200."""
    here = [token.text for token in tokens[max(0, at - 2) : at + 3]]
    return any(mark in _APOSTROPHES for mark in here) and (tokens[at].kind == "word" or tokens[at].text in _APOSTROPHES)
