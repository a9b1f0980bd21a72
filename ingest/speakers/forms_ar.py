"""Arabic attributions without a verb of their own subject: «بحسب», «على حد قوله», participles, headlines."""

from collections.abc import Iterator

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import RECENT, ArabicSentence, Cue, Phrase
from ingest.speakers.names_ar import interpret
from ingest.speakers.phrases_ar import bare, gender, office, phrase_at, short_quotation, verb
from ingest.speakers.subjects_ar import Subject, cue_of, issuer_at, opening, subject_after

_FAR = 40
"""Words between a verb and what is said."""


_LEAD = 2
"""Words that may stand before «بحسب» where it begins its sentence."""


def according(here: ArabicSentence, index: int, first: int, floor: int, end: int) -> Iterator[Cue]:
    """Read «بحسب المرصد», «وفق ما أعلنت الوزارة», «نقلا عن مصدر», «على ما أفاد»; the speaker begins at `first`."""
    place, kind = _source(here, first, end)
    if place is None:
        return
    subject = subject_after(here, place, end)
    if subject is None:
        if not kind:
            return
        subject = Subject(Phrase(index, index - 1, pronoun="same"), place)
    relays = here.words[index].key.lstrip("و") == "نقلا"
    via = None
    if relays and (relayed := _relayed_by_next(here, subject, index, end)):
        yield relayed
        return
    if relays:
        via = here.found[-1].subject if here.found else opening(here, floor, end)
    lead = index - 1 if here.words[index - 1].key == "علي" else index
    for cue in _placed(here, subject, (lead, floor, end), kind, relays=relays):
        yield cue._replace(via=via)


def _relayed_by_next(here: ArabicSentence, source: Subject, index: int, end: int) -> Cue | None:
    """«نقلا عن الوزارة، قالت الوكالة إن»: the agency that says it relays it."""
    place = source.after
    if place + 1 >= end or here.found or verb(here.words[place].key) is None:
        return None
    agency = subject_after(here, place + 1, end)
    if agency is None or agency.phrase.person:
        return None
    for at in range(agency.after, min(end, agency.after + _LEAD)):
        if here.words[at].key in ar.THAT:
            cues = cue_of(here, source.phrase, (at + 1, end), (index, at), gender(here.words[place].key))
            return next((cue._replace(via=agency.phrase) for cue in cues), None)
    return None


def _source(here: ArabicSentence, place: int, end: int) -> tuple[int | None, str]:
    """Where the speaker's name begins after «بحسب», and the gender of a verb between; `None` where nobody is named."""
    kind = ""
    if here.words[place].key in {"عن", "الي", "ل"}:
        place += 1
    if place + 1 < end and here.words[place].key in ar.WHAT:
        place += 1
        if verb(here.words[place].key) is None:
            return None, ""
        kind = gender(here.words[place].key)
        place += 1
        while place < end and here.words[place].key in ar.RESUMED:
            place += 1
    elif place < end and bare(here.words[place].key) in ar.ISSUED:
        issuer = issuer_at(here, place, end)
        if issuer is None and bare(here.words[place].key) not in ar.SOURCES:
            return None, ""
        place = issuer or place
    parted = place >= end or (here.script.barred(place) and short_quotation(here.script, place) is None)
    return (None if parted else place), kind


def _placed(
    here: ArabicSentence, subject: Subject, bounds: tuple[int, int, int], kind: str, *, relays: bool
) -> Iterator[Cue]:
    """What is said according to somebody: what follows at a sentence's head, else the clause before."""
    lead, floor, end = bounds
    after = subject.after
    if relays and after < end and here.words[after].key in ar.THAT:
        cues = list(cue_of(here, subject.phrase, (after + 1, end), (lead, after), kind))
        if here.found and cues and here.found[-1].start == cues[0].start:
            here.found.pop()  # the agency said nothing but this
        yield from cues
    elif lead <= floor + 1 or (not here.script.barred(lead) and lead - floor <= _LEAD):
        while after < end and here.words[after].key in ar.THAT | ar.THEN:
            after += 1
        yield from cue_of(here, subject.phrase, (after, end), (lead, max(lead, after - 1)), kind)
    else:
        goes_on = after + 1 < end and here.words[after].key == "في" and here.words[after + 1].key in ar.ISSUED
        said = scope(here, lead, floor), end if goes_on else lead
        yield from cue_of(here, subject.phrase, said, (lead, max(lead, subject.phrase.last)), kind)


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
        yield from cue_of(here, subject, (floor, end), (index - 2 if index - 2 >= floor else index, index))


def participle(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    """«مشيرا إلى أن»: its subject is the sentence's."""
    spoke = bool(here.found) and here.found[-1].cue_start >= here.words[floor].start
    first = None if spoke else opening(here, floor, end)
    subject = first or Phrase(index, index - 1, pronoun="same")
    key = here.words[index].key
    kind = "f" if key.endswith("ه") else "" if key.endswith("ين") else "m"
    begin = index + 1
    while (
        begin < end
        and begin < index + 4
        and (here.words[begin].key in ar.BEFORE_THAT or here.words[begin].key in ar.DAYS)
    ):
        begin += 1
    if begin < end and here.words[begin].key in ar.THAT:
        begin += 1
    yield from cue_of(here, subject, (begin, end), (index, max(index, begin - 1)), "" if first else kind)


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
        yield from cue_of(here, phrase, (found[1] + 1, end), found)
