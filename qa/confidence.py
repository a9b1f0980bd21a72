"""How likely a sentence answers a question: logistic models over a few features, fitted on data.

`evals calibrate` fits it and prints the numbers below; README says on which sets.
"""

import math
from typing import NamedTuple


class Features(NamedTuple):
    """What the confidence in a sentence, or a figure in it, is computed from."""

    score: float
    """What it is ranked by (`qa.extract`)."""

    held: float
    """How well its passage holds the question's words that it holds least, -1 to 1."""

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

    places_missing: float
    """Share of the known places asked about that its article does not name, in whatever language."""

    speaker: bool
    """Whether the question names a speaker, who is then the one who speaks."""

    unsaid: float
    """Share of the question's words, rare ones weighing more, that its whole article does not hold; 0 where foreign."""


class Model(NamedTuple):
    """A logistic model."""

    intercept: float
    weights: tuple[float, ...]
    """One for each feature, in their order."""
    threshold: float
    """Confidence from which on an answer is given."""


FIGURES = Model(-7.46, (4.19, 1.97, -0.03, 0.49, 2.84, -2.22, -1.62, -2.31, 0.2, -1.67), 0.4)
"""Of figures that count what is asked for."""

SENTENCES = Model(-4.4, (1.45, 2.37, -0.11, 1.82, 3.44, -1.54, -1.99, -0.03, 0.31, -1.19), 0.4)
"""Of sentences, where no figure is asked for."""


def confidence(features: Features, model: Model) -> float:
    """Probability, 0 to 1, that a sentence with these features answers its question."""
    logit = model.intercept + sum(weight * feature for weight, feature in zip(model.weights, features, strict=True))
    return 1 / (1 + math.exp(-logit))
