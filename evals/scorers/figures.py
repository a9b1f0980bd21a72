"""Is the figure the gold one, is no other given for it, and does each stand in its quote?"""

from collections.abc import Sequence

from evals.datasets import GoldAnswer, Sample
from evals.likeness import same_speaker, same_unit, same_value, standing, states_gold
from evals.numerals import hedges, numbers_in, numbers_told, states
from evals.scorers.score import Measure, Part, Reply, Score
from qa.answer import Answer, Claim, Figure

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
    if not gold:
        return Score(parts=parts, faults=tuple(faults))
    claims = list(standing(reply.answer.claims))
    beside = _beside(sample)
    wrong = [one for one in claims if any(_contradicts(one, answer, gold, beside) for answer in gold)]
    right = any(_states(claim, gold) for claim in claims)
    parts["figure_accuracy"] = Part.whether(right and not wrong)
    if not right:
        faults.append(f"no claim has the figure {' or '.join(answer.text for answer in gold)}")
    faults += [f"another figure for the same thing: {one.text}" for one in wrong]
    if counted := [figure for claim in claims for figure in _counted(claim, gold, beside)]:
        hits = sum(any(states_gold(figure, answer) for answer in gold) for figure in counted)
        parts["figure_precision"] = Part(hits, len(counted))
    return Score(parts=parts, faults=tuple(faults))


def _beside(sample: Sample) -> frozenset[float]:
    """Numbers that belong to the matter: of the question, and beside the gold figure in the words that support it.

    "86 of the 112 schools", "19.7 per cent, up from 19.1": whoever reads the whole sentence reads them too.
    """
    asked = (sample.question, *(turn.content for turn in sample.history))
    quoted = (support.quote or "" for support in sample.support)
    return frozenset(number for text in (*asked, *quoted) for number in numbers_in(text))


def _states(claim: Claim, gold: Sequence[GoldAnswer]) -> bool:
    return any(states_gold(figure, answer) for figure in claim.figures for answer in gold)


def _counted(claim: Claim, gold: Sequence[GoldAnswer], beside: frozenset[float]) -> list[Figure]:
    """Figures of a claim that are held against it; beside the gold one, those of its own sentence are not."""
    if not _states(claim, gold):
        return list(claim.figures)
    return [
        figure
        for figure in claim.figures
        if figure.value not in beside or any(same_value(figure.value, answer.value or 0.0) for answer in gold)
    ]


def _contradicts(claim: Claim, gold: GoldAnswer, all_gold: Sequence[GoldAnswer], beside: frozenset[float]) -> bool:
    """Whether a claim by the gold speaker, or by nobody, gives another value for what gold counts.

    What nobody says and that counts nothing may be about anything.
    """
    if claim.speaker and not same_speaker(claim.speaker, gold):
        return False
    return any(
        same_unit(figure.unit, gold.unit)
        and (figure.unit or claim.speaker or not gold.speaker)
        and not any(states_gold(figure, one) for one in all_gold)
        for figure in _counted(claim, all_gold, beside)
    )


def _verifiable(answer: Answer) -> list[tuple[str, bool]]:
    """Each figure of each claim, in words, and whether a quote it cites states it, with its hedge."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    asked = numbers_in(answer.question)
    found = []
    for claim in answer.claims:
        cited = [quotes.get(number, "") for number in claim.citations]
        figures = [
            (figure.value, any(states(quote, figure.value) and hedges(quote, figure.bound) for quote in cited))
            for figure in claim.figures
        ]
        claimed = {value for value, _ in figures}
        told = [
            (value, any(states(quote, value) for quote in cited))
            for value in sorted(numbers_told(_without_speaker(claim)) - asked - claimed)
        ]
        found += [(f"{value:g} in “{claim.text}”", stands) for value, stands in (*figures, *told)]
    return found + [(f"{value:g} in the answer's text", stands) for value, stands in _in_prose(answer, asked)]


def _without_speaker(claim: Claim) -> str:
    """A claim's text without its speaker's name: a number in a name ("DeirEzzor 24") is no figure."""
    names = (claim.speaker.name, claim.speaker.canonical) if claim.speaker else ()
    text = claim.text
    for name in names:
        text = text.replace(name or "\0", " ")
    return text


def _in_prose(answer: Answer, asked: frozenset[float]) -> list[tuple[float, bool]]:
    """The same of the answer as one text: what it says beside its quotes and the names of its sources."""
    prose = answer.answer
    for citation in answer.citations:
        for words in (citation.quote, citation.outlet, citation.title):
            prose = prose.replace(words or "\0", " ")
    for claim in answer.claims:
        for name in (claim.speaker.name, claim.speaker.canonical) if claim.speaker else ():
            prose = prose.replace(name or "\0", " ")
    told = sorted(numbers_told(prose) - asked)
    return [(value, any(states(citation.quote, value) for citation in answer.citations)) for value in told]
