"""Are a claim's words its quote's in the quote's own order?

Words that all stand in a quote may still say something else: who condemned whom, who held what. Within a language a
claim's words therefore have to be a run of the quote's, from which only whole clauses may be left out, and what speaks;
across languages, whose orders differ, they have to be those of one clause. What is no such run may be right: the
service then says it in its own words.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.figures import read_figures
from ingest.lexis import SPELLED, STOP_WORDS, fold, terms
from ingest.turns import clauses
from qa.gate.senses import senses_of

_SHIFTS = {
    "will": "will would shall سوف",
    "must": "should must ought ينبغي يجب",
    "can": "can could يمكن",
    "this": "this current هذا هذه الحالي الحالية الجاري الجارية",
    "last": "last previous past الماضي الماضية الفائت السابق السابقة",
    "next": "next coming المقبل المقبلة القادم القادمة",
    "only": "only solely just فقط وحده وحدها",
    "before": "before قبل قبيل",
    "after": "after following بعد عقب إثر",
    "since": "since منذ",
    "until": "until till حتى لغاية",
    "without": "without بلا بدون دون",
    "against": "against ضد",
}
"""Small words that shift what a sentence says, by what they say in both languages."""

_RELATIONS = frozenset(
    """by to from into onto of for with without against since until till before after during under over through between
    because despite unless if than من إلى عن على ضد منذ حتى قبل بعد بدون دون خلال بسبب رغم بين""".split()  # noqa: SIM905 - a word list
)
_RELATION_OF = {fold(word): word for word in _RELATIONS}
"""Small words that say how others are to each other: "rose by" is not "rose to"."""

_SHIFT_OF = {fold(word): shift for shift, words in _SHIFTS.items() for word in words.split()}


class _Token(NamedTuple):
    keys: frozenset[object]
    """What it may be recognised by: stem, senses, or the value of a figure."""
    clause: int


def is_run(text: str, quotes: Sequence[str], names: frozenset[str], glue: frozenset[str]) -> bool:
    """Whether a text's words are a run of those of one of some quotes in its language, but for whole clauses.

    Args:
        text: what is claimed.
        quotes: its quotes.
        names: index terms of who speaks, which stand anywhere.
        glue: folded words that say nothing of what happened.
    """
    wanted = _tokens(clauses(text), names, glue, related=True)  # folded as quotes are: both are read alike
    return not wanted or any(_holds_run(_tokens(clauses(quote), names, glue, related=True), wanted) for quote in quotes)


def in_one_clause(text: str, quotes: Sequence[str], names: frozenset[str], glue: frozenset[str]) -> bool:
    """Whether all of a text's words that the lists know are said by one clause of a quote in another language."""
    wanted = [token.keys for token in _tokens(clauses(text), names, glue)]
    for quote in quotes:
        for part in clauses(quote):
            held = frozenset[object]().union(*(token.keys for token in _tokens([part], names, glue)))
            if all(keys & held for keys in wanted if any(isinstance(key, int | tuple) for key in keys)):
                return True
    return not wanted


def shifts(text: str) -> frozenset[str]:
    """The sorts of shifting words in a text."""
    words = (fold(found.group()) for found in SPELLED.finditer(text))
    return frozenset(_SHIFT_OF[word] for word in words if word in _SHIFT_OF)


def _holds_run(quote: Sequence[_Token], wanted: Sequence[_Token]) -> bool:
    reached = {at for at, token in enumerate(quote) if token.keys & wanted[0].keys}
    for token in wanted[1:]:
        reached = {after for at in reached for after in _after(quote, at) if quote[after].keys & token.keys}
    return bool(reached)


def _after(quote: Sequence[_Token], at: int) -> Iterator[int]:
    """Where a run may go on: the next word, or behind the last of a clause the first of any later one."""
    if at + 1 == len(quote):
        return
    yield at + 1
    if quote[at + 1].clause != quote[at].clause:
        yield from (later for later in range(at + 2, len(quote)) if quote[later].clause != quote[later - 1].clause)


def _tokens(
    parts: Iterable[str], names: frozenset[str], glue: frozenset[str], *, related: bool = False
) -> list[_Token]:
    """Words that carry a subject, and figures, in their order; with words of relation where that is asked."""
    tokens: list[_Token] = []
    for clause, part in enumerate(parts):
        figures = read_figures(part)
        for found in SPELLED.finditer(part):
            if any(figure.start <= found.start() < figure.end for figure in figures):
                figure = next(figure for figure in figures if figure.start <= found.start() < figure.end)
                if found.start() == figure.start:
                    tokens.append(_Token(frozenset({("figure", figure.value)}), clause))
                continue
            word, stems = fold(found.group()), frozenset(terms(found.group()))
            if related and word in _RELATION_OF:
                tokens.append(_Token(frozenset({word}), clause))
                continue
            if word in STOP_WORDS or word in glue or not stems or stems & names:
                continue
            tokens.append(_Token(stems | senses_of(word), clause))
    return tokens
