"""Who is the subject of an English verb that reports: before it, before "who" or a comma, at its sentence's head."""

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Phrase, Sentence
from ingest.speakers.names_en import interpret
from ingest.speakers.phrases_en import capital, left, right
from ingest.speakers.words import quotes_in

_AGE = 2
"""Digits of an age: "Hala Odeh, 55, said"."""

_DESCRIBED = 10
"""Words of a subject that is only described: "small firms in the old port"."""

_PRONOUN = 2
"""Words after a pronoun in which its verb comes."""

_FAR = 30
"""Words looked back from a verb for the beginning of its subject."""


def back(here: Sentence, index: int, floor: int) -> tuple[int, bool, bool]:
    """The word before a verb that may end its subject; whether a comma, whether a quotation mark parts them."""
    apart = _parted(here, index)
    quoted = quotes_in(here.words[index].gap)
    place = index - 1
    while place >= floor and not quoted:
        key = here.words[place].key
        aged = key.isdigit() and len(key) <= _AGE and place > floor and capital(here.script, place - 1)
        timely = key in en.DAYS or key in en.DAY_WORDS or aged or (key.isdigit() and place + 1 < index)
        if not (
            key in en.OFTEN
            or (key in en.PASSIVE and place + 1 == index)
            or timely
            or (
                key in {"on", "in", "at"}
                and place + 1 < index
                and (here.words[place + 1].key in en.DAYS | en.DAY_WORDS)
            )
        ):
            break
        if (
            key in en.DAY_WORDS
            and place > floor
            and here.words[place - 1].key in {"that", "the"}
            and not (
                here.words[place - 1].key == "the" and place - 2 >= floor and here.words[place - 2].key in {"on", "in"}
            )
        ):
            break
        quoted = quotes_in(here.words[place].gap)
        apart = apart or _parted(here, place)
        place -= 1
    return place, apart, quoted


def _parted(here: Sentence, index: int) -> bool:
    """Whether more than the end of a bracket parts a word from the one before it."""
    return here.script.barred(index) and here.words[index].gap != ")"


def subject_before(here: Sentence, last: int, floor: int) -> Phrase | None:  # noqa: PLR0911 - the cases of a grammar, in their order
    """The phrase right before a verb; the one before "who" where it ends a clause."""
    if last < floor:
        return None
    bracket = _acronym(here, last, floor)
    if bracket is not None:
        whole = subject_before(here, bracket, floor)
        if (whole is None or whole.name is None) and capital(here.script, last):
            return Phrase(last, last, name=(last, last))
        return whole
    found = left(here.script, last, floor, here.known)
    if found is None:
        return None
    words = here.words[found[0]]
    if words.key in {"who", "which"}:
        comma = found[0] - 1
        antecedent = left(here.script, comma, floor, here.known) if comma >= floor else None
        phrase = interpret(here.script, *antecedent, here.known) if antecedent else None
        return phrase or Phrase(found[0], found[1], pronoun="same")
    clause = _relative(here, found[0], floor)
    if clause is not None:
        return clause
    phrase = interpret(here.script, *found, here.known)
    if phrase and phrase.pronoun is None:
        phrase = _pair(here, phrase)
    return phrase


def _acronym(here: Sentence, last: int, floor: int) -> int | None:
    """The word before "(SOHR)"."""
    word = here.words[last]
    closes = last + 1 < len(here.words) and here.words[last + 1].gap.startswith(")")
    return last - 1 if closes and word.gap.endswith("(") and last - 1 >= floor else None


def _pair(here: Sentence, phrase: Phrase) -> Phrase:
    """Split "the Observatory and the Committees" in two."""
    for place in range(phrase.first + 1, phrase.last):
        if here.words[place].key == "and":
            one = interpret(here.script, phrase.first, place - 1, here.known)
            two = interpret(here.script, place + 1, phrase.last, here.known)
            if one and two and not _runs_through(here, place) and not _one_name(here, phrase, place):
                return one._replace(also=two)
    return phrase


def _one_name(here: Sentence, phrase: Phrase, place: int) -> bool:
    """Whether "and" stands inside the name of one body: "Arts and Works agency"."""
    last = here.words[phrase.last]
    before = here.words[place - 1]
    alone = phrase.first == place - 1 or (phrase.first == place - 2 and here.words[phrase.first].key in en.DETERMINERS)
    unknown = place - 1 not in here.known and place + 1 not in here.known and not before.raw.isupper()
    named = capital(here.script, place + 1) and before.key not in en.BODY_WORDS | en.SOURCES
    body = last.key in en.GENERIC | {"department", "directorate"} and phrase.last == place + 2
    return alone and unknown and named and body


def _runs_through(here: Sentence, place: int) -> bool:
    return any(at in here.known and here.known[at].last >= place for at in range(max(0, place - 8), place))


def _relative(here: Sentence, first: int, floor: int) -> Phrase | None:
    """The subject before "who heads the Observatory", where the phrase found is only that clause's object."""
    hanging = first > floor and not here.script.barred(first) and here.words[first - 1].key in en.HOLDING
    if not hanging:
        return None
    for place in range(first - 1, max(floor, first - _FAR), -1):
        key = here.words[place].key
        if key in {"who", "which"}:
            antecedent = left(here.script, place - 1, floor, here.known)
            phrase = interpret(here.script, *antecedent, here.known) if antecedent else None
            return _heading(here, phrase, place) if phrase and phrase.pronoun is None else None
        if place in here.script.sentence_starts or (key in en.VERBS and key in en.PLAIN):
            return None
    return None


def _heading(here: Sentence, phrase: Phrase, place: int) -> Phrase:
    """Add the body of "who heads the Observatory" to a person."""
    heads = next(
        (at for at in range(place + 1, min(place + 4, len(here.words))) if here.words[at].key in en.HEADING), None
    )
    if heads is None or not phrase.person:
        return phrase
    found = right(here.script, heads + 1, min(len(here.words), heads + 14))
    body = interpret(here.script, *found, here.known) if found else None
    if body is None or body.person:
        return phrase
    return phrase._replace(body=body.name or found, heading=True)


def apposed(here: Sentence, last: int, floor: int) -> Phrase | None:  # noqa: PLR0911 - the cases of a grammar, in their order
    """The subject of ", director of the Observatory, said", ", who heads it, said", ", Rami Abdel Rahman, said"."""
    owner = next((at for at in range(last, max(floor, last - _FAR), -1) if here.words[at].key == "whose"), None)
    if owner is not None and here.script.barred(owner):
        found = left(here.script, owner - 1, floor, here.known)
        return interpret(here.script, *found, here.known) if found else None
    inner = last
    while inner > floor and last - inner < _FAR and not here.script.barred(inner):
        inner -= 1
    if inner <= floor or last - inner >= _FAR or inner in here.script.sentence_starts:
        found = left(here.script, last, floor, here.known)
        return interpret(here.script, *found, here.known) if found else None
    outer = left(here.script, inner - 1, floor, here.known)
    if outer is None and inner - 1 > floor and here.script.barred(inner - 1):
        return None
    if outer is None:
        return subject_before(here, last, floor) if here.words[inner].key not in {"who", "which"} else None
    if here.words[inner].key in {"who", "which", "whose", "where"}:
        base = interpret(here.script, *outer, here.known)
        return _heading(here, base, inner) if base else None
    inside = right(here.script, inner, last + 1)
    if inside is None or here.words[outer[0]].key in en.PRONOUNS:
        return interpret(here.script, *outer, here.known)
    whole = interpret(here.script, outer[0], inside[1], here.known)
    return whole if whole and whole.name else interpret(here.script, *outer, here.known)


def initial(here: Sentence, index: int, floor: int, *, strict: bool) -> Phrase | None:
    """The phrase that begins a verb's sentence, where what stands between says more about it."""
    start = floor
    for place in range(index - 1, max(floor, index - _FAR) - 1, -1):
        if place in here.script.sentence_starts or quotes_in(here.words[place].gap):
            start = place
            break
    else:
        if index - floor > _FAR:
            return None
    while start < index and (
        here.words[start].key in {"but", "and", "meanwhile", "however", "later", "earlier", "still", "yet"}
    ):
        start += 1
    between = {here.words[place].key for place in range(start, index)}
    if between & (en.FINITE | en.PLAIN) and not between & {"who", "which", "whose"}:
        return None
    found = right(here.script, start, index)
    phrase = interpret(here.script, *found, here.known) if found else None
    if (
        phrase is None
        and not strict
        and index - start <= _DESCRIBED
        and start < index
        and here.words[start].key not in en.PREPOSITIONS
    ):
        if here.words[start].key in en.CLAUSES or any(here.script.barred(place) for place in range(start + 1, index)):
            return None
        return Phrase(start, index - 1)
    return phrase if phrase is None or phrase.pronoun is None or index - start <= _PRONOUN else None


def may_speak(here: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase names somebody or describes a source."""
    if phrase.name:
        return True
    return any(here.words[place].key in en.SOURCES | en.OFFICES for place in range(phrase.first, phrase.last + 1))


def opening(here: Sentence) -> Phrase | None:
    """Who begins the sentence."""
    found = right(here.script, here.unit.first, here.unit.end)
    return interpret(here.script, *found, here.known) if found else None
