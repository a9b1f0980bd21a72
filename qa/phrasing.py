"""A figure as a claim says it, in the service's languages: who, how many of what, what befell them.

Built from what was read alone. In the source's own language a counted noun that follows its number is written as the
source writes it; otherwise by its name in the service's language, and whatever more the source says of it (suspected
cases) in the source's own words beside it. A noun that has no such name is the source's, between quotation marks.
"""

from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.domain import StatedFigure
from ingest.figures.unit_words import unit_words
from ingest.lexis import fold
from prompts import Prompt
from qa.befallen import befallen
from qa.domain import Draft
from qa.naming import name_of
from qa.plurals import counted, written

_QUOTES = {"ar": "«{}»", "en": "“{}”"}
"""Quotation marks by the language of what stands between them."""

_APART = tuple(
    fold(word)
    for word in """nurse medic paramedic police volunteer expatriate citizen villager inhabitant fisher refugee evacuee
    leader chief prison captive inmate clinic apartment dwelling corpse bod terror extremis jihad militant gunm rebel
    insurgent militia raid sortie missile martyr ممرض مسعف شرطي متطوع مغترب مواطن ساكن سكان صياد لاجئ قيادي أسير أسرى
    سجين سجناء عيادة عيادات مستوصف شقة شقق جثة جثث جثمان جثامين إرهابي جهادي متمرد مسلح عنصر عناصر ضربة ضربات طلعة طلعات
    عملية عمليات شهيد شهداء""".split()  # noqa: SIM905 - a word list reads best as running text
)
"""Beginnings of words that are read as a unit of another name, which would say something else: a nurse is no doctor."""


class _Speech(NamedTuple):
    """What a claim is said with."""

    wording: Prompt
    spoken: str

    def part(self, key: str, **fields: object) -> str:
        return self.wording.part(f"{key}.{self.spoken}", **fields)

    def holds(self, key: str) -> bool:
        return self.wording.holds(f"{key}.{self.spoken}")


def phrase(draft: Draft, *, asked: str, wording: Prompt, spoken: str, aliases: Aliases) -> str:
    """What a draft says: "SANA: about 30 civilians killed"; without a figure, its quote.

    Args:
        draft: what is claimed.
        asked: the question.
        wording: the service's own words.
        spoken: the service's language.
        aliases: names of known speakers in both languages.
    """
    if draft.figure is None:
        return draft.quote
    speech = _Speech(wording, spoken)
    words = _words(draft, draft.figure, befallen(draft, asked), speech)
    return told_by(draft, words, wording=wording, spoken=spoken, aliases=aliases)


def told_by(draft: Draft, words: str, *, wording: Prompt, spoken: str, aliases: Aliases) -> str:
    """Words behind the name of who says them; behind none where the article does itself."""
    if draft.said is None:
        return wording.part(f"own.{spoken}", words=words)
    name = name_of(draft.said.speaker, draft.article, spoken=spoken, aliases=aliases)
    if draft.said.via is None:
        return wording.part(f"told.{spoken}", speaker=name, words=words)
    via = name_of(draft.said.via, draft.article, spoken=spoken, aliases=aliases)
    via = f"the {via[4:]}" if via.startswith("The ") else via
    return wording.part(f"told_via.{spoken}", speaker=name, via=via, words=words)


def quoted(words: str, language: str) -> str:
    """Words between the quotation marks of their language."""
    return _QUOTES.get(language, "“{}”").format(words)


def unit_of(figure: StatedFigure) -> str | None:
    """What a claim's figure counts: the canonical name with what befell them, else as the source writes it."""
    if figure.unit_canonical is None:
        return figure.unit if figure.fate is None else f"{figure.unit or 'people'} {figure.fate}"
    if figure.fate is None or figure.fate == _fate_in(figure):
        return figure.unit_canonical
    return f"{figure.unit_canonical} {figure.fate}"


def _words(draft: Draft, figure: StatedFigure, fate: str | None, speech: _Speech) -> str:
    """How many of what, and what befell them."""
    number = written(figure.value, wording=speech.wording, spoken=speech.spoken)
    if figure.unit_canonical == "percent":
        return _hedged(figure, speech.part("percent", number=number), speech)
    if fate and _is_said_by(fate, figure, draft, speech):
        return _hedged(figure, _counted(figure, f"fate.{fate}", speech, governed=False), speech)
    acts = fate is not None and figure.fate != _fate_in(figure) and speech.holds(f"act.{fate}")
    words = _hedged(figure, _things(draft, figure, number, speech, governed=acts), speech)
    return speech.part(f"act.{fate}", counted=words) if acts else words


def _is_said_by(fate: str, figure: StatedFigure, draft: Draft, speech: _Speech) -> bool:
    """Whether what befell them says what is counted as well: 41 dead, 26 trapped."""
    if not speech.holds(f"fate.{fate}") or _is_apart(figure) or _is_as_written(draft, figure, speech):
        return False
    return (figure.unit_canonical is None and figure.unit is None) or figure.fate == _fate_in(figure)


def _things(draft: Draft, figure: StatedFigure, number: str, speech: _Speech, *, governed: bool) -> str:
    """A number and what it counts."""
    if _is_as_written(draft, figure, speech):
        return f"{number} {figure.unit}"
    key = _key(figure)
    language = draft.article.language
    if key is None or not speech.holds(key) or _is_apart(figure):
        if figure.unit is None or fold(figure.unit) == fold(figure.quote):
            return f"{number} {quoted(figure.quote, language)}" if figure.unit else number
        if language == speech.spoken:
            return speech.part("labelled", number=number, counted=figure.unit)
        return speech.part("written", number=number, counted=quoted(figure.unit, language))
    words = _counted(figure, key, speech, governed=governed)
    if language != speech.spoken and figure.unit and " " in figure.unit.strip():
        return speech.part("labelled", number=words, counted=quoted(figure.unit, language))
    return words


def _is_as_written(draft: Draft, figure: StatedFigure, speech: _Speech) -> bool:
    """Whether the source writes number and noun in the service's language, one after the other."""
    if draft.article.language != speech.spoken or not figure.unit:
        return False
    return (
        draft.article.text[figure.end :][: len(figure.unit) + 2].lstrip(" \N{NO-BREAK SPACE}-").startswith(figure.unit)
    )


def _counted(figure: StatedFigure, key: str, speech: _Speech, *, governed: bool) -> str:
    oblique = governed or figure.bound != "exact"
    return counted(figure.value, key, wording=speech.wording, spoken=speech.spoken, oblique=oblique)


def _hedged(figure: StatedFigure, words: str, speech: _Speech) -> str:
    return speech.part(figure.bound, number=words)


def _key(figure: StatedFigure) -> str | None:
    """The wording's name for what is counted."""
    if figure.unit_canonical is None:
        return None
    return f"unit.{figure.unit_canonical.lower().replace(' ', '_')}"


def _is_apart(figure: StatedFigure) -> bool:
    """Whether the source's noun would lose what it says by its unit's name."""
    words = [word.removeprefix(fold("ال")) for word in fold(figure.unit or "").split()]
    return any(word.startswith(_APART) for word in words)


def _fate_in(figure: StatedFigure) -> str | None:
    """What befell them by the unit's own name: the wounded."""
    known = (unit for unit in unit_words().units.values() if unit.canonical == figure.unit_canonical)
    return next((unit.fate for unit in known), None)
