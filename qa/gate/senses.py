"""Words of everyday news that say the same, in both languages, and those that say the opposite.

`qa/data/senses.tsv` has a line a sense: English words, a tab, Arabic words. `qa/data/opposites.tsv` names pairs of
lines by a word of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ingest.lexis import fold, terms

_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س")
_LEAST = 3
"""Letters that are left of a word, at least, where something written onto it is taken off."""


class _Senses(NamedTuple):
    of: Mapping[str, frozenset[int]]
    """Senses by the keys of their words."""
    opposites: Mapping[int, frozenset[int]]
    """Senses that say the opposite of each."""


@cache
def _senses() -> _Senses:
    of: dict[str, set[int]] = defaultdict(set)
    for number, (english, arabic) in enumerate(_rows("senses.tsv")):
        for word in (*english.split(), *arabic.split()):
            for key in _forms(word):
                of[key].add(number)
    opposites: dict[int, set[int]] = defaultdict(set)
    for one, other in _rows("opposites.tsv"):
        for first in of.get(next(iter(_forms(one)), ""), ()):
            for second in of.get(next(iter(_forms(other)), ""), ()):
                if first != second:
                    opposites[first].add(second)
                    opposites[second].add(first)
    return _Senses(
        {key: frozenset(numbers) for key, numbers in of.items()},
        {number: frozenset(others) for number, others in opposites.items()},
    )


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in files("qa").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            one, _, other = line.partition("\t")
            yield one.strip(), other.strip()


@lru_cache(maxsize=50_000)
def senses_of(word: str) -> frozenset[int]:
    """The senses that a word may have; none where it is not known."""
    of = _senses().of
    return frozenset().union(*(of.get(key, frozenset()) for key in _forms(word)))


def opposed(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether some word says the opposite of one of some others, and none of them says it, too."""
    theirs = frozenset[int]().union(*(senses_of(other) for other in others))
    opposites = _senses().opposites
    for word in words:
        mine = senses_of(word)
        against = frozenset[int]().union(*(opposites.get(sense, frozenset()) for sense in mine))
        if against & theirs and not mine & theirs:
            return True
    return False


def _forms(word: str) -> Iterator[str]:
    """Keys that a word is known by: its stem, and those of what is left without what Arabic writes onto it."""
    plain = fold(word)
    yield from terms(plain) or [plain]
    for clitic in _CLITICS:
        if plain.startswith(clitic) and len(plain) - len(clitic) >= _LEAST:
            yield from terms(plain[len(clitic) :])
