"""What an English phrase says of who speaks: the name, whether a person's, the office and the body it is held in."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Known, Phrase, Pronoun, Words
from ingest.speakers.phrases_en import LONGEST, belongs, capital, numbered
from ingest.speakers.words import Script, owned

_NEAR_OFFICE = 6
"""Words between a name and the office that follows it: "Omar Nassar, deputy head of the …"."""


class Run(NamedTuple):
    """Capitalised words in a row."""

    words: Words
    body: bool
    """Whether it looks like a body's name."""

    known: bool = False
    """Whether it is a known name."""

    alone: bool = False
    """Whether nothing else is needed to take it for a person: it is known, or the whole phrase."""


def interpret(script: Script, first: int, last: int, known: Known) -> Phrase | None:
    """Tell the name, the office and the body in a phrase; None where it names or describes nobody."""
    words = script.words
    if first == last and words[first].key in en.PRONOUNS:
        pronouns: dict[str, Pronoun] = {"m": "m", "f": "f", "it": "it", "they": "they"}
        return Phrase(first, last, pronoun=pronouns.get(en.PRONOUNS[words[first].key], "same"))
    start = first + 1 if words[first].key in en.DETERMINERS and first < last else first
    if start + 1 < last and words[start].key in en.ISSUED and words[start + 1].key in {"from", "by"}:
        return interpret(script, start + 2, last, known)
    runs = _runs(script, start, last, known)
    offices = [at for at in range(start, last + 1) if words[at].key in en.OFFICES and not _in_body(runs, at)]
    owner = words[first].key in en.OWNERS
    whole = Phrase(first, last, definite=words[first].key == "the" or owner)
    heading = any(words[at].key in en.HEADING for at in offices)
    person = _person(script, runs, offices, last)
    if person is not None:
        body = _body_of(script, person, runs, offices, (start, last)) if heading else None
        owned_office = heading and body is None and _owned_office(script, offices, start, last)
        return whole._replace(name=person.words, person=True, body=body, heading=heading, owner=owned_office)
    bodies = [run for run in runs if run.body and not _owner_only(script, run)]
    if offices and (heading or not (bodies and bodies[-1].words[1] == last)):
        body = bodies[0].words if bodies and heading else None
        return whole._replace(body=body, heading=heading, owner=owner and heading)
    name = _name(script, runs, bodies, (start, last))
    if name is not None:
        single = name == (start, last) and not any(run.words == name for run in bodies)
        return whole._replace(name=name, person=single and last > start and not _sources(script, start, last))
    return whole if runs or _sources(script, start, last) else None


def _person(script: Script, runs: Sequence[Run], offices: Sequence[int], last: int) -> Run | None:
    """The run that is a person's name: right after an office first of all."""
    nearest = [run for run in runs if run.words[0] - 1 in offices]
    for run in (*nearest, *runs):
        beside = _beside_office(script, run, offices, last)
        if not run.body and (beside or (run.alone and len(runs) == 1)):
            return run
    return None


def _name(script: Script, runs: Sequence[Run], bodies: Sequence[Run], span: Words) -> Words | None:
    """The name in a phrase without an office; None where it only describes: "a Police Command source"."""
    start, last = span
    keys = [word.key for word in script.words[start : last + 1]]
    if len(keys) == 1 and keys[0] in en.SOURCES and not any(run.known for run in runs):
        return None  # "an NGO"
    if (keys[-1] in en.INDIVIDUALS and not capital(script, last)) or (
        not bodies and all(key in en.SOURCES | en.MODIFIERS for key in keys)
    ):
        return None
    closing = runs[-1] if runs and runs[-1].words[1] == last else None
    if (
        closing
        and not closing.body
        and closing.words[0] > start
        and script.words[closing.words[0] - 1].key in en.SOURCES
    ):
        return closing.words
    inside = set(keys[: bodies[0].words[0] - start]) if bodies else set()
    if bodies and not (keys[0] in en.SOURCES and not capital(script, start) and inside & en.PREPOSITIONS):
        return next((run for run in bodies if run.known), bodies[-1]).words
    return closing.words if closing and closing.words[0] == start else None


def _sources(script: Script, start: int, last: int) -> bool:
    return any(script.words[at].key in en.SOURCES | en.OFFICES for at in range(start, last + 1))


def _runs(script: Script, start: int, last: int, known: Known) -> list[Run]:
    runs: list[Run] = []
    index = start
    while index <= last:
        key = script.words[index].key
        if index in known and known[index].last <= last:
            runs.append(_known_run(script, index, known))
        elif capital(script, index) and key not in en.OFFICES | en.TITLES:
            runs.append(_run(script, index, last, known))
        else:
            index += 1
            continue
        index = runs[-1].words[1] + 1
    return [
        run._replace(alone=True) if run.words == (start, last) and not run.body and last > start else run
        for run in runs
    ]


def _known_run(script: Script, first: int, known: Known) -> Run:
    last, kind = known[first].last, known[first].kind
    if kind:
        person = kind == "person"
    else:
        places = range(first, last + 1)
        person = last > first and not _like_body(script, first, last) and all(capital(script, at) for at in places)
    return Run((first, last), body=not person, known=True, alone=person)


def _run(script: Script, first: int, last: int, known: Known) -> Run:
    """Names go on over small words inside them: "Office for the Coordination of …", "Yacoub El Hillo"."""
    end = first
    while end < last and end - first < LONGEST:
        following = end + 1
        if script.barred(following) or following in known:
            break
        key = script.words[following].key
        if numbered(script, following, last):
            end = following
        elif capital(script, following) and owned(script.words[end]) is None:
            if key in en.OFFICES and key not in en.BODY_WORDS:
                break
            end = following
        elif key in en.LINKS | en.NAME_PARTICLES and (over := _over(script, first, following, last)):
            end = over
        else:
            break
    raw = script.words[first].raw
    acronym = first == end and len(raw) > 1 and raw.isupper()
    return Run((first, end), body=acronym or _like_body(script, first, end))


def _over(script: Script, first: int, link: int, last: int) -> int | None:
    """The capitalised word that a small word inside a name leads to."""
    after = link + 1
    if after <= last and script.words[after].key == "the" and not script.barred(after):
        after += 1
    if after > last or script.barred(after) or not capital(script, after):
        return None
    bodily = script.words[link].key in {"for", "of", "on", "and", "the"}
    return after if not bodily or _like_body(script, first, link - 1) else None


def _like_body(script: Script, first: int, last: int) -> bool:
    return any(
        script.words[at].key in en.BODY_WORDS or script.words[at].key in {"of", "for"} for at in range(first, last + 1)
    )


def name_runs(script: Script, first: int, last: int, known: Known) -> Iterator[tuple[int, int, bool]]:
    """Names in a stretch, with whether each is a body's; single words only where they are acronyms."""
    for run in _runs(script, first, last, known):
        start, end = run.words
        if end > start or run.body:
            yield start, end, run.body


def _in_body(runs: Sequence[Run], index: int) -> bool:
    return any(run.body and run.words[0] <= index <= run.words[1] for run in runs)


def _owner_only(script: Script, run: Run) -> bool:
    """Whether a run only says whose something is: "Syria's health ministry"."""
    return owned(script.words[run.words[1]]) is not None


def _beside_office(script: Script, run: Run, offices: Sequence[int], last: int) -> bool:
    first, end = run.words
    if first - 1 in offices or (
        end == last
        and any(office < first for office in offices)
        and (not script.barred(first) and script.words[first - 1].key not in en.PREPOSITIONS | en.LINKS)
    ):
        return True
    if any(office < first for office in offices) and first > 0 and script.words[first].gap in {",", "،"}:
        return True
    if end < last:
        following = [office for office in offices if end < office <= end + _NEAR_OFFICE]
        return (
            bool(following)
            and end > first
            and owned(script.words[end]) is None
            and (script.barred(end + 1) or script.words[end + 1].key in en.DETERMINERS | en.OFFICES | en.MODIFIERS)
        )
    return False


def _body_of(script: Script, person: Run, runs: Sequence[Run], offices: Sequence[int], span: Words) -> Words | None:
    """The body an office is held in: "Observatory head", "head of the coast guard"."""
    start, last = span
    for run in runs:
        if run is not person and (run.body or run.known):
            return run.words
    for office in offices:
        body = _before_office(script, office, start) or _after_office(script, person, office, last)
        if body is not None:
            return body
    return None


def _before_office(script: Script, office: int, start: int) -> Words | None:
    """The body before an office: "health ministry" in "health ministry spokesman"."""
    for last in range(office - 1, start - 1, -1):
        key = script.words[last].key
        if key in en.SOURCES and key not in en.OFFICES:
            first = last
            while first > start and belongs(script, first - 1) and not script.barred(first):
                first -= 1
            return first, last
        if not belongs(script, last):
            return None
    return None


def _after_office(script: Script, person: Run, office: int, last: int) -> Words | None:
    """The body after an office: "coast guard" in "head of the coast guard"."""
    first = office + 2
    if first > last or script.words[office + 1].key not in {"of", "at", "for"}:
        return None
    if script.words[first].key in en.DETERMINERS and first < last:
        first += 1
    end = first
    while end < last and belongs(script, end + 1) and not script.barred(end + 1):
        end += 1
    if office < person.words[0] <= end:
        end = person.words[0] - 1
    return (first, end) if first <= end else None


def _owned_office(script: Script, offices: Sequence[int], start: int, last: int) -> bool:
    return bool(offices) and any(script.words[index].key in en.OWNERS for index in range(max(0, start - 1), last + 1))
