"""Numbers of a run as things to draw; the template only draws them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from evals.measures import columns_of, interval, rate_of
from evals.runs import ItemResult, Run

BINS = 10
"""Of the calibration plot, equal in width."""

BARS = 24
"""Of the histogram of times, equal in width on a logarithmic scale."""

_PRECISION = "answer_accuracy"


class Bin(NamedTuple):
    """Answers of about the same confidence."""

    confidence: float
    """Their mean confidence."""
    right: float
    """Share of them that are right."""
    low: float
    high: float
    n: int


class Bar(NamedTuple):
    """Answers that took about as long."""

    from_ms: float
    to_ms: float
    n: int
    share: float
    """Of the tallest bar."""


class Cell(NamedTuple):
    """One kind in one language."""

    rate: float | None
    n: int


class HeatMap(NamedTuple):
    """A measure by kind and language."""

    languages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def heat_map(run: Run, measure: str) -> HeatMap:
    """Rates of a measure by kind × language."""
    groups: dict[tuple[str, str], list[ItemResult]] = defaultdict(list)
    for item in run.items:
        if measure in item.scores:
            groups[item.kind, item.language].append(item)
    languages = tuple(sorted({language for _, language in groups}))
    kinds = sorted({kind for kind, _ in groups})

    def cell(kind: str, language: str) -> Cell:
        items = groups.get((kind, language), [])
        return Cell(float(rate_of(measure)(columns_of(measure, items).sum(axis=0))) if items else None, len(items))

    return HeatMap(languages, tuple((kind, tuple(cell(kind, one) for one in languages)) for kind in kinds))


def calibration(run: Run) -> list[Bin]:
    """How often answers of some confidence are right; those that abstained claim nothing and are not in it."""
    bins: dict[int, list[tuple[float, ItemResult]]] = defaultdict(list)
    for item in run.items:
        trace = (item.answer or {}).get("trace") or {}
        confidence, claims = trace.get("confidence"), (item.answer or {}).get("claims")
        if confidence is not None and claims and _PRECISION in item.scores:
            bins[min(BINS - 1, int(confidence * BINS))].append((confidence, item))
    found = []
    for _, members in sorted(bins.items()):
        columns = columns_of(_PRECISION, [item for _, item in members])
        low, high = interval(columns, rate_of(_PRECISION), run.seed)
        right = float(rate_of(_PRECISION)(columns.sum(axis=0)))
        found.append(Bin(float(np.mean([one for one, _ in members])), right, low, high, len(members)))
    return found


def latency(run: Run) -> list[Bar]:
    """How long answers took, as a histogram."""
    times = [item.times.total_ms for item in run.items if item.unscored is None and item.times.total_ms > 0]
    if not times:
        return []
    edges = np.geomspace(min(times) * 0.999, max(times) * 1.001, BARS + 1)
    counts, _ = np.histogram(times, edges)
    tallest = counts.max()
    return [
        Bar(float(low), float(high), int(count), float(count / tallest))
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]


def steps(run: Run) -> list[tuple[str, float, float]]:
    """Name, p50 and p95 in milliseconds of the whole and of each step."""
    times = run.clock.latency_ms
    names = dict.fromkeys(name.rsplit(" ", 1)[0] for name in times)
    return [(name, times[f"{name} p50"], times[f"{name} p95"]) for name in names]


def failed(items: Iterable[ItemResult]) -> list[ItemResult]:
    """Items that were answered wrongly in any respect, or broke something; the gravest first."""
    wrong = [item for item in items if item.unscored is None and (item.faults or not item.right)]
    return sorted(wrong, key=lambda item: (item.right, item.kind, item.id))


def unscored(items: Iterable[ItemResult]) -> dict[str, list[ItemResult]]:
    """Items without scores by the reason."""
    reasons: dict[str, list[ItemResult]] = defaultdict(list)
    for item in items:
        if item.unscored:
            reasons[item.unscored].append(item)
    return reasons


def quotes_of(item: ItemResult) -> Sequence[dict[str, Any]]:
    """The citations of an item's answer."""
    return (item.answer or {}).get("citations") or ()
