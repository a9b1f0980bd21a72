"""Do claims agree? Which are sides of a dispute, and which has a later claim by the same speaker replaced?

Two figures disagree when they count the same and their values and bounds cannot both hold (FIGURES.md › Agreement):
exact 28 against exact 30 do, at least 25 and exact 28 do not, unless a source itself sets the one against the other
("gave a higher toll of 28"). The same speaker's later figure is an update. What one
speaker says twice, and copies of one report, are one voice. A claim that a model wrote may state several figures: it is
at odds with another one where one of them is with all that the other says of the thing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from ingest.domain import ArticleId, Bound, Copy, StatedFigure
from ingest.figures.unit_words import human_units
from ingest.lexis import fold, terms
from qa.domain import Draft

_NEAR = 0.1
"""How far "about" reaches: "about thirty" holds for 28, not for 25."""

_ONE = 1.0
"""How far it reaches at least, of things that are counted whole: "about five" holds for six."""

_FATES = {
    "killed": "killed",
    "wounded": "wounded",
    "missing": "missing",
    "displaced": "displaced",
    "detainees": "detained",
    "hostages": "held",
    "survivors": "rescued",
}
"""Units that say no more of people than what befell them."""

_ANYBODY = frozenset({"people", *_FATES})
"""Units whose figures count people of every kind."""


class Agreement(NamedTuple):
    """What claims are to each other."""

    drafts: tuple[Draft, ...]
    """Best first; behind each what the same speaker said of the same thing before, newest first."""

    superseded_by: Mapping[int, int]
    """Index of the newest claim by the same speaker that replaces a claim."""

    disputed: bool
    """Whether independent speakers give values that cannot both hold."""


class Interval(NamedTuple):
    """The values that a figure leaves possible."""

    low: float
    high: float
    low_held: bool = True
    """Whether the lowest is possible itself: not of "more than 50"."""
    high_held: bool = True
    """Whether the highest is."""

    def meets(self, other: "Interval") -> bool:
        """Whether one value is possible by both."""
        return _reaches(self, other) and _reaches(other, self)


def _reaches(one: Interval, other: Interval) -> bool:
    """Whether the lowest value of one is not above the highest of the other."""
    return one.low < other.high or (one.low == other.high and one.low_held and other.high_held)


Together = Callable[[Draft, Draft], bool]
"""Whether two drafts, the first one the better, tell of one event."""


def agree(
    drafts: Sequence[Draft],
    copies: Mapping[ArticleId, tuple[Copy, ...]] = MappingProxyType({}),
    *,
    together: Together = lambda _, __: True,
    as_told: bool = False,
) -> Agreement:
    """Order verified drafts, leave out repetitions, find updates and say whether the rest is disputed.

    Args:
        drafts: verified drafts, best first.
        copies: copies of the cited articles, by the articles' ids (`Archive.copies`).
        together: tells drafts of one event from others, where they may be of several.
        as_told: whether drafts stay in their order, being told already.
    """
    kept = _without_repetitions(drafts, copies)
    ordered = kept if as_told else _in_order(kept)

    def replaces(one: int, other: int) -> bool:
        first, second = sorted((one, other))
        return updates(ordered[one], ordered[other]) and together(ordered[first], ordered[second])

    superseded = {}
    for at in range(len(ordered)):
        newer = [one for one in (range(len(ordered)) if as_told else range(at)) if replaces(one, at)]
        if newer:
            superseded[at] = next((one for one in newer if not any(replaces(other, one) for other in newer)), newer[0])
    standing = [draft for at, draft in enumerate(ordered) if at not in superseded]
    disputed = any(
        disagree(one, other) and together(one, other) for at, one in enumerate(standing) for other in standing[at + 1 :]
    )
    return Agreement(tuple(ordered), superseded, disputed)


def _without_repetitions(drafts: Sequence[Draft], copies: Mapping[ArticleId, tuple[Copy, ...]]) -> list[Draft]:
    """Drafts without those that say again, in a copy of the same report, what one before them says.

    Within one article every draft stays: two sentences that say the same are two places to look it up.
    """
    kept: list[Draft] = []
    for draft in drafts:
        if not any(_repeats(draft, other, copies) for other in kept):
            kept.append(draft)
    return kept


def _repeats(draft: Draft, other: Draft, copies: Mapping[ArticleId, tuple[Copy, ...]]) -> bool:
    here, there = draft.article.id, other.article.id
    if there not in {copy.article_id for copy in copies.get(here, ())}:
        return False
    if draft.figure is None or other.figure is None:
        return draft.figure == other.figure and fold(draft.quote) == fold(other.quote)
    mine, others = ([(one.value, one.bound) for one in figures_of(each)] for each in (draft, other))
    return mine == others and one_thing(draft.figure, other.figure) and (draft.said is None) == (other.said is None)


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in their order, but a speaker's older figures of one thing behind the newest, newest first."""
    ordered: list[Draft] = []
    for draft in drafts:
        older = next((at for at, other in enumerate(ordered) if updates(draft, other)), None)
        newer = max((at for at, other in enumerate(ordered) if updates(other, draft)), default=None)
        if older is not None:
            ordered.insert(older, draft)
        elif newer is not None:
            ordered.insert(newer + 1, draft)
        else:
            ordered.append(draft)
    return ordered


def figures_of(draft: Draft) -> tuple[StatedFigure, ...]:
    """All figures that a draft states, the one that answers first."""
    return (draft.figure, *draft.more_figures) if draft.figure else draft.more_figures


def updates(later: Draft, earlier: Draft) -> bool:
    """Whether one draft is the same speaker's figure of the same thing of a later day, and another one."""
    if later.voice != earlier.voice:
        return False
    new = figures_of(later)
    if not any(_is_other(one, new) for one in figures_of(earlier)):
        return False
    first, second = earlier.article.published_at, later.article.published_at
    return first is not None and second is not None and second.date() > first.date()


def _is_other(figure: StatedFigure, others: Sequence[StatedFigure]) -> bool:
    """Whether figures say something of one thing with another one, and not the same."""
    of_it = [(other.value, other.bound) for other in others if one_thing(other, figure)]
    return bool(of_it) and (figure.value, figure.bound) not in of_it


def disagree(one: Draft, other: Draft) -> bool:
    """Whether two drafts by different speakers give values of one thing that cannot both hold."""
    if one.voice == other.voice:
        return False
    contrast = _contrasts(one) or _contrasts(other)
    mine, others = figures_of(one), figures_of(other)
    return any(_is_odd(figure, others, contrast=contrast) for figure in mine) or any(
        _is_odd(figure, mine, contrast=contrast) for figure in others
    )


def _is_odd(figure: StatedFigure, others: Sequence[StatedFigure], *, contrast: bool) -> bool:
    """Whether a figure is at odds with all that another draft says of its thing; with nothing, where it says none."""
    near = [other for other in others if _are_near(figure, other)]
    return bool(near) and all(_conflict(figure, other, contrast=contrast) for other in near)


def _conflict(first: StatedFigure, second: StatedFigure, *, contrast: bool) -> bool:
    if first.value != second.value and contrast:
        return True
    if one_thing(first, second):
        return not compatible(first, second)
    # All who died are at least as many as the workers among them.
    if _is_among(first, second):
        first, second = second, first
    return interval(first).high < interval(second).low


_CONTRAST = re.compile(
    r"\b(?:higher|lower|larger|smaller|bigger|different|conflicting|contradictory|rival)\s(?:\w+\s){0,2}?"
    r"(?:tolls?|figures?|numbers?|counts?|estimates?|tally|tallies|totals?)\b"
    r"|\b(?:toll|figure|number|count|total)s?\s(?:even\s|much\s|far\s)?(?:higher|lower)\b"
    r"|(?:حصيل\w+|رقم\w?|عدد\w?|تقدير\w*)\s(?:\w+\s)?(?:اعلي|ادني|اقل|اكبر|مختلف\w*|مغاير\w*|مناقض\w*)\b(?!\sمن)"
)


def _contrasts(draft: Draft) -> bool:
    """Whether a source sets a figure against another one: "rescue workers gave a higher toll of 23"."""
    return _CONTRAST.search(fold(draft.quote)) is not None


def one_thing(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures count things of one kind, to whom the same has happened, as far as both say."""
    units = {one.unit_canonical, other.unit_canonical}
    if "percent" in units:
        return len(units) == 1
    first, second = _fate(one), _fate(other)
    # People of whom no more is said may be anybody: those who fell ill, for those who died.
    if first != second and ((first and second) or "people" in units):
        return False
    if None in units:
        named = one.unit is not None and other.unit is not None
        return not named or (len(units) == 1 and bool(set(terms(one.unit or "")) & set(terms(other.unit or ""))))
    return len(units) == 1 or units <= _ANYBODY


def _are_near(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures are of one toll: of one thing, or of some people and all of them."""
    return one_thing(one, other) or _is_among(one, other) or _is_among(other, one)


def _is_among(part: StatedFigure, whole: StatedFigure) -> bool:
    """Whether one figure counts some of the people whom the other one counts: civilians, and all who were killed."""
    if part.unit_canonical in _ANYBODY or whole.unit_canonical not in _ANYBODY:
        return False
    return part.unit_canonical in human_units() and _fate(part) == _fate(whole)


def _fate(figure: StatedFigure) -> str | None:
    return figure.fate or _FATES.get(figure.unit_canonical or "")


def compatible(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures of one thing can both hold: some value is possible by both."""
    return interval(one).meets(interval(other))


def interval(figure: StatedFigure) -> Interval:
    """The values that a figure leaves possible; "more than 50" leaves everything above 50, not 50 itself."""
    value = figure.value
    ends: dict[Bound, Interval] = {
        "exact": Interval(value, value),
        "approximately": _about(value, figure.unit_canonical),
        "at_least": Interval(value, inf),
        "more_than": Interval(value, inf, low_held=False),
        "at_most": Interval(-inf, value),
        "less_than": Interval(-inf, value, high_held=False),
    }
    return ends[figure.bound]


def _about(value: float, unit: str | None) -> Interval:
    counted = value == int(value) and unit != "percent"
    reach = max(abs(value) * _NEAR, _ONE if counted else 0.0)
    return Interval(value - reach, value + reach)
