"""A follow-up, written out as a question that stands by itself, by code: "and how many were wounded?", «ومن قال ذلك؟».

Turns → the question before, itself written out → the follow-up with the speaker, place, time and event that it leaves
out. What it names itself replaces what was there. A question that stands by itself is left as it is: it is a follow-up
by how it begins ("and", «و»), by a pronoun that nothing in it is meant by, or by naming no event, place or time at all.

Takes time linear in the turns read, which are few.
"""

import re
from collections.abc import Callable, Sequence

from ingest.lexis import fold
from ingest.sentences import Span
from qa import saying
from qa.domain import Turn
from qa.followup_cues import (
    ABOUT,
    ACCORDING,
    ASKS_AR,
    ASKS_EN,
    BARE,
    LEAD_AR,
    LEAD_EN,
    OF_WHAT,
    OUR_NUMBERS,
    POINTS,
    PREPOSITION,
    PRONOUNS,
    TAMYIZ,
    WHAT_OF_AR,
    WHAT_OF_EN,
    WHO_SAID,
    YEAR,
)
from qa.kinds import asks_many
from qa.parts import EVENTS, Parts, leads_on, tidy

MOST_TURNS = 8
"""Turns of the user that are looked back at."""

LONGEST = 600
"""Characters of a turn that is read; one longer than that is a document, and no question."""

_LONGEST_STATEMENT = 240
_LEAST_WORDS = 3
"""Words of its own from which on a turn that asks nothing is a subject: "Tell me about the shelling of the market"."""

_MANY_WORDS = 6
"""Words of its own from which on a question stands by itself, however it begins."""

Read = Callable[[str], Parts]


def written_out(text: str, history: Sequence[Turn], read: Read) -> str | None:
    """A follow-up as a question that stands by itself; `None` where it does so already, or nothing is there to lean on.

    Args:
        text: the last question.
        history: the turns before it, oldest first.
        read: takes a question apart.
    """
    asked = [turn.content for turn in history if turn.role == "user" and len(turn.content) <= LONGEST][-MOST_TURNS:]
    said = [turn.content for turn in history if turn.role == "assistant"][-1:]
    before: Parts | None = None
    for turn in asked:
        full = _completed(turn, before, "", read) if before else None
        parts = read(full or turn)
        if _is_subject(parts):
            before = parts
    if before is None or len(text) > LONGEST:
        return None
    return _completed(text, before, said[0] if said else "", read)


def _is_subject(parts: Parts) -> bool:
    """Whether a turn asks or says something that can be leant on, and is no mere courtesy."""
    if parts.places or parts.times:
        return True
    return len(parts.content) >= (1 if _asks(fold(parts.text)) else _LEAST_WORDS)


def _completed(text: str, before: Parts, said: str, read: Read) -> str | None:
    """A question in the light of the one before it and of what was answered; `None` where it stands by itself."""
    bare, led = _without_lead(text.strip())
    about = _without_about(bare)
    parts = read(about or bare)
    plain = fold(parts.text)
    if WHO_SAID.search(fold(read(bare).text)):
        return _asked(_who_said(parts, before, said), parts)
    if about or (led and not _asks(plain)):
        return _asked(_instead(parts, before, read), before)
    if not _asks(plain) or not (BARE.search(plain) or _leans(parts, plain, led=led)):
        return None
    return _own(parts, before, bare=BARE.search(plain) is not None)


def _own(parts: Parts, before: Parts, *, bare: bool) -> str:
    """A follow-up that asks something itself, with what it leaves out."""
    if bare:
        return _asked(_bare(parts, before), parts)
    if parts.asked.kind == "statement" and parts.asked.speaker and not _names_itself(parts):
        return _asked(_speaker_instead(parts.asked.speaker, before), before)  # "And what did SANA say?"
    if counted := _only_counts(parts):
        return _asked(_counted_instead(counted, parts, before), before)
    return _asked(_core(parts, before), parts)


def _asked(text: str, like: Parts) -> str:
    text = tidy(text)
    return f"{text[:1].upper()}{text[1:]}{'؟' if like.arabic else '?'}"


def _without_lead(text: str) -> tuple[str, bool]:
    """A question without the "and" it begins with, and whether it had one."""
    for lead in (LEAD_EN, LEAD_AR):
        if found := lead.match(text):
            return text[found.end() :], True
    if text.startswith("و") and (WHAT_OF_AR.match(text[1:]) or len(text.split()) <= 4):  # noqa: PLR2004 - «والجرحى؟»
        return text[1:], bool(WHAT_OF_AR.match(text[1:])) or text.rstrip().endswith(("؟", "?"))
    return text, False


def _without_about(text: str) -> str | None:
    """What "what about …" is about."""
    for opening in (WHAT_OF_EN, WHAT_OF_AR):
        if found := opening.match(text):
            return text[found.end() :]
    return None


def _asks(plain: str) -> bool:
    return bool(ASKS_EN.match(plain) or ASKS_AR.match(plain))


def _leans(parts: Parts, plain: str, *, led: bool) -> bool:
    """Whether a question needs the one before it to be understood."""
    own = [token.plain for token in parts.content if token.plain not in PRONOUNS]
    placed = bool(parts.places), bool(parts.times)
    if _pronoun_first(parts):
        return True
    if POINTS.search(plain):
        return not (parts.places and parts.times)
    if all(placed) or (any(placed) and any(word in EVENTS for word in own)):
        return False
    if led:
        return len(own) < _MANY_WORDS or not any(placed)
    return not own and not any(placed)


def _names_itself(parts: Parts) -> bool:
    return bool(parts.content or parts.places or parts.times)


def _pronoun_first(parts: Parts) -> bool:
    """Whether a pronoun stands before anything that it could mean."""
    for token in parts.tokens:
        named = token.capital and token.start > 0 and not token.arabic
        if token.plain in PRONOUNS:
            at = parts.tokens.index(token) + 1
            said_of = at < len(parts.tokens) and parts.tokens[at].plain in {"is", "are", "was", "were"}
            return not (token.plain == "there" and not said_of and at < len(parts.tokens))
        if named or token.kind == "digits" or (parts.speaker and parts.speaker.start <= token.start):
            return False
        if token.kind == "word" and (token in parts.content or _is_counted(parts, token)):
            return False
    return False


def _is_counted(parts: Parts, token: object) -> bool:
    counted = parts.asked.counted
    return counted is not None and getattr(token, "text", "") in counted.split()


def _core(parts: Parts, before: Parts) -> str:
    """What a follow-up asks, with what it leaves out."""
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


def _bare(parts: Parts, before: Parts) -> str:
    """Ask with another word, "when?", "why did it happen?", what the question before asked."""
    word = parts.text.split()[0]
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


def _who_said(parts: Parts, before: Parts, said: str) -> str:
    """Ask who said that: whoever gives the figure that was asked for, or the statement that was answered with."""
    who = "من قال" if parts.arabic else "Who said"
    asked = before.without_attribution(0)
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


def _only_counts(parts: Parts) -> str | None:
    """What is counted, where a follow-up asks for nothing else: "and how many children?"."""
    asked = parts.asked
    if asked.kind != "figure" or not asked.counted or parts.content or parts.places or parts.times or asked.speaker:
        return None
    if asked.fate or fold(parts.text.split()[-1]) != fold(asked.counted.split()[-1]):
        return None
    if parts.arabic and not asked.counted.startswith("ال") and not asked.counted.endswith(TAMYIZ):
        return f"من ال{asked.counted}"
    return asked.counted


def _counted_instead(counted: str, parts: Parts, before: Parts) -> str:
    """The question before, with another thing counted."""
    was = before.asked.counted
    at = before.text.find(was) if was else -1
    if was is None or at < 0:
        return _core(parts, before)
    return before.replaced([Span(at, at + len(was))], counted)


def _instead(parts: Parts, before: Parts, read: Read) -> str:
    """Put what "and in Aleppo?", "what about the wounded?" name into the question before, in the place of its like."""
    text, changed = parts.text, before
    if cue := ACCORDING.match(text):
        name = text[cue.end() :].strip()
        if _is_speaker(name, parts) or not before.places:
            return _speaker_instead(name, before)
    if times := parts.times:
        time = text[times[0].start : times[0].end].strip()
        text = tidy(text[: times[0].start] + text[times[0].end :])
        changed = read(_time_instead(time, changed))
        if not text:
            return changed.text
    bare = PREPOSITION.sub("", text).strip()
    if not bare:
        return changed.text
    if _is_speaker(bare, parts):
        return _speaker_instead(bare, changed)
    named = parts.places or (bare[:1].isupper() and not parts.arabic) or (parts.arabic and text != bare)
    if named:
        return _place_instead(bare, changed)
    return _thing_instead(bare, changed, read)


def _is_speaker(name: str, parts: Parts) -> bool:
    found = parts.aliases.find(name)
    return bool(found) and found[0].start <= len("the ") and found[0].end >= len(name) - 1


def _speaker_instead(name: str, before: Parts) -> str:
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


def _place_instead(place: str, before: Parts) -> str:
    if before.places:
        return before.replaced(before.places, place)
    text = before.text
    end = before.times[-1].start if before.times and before.times[-1].end == len(text) else len(text)
    if before.attribution and before.attribution.end == len(text):
        end = min(end, before.attribution.start)
    where = f"في {place}" if before.arabic else f"in {place}"
    return tidy(f"{text[:end]} {where} {text[end:]}")


def _thing_instead(thing: str, before: Parts, read: Read) -> str:
    many = "كم عدد" if before.arabic else "How many"
    noun = re.sub(r"^the ", "", thing, flags=re.IGNORECASE)
    if before.asked.kind != "figure":
        parts = read(f"ماذا عن {thing}" if before.arabic else f"What about {thing}")
        return _core(parts, before)
    if read(f"{many} {noun}?").asked.fate or not before.asked.counted:
        return _core(read(f"{many} {noun}"), before)
    return _counted_instead(noun if not before.arabic else f"من {noun}", read(f"{many} {noun}"), before)
