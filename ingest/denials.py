"""Figures that are denied are nobody's: "Police denied that 80 people were arrested" is no count by the police.

A figure inside what is denied may still be taken for granted ("denied its part in the strike that killed 14"). Which of
them are is not told apart: to show none of them withholds something, to show one that was denied says the reverse.
"""

import re
from collections.abc import Sequence

from ingest.domain import Attribution, StatedFigure
from ingest.figures.contrasts import contrasts
from ingest.lexis import fold
from ingest.speakers import speaker_of

_DENIES = r"(?<!not )(?<!never )\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))\b"
_REJECTS = r"\b(?:reject|dismiss)(?:s|es|ed|ing)?\b[^.]{0,24}?\b(?:claim|report|accusation|allegation|suggestion)s?\b"
_DENIES_AR = fold("نفى نفت نفوا ينفي تنفي ينفون نافيا نافية نافين").replace(" ", "|")
_DENIAL = re.compile(rf"{_DENIES}|{_REJECTS}|\b[وف]?(?:{_DENIES_AR})\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:and|but|though|while)\b")
"""After it another verb gives the words: "denied wrongdoing and said"."""

_LEAD = 40
"""Code points of the statement that may say what is rejected: "rejected | claims that"."""


def not_denied(text: str, figures: Sequence[StatedFigure], said: Sequence[Attribution]) -> list[StatedFigure]:
    """The figures that whoever says them does not deny, in their order.

    Args:
        text: the text they stand in.
        figures: as `ingest.figures.read_figures` reads them.
        said: as `ingest.speakers.read_attributions` reads them.

    Returns:
        Figures whose `whole` is an index into the list that is returned.
    """
    put_right = contrasts(text, [(figure.start, figure.end) for figure in figures])
    kept = [
        at
        for at, figure in enumerate(figures)
        if at not in put_right and not _denied(text, speaker_of(said, figure.start, figure.end))
    ]
    places = {at: place for place, at in enumerate(kept)}
    return [
        figure if figure.whole is None else figure.model_copy(update={"whole": places.get(figure.whole)})
        for figure in (figures[at] for at in kept)
    ]


def _denied(text: str, said: Attribution | None) -> bool:
    if said is None:
        return False
    cue = fold(text[said.cue_start : said.cue_end])
    lead = fold(text[said.start : said.start + _LEAD]) if said.start >= said.cue_end else ""
    found = _DENIAL.search(f"{cue} {lead}")
    return found is not None and found.start() < len(cue) and not _TURN.search(cue, found.end())
