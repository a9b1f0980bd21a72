"""Do the words of an answer match the gold ones? For answers that are no figures."""

from evals.datasets import Sample
from evals.likeness import f1, standing, tokens, variants
from evals.scorers.score import Measure, Part, Reply, Score

MEASURES = (
    Measure(name="answer_f1", label="Text answers: token F1"),
    Measure(name="answer_exact_match", label="Text answers: exact match"),
)


def score_text(sample: Sample, reply: Reply) -> Score:
    """Compare all that is claimed, taken together, with the gold answer it is nearest to."""
    gold = [text for answer in sample.answers if answer.value is None for text in variants(answer.text)]
    if sample.status != "answered" or not gold:
        return Score()
    said = " ".join(claim.text for claim in standing(reply.answer.claims))
    exact = any(tokens(said) == tokens(text) for text in gold)
    return Score(
        parts={
            "answer_f1": Part(max(f1(said, text) for text in gold)),
            "answer_exact_match": Part.whether(exact),
        }
    )
