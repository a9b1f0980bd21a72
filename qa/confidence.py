"""How likely a sentence answers a question: a logistic model over four features, fitted on data.

`evals calibrate` fits it and prints the numbers below; README says on which sets.
"""

import math
from typing import NamedTuple


class Features(NamedTuple):
    """What a sentence's confidence is computed from."""

    above: float
    """Cosine to the question, above what the mean of the sentence's language has."""

    coverage: float
    """Share of the question's words that the sentence holds, rare ones weighing more."""

    context: float
    """The same for its whole article and headline."""

    foreign: bool
    """Whether it is in another language than the question, and can hold few of its words."""


INTERCEPT = -3.0
WEIGHTS = Features(above=10.0, coverage=1.0, context=2.0, foreign=2.0)  # type: ignore[arg-type] # a weight, not a flag
THRESHOLD = 0.35
"""Confidence from which on a sentence is claimed to answer."""


def confidence(features: Features) -> float:
    """Probability, 0 to 1, that a sentence with these features answers its question."""
    logit = INTERCEPT + sum(weight * feature for weight, feature in zip(WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-logit))
