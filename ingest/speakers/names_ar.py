"""What an Arabic phrase says of who speaks: the name, whether a person's, the office and the body it is held in."""

from collections.abc import Sequence

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import Known, Phrase, Words
from ingest.speakers.phrases_ar import MOST_NAME, bare, definite, has_owner, office, short_quotation, unowned
from ingest.speakers.words import Script, quotes_in

_LONGEST_KNOWN = 8
"""Words of a known name."""


def interpret(script: Script, first: int, last: int, known: Known) -> Phrase | None:
    """Tell the name, the office and the body in a phrase; commas inside it part who somebody is from the name."""
    words = script.words
    if last < first:
        return None
    offices = [at for at in range(first, last + 1) if _is_office(script, at, first)]
    spans = [(at, known[at].last) for at in range(first, last + 1) if at in known and known[at].last <= last]
    owner = any(has_owner(words[at].key) for at in offices)
    heading = any({bare(words[at].key), unowned(bare(words[at].key))} & ar.HEADING for at in offices[:2])
    whole = Phrase(first, last, definite=definite(words[first].key) or owner, heading=heading)
    name = _person(script, (first, last), offices, known)
    if name or (offices and offices[0] == first):
        body = None
        if heading:
            apart = [span for span in spans if name is None or span[1] < name[0] or span[0] > name[1]]
            body = apart[0] if apart else _body(script, last, offices[0], name)
        mine = owner and heading and (body is None or name is None)
        return whole._replace(name=name, person=name is not None, body=body, owner=mine)
    name, person = _bodily(script, first, last, spans)
    return whole._replace(heading=False, name=name, person=person)


def _bodily(script: Script, first: int, last: int, spans: Sequence[Words]) -> tuple[Words | None, bool]:
    """The name in a phrase without an office, and whether a person's; none where it only describes."""
    words = script.words
    if spans:
        return spans[0], False
    if bare(words[first].key) not in ar.SOURCES:
        return (first, last), not definite(words[first].key)
    quoted = next((end for at in range(first + 1, last + 1) if (end := short_quotation(script, at)) is not None), None)
    if quoted is not None:
        return (first, min(quoted, last)), False
    cut = next((at for at in range(first + 1, last + 1) if words[at].key in ar.LINKING), last + 1) - 1
    return ((first, cut) if cut > first and definite(words[cut].key) else None), False


def _is_office(script: Script, index: int, first: int) -> bool:
    """Whether a word of a phrase is an office, and no first name or name of a body that is spelled alike."""
    key = script.words[index].key
    named = index > first and not definite(key) and key in ar.NAME_LIKE and not script.barred(index)
    return office(key) and not named and not quotes_in(script.words[index].gap)


def _person(script: Script, span: Words, offices: Sequence[int], known: Known) -> Words | None:
    """Words of a person's name: after a rank, before a comma and an office, or after an office and its body."""
    first, last = span
    titled = _titled(script, first, last)
    if titled is not None or not offices:
        return titled
    if offices[0] > first and _comma(script, offices[0]):
        return first, _name_end(script, first, offices[0] - 1)
    lead = offices[-1] if offices[-1] < last and not definite(script.words[offices[-1]].key) else offices[0]
    return _held(script, lead, last, known) or next(
        ((at, _name_end(script, at, last)) for at in range(lead + 1, last + 1) if _comma(script, at)), None
    )


def _comma(script: Script, index: int) -> bool:
    return script.words[index].gap[:1] in {"،", ","}


def _titled(script: Script, first: int, last: int) -> Words | None:
    """The name after the last rank or form of address: «الجنرال فريديريك باريزو»."""
    words = script.words
    title = max((at for at in range(first, last) if words[at].key in ar.TITLES), default=None)
    if title is None:
        return None
    start = title + 1
    key = words[start].key
    supervises = start < last and office(key) and words[start + 1].key in ar.LINKING | ar.OVER
    if key in ar.LINKING or (supervises and key not in ar.TITLES):
        return None
    if definite(key) and words[title].key in ar.SPEAKING_TITLES:
        return None
    return start, _name_end(script, start, last)


def _held(script: Script, lead: int, last: int, known: Known) -> Words | None:
    """The name after an office and the body it is held in: «مدير المستشفى سليم عون»."""
    words = script.words
    closed = has_owner(words[lead].key) or definite(words[lead].key)
    for at in range(lead + 1, last + 1):
        key = words[at].key
        whole = at in known and known[at].last == last > at and known[at].kind in {"", "person"}
        named = not definite(key) and not key.startswith("لل") and key not in ar.LINKING | ar.OVER
        if closed and named:
            if whole:
                return at, last
            if not (
                _inside_known(script, at, lead, known) or words[at - 1].key in ar.LINKING or bare(key) in ar.SOURCES
            ):
                return at, _name_end(script, at, last)
        closed = key not in ar.LINKING and (closed or definite(key) or script.barred(at))
    return None


def _inside_known(script: Script, index: int, lead: int, known: Known) -> bool:
    """Whether a word belongs to a known body's name: «حقوق» in «المرصد السوري لحقوق الإنسان»."""
    places = range(max(lead, index - _LONGEST_KNOWN), index + 1)
    return any(known[at].last >= index for at in places if at in known) and index < len(script.words)


def _name_end(script: Script, start: int, last: int) -> int:
    end = start
    while end < last and end - start < MOST_NAME and not script.barred(end + 1):
        key = script.words[end + 1].key
        if office(key) and not (definite(key) and end == start):
            break
        end += 1
    return end


def _body(script: Script, last: int, lead: int, name: Words | None) -> Words | None:
    """The body an office is held in: what stands between it and the name."""
    start = lead + 1
    if start <= last and script.words[start].key == "باسم":
        start += 1
    if name and name[0] <= start <= name[1]:
        return None
    end = name[0] - 1 if name and name[0] > start else last
    while end >= start and script.words[end].key in ar.TITLES:
        end -= 1
    return (start, end) if end >= start else None
