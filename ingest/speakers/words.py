"""A text as words with their places, for readers that look at a few words around a verb.

Every look has a fixed width in words, so reading is linear in the text's length.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ingest.attribution import QUOTES, enclosures
from ingest.lexis import SPELLED, fold
from ingest.sentences import split_sentences

_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,6}}|{SPELLED.pattern}(?:['’-]{SPELLED.pattern})*(?:(?<=s)['’](?=\s))?")
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
_QUIET = re.compile(r"[\s\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_LONGEST_GAP = 24
"""Characters of what stands between two words that are looked at; rows of dots and dashes say no more."""

_POSSESSIVE = re.compile(r"['’]s$")
_QUOTES = "".join(sorted(QUOTES - frozenset("'’‘")))


_HEADLINE_WORDS = 4
"""Fewer words may be a name that the sentence begins with."""

_QUOTED_SENTENCES = 40
"""Sentences looked through for the end of the quotation they stand in."""


class Word(NamedTuple):
    """A word and its place."""

    start: int
    """First code point."""

    end: int
    """One past its last code point."""

    raw: str
    """As written."""

    key: str
    """Folded (`ingest.lexis.fold`)."""

    gap: str
    """Marks between the word before and this one, without white space."""


class Unit(NamedTuple):
    """Words that are read together: a sentence, or the sentences that one quotation runs through."""

    first: int
    """Index of its first word."""

    end: int
    """One past the index of its last word."""

    start: int
    """First code point."""

    stop: int
    """One past its last code point."""


@lru_cache(maxsize=100_000)
def _key(raw: str) -> str:
    return fold(raw)


def is_arabic(word: Word) -> bool:
    """Whether a word is written in Arabic letters."""
    return _ARABIC.search(word.key) is not None


def owned(word: Word) -> str | None:
    """Whose something is, of a word such as "Syria's"; None of others."""
    return _POSSESSIVE.sub("", word.raw) if _POSSESSIVE.search(word.raw) else None


def quotes_in(gap: str) -> bool:
    """Whether a gap holds a quotation mark; apostrophes are none, they are lost and found too often."""
    return any(mark in _QUOTES for mark in gap)


class Script:
    """A text, its words, its units and its quotations. Immutable once built."""

    def __init__(self, text: str, *, title: str | None = None) -> None:
        self.text = text
        self._title = title
        self.words = _words_of(text)
        self.starts = [word.start for word in self.words]
        self.quotations = sorted((open_, close) for close, open_ in enclosures(text).items() if text[open_] in QUOTES)
        self.sentence_starts: set[int] = set()
        """Indexes of words that begin a sentence."""
        self.headlines: set[int] = set()
        """Indexes of words that begin the headline that a text repeats."""
        self.units = self._units()
        self._outer = self._outermost()
        self._begins = sorted(self.sentence_starts)

    def _units(self) -> list[Unit]:
        sentences = [(one.start, one.end) for one in split_sentences(self.text)]
        firsts = [start for start, _ in sentences]
        depth = [0] * (len(sentences) + 1)
        for open_, close in self.quotations:
            left, right = bisect_right(firsts, open_) - 1, bisect_right(firsts, close) - 1
            depth[max(0, left) + 1] += 1
            depth[max(right, 0, left) + 1] -= 1
        joined = [inside > 0 for inside in accumulate(depth[:-1])]
        units: list[Unit] = []
        for (start, stop), joins in zip(sentences, joined, strict=True):
            first, end = bisect_left(self.starts, start), bisect_left(self.starts, stop)
            if first == end:
                continue
            self.sentence_starts.add(first)
            headline = self._headline_end(start, stop) if start == sentences[0][0] else None
            if headline is not None and not joins and first < (cut := bisect_left(self.starts, headline)) < end:
                self.sentence_starts.add(cut)
                units.append(Unit(first, cut, start, headline))
                at = bisect_left(self.starts, headline - len(self._title or ""))
                self.sentence_starts.add(at)
                self.headlines.add(at)
                units.append(Unit(cut, end, self.starts[cut], stop))
            elif joins and units:
                units[-1] = units[-1]._replace(end=end, stop=stop)
            else:
                units.append(Unit(first, end, start, stop))
        return units

    def _headline_end(self, start: int, stop: int) -> int | None:
        """Where the headline ends that a text without paragraphs begins with.

        A sentence that only begins with the words of its headline goes on after them; a new one begins with a capital.
        """
        if not self._title or len(self._title.split()) < _HEADLINE_WORDS:
            return None
        place = self.text.find(self._title, start, stop)
        end = place + len(self._title)
        begins = self.text[end:stop].lstrip(" \t\n\r\xa0\"'“‘«([")
        return end if place >= 0 and begins[:1].isupper() and self.text[end].isspace() else None

    def _outermost(self) -> list[tuple[int, int]]:
        outer: list[tuple[int, int]] = []
        for open_, close in self.quotations:
            if not outer or open_ > outer[-1][1]:
                outer.append((open_, close))
        return outer

    def word_at(self, position: int) -> int:
        """Index of the word that holds a code point, or of the next one."""
        index = bisect_right(self.starts, position) - 1
        return index if index >= 0 and self.words[index].end > position else index + 1

    def quotation(self, position: int) -> tuple[int, int] | None:
        """The outermost quotation that holds a code point: offsets of its two marks."""
        index = bisect_right(self._outer, (position, len(self.text))) - 1
        found = self._outer[index] if index >= 0 else None
        return found if found and found[0] <= position <= found[1] else None

    def starts_at(self, index: int) -> int:
        """The word that begins a word's sentence, inside a quotation too."""
        return self._begins[max(0, bisect_right(self._begins, index) - 1)]

    def sentences_from(self, index: int) -> list[int]:
        """The next words from one on that begin sentences, as many as a long quotation has."""
        place = bisect_left(self._begins, index)
        return self._begins[place : place + _QUOTED_SENTENCES]

    def begins(self, index: int) -> int:
        """The word that begins a word's sentence; one that begins inside a quotation goes on with the one before."""
        place = bisect_right(self._begins, index) - 1
        for back in range(place, max(-1, place - _QUOTED_SENTENCES), -1):
            if not self._goes_on(self._begins[back]):
                return self._begins[back]
        return self._begins[max(0, place)] if self._begins else index

    def ends(self, index: int) -> int:
        """The word that begins the next sentence, with the same exception; the number of words where none does."""
        place = bisect_right(self._begins, index)
        for ahead in range(place, min(len(self._begins), place + _QUOTED_SENTENCES)):
            if not self._goes_on(self._begins[ahead]):
                return self._begins[ahead]
        return len(self.words) if place >= len(self._begins) else self._begins[place]

    def _goes_on(self, begin: int) -> bool:
        inside = self.quotation(self.words[begin].start)
        return inside is not None and self.word_at(inside[0]) < begin

    def barred(self, index: int) -> bool:
        """Whether something stands between a word and the one before it that no name runs across."""
        gap = self.words[index].gap
        return bool(gap and gap != "." and gap not in {"-", "'", "’"}) or index in self.sentence_starts

    def slice(self, first: int, last: int) -> str:
        """Text from one word to another, both included, with the mark that closes a quotation begun in it."""
        start, end = self.words[first].start, self.words[last].end
        inside = self.quotation(self.words[last].start)
        closes = inside is not None and start < inside[0] and inside[1] == end
        return self.text[start : end + closes]


def _words_of(text: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        gap = _QUIET.sub("", between[:_LONGEST_GAP]) if len(between) > 1 or not between.isspace() else ""
        raw = match[0]
        if not _key(raw):
            continue
        words.append(Word(match.start(), match.end(), raw, _key(raw), gap))
        end = match.end()
    return words
