"""Evaluation sets: what is asked, of which articles, and what is right."""

from evals.datasets.gold import (
    ClaimSample,
    Dataset,
    DatasetError,
    GoldAnswer,
    GoldFigure,
    Item,
    NumberSample,
    Sample,
    Stance,
    Support,
    Verdict,
)
from evals.datasets.reading import load, load_numbers, load_pages

__all__ = [
    "ClaimSample",
    "Dataset",
    "DatasetError",
    "GoldAnswer",
    "GoldFigure",
    "Item",
    "NumberSample",
    "Sample",
    "Stance",
    "Support",
    "Verdict",
    "load",
    "load_numbers",
    "load_pages",
]
