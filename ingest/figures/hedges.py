"""What hedges a figure: the words beside it that make it more, less or about so much.

A hedge stands before the numeral, with nothing but a currency, "a total of" and the like between («أكثر من 350 ألف»,
"no fewer than 15"), or after what is counted ("28 people at least", «على الأقل»). A negation turns it round: «لا يزيد
على».
"""

from collections.abc import Sequence

from ingest.domain import Bound
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import phrases, words

_BEFORE: dict[Bound, str] = {
    "approximately": """about, around, nearly, some, almost, roughly, approximately, close to, circa, in the region of,
        something like, نحو, حوالي, حوالى, قرابة, زهاء, تقريبا, يقارب, تقارب, قارب, قاربت, يناهز, تناهز, ناهز, ناهزت,
        يقرب من, بحدود, في حدود, قريبا من""",
    "at_least": """at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of,
        على الأقل, على أقل تقدير, كحد أدنى, بحد أدنى""",
    "at_most": """at most, up to, no more than, not more than, not exceeding, a maximum of, maximum of, as many as, as
        much as, as high as, ما يصل إلى, حتى, كحد أقصى, بحد أقصى""",
    "more_than": """more than, over, above, upwards of, upward of, in excess of, exceeding, exceeded, exceeds, exceed,
        topped, surpassed, surpasses, surpassing, greater than, well over, just over, أكثر من, أزيد من, أكبر من, ما
        يزيد, يربو على, يربو عن, تربو على, تجاوز, تجاوزت, يتجاوز, تتجاوز, متجاوزا, متجاوزة, يفوق, تفوق, فاق, فاقت,
        يزيد على, يزيد عن, تزيد على, تزيد عن, زاد على, زاد عن, زادت على, زادت عن, بما يزيد على, بما يزيد عن, فوق, ما
        يفوق""",
    "less_than": """fewer than, less than, under, below, short of, just under, أقل من, يقل عن, تقل عن, أدنى من, دون""",
}
_AFTER: dict[Bound, str] = {
    "approximately": "or so, or thereabouts, approximately, تقريبا, على وجه التقريب",
    "at_least": """at least, or more, at a minimum, على الأقل, في الأقل, على أقل تقدير, كحد أدنى, بحد أدنى, فأكثر, أو
        أكثر, فما فوق""",
    "at_most": """at most, at the most, or fewer, or less, maximum, على الأكثر, كحد أقصى, بحد أقصى, حدا أقصى, فأقل,
        أو أقل""",
}
_SPLIT: dict[str, Bound] = {
    "يقل": "less_than",
    "تقل": "less_than",
    "يزيد": "more_than",
    "تزيد": "more_than",
    "زاد": "more_than",
}
"""Verbs with their subject between them and their preposition: «لا يقل عدد الفارين عن ١٥», «تزيد قيمته على 50»."""
_PREPOSITIONS = words("عن على")
_TURNED: dict[str, Bound] = {"more_than": "at_most", "less_than": "at_least"}
_NEGATIONS = words("لا لم لن ما ليس ليست ألا غير no not never without")
_SKIPPED = words("""$ € £ ¥ ₪ us usd eur a an the at total of another other further additional “ " « (
        عدد مجموع مجموعه بلغ يبلغ ما قدره قيمته ال""")
_ONTO = ("", "و", "ب", "ل", "ف", "وب", "ول")
_STOPS = frozenset(".!?؟…؛;:")
_REACH = 4
"""Tokens between a split verb and its preposition; and what may be counted between a figure and a hedge after it."""
_LOOK_BACK = 12
_LONGEST = 5
_DURATIONS = words("years year months month weeks week decades decade days day hours")
_MEASURED_OVER = words("for of than just well little took lasted after by with , to and")


def _table(spelled: dict[Bound, str]) -> dict[tuple[str, ...], Bound]:
    return {phrase: bound for bound, listed in spelled.items() for phrase in phrases(listed)}


_HEDGES_BEFORE, _HEDGES_AFTER = _table(_BEFORE), _table(_AFTER)


def bound_of(tokens: Sequence[Token], numeral: Numeral, before: int, after: int) -> Bound:
    """How a numeral is hedged.

    Args:
        tokens: of the whole text.
        numeral: the numeral.
        before: index of the last token of the numeral before it, -1 where there is none: no look goes past it.
        after: index of the first token of the numeral after it, or of the text's end.
    """
    return _bound_before(tokens, numeral, before) or _bound_after(tokens, numeral, after) or "exact"


def _bound_before(tokens: Sequence[Token], numeral: Numeral, before: int) -> Bound | None:
    spoken = _clause_before(tokens, numeral, before)
    end = len(spoken)
    while end and len(spoken) - end < _LONGEST:
        if found := _phrase_ending(spoken, end):
            bound, start = found
            if spoken[start:end] == ["over"] and not _measured(tokens, numeral, before):
                return None
            return _turned(bound, spoken, start)
        if spoken[end - 1] not in _SKIPPED:
            break
        end -= 1
    return _split_hedge(spoken, end)


def _clause_before(tokens: Sequence[Token], numeral: Numeral, before: int) -> list[str]:
    """The words before a numeral in its sentence; the dots of "U.S." end none."""
    first = max(before + 1, numeral.first - _LOOK_BACK)
    for at in range(numeral.first - 1, first - 1, -1):
        if tokens[at].text in _STOPS and not (tokens[at].glued and at and tokens[at - 1].plain == "s"):
            return [token.plain for token in tokens[at + 1 : numeral.first]]
    return [token.plain for token in tokens[first : numeral.first]]


def _phrase_ending(spoken: Sequence[str], end: int) -> tuple[Bound, int] | None:
    """The longest hedge that ends there, and where it begins; Arabic may write «و» or «ب» onto its first word."""
    for length in range(min(4, end), 0, -1):
        phrase = tuple(spoken[end - length : end])
        for onto in _ONTO:
            if phrase[0].startswith(onto) and (bound := _HEDGES_BEFORE.get((phrase[0][len(onto) :], *phrase[1:]))):
                return bound, end - length
    return None


def _turned(bound: Bound, spoken: Sequence[str], start: int) -> Bound:
    negated = start > 0 and spoken[start - 1].removeprefix("و") in _NEGATIONS
    if negated and spoken[start - 1] == "ما" and start > 1 and spoken[start - 2] in _NEGATIONS:
        return bound
    if negated and spoken[start - 1] == "ما":  # «ما يزيد على» affirms, «ما لا يقل عن» has its own negation
        return bound
    return _TURNED.get(bound, bound) if negated else bound


def _measured(tokens: Sequence[Token], numeral: Numeral, before: int) -> bool:
    """Whether "over" says more than, not during: "worth 1.2bn over eight years"."""
    after = tokens[numeral.last + 1].plain if numeral.last + 1 < len(tokens) else ""
    at = numeral.first - 2
    return after not in _DURATIONS or at < 0 or (at != before and tokens[at].plain in _MEASURED_OVER)


def _split_hedge(spoken: Sequence[str], end: int) -> Bound | None:
    """«لا يقل عدد الفارين عن ١٥ سجيناً»: verb, what it is said of, preposition, numeral."""
    if not end or spoken[end - 1] not in _PREPOSITIONS:
        return None
    for at in range(end - 2, max(-1, end - 3 - _REACH), -1):
        bare = spoken[at].removeprefix("و")
        if bare in _SPLIT:
            return _turned(_SPLIT[bare], spoken, at)
    return None


def _bound_after(tokens: Sequence[Token], numeral: Numeral, after: int) -> Bound | None:
    last = min(after, numeral.last + 2 + _REACH)
    for at in range(numeral.last + 1, last):
        if tokens[at].text in _STOPS:
            return None
        for length in range(3, 0, -1):
            phrase = tuple(token.plain for token in tokens[at : at + length])
            if len(phrase) == length and (bound := _HEDGES_AFTER.get(phrase)):
                return None if _belongs_to_next(tokens, at + length, after) else bound
    return None


def _belongs_to_next(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Whether the next numeral follows a hedge at once, which is then its own: "killed 12, at least 64 wounded"."""
    while at < after and tokens[at].plain in _SKIPPED:
        at += 1
    return at == after < len(tokens)
