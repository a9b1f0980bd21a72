"""Months and days of the week as words of a text, in both languages."""

from ingest.figures.tokens import Token
from ingest.lexis import fold

_EN = """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
_AR = """يناير فبراير مارس أبريل إبريل نيسان مايو أيار يونيو يونيه حزيران يوليو يوليه تموز أغسطس آب سبتمبر أيلول أكتوبر
    تشرين نوفمبر ديسمبر كانون شباط آذار جانفي فيفري أفريل جوان جويلية أوت غشت شتنبر نونبر دجنبر يوليوز"""
MONTHS = frozenset(_EN.split()) | frozenset(fold(word) for word in _AR.split())
_ONTO = ("", "و", "ف", "ب", "ل")


def is_month(token: Token) -> bool:
    """Whether a word names a month; an English one only with its capital ("may" and "march" are verbs)."""
    if token.kind != "word":
        return False
    if token.arabic:
        return any(token.plain.startswith(onto) and token.plain[len(onto) :] in MONTHS for onto in _ONTO)
    return token.capital and token.plain in MONTHS
