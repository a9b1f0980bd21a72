"""What a figure counts: the noun phrase beside it, one canonical name in English, and what befell those counted.

After the numeral in both languages ("28 civilians", «٢٨ مدنياً», "twelve of its soldiers"); where nothing is counted
there, before it ("the death toll rose to 42", «بلغ عدد القتلى 28»). A fate comes from the noun itself ("12 dead"),
from the verb after it ("28 people were killed") or from the one before it ("killed 28 people", «مقتل ٢٨ مدنياً»).
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.befell import what_befell
from ingest.figures.duals import dual_at
from ingest.figures.fates import fate_of
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import NOTHING, Token
from ingest.figures.unit_words import Unit, is_function_word, is_singular, unit_of, unit_words
from ingest.figures.wordlists import without, words
from ingest.lexis import fold

_LONGEST = 6
"""Words of a noun phrase."""


_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "yen", "₪": "shekels", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_PASSED = words("of the its their his her these those our other more further additional new another من هؤلاء")
_ENDS = words("""
    were was are is have has had been be being will would could may might can did do does said says told that which who
    whom whose when where while as and or but in on at to from by with for into after before during near since until
    against over under including among between about around because if than then so not also he she it they we you i
    out most mostly all some many none each within beyond behind across inside outside near around every per a an the
    this there here according left leaving took taking including reportedly allegedly died dies fled flee
    need needs needed require requires get receive received depend rely lack remain remained now still currently
    في على إلى عن مع بعد قبل منذ خلال عند لدى و أو ثم بين بينهم منهم بينها منها أن إن إلا حتى الذين التي الذي كانوا
    كان كانت بحسب وفق وفقا بحسب حسب لقوا قتلوا أصيبوا قضوا جراء إثر نتيجة آخرون آخرين أخرى آخر على بما فيهم قال قالت
    بسبب مقابل لمصلحة لكل حول ضد إذ حيث فيما بينما لكن غير ضمن تحت فوق بعضهم معظمهم غالبيتهم جميعهم كلهم أحياء
    تقريبا يوميا سنويا شهريا أمس اليوم الخميس الجمعة السبت الأحد الاثنين الثلاثاء الأربعاء داخل قرب شرق غرب شمال
    جنوب""")
_OTHERS = words("others other آخرون آخرين أخرى آخر غيرهم more")
_THEM = words("them whom these منهم منها منهن بينهم بينها منهما")
_TOLLS = words("toll حصيلة الحصيلة حصيلتها")
_KILLED = Unit("killed", human=True, fate="killed")
_NUMBER_OF = words("number numbers total عدد وعدد بعدد أعداد إجمالي مجموع عددهم وحصيلة حصيلة")
_HUMAN_FATES = frozenset({"killed", "wounded", "missing", "displaced", "detained", "held", "rescued", "trapped"})
_ILLNESS = words("""
    cholera covid virus disease epidemic outbreak measles influenza flu ebola malaria infection infections infected
    بالكوليرا كوليرا الكوليرا بكورونا كورونا كوفيد بكوفيد الفيروس بالفيروس فيروس بفيروس المرض بالمرض الوباء وباء تفشي
    التفشي الحصبة بالحصبة مشتبه مشتبها مؤكدة العدوى عدوى الإنفلونزا الملاريا الحمى""")
_INFECTIONS = words("إصابة إصابات الإصابات مصاب مصابا مصابين المصابين مصابون")
_PEOPLE = Unit("people", human=True, fate=None)
_PERCENT = Unit("percent", human=False, fate=None)
_CASES = Unit("cases", human=False, fate=None)
_POWERS = {"cubic": words("cubic cu مكعب مكعبا مكعبة 3"), "square": words("square sq مربع مربعا مربعة 2")}
_KINDS_OF_POINTS = {"basis": words("basis أساس"), "percentage": words("percentage مئوية")}
_QUALIFIED = {
    **dict.fromkeys(("km", "metres", "cm", "mm", "miles", "feet", "yards", "inches"), _POWERS),
    "points": _KINDS_OF_POINTS,
}
"""What makes another thing of a unit, by the words that say so."""
_ONE = frozenset({"one", "1"})
_ADJECTIVES = 3
_AFTER_NOUN = words("واحد واحدا واحدة اثنان اثنين اثنتان اثنتين")
_NEAR = 25
_REACH_BEFORE = 12
_REACH_OF_SENTENCE = 30
"""Tokens back to the subject of “the toll … has risen to 39”."""
_COMES_TO = words("to at reached hits hit stood إلى بلغ بلغت عند")
_POPULATION = "population"
_FOR = "لل"
"""“For the”, written onto a noun: whom something is for, not what is counted."""
_HYPHENS = frozenset("-‐")
_IN_NOUNS = frozenset("-'’")
_STOPS = frozenset(".!?؟…;؛:")


class Counted(NamedTuple):
    """What is counted."""

    phrase: str | None
    """As the text writes it."""
    unit: Unit | None
    """What it is, where it is known."""
    fate: str | None
    of_them: bool = False
    """Whether it counts some of what was counted before: "three of them"."""


def counted(text: str, tokens: Sequence[Token], numeral: Numeral, before: int, after: int) -> Counted:
    """What a numeral counts.

    Args:
        text: the whole text.
        tokens: its tokens.
        numeral: the numeral.
        before: index of the last token of the numeral before it, -1 where there is none: no look goes past it.
        after: index of the first token of the numeral after it, or of the text's end.
    """
    if numeral.percent:
        return Counted(noun_phrase(text, tokens, numeral.last + 1, after)[0], _PERCENT, None)
    if currency := _currency(tokens, numeral):
        return Counted(currency, Unit(_CURRENCIES[currency.casefold()], human=False, fate=None), None)
    phrase, unit, last = _noun(text, tokens, numeral, after)
    of_them = phrase is None and any(token.plain in _THEM for token in tokens[numeral.last + 1 : numeral.last + 3])
    if unit is None and not of_them:
        told = _counted_before(text, tokens, numeral, before, alone=phrase is None)
        phrase, unit = told if phrase is None or told[1] else (phrase, unit)
    fate = (unit.fate if unit else None) or what_befell(tokens, numeral, before, after, last)
    if fate in _HUMAN_FATES and unit is None and (phrase is None or fold(phrase) in _OTHERS):
        unit = _PEOPLE if of_them or phrase else Unit(fate, human=True, fate=fate)
    if fate in _HUMAN_FATES and unit is not None and not unit.human:
        fate = None
    return Counted(phrase, unit, fate, of_them)


def _noun(text: str, tokens: Sequence[Token], numeral: Numeral, after: int) -> tuple[str | None, Unit | None, int]:
    """The noun that stands in a numeral or at it: its words, what it counts, and its last token."""
    first, last = tokens[numeral.first], numeral.last
    inside = tokens[numeral.noun] if numeral.noun is not None else first
    dual = dual_at(inside) if numeral.noun is not None or numeral.first == numeral.last else None
    phrase: str | None
    if dual or numeral.noun is not None:
        phrase, unit = inside.text, dual or unit_of(inside)
    else:
        phrase, unit, last = noun_phrase(text, tokens, numeral.last + 1, after)
    if numeral.definite or (first.plain in _AFTER_NOUN and numeral.first == numeral.last):
        phrase, unit = _noun_before(tokens, numeral) or (phrase, unit)
    if phrase and fold(phrase.split()[0]) in _INFECTIONS and of_illness(tokens, numeral.first):
        unit = _CASES
    if unit:
        unit = _qualified(unit, tokens[numeral.last + 1 : last + 2])
    return phrase, unit, last


def _currency(tokens: Sequence[Token], numeral: Numeral) -> str | None:
    before = tokens[numeral.first - 1] if numeral.first else None
    if before and before.plain in _CURRENCIES:
        return before.text
    last = tokens[numeral.last + 1] if numeral.last + 1 < len(tokens) else None
    return last.text if last and last.plain in _CURRENCIES else None


def noun_phrase(text: str, tokens: Sequence[Token], first: int, end: int) -> tuple[str | None, Unit | None, int]:
    """The noun phrase from a token on, the unit of its head where that is known, and its last token.

    Also for questions: what stands after "how many" and «كم».
    """
    begin = first
    while begin < end and tokens[begin].plain in _PASSED and tokens[begin].kind == "word":
        begin += 1
    hyphen = begin < end and tokens[begin].text in _HYPHENS and tokens[begin].glued
    begin += hyphen
    if hyphen and begin < end and (unit := unit_of(tokens[begin])):  # a 90-page report
        return tokens[begin].text, unit, begin
    unit, last = _head(tokens, begin, min(end, begin + _LONGEST))
    if last < begin or tokens[begin].plain in _THEM:
        return None, None, first - 1
    return text[tokens[begin].start : tokens[last].end], unit, last


def _head(tokens: Sequence[Token], begin: int, end: int) -> tuple[Unit | None, int]:
    """The last known noun of a phrase and its token; where none is known, its first words (two in English)."""
    unit, last = None, begin - 1
    at = begin
    for at in range(begin, end):
        token = tokens[at]
        if token.kind == "mark" and unit is None and token.text in _IN_NOUNS and token.glued:
            continue
        known = unit_of(token)
        if _ends_phrase(token) or _is_for(token, unit, known) or (at > begin and _is_whole(tokens[at - 1], token)):
            break
        if known is None and (unit or fate_of(token)):
            break
        if known and tokens[begin - 1].plain not in _ONE and _is_attribute(tokens, at, end):
            known = None
        if known and unit and _stays(unit, known, tokens[last], token):
            unit = unit if unit.human or not known.fate else known
            break
        if known:
            unit, last = known, at
        elif token.arabic:  # what follows an unknown noun may be a verb as well
            return None, at
    else:
        at = max(begin, end)
    if unit is not None or at == begin:
        return unit, last
    return None, begin if tokens[begin].plain in _OTHERS else _last_of_unknown(tokens, begin, at)


def _is_for(token: Token, unit: Unit | None, known: Unit | None) -> bool:
    """Whether a word says whom money or things are for, and not what they are."""
    return (unit is not None and unit.money) or (token.plain.startswith(_FOR) and (unit or known) is not None)


def _stays(unit: Unit, known: Unit, noun: Token, after: Token) -> bool:
    """Whether a noun is counted itself, and is no attribute of the next one: "seven policemen | injured"."""
    if noun.arabic or unit.fate or known.fate == "killed" or noun.plain.endswith("s"):
        return True
    return fate_of(after) is not None and not is_singular(noun)


def _ends_phrase(token: Token) -> bool:
    return token.kind != "word" or is_function_word(token, _ENDS)


def _is_whole(noun: Token, after: Token) -> bool:
    """Whether a noun is not an attribute of what follows: "others", and "batches" in "batches reached the points"."""
    return noun.plain in _OTHERS or (noun.plain.endswith("s") and after.plain.endswith(("ed", "ing")))


def _is_attribute(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether somebody's name stands for what is theirs: "two rebel groups", "billions of individual trees"."""
    after = tokens[at + 1] if at + 1 < end else NOTHING
    return (
        is_singular(tokens[at])
        and after.kind == "word"
        and after.plain not in _ENDS
        and unit_of(after) is None
        and fate_of(after) is None
        and after.plain.endswith("s")
    )


def _last_of_unknown(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Last token of an unknown noun and the word after it; not an adverb, nor half of "al-Bab" or "Norway's"."""
    last = min(end - 1, begin + 1)
    if last > begin and tokens[last].plain.endswith("ly"):
        return begin
    return last + 1 if tokens[last].kind == "mark" and last + 1 < end and tokens[last + 1].glued else last


def _noun_before(tokens: Sequence[Token], numeral: Numeral) -> tuple[str, Unit | None] | None:
    """«امرأة واحدة», «الآبار الملوثة الثلاث»: the noun stands before its number, with an adjective or without."""
    nearest = tokens[numeral.first - 1] if numeral.first else NOTHING
    if nearest.kind != "word" or nearest.plain in _ENDS:
        return None
    for token in reversed(tokens[max(0, numeral.first - _ADJECTIVES) : numeral.first]):
        if token is not nearest and not (token.plain.startswith("ال") and nearest.plain.startswith("ال")):
            break
        if unit := unit_of(token) or unit_words().units.get(without(token.plain, "ل", "ب", "و", "ك")):
            return token.text, unit
    return nearest.text, None


def of_illness(tokens: Sequence[Token], at: int) -> bool:
    """Whether an illness is named near a token: إصابة is a case of it there, not a wound."""
    return any(token.plain in _ILLNESS for token in tokens[max(0, at - _NEAR) : at + _NEAR])


def _qualified(unit: Unit, tokens: Sequence[Token]) -> Unit:
    """Lengths that are squared or cubed, and points of other things, by the words of a phrase and the one after it."""
    if unit.canonical not in _QUALIFIED:
        return unit
    said = {token.plain for token in tokens if token.kind == "word" or token.glued}
    name = next(
        (name for name, qualifiers in _QUALIFIED[unit.canonical].items() if not qualifiers.isdisjoint(said)), None
    )
    return unit._replace(canonical=f"{name} {unit.canonical}") if name else unit


def _counted_before(
    text: str, tokens: Sequence[Token], numeral: Numeral, before: int, *, alone: bool
) -> tuple[str | None, Unit | None]:
    """“the number of dead rose to 42”, «بلغ عدد القتلى 28», “a death toll of 54”."""
    nearest = tokens[numeral.first - 1] if numeral.first else NOTHING
    if (
        alone
        and nearest.arabic
        and nearest.plain.startswith("ال")
        and numeral.first - 1 > before
        and (unit := unit_of(nearest))
    ):
        return nearest.text, unit  # «القتلى أربعة»
    reach = _REACH_OF_SENTENCE if alone and nearest.plain in _COMES_TO else _REACH_BEFORE
    for at in range(numeral.first - 1, max(before, numeral.first - 1 - reach), -1):
        token = tokens[at]
        if token.text in _STOPS:
            break
        if token.plain == _POPULATION:
            return token.text, _PEOPLE
        if (without(token.plain, "و", "ب") if token.arabic else token.plain) in _TOLLS:
            start = at - 1 if at and tokens[at - 1].plain == "death" else at
            return text[tokens[start].start : token.end], _KILLED
        if token.plain in _NUMBER_OF:
            return _noun_of_number(tokens, at + 1, numeral.first)
    return None, None


def _noun_of_number(tokens: Sequence[Token], at: int, end: int) -> tuple[str | None, Unit | None]:
    """What stands after "the number of", before the numeral."""
    while at < end and tokens[at].plain in _PASSED:
        at += 1
    if at >= end or tokens[at].kind != "word" or tokens[at].plain in _ENDS:
        return None, None
    return tokens[at].text, next((unit for token in tokens[at : min(at + 3, end)] if (unit := unit_of(token))), None)
