"""How measures changed between two runs, and whether that is worse than margin or chance allow.

Yes-or-no measures are compared by McNemar's exact test (1947) over the items both runs scored; for all, the change of
the rate has an interval from a bootstrap that draws clusters, with both runs' answers to each (`evals.measures`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evals.measures import Columns, applies, columns_of, drawn, rate_of
from evals.runs import ItemResult, Run
from evals.scorers import MEASURES, Measure
from ingest.domain import Value

MARGIN = 0.02
"""How much worse a rate may come out before it is a regression."""

GROUP_MARGIN = 0.05
"""The same over a group of items, where that is more: what one language wins, another must not lose."""

GROUP_ITEMS = 2
"""A group also has to lose more than so many items: of a dozen, one is a lot and means little."""

_WORST = {"higher": 0.0, "lower": 1.0}
_NOTHING = 1e-9
"""What floating point may make of a margin."""


class Rule(NamedTuple):
    """When a change is a regression."""

    margin: float = MARGIN
    """Worse by more than this, as a rate."""

    alpha: float | None = None
    """And, where given, unlikely by chance: p, or the share of the interval that reaches zero, below this."""


class Change(Value):
    """One measure in both runs."""

    measure: str
    label: str

    group: str | None = None
    """The items it is over: a language, or those asked across languages; `None`: all."""

    baseline: float | None
    run: float | None
    """Rates over the items that both runs scored."""

    change: float | None
    """The run's rate less the baseline's."""

    low: float | None = None
    high: float | None = None
    """The change's 95 % interval."""

    p: float | None = None
    """McNemar's exact two-sided p, of yes-or-no measures."""

    regression: bool = False
    broken: bool = False
    """Whether an invariant does not hold in the run, however it was before."""


Pairs = Sequence[tuple[ItemResult, ItemResult]]
"""Each item in the baseline and in the run."""


def changes_of(pairs: Pairs, run: Run, rule: Rule) -> Iterator[Change]:
    """Every measure over the items that both runs scored; of groups, only where one got worse."""
    scored = [(old, new) for old, new in pairs if old.unscored is None and new.unscored is None]
    apart = Rule(max(rule.margin, GROUP_MARGIN), rule.alpha)
    for name, measure in MEASURES.items():
        table = run.measures.get(name)
        broken = measure.must_be is not None and table is not None and table.overall.rate != measure.must_be
        whole = _change(measure, scored, rule, run.seed)
        if whole:
            yield whole.model_copy(update={"broken": broken})
        for group, members in _groups(scored).items():
            part = _change(measure, members, apart, run.seed)
            number = sum(applies(name, new) for _, new in members)
            lost = abs(part.change or 0.0) * number if part else 0.0
            if part and part.regression and lost > GROUP_ITEMS and not (whole and whole.regression):
                yield part.model_copy(update={"group": group})


def _groups(pairs: Pairs) -> dict[str, Pairs]:
    groups: dict[str, list[tuple[ItemResult, ItemResult]]] = defaultdict(list)
    for pair in pairs:
        groups[f"in {pair[0].language}"].append(pair)
        groups["across languages" if pair[0].cross_lingual else "within a language"].append(pair)
    return dict(groups)


def _change(measure: Measure, pairs: Pairs, rule: Rule, seed: int) -> Change | None:
    name, before, after = measure.name, [old for old, _ in pairs], [new for _, new in pairs]
    old, new = _rate(name, before), _rate(name, after)
    if old is None and new is None:
        return None
    if old is None or new is None:
        # What no item is scored by any longer was given up: without figures there are no wrong speakers.
        gone = new is None and measure.gates and measure.must_be is None and old != _WORST[measure.better]
        return Change(measure=name, label=measure.label, baseline=old, run=new, change=None, regression=gone)
    change = new - old
    worse = measure.gates and (-change if measure.better == "higher" else change) > rule.margin + _NOTHING
    low, high = _interval(name, before, after, seed)
    p = _mcnemar(name, pairs)
    return Change(
        measure=name,
        label=measure.label,
        baseline=round(old, 6),
        run=round(new, 6),
        change=round(change, 6),
        low=round(low, 6),
        high=round(high, 6),
        p=p,
        regression=worse and _unlikely(rule.alpha, p, low, high),
    )


def _rate(measure: str, items: Sequence[ItemResult]) -> float | None:
    scored = [item for item in items if applies(measure, item)]
    return float(rate_of(measure)(columns_of(measure, scored).sum(axis=0))) if scored else None


def _unlikely(alpha: float | None, p: float | None, low: float, high: float) -> bool:
    if alpha is None:
        return True
    return p < alpha if p is not None else not low <= 0.0 <= high


def _interval(
    measure: str, before: Sequence[ItemResult], after: Sequence[ItemResult], seed: int
) -> tuple[float, float]:
    """Interval of the change of a rate, both runs' sums of a cluster drawn together."""
    names = dict.fromkeys(item.cluster for item in (*before, *after) if applies(measure, item))
    rows = []
    for cluster in names:
        pair = [[item for item in items if item.cluster == cluster] for items in (before, after)]
        rows.append(np.concatenate([columns_of(measure, items)[0] for items in pair]))
    columns, rate = np.stack(rows), rate_of(measure)
    width = columns.shape[-1] // 2

    def change(sums: Columns) -> Columns:
        difference: Columns = rate(sums[..., width:]) - rate(sums[..., :width])
        return difference

    whole = float(change(columns.sum(axis=0)))
    return drawn(columns, change, seed) or (whole, whole)


def _mcnemar(measure: str, pairs: Pairs) -> float | None:
    """Exact p of the items that flipped; `None` where the measure is no yes or no."""
    from scipy.stats import binomtest

    parts = [item.scores[measure] for pair in pairs for item in pair if measure in item.scores]
    if not parts or any(tuple(part) not in {(0.0, 1.0), (1.0, 1.0)} for part in parts):
        return None
    both = [
        (old.scores[measure].hits, new.scores[measure].hits)
        for old, new in pairs
        if measure in old.scores and measure in new.scores
    ]
    gained, lost = sum(new > old for old, new in both), sum(new < old for old, new in both)
    return float(binomtest(min(gained, lost), gained + lost, 0.5).pvalue) if gained + lost else 1.0
