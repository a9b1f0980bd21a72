"""Is what is said ascribed to who says it?"""

from collections.abc import Mapping, Sequence

from evals.datasets import Sample
from evals.scorers.likeness import same_speaker, standing, states_gold
from evals.scorers.retrieval import supports
from evals.scorers.score import Measure, Part, Reply, Score
from qa.domain import Citation, Claim

MEASURES = (Measure(name="speaker_accuracy", label="Speaker: the gold one, where the figure is right"),)


def score_speakers(sample: Sample, reply: Reply) -> Score:
    """Score questions whose gold has a value and a speaker, where a claim has the value.

    One claim carries the gold speaker, and none takes its quote, or another one that supports the answer, for somebody
    else's: naming everybody does not do.
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
    sound = bool(right) and not any(_takes(claim, places, cited, sample) for claim in wrong)
    said = ", ".join(claim.speaker.name if claim.speaker else "nobody" for claim in wrong)
    fault = f"ascribed to {said}, should be {' or '.join(str(answer.speaker) for answer in gold)}"
    return Score(parts={"speaker_accuracy": Part.whether(sound)}, faults=() if sound else (fault,))


def _takes(claim: Claim, places: Mapping[int, Citation], cited: Sequence[Citation], sample: Sample) -> bool:
    """Whether a claim takes the gold speaker's words for another one's; without a speaker, the very words cited."""
    for place in (places[number] for number in claim.citations if number in places):
        if any(place.article_id == one.article_id and place.start < one.end and one.start < place.end for one in cited):
            return True
        if claim.speaker and supports(sample, place.article_id, place.start, place.end):
            return True
    return False
