"""Tokens → the words of one number: which tokens belong to it, in English and Arabic.

Each word is added to the number under way (`ingest.figures.sums`) as long as that makes a number. One pass, with looks
of at most two tokens ahead.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.digits import digits_value
from ingest.figures.number_words import DOUBTFUL_DUALS, WITH_LETTERS, Reading, read_word
from ingest.figures.sums import Sum
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_HYPHENS = frozenset("-‐‑")
MONEY_SIGNS = frozenset("$€£¥₪₺₽₹﷼")
MONEY_CODES = words("usd eur gbp")
_ONE = frozenset({"a", "an"})
_OF_ONE = frozenset({"dozen", "times_hundred", "scale", "part"})
"""What "a" counts one of."""
_LETTERS_OF_MONEY = frozenset({"m", "b"})
"""Metres and billions are told apart by the currency before them."""
_SHORT_SCALE = 2
_TANWIN = "\u064b"
_AND_ONE = words("وأحد وأحدا")
"""«واحد» is one; after a number it is «وأحد», and one, whose hamza is often left off."""
_NINE = 9
_MOST_DECIMALS = 9


class Walk(NamedTuple):
    """How far a number goes."""

    last: int
    """Index of its last token."""
    first: Reading | None
    """Its first word, where it begins with one."""


def walk(tokens: Sequence[Token], at: int, total: Sum) -> Walk:
    """Add what stands from a token on to a number, as long as it makes one; `last` is `at - 1` where nothing does."""
    first = _reading(tokens[at]) if at < len(tokens) and not total.complete else None
    last = at - 1
    while not total.closed and (after := _step(tokens, last + 1, total)) is not None:
        last = after
    return Walk(last, first)


def _step(tokens: Sequence[Token], at: int, total: Sum) -> int | None:
    """Add what stands at a token: index of the last token taken in, or `None` where the number ends before it."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "word":
        return _step_by_word(tokens, at, total)
    if not total.complete or token.kind != "mark":
        return None
    if token.text == "," and total.ends_with_scale and not tokens[at - 1].arabic:
        return _add_word(tokens, at + 1, total, joined=False)  # one million, two hundred thousand
    if token.text in _HYPHENS and token.glued and at + 1 < len(tokens) and tokens[at + 1].glued:
        return _add_word(tokens, at + 1, total, joined=False)
    return None


def _step_by_word(tokens: Sequence[Token], at: int, total: Sum) -> int | None:
    token = tokens[at]
    if token.plain == "و" and total.complete:
        digits = _add_digits(tokens, at + 1, total)
        return _add_word(tokens, at + 1, total, joined=True) if digits is None else digits
    if token.plain == "and" and total.complete:
        add, at = (_add_one_of, at + 2) if _is(tokens, at + 1, _ONE) else (_add_word, at + 1)
        return add(tokens, at, total, joined=True)
    if token.plain == "of" and total.part:
        return _add_one_of(tokens, at + 2, total, joined=False) if _is(tokens, at + 1, _ONE) else None
    if token.plain == "point" and total.complete:
        return _add_decimals(tokens, at + 1, total)
    add, at = (_add_one_of, at + 1) if token.plain in _ONE else (_add_word, at)
    return add(tokens, at, total, joined=False)


def _is(tokens: Sequence[Token], at: int, listed: frozenset[str]) -> bool:
    return at < len(tokens) and tokens[at].plain in listed


def _add_word(tokens: Sequence[Token], at: int, total: Sum, *, joined: bool) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "word":
        return None
    token = tokens[at]
    reading = _reading(token)
    if reading is None:
        return _add_letters(tokens, at, total)
    if total.complete:
        if reading.skipped > int(reading.joined):  # بثلاثين begins another number
            return None
        if total.in_digits and tokens[at - 1].text in _HYPHENS and reading.word.role != "scale":
            return None
        if token.glued and tokens[at - 1].kind == "digits" and not token.arabic:
            return _add_letters(tokens, at, total)
        joined = joined or reading.joined or token.plain in _AND_ONE
    return _put(tokens, at, total, reading, joined=joined and total.complete)


def _put(tokens: Sequence[Token], at: int, total: Sum, reading: Reading, *, joined: bool) -> int | None:
    token, word = tokens[at], reading.word
    if token.plain[reading.skipped :] in DOUBTFUL_DUALS and not total.in_group and _TANWIN not in token.text:
        word = word._replace(role="dual", value=2 * word.value)
    if not total.add(word, joined=joined):
        return None
    return _named_again(tokens, at, total) if joined and word.role == "part" else at


def _named_again(tokens: Sequence[Token], at: int, total: Sum) -> int:
    """Index of the definite scale word that «مليونان ونصف المليون» ends with, `at` where there is none."""
    again = _reading(tokens[at + 1]) if at + 1 < len(tokens) else None
    named = again is not None and again.definite and again.word.role == "scale" and again.word.value == total.scale
    return at + 1 if named else at


def _add_one_of(tokens: Sequence[Token], at: int, total: Sum, *, joined: bool) -> int | None:
    """Add "a dozen", "a hundred", "a million", "a third", half "a million", two and "a half"; "a" is in the numeral."""
    reading = _reading(tokens[at]) if at < len(tokens) else None
    if reading is None or reading.word.arabic or reading.word.plural or reading.word.role not in _OF_ONE:
        return None
    role = reading.word.role
    if not total.complete:
        if len(tokens[at].text) <= _SHORT_SCALE:  # "a k", "a m"
            return None
        if role != "part":
            total.one()
    elif total.part != (role in {"scale", "dozen"}) or joined != (role == "part"):
        return None
    return at if total.add(reading.word, joined=joined) else None


def _add_digits(tokens: Sequence[Token], at: int, total: Sum) -> int | None:
    """Add digits that «و» is written onto, below the last scale: «3 آلاف و500», «مليون و200 ألف»."""
    if at >= len(tokens) or tokens[at].kind != "digits" or not tokens[at - 2].arabic:
        return None
    value = digits_value(tokens[at].text)
    after = _reading(tokens[at + 1]) if at + 1 < len(tokens) else None
    scale = after.word.value if after and after.word.role == "scale" and not after.joined else 1.0
    return at if value is not None and total.add_digits(value, scale) else None


def _add_decimals(tokens: Sequence[Token], at: int, total: Sum) -> int | None:
    """Add what follows "point": single digits in words, zero point zero five."""
    digits: list[int] = []
    while (digit := _digit(tokens, at + len(digits))) is not None and len(digits) < _MOST_DECIMALS:
        digits.append(digit)
    if not digits or not total.add_decimals(digits):
        return None
    return at + len(digits) - 1


def _digit(tokens: Sequence[Token], at: int) -> int | None:
    reading = _reading(tokens[at]) if at < len(tokens) else None
    single = reading is not None and reading.word.role == "unit" and reading.word.value <= _NINE
    return int(reading.word.value) if reading and single and not reading.word.arabic else None


def _add_letters(tokens: Sequence[Token], at: int, total: Sum) -> int | None:
    """Add letters written onto digits: `54k`, `€1.2bn`, after money also `3m`."""
    token = tokens[at]
    scale = WITH_LETTERS.get(token.plain)
    if scale is None or not total.in_digits or not token.glued:
        return None
    before = tokens[at - 2] if at > 1 else None
    money = before is not None and (before.text in MONEY_SIGNS or before.plain in MONEY_CODES)
    if token.plain in _LETTERS_OF_MONEY and not money:
        return None
    total.add_scale_in_letters(scale)
    return at


def _reading(token: Token) -> Reading | None:
    if token.kind != "word":
        return None
    reading = read_word(token.plain, token.arabic)
    # «وأحد وثلاثون» begins with «أحد», «واحد وثلاثون» with «واحد»: folded they are one word.
    if reading and token.plain in _AND_ONE and "أ" in token.text:
        return reading._replace(joined=True, skipped=1)
    return reading
