"""Scores of items → rates with their intervals, overall and by group.

Items that rest on the same articles fare alike: intervals come from a bootstrap that draws clusters of them, stories
that share an article, and not single items (Cameron, Gelbach, Miller, 2008). Where all clusters fare the same a
bootstrap can tell nothing, and the interval is Wilson's (1927), over clusters.
"""

import math
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from evals.datasets import Item, Verdict
from evals.runs import ItemResult, Rate, RateTable
from evals.scorers import MEASURES

Columns = npt.NDArray[np.float64]
"""What a rate is computed from: clusters × columns, which add up."""

CONFIDENCE = 0.95
RESAMPLES = 2_000
_Z = 1.959964
"""Of the normal distribution, for 95 %."""

MACRO_F1 = "verdict_macro_f1"
_VERDICTS = get_args(Verdict)


def clusters(items: Iterable[Item]) -> dict[str, str]:
    """The cluster of each item, by id.

    Items that share an article of their support are of one, and those that share one with them; an item without
    support is its own.
    """
    parents: dict[str, str] = {}

    def root(node: str) -> str:
        while parents.setdefault(node, node) != node:
            node = parents[node]
        return node

    items = list(items)
    for item in items:
        articles = [f"article {support.article_id}" for support in item.support] or [f"item {item.id}"]
        for article in articles[1:]:
            parents[root(article)] = root(articles[0])
    return {
        item.id: root(f"article {item.support[0].article_id}" if item.support else f"item {item.id}") for item in items
    }


def columns_of(measure: str, items: Sequence[ItemResult]) -> Columns:
    """Sums a cluster: hits and out of how many; for the macro F1, how often each verdict was given for each."""
    sums: dict[str, Columns] = {}
    for item in items:
        row = _confusion(item) if measure == MACRO_F1 else np.array(item.scores.get(measure, (0.0, 0.0)), dtype=float)
        sums[item.cluster] = sums.get(item.cluster, np.zeros_like(row)) + row
    return np.stack(list(sums.values())) if sums else np.zeros((0, 2))


def _confusion(item: ItemResult) -> Columns:
    counts = np.zeros((len(_VERDICTS), len(_VERDICTS)))
    if item.unscored is None and item.answer and "verdict" in item.answer:
        counts[_VERDICTS.index(item.gold["verdict"]), _VERDICTS.index(item.answer["verdict"])] = 1
    return counts.reshape(-1)


def rate_of(measure: str) -> Callable[[Columns], Columns]:
    """How a measure's rate is computed from columns of sums; … × columns to …."""
    return _macro_f1 if measure == MACRO_F1 else _ratio


def _ratio(sums: Columns) -> Columns:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Columns = sums[..., 0] / sums[..., 1]
    return ratio


def _macro_f1(sums: Columns) -> Columns:
    counts = sums.reshape(*sums.shape[:-1], len(_VERDICTS), len(_VERDICTS))
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    gold, given = counts.sum(axis=-1), counts.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = np.where(gold + given > 0, 2 * right / (gold + given), np.nan)
        mean: Columns = np.nanmean(np.where(gold > 0, np.nan_to_num(f1), np.nan), axis=-1)
    return mean


def drawn(columns: Columns, rate: Callable[[Columns], Columns], seed: int) -> tuple[float, float] | None:
    """The 95 % interval of a rate by drawing clusters (clusters × columns); `None` where all of them fare the same."""
    from scipy.stats import DegenerateDataWarning, bootstrap

    each = rate(columns)
    if len(columns) <= 1 or np.unique(np.round(each[np.isfinite(each)], 12)).size <= 1:
        return None

    def statistic(index: npt.NDArray[np.int64], axis: int) -> Columns:
        return rate(columns[index].sum(axis=axis % index.ndim))

    # Clusters are drawn by their number, so that all columns of one stay together.
    with warnings.catch_warnings(action="ignore", category=DegenerateDataWarning):  # of draws that say nothing
        found = bootstrap(
            (np.arange(len(columns)),),
            statistic,
            n_resamples=RESAMPLES,
            method="percentile",
            vectorized=True,
            rng=np.random.default_rng(seed),
        )
    # A draw may hold none of the items that a measure is over: it says nothing.
    values = found.bootstrap_distribution[np.isfinite(found.bootstrap_distribution)]
    low, high = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def interval(columns: Columns, rate: Callable[[Columns], Columns], seed: int) -> tuple[float, float]:
    """The 95 % interval of a rate over clusters (clusters × columns)."""
    if found := drawn(columns, rate, seed):
        return found
    whole, n, z = float(rate(columns.sum(axis=0))), len(columns), _Z
    centre = (whole + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(whole * (1 - whole) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return min(whole, max(0.0, centre - half)), max(whole, min(1.0, centre + half))


def summarize(items: Sequence[ItemResult], seed: int) -> dict[str, RateTable]:
    """Every measure that applies to some item: overall, by kind, by language, and cross-lingual or not."""
    tables = {}
    for measure in MEASURES:
        scored = [item for item in items if applies(measure, item)]
        if not scored:
            continue

        def rate(group: Sequence[ItemResult], measure: str = measure) -> Rate:
            return _rate(measure, group, seed)

        tables[measure] = RateTable(
            overall=rate(scored),
            kind=_by(scored, lambda item: item.kind, rate),
            language=_by(scored, lambda item: item.language, rate),
            cross_lingual=_by(scored, lambda item: "yes" if item.cross_lingual else "no", rate),
        )
    return tables


def applies(measure: str, item: ItemResult) -> bool:
    """Whether an item was scored by a measure."""
    if measure == MACRO_F1:
        return "verdict_accuracy" in item.scores
    return measure in item.scores


def _by(
    items: Iterable[ItemResult], key: Callable[[ItemResult], str], rate: Callable[[Sequence[ItemResult]], Rate]
) -> Mapping[str, Rate]:
    groups: dict[str, list[ItemResult]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: rate(group) for name, group in sorted(groups.items())}


def _rate(measure: str, items: Sequence[ItemResult], seed: int) -> Rate:
    columns, function = columns_of(measure, items), rate_of(measure)
    low, high = interval(columns, function, seed)
    whole: Any = function(columns.sum(axis=0))
    return Rate(rate=round(float(whole), 6), low=round(low, 6), high=round(high, 6), n=len(items))
