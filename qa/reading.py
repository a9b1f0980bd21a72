"""Reading passages for a question: which of its words each sentence says, be it in other words or another language.

A passage is encoded under the headline and lead of its article, so that its words are read in the light of them. Then
each token of the question looks for its like in each sentence (`ingest.alignment`). What a story has said already need
not be said again: a token that the headline, the lead or a sentence before says well is nearly as well said here.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ingest.alignment import similarities
from ingest.domain import Article
from ingest.encoder import Encoder
from ingest.encoder.weights import Floats
from ingest.lexis import STOP_WORDS, fold
from ingest.sentences import Span, split_sentences
from ingest.token_vectors import TokenVectors, token_vectors, weights, word_of_each
from qa.asked import is_question_word

# Chosen, with the weights of `qa.extract`, on the dev halves of XQuAD and ARCD by `evals sentences`.
SUBJECT = 0.85
"""How far a token counts as said that headline or lead say."""

BEFORE = 0.8
"""How far one counts that an earlier sentence of the passage says."""

_QUARTILE = 0.25
_NOWHERE = -1.0
_READINGS_KEPT = 64
"""Passages read lately that are kept, some 280 kB each."""


class Said(NamedTuple):
    """How well a sentence says a question, -1 to 1 each."""

    whole: float
    """All of the question: function words count little, and what was said before counts nearly as here."""

    question_word: float
    """Its question word, which is near to what answers it; 0 where it has none."""


class Reader:
    """Reads passages for one question."""

    def __init__(self, encoder: Encoder, asked: TokenVectors) -> None:
        self._encoder = encoder
        self._asked = asked
        self._weights = weights(asked)
        self._words = word_of_each(asked.text, asked.tokens)
        self._question_words = np.array([is_question_word(word) for word in self._words], dtype=bool)

    def read(self, article: Article, start: int, end: int) -> dict[Span, Said]:
        """Read one passage of an article: what each sentence says; of a cut sentence, its part in the passage."""
        sentences = sentences_in(article.text, start, end)
        tokens, shift = self._tokens(article, start, end)
        cosines = similarities(self._asked, tokens)
        places = np.array([token.start + shift for token in tokens.tokens])
        # The first sentence is no lead to itself, but what it says itself counts in full anyway.
        above = _nearest(cosines, places < max(start, _first(article).end))
        own = [_nearest(cosines, (places >= span.start) & (places < span.end)) for span in sentences]
        said, before = {}, np.full(len(self._asked.tokens), _NOWHERE)
        for span, nearest in zip(sentences, own, strict=True):
            said[span] = self._said(nearest, above, before)
            before = np.maximum(before, nearest)
        return said

    def near(self, article: Article, start: int, end: int, around: Span) -> float:
        """How well a few words of a passage say the question by themselves, -1 to 1: what a figure stands among."""
        tokens, shift = self._tokens(article, start, end)
        places = np.array([token.start + shift for token in tokens.tokens])
        here = _nearest(similarities(self._asked, tokens), (places >= around.start) & (places < around.end))
        return float(here @ self._weights) if len(here) else 0.0

    def held(self, article: Article, start: int, end: int) -> float:
        """How well a passage, under its headline and lead, holds the question's words that it holds least, -1 to 1.

        The first quartile over the words that carry a subject: a story of another event has most of them, not all.
        """
        tokens, _ = self._tokens(article, start, end)
        nearest = similarities(self._asked, tokens).max(axis=1) if len(tokens.tokens) else np.zeros(0)
        words: dict[str, list[float]] = {}
        for word, cosine in zip(self._words, nearest, strict=False):
            if word and fold(word) not in STOP_WORDS and not is_question_word(word):
                words.setdefault(word, []).append(float(cosine))
        return float(np.quantile([np.mean(cosines) for cosines in words.values()], _QUARTILE)) if words else 0.0

    def _tokens(self, article: Article, start: int, end: int) -> tuple[TokenVectors, int]:
        """A passage's tokens under its headline and lead, and what is to be added to their offsets."""
        head = subject(article, start)
        text = f"{head}\n{article.text[start:end]}" if head else article.text[start:end]
        return _read(self._encoder, text, article.language), start - (len(head) + 1 if head else 0)

    def _said(self, here: Floats, above: Floats, before: Floats) -> Said:
        if not len(here):
            return Said(0.0, 0.0)
        under_head = np.maximum(here, SUBJECT * above)
        whole = (under_head + np.maximum(here, BEFORE * before)) / 2
        question = here[self._question_words]
        return Said(float(whole @ self._weights), float(question.mean()) if len(question) else 0.0)


def subject(article: Article, before: int) -> str:
    """Headline and lead of a story, as far as they stand before a place: what they name is meant by each sentence."""
    lead = _first(article)
    parts = [article.title or "", article.text[lead.start : lead.end] if lead.end <= before else ""]
    return "\n".join(part for part in parts if part)


def sentences_in(text: str, start: int, end: int) -> list[Span]:
    """Sentences of a passage; of a sentence too long for one passage, the part that lies in it."""
    spans = [span for span in sentences_of(text) if span.start < end and start < span.end]
    return [Span(max(start, span.start), min(end, span.end)) for span in spans]


@lru_cache(maxsize=64)
def sentences_of(text: str) -> Sequence[Span]:
    """Sentences of a whole text; those of texts met lately are kept."""
    return split_sentences(text)


def _first(article: Article) -> Span:
    return next(iter(sentences_of(article.text)), Span(0, 0))


@lru_cache(maxsize=_READINGS_KEPT)
def _read(encoder: Encoder, text: str, language: str) -> TokenVectors:
    return token_vectors(encoder, text, "passage", language)


def _nearest(cosines: Floats, columns: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Floats:
    """Each question token's best cosine among some tokens of the passage."""
    if not columns.any():
        return np.full(len(cosines), _NOWHERE, dtype=np.float32)
    nearest: Floats = cosines[:, columns].max(axis=1)
    return nearest
