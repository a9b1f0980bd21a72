"""The person whom a question's words for a speaker name, beside office and body.

"US State Department spokeswoman Jen Psaki", "Human Rights Watch's Ole Solvang", «منسقة الهلال الأحمر أمينة بركات»: the
person's name stands last, after an office or after an owner; or first, before «من» and the body.
"""

from collections.abc import Sequence
from functools import lru_cache

from ingest.figures.tokens import Token, tokenize
from ingest.places import Places
from ingest.speakers import lexicon_en
from qa import saying
from qa.offices import is_role, of_word

_LONGEST = 5
"""Tokens of a name, with what joins them."""

_LEAST = 2
_PARTICLES_AR = saying.words("أبو أبي ابن بن أم آل")


@lru_cache(maxsize=4096)
def person_in(name: str) -> str | None:
    """The person's own name in a speaker's, as it is written; `None` where it has none, or is nothing else."""
    tokens = [token for token in tokenize(name) if token.text not in '"“”']
    if not tokens:
        return None
    found = _arabic(tokens) if tokens[0].arabic else _english(tokens)
    return name[tokens[found[0]].start : tokens[found[1] - 1].end] if found else None


def _english(tokens: Sequence[Token]) -> tuple[int, int] | None:
    at = len(tokens)
    while at and _is_name_en(tokens, at - 1):
        at -= 1
    while at < len(tokens) and tokens[at].text in "-‐.,":
        at += 1
    if at in {0, len(tokens)} or not any(token.capital for token in tokens[at:]):
        return None
    before = tokens[at - 1]
    named = sum(token.capital for token in tokens[at:])
    role = before.plain in saying.ROLES or (
        before.text == "," and any(one.plain in saying.ROLES for one in tokens[:at])
    )
    owned = (before.plain == "s" or before.text in "'’") and named >= _LEAST
    return (at, len(tokens)) if (role or owned) and not _is_place(tokens[at:]) else None


def _is_name_en(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == "mark":
        return token.text in "-‐." and at + 1 < len(tokens)
    if token.plain in lexicon_en.NAME_PARTICLES:
        return at + 1 < len(tokens)
    if token.plain in saying.ROLES or token.plain == "s":
        return False
    body = token.plain in lexicon_en.BODY_WORDS or (of_word(token.text) and not is_role(token.text))
    return token.capital and not body and not (len(token.text) > _LEAST and token.text.isupper())


def _is_place(tokens: Sequence[Token]) -> bool:
    return Places.default().canonical(" ".join(token.text for token in tokens)) is not None


def _arabic(tokens: Sequence[Token]) -> tuple[int, int] | None:
    cut = next((at for at, token in enumerate(tokens) if token.plain == "من"), len(tokens))
    if _LEAST <= cut < len(tokens):  # «كلير مورو من منظمة أطباء بلا حدود»
        first = next((at for at in range(cut) if tokens[at].plain not in saying.ROLES_AR), cut)
        return (first, cut) if cut - first >= _LEAST else None
    at = len(tokens)
    while at and len(tokens) - at < _LONGEST and _is_name_ar(tokens[at - 1]):
        at -= 1
    while at < len(tokens) and _is_of_a_body(tokens[at]):
        at += 1
    if len(tokens) - at < _LEAST or at == 0 or not any(_is_office(token) for token in tokens[:at]):
        return None
    before = tokens[at - 1]  # «رئيس بلدية وادي السدر» names no person: the body's name goes on
    ended = before.kind == "mark" or before.plain in saying.ROLES_AR | saying.WHOSE_AR
    return (at, len(tokens)) if ended or before.plain.startswith(("ال", "لل")) else None


def _is_name_ar(token: Token) -> bool:
    if token.kind == "mark":
        return token.text in "-‐"
    if token.plain in saying.ROLES_AR | saying.HEADS_AR | saying.ENDS_NAME_AR:
        return False
    return not (token.plain.startswith("ال") and of_word(token.text))


def _is_of_a_body(token: Token) -> bool:
    """Whether a word that may begin a name is rather the body's: «الصحة» of «وزير الصحة سمير خوري»."""
    if token.plain in _PARTICLES_AR:
        return False
    return token.plain.startswith("ال") or bool(of_word(token.text)) or token.plain in saying.SOURCES_AR


def _is_office(token: Token) -> bool:
    return token.plain in saying.ROLES_AR or token.plain in saying.WHOSE_AR or is_role(token.text)
