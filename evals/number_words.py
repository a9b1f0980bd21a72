"""Words that numbers are written in, Arabic ones folded as `ingest.lexis.fold` does."""

import re
from collections.abc import Mapping

from ingest.domain import Bound
from ingest.lexis import fold


def _folded(words: Mapping[float, str]) -> dict[str, float]:
    """Each word with its value."""
    return {fold(word): value for value, spellings in words.items() for word in spellings.split()}


_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ARABIC: dict[float, str] = {
    0: "صفر",
    1: "واحد واحدا واحدة أحد إحدى",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    3: "ثلاث ثلاثا ثلاثة",
    4: "أربع أربعا أربعة",
    5: "خمس خمسا خمسة",
    6: "ست ستا ستة",
    7: "سبع سبعا سبعة",
    8: "ثماني ثمان ثمانيا ثمانية",
    9: "تسع تسعا تسعة",
    10: "عشر عشرا عشرة",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "مئة مائة مية",
    200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
    300: "ثلاثمئة ثلاثمائة",
    400: "أربعمئة أربعمائة",
    500: "خمسمئة خمسمائة",
    600: "ستمئة ستمائة",
    700: "سبعمئة سبعمائة",
    800: "ثمانمئة ثمانمائة ثمانيمئة",
    900: "تسعمئة تسعمائة",
}
ADDED: dict[str, float] = (
    {word: value for value, word in enumerate(_ENGLISH.split())}
    | {word: 10 * tens for tens, word in enumerate(_ENGLISH_TENS.split(), start=2)}
    | _folded(_ARABIC)
)
"""Words that add their value."""

SCALES: dict[str, float] = _folded(
    {
        12: "dozen دزينة دزينات",
        20: "score",
        100: "hundred",
        1e3: "thousand k ألف ألفاً آلاف",
        1e6: "million m mn مليون مليوناً ملايين",
        1e9: "billion bn مليار ملياراً مليارات بليون بلايين",
        1e12: "trillion tn تريليون تريليوناً تريليونات",
    }
)
"""Words that multiply what stands before them."""

DUALS = _folded(
    {
        12: "دزينتان دزينتين",
        1e3: "ألفان ألفين ألفي",
        1e6: "مليونان مليونين مليوني",
        1e9: "ملياران مليارين ملياري",
    }
)
"""Two of a scale, in one word."""

DOUBLED = {fold(word) for word in ("ألفا", "مليونا", "مليارا")}
"""Scales that may be two as well: folded, the accusative ألفاً and the dual ألفا are one."""

PLURALS = {fold(word) for word in ("دزينات", "آلاف", "ملايين", "مليارات", "بلايين", "تريليونات")}
"""Scales that are vague by themselves."""

HUNDREDS = {fold(word) for word in ("مئة", "مائة", "مية")}
"""One hundred; what may be written onto it is less than onto others: كمية is a quantity."""

PARTS = _folded(
    {
        1 / 2: "half نصف",
        1 / 3: "third thirds ثلث أثلاث",
        2 / 3: "ثلثا ثلثي ثلثان ثلثين",
        1 / 4: "quarter quarters ربع أرباع",
        1 / 5: "fifth fifths أخماس",
    }
)
"""Fractions; خمس is a fifth as well, but more often five."""

_MONTHS_AR = """كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس
    سبتمبر أكتوبر نوفمبر ديسمبر"""
MONTHS = "|".join(
    ["(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\w*", *(fold(word) for word in _MONTHS_AR.split())]
)
"""A pattern of months, for folded text."""


def _either(english: str, arabic: str) -> re.Pattern[str]:
    """A pattern of hedges in both languages, for folded text; «و», «ف», «ب», «ل» may be written onto an Arabic one."""
    return re.compile(rf"\b(?:{english}|[وفبل]?(?:{'|'.join(map(fold, arabic.split(', ')))}))\b")


HEDGES: dict[Bound, re.Pattern[str]] = {
    "approximately": _either(
        "about|around|nearly|some|almost|roughly|approximately|close to|or so|an estimated|estimated",
        "نحو, حوالي, حوالى, قرابة, زهاء, تقريباً, تقريبا, ما يقارب, يقارب, يناهز, ما يناهز",
    ),
    "at_least": _either(
        "at least|no fewer than|no less than|not less than|or more|as many as|a minimum of|minimum",
        "ما لا يقل عن, لا يقل, لا تقل, على الأقل, في الأقل, أقله, كحد أدنى, بحد أدنى",
    ),
    "at_most": _either(
        "at most|up to|no more than|not more than|not exceeding|a maximum of|maximum|or fewer|or less|within",
        "لا يتجاوز, لا تتجاوز, لا يزيد, لا تزيد, بحد أقصى, كحد أقصى, على الأكثر, حتى, خلال",
    ),
    "more_than": _either(
        "more than|over|above|exceed|exceeds|exceeded|exceeding|upwards of|in excess of|topped",
        "أكثر من, يزيد, تزيد, يزيد على, ما يزيد, تجاوز, تجاوزت, يتجاوز, تتجاوز, فوق, أزيد, يفوق, تفوق",
    ),
    "less_than": _either(
        "fewer than|less than|under|below|short of",
        "أقل من, دون, يقل عن, تقل عن, ما يقل",
    ),
}
"""Words that hedge a figure, by the bound that they make of it."""
