"""Which sentences lean on their neighbour for their speaker, as far as cutting needs to know.

A passage that begins «وأضاف أنه…» or "He added…" has lost who speaks. This module finds the
seams where that would happen, and the paired quotation marks and brackets of a text. It
does not say who the speaker is.

Every look at the text has a fixed width, so the work is linear in its length.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from ingest.lexis import fold
from ingest.reporting import SAYING_AR, SAYING_EN, SOURCES_AR, SOURCES_EN

LONGEST_QUOTATION = 1500
"""Code points; marks further apart than this belong to two quotations, one of them never closed."""

_HEAD = 120
"""Code points of a sentence's beginning that can hold who speaks and the verb."""

_TAIL = 70
"""Code points of a sentence's end that can hold "… he told reporters"."""

_ATTRIBUTION_ONLY = 80
"""Code points; a longer sentence after a quotation says more than who spoke."""

_BESIDES_AR = "نفسه نفسها ذاته ذاتها عينه عينها أيضا كذلك بدوره بدورها لاحقا المذكور المذكورة"
# What follows the verb when its subject is the pronoun inside it, and nobody is named.
_OBJECTS_AR = """
    أن أنه أنها أنهم أنهما أني أننا إن إنه إنها إنهم بأن بأنه بأنها بأنهم إلى في عن من خلال عبر على+أن على+أنه على+أنها
    على+ضرورة على+أهمية قائلا قائلة قائلين حديثه حديثها كلامه كلامها قوله قولها يقول تقول بالقول أمس اليوم لوكالة
    لرويترز لفرانس لتلفزيون للصحفيين للصحافيين لصحيفة لقناة لموقع لمراسل"""

_QUOTE_KINDS = {
    **dict.fromkeys('"“”„‟', '"'),
    **dict.fromkeys("'‘’‚‛", "'"),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("‹›", "‹"),
}
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_OPENING_BY_NATURE = frozenset("“„‟‘‚‛«‹")
_CLOSING_BY_NATURE = frozenset("”’»›")
QUOTES = frozenset(_QUOTE_KINDS)
"""Every quotation mark known here, single and double, of either direction."""

OPENERS = QUOTES | frozenset(_BRACKETS.values())
"""What may stand before a sentence's first word."""

CLOSERS = QUOTES | frozenset(_BRACKETS)
"""What may stand after a sentence's last stop and still belong to it."""

_MARKS = re.compile(f"[{re.escape(''.join(sorted(OPENERS | CLOSERS)))}]+")
_BEFORE_OPENING = frozenset(":،,؛;-–—/")
_AFTER_CLOSING = frozenset(".,:;!?…،؛؟-–—/")


def _any_of(words: str) -> str:
    folded = {fold(word.replace("+", " ")) for word in words.split()}
    return "(?:" + "|".join(sorted(folded, key=lambda word: (-len(word), word))) + ")"


_VERB_AR, _VERB_EN = _any_of(SAYING_AR), _any_of(SAYING_EN)
_SOURCE_AR, _SOURCE_EN = _any_of(SOURCES_AR), _any_of(SOURCES_EN)
_OFTEN_EN = r"(?: (?:also|later|then|further|earlier|however|repeatedly|himself|herself|had|has|have|went on to))*"

_CONTINUES = re.compile(
    # «بان كي مون» is a person, not «بأن».
    rf"(?:كما |وقد |كما و|و|ف)?{_VERB_AR}(?: {_SOURCE_AR})?(?: {_any_of(_BESIDES_AR)})*"
    rf"(?:[:،,]| ?[\"“”«‘']| (?!بان كي ){_any_of(_OBJECTS_AR)}\b)"
    r"|و?ب?(?:حسب|وفق|وفقا|طبقا|استنادا)(?:ها|هم|ه| له| لها| لهم| اليه| اليها|"
    rf" (?:{_SOURCE_AR}|لل\w+ {_any_of(_BESIDES_AR)}))\b"
    rf"|(?:and |but )?(?:he|she|it|they){_OFTEN_EN} {_VERB_EN}\b"
    r"|the (?:(?:same|unnamed|monitoring|security|military|rights|[\w-]+-based) ){0,2}"
    rf"{_SOURCE_EN}{_OFTEN_EN} {_VERB_EN}\b"
    r"|according to (?:him|her|them|it|the same)\b"
)
_ENDS_UNNAMED = re.compile(rf"\b(?:(?P<pronoun>he|she|it|they)|the {_SOURCE_EN}){_OFTEN_EN} {_VERB_EN}\b[^.!?؟]*\W*$")
_SAYS = re.compile(rf"\b(?:{_VERB_EN}|و?{_VERB_AR})\b")
_SPOKEN_AR = re.compile(rf"{_VERB_AR}\b")
_NAMED_SPEAKER_EN = re.compile(rf"(?:[A-Z][\w'’.-]*\s+){{1,5}}{_VERB_EN}\s*(?:[.,;:]|$)")

Role = Literal["open", "close", "none"]


def _role(mark: str, before: str, after: str, *, is_open: bool) -> Role:
    """Read one mark by its neighbours: `before` and `after` are the characters around its run, "" at a text's end."""
    if mark not in QUOTES:
        return "close" if mark in _BRACKETS else "open"
    if before.isalnum() and after.isalnum() and mark in "'’":
        return "none"
    opens = not before or before.isspace() or before in _BEFORE_OPENING
    closes = not after or after.isspace() or after in _AFTER_CLOSING
    if opens == closes:
        opens = mark in _OPENING_BY_NATURE or not (mark in _CLOSING_BY_NATURE or is_open)
    return "open" if opens else "close"


def enclosures(text: str) -> dict[int, int]:
    """Pair quotation marks and brackets: offset of the closing mark → offset of the opening one.

    A mark's direction is read from the white space around it before its shape, since Arabic
    texts use “ and ” both ways and " has none. Marks without a partner, or with one more than
    `LONGEST_QUOTATION` code points away, are left out. Offsets are code points.
    """
    pairs: dict[int, int] = {}
    opened: dict[str, int] = {}
    for run in _MARKS.finditer(text):
        before = text[run.start() - 1 : run.start()]
        after = text[run.end() : run.end() + 1]
        for position in range(run.start(), run.end()):
            mark = text[position]
            kind = _QUOTE_KINDS.get(mark) or _BRACKETS.get(mark, mark)
            role = _role(mark, before, after, is_open=kind in opened)
            if role == "open":
                opened[kind] = position
            elif role == "close" and position - opened.get(kind, position) in range(1, LONGEST_QUOTATION):
                pairs[position] = opened.pop(kind)
    return pairs


def attribution_follows(text: str, position: int) -> bool:
    """Whether the words at `position`, just after a quotation, only say whose it was.

    True of «قال الوزير» (a verb without «و») and of "Smith asked.", which ends with its verb.
    """
    head = text[position : position + _ATTRIBUTION_ONLY]
    return bool(_SPOKEN_AR.match(fold(head)) or _NAMED_SPEAKER_EN.match(head))


def bonds(text: str, sentences: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell at each seam whether the sentences on its two sides need each other to know who speaks.

    `sentences` are half-open code point spans of `text`, in order and disjoint. The result has
    one entry a seam, `len(sentences) - 1` (none for no sentences): entry i is about the seam
    between sentences i and i + 1.
    """
    bonded = [_leans(text, left, right) for left, right in pairwise(sentences)]
    starts = [start for start, _ in sentences]
    for close, open_ in _quotations(text).items():
        first = max(0, bisect_right(starts, open_) - 1)
        last = max(0, bisect_right(starts, close) - 1)
        bonded[first:last] = [True] * (last - first)
    return bonded


def _quotations(text: str) -> Mapping[int, int]:
    return {close: open_ for close, open_ in enclosures(text).items() if text[open_] in QUOTES}


def _leans(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    start, end = right
    last = text[left[1] - 1]
    if last == ":":
        return True
    head = fold(text[start : min(end, start + _HEAD)]).lstrip("".join(OPENERS) + "-–—•*. \t")
    if _CONTINUES.match(" ".join(head.split())):
        return True
    if last in QUOTES and end - start <= _ATTRIBUTION_ONLY and _SAYS.search(head):
        return True
    unnamed = _ENDS_UNNAMED.search(fold(text[max(start, end - _TAIL) : end]))
    # A pronoun reaches back over a paragraph's end; "…, the ministry said" seldom does.
    return unnamed is not None and (unnamed["pronoun"] is not None or "\n" not in text[left[1] : start])
