"""Is the answer right, taken as a whole? One yes or no for each question."""

from evals.datasets import Sample
from evals.scorers.disputes import sides_shown
from evals.scorers.figures import score_figures
from evals.scorers.score import Measure, Part, Reply, Score
from evals.scorers.status import corrects
from ingest.lexis import fold
from qa.domain import Citation

MEASURES = (
    Measure(name="answer_accuracy", label="Answers right: the first claim cites words that answer, or rightly none"),
    Measure(name="strict_accuracy", label="Answers right in status, figure and every side"),
)


def score_accuracy(sample: Sample, reply: Reply) -> Score:
    """Two readings: does the first claim rest on words that answer; and is nothing at all missing or wrong?"""
    answer = reply.answer
    refused = answer.status == "insufficient_evidence"
    if sample.status == "insufficient_evidence":
        right = strict = refused or corrects(sample, reply)
    else:
        first = set(answer.claims[0].citations) if answer.claims else set()
        right = any(_answers(sample, one) for one in answer.citations if one.number in first)
        strict = right and answer.status == sample.status
        if sample.status == "disputed":
            strict = strict and all(sides_shown(sample, reply))
        figure = score_figures(sample, reply).parts.get("figure_accuracy")
        strict = strict and (figure is None or figure.rate == 1.0)
    return Score(parts={"answer_accuracy": Part.whether(right), "strict_accuracy": Part.whether(strict)})


def _answers(sample: Sample, citation: Citation) -> bool:
    """Whether a citation overlaps a support quote; where a whole paragraph is gold, it has to hold a gold answer."""
    held = fold(citation.quote)
    return any(
        support.overlaps(citation.article_id, citation.start, citation.end)
        and (support.quote is not None or any(fold(answer.text) in held for answer in sample.answers))
        for support in sample.support
    )
