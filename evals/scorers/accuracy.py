"""Is the answer right, taken as a whole? One yes or no for each question."""

from evals.datasets import Sample
from evals.likeness import standing, tokens, variants, verbatim
from evals.scorers.disputes import sides_shown
from evals.scorers.figures import score_figures
from evals.scorers.score import Measure, Part, Reply, Score
from evals.scorers.speakers import score_speakers
from evals.scorers.status import corrects
from ingest.lexis import fold
from qa.answer import Citation

MEASURES = (
    Measure(name="answer_accuracy", label="First claim cites words that answer, or there is rightly none"),
    Measure(name="strict_accuracy", label="All right: status, figure, speaker, words and every side"),
)

_ASKED = ("figure_accuracy", "speaker_accuracy")
_SAYS = 0.5
"""Share of a gold text's words that a claim has to hold."""


def score_accuracy(sample: Sample, reply: Reply) -> Score:
    """Two readings: does the first claim rest on words that answer; and is nothing at all missing or wrong?"""
    answer = reply.answer
    if sample.status == "insufficient_evidence":
        right = strict = answer.status == "insufficient_evidence" or corrects(sample, reply)
    else:
        first = next(standing(answer.claims), None)
        cited = set(first.citations) if first else set()
        right = any(_answers(sample, one) for one in answer.citations if one.number in cited)
        strict = right and answer.status == sample.status and _whole(sample, reply)
    return Score(parts={"answer_accuracy": Part.whether(right), "strict_accuracy": Part.whether(strict)})


def _whole(sample: Sample, reply: Reply) -> bool:
    """Whether figure, speaker, every side and the words of an answer are right, as far as they are asked for."""
    parts = {**score_figures(sample, reply).parts, **score_speakers(sample, reply).parts}
    if any(parts[name].rate < 1 for name in _ASKED if name in parts):
        return False
    if sample.status == "disputed":
        return all(sides_shown(sample, reply))
    return any(answer.value is not None for answer in sample.answers) or _says(sample, reply)


def _says(sample: Sample, reply: Reply) -> bool:
    """Whether a claim says what a gold text says: in at least half of its words, or in those of what supports it."""
    supporting = [one for one in reply.answer.citations if _answers(sample, one)]
    claims = list(standing(reply.answer.claims))
    said = {token for claim in claims for token in tokens(claim.text)}
    gold = [set(tokens(text)) for answer in sample.answers for text in variants(answer.text)]
    return any(verbatim(claim, supporting) for claim in claims) or any(
        words and len(words & said) >= _SAYS * len(words) for words in gold
    )


def _answers(sample: Sample, citation: Citation) -> bool:
    """Whether a citation overlaps a support quote; where a whole paragraph is gold, it has to hold a gold answer."""
    held = fold(citation.quote)
    return any(
        support.overlaps(citation.article_id, citation.start, citation.end)
        and (support.quote is not None or any(fold(answer.text) in held for answer in sample.answers))
        for support in sample.support
    )
