"""Is a claim judged as it should be?"""

from evals.datasets import ClaimSample
from evals.scorers.score import CheckReply, Measure, Part, Score

MEASURES = (
    Measure(name="verdict_accuracy", label="Verdicts right"),
    Measure(name="verdict_macro_f1", label="Verdicts: F1, mean over the four"),
)


def score_verdict(claim: ClaimSample, reply: CheckReply) -> Score:
    """Compare the verdict; its F1 is computed over a whole run."""
    right = reply.verdict == claim.verdict
    fault = f"verdict {reply.verdict}, should be {claim.verdict}"
    return Score(parts={"verdict_accuracy": Part.whether(right)}, faults=() if right else (fault,))
