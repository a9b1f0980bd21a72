"""A figure as a claim says it, in the service's languages: who, how many of what, what befell them.

Built from what was read alone. In the source's own language the counted thing is written as the source writes it; in the
other one by its canonical name, or else in the source's words between quotation marks.
"""

from ingest.aliases import Aliases
from ingest.domain import Attribution, StatedFigure
from ingest.language import detect_query_language
from ingest.lexis import fold
from prompts import Prompt
from qa.domain import Draft

_WHOLE = 1e15
"""From here on every float is whole."""


def phrase(draft: Draft, *, wording: Prompt, spoken: str, aliases: Aliases) -> str:
    """What a draft says: "SANA: about 30 civilians killed"; without a figure, its quote."""
    figure = draft.figure
    if figure is None:
        return draft.quote
    words = _figure(figure, draft.article.language, wording=wording, spoken=spoken)
    if draft.said is None:
        return words
    return wording.part(f"told.{spoken}", speaker=name_of(draft.said, spoken, aliases), words=words)


def name_of(said: Attribution, spoken: str, aliases: Aliases) -> str:
    """A speaker's name in the service's language, where one is known, else as the source writes it."""
    speaker = said.speaker
    names = (speaker.name, speaker.canonical, *aliases.names(speaker.canonical))
    spoken_name = next((name for name in names if detect_query_language(name) == spoken), speaker.name)
    # A number in a name is to stand where readers find it: as the source writes it.
    return speaker.name if any(char.isdigit() for char in spoken_name) else spoken_name


def unit_of(figure: StatedFigure) -> str | None:
    """What a claim's figure counts: the canonical name with what befell them, else as the source writes it."""
    if figure.unit_canonical is None:
        return figure.unit if figure.fate is None else f"{figure.unit or 'people'} {figure.fate}"
    if figure.fate is None or figure.fate == figure.unit_canonical:
        return figure.unit_canonical
    return f"{figure.unit_canonical} {figure.fate}"


def number_of(value: float) -> str:
    """A value in digits, thousands set apart."""
    if abs(value) >= _WHOLE or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def _figure(figure: StatedFigure, language: str, *, wording: Prompt, spoken: str) -> str:
    number = number_of(figure.value)
    if figure.unit_canonical == "percent":
        number = wording.part(f"percent.{spoken}", number=number)
    hedged = wording.part(f"{figure.bound}.{spoken}", number=number)
    counted, labelled = _counted(figure, language, wording=wording, spoken=spoken)
    fate = _fate(figure, counted, wording=wording, spoken=spoken)
    if not counted:
        return f"{hedged} {fate}".strip()
    if spoken == "ar" and labelled:
        return wording.part("labelled.ar", number=hedged, counted="، ".join(filter(None, (counted, fate))))
    if labelled or language == spoken:
        return f"{hedged} {counted} {fate}".strip()
    return f"{wording.part(f'written.{spoken}', number=hedged, counted=counted)} {fate}".strip()


def _counted(figure: StatedFigure, language: str, *, wording: Prompt, spoken: str) -> tuple[str, bool]:
    """What is counted, in words, and whether these are the service's own."""
    canonical = figure.unit_canonical
    if canonical == "percent":
        return "", False
    if figure.unit and language == spoken and figure.unit != figure.quote:
        return figure.unit, False
    if canonical and spoken == "en":
        return canonical, True
    label = canonical and _part(wording, f"unit.{canonical.lower().replace(' ', '_')}.{spoken}")
    if label:
        return label, True
    return figure.unit or "", False


def _fate(figure: StatedFigure, counted: str, *, wording: Prompt, spoken: str) -> str:
    """What befell them, where what is counted does not say so already."""
    if not figure.fate or figure.unit_canonical == figure.fate or (spoken == "ar" and not counted):
        return ""
    words = _part(wording, f"fate.{figure.fate}.{spoken}") or ""
    return "" if fold(words) in fold(counted) else words


def _part(wording: Prompt, key: str) -> str | None:
    return wording.part(key) if wording.holds(key) else None
