"""Evidence → drafts without a model: the sentences that answer, in their own words.

Each sentence of the best passages is scored by how well it says what the question says (`qa.reading`), by the
question's words it holds, and by its passage's score. A logistic model, fitted by `evals calibrate`, says how likely
the best one answers; below the threshold nothing is claimed. A sentence that leans on the one before it for its speaker
(«وأضاف…», "He added…") is quoted together with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.attribution import bonds
from ingest.domain import Article
from ingest.lexis import fold, terms
from ingest.library import Library, QuestionVectors
from qa.asked import holds_figure, holds_time, names_asked, wants_figure, wants_time, years
from qa.confidence import THRESHOLD, Features, confidence
from qa.coverage import Coverage
from qa.domain import Draft, Evidence, Question, RankedPassage
from qa.reading import Reader, Said, sentences_of, subject

# Weights against how well a sentence says the question. The first three were chosen on XQuAD and ARCD by `evals
# sentences`; the others, which compare sentences of several passages, on the demo and the FA-KES questions as well.
QUESTION_WORD = 0.1
"""Weight of how well it says the question word: "who" is near to a name."""

KIND = 0.1
"""Worth of holding a figure where one is asked for, or a time."""

COVERAGE = 0.2
"""Weight of the share of the question's words that a sentence holds, or its story's headline and lead."""

PASSAGE = 0.5
"""Weight of its passage's score."""

PASSAGES = 5
"""Best passages that are read."""

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
    said: Said
    """How well it says the question."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.article.text[self.start : self.end]


def extract(evidence: Evidence, asked: QuestionVectors, *, library: Library) -> Extraction:
    """Choose the sentences that answer.

    Args:
        evidence: what was retrieved.
        asked: the question's vectors.
        library: the archive, and the encoder that reads.
    """
    ranked = candidates(evidence, asked, library=library)
    if not ranked:
        return Extraction((), 0.0)
    judge = Judge(evidence.question, library)
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
    return features.words_abroad if features.foreign else features.context


class Judge:
    """Looks at single sentences more closely than can be done for all of them."""

    def __init__(self, question: Question, library: Library) -> None:
        self._question = question
        self._coverage = Coverage(question, library.archive, library.encoder)
        self._asks = wants_figure(question.text)
        self._years = years(question.text)
        self._names = names_asked(question.text)

    def features(self, candidate: Candidate) -> Features:
        """What a sentence's confidence is computed from."""
        article = candidate.passage.article
        foreign = article.language != self._question.language
        lead = subject(article, candidate.start)
        words = self._coverage.by_meaning(f"{lead}\n{candidate.text}", article.language)
        whole = f"{article.title or ''}\n{article.text}"
        missing = 0 if foreign else len(self._names - set(terms(whole)))
        return Features(
            context=self._coverage.by_words(whole),
            foreign=foreign,
            words=0.0 if foreign else words,
            words_abroad=words if foreign else 0.0,
            other_year=bool(self._years) and self._years.isdisjoint(_years_of(article)),
            no_figure=self._asks and not holds_figure(candidate.text),
            names_missing=missing / max(1, len(self._names)),
        )


def candidates(evidence: Evidence, asked: QuestionVectors, *, library: Library) -> list[Candidate]:
    """Every sentence of the best passages, best first. Takes what `extract` takes."""
    question = evidence.question
    found = list(_read(evidence.read[:PASSAGES], Reader(library.encoder, asked.tokens)))
    coverage = Coverage(question, library.archive, library.encoder)
    texts = [passage.article.text[start:end] for passage, start, end, _ in found]
    coverages = [
        coverage.by_words(f"{subject(passage.article, start)}\n{text}")
        for (passage, start, _, _), text in zip(found, texts, strict=True)
    ]
    foreign = [passage.article.language != question.language for passage, *_ in found]
    more_words = _grant(coverages, foreign)
    more_said = _grant([said.whole for *_, said in found], foreign)
    wants = wants_figure(question.text), wants_time(question.text)
    ranked = []
    for at, (passage, start, end, said) in enumerate(found):
        fitting = (wants[0] and holds_figure(texts[at])) or (wants[1] and holds_time(texts[at]))
        score = (
            said.whole
            + (more_said if foreign[at] else 0.0)
            + QUESTION_WORD * said.question_word
            + COVERAGE * (coverages[at] + (more_words if foreign[at] else 0.0))
            + PASSAGE * passage.score
            + KIND * fitting
        )
        ranked.append(Candidate(passage, start, end, score, said))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.passage.article.id, candidate.start))


def _years_of(article: Article) -> set[int]:
    """Years that an article names, and the one it was published in."""
    published = {article.published_at.year} if article.published_at else set()
    return years(f"{article.title or ''}\n{article.text}") | published


def _grant(values: Sequence[float], foreign: Sequence[bool]) -> float:
    """What sentences in another language than the question's are granted, which are less like it for that alone.

    As for passages (`qa.handicaps`): the difference of the two backgrounds.
    """

    def background(group: Iterable[float]) -> float:
        return sum(sorted(group, reverse=True)[:_BACKGROUND]) / _BACKGROUND

    if not any(foreign) or all(foreign):
        return 0.0
    own = background(one for one, other in zip(values, foreign, strict=True) if not other)
    others = background(one for one, other in zip(values, foreign, strict=True) if other)
    return max(0.0, own - others)


def _read(passages: Iterable[RankedPassage], reader: Reader) -> Iterator[tuple[RankedPassage, int, int, Said]]:
    """Sentences of passages, each once, with the best passage that holds it."""
    seen: set[tuple[str, int]] = set()
    for passage in passages:
        for (start, end), said in reader.read(passage.article, passage.start, passage.end).items():
            if (passage.article.id, start) not in seen:
                seen.add((passage.article.id, start))
                yield passage, start, end, said


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
    sentences = sentences_of(text)
    position = next(at for at, sentence in enumerate(sentences) if start < sentence.end)
    if sentences[position].start != start:
        return start
    leaning = bonds(text, sentences)
    first = position
    while first and leaning[first - 1] and position - first < _LONGEST_LEAN:
        first -= 1
    return sentences[first].start
