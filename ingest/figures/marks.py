"""Digits that are scores, list marks, notation, or what pages leave of counters."""

from itertools import pairwise

from ingest.figures.context import TITLED, Around
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_DASHES = frozenset("-–")
_FOLLOWS_SCORE = words("in to before after on win victory defeat draw at")
_COUNTED_SIGNS = frozenset("%٪$€£")
_NOTATION = frozenset("=×÷^√")
_ANGLES = frozenset("°′″'\"")
_QUARTERS_EN = frozenset("NSEW")
_QUARTERS_AR = words("شمالا جنوبا شرقا غربا")
_BEFORE_LIST = words("including include are and or و هي على")
_LIST_MARKS = range(1, 31)
_LONGEST_SCORE = 16
_ENDS_SENTENCE = frozenset(".:;!?؟…")
"""Before the number of a list that a page ran together: "… children. 2. Red lines: …"."""
_BRACKET = 12
"""Tokens in which a bracket that a closing one ends was opened."""


def is_score(around: Around) -> bool:
    """“won 2-1”, “555-0142”: two numbers with a dash between them that are no range."""
    return _is_side(around, first=True) or _is_side(around, first=False)


def _is_side(around: Around, *, first: bool) -> bool:
    near = around.after if first else around.before
    dash, other = near(1), near(2)
    if dash.text not in _DASHES or not other.text.isdecimal() or not dash.glued or not (first or around.first.glued):
        return False
    if not around.numeral.plain and around.numeral.scale == 1.0:
        return False
    number = float(other.text) if len(other.text) < _LONGEST_SCORE else 0.0
    low, high = (around.numeral.value, number) if first else (number, around.numeral.value)
    return other.text.startswith("0") or low >= high or not _counts(around.after(3) if first else around.after())


def _counts(follower: Token) -> bool:
    """Whether what follows two numbers is something that a range counts."""
    return (follower.kind == "word" or follower.text in _COUNTED_SIGNS) and follower.plain not in _FOLLOWS_SCORE


def is_notation(around: Around) -> bool:
    """“x = 5”, “10^3”, and coordinates: 33°30′N."""
    before, after = around.before(), around.after()
    if before.text in _NOTATION or after.text in _NOTATION:
        return True
    if after.text == "°":
        further = around.after(2)
        return further.kind == "digits" or _is_quarter(further)
    return (before.text == "°" and after.text in _ANGLES) or (not around.numeral.plain and _is_quarter(after))


def _is_quarter(token: Token) -> bool:
    return token.text in _QUARTERS_EN or token.plain in _QUARTERS_AR


def is_list_mark(around: Around, text: str) -> bool:
    """“(1) food, (2) water”; “1.” or “1-” at the beginning of a line."""
    after, start = around.after(), around.first.start
    if not around.numeral.plain or around.numeral.value not in _LIST_MARKS or not after.glued:
        return False
    if after.text == ")":
        if around.before().text == "(":
            before = around.before(2)
            in_list = before.kind == "mark" or before.plain in _BEFORE_LIST or _is_followed_in_list(around)
            return in_list or (before.arabic and around.counts is None)
        return not any(around.before(distance).text == "(" for distance in range(2, _BRACKET))
    if after.text == "." and around.before().text in _ENDS_SENTENCE and around.after(2).capital:
        return True
    starts_line = start == 0 or "\n" in text[max(0, start - 3) : start]
    return after.text in {".", "-"} and starts_line


def _is_followed_in_list(around: Around) -> bool:
    """Whether the next number of a list stands in brackets soon after."""
    following = [around.after(distance).text for distance in range(2, _BRACKET)]
    following_number = f"{around.numeral.value + 1:.0f}"
    return any(pair == ("(", following_number) for pair in pairwise(following))


def is_stray(around: Around) -> bool:
    """Digits between two titles, or at a text's end, that count nothing: what pages leave of counters and marks."""
    before, after = around.before(), around.after()
    if around.numeral.plain and around.numeral.value == 0 and before.kind == "digits" and not before.glued:
        return True
    if not around.numeral.plain or around.counts:
        return False
    if _is_date(after):
        return True
    if before.text == "(" and after.text == ")":
        return around.before(2).capital
    begins = not before.text or before.capital or before.kind == "digits" or before.text in ".…)|]>»”"
    return begins and (not after.text or _is_between_titles(around))


def _is_between_titles(around: Around) -> bool:
    before, after, further = around.before(), around.after(), around.after(2)
    if before.text and after.kind == "digits" and before.text != ".":
        return True
    return after.capital and (not further.text or further.capital or after.plain in TITLED)


def _is_date(token: Token) -> bool:
    return token.kind == "digits" and token.text.count(".") == 2  # noqa: PLR2004 - 20.04.2017
