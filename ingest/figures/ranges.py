"""Two numerals that are one range: "20 to 30", "between 5 and 7", "40-50", «ما بين ٢٠ و٣٠», «من يومين إلى ثلاثة أيام».

A range is two figures, `at_least` and `at_most`. "From 8.5 to 9 per cent" behind a verb of change is none.
"""

from collections.abc import Sequence

from ingest.domain import Bound
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_TO = words("to - – — or إلى أو") | {"-", "–", "—"}
_BETWEEN = words("between بين")
_FROM = words("from من")
_CHANGE_EN = tuple(
    """rise rose risen rising increas up jump climb grow grew fall fell drop declin cut reduc slow lower rais wide
    narrow shr down expand doubl went chang revis mov surg eased easing swell swel slip improv updat""".split()  # noqa: SIM905 - a word list reads best so
)
"""How verbs of change begin."""
_CHANGE_AR = words("""ارتفع ارتفعت ارتفاع زاد زادت زيادة صعد قفز قفزت رفع رفعت خفض خفضت انخفض انخفضت تراجع تراجعت هبط
    هبطت تقلص تقلصت نما ازداد ازدادت تحول انتقل تغير توسع خفضه رفعه""")
_LOOK_BACK = 9


def ranges(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> dict[int, tuple[Bound, float]]:
    """Bound and value of each numeral (by index) that is an end of a range.

    The lower end takes the scale of the upper one ("90 to 100 million").
    """
    found: dict[int, tuple[Bound, float]] = {}
    for at in range(len(numerals) - 1):
        low, high = numerals[at], numerals[at + 1]
        if at not in found and _is_range(tokens, low, high):
            value = low.value
            if low.scale == 1.0 and high.scale > 1.0 and value * high.scale < high.value and not low.part:
                value *= high.scale
            if value < high.value:
                found[at], found[at + 1] = ("at_least", value), ("at_most", high.value)
    return found


def _is_range(tokens: Sequence[Token], low: Numeral, high: Numeral) -> bool:
    between = tokens[low.last + 1 : high.first]
    before = tokens[low.first - 1].plain if low.first else ""
    clitic = tokens[high.first].arabic and tokens[high.first].plain.startswith("و")
    if (not between and clitic) or [token.plain for token in between] in (["and"], ["و"]):
        return before in _BETWEEN or _bare(tokens, low) in _BETWEEN
    if len(between) != 1 or between[0].plain not in _TO:
        return False
    if between[0].kind == "mark" and not (between[0].glued or tokens[high.first].start - between[0].end == 1):
        return False
    return before not in _FROM or not _changes(tokens, low)


def _bare(tokens: Sequence[Token], low: Numeral) -> str:
    """The word two before, where "ما بين" has something written in between."""
    return tokens[low.first - 2].plain if low.first > 1 and tokens[low.first - 1].text in '“"«(' else ""


def _changes(tokens: Sequence[Token], low: Numeral) -> bool:
    """Whether a verb of change stands before "from": what follows is a before and an after."""
    for token in tokens[max(0, low.first - _LOOK_BACK) : low.first]:
        if token.arabic and token.plain.removeprefix("و") in _CHANGE_AR:
            return True
        if not token.arabic and token.kind == "word" and token.plain.startswith(_CHANGE_EN):
            return True
    return False
