"""Rates and their intervals: over items, drawn by stories."""

from collections.abc import Sequence

import numpy as np
import pytest

from evals.datasets import Sample, Support
from evals.measures import clusters, interval, rate_of, summarize
from evals.runs import ItemResult
from evals.scorers import Part


def sample(key: str, *articles: str) -> Sample:
    """A question with support in some articles."""
    support = tuple(Support(article_id=one) for one in articles)
    return Sample(id=key, question="?", language="en", kind="figure", status="answered", support=support)


def results(parts: Sequence[tuple[str, float, float]], measure: str = "citation_precision") -> list[ItemResult]:
    """Results of (cluster, hits, of)."""
    return [
        ItemResult(
            id=str(at), question="?", language="en", kind="figure", cross_lingual=False, cluster=cluster, gold={},
            scores={measure: Part(hits, of)},
        )
        for at, (cluster, hits, of) in enumerate(parts)
    ]  # fmt: skip


def test_items_that_share_an_article_are_of_one_cluster() -> None:
    """So are those that share one with them; what rests on nothing is by itself."""
    found = clusters(
        [sample("1", "a"), sample("2", "b", "a"), sample("3", "b"), sample("4", "c"), sample("5"), sample("6")]
    )

    assert len({found["1"], found["2"], found["3"]}) == 1
    assert len(set(found.values())) == 4


def test_a_rate_is_hits_over_all_not_a_mean_of_shares() -> None:
    """One of one and none of three citations are a quarter."""
    table = summarize(results([("a", 1, 1), ("b", 0, 3)]), 1)["citation_precision"]

    assert (table.overall.rate, table.overall.n) == (0.25, 2)


def test_the_interval_draws_stories() -> None:
    """A hundred items of four stories, each all right or all wrong, tell no more than four."""
    many = [("a", 1.0, 1.0)] * 25 + [("b", 1.0, 1.0)] * 25 + [("c", 0.0, 1.0)] * 25 + [("d", 1.0, 1.0)] * 25
    alone = [(str(at), hits, of) for at, (_, hits, of) in enumerate(many)]
    stories, items = (summarize(results(parts), 1)["citation_precision"].overall for parts in (many, alone))

    assert stories.rate == items.rate == 0.75
    assert stories.high - stories.low > 3 * (items.high - items.low)


def test_the_interval_of_a_share_is_the_one_it_has() -> None:
    """60 of 100 independent items: near .50 to .69, which is Wilson's; the same seed gives the same to the letter."""
    parts = [(str(at), float(at < 60), 1.0) for at in range(100)]
    one, again, other = (summarize(results(parts), seed)["citation_precision"].overall for seed in (1, 1, 2))

    assert [one.low, one.high] == pytest.approx([0.502, 0.691], abs=0.02)
    assert one == again != other


@pytest.mark.parametrize(("hits", "low", "high"), [(1.0, 0.7225, 1.0), (0.0, 0.0, 0.2775)])
def test_where_all_fare_the_same_the_interval_is_wilsons(hits: float, low: float, high: float) -> None:
    """Ten of ten is not certainty."""
    rate = summarize(results([(str(at), hits, 1.0) for at in range(10)]), 1)["citation_precision"].overall

    assert [rate.low, rate.high] == pytest.approx([low, high], abs=1e-3)


def test_one_story_alone_gives_an_interval_too() -> None:
    """Wilson's of one, however little it says: no rate is certain because nothing is there to compare it with."""
    low, high = interval(np.array([[3.0, 4.0]]), rate_of("citation_precision"), 1)

    assert (low, high) == pytest.approx((0.118, 0.985), abs=1e-3)


def test_measures_that_apply_to_nothing_are_not_there() -> None:
    """A set without disputes has no dispute recall, not one of zero."""
    assert summarize(results([("a", 1, 1)]), 1).keys() == {"citation_precision"}
