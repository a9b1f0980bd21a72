"""Evidence → drafts without a model: the sentences that answer, in their own words.

Each sentence of the best passages is scored by its meaning (cosine to the question) and by the
share of the question's words it holds, rare words counting more. A logistic model over the two,
fitted by `evals calibrate`, says how likely the best one answers; below the threshold nothing is
claimed. A sentence that leans on the one before it for its speaker («وأضاف…», "He added…") is
quoted together with it.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.archive import Archive
from ingest.attribution import bonds
from ingest.domain import Article, PassageId
from ingest.embedding import Embedder
from ingest.lexis import fold, terms
from ingest.sentences import Span, split_sentences
from qa.asked import holds_figure, wants_figure
from qa.domain import Draft, Evidence

COVERAGE = 0.2
"""Weight of the question's words against cosine, chosen on the dev halves of XQuAD and ARCD."""

FIGURE = 0.04
"""Worth of holding a figure, where one is asked for."""

PASSAGES = 4
"""Passages whose sentences are read."""

THRESHOLD = 0.5
"""Confidence from which on a sentence is claimed to answer."""

_CLAIMS = 3
_NEAR = 0.03
"""How far below the best sentence another one may score and still be shown beside it."""

_LONGEST_LEAN = 2
"""Sentences before it that a sentence is quoted with to show who speaks."""

# Fitted by `evals calibrate`; the README says on what.
_INTERCEPT, _PER_COSINE, _PER_COVERAGE = -30.0, 33.0, 1.5


class Extraction(NamedTuple):
    """What the extractive answerer proposes."""

    drafts: tuple[Draft, ...]
    """Sentences that answer, best first; none where it abstains."""

    confidence: float
    """Probability that the best sentence answers, 0 where there is none."""


class Candidate(NamedTuple):
    """A sentence that may answer, with its features."""

    article: Article
    passage_id: PassageId
    start: int
    end: int
    cosine: float
    """Cosine of its embedding and the question's, with what its language is granted."""
    coverage: float
    """Share of the question's words it holds, rare ones counting more."""
    figure: bool
    """Whether it holds a figure where one is asked for."""

    @property
    def score(self) -> float:
        """What sentences are ranked by."""
        return self.cosine + COVERAGE * self.coverage + FIGURE * self.figure

    @property
    def confidence(self) -> float:
        """Calibrated probability that it answers."""
        return 1 / (1 + math.exp(-(_INTERCEPT + _PER_COSINE * self.cosine + _PER_COVERAGE * self.coverage)))


def extract(evidence: Evidence, *, archive: Archive, embedder: Embedder) -> Extraction:
    """Choose the sentences that answer.

    Raises:
        EmbeddingError: sentences cannot be embedded.
    """
    ranked = candidates(evidence, archive=archive, embedder=embedder)
    if not ranked:
        return Extraction((), 0.0)
    best = ranked[0]
    if best.confidence < THRESHOLD:
        return Extraction((), best.confidence)
    drafts: dict[str, Draft] = {}
    for candidate in ranked:
        if candidate.score < best.score - _NEAR or candidate.confidence < THRESHOLD or len(drafts) == _CLAIMS:
            break
        draft = _draft(candidate)
        drafts.setdefault(fold(draft.quote), draft)
    return Extraction(tuple(drafts.values()), best.confidence)


def candidates(evidence: Evidence, *, archive: Archive, embedder: Embedder) -> list[Candidate]:
    """Every sentence of the best passages with its features, best first. Raises as `extract` does."""
    question = evidence.question.text
    found = [
        (passage, start, end)
        for passage in evidence.passages[:PASSAGES]
        for start, end in _sentences(passage.article, passage.start, passage.end)
    ]
    if not found:
        return []
    asks = wants_figure(question)
    rarity = archive.passages.rarity(list(dict.fromkeys(terms(question))))
    whole = sum(rarity.values()) or 1.0
    vector = embedder.question(question)
    cosines = embedder.passages([passage.article.text[start:end] for passage, start, end in found]) @ vector
    ranked = []
    for (passage, start, end), cosine in zip(found, cosines, strict=True):
        sentence = passage.article.text[start:end]
        held = rarity.keys() & set(terms(sentence))
        ranked.append(
            Candidate(
                passage.article,
                passage.passage_id,
                start,
                end,
                float(cosine) + passage.handicap,
                sum(rarity[word] for word in held) / whole,
                asks and holds_figure(sentence),
            )
        )
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.article.id, candidate.start))


@lru_cache(maxsize=64)
def _spans(text: str) -> list[Span]:
    return split_sentences(text)


def _sentences(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a passage; of a sentence too long for one passage, the part that lies in it."""
    for sentence in _spans(article.text):
        if sentence.start < end and start < sentence.end:
            yield max(start, sentence.start), min(end, sentence.end)


def _draft(candidate: Candidate) -> Draft:
    start = _with_speaker(candidate)
    quote = candidate.article.text[start : candidate.end]
    return Draft(
        text=quote,
        article=candidate.article,
        passage_id=candidate.passage_id,
        quote=quote,
        start=start,
        end=candidate.end,
        confidence=candidate.confidence,
    )


def _with_speaker(candidate: Candidate) -> int:
    """Where the quote starts so that it says who speaks."""
    text = candidate.article.text
    sentences = _spans(text)
    position = next(at for at, sentence in enumerate(sentences) if candidate.start < sentence.end)
    if sentences[position].start != candidate.start:
        return candidate.start
    leaning = bonds(text, sentences)
    first = position
    while first and leaning[first - 1] and position - first < _LONGEST_LEAN:
        first -= 1
    return sentences[first].start
