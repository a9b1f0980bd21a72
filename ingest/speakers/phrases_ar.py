"""Who speaks, as Arabic writes it: noun phrases read forward from the word they begin with.

Arabic has no capitals. A phrase is read by its definiteness: «وزارة الصحة التمرانية» ends where an indefinite word
follows a definite one, unless the phrase began with an office, whose holder's name comes next.
"""

from ingest.speakers.cues import Known, Phrase, Words
from ingest.speakers.lexicon_ar import (
    ACCORDING,
    DAYS,
    EVENTS,
    FOR_ADDRESSEE,
    HEADING,
    LINKING,
    NARROW,
    NUMBERS,
    OCCASIONS,
    OFFICES,
    PARTICIPLES,
    PREPOSITIONS,
    RELATIVES,
    REPORTS,
    SAYING,
    SOURCES,
    SUFFIXED_PREPOSITIONS,
    THAT,
    TITLES,
    VERBS,
    WHOSE,
)
from ingest.speakers.words import Script, is_arabic, quotes_in

LONGEST = 16
"""Words of a phrase; longer ones are not read."""

_NAME_IN_QUOTES = 4
"""Words between quotation marks that may be a name; more are speech."""

_MOST_NAME = 4
"""Words of a person's name."""


def bare(key: str) -> str:
    """A folded word without the article, and without what is written before it: «للمرصد», «والوزارة»."""
    for prefix in ("وال", "فال", "بال", "كال", "ال", "لل", "ولل"):
        if key.startswith(prefix) and len(key) - len(prefix) > 1:
            return key[len(prefix) :]
    return key


def definite(key: str) -> bool:
    """Whether a folded word carries the article."""
    return key.startswith(("ال", "وال", "لل", "بال", "فال", "كال")) and len(key) > 3


def office(key: str) -> bool:
    """Whether a word is an office or a trade, with the article or an ending for "its", or without."""
    plain = bare(key)
    return plain in OFFICES or _unowned(plain) in OFFICES


def _unowned(key: str) -> str:
    """The word without «ها» or «ه»: «مديرها», «أمينتها»."""
    for ending in WHOSE:
        if key.endswith(ending) and len(key) - len(ending) > 2:
            stem = key[: -len(ending)]
            return f"{stem[:-1]}ه" if stem.endswith("ت") and f"{stem[:-1]}ه" in OFFICES else stem
    return key


def has_owner(key: str) -> bool:
    """Whether an office is somebody's by its ending: «رئيسها»."""
    plain = bare(key)
    return plain not in OFFICES and _unowned(plain) in OFFICES


def is_number(script: Script, index: int) -> bool:
    """Whether a word is a number, in digits or words, with «بـ» before it or not."""
    key = script.words[index].key
    return key[0].isdigit() or key.lstrip("بو")[:1].isdigit() or key in NUMBERS


def verb(key: str) -> str | None:
    """The verb in a folded word, without «و» and «ف»; None where there is none."""
    if key in VERBS or key in NARROW:
        return key
    if key[0] in "وف" and (key[1:] in VERBS or key[1:] in NARROW):
        return key[1:]
    return None


def short_quotation(script: Script, index: int) -> int | None:
    """The last word of the quotation that begins at a word, where it is short enough to be a name."""
    if not quotes_in(script.words[index].gap) or ":" in script.words[index].gap:
        return None
    inside = script.quotation(script.words[index].start)
    if inside is None or script.word_at(inside[0]) != index:
        return None
    last = script.word_at(inside[1]) - 1
    return last if index <= last < index + _NAME_IN_QUOTES else None


def phrase_at(script: Script, first: int, end: int, known: Known) -> Words | None:
    """The phrase that begins at a word, without what follows a comma."""
    words = script.words
    if first >= end:
        return None
    index, last, seen, named = first, first - 1, False, 0
    heads_office = office(words[first].key)
    while index < end and index - first < LONGEST:
        key = words[index].key
        quoted = short_quotation(script, index) if index > first or quotes_in(words[index].gap) else None
        if quoted is not None and quoted < end:
            last, index, seen = quoted, quoted + 1, True
            continue
        closes = index > first and _closes_name(words[index].gap)
        if index > first and script.barred(index) and not closes and not _bracketed(script, index):
            break
        if not is_arabic(words[index]) and not (words[index].raw[0].isupper()):
            break
        if index in known and (index == first or known[index][0] - index > 0 or definite(key)) and known[index][0] < end:
            last, index, seen = known[index][0], known[index][0] + 1, True
            continue
        if _stops(script, index, first, end, heads_office=heads_office):
            break
        if index > first and seen and not definite(key):
            if key.startswith("ل") and len(key) > 3 and not named:
                last, index = index, index + 1
                continue
            if key in {"عليه", "عليها", "علي"}:
                last, index = index, index + 1
                continue
            if key in LINKING or office(key):
                heads_office = heads_office or office(key)
                last, index = index, index + 1
                if key in LINKING:
                    seen = False
                continue
            before = words[index - 1].key
            if not (heads_office or before in TITLES or named):
                break
            named += 1
            if named > _MOST_NAME:
                break
        elif index > first and not seen and not definite(key) and not heads_office:
            named += 1
            if named > _MOST_NAME:
                break
        seen = seen or definite(key)
        last = index
        index += 1
    while last >= first and words[last].key in LINKING | {"باسم"}:
        last -= 1
    return (first, last) if last >= first else None


def _closes_name(gap: str) -> bool:
    return gap in {"»", "”", '"', ")", "“", "’"}


def _bracketed(script: Script, index: int) -> bool:
    """Whether a short bracket begins or ends before a word: «وكالة الأنباء السورية (سانا)»."""
    gap = script.words[index].gap
    if gap == "(":
        closes = script.text.find(")", script.words[index].start, script.words[index].start + 40)
        return closes > 0
    return gap == ")"


def _stops(script: Script, index: int, first: int, end: int, *, heads_office: bool) -> bool:
    key = script.words[index].key
    if key in THAT and not (key == "بان" and index + 1 < end and script.words[index + 1].key == "كي"):
        return True
    if key in LINKING and index > first and index + 1 < end:
        before = bare(script.words[first].key)
        after = script.words[index + 1].key
        if key == "باسم":
            return False
        fits = heads_office or before in SOURCES
        return not fits or after in OCCASIONS or after in DAYS or after in THAT or bare(after) in REPORTS or key == "من" and index != first + 1
    if key in {"علي", "عليه", "عليها"} and _supervises(script, index, first):
        return False
    if key in PREPOSITIONS or key in RELATIVES or key in SAYING or key in FOR_ADDRESSEE or key in PARTICIPLES:
        return True
    if key in DAYS or key in ACCORDING or is_number(script, index):
        return True
    if key in SUFFIXED_PREPOSITIONS and not _supervises(script, index, first):
        return True
    if index > first and _object_verb(key):
        return True
    if index > first and key in EVENTS and _ends_name(script, index, end):
        return False
    if index > first and (key in EVENTS or (verb(key) is not None and not heads_office) or verb(key) in VERBS):
        return True
    return key[0] in "ول" and key[1:] in THAT


def _ends_name(script: Script, index: int, end: int) -> bool:
    """Whether the speaker's name ends with a word: «أن» or a comma is next."""
    return index + 1 < end and (script.words[index + 1].key in THAT or script.words[index + 1].gap in {"،", ","})


def _supervises(script: Script, index: int, first: int) -> bool:
    """Whether a preposition belongs to the office before it: «المشرف على المشروع»."""
    return index > first and bare(script.words[index - 1].key) in {"مشرف", "مشرفه"}


def _object_verb(key: str) -> bool:
    """Whether a word looks like a verb with its object: «أجرته», «أصدرتها»."""
    return key.endswith(("ته", "تها")) and key[0] in "ان" and not key.startswith("ال") and len(key) > 4


def interpret(script: Script, first: int, last: int, known: Known) -> Phrase | None:
    """Tell the name, the office and the body in a phrase; commas inside it part who somebody is from the name."""
    words = script.words
    if last < first:
        return None
    offices = [index for index in range(first, last + 1) if office(words[index].key) and not quotes_in(words[index].gap)]
    owner = any(has_owner(words[index].key) for index in offices)
    sure = definite(words[first].key) or owner
    name = _person(script, first, last, offices, known)
    spans = [(index, known[index][0]) for index in range(first, last + 1) if index in known and known[index][0] <= last]
    heading = any(_unowned(bare(words[index].key)) in HEADING or bare(words[index].key) in HEADING for index in offices[:2])
    if name:
        body = next((span for span in spans if span[1] < name[0] or span[0] > name[1]), None)
        if body is None and heading:
            body = _body(script, first, last, offices, name)
        return Phrase(first, last, name=name, person=True, body=body if heading else None, heading=heading,
                      owner=owner and heading and body is None, definite=sure)
    if offices and offices[0] == first:
        body = spans[0] if spans else (_body(script, first, last, offices, None) if heading else None)
        return Phrase(first, last, body=body if heading else None, heading=heading, owner=owner and heading, definite=sure)
    if spans:
        return Phrase(first, last, name=spans[0], definite=sure)
    described = bare(words[first].key) in SOURCES
    if described and (first == last or not definite(words[last].key)):
        return Phrase(first, last, definite=sure)
    if described:
        inner = next((at for at in range(first + 1, last + 1) if words[at].key in LINKING), last + 1)
        return Phrase(first, last, name=(first, inner - 1), definite=sure)
    return Phrase(first, last, name=(first, last), person=not described and not definite(words[first].key), definite=sure)


def _person(script: Script, first: int, last: int, offices: list[int], known: Known) -> Words | None:
    """Words of a person's name: after a rank, after an office and its body, or before a comma and an office."""
    words = script.words
    title = max((index for index in range(first, last) if words[index].key in TITLES), default=None)
    if title is not None and not script.barred(title + 1) or (title is not None and title + 1 <= last):
        start = (title or first) + 1
        if office(words[start].key) and start < last and words[start].key not in TITLES and words[start + 1].key in LINKING | {"علي", "عليه", "عليها"}:
            start, title = last + 1, None
        if start <= last and words[start].key not in LINKING and not (definite(words[start].key) and start == last and False):
            end = _name_end(script, start, last)
            if end >= start and not (definite(words[start].key) and words[title or first].key in {"الرئيس", "المتحدث", "الناطق"}):
                return start, end
    if not offices:
        return None
    if offices[0] > first and script.words[offices[0]].gap[:1] in {"،", ","}:
        return first, _name_end(script, first, offices[0] - 1)
    lead = offices[-1] if offices[-1] < last and not definite(words[offices[-1]].key) else offices[0]
    seen = has_owner(words[lead].key) or definite(words[lead].key)
    for index in range(lead + 1, last + 1):
        if index in known:
            span = known[index][0]
            if span == last and seen and span > index and not definite(words[index].key):
                return index, last
        key = words[index].key
        if seen and not definite(key) and key not in LINKING | {"عليه", "عليها", "علي"} and not key.startswith("لل"):
            inside = any(place <= index <= known[place][0] for place in range(max(first, index - 8), index + 1) if place in known)
            if not inside and words[index - 1].key not in LINKING and bare(words[index].key) not in SOURCES and not (
                words[index - 1].key == "باسم"
            ):
                return index, _name_end(script, index, last)
        if key in LINKING:
            seen = False
        elif definite(key) or script.barred(index):
            seen = True
    for index in range(lead + 1, last + 1):
        if script.words[index].gap[:1] in {"،", ","}:
            return index, _name_end(script, index, last)
    return None


def _name_end(script: Script, start: int, last: int) -> int:
    end = start
    while end < last and not script.barred(end + 1) and end - start < _MOST_NAME and (
        not office(script.words[end + 1].key) or (definite(script.words[end + 1].key) and end == start)
    ):
        end += 1
    return end


def _body(script: Script, first: int, last: int, offices: list[int], name: Words | None) -> Words | None:
    lead = offices[0]
    start = lead + 1
    if start <= last and script.words[start].key == "باسم":
        start += 1
    end = (name[0] - 1) if name and name[0] > start else last
    while end >= start and script.words[end].key in TITLES:
        end -= 1
    if name and name[0] <= start <= name[1]:
        return None
    return (start, end) if end >= start else None
