"""Numbers written out in Arabic words, by the grammar and as newspapers do: an independent hand for the reader's tests.

It shares nothing with the reader. The grammar is that of the reference works (Wright, vol. I §318 ff., vol. II §97 ff.;
Ryding 2005, ch. 15):

* 3 to 10 take the gender opposite to the counted noun's: ثلاثة رجال, ثلاث نساء; so do the units of 13 to 19 and of 23
  to 99, while the ten of the teens agrees: ثلاثة عشر رجلاً, ثلاث عشرة امرأة. 1, 2, 11 and 12 agree throughout.
* Tens, both words for two, and the duals مئتان, ألفان … have a nominative and one oblique form; of the teens, 12 alone.
* Before the noun it counts, a dual loses its ن (مئتا رجل, ألفي امرأة) and a counted scale its tanwin (عشرون ألف رجل).
* A scale is counted like any masculine noun: ثلاثة آلاف, أحد عشر ألفاً, مئة ألف, مئة وثلاثة آلاف.
* The counted noun is plural and genitive after 3 to 10, singular and accusative after 11 to 99, singular and genitive
  after whole hundreds.

One departure: 101,000 and 102,000 are written مئة وواحد ألف, مئة واثنان ألف, as newspapers do. By the grammar they are
مئة وألف, مئة وألفان, which anybody would read as 1,100 and 2,100.
"""

from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

Gender = Literal["m", "f"]
"""Of the noun that is counted."""

Case = Literal["nom", "gen", "acc"]


class Style(NamedTuple):
    """What may be written in several ways."""

    hundred: Literal["مئة", "مائة"] = "مئة"
    apart: bool = False
    """ثلاث مئة in two words."""

    billion: Literal["مليار", "بليون"] = "مليار"
    tanwin: Literal["اً", "ًا", "ا", ""] = "اً"
    """How a counted scale ends: ألفاً, ألفًا, ألفا, ألف. One thousand alone keeps its mark: ألفا is also 2,000."""

    detached: bool = False
    """«و» with a space after it, as agencies and num2words write it."""

    eight: Literal["ثمانٍ", "ثماني", "ثمان"] = "ثمانٍ"
    """Eight of a feminine noun, where it is neither accusative nor followed by that noun."""

    one: Literal["واحد", "أحد"] = "واحد"
    """The unit of 21, 31 …: واحد وعشرون, أحد وعشرون."""


LITERARY = Style()
STYLES = tuple(
    Style(*choice)
    for choice in product(
        ("مئة", "مائة"),
        (False, True),
        ("مليار", "بليون"),
        ("اً", "ًا", "ا", ""),
        (False, True),
        ("ثمانٍ", "ثماني", "ثمان"),
        ("واحد", "أحد"),
    )
)
"""Every way to write."""

_STEMS = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثماني", 9: "تسع", 10: "عشر"}
_TENS = {2: "عشر", 3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
_TWO, _TEN, _TEENS, _HUNDRED, _THOUSAND = 2, 10, range(11, 20), 100, 1000
_FEW = range(3, 11)
_MANY = range(11, 100)
LARGEST = 10**15 - 1


class _Scale(NamedTuple):
    size: int
    singular: str
    plural: str


def _scales(style: Style) -> tuple[_Scale, ...]:
    billions = {"مليار": "مليارات", "بليون": "بلايين"}
    return (
        _Scale(10**12, "تريليون", "تريليونات"),
        _Scale(10**9, style.billion, billions[style.billion]),
        _Scale(10**6, "مليون", "ملايين"),
        _Scale(10**3, "ألف", "آلاف"),
    )


def arabic_words(  # noqa: PLR0913 - each is one choice of the grammar
    n: int,
    *,
    gender: Gender = "m",
    case: Case = "nom",
    construct: bool = False,
    definite: bool = False,
    style: Style = LITERARY,
) -> str:
    """Write a whole number in words.

    Args:
        n: 0 to 10^15 - 1.
        gender: of the counted noun.
        case: of the number.
        construct: whether the counted noun follows at once.
        definite: with the article, as after a definite plural (الناجون الثلاثة والعشرون): 3 to 99 only.
        style: what may be written in several ways.

    Raises:
        ValueError: the number is out of range.
    """
    if not 0 <= n <= LARGEST or (definite and not _FEW.start <= n < _HUNDRED):
        raise ValueError(f"{n} is not written here")
    if n == 0:
        return "صفراً" if case == "acc" and not construct else "صفر"
    if definite:
        return _definite(n, gender, case, style)
    parts: list[str] = []
    rest = n
    for scale in _scales(style):
        count, rest = divmod(rest, scale.size)
        if count:
            parts.append(_scaled(count, scale, case, style, last=construct and not rest))
    if rest:
        parts += _below_thousand(rest, gender, case, style, construct=construct)
    return _and(style).join(parts)


def arabic_forms(
    n: int, *, gender: Gender = "m", case: Case = "nom", construct: bool = False, definite: bool = False
) -> frozenset[str]:
    """Every way to write a whole number for one gender, case and place; see `arabic_words`."""
    return frozenset(
        arabic_words(n, gender=gender, case=case, construct=construct, definite=definite, style=style)
        for style in STYLES
    )


def _and(style: Style) -> str:
    return " و " if style.detached else " و"


def _scaled(count: int, scale: _Scale, case: Case, style: Style, *, last: bool) -> str:
    """So many thousands, millions …; `last` where the counted noun follows at once."""
    if count == 1:
        ending = "اً" if style.tanwin != "ًا" else "ًا"
        return scale.singular + (ending if case == "acc" and not last else "")
    if count == _TWO:
        return scale.singular + _dual(case, construct=last)
    number = _and(style).join(_below_thousand(count, "m", case, style, construct=True))
    tail = count % _HUNDRED
    if tail in _FEW:
        return f"{number} {scale.plural}"
    return f"{number} {scale.singular}" + (style.tanwin if tail in _MANY and not last else "")


def _dual(case: Case, *, construct: bool) -> str:
    if construct:
        return "ا" if case == "nom" else "ي"
    return "ان" if case == "nom" else "ين"


def _below_thousand(n: int, gender: Gender, case: Case, style: Style, *, construct: bool) -> list[str]:
    """Parts of a number under a thousand, to be joined with «و»."""
    hundreds, rest = divmod(n, _HUNDRED)
    parts = [_hundreds(hundreds, case, style, last=construct and not rest)] if hundreds else []
    return parts + (_below_hundred(rest, gender, case, style, construct=construct) if rest else [])


def _hundreds(count: int, case: Case, style: Style, *, last: bool) -> str:
    if count == 1:
        return style.hundred
    if count == _TWO:
        return style.hundred[:-1] + "ت" + _dual(case, construct=last)
    if style.apart:
        return f"{_STEMS[count]} {style.hundred}"  # مئة is feminine: ثلاث, ثماني
    return ("ثمان" if _STEMS[count] == "ثماني" else _STEMS[count]) + style.hundred


def _below_hundred(n: int, gender: Gender, case: Case, style: Style, *, construct: bool) -> list[str]:
    if n <= _TEN:
        return [_unit(n, gender, case, style, construct=construct)]
    if n in _TEENS:
        return [_teen(n, gender, case)]
    tens, unit = divmod(n, _TEN)
    ten = _TENS[tens] + ("ون" if case == "nom" else "ين")
    if not unit:
        return [ten]
    if unit == 1 and gender == "f" and style.one == "أحد":
        return ["إحدى", ten]
    if unit == 1 and gender == "m" and style.one == "أحد":
        return ["أحداً" if case == "acc" else "أحد", ten]
    return [_unit(unit, gender, case, style, construct=False), ten]


def _unit(n: int, gender: Gender, case: Case, style: Style, *, construct: bool) -> str:
    """1 to 10, for a noun of a gender."""
    if n == 1:
        return "واحدة" if gender == "f" else "واحداً" if case == "acc" and not construct else "واحد"
    if n == _TWO:
        return ("اثنت" if gender == "f" else "اثن") + _dual(case, construct=False)
    if gender == "m":
        return _STEMS[n] + "ة"
    if construct:
        return _STEMS[n]
    if case == "acc":
        return _STEMS[n] + "اً"
    return style.eight if _STEMS[n] == "ثماني" else _STEMS[n]


def _teen(n: int, gender: Gender, case: Case) -> str:
    unit, ten = n - _TEN, "عشر" if gender == "m" else "عشرة"
    if unit == 1:
        return f"{'أحد' if gender == 'm' else 'إحدى'} {ten}"
    if unit == _TWO:
        return ("اثن" if gender == "m" else "اثنت") + _dual(case, construct=True) + f" {ten}"
    return _STEMS[unit] + ("ة" if gender == "m" else "") + f" {ten}"


def _definite(n: int, gender: Gender, case: Case, style: Style) -> str:
    """The article stands once before a teen, and before both words of 21 to 99."""
    if n in _TEENS:
        return f"ال{_teen(n, gender, case)}"
    plain = "gen" if case == "acc" else case  # the article leaves no tanwin
    parts = _below_hundred(n, gender, plain, style._replace(one="واحد"), construct=True)
    whole = ["ثماني" if part in {"ثمانٍ", "ثمان"} else part for part in parts]
    return _and(style).join(f"ال{part}" for part in whole)


class Noun(NamedTuple):
    """What is counted, in the three forms that numbers ask for."""

    gender: Gender
    singular: str
    accusative: str
    plural: str
    definite: str
    """The definite plural, genitive, for «من»."""


NOUNS = (
    Noun("m", "شخص", "شخصاً", "أشخاص", "الأشخاص"),
    Noun("m", "مدني", "مدنياً", "مدنيين", "المدنيين"),
    Noun("m", "قتيل", "قتيلاً", "قتلى", "القتلى"),
    Noun("m", "جريح", "جريحاً", "جرحى", "الجرحى"),
    Noun("m", "طفل", "طفلاً", "أطفال", "الأطفال"),
    Noun("m", "نازح", "نازحاً", "نازحين", "النازحين"),
    Noun("m", "منزل", "منزلاً", "منازل", "المنازل"),
    Noun("f", "امرأة", "امرأة", "نساء", "النساء"),
    Noun("f", "عائلة", "عائلة", "عائلات", "العائلات"),
    Noun("f", "خيمة", "خيمة", "خيام", "الخيام"),
    Noun("f", "شاحنة", "شاحنة", "شاحنات", "الشاحنات"),
)


def counted(n: int, noun: Noun, case: Case = "nom", style: Style = LITERARY) -> tuple[str, str, str]:
    """Write a number with what it counts: what stands before it, the number, what stands after it.

    One follows its noun (طفل واحد). After a number that ends in one or two, and after zero, the noun follows in the
    plural with «من» (مئة واثنان من الأطفال): before the noun itself, such a number is not used.
    """
    tail = n % _HUNDRED
    if n == 1:
        before = noun.accusative if case == "acc" else noun.singular
        return f"{before} ", arabic_words(n, gender=noun.gender, case=case, style=style), ""
    if n == 0 or 0 < tail < _FEW.start:
        return "", arabic_words(n, gender=noun.gender, case=case, style=style), f" من {noun.definite}"
    form = noun.plural if tail in _FEW else noun.accusative if tail in _MANY else noun.singular
    return "", arabic_words(n, gender=noun.gender, case=case, construct=True, style=style), f" {form}"


def clitics() -> Iterator[tuple[str, tuple[Case, ...]]]:
    """What is written onto a number, and the cases that it may have then."""
    yield from (("و", ("nom", "gen", "acc")), ("ف", ("nom", "acc")))
    yield from ((clitic, ("gen",)) for clitic in ("ب", "ل", "ك", "وب", "ول", "فب", "وك"))


def num2words_is_sound(number: int) -> bool:
    """Whether num2words (0.5.14) writes a number in correct Arabic: masculine, nominative, «و» detached.

    It does not where a scale is counted by 100 or more (سبعمائة و تسعة ألفاً, ألف ألف for 1,000 after a hundred), where
    a dual ends the number (مئتا, ألفا, without a noun after it), and for decimals.
    """
    groups = [number // _THOUSAND**power % _THOUSAND for power in range(5)]
    last = next((group for group in groups if group), 0)
    return all(group < _HUNDRED for group in groups[1:]) and last != 2 * _HUNDRED and (last != _TWO or groups[0] > 0)
