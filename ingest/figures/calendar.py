"""Months as words of a text, in both languages."""

from functools import lru_cache

from ingest import dates
from ingest.figures.tokens import Token
from ingest.lexis import fold

_MONTHS = frozenset(fold(name.split()[0]) for name in dates.MONTHS)
"""The first word stands for the names of two («تشرين الأول»)."""

_ONTO = ("", "و", "ف", "ب", "ل")


def is_month(token: Token | None) -> bool:
    """Whether a word names a month; an English one only with its capital ("may" and "march" are verbs)."""
    if token is None or token.kind != "word":
        return False
    if token.arabic:
        return _is_arabic_month(token.plain)
    return token.capital and token.plain in _MONTHS


@lru_cache(maxsize=20_000)
def _is_arabic_month(word: str) -> bool:
    return any(word.startswith(onto) and word[len(onto) :] in _MONTHS for onto in _ONTO)
