"""Is what is said ascribed to who says it?"""

from collections.abc import Mapping, Sequence

from evals.datasets import Sample
from evals.likeness import same_speaker, standing, states_gold, tokens
from evals.scorers.retrieval import supports
from evals.scorers.score import Measure, Part, Reply, Score
from qa.answer import Citation, Claim

MEASURES = (
    Measure(name="speaker_accuracy", label="Speaker: the gold one, where the figure is right"),
    Measure(name="attribution_accuracy", label="Speaker: the gold one, of what is said without a figure"),
    Measure(name="verifiable_speakers", label="Speakers who are named in the article cited", must_be=1.0),
)


def score_speakers(sample: Sample, reply: Reply) -> Score:
    """Score speakers: of the gold figure, of the gold words, and that each is named where the claim comes from."""
    scores = (_of_figure(sample, reply), _of_words(sample, reply), _named(reply))
    return Score(
        parts={name: part for score in scores for name, part in score.parts.items()},
        faults=tuple(fault for score in scores for fault in score.faults),
    )


def _of_words(sample: Sample, reply: Reply) -> Score:
    """Of an answer that is no figure: the claims that cite what supports it carry the gold speaker."""
    gold = [answer for answer in sample.answers if answer.value is None and answer.speaker]
    right = {one.number for one in reply.answer.citations if supports(sample, one.article_id, one.start, one.end)}
    claims = [claim for claim in standing(reply.answer.claims) if right & set(claim.citations)]
    if sample.status != "answered" or not gold or not claims:
        return Score()
    wrong = [claim for claim in claims if not any(same_speaker(claim.speaker, answer) for answer in gold)]
    faults = [f"ascribed to {_name(claim)}, should be {gold[0].speaker}: {claim.text}" for claim in wrong]
    return Score(parts={"attribution_accuracy": Part.whether(not wrong)}, faults=tuple(faults))


def _named(reply: Reply) -> Score:
    """Each speaker's name, as the source is said to write it, stands in an article that the claim cites."""
    places = {citation.number: citation.article_id for citation in reply.answer.citations}
    found = []
    for claim in reply.answer.claims:
        if claim.speaker:
            cited = [reply.articles[places[one]] for one in claim.citations if places.get(one) in reply.articles]
            texts = [f"{one.title or ''} {one.outlet or ''} {one.text}" for one in cited]
            name = " ".join(tokens(claim.speaker.name))
            found.append((claim, any(f" {name} " in f" {' '.join(tokens(text))} " for text in texts)))
    if not found:
        return Score()
    strange = [claim for claim, named in found if not named]
    return Score(
        parts={"verifiable_speakers": Part(len(found) - len(strange), len(found))},
        faults=tuple(f"{_name(claim)} is not named in the article cited: {claim.text}" for claim in strange),
    )


def _name(claim: Claim) -> str:
    return claim.speaker.name if claim.speaker else "nobody"


def _of_figure(sample: Sample, reply: Reply) -> Score:
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
    said = ", ".join(map(_name, wrong))
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
