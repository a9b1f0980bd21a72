"""Is disagreement shown where there is some, with every side, and only there?"""

from evals.datasets import Sample
from evals.likeness import f1, same_speaker, standing, states_gold, verbatim
from evals.scorers.score import Measure, Part, Reply, Score
from ingest.lexis import terms
from qa.answer import Claim

MEASURES = (
    Measure(name="dispute_recall", label="Disputes shown as disputes"),
    Measure(name="sides_recall", label="Sides of disputes shown with their speaker"),
    Measure(name="false_dispute_rate", label="Disputes where there is none", better="lower"),
)

_SAYS = 0.5
"""Token F1 with a gold text from which on a claim says it."""


def sides_shown(sample: Sample, reply: Reply) -> list[bool]:
    """For each side of a dispute, whether a claim of its speaker says it."""
    claims = list(standing(reply.answer.claims))
    return [any(_says(claim, side, sample, reply) for claim in claims) for side in range(len(sample.answers))]


def score_disputes(sample: Sample, reply: Reply) -> Score:
    """Over disputed questions, how many are shown as such and with which sides; over the rest, how many are too."""
    disputed = reply.answer.status == "disputed"
    if sample.status != "disputed":
        fault = ("shown as disputed, which it is not",) if disputed else ()
        return Score(parts={"false_dispute_rate": Part.whether(disputed)}, faults=fault)
    shown = sides_shown(sample, reply)
    hidden = [side.text for side, there in zip(sample.answers, shown, strict=True) if not there]
    return Score(
        parts={"dispute_recall": Part.whether(disputed), "sides_recall": Part(sum(shown), len(shown))},
        faults=tuple(f"a side is not shown: {text}" for text in hidden),
    )


def _says(claim: Claim, at: int, sample: Sample, reply: Reply) -> bool:
    """Whether a claim says a side: its figure; its words; or words that back it, and something of what it says."""
    side = sample.answers[at]
    if not same_speaker(claim.speaker, side):
        return False
    if side.value is not None:
        return any(states_gold(figure, side) for figure in claim.figures)
    if f1(claim.text, side.text) >= _SAYS:
        return True
    backing = [one for one in sample.support if one.answer == at]
    cited = [
        one
        for one in reply.answer.citations
        if one.number in claim.citations and any(each.overlaps(one.article_id, one.start, one.end) for each in backing)
    ]
    names = (side.speaker or "", *side.speakers)
    telling = set(terms(side.text)) - {word for text in (sample.question, *names) for word in terms(text)}
    return bool(cited) and (verbatim(claim, cited) or bool(telling & set(terms(claim.text))))
