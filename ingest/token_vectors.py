"""Tokens as they are compared: seen from the mean of their language, and of unit length.

A token's vector says much of its language and of what the text was to the model, question or passage. The means, kept
with the model, take that away; what is left says what the token means where it stands. With it late interaction finds
the English question's passage in Arabic first in .88 of XQuAD instead of .85.
"""

from typing import NamedTuple

import numpy as np

from ingest.encoder import Encoder, Encoding, Kind, Token
from ingest.encoder.weights import Floats
from ingest.kept import kept
from ingest.lexis import SPELLED, STOP_WORDS, fold

FUNCTION = 0.2
"""Weight of a question's function words and signs, against 1 for the words that carry its subject."""


class TokenVectors(NamedTuple):
    """The tokens of a text."""

    text: str
    vectors: Floats
    """n × 384, of unit length."""
    tokens: list[Token]
    """Where each stands in the text."""


def token_vectors(encoder: Encoder, text: str, kind: Kind, language: str) -> TokenVectors:
    """Encode a text's tokens, in this thread."""
    return of_encoding(encoder.encode(text, kind), text, kind, language)


def of_encoding(encoding: Encoding, text: str, kind: Kind, language: str) -> TokenVectors:
    """The tokens of a text that was encoded."""
    return TokenVectors(text, centred(encoding.vectors, f"tokens.{kind}", language), encoding.tokens)


def halfway_vectors(encoder: Encoder, text: str, kind: Kind, language: str) -> TokenVectors:
    """Encode a text's tokens halfway up, in this thread: to tell which word is which, not what all are about."""
    encoding = encoder.encode(text, kind)
    return TokenVectors(text, centred(encoding.halfway, f"halfway.{kind}", language), encoding.tokens)


def centred(vectors: Floats, where: str, language: str) -> Floats:
    """Vectors (n × d) seen from the mean of such tokens in their language, or of all where it has none; unit length.

    Args:
        vectors: tokens.
        where: which means: `tokens` or `halfway`, and the kind of text.
        language: the text's.
    """
    means = kept(where)
    return unit(vectors - means.get(language, sum(means.values()) / len(means)))


def unit(vectors: Floats) -> Floats:
    """Vectors (n × d) brought to unit length."""
    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled.astype(np.float32)


def word_of_each(text: str, tokens: list[Token]) -> list[str]:
    """The word that each token is a part of, as it is spelled; empty for signs."""
    words = [(found.start(), found.end(), found.group()) for found in SPELLED.finditer(text)]
    owners, at = [], 0
    for token in tokens:
        while at < len(words) and words[at][1] <= token.start:
            at += 1
        owners.append(words[at][2] if at < len(words) and words[at][0] < token.end else "")
    return owners


def weights(asked: TokenVectors) -> Floats:
    """How much each of a question's tokens counts; they add up to 1."""
    words = word_of_each(asked.text, asked.tokens)
    found = np.array([FUNCTION if not word or fold(word) in STOP_WORDS else 1.0 for word in words], dtype=np.float32)
    share: Floats = found / max(1e-9, float(found.sum()))
    return share
