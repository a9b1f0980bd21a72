"""Words that bodies and offices are called by, in both languages: `ingest/data/offices.tsv`, read once.

A line has English words, Arabic words, and what sort of words they are: `kind` of body (ministry, union), `role` of a
person (minister, captain), or nothing where they tell one body from another (health, coast).
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from ingest.lexis import terms

Sort = Literal["kind", "role", ""]


class Line(NamedTuple):
    """Words that mean the same."""

    english: tuple[str, ...]
    arabic: tuple[str, ...]
    sort: Sort


@cache
def lines() -> tuple[Line, ...]:
    """All lines of the list."""
    text = files("ingest").joinpath("data/offices.tsv").read_text(encoding="utf-8")
    cells = (f"{line}\t".split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Line(tuple(each[0].split()), tuple(each[1].split()), cast("Sort", each[2])) for each in cells)


@cache
def offices() -> Mapping[str, frozenset[int]]:
    """Lines by the stems of their words."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines()):
        for stem in terms(" ".join((*line.english, *line.arabic))):
            found[stem].add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


def of_word(word: str) -> frozenset[int]:
    """Lines that a word stands on, by its stem."""
    return frozenset(line for stem in terms(word) for line in offices().get(stem, ()))


def is_generic(word: str) -> bool:
    """Whether a word says what sort of body or what office it is, and never which one."""
    on = of_word(word)
    return bool(on) and all(lines()[line].sort for line in on)


def is_role(word: str) -> bool:
    """Whether a word may be what a person is called by."""
    return any(lines()[line].sort == "role" for line in of_word(word))
