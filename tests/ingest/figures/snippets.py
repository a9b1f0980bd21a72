"""Snippets whose figures are marked: `killed [[28]] civilians`."""

import re

from ingest.domain import StatedFigure
from ingest.figures import read_figures

_MARKED = re.compile(r"\[\[(.*?)\]\]")


def spans(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The snippet without its marks, and where its figures stand in it."""
    text, places, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        places.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], places


def assert_reads(marked: str, *values: float) -> None:
    """Check that exactly the marked figures are read, each with its value."""
    text, places = spans(marked)
    read = [((one.start, one.end), round(one.value, 6)) for one in read_figures(text)]

    assert read == list(zip(places, (round(value, 6) for value in values), strict=True)), text


def figure(marked: str) -> StatedFigure:
    """What is read where the one marked figure of a snippet stands."""
    text, (place,) = spans(marked)
    (one,) = [one for one in read_figures(text) if (one.start, one.end) == place]
    return one
