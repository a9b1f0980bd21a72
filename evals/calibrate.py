"""Fit the models that say how likely a candidate answers, and show what each threshold does.

Each question is asked twice: of the whole archive, and with the articles that answer it left out,
which makes it a question the archive cannot answer, with near misses all around. The best
candidate is right when its sentence overlaps a support quote, or lies in the gold paragraph and holds a gold
answer; a figure has to be a gold one, too. Where the newest of several figures is asked for, or all sides, one of
the best few has to be: the others are told beside it.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from evals.datasets import Dataset, Sample
from evals.likeness import same_value
from ingest.domain import Value
from ingest.errors import OnRecordError
from ingest.lexis import fold
from qa.bootstrap import Service
from qa.candidates import Candidate
from qa.confidence import Features
from qa.extract import candidates
from qa.findings import Finder
from qa.judge import Judge
from qa.reading import Reader
from qa.requests import AskRequest

THRESHOLDS = (0.25, 0.3, 0.33, 0.36, 0.4, 0.43, 0.46, 0.5)
KINDS = ("figures", "sentences")
"""What the two models of `qa.confidence` are for."""

_TOLD = 5
"""Best candidates among which the newest figure, or a side, may be."""

_REGULAR = 3.0
"""Inverse strength of the models' regularisation (scikit-learn's C): sets are small."""


class Observation(NamedTuple):
    """The best candidate found for one question."""

    kind: Literal["figures", "sentences"]
    """Whether a figure is asked for."""
    features: Features
    answerable: bool
    """Whether the archive it was asked of can answer."""
    right: bool
    """Whether the candidate answers."""


class ThresholdRow(Value):
    """What a threshold does on one set."""

    kind: str
    dataset: str
    threshold: float
    answered: float
    """Share of answerable questions that are answered."""
    right: float
    """Share of those answers whose first sentence is right."""
    hallucinated: float
    """Share of unanswerable questions that are answered."""


class Fitted(Value):
    """One fitted model."""

    intercept: float
    weights: tuple[float, ...]
    """In the order of `Features`."""
    auc: dict[str, float]
    """Area under the ROC curve on each set, fitted on the others; NaN where all or none of its candidates are right."""


class Calibration(Value):
    """The fitted models and what they do."""

    models: dict[str, Fitted]
    """By kind."""
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
        question = AskRequest(question=sample.question, filters=sample.filters, history=sample.history).to_question()
        question, _ = asyncio.run(service.pipeline.in_full(question))
        evidence = service.pipeline.retrieve(question)
        asked = library.embed_question(question.in_context, question.language)
        gold = {support.article_id for support in sample.support}
        for left_out in (set(), gold) if gold else (set(),):
            passages = tuple(passage for passage in evidence.read if passage.article.id not in left_out)
            finder, reader = Finder.of(question.in_context, library), Reader(library.encoder, asked.tokens)
            ranked = candidates(evidence.model_copy(update={"read": passages}), finder, reader, library=library)
            if ranked:
                answerable = not left_out and sample.status != "insufficient_evidence"
                yield Observation(
                    "figures" if finder.asked.kind == "figure" else "sentences",
                    Judge(question, finder, reader, library).features(ranked[0]),
                    answerable,
                    answerable and _is_told(sample, ranked),
                )
        advance()


def _is_told(sample: Sample, ranked: Sequence[Candidate]) -> bool:
    several = sample.kind in {"update", "disputed"} and ranked[0].finding.figure is not None
    return any(_answers(sample, candidate) for candidate in ranked[: _TOLD if several else 1])


def _answers(sample: Sample, candidate: Candidate) -> bool:
    gold = [answer.value for answer in sample.answers if answer.value is not None]
    figure = candidate.finding.figure
    if figure and gold and not any(same_value(figure.value, value) for value in gold):
        return False
    return any(_backs(sample, at, candidate) for at in range(len(sample.support)))


def _backs(sample: Sample, at: int, candidate: Candidate) -> bool:
    """Whether a candidate's sentence overlaps a support quote, or holds a gold answer of a gold paragraph."""
    support, article = sample.support[at], candidate.passage.article
    if support.article_id != article.id:
        return False
    if support.quote is None:
        return any(fold(answer.text) in fold(candidate.text) for answer in sample.answers)
    start = article.text.find(support.quote)
    return start >= 0 and start < candidate.end and candidate.start < start + len(support.quote)


def calibrate(observed: Mapping[str, Sequence[Observation]]) -> Calibration:
    """Fit a logistic model for each kind on all sets, each weighing the same; test it on each set left out.

    Raises:
        OnRecordError: scikit-learn is not installed.
    """
    kinds = {
        kind: {name: [one for one in found if one.kind == kind] for name, found in observed.items()} for kind in KINDS
    }
    # One with nothing right, or nothing wrong, in it fits no model.
    usable = {
        kind: {name: found for name, found in sets.items() if found}
        for kind, sets in kinds.items()
        if len({one.right for found in sets.values() for one in found}) > 1
    }
    models = {kind: _fitted(sets) for kind, sets in usable.items()}
    rows = [
        _row(kind, name, threshold, found, models[kind])
        for kind, sets in usable.items()
        for name, found in sets.items()
        for threshold in THRESHOLDS
    ]
    return Calibration(models=models, rows=tuple(rows))


def _fitted(sets: Mapping[str, Sequence[Observation]]) -> Fitted:
    auc = {name: _auc(sets, name) for name in sets}
    weights, intercept = _fit(sets, list(sets))
    return Fitted(intercept=intercept, weights=tuple(float(weight) for weight in weights), auc=auc)


def _auc(sets: Mapping[str, Sequence[Observation]], name: str) -> float:
    from sklearn.metrics import roc_auc_score

    others = [other for other in sets if other != name] or [name]
    right = [one.right for one in sets[name]]
    if len(set(right)) == 1 or len({one.right for other in others for one in sets[other]}) == 1:
        return float("nan")
    weights, _ = _fit(sets, others)
    return float(roc_auc_score(right, [float(np.dot(weights, one.features)) for one in sets[name]]))


def _fit(sets: Mapping[str, Sequence[Observation]], names: Sequence[str]) -> tuple[npt.NDArray[np.float64], float]:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise OnRecordError("Calibrating needs scikit-learn: pip install 'onrecord[dev]'.") from error
    features = np.array([one.features for name in names for one in sets[name]], dtype=float)
    right = np.array([one.right for name in names for one in sets[name]])
    each = np.array([1 / len(sets[name]) for name in names for _ in sets[name]])
    model = LogisticRegression(C=_REGULAR, max_iter=5000).fit(features, right, sample_weight=60 * each)
    return model.coef_[0], float(model.intercept_[0])


def _row(kind: str, name: str, threshold: float, observations: Sequence[Observation], model: Fitted) -> ThresholdRow:
    def claimed(one: Observation) -> bool:
        return bool(1 / (1 + np.exp(-(model.intercept + np.dot(model.weights, one.features)))) >= threshold)

    can = [one for one in observations if one.answerable]
    cannot = [one for one in observations if not one.answerable]
    answers = [one for one in can if claimed(one)]
    return ThresholdRow(
        kind=kind,
        dataset=name,
        threshold=threshold,
        answered=len(answers) / max(1, len(can)),
        right=sum(one.right for one in answers) / max(1, len(answers)),
        hallucinated=sum(map(claimed, cannot)) / max(1, len(cannot)),
    )
