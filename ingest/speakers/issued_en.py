"""Whose a count is: "a new toll from the ministry", "in figures released on Monday by the ministry"."""

from typing import NamedTuple

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Sentence

_ADJECTIVES = 4
"""Words between the determiner and the noun."""

_DATED = 3
"""Words of time before "by": "released on Monday by"."""


class Issued(NamedTuple):
    """A count or a report, as a phrase."""

    noun: int
    """Index of the noun."""
    issuer: int | None
    """First word of whose it is, where "from" or "by" tells."""


def issued_at(here: Sentence, first: int, end: int) -> Issued | None:
    """The count or report that begins at a word; None where something else does.

    "A source" and "the United Nations" are none, nor is "a report" whose adjectives are capitalised: an AFP tally.
    """
    place = first + (here.words[first].key in en.DETERMINERS) if first < end else first
    for noun in range(place, min(end, place + _ADJECTIVES)):
        word = here.words[noun]
        if (noun > first and here.script.barred(noun)) or word.raw[0].isupper():
            return None
        if word.key in en.ISSUED | en.COUNTS and not (
            noun + 1 < end and here.words[noun + 1].key in en.ISSUED | en.COUNTS
        ):
            return Issued(noun, _issuer(here, noun + 1, end))
        if word.key not in en.NEWS | en.COUNTS | en.ISSUED:
            return None
    return None


def _issuer(here: Sentence, place: int, end: int) -> int | None:
    if place < end and here.words[place].key in en.PUBLISHED and not here.script.barred(place):
        for by in range(place + 1, min(end, place + 2 + _DATED)):
            if here.script.barred(by):
                return None
            if here.words[by].key == "by":
                return by + 1 if by + 1 < end else None
        return None
    told = place + 1 < end and here.words[place].key in {"from", "by", "of"} and not here.script.barred(place)
    return place + 1 if told else None
