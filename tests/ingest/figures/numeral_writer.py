"""Numbers in digits, with scale words, as percentages and in English words: the other half of the writer.

A form and its value; values are decimals, so that 14.55 million is 14,550,000 and not nearly that.
"""

from decimal import Decimal
from typing import NamedTuple

from num2words import num2words

DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
"""ASCII, Arabic-Indic, Persian."""

_LATIN, _ARABIC = DIGITS[0], DIGITS[1:]


class Marks(NamedTuple):
    """What stands between thousands, and before a fraction."""

    thousands: str
    decimal: str


MARKS = tuple(
    Marks(thousands, decimal)
    for thousands, decimals in {
        "": ".,",
        ",": ".",
        ".": ",",
        " ": ".,",
        "\u00a0": ".,",
        "\u202f": ".,",
        "\u2009": ".,",
        "'": ".,",
        "\u2019": ".,",
    }.items()
    for decimal in decimals
)
"""For digits of any script. One dot or comma before exactly three digits always separates thousands."""

ARABIC_MARKS = (Marks("٬", "٫"), Marks("", "٫"), Marks("،", "٫"), Marks("٬", "."))
"""For Arabic-Indic and Persian digits as well."""


def marks_for(digits: str) -> tuple[Marks, ...]:
    """Separators that are used with digits of a script; the Arabic thousands mark is seen with ASCII ones, too."""
    return (*MARKS, *ARABIC_MARKS) if digits in _ARABIC else (*MARKS, Marks("٬", "."))


def in_digits(value: Decimal | int, digits: str = _LATIN, marks: Marks = MARKS[0]) -> str:
    """Write a number in digits; a decimal keeps all the places that it has."""
    whole, dot, fraction = f"{Decimal(value):,f}".partition(".")
    text = whole.replace(",", marks.thousands) + (marks.decimal if dot else "") + fraction
    return text.translate(str.maketrans(_LATIN, digits))


class Scale(NamedTuple):
    """A word or letter that multiplies the digits before it."""

    word: str
    size: int
    """What it multiplies by."""


SCALES_EN = (
    *(Scale(f" {word}", size) for word, size in (("thousand", 10**3), ("million", 10**6), ("billion", 10**9))),
    *(Scale("\u00a0million", 10**6), Scale(" trillion", 10**12), Scale(" Million", 10**6)),
    *(Scale("k", 10**3), Scale("K", 10**3), Scale("mn", 10**6), Scale(" mn", 10**6)),
    *(Scale("bn", 10**9), Scale(" bn", 10**9), Scale("tn", 10**12)),
)
MONEY_SCALES_EN = (*SCALES_EN, Scale("m", 10**6), Scale("M", 10**6), Scale("b", 10**9))
"""With a currency sign, m is million; without one, it may be metres."""

_SINGULARS_AR = (("ألف", 10**3), ("مليون", 10**6), ("مليار", 10**9), ("بليون", 10**9), ("تريليون", 10**12))
_PLURALS_AR = (("آلاف", 10**3), ("ملايين", 10**6), ("مليارات", 10**9), ("بلايين", 10**9), ("تريليونات", 10**12))
SCALES_AR = tuple(Scale(f" {word}", size) for word, size in _SINGULARS_AR)
ACCUSATIVES_AR = tuple(Scale(f" {word}{tanwin}", size) for word, size in _SINGULARS_AR for tanwin in ("اً", "ًا"))
PLURALS_AR = tuple(Scale(f" {word}", size) for word, size in _PLURALS_AR)

CURRENCY_SIGNS = ("$", "€", "£", "US$", "₪", "USD ", "¥")

PERCENTS_EN = ("%", " %", "\u00a0%", " percent", " per cent", "\u00a0percent")
PERCENTS_AR = ("%", "٪", " %", " في المئة", " في المائة", " بالمئة", " بالمائة", "\u00a0في المئة")
PERCENTS_BEFORE = ("%", "٪")
"""«%47,3»: before its number, as Arabic typists put it."""


def english_words(value: Decimal | int) -> tuple[str, ...]:
    """Every way to write a number in English words; the first is num2words', with commas, "and" and hyphens."""
    written = str(num2words(value, lang="en"))
    forms = [written, written.replace(",", ""), written.replace("-", " "), written.replace(" and ", " ")]
    forms.append(written.replace(",", "").replace(" and ", " ").replace("-", " "))
    if written.startswith("one ") and not written.startswith("one point"):
        forms += [form.replace("one ", "a ", 1) for form in forms]
    if isinstance(value, int) and (hundreds := _hundreds(value)):
        forms.append(hundreds)
    return tuple(dict.fromkeys(forms))


def _hundreds(value: int) -> str | None:
    """Seventeen hundred: whole hundreds from 1,100 to 9,900 that are no whole thousands."""
    if value % 100 or value % 1000 == 0 or not 1100 <= value <= 9900:
        return None
    return f"{num2words(value // 100, lang='en')} hundred"


def absolute(value: Decimal | int, scale: int = 1) -> float:
    """What a reader is to say: the nearest floating point number."""
    return float(Decimal(value) * scale)
