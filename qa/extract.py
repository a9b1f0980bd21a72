"""Evidence → drafts without a model: the sentences that answer, in their own words.

Each sentence of the best passages is scored by its meaning, by the question's words it holds, and
by its passage's score. A logistic model, fitted by `evals calibrate`, says how likely the best
one answers; below the threshold nothing is claimed. A sentence that leans on the one before it for
its speaker («وأضاف…», "He added…") is quoted together with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.archive import Archive, Vectors
from ingest.attribution import bonds
from ingest.centroids import Centroids
from ingest.domain import Article
from ingest.embedding import Embedder
from ingest.lexis import fold, terms
from ingest.sentences import Span, split_sentences
from qa.asked import holds_figure, wants_figure, years
from qa.confidence import THRESHOLD, Features, centred_cosine, confidence
from qa.domain import Draft, Evidence, RankedPassage

# Weights against cosine, chosen on XQuAD, ARCD and the FA-KES questions; flat around these values.
COVERAGE = 0.1
"""Weight of the share of the question's words that a sentence holds."""

PASSAGE = 0.35
"""Weight of its passage's score."""

FIGURE = 0.04
"""Worth of holding a figure, where one is asked for."""

PASSAGES = 4
"""Passages whose sentences are read."""

SENTENCES = 24
"""Most sentences embedded for one question."""

_CLAIMS = 3
_NEAR = 0.03
"""How far below the best sentence another one may score and still be shown beside it."""

_CONTEXT_LOST = 0.05
"""How much less of the question than the best one's article another's may know: a strike on another town
shares all words but the town's name."""

_BACKGROUND = 3
"""Best coverages of a language that make its background."""

_LONGEST_LEAN = 2
"""Sentences before it that a sentence is quoted with to show who speaks."""


class Extraction(NamedTuple):
    """What the extractive answerer proposes."""

    drafts: tuple[Draft, ...]
    """Sentences that answer, best first; none where it abstains."""

    confidence: float
    """Probability that the best sentence answers, 0 where there is none."""


class Candidate(NamedTuple):
    """A sentence that may answer."""

    passage: RankedPassage
    start: int
    end: int
    score: float
    """What sentences are ranked by."""
    features: Features
    """What its confidence is computed from."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.article.text[self.start : self.end]


class _Words:
    """The question's index terms, rare ones weighing more."""

    def __init__(self, question: str, archive: Archive) -> None:
        self._rarity = archive.passages.rarity(list(dict.fromkeys(terms(question))))
        self._whole = sum(self._rarity.values()) or 1.0

    def share_in(self, text: str) -> float:
        """Weight of those that a text holds, as a share of all."""
        held = self._rarity.keys() & set(terms(text))
        return sum(self._rarity[word] for word in held) / self._whole


def extract(
    evidence: Evidence, vector: Vectors, *, archive: Archive, embedder: Embedder, centroids: Centroids
) -> Extraction:
    """Choose the sentences that answer.

    Args:
        evidence: what was retrieved.
        vector: the question's embedding.
        archive: the system of record.
        embedder: embeds the sentences.
        centroids: where the archive's languages lie.

    Raises:
        EmbeddingError: sentences cannot be embedded.
    """
    ranked = candidates(evidence, vector, archive=archive, embedder=embedder, centroids=centroids)
    if not ranked:
        return Extraction((), 0.0)
    best = ranked[0]
    certain = confidence(best.features)
    if certain < THRESHOLD:
        return Extraction((), certain)
    drafts: dict[str, Draft] = {}
    for candidate in ranked:
        if candidate.score < best.score - _NEAR or len(drafts) == _CLAIMS:
            break
        if not _beside(best.features, candidate.features):
            continue
        draft = _draft(candidate)
        drafts.setdefault(fold(draft.quote), draft)
    return Extraction(tuple(drafts.values()), certain)


def _beside(best: Features, other: Features) -> bool:
    """Whether a sentence that scores nearly as well as the best one is about the same thing, and may answer too."""
    if confidence(other) < THRESHOLD:
        return False
    return other.foreign != best.foreign or other.context >= best.context - _CONTEXT_LOST


def candidates(
    evidence: Evidence, vector: Vectors, *, archive: Archive, embedder: Embedder, centroids: Centroids
) -> list[Candidate]:
    """Every sentence of the best passages, best first. Takes and raises as `extract` does."""
    question = evidence.question
    found = [
        (passage, start, end)
        for passage in evidence.passages[:PASSAGES]
        for start, end in _sentences(passage.article, passage.start, passage.end)
    ][:SENTENCES]
    if not found:
        return []
    words = _Words(question.text, archive)
    context = {
        passage.article.id: words.share_in(f"{passage.article.title or ''}\n{passage.article.text}")
        for passage, _, _ in found
    }
    texts = [passage.article.text[start:end] for passage, start, end in found]
    vectors = embedder.passages(texts)
    cosines = vectors @ vector
    coverages = [words.share_in(text) for text in texts]
    foreign = [passage.article.language != question.language for passage, _, _ in found]
    grant = _coverage_grant(coverages, foreign)
    means = centroids.means()
    asks, asked_years = wants_figure(question.text), years(question.text)
    ranked = []
    for at, (passage, start, end) in enumerate(found):
        figure = holds_figure(texts[at])
        score = (
            float(cosines[at])
            + passage.handicap
            + COVERAGE * (coverages[at] + (grant if foreign[at] else 0.0))
            + PASSAGE * passage.score
            + FIGURE * (asks and figure)
        )
        features = Features(
            centred=centred_cosine(vector, vectors[at], means.get(passage.article.language)),
            context=context[passage.article.id],
            foreign=foreign[at],
            other_year=bool(asked_years) and asked_years.isdisjoint(_years_of(passage.article)),
            no_figure=asks and not figure,
        )
        ranked.append(Candidate(passage, start, end, score, features))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.passage.article.id, candidate.start))


def _years_of(article: Article) -> set[int]:
    """Years that an article names, and the one it was published in."""
    published = {article.published_at.year} if article.published_at else set()
    return years(f"{article.title or ''}\n{article.text}") | published


def _coverage_grant(coverages: Sequence[float], foreign: Sequence[bool]) -> float:
    """What sentences in another language than the question's are granted: they cannot hold its words.

    As for passages (`qa.retrieval.handicaps`): the difference of the two backgrounds.
    """

    def background(group: Iterable[float]) -> float:
        return sum(sorted(group, reverse=True)[:_BACKGROUND]) / _BACKGROUND

    if not any(foreign) or all(foreign):
        return 0.0
    own = background(one for one, other in zip(coverages, foreign, strict=True) if not other)
    others = background(one for one, other in zip(coverages, foreign, strict=True) if other)
    return max(0.0, own - others)


@lru_cache(maxsize=64)
def _spans(text: str) -> list[Span]:
    return split_sentences(text)


def _sentences(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a passage; of a sentence too long for one passage, the part that lies in it."""
    for sentence in _spans(article.text):
        if sentence.start < end and start < sentence.end:
            yield max(start, sentence.start), min(end, sentence.end)


def _draft(candidate: Candidate) -> Draft:
    article = candidate.passage.article
    start = _with_speaker(article.text, candidate.start)
    quote = article.text[start : candidate.end]
    return Draft(
        text=quote,
        article=article,
        passage_id=candidate.passage.passage_id,
        quote=quote,
        start=start,
        end=candidate.end,
        confidence=confidence(candidate.features),
    )


def _with_speaker(text: str, start: int) -> int:
    """Where a quote that begins with the sentence at `start` has to begin to say who speaks."""
    sentences = _spans(text)
    position = next(at for at, sentence in enumerate(sentences) if start < sentence.end)
    if sentences[position].start != start:
        return start
    leaning = bonds(text, sentences)
    first = position
    while first and leaning[first - 1] and position - first < _LONGEST_LEAN:
        first -= 1
    return sentences[first].start
