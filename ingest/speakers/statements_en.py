"""Which words are said: past whom they are told, when and where, up to where the statement begins and ends."""

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import RECENT, Phrase, Sentence
from ingest.speakers.names_en import interpret
from ingest.speakers.phrases_en import capital, right
from ingest.speakers.words import quotes_in

_OCCASION = 11
"""Words of "during a news conference in Dalia"."""

LONGEST_CLAUSE = 60
"""Words of a clause."""


def number(here: Sentence, index: int) -> bool:
    """Whether a word is a number, in digits or words."""
    if index >= len(here.words):
        return False
    word = here.words[index]
    return word.raw[0].isdigit() or word.key.split("-")[0] in en.NUMBERS


def rest_of(here: Sentence, index: int, end: int) -> tuple[int, Phrase | None]:
    """Where what is said begins after a verb: past whom it is told, when and where; and who passes it on."""
    place, via = index + 1, None
    if here.words[index].key in {"told", "tells", "informed"} and place < end:
        place, via = _addressee(here, place, end)
    while place < end:
        word = here.words[place]
        if quotes_in(word.gap) or ":" in word.gap:
            break
        if word.key == "to" and place + 1 < end and capital(here.script, place + 1):
            place, via = _addressee(here, place + 1, end)
            continue
        skipped = _adjunct(here, place, end)
        if skipped == place:
            break
        place = skipped
    if place < end and here.words[place].key in {"that", "how"} and place + 1 < end:
        place += 1
    return place, via


def _addressee(here: Sentence, place: int, end: int) -> tuple[int, Phrase | None]:
    found = right(here.script, place, end)
    if found is None:
        key = here.words[place].key
        return (place + 1 if key in en.ADDRESSEES else place), None
    last = found[0]
    while last < found[1] and not here.script.barred(last + 1) and here.words[last + 1].key != "that":
        last += 1
    if any(here.words[at].key in {"conference", "briefing"} for at in range(last + 1, min(end, last + 3))):
        return last + 2, None
    phrase = interpret(here.script, found[0], last, here.known)
    relays = phrase is not None and (
        any(here.words[at].key in en.RELAYS for at in range(found[0], last + 1))
        or (phrase.name is not None and here.words[found[0]].key not in en.DETERMINERS and not phrase.person)
        or (phrase.name == found and last - found[0] <= 1 and here.words[found[0]].key not in en.DETERMINERS)
    )
    if relays and phrase and phrase.person:
        phrase = phrase._replace(person=False)
    return last + 1, phrase if relays else None


def _adjunct(here: Sentence, place: int, end: int) -> int:
    """Past one phrase of time, place or occasion; the same place where there is none."""
    timed = _timed(here, place, end)
    if timed != place or here.words[place].key not in en.ADJOINING or place + 1 >= end:
        return timed
    after = place + 1
    for last in range(after, min(end, after + _OCCASION)):
        if here.script.barred(last) or here.words[last].key in en.PLAIN | en.PASSIVE:
            break
        if here.words[last].key == "that":
            return last
    for last in range(after, min(end, after + _OCCASION)):
        if last > after and here.script.barred(last):
            break
        if here.words[last].key in en.OCCASIONS:
            return last + 1
    return _located(here, place, end)


def _timed(here: Sentence, place: int, end: int) -> int:
    """Past a word of time: a day, its part, its date."""
    key, before = here.words[place].key, here.words[place - 1].key
    after = here.words[place + 1].key if place + 1 < end else ""
    dated = key.isdigit() and (before in en.DAYS or after in en.DAYS)
    late = key in {"late", "early"} and after in en.DAYS | {"on"}
    if key in en.DAYS | en.OFTEN or dated or late or (key in en.DAY_PARTS and before in en.DAYS):
        return place + 1
    return place + 2 if key in {"on", "late"} and after in en.DAYS | en.DAY_WORDS else place


def _located(here: Sentence, place: int, end: int) -> int:
    """Past "in Dalia" where what is said comes after it."""
    key, last = here.words[place].key, place + 1
    if not capital(here.script, last) or here.script.barred(last) or key not in {"in", "from", "on", "at"}:
        return place
    while last + 1 < end and capital(here.script, last + 1) and not here.script.barred(last + 1):
        last += 1
    closes = last + 1 >= end or here.script.barred(last + 1) or here.words[last + 1].key == "that"
    return last + 1 if closes else place


def begin_of(here: Sentence, index: int, floor: int) -> int:
    """First word of what an attribution after it is about: the sentence, or the quotation it ends."""
    begin = max(floor, here.script.starts_at(index - 1)) if index > floor else floor
    if quotes_in(here.words[index].gap):
        inside = here.script.quotation(here.words[index - 1].start)
        if inside:
            opened = here.script.word_at(inside[0])
            begin = min(begin, opened) if begin > floor or opened <= begin else begin
    for earlier in reversed(here.found[-RECENT:]):
        if earlier.shape != "after" and begin <= earlier.cue[1] < index and earlier.own:
            return earlier.cue[1] + 1
    return begin


def until(here: Sentence, index: int, rest: int, end: int) -> int:
    """Where a statement that follows ends: with its sentence, or the quotation that begins in it."""
    for place in here.script.sentences_from(rest + 1):
        if place >= end:
            return end
        inside = here.script.quotation(here.words[place].start)
        if inside is None or inside[0] < here.words[index].start:
            return place
    return end


def scope(here: Sentence, index: int, start: int) -> int:
    """First word of the clause that a trailing attribution is about."""
    inner = here.script.barred(index) and any(one.shape == "after" for one in here.found[-RECENT:])
    for place in range(index - 1, max(start, index - LONGEST_CLAUSE), -1):
        key = here.words[place].key
        if (key in en.BREAKS and place + 3 < index) or (inner and key in en.SCOPES and place == index - 1):
            return place
        if ";" in here.words[place].gap:
            return place
    for earlier in reversed(here.found[-RECENT:]):
        if earlier.shape == "before" and start <= earlier.cue[1] < index:
            return earlier.cue[1] + 1
    return start
