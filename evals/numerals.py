"""Which numbers does a text state? A second opinion, independent of the service's own reader.

It reads generously, every number in any written form and no more than that: the validator asks
whether a quote states a gold value, and an invariant of every run is that it states each figure claimed from it.
Where a spelling is ambiguous (`1.700`) both readings count.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evals.number_words import ADDED, DOUBLED, DUALS, HEDGES, HUNDREDS, MONTHS, PARTS, PLURALS, SCALES
from ingest.domain import Bound
from ingest.lexis import fold

_TOKEN = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫،]\d+)*|[^\W\d_]+")
_PART_OF_SCALE = re.compile(r"\b(half|quarters?|thirds?|fifths?) of an? (?=thousand|million|billion|trillion|dozen)")
_VULGAR = (("½", ".5", " half "), ("¼", ".25", " quarter "), ("¾", ".75", " three quarters "))
_DIGIT_AND_SCALE = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")

_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})|\b(?:{MONTHS})\.?\s+\d{{1,2}}(?![\d.,٫]*\d)"
    rf"|(?:[^\W\d]+[\s-]+){{1,2}}(?:of|من)\s+(?:{MONTHS})"
)
_DATE = re.compile(
    rf"\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b(?:1[89]|20)\d\d\b|{_DAY.pattern}"
    r"|\b\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b"
)
_MARK = re.compile(r"\[\d+\]")

_ONTO = "وفبلك"
"""Letters that Arabic writes onto the word after them."""

EXACT = 1e-13
"""How far two values may be apart and still be one: no more than floating point makes them."""

_AND = {"and", "و"}
_PASSED_OVER = {"a", "an"}
_LEAST_DUAL = 5
_ROUNDED = 1e-5
_ROUNDED_PERCENT = 0.02
_HUNDRED = 100
_TEN = 10
_TENS = range(20, 100, 10)


class _Word(NamedTuple):
    """One word that may be part of a number."""

    values: tuple[float, ...] = ()
    """What it adds; several where its spelling is ambiguous."""
    scale: float = 0.0
    part: float = 0.0
    joined: bool = False
    """Whether "and" stands before it, or «و»."""
    digits: bool = False
    plural: bool = False
    """Whether it is a scale in the plural: by itself it is vague (آلاف)."""
    doubtful: bool = False
    """Whether it may be no scale at all: 300 m."""
    doubled: bool = False
    """Whether it may also be two of its scale: folded, ألفاً is ألفا."""


def _tokens(text: str) -> list[str]:
    for sign, after_digits, alone in _VULGAR:
        text = re.sub(rf"(?<=\d){sign}", after_digits, text).replace(sign, alone)
    return _TOKEN.findall(_PART_OF_SCALE.sub(r"\1 ", _DIGIT_AND_SCALE.sub(" ", fold(text))))


@lru_cache(maxsize=10_000)
def numbers_in(text: str, *, duals: bool = True) -> frozenset[float]:
    """Every number that a text states, in digits of any script or in words, with its scale (54 ألف is 54,000).

    Args:
        text: in either language.
        duals: whether a noun that looks like a dual (قتيلان) states two. Many other words look like one.
    """
    return frozenset(_read_numbers(text, duals=duals))


def _read_numbers(text: str, *, duals: bool = False, told: bool = False) -> set[float]:
    found: set[float] = set()
    run: list[_Word] = []
    joined = False
    for token in _tokens(text):
        words = _read(token)
        if words:
            run += [words[0]._replace(joined=words[0].joined or joined), *words[1:]]
            joined = False
        elif run and token in _AND:
            joined = True
        elif token not in _PASSED_OVER:
            found |= set(_values(run, told=told))
            run, joined = [], False
            if duals and len(token) >= _LEAST_DUAL and token.endswith(("ان", "ين")):
                found.add(2.0)
    return found | set(_values(run, told=told))


def numbers_told(text: str) -> frozenset[float]:
    """Numbers in the service's own words that have to stand somewhere.

    No dates, no clock times, no marks of citations, no duals; "one" is a pronoun more often than a number.
    """
    plain = _DATE.sub(" ", _MARK.sub(" ", fold(text)))
    return frozenset(number for number in _read_numbers(plain, told=True) if number > 1)


def without_days(text: str) -> str:
    """A text, folded, without its days of a month: 3 May is no three."""
    return _DAY.sub(" ", fold(text))


def hedges(text: str, bound: Bound) -> bool:
    """Whether a text holds a hedge that makes a bound; of an exact figure nothing is asked."""
    return bound == "exact" or HEDGES[bound].search(fold(text)) is not None


def states(text: str, value: float) -> bool:
    """Whether a text states a value, whatever its sign; of fractions, also as a percentage (a third is 33.3)."""
    numbers = numbers_in(text)
    if any(math.isclose(abs(value), number, rel_tol=EXACT, abs_tol=EXACT) for number in numbers):
        return True
    parts = {number for number in numbers if 0 < number < 1}
    return any(
        math.isclose(value, part, rel_tol=_ROUNDED) or math.isclose(value, 100 * part, rel_tol=_ROUNDED_PERCENT)
        for part in parts | _parts_in(text)
    )


def _parts_in(text: str) -> set[float]:
    return {word.part for token in _tokens(text) for word in _read(token) if word.part}


def _read(token: str) -> tuple[_Word, ...]:
    """What a token adds to a number; two words of a dual such as ألفان; none where it is no part of one."""
    if token[0].isdigit():
        values = tuple(_digits(token))
        return (_Word(values=values, digits=True),) if values else ()
    for bare, joined, article in ((token, False, False), *_bare(token)):
        if bare in DUALS:
            return _Word(values=(2.0,), joined=joined), _Word(scale=DUALS[bare])
        value, scale, part = ADDED.get(bare), SCALES.get(bare, 0.0), PARTS.get(bare, 0.0)
        if article and value == _HUNDRED:  # في المئة is a percent sign
            return ()
        if value is not None or scale or part:
            return (
                _Word(
                    () if value is None else (float(value),),
                    scale,
                    part,
                    joined,
                    plural=bare in PLURALS,
                    doubtful=bare == "m",
                    doubled=bare in DOUBLED,
                ),
            )
    return ()


def _bare(token: str) -> Iterator[tuple[str, bool, bool]]:
    """A word without what Arabic writes onto it; whether that begins with «و»; whether it ends with the article."""
    for onto in ("", *_ONTO, *(f"و{letter}" for letter in _ONTO)):
        for article in ("ال", ""):
            bare = token[len(onto + article) :]
            if token.startswith(onto + article) and onto + article and not (bare in HUNDREDS and onto.endswith("ك")):
                yield bare, onto.startswith("و"), bool(article)  # كمية is no hundred
    if token.startswith("لل"):
        yield token[2:], False, True


def _digits(token: str) -> Iterator[float]:
    plain = token.replace("٫", ".").replace("،", ",").replace(" ", "").replace("'", "")
    pieces, separators = re.split(r"[.,]", plain), re.findall(r"[.,]", plain)
    if len(pieces) == 1:
        yield float(plain)
    elif len(set(separators)) > 1 or (" " in token and separators):
        if separators.count(separators[-1]) == 1:  # 1.700,5
            yield float(f"{''.join(pieces[:-1])}.{pieces[-1]}")
    elif all(len(piece) == len("000") for piece in pieces[1:]):
        yield float("".join(pieces))
        if len(pieces) == len(("1", "700")):
            yield float(".".join(pieces))
    elif len(pieces) == len(("3", "8")):
        yield float(".".join(pieces))


def _values(run: list[_Word], *, told: bool) -> Iterator[float]:
    """Values of a run of number words: each number in it, and what words side by side make together."""
    for piece in _pieces(run):
        if piece[0].plural or (told and piece[0].scale):  # the m of "9 p.m.", a final score
            continue
        yield from _value(piece)
        if len(piece) == 1 and piece[0].doubled:
            yield 2 * piece[0].scale
        if len(piece) > 1 and piece[-1].doubtful:
            yield from _value(piece[:-1])


def _pieces(run: list[_Word]) -> Iterator[list[_Word]]:
    """Cut where one number ends and another begins: "twenty thirty", ثلاثة وأربعة, 20 و30."""
    piece: list[_Word] = []
    for before, word in pairwise([_Word(), *run]):
        if piece and not _binds(before, word):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _binds(before: _Word, word: _Word) -> bool:
    """Whether two number words side by side are parts of one number."""
    if word.scale or word.part or before.part:
        return True
    if before.scale:
        return word.joined or not (before.digits or word.digits)
    if before.digits or word.digits:
        return False
    first, second = before.values[0], word.values[0]
    teen = second == _TEN and first < _TEN and not word.joined  # خمس عشرة
    hundred = second == _HUNDRED and first < _TEN and not word.joined  # خمس مئة
    units_and_tens = first < _TEN and second in _TENS and word.joined  # خمسة وعشرون
    tens_and_units = first in _TENS and second < _TEN and not word.joined  # twenty-five
    return teen or hundred or units_and_tens or tens_and_units or (first >= _HUNDRED > second and word.joined)


def _value(piece: list[_Word]) -> Iterator[float]:
    for choice in range(max(1, *(len(word.values) for word in piece))):
        total, current, scale = 0.0, 0.0, 1.0
        for before, word in pairwise([_Word(), *piece]):
            if word.values:
                value = word.values[min(choice, len(word.values) - 1)]
                current = current * value if value == _HUNDRED and 0 < current < _TEN else current + value
            elif word.scale == _HUNDRED:
                current = (current or 1.0) * _HUNDRED  # it stays below the scales that follow it
            elif word.scale:
                if not (before.part and total):  # مليون ونصف المليون names the scale again
                    total, scale = total + (current or 1.0) * word.scale, word.scale
                current = 0.0
            elif total and not current:
                total += word.part * scale
            else:
                current = current * word.part if current and not word.joined else current + word.part
        yield total + current
