"""Evidence → drafts without a model: the sentences that answer, in their own words.

Sentences that say nothing of what is asked (`qa.findings`: no such figure, another speaker) are passed over. Each of the
others is scored by how well it says what the question says (`qa.reading`), by the question's words it holds, by its
passage's score, and by how well its figure fits. A logistic model, fitted by `evals calibrate`, says how likely
the best one answers; below the threshold nothing is claimed. A sentence that leans on the one before it for its speaker
(«وأضاف…», "He added…") is quoted together with it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.domain import Article, Attribution
from ingest.lexis import fold, terms
from ingest.library import Library, QuestionVectors
from ingest.sentences import Span
from qa.accounts import Account, read_account
from qa.asked import holds_figure, holds_time, names_asked, wants_figure, wants_time, years
from qa.confidence import THRESHOLD, Features, confidence
from qa.coverage import Coverage
from qa.domain import Draft, Evidence, Question, RankedPassage
from qa.findings import Finder, Finding
from qa.question import read_question
from qa.reading import Reader, Said, sentences_in, subject

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

FIT = 0.15
"""Weight of how well its figure fits what is asked."""

PASSAGES = 6
"""Best passages that are read, of those that say something of what is asked."""

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
    finding: Finding
    """What it says that is asked, the best of it."""

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
    features = judge.features(ranked[0])
    certain = confidence(features)
    if certain < THRESHOLD:
        return Extraction((), certain)
    first = _draft(ranked[0], certain, library)
    if ranked[0].finding.figure is not None:
        return Extraction(tuple(_accounts(ranked, first, judge, library)), certain)
    drafts = {fold(first.quote): first}
    for other in (one for one in ranked[1:] if one.score >= ranked[0].score - _NEAR):
        if len(drafts) == _CLAIMS:
            break
        other_features = judge.features(other)
        if _beside(features, other_features):
            draft = _draft(other, confidence(other_features), library)
            drafts.setdefault(fold(draft.quote), draft)
    return Extraction(tuple(drafts.values()), certain)


def _accounts(ranked: Sequence[Candidate], first: Draft, judge: "Judge", library: Library) -> Iterator[Draft]:
    """The best account of a figure, and what others count of the same thing."""
    yield first
    told = [first]
    for other in ranked[1:]:
        if len(told) == _SIDES:
            return
        if other.score < ranked[0].score - _SAME_THING or not _same_thing(ranked[0], other):
            continue
        certain = confidence(judge.features(other))
        if certain < _SIDE_THRESHOLD:
            continue
        draft = _draft(other, certain, library)
        if not any(_repeats(draft, one) for one in told):
            told.append(draft)
            yield draft


_SIDES = 6
"""Accounts of one thing that are shown at most."""

_SAME_THING = 0.15
"""How far below the best account another one of the same thing may score."""

_SIDE_THRESHOLD = 0.25
"""Confidence from which on another account stands beside the best one."""

_DAYS = 21
"""Days between two reports of one event, at most."""


def _same_thing(best: Candidate, other: Candidate) -> bool:
    """Whether two figures count the same: like unit and fate, in reports of about the same time."""
    one, two = best.finding.figure, other.finding.figure
    if one is None or two is None or other.finding.fit < best.finding.fit - _LESS_FITTING:
        return False
    if one.fate and two.fate and one.fate != two.fate:
        return False
    first, second = best.passage.article.published_at, other.passage.article.published_at
    return first is None or second is None or abs((first - second).days) <= _DAYS


_LESS_FITTING = 0.3


def _repeats(draft: Draft, other: Draft) -> bool:
    """Whether a draft says what another one says: the same value by the same speaker, or the very same words."""
    if (
        draft.article.id == other.article.id
        and draft.start < other.end
        and other.start < draft.end
        and draft.names == other.names
    ):
        return True
    same = bool(draft.names & other.names) or draft.names == other.names
    return same and draft.figure is not None and other.figure is not None and draft.figure.value == other.figure.value


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
    finder = Finder(read_question(question.text, aliases=library.aliases, places=library.places), library)
    passages = list(_telling(evidence.read, finder))
    read = list(_read(passages, Reader(library.encoder, asked.tokens)))
    found = [(*one, finding) for one in read for finding in finder.find(one[0].article, one[1], one[2])[:1]]
    coverage = Coverage(question, library.archive, library.encoder)
    texts = [passage.article.text[start:end] for passage, start, end, *_ in found]
    coverages = [
        coverage.by_words(f"{subject(passage.article, start)}\n{text}")
        for (passage, start, *_), text in zip(found, texts, strict=True)
    ]
    foreign = [passage.article.language != question.language for passage, *_ in found]
    more_words = _grant(coverages, foreign)
    more_said = _grant([said.whole for *_, said, _ in found], foreign)
    wants = wants_figure(question.text), wants_time(question.text)
    ranked = []
    for at, (passage, start, end, said, finding) in enumerate(found):
        fitting = (wants[0] and holds_figure(texts[at])) or (wants[1] and holds_time(texts[at]))
        fit = finding.fit if finding.figure else 0.0
        score = (
            said.whole
            + (more_said if foreign[at] else 0.0)
            + QUESTION_WORD * said.question_word
            + COVERAGE * (coverages[at] + (more_words if foreign[at] else 0.0))
            + PASSAGE * passage.score
            + KIND * fitting
            + FIT * fit
        )
        ranked.append(Candidate(passage, start, end, score, said, finding))
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


def _draft(candidate: Candidate, certain: float, library: Library) -> Draft:
    article, finding = candidate.passage.article, candidate.finding
    start, end = _with_speaker(read_account(article, library.aliases), candidate, finding.said)
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
    )


def _with_speaker(account: Account, candidate: Candidate, said: Attribution | None) -> Span:
    """What a sentence is quoted with to show who speaks: the sentences back, or on, to where that is said."""
    if said is None:
        return Span(candidate.start, candidate.end)
    starts = [span.start for span in account.sentences]
    own = bisect_right(starts, candidate.start) - 1
    cue = bisect_right(starts, said.cue_start) - 1
    if not 0 < abs(own - cue) <= _LONGEST_LEAN:
        return Span(candidate.start, candidate.end)
    whole = account.sentences[own]
    if own > cue:
        return Span(account.sentences[cue].start, whole.end)
    return Span(whole.start, account.sentences[cue].end)
