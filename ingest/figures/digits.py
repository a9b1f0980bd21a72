"""Digits of every script, with what separates their thousands and begins their decimals."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.calendar import is_month
from ingest.figures.tokens import NOTHING, Token

VULGAR = {
    "¼": 1 / 4, "½": 1 / 2, "¾": 3 / 4, "⅐": 1 / 7, "⅑": 1 / 9, "⅒": 1 / 10, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5,
    "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
"""Value of each fraction that is one character."""

_SEPARATORS = re.compile(r"[.,٬٫،'’]")
_DECIMAL_MARKS = ".,٫"
_THREE_AND_DECIMALS = re.compile(r"(\d{3})(?:[.,٫](\d{1,2}))?")
_GROUP = 3
_LONGEST = 280
"""Digits; a longer string is no number anybody reads, nor one that a float holds, and is left out."""

_SLASHES = frozenset("/⁄")
_ABOVE = frozenset("12345679")
_BELOW = frozenset({"2", "3", "4", "5", "8", "10"})
_MOST_GROUPS = 6
"""Behind the first; more are a row of a table."""


class Digits(NamedTuple):
    """A number in digits."""

    value: float
    last: int
    """Index of its last token."""
    plain: bool
    """Whether it is one bare string of digits, without separators."""


def digits_at(tokens: Sequence[Token], at: int) -> Digits | None:
    """The number that digits at a token write, with groups of three behind spaces and a vulgar fraction after it."""
    written = tokens[at].text
    value, last = digits_value(written), at
    if value is None:
        return None
    plain = written.isdigit()
    if plain and len(written) <= _GROUP and _ascii(written[0]) != "0":
        last = _last_group(tokens, at)
        if last > at:
            value, plain = _grouped(tokens[at : last + 1]), False
    after = tokens[last + 1] if last + 1 < len(tokens) else NOTHING
    if after.kind == "fraction" and after.glued:
        return Digits(value + VULGAR[after.text], last + 1, plain=False)
    if plain and (fraction := _fraction(tokens[last + 1 : last + 5])):
        return Digits(value + fraction, last + 3, plain=False)
    return Digits(value, last, plain)


def _fraction(tokens: Sequence[Token]) -> float | None:
    """What three tokens after a number add to it: 2 1/2; `None` where they, or a fourth, make something else."""
    if len(tokens) < 3 or tokens[1].text not in _SLASHES or not (tokens[1].glued and tokens[2].glued):  # noqa: PLR2004 - 1, / and 2
        return None
    above, below = tokens[0].text, tokens[2].text
    if not (above in _ABOVE and below in _BELOW and int(above) < int(below)) or (tokens[3:4] and tokens[3].text == "/"):
        return None
    return int(above) / int(below)


def digits_value(written: str) -> float | None:
    """Value of a string of digits of any script with its separators; `None` where it is no number.

    One dot or comma before exactly three digits separates thousands, unless a zero alone stands before it; the Arabic
    decimal mark ٫ never does. Where both are used, the last one is the decimal mark.
    """
    if len(written) > _LONGEST:
        return None
    pieces = [_ascii(piece) for piece in _SEPARATORS.split(written)]
    marks = [{"،": ",", "’": "'"}.get(mark, mark) for mark in _SEPARATORS.findall(written)]
    if not marks:
        return float(pieces[0])
    if len(set(marks)) == 1:
        return _with_one_mark(pieces, marks)
    whole, decimal = pieces[:-1], pieces[-1]
    if len(set(marks[:-1])) == 1 and all(len(piece) == _GROUP for piece in whole[1:]) and marks[-1] in _DECIMAL_MARKS:
        return float(f"{''.join(whole)}.{decimal}")
    return None


def _with_one_mark(pieces: Sequence[str], marks: Sequence[str]) -> float | None:
    grouped = len(pieces[0]) <= _GROUP and all(len(piece) == _GROUP for piece in pieces[1:])
    if marks[0] != "٫" and grouped and (pieces[0].strip("0") or len(marks) > 1):
        return float("".join(pieces))
    if len(marks) == 1 and marks[0] in _DECIMAL_MARKS:
        return float(f"{pieces[0]}.{pieces[1]}")
    return None


def _last_group(tokens: Sequence[Token], at: int) -> int:
    """Index of the last token of `1 250 000`, `at` where no groups of three digits follow behind one character each.

    More digits behind them make a row of a table of it; a month beside them makes them a day and a year.
    """
    last = at
    while last + 1 < len(tokens) and last - at < _MOST_GROUPS and (group := _group_after(tokens, last)):
        last += 1
        if group[2]:
            break
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    in_row = after is not None and after.kind == "digits" and after.start - tokens[last].end == 1
    if in_row or is_month(after) or (at and is_month(tokens[at - 1])):
        return at
    return last


def _group_after(tokens: Sequence[Token], last: int) -> re.Match[str] | None:
    after = tokens[last + 1]
    return _THREE_AND_DECIMALS.fullmatch(after.text) if after.start - tokens[last].end == 1 else None


def _grouped(tokens: Sequence[Token]) -> float:
    last = _SEPARATORS.sub(".", tokens[-1].text)
    return float("".join(_ascii(token.text) for token in tokens[:-1]) + _ascii(last))


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(char)) if char.isdigit() else char for char in digits)
