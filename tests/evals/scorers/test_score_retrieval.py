"""Retrieval: a passage counts when it overlaps a support quote, or lies in the gold paragraph."""

import pytest
from evals_fakes import TRACE

from evals.datasets import GoldAnswer, Sample, Support
from evals.scorers import Reply, Score
from evals.scorers.retrieval import score_retrieval
from qa.answer import Answer, ShownPassage, Status

TEXT = "One two three. Four five six. Seven eight nine."
QUOTE = Support(article_id="a", quote="Four five six.", start=15, end=29)
HIT, MISS = ("a", 15, 29), ("b", 15, 29)

Stretch = tuple[str, int, int]
"""An article, and from where to where in it."""


def scored(*passages: Stretch, support: tuple[Support, ...] = (QUOTE,), status: Status = "answered") -> Score:
    """What these passages, best first, score on a question with some support."""
    shown = tuple(
        ShownPassage(
            passage_id="p", article_id=article, score=1.0, text=TEXT[start:end], start=start, end=end,
            title=None, outlet=None, published_at=None, language="en",
        )
        for article, start, end in passages
    )  # fmt: skip
    answer = Answer(
        id="ans_1", question="?", status="answered", reason=None, answer="", answer_language="en",
        claims=(), citations=(), passages=shown, trace=TRACE,
    )  # fmt: skip
    answers = (GoldAnswer(text="six"),)
    sample = Sample(id="q", question="?", language="en", kind="where", status=status, answers=answers, support=support)
    return score_retrieval(sample, Reply(answer=answer))


def rates(score: Score) -> dict[str, float]:
    """Its rates, rounded."""
    return {name: round(part.rate, 4) for name, part in score.parts.items()}


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([HIT], 1.0),
        ([MISS, HIT], 1 / 2),
        ([("b", 0, 47), ("a", 0, 14), ("a", 14, 16)], 1 / 3),
        ([("a", 28, 47)], 1.0),
        ([("a", 0, 47)], 1.0),
        ([("a", 0, 15), ("a", 29, 47)], 0.0),
        ([MISS] * 10 + [HIT], 0.0),
        ([], 0.0),
    ],
)
def test_the_first_passage_that_shares_a_character_with_a_quote_gives_the_rank(
    passages: list[Stretch], expected: float
) -> None:
    """One character is enough; touching the quote, another article and the eleventh place are not."""
    assert expected == scored(*passages).parts["mrr"].rate


def test_any_passage_of_a_gold_paragraph_counts() -> None:
    """Support without a quote is the whole article."""
    assert scored(("b", 0, 3), ("a", 40, 44), support=(Support(article_id="a"),)).parts["mrr"].rate == 1 / 2


def test_a_quote_that_stands_nowhere_is_never_found() -> None:
    """Support whose words are not in the article has no place to overlap."""
    assert scored(HIT, support=(Support(article_id="a", quote="Ten."),)).parts["mrr"].rate == 0.0


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([HIT], {"recall_at_1": 1.0, "recall_at_5": 1.0, "mrr": 1.0, "ndcg_at_10": 1.0}),
        ([MISS] * 4 + [HIT], {"recall_at_1": 0.0, "recall_at_5": 1.0, "mrr": 0.2, "ndcg_at_10": 0.3869}),
        ([MISS] * 5 + [HIT], {"recall_at_1": 0.0, "recall_at_5": 0.0, "mrr": 0.1667, "ndcg_at_10": 0.3562}),
        ([HIT, MISS, HIT], {"recall_at_1": 1.0, "recall_at_5": 1.0, "mrr": 1.0, "ndcg_at_10": 0.9197}),
        ([MISS], {"recall_at_1": 0.0, "recall_at_5": 0.0, "mrr": 0.0, "ndcg_at_10": 0.0}),
    ],
)
def test_each_measure_of_retrieval_has_its_own_cut(passages: list[Stretch], expected: dict[str, float]) -> None:
    """R@1, R@5, MRR and nDCG@10 by hand; a question without a hit counts zero in each."""
    assert expected == rates(scored(*passages))


def test_a_question_without_a_right_passage_is_not_measured() -> None:
    """No support, or an answer that the archive does not hold: no score, and not a zero."""
    assert scored(HIT, support=()) == Score()
    assert scored(HIT, status="insufficient_evidence") == Score()


def test_gain_is_measured_against_all_that_could_be_found() -> None:
    """Two articles answer and one is found, first: 1 of 1 + 1 / log₂ 3."""
    support = (Support(article_id="a"), Support(article_id="c"))

    assert scored(HIT, support=support).parts["ndcg_at_10"].rate == pytest.approx(0.6131, abs=1e-4)
