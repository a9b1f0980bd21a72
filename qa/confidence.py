"""How likely a sentence answers a question: a logistic model over a few features, fitted on data.

`evals calibrate` fits it and prints the numbers below; README says on which sets.
"""

import math
from typing import NamedTuple


class Features(NamedTuple):
    """What a sentence's confidence is computed from."""

    context: float
    """Share of the question's words in the sentence's article and headline, rare ones weighing more."""

    foreign: bool
    """Whether it is in another language than the question, and can share few of its words."""

    words: float
    """Share of the question's words that a sentence of its language, or its story's headline and lead, says, be it in
    other words; 0 where foreign."""

    words_abroad: float
    """The same of a foreign sentence, in its own language; 0 in the question's."""

    other_year: bool
    """Whether the question names years, none of which its article names or was published in."""

    other_month: bool
    """The same of months."""

    names_missing: float
    """Share of the names asked about that its article does not hold, by their letters, or across scripts by sound."""

    places_missing: float
    """Share of the known places asked about that its article does not name, in whatever language."""

    figure: bool
    """Whether a figure is asked for, and found."""

    fit: float
    """How well that figure fits, above the least that is looked at; 0 where none is asked for."""

    speaker: bool
    """Whether the question names a speaker, who is then the one who speaks."""


INTERCEPT = -5.24
WEIGHTS = (2.22, 1.56, 4.60, 6.58, -5.46, 0.0, -3.33, 0.0, 0.0, 0.0, 0.0)
"""One for each feature, in their order."""

THRESHOLD = 0.45
"""Confidence from which on a sentence is claimed to answer."""


def confidence(features: Features) -> float:
    """Probability, 0 to 1, that a sentence with these features answers its question."""
    logit = INTERCEPT + sum(weight * feature for weight, feature in zip(WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-logit))
