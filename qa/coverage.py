"""How much of a question a text says: by its words, and across languages by what the words mean.

Two words mean the same where the bundled model puts them close together once what it says of
their languages is taken away: «مدنيا» is the nearest word to "civilians" in a sentence that
counts them, and no word is near to "Morocco" in one that is not about it. Aligning words by
similarity alone is due to Jalili Sabet et al. 2020, "SimAlign" (arXiv 2004.08728).
"""

import re
from collections.abc import Sequence

import numpy as np

from ingest.archive import Archive, Vectors
from ingest.encoder import Encoder
from ingest.lexis import STOP_WORDS, fold, terms
from ingest.word_vectors import word_means, word_vectors
from qa.domain import Question

UNRELATED = 0.2
"""Centred cosine up to which two words have nothing to do with each other."""

SAME = 0.5
"""Centred cosine from which on they say the same; between the two, in proportion."""

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
"""Tatweel and tashkeel: ornament to the model, and no letters to `_WORD`."""

_LONGEST = 40
"""Letters of a word that are looked at: scripts without spaces have words as long as lines."""


class Coverage:
    """The share of one question that a text says, rare words weighing more where that is known."""

    def __init__(self, question: Question, archive: Archive, encoder: Encoder) -> None:
        self._encoder = encoder
        self._language = question.language
        self._rarity = archive.passages.rarity(list(dict.fromkeys(terms(question.in_context))))
        self._whole = sum(self._rarity.values()) or 1.0
        self._words = content_words(question.in_context)

    def by_words(self, text: str) -> float:
        """Weight of the question's index terms that a text holds, as a share of all; 0 to 1."""
        held = self._rarity.keys() & set(terms(text))
        return sum(self._rarity[word] for word in held) / self._whole

    def by_meaning(self, text: str, language: str, held: frozenset[str] = frozenset()) -> float:
        """Share of the question's words that a text says, be it in other words or another language; 0 to 1.

        Embeds every word of the text that was not met before: meant for a few sentences.

        Args:
            text: what may say them.
            language: the text's.
            held: words of the question that it is known to say, however it does: the name of who speaks.
        """
        words = content_words(text)
        if not self._words or not words:
            return 0.0
        nearest = meaning(self._encoder, self._words, self._language, words, language).max(axis=1)
        nearest[[word in held for word in self._words]] = SAME
        return float(np.clip((nearest - UNRELATED) / (SAME - UNRELATED), 0, 1).mean())


def meaning(
    encoder: Encoder, words: Sequence[str], language: str, others: Sequence[str], other_language: str
) -> Vectors:
    """How near n words are in meaning to m others, each seen from the mean of its language's words: n × m cosines."""
    near: Vectors = _centred(encoder, words, language) @ _centred(encoder, others, other_language).T
    return near


def _centred(encoder: Encoder, words: Sequence[str], language: str) -> Vectors:
    means = word_means()
    vectors = word_vectors(encoder, words) - means.get(language, sum(means.values()) / len(means))
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def content_words(text: str) -> list[str]:
    """Words that carry a subject, each once, as they are spelled."""
    found = dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(_MARKS.sub("", text)))
    return [word for word in found if len(word) > 1 and fold(word) not in STOP_WORDS]
