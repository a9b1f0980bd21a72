"""Speakers that an Arabic question names: «بحسب X», «كم قال X إن», «التي أعلنها X», «ما رد X على», «الصادرة عن X».

A slot is a run of tokens, from the word after a cue to the first one that no name goes on with. What follows a subject
is often its object («كيف وصف الوزير قصف المدينة»): a name ends before a word for an event, unless that is part of a
body's name.
"""

from collections.abc import Iterator, Sequence

from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token
from ingest.figures.unit_words import unit_words
from qa import saying

_REACH = 16
"""Tokens that a name may have, with what describes it."""

_SUBJECT_RELATIVES = saying.words("الذي التي الذين اللذين اللتين")
_FEMININE_RELATIVES = saying.words("التي")
_OF_WHOM = ("ها", "هم", "هما", "ته", "تهم")
"""What is written onto an object that is the subject's: «استقالته»."""

_LEAST = 5
"""Letters from which on an ending is looked at."""

_LEAST_PLURAL = 7
"""Letters from which on «…ين» is a plural: «العاملين», not «الدين»."""

_LEAST_NAME = 2
_OPENING = 4
"""Words within which «ما رد» opens a question."""


def named_ar(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The names of speakers in a question, likeliest first."""
    telling = any(_bare(token) in saying.TELLING_AR for token in tokens)
    for starts in (_according(tokens), _verbs(tokens, telling=telling), _nouns(tokens)):
        for first in starts:
            name = _name(text, tokens, first)
            if name:
                yield name


def _bare(token: Token) -> str:
    """A word without the letter written onto it, where what is left is a word of what is said."""
    word = token.plain
    return word[1:] if word[:1] in {"ب", "ل", "و", "ف"} and word[1:] in saying.TELLING_AR else word


def _plain(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].plain if 0 <= at < len(tokens) else ""


def _is(tokens: Sequence[Token], at: int, these: frozenset[str]) -> bool:
    return 0 <= at < len(tokens) and saying.is_in(tokens[at], these)


def _according(tokens: Sequence[Token]) -> Iterator[int]:
    """First tokens of names after «بحسب», «في نظر», «صدرت عن»."""
    for at, token in enumerate(tokens):
        if not token.arabic:
            continue
        if saying.is_in(token, saying.ACCORDING_AR):
            yield _past_verb(tokens, at + 1)
        elif _plain(tokens, at + 1) in saying.BEFORE_NAME_AR.get(token.plain, frozenset()):
            if token.plain == "من" and not any(_says(tokens, back, telling=True) for back in range(max(0, at - 5), at)):
                continue
            yield at + 2
        elif _plain(tokens, at + 1) in saying.BEFORE_BODY_AR.get(token.plain, frozenset()):
            said = saying.TELLING_AR | saying.STATEMENTS_AR
            if token.plain in saying.ATTRIBUTED_AR and not any(
                one.plain in said for one in tokens[max(0, at - 3) : at]
            ):
                continue
            first = at + (3 if _plain(tokens, at + 2) in {"جانب", "قبل", "طرف"} else 2)
            if first < len(tokens) and _is_body(tokens[_past_statement(tokens, first) :][:1]):
                yield first


def _is_body(tokens: Sequence[Token]) -> bool:
    """Whether a word begins the name of a body: «المرصد», «دائرة إطفاء سهلان»."""
    heads = saying.SOURCES_AR | saying.HEADS_AR
    return any({one.plain, one.plain.removeprefix("ال")} & heads for one in tokens)


def _past_verb(tokens: Sequence[Token], at: int) -> int:
    """Past «ما» and a verb: «بحسب ما أعلنت»."""
    while _is(tokens, at, saying.PASSED_AR):
        at += 1
    if _plain(tokens, at) in saying.RELAYED_AR:
        from_whom = next((on for on in range(at + 1, min(at + 6, len(tokens))) if tokens[on].plain == "عن"), None)
        if from_whom is not None:
            return from_whom + 1
    return at + 1 if _says(tokens, at, telling=True) and at + 1 < len(tokens) else at


def _verbs(tokens: Sequence[Token], *, telling: bool) -> Iterator[int]:
    """First tokens of names after a verb of saying: its subject follows."""
    for at, token in enumerate(tokens):
        if token.arabic and _says(tokens, at, telling=telling) and not _subject_before(tokens, at):
            yield at + 1


def _says(tokens: Sequence[Token], at: int, *, telling: bool) -> bool:
    """Whether a word is a verb of saying, with or without its object's pronoun."""
    verb = _verb(tokens, at)
    if verb is None:
        return False
    return verb in saying.SAY_AR or telling or (_has_object(tokens, at) and not tokens[at].plain.endswith("هم"))


def _stem(tokens: Sequence[Token], at: int) -> str:
    return _verb(tokens, at) or ""


def _verb(tokens: Sequence[Token], at: int) -> str | None:
    if not 0 <= at < len(tokens) or not tokens[at].arabic:
        return None
    written = tokens[at].plain
    for word in (written, written[1:]) if written[:1] in {"و", "ف"} else (written,):
        for pronoun in ("",) if tokens[at].text.endswith("ة") else ("", *saying.OBJECTS_AR):
            if word.endswith(pronoun):  # «حملة» is a campaign, «حمله» is "he blamed him"
                stem = word[: len(word) - len(pronoun)] if pronoun else word
                for verb in (stem, f"{stem[:-1]}ي" if pronoun and stem.endswith("ا") else stem):
                    if verb in saying.SAY_AR or verb in saying.SAY_OF_WORDS_AR:
                        return verb
    return None


def _has_object(tokens: Sequence[Token], at: int) -> bool:
    verb = _verb(tokens, at)
    return verb is not None and tokens[at].plain.lstrip("وف") not in {verb, verb.lstrip("وف")}


def _subject_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb's subject stands before it: «من اتهم», «الوزير الذي اتهم»; not «المرضى الذين قالت النقابة»."""
    before = _plain(tokens, at - 1)
    if before in {"من", "لم", "لن", "ان"}:
        return True
    if before not in _SUBJECT_RELATIVES or _has_object(tokens, at):
        return before in _SUBJECT_RELATIVES and _plain(tokens, at - 2) == "من"
    feminine = _stem(tokens, at).endswith("ت")
    return feminine == (before in _FEMININE_RELATIVES)


def _nouns(tokens: Sequence[Token]) -> Iterator[int]:
    """First tokens of names after what is theirs: «ما رد X على», «آخر حصيلة لوزارة الصحة»."""
    for at in range(1, len(tokens)):
        if at < _OPENING and _plain(tokens, at) in saying.REPLIES_AR and _plain(tokens, 0) in {"ما", "وما"}:
            yield at + 1
        body = tokens[at].plain.removeprefix("ل").removeprefix("ل")
        issued = _plain(tokens, at - 1) in saying.TELLING_AR | saying.STATEMENTS_AR
        if issued and tokens[at].plain.startswith("ل") and body in saying.SOURCES_AR:
            yield at


def _name(text: str, tokens: Sequence[Token], first: int) -> str | None:
    """The name that begins at a token; `None` where no name does."""
    first = _past_statement(tokens, first)
    if first >= len(tokens) or _is_event(tokens[first]):
        return None
    end = _end(tokens, first)
    while end > first and tokens[end - 1].kind == "mark" and tokens[end - 1].text not in '»"”':
        end -= 1
    told = [token for token in tokens[first:end] if token.kind == "word"]
    if not told or told[0].plain in saying.RESULTS_AR:
        return None
    if all(token.plain in saying.WHOSE_AR | saying.ROLES_AR for token in told) and told[-1].plain in saying.WHOSE_AR:
        return None  # «المتحدث باسمه»: whose, only the rest of the question says
    name = text[tokens[first].start : tokens[end - 1].end]
    if tokens[first].plain.startswith("لل"):  # «وفقاً للهلال الأحمر»
        return f"ال{text[tokens[first].offset(2) : tokens[end - 1].end]}".strip(" '\"“”")
    if _is_for(tokens, first):  # «وفقاً لوزارة الصحة»
        name = text[tokens[first].offset(1) : tokens[end - 1].end]
    return name.strip(" '\"“”")


def _is_for(tokens: Sequence[Token], at: int) -> bool:
    """Whether «ل» is written onto a word after «وفقاً», or onto the head of a body."""
    word = tokens[at].plain
    if not word.startswith("ل") or len(word) <= _LEAST_NAME:
        return False
    return _plain(tokens, at - 1) in {"وفقا", "طبقا", "استنادا"} or (
        word[1:] in saying.SOURCES_AR and word not in saying.SOURCES_AR
    )


def _past_statement(tokens: Sequence[Token], at: int) -> int:
    """Past what somebody issues to who does: «بحسب أرقام الوزارة», «بيان صادر عن الوزارة»."""
    last = min(len(tokens), at + _REACH)
    while at < last and (
        tokens[at].plain.removeprefix("ل") in saying.STATEMENTS_AR
        or tokens[at].plain in saying.PASSED_AR
        or tokens[at].plain in {"صادر", "صادره", "رسمي", "رسميه", "اخر"}
        or (tokens[at].kind == "mark" and tokens[at].text not in '«“"')
    ):
        if tokens[at].text in "?؟،,.":
            return len(tokens)
        at += 1
    return at


def _end(tokens: Sequence[Token], first: int) -> int:
    """One past the last token of a name, with an apposition: «رئيسة مكتب أوتشا في جلوان، إنغريد سولبرغ»."""
    at, quoted = first, False
    while at < min(len(tokens), first + _REACH):
        if tokens[at].text in "«“»”":
            quoted = tokens[at].text in "«“"
        elif not quoted and _ends(tokens, at, first):
            break
        at += 1
    return _with_apposition(tokens, first, at)


def _ends(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a name that began at `first` goes on with a token no more."""
    token, before = tokens[at], tokens[at - 1]
    if token.kind != "word":
        return token.text not in "-‐\"'/.’" or (token.text == "." and not token.glued)
    if not token.arabic or token.plain == "من":
        follows = tokens[at + 1].plain if at + 1 < len(tokens) else ""
        return token.arabic and (at == first or follows.removeprefix("ال") not in saying.SOURCES_AR)
    if saying.is_in(token, saying.ENDS_NAME_AR):
        return True
    if at == first:
        return fate_of(token) is not None and token.plain.removeprefix("ال") not in saying.SOURCES_AR
    if before.plain in saying.HEADS_AR:
        return False
    happens = fate_of(token) is not None or _is_event(token)
    return happens or _is_object(token, before) or (at > first + 1 and _is_people(token, before))


def _is_event(token: Token) -> bool:
    """Whether a word is for something that happens, with what is written onto it: «القصف», «لهجوم»."""
    return any(
        token.plain.startswith(onto) and token.plain[len(onto) :] in saying.EVENTS_AR
        for onto in ("", "ال", "و", "وال", "ب", "بال", "ل", "لل")
    )


def _is_people(token: Token, before: Token) -> bool:
    """Whether a word after a person's name is for people: «خاطبت لمياء حداد العاملين»."""
    if not token.plain.startswith("ال") or before.plain.startswith("ال") or before.plain in saying.ROLES_AR:
        return False
    return len(token.plain) >= _LEAST_PLURAL and token.plain.endswith(("ين", "ون"))


def _is_object(token: Token, before: Token) -> bool:
    """Whether a word after a name is no part of it, by its ending or by what is written onto it."""
    if token.text.rstrip("\u064b").endswith("ا") and "\u064b" in token.text[-2:]:
        return True
    if len(token.plain) >= _LEAST and token.text.endswith(_OF_WHOM):
        return True
    if token.plain.startswith("بال") and len(token.plain) > _LEAST:
        return True
    if token.plain.startswith("ل") and len(token.plain) > _LEAST_NAME and token.text[0] == "ل":
        unit = unit_words().units.get(token.plain.removeprefix("لل").removeprefix("ل"))
        of_toll = token.plain[1:] in saying.TELLING_AR or (unit is not None and unit.fate in {"killed", "wounded"})
        told = unit is not None and unit.human and not before.plain.startswith("ال")
        return of_toll or told or (token.plain.startswith("لل") and before.kind == "mark")
    return False


def _with_apposition(tokens: Sequence[Token], first: int, end: int) -> int:
    if not any(token.plain in saying.ROLES_AR or token.plain in saying.WHOSE_AR for token in tokens[first:end]):
        return end
    comma = end
    if _plain(tokens, end) == "في":
        comma = next((at for at in range(end, min(end + 4, len(tokens))) if tokens[at].text in ",،"), end)
    if comma >= len(tokens) or tokens[comma].text not in ",،":
        return end
    last = comma + 1
    while last < min(len(tokens), comma + 6) and tokens[last].kind == "word" and not _ends(tokens, last, comma + 1):
        last += 1
    closed = last == len(tokens) or tokens[last].text in "?؟،,"
    return last if closed and _LEAST_NAME <= last - comma - 1 <= 4 else end  # noqa: PLR2004 - words of the longest name
