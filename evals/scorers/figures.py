"""Is the figure the gold one, is no other given for it, and does each stand in its quote?"""

from evals.datasets import GoldAnswer, Sample
from evals.numerals import numbers_in, numbers_told, states
from evals.scorers.likeness import same_speaker, same_unit, standing, states_gold
from evals.scorers.score import Measure, Part, Reply, Score
from qa.domain import Answer, Claim

MEASURES = (
    Measure(name="figure_accuracy", label="Figure: the gold value and bound, and no wrong one"),
    Measure(name="figure_precision", label="Figure: share of figures claimed that are gold ones"),
    Measure(name="verifiable_figures", label="Figures that stand in their quotes", must_be=1.0),
)


def score_figures(sample: Sample, reply: Reply) -> Score:
    """Score a question with a value; that figures stand in their quotes is asked of every answer."""
    verifiable = _verifiable(reply.answer)
    parts, faults = {}, [f"{what} does not stand in its quote" for what, stands in verifiable if not stands]
    if verifiable:
        parts["verifiable_figures"] = Part(sum(stands for _, stands in verifiable), len(verifiable))
    gold = [answer for answer in sample.answers if answer.value is not None]
    if gold and sample.status == "answered":
        claims = list(standing(reply.answer.claims))
        wrong = [one for one in claims if any(_contradicts(one, answer, gold) for answer in gold)]
        right = any(states_gold(figure, answer) for one in claims for figure in one.figures for answer in gold)
        parts["figure_accuracy"] = Part.whether(right and not wrong)
        if not right:
            faults.append(f"no claim has the figure {' or '.join(answer.text for answer in gold)}")
        faults += [f"another figure for the same thing: {one.text}" for one in wrong]
    if gold and (stated := [figure for one in standing(reply.answer.claims) for figure in one.figures]):
        hits = sum(any(states_gold(figure, answer) for answer in gold) for figure in stated)
        parts["figure_precision"] = Part(hits, len(stated))
    return Score(parts=parts, faults=tuple(faults))


def _contradicts(claim: Claim, gold: GoldAnswer, all_gold: list[GoldAnswer]) -> bool:
    """Whether a claim by the gold speaker, or by nobody, gives another value for what gold counts."""
    if gold.speaker and claim.speaker and not same_speaker(claim.speaker, gold):
        return False
    return any(
        same_unit(figure.unit, gold.unit) and not any(states_gold(figure, one) for one in all_gold)
        for figure in claim.figures
    )


def _verifiable(answer: Answer) -> list[tuple[str, bool]]:
    """Each figure of each claim, in words, and whether a quote it cites states it."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    asked = numbers_in(answer.question)
    found = []
    for claim in answer.claims:
        cited = [quotes.get(number, "") for number in claim.citations]
        claimed = [figure.value for figure in claim.figures]
        told = [value for value in sorted(numbers_told(claim.text) - asked) if value not in claimed]
        found += [
            (f"{value:g} in “{claim.text}”", any(states(quote, value) for quote in cited))
            for value in (*claimed, *told)
        ]
    return found
