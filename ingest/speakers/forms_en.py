"""Attributions without a verb of their own subject: "according to", agencies that quote, participles, headlines."""

from collections.abc import Iterator

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Found, Phrase, Sentence, Words
from ingest.speakers.issued_en import issued_at
from ingest.speakers.names_en import interpret
from ingest.speakers.phrases_en import left, right
from ingest.speakers.relays_en import aside
from ingest.speakers.statements_en import begin_of, number, rest_of, scope, until
from ingest.speakers.subjects_en import apposed, back, initial, may_speak, opening, subject_before

_CLAUSE = 12
"""Words looked back for the word that begins a clause around an attribution."""


_LEAD = 2
"""Words that may stand before "according to" where it begins its sentence."""

_PREFACE = 5
"""Words of "In the port of Dalia," before it."""

_QUALITY = 6
"""Words of "familiar with the negotiations"."""

_HEAD = 6
"""Words of a headline that name its speaker."""

_NEWS = 3
"""Words of a headline's news, at least."""


def according(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    """Read "according to X", before, after or inside what is said."""
    issued = issued_at(here, index + 2, end)
    if issued and issued.issuer is None and here.words[issued.noun].key in en.COUNTS:
        return  # "according to a new toll": nobody's
    found = right(here.script, issued.issuer if issued and issued.issuer else index + 2, end)
    if found is not None:
        yield from _accorded(here, index, found, floor, end)


def issued_in(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    """Read "in a new toll issued by X", at a sentence's head or after a comma."""
    apart = index == floor or index in here.script.sentence_starts or here.script.barred(index)
    issued = issued_at(here, index + 1, end) if apart else None
    found = right(here.script, issued.issuer, end) if issued and issued.issuer else None
    if found is not None and interpret(here.script, *found, here.known):
        yield from _accorded(here, index, found, floor, end)


def _accorded(here: Sentence, index: int, found: Words, floor: int, end: int) -> Iterator[Found]:
    first, last = found
    for place in range(first + 1, last + 1):
        if here.words[place].key in {"which", "who"}:
            last = place - 1
    if last + 1 < end and here.words[last + 1].key in en.QUALIFYING and not here.script.barred(last + 1):
        last = _qualified(here, last + 1, end)
    phrase = interpret(here.script, first, last, here.known) or Phrase(first, last)
    start = begin_of(here, index, floor)
    after = last + 1
    if index - start <= _LEAD or (
        here.script.barred(index)
        and index - start <= _PREFACE
        and not number(here, start)
        and not any(number(here, place) for place in range(start, index))
    ):
        rest = after
        if rest < end:
            yield Found(phrase, "after", rest, until(here, index, rest, end), (index, last))
        return
    begin, stop = scope(here, index, start), index
    if after < end and here.words[after].key not in {"which", "who"} and "," in here.words[after].gap:
        stop = until(here, index, after, end)
        inner = (at for at in range(index - 1, max(start, index - _CLAUSE), -1) if here.words[at].key in en.SCOPES)
        begin = max(begin, next(inner, begin))
    yield Found(phrase, "before", begin, stop, (index, last), own=True)


def _qualified(here: Sentence, place: int, end: int) -> int:
    """The last word of "familiar with the negotiations"."""
    last = place
    while last + 1 < end and last - place < _QUALITY and not here.script.barred(last + 1):
        last += 1
    return last


def quoting(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    """An agency quotes somebody: "SANA quoted a source as saying", "…, citing a source"."""
    key = here.words[index].key
    active = not (index > floor and here.words[index - 1].key in en.PASSIVE)
    if not active:
        yield from _quoted(here, index, floor, end)
        return
    found = right(here.script, index + 1, end)
    phrase = interpret(here.script, *found, here.known) if found else None
    if phrase is None or found is None or not (phrase.name or may_speak(here, phrase)):
        return
    via: Phrase | None
    after = found[1] + 1
    if after < end and here.words[after].key in en.QUALIFYING and not here.script.barred(after):
        after = _qualified(here, after, end) + 1
    if key.endswith("ing") and (relayed_by := aside(here, index, phrase, after, (floor, end))):
        yield relayed_by
        return
    if key.endswith("ing"):
        via = here.found[-1].subject if here.found else initial(here, index, floor, strict=True)
    else:
        before, apart, _ = back(here, index, floor)
        via = apposed(here, before, floor) if apart else subject_before(here, before, floor)
    rest = found[1] + 1
    relayed = here.found[-1] if here.found and key.endswith("ing") else None
    says = rest + 1 < end and here.words[rest].key == "as" and here.words[rest + 1].key.endswith("ing")
    if says:
        rest, _ = rest_of(here, rest + 1, end)
    if relayed and not says and via is not None:
        end_of = relayed.end if relayed.shape == "before" else min(relayed.end, index)
        here.found[-1] = relayed._replace(subject=phrase, via=via, end=end_of, cue=(index, found[1]))
        return
    first = via.first if via and not key.endswith("ing") else index
    begin = begin_of(here, first, floor)
    if says and rest < end:
        yield Found(phrase, "after", rest, until(here, index, rest, end), (index, rest - 1), via)
    elif first > begin:
        yield Found(phrase, "before", begin, first, (index, found[1]), via)


def _quoted(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    """Somebody was quoted: "the minister was quoted by SANA as saying"."""
    before, _, _ = back(here, index - 1, floor)
    phrase = subject_before(here, before, floor)
    if phrase is None or index + 1 >= end:
        return
    via, rest = None, index + 1
    for place in range(index + 1, min(end, index + 12)):
        if here.words[place].key == "by":
            found = right(here.script, place + 1, end)
            via = interpret(here.script, *found, here.known) if found else None
        if here.words[place].key == "saying":
            rest, _ = rest_of(here, place, end)
            if rest >= end:
                yield Found(
                    phrase, "before", begin_of(here, phrase.first, floor), phrase.first, (phrase.first, place), via
                )
            elif here.words[rest].key == "by":
                found = right(here.script, rest + 1, end)
                via = interpret(here.script, *found, here.known) if found else None
                stop = begin_of(here, phrase.first, floor)
                yield Found(phrase, "before", stop, phrase.first, (phrase.first, place), via)
            else:
                yield Found(phrase, "after", rest, until(here, index, rest, end), (phrase.first, place), via)
            return


def participle(here: Sentence, index: int, end: int) -> Iterator[Found]:
    """Read "…, adding that", whose subject is the sentence's."""
    before = here.words[index - 1].key if index > here.unit.first else ""
    if before in en.PASSIVE | en.DETERMINERS | {"without", "not", "as"} or not _reports(here, index, end):
        return
    rest, via = rest_of(here, index, end)
    if rest >= end:
        return
    own = _with_subject(here, index)
    if own is not None:
        yield Found(own, "after", rest, until(here, index, rest, end), (own.first, index), via)
        return
    subject = Phrase(index, index - 1, pronoun="same")
    if not here.found:
        initial = opening(here)
        if initial is None:
            return
        subject = initial
    elif here.found[-1].end > index > here.found[-1].begin and here.found[-1].shape != "around":
        here.found[-1] = here.found[-1]._replace(end=index)
    yield Found(subject, "after", rest, until(here, index, rest, end), (index, index), via, own=False)


def _reports(here: Sentence, index: int, end: int) -> bool:
    """Whether a participle reports: not "Reporting by", not "claiming the lives of", "giving" only of a toll."""
    key = here.words[index].key
    near = [here.words[place].key for place in range(index + 1, min(end, index + _HEAD + 2))]
    if near[:1] == ["by"] and here.words[index].raw[0].isupper():
        return False
    if key == "claiming" and set(near[:2]) & en.RESPONSIBILITY:
        return False
    if key in en.GIVING:
        return bool(set(near) & en.TOLLS) and any(number(here, at) for at in range(index + 1, min(end, index + 16)))
    return True


def _with_subject(here: Sentence, index: int) -> Phrase | None:
    """The subject of "…, with the agency SANA saying that …"."""
    found = left(here.script, index - 1, here.unit.first, here.known) if index > here.unit.first else None
    if found is None or found[0] <= here.unit.first or here.words[found[0] - 1].key != "with":
        return None
    return interpret(here.script, *found, here.known)


def headline(here: Sentence, index: int, end: int) -> Iterator[Found]:
    """A line that begins or ends with who speaks: "Monitor: 20 killed", "20 killed: monitor"."""
    if index in here.script.headlines:
        yield from _headline_end(here, index, end)
    stop = next(
        (at for at in range(index + 1, min(end, index + 40)) if at in here.script.sentence_starts),
        min(end, index + 40),
    )
    for place in range(index + 1, stop):
        gap = here.words[place].gap
        if ":" in gap or (gap in {"-", "–", "—"} and stop - place <= _HEAD):
            before = right(here.script, index, place) if place - index <= _HEAD and ":" in gap else None
            if (
                before
                and before[1] == place - 1
                and (phrase := interpret(here.script, *before, here.known))
                and _may_head(here, phrase)
            ):
                yield Found(phrase, "after", place, stop, before)
                return
            after = right(here.script, place, stop) if place - index >= _NEWS and stop - place <= _HEAD else None
            if (
                after
                and after[1] == stop - 1
                and (phrase := interpret(here.script, *after, here.known))
                and _may_head(here, phrase)
            ):
                yield Found(phrase, "before", index, place, after)
            return


def _headline_end(here: Sentence, index: int, end: int) -> Iterator[Found]:
    """A headline that lost its colon: "20 killed in Aleppo monitor"."""
    last = end - 1
    if last - index > _NEWS and here.words[last].key in en.HEADLINE_ENDS and not here.script.barred(last):
        yield Found(Phrase(last, last), "before", index, last, (last, last))


def _may_head(here: Sentence, phrase: Phrase) -> bool:
    if phrase.name:
        return phrase.name[0] in here.known or phrase.person
    keys = [here.words[at].key for at in range(phrase.first, phrase.last + 1)]
    return keys != ["source"] and any(key in en.SOURCES for key in keys)
