"""Tokens → numerals: every number a text writes, in digits or in words, with its scale word and its percent sign.

Whether a numeral is a quantity at all is `ingest.figures.quantities`' to say.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.digits import VULGAR, digits_at
from ingest.figures.number_words import HUNDRED_AR
from ingest.figures.numeral_words import walk
from ingest.figures.sums import Sum
from ingest.figures.tokens import NOTHING, Token
from ingest.figures.wordlists import without, words

_PERCENT = frozenset("%٪")
_PERCENT_EN = frozenset({"percent", "pct"})
_MINUS = words("minus ناقص سالب")
_SIGNS = frozenset("-−")
_BELOW_ZERO = words("° degrees degree درجة درجات c")
"""What a hyphen before digits is a minus sign of; elsewhere it may be a dash."""


class Numeral(NamedTuple):
    """A number as written: the tokens first to last, and what they say."""

    value: float
    first: int
    """Index of its first token."""
    last: int
    """Index of its last token."""
    start: int
    """First code point, past a clitic."""
    end: int
    """One past the last code point, a percent sign included."""
    digits: bool = False
    """Whether it is written in digits, but for a scale word."""
    scale: float = 1.0
    """The scale word it ends with."""
    percent: bool = False
    part: bool = False
    """Whether it is a fraction by itself: a third."""
    definite: bool = False
    """Whether an Arabic number word has the article."""
    plain: bool = False
    """Whether it is a bare string of digits, without separator, scale or percent sign."""
    noun: int | None = None
    """Index of the noun that stands inside, between a number and its half: three years and a half."""


def read_numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """Every number that tokens write, in order and disjoint."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _numeral(tokens, at)
        if numeral is None:
            at += 1
            continue
        free = found[-1].last + 1 if found else 0
        numeral = _with_sign(tokens, _with_percent(tokens, numeral, free), free)
        found.append(numeral)
        at = numeral.last + 1
    return found


def _numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    token = tokens[at]
    if token.kind == "word":
        return _in_words(tokens, at)
    if token.kind == "digits":
        return _in_digits(tokens, at)
    if token.kind == "fraction":
        return Numeral(VULGAR[token.text], at, at, token.start, token.end, digits=True)
    return None


def _in_digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    digits = digits_at(tokens, at)
    if digits is None:
        return None
    total = Sum(digits.value)
    last = walk(tokens, digits.last + 1, total).last
    return Numeral(
        total.value,
        at,
        last,
        tokens[at].start,
        tokens[last].end,
        digits=True,
        scale=total.scale,
        plain=digits.plain and last == at,
    )


def _in_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    total = Sum()
    last, first = walk(tokens, at, total)
    if not total.complete:
        return None
    return Numeral(
        total.value,
        at,
        last,
        tokens[at].offset(first.skipped) if first else tokens[at].start,
        tokens[last].end,
        scale=total.scale,
        part=total.part,
        definite=bool(first and first.definite),
    )


def _with_percent(tokens: Sequence[Token], numeral: Numeral, free: int) -> Numeral:
    """Take in a percent sign or its words after a numeral, or a sign right before it that no other numeral has."""
    if length := _percent_words(tokens, numeral.last + 1):
        last = numeral.last + length
        return numeral._replace(last=last, end=tokens[last].end, percent=True, plain=False)
    at = numeral.first - 1
    if at >= free and tokens[at].text in _PERCENT and tokens[at + 1].glued:
        return numeral._replace(first=at, start=tokens[at].start, percent=True, plain=False)
    return numeral


def _percent_words(tokens: Sequence[Token], at: int) -> int:
    """How many tokens say "percent" from one on: %, percent, per cent, «في المئة», «بالمئة»; none is 0."""
    first, second = (token.plain for token in (*tokens[at : at + 2], NOTHING, NOTHING)[:2])
    if first in _PERCENT or first in _PERCENT_EN:
        return 1
    if (first, second) == ("per", "cent") or (first == "في" and without(second, "ال") in HUNDRED_AR):
        return 2
    return int(first.startswith("ب") and without(first[1:], "ال") in HUNDRED_AR)


def _with_sign(tokens: Sequence[Token], numeral: Numeral, free: int) -> Numeral:
    """Take in "minus", or a sign written onto digits with nothing before it."""
    if numeral.first - 1 < free or not numeral.digits:
        return numeral
    before = tokens[numeral.first - 1]
    after = tokens[numeral.last + 1].plain if numeral.last + 1 < len(tokens) else ""
    signed = before.text in _SIGNS and not before.glued and tokens[numeral.first].glued
    if before.plain in _MINUS or (signed and (before.text == "−" or after in _BELOW_ZERO)):
        return numeral._replace(first=numeral.first - 1, start=before.start, value=-numeral.value, plain=False)
    return numeral
