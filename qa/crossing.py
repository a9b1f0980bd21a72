"""Follow-ups in the other language than the question before: no question mixes two scripts.

What is known by name in both languages, places, months and speakers, is said in the one that is needed. Where that
does not do, the question before stands behind the follow-up as it was put, in quotation marks: «من قال: “How many …?”».
"""

import re
from collections.abc import Sequence

from ingest.dates import MONTHS
from ingest.lexis import fold
from qa.followup_cues import ACCORDING, PREPOSITION, YEAR
from qa.parts import Parts, tidy

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_QUESTION = re.compile(r"[“«]([^“”«»]+[?؟])[”»]")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = {fold(name): number for name, number in MONTHS.items()}


def crosses(parts: Parts, before: Parts) -> bool:
    """Whether a follow-up is in the other script than the question before it."""
    return parts.arabic != before.arabic and _LETTER.search(parts.text) is not None


def quoted(before: Parts, text: str | None = None) -> str:
    """A question as it was put, in its language's quotation marks; of one that quotes another, the other."""
    text = before.text if text is None else text
    if inner := _QUESTION.search(text):
        text = inner[1].rstrip("?؟ ")
    text = re.sub(r"[“”«»]", "", text)
    return f"«{text}؟»" if _ARABIC.search(text) else f"“{text}?”"


def behind(parts: Parts, before: Parts) -> str:
    """A follow-up with what is known of the question before it, in its own language; else with that question quoted."""
    known = _known(parts, before)
    return f"{parts.text} – {quoted(before)}" if known is None else tidy(f"{parts.text} {known}")


def said_in(parts: Parts, before: Parts) -> str | None:
    """What "and in Aleppo?" names, in the language of the question before; `None` where it is not known there."""
    arabic = before.arabic
    text = parts.text
    name = ACCORDING.sub("", text).strip()
    if body := parts.aliases.canonical(name):
        spelt = _spelt(parts.aliases.names(body), arabic=arabic)
        return spelt and (f"بحسب {spelt}" if arabic else f"according to {spelt}")
    pieces = [_time(text[time.start : time.end], arabic=arabic) for time in parts.times]
    for time in reversed(parts.times):
        text = tidy(text[: time.start] + text[time.end :])
    if place := PREPOSITION.sub("", text).strip():
        pieces.insert(0, _place(place, parts, arabic=arabic))
    return tidy(" ".join(map(str, pieces))) if pieces and None not in pieces else None


def speaker_in(name: str, before: Parts) -> str | None:
    """A speaker's name in the language of the question before; `None` where it is not known there."""
    body = before.aliases.canonical(name)
    return _spelt(before.aliases.names(body), arabic=before.arabic) if body else None


def _known(parts: Parts, before: Parts) -> str | None:
    if before.content or not (before.places or before.times):
        return None
    arabic = parts.arabic
    pieces: list[str | None] = []
    if not parts.places:
        pieces += [_place(before.text[one.start : one.end], before, arabic=arabic) for one in before.places]
    if not parts.times:
        pieces += [_time(before.text[one.start : one.end], arabic=arabic) for one in before.times]
    if before.asked.speaker and not parts.asked.speaker:
        body = before.aliases.canonical(before.asked.speaker)
        spelt = _spelt(before.aliases.names(body), arabic=arabic) if body else None
        pieces.append(spelt and (f"، بحسب {spelt}" if arabic else f", according to {spelt}"))
    return None if None in pieces else " ".join(map(str, pieces))


def _place(name: str, parts: Parts, *, arabic: bool) -> str | None:
    canonical = parts.known_places.canonical(name)
    spelt = _spelt(parts.known_places.names(canonical), arabic=arabic) if canonical else None
    return spelt and f"{'في' if arabic else 'in'} {spelt}"


def _time(time: str, *, arabic: bool) -> str | None:
    """A day, month or year in the other language; `None` for anything else."""
    year = YEAR.search(time)
    month = next((_MONTHS[fold(word)] for word in _WORD.findall(time) if fold(word) in _MONTHS), None)
    if month is None:
        return year and (f"في عام {year[0]}" if arabic else f"in {year[0]}")
    names = [name for name, number in MONTHS.items() if number == month and bool(_ARABIC.search(name)) == arabic]
    if not names:
        return None
    name = names[0] if arabic else max(names, key=len).capitalize()
    day = _DAY.search(time)
    lead = "في" if arabic else "on" if day else "in"
    return " ".join([lead, *([day[0]] if day else []), name, *([year[0]] if year else [])])


def _spelt(names: Sequence[str], *, arabic: bool) -> str | None:
    return next((name for name in names if bool(_ARABIC.search(name)) == arabic), None)
