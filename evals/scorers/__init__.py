"""How good is a reply? Plain functions `(item, reply) → Score`, one module a family.

What answers cost, in time and tokens, is summed up beside the scores (`costs`).
"""

from evals.scorers import (
    accuracy,
    citations,
    costs,
    disputes,
    figures,
    injections,
    judge,
    retrieval,
    speakers,
    status,
    text,
    verdicts,
)
from evals.scorers.accuracy import score_accuracy
from evals.scorers.citations import score_check_integrity, score_citations
from evals.scorers.disputes import score_disputes
from evals.scorers.figures import score_figures
from evals.scorers.injections import score_injections
from evals.scorers.retrieval import score_retrieval
from evals.scorers.score import CheckReply, CheckScorer, Measure, Part, Reply, Score, Scorer, StoredArticle
from evals.scorers.speakers import score_speakers
from evals.scorers.status import score_status
from evals.scorers.text import score_text
from evals.scorers.verdicts import score_verdict

SCORERS: tuple[Scorer, ...] = (
    score_accuracy,
    score_retrieval,
    score_status,
    score_figures,
    score_speakers,
    score_text,
    score_citations,
    score_disputes,
    score_injections,
)
"""Of questions."""

CHECK_SCORERS: tuple[CheckScorer, ...] = (score_verdict, score_check_integrity)
"""Of claims."""

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for family in (
        accuracy,
        status,
        figures,
        speakers,
        text,
        citations,
        disputes,
        injections,
        retrieval,
        verdicts,
        judge,
    )
    for measure in family.MEASURES
}
"""Every measure by name, in the order they are shown."""

__all__ = [
    "CHECK_SCORERS",
    "MEASURES",
    "SCORERS",
    "CheckReply",
    "Measure",
    "Part",
    "Reply",
    "Score",
    "StoredArticle",
    "costs",
]
