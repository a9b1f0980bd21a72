"""Counted things by their names in English and Arabic, read from `ingest/data/units.tsv`.

English plurals and Arabic duals are derived: of a noun whose plural is broken (شخص، أشخاص) both cases are duals; of one
whose plural is sound (مدني، مدنيين) only the nominative is, as the other one is written like the plural.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ingest.figures.tokens import Token
from ingest.figures.wordlists import words
from ingest.lexis import fold

_NOT_IN_S = words("""
    people children schoolchildren women men feet dead killed slain martyred deceased wounded injured hurt missing
    displaced arrested police troops personnel staff crew gunmen militiamen policemen servicemen fishermen airmen
    crewmen aircraft""")
"""Nouns without s that are plurals all the same."""


_MONEY = words("""
    usd eur gbp pounds dinars lira riyals dirhams roubles yen yuan rupees francs shekels crowns tomans""")


class Unit(NamedTuple):
    """A counted thing."""

    canonical: str
    """Its name in English."""
    human: bool
    """Whether people are counted."""
    fate: str | None
    """What befell them, where the name says so: the wounded."""

    @property
    def money(self) -> bool:
        """Whether it is a currency."""
        return self.canonical.casefold() in _MONEY


class UnitWords(NamedTuple):
    """What is counted, by folded word."""

    units: dict[str, Unit]
    duals: dict[str, Unit]
    """Arabic duals, which are numerals themselves."""
    singulars: frozenset[str]
    """Arabic nouns in the singular."""
    marked: dict[str, Unit]
    """Those that only their short vowel tells from a plural: مسؤولَين."""


@cache
def unit_words() -> UnitWords:
    """Read the lexicon; cached."""
    units: dict[str, Unit] = {}
    duals: dict[str, Unit] = {}
    marked: dict[str, Unit] = {}
    alone: set[str] = set()
    for line in files("ingest").joinpath("data/units.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        canonical, human, fate, english, arabic = line.split("\t")
        unit = Unit(canonical, human == "1", fate or None)
        for word in english.split():
            units.update(dict.fromkeys(_plurals(word), unit))
        singulars, _, forms = arabic.partition(";")
        for singular in singulars.split():
            bare = singular.rstrip("+")
            nominative, other = _duals(bare)
            duals[nominative] = unit
            (marked if "+" in singular else duals)[other] = unit
            units.setdefault(fold(bare), unit)
            alone.add(fold(bare))
        units.update(dict.fromkeys(map(fold, forms.split()), unit))
    return UnitWords(units, {word: unit for word, unit in duals.items() if word not in units}, frozenset(alone), marked)


def unit_of(token: Token) -> Unit | None:
    """What a word counts, with the Arabic article or without; `None` where it is no known noun."""
    units = unit_words().units
    word = token.plain
    if not token.arabic:
        return units.get(word)
    for article in ("", "ال", "لل"):
        if word.startswith(article) and (unit := units.get(word[len(article) :])):
            return unit
    return None


def is_function_word(token: Token, listed: frozenset[str]) -> bool:
    """Whether a word is of a list of function words; "IS" in capitals is a name."""
    return token.plain in listed and token.text != "IS"


def is_singular(noun: Token) -> bool:
    """Whether a known English noun is in the singular: "rebel" in "rebel groups", "attack" in "2013 attack"."""
    return not noun.arabic and not noun.plain.endswith("s") and noun.plain not in _NOT_IN_S


@cache
def human_units() -> frozenset[str]:
    """Canonical names of all units that are people."""
    return frozenset(unit.canonical for unit in unit_words().units.values() if unit.human)


def _plurals(word: str) -> Iterator[str]:
    yield word.removesuffix("=")
    if word.endswith("="):
        return
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield f"{word[:-1]}ies"
    elif word.endswith(("s", "sh", "ch", "x")):
        yield f"{word}es"
    else:
        yield f"{word}s"


def _duals(word: str) -> tuple[str, str]:
    """The dual of a noun in its two cases."""
    stem = f"{word[:-1]}ت" if word.endswith("ة") else word
    stem = f"{stem[:-1]}ي" if stem.endswith("ى") else stem
    return fold(f"{stem}ان"), fold(f"{stem}ين")
