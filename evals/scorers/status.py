"""Does it answer where the archive answers, and only there?"""

from evals.datasets import Sample
from evals.scorers.retrieval import supports
from evals.scorers.score import Measure, Part, Reply, Score

MEASURES = (
    Measure(name="status_accuracy", label="Status as it should be"),
    Measure(name="hallucination_rate", label="Answered though the archive does not say", better="lower"),
    Measure(name="false_refusal_rate", label="Refused though the archive says", better="lower"),
)


def corrects(sample: Sample, reply: Reply) -> bool:
    """Whether every claim of an answer to a false premise cites words that put it right."""
    if sample.kind != "false_premise" or not reply.answer.claims:
        return False
    right = {one.number for one in reply.answer.citations if supports(sample, one.article_id, one.start, one.end)}
    return all(right & set(claim.citations) for claim in reply.answer.claims)


def score_status(sample: Sample, reply: Reply) -> Score:
    """Compare the status; each kind of error has its own rate, over the questions that can show it."""
    status = reply.answer.status
    answers = status != "insufficient_evidence"
    if sample.status == "insufficient_evidence":
        wrong = answers and not corrects(sample, reply)
        parts = {"status_accuracy": Part.whether(not wrong), "hallucination_rate": Part.whether(wrong)}
        return Score(parts=parts, faults=("answered though the archive does not say",) if wrong else ())
    parts = {"status_accuracy": Part.whether(status == sample.status), "false_refusal_rate": Part.whether(not answers)}
    if status == sample.status:
        return Score(parts=parts)
    said = f"{status} ({reply.answer.reason})" if reply.answer.reason else status
    return Score(parts=parts, faults=(f"status {said}, should be {sample.status}",))
