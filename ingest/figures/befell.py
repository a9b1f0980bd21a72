"""What befell those that a figure counts: by the word after them, or by the one before them in the same clause."""

from collections.abc import Sequence

from ingest.figures.fates import fate_of
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import NOTHING, Token
from ingest.figures.unit_words import unit_of
from ingest.figures.wordlists import words

_STATES = words("missing")
"""In -ing, and not what somebody does to others: "12 were missing", but "12 people came, killing the silence"."""
_AUXILIARIES = words("""
    were was are is been being be have has had reportedly also allegedly all confirmed believed feared left found
    already then later others more people dead either who that at least قد كانوا""")
_PREDICATES = words("""
    need needs needed require requires required live lived remain remained get receive received depend rely lack lacked
    want await awaited stay stayed returned return يحتاج تحتاج يحتاجون يعيش تعيش يعيشون يعاني تعاني يعانون يقيم تقيم
    يقيمون يسكن تسكن يسكنون يتلقى تتلقى يتلقون ينتظر تنتظر ينتظرون يعتمد تعتمد يعتمدون يواجه تواجه يواجهون يبقى تبقى""")
"""Verbs of a clause of its own that tells nothing that befell anybody: "and two million need aid"."""
_COPULAS = words("are were is was have has")
_SAID_OF = words("in on at from to under with without still now not shot sent found held become given smashed hit")
_JOINS = words("and while but whereas و بينما فيما")
_HEDGES = words(
    "at least about around some nearly almost another more than over up to only just نحو حوالي أكثر من قرابة"
)
_CLAUSE_ENDS = words("and but while when after in from including , ،")
_STOPS = frozenset(".!?؟…;؛:")
_REACH_BEFORE = 9
_REACH_AFTER = 7
_CLOSE = 4
"""Tokens after the noun that may be anything before its verb."""


def what_befell(tokens: Sequence[Token], numeral: Numeral, before: int, after: int, last: int) -> str | None:
    """What befell those counted, where the noun itself does not say it.

    In Arabic the word before goes first: verb and verbal noun stand there («قُتل ٢٨», «مقتل ٢٨»).

    Args:
        tokens: of the whole text.
        numeral: the numeral.
        before: index of the last token of the numeral before it, -1 where there is none.
        after: index of the first token of the numeral after it, or of the text's end.
        last: index of the last token of the noun phrase, or of the numeral where there is none.
    """
    if tokens[numeral.first].arabic or (last > numeral.last and tokens[last].arabic):
        told = None if _has_own_clause(tokens, numeral, last) else _fate_before(tokens, numeral, before)
        return told or _fate_after(tokens, numeral, after, last)
    told = _fate_after(tokens, numeral, after, last)
    if told or _has_own_clause(tokens, numeral, last):
        return told
    return _fate_before(tokens, numeral, before)


def _has_own_clause(tokens: Sequence[Token], numeral: Numeral, last: int) -> bool:
    """Whether a numeral is the subject of another clause than what is before it: "killed 12 and 30 need care"."""
    nearest = tokens[numeral.first - 1].plain if numeral.first else ""
    if nearest.removeprefix("و") in _PREDICATES and tokens[numeral.first].arabic | tokens[numeral.first - 1].arabic:
        return True
    at = numeral.first - 1
    while at >= 0 and tokens[at].plain in _HEDGES:
        at -= 1
    joined = at >= 0 and tokens[at].plain in _JOINS
    if not (joined or (at == numeral.first - 1 and tokens[numeral.first].plain.startswith("و"))):
        return False
    following = tokens[numeral.last + 1 : last + 3]  # an adverb may stand before the verb
    if any(token.plain in _PREDICATES for token in following):
        return True
    copula, what = (*following[last - numeral.last :], NOTHING, NOTHING)[:2]
    return copula.plain in _COPULAS and unit_of(what) is None and _is_said_of(what)


def _is_said_of(token: Token) -> bool:
    """Whether a word after "were" tells what became of them or where they were, and not who they were."""
    done = token.plain.endswith(("ed", "en", "ing")) and not token.plain.startswith("un")
    return token.kind == "word" and not token.capital and (done or token.plain in _SAID_OF)


def _fate_after(tokens: Sequence[Token], numeral: Numeral, after: int, last: int) -> str | None:
    first = max(numeral.last, last) + 1
    for at in range(first, min(after, first + _REACH_AFTER)):
        token = tokens[at]
        if token.text in _STOPS or token.plain in _CLAUSE_ENDS:
            return None
        if fate := fate_of(token):
            return None if token.plain.endswith("ing") and token.plain not in _STATES and not token.arabic else fate
        if token.plain.startswith("و") if token.arabic else at > last + _CLOSE and _is_other_word(token):
            return None
    return None


def _is_other_word(token: Token) -> bool:
    return token.kind == "word" and not token.capital and token.plain not in _AUXILIARIES


def _fate_before(tokens: Sequence[Token], numeral: Numeral, before: int) -> str | None:
    for at in range(numeral.first - 1, max(-1, numeral.first - 1 - _REACH_BEFORE), -1):
        token = tokens[at]
        if token.text in _STOPS or (at <= before and token.plain in {"were", "was"}):
            return None
        if fate := fate_of(token):
            return fate
    return None
