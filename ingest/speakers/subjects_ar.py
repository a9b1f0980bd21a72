"""Who is the subject of an Arabic verb: after it, before it, before «الذي», at the sentence's head."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import ArabicSentence, Cue, Phrase, Words, stretch
from ingest.speakers.names_ar import interpret
from ingest.speakers.phrases_ar import MOST_NAME, bare, definite, office, phrase_at, short_quotation, verb
from ingest.speakers.words import quotes_in

_FAR = 40
"""Words between a verb and what is said."""


_LONGEST = 12
"""Words of a phrase before «الذي»."""


class Subject(NamedTuple):
    """A verb's subject."""

    phrase: Phrase
    after: int
    """First word after the phrase and what is said about it."""


def cue_of(here: ArabicSentence, phrase: Phrase, said: tuple[int, int], cue: Words, kind: str = "") -> Iterator[Cue]:
    """A cue of the words `[begin, stop)` that are said; none where nothing is."""
    begin, stop = said
    if stop > begin:
        start, end = stretch(here.script, begin, stop - 1)
        yield Cue(phrase, start, end, here.words[cue[0]].start, here.words[cue[1]].end, gender=kind)


def subject_after(here: ArabicSentence, first: int, end: int) -> Subject | None:
    """The subject after a verb, past words of time, with what commas say about it."""
    place = first
    while place < end and here.words[place].key in ar.DAYS and not here.script.barred(place):
        place += 1
    if place >= end or (here.script.barred(place) and short_quotation(here.script, place) is None):
        return None
    key = here.words[place].key
    if (
        key in ar.PREPOSITIONS
        or key in ar.THAT
        or key in ar.EVENTS
        or key in ar.SAYING
        or key in ar.FOR_ADDRESSEE
        or key in ar.MANNER
    ):
        return None
    if key.startswith("ب") and key.endswith(("ها", "هم")) and place not in here.known:
        return None  # «طالبوا برحيلها»: what is demanded
    if here.words[place].raw.endswith(("اً", "ًا", "ةً", "ّاً")):
        return None  # the accusative is no subject's
    if bare(key) in ar.ISSUED:
        place = issuer_at(here, place, end) or place
    found = phrase_at(here.script, place, end, here.known)
    if found is None:
        return None
    last, after = _appositions(here, found, end)
    phrase = interpret(here.script, found[0], last, here.known)
    return Subject(phrase, after) if phrase else None


def _appositions(here: ArabicSentence, found: Words, end: int) -> tuple[int, int]:
    """Last word of the phrase with what commas add to it, and the word where what is said can begin."""
    last, place = found[1], found[1] + 1
    bare_office = office(here.words[found[0]].key)
    while place < end and place - found[0] < _FAR:
        gap = here.words[place].gap
        if here.words[place].key in ar.DAYS and not quotes_in(gap) and ":" not in gap:
            place += 1
            continue
        if here.words[place].key in ar.RELATIVES | {"الذي", "التي", "ويدعي", "وتدعي", "يدعي", "تدعي"}:
            skipped = _past_clause(here, place, end)
            if skipped is None:
                break
            place = skipped
            continue
        if not gap or quotes_in(gap) or ":" in gap or gap[0] not in "،,(–-—)":
            break
        key = here.words[place].key
        if key in ar.THAT or key in ar.PREPOSITIONS or key in ar.EVENTS or key in ar.PARTICIPLES or verb(key):
            break
        inner = phrase_at(here.script, place, end, here.known)
        if inner is None:
            break
        closes = inner[1] + 1 < end and (here.script.barred(inner[1] + 1) or here.words[inner[1] + 1].key in ar.THAT)
        if not (
            office(key)
            or key in ar.TITLES
            or (bare_office and closes and inner[1] - inner[0] < MOST_NAME)
            or gap == "("
        ):
            break
        last, place = inner[1], inner[1] + 1
    return last, place


def _past_clause(here: ArabicSentence, place: int, end: int) -> int | None:
    """The word after a relative clause: after its comma, or where «إن» follows."""
    for at in range(place + 1, min(end, place + 16)):
        if (
            here.words[at].key in ar.THAT
            and not verb(here.words[at - 1].key)
            and here.words[at - 1].key not in ar.BEFORE_THAT
        ):
            return at
        if here.script.barred(at) and here.words[at].gap[0] in "،,:":
            return at
    return None


def subject_before(here: ArabicSentence, index: int, floor: int) -> Phrase | None:  # noqa: C901 - the cases of a grammar, in their order
    """The subject before a verb: «أما الوكالة فأوردت», «وكان المرصد قد أحصى», «المرصد الذي أحصى»."""
    if index <= floor:
        return None
    last = index - 1
    while last > floor and here.words[last].key in ar.DAYS | {"قد", "لقد", "كان", "كانت"}:
        last -= 1
    if here.words[last].key in ar.RELATIVES:
        return _antecedent(here, last, floor)
    start = floor
    for place in range(last, max(floor, last - _FAR) - 1, -1):
        key = here.words[place].key
        if key in ar.LEADING or (key.startswith(("و", "ف")) and key[1:] in ar.LEADING):
            start = place + 1
            break
        if key in ar.THAT or place in here.script.sentence_starts or opens_speech(here, place):
            start = place + (key in ar.THAT)
            break
    while start < index and here.words[start].key in ar.LEADING | {"حين", "المقابل", "بالمقابل"} | ar.DAYS:
        start += 1
    if start >= index or verb(here.words[start].key) in ar.VERBS:
        return None
    found = phrase_at(here.script, start, index, here.known)
    if found is None:
        return None
    end_of, after = _appositions(here, found, index)
    if (
        after < index
        and here.words[after].key not in ar.RELATIVES
        and any(here.words[place].key not in ar.DAYS | {"قد"} for place in range(after, index))
    ):
        return None
    return interpret(here.script, found[0], end_of, here.known)


def opens_speech(here: ArabicSentence, place: int) -> bool:
    """Whether a word begins a quotation that is too long for a name."""
    inside = here.script.quotation(here.words[place].start) if quotes_in(here.words[place].gap) else None
    return (
        inside is not None and here.script.word_at(inside[0]) == place and short_quotation(here.script, place) is None
    )


def _antecedent(here: ArabicSentence, relative: int, floor: int) -> Phrase | None:
    """Whom «الذي» is about: the phrase that ends before it."""
    if here.found:
        subject = here.found[-1].subject
        if subject.last == relative - 1:
            return subject
    start, best = relative - 1, None
    while start > floor and relative - start < _LONGEST:
        word = here.words[start]
        head = start in here.known or bare(word.key) in ar.SOURCES or office(word.key) or word.key in ar.TITLES
        if (
            head
            or (best is None and definite(word.key))
            or (best == start + 1 and definite(word.key) and definite(here.words[best].key))
        ):
            best = start
        before = here.words[start - 1].key
        if (here.script.barred(start) and not quotes_in(word.gap)) or (
            before in ar.PREPOSITIONS or verb(before) or before in ar.BY or before in ar.RESUMED
        ):
            break
        start -= 1
    if best is None:
        return None
    start = best
    found = phrase_at(here.script, start, relative, here.known)
    return interpret(here.script, *found, here.known) if found and found[1] == relative - 1 else None


def opening(here: ArabicSentence, floor: int, end: int) -> Phrase | None:
    """Who begins the sentence: after its first verb, or before it."""
    lead = floor
    while lead < end and here.words[lead].key in {"ولم", "لم", "لا", "ولا", "قد", "وقد", "فقد"}:
        lead += 1
    for first in (lead + 1, lead):
        if (
            first < end
            and here.words[first].key not in ar.PREPOSITIONS
            and (first > floor or definite(here.words[first].key))
        ):
            found = subject_after(here, first, end)
            if found and (
                (found.phrase.name and _plausible(here, found.phrase))
                or bare(here.words[found.phrase.first].key) in ar.SOURCES
                or office(here.words[found.phrase.first].key)
            ):
                return found.phrase
    return None


def _plausible(here: ArabicSentence, phrase: Phrase) -> bool:
    """Whether a phrase may be a speaker's name, and is no verb's object: «استبعدت فرضية العمل»."""
    word = here.words[phrase.first]
    return (
        phrase.first in here.known
        or definite(word.key)
        or not word.key.endswith("ه")
        or office(word.key)
        or (bare(word.key) in ar.SOURCES or word.key in ar.TITLES)
    )


def issuer_at(here: ArabicSentence, place: int, end: int) -> int | None:
    """Whose a statement or an estimate is: «بيان الوزارة», «تقدير أولي نشره المكتب», «التقدير الأولي للمكتب»."""
    for at in range(place + 1, min(end, place + 6)):
        key = here.words[at].key
        if here.script.barred(at) and short_quotation(here.script, at) is None:
            return None
        if at in here.known or bare(key) in ar.SOURCES or office(key):
            return at
        if key.startswith("لل") or (key == "عن" and at + 1 < end):
            return at if key != "عن" else at + 1
        if (
            at > place + 1
            and not (at + 1 < end and here.words[at + 1].key in {"عن", "من"})
            and key.endswith(("ته", "تها", "ره", "رها", "نه", "نها"))
            and not definite(key)
            and at + 1 < end
        ):
            return at + 1
    return None
