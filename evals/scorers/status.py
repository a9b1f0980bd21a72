"""Does it answer where the archive answers, and only there?"""

from evals.datasets import Sample
from evals.likeness import f1, variants, verbatim
from evals.scorers.retrieval import supports
from evals.scorers.score import Measure, Part, Reply, Score

MEASURES = (
    Measure(name="status_accuracy", label="Status as it should be"),
    Measure(name="hallucination_rate", label="Answered though the archive does not say", better="lower"),
    Measure(name="false_refusal_rate", label="Refused though the archive says", better="lower"),
)

_SAYS = 0.5
"""Token F1 with a gold text from which on a claim says it."""


def corrects(sample: Sample, reply: Reply) -> bool:
    """Whether every claim of an answer puts a false premise right, or says that something is not known.

    It cites the gold words that do, and says no more than they; or it says what a gold answer says. That it cites them
    is not enough: the words that deny something are the nearest to those that affirm it.
    """
    claims, citations = reply.answer.claims, reply.answer.citations
    right = [one for one in citations if supports(sample, one.article_id, one.start, one.end)]
    numbers = {one.number for one in right}
    return bool(claims) and all(
        numbers & set(claim.citations)
        and (
            verbatim(claim, right)
            or any(f1(claim.text, text) >= _SAYS for answer in sample.answers for text in variants(answer.text))
        )
        for claim in claims
    )


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
