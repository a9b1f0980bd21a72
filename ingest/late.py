"""Late interaction: every token of a question looks for its like in a passage (MaxSim).

Due to Khattab and Zaharia 2020, "ColBERT" (arXiv 2004.12832). The tokens of a passage are compressed when it comes in:
turned onto the 192 directions along which such tokens differ most (PCA over the demo archive), and rounded to 2 bits a
direction, 48 bytes a token. README's table says what other ways to compress them cost.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from ingest.encoder.weights import Floats
from ingest.kept import kept, kept_version
from ingest.token_vectors import TokenVectors, unit, weights

_DIRECTIONS = 192
_PER_BYTE = 4
BYTES = _DIRECTIONS // _PER_BYTE
"""Bytes a token."""

EDGE, NEAR, FAR = 0.9816, 0.4528, 1.510
"""Where a normal variable is best cut into four, and what stands for each part: Lloyd–Max, in standard deviations
(Max 1960, "Quantizing for minimum distortion")."""

_LEVELS = np.array([-FAR, -NEAR, NEAR, FAR], dtype=np.float32)
_EXPANDED = _LEVELS[(np.arange(256)[:, None] >> np.array([0, 2, 4, 6])) & 3]
"""The four levels of each byte: 256 × 4."""

CODEC = f"e5-small-q4/pca{_DIRECTIONS}x2-{kept_version('late', 'tokens.passage')}"
"""How passages' tokens are encoded and compressed; vectors of another codec are made anew by a rebuild."""


def compress(tokens: Floats) -> bytes:
    """Compress a passage's tokens, n × 384 as they are compared, to n × `BYTES`."""
    scaled = tokens @ _basis().T / _spread()
    codes = (scaled > 0).astype(np.uint8) * 2 + ((scaled > 0) == (np.abs(scaled) > EDGE))
    packed = codes.reshape(len(codes), BYTES, _PER_BYTE) << np.array([0, 2, 4, 6], dtype=np.uint8)
    return bytes(packed.sum(axis=2, dtype=np.uint8))


def maxsim(asked: TokenVectors, passages: Sequence[bytes]) -> Floats:
    """Score compressed passages (p) by how near a question's tokens come to theirs: p weighted means, -1 to 1.

    A passage without tokens scores 0.
    """
    scores = np.zeros(len(passages), dtype=np.float32)
    held = [at for at, passage in enumerate(passages) if passage]
    if not held or not asked.tokens:
        return scores
    codes = np.frombuffer(b"".join(passages[at] for at in held), dtype=np.uint8).reshape(-1, BYTES)
    levels = _EXPANDED[codes].reshape(len(codes), _DIRECTIONS)
    lengths = np.sqrt((levels * levels) @ (_spread() ** 2))
    question = unit(asked.vectors @ _basis().T) * _spread()
    cosines = (question @ levels.T) / lengths
    ends = np.cumsum([len(passages[at]) // BYTES for at in held])
    nearest = np.maximum.reduceat(cosines, np.concatenate([[0], ends[:-1]]), axis=1)
    scores[held] = weights(asked) @ nearest
    return scores


@cache
def _basis() -> Floats:
    """Directions, 192 × 384."""
    return kept("late")["basis"].astype(np.float32)


@cache
def _spread() -> Floats:
    """Standard deviation along each direction."""
    spread: Floats = kept("late")["spread"]
    return spread
