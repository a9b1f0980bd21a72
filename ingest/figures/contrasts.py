"""Figures that a text puts right: the 30 of "not 30 but 40 people", "40, not 30," and «ليس 30 بل 40».

The figure that is put right is negated, and the one beside it stands: two figures of one sentence with a few words
between them that say which is which. "Not only 30 but 40", "30, if not 40" and "no fewer than 30" negate nothing.
"""

import re
from collections.abc import Mapping, Sequence

from ingest.lexis import fold

_LEAD = 40
"""Code points before a figure that may negate it."""
_GAP = 72
"""Code points between the two."""
_FAR = 9
"""Words between the two."""

_SMALL = r"(?:(?:the|a|an|some|about|around|by|in|at|to|of|its|their)\s+){0,2}[$€£¥₪“\"'‘(]?\s*"
_HEDGE = (
    r"(?:(?:rather|at least|as many as|more than|over|about|around|nearly|almost|some|only|just|in fact|actually"
    r"|instead)\s+){0,2}"
)


def _any_ar(words: str) -> str:
    return f"(?:{'|'.join(fold(word) for word in words.split())})"


_SMALL_AR = rf"(?:{_any_ar('نحو حوالي من عن')}\s+)?[«“\"(]?\s*(?:[بلك]?(?:ال)?)?"
_HEDGE_AR = rf"(?:{_any_ar('نحو حوالي قرابة زهاء')}\s+)?(?:{fold('أكثر من')}\s+)?"

_VERB = r"(?!(?:among|amongst|one|part|any|all|only|just|merely|simply|because|for|with|from|under|over|on)\b)\w+"
_NOT_BEFORE = re.compile(rf"(?<!if )(?<!or )\bnot\s+{_SMALL}$")
_NO_VERB_BEFORE = re.compile(rf"\b(?:did|do|does|was|were|is|are)(?:\s+not|n['’]t)\s+(?:{_VERB}\s+)?{_SMALL}$")
_BUT_AFTER = re.compile(rf"^[^.!?;:]*\bbut\s+(?:to\s+|by\s+)?{_HEDGE}{_SMALL}$")
_INSTEAD = r"\b(?:rather than|instead of|as opposed to)"
_INSTEAD_BEFORE = re.compile(rf"{_INSTEAD}\s+{_SMALL}$")
_COMMA_AFTER = re.compile(r"^[^.!?;:,،]*[,،]")
_NEGATED_AFTER = re.compile(rf"(?:(?<!if )(?<!or )\bnot|{_INSTEAD})\s+{_SMALL}$")

_NOT_BEFORE_AR = re.compile(
    rf"(?<!\w)[وف]?{_any_ar('ليس ليست ليسوا ليسا لم لن لا ما')}\s+(?:\w+\s+){{0,4}}{_SMALL_AR}$"
)
_BUT_AFTER_AR = re.compile(
    rf"(?<!\w){_any_ar('بل وإنما إنما')}\s+(?:{_any_ar('هو هم هي إلى')}\s+)?{_HEDGE_AR}{_SMALL_AR}$"
)
_ONLY_AR = re.compile(rf"(?<!\w){_any_ar('فقط فحسب وحسب وحدهم يكتف تكتف يكتفوا يقتصر تقتصر')}(?!\w)")
_INSTEAD_AR = rf"(?:{fold('بدلا')}\s+{fold('من')}|{fold('بدل')}|{fold('عوضا')}\s+{fold('عن')})"
_INSTEAD_BEFORE_AR = re.compile(rf"(?<!\w)[وف]?{_INSTEAD_AR}\s+{_SMALL_AR}$")
_NEGATED_AFTER_AR = re.compile(rf"(?<!\w)(?:[وف]?{_any_ar('ليس ليست ليسوا لا')}|{_INSTEAD_AR})\s+{_SMALL_AR}$")
_MEASURE_NEXT = re.compile(
    r"\s*(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|met(?:re|er)s?|kilomet(?:re|er)s?|km|miles?|yards?|feet|"
    r"ft)\b"
)
"""“He died not two weeks after”: a distance, which only a distance is put right by."""


def contrasts(text: str, spans: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    """Index of the figure that stands, for each figure that it puts right.

    Args:
        text: the text they stand in.
        spans: first code point of each figure and one past its last, in order.
    """
    found: dict[int, int] = {}
    for at in range(len(spans) - 1):
        (start, end), (after, stop) = spans[at], spans[at + 1]
        if after - end > _GAP or at in found:
            continue
        between = fold(text[end:after])
        if len(between.split()) > _FAR or re.search(r"[.!?؟;؛]\s", between):
            continue
        lead = re.split(r"[.!?؟;؛]\s", fold(text[max(0, start - _LEAD) : start]))[-1]
        if _first_is_negated(lead, between):
            found[at] = at + 1
        elif _second_is_negated(between, text[stop : stop + _LEAD]):
            found[at + 1] = at
    return found


def _first_is_negated(lead: str, between: str) -> bool:
    if (_NOT_BEFORE.search(lead) or _NO_VERB_BEFORE.search(lead)) and _BUT_AFTER.search(between):
        return True
    if _INSTEAD_BEFORE.search(lead) or _INSTEAD_BEFORE_AR.search(lead):
        return _COMMA_AFTER.search(between) is not None
    put_right = _NOT_BEFORE_AR.search(lead) and _BUT_AFTER_AR.search(between)
    return bool(put_right) and not _ONLY_AR.search(f"{lead} {between}")


def _second_is_negated(between: str, next_words: str) -> bool:
    if not (_NEGATED_AFTER.search(between) or _NEGATED_AFTER_AR.search(between)):
        return False
    measure = _MEASURE_NEXT.match(next_words)
    return measure is None or measure[0].strip() in between
