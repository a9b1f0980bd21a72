"""Names that an article mentions, whether they speak or not: short names and pronouns go back to them."""

import re
from typing import NamedTuple

from ingest.speakers import lexicon_ar as ar
from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Known
from ingest.speakers.phrases_ar import bare, office, phrase_at
from ingest.speakers.phrases_en import name_runs
from ingest.speakers.words import Script, Unit, is_arabic

_SMALL = en.DETERMINERS | en.LINKS | en.PREPOSITIONS | ar.LINKING
_OWNER = re.compile(r"['’]s?$")


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
    return frozenset(bare(key) if is_arabic(script.words[first]) else key for key in keys if key not in _SMALL and key)


def mentions_of(script: Script, known: Known) -> list[Mention]:
    """All names of an article, in order."""
    found: dict[int, Mention] = {}
    for unit in script.units:
        for first, last, body in name_runs(script, unit.first, unit.end - 1, known):
            found[first] = _english(script, unit, first, last, known, body=body)
        for index in range(unit.first, unit.end):
            if is_arabic(script.words[index]):
                mention = _arabic(script, unit, index, known)
                if mention and mention.first not in found:
                    found[mention.first] = mention
    for first, (last, canonical) in known.items():
        if first not in found or found[first].canonical is None:
            tokens = tokens_of(script, first, last)
            topic = first in script.sentence_starts or first - 1 in script.sentence_starts
            found[first] = Mention(first, last, tokens, canonical, False, False, topic, script.words[last].key)
    return [found[first] for first in sorted(found)]


def _english(script: Script, unit: Unit, first: int, last: int, known: Known, *, body: bool) -> Mention:
    words = script.words
    before = words[first - 1].key if first > unit.first else ""
    after = words[last + 1].key if last + 1 < unit.end else ""
    titled = not body and (
        before in en.OFFICES
        or after in {"who", "whose"}
        or (
            last + 1 < unit.end
            and "," in words[last + 1].gap
            and any(words[at].key in en.OFFICES for at in range(last + 1, min(unit.end, last + 6)))
            and first in script.sentence_starts
        )
    )
    topic = first in script.sentence_starts or (first - 1 in script.sentence_starts and before in en.DETERMINERS)
    canonical = known[first][1] if first in known and known[first][0] == last else None
    return Mention(first, last, tokens_of(script, first, last), canonical, not body, titled, topic, words[last].key)


def _arabic(script: Script, unit: Unit, index: int, known: Known) -> Mention | None:
    words = script.words
    key = words[index].key
    topic = index - unit.first <= 1
    if key in ar.TITLES and index + 1 < unit.end and not script.barred(index + 1):
        found = phrase_at(script, index, min(unit.end, index + 5), known)
        if found is None or found[1] == index:
            return None
        first = index + 1
        while first < found[1] and words[first].key in ar.TITLES:
            first += 1
        tokens = tokens_of(script, first, found[1])
        return Mention(first, found[1], tokens, None, True, True, topic, words[found[1]].key)
    plain = key[1:] if key[0] in "ول" and key[1:] in ar.SOURCES else key
    if plain not in ar.SOURCES or office(plain) or index + 1 >= unit.end:
        return None
    found = phrase_at(script, index, min(unit.end, index + 9), known)
    if found is None:
        return None
    cut = (at for at in range(index + 1, found[1] + 1) if words[at].key in ar.LINKING | ar.TITLES or office(words[at].key))
    last = next(cut, found[1] + 1) - 1
    if last == index:
        return None
    found = index, last
    return Mention(index, found[1], tokens_of(script, index, found[1]), None, False, False, topic, words[found[1]].key)
