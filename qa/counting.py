"""What does a question count? "How many of the dead were children?", «كم أسرة نزحت», "the number of complaints".

Nouns and fates are read as in articles (`ingest.figures`); here they are found without a numeral.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.counted import noun_phrase, of_illness
from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token
from ingest.figures.unit_words import Unit, unit_words
from qa.kinds import Measured
from qa.saying import words

PEOPLE = Unit("people", human=True, fate=None)
"""Of what sort is not said."""

HUMAN_FATES = frozenset({"killed", "wounded", "missing", "displaced", "detained", "held", "rescued", "trapped"})
"""What befalls people alone."""

CASES = Unit("cases", human=False, fate=None)
_OF_MONEY = frozenset({"USD", "EUR", "GBP", "yen", "shekels", "dinars", "lira", "riyals", "dirhams", "roubles"})
_KINDS_OF_DEAD = frozenset({"civilians", "children", "women", "soldiers", "fighters", "workers", "passengers"})
_SKIPPED = words(
    "were was are is have has had been of them those these still also then later already not ever in all",
    "بلغ بلغت يبلغ تبلغ كان كانت عدد إجمالي مجموع من هو هم هي منهم منها منهن بينهم بينها قد",
)
"""Words between "how many" and what is counted."""

_NUMBERS = words("number numbers total tally count")
_VERBS = words("did do does had have has was were will would could can on in at to for went come came go goes")
_WERE = words("were was are is كانوا كن كانت")
_PART_OF = words("of من منهم منها")
_FROM = words("of من among")
_OUT_OF = words("the of بين أصل")
_VICTIMS = words("victims")
_LEAST = 3
"""Letters that an Arabic verb has at least."""

_ADJECTIVES_AR = words("مدني مدنية عسكري عسكرية")
"""They tell a body («الدفاع المدني»), not who died; their plurals do."""

_ON_VERBS = ("وا", "هما", "ها", "هم", "ه")
"""Endings of Arabic verbs: they, and pronouns of the object."""


class Count(NamedTuple):
    """What is counted."""

    phrase: str | None
    """As the question writes it."""

    unit: Unit | None
    """What it is, where that is known."""

    fate: str | None
    """What befell them."""

    last: int
    """The last token that says so."""


_NOTHING = Count(None, None, None, -1)


def counted_at(tokens: Sequence[Token]) -> int | None:
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


def count_at(text: str, tokens: Sequence[Token], at: int | None) -> Count:
    """What is counted from a token on, and what befell it."""
    if at is None:
        return _NOTHING
    partitive = at < len(tokens) and tokens[at].plain in _PART_OF
    begin = at
    while begin < len(tokens) and tokens[begin].plain in _SKIPPED:
        begin += 1
    having = at < len(tokens) and tokens[at].plain in {"had", "have", "has"} and begin == at + 1
    count = Count(None, None, None, at - 1) if having else _noun(text, tokens, begin)
    if count.phrase is None:
        fronted = _fronted(text, tokens, at)
        if fronted.phrase is not None:
            return fronted._replace(fate=fronted.fate or fate_after(tokens, begin), last=begin)
        return count._replace(fate=fate_after(tokens, begin))
    if partitive:
        count = _part(text, tokens, count)
    return count._replace(fate=count.fate or fate_after(tokens, count.last + 1))


def _noun(text: str, tokens: Sequence[Token], at: int) -> Count:
    """The noun phrase at a token; none where a verb stands there."""
    nothing = Count(None, None, None, at - 1)
    if at >= len(tokens) or (not tokens[at].arabic and tokens[at].plain in _VERBS):
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
        unit = CASES
    if phrase and tokens[last].plain in _VICTIMS:
        return Count(None, PEOPLE, None, last)
    return Count(phrase, unit, unit.fate if unit else None, last)


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
    present = word[:1] in {"ي", "ت"} and len(word) > _LEAST - 1
    return (present and not word.endswith("ا")) or (word.endswith("ت") and follows.startswith("ال"))


def _whole_nouns(text: str, tokens: Sequence[Token], at: int, last: int) -> tuple[str, int]:
    """A phrase of unknown words without what begins the next one: "bottles" of "bottles of"."""
    while last > at and (tokens[last].plain in _VERBS or tokens[last].plain in {"of", "and", "or", "with", "from"}):
        last -= 1
    begin = at
    while begin < last and tokens[begin].plain in {"the", "no", "its", "their", "his", "her", "of"}:
        begin += 1
    return text[tokens[begin].start : tokens[last].end], last


def _part(text: str, tokens: Sequence[Token], whole: Count) -> Count:
    """What part of them is asked for: "how many of the dead were children", «كم من القتلى كانوا أطفالاً»."""
    for at in range(whole.last + 1, len(tokens) - 1):
        if tokens[at].text in "?؟.,،":
            break
        if tokens[at].plain in _WERE:
            begin = at + 1
            while begin < len(tokens) and tokens[begin].plain in {"of", "من", "also", "actually"}:
                begin += 1
            phrase, unit, last = noun_phrase(text, tokens, begin, len(tokens))
            if unit is None and begin < len(tokens) and tokens[begin].arabic:
                unit = unit_words().units.get(tokens[begin].plain.removesuffix("ا"))
            if unit and unit.human and unit.fate is None and last == begin:
                return Count(phrase, unit, whole.fate or (whole.unit.fate if whole.unit else None), last)
            break
    return whole


def _fronted(text: str, tokens: Sequence[Token], before: int) -> Count:
    """What a clause before the question names them: "Of the 240 pharmacies …, how many had no insulin?"."""
    if not tokens or tokens[0].plain not in _FROM:
        return _NOTHING
    at = 1
    while at < before and (tokens[at].kind == "digits" or tokens[at].plain in _OUT_OF):
        at += 1
    if at >= before:
        return _NOTHING
    return _noun(text, tokens, at)


def money_named(tokens: Sequence[Token]) -> Measured | None:
    """Money, where nothing is counted and a currency is named: «كم يذهب إلى الأجور من أصل 41 مليار ليرة»."""
    units = unit_words().units
    named = (units.get(token.plain.removeprefix("ال")) for token in tokens)
    return "money" if any(unit and unit.canonical in _OF_MONEY for unit in named) else None


def of_toll(tokens: Sequence[Token]) -> Unit | None:
    """Whose toll: "the civilian death toll", «حصيلة القتلى المدنيين»."""
    units = unit_words().units
    bare = (token.plain.removeprefix("ل").removeprefix("ال") for token in tokens)
    named = (units.get(word) for word in bare if word not in _ADJECTIVES_AR)
    return next((unit for unit in named if unit and unit.fate is None and unit.canonical in _KINDS_OF_DEAD), None)


def fate_after(tokens: Sequence[Token], at: int) -> str | None:
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
        if token.plain.endswith(ending) and (fate := fate_of(token._replace(plain=token.plain.removesuffix(ending)))):
            return fate
    return None
