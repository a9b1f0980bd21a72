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
from qa.kinds import asks_many
from qa.parts import EVENTS, Parts, leads_on, tidy

MOST_TURNS = 8
"""Turns of the user that are looked back at."""

LONGEST = 600
"""Characters of a turn that is read; one longer than that is a document, and no question."""

_LEAD_EN = re.compile(r"^(?:(?:ok(?:ay)?|right|thanks|now)[,.]? )?(?:(?:and|but|so|then|also)\b,?\s+)+", re.IGNORECASE)
_WHAT_OF_EN = re.compile(r"^(?:what|how) (?:about|of)\s+", re.IGNORECASE)
_LEAD_AR = re.compile(
    r"^(?:(?:طيب|حسنا|حسناً|ثم|لكن|ولكن)[،,]?\s+)*[وف](?=(?:كم|بكم|من|ما|ماذا|متى|أين|اين|كيف|لماذا|هل|أي|أية|بماذا|لم|في|ب?حسب|وفق\w*"
    r"|عن|على|إلى|منذ|خلال|قبل|بعد|عام|عدد|مع)(?!\w)|كم\s)"
)
_WHAT_OF_AR = re.compile(r"^(?:ماذا|ما)\s+(?:عن|بشأن|بخصوص)\s+")
_ASKS_EN = re.compile(
    r"^(?:(?:at|by|in|on|for|from|to|of|with|since|until) )?(?:how|who|whom|whose|what|which|when|where|why|did|does|do"
    r"|is|are|was|were|has|have|had|can|could|will|would)\b"
)
_ASKS_AR = re.compile(
    r"^(?:كم|بكم|من|ما|ماذا|متي|اين|كيف|لماذا|هل|اي|ايه|باي|بماذا|لم|مم|منذ متي|الي متي|الي اين|من اين)(?!\w)"
)
_WHO_SAID = re.compile(
    r"^(?:who|which (?:source|outlet|agency|body)) (?:has |have |else )?(?:said|says|reported|announced|claimed|told|gave|confirmed|stated)"
    r"(?: (?:that|this|so|it|those|these|the)(?: (?:figures?|numbers?|tolls?|claims?|one))?)?$"
    r"|^(?:says who|according to whom?|by whom)$"
    r"|^(?:what|who) (?:is|was) the source(?: (?:of|for) (?:that|this|it)(?: \w+)?)?$"
    r"|^(?:من|مين|اي مصدر|اي جهه) (?:الذي )?(?:قال|ذكر|اعلن|صرح|افاد|اورد|قالها|قاله|ذكره|اعلنه|اكد)(?: (?:ذلك|هذا|بذلك|بهذا|به|هذه|تلك)(?: \w+)?)?$"
    r"|^(?:بحسب|حسب|وفق) (?:من|اي مصدر|اي جهه)$|^(?:ما|من) (?:هو )?(?:المصدر|مصدر (?:ذلك|هذا|هذه)(?: \w+)?)$"
)
_BARE = re.compile(
    r"^(?:when|where|why|how|متي|اين|لماذا|كيف)(?: (?:did|was|is|were|has|have))?"
    r"(?: (?:that|it|this|they|he|she|حدث|حصل|وقع|جري|كان|تم))?(?: (?:happen|happened|occur|occurred|so|take place|ذلك|هذا))?$"
)
_PRONOUNS = saying.words("""
    it its they them their he she his her him this that these those there
    منهم منها منه منهن عنهم عنها عنه فيها فيه فيهم بها به لهم لها له بينهم بينها إليها إليه عليها عليه عددهم عددها
    هم هي هو هناك هذا هذه ذلك تلك سببها سببه بعضهم معهم معها نفسه نفسها جميعهم""")
_POINTS = re.compile(
    r"\b(?:in|on|at|by|of|from|during|after|before|about|since|for|over|to) (?:that|this|those|these|the same) \w+"
    r"|\b(?:that|the same|this) (?:day|night|week|month|year|time|attack|strike|incident|figure|number|place|town|city)\b"
    r"|\b(?:by|since|until|before|after) (?:then|that)\b|\bthere$"
    r"|(?:^|\s)(?:في|من|عن|خلال|بعد|قبل|عند|علي|منذ) (?:ذلك|تلك|هذا|هذه|هولاء|اولئك)\b"
    r"|(?:^|\s)(?:ذلك|تلك) (?:اليوم|الليله|العام|السنه|الشهر|الوقت|الحين|الغاره|الهجوم)\b"
    r"|(?:^|\s)(?:حينها|انذاك|حينذاك|يومها|وقتها|هناك)(?:\s|$)"
)
_ACCORDING = re.compile(
    r"^(?:according to|as per|per|by|for|in the view of|بحسب|حسب|وفقا ل|وفقاً ل|وفق|طبقا ل|في رأي|عن|لدى)\s*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:in|at|near|around|on|of|for|from|with|among|the case of|في|قرب|من|عن|على|إلى|بين|حول|ب(?=ال))\s*",
    re.IGNORECASE,
)
_OUR_NUMBERS = re.compile(r"\s*\[\d+\](?:\s*\([^()\n]{0,120}\))?")
_OF_WHAT = re.compile(r"\b(?:about|on|over) (?:it|that|this|them)$|(?<!\w)عن (?:ذلك|هذا|هذه)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:about|عن) ", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TAMYIZ = ("ً", "ا", "ة")
"""How an Arabic noun ends that stands right behind «كم»."""

_LONGEST_STATEMENT = 240
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
        if parts.content or parts.places:
            before = parts
    if before is None or len(text) > LONGEST:
        return None
    return _completed(text, before, said[0] if said else "", read)


def _completed(text: str, before: Parts, said: str, read: Read) -> str | None:
    """A question in the light of the one before it and of what was answered; `None` where it stands by itself."""
    bare, led = _without_lead(text.strip())
    about = _without_about(bare)
    parts = read(about or bare)
    plain = fold(parts.text)
    if _WHO_SAID.search(fold(read(bare).text)):
        return _asked(_who_said(parts, before, said), parts)
    if about or (led and not _asks(plain)):
        return _asked(_instead(parts, before, read), before)
    if not _asks(plain) or not (_BARE.search(plain) or _leans(parts, plain, led=led)):
        return None
    if _BARE.search(plain):
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
    for lead in (_LEAD_EN, _LEAD_AR):
        if found := lead.match(text):
            return text[found.end() :], True
    if text.startswith("و") and (_WHAT_OF_AR.match(text[1:]) or len(text.split()) <= 4):  # noqa: PLR2004 - «والجرحى؟»
        return text[1:], bool(_WHAT_OF_AR.match(text[1:])) or text.rstrip().endswith(("؟", "?"))
    return text, False


def _without_about(text: str) -> str | None:
    """What "what about …" is about."""
    for opening in (_WHAT_OF_EN, _WHAT_OF_AR):
        if found := opening.match(text):
            return text[found.end() :]
    return None


def _asks(plain: str) -> bool:
    return bool(_ASKS_EN.match(plain) or _ASKS_AR.match(plain))


def _leans(parts: Parts, plain: str, *, led: bool) -> bool:
    """Whether a question needs the one before it to be understood."""
    own = [token.plain for token in parts.content if token.plain not in _PRONOUNS]
    placed = bool(parts.places), bool(parts.times)
    if _pronoun_first(parts):
        return True
    if _POINTS.search(plain):
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
        if token.plain in _PRONOUNS:
            at = parts.tokens.index(token) + 1
            said_of = at < len(parts.tokens) and parts.tokens[at].plain in {"is", "are", "was", "were"}
            return not (token.plain in {"there"} and not said_of and at < len(parts.tokens))
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
    if of := _OF_WHAT.search(text):  # "What did he say about it?"
        if _ABOUT.match(carried):
            text = text[: of.start()]
        elif not leads_on(carried):
            text, carried = text[: of.start()], f"{of[0].split()[0]} {carried}"
    return f"{_joined(text, carried, stated=of is not None)}{_said_by(parts, before)}"


def _joined(text: str, carried: str, *, stated: bool = False) -> str:
    """A question with what is carried over behind it: at once where that begins with a preposition of place or time."""
    if not stated:
        carried = _ABOUT.sub("– ", carried)
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
    if any(token.plain in EVENTS for token in parts.content) and not _POINTS.search(fold(parts.text)):
        kept = [span for span in (*map(before.located, before.places), *before.times) if span not in replaced]
        return tidy(" ".join(before.text[span.start : span.end] for span in sorted(kept)))
    return before.about(without=replaced)


def _bare(parts: Parts, before: Parts) -> str:
    """ "When?", "why did it happen?": the question before, asked with another word."""
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
    """ "Who said that?": whoever gives the figure that was asked for, or the statement that was answered with."""
    who = "من قال" if parts.arabic else "Who said"
    asked = before.without_attribution(0)
    if asks_many(fold(asked)):
        return f"{who} {asked[:1].lower()}{asked[1:]}"
    if statement := _statement(said):
        return f"{who} {f'إن {statement}' if parts.arabic else f'that {statement}'}"
    return _joined(who, before.about() or asked)


def _statement(said: str) -> str:
    """The first claim of one of our own answers, without its numbers: what "that" means. It is no evidence of it."""
    line = next((line for line in said.splitlines() if _OUR_NUMBERS.search(line)), "")
    line = _OUR_NUMBERS.split(line)[0]
    quoted = re.search(r"[«“](.+?)[»”]", line)
    words = (quoted[1] if quoted else line).strip(" .:؟?")
    return words if len(words) <= _LONGEST_STATEMENT else words[:_LONGEST_STATEMENT].rsplit(" ", 1)[0]


def _only_counts(parts: Parts) -> str | None:
    """What is counted, where a follow-up asks for nothing else: "and how many children?"."""
    asked = parts.asked
    if asked.kind != "figure" or not asked.counted or parts.content or parts.places or parts.times or asked.speaker:
        return None
    if fold(parts.text.split()[-1]) != fold(asked.counted.split()[-1]):
        return None
    if parts.arabic and not asked.counted.startswith("ال") and not asked.counted.endswith(_TAMYIZ):
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
    """ "And in Aleppo?", "what about the wounded?": the question before with that in its place."""
    text, changed = parts.text, before
    if cue := _ACCORDING.match(text):
        name = text[cue.end() :].strip()
        if _is_speaker(name, parts) or not before.places:
            return _speaker_instead(name, before)
    if times := parts.times:
        time = text[times[0].start : times[0].end].strip()
        text = tidy(text[: times[0].start] + text[times[0].end :])
        changed = read(_time_instead(time, changed))
        if not text:
            return changed.text
    bare = _PREPOSITION.sub("", text).strip()
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
        if (year := _YEAR.search(first)) and not _YEAR.search(time):
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
