"""Candidates for one figure → the accounts that are told: one a voice, the newest of each, and who says otherwise.

The best candidate is the answer. Beside it stand those that count the same thing, in reports of the same event, by
other speakers; and of the same speaker what an earlier report said. Copies and repetitions are one voice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.domain import StatedFigure
from ingest.lexis import terms
from qa.candidates import Candidate
from qa.event import Event
from qa.findings import Finder
from qa.fit import ANYBODY

MARGIN = 0.2
"""How far below the best account of its language another one of the same thing may score."""

SURE = 0.2
"""Confidence from which on another account stands beside the best one."""

_LESS_FITTING = 0.3
"""How much less than the best one another account's figure may fit what is asked."""

_LESS_NEAR = 0.2
"""How much less than around the best figure the words around another one may say the question."""

_MOST = 6
"""Accounts that are told of one thing."""


class Rated(NamedTuple):
    """A candidate with its confidence."""

    candidate: Candidate
    sure: float

    @property
    def figure(self) -> StatedFigure:
        """Its figure: candidates for a figure have one."""
        figure = self.candidate.finding.figure
        assert figure is not None, "only figures have sides"  # noqa: S101 - told by the caller
        return figure


class Told(NamedTuple):
    """An account that is told."""

    rated: Rated
    voice: int
    """Number of who speaks."""


def sides(ranked: Sequence[Rated], finder: Finder, event: Event) -> list[Told]:
    """Choose what is told, best first.

    Args:
        ranked: candidates for one figure, best first; there is one.
        finder: what is asked.
        event: tells reports of one event from others.
    """
    best, measured = _asked(_attributed(ranked), ranked, finder), finder.asked.measured is not None
    told = [Told(best, 0)]
    top = _top_of_languages(ranked)
    for one in ranked:
        if len(told) == _MOST:
            break
        far = one.candidate.score < top[one.candidate.passage.article.language] - MARGIN
        if one is best or far or one.sure < SURE or not _counts_the_same(best, one, measured=measured):
            continue
        if not event.is_same(best.candidate, one.candidate):
            continue
        voice = next((other.voice for other in told if _is_one_voice(one, other.rated, finder)), None)
        if voice is None and (one.candidate.finding.said is not None or (not measured and _adds(one, told))):
            told.append(Told(one, max(other.voice for other in told) + 1))
        elif voice is not None and all(_is_news(one, other.rated) for other in told if other.voice == voice):
            told.append(Told(one, voice))
    return told


def _attributed(ranked: Sequence[Rated]) -> Rated:
    """The best candidate; where an article gives its figure to a speaker elsewhere, that one."""
    best = ranked[0]
    if best.candidate.finding.said is not None:
        return best
    article = best.candidate.passage.article.id
    return next(
        (
            one
            for one in ranked
            if one.candidate.finding.said is not None
            and one.candidate.passage.article.id == article
            and one.figure.value == best.figure.value
            and _counts_the_same(best, one, measured=False)
            and one.candidate.score >= best.candidate.score - MARGIN
        ),
        best,
    )


def _asked(best: Rated, ranked: Sequence[Rated], finder: Finder) -> Rated:
    """The best candidate; where it is the director's and the body is asked, the same figure by the body's own name."""
    asked = finder.asked.speakers
    if not asked or _speaker(best) in asked:
        return best
    article = best.candidate.passage.article.id
    return next(
        (
            one
            for one in ranked
            if _speaker(one) in asked
            and one.candidate.passage.article.id == article
            and (one.figure.value, one.figure.bound) == (best.figure.value, best.figure.bound)
            and _counts_the_same(best, one, measured=False)
            and one.candidate.score >= best.candidate.score - MARGIN
        ),
        best,
    )


def _speaker(rated: Rated) -> str | None:
    said = rated.candidate.finding.said
    return said.speaker.canonical if said else None


def _top_of_languages(ranked: Sequence[Rated]) -> dict[str, float]:
    """Best score of each language: whatever they say, candidates of the question's own language score higher."""
    top: dict[str, float] = {}
    for one in ranked:
        top.setdefault(one.candidate.passage.article.language, one.candidate.score)
    return top


def _counts_the_same(best: Rated, other: Rated, *, measured: bool) -> bool:
    """Whether two figures count one kind of thing, to which the same happened.

    A share or a price may be of anything: the words around it have to say the question about as well.
    """
    if other.candidate.finding.fit < best.candidate.finding.fit - _LESS_FITTING:
        return False
    if measured and other.candidate.near < best.candidate.near - _LESS_NEAR:
        return False
    one, two = best.figure, other.figure
    if one.fate != two.fate and ((one.fate and two.fate) or "people" in {one.unit_canonical, two.unit_canonical}):
        return False  # people of whom no more is said may be anybody: those who fell ill, for those who died
    if one.unit_canonical is None or two.unit_canonical is None:
        return one.unit_canonical == two.unit_canonical and bool(
            set(terms(one.unit or "")) & set(terms(two.unit or ""))
        )
    return one.unit_canonical == two.unit_canonical or {one.unit_canonical, two.unit_canonical} <= ANYBODY


def _is_one_voice(one: Rated, other: Rated, finder: Finder) -> bool:
    """Whether one speaker gives both accounts; all that a question's own speaker says is one voice."""
    if finder.asked.speaker is not None:
        return True
    mine, others = one.candidate.finding.names, other.candidate.finding.names
    if mine.names and others.names:
        return finder.speakers.is_one(mine, others)
    if mine != others:
        return False
    return one.candidate.passage.article.outlet == other.candidate.passage.article.outlet


def _adds(one: Rated, told: Sequence[Told]) -> bool:
    """Whether an account in an article's own voice says what nobody else does: a value of a report of its own."""
    return all(
        other.rated.figure.value != one.figure.value
        and other.rated.candidate.passage.article.id != one.candidate.passage.article.id
        for other in told
    )


def _is_news(one: Rated, other: Rated) -> bool:
    """Whether an account by the same voice tells more than another one: another value, in a report of another day."""
    if one.figure.value == other.figure.value:
        return False
    first, second = (each.candidate.passage.article.published_at for each in (one, other))
    return first is not None and second is not None and first.date() != second.date()
