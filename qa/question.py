"""What does a question ask? Read once, before anything is looked for in the sentences found.

Question → what kind of answer (`qa.kinds`), how many of what, said by whom (`qa.asked_speaker`), where
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.figures.counted import noun_phrase, of_illness
from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token, tokenize
from ingest.figures.unit_words import Unit, unit_words
from ingest.lexis import fold
from ingest.places import Places
from qa.asked_speaker import asked_speaker
from qa.kinds import OF_MEASURES, Kind, Measured, asks_otherwise, asks_toll, kind_of, measured, names_toll
from qa.saying import words

_PEOPLE = Unit("people", human=True, fate=None)
_CASES = Unit("cases", human=False, fate=None)
_OF_MONEY = frozenset({"USD", "EUR", "GBP", "yen", "shekels", "dinars", "lira", "riyals", "dirhams", "roubles"})
_KINDS_OF_DEAD = frozenset({"civilians", "children", "women", "soldiers", "fighters", "workers", "passengers"})
_SKIPPED_EN = words("were was are is have has had been of them those these still also then later already not ever in all")
_SKIPPED_AR = words("بلغ بلغت يبلغ تبلغ كان كانت عدد إجمالي مجموع من هو هم هي منهم منها منهن بينهم بينها قد")
_NUMBERS = words("number numbers total tally count")
_VERBS_EN = words("did do does had have has was were will would could can on in at to for the went come came go goes")
_HUMAN_FATES = frozenset({"killed", "wounded", "missing", "displaced", "detained", "held", "rescued", "trapped"})
_NO_NOUN = 2
_ADJECTIVES_AR = words("مدني مدنية عسكري عسكرية")
"""They tell a body («الدفاع المدني»), not who died; their plurals do."""
_ON_VERBS = ("وا", "هما", "ها", "هم", "ه")
"""Endings of Arabic verbs: they, and pronouns of the object."""


class Asked(NamedTuple):
    """What a question asks."""

    kind: Kind
    """Sort of answer."""

    unit: Unit | None = None
    """What is counted, where that is known."""

    counted: str | None = None
    """What is counted, as the question writes it."""

    fate: str | None = None
    """What befell them."""

    measured: Measured | None = None
    """Whether a share, an amount of money or some size is asked for."""

    speaker: str | None = None
    """Who is asked to have said it, as the question writes it, with what describes them; `None`: anybody."""

    speakers: frozenset[str] = frozenset()
    """Canonical names of known bodies in it."""

    places: frozenset[str] = frozenset()
    """Canonical names of known places in the question."""


class _Count(NamedTuple):
    """What is counted, and the last token that says so."""

    phrase: str | None
    unit: Unit | None
    fate: str | None
    last: int


def read_question(text: str, *, aliases: Aliases, places: Places) -> Asked:
    """Read what a question asks. Takes time linear in its length; never raises."""
    tokens = tokenize(text)
    plain = fold(text)
    speaker = asked_speaker(text)
    known = frozenset(found.canonical for found in aliases.find(speaker)) if speaker else frozenset()
    where = frozenset(found.canonical for found in places.find(text))
    at = _counted_at(tokens)
    sort = measured(plain)
    if (at is None and sort is None and not asks_toll(plain)) or asks_otherwise(plain):
        kind = kind_of(plain)
        kind = "statement" if kind == "other" and speaker else kind
        return Asked(kind, speaker=speaker, speakers=known, places=where)
    count = _count(text, tokens, at)
    unit, fate = count.unit, count.fate
    if count.phrase is not None and not OF_MEASURES.search(fold(count.phrase)):
        sort = None
    if count.phrase is None and unit is None and sort is None:
        sort = _money_named(tokens)
    if unit is None and names_toll(plain) and sort is None:
        unit, fate = _of_toll(tokens) or _PEOPLE, fate or _fate_after(tokens, 0) or "killed"
    if unit is None and count.phrase is None and fate in _HUMAN_FATES and sort is None:
        unit = _PEOPLE
    if unit and unit.canonical == "percent":
        sort = "percent"
    if sort == "money":
        fate = None
    return Asked("figure", unit, count.phrase, fate, sort, speaker, known, where)


def _counted_at(tokens: Sequence[Token]) -> int | None:
    """Index of the token that what is counted begins at: after "how many", «كم», "number of", «عدد»."""
    numbered = None
    for at, token in enumerate(tokens):
        following = tokens[at + 1].plain if at + 1 < len(tokens) else ""
        if token.plain == "how" and following in {"many", "much"}:
            return at + 2
        bare = token.plain.lstrip("وفلب") if token.arabic else token.plain
        if bare == "كم":
            return at + 1
        if numbered is None and (bare == "عدد" or (bare in _NUMBERS and following == "of")):
            numbered = at + 1
    return numbered


def _count(text: str, tokens: Sequence[Token], at: int | None) -> _Count:
    """What is counted from a token on, and what befell it."""
    if at is None:
        return _Count(None, None, None, -1)
    partitive = at < len(tokens) and tokens[at].plain in {"of", "من", fold("منهم"), fold("منها")}
    begin = at
    while begin < len(tokens) and tokens[begin].plain in _SKIPPED_EN | _SKIPPED_AR:
        begin += 1
    having = at < len(tokens) and tokens[at].plain in {"had", "have", "has"} and begin == at + 1
    count = _Count(None, None, None, at - 1) if having else _noun(text, tokens, begin)
    if count.phrase is None:
        fronted = _fronted(text, tokens, at)
        if fronted.phrase is not None:
            return fronted._replace(fate=fronted.fate or _fate_after(tokens, begin), last=begin)
        return count._replace(fate=_fate_after(tokens, begin))
    if partitive:
        count = _part(text, tokens, count)
    return count._replace(fate=count.fate or _fate_after(tokens, count.last + 1))


def _noun(text: str, tokens: Sequence[Token], at: int) -> _Count:
    """The noun phrase at a token; none where a verb stands there."""
    nothing = _Count(None, None, None, at - 1)
    if at >= len(tokens) or (not tokens[at].arabic and tokens[at].plain in _VERBS_EN - {"the"}):
        return nothing
    phrase, unit, last = noun_phrase(text, tokens, at, len(tokens))
    if phrase is None:
        return nothing
    if unit is None and tokens[at].arabic:
        unit = _construct(tokens[at])
        if unit is None and _is_verb(tokens, at):
            return nothing
    if unit is None:
        phrase, last = _whole_nouns(text, tokens, at, last)
    if unit and unit.fate == "wounded" and of_illness(tokens, last):
        unit = _CASES
    if phrase and fold(phrase) in {"victims", "the victims"}:
        return _Count(None, _PEOPLE, None, last)
    if unit and unit.fate == "killed" and fold(tokens[last].plain.removeprefix("ال")) in {"ضحايا", "ضحيه"}:
        unit = Unit("killed", human=True, fate="killed")
    return _Count(phrase, unit, unit.fate if unit else None, last)


def _construct(token: Token) -> Unit | None:
    """What a plural before its genitive counts: «متطوعي الهلال الأحمر»."""
    word = token.plain.removeprefix("ل")
    return unit_words().units.get(f"{word}ن") if word.endswith("ي") else None


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether an Arabic word after «كم» is a verb, not what is counted: «كم يذهب إلى الأجور», «كم دفعت الشركة»."""
    token = tokens[at]
    word = token.plain
    if word.endswith("وا") or tokens[at - 1].plain in {"بكم", "وبكم"}:
        return True
    if "\u064b" in token.text[-2:] or word.endswith("ه") or word.startswith("ال"):
        return False
    follows = tokens[at + 1].plain if at + 1 < len(tokens) else ""
    present = word[:1] in {"ي", "ت"} and len(word) > _NO_NOUN
    return (present and not word.endswith("ا")) or (word.endswith("ت") and follows.startswith("ال"))


def _whole_nouns(text: str, tokens: Sequence[Token], at: int, last: int) -> tuple[str, int]:
    """A phrase of unknown words without what begins the next one: "bottles" of "bottles of"."""
    while last > at and (tokens[last].plain in _VERBS_EN or tokens[last].plain in {"of", "and", "or", "with", "from"}):
        last -= 1
    begin = at
    while begin < last and tokens[begin].plain in {"the", "no", "its", "their", "his", "her", "of"}:
        begin += 1
    return text[tokens[begin].start : tokens[last].end], last


def _part(text: str, tokens: Sequence[Token], whole: _Count) -> _Count:
    """What part of them is asked for: "how many of the dead were children", «كم من القتلى كانوا أطفالاً»."""
    for at in range(whole.last + 1, len(tokens) - 1):
        if tokens[at].text in "?؟.,،":
            break
        if tokens[at].plain in {"were", "was", "are", "is", fold("كانوا"), fold("كن"), fold("كانت")}:
            begin = at + 1
            while begin < len(tokens) and tokens[begin].plain in {"of", fold("من"), "also", "actually"}:
                begin += 1
            phrase, unit, last = noun_phrase(text, tokens, begin, len(tokens))
            if unit is None and begin < len(tokens) and tokens[begin].arabic:
                unit = unit_words().units.get(tokens[begin].plain.removesuffix("ا"))
            if unit and unit.human and unit.fate is None and last == begin:
                return _Count(phrase, unit, whole.fate or (whole.unit.fate if whole.unit else None), last)
            break
    return whole


def _fronted(text: str, tokens: Sequence[Token], before: int) -> _Count:
    """What a clause before the question names them: "Of the 240 pharmacies …, how many had no insulin?"."""
    if not tokens or tokens[0].plain not in {"of", fold("من"), "out", "among"}:
        return _Count(None, None, None, -1)
    at = 1
    while at < before and (tokens[at].kind == "digits" or tokens[at].plain in {"the", "of", fold("بين"), fold("أصل")}):
        at += 1
    if at >= before:
        return _Count(None, None, None, -1)
    return _noun(text, tokens, at)


def _money_named(tokens: Sequence[Token]) -> Measured | None:
    """Money, where nothing is counted and a currency is named: «كم يذهب إلى الأجور من أصل 41 مليار ليرة»."""
    units = unit_words().units
    named = (units.get(token.plain.removeprefix("ال")) for token in tokens)
    return "money" if any(unit and unit.canonical in _OF_MONEY for unit in named) else None


def _of_toll(tokens: Sequence[Token]) -> Unit | None:
    """Whose toll: "the civilian death toll", «حصيلة القتلى المدنيين»."""
    units = unit_words().units
    bare = (token.plain.removeprefix("ل").removeprefix("ال") for token in tokens)
    named = (units.get(word) for word in bare if word not in _ADJECTIVES_AR)
    return next((unit for unit in named if unit and unit.fate is None and unit.canonical in _KINDS_OF_DEAD), None)


def _fate_after(tokens: Sequence[Token], at: int) -> str | None:
    """What befell those counted: the first word behind them that says so, verb or noun ("among the dead")."""
    units = unit_words().units
    for token in tokens[at:]:
        if fate := fate_of(token) or _fate_of_verb(token):
            return fate
        unit = units.get(token.plain.removeprefix("لل").removeprefix("ل").removeprefix("ال")) if token.arabic else None
        unit = unit or units.get(token.plain)
        if unit and unit.fate:
            return unit.fate
    return None


def _fate_of_verb(token: Token) -> str | None:
    """What an Arabic verb says befell them, past what is written onto its end: «دمّرته», «أوقفوا»."""
    if not token.arabic:
        return None
    for ending in _ON_VERBS:
        if token.plain.endswith(ending) and (
            fate := fate_of(token._replace(plain=token.plain.removesuffix(ending)))
        ):
            return fate
    return None
