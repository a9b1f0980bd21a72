"""Is the answer right, taken as a whole? One yes or no for each question."""

from evals.datasets import Sample
from evals.scorers.disputes import sides_shown
from evals.scorers.figures import score_figures
from evals.scorers.retrieval import supports
from evals.scorers.score import Measure, Part, Reply, Score
from evals.scorers.status import corrects

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
        right = any(
            supports(sample, one.article_id, one.start, one.end) for one in answer.citations if one.number in first
        )
        strict = right and answer.status == sample.status
        if sample.status == "disputed":
            strict = strict and all(sides_shown(sample, reply))
        figure = score_figures(sample, reply).parts.get("figure_accuracy")
        strict = strict and (figure is None or figure.rate == 1.0)
    return Score(parts={"answer_accuracy": Part.whether(right), "strict_accuracy": Part.whether(strict)})
