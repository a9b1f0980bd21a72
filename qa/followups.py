"""A follow-up, written out as a question that stands by itself, by code: "and how many were wounded?", «ومن قال ذلك؟».

Turns → the question before, itself written out → the follow-up with the speaker, place, time and event that it leaves
out. What it names itself replaces what was there. A question that stands by itself is left as it is: it is a follow-up
by how it begins ("and", «و»), by a pronoun that nothing in it is meant by, or by naming no event, place or time at all.

Takes time linear in the turns read, which are few.
"""

from collections.abc import Sequence

from ingest.lexis import fold
from qa.domain import Turn
from qa.followup_cues import (
    ASKS_AR,
    ASKS_EN,
    BARE,
    LEAD_AR,
    LEAD_EN,
    POINTS,
    PRONOUNS,
    TAMYIZ,
    WHAT_OF_AR,
    WHAT_OF_EN,
    WHO_SAID,
)
from qa.parts import EVENTS, Parts, tidy
from qa.rewriting import Read, bare_question, core, counted_instead, instead, speaker_instead, who_said

MOST_TURNS = 8
"""Turns of the user that are looked back at."""

LONGEST = 600
"""Characters of a turn that is read; one longer than that is a document, and no question."""

_LEAST_WORDS = 3
"""Words of its own from which on a turn that asks nothing is a subject: "Tell me about the shelling of the market"."""

_MANY_WORDS = 6
"""Words of its own from which on a question stands by itself, however it begins."""


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
        if _is_subject(parts) and not _asks_who_said(turn, read):
            before = parts
    if before is None or len(text) > LONGEST:
        return None
    return _completed(text, before, said[0] if said else "", read)


def _is_subject(parts: Parts) -> bool:
    """Whether a turn asks or says something that can be leant on, and is no mere courtesy."""
    if parts.places or parts.times or (parts.attribution and parts.asked.counted):
        return True
    return len(parts.content) >= (1 if _asks(fold(parts.text)) else _LEAST_WORDS)


def _completed(text: str, before: Parts, said: str, read: Read) -> str | None:
    """A question in the light of the one before it and of what was answered; `None` where it stands by itself."""
    bare, led = _without_lead(text.strip())
    about = _without_about(bare)
    parts = read(about or bare)
    plain = fold(parts.text)
    if _asks_who_said(text, read):
        return _asked(who_said(parts, before, said), parts)
    if about or (led and not _asks(plain)):
        return _asked(instead(parts, before, read), before)
    if not _asks(plain) or not (BARE.search(plain) or _leans(parts, plain, led=led)):
        return None
    return _own(parts, before, bare=BARE.search(plain) is not None)


def _asks_who_said(text: str, read: Read) -> bool:
    """Whether a turn asks who said what was answered: what it is about stays what was asked before it."""
    return WHO_SAID.search(fold(read(_without_lead(text.strip())[0]).text)) is not None


def _own(parts: Parts, before: Parts, *, bare: bool) -> str:
    """A follow-up that asks something itself, with what it leaves out."""
    if bare:
        return _asked(bare_question(parts, before), parts)
    if parts.asked.kind == "statement" and parts.asked.speaker and not _names_itself(parts):
        return _asked(speaker_instead(parts.asked.speaker, before), before)  # "And what did SANA say?"
    if counted := _only_counts(parts):
        return _asked(counted_instead(counted, parts, before), before)
    return _asked(core(parts, before), parts)


def _asked(text: str, like: Parts) -> str:
    text = tidy(text)
    if text.endswith(("?”", "؟»")):  # a question that is quoted, with its own mark
        return f"{text[:1].upper()}{text[1:]}"
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
