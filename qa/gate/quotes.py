"""Where a drafted quote stands in an article, letter for letter.

What may differ is what models and typesetters change without changing a word: white space, tashkeel and tatweel, the
kind of quotation marks and of brackets, invisible marks, the shape of digits. Both texts are reduced to what is left
without these, each character with the offset it came from, so that what is found has exact offsets. Nothing looser is
tried: a letter that differs is another quote.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.sentences import Span

_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›<>「」『』＂＇")
_BRACKETS = {"[": "(", "]": ")"}
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Tashkeel, Koranic marks and tatweel; hamza and madda on letters are letters of their own in NFC."""

_SEPARATORS = {"٫": ".", "٬": ",", "٪": "%"}
_ONTO = re.compile(r"[وف]?[بلك]?(?:ال|لل)?$")
"""What Arabic writes onto a word's front, and a model may leave out of its quote."""

_QUOTE = '"'


class _Reduced(NamedTuple):
    """A text without what may differ."""

    text: str
    places: tuple[int, ...]
    """Offset in the text as written of each character."""


def find_quote(text: str, start: int, end: int, quote: str) -> Iterator[Span]:
    """Each place in `[start, end)` of a text where a quote stands, with the offsets of whole words.

    Args:
        text: an article's text.
        start: first code point of where to look.
        end: one past the last.
        quote: the words as drafted.
    """
    here, wanted = _reduced(text[start:end]), _stripped(_reduce(unicodedata.normalize("NFC", quote)).text)
    for sought in dict.fromkeys((wanted, wanted.strip(f"{_QUOTE} "))):
        if not any(character.isalnum() for character in sought):
            continue
        at, found = here.text.find(sought), False
        while at >= 0:
            first, last = here.places[at] + start, here.places[at + len(sought) - 1] + start
            if span := _whole_words(text, first, last + 1, end):
                found = True
                yield span
            at = here.text.find(sought, at + 1)
        if found:
            return


def _whole_words(text: str, start: int, end: int, limit: int) -> Span | None:
    """A stretch with its last letter's marks and what is written onto its first word; `None` where it cuts a word."""
    while end < limit and _MARKS.match(text[end]):
        end += 1
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return None
    if _cuts_number(text, start) or _cuts_number(text, end):
        return None
    if start and text[start].isalnum() and (text[start - 1].isalnum() or _MARKS.match(text[start - 1])):
        front = start
        while front and (text[front - 1].isalnum() or _MARKS.match(text[front - 1])):
            front -= 1
        if not _ONTO.match(_MARKS.sub("", text[front:start])):
            return None
        start = front
    return Span(start, end)


def _cuts_number(text: str, place: int) -> bool:
    """Whether a place in a text lies within a number: in "1,700", "1 700" or "3.8", beside its separator."""
    around = text[max(0, place - 2) : place + 4]
    at = min(place, 2)
    before, after = around[:at], around[at:]
    if before[-1:] in _GROUPING and before[:1].isdigit() and len(before) > 1:
        return _THOUSANDS.match(after) is not None if before[-1].isspace() else after[:1].isdigit()
    if after[:1] in _GROUPING and before[-1:].isdigit() and len(after) > 1:
        return _THOUSANDS.match(after[1:]) is not None if after[0].isspace() else after[1].isdigit()
    return False


_GROUPING = tuple(".,٫٬ \u00a0\u202f")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")


def _stripped(text: str) -> str:
    return text.strip(" ")


@lru_cache(maxsize=64)
def _reduced(text: str) -> _Reduced:
    return _reduce(text)


def _reduce(text: str) -> _Reduced:
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _plain(character)
        if plain == " " and kept and kept[-1] == " ":
            continue
        if plain:
            kept.append(plain)
            places.append(place)
    return _Reduced("".join(kept), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character as it is compared; empty where it does not count."""
    if character.isspace():
        return " "
    if character in _QUOTES:
        return _QUOTE
    if _MARKS.match(character) or unicodedata.category(character) == "Cf":
        return ""
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _BRACKETS.get(character, character)
