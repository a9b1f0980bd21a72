"""What a follow-up asks, written out: built from its own words and from what the question before it was about.

Which of these a follow-up is, `qa.followups` decides. Every text is one question without its mark at the end.
"""

import re
from collections.abc import Callable

from ingest.lexis import fold
from ingest.sentences import Span
from qa import saying
from qa.crossing import behind, crosses, quoted, said_in, speaker_in
from qa.followup_cues import (
    ABOUT,
    ACCORDING,
    OF_WHAT,
    OUR_NUMBERS,
    POINTS,
    PREPOSITION,
    PRONOUNS,
    SETTING,
    TIMED,
    WHICH_ONE,
    YEAR,
)
from qa.kinds import asks_many
from qa.parts import EVENTS, Parts, leads_on, tidy

Read = Callable[[str], Parts]

_STRUCK = re.compile(r"^(?:on|against|على|ضد) ")
"""What stands before a place because a strike was on it."""

_BY = re.compile(r"^by ", re.IGNORECASE)

_LONGEST_STATEMENT = 240
"""Code points of an answer's claim that a question repeats."""


def core(parts: Parts, before: Parts) -> str:
    """What a follow-up asks, with what it leaves out."""
    if crosses(parts, before):
        return behind(parts, before)
    text, carried = parts.text, _carried(parts, before)
    if of := OF_WHAT.search(text):  # "What did he say about it?"
        if ABOUT.match(carried):
            text = text[: of.start()]
        elif not leads_on(carried):
            text, carried = text[: of.start()], f"{of[0].split()[0]} {carried}"
    return f"{_joined(text, carried, stated=of is not None)}{_said_by(parts, before)}"


def _joined(text: str, carried: str, *, stated: bool = False) -> str:
    """A question with what is carried over behind it: at once where that begins with a preposition of place or time."""
    if not stated:
        carried = ABOUT.sub("– ", carried)
    if not carried:
        return text
    return f"{text} {carried}" if leads_on(carried) or carried.startswith("–") else f"{text} – {carried}"


def _said_by(parts: Parts, before: Parts) -> str:
    """Whose words are asked for, carried over where it is still a statement or a figure that is asked for."""
    speaker = before.asked.speaker
    stated = parts.asked.kind in {"figure", "statement"} or any(
        token.plain in saying.SAY | saying.SAY_AR for token in parts.tokens
    )
    if speaker is None or parts.asked.speaker is not None or not stated:
        return ""
    return f"، بحسب {speaker}" if parts.arabic else f", according to {speaker}"


def _carried(parts: Parts, before: Parts) -> str:
    """What the question before was about, without what the follow-up says otherwise."""
    replaced: list[Span] = []
    if parts.places:
        replaced += [before.located(place) for place in before.places]
    if parts.times:
        replaced += before.times
    if any(token.plain in EVENTS for token in parts.content) and not POINTS.search(fold(parts.text)):
        kept = [span for span in (*map(before.located, before.places), *before.times) if span not in replaced]
        return tidy(" ".join(before.text[span.start : span.end] for span in sorted(kept)))
    counts = parts.asked.kind == before.asked.kind == "figure"
    return before.about(without=replaced, past_verb=counts and not any(t.plain in PRONOUNS for t in parts.tokens))


def bare_question(parts: Parts, before: Parts) -> str:
    """Ask with another word, "when?", "why did it happen?", what the question before asked."""
    word = parts.text.split()[0]
    if crosses(parts, before):
        return f"{word} – {quoted(before)}"
    told = before.about()
    if before.asked.kind == "figure":
        counted = before.asked.counted
        at = before.text.find(counted) if counted else -1
        if counted and at >= 0:
            start = at + len(counted) if before.arabic else at
            rest = before.without_attribution(start)
            if before.arabic == parts.arabic and rest:
                return f"{word} {rest}" if parts.arabic else f"{word} was it that {rest}"
    return _joined(word, told)


def who_said(parts: Parts, before: Parts, said: str) -> str:
    """Ask who said that: whoever gives the figure that was asked for, or the statement that was answered with."""
    who = "من قال" if parts.arabic else "Who said"
    asked = before.without_attribution(0)
    if crosses(parts, before):
        return f"{who}: {quoted(before, asked if asks_many(fold(asked)) else None)}"
    if asks_many(fold(asked)):
        return f"{who} {asked[:1].lower()}{asked[1:]}"
    if statement := _statement(said):
        return f"{who} {f'إن {statement}' if parts.arabic else f'that {statement}'}"
    return _joined(who, before.about() or asked)


def _statement(said: str) -> str:
    """The first claim of one of our own answers, without its numbers: what "that" means. It is no evidence of it."""
    line = next((line for line in said.splitlines() if OUR_NUMBERS.search(line)), "")
    line = OUR_NUMBERS.split(line)[0]
    quoted = re.search(r"[«“](.+?)[»”]", line)
    words = (quoted[1] if quoted else line).strip(" .:؟?")
    return words if len(words) <= _LONGEST_STATEMENT else words[:_LONGEST_STATEMENT].rsplit(" ", 1)[0]


def counted_instead(counted: str, parts: Parts, before: Parts) -> str:
    """The question before, with another thing counted."""
    if crosses(parts, before):
        return f"{parts.text} – {quoted(before)}"
    was = before.asked.counted
    at = before.text.find(was) if was else -1
    if was is None or at < 0:
        return core(parts, before)
    return before.replaced([Span(at, at + len(was))], counted)


def instead(parts: Parts, before: Parts, read: Read) -> str:
    """Put what a follow-up names into the question before, said in that question's language."""
    if not crosses(parts, before):
        return _instead(parts, before, read)
    known = said_in(parts, before)
    return f"{parts.text} – {quoted(before)}" if known is None else _instead(read(known), before, read)


def _instead(parts: Parts, before: Parts, read: Read) -> str:
    """Put what "and in Aleppo?", "what about the wounded?" name into the question before, in the place of its like."""
    if _names_event(parts):
        return _event_instead(parts, before)
    text, changed = parts.text, before
    if cue := ACCORDING.match(text):
        name = text[cue.end() :].strip()
        if _is_speaker(name, parts) or not before.places:
            return speaker_instead(name, before)
    if times := parts.times:
        time = text[times[0].start : times[0].end].strip()
        text = tidy(text[: times[0].start] + text[times[0].end :])
        changed = read(_time_instead(time, changed))
    return _named_instead(text, parts, changed, read)


def _named_instead(text: str, parts: Parts, changed: Parts, read: Read) -> str:
    """Put a speaker, place or thing into a question, in the place of its like."""
    lead = SETTING.match(text)
    bare = (text[lead.end() :] if lead else PREPOSITION.sub("", text)).strip()
    if not bare:
        return changed.text
    if _is_speaker(bare, parts):
        return speaker_instead(bare, changed)
    if TIMED.match(text) and changed.places:  # "And during Ramadan?"
        return _located(changed, text)
    named = parts.places or (bare[:1].isupper() and not parts.arabic) or (parts.arabic and text != bare)
    if named or (lead and _sets(bare, parts, read)):
        return _place_instead(bare, changed, lead[0] if lead else "")
    if lead and not read(f"How many {bare}?").asked.fate:  # "And at night?"
        return _located(changed, text)
    return _thing_instead(bare, changed, read)


def _is_speaker(name: str, parts: Parts) -> bool:
    found = parts.aliases.find(name)
    return bool(found) and found[0].start <= len("the ") and found[0].end >= len(name) - 1


def speaker_instead(name: str, before: Parts) -> str:
    """The question before, asked of somebody else's words."""
    name = speaker_in(name, before) or name
    if before.speaker:
        return before.replaced([before.speaker], name)
    return f"{before.text}، بحسب {name}" if before.arabic else f"{before.text}, according to {name}"


def _time_instead(time: str, before: Parts) -> str:
    if before.times:
        first = before.text[before.times[0].start : before.times[0].end]
        leads = leads_on(time) or not leads_on(first)
        if (year := YEAR.search(first)) and not YEAR.search(time):
            time = f"{time} {year[0]}"
        return before.replaced(before.times, time if leads else f"{first.split()[0]} {time}")
    return f"{before.text} {time}"


def _names_event(parts: Parts) -> bool:
    """Whether "in the Marjan market fire" names an event of its own, or "after the strike" leads to one."""
    return parts.event() is not None and (SETTING.match(parts.text) is not None or _own_name(parts))


def _own_name(parts: Parts) -> bool:
    """Whether an event has a name, and is not just one of those spoken of."""
    words = [token for token in parts.tokens if token.kind == "word" and token.plain not in WHICH_ONE]
    lead = SETTING.match(parts.text)
    return len([token for token in words if not lead or token.start >= lead.end()]) > 1


def _event_instead(parts: Parts, before: Parts) -> str:
    """The question before, asked of another event: one with a name has a place and time of its own, too."""
    lead = SETTING.match(parts.text) or _BY.match(parts.text)
    thing = parts.text[lead.end() :] if lead else PREPOSITION.sub("", parts.text)
    setting = before.setting()
    at = before.event()
    if at and (setting is None or at.start < setting.start):  # "What caused the bus fire?"
        tokens = [token for token in before.tokens if token.end <= at.end]
        first = next((token.start for token in reversed(tokens) if token.plain in {"the", "a", "an"}), at.start)
        return tidy(f"{before.text[:first]}{thing}")
    where = lead[0] if lead else "في " if before.arabic else "in "
    if setting is None or (at is None and not _own_name(parts)):  # "And after the strike?" of a place
        return _located(before, f"{where}{thing}")
    was = before.text[setting.start : setting.end]
    if ABOUT.match(was):
        where = f"{was.split()[0]} "
    kept = "" if _own_name(parts) else _of_setting(before, timed=not parts.times)
    return tidy(f"{before.text[: setting.start]} {where}{thing} {kept}{before.text[setting.end :]}")


def _of_setting(before: Parts, *, timed: bool) -> str:
    where = "في " if before.arabic else "in "
    places = [
        (span, _STRUCK.sub(where, before.text[span.start : span.end])) for span in map(before.located, before.places)
    ]
    times = [(span, before.text[span.start : span.end].strip()) for span in before.times if timed]
    return " ".join(text for _, text in sorted([*places, *times]))


def _sets(bare: str, parts: Parts, read: Read) -> bool:
    """Whether what follows a preposition is a place, though it begins like a thing: "at the Karsan bus station"."""
    if parts.arabic or parts.places or bare[:1].isupper():
        return False
    counted = read(f"How many {re.sub('^the ', '', bare, flags=re.IGNORECASE)}?").asked
    return not counted.fate and (any(token.capital for token in parts.tokens[1:]) or bare.startswith("the "))


def _place_instead(place: str, before: Parts, lead: str = "") -> str:
    if before.places:
        return before.replaced(before.places, place)
    setting = before.setting()
    if setting and before.event() is None and SETTING.match(before.text[setting.start :]):
        where = f"{lead or ('في ' if before.arabic else 'in ')}{place}"
        kept = _of_setting(before, timed=True)
        return tidy(f"{before.text[: setting.start]} {where} {kept}{before.text[setting.end :]}")
    return _located(before, f"{lead or ('في ' if before.arabic else 'in ')}{place}")


def _located(before: Parts, where: str) -> str:
    """A question with a place behind what it asks, before its time and its speaker."""
    text = before.text
    end = before.times[-1].start if before.times and before.times[-1].end == len(text) else len(text)
    if before.attribution and before.attribution.end == len(text):
        end = min(end, before.attribution.start)
    return tidy(f"{text[:end]} {where} {text[end:]}")


def _thing_instead(thing: str, before: Parts, read: Read) -> str:
    many = "كم عدد" if before.arabic else "How many"
    noun = re.sub(r"^the ", "", thing, flags=re.IGNORECASE)
    if before.asked.kind != "figure":
        parts = read(f"ماذا عن {thing}" if before.arabic else f"What about {thing}")
        return core(parts, before)
    if read(f"{many} {noun}?").asked.fate or not before.asked.counted:
        return core(read(f"{many} {noun}"), before)
    return counted_instead(noun if not before.arabic else f"من {noun}", read(f"{many} {noun}"), before)
