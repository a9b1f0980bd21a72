"""Words that numbers are written in, in English and Arabic, and what each adds to a number.

Arabic ones are kept folded (`ingest.lexis.fold`); genders and cases of one number are one entry each.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

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
_UNITS_AR = {
    0: "صفر",
    1: "واحد واحدا واحدة أحد إحدى",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين",
    3: "ثلاث ثلاثا ثلاثة",
    4: "أربع أربعا أربعة",
    5: "خمس خمسا خمسة",
    6: "ست ستا ستة",
    7: "سبع سبعا سبعة",
    8: "ثماني ثمان ثمانيا ثمانية",
    9: "تسع تسعا تسعة",
}
_TENS_AR = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_HUNDREDS_AR = {
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
_SCALES_AR = {1e3: "ألف", 1e6: "مليون", 1e9: "مليار بليون", 1e12: "تريليون"}
_PLURALS_AR = {1e3: "آلاف ألوف", 1e6: "ملايين", 1e9: "مليارات بلايين", 1e12: "تريليونات"}
_PARTS_AR = {1 / 2: "نصف", 1 / 3: "ثلث", 1 / 4: "ربع", 1 / 10: "عشر"}
_PART_PLURALS_AR = {1 / 3: "أثلاث", 1 / 4: "أرباع", 1 / 5: "أخماس", 1 / 6: "أسداس", 1 / 8: "أثمان", 1 / 10: "أعشار"}
_SCALES_EN = {1e3: "thousand k", 1e6: "million mn", 1e9: "billion bn", 1e12: "trillion tn trn"}
_PARTS_EN = {
    1 / 2: ("half", "halves"),
    1 / 3: ("third", "thirds"),
    1 / 4: ("quarter", "quarters"),
    1 / 5: ("fifth", "fifths"),
    1 / 6: ("sixth", "sixths"),
    1 / 8: ("eighth", "eighths"),
    1 / 10: ("tenth", "tenths"),
}


def _arabic() -> Iterator[tuple[str, NumberWord]]:
    for table, role in ((_UNITS_AR, "unit"), (_TENS_AR, "tens"), (_HUNDREDS_AR, "hundred")):
        for value, words in table.items():
            for word in words.split():
                yield fold(word), NumberWord(role, value, arabic=True)  # type: ignore[arg-type] - roles of this table
    for word in "عشر عشرا عشرة".split():  # noqa: SIM905 - a word list reads best as running text
        yield fold(word), NumberWord("ten", 10, arabic=True)
    for scale, words in _SCALES_AR.items():
        for word in words.split():
            yield fold(word), NumberWord("scale", scale, arabic=True)
            for ending in ("ان", "ين", "ي"):
                yield fold(word + ending), NumberWord("dual", 2 * scale, arabic=True)
            yield fold(word + "ا"), NumberWord("scale", scale, arabic=True)  # or a dual: `numerals` decides
    for scale, words in _PLURALS_AR.items():
        for word in words.split():
            yield fold(word), NumberWord("scale", scale, plural=True, arabic=True)
    for value, word in _PARTS_AR.items():
        if value > 1 / 10:  # عشر is ten first
            yield fold(word), NumberWord("part", value, arabic=True)
    for ending in "ا ي ان ين".split():  # noqa: SIM905 - a word list reads best as running text
        yield fold(f"ثلث{ending}"), NumberWord("part", 2 / 3, arabic=True)
    for value, words in _PART_PLURALS_AR.items():
        yield fold(words), NumberWord("part", value, plural=True, arabic=True)
    for word, value in (("دزينة", 12), ("دزينتان", 24), ("دزينتين", 24)):
        yield fold(word), NumberWord("dozen", value, arabic=True)


def _english() -> Iterator[tuple[str, NumberWord]]:
    for number, word in enumerate(_ENGLISH.split()):
        yield word, NumberWord("unit", number)
    for tens, word in enumerate(_ENGLISH_TENS.split(), start=2):
        yield word, NumberWord("tens", 10 * tens)
    yield "hundred", NumberWord("times_hundred", 100)
    for scale, words in _SCALES_EN.items():
        for word in words.split():
            yield word, NumberWord("scale", scale)
    for value, (one, many) in _PARTS_EN.items():
        yield one, NumberWord("part", value)
        yield many, NumberWord("part", value, plural=True)
    yield "dozen", NumberWord("dozen", 12)
    yield "score", NumberWord("dozen", 20)


_WORDS = dict(_english()) | dict(_arabic())
_HUNDRED = {fold(word) for word in _HUNDREDS_AR[100].split()}
_ONTO = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
DOUBTFUL_DUALS = {fold(word + "ا") for words in _SCALES_AR.values() for word in words.split()}
"""The accusative of a scale (ألفاً) and its dual before a noun (ألفا جندي) are one word without tashkeel."""


@lru_cache(maxsize=50_000)
def read_word(plain: str, *, arabic: bool) -> Reading | None:
    """Read a folded word as a number word, with what Arabic writes onto it; `None` where it is none."""
    if not arabic:
        word = _WORDS.get(plain)
        return Reading(word, joined=False, skipped=0, definite=False) if word and not word.arabic else None
    for onto in _ONTO:
        if not plain.startswith(onto):
            continue
        bare = plain[len(onto) :]
        if onto.endswith("ك") and bare in _HUNDRED:  # كمية is a quantity
            continue
        if (word := _WORDS.get(bare)) and word.arabic:
            return Reading(word, onto.startswith("و"), len(onto), definite=False)
        for article, kept in (("ال", 0), ("ل", 1)) if onto.endswith("ل") else (("ال", 0),):
            stem = bare.removeprefix(article)
            if stem != bare and (word := _WORDS.get(stem)) and word.arabic:
                return Reading(word, onto.startswith("و"), len(onto) + kept, definite=True)
    return None
