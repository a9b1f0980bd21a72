"""Is a passage that answers among the first ones? A passage counts when it overlaps a support quote."""

import math
from collections.abc import Sequence

from evals.datasets import Sample
from evals.scorers.score import Measure, Part, Reply, Score

DEPTH = 10
"""Passages looked at."""

_FIRST = 5

MEASURES = (
    Measure(name="recall_at_1", label="Retrieval: right passage first"),
    Measure(name="recall_at_5", label="Retrieval: right passage among the first five"),
    Measure(name="mrr", label="Retrieval: reciprocal rank of the first right passage"),
    Measure(name="ndcg_at_10", label="Retrieval: discounted gain of the first ten"),
)


def supports(sample: Sample, article_id: str, start: int, end: int) -> bool:
    """Whether a stretch of an article overlaps a support quote of a question, or lies in its gold paragraph."""
    return any(support.overlaps(article_id, start, end) for support in sample.support)


def score_retrieval(sample: Sample, reply: Reply) -> Score:
    """Score the passages of a question that the archive answers; others have no right passage."""
    if not sample.support or sample.status == "insufficient_evidence":
        return Score()
    right = [supports(sample, one.article_id, one.start, one.end) for one in reply.answer.passages[:DEPTH]]
    rank = right.index(True) + 1 if any(right) else None
    return Score(
        parts={
            "recall_at_1": Part.whether(rank == 1),
            "recall_at_5": Part.whether(rank is not None and rank <= _FIRST),
            "mrr": Part(1 / rank if rank else 0.0),
            "ndcg_at_10": Part(_ndcg(right, len({one.article_id for one in sample.support}))),
        },
        faults=() if rank else (f"no passage that answers among the first {DEPTH}",),
    )


def _ndcg(right: Sequence[bool], findable: int) -> float:
    """NDCG with binary gains (Järvelin, Kekäläinen, 2002).

    As many ideal ones as there are articles with support, or right passages found, where those are more.
    """
    gain = sum(1 / math.log2(place + 1) for place, hit in enumerate(right, start=1) if hit)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(DEPTH, max(findable, sum(right))) + 1))
    return gain / ideal if ideal else 0.0
