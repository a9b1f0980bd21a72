"""Candidates for one figure → the accounts that are told: one a voice, the newest of each, and who says otherwise.

The best candidate is the answer. Beside it stand those that count the same thing, in reports of about the same time, by
other speakers; and of the same speaker what an earlier report said. Copies and repetitions are one voice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.domain import StatedFigure
from qa.candidates import Candidate
from qa.findings import Finder

MARGIN = 0.15
"""How far below the best account another one of the same thing may score."""

SURE = 0.25
"""Confidence from which on another account stands beside the best one."""

_DAYS = 21
"""Days between two reports of one event, at most."""

_LESS_FITTING = 0.3
"""How much less than the best one another account's figure may fit what is asked."""

_MOST = 6
"""Accounts that are told of one thing."""


class Rated(NamedTuple):
    """A candidate with its confidence."""

    candidate: Candidate
    sure: float


class Told(NamedTuple):
    """An account that is told."""

    rated: Rated
    voice: int
    """Number of who speaks."""


def sides(ranked: Sequence[Rated], finder: Finder) -> list[Told]:
    """Choose what is told, best first, from candidates that are ranked, best first."""
    best = _attributed(ranked)
    told = [Told(best, 0)]
    top = _top_of_languages(ranked)
    for one in ranked:
        if len(told) == _MOST:
            break
        far = one.candidate.score < top[one.candidate.passage.article.language] - MARGIN
        if one is best or far or one.sure < SURE or not _same_thing(best.candidate, one.candidate):
            continue
        voice = next((other.voice for other in told if _one_voice(one.candidate, other.rated.candidate, finder)), None)
        if voice is None:
            if one.candidate.finding.said is not None:
                told.append(Told(one, max(other.voice for other in told) + 1))
        elif not any(other.voice == voice and not _is_news(one.candidate, other.rated.candidate) for other in told):
            told.append(Told(one, voice))
    return told


def _attributed(ranked: Sequence[Rated]) -> Rated:
    """The best candidate; where an article says it in its own voice and gives the same figure to a speaker, the latter."""
    best = ranked[0]
    if best.candidate.finding.said is not None:
        return best
    return next(
        (
            one
            for one in ranked
            if one.candidate.finding.said is not None
            and one.candidate.passage.article.id == best.candidate.passage.article.id
            and _value(one) == _value(best)
            and one.candidate.score >= best.candidate.score - MARGIN
        ),
        best,
    )


def _top_of_languages(ranked: Sequence[Rated]) -> dict[str, float]:
    """Best score of each language: whatever they say, candidates of the question's own language score higher."""
    top: dict[str, float] = {}
    for one in ranked:
        top.setdefault(one.candidate.passage.article.language, one.candidate.score)
    return top


def _value(one: Rated) -> tuple[float, str | None] | None:
    figure = one.candidate.finding.figure
    return (figure.value, figure.unit_canonical) if figure else None


def _same_thing(best: Candidate, other: Candidate) -> bool:
    """Whether two candidates count the same: like unit and fate, in reports of about the same time."""
    one, two = best.finding.figure, other.finding.figure
    if one is None or two is None:
        return False
    if other.finding.fit < best.finding.fit - _LESS_FITTING or not _alike(one, two):
        return False
    first, second = best.passage.article.published_at, other.passage.article.published_at
    return first is None or second is None or abs((first - second).days) <= _DAYS


def _alike(one: StatedFigure, other: StatedFigure) -> bool:
    return not (one.fate and other.fate and one.fate != other.fate)


def _one_voice(one: Candidate, other: Candidate, finder: Finder) -> bool:
    """Whether one speaker gives both accounts; all that a question's own speaker says is one voice."""
    if finder.asked.speaker is not None:
        return True
    mine, others = one.finding.names, other.finding.names
    if not mine.names or not others.names:
        return mine == others and one.passage.article.outlet == other.passage.article.outlet
    return finder.speakers.is_one(mine, others)


def _is_news(one: Candidate, other: Candidate) -> bool:
    """Whether an account by the same voice tells more than another one: another value, in a report of another day."""
    first, second = one.finding.figure, other.finding.figure
    if first is None or second is None or first.value == second.value:
        return False
    days = [each.passage.article.published_at for each in (one, other)]
    return days[0] is not None and days[1] is not None and days[0].date() != days[1].date()
