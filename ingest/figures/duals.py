"""Arabic dual nouns, which are numerals themselves: قتيلان, شخصين; with a numeral of their own («مدنيان اثنان») too."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.unit_words import Unit, unit_words
from ingest.figures.wordlists import words

_ONTO = ("", "و", "ف", "ب", "ل")
_TWO = words("اثنان اثنين اثنتان اثنتين")
_MARKED = "َي"
"""The vowel that tells مسؤولَين, two, from مسؤولِين, many."""


class _Dual(NamedTuple):
    unit: Unit
    clitics: int
    """Folded letters that are written onto it."""


def dual_at(token: Token) -> Unit | None:
    """What an Arabic dual noun counts two of; `None` where the word is none."""
    found = _dual(token)
    return found.unit if found else None


def with_duals(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> list[Numeral]:
    """Numerals, and dual nouns that are in none of them, in order; "two" after a dual noun only stresses it."""
    numerals = [_with_its_noun(tokens, numeral) for numeral in numerals]
    taken = {at for numeral in numerals for at in range(numeral.first, numeral.last + 1)}
    duals = [
        Numeral(2.0, at, at, token.offset(found.clitics), token.end)
        for at, token in enumerate(tokens)
        if at not in taken and (found := _dual(token))
    ]
    return sorted([*numerals, *duals], key=lambda numeral: numeral.first)


def _with_its_noun(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    noun = numeral.first - 1
    if noun < 0 or numeral.last > numeral.first or tokens[numeral.first].plain not in _TWO:
        return numeral
    found = _dual(tokens[noun])
    if found is None:
        return numeral
    return numeral._replace(first=noun, start=tokens[noun].offset(found.clitics), noun=noun)


def _dual(token: Token) -> _Dual | None:
    if token.kind != "word" or token.plain[-1:] != "ن" or not token.arabic:
        return None
    return _read(token.plain, _MARKED in token.text)


@lru_cache(maxsize=20_000)
def _read(word: str, marked: bool) -> _Dual | None:  # noqa: FBT001 - called for many words: a keyword slows the cache
    lexicon = unit_words()
    for onto in _ONTO:
        bare = word.removeprefix(onto)
        if bare == word and onto:
            continue
        unit = lexicon.duals.get(bare) or (lexicon.marked.get(bare) if marked else None)
        if unit:
            return _Dual(unit, len(onto))
    return None
