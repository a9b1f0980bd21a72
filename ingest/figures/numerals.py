"""Tokens → numerals: every number a text writes, in digits or in words, with its scale word and its percent sign.

A grammar of both languages in one pass: each word is appended to the number under way as long as that makes a number
(«ثلاثة آلاف وأربعمئة», "two and a half million"), else the number is complete and another may begin («عشرين وثلاثين»).
Whether a numeral is a quantity at all is `ingest.figures.quantities`' to say.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.number_words import DOUBTFUL_DUALS, Reading, read_word
from ingest.figures.tokens import Token
from ingest.lexis import fold

_VULGAR = {
    "¼": 1 / 4, "½": 1 / 2, "¾": 3 / 4, "⅐": 1 / 7, "⅑": 1 / 9, "⅒": 1 / 10, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5,
    "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_PERCENT = frozenset("%٪")
_PERCENT_EN = {"percent", "pct"}
_HUNDRED_AR = {fold(word) for word in ("مئة", "مائة", "مية")}
_MINUS = {"minus", fold("ناقص"), fold("سالب")}
_SEPARATORS = re.compile(r"[.,٬٫،'’]")
_THIN = "\u00a0\u202f\u2009\u2007"
_GROUP = 3
_TEN = 10
_HUNDRED = 100
_THOUSAND = 1000
_LONGEST = 400
"""Digits; a longer string is no number anybody reads, and is left out."""

_WITH_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
_MONEY = frozenset("$€£¥₪₺₽₹﷼")


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


def read_numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """Every number that tokens write, in order and disjoint."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _numeral(tokens, at)
        if numeral is None:
            at += 1
            continue
        numeral = _with_sign(tokens, _with_percent(tokens, numeral))
        found.append(numeral)
        at = numeral.last + 1
    return found


def _numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    token = tokens[at]
    if token.kind == "digits":
        return _in_digits(tokens, at)
    if token.kind == "fraction":
        return Numeral(_VULGAR[token.text], at, at, token.start, token.end, digits=True)
    if token.kind == "word":
        return _in_words(tokens, at)
    return None


def _in_digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A number that begins with digits: groups of three behind spaces, a vulgar fraction, a scale word after it."""
    value = digits_value(tokens[at].text)
    if value is None:
        return None
    last = at
    plain = _SEPARATORS.search(tokens[at].text) is None
    if plain and len(tokens[at].text) <= _GROUP and not tokens[at].text.startswith(("0", "٠", "۰")):
        last = _spaced_groups(tokens, at)
        if last > at:
            value, plain = float("".join(_ascii(token.text) for token in tokens[at : last + 1])), False
    if last + 1 < len(tokens) and tokens[last + 1].kind == "fraction" and tokens[last + 1].glued:
        last, plain, value = last + 1, False, value + _VULGAR[tokens[last + 1].text]
    number = _Number(tokens, at)
    number.put_digits(value, last)
    number.run(last + 1)
    last = number.last
    plain = plain and last == at
    return Numeral(
        number.value, at, last, tokens[at].start, tokens[last].end, digits=True, scale=number.scale, plain=plain
    )


def _spaced_groups(tokens: Sequence[Token], at: int) -> int:
    """Index of the last token of `1 250 000`, `at` where no group of three digits follows behind one space.

    An ordinary space needs the next word to be a counted thing rather than more digits; dates never come here whole:
    what follows a month or stands before one is no group.
    """
    last = at
    while last + 1 < len(tokens):
        after = tokens[last + 1]
        if after.kind != "digits" or len(after.text) != _GROUP or after.start - tokens[last].end != 1:
            break
        last += 1
    if last == at:
        return at
    if last + 1 < len(tokens) and tokens[last + 1].kind == "digits" and tokens[last + 1].start - tokens[last].end == 1:
        return at  # a row of a table
    from ingest.figures.calendar import is_month

    around = [tokens[near] for near in (at - 1, last + 1) if 0 <= near < len(tokens)]
    return at if any(is_month(token) for token in around) else last


def digits_value(written: str) -> float | None:
    """Value of a string of digits of any script with its separators; `None` where it is no number.

    One dot or comma before exactly three digits separates thousands, unless a zero alone stands before it; the Arabic
    decimal mark ٫ never does. Where both are used, the last one is the decimal mark.
    """
    if len(written) > _LONGEST:
        return None
    pieces = _SEPARATORS.split(written)
    marks = ["," if mark == "،" else "'" if mark == "’" else mark for mark in _SEPARATORS.findall(written)]
    ascii_pieces = [_ascii(piece) for piece in pieces]
    if not marks:
        return float(ascii_pieces[0])
    grouped = all(len(piece) == _GROUP for piece in ascii_pieces[1:]) and len(ascii_pieces[0]) <= _GROUP
    if len(set(marks)) == 1:
        if marks[0] != "٫" and grouped and (ascii_pieces[0].lstrip("0") or len(marks) > 1):
            return float("".join(ascii_pieces))
        if len(marks) == 1 and marks[0] in ".,٫":
            return float(f"{ascii_pieces[0]}.{ascii_pieces[1]}")
        return None
    whole, decimal = ascii_pieces[:-1], ascii_pieces[-1]
    if len(set(marks[:-1])) == 1 and all(len(piece) == _GROUP for piece in whole[1:]) and marks[-1] in ".,٫":
        return float(f"{''.join(whole)}.{decimal}")
    return None


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _in_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    number = _Number(tokens, at)
    number.run(at)
    if number.last < at or not number.complete:
        return None
    reading = number.first_reading
    start = tokens[at].offset(reading.skipped) if reading else tokens[at].start
    return Numeral(
        number.value,
        at,
        number.last,
        start,
        tokens[number.last].end,
        scale=number.scale,
        part=number.part,
        definite=bool(reading and reading.definite),
    )


class _Number:
    """A number under way: groups below a thousand, each under its scale, in falling order."""

    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self._tokens = tokens
        self.first_reading: Reading | None = None
        """Its first word, where it begins with one."""
        self._begin = at
        self.last = at - 1
        self.total = 0.0
        self.scale = 1.0
        self._lowest = float("inf")
        """Scale that the next group has to stay below."""
        self._group = 0.0
        self._filled: set[str] = set()
        """Which places of the group are taken: units, tens, hundreds, digits."""
        self.part = False
        self._closed = False
        self.complete = False

    @property
    def value(self) -> float:
        return self.total + self._group

    @property
    def _empty(self) -> bool:
        return not self._filled

    def put_digits(self, value: float, last: int) -> None:
        self._group, self._filled, self.last, self.complete = value, {"digits"}, last, True

    def run(self, at: int) -> None:
        """Append what follows from token `at` on, as long as it makes a number."""
        while at < len(self._tokens) and not self._closed:
            after = self._step(at)
            if after is None:
                return
            at = after

    def _step(self, at: int) -> int | None:
        """Append what stands at a token; where to go on, or `None` where the number ends before it."""
        tokens = self._tokens
        token = tokens[at]
        began = self.last >= 0 and self.complete
        if token.kind == "mark":
            hyphen = token.text in "-‐‑" and token.glued and at + 1 < len(tokens) and tokens[at + 1].glued
            if began and token.text == "," and self.total and self._empty and not tokens[at - 1].arabic:
                return self._try(at + 1, joined=False)  # one thousand, two hundred
            if began and hyphen and tokens[at + 1].kind == "word" and "digits" not in self._filled:
                return self._try(at + 1, joined=False, hyphen=True)
            return None
        if token.kind == "digits":
            return self._digits_after_and(at) if began else None
        if token.plain in {"and", "و"} and began:
            if token.plain == "و" and at + 1 < len(tokens) and tokens[at + 1].kind == "digits":
                return self._digits_after_and(at + 1, joined=True)
            return self._try(at + 1, joined=True)
        if token.plain == "a" or token.plain == "an":
            return self._after_a(at, joined=False) if not began or self.part else None
        return self._try(at, joined=False)

    def _after_a(self, at: int, *, joined: bool) -> int | None:
        """ "a dozen", "a hundred", "a million", "a third"; "a" is part of the numeral."""
        if at + 1 >= len(self._tokens):
            return None
        reading = read_word(self._tokens[at + 1].plain, arabic=False)
        if (
            reading is None
            or reading.word.role not in {"dozen", "times_hundred", "scale", "part"}
            or reading.word.plural
        ):
            return None
        if self.part and reading.word.role != "scale":
            return None
        if self.complete and reading.word.role != "part" and not self.part:  # half a million
            return None
        if not self.complete and len(self._tokens[at + 1].text) <= 2:  # noqa: PLR2004 - "a k", "a m" are no numbers
            return None
        before = self.last
        if not self.complete and reading.word.role != "part":
            self._group, self._filled = 1.0, {"units"}
        if self._put(reading, joined=joined, token=self._tokens[at + 1]):
            self.last = at + 1
            return at + 2
        self.last = before
        return None

    def _digits_after_and(self, at: int, *, joined: bool = False) -> int | None:
        """«3 آلاف و500», «مليون و200 ألف»: digits below the last scale, with «و» written onto them."""
        token, before = self._tokens[at], self._tokens[at - 1]
        if not joined or self.total == 0 or not self._empty or not before.arabic:
            return None
        value = digits_value(token.text)
        if value is None or value >= self._lowest:
            return None
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        reading = read_word(after.plain, arabic=after.arabic) if after and after.kind == "word" else None
        scale = reading.word.value if reading and reading.word.role == "scale" and not reading.joined else 1.0
        if value * scale >= self._lowest:
            return None
        self._group, self._filled, self.last = value, {"digits"}, at
        return at + 1

    def _try(self, at: int, *, joined: bool, hyphen: bool = False) -> int | None:
        if at >= len(self._tokens) or self._tokens[at].kind != "word":
            return None
        token = self._tokens[at]
        if joined and token.plain in {"a", "an"}:
            return self._after_a(at, joined=True)
        reading = read_word(token.plain, arabic=token.arabic)
        if reading is None:
            return self._glued_scale(at)
        if self.complete and reading.skipped > int(reading.joined):  # بثلاثين after a number begins another one
            return None
        dashed = token.glued and at > self._begin and self._tokens[at - 1].text == "-"
        if dashed and not hyphen:
            return None
        if token.glued and at and self._tokens[at - 1].kind == "digits" and not token.arabic:
            return self._glued_scale(at)
        if not self._put(reading, joined=self.complete and (joined or reading.joined), token=token):
            return None
        if at == self._begin:
            self.first_reading = reading
        self.last = self._named_again(at) if joined or reading.joined else at
        return self.last + 1

    def _named_again(self, at: int) -> int:
        """Index of the definite scale word that «مليونان ونصف المليون» ends with, `at` where there is none."""
        if at + 1 < len(self._tokens) and self._closed and self._tokens[at + 1].arabic:
            again = read_word(self._tokens[at + 1].plain, arabic=True)
            if again and again.definite and again.word.role == "scale" and again.word.value == self.scale:
                return at + 1
        return at

    def _glued_scale(self, at: int) -> int | None:
        """`3m`, `1.2bn` after money; `54k`. Metres and billions are told apart by what stands before."""
        token = self._tokens[at]
        if self._filled != {"digits"} or not token.glued or (scale := _WITH_LETTERS.get(token.plain)) is None:
            return None
        first = self._tokens[at - 1]
        money = at >= 2 and self._tokens[at - 2].text in _MONEY and first.glued  # noqa: PLR2004 - the sign and the digits
        code = at >= 2 and self._tokens[at - 2].plain in {"usd", "eur", "gbp"}  # noqa: PLR2004 - as above
        if token.plain in {"m", "b"} and not (money or code):
            return None
        self.total, self._group, self._filled = self._group * scale, 0.0, set()
        self.scale = self._lowest = scale
        self.last, self._closed = at, True
        return at + 1

    def _put(self, reading: Reading, *, joined: bool, token: Token) -> bool:
        """Append a number word, if that makes a number."""
        word = reading.word
        role, value = word.role, word.value
        if self.complete and self.total and self._empty and role in {"unit", "ten", "tens", "hundred", "dual"}:
            if word.arabic and not joined:
                return False
            if not word.arabic and self.scale == 1.0:
                return False
        if role == "unit":
            done = self._put_unit(value, arabic=word.arabic, joined=joined)
        elif role == "ten":
            done = self._put_ten(joined=joined)
        elif role == "tens":
            done = self._put_tens(value, arabic=word.arabic, joined=joined)
        elif role == "hundred":
            done = self._put_hundred(value, joined=joined)
        elif role == "times_hundred":
            done = self._put_times_hundred()
        elif role in {"scale", "dual"}:
            done = self._put_scale(word.value, reading, joined=joined, token=token)
        elif role == "dozen":
            done = self._put_dozen(value, joined=joined, score=token.plain == "score")
        else:
            done = self._put_part(value, plural=word.plural, joined=joined, definite=reading.definite)
        self.complete = self.complete or done
        return done

    def _put_unit(self, value: float, *, arabic: bool, joined: bool) -> bool:
        if "digits" in self._filled or "units" in self._filled:
            return False
        if "tens" in self._filled and (arabic or joined or value >= _TEN):
            return False
        if "hundreds" in self._filled and arabic and not joined:
            return False
        self._group += value
        self._filled.add("units")
        if value >= _TEN:
            self._filled.add("tens")
        return True

    def _put_ten(self, *, joined: bool) -> bool:
        if self._filled & {"digits", "tens"}:
            return False
        units = self._group % _TEN
        if "units" in self._filled:
            if joined or not units:
                return False
        elif self._filled and not joined:
            return False
        self._group += _TEN
        self._filled |= {"tens", "units"}
        return True

    def _put_tens(self, value: float, *, arabic: bool, joined: bool) -> bool:
        if self._filled & {"digits", "tens"}:
            return False
        if "units" in self._filled and not (arabic and joined):
            return False
        if "hundreds" in self._filled and "units" not in self._filled and arabic and not joined:
            return False
        self._group += value
        self._filled.add("tens")
        if arabic:
            self._filled.add("units")
        return True

    def _put_hundred(self, value: float, *, joined: bool) -> bool:
        if self._filled == {"units"} and 2 < self._group < _TEN and value == _HUNDRED and not joined:  # noqa: PLR2004 - from three on
            self._group *= _HUNDRED
            self._filled = {"hundreds"}
            return True
        if self._filled:
            return False
        self._group, self._filled = value, {"hundreds"}
        return True

    def _put_times_hundred(self) -> bool:
        if self._filled & {"digits", "hundreds"} or not 0 < self._group < _HUNDRED:
            return False
        self._group *= _HUNDRED
        self._filled = {"hundreds"}
        return True

    def _put_scale(self, value: float, reading: Reading, *, joined: bool, token: Token) -> bool:
        word = reading.word
        scale = value / 2 if word.role == "dual" else value
        if scale >= self._lowest or (self.part and joined):
            return False
        if word.role == "dual" and not self._empty:
            return False
        if self._empty:
            bare_allowed = word.arabic and not word.plural and (not self.total or joined)
            if not bare_allowed:
                return False
            amount = 2.0 if word.role == "dual" or self._is_dual(token) else 1.0
        elif joined and "digits" not in self._filled:
            return False
        elif joined:
            return False
        else:
            amount = self._group
        self.total += amount * scale
        self._group, self._filled, self._lowest, self.scale, self.part = 0.0, set(), scale, scale, False
        return True

    def _is_dual(self, token: Token) -> bool:
        """Whether ألفا stands for ألفا(ن): without tanween, and nothing before it that it would count."""
        stem = next((token.plain[len(onto) :] for onto in ("و", "ف", "") if token.plain.startswith(onto)), token.plain)
        return (token.plain in DOUBTFUL_DUALS or stem in DOUBTFUL_DUALS) and "ً" not in token.text

    def _put_dozen(self, value: float, *, joined: bool, score: bool) -> bool:
        if joined or self._filled & {"digits", "hundreds"} and not self._group:
            return False
        if self._empty and (score or self.total or value == 12):  # noqa: PLR2004 - a bare "dozen" needs "a" or a number
            if not (value == 24 or (value == 12 and not self.total and not score and self._arabic_dozen)):  # noqa: PLR2004 - the dual
                return False
            self.total, self._closed = value, True
            return True
        if self._empty:
            self.total, self._closed = value, True
            return True
        self.total, self._group, self._filled, self._closed = self._group * value, 0.0, set(), True
        return True

    @property
    def _arabic_dozen(self) -> bool:
        at = self.last + 1
        return at < len(self._tokens) and self._tokens[at].arabic

    def _put_part(self, value: float, *, plural: bool, joined: bool, definite: bool) -> bool:
        if joined:  # two and a half million; مليونان ونصف المليون
            if not self.complete or self.part or plural:
                return False
            if self.total and self._empty:
                self.total += value * self.scale
                self._closed = True
                return True
            if self._filled and "digits" not in self._filled:
                self._group += value
                return True
            return False
        if definite:  # the third quarter of a year, the second half of a match
            return False
        if plural:
            if self._filled != {"units"} or self._group >= _TEN:
                return False
            self._group *= value
            self.part = self._closed = True
            return True
        if self._filled == {"units"} and self._group == 1 and not self.total:  # one third
            self._group, self.part, self._closed = value, True, True
            return True
        if self._filled or self.total:
            return False
        self._group, self._filled, self.part = value, {"units", "tens"}, True
        return True


def _with_percent(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Take in a percent sign or its words after a numeral, or a sign right before it."""
    at = numeral.last + 1
    if at < len(tokens) and tokens[at].text in _PERCENT:
        return numeral._replace(last=at, end=tokens[at].end, percent=True, plain=False)
    before = tokens[numeral.first - 1] if numeral.first else None
    if (
        before
        and before.text in _PERCENT
        and tokens[numeral.first].glued
        and not _ends_number(tokens, numeral.first - 2)
    ):
        return numeral._replace(first=numeral.first - 1, start=before.start, percent=True, plain=False)
    words = [token.plain for token in tokens[at : at + 2]]
    if words and words[0] in _PERCENT_EN:
        return numeral._replace(last=at, end=tokens[at].end, percent=True, plain=False)
    if words == ["per", "cent"] or (len(words) > 1 and words[0] == "في" and words[1].removeprefix("ال") in _HUNDRED_AR):
        return numeral._replace(last=at + 1, end=tokens[at + 1].end, percent=True, plain=False)
    if words and words[0].startswith("ب") and words[0][1:].removeprefix("ال") in _HUNDRED_AR:
        return numeral._replace(last=at, end=tokens[at].end, percent=True, plain=False)
    return numeral


def _with_sign(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Take in "minus", or a sign written onto digits with nothing before it."""
    before = tokens[numeral.first - 1] if numeral.first else None
    if before is None or not numeral.digits:
        return numeral
    signed = before.text == "−" and not before.glued and tokens[numeral.first].glued
    if before.plain in _MINUS or signed:
        return numeral._replace(first=numeral.first - 1, start=before.start, value=-numeral.value, plain=False)
    return numeral


def _ends_number(tokens: Sequence[Token], at: int) -> bool:
    return at >= 0 and tokens[at].kind == "digits"
