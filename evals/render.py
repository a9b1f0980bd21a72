"""Runs and comparisons as tables for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evals.compare import Change, Comparison, Flip
from evals.runs import Run
from evals.scorers import MEASURES
from evals.scorers.judge import NOT_JUDGED

if TYPE_CHECKING:
    from rich.table import Table

_SHOWN = 8
_LONGEST = 150


def run_table(run: Run) -> "Table":
    """Every measure with its interval."""
    from rich.table import Table

    table = Table("measure", "rate", "95 % interval", "n")
    for name, rates in run.measures.items():
        whole = rates.overall
        table.add_row(MEASURES[name].label, f"{whole.rate:.3f}", f"{whole.low:.3f} to {whole.high:.3f}", str(whole.n))
    return table


def run_lines(run: Run) -> Iterator[str]:
    """What is beside the measures: latency, tokens, what was not asked."""
    times = run.clock.latency_ms
    if "total p50" in times:
        yield f"An answer takes {times['total p50']:.0f} ms, {times['total p95']:.0f} ms at the 95th percentile."
    if run.tokens:
        yield "Models were paid: " + ", ".join(f"{name} {value:,g}" for name, value in run.tokens.items())
    absent = [item.unscored for item in run.items if item.not_offered]
    if absent:
        yield f"{len(absent)} of {run.n} items are not asked, and in no rate: {absent[0]}"


def failure_lines(run: Run, unscored: Sequence[str]) -> Iterator[str]:
    """What failed, and what to do."""
    if unscored:
        yield f"{len(unscored)} of {run.n} items are unscored, and in no rate: {unscored[0]}"
        yield "Run the same command again to ask those that failed."
    if ungraded := not_judged(run):
        yield f"{len(ungraded)} answers have no grade: {ungraded[0]}"


def not_judged(run: Run) -> list[str]:
    """Why answers that were to be judged have no grade."""
    if not run.versions.judge:
        return []
    return [fault for item in run.items for fault in item.faults if fault.startswith(NOT_JUDGED)]


def comparison_table(comparison: Comparison) -> "Table":
    """Every measure before and after."""
    from rich.table import Table

    table = Table("measure", "baseline", "run", "change", "95 % interval", "p", "")
    for one in comparison.changes:
        table.add_row(
            f"{one.label}, {one.group}" if one.group else one.label,
            _rate(one.baseline),
            _rate(one.run),
            "" if one.change is None else f"{one.change:+.3f}",
            "" if one.low is None or one.high is None else f"{one.low:+.3f} to {one.high:+.3f}",
            "" if one.p is None else f"{one.p:.3g}",
            _verdict(one),
        )
    return table


def comparison_lines(comparison: Comparison, *, every: bool = False) -> Iterator[str]:
    """What broke, what was lost, what flipped, item by item, the worse first."""
    for key, faults in comparison.breaches.items():
        yield f"BROKEN {key}: {_short('; '.join(faults), every=every)}"
    for key, why in comparison.lost.items():
        yield f"LOST {key}: {why}"
    flips = sorted(comparison.flips, key=lambda flip: (not flip.worse, bool(flip.better)))
    for flip in flips if every else flips[:_SHOWN]:
        yield from _flip_lines(flip, every=every)
    if not every and len(flips) > _SHOWN:
        yield f"… and {len(flips) - _SHOWN} more; --all shows them."
    shown = [f"{name} {_cost(old)} → {_cost(new)}" for name, (old, new) in comparison.costs.items() if _told(name)]
    if shown:
        yield f"Costs, of which nothing fails: {', '.join(shown)}"
    if comparison.same:
        yield "The runs are the same in everything but their times."
    yield _conclusion(comparison)


def _flip_lines(flip: Flip, *, every: bool) -> Iterator[str]:
    yield f"{flip.id} ({flip.kind}, {flip.language}) {flip.question}"
    if flip.worse:
        yield f"  worse: {', '.join(flip.worse)}"
    if flip.better:
        yield f"  better: {', '.join(flip.better)}"
    if flip.before != flip.after:
        yield f"  before: {_short(flip.before, every=every)}"
        yield f"  after:  {_short(flip.after, every=every)}"
    for fault in flip.faults if flip.worse else ():
        yield f"  fault:  {_short(fault, every=every)}"


def _conclusion(comparison: Comparison) -> str:
    worse = [f"{one.label}, {one.group}" if one.group else one.label for one in comparison.changes if one.regression]
    broken = [one.label for one in comparison.changes if one.broken]
    if not comparison.red:
        return f"{comparison.dataset}: no regression."
    said = [
        f"{what}: {'; '.join(labels)}"
        for what, labels in (("worse", worse), ("broken", broken), ("no longer scored", [*comparison.lost]))
        if labels
    ]
    return f"{comparison.dataset}: REGRESSION. {'. '.join(said).capitalize()}."


def _told(cost: str) -> bool:
    """Whether a cost is worth a word here: whole answers, and what an item was paid for."""
    return cost in {"total p50", "total p95"} or cost.endswith("per item")


def _cost(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.3f}"


def _verdict(change: Change) -> str:
    if change.broken:
        return "BROKEN"
    return "WORSE" if change.regression else ""


def _short(text: str, *, every: bool) -> str:
    line = " ".join(text.split())
    return line if every or len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
