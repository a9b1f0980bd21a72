"""Evidence → drafts without a model: the sentences that answer, in their own words.

Sentences that say nothing of what is asked (`qa.findings`: no such figure, another speaker) are passed over. The
others are scored by how well it says what the question says (`qa.reading`), by the question's words it holds, by its
passage's score, and by how well its figure fits. A logistic model, fitted by `evals calibrate`, says how likely
the best one answers; below the threshold nothing is claimed. A sentence that leans on the one before it for its speaker
(«وأضاف…», "He added…") is quoted together with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.domain import StatedFigure
from ingest.lexis import fold
from ingest.library import Library, QuestionVectors
from ingest.sentences import Span
from qa.accounts import read_account, shown_with
from qa.asked import holds_figure, holds_time, recalls, wants_figure, wants_time
from qa.candidates import Candidate
from qa.coverage import Coverage
from qa.domain import Draft, Evidence, Question, RankedPassage
from qa.event import Event
from qa.findings import Finder
from qa.judge import Judge
from qa.reading import Reader, Said, sentences_in, subject
from qa.sides import Rated, sides
from qa.when import When

# Weights against how well a sentence says the question. The first three were chosen on XQuAD and ARCD by `evals
# sentences`; the others, which compare sentences of several passages, on the demo and the FA-KES questions as well.
QUESTION_WORD = 0.1
"""Weight of how well it says the question word: "who" is near to a name."""

KIND = 0.1
"""Worth of holding a figure where one is asked for, or a time."""

COVERAGE = 0.2
"""Weight of the share of the question's words that a sentence holds, or its story's headline and lead."""

PASSAGE = 0.25
"""Weight of its passage's score."""

FIT = 0.2
"""Weight of how well its figure fits what is asked."""

NEAR = 0.2
"""Weight of how well the words around its figure say the question."""

ATTRIBUTED = 0.05
"""Worth of a figure's being somebody's, not the article's own."""

RECALLED = 0.3
"""What a figure loses whose sentence says that it was given before: a toll since revised, last year's rate."""

GRANTED = 1.25
"""Part of the difference between the languages' backgrounds that the other language's sentences are granted."""

WHEN = 0.1
"""Weight of whether its article is of the time that the question names, or of another."""

PASSAGES = 8
"""Best passages that are read, of those that say something of what is asked."""

_CLAIMS = 3
_NEAR = 0.03
"""How far below the best sentence another one may score and still be shown beside it."""

_BACKGROUND = 3
"""Best coverages of a language that make its background."""


class Extraction(NamedTuple):
    """What the extractive answerer proposes."""

    drafts: tuple[Draft, ...]
    """Sentences that answer, best first; none where it abstains."""

    confidence: float
    """Probability that the best sentence answers, 0 where there is none."""


def extract(evidence: Evidence, asked: QuestionVectors, *, library: Library) -> Extraction:
    """Choose the sentences that answer.

    Args:
        evidence: what was retrieved.
        asked: the question's vectors.
        library: the archive, and the encoder that reads.
    """
    finder, reader = Finder.of(evidence.question.in_context, library), Reader(library.encoder, asked.tokens)
    ranked = candidates(evidence, finder, reader, library=library)
    if not ranked:
        return Extraction((), 0.0)
    judge = Judge(evidence.question, finder, reader, library)
    certain = judge.sure(ranked[0])
    if certain < judge.model.threshold:
        return Extraction((), certain)
    if ranked[0].finding.figure is not None:
        told = sides([Rated(one, judge.sure(one)) for one in ranked], finder, Event(evidence.question))
        return Extraction(tuple(_draft(one, sure, library, voice) for (one, sure), voice in told), certain)
    return Extraction(tuple(_beside(ranked, certain, judge, library)), certain)


def _beside(ranked: Sequence[Candidate], certain: float, judge: Judge, library: Library) -> Iterator[Draft]:
    """The best sentence, and those that score nearly as well and may answer too."""
    first = _draft(ranked[0], certain, library)
    told = {fold(first.quote)}
    yield first
    for other in ranked[1:]:
        if len(told) == _CLAIMS or other.score < ranked[0].score - _NEAR:
            return
        sure = judge.sure(other)
        draft = _draft(other, sure, library)
        if sure >= certain and fold(draft.quote) not in told:
            told.add(fold(draft.quote))
            yield draft


def candidates(evidence: Evidence, finder: Finder, reader: Reader, *, library: Library) -> list[Candidate]:
    """What sentences of the best passages say that is asked, best first."""
    question = evidence.question
    read = list(_read(_telling(evidence.read, finder), reader))
    coverage = Coverage(question, library.archive, library.encoder)
    covered = [
        coverage.by_words(f"{subject(passage.article, start)}\n{passage.article.text[start:end]}")
        for passage, start, end, _ in read
    ]
    # What a language is granted is told by all sentences read: those that say what is asked are few.
    foreign = [passage.article.language != question.language for passage, *_ in read]
    more_words = GRANTED * _grant(covered, foreign)
    more_said = GRANTED * _grant([said.whole for *_, said in read], foreign)
    wants = Wants(question)
    ranked = []
    for (passage, start, end, said), words, abroad in zip(read, covered, foreign, strict=True):
        told = (
            said.whole
            + (more_said if abroad else 0.0)
            + QUESTION_WORD * said.question_word
            + COVERAGE * (words + (more_words if abroad else 0.0))
            + PASSAGE * passage.score
            + KIND * wants.kind_of(passage.article.text[start:end])
            + WHEN * wants.when.fits(passage.article)
        )
        for finding in finder.find(passage.article, start, end):
            score, near = told, 0.0
            if finding.figure:
                clause = _clause(passage.article.text, finding.figure, start, end)
                near = reader.near(passage.article, passage.start, passage.end, clause)
                score += ATTRIBUTED * (finding.said is not None) + FIT * finding.fit + NEAR * near
                before = passage.article.text[max(clause.start, finding.figure.start - _CLAUSE) : finding.figure.start]
                score -= RECALLED * recalls(before)
            ranked.append(Candidate(passage, start, end, score, said, near, finding))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.passage.article.id, candidate.start))


class Wants:
    """What a question wants of a sentence beside its words: a figure or a time in it, and the time it is of."""

    def __init__(self, question: Question) -> None:
        self.when = When(question.in_context)
        self._figure = wants_figure(question.in_context)
        self._time = wants_time(question.in_context)

    def kind_of(self, sentence: str) -> bool:
        """Whether a sentence holds what is asked for."""
        return (self._figure and holds_figure(sentence)) or (self._time and holds_time(sentence))


def _clause(text: str, figure: StatedFigure, start: int, end: int) -> Span:
    """The words that a figure stands among, between the marks around it."""
    left = max((text.rfind(mark, start, figure.start) + 1 for mark in _CLAUSE_MARKS), default=start)
    right = min((at for mark in _CLAUSE_MARKS if (at := text.find(mark, figure.end, end)) >= 0), default=end)
    left = max(left, start, figure.start - _CLAUSE)
    return Span(left, min(right, figure.end + _CLAUSE))


_CLAUSE_MARKS = ("،", ",", "؛", ";", "–", "—", ":")
_CLAUSE = 90
"""Code points on either side of a figure that it may stand among."""


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


def _telling(passages: Sequence[RankedPassage], finder: Finder) -> Iterator[RankedPassage]:
    """The best passages that say something of what is asked."""
    told = 0
    for passage in passages:
        sentences = sentences_in(passage.article.text, passage.start, passage.end)
        if any(finder.find(passage.article, *span) for span in sentences):
            yield passage
            told += 1
        if told == PASSAGES:
            return


def _draft(candidate: Candidate, certain: float, library: Library, voice: int = 0) -> Draft:
    article, finding = candidate.passage.article, candidate.finding
    sentence = Span(candidate.start, candidate.end)
    start, end = shown_with(read_account(article, library.aliases), sentence, finding.said)
    return Draft(
        text=article.text[start:end],
        article=article,
        passage_id=candidate.passage.passage_id,
        quote=article.text[start:end],
        start=start,
        end=end,
        confidence=certain,
        said=finding.said,
        figure=finding.figure,
        voice=voice,
    )
