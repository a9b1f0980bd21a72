"""Whom does a short name mean in one article? "The ministry", "the Fire Service", "Vigil", «المرصد», "Haddad".

A short name has no word that the full one has not. It means a body of an article where that is the only one that has
all of its words: of two ministries "the ministry" is neither. What it needs beside that is a word for a body ("the
Observatory"), or a word of the body's own ("Vigil" of the Vigil Monitoring Group); of a person, the family name. A
place or a country is no short name of what is in it.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ingest.aliases import Aliases
from ingest.figures.tokens import Token, tokenize
from ingest.places import Places
from qa import saying
from qa.accounts import Account
from qa.name_words import is_called, is_spelled, words_of
from qa.offices import is_generic, is_role, of_word

_OWNED = saying.words("""
    group organisation organization network foundation company corporation firm society initiative campaign movement
    party league forum institute centre center team coalition alliance front programme
    مجموعة جماعة منظمة شبكة مؤسسة شركة جمعية مبادرة حملة حركة حزب رابطة منتدى معهد مركز فريق تحالف جبهة برنامج""")
"""Sorts of bodies that have names of their own; a ministry or a coast guard has that of its country."""

_NO_BODY = saying.words("""
    authorities ministries agencies services officials official sources source minister ministers commissioner
    local national general public high higher supreme
    سلطات السلطات وزير وزيرة الوزير الوزيرة وزراء مسؤول مسؤولون مسؤولين مصدر مصادر""")
"""Words of the list of offices that no one body is called by."""

_PLACED = saying.words("in from near at across outside inside around of في من إلى قرب داخل خارج")
"""Words before places."""


def meant(asked: str, account: Account, aliases: Aliases) -> frozenset[str]:
    """The names that an article gives to the only speaker whom a short name can mean there; none where it is unclear.

    Args:
        asked: the short name, as a question writes it.
        account: the article.
        aliases: names of known bodies, which an article may name without quoting them.
    """
    words = words_of(asked)
    if not words:
        return frozenset()
    speakers = [names for names in _speakers(account) if _is_short_for(words, names, account)]
    known = [frozenset({account.text[one.start : one.end], one.canonical}) for one in aliases.find(account.text)]
    rivals = [*speakers, *(names for names in known if any(_holds(name, words) for name in names))]
    if not speakers or any(not _is_one(*pair) for pair in combinations(rivals, 2)):
        return frozenset()
    found = frozenset[str]().union(*speakers)
    if all(map(is_generic, words)) and _names_another(words[-1], found, account.text):
        return frozenset()
    return found


def _speakers(account: Account) -> list[frozenset[str]]:
    """The names of each person and body that an article gives words to."""
    named: dict[str, set[str]] = {}
    for one in (speaker for said in account.said for speaker in (said.speaker, said.body) if speaker):
        named.setdefault(one.canonical, set()).update((one.name, one.canonical))
    return [frozenset(names) for names in named.values()]


def _is_short_for(words: Sequence[str], names: frozenset[str], account: Account) -> bool:
    return any(_shortens(words, words_of(name), account) for name in names if _holds(name, words))


def _shortens(words: Sequence[str], full: Sequence[str], account: Account) -> bool:
    """Whether words that a name holds are enough to mean it."""
    if any(_is_body(word) for word in words):
        return True
    own = [word for word in words if not of_word(word) and not _is_place(word, account)]
    if not own:
        return False
    sorts = [word for word in full if of_word(word)]
    if sorts:
        return any(saying.words(word) <= _OWNED for word in sorts)
    return len(full) == 1 or is_spelled(own[-1], full[-1])


def _is_body(word: str) -> bool:
    return bool(of_word(word)) and not is_role(word) and not saying.words(word) & _NO_BODY


def _is_place(word: str, account: Account) -> bool:
    """Whether a word is a place's, known or written as one: "in Sahlan"."""
    if Places.default().canonical(word):
        return True
    tokens = tokenize(account.text)
    return any(
        is_spelled(word, token.text) and tokens[at - 1].plain in _PLACED
        for at, token in enumerate(tokens)
        if at and token.kind == "word"
    )


def _holds(name: str, words: Sequence[str]) -> bool:
    full = words_of(name)
    return all(any(is_spelled(word, one) or is_called(word, one) for one in full) for word in words)


def _is_one(names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two speakers that both have a short name's words are one: one's name is short for the other's."""
    if names & others:
        return True
    return any(_holds(one, words_of(other)) or _holds(other, words_of(one)) for one in names for other in others)


def _names_another(head: str, names: frozenset[str], text: str) -> bool:
    """Whether an article tells of another body of a sort: "the finance ministry", where that of health speaks."""
    own = [word for name in names for word in words_of(name)]
    return any(
        not any(is_spelled(word, one) or is_called(word, one) for one in own)
        for word in _qualifiers(head, tokenize(text))
    )


def _qualifiers(head: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Words that tell bodies of a sort apart, wherever a text has the word for the sort."""
    for at, token in enumerate(tokens):
        if token.kind != "word" or not (is_spelled(head, token.text) or is_called(head, token.text)):
            continue
        after = tokens[at + 1 : at + 4]
        if token.arabic:
            nearby = after[:1]
            named = [one for one in nearby if not token.plain.startswith("ال") and one.plain.startswith("ال")]
        else:
            of = bool(after) and after[0].plain in {"of", "for"}
            nearby = [*tokens[max(0, at - 1) : at], *(after[1:] if of else ())]
            named = [one for one in nearby if one.capital and words_of(one.text) and one.plain not in saying.NOBODY]
        telling = [one for one in nearby if of_word(one.text) and not is_generic(one.text)]
        yield from (one.text for one in (*named, *telling) if not is_generic(one.text))
