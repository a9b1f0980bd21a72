"""Fit the model that says how likely a sentence answers, and show what each threshold does.

Each question is asked twice: of the whole archive, and with the articles that answer it left out,
which makes it a question the archive cannot answer, with near misses all around. The best
sentence is right when it overlaps a support quote, or lies in the gold paragraph and holds a gold
answer.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evals.datasets import Dataset, Sample
from ingest.domain import Value
from ingest.errors import OnRecordError
from ingest.lexis import fold
from qa.bootstrap import Service
from qa.candidates import Candidate
from qa.confidence import Features
from qa.extract import Judge, candidates
from qa.findings import Finder
from qa.reading import Reader
from qa.requests import AskRequest

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Observation(NamedTuple):
    """The best sentence found for one question."""

    features: Features
    answerable: bool
    """Whether the archive it was asked of can answer."""
    right: bool
    """Whether the sentence answers."""


class ThresholdRow(Value):
    """What a threshold does on one set."""

    dataset: str
    threshold: float
    answered: float
    """Share of answerable questions that are answered."""
    right: float
    """Share of those answers whose first sentence is right."""
    hallucinated: float
    """Share of unanswerable questions that are answered."""


class Calibration(Value):
    """The fitted model and what it does."""

    intercept: float
    weights: tuple[float, ...]
    """In the order of `Features`."""
    auc: dict[str, float]
    """Area under the ROC curve on each set, fitted on the others."""
    rows: tuple[ThresholdRow, ...]


def observe(
    service: Service, dataset: Dataset, limit: int, seed: int, advance: Callable[[], None]
) -> Iterator[Observation]:
    """Ask a sample of a set's questions, with and without the articles that answer."""
    samples = list(dataset.samples)
    if len(samples) > limit:
        samples = random.Random(seed).sample(samples, limit)  # noqa: S311 - a sample, not a secret
    library = service.library
    for sample in samples:
        request = AskRequest(question=sample.question, filters=sample.filters)
        question = request.to_question()
        evidence = service.pipeline.retrieve(question)
        asked = library.embed_question(sample.question, question.language)
        gold = {support.article_id for support in sample.support}
        for left_out in (set(), gold) if gold else (set(),):
            passages = tuple(passage for passage in evidence.read if passage.article.id not in left_out)
            finder = Finder.of(question.text, library)
            reader = Reader(library.encoder, asked.tokens)
            ranked = candidates(evidence.model_copy(update={"read": passages}), finder, reader, library=library)
            if ranked:
                answerable = not left_out and sample.status != "insufficient_evidence"
                features = Judge(question, finder, reader, library).features(ranked[0])
                yield Observation(features, answerable, answerable and _answers(sample, ranked[0]))
        advance()


def _answers(sample: Sample, candidate: Candidate) -> bool:
    for support in sample.support:
        if support.article_id != candidate.passage.article.id:
            continue
        if support.quote is None:
            return any(fold(answer.text) in fold(candidate.text) for answer in sample.answers)
        start = candidate.passage.article.text.find(support.quote)
        if start >= 0 and start < candidate.end and candidate.start < start + len(support.quote):
            return True
    return False


def calibrate(observed: Mapping[str, Sequence[Observation]]) -> Calibration:
    """Fit the logistic model on all sets, each weighing the same; test it on each set left out.

    Raises:
        OnRecordError: scikit-learn is not installed.
    """
    try:
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import roc_auc_score
    except ImportError as error:
        raise OnRecordError("Calibrating needs scikit-learn: pip install 'onrecord[dev]'.") from error

    def fit(names: Sequence[str]) -> tuple[npt.NDArray[np.float64], float]:
        features = np.array([one.features for name in names for one in observed[name]], dtype=float)
        right = np.array([one.right for name in names for one in observed[name]])
        each = np.array([1 / len(observed[name]) for name in names for _ in observed[name]])
        model = LogisticRegression(C=100.0).fit(features, right, sample_weight=100 * each)
        return model.coef_[0], float(model.intercept_[0])

    auc = {}
    for name, observations in observed.items():
        weights, _ = fit([other for other in observed if other != name] or [name])
        scores = [float(np.dot(weights, one.features)) for one in observations]
        right = [one.right for one in observations]
        auc[name] = float(roc_auc_score(right, scores)) if len(set(right)) > 1 else float("nan")
    weights, intercept = fit(list(observed))
    return Calibration(
        intercept=intercept,
        weights=tuple(float(weight) for weight in weights),
        auc=auc,
        rows=tuple(
            _row(name, threshold, observations, weights, intercept)
            for name, observations in observed.items()
            for threshold in THRESHOLDS
        ),
    )


def _row(
    name: str, threshold: float, observations: Sequence[Observation], weights: npt.NDArray[np.float64], intercept: float
) -> ThresholdRow:
    def claimed(one: Observation) -> bool:
        return bool(1 / (1 + np.exp(-(intercept + np.dot(weights, one.features)))) >= threshold)

    can = [one for one in observations if one.answerable]
    cannot = [one for one in observations if not one.answerable]
    answers = [one for one in can if claimed(one)]
    return ThresholdRow(
        dataset=name,
        threshold=threshold,
        answered=len(answers) / max(1, len(can)),
        right=sum(one.right for one in answers) / max(1, len(answers)),
        hallucinated=sum(map(claimed, cannot)) / max(1, len(cannot)),
    )
