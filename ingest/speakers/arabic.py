"""Attributions in Arabic sentences: verb, speaker and «أن», and who passes it on."""

from collections.abc import Iterator

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import ArabicSentence, Cue, Known, Phrase
from ingest.speakers.forms_ar import according, headline, is_participle, own_words, participle, scope
from ingest.speakers.phrases_ar import definite, gender, is_number, short_quotation, verb
from ingest.speakers.subjects_ar import cue_of, opening, subject_after, subject_before
from ingest.speakers.words import Script, Unit, is_arabic, quotes_in

_FAR = 40
"""Words between a verb and what is said."""

_SHORT = 5
"""Words of a quotation that is only a name or a term; its sentence goes on around it."""

_NEAR = 9
"""Words between a counting verb's speaker and the number."""


def read(script: Script, unit: Unit, known: Known) -> list[Cue]:
    """Attributions of one unit, in the order of their words."""
    here = ArabicSentence(script, unit, known, [])
    for index in range(unit.first, unit.end):
        if is_arabic(script.words[index]):
            for cue in _at(here, index, *_bounds(here, index)):
                _keep(here, cue)
    return here.found


def _bounds(here: ArabicSentence, index: int) -> tuple[int, int]:
    """The words of the sentence that a cue may use; of its quotation, where it stands in a long one."""
    floor, end = here.unit.first, here.unit.end
    inside = here.script.quotation(here.words[index].start)
    if inside:
        first, last = here.script.word_at(inside[0]), here.script.word_at(inside[1])
        if last - first > _SHORT:
            return max(first, floor), min(last, end)
    return max(floor, here.script.begins(index)), min(end, here.script.ends(index))


def _keep(here: ArabicSentence, cue: Cue) -> None:
    """Add a cue; the statement before it ends where this one's clause begins."""
    again = here.found[-1] if here.found else None
    alike = again is not None and (again.start, again.end) == (cue.start, cue.end)
    if cue.end <= cue.start or (again and alike and (cue.subject.pronoun or again.via)):
        return  # nothing is said, or «وتابع قائلا» said it already, or the agency only relays it
    if here.found and cue.start >= cue.cue_start:
        earlier = here.found[-1]
        if earlier.start < cue.cue_start < earlier.end and earlier.start > earlier.cue_start:
            cut = _cut(here, cue, earlier)
            if cut is not None and cut > earlier.start:
                here.found[-1] = earlier._replace(end=cut)
    here.found.append(cue)


def _cut(here: ArabicSentence, cue: Cue, earlier: Cue) -> int | None:
    """Where the clause before a coordinated one ends: before «بينما», «وأكدت», «أما»."""
    place = here.script.word_at(cue.cue_start)
    key = here.words[place].key
    joined = key[0] == "و" and verb(key) not in {None, key}
    if joined or key.lstrip("وف") in ar.PARTICIPLES:
        return here.words[place - 1].end
    for at in range(place - 1, max(here.unit.first, place - 4), -1):
        if here.words[at].key.lstrip("و") in ar.BREAKS and here.words[at - 1].end > earlier.start:
            return here.words[at - 1].end
    return None


def _at(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    key = here.words[index].key
    plain = key[1:] if key[0] == "و" and key[1:] in ar.BY else key
    before = here.words[index - 1].key if index > floor else ""
    if plain in ar.BY and index + 1 < end:
        yield from according(here, index, index + 1, floor, end)
    elif key in {"حسبما", "وفقما"} or (
        (key in {"كما", "ما"} and before in {"علي", ""} | {"كما"}) or (key == "كما" and index > floor)
    ):
        if index + 1 < end and verb(here.words[index + 1].key) and key != before:
            yield from according(here, index, index, floor, end)
    elif key in ar.OWN_WORDS and before == "حد":
        yield from own_words(here, index, floor, end)
    elif key == "لسان" and before == "علي":
        yield from according(here, index, index + 1, floor, end)
    elif key.lstrip("وف") in ar.PARTICIPLES and index > floor and is_participle(here, index, end):
        yield from participle(here, index, floor, end)
    elif verb(key) and before not in ar.NEGATED | ar.NOUNY:
        yield from _verb(here, index, floor, end)
    elif index == floor:
        yield from headline(here, index, end)


def _verb(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    key = verb(here.words[index].key) or ""
    before = here.words[index - 1].key if index > floor else ""
    kind = gender(here.words[index].key)
    if key in {"نقل", "نقلت", "ينقل", "تنقل"}:
        yield from _relayed(here, index, floor, end)
        return
    counts = before in ar.RELATIVES and key in ar.COUNTING
    topic = subject_before(here, index, floor) if counts or _of_topic(here, index, floor) else None
    found = None if before in ar.SUBJECT_PRONOUNS or topic else subject_after(here, index + 1, end)
    first, after = index, index + 1
    if found and _owned(here, found.phrase, index):
        return
    if found:
        subject, after = found
    else:
        left = topic or (None if before in ar.SUBJECT_PRONOUNS else subject_before(here, index, floor))
        if left and _owned(here, left, index):
            return
        if left is None and index > floor and before in ar.SUBJECT_PRONOUNS and not here.found:
            left = opening(here, floor, index)
        subject = left or Phrase(index, index - 1, pronoun="same")
        first = min(left.first, index) if left else index
    begin = _said(here, index, after, end, named=found is not None or subject.pronoun is None)
    if begin is None:
        return
    if begin >= end:
        if index > floor and found:
            said = scope(here, index, floor), index
            yield from cue_of(here, subject, said, (index, after - 1), kind)
        return
    yield from cue_of(here, subject, (begin, end), (first, max(begin - 1, index)), kind)
    if subject.also:
        yield from cue_of(here, subject.also, (begin, end), (first, max(begin - 1, index)))


def _of_topic(here: ArabicSentence, index: int, floor: int) -> bool:
    """Whether a verb is that of «أما … فـ…»."""
    key = here.words[index].key
    return (
        key[0] == "ف"
        and verb(key) == key[1:]
        and any(here.words[at].key == "اما" for at in range(max(floor, index - 16), index))
    )


def _owned(here: ArabicSentence, phrase: Phrase, index: int) -> bool:
    """Whether somebody who speaks already tells of their own people: «إن متطوعيه وثقوا»."""
    key = here.words[phrase.first].key
    told = phrase.first > 0 and here.words[phrase.first - 1].key in ar.THAT
    return (
        bool(here.found)
        and told
        and phrase.first == phrase.last < index
        and key.endswith(ar.WHOSE)
        and not definite(key)
    )


def _said(here: ArabicSentence, index: int, after: int, end: int, *, named: bool) -> int | None:  # noqa: PLR0911 - the cases of a grammar, in their order
    """First word of what is said, from the word after the speaker on; None where nothing shows that it is said."""
    key = verb(here.words[index].key) or ""
    narrow = key in ar.NARROW
    if after < end and here.words[after].key in ar.EVENTS and not narrow:
        return after
    for place in range(after, min(end, after + _FAR)):
        word = here.words[place]
        if (place > index + 1 or ":" in word.gap) and (
            ":" in word.gap
            or (
                quotes_in(word.gap)
                and short_quotation(here.script, place) is None
                and here.script.quotation(here.words[place].start) is not None
            )
        ):
            return place
        if word.key in ar.THAT or (word.key[0] in "بو" and word.key[1:] in ar.THAT and word.key in ar.THAT):
            return place + 1
        if place > after and (
            word.key.lstrip("و") in ar.BREAKS
            or verb(word.key) in ar.VERBS
            or (word.key in ar.PARTICIPLES and here.script.barred(place))
        ):
            break
    if key in ar.COUNTING:
        near = range(after, min(end, after + _NEAR))
        if key in {"حملت", "تحمل"} and not any(here.words[place].key.startswith("مسوول") for place in near):
            return None
        if key in ar.ESTIMATING and not any(here.words[place].key in ar.TOLLS for place in near):
            return None
        hedged = any(
            is_number(here.script, place) or here.words[place].key in ar.HEDGES or _spelled(here.words[place].key)
            for place in near
        )
        return after if hedged else None
    if narrow or (
        not named
        and after < end
        and here.words[after].key not in ar.BEFORE_THAT
        and here.words[after].key not in ar.EVENTS
    ):
        return None
    return after


def _relayed(here: ArabicSentence, index: int, floor: int, end: int) -> Iterator[Cue]:
    """«نقلت الوكالة عن مصدر قوله إن»: the source speaks, the agency relays."""
    found = subject_after(here, index + 1, end)
    via = found.phrase if found else subject_before(here, index, floor)
    place = found.after if found else index + 1
    while place < min(end, index + _FAR) and here.words[place].key != "عن":
        if here.words[place].key in ar.THAT:
            if via:
                yield from cue_of(here, via, (place + 1, end), (index, place), gender(here.words[index].key))
            return
        place += 1
    source = subject_after(here, place + 1, end) if place + 1 < end else None
    if source is None:
        return
    for at in range(source.after, min(end, source.after + _FAR)):
        word = here.words[at]
        if word.key in ar.THAT or ":" in word.gap or (quotes_in(word.gap) and short_quotation(here.script, at) is None):
            begin = at + (word.key in ar.THAT)
            for cue in cue_of(here, source.phrase, (begin, end), (index, max(index, begin - 1))):
                yield cue._replace(via=via)
            return


def _spelled(key: str) -> bool:
    """Whether a word looks like a number in words."""
    return key.removeprefix("ب").startswith(ar.NUMBER_STEMS)
