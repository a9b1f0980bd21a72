"""Do claims agree? Which are sides of a dispute, and which has a later claim by the same speaker replaced?

Two figures disagree when they count the same and their values and bounds cannot both hold (FIGURES.md › Agreement):
exact 28 against exact 30 do, at least 25 and exact 28 do not. The same speaker's later figure is an update. What one
speaker says twice, and copies of one report, are one voice.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.domain import Bound, StatedFigure
from qa.domain import Draft

_NEAR = 0.1
"""How far "about" reaches: "about thirty" holds for 28, not for 25."""


class Agreement(NamedTuple):
    """What claims are to each other."""

    drafts: tuple[Draft, ...]
    """Best first; of one speaker's claims on one thing the newest first."""

    superseded_by: Mapping[int, int]
    """Index of the later claim by the same speaker that replaces a claim."""

    disputed: bool
    """Whether independent speakers give values that cannot both hold."""


def agree(drafts: Sequence[Draft]) -> Agreement:
    """Order verified drafts, find updates and say whether they are disputed."""
    ordered = _newest_first(drafts)
    superseded = {
        at: later
        for at, draft in enumerate(ordered)
        for later in [next((one for one in range(at) if _updates(ordered[one], draft)), None)]
        if later is not None
    }
    standing = [draft for at, draft in enumerate(ordered) if at not in superseded]
    disputed = any(disagree(one, other) for at, one in enumerate(standing) for other in standing[at + 1 :])
    return Agreement(tuple(ordered), superseded, disputed)


def _newest_first(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in their order, but a speaker's newer figure of the same thing before the older one."""
    ordered: list[Draft] = []
    for draft in drafts:
        place = next((at for at, other in enumerate(ordered) if _updates(draft, other)), len(ordered))
        ordered.insert(place, draft)
    return ordered


def _updates(later: Draft, earlier: Draft) -> bool:
    """Whether one draft is the same speaker's newer figure of the same thing."""
    if later.figure is None or earlier.figure is None or later.voice != earlier.voice:
        return False
    if not _one_thing(later.figure, earlier.figure) or compatible(later.figure, earlier.figure):
        return False
    first, second = earlier.article.published_at, later.article.published_at
    return first is not None and second is not None and second > first


def disagree(one: Draft, other: Draft) -> bool:
    """Whether two drafts by different speakers give values of one thing that cannot both hold."""
    if one.figure is None or other.figure is None or one.voice == other.voice:
        return False
    return _one_thing(one.figure, other.figure) and not compatible(one.figure, other.figure)


def _one_thing(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures count things of one kind, to whom the same has happened."""
    if one.fate and other.fate and one.fate != other.fate:
        return False
    if "percent" in {one.unit_canonical, other.unit_canonical}:
        return one.unit_canonical == other.unit_canonical
    return True


def compatible(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures can both hold: their ranges of possible values meet."""
    return _holds(one.value, one.bound, other.value, other.bound)


def _holds(value: float, bound: Bound, other: float, other_bound: Bound) -> bool:
    low, high = _range(value, bound)
    other_low, other_high = _range(other, other_bound)
    return low <= other_high and other_low <= high


def _range(value: float, bound: Bound) -> tuple[float, float]:
    """The values that a figure leaves possible; open ends are closed, as they meet in reports ("more than 50", 50)."""
    if bound == "approximately":
        return value * (1 - _NEAR), value * (1 + _NEAR)
    if bound in {"at_least", "more_than"}:
        return value, float("inf")
    if bound in {"at_most", "less_than"}:
        return 0.0, value
    return value, value
