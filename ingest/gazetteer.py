"""Known names in running text: of speakers, of places.

A text is walked word by word, each word folded as the lexical index folds it, through a trie of
the names' folded words. Offsets are the text's own: what folds away (tashkeel, tatweel, marks of
direction) is stepped over, never moved. The longest name wins, found names never overlap, and a
text takes time linear in its length, for no name has more than a few words.

Latin capitals tell names from words: where a name is listed with a capital, the text must have one
(`Turkey` is a country, `turkey` is not), and a word listed in capitals alone (`WHO`, `IS`) is met in
capitals alone. Arabic has no capitals, so a name that is also a word may be listed as doubtful: it
counts only beside a word that says what it is («مدينة الباب»).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.lexis import SPELLED, STOP_WORDS, fold

_MARKS_OF_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_INSIDE = f"{SPELLED.pattern[1:-2]}{_MARKS_OF_DIRECTION}"
_WORD = re.compile(rf"\w[{_INSIDE}]*(?:'\w[{_INSIDE}]*)*")
_PLAIN = str.maketrans({"_": " ", **dict.fromkeys("’‘`´", "'")})
"""Code point for code point: underscores part words (hashtags), and there is one apostrophe."""

_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼʿʾ"))
_POSSESSIVE = re.compile(r"'[sS]$")
_GAP = re.compile(rf"(?:'[sS](?=\W))?[\s{_MARKS_OF_DIRECTION}\-‐‑–/&'\"«»“”„‹›()]*")
_LONGEST_GAP = 6
_ABBREVIATION = 2
"""Letters a word may have for a full stop after it to be the stop of an abbreviation (`U.N.`, `St. Petersburg`)."""

_LEAST_AFTER_CLITIC = 3
_ARABIC = re.compile(r"[\u0620-\u064a]")
_WORDS_IN_CAPITALS = STOP_WORDS | {"us"}
"""Acronyms that are other words in small letters and in headlines."""


class Name(NamedTuple):
    """One spelling of one name."""

    spelled: str
    """As listed."""

    canonical: str | None
    """Whose it is; `None` where these words are no name although a name is among them (`MENA region`)."""

    kind: str = ""
    """What the named thing is."""

    beside: frozenset[str] = frozenset()
    """Folded words one of which must stand beside it; empty: it counts anywhere."""


class Found(NamedTuple):
    """A known name in a text."""

    start: int
    """First code point of the name, without what Arabic writes onto it."""

    end: int
    """One past its last code point."""

    canonical: str
    """One name for all spellings."""

    kind: str
    """What the named thing is: `agency`, `city` …"""


class _Word(NamedTuple):
    start: int
    end: int
    spelled: str
    folded: str


class _Start(NamedTuple):
    """One reading of a word that may begin a name."""

    folded: str
    taken: int
    """Letters of the word that are not the name's."""


class _Node:
    """A step in the trie of folded words."""

    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.names: list[Name] = []


class Gazetteer:
    """A set of names to look for. Immutable once made; safe to share between threads."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._root = _Node()
        for name in names:
            node = self._root
            for word in words_of(name.spelled):
                node = node.next.setdefault(word, _Node())
            if node is not self._root:
                node.names.append(name)

    def find(self, text: str) -> list[Found]:
        """Known names in a text, in order: longest first come, whole words, exact offsets in code points."""
        return [found for found, name in self.occurrences(text) if name.canonical is not None]

    def occurrences(self, text: str) -> Iterator[tuple[Found, Name]]:
        """As `find`, each with the listed name that was met; also words listed as no name, with an empty canonical."""
        words = list(_words(text))
        at = 0
        while at < len(words):
            best = self._longest(text, words, at)
            if best is None:
                at += 1
                continue
            name, last, taken = best
            start = words[at].start + _letters(words[at].spelled, taken)
            yield Found(start, words[last].end, name.canonical or "", name.kind), name
            at = last + 1

    def lookup(self, name: str) -> list[Name]:
        """Listed names that a name given on its own may be, whatever its capitals, «ال» or "the"."""
        words = words_of(name)
        return self._listed(words) or (self._listed(words[1:]) if words[:1] == ["the"] else [])

    def _listed(self, words: list[str]) -> list[Name]:
        for first in _readings(words[0]) if words else ():
            node: _Node | None = self._root.next.get(first)
            for word in words[1:]:
                node = node.next.get(word) if node else None
            if node and node.names:
                return node.names
        return []

    def _longest(self, text: str, words: list[_Word], at: int) -> tuple[Name, int, int] | None:
        best: tuple[Name, int, int] | None = None
        for folded, taken in _starts(words[at].folded):
            node = self._root.next.get(folded)
            last = at
            while node is not None:
                if node.names and (best is None or last > best[1]):
                    for name in node.names:
                        if _as_listed(name, words, at, last) and _vouched(name, words, at, last):
                            best = name, last, taken
                            break
                last += 1
                if last == len(words) or not node.next or not _joined(text, words[last - 1], words[last]):
                    break
                node = node.next.get(words[last].folded)
        return best


def words_of(name: str) -> list[str]:
    """The folded words of a name: two spellings with the same words are one name."""
    return [word.folded for word in _words(name)]


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text.translate(_PLAIN)):
        spelled, folded = _read(match[0])
        yield _Word(match.start(), match.start() + len(spelled), spelled, folded)


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, str]:
    """A word without a possessive ending, and the same folded; news repeats its words."""
    spelled = _POSSESSIVE.sub("", word)
    return spelled, fold(spelled).translate(_APOSTROPHES)


@lru_cache(maxsize=100_000)
def _starts(folded: str) -> tuple[_Start, ...]:
    """A folded word as it is, then without what Arabic writes before a noun: و ف, then ب ك ل (لل is ل and ال)."""
    starts = [_Start(folded, 0)]
    if folded[:1] not in {"و", "ف", "ب", "ك", "ل"}:
        return tuple(starts)
    for taken in (0, 1) if folded[0] in "وف" else (0,):
        rest = folded[taken:]
        if taken:
            starts.append(_Start(rest, taken))
        if rest.startswith("لل"):
            # Of «لل» one letter is the name's own: it stays in the span («للمرصد»); «للجنة» is of «اللجنة».
            starts.extend((_Start(f"ال{rest[2:]}", taken), _Start(f"ا{rest}", taken)))
        if rest[:1] in {"ب", "ك", "ل"}:
            starts.append(_Start(rest[1:], taken + 1))
    return tuple(start for start in starts if not start.taken or len(start.folded) >= _LEAST_AFTER_CLITIC)


def _readings(folded: str) -> Iterator[str]:
    """First words that a name given on its own may begin with, likeliest first."""
    for start, _ in _starts(folded):
        yield start
        if _ARABIC.match(start):
            yield start.removeprefix("ال") if start.startswith("ال") else f"ال{start}"


def _letters(word: str, taken: int) -> int:
    """Where a word goes on once so many of its folded letters are taken off, in code points."""
    at = 0
    while at < len(word) and len(fold(word[: at + 1])) <= taken:
        at += 1
    return at


def _joined(text: str, left: _Word, right: _Word) -> bool:
    """Whether two words may belong to one name by what stands between them."""
    gap = text[left.end : right.start]
    if gap == " ":
        return True
    if len(gap) > _LONGEST_GAP:
        return False
    if gap.startswith("."):
        return len(left.folded) <= _ABBREVIATION and gap in {".", ". "}
    return gap.count("\n") <= 1 and bool(_GAP.fullmatch(gap))


def _as_listed(name: Name, words: list[_Word], at: int, last: int) -> bool:
    """Whether the text has the capitals that the name is listed with."""
    if name.spelled == name.spelled.lower():
        return True
    listed = _spelled_words(name.spelled)
    if not all(map(_capitals, listed, (word.spelled for word in words[at : last + 1]))):
        return False
    if len(listed) > 1 or words[at].folded not in _WORDS_IN_CAPITALS:
        return True
    beside = (*words[max(at - 1, 0) : at], *words[last + 1 : last + 2])
    return not any(word.spelled.isupper() and len(word.spelled) > 1 for word in beside)


@lru_cache(maxsize=20_000)
def _spelled_words(name: str) -> tuple[str, ...]:
    return tuple(word.spelled for word in _words(name))


def _capitals(listed: str, met: str) -> bool:
    if not listed[0].isupper():
        return True
    if len(listed) > 1 and listed.isupper():
        return listed == met
    return met.lstrip("ʼʿʾ")[:1].isupper()


def _vouched(name: Name, words: list[_Word], at: int, last: int) -> bool:
    """Whether a doubtful name has a word beside it that says what it is: `town of X`, `X province`, «مدينة X»."""
    if not name.beside:
        return True
    before = at - 2 if at > 1 and words[at - 1].folded == "of" else at - 1
    near = [*words[before : before + 1], *words[last + 1 : last + 2]] if before >= 0 else words[last + 1 : last + 2]
    return any(start.folded in name.beside for word in near for start in _starts(word.folded))
