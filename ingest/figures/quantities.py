"""Which numerals are quantities? Dates, years, times, ages, scores, list numbers and names that hold a number are not.

Every rule looks at a few tokens around a numeral. Where a rule is in doubt it keeps a number that counts something: a
noun that is counted tells more than a capital before it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ingest.figures.ages import is_age
from ingest.figures.context import Around
from ingest.figures.dated import is_dated
from ingest.figures.idioms import is_idiom
from ingest.figures.marks import is_list_mark, is_notation, is_score, is_stray
from ingest.figures.names import is_name
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_STRETCHES = re.compile(
    r"(?<![\d.,])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d.,]*\d)"  # 23-04-2016, 01.10.2017, 2016/07/07
    r"|(?<!\d)\d{1,3}:\d{1,3}(?::\d{2})?(?!\d)(?:\s*[AaPp]\.?[Mm]\b\.?)?"  # 6:40, and verses 2:255
    r"|(?<![\d.,])\d{1,2}(?:\.\d{2})?\s*[AaPp]\.?[Mm]\b\.?"  # 5 p.m.
    r"|(?<![\d.,])\d{3,4}\s*(?:GMT|UTC|BST|EST|EDT|hrs|hours GMT)\b"  # 0930 GMT
    r"|(?<![\d.,])(?:9/11|7/7|24/7|11/9)(?!\d)"
    r"|\+\d{1,4}(?:[ -]?\(?\d{1,4}\)?){0,1}(?:[ -]\d{2,4}){1,4}"  # +963 11 222 3333
    r"|(?<![\d.,-])\(?\d{3}\)?[ -]\d{3}-\d{4}(?![\d-])"  # (202) 555-0142
    r"|(?:ISBN|DOI|doi)[:\s]{0,3}[\dX./-]+"
    r"|https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|#\S+"
)
"""Stretches of a text whose numbers are none of them quantities: dates, times, telephone numbers, addresses."""

_CONNECTIVES = words("و and to or - – / , ، أو إلى حتى &")
_ERAS = words("م هـ ad bc ce bce")
_EARLIEST_SPAN = 100
"""The second of two years may be shortened: 1635-36."""

Other = Literal["year", "age", "name", "mark", "idiom", "stretch"]
"""What a numeral is that is no quantity."""


def quantities(text: str, tokens: Sequence[Token], numerals: Sequence[Numeral]) -> Iterator[Numeral]:
    """Numerals that are quantities, in order."""
    stretches = [match.span() for match in _STRETCHES.finditer(text)]
    at, year = 0, 0
    previous: Numeral | None = None
    was: Other | None = None
    for numeral in numerals:
        while at < len(stretches) and stretches[at][1] <= numeral.start:
            at += 1
        if previous is None or not _are_joined(tokens, previous, numeral):
            was = None
        if at < len(stretches) and stretches[at][0] < numeral.end:
            was = "stretch"
        else:
            was = _other(text, Around(tokens, numeral), was, year)
        if was is None:
            yield numeral
        elif was == "year" and numeral.value >= _EARLIEST_SPAN:
            year = int(numeral.value)
        previous = numeral


def _are_joined(tokens: Sequence[Token], previous: Numeral, numeral: Numeral) -> bool:
    """Whether nothing but a connective stands between two numerals, and the era of the first: 532 هـ / 1138 م."""
    between = [token.plain for token in tokens[previous.last + 1 : min(numeral.first, previous.last + 4)]]
    if len(between) < numeral.first - previous.last - 1:
        return False
    joins = [word for word in between if word not in _ERAS]
    return 1 <= len(joins) <= 2 and all(word in _CONNECTIVES for word in joins)  # noqa: PLR2004 - ", and"


def _other(text: str, around: Around, was: Other | None, year: int) -> Other | None:
    """What a numeral is other than a quantity; `None` for quantities.

    `was` is the same of the numeral before it that it is joined to, if there is one, and `year` the last year.
    """
    if around.numeral.percent:
        return None
    if is_dated(around, year if was == "year" else None):
        return "year"
    if is_age(around):
        return "age"
    if around.numeral.digits:
        return _other_in_digits(text, around, was)
    return "idiom" if is_idiom(around) else None


def _other_in_digits(text: str, around: Around, was: Other | None) -> Other | None:
    if is_name(around) or (was == "name" and around.numeral.plain and around.counts is None):
        return "name"
    if is_score(around) or is_notation(around) or is_list_mark(around, text) or is_stray(around):
        return "mark"
    return None
