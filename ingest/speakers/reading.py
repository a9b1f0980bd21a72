"""Who says what in an article, in a straight line.

Text → words and units → cues of each unit → who is meant → attributions
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.attribution import QUOTES
from ingest.domain import Attribution
from ingest.speakers import arabic, english
from ingest.speakers.cues import Aliases, Cue, Known, KnownName
from ingest.speakers.entities import Entity
from ingest.speakers.roster import Roster
from ingest.speakers.words import Script, Unit


class _Record(NamedTuple):
    cue: Cue
    speaker: Entity
    via: Entity | None
    body: Entity | None


def read_attributions(text: str, *, aliases: Aliases, title: str | None = None) -> list[Attribution]:
    """Tell who says each statement of an article; time linear in its length.

    Args:
        text: the article's text as written.
        aliases: names that are known beyond the article.
        title: its headline; where the text repeats it, it is read as a line of its own.

    Returns:
        Attributions in the order of their statements, outer ones first; offsets are code points of `text`.
    """
    script = Script(text, title=title)
    known = _known(script, aliases)
    roster = Roster(script, known, aliases)
    records: list[_Record] = []
    spoke = False
    for unit in script.units:
        found = _read(script, unit, known, roster)
        if not found and spoke:
            found = _continued(script, unit, records)
        spoke = bool(found)
        records += found
    roster.settle()
    return _attributions(records, roster)


def speaker_of(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost attribution whose statement covers `[start, end)`; `None`: the article's own voice."""
    covering = [one for one in attributions if one.start <= start and end <= one.end]
    return min(covering, key=lambda one: one.end - one.start, default=None)


def _known(script: Script, aliases: Aliases) -> Known:
    known: dict[int, KnownName] = {}
    for start, end, canonical, *kind in aliases.find(script.text):
        first, last = script.word_at(start), script.word_at(end - 1)
        if first <= last < len(script.words):
            known.setdefault(first, KnownName(last, canonical, str(kind[0] or "") if kind else ""))
    return known


def _read(script: Script, unit: Unit, known: Known, roster: Roster) -> list[_Record]:
    cues = sorted(
        [*english.read(script, unit, known), *arabic.read(script, unit, known)], key=lambda cue: cue.cue_start
    )
    records = []
    for cue in cues:
        at = script.word_at(cue.cue_start)
        via = roster.resolve(cue.via, at) if cue.via else None  # before its source, which "the agency" never means
        if via is not None:
            roster.recent.pop()
        body = roster.body(cue.subject, at)
        if body is not None:
            roster.heard(body, at)  # "the group" may mean it in the next sentence
        speaker = roster.resolve(cue.subject, at, cue.gender)
        if speaker is None:
            continue
        records.append(_Record(cue, speaker, via, body))
    return records


def _continued(script: Script, unit: Unit, records: Sequence[_Record]) -> list[_Record]:
    """A quotation that stands alone goes on with whoever spoke before it."""
    text = script.text
    if text[unit.start] not in QUOTES or not records:
        return []
    inside = script.quotation(unit.start)
    whole = inside is not None and inside[1] >= unit.stop - 2
    if not whole:
        return []
    last = records[-1]
    cue = last.cue._replace(start=unit.start, end=unit.stop)
    return [last._replace(cue=cue)]


def _attributions(records: Sequence[_Record], roster: Roster) -> list[Attribution]:
    entities = {
        id(entity): entity
        for record in records
        for entity in (record.speaker, record.via, record.body)
        if entity is not None
    }
    speakers = {number: roster.speaker(entity) for number, entity in entities.items()}
    found = []
    for record in records:
        cue = record.cue
        found.append(
            Attribution(
                speaker=speakers[id(record.speaker)],
                via=speakers[id(record.via)] if record.via else None,
                body=speakers[id(record.body)] if record.body else None,
                start=cue.start,
                end=cue.end,
                cue_start=cue.cue_start,
                cue_end=cue.cue_end,
            )
        )
    return sorted(found, key=lambda one: (one.start, -one.end))
