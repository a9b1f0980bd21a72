"""Archives of any size, from a seed: for time at scale, vectors need not mean anything."""

import random
from hashlib import sha256

import numpy as np

from ingest.archive import EmbedderMark, Reading
from ingest.domain import Article, Passage
from ingest.late import BYTES, CODEC
from ingest.ledger import READER
from ingest.library import Library
from ingest.passages import passage_id

_VOCABULARY = 20_000
_PASSAGES = 10
"""Passages an article."""

_TOKENS = 130
"""Tokens a passage, as news has them."""

_WORDS = 60
"""Words a passage."""

_OUTLETS = 20


def questions(number: int, seed: int = 7) -> list[str]:
    """Questions of eight words each."""
    random_ = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    return [_words(random_, 8) for _ in range(number)]


def fill(library: Library, passages: int, seed: int = 11) -> None:
    """Fill an archive with articles of ten passages each; unit vectors and compressed tokens are drawn at random."""
    random_ = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    draw = np.random.default_rng(seed)
    dimension = library.embedder.dimension
    library.archive.set_embedder(EmbedderMark(library.embedder.label, dimension))
    library.archive.set_token_codec(CODEC)
    for number in range(passages // _PASSAGES):
        paragraphs = [f"{_words(random_, _WORDS)}." for _ in range(_PASSAGES)]
        article = _article(number, "\n".join(paragraphs))
        cut, start = [], 0
        for paragraph in paragraphs:
            end = start + len(paragraph)
            name = passage_id(article.id, article.sha256, start, end)
            cut.append(Passage(id=name, article_id=article.id, text=paragraph, start=start, end=end))
            start = end + 1
        vectors = draw.normal(size=(_PASSAGES, dimension)).astype(np.float32)
        tokens = [draw.bytes(_TOKENS * BYTES) for _ in cut]
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        library.archive.put(article, cut, unit, tokens, reading=Reading(READER, ()))  # its words mean nothing
    library.index.sync()


def _article(number: int, text: str) -> Article:
    return Article(
        id=f"synthetic-{number}",
        outlet=f"Outlet {number % _OUTLETS}",
        language="ar" if number % 2 else "en",
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
    )


def _words(random_: random.Random, number: int) -> str:
    """Words by Zipf's law, half of them in Arabic letters."""
    ranks = (int(_VOCABULARY ** random_.random()) for _ in range(number))
    return " ".join(f"{'كلمة' if rank % 2 else 'word'}{rank}" for rank in ranks)
