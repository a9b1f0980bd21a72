"""Who speaks, as English writes it: noun phrases read from a verb to the left and to the right.

Articles often come without commas and apostrophes, so a phrase ends where a word cannot belong to it.
"""

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Known, Words
from ingest.speakers.words import Script, is_arabic, owned

LONGEST = 18
"""Words of a phrase; longer ones are not read."""

_DESCRIPTION = 7
"""Words in which a description gets to its noun: "a Britain-based rights monitoring group"."""


_WORKS = 3
"""Words between "of" and "works"."""


def capital(script: Script, index: int) -> bool:
    """Whether a word is written as names are."""
    word = script.words[index]
    if word.key in en.COMMON or word.key in en.DAYS or is_arabic(word):
        return False
    return word.raw[0].isupper() or word.raw.startswith(en.PREFIXED)


def _noun(script: Script, index: int) -> bool:
    word = script.words[index]
    key = word.key
    return (
        key in en.SOURCES
        or key in en.OFFICES
        or key in en.MODIFIERS
        or _works(script, index)
        or key.endswith(en.MADE)
        or key in {"'", "’"}
        or ("-" in key and key.startswith(("pro-", "anti-", "non-", "ex-")))
    )


def _works(script: Script, index: int) -> bool:
    """Whether a word is "works" and no verb: "public works ministry", "minister of public works"."""
    words = script.words
    if words[index].key != "works":
        return False
    after = index + 1
    if after + 1 < len(words) and words[after].key == "and" and not script.barred(after):
        after += 2
    ahead = after < len(words) and not any(script.barred(at) for at in range(index + 1, after + 1))
    if ahead and words[after].key in en.GENERIC | en.OFFICES | {"department", "directorate", "administration"}:
        return True
    first = index
    while first > 0 and index - first < _WORKS and words[first - 1].key in en.MODIFIERS and not script.barred(first):
        first -= 1
    return 1 < first < index and words[first - 1].key == "of" and words[first - 2].key in en.GENERIC | en.OFFICES


def belongs(script: Script, index: int) -> bool:
    """Whether a word can be part of a name or of a description of a source."""
    key = script.words[index].key
    if key in en.DETERMINERS or key in en.PREPOSITIONS or key in en.PRONOUNS or key in en.DAYS:
        return False
    return capital(script, index) or _noun(script, index) or (key.endswith(("'s", "’s", "s'", "s’")))


def left(script: Script, last: int, floor: int, known: Known) -> Words | None:  # noqa: C901, PLR0912 - the cases of a grammar, in their order
    """The phrase that ends at a word, not reaching back before `floor`; None where nobody can be meant."""
    words = script.words
    if last < floor:
        return None
    if words[last].key in en.PRONOUNS:
        return last, last
    index, first = last, last + 1
    ends = {known[at].last for at in range(max(floor, last - LONGEST), last) if at in known}
    while index >= floor and last - index < LONGEST:
        if index < last and script.barred(index + 1):
            break
        key = words[index].key
        apart = first <= last and (capital(script, first) or words[first].key in en.CROWDS)
        if apart and key in en.CROWDS and not capital(script, index):
            break
        if belongs(script, index) or (first <= last and numbered(script, index, last)):
            first = index
        elif key in {"another", "others", "one", "two", "some", "many"} and first > last:
            return None
        elif key in en.DETERMINERS and first <= last:
            first = index
            if not _hangs(script, index - 1, floor, ends):
                break
        elif (first <= last and _links(script, index, floor, first, ends)) or (
            key in en.NAME_PARTICLES and first <= last and capital(script, first)
        ):
            first = index
        else:
            break
        index -= 1
    if first > last:
        return None
    while first < last and words[first].key in (en.PREPOSITIONS | en.LINKS) - en.DETERMINERS - en.NAME_PARTICLES:
        first += 1
    return _without_object(script, first, last, floor, known)


def numbered(script: Script, index: int, last: int) -> bool:
    """Whether a number belongs to a name before it: "the Dalia 24 | monitoring group"."""
    if (
        not script.words[index].raw.isdigit()
        or not 0 < index < last
        or script.barred(index)
        or script.barred(index + 1)
    ):
        return False
    return capital(script, index - 1) and script.words[index + 1].key in en.SOURCES | en.MODIFIERS


def _hangs(script: Script, index: int, floor: int, ends: set[int]) -> bool:
    """Whether a determiner's phrase hangs on what is before it: "source at | the Police Command"."""
    if index < floor or script.barred(index + 1):
        return False
    key = script.words[index].key
    if key == "and":
        return index > floor and (_heads(script, index - 1) or index - 1 in ends) and not script.barred(index)
    return key in en.PREPOSITIONS and index > floor and not script.barred(index) and _heads(script, index - 1, key)


def _heads(script: Script, index: int, preposition: str = "of") -> bool:
    key = script.words[index].key
    if key in en.OFFICES or (
        key in en.SOURCES and key not in {"figure", "figures", "number", "area", "forces", "people", "army"}
    ):
        return True
    return preposition in {"of", "for"} and capital(script, index) and key in en.BODY_WORDS


def _links(script: Script, index: int, floor: int, first: int, ends: set[int]) -> bool:
    """Whether a small word stands inside a phrase: "Observatory | for | Human Rights"."""
    if index <= floor or script.barred(index):
        return False
    key, before = script.words[index].key, index - 1
    after = script.words[first]
    if key == "and":
        return (capital(script, before) and capital(script, first)) or (
            (script.words[before].key in en.SOURCES or before in ends or _works(script, before))
            and (after.key in en.SOURCES | en.MODIFIERS or capital(script, first))
        )
    if key in {"for", "of", "on", "without", "&"} and capital(script, before) and capital(script, first):
        return (
            script.words[before].key in en.BODY_WORDS | en.OFFICES
            or after.key in en.BODY_WORDS
            or key in {"of", "&", "without"}
        )
    if key in {"of", "at", "for", "in", "from", "with", "on", "inside", "to"}:
        return _heads(script, before, key)
    return False


def _without_object(script: Script, first: int, last: int, floor: int, known: Known) -> Words | None:
    """Take off what belongs to the words before: "in Aleppo | Observatory director Rami Abdel Rahman"."""
    before = script.words[first - 1].key if first > floor and not script.barred(first) else ""
    if before not in en.PREPOSITIONS or script.words[first].key in en.DETERMINERS:
        return first, last
    for index in range(first, last + 1):
        if index in known and known[index].last <= last and index > first:
            return index, last
    for index in range(first + 1, last + 1):
        key = script.words[index].key
        if (key in en.OFFICES or key in en.SOURCES or key in en.MODIFIERS) and not capital(script, index):
            return index, last
        if owned(script.words[index - 1]) is None and key in en.TITLES:
            return index, last
    return None


def right(script: Script, first: int, end: int) -> Words | None:  # noqa: C901 - the cases of a grammar, in their order
    """The phrase that begins at a word, with what says who it is: "Rami Abdel Rahman, director of the Observatory"."""
    words = script.words
    index, last = first, first - 1
    while index < end and index - first < LONGEST:
        key = words[index].key
        if index > first and script.barred(index) and not _apposes(script, index, end):
            break
        if key in en.PRONOUNS and index == first:
            return (first, first)
        if key in en.VERBS and not capital(script, index) and index > first:
            break
        if belongs(script, index):
            last = index
        elif key in en.DETERMINERS:
            if index > first and not _describes(script, index, end):
                break
        elif index > first and last == index - 1 and key in en.PREPOSITIONS | en.LINKS and index + 1 < end:
            if not _joins(script, index):
                break
        elif key in en.NAME_PARTICLES:
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
    return (key in en.DETERMINERS or key in en.OFFICES or key in en.MODIFIERS) and _describes(script, index, end)


def _describes(script: Script, index: int, end: int) -> bool:
    """Whether a phrase that begins here ends in an office or a source, or hangs on the word before it."""
    before = script.words[index - 1].key
    if before in en.PREPOSITIONS:
        return True
    for place in range(index, min(end, index + _DESCRIPTION)):
        word = script.words[place]
        if place > index and script.barred(place):
            return False
        if word.key in en.OFFICES or (word.key in en.SOURCES and place > index):
            return True
        if (
            word.key in en.DETERMINERS
            or word.key.endswith(en.MADE)
            or word.key in en.MODIFIERS
            or capital(script, place)
            or word.key in en.SOURCES
        ):
            continue
        return False
    return False


def _joins(script: Script, index: int) -> bool:
    """Whether a small word goes on with a phrase: "director | of | the Observatory"."""
    key, before, after = script.words[index].key, script.words[index - 1].key, index + 1
    if script.barred(after):
        return False
    named = capital(script, after) or script.words[after].key in {"the", "a", "an"} or belongs(script, after)
    if key == "and":
        return capital(script, index - 1) and capital(script, after) and script.words[after].key in en.BODY_WORDS
    if key in {"of", "for", "at"}:
        return named and (
            before in en.OFFICES
            or before in en.SOURCES
            or before in en.BODY_WORDS
            or (key == "of" and capital(script, index - 1))
        )
    if key in {"in", "from", "on", "with", "to"}:
        return named and (before in en.OFFICES or before in en.SOURCES) and script.words[after].key not in en.DAYS
    return key == "without" and capital(script, after)
