"""Evidence → drafts without a model: the sentences that answer, in their own words.

Each sentence of the best passages is scored by its meaning, by the question's words it holds, and
by its passage's score. A logistic model, fitted by `evals calibrate`, says how likely the best
one answers; below the threshold nothing is claimed. A sentence that leans on the one before it for
its speaker («وأضاف…», "He added…") is quoted together with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ingest.archive import Archive, Vectors
from ingest.attribution import bonds
from ingest.centroids import Centroids
from ingest.domain import Article
from ingest.embedding import Embedder
from ingest.lexis import fold, terms
from ingest.sentences import Span, split_sentences
from qa.asked import holds_figure, names_asked, wants_figure, years
from qa.confidence import THRESHOLD, Features, centred_cosine, confidence
from qa.coverage import Coverage
from qa.domain import Draft, Evidence, Question, RankedPassage

# Weights against cosine. COVERAGE was chosen on the demo, the FA-KES questions and XQuAD, 31 to 100 questions each, so
# that a step of .05 is within their noise; the others on XQuAD, ARCD and the FA-KES questions.
COVERAGE = 0.2
"""Weight of the share of the question's words that a sentence holds, or its story's headline and lead."""

PASSAGE = 0.35
"""Weight of its passage's score."""

FIGURE = 0.04
"""Worth of holding a figure, where one is asked for."""

SENTENCES = 24
"""Most sentences embedded for one question: those of the best four or five passages."""

_CLAIMS = 3
_NEAR = 0.03
"""How far below the best sentence another one may score and still be shown beside it."""

_COVERAGE_LOST = 0.05
"""How much less of the question than the best one another may know: a strike on another town shares all words but
the town's name."""

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
    centred: float
    """See `Features`."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.article.text[self.start : self.end]


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
    judge = Judge(evidence.question, archive)
    best, *others = ranked[0], *(one for one in ranked[1:] if one.score >= ranked[0].score - _NEAR)
    features = judge.features(best)
    certain = confidence(features)
    if certain < THRESHOLD:
        return Extraction((), certain)
    first = _draft(best, certain)
    drafts = {fold(first.quote): first}
    for other in others:
        if len(drafts) == _CLAIMS:
            break
        other_features = judge.features(other)
        if _beside(features, other_features):
            draft = _draft(other, confidence(other_features))
            drafts.setdefault(fold(draft.quote), draft)
    return Extraction(tuple(drafts.values()), certain)


def _beside(best: Features, other: Features) -> bool:
    """Whether a sentence that scores nearly as well as the best one is about the same thing, and may answer too."""
    if confidence(other) < THRESHOLD:
        return False
    return other.foreign != best.foreign or _covered(other) >= _covered(best) - _COVERAGE_LOST


def _covered(features: Features) -> float:
    return features.aligned_abroad if features.foreign else features.context


class Judge:
    """Looks at single sentences more closely than can be done for all of them."""

    def __init__(self, question: Question, archive: Archive) -> None:
        self._question = question
        self._coverage = Coverage(question, archive)
        self._asks = wants_figure(question.text)
        self._years = years(question.text)
        self._names = names_asked(question.text)

    def features(self, candidate: Candidate) -> Features:
        """What a sentence's confidence is computed from."""
        article = candidate.passage.article
        foreign = article.language != self._question.language
        aligned = self._coverage.by_meaning(f"{_subject(article)}\n{candidate.text}", article.language)
        whole = f"{article.title or ''}\n{article.text}"
        missing = 0 if foreign else len(self._names - set(terms(whole)))
        return Features(
            centred=candidate.centred,
            context=self._coverage.by_words(whole),
            foreign=foreign,
            aligned=0.0 if foreign else aligned,
            aligned_abroad=aligned if foreign else 0.0,
            other_year=bool(self._years) and self._years.isdisjoint(_years_of(article)),
            no_figure=self._asks and not holds_figure(candidate.text),
            names_missing=missing / max(1, len(self._names)),
        )


def candidates(
    evidence: Evidence, vector: Vectors, *, archive: Archive, embedder: Embedder, centroids: Centroids
) -> list[Candidate]:
    """Every sentence of the best passages, best first. Takes and raises as `extract` does."""
    question = evidence.question
    found = list(islice(_read(evidence.read), SENTENCES))
    if not found:
        return []
    coverage = Coverage(question, archive)
    texts = [passage.article.text[start:end] for passage, start, end in found]
    vectors = embedder.passages(texts)
    cosines = vectors @ vector
    coverages = [
        coverage.by_words(f"{_subject(passage.article)}\n{text}")
        for (passage, _, _), text in zip(found, texts, strict=True)
    ]
    foreign = [passage.article.language != question.language for passage, _, _ in found]
    grant = _coverage_grant(coverages, foreign)
    means = centroids.means()
    asks = wants_figure(question.text)
    ranked = []
    for at, (passage, start, end) in enumerate(found):
        score = (
            float(cosines[at])
            + passage.handicap
            + COVERAGE * (coverages[at] + (grant if foreign[at] else 0.0))
            + PASSAGE * passage.score
            + FIGURE * (asks and holds_figure(texts[at]))
        )
        centred = centred_cosine(vector, vectors[at], means.get(passage.article.language))
        ranked.append(Candidate(passage, start, end, score, centred))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.passage.article.id, candidate.start))


def _subject(article: Article) -> str:
    """Headline and lead of a story: what they name is meant by each of its sentences, and need not be said again.

    Without a headline it may be no news story, and its first sentence no lead.
    """
    if not article.title:
        return ""
    lead = next(iter(_spans(article.text)), Span(0, 0))
    return f"{article.title}\n{article.text[lead.start : lead.end]}"


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


def _read(passages: Iterable[RankedPassage]) -> Iterator[tuple[RankedPassage, int, int]]:
    """Sentences of passages, each once, with the best passage that holds it."""
    seen: set[tuple[str, int]] = set()
    for passage in passages:
        for start, end in _sentences(passage.article, passage.start, passage.end):
            if (passage.article.id, start) not in seen:
                seen.add((passage.article.id, start))
                yield passage, start, end


def _sentences(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a passage; of a sentence too long for one passage, the part that lies in it."""
    for sentence in _spans(article.text):
        if sentence.start < end and start < sentence.end:
            yield max(start, sentence.start), min(end, sentence.end)


def _draft(candidate: Candidate, certain: float) -> Draft:
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
        confidence=certain,
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
