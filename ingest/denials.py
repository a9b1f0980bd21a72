"""What is denied or only thought of is nobody's count: "Police denied that 80 people were arrested", "could kill 300".

A figure inside what is denied may still be taken for granted ("denied its part in the strike that killed 14"). Which of
them are is not told apart: to show none of them withholds something, to show one that was denied says the reverse.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.domain import Attribution, StatedFigure
from ingest.figures.contrasts import contrasts
from ingest.figures.unit_words import human_units
from ingest.lexis import fold
from ingest.sentences import split_sentences
from ingest.speakers import speaker_of
from ingest.unreal import how_unreal

_DENIES = r"(?<!not )(?<!never )\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))\b"
_REJECTS = r"\b(?:reject|dismiss)(?:s|es|ed|ing)?\b[^.]{0,24}?\b(?:claim|report|accusation|allegation|suggestion)s?\b"
_DENIES_AR = fold("نفى نفت نفوا ينفي تنفي ينفون نافيا نافية نافين").replace(" ", "|")
_DENIAL = re.compile(rf"{_DENIES}|{_REJECTS}|\b[وف]?(?:{_DENIES_AR})\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:and|but|though|while)\b")
"""After it another verb gives the words: "denied wrongdoing and said"."""
_SAYS_NEXT = re.compile(r"[،,]\s*و(?:قال|اضاف|اكد|ذكر|اوضح|اعلن)\w*")
"""«نفت ذلك، وقالت إن»: what they say comes after what they deny."""

_LEAD = 40
"""Code points of the statement that may say what is rejected: "rejected | claims that"."""


def not_denied(text: str, figures: Sequence[StatedFigure], said: Sequence[Attribution]) -> list[StatedFigure]:
    """The figures that nobody denies or leaves open, in their order.

    Of those that nothing befell ("not one of the 300 residents was hurt") the figure is kept, and its fate is not.

    Args:
        text: the text they stand in.
        figures: as `ingest.figures.read_figures` reads them.
        said: as `ingest.speakers.read_attributions` reads them.

    Returns:
        Figures whose `whole` is an index into the list that is returned.
    """
    put_right = contrasts(text, [(figure.start, figure.end) for figure in figures])
    sentences = split_sentences(text) if figures else []
    starts = [sentence.start for sentence in sentences]
    kept: dict[int, StatedFigure] = {}
    for at, figure in enumerate(figures):
        if at in put_right or _denied(text, figure.start, speaker_of(said, figure.start, figure.end)):
            continue
        sentence = sentences[max(0, bisect_right(starts, figure.start) - 1)]
        unreal = how_unreal(text, figure.start, figure.end, sentence.start, sentence.end)
        if unreal == "spared":
            kept[at] = figure.model_copy(update={"fate": None})
        elif unreal is None or (unreal != "untrue" and not _befalls(figure)):
            kept[at] = figure
    places = {at: place for place, at in enumerate(kept)}
    return [
        figure if figure.whole is None else figure.model_copy(update={"whole": places.get(figure.whole)})
        for figure in kept.values()
    ]


def _befalls(figure: StatedFigure) -> bool:
    """Whether it counts people, or what something befell."""
    return figure.fate is not None or figure.unit_canonical in human_units()


def _denied(text: str, start: int, said: Attribution | None) -> bool:
    if said is None or _SAYS_NEXT.search(fold(text[said.cue_end : start])):
        return False
    cue = fold(text[said.cue_start : said.cue_end])
    lead = fold(text[said.start : said.start + _LEAD]) if said.start >= said.cue_end else ""
    found = _DENIAL.search(f"{cue} {lead}")
    return found is not None and found.start() < len(cue) and not _TURN.search(cue, found.end())
