"""Attributions in English sentences: verbs with their subject before, after and around what is said."""

from collections.abc import Iterator

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Cue, Found, Known, Phrase, Sentence, stretch
from ingest.speakers.forms_en import according, headline, issued_in, participle, quoting
from ingest.speakers.names_en import interpret
from ingest.speakers.phrases_en import capital, right
from ingest.speakers.statements_en import begin_of, number, rest_of, until
from ingest.speakers.subjects_en import apposed, back, initial, may_speak, subject_before
from ingest.speakers.words import Script, Unit, is_arabic, quotes_in

_FEW = 4
"""Words before a subject that may be no more than "On Friday," or "In Milan,"."""


def read(script: Script, unit: Unit, known: Known) -> list[Cue]:
    """Attributions of one unit, in the order of their words."""
    here = Sentence(script, unit, known, [])
    for index in range(unit.first, unit.end):
        if not is_arabic(script.words[index]):
            for one in _at(here, index, *_bounds(here, index)):
                _keep(here, one)
    return [_cue(script, found) for found in here.found]


def _cue(script: Script, found: Found) -> Cue:
    start, end = stretch(script, found.begin, found.end - 1)
    cue = script.words[found.cue[0]].start, script.words[found.cue[1]].end
    return Cue(found.subject, start, end, *cue, via=found.via)


def _bounds(here: Sentence, index: int) -> tuple[int, int]:
    """The words a cue may use: those of its quotation, or those of the unit."""
    inside = here.script.quotation(here.words[index].start)
    if inside is None:
        return here.unit.first, here.unit.end
    floor, end = here.script.word_at(inside[0]), here.script.word_at(inside[1])
    return max(floor, here.unit.first), min(max(end, index + 1), here.unit.end)


def _keep(here: Sentence, one: Found) -> None:
    if one.end <= one.begin:
        return
    earlier = here.found[-1] if here.found else None
    if earlier and earlier.via is not None and (earlier.begin, earlier.end) == (one.begin, one.end):
        return  # "SANA, citing the ministry, said": the agency relays
    if earlier and one.own and one.shape == "after" and earlier.end > one.cue[0] > earlier.begin:
        joint = one.cue[0] - 1
        while joint > earlier.begin and here.words[joint].key == "also":
            joint -= 1
        if joint > earlier.begin and here.words[joint].key in en.BREAKS | {"and"}:
            here.found[-1] = earlier._replace(end=joint)
    here.found.append(one)


def _at(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    key = here.words[index].key
    if key == "according" and index + 2 < end and here.words[index + 1].key == "to":
        yield from according(here, index, floor, end)
    elif key == "in" and index + 3 < end:
        yield from issued_in(here, index, floor, end)
    elif key in {"quoted", "quotes", "cited", "cites", "quoting", "citing"}:
        yield from quoting(here, index, floor, end)
    elif key in en.PROGRESSIVE and index > floor and here.words[index - 1].key in {"is", "are", "was", "were"}:
        yield from _verb(here, index, floor, end)
    elif key in en.PARTICIPLES:
        yield from participle(here, index, end)
    elif key in en.VERBS and _is_verb(here, index, floor, end) and not _mine(here, index, floor):
        yield from _verb(here, index, floor, end)
    elif index == floor or index in here.script.sentence_starts:
        yield from headline(here, index, end)


def _is_verb(here: Sentence, index: int, floor: int, end: int) -> bool:  # noqa: PLR0911 - the cases of a grammar, in their order
    key = here.words[index].key
    before = here.words[index - 1].key if index > floor and not here.script.barred(index) else ""
    after = here.words[index + 1].key if index + 1 < end else ""
    if capital(here.script, index) or before in en.PASSIVE | en.NEGATING | en.DETERMINERS | {"of", "widely"}:
        return before in {"others", "many", "some", "another"} and not capital(here.script, index)
    if after in en.RESPONSIBILITY or (
        after == "the" and index + 2 < end and here.words[index + 2].key in en.RESPONSIBILITY
    ):
        return False
    if key in {"said", "told", "reported", "believed"} and after == "to":
        return key == "said" and here.words[min(index + 2, end - 1)].key not in {"be", "have"}
    if key in en.NOUNS_TOO and not (
        after == ""
        or after in {"that", *en.DETERMINERS}
        or number(here, index + 1)
        or (index + 1 < end and capital(here.script, index + 1))
    ):
        return key in en.GIVING | en.COUNTING | en.OBJECTING
    if key in en.GIVING:
        near = {here.words[place].key for place in range(index + 1, min(end, index + 14))}
        return bool(near & en.TOLLS) and any(number(here, place) for place in range(index + 1, min(end, index + 24)))
    if key in en.COUNTING:
        return any(
            number(here, place) or here.words[place].key == "that" for place in range(index + 1, min(end, index + 8))
        )
    if key in en.QUOTING:
        gaps = here.words[index].gap + (here.words[index + 1].gap if index + 1 < end else "")
        backs = here.words[index - 1].gap if index > floor else ""
        return quotes_in(gaps + backs) or after == "that" or ":" in gaps
    return True


def _mine(here: Sentence, index: int, floor: int) -> bool:
    """Whether a verb's subject is "I" or "we": whose words these are is told elsewhere."""
    before, _, _ = back(here, index, floor)
    return before >= floor and here.words[before].key in en.SPEECH_PERSONS


def _verb(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    key = here.words[index].key
    before, apart, quoted = back(here, index, floor)
    if key in en.INVERTING and (apart or quoted or before < floor or key in {"said", "says", "added"}):
        inverted = _inverted(here, index, floor, end, sure=quoted or apart)
        if inverted:
            yield inverted
            return
    phrase = None
    if not quoted:
        phrase = apposed(here, before, floor) if apart else subject_before(here, before, floor)
    if phrase is None and key in en.INVERTING:
        inverted = _inverted(here, index, floor, end, sure=True)
        if inverted:
            yield inverted
            return
    if phrase is None:
        phrase = initial(here, index, floor, strict=key not in en.PLAIN)
    if phrase is None:
        yield from _hidden(here, index, floor, end)
        return
    if key in en.OBJECTING | en.COUNTING | en.GIVING and phrase.pronoun is None and not may_speak(here, phrase):
        return
    yield from _around(here, phrase, index, floor, end)
    if phrase.also:
        yield from _around(here, phrase.also._replace(also=None), index, floor, end)


def _hidden(here: Sentence, index: int, floor: int, end: int) -> Iterator[Found]:
    """A second verb of the same subject: "X said that …, and added that …"."""
    before = here.words[index - 1].key if index > floor else ""
    if here.found and before in {"and", "but", "then", "also"}:
        rest, via = rest_of(here, index, end)
        if rest < end:
            same = Phrase(index, index - 1, pronoun="same")
            last = here.found[-1]
            if last.end > index - 1 > last.begin:
                here.found[-1] = last._replace(end=index - 1)
            yield Found(same, "after", rest, end, (index, index), via, own=False)


def _inverted(here: Sentence, index: int, floor: int, end: int, *, sure: bool) -> Found | None:
    """Said X: the phrase after the verb, where the sentence, a comma or a quotation ends it."""
    if index + 1 >= end or here.script.barred(index + 1) or index <= floor:
        return None
    found = right(here.script, index + 1, end)
    if found is None:
        return None
    phrase = interpret(here.script, *found, here.known)
    after = found[1] + 1
    if phrase is None or (phrase.pronoun is not None and not sure):
        return None
    ends = (
        after >= end
        or here.script.barred(after)
        or here.words[after].key
        in (
            en.PREPOSITIONS
            | en.DAYS
            | en.PARTICIPLES
            | {
                "who",
                "which",
                "whose",
                "during",
                "after",
                "as",
                "and",
                "a",
                "an",
                "told",
                "late",
                "early",
                "when",
                "speaking",
                "referring",
                "describing",
            }
        )
    )
    if not ends or (not sure and not (phrase.name or after >= end)):
        return None
    if not sure and (after < end and not here.script.barred(after)) and not phrase.heading and not phrase.person:
        return None
    rest, via = rest_of(here, found[1], end)
    last, shape = index, "before"
    if (rest < end and quotes_in(here.words[rest].gap) and after <= rest) or (
        (
            rest < end
            and "," in here.words[rest].gap
            and after < end
            and here.words[after].key not in {"who", "which", "whose"}
            and sure
        )
        and here.words[rest].key not in en.PARTICIPLES | {"after", "as", "when", "before", "a", "an", "the"}
    ):
        last, shape = end, "around"
    begin = begin_of(here, index, floor)
    return Found(phrase, "before" if shape == "before" else "around", begin, last, (index, found[1]), via)


def _around(here: Sentence, phrase: Phrase, index: int, floor: int, end: int) -> Iterator[Found]:
    """Tell from what stands around a subject and its verb which side is said."""
    first = min(phrase.first, index) if phrase.first <= index else index
    rest, via = rest_of(here, index, end)
    begin = begin_of(here, first, floor)
    some = first - begin
    cue = (first, max(index, min(rest, end) - 1) if here.words[min(rest, end) - 1].key == "that" else index)
    quoted = first > floor and quotes_in(here.words[first].gap) and some > 0
    after_gap = here.words[rest].gap if rest < end else ""
    stop = until(here, index, rest, end)
    if rest >= end or (some > _FEW and "." in after_gap):
        if some > 0:
            yield Found(phrase, "before", begin, first, cue, via)
        return
    key = here.words[rest].key
    if key in en.TRAILING and some > 0 and here.words[rest - 1].key != "that":
        yield Found(phrase, "before", begin, first, cue, via)
        return
    if quoted and quotes_in(after_gap):
        yield Found(phrase, "around", begin, end, cue, via)
    elif quoted or (some > 0 and key in en.PARTICIPLES):
        yield Found(phrase, "before", begin, first, cue, via)
        if (
            quoted
            and key not in en.PARTICIPLES | en.CLAUSES
            and "," not in after_gap
            and here.words[rest - 1].key == "that"
        ):
            yield Found(phrase, "after", rest, end, cue, via)
    elif (some >= _FEW and key.endswith("ing") and "," in after_gap) or (
        some >= _FEW
        and after_gap in {",", "-", "–", "—"}
        and (here.words[first].gap or key in en.CLAUSES | {"a", "an", "more", "and"})
        and (here.words[rest - 1].key != "that")
    ):
        yield Found(phrase, "around", begin, end, cue, via)
    elif some > _FEW and _trails(here, rest):
        yield Found(phrase, "before", begin, first, cue, via)
    else:
        yield Found(phrase, "after", rest, stop, cue, via)


def _trails(here: Sentence, rest: int) -> bool:
    """Whether what follows a verb is only about the saying: "said after the attack", "said referring to …"."""
    key = here.words[rest].key
    if here.words[rest - 1].key == "that":
        return False
    starts = here.words[rest].raw[0].isupper() and key in en.COMMON and not quotes_in(here.words[rest].gap)
    return starts or key in {"after", "when", "as", "while", "but"}
