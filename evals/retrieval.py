"""Is the right passage found? Recall, reciprocal rank and discounted gain of retrieval alone."""

import math
from collections.abc import Sequence
from statistics import fmean

from evals.datasets import Sample
from ingest.domain import Value
from qa.domain import RankedPassage

DEPTH = 10
"""Passages looked at."""


class RetrievalScore(Value):
    """How one question's passages stand to its gold."""

    rank: int | None
    """Rank of the first right passage, from 1; `None`: not among the first `DEPTH`."""

    ndcg: float
    """nDCG at `DEPTH`, with binary gains and as many ideal ones as there are right passages found."""


class RetrievalMeasures(Value):
    """Means over a set's questions that have support."""

    n: int
    r_at_1: float
    r_at_5: float
    mrr: float
    ndcg_at_10: float


def score(sample: Sample, passages: Sequence[RankedPassage]) -> RetrievalScore:
    """Score one question's passages: one is right when it overlaps a support quote, or lies in the gold paragraph."""
    right = [supports(sample, passage) for passage in passages[:DEPTH]]
    rank = right.index(True) + 1 if any(right) else None
    gain = sum(1 / math.log2(place + 1) for place, hit in enumerate(right, start=1) if hit)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, sum(right) + 1))
    return RetrievalScore(rank=rank, ndcg=gain / ideal if ideal else 0.0)


def measure(scores: Sequence[RetrievalScore]) -> RetrievalMeasures:
    """Means over questions.

    Raises:
        ValueError: there are none.
    """
    if not scores:
        raise ValueError("no question of this set has support: retrieval cannot be measured")
    return RetrievalMeasures(
        n=len(scores),
        r_at_1=fmean(one.rank == 1 for one in scores),
        r_at_5=fmean(one.rank is not None and one.rank <= 5 for one in scores),  # noqa: PLR2004 - it is R@5
        mrr=fmean(1 / one.rank if one.rank else 0.0 for one in scores),
        ndcg_at_10=fmean(one.ndcg for one in scores),
    )


def supports(sample: Sample, passage: RankedPassage) -> bool:
    """Whether a passage overlaps a support quote of a question, or lies in its gold paragraph."""
    for support in sample.support:
        if support.article_id != passage.article.id:
            continue
        if support.quote is None:
            return True
        start = passage.article.text.find(support.quote)
        if start >= 0 and start < passage.end and passage.start < start + len(support.quote):
            return True
    return False
