"""Are two articles the same report, as a wire carries it to several outlets?

text → words, numbers unified → MinHash signature → bands (candidates) → exact check

A copy says nothing that the other does not say, but for a headline, a dateline, an agency's line, small edits and what
was cut. One figure that differs makes two reports of them: what a source says is never hidden behind another's words.

Signatures and bands: Broder, "On the resemblance and containment of documents" (1997), by datasketch.
"""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.figures import read_figures
from ingest.lexis import SPELLED, fold
from ingest.sentences import split_sentences

METHOD = "1"
"""Changes with anything that changes how words are read or signed: what an archive kept by another is made anew."""

Signature = npt.NDArray[np.uint32]
"""MinHash of an article: the least hash of its shingles under each permutation."""

SHINGLE = 4
"""Words in a shingle: fewer meet by chance, more are lost to each small edit."""

SHARED = 0.8
"""Least share of the shorter article's shingles that a longer copy holds."""

STRETCH = 20
"""Words in a row from which on what the other article lacks is a part of its own: a sentence, not an edit."""

LEAST = 25
"""Words below which only equal texts are copies: a bare headline stands in every story on its subject."""

_PERMUTATIONS = 128
_ROWS = 2
"""Rows in each of the 64 bands: an article and its half (resemblance ½) meet with probability 1 - 10⁻⁸, its quarter
with .98, strangers that share one shingle in fifty with .03."""

_WORD = re.compile(r"#[0-9][0-9.]*[a-z]*|[^\W_]+")
_VALUE = re.compile(r"#[0-9.]*")
_NUMERAL = re.compile(rf"\d+(?:[.,٫٬]\d+)*|(?:(?!\d){SPELLED.pattern[:-1]})+")
_IN_NAME = re.compile(r"[A-Za-z]")
"""What makes digits after it a part of a name or an address: T4."""

_DAY = re.compile(r"\d\d?(?:(?:19|20)\d\d)?")
"""A day of a month, or what is left of "5, 2018" where a converter dropped what stood between."""


class Words(NamedTuple):
    """An article as it is compared: its sentences in order, each as its words; a number is `#` and its value."""

    sentences: tuple[tuple[str, ...], ...]

    def kept(self, without: Collection[int] = ()) -> list[str]:
        """Every word, but those of some sentences, given by their keys."""
        if not without:
            return [word for sentence in self.sentences for word in sentence]
        return [word for sentence in self.sentences if sentence_key(sentence) not in without for word in sentence]

    def encode(self) -> str:
        """All in one text, a sentence a line."""
        return "\n".join(" ".join(sentence) for sentence in self.sentences)

    @classmethod
    def decode(cls, written: str) -> "Words":
        """What `encode` wrote."""
        return cls(tuple(tuple(line.split(" ")) for line in written.split("\n") if line))


def words_of(text: str) -> Words:
    """Read a text for comparison: spelling folded as the lexical index does, numbers by value; empty sentences go."""
    numerals = list(_numbers(text))
    sentences = []
    at = 0
    for span in split_sentences(text):
        parts, start = [], span.start
        while at < len(numerals) and numerals[at].start < span.end:
            parts += [fold(text[start : numerals[at].start]), f" #{numerals[at].value} "]
            start = numerals[at].end
            at += 1
        parts.append(fold(text[start : span.end]))
        if words := _WORD.findall("".join(parts)):
            sentences.append(tuple(words))
    return Words(tuple(sentences))


def sentence_key(sentence: Sequence[str]) -> int:
    """Key of a sentence by its words: a signed integer of 64 bits."""
    return _key(" ".join(sentence).encode())


def sign(words: Words, without: Collection[int] = ()) -> Signature | None:
    """Signature of an article without some sentences, 128 hashes; `None` where no words are left."""
    from datasketch import MinHash  # takes half a second

    kept = words.kept(without)
    if not kept:
        return None
    made = MinHash(_PERMUTATIONS, seed=1, scheme="affine32")
    made.update_batch([" ".join(shingle).encode() for shingle in _shingles(kept)])
    return np.asarray(made.hashvalues, dtype="<u4")


def bands(signature: Signature) -> list[int]:
    """Keys, 64 of them, of which two articles worth comparing have one in common (locality-sensitive hashing)."""
    rows = signature.reshape(-1, _ROWS)
    return [_key(band.to_bytes(2, "little") + row.tobytes()) for band, row in enumerate(rows)]


def resemblance(one: Signature, other: bytes) -> float:
    """Share of shingles that two articles have in common, about: one's signature, and the bytes of the other's."""
    return float(np.mean(one == np.frombuffer(other, dtype="<u4")))


def are_copies(one: Words, other: Words, without: Collection[int] = ()) -> bool:
    """Whether two articles are one report.

    The longer holds nearly every shingle of the shorter, not both have a part of their own, and no number tells them
    apart: inside what they share both state the same ones in the same order, in headline and last line none that the
    other does not state, and the shorter none at all that the longer does not.

    Args:
        one: an article.
        other: another one.
        without: keys of sentences that do not count, since their sites repeat them.
    """
    if one == other:
        return True
    short, long = sorted((one.kept(without), other.kept(without)), key=len)
    if len(short) < LEAST:
        return False
    known = _shingles(short)
    shared = known & _shingles(long)
    if len(shared) < SHARED * len(known):
        return False
    gaps = list(_gaps(short, shared)), list(_gaps(long, shared))
    if _inner_numbers(gaps[0]) != _inner_numbers(gaps[1]) or all(map(_has_stretch, gaps)):
        return False
    # What their sites repeat still counts as said: a headline's toll may stand in a background paragraph.
    # And it may say 15 where its report says "at least 15".
    said_by_both = _values(one.kept()) & _values(other.kept())
    told = [gap for gap in gaps[0] if gap.at_edge or gap.is_stretch]
    told += [gap for gap in gaps[1] if gap.at_edge and not gap.is_stretch]
    return all(_values(gap.numbers) <= said_by_both for gap in told)


def are_apart(one: Words, other: Words) -> bool:
    """Whether each of two articles has a part of its own, a sentence or more, whatever else they share."""
    words = one.kept(), other.kept()
    shared = _shingles(words[0]) & _shingles(words[1])
    return all(_has_stretch(_gaps(side, shared)) for side in words)


def says_no_more(part: Words, whole: Words) -> bool:
    """Whether a part of one article says nothing that another article does not say, every number included."""
    words, held = part.kept(), whole.kept()
    known = _shingles(words)
    shared = known & _shingles(held)
    if len(shared) < SHARED * len(known):
        return False
    stated = _values(held)
    return all(not gap.numbers or (gap.at_edge and _values(gap.numbers) <= stated) for gap in _gaps(words, shared))


class _Gap(NamedTuple):
    """Words in a row that no shared shingle covers."""

    length: int
    numbers: tuple[str, ...]
    at_edge: bool
    """Whether the text begins or ends with it."""

    @property
    def is_stretch(self) -> bool:
        return self.length >= STRETCH


def _gaps(words: Sequence[str], shared: Collection[tuple[str, ...]]) -> Iterator[_Gap]:
    covered = [False] * len(words)
    for at, shingle in enumerate(zip(*(words[first:] for first in range(_size(words))), strict=False)):
        if shingle in shared:
            covered[at : at + len(shingle)] = [True] * len(shingle)
    start = 0
    for is_covered, run in groupby(covered):
        end = start + len(list(run))
        if not is_covered:
            numbers = tuple(word for word in words[start:end] if word.startswith("#"))
            yield _Gap(end - start, numbers, at_edge=start == 0 or end == len(words))
        start = end


def _has_stretch(gaps: Iterator[_Gap] | Sequence[_Gap]) -> bool:
    return any(gap.is_stretch for gap in gaps)


def _inner_numbers(gaps: Sequence[_Gap]) -> list[str]:
    return [number for gap in gaps if not gap.at_edge and not gap.is_stretch for number in gap.numbers]


def _values(words: Iterable[str]) -> set[str]:
    """Values of the numbers among some words, whatever their bounds."""
    return {match[0] for word in words if (match := _VALUE.match(word))}


def _size(words: Sequence[str]) -> int:
    return max(1, min(SHINGLE, len(words)))


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Runs of `SHINGLE` words; of a shorter text the one run that it is."""
    return set(zip(*(words[first:] for first in range(_size(words))), strict=False))


def _key(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little", signed=True)


class _Numeral(NamedTuple):
    start: int
    end: int
    value: str


def _numbers(text: str) -> Iterator[_Numeral]:
    """Figures of a text in order, by value and bound, and other digits, but no dates, times and parts of names."""
    end = 0
    rest = _other_digits(text)
    for figure in sorted(read_figures(text), key=lambda one: one.start):
        if figure.start < end:
            continue
        while rest and rest[0].start < figure.start:
            if (numeral := rest.popleft()).start >= end:
                yield numeral
        value = f"{figure.value:f}".rstrip("0").rstrip(".")
        bound = "" if figure.bound == "exact" else figure.bound.replace("_", "")
        # A dual says what is counted, too: two dead are not two wounded.
        counted = f" {fold(figure.quote)}" if figure.unit and figure.quote in figure.unit else ""
        yield _Numeral(figure.start, figure.end, f"{value}{bound}{counted}")
        end = figure.end
    yield from (numeral for numeral in rest if numeral.start >= end)


def _other_digits(text: str) -> deque[_Numeral]:
    """Digits of any script that are no date, time or part of a name: what is no figure tells two reports apart, too."""
    found = [(match.start(), match.end(), fold(match[0])) for match in _NUMERAL.finditer(text)]
    return deque(
        _Numeral(start, end, digits.replace(",", ".").replace("٫", "."))
        for at, (start, end, digits) in enumerate(found)
        if digits[:1].isdigit() and not _is_date(found, at, text) and not _IN_NAME.match(text[start - 1 : start])
    )


def _is_date(found: Sequence[tuple[int, int, str]], at: int, text: str) -> bool:
    """Whether digits are (part of) a date or a time of day: a year, a day beside its month, 0914, 12:30, 4/5/2018."""
    start, end, digits = found[at]
    if digits.startswith("0") or (len(digits) == len("2018") and digits[:2] in {"19", "20"}):
        return True
    if text[end : end + 1] in {":", "/"} or text[start - 1 : start] in {":", "/"}:
        return True
    beside = [found[near][2] for near in (at - 1, at + 1) if 0 <= near < len(found)]
    return _DAY.fullmatch(digits) is not None and any(word in _MONTHS for word in beside)


_MONTHS = frozenset(
    fold(
        """january february march april may june july august september october november december jan feb mar apr jun jul
        aug sep sept oct nov dec كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين يناير فبراير مارس أبريل إبريل
        مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"""
    ).split()
)
