"""Choose the weights that retrieval fuses its scores with, and show how stable the choice is.

The best 20 passages are found once, with the weights in use; every setting then ranks these anew, from the scores that
came with them. Meant for archives of one language: what a language is granted is left out.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from evals.datasets import Sample
from evals.scorers.retrieval import supports
from ingest.domain import Value
from qa.bootstrap import Service
from qa.domain import Scores
from qa.requests import AskRequest
from qa.retrieval import LATE, LEXICAL, NAMES

GRID = {
    "late": (0.0, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0),
    "lexical": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.5),
    "names": (0.0, 0.05, 0.1, 0.2),
}


class Weights(NamedTuple):
    """Weights against the cosine."""

    late: float
    lexical: float
    names: float


IN_USE = Weights(LATE, LEXICAL, NAMES)


class Found(NamedTuple):
    """One question's candidates."""

    scores: tuple[Scores, ...]
    right: tuple[bool, ...]
    """Which of them lie in a gold paragraph."""


class Choice(Value):
    """A setting, and R@1 on each set."""

    late: float
    lexical: float
    names: float
    r_at_1: dict[str, float]
    mean: float


class Fusion(Value):
    """What the grid says."""

    in_use: Choice
    best: tuple[Choice, ...]
    """The best settings by mean R@1, best first."""
    left_out: dict[str, Choice]
    """For each set, the setting that is best on the others."""
    without_late: Choice
    """The best setting without late interaction."""


def find(service: Service, samples: Sequence[Sample], advance: Callable[[], None]) -> Iterator[Found]:
    """Rank each question's candidates with the weights in use."""
    for sample in samples:
        question = AskRequest(question=sample.question, filters=sample.filters).to_question()
        passages = service.pipeline.retrieve(question).read
        yield Found(
            tuple(passage.scores for passage in passages),
            tuple(supports(sample, passage.article.id, passage.start, passage.end) for passage in passages),
        )
        advance()


def choose(found: Mapping[str, Sequence[Found]]) -> Fusion:
    """Try every setting of the grid on every set."""
    tried = [_choice(Weights(*setting), found) for setting in itertools.product(*GRID.values())]

    def best(of: Sequence[Choice], sets: Sequence[str]) -> list[Choice]:
        return sorted(of, key=lambda one: -fmean(one.r_at_1[name] for name in sets))

    names = list(found)
    return Fusion(
        in_use=_choice(IN_USE, found),
        best=tuple(best(tried, names)[:5]),
        left_out={name: best(tried, [other for other in names if other != name] or [name])[0] for name in names},
        without_late=best([one for one in tried if not one.late], names)[0],
    )


def _choice(weights: Weights, found: Mapping[str, Sequence[Found]]) -> Choice:
    r_at_1 = {name: fmean(_first_is_right(weights, one) for one in questions) for name, questions in found.items()}
    return Choice(**weights._asdict(), r_at_1=r_at_1, mean=fmean(r_at_1.values()))


def _first_is_right(weights: Weights, found: Found) -> bool:
    def score(at: int) -> float:
        one = found.scores[at]
        return one.dense + weights.late * one.late + weights.lexical * one.lexical + weights.names * one.names

    if not found.scores:
        return False
    return found.right[max(range(len(found.scores)), key=score)]
