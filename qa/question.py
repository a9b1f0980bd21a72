"""What does a question ask? Read once, before anything is looked for in the sentences found.

Question → what kind of answer (`qa.kinds`), how many of what (`qa.counting`), said by whom (`qa.asked_speaker`), where
"""

from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.figures import read_figures
from ingest.figures.counted import of_illness
from ingest.figures.tokens import tokenize
from ingest.figures.unit_words import Unit
from ingest.lexis import fold
from ingest.places import Places
from qa.asked_speaker import asked_speaker
from qa.counting import CASES, HUMAN_FATES, PEOPLE, count_at, counted_at, fate_after, money_named, of_toll
from qa.kinds import OF_MEASURES, Kind, Measured, asks_amount, asks_otherwise, asks_toll, kind_of, measured, names_toll


class Asked(NamedTuple):
    """What a question asks."""

    kind: Kind
    """Sort of answer."""

    unit: Unit | None = None
    """What is counted, where that is known."""

    counted: str | None = None
    """What is counted, as the question writes it."""

    fate: str | None = None
    """What befell them."""

    measured: Measured | None = None
    """Whether a share, an amount of money or some size is asked for."""

    speaker: str | None = None
    """Who is asked to have said it, as the question writes it, with what describes them; `None`: anybody."""

    speakers: frozenset[str] = frozenset()
    """Canonical names of known bodies in it."""

    places: frozenset[str] = frozenset()
    """Canonical names of known places in the question."""

    numbers: frozenset[float] = frozenset()
    """Figures that the question itself gives."""


def read_question(text: str, *, aliases: Aliases, places: Places) -> Asked:
    """Read what a question asks. Takes time linear in its length; never raises."""
    tokens = tokenize(text)
    plain = fold(text)
    speaker = asked_speaker(text)
    known = frozenset(found.canonical for found in aliases.find(speaker)) if speaker else frozenset()
    where = frozenset(found.canonical for found in places.find(text))
    at = counted_at(tokens)
    sort = measured(plain)
    if (at is None and sort is None and not asks_toll(plain)) or asks_otherwise(plain):
        kind = kind_of(plain)
        kind = "statement" if kind == "other" and speaker else kind
        return Asked(kind, speaker=speaker, speakers=known, places=where)
    count = count_at(text, tokens, at)
    unit, fate = count.unit, count.fate
    if count.phrase is not None and not OF_MEASURES.search(fold(count.phrase)):
        sort = None
    if count.phrase is None and unit is None and sort is None:
        sort = money_named(tokens)
    if sort is None and unit is None and asks_amount(plain):
        sort = "size"
    if unit is None and names_toll(plain) and sort is None:
        unit, fate = of_toll(tokens) or PEOPLE, fate or fate_after(tokens, 0) or "killed"
        if fate == "wounded" and of_illness(tokens, len(tokens)):
            unit, fate = CASES, None
    if unit is None and count.phrase is None and fate in HUMAN_FATES and sort is None:
        unit = PEOPLE
    if unit and unit.canonical == "percent":
        sort = "percent"
    if sort == "money":
        fate = None
    given = frozenset(figure.value for figure in read_figures(text))
    return Asked("figure", unit, count.phrase, fate, sort, speaker, known, where, given)
