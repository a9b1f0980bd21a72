"""Make the numbers that are kept with the bundled model: means of languages, and what tokens are compressed with."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evals.datasets import load
from ingest.articles import to_article
from ingest.encoder import Kind, bundled_encoder
from ingest.passages import cut
from qa.coverage import content_words

if TYPE_CHECKING:
    from ingest.archive import Vectors

LANGUAGES = ("ar", "en")
DIRECTIONS = 192
QUESTIONS = 48
"""Of a set, the first so many: as many as the demo had when the kept numbers were made. To add a question to a set must
not change what the service computes with. Made of 164 questions and both of our archives, they found .009 more of XQuAD
from English to Arabic, .011 less of ARCD, and the same elsewhere."""


def write_centroids(dataset: Path, target: Path) -> dict[str, int]:
    """Encode a set's articles and questions with the bundled model, and keep what they have in common.

    `passages.LANGUAGE` is the mean of passages' vectors, `words.LANGUAGE` that of single words', `tokens.KIND.LANGUAGE`
    that of the tokens of passages or questions, `halfway.KIND.LANGUAGE` the same halfway up the network. `late.basis`
    are the directions along which the tokens of both languages differ most, once the means are taken away, and
    `late.spread` how far.

    Returns:
        Number of vectors that each was taken over, by name.
    """
    loaded = load(dataset)
    encoder = bundled_encoder()
    articles = [to_article(page) for page in loaded.pages]
    samples: dict[str, Vectors] = {}
    for language in LANGUAGES:
        own = [article for article in articles if article.language == language]
        texts = [passage.text for article in own for passage in cut(article, count_tokens=encoder.count)]
        asked = [sample.question for sample in loaded.samples[:QUESTIONS] if sample.language == language]
        samples[f"passages.{language}"] = np.stack([encoder.vector(text, "passage") for text in texts])
        words = content_words("\n".join(article.text for article in own))
        samples[f"words.{language}"] = np.stack(encoder.short(words, "passage"))
        own_kind: tuple[tuple[Kind, list[str]], ...] = (("passage", texts), ("query", asked))
        for kind, own_texts in own_kind:
            encodings = [encoder.encode(text, kind) for text in own_texts]
            samples[f"tokens.{kind}.{language}"] = np.concatenate([one.vectors for one in encodings])
            samples[f"halfway.{kind}.{language}"] = np.concatenate([one.halfway for one in encodings])
    basis, spread = _directions([samples[f"tokens.passage.{language}"] for language in LANGUAGES])
    kept: dict[str, npt.ArrayLike] = {name: vectors.mean(axis=0) for name, vectors in samples.items()}
    kept |= {"late.basis": basis, "late.spread": spread}
    np.savez(target, **kept)  # type: ignore[arg-type]  # numpy's stub takes the names for its own options
    return {name: len(vectors) for name, vectors in samples.items()}


def _directions(languages: "list[Vectors]") -> "tuple[npt.NDArray[np.float16], Vectors]":
    """The directions along which tokens differ most (d × 384, in half precision), and their spread along each."""
    seen = [vectors - vectors.mean(axis=0) for vectors in languages]
    tokens = np.concatenate([vectors / np.linalg.norm(vectors, axis=1, keepdims=True) for vectors in seen])
    variances, directions = np.linalg.eigh(tokens.T @ tokens / len(tokens))
    basis = directions[:, ::-1].T[:DIRECTIONS].astype(np.float16)
    return basis, np.sqrt(variances[::-1][:DIRECTIONS]).astype(np.float32)
