"""Is what is said ascribed to who says it?"""

from evals.datasets import Sample
from evals.scorers.likeness import same_speaker, standing, states_gold
from evals.scorers.score import Measure, Part, Reply, Score
from qa.domain import Citation

MEASURES = (Measure(name="speaker_accuracy", label="Speaker: the gold one, where the figure is right"),)


def score_speakers(sample: Sample, reply: Reply) -> Score:
    """Score questions whose gold has a value and a speaker, where a claim has the value.

    One claim carries the gold speaker, and none takes the same quote for another one's: naming everybody does not do.
    """
    gold = [answer for answer in sample.answers if answer.value is not None and answer.speaker]
    if sample.status != "answered" or not gold:
        return Score()
    stating = [
        (claim, answer)
        for claim in standing(reply.answer.claims)
        for answer in gold
        if any(states_gold(figure, answer) for figure in claim.figures)
    ]
    if not stating:
        return Score()
    right = [claim for claim, answer in stating if same_speaker(claim.speaker, answer)]
    wrong = [claim for claim, _ in stating if claim not in right]
    places = {citation.number: citation for citation in reply.answer.citations}
    cited = [places[number] for claim in right for number in claim.citations if number in places]
    taken = [places[number] for claim in wrong for number in claim.citations if number in places]
    sound = bool(right) and not any(_overlap(one, other) for one in cited for other in taken)
    said = ", ".join(claim.speaker.name if claim.speaker else "nobody" for claim in wrong)
    fault = f"ascribed to {said}, should be {' or '.join(str(answer.speaker) for answer in gold)}"
    return Score(parts={"speaker_accuracy": Part.whether(sound)}, faults=() if sound else (fault,))


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end
