"""Words that bodies and offices are called by, in both languages: `ingest/data/offices.tsv`, read once.

A line has English words, Arabic words, and what sort of words they are: `kind` of body (ministry, union), `role` of a
person (minister, captain), or nothing where they tell one body from another (health, coast).
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from ingest.lexis import fold, terms

Sort = Literal["kind", "role", ""]


_ARTICLES = ("وال", "بال", "ال", "لل")
_ENDINGS = ("يون", "يين", "يات", "ون", "ين", "ات", "يه", "ي", "ه")
_LEAST = 2


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
    """Lines by the keys of their words."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines()):
        for key in (_key(word) for word in (*line.english, *line.arabic)):
            found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def of_word(word: str) -> frozenset[int]:
    """Lines that a word stands on, whatever its ending."""
    return offices().get(_key(word), frozenset())


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """What the forms of a word have in common: an English stem; of an Arabic word what is neither article nor ending.

    The index's Arabic stems are too short here: the family name «الكيلاني» has that of «وكيل».
    """
    if word.isascii():
        return " ".join(terms(word))
    plain = fold(word)
    for article in _ARTICLES:
        if plain.startswith(article) and len(plain) - len(article) >= _LEAST:
            plain = plain.removeprefix(article)
            break
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST:
            return plain.removesuffix(ending)
    return plain


def is_generic(word: str) -> bool:
    """Whether a word says what sort of body or what office it is, and never which one."""
    on = of_word(word)
    return bool(on) and all(lines()[line].sort for line in on)


def is_role(word: str) -> bool:
    """Whether a word may be what a person is called by."""
    return any(lines()[line].sort == "role" for line in of_word(word))
