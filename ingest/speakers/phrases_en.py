"""Who speaks, as English writes it: noun phrases read from a verb to the left and to the right.

Articles often come without commas and apostrophes, so a phrase ends where a word cannot belong to it.
"""

from collections.abc import Iterator

from ingest.speakers.cues import Known, Phrase, Pronoun, Words
from ingest.speakers.lexicon_en import (
    BODY_WORDS,
    COMMON,
    DAYS,
    DETERMINERS,
    HEADING,
    LINKS,
    MODIFIERS,
    NAME_PARTICLES,
    OFFICES,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    SOURCES,
    TITLES,
    VERBS,
)
from ingest.speakers.words import Script, is_arabic, owned

LONGEST = 18
"""Words of a phrase; longer ones are not read."""

_PREFIXED = ("al-", "el-", "ad-", "as-", "an-", "ar-", "ash-", "at-", "az-", "ed-", "es-")
_MADE = ("-based", "-run", "-led", "-backed", "-linked", "-owned", "-affiliated", "-affiliate", "-funded", "-allied", "-held",
         "-controlled", "-aligned", "-opposition", "-government", "-regime", "-profit", "-state", "-rights", "-wing")


def capital(script: Script, index: int) -> bool:
    """Whether a word is written as names are."""
    word = script.words[index]
    if word.key in COMMON or word.key in DAYS or is_arabic(word):
        return False
    return word.raw[0].isupper() or word.raw.startswith(_PREFIXED)


def _noun(script: Script, index: int) -> bool:
    word = script.words[index]
    key = word.key
    return (
        key in SOURCES or key in OFFICES or key in MODIFIERS or key.endswith(_MADE) or key in {"'", "’"}
        or ("-" in key and key.startswith(("pro-", "anti-", "non-", "ex-")))
    )


def belongs(script: Script, index: int) -> bool:
    """Whether a word can be part of a name or of a description of a source."""
    key = script.words[index].key
    if key in DETERMINERS or key in PREPOSITIONS or key in PRONOUNS or key in DAYS:
        return False
    return capital(script, index) or _noun(script, index) or (key.endswith(("'s", "’s", "s'", "s’")))


def left(script: Script, last: int, floor: int, known: Known) -> Words | None:
    """The phrase that ends at a word, not reaching back before `floor`; None where nobody can be meant."""
    words = script.words
    if last < floor:
        return None
    if words[last].key in PRONOUNS:
        return last, last
    index, first = last, last + 1
    ends = {known[at][0] for at in range(max(floor, last - LONGEST), last) if at in known}
    while index >= floor and last - index < LONGEST:
        if index < last and script.barred(index + 1):
            break
        key = words[index].key
        if belongs(script, index):
            first = index
        elif key in {"another", "others", "one", "two", "some", "many"} and first > last:
            return None
        elif key in DETERMINERS and first <= last:
            first = index
            if not _hangs(script, index - 1, floor, ends):
                break
        elif first <= last and _links(script, index, floor, first, ends):
            first = index
        elif key in NAME_PARTICLES and first <= last and capital(script, first):
            first = index
        else:
            break
        index -= 1
    if first > last:
        return None
    while first < last and words[first].key in (PREPOSITIONS | LINKS) - DETERMINERS - NAME_PARTICLES:
        first += 1
    return _without_object(script, first, last, floor, known)


def _hangs(script: Script, index: int, floor: int, ends: set[int]) -> bool:
    """Whether a determiner's phrase hangs on what is before it: "source at | the Police Command"."""
    if index < floor or script.barred(index + 1):
        return False
    key = script.words[index].key
    if key == "and":
        return index > floor and (_heads(script, index - 1) or index - 1 in ends) and not script.barred(index)
    return key in PREPOSITIONS and index > floor and not script.barred(index) and _heads(script, index - 1, key)


def _heads(script: Script, index: int, preposition: str = "of") -> bool:
    key = script.words[index].key
    if key in OFFICES or (key in SOURCES and key not in {"figure", "figures", "number", "area", "forces", "people", "army"}):
        return True
    return preposition in {"of", "for"} and capital(script, index) and key in BODY_WORDS


def _links(script: Script, index: int, floor: int, first: int, ends: set[int]) -> bool:
    """Whether a small word stands inside a phrase: "Observatory | for | Human Rights"."""
    if index <= floor or script.barred(index):
        return False
    key, before = script.words[index].key, index - 1
    after = script.words[first]
    if key == "and":
        return (capital(script, before) and capital(script, first)) or (
            (script.words[before].key in SOURCES or before in ends) and (after.key in SOURCES | MODIFIERS or capital(script, first))
        )
    if key in {"for", "of", "on", "without", "&"} and capital(script, before) and capital(script, first):
        return script.words[before].key in BODY_WORDS | OFFICES or after.key in BODY_WORDS or key in {"of", "&", "without"}
    if key in {"of", "at", "for", "in", "from", "with", "on", "inside", "to"}:
        return _heads(script, before, key)
    return False


def _without_object(script: Script, first: int, last: int, floor: int, known: Known) -> Words | None:
    """Take off what belongs to the words before: "in Aleppo | Observatory director Rami Abdel Rahman"."""
    before = script.words[first - 1].key if first > floor and not script.barred(first) else ""
    if before not in PREPOSITIONS or script.words[first].key in DETERMINERS:
        return first, last
    for index in range(first, last + 1):
        if index in known and known[index][0] <= last and index > first:
            return index, last
    for index in range(first + 1, last + 1):
        key = script.words[index].key
        if (key in OFFICES or key in SOURCES or key in MODIFIERS) and not capital(script, index):
            return index, last
        if owned(script.words[index - 1]) is None and key in TITLES:
            return index, last
    return None


def right(script: Script, first: int, end: int) -> Words | None:
    """The phrase that begins at a word, with what says who it is: "Rami Abdel Rahman, director of the Observatory"."""
    words = script.words
    index, last = first, first - 1
    while index < end and index - first < LONGEST:
        key = words[index].key
        if index > first and script.barred(index) and not _apposes(script, index, end):
            break
        if key in PRONOUNS and index == first:
            return (first, first)
        if key in VERBS and not capital(script, index) and index > first:
            break
        if belongs(script, index):
            last = index
        elif key in DETERMINERS:
            if index > first and not _describes(script, index, end):
                break
        elif index > first and last == index - 1 and key in PREPOSITIONS | LINKS and index + 1 < end:
            if not _joins(script, index, end):
                break
        elif key in NAME_PARTICLES:
            pass
        else:
            break
        index += 1
    return (first, last) if last >= first else None


def _apposes(script: Script, index: int, end: int) -> bool:
    """Whether a comma goes on with who somebody is: ", the chief executive", ", a local activist"."""
    if script.words[index].gap not in {",", "،", "(", "-", "–", "—"} or index in script.sentence_starts:
        return False
    key = script.words[index].key
    return (key in DETERMINERS or key in OFFICES or key in MODIFIERS) and _describes(script, index, end)


def _describes(script: Script, index: int, end: int) -> bool:
    """Whether a phrase that begins here ends in an office or a source, or hangs on the word before it."""
    before = script.words[index - 1].key
    if before in PREPOSITIONS:
        return True
    for place in range(index, min(end, index + 7)):
        word = script.words[place]
        if place > index and script.barred(place):
            return False
        if word.key in OFFICES or (word.key in SOURCES and place > index):
            return True
        if word.key in DETERMINERS or word.key.endswith(_MADE) or word.key in MODIFIERS or capital(script, place) or word.key in SOURCES:
            continue
        return False
    return False


def _joins(script: Script, index: int, end: int) -> bool:
    key, before, after = script.words[index].key, script.words[index - 1].key, index + 1
    if script.barred(after):
        return False
    named = capital(script, after) or script.words[after].key in {"the", "a", "an"} or belongs(script, after)
    if key == "and":
        return capital(script, index - 1) and capital(script, after) and script.words[after].key in BODY_WORDS
    if key in {"of", "for", "at"}:
        return named and (before in OFFICES or before in SOURCES or before in BODY_WORDS or (key == "of" and capital(script, index - 1)))
    if key in {"in", "from", "on", "with", "to"}:
        return named and (before in OFFICES or before in SOURCES) and not script.words[after].key in DAYS
    return key == "without" and capital(script, after)


def interpret(script: Script, first: int, last: int, known: Known) -> Phrase | None:
    """Tell the name, the office and the body in a phrase."""
    words = script.words
    if first == last and words[first].key in PRONOUNS:
        kind = PRONOUNS[words[first].key]
        pronouns: dict[str, Pronoun] = {"m": "m", "f": "f", "it": "it", "they": "they"}
        return Phrase(first, last, pronoun=pronouns.get(kind, "same"))
    start = first
    owner = words[first].key in OWNERS
    definite = words[first].key == "the" or owner
    if words[first].key in DETERMINERS and first < last:
        start = first + 1
    runs = _runs(script, start, last, known)
    offices = [index for index in range(start, last + 1) if words[index].key in OFFICES and not _in_body(runs, index)]
    nearest = [run for run in runs if run.words[0] - 1 in offices and not run.body]
    for run in (*nearest, *runs):
        if run.body or not (run.alone or _beside_office(script, run, offices, last)):
            continue
        if run.alone and len(runs) > 1 and not _beside_office(script, run, offices, last):
            continue
        body = _body_of(script, run, runs, offices, start, last)
        heading = any(words[index].key in HEADING for index in offices)
        return Phrase(first, last, name=run.words, person=True, body=body, heading=heading,
                      owner=heading and body is None and _owned_office(script, offices, start, last), definite=definite)
    bodies = [run for run in runs if run.body and not _owner_only(script, run)]
    if offices and not (bodies and bodies[-1].words[1] == last and not any(words[o].key in HEADING for o in offices)):
        heading = any(words[index].key in HEADING for index in offices)
        body = bodies[0].words if bodies else None
        return Phrase(first, last, body=body if heading else None, heading=heading, definite=definite, owner=owner and heading)
    closing = runs[-1] if runs and runs[-1].words[1] == last and runs[-1].words[0] > start else None
    if closing and words[closing.words[0] - 1].key in SOURCES and not closing.body:
        return Phrase(first, last, name=closing.words, definite=definite)
    if bodies and not (words[start].key in SOURCES and not capital(script, start)):
        chosen = next((run for run in bodies if run.known), bodies[-1])
        return Phrase(first, last, name=chosen.words, definite=definite)
    if runs and runs[-1].words[1] == last and runs[-1].words[0] == start:
        person = len(words[start:last + 1]) > 1 and not any(word.key in SOURCES for word in words[start:last + 1])
        return Phrase(first, last, name=runs[-1].words, person=person, definite=definite)
    if any(words[index].key in SOURCES or words[index].key in OFFICES for index in range(start, last + 1)) or runs:
        return Phrase(first, last, definite=definite)
    return None


class _Run:
    """Capitalised words in a row."""

    def __init__(self, words: Words, *, body: bool, known: bool, alone: bool) -> None:
        self.words, self.body, self.known, self.alone = words, body, known, alone


def _runs(script: Script, start: int, last: int, known: Known) -> list[_Run]:
    runs: list[_Run] = []
    index = start
    while index <= last:
        if index in known and known[index][0] <= last:
            end = known[index][0]
            keys = [word.key for word in script.words[index : end + 1]]
            person = end > index and not any(key in BODY_WORDS or key in {"of", "for"} for key in keys)
            person = person and all(capital(script, place) for place in range(index, end + 1))
            runs.append(_Run((index, end), body=not person, known=True, alone=person))
            index = end + 1
            continue
        word = script.words[index]
        if not capital(script, index) or (word.key in OFFICES | TITLES and word.key not in {"may"}):
            index += 1
            continue
        end = index
        while end < last and not script.barred(end + 1) and end + 1 not in known:
            following = end + 1
            if capital(script, following) and owned(script.words[end]) is None:
                if script.words[following].key in OFFICES and script.words[following].key not in BODY_WORDS:
                    break
                end = following
            elif (
                following < last
                and script.words[following].key in LINKS | NAME_PARTICLES
                and (capital(script, following + 1) or (script.words[following + 1].key == "the" and following + 1 < last))
                and not script.barred(following + 1)
                and (script.words[following].key not in {"for", "of", "on", "and", "the"} or script.words[index].key in BODY_WORDS
                     or any(script.words[place].key in BODY_WORDS for place in range(index, end + 1)))
            ):
                end = following + 1 if script.words[following + 1].key != "the" else following + 2
            else:
                break
        keys = [script.words[place].key for place in range(index, end + 1)]
        acronym = index == end and len(word.raw) > 1 and word.raw.isupper()
        body = acronym or any(key in BODY_WORDS or key in {"of", "for"} for key in keys)
        runs.append(_Run((index, min(end, last)), body=body, known=False, alone=False))
        index = end + 1
    whole = [run for run in runs if run.words == (start, last) and not run.body and run.words[1] > run.words[0]]
    for run in whole:
        run.alone = True
    return runs


def name_runs(script: Script, first: int, last: int, known: Known) -> Iterator[tuple[int, int, bool]]:
    """Names in a stretch, with whether each is a body's; single words only where they are acronyms."""
    for run in _runs(script, first, last, known):
        start, end = run.words
        if end > start or run.body:
            yield start, end, run.body


def _in_body(runs: list[_Run], index: int) -> bool:
    return any(run.body and run.words[0] <= index <= run.words[1] for run in runs)


def _owner_only(script: Script, run: _Run) -> bool:
    """Whether a run only says whose something is: "Syria's health ministry"."""
    return owned(script.words[run.words[1]]) is not None


def _beside_office(script: Script, run: _Run, offices: list[int], last: int) -> bool:
    first, end = run.words
    if first - 1 in offices or (end == last and any(office < first for office in offices) and (
        not script.barred(first) and script.words[first - 1].key not in PREPOSITIONS | LINKS
    )):
        return True
    if any(office < first for office in offices) and first > 0 and script.words[first].gap in {",", "،"}:
        return True
    if end < last:
        following = [office for office in offices if end < office <= end + 6]
        return bool(following) and end > first and owned(script.words[end]) is None and (
            script.barred(end + 1) or script.words[end + 1].key in DETERMINERS | OFFICES | MODIFIERS
        )
    return False


def _body_of(script: Script, person: _Run, runs: list[_Run], offices: list[int], start: int, last: int) -> Words | None:
    if not any(script.words[index].key in HEADING for index in offices):
        return None
    for run in runs:
        if run is not person and (run.body or run.known):
            return run.words
    for office in offices:
        for index in range(office - 1, start - 1, -1):
            key = script.words[index].key
            if key in SOURCES and key not in OFFICES and index + 1 <= office:
                first = index
                while first > start and belongs(script, first - 1) and not script.barred(first):
                    first -= 1
                return first, index
            if not belongs(script, index):
                break
        if office + 2 <= last and script.words[office + 1].key in {"of", "at", "for"}:
            end = office + 2
            while end < last and (belongs(script, end + 1) and not script.barred(end + 1)):
                end += 1
            if end < person.words[0] or end > person.words[1]:
                return office + 2, end if end < person.words[0] or office > person.words[1] else person.words[0] - 1
    return None


def _owned_office(script: Script, offices: list[int], start: int, last: int) -> bool:
    return bool(offices) and any(script.words[index].key in OWNERS for index in range(max(0, start - 1), last + 1))
