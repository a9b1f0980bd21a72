"""What befell those that a figure counts: by the word after them, or by the one before them in the same clause."""

from collections.abc import Sequence

from ingest.figures.fates import fate_of
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.wordlists import words

_AUXILIARIES = words("""
    were was are is been being be have has had reportedly also allegedly all confirmed believed feared left found
    already then later others more people dead either who that at least قد كانوا""")
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
        return _fate_before(tokens, numeral, before) or _fate_after(tokens, numeral, after, last)
    return _fate_after(tokens, numeral, after, last) or _fate_before(tokens, numeral, before)


def _fate_after(tokens: Sequence[Token], numeral: Numeral, after: int, last: int) -> str | None:
    first = max(numeral.last, last) + 1
    for at in range(first, min(after, first + _REACH_AFTER)):
        token = tokens[at]
        if token.text in _STOPS or token.plain in _CLAUSE_ENDS:
            return None
        if fate := fate_of(token):
            return None if token.plain.endswith("ing") and not token.arabic else fate
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
