"""Retrieval is scored as EVALS.md defines it."""

from hashlib import sha256

import pytest

from evals.datasets import Sample, Support
from evals.retrieval import RetrievalScore, measure, score
from ingest.domain import Article
from qa.domain import RankedPassage, Scores

TEXT = "One two three. Four five six. Seven eight nine."


def passage(article_id: str, start: int, end: int) -> RankedPassage:
    """A passage of an article with the text above."""
    article = Article(id=article_id, language="en", text=TEXT, sha256=sha256(TEXT.encode()).hexdigest())
    scores = Scores(dense=0.9, lexical=0.1, names=0.0)
    return RankedPassage(passage_id="p", article=article, start=start, end=end, score=1.0, scores=scores)


def sample(*support: Support) -> Sample:
    """A question with some support."""
    return Sample(
        id="q", question="?", language="en", kind="figure", status="answered", answers=("six",), support=support
    )


def test_a_passage_counts_when_it_overlaps_a_quote() -> None:
    """The first passage of the right article that shares a character with the quote gives the rank."""
    gold = sample(Support(article_id="a", quote="Four five six."))

    found = score(gold, [passage("b", 0, 47), passage("a", 0, 14), passage("a", 14, 16)])

    assert found.rank == 3


def test_a_passage_beside_the_quote_does_not_count() -> None:
    """Touching the quote is not overlapping it."""
    gold = sample(Support(article_id="a", quote="Four five six."))

    assert score(gold, [passage("a", 0, 15), passage("a", 29, 47)]).rank is None


def test_any_passage_of_a_gold_paragraph_counts() -> None:
    """Support without a quote is the whole article."""
    assert score(sample(Support(article_id="a")), [passage("b", 0, 3), passage("a", 40, 44)]).rank == 2


def test_measures_are_means_over_questions() -> None:
    """R@1, R@5, MRR and nDCG are averaged; a question without a hit counts zero."""
    scores = [RetrievalScore(rank=1, ndcg=1.0), RetrievalScore(rank=4, ndcg=0.5), RetrievalScore(rank=None, ndcg=0.0)]

    measures = measure(scores)

    assert (measures.n, measures.r_at_1, measures.r_at_5) == (3, pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (measures.mrr, measures.ndcg_at_10) == (pytest.approx(1.25 / 3), pytest.approx(0.5))


def test_a_set_without_support_cannot_be_measured() -> None:
    """No question with support is an error, not a zero."""
    with pytest.raises(ValueError, match="cannot be measured"):
        measure([])
