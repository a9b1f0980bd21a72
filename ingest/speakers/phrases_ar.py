"""Who speaks, as Arabic writes it: noun phrases read forward from the word they begin with.

Arabic has no capitals. A phrase is read by its definiteness: «وزارة الصحة التمرانية» ends where an indefinite word
follows a definite one, unless the phrase began with an office, whose holder's name comes next.
"""

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import Known, Words
from ingest.speakers.words import Script, is_arabic, quotes_in

LONGEST = 16
"""Words of a phrase; longer ones are not read."""

_NAME_IN_QUOTES = 4
"""Words between quotation marks that may be a name; more are speech."""

_SHORTEST = 3
"""Letters; shorter words carry nothing written onto them."""

MOST_NAME = 4
"""Words of a person's name."""


def bare(key: str) -> str:
    """A folded word without the article, and without what is written before it: «للمرصد», «والوزارة»."""
    for prefix in ("وال", "فال", "بال", "كال", "ال", "لل", "ولل"):
        if key.startswith(prefix) and len(key) - len(prefix) > 1:
            return key[len(prefix) :]
    return key


def definite(key: str) -> bool:
    """Whether a folded word carries the article."""
    return key.startswith(("ال", "وال", "لل", "بال", "فال", "كال")) and len(key) > _SHORTEST


def office(key: str) -> bool:
    """Whether a word is an office or a trade, with the article or an ending for "its", or without."""
    plain = bare(key)
    return plain in ar.OFFICES or unowned(plain) in ar.OFFICES


def unowned(key: str) -> str:
    """The word without «ها» or «ه»: «مديرها», «أمينتها»."""
    for ending in ar.WHOSE:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST:
            stem = key[: -len(ending)]
            return f"{stem[:-1]}ه" if stem.endswith("ت") and f"{stem[:-1]}ه" in ar.OFFICES else stem
    return key


def has_owner(key: str) -> bool:
    """Whether an office is somebody's by its ending: «رئيسها»."""
    plain = bare(key)
    return plain not in ar.OFFICES and unowned(plain) in ar.OFFICES


def is_number(script: Script, index: int) -> bool:
    """Whether a word is a number, in digits or words, with «بـ» before it or not."""
    key = script.words[index].key
    return key[0].isdigit() or key.lstrip("بو")[:1].isdigit() or key in ar.NUMBERS


def verb(key: str) -> str | None:
    """The verb in a folded word, without «و» and «ف»; None where there is none."""
    if key in ar.VERBS or key in ar.NARROW:
        return key
    if key[0] in "وف" and (key[1:] in ar.VERBS or key[1:] in ar.NARROW):
        return key[1:]
    return None


def gender(key: str) -> str:
    """Gender of a verb's subject, "" where the form does not tell."""
    plain = verb(key) or key
    if plain.endswith(("وا", "ون")):
        return ""
    return "f" if plain.endswith("ت") or (plain.startswith("ت") and plain not in ar.PAST_IN_T) else "m"


def short_quotation(script: Script, index: int) -> int | None:
    """The last word of the quotation that begins at a word, where it is short enough to be a name."""
    if not quotes_in(script.words[index].gap) or ":" in script.words[index].gap:
        return None
    inside = script.quotation(script.words[index].start)
    if inside is None or script.word_at(inside[0]) != index:
        return None
    last = script.word_at(inside[1]) - 1
    return last if index <= last < index + _NAME_IN_QUOTES else None


def phrase_at(script: Script, first: int, end: int, known: Known) -> Words | None:  # noqa: C901, PLR0912 - the cases of a grammar, in their order
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
        if (
            index in known
            and (index == first or known[index].last - index > 0 or definite(key))
            and known[index].last < end
        ):
            last, index, seen = known[index].last, known[index].last + 1, True
            continue
        if _stops(script, index, first, end, heads_office=heads_office):
            break
        if index > first and seen and not definite(key):
            if key.startswith("ل") and len(key) > _SHORTEST and not named:
                last, index = index, index + 1
                continue
            if key in {"عليه", "عليها", "علي"}:
                last, index = index, index + 1
                continue
            if key in ar.LINKING or office(key):
                heads_office = heads_office or office(key)
                last, index = index, index + 1
                if key in ar.LINKING:
                    seen = False
                continue
            before = words[index - 1].key
            if not (heads_office or before in ar.TITLES or named):
                break
            named += 1
            if named > MOST_NAME:
                break
        elif index > first and not seen and not definite(key) and not heads_office:
            named += 1
            if named > MOST_NAME:
                break
        seen = seen or definite(key)
        last = index
        index += 1
    while last >= first and words[last].key in ar.LINKING | {"باسم"}:
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


def _stops(script: Script, index: int, first: int, end: int, *, heads_office: bool) -> bool:  # noqa: C901, PLR0911 - the cases of a grammar, in their order
    key = script.words[index].key
    if key in ar.THAT and not (key == "بان" and index + 1 < end and script.words[index + 1].key == "كي"):
        return True
    if key in ar.LINKING and index > first and index + 1 < end:
        before = bare(script.words[first].key)
        after = script.words[index + 1].key
        if key == "باسم":
            return False
        fits = heads_office or before in ar.SOURCES
        return (
            not fits
            or after in ar.OCCASIONS
            or after in ar.DAYS
            or after in ar.THAT
            or bare(after) in ar.REPORTS
            or (key == "من" and index != first + 1)
        )
    if key in {"علي", "عليه", "عليها"} and _supervises(script, index, first):
        return False
    if (
        key in ar.PREPOSITIONS
        or key in ar.RELATIVES
        or key in ar.SAYING
        or key in ar.FOR_ADDRESSEE
        or key in ar.PARTICIPLES
    ):
        return True
    annexed = (
        index == first + 1 and not definite(script.words[first].key) and bare(script.words[first].key) in ar.GENERIC
    )
    if key in ar.OWN_WORDS or (index > first and definite(key) and bare(key) in ar.OBJECTS and not annexed):
        return True  # «الوكالة الأنباء», but «وكالة الأنباء»
    if key in ar.DAYS or key in ar.ACCORDING or is_number(script, index):
        return True
    if key in ar.SUFFIXED_PREPOSITIONS and not _supervises(script, index, first):
        return True
    if index > first and _object_verb(key):
        return True
    if index > first + 1 and definite(key) and bare(key) in ar.NUMBERS:
        return True  # «أعضاء اللجنة السبعة», but «مجموعة السبع»
    if (
        index > first
        and key in ar.EVENTS
        and (_ends_name(script, index, end) or _names_body(script, index, first, end))
    ):
        return False
    if index > first and (key in ar.EVENTS or (verb(key) is not None and not heads_office) or verb(key) in ar.VERBS):
        return True
    return key[0] in "ول" and key[1:] in ar.THAT


def _ends_name(script: Script, index: int, end: int) -> bool:
    """Whether the speaker's name ends with a word: «أن» or a comma is next."""
    return index + 1 < end and (script.words[index + 1].key in ar.THAT or script.words[index + 1].gap in {"،", ","})


def _names_body(script: Script, index: int, first: int, end: int) -> bool:
    """Whether an event is what a body is there for: «جهاز إنقاذ المناجم», not «الجهاز إنقاذ 12 عاملا»."""
    if index != first + 1 or script.words[first].key not in ar.GENERIC or index + 1 >= end:
        return False
    after = script.words[index + 1].key
    return definite(after) and not script.barred(index + 1) and bare(after) not in ar.NUMBERS


def _supervises(script: Script, index: int, first: int) -> bool:
    """Whether a preposition belongs to the office before it: «المشرف على المشروع»."""
    return index > first and bare(script.words[index - 1].key) in {"مشرف", "مشرفه"}


def _object_verb(key: str) -> bool:
    """Whether a word looks like a verb with its object: «أجرته», «أصدرتها»."""
    return key.endswith(("ته", "تها")) and key[0] in "ان" and not key.startswith("ال") and len(key) > _SHORTEST + 1
