"""Speakers that an English question names: "according to X", "did X say", "announced by X", "as X says".

A slot is a run of tokens, from the word after a cue to the first one that no name goes on with.
"""

from collections.abc import Iterator, Sequence

from ingest.dates import MONTHS
from ingest.figures.tokens import Token
from ingest.figures.unit_words import unit_words
from ingest.speakers import lexicon_en
from qa import saying
from qa.slots import Slot, cleaned, in_name, plain

_REACH = 18
"""Tokens that a name may have, with what describes it."""

_ACCORDING = (
    ("according", "to"),
    ("going", "by"),
    ("as", "per"),
    *(("if", *believed) for believed in (("we", "believe"), ("you", "believe"), ("one", "believes"), ("we", "trust"))),
    *(("in", "the", noun, "of") for noun in ("words", "view", "opinion", "eyes", "judgment", "judgement")),
    *(("by", "the", noun, "of") for noun in ("account", "reckoning", "estimate", "count")),
)
_DO = frozenset({"did", "does", "do"})
_HAVE = frozenset({"has", "have", "had"})
_BE = frozenset({"was", "were", "is", "are"})
_TO_A_BODY = frozenset({"commission", "committee", "council", "panel", "office", "commissioner", "rapporteur", "envoy"})
_BREAKS = saying.ENDS_NAME - {"in", "at", "on", "from", "under"}
_PLAINLY = frozenset({"said", "says", "told", "tells", "gave", "puts"})
"""Verbs that are no participles of what stands before them: "the workers reported missing"."""

_QUESTION_WORDS = frozenset({"which", "what", "who", "whom", "whose", "how"})
_CLAUSES = frozenset({"that", "were", "was", "had", "as"})
_SOURCES = lexicon_en.SOURCES | lexicon_en.BODY_WORDS | saying.ROLES
_STATED = saying.words("figure figures estimate estimates count tally version statement claim number numbers")
"""What is attributed to a speaker alone: a toll may be attributed to a storm, attacks to who carried them out."""

_GIVEN_TO = frozenset({"attributed", "credited", "ascribed"})
_DAYS = saying.words("monday tuesday wednesday thursday friday saturday sunday today yesterday week month year")
_THEIRS = saying.REPLIES | saying.words("figures numbers estimates counts records data telling tallies")
"""Nouns whose owner tells, after "by", "from", "on"."""

_NUMBERED = frozenset({"first", "second", "latest", "last", "new", "official", "final", "own"})
_LEAST_NAME = 2


def named_en(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The names of speakers in a question, likeliest first."""
    telling = any(token.plain in saying.TELLING for token in tokens)
    for slots in (
        _according(tokens),
        _active(tokens, telling=telling),
        _by(tokens, telling=telling),
        _owned(tokens),
        _clauses(tokens, telling=telling),
    ):
        for slot in slots:
            clean = cleaned(tokens, slot)
            if clean:
                name = text[tokens[clean.first].start : tokens[clean.end - 1].end]
                yield name.strip(" '\"“”‘’")


def _onwards(tokens: Sequence[Token], first: int) -> Slot:
    """The name that begins at a token, with an apposition: "the transport minister, Hisham al-Abdali"."""
    at = first
    while at < min(len(tokens), first + _REACH) and not _ends(tokens, at, first):
        at += 1
    return _with_apposition(tokens, Slot(first, at))


def _ends(tokens: Sequence[Token], at: int, first: int) -> bool:
    token, before, after = tokens[at], plain(tokens, at - 1), tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind == "mark":
        return token.text not in "'’-‐&\"“”‘«»." or (token.text == "." and not token.glued)
    named_on = after is not None and after.capital and after.plain not in MONTHS
    if token.plain in {"on", "at", "with"} and named_on and before in _TO_A_BODY:
        return False
    if token.plain == "for":
        return not ((at > first and tokens[at - 1].capital and named_on) or before in saying.ROLES)
    if token.plain == "and":
        return plain(tokens, at + 1) in saying.ENDS_NAME
    return token.kind != "word" or (token.plain in saying.ENDS_NAME and not (token.plain == "us" or in_name(token)))


def _with_apposition(tokens: Sequence[Token], slot: Slot) -> Slot:
    """A slot with the name after a comma, of whom it says the office."""
    if not any(token.plain in saying.ROLES for token in tokens[slot.first : slot.end]):
        return slot
    comma = slot.end
    if plain(tokens, comma) in {"in", "at", "for", "of"}:  # "the head of the mission in Zamran, Lamia Haddad"
        comma = _run(tokens, comma + 1)
    if plain(tokens, comma) != ",":
        return slot
    end = _run(tokens, comma + 1)
    if end - comma - 1 < _LEAST_NAME or plain(tokens, end) in {"'", "’"}:
        return slot
    return Slot(slot.first, end)


def _run(tokens: Sequence[Token], first: int) -> int:
    """One past a run of capitals and what joins them: "al-Abdali"."""
    at = first
    while at < min(len(tokens), first + _REACH) and (
        tokens[at].capital or tokens[at].plain in lexicon_en.NAME_PARTICLES or tokens[at].text in "-‐"
    ):
        at += 1
    return at


def _according(tokens: Sequence[Token]) -> Iterator[Slot]:
    plain = [token.plain for token in tokens]
    for at in range(len(tokens)):
        for cue in _ACCORDING:
            if tuple(plain[at : at + len(cue)]) == cue:
                yield _onwards(tokens, at + len(cue))
        # "SANA, citing a medical source, said": after a comma, who cites is the speaker.
        if (at == 0 and plain[at] in {"citing", "quoting"}) or (
            plain[at] == "per" and (at == 0 or plain[at - 1] == ",")
        ):
            yield from _source(tokens, at + 1)
        elif plain[at : at + 2] == ["based", "on"]:
            yield from _source(tokens, at + 2)
        elif plain[at] == "if":
            yield from _believed(tokens, at + 1)
        elif plain[at] in _GIVEN_TO and plain[at + 1 : at + 2] == ["to"]:
            before = set(plain[max(0, at - 3) : at])
            if before & (_STATED | {"toll", "tolls"}):
                yield from _source(tokens, at + 2, named=bool(before & _STATED))


def _source(tokens: Sequence[Token], first: int, *, named: bool = True) -> Iterator[Slot]:
    """The name that begins at a token, where it is one of a body or an office, or a name at all."""
    slot = _onwards(tokens, first)
    words = tokens[slot.first : slot.end]
    if any(one.plain in _SOURCES or in_name(one) or (named and one.capital) for one in words):
        owner = _owner(tokens, first, min(len(tokens), first + _REACH), _THEIRS)
        yield owner or slot


def _believed(tokens: Sequence[Token], first: int) -> Iterator[Slot]:
    """The name in "if X is to be believed"."""
    for at in range(first + 1, min(len(tokens) - 3, first + _REACH)):
        if tokens[at].plain in _BE:
            if [plain(tokens, at + on) for on in (1, 2, 3)] in (["to", "be", "believed"], ["to", "be", "trusted"]):
                yield Slot(first, at)
            return


def _active(tokens: Sequence[Token], *, telling: bool) -> Iterator[Slot]:
    """Names as in "did X say", "has X announced", "was X quoted as saying"."""
    for at, token in enumerate(tokens):
        if token.plain in _DO:
            yield from _until(tokens, at + 1, saying.SAY, saying.SAY_OF_WORDS, telling=telling)
        elif token.plain in _HAVE:
            yield from _until(tokens, at + 1, saying.SAID, saying.SAID_OF_WORDS, telling=telling)
        elif token.plain in _BE:
            yield from _until(tokens, at + 1, frozenset({"quoted", "reported"}), frozenset(), telling=telling)


def _until(
    tokens: Sequence[Token],
    first: int,
    verbs: frozenset[str],
    weak: frozenset[str],
    *,
    telling: bool,
) -> Iterator[Slot]:
    """The name between an auxiliary and the verb of saying that belongs to it."""
    quoting = "quoted" in verbs and len(verbs) == _LEAST_NAME
    for at in range(first, min(len(tokens), first + _REACH)):
        token, before = tokens[at], plain(tokens, at - 1)
        if at > first and not token.capital and (token.plain in verbs or token.plain in weak):
            if quoting and (plain(tokens, at + 1), plain(tokens, at + 2)) not in {("as", "saying"), ("to", "have")}:
                return
            noun = before in lexicon_en.DETERMINERS or before in _NUMBERED or before in {"and", "or"}
            if noun or (plain(tokens, at + 1) in verbs | weak and not tokens[at + 1].capital):
                continue
            clause = any(plain(tokens, then) in _CLAUSES for then in range(at + 1, at + 6))
            if token.plain in verbs or telling or clause:
                yield _in_the_middle(tokens, Slot(first, at))
            return
        if token.text in "?؟!;:" or (token.plain in _BREAKS and not in_name(token)):
            return


def _in_the_middle(tokens: Sequence[Token], slot: Slot) -> Slot:
    """A slot before its verb, without adverbs, times and places: "did the minister in May later say"."""
    end = slot.end
    while end > slot.first and (tokens[end - 1].plain in saying.ADVERBS or tokens[end - 1].text == ","):
        end -= 1
    for at in range(slot.first + 1, end):
        timed = plain(tokens, at + 1) in MONTHS or (at + 1 < end and tokens[at + 1].kind == "digits")
        if tokens[at].plain in {"in", "on", "at"} and (timed or plain(tokens, at + 1) in {"the", "a", "its"}):
            end = at
            break
        if tokens[at].text == "," and not any(token.plain in saying.ROLES for token in tokens[slot.first : at]):
            end = at
            break
    return Slot(slot.first, end)


def _by(tokens: Sequence[Token], *, telling: bool) -> Iterator[Slot]:
    """Names as in "announced by X", "figures from X", "by X's count", "in X's view"."""
    for at, token in enumerate(tokens):
        before = plain(tokens, at - 1)
        if token.plain == "by" and (before in saying.SAID_BY or (telling and before in saying.SAID_OF_WORDS)):
            yield _onwards(tokens, at + 1)
        elif token.plain in {"from", "by"} and before in saying.TELLING | saying.DOCUMENTS:
            slot = _onwards(tokens, at + 1)
            if any(one.plain in _SOURCES or in_name(one) for one in tokens[slot.first : slot.end]):
                yield slot
        elif token.plain in {"by", "in", "to", "on", "from"}:
            slot = _onwards(tokens, at + 1)
            owner = _owner(tokens, slot.first, slot.end, saying.REPLIES if token.plain == "to" else _THEIRS)
            if owner:
                yield owner


def _owned(tokens: Sequence[Token]) -> Iterator[Slot]:
    """Names as in "What was X's reply to …?"."""
    for at, token in enumerate(tokens):
        if token.plain in _BE and at and tokens[at - 1].plain in {"what", "which", "how"}:
            owner = _owner(tokens, at + 1, min(len(tokens), at + _REACH), saying.REPLIES)
            place = owner and owner.end - owner.first == 1 and not in_name(tokens[owner.first])
            if owner and not (place and plain(tokens, owner.end + 2) in {"toll", "count"}):
                yield owner


def _owner(tokens: Sequence[Token], first: int, end: int, nouns: frozenset[str]) -> Slot | None:
    """Whose "first estimate", "reply" something is: the name before an "'s" that such a noun follows."""
    for at in range(first + 1, end):
        if tokens[at].text in "?,;":
            return None
        if tokens[at].text in "'’":
            noun = at + 2 if plain(tokens, at + 1) == "s" and tokens[at + 1].glued else at + 1
            if tokens[at - 1].plain in _DAYS | MONTHS.keys():
                return None
            if any(plain(tokens, then) in nouns for then in range(noun, min(noun + 3, len(tokens)))):
                return Slot(first, at)
    return None


def _clauses(tokens: Sequence[Token], *, telling: bool) -> Iterator[Slot]:
    """Names as in "that X has given", "as X puts it", "the toll X announced", "X said how many"."""
    verbs = saying.SAID | saying.SAYS | (saying.SAID_OF_WORDS if telling else frozenset())
    for at, token in enumerate(tokens):
        if token.plain not in verbs or token.capital or plain(tokens, at + 1) == "by":
            continue
        if token.plain not in _PLAINLY and plain(tokens, at - 1) in unit_words().units:
            continue
        end = at
        while end and tokens[end - 1].plain in _HAVE | saying.ADVERBS:
            end -= 1
        first = _back(tokens, end)
        if first < end and (first == 0 or _opens(tokens, first)):
            yield Slot(first, end)


def _opens(tokens: Sequence[Token], first: int) -> bool:
    """Whether a subject may begin here: after "that", a comma, a noun."""
    before = tokens[first - 1]
    if before.plain in _QUESTION_WORDS and tokens[first].plain != "the":
        return False
    return before.kind in {"word", "mark"} and before.plain not in _BE | _DO | {"by", "to", "'", "’", "been"}


def _back(tokens: Sequence[Token], end: int) -> int:
    """First token of the noun phrase that ends before a verb: to its article, or through its capitals."""
    at = end
    while at > max(0, end - _REACH):
        before = tokens[at - 1]
        if before.plain in {"the", "a", "an"}:
            if at >= 3 and tokens[at - 2].plain == "of" and tokens[at - 3].plain in saying.ROLES:  # noqa: PLR2004 - words back, not a setting
                at -= 3
                continue
            return at - 1
        if before.kind == "digits" or (before.kind == "mark" and before.text not in "'’-‐"):
            break
        if (before.plain in saying.ENDS_NAME or before.plain in {"of", "many", "much"}) and not in_name(before):
            break
        at -= 1
    while at < end and not tokens[at].capital:  # without an article, a name is what begins with a capital
        at += 1
    return at
