"""Single words as the bundled encoder sees them alone, away from any context.

In its context a word takes on what stands around it; alone it says whether a text is about Morocco or about Japan.
"""

import threading
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.encoder import Encoder
from ingest.encoder.weights import Floats
from ingest.kept import kept

_KEPT = 20_000
"""Words whose vectors are kept in memory, 1.5 kB each."""

_lock = threading.Lock()
_known: dict[str, Floats] = {}


def word_vectors(encoder: Encoder, words: Sequence[str]) -> Floats:
    """Embed n words: n × 384 unit vectors. Words met before are not embedded again."""
    found = {word: vector for word in words if (vector := _known.get(word)) is not None}
    missing = [word for word in dict.fromkeys(words) if word not in found]
    found |= dict(zip(missing, encoder.short(missing, "passage"), strict=True))
    with _lock:
        if len(_known) + len(missing) > _KEPT:
            _known.clear()
        _known.update((word, found[word]) for word in missing)
    return np.stack([found[word] for word in words]) if words else np.empty((0, encoder.dimension), dtype=np.float32)


def word_means() -> Mapping[str, npt.NDArray[np.float32]]:
    """Mean vector of single words of each language, by code; Arabic and English."""
    return kept("words")
