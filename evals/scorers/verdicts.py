"""Is a claim judged as it should be?"""

from evals.datasets import ClaimSample
from evals.scorers.score import CheckReply, Measure, Part, Score

MEASURES = (
    Measure(name="verdict_accuracy", label="Verdicts right"),
    Measure(name="verdict_macro_f1", label="Verdicts: F1, mean over the four"),
    Measure(name="verdict_grounded", label="Verdicts right, and on words that show it"),
)


def score_verdict(claim: ClaimSample, reply: CheckReply) -> Score:
    """Compare the verdict; its F1 is computed over a whole run. One that rests on other words may be right by luck."""
    right = reply.verdict == claim.verdict
    shown = any(
        support.overlaps(one.article_id, one.start, one.end) for support in claim.support for one in reply.citations
    )
    grounded = right and (shown or not claim.support)
    faults = [f"verdict {reply.verdict}, should be {claim.verdict}"] if not right else []
    if right and not grounded:
        faults.append("the verdict is right, and none of its citations shows it")
    return Score(
        parts={"verdict_accuracy": Part.whether(right), "verdict_grounded": Part.whether(grounded)},
        faults=tuple(faults),
    )
