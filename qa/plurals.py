"""Numbers and counted things as each of the service's languages writes them.

Arabic nouns follow their number (CLDR's plural categories for Arabic): أشخاص after 3 to 10, شخصاً after 11 to 99, شخص
after hundreds and fractions; one and two are words of their own. The forms are texts of the wording.
"""

import re
from typing import Literal

from prompts import Prompt

Category = Literal["one", "two", "few", "many", "other"]

_WHOLE = 1e15
"""From here on every float is whole."""

_SCALES = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
_LEAST_SCALED = {"en": 10**6, "ar": 3 * 10**6}
"""Values from which on a scale word is written: one and two million are words of their own in Arabic."""

_PLACES = 1000
"""A scale word stands where it leaves no more than three places behind the point."""

_FEW = range(3, 11)
_MANY = range(11, 100)
_DUAL = re.compile(r"ان\b")


def number_of(value: float) -> str:
    """A value in digits, thousands set apart."""
    if abs(value) >= _WHOLE or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def written(value: float, *, wording: Prompt, spoken: str) -> str:
    """A value as a newspaper writes it: 350,000; 1,234,567; 4.7 billion."""
    if value >= _LEAST_SCALED[spoken] and value == int(value):
        name, scale = next((name, scale) for name, scale in _SCALES if value >= scale)
        times = int(value) / scale
        # Two milliards and the like are no number and a word in Arabic, three to ten take another form of the word.
        said = spoken == "en" or category(times) in {"many", "other"}
        if int(value) * _PLACES % scale == 0 and said and times < _PLACES:
            return wording.part(f"{name}.{spoken}", number=number_of(times))
    return number_of(value)


def category(value: float) -> Category:
    """Which form a counted noun takes after a number in Arabic."""
    if value != int(value):
        return "other"
    if value in {1, 2}:
        return "one" if value == 1 else "two"
    rest = int(value) % 100
    return "few" if rest in _FEW else "many" if rest in _MANY else "other"


def counted(value: float, key: str, *, wording: Prompt, spoken: str, oblique: bool = False) -> str:
    """A number and what it counts: "28 civilians", «28 مدنياً», «مدنيان اثنان».

    Args:
        value: how many.
        key: the thing, as the wording names it: `unit.civilians`.
        wording: holds its forms.
        spoken: the language.
        oblique: whether the words stand after others that govern them, which shows in an Arabic dual.
    """
    forms = [form.strip() for form in wording.part(f"{key}.{spoken}").split("|")]
    number = written(value, wording=wording, spoken=spoken)
    if len(forms) == 1:
        return f"{number} {forms[0]}"
    if spoken == "en":
        return f"{number} {forms[value != 1]}"
    one, two, few, many, other = forms
    kind = "other" if not number.replace(",", "").isdigit() else category(value)
    if kind == "one":
        return one
    if kind == "two":
        return _DUAL.sub("ين", two) if oblique else two
    return f"{number} { {'few': few, 'many': many, 'other': other}[kind] }"
