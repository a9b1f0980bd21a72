"""Names that an article mentions, whether they speak or not: short names and pronouns go back to them."""

import re
from itertools import pairwise
from typing import NamedTuple

from ingest.speakers import lexicon_ar as ar
from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Known, Words
from ingest.speakers.names_en import name_runs
from ingest.speakers.phrases_ar import bare, office, phrase_at, short_quotation
from ingest.speakers.words import Script, Unit, is_arabic

_SMALL = en.DETERMINERS | en.LINKS | en.PREPOSITIONS | ar.LINKING | {"same"}
_OWNER = re.compile(r"['’]s?$")


_OFFICE_NEAR = 5
"""Words after a name's comma in which its office comes: "Hala Odeh, the deputy mayor"."""

_TITLED = 5
"""Words of a rank and a name."""

_BODY = 9
"""Words of a body's name."""


class Mention(NamedTuple):
    """A name where it stands."""

    first: int
    """Index of its first word."""

    last: int
    """Index of its last word."""

    tokens: frozenset[str]
    """Its words, folded, without articles."""

    canonical: str | None
    """Canonical name, where it is a known one."""

    person: bool
    """Whether it looks like a person's."""

    titled: bool
    """Whether an office or "who" beside it shows that it is a person's."""

    topic: bool
    """Whether it begins a sentence."""

    surname: str
    """Its last word, folded."""


def tokens_of(script: Script, first: int, last: int) -> frozenset[str]:
    """Words of a stretch as names are compared: folded, without articles, small words and owner's endings."""
    keys = (_OWNER.sub("", script.words[index].key) for index in range(first, last + 1))
    return frozenset(
        bare(key) if is_arabic(script.words[first]) else key
        for key in keys
        if key not in _SMALL and key and not key.endswith("-based")
    )


def mentions_of(script: Script, known: Known) -> list[Mention]:
    """All names of an article, in order."""
    found: dict[int, Mention] = {}
    for unit in script.units:
        for first, last, body in name_runs(script, unit.first, unit.end - 1, known):
            found[first] = _english(script, unit, (first, last), known, body=body)
        for index in range(unit.first, unit.end):
            if is_arabic(script.words[index]):
                mention = _titled(script, unit, index, known) or _body(script, unit, index, known)
                if mention:
                    found.setdefault(mention.first, mention)
    for first, name in known.items():
        if first not in found or found[first].canonical is None:
            topic = bool({first, first - 1} & script.sentence_starts)
            found[first] = _mention(script, (first, name.last), canonical=name.canonical, topic=topic)
    return [found[first] for first in sorted(found)]


def _mention(
    script: Script, span: Words, *, canonical: str | None = None, titled: bool = False, topic: bool = False
) -> Mention:
    first, last = span
    return Mention(
        first=first,
        last=last,
        tokens=tokens_of(script, first, last),
        canonical=canonical,
        person=titled,
        titled=titled,
        topic=topic,
        surname=script.words[last].key,
    )


def _english(script: Script, unit: Unit, span: Words, known: Known, *, body: bool) -> Mention:
    words, (first, last) = script.words, span
    before = words[first - 1].key if first > unit.first else ""
    after = words[last + 1].key if last + 1 < unit.end else ""
    ahead = range(last + 1, min(unit.end, last + 1 + _OFFICE_NEAR))
    office = "," in (words[last + 1].gap if ahead else "") and any(words[at].key in en.OFFICES for at in ahead)
    opens = first in script.sentence_starts
    titled = before in en.OFFICES or after in {"who", "whose"} or (office and opens)
    name = known.get(first)
    mention = _mention(
        script,
        span,
        canonical=name.canonical if name and name.last == last else None,
        titled=titled and not body,
        topic=opens or (first - 1 in script.sentence_starts and before in en.DETERMINERS),
    )
    return mention._replace(person=not body)


def _titled(script: Script, unit: Unit, index: int, known: Known) -> Mention | None:
    """A person in Arabic: the words after a rank or a form of address."""
    words = script.words
    if words[index].key not in ar.TITLES or index + 1 >= unit.end or script.barred(index + 1):
        return None
    found = phrase_at(script, index, min(unit.end, index + _TITLED), known)
    first = index + 1
    while found and first < found[1] and words[first].key in ar.TITLES:
        first += 1
    if found is None or found[1] == index or words[first].key in ar.LINKING:
        return None
    return _mention(script, (first, found[1]), titled=True, topic=index - unit.first <= 1)


def _body(script: Script, unit: Unit, index: int, known: Known) -> Mention | None:
    """A body in Arabic: the words from its noun on, «وزارة», «شركة»."""
    words = script.words
    key = words[index].key
    plain = key[1:] if key[0] in "ول" and key[1:] in ar.SOURCES else key
    if plain not in ar.SOURCES or office(plain) or index + 1 >= unit.end:
        return None
    found = phrase_at(script, index, min(unit.end, index + _BODY), known)
    if found is None:
        return None
    cut = (
        at for at in range(index + 1, found[1] + 1) if words[at].key in ar.LINKING | ar.TITLES or office(words[at].key)
    )
    quoted = (end for at in range(index + 1, found[1] + 1) if (end := short_quotation(script, at)) is not None)
    last = min(next(cut, found[1] + 1) - 1, next(quoted, found[1]))
    return _mention(script, (index, last), topic=index - unit.first <= 1) if last > index else None


def acronyms_of(script: Script, mentions: list[Mention]) -> dict[frozenset[str], Mention]:
    """Short names that an article gives in brackets after a full one: "the Doctors' Relief Network (DRN)"."""
    found: dict[frozenset[str], Mention] = {}
    for full, short in pairwise(mentions):
        if short.first == full.last + 1 and script.words[short.first].gap.endswith("(") and len(short.tokens) == 1:
            if full.canonical is None and short.canonical is not None:
                found[full.tokens] = short
            else:
                found[short.tokens] = full
    return found
