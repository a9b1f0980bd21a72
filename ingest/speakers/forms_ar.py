"""Arabic attributions without a verb of their own subject: «بحسب», «على حد قوله», participles, headlines."""

from collections.abc import Iterator

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import RECENT, ArabicSentence, Cue, Phrase
from ingest.speakers.names_ar import interpret
from ingest.speakers.phrases_ar import bare, gender, office, phrase_at, short_quotation, verb
from ingest.speakers.subjects_ar import Subject, cue_of, issuer_at, opening, subject_after

_FAR = 40
"""Words between a verb and what is said."""


def according(here: ArabicSentence, index: int, first: int, floor: int, end: int) -> Iterator[Cue]:
    """«بحسب المرصد», «وفق ما أعلنت الوزارة», «نقلا عن مصدر», «على ما أفاد»."""
    place = first
    relays = here.words[index].key.lstrip("و") == "نقلا"
    if here.words[place].key in {"عن", "الي", "ل"}:
        place += 1
    kind = ""
    if place + 1 < end and here.words[place].key in ar.WHAT:
        place += 1
        if verb(here.words[place].key) is None:
            return
        kind = gender(here.words[place].key)
        place += 1
        while place < end and here.words[place].key in {"به", "عنه", "اليه", "له", "لاحقا", "بذلك"}:
            place += 1
    elif place < end and bare(here.words[place].key) in ar.ISSUED:
        issuer = issuer_at(here, place, end)
        if issuer is None and bare(here.words[place].key) not in ar.SOURCES:
            return
        place = issuer or place
    if place >= end or (here.script.barred(place) and short_quotation(here.script, place) is None):
        return
    subject = subject_after(here, place, end)
    if subject is None:
        if not kind:
            return
        subject = Subject(Phrase(index, index - 1, pronoun="same"), place)
    via = here.found[-1].subject if relays and here.found else (opening(here, floor, end) if relays else None)
    begun = here.words[index - 1].key == "علي"
    cue_first = index - 1 if begun else index
    after = subject.after
    if relays and after < end and here.words[after].key in ar.THAT:
        cues = list(cue_of(here, subject.phrase, after + 1, end, (cue_first, after), kind, via))
        if here.found and cues and here.found[-1].start == cues[0].start:
            here.found.pop()  # the agency said nothing but this
        yield from cues
        return
    if cue_first <= floor + 1 or (not here.script.barred(cue_first) and cue_first - floor <= 2):
        rest = after
        while rest < end and here.words[rest].key in ar.THAT | {"فان", "فقد", "فإن"}:
            rest += 1
        if rest < end:
            yield from cue_of(here, subject.phrase, rest, end, (cue_first, max(index, rest - 1)), kind, via)
        return
    stop = cue_first
    if after + 1 < end and here.words[after].key == "في" and here.words[after + 1].key in ar.ISSUED:
        stop = end
    yield from cue_of(
        here, subject.phrase, scope(here, cue_first, floor), stop, (cue_first, subject.phrase.last), kind, via
    )


def scope(here: ArabicSentence, index: int, floor: int) -> int:
    """First word of the clause that a trailing attribution is about."""
    for place in range(index - 2, max(floor, index - 2 * _FAR), -1):
        key = here.words[place].key
        if (
            (key.lstrip("و") in ar.BREAKS and key != "غير")
            or "؛" in here.words[place].gap
            or ";" in here.words[place].gap
        ):
            return place
    for cue in reversed(here.found[-RECENT:]):
        if cue.start < cue.cue_start and here.words[floor].start <= cue.cue_end <= here.words[index].start:
            return here.script.word_at(cue.cue_end)
    return floor


def own_words(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    """«على حد قوله»: the sentence is its subject's."""
    subject = here.found[-1].subject if here.found else opening(here, floor, end)
    if subject:
        yield from cue_of(here, subject, floor, end, (index - 2 if index - 2 >= floor else index, index))


def participle(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    """«مشيرا إلى أن»: its subject is the sentence's."""
    spoke = bool(here.found) and here.found[-1].cue_start >= here.words[floor].start
    first = None if spoke else opening(here, floor, end)
    subject = first or Phrase(index, index - 1, pronoun="same")
    kind = "f" if here.words[index].key.endswith("ه") else "m"
    begin = index + 1
    while (
        begin < end
        and begin < index + 4
        and (here.words[begin].key in ar.BEFORE_THAT or here.words[begin].key in ar.DAYS)
    ):
        begin += 1
    if begin < end and here.words[begin].key in ar.THAT:
        begin += 1
    yield from cue_of(here, subject, begin, end, (index, max(index, begin - 1)), "" if first else kind)


def is_participle(here: ArabicSentence, index: int, end: int) -> bool:
    """Whether a word is a participle, and no noun that is spelled like its feminine: «متابعة»."""
    word = here.words[index]
    after = [here.words[at].key for at in range(index + 1, min(end, index + 4))]
    return (
        (not word.key.endswith("ه"))
        or "\u064b" in word.raw
        or here.script.barred(index)
        or (
            bool(after)
            and (after[0] in ar.THAT or (after[0] in ar.BEFORE_THAT and any(key in ar.THAT for key in after[1:])))
        )
    )


def headline(here: ArabicSentence, index: int, end: int) -> Iterator[Cue]:
    """«المرصد: مقتل 20»: a line that begins with who speaks."""
    found = phrase_at(here.script, index, min(end, index + 7), here.known)
    if found is None or found[1] + 1 >= end or here.words[found[1] + 1].gap != ":":
        return
    phrase = interpret(here.script, *found, here.known)
    if phrase and (
        found[0] in here.known or bare(here.words[found[0]].key) in ar.SOURCES or office(here.words[found[0]].key)
    ):
        yield from cue_of(here, phrase, found[1] + 1, end, found)
