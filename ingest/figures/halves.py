"""Halves that stand behind the noun: "three years and a half", «ثلاثة أعوام ونصف العام», «ساعتين ونصف».

The half belongs to the number before the noun: one numeral, from that number to the half.
"""

from collections.abc import Sequence

from ingest.figures.duals import dual_at
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.unit_words import unit_of, unit_words
from ingest.figures.wordlists import words

_SMALLEST = 1 / 4
_ONE_EN = words("a an one")
_AND = words("and و")


def with_halves(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> list[Numeral]:
    """Numerals with halves, thirds and quarters put to the number whose noun stands before them, in order."""
    found: list[Numeral] = []
    for numeral in numerals:
        whole = _whole(tokens, found[-1] if found else None, numeral) if _may_follow(tokens, numeral) else None
        if whole is None:
            found.append(numeral)
            continue
        if found and found[-1].first == whole.first:
            found.pop()
        found.append(whole._replace(value=whole.value + numeral.value, last=numeral.last, end=numeral.end, plain=False))
    return found


def _may_follow(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a numeral is a fraction behind "and" or «و»."""
    if not numeral.part or not _SMALLEST <= numeral.value < 1 or numeral.definite:
        return False
    joined = tokens[numeral.first].arabic and tokens[numeral.first].plain.startswith("و")
    return joined or (numeral.first > 0 and tokens[numeral.first - 1].plain in _AND)


def _whole(tokens: Sequence[Token], before: Numeral | None, part: Numeral) -> Numeral | None:
    """The number whose noun stands right before a part: a numeral and a noun, a dual, or one («ساعة ونصف»)."""
    noun = part.first - 1 if tokens[part.first].plain not in _AND and _is_joined(tokens, part) else part.first - 2
    if noun < 0 or tokens[noun].kind != "word" or (unit_of(tokens[noun]) is None and not dual_at(tokens[noun])):
        return None
    if before is not None and before.last == noun and dual_at(tokens[noun]):
        return before._replace(noun=noun)
    if before is not None and before.last == noun - 1 and not (before.percent or before.part):
        return before._replace(noun=noun)
    return _one(tokens, noun)


def _is_joined(tokens: Sequence[Token], part: Numeral) -> bool:
    return tokens[part.first].arabic and tokens[part.first].plain.startswith("و")


def _one(tokens: Sequence[Token], noun: int) -> Numeral | None:
    """“An hour” and a half; «ساعة» ونصف, whose noun is in the singular."""
    token = tokens[noun]
    if token.arabic:
        singular = token.plain in unit_words().singulars
        return Numeral(1.0, noun, noun, token.start, token.end, noun=noun) if singular else None
    if noun and tokens[noun - 1].plain in _ONE_EN:
        return Numeral(1.0, noun - 1, noun, tokens[noun - 1].start, token.end, noun=noun)
    return None
