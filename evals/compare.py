"""Two runs of one set: what got worse, what broke, which items flipped."""

from collections.abc import Collection, Mapping

from evals.changes import Change, Rule, changes_of
from evals.runs import ItemResult, Run, RunError
from evals.scorers import MEASURES, Measure
from ingest.domain import Value

__all__ = ["Change", "Comparison", "Flip", "Rule", "breaks", "compare"]


class Flip(Value):
    """An item that fares otherwise than before."""

    id: str
    question: str
    kind: str
    language: str
    better: tuple[str, ...]
    worse: tuple[str, ...]
    """Yes-or-no measures that changed, and those that got worse over all."""
    before: str
    after: str
    """The answers, in short."""
    faults: tuple[str, ...]
    """What is wrong with it now that was not before."""


class Comparison(Value):
    """Everything that is to be said of two runs."""

    dataset: str
    same: bool
    """Whether they differ in nothing but their times."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]

    breaches: Mapping[str, tuple[str, ...]]
    """Items that break an invariant, with how."""

    costs: Mapping[str, tuple[float | None, float | None]]
    """Milliseconds and tokens, before and after; nothing fails for them."""

    lost: Mapping[str, str]
    """Items that the baseline scored and the run did not, with why."""

    @property
    def red(self) -> bool:
        """Whether the run must not land."""
        return bool(self.lost or self.breaches) or any(one.regression or one.broken for one in self.changes)


def compare(baseline: Run, run: Run, rule: Rule | None = None) -> Comparison:
    """Compare a run with a baseline.

    Raises:
        RunError: they are not of the same data and the same items.
    """
    _same_data(baseline, run)
    before = {item.id: item for item in baseline.items}
    pairs = [(before[item.id], item) for item in run.items]
    changes = tuple(changes_of(pairs, run, rule or Rule()))
    regressed = {one.measure for one in changes if one.regression}
    return Comparison(
        dataset=run.dataset,
        same=baseline.same_answers(run),
        changes=changes,
        flips=tuple(flip for old, new in pairs if (flip := _flip(old, new, regressed))),
        breaches={item.id: item.faults for item in run.items if breaks(item)},
        costs=_costs(baseline, run),
        lost={new.id: new.unscored for old, new in pairs if new.unscored and old.unscored is None},
    )


def _costs(baseline: Run, run: Run) -> dict[str, tuple[float | None, float | None]]:
    old, new = ({**one.clock.latency_ms, **one.tokens} for one in (baseline, run))
    return {name: (old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))}


def _same_data(baseline: Run, run: Run) -> None:
    if baseline.data_sha256 != run.data_sha256:
        raise RunError(
            f"The runs are of different data ({baseline.dataset} {baseline.data_sha256[:12]} and {run.dataset} "
            f"{run.data_sha256[:12]}): nothing can be said of the change. Run the baseline anew on this data."
        )
    one, other = ({item.id for item in each.items} for each in (baseline, run))
    if one != other:
        raise RunError(
            f"The runs asked different items of {run.dataset}: {len(one - other)} of the baseline are missing, "
            f"{len(other - one)} are new. Run both with the same --limit and --seed."
        )


def breaks(item: ItemResult) -> bool:
    """Whether an item breaks an invariant."""
    return any(
        measure.must_be is not None and name in item.scores and item.scores[name].rate != measure.must_be
        for name, measure in MEASURES.items()
    )


def _flip(before: ItemResult, after: ItemResult, regressed: Collection[str]) -> Flip | None:
    """An item whose yes-or-no measures changed, or that has part in what got worse."""
    better: list[str] = []
    worse: list[str] = []
    for name, measure in MEASURES.items():
        if name not in before.scores or name not in after.scores:
            continue
        gain = _gain(measure, before, after)
        yes_or_no = before.scores[name].of == after.scores[name].of == 1.0 and abs(gain) == 1.0
        if gain and (yes_or_no or name in regressed):
            (better if gain > 0 else worse).append(name)
    if not better and not worse:
        return None
    return Flip(
        id=after.id,
        question=" … ".join((*(turn.content for turn in after.history[-1:]), after.question)),
        kind=after.kind,
        language=after.language,
        better=tuple(better),
        worse=tuple(worse),
        before=in_short(before),
        after=in_short(after),
        faults=tuple(fault for fault in after.faults if fault not in before.faults),
    )


def _gain(measure: Measure, before: ItemResult, after: ItemResult) -> float:
    change = after.scores[measure.name].rate - before.scores[measure.name].rate
    return change if measure.better == "higher" else -change


def in_short(item: ItemResult) -> str:
    """An answer in a line: its status or verdict, and what is claimed by whom."""
    answer = item.answer or {}
    claims = [
        f"{claim['speaker']['name']}: {claim['text']}" if claim.get("speaker") else claim["text"]
        for claim in answer.get("claims") or []
    ]
    status = answer.get("status") or answer.get("verdict") or item.unscored or "nothing"
    reason = f" ({answer['reason']})" if answer.get("reason") else ""
    return " · ".join([f"{status}{reason}", *claims])
