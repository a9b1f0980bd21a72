"""Which words of two texts say the same, be it in two languages.

Tokens are aligned by their vectors alone: with the best of the other side, and surely where each is the other's best
(Jalili Sabet et al. 2020, "SimAlign", arXiv 2004.08728). As there, the middle of the network tells words apart best: at
its end each token has taken on what the whole text is about, and "civilians" comes as near to «قتلوا» as to «مدنيا».
"""

import re
from typing import NamedTuple

import numpy as np

from ingest.encoder import Encoder, Kind
from ingest.encoder.weights import Floats
from ingest.lexis import SPELLED
from ingest.sentences import Span
from ingest.token_vectors import TokenVectors, halfway_vectors, weights

_LONGER = 3
"""A stretch may have so many times the words of the phrase it answers: «النازحين» is "displaced people"."""

_WORD = re.compile(rf"{SPELLED.pattern}(?:['’.-]{SPELLED.pattern})*")


def alignable(encoder: Encoder, text: str, kind: Kind, language: str) -> TokenVectors:
    """Read a text for alignment, as a question or claim (`query`) or as a part of an article (`passage`)."""
    return halfway_vectors(encoder, text, kind, language)


class Link(NamedTuple):
    """A token of one text and one of the other that is among the nearest to it."""

    start: int
    end: int
    """Where it stands in the first text, in code points."""
    other_start: int
    other_end: int
    """Where that one stands in the second."""
    score: float
    """Cosine of the two, each seen from the mean of its language: about 0 for strangers, 1 for the same."""
    mutual: bool
    """Whether each is the other's nearest."""


def similarities(first: TokenVectors, second: TokenVectors) -> Floats:
    """Cosines of all tokens: n × m."""
    cosines: Floats = first.vectors @ second.vectors.T
    return cosines


def align(first: TokenVectors, second: TokenVectors, *, best: int = 3) -> list[Link]:
    """Link each token of a text, in order, to its nearest ones in another; nothing where one of them has none.

    Args:
        first: a question or claim, or a passage.
        second: a passage, or the other way round.
        best: links of each token, nearest first.
    """
    if not first.text.strip() or not second.text.strip():
        return []
    cosines = similarities(first, second)
    back = cosines.argmax(axis=0)
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :best]
    return [
        Link(
            token.start,
            token.end,
            other.start,
            other.end,
            float(cosines[at, place]),
            bool(not rank and back[place] == at),
        )
        for at, token in enumerate(first.tokens)
        for rank, place in enumerate(nearest[at])
        for other in [second.tokens[place]]
    ]


class Stretch(NamedTuple):
    """A stretch of a text that says what a phrase says."""

    start: int
    end: int
    """Where, in code points: whole words."""
    score: float
    """How well the two cover each other: the mean of their tokens' best cosines, both ways, -1 to 1."""


def best_span(first: TokenVectors, second: TokenVectors, phrase: Span | None = None) -> Stretch | None:
    """Find the stretch of the second text that says what a phrase of the first says, or all of it.

    Args:
        first: a question or claim.
        second: where to look.
        phrase: a part of the first text, which is read in its context; by default the whole.

    Returns:
        The best stretch of at most three times as many words, the first of equals; `None` where a side has no words.
    """
    where = phrase or Span(0, len(first.text))
    asked = [at for at, token in enumerate(first.tokens) if token.start < where.end and where.start < token.end]
    words = _words(second)
    if not asked or not words:
        return None
    cosines = similarities(first, second)[asked]
    share = weights(first)[asked]
    share = share / share.sum()
    longest = _LONGER * max(1, len(_WORD.findall(first.text[where.start : where.end])))
    best: Stretch | None = None
    for begin in range(len(words)):
        held = np.full(len(asked), -1.0, dtype=np.float32)
        back: list[float] = []
        for word in words[begin : begin + longest]:
            held = np.maximum(held, cosines[:, word.tokens].max(axis=1))
            back += cosines[:, word.tokens].max(axis=0).tolist()
            score = (float(held @ share) + sum(back) / len(back)) / 2
            if best is None or score > best.score:
                best = Stretch(words[begin].start, word.end, score)
    return best


class _Word(NamedTuple):
    start: int
    end: int
    tokens: list[int]


def _words(text: TokenVectors) -> list[_Word]:
    """The words of a text that have tokens, with the positions of these."""
    words, at = [], 0
    for found in _WORD.finditer(text.text):
        while at < len(text.tokens) and text.tokens[at].end <= found.start():
            at += 1
        last = at
        while last < len(text.tokens) and text.tokens[last].start < found.end():
            last += 1
        if last > at:
            words.append(_Word(found.start(), found.end(), list(range(at, last))))
    return words
