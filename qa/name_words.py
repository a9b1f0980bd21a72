"""The words of speakers' names, and which of two names' words are one: by stem, by sound across scripts, by office."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.lexis import fold, sound, terms
from qa.coverage import content_words
from qa.offices import of_word
from qa.saying import words as folded

_ALIKE = 0.8
"""Share of letters that two spellings of one name in one script have in common: "Mansouri", "Mansoori"."""

_TITLES = folded(
    """mr mrs ms dr doctor sir the of for and al el official its his her their
    الدكتور الدكتورة دكتور دكتورة السيد السيدة باسم باسمه باسمها باسمهم لدى"""
)


def words_of(name: str) -> list[str]:
    """What tells who a name names: its words without articles and titles."""
    return [word for word in content_words(name) if fold(word) not in _TITLES]


def is_near(word: str, others: Sequence[str]) -> bool:
    """Whether a word is spelled as one of some others."""
    return any(is_spelled(word, other) for other in others)


def is_spelled(one: str, other: str) -> bool:
    """Whether two words are one by stem, by sound across scripts, or as two spellings of one name."""
    if set(terms(one)) & set(terms(other)):
        return True
    if sound(one) != sound(other) or not sound(one):
        return False
    if one.isascii() != other.isascii():
        return True
    return not (of_word(one) or of_word(other)) and SequenceMatcher(None, fold(one), fold(other)).ratio() >= _ALIKE


def is_called(one: str, other: str) -> bool:
    """Whether two words are what bodies are called by in the two languages."""
    return bool(of_word(one) & of_word(other))
