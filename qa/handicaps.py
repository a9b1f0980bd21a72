"""What passages of one language are granted to be compared with those of another.

A multilingual encoder finds texts of the question's own language nearer whatever they say, and words are shared within
a language alone. So what counts is how much a passage stands out in its own language: from its background, made
of the best scores there.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ingest.archive import Vectors
from qa.domain import Scores

_DENSE_BACKGROUND = 20
"""Best cosines of a language that make its background."""

_LEXICAL_BACKGROUND = 5
"""Best lexical scores of a language that make its background; missing ones count 0."""

_LATE_BACKGROUND = 5
"""Best MaxSims of a language that make its background."""

_LATE_GAP = 0.05
"""How much lower MaxSims across languages usually are: the mean over XQuAD, half its paragraphs in each language."""

_LATE_EXPECTED = 5
"""How many MaxSims the expected one counts for in a language's background."""

_EXPECTED_WEIGHT = 5
"""How many cosines the expected one counts for in a language's background."""


class Handicap(NamedTuple):
    """What passages of one language are granted to be compared with another's, for each score in its own units."""

    dense: float
    lexical: float


def handicaps(
    scored: Mapping[str, Sequence[Scores]], vector: Vectors, language: str, means: Mapping[str, Vectors]
) -> dict[str, Handicap]:
    """How far each language's passages fall short of the question's own for the language alone.

    What counts is how much a passage stands out in its own language. Each language's background is
    the mean of its best cosines (where it has few, what the languages' means lead to expect) and of
    its best lexical scores; the handicap is the reference language's background less its own.

    Args:
        scored: candidates' scores by language.
        vector: the question's embedding.
        language: the question's language, the reference if it has candidates, else the language with the most.
        means: mean vectors by language.
    """
    if not scored:
        return {}
    reference = language if language in scored else max(scored, key=lambda group: (len(scored[group]), group))
    dense = {group: _best([one.dense for one in found], _DENSE_BACKGROUND) for group, found in scored.items()}
    lexical = {group: _best([one.lexical for one in found], _LEXICAL_BACKGROUND) for group, found in scored.items()}
    granted = {}
    for group in scored:
        own = dense[group]
        if group != reference and group in means and reference in means:
            expected = float(np.mean(dense[reference]) + vector @ (means[group] - means[reference]))
            own = [*own, *[expected] * _EXPECTED_WEIGHT]
        granted[group] = Handicap(
            float(np.mean(dense[reference]) - np.mean(own)),
            (sum(lexical[reference]) - sum(lexical[group])) / _LEXICAL_BACKGROUND,
        )
    granted[reference] = Handicap(0.0, 0.0)
    return granted


def _best(values: Sequence[float], number: int) -> list[float]:
    return sorted(values, reverse=True)[:number]


def late_grant(reference: Sequence[float], own: Sequence[float]) -> float:
    """What a language is granted in MaxSim: the background of the reference language less its own.

    A few passages of a language say little of what is usual in it: the best of them may be the answer, or a stranger.
    So its background leans on what is usual between languages.
    """
    best = _best(reference, _LATE_BACKGROUND)
    if reference is own or not best:
        return 0.0
    expected = float(np.mean(best)) - _LATE_GAP
    background = [*_best(own, _LATE_BACKGROUND), *[expected] * _LATE_EXPECTED]
    return float(np.mean(best) - np.mean(background))
