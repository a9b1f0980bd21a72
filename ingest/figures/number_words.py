"""Words that numbers are written in, in English and Arabic, and what each adds to a number.

Arabic ones are kept folded (`ingest.lexis.fold`); genders and cases of one number are one entry each.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.figures.wordlists import words
from ingest.lexis import fold

Role = Literal["unit", "ten", "tens", "hundred", "times_hundred", "scale", "dual", "dozen", "part"]


class NumberWord(NamedTuple):
    """What a word adds to a number."""

    role: Role
    """`unit` 0 to 19 (English) or 9; `ten` the عشر of teens; `tens` 20 to 90; `hundred` an Arabic one, 100 to 900;
    `times_hundred` the English one; `scale` a thousand or more; `dual` two of a scale; `dozen`; `part` a fraction."""
    value: float
    plural: bool = False
    """Whether it is vague by itself (آلاف, thirds)."""
    arabic: bool = False


class Reading(NamedTuple):
    """A word of a text read as a number word."""

    word: NumberWord
    joined: bool
    """Whether «و» is written onto it."""
    skipped: int
    """Folded letters before the number itself: clitics, not the article."""
    definite: bool
    """Whether it has the article."""


_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS_AR: Mapping[float, str] = {
    0: "صفر صفرا",
    1: "واحد واحدا واحدة أحد أحدا إحدى",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين",
    3: "ثلاث ثلاثا ثلاثة",
    4: "أربع أربعا أربعة",
    5: "خمس خمسا خمسة",
    6: "ست ستا ستة",
    7: "سبع سبعا سبعة",
    8: "ثماني ثمان ثمانيا ثمانية",
    9: "تسع تسعا تسعة",
}
_TEN_AR: Mapping[float, str] = {10: "عشر عشرا عشرة"}
_TENS_AR: Mapping[float, str] = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_HUNDREDS_AR: Mapping[float, str] = {
    100: "مئة مائة مئه",
    200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
    300: "ثلاثمئة ثلاثمائة",
    400: "أربعمئة أربعمائة",
    500: "خمسمئة خمسمائة",
    600: "ستمئة ستمائة",
    700: "سبعمئة سبعمائة",
    800: "ثمانمئة ثمانمائة ثمانيمئة ثمانيمائة",
    900: "تسعمئة تسعمائة",
}
_SCALES_AR: Mapping[float, str] = {1e3: "ألف", 1e6: "مليون", 1e9: "مليار بليون", 1e12: "تريليون"}
_PLURALS_AR: Mapping[float, str] = {1e3: "آلاف ألوف", 1e6: "ملايين", 1e9: "مليارات بلايين", 1e12: "تريليونات"}
_DOZENS_AR: Mapping[float, str] = {12: "دزينة", 24: "دزينتان دزينتين"}
_PARTS_AR: Mapping[float, str] = {1 / 2: "نصف", 1 / 3: "ثلث", 1 / 4: "ربع", 2 / 3: "ثلثا ثلثي ثلثان ثلثين"}
_PART_PLURALS_AR: Mapping[float, str] = {
    1 / 3: "أثلاث",
    1 / 4: "أرباع",
    1 / 5: "أخماس",
    1 / 6: "أسداس",
    1 / 8: "أثمان",
    1 / 10: "أعشار",
}
_SCALES_EN: Mapping[float, str] = {1e3: "thousand k", 1e6: "million mn", 1e9: "billion bn", 1e12: "trillion tn trn"}
_PARTS_EN: Mapping[float, str] = {
    1 / 2: "half",
    1 / 3: "third",
    1 / 4: "quarter",
    1 / 5: "fifth",
    1 / 6: "sixth",
    1 / 8: "eighth",
    1 / 10: "tenth",
}
_PART_PLURALS_EN: Mapping[float, str] = {
    1 / 2: "halves", 1 / 3: "thirds", 1 / 4: "quarters", 1 / 5: "fifths", 1 / 6: "sixths", 1 / 8: "eighths",
    1 / 10: "tenths",
}  # fmt: skip

WITH_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
"""Scales as letters written onto digits: `54k`, `$3m`."""

ORDINALS_EN = words("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth
    seventieth eightieth ninetieth hundredth thousandth millionth""")
ORDINALS_AR = words(
    "أول أولى ثان ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة حادي حادية"
)
"""Without the article; what makes an ordinal of the tens after it (الثاني عشر، الحادية والعشرون)."""

_HUNDRED = words(_HUNDREDS_AR[100])
HUNDRED_AR = _HUNDRED | words("مية")
"""In «في المئة», which hurried desks write as they speak."""

DOUBTFUL_DUALS = frozenset(fold(f"{word}ا") for spelled in _SCALES_AR.values() for word in spelled.split())
"""The accusative of a scale (ألفاً) and its dual before a noun (ألفا جندي) are one word without tashkeel."""


def _arabic() -> Iterator[tuple[str, NumberWord]]:
    tables: tuple[tuple[Role, bool, Mapping[float, str]], ...] = (
        ("unit", False, _UNITS_AR),
        ("ten", False, _TEN_AR),
        ("tens", False, _TENS_AR),
        ("hundred", False, _HUNDREDS_AR),
        ("scale", False, _SCALES_AR),
        ("scale", True, _PLURALS_AR),
        ("dozen", False, _DOZENS_AR),
        ("part", False, _PARTS_AR),
        ("part", True, _PART_PLURALS_AR),
    )
    for role, plural, table in tables:
        for value, spelled in table.items():
            for word in words(spelled):
                yield word, NumberWord(role, value, plural, arabic=True)
    for scale, spelled in _SCALES_AR.items():
        for word in spelled.split():
            yield fold(f"{word}ا"), NumberWord("scale", scale, arabic=True)
            for ending in ("ان", "ين", "ي"):
                yield fold(word + ending), NumberWord("dual", 2 * scale, arabic=True)


def _english() -> Iterator[tuple[str, NumberWord]]:
    for number, word in enumerate(_ENGLISH.split()):
        yield word, NumberWord("unit", number)
    for tens, word in enumerate(_ENGLISH_TENS.split(), start=2):
        yield word, NumberWord("tens", 10 * tens)
    yield "hundred", NumberWord("times_hundred", 100)
    yield "dozen", NumberWord("dozen", 12)
    yield "score", NumberWord("dozen", 20)
    for scale, spelled in _SCALES_EN.items():
        for word in spelled.split():
            yield word, NumberWord("scale", scale)
    for plural, table in ((False, _PARTS_EN), (True, _PART_PLURALS_EN)):
        for value, word in table.items():
            yield word, NumberWord("part", value, plural)


_WORDS = {False: dict(_english()), True: dict(_arabic())}
_ONTO = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")


@lru_cache(maxsize=50_000)
def read_word(plain: str, arabic: bool) -> Reading | None:  # noqa: FBT001 - called for every token: a keyword slows the cache
    """Read a folded word as a number word, with what Arabic writes onto it; `None` where it is none."""
    if arabic:
        return next(filter(None, (_without(plain, onto) for onto in _ONTO)), None)
    word = _WORDS[False].get(plain)
    return Reading(word, joined=False, skipped=0, definite=False) if word else None


def _without(plain: str, onto: str) -> Reading | None:
    """An Arabic word read as some clitics and a number word, with the article or without."""
    bare = plain.removeprefix(onto)
    if (onto and bare == plain) or (onto.endswith("ك") and bare in _HUNDRED):  # كمية is a quantity
        return None
    joined = onto.startswith("و")
    if word := _WORDS[True].get(bare):
        return Reading(word, joined, len(onto), definite=False)
    for article, kept in (("ال", 0), ("ل", 1)) if onto.endswith("ل") else (("ال", 0),):
        stem = bare.removeprefix(article)
        if stem != bare and (word := _WORDS[True].get(stem)):
            return Reading(word, joined, len(onto) + kept, definite=True)
    return None
