"""Sentences that hold one number, with its value and span: what the properties of the number reader draw from.

Left out, as no reader could tell: in digits with nothing counted after them, a bare 1900 to 2099 (a year) and seven
digits or more without separators (a document, a telephone); digits alone in brackets (a list); one dot or comma before
exactly three digits as a decimal (by convention it separates thousands, so decimals have one place or two); the clitic
«ك» on a hundred (كمئة is كمية, a quantity, wherever مئة is written مية); "one" without a noun (a pronoun); decimals
after "at" (12.30 is a time); millions as a bare m (metres); and what `number_writer` leaves out.
"""

import random
import re
import unicodedata
from decimal import Decimal
from typing import Literal, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from number_writer import NOUNS, STYLES, Case, Noun, arabic_words, clitics, counted
from numeral_writer import (
    ACCUSATIVES_AR,
    CURRENCY_SIGNS,
    DIGITS,
    MONEY_SCALES_EN,
    PERCENTS_AR,
    PERCENTS_BEFORE,
    PERCENTS_EN,
    PLURALS_AR,
    SCALES_AR,
    SCALES_EN,
    absolute,
    english_words,
    in_digits,
    marks_for,
)

Language = Literal["en", "ar"]

WHOLE = st.integers(min_value=0, max_value=10**12) | st.integers(min_value=0, max_value=12).map(lambda n: 10**n)
"""Evenly drawn, most are large; hypothesis favours small ones, and the bare scales are added."""

SHORT = st.integers(min_value=0, max_value=3000)
HUNDREDTHS = st.integers(min_value=0, max_value=10**11).map(lambda n: Decimal(n).scaleb(-2))
"""Decimals with two places."""

PERCENTAGES = st.integers(min_value=0, max_value=100_000).flatmap(
    lambda n: st.sampled_from([Decimal(n % 1000), Decimal(n % 10_000).scaleb(-1), Decimal(n).scaleb(-2)])
)
"""With no decimal place, one, or two; up to 1,000."""


class Written(NamedTuple):
    """One number in a sentence."""

    before: str
    numeral: str
    """With its scale word and percent sign; nothing else."""
    after: str
    value: float

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.numeral + self.after

    @property
    def span(self) -> tuple[int, int]:
        """Where the numeral stands in it."""
        return len(self.before), len(self.before) + len(self.numeral)


COUNTING_EN = (
    ("The ministry counted ", " people in the camp on the border."),
    ("Officials said ", " civilians were killed overnight."),
    ("Aid reached ", " families, the mayor said."),
    ("The lorries carried ", " tonnes of flour to the town."),
    ("“", " homes were destroyed,” he said."),
    ("Villagers sold their sheep and ", " goats (most of them sick)."),
    ("", " houses were hit by the storm."),
)
BARE_EN = (("The count came to ", "."), ("Turnout came to ", ", she said."))
SHARES_EN = (("Turnout reached ", " in the south, the commission said."), ("Prices rose ", "."), ("(", " of them)"))
MONEY_EN = (("The bank lent them ", " at no interest."), ("Losses of ", ", the insurer said."), ("It cost ", "."))

SENTENCES_AR: dict[Case, tuple[tuple[str, str], ...]] = {
    "nom": (("قُتل ", " في القصف."), ("وصل ", " إلى الحدود، بحسب المحافظ."), ("«تضرر ", " في البلدة»، قال المختار.")),
    "acc": (("أحصت الوزارة ", " في المخيم."), ("شاهدنا ", " عند الجسر، وفق شهود."), ("إن ", " ما زالوا تحت الأنقاض.")),
    "gen": (("تحدثت مصادر محلية عن ", " بعد القصف."), ("أعلنت الوزارة وصول ", " إلى البلدة."), ("(من ", ")")),
}
"""By the case that they ask of the number."""

ONTO_AR = {
    "و": ("قُتل جنود ", " في القصف."),
    "ف": ("أما من بقي هناك ", " بحسب المختار."),
    "ب": ("استعانت البلدية ", " في أعمال الإنقاذ."),
    "ل": ("وصلت المساعدات ", " في البلدة."),
    "ك": ("بدأ المشروع ", " ثم توسع."),
    "وب": ("استعانت البلدية بالجيش ", " في أعمال الإنقاذ."),
    "ول": ("وصلت المساعدات للجيش ", " في البلدة."),
    "فب": ("أما البلدية ", " استعانت."),
    "وك": ("بدأ المشروع كفكرة ", " ثم توسع."),
}
"""What may be written onto a number, and a sentence for it."""

SHARES_AR = (
    ("بلغت نسبة المشاركة ", " في الجنوب."),
    ("ارتفعت الأسعار بنسبة ", "."),
    ("تراجع الإنتاج ", "، بحسب المصرف."),
)


@st.composite
def in_english_words(draw: st.DrawFn) -> Written:
    """A whole number in English words, of a kind that num2words writes or close to it."""
    number = draw(WHOLE | SHORT)
    form = draw(st.sampled_from(english_words(number)))
    if number == 1:
        return Written("The blast killed ", form, " officer, police said.", 1.0)
    before, after = draw(st.sampled_from(COUNTING_EN))
    form = form if before and not draw(st.booleans()) else form.capitalize()
    return Written(before, form, after, absolute(number))


@st.composite
def in_arabic_words(draw: st.DrawFn) -> Written:
    """A whole number in Arabic words, with the noun that it counts, in every case, style and ornament."""
    number, noun = draw(WHOLE | SHORT), draw(st.sampled_from(NOUNS))
    style, ornate = draw(st.sampled_from(STYLES)), draw(st.booleans())
    clitic, cases = draw(st.sampled_from([("", ("nom", "gen", "acc")), *clitics()]))
    case = draw(st.sampled_from(cases))
    if clitic.endswith("ك"):
        assume(not arabic_words(number).startswith("مئة"))
    before, after = ONTO_AR[clitic] if clitic else draw(st.sampled_from(SENTENCES_AR[case]))
    leading, form, following = counted(number, noun, case, style)
    if ornate:
        form = ornamented(form, draw(st.randoms()))
    # «و» and «احد» without its hamza are spelled as «واحد»: which of the two is meant, nobody can tell.
    assume(
        not (before + clitic + leading).endswith("و") or not re.sub("[\u0640\u064b-\u0652]", "", form).startswith("احد")
    )
    return Written(before + clitic + leading, form, following + after, absolute(number))


@st.composite
def in_loose_arabic_words(draw: st.DrawFn) -> Written:
    """The same where case and gender are anybody's, as hurried desks have them; nothing need be counted."""
    number, style = draw((WHOLE | SHORT).filter(lambda n: n != 1)), draw(st.sampled_from(STYLES))
    gender, case = draw(st.sampled_from(["m", "f"])), draw(st.sampled_from(["nom", "gen", "acc"]))
    before, after = draw(st.sampled_from([("بلغ العدد ", "."), ("كان مجموعهم ", "، بحسب الوزارة.")]))
    return Written(before, arabic_words(number, gender=gender, case=case, style=style), after, absolute(number))


@st.composite
def in_plain_digits(draw: st.DrawFn) -> Written:
    """A whole number in digits of any script, with any separator, in a sentence of either language."""
    return _numeral(draw, number := draw(WHOLE | SHORT), number)


@st.composite
def decimal_in_digits(draw: st.DrawFn) -> Written:
    """A decimal with two places, in digits."""
    return _numeral(draw, draw(HUNDREDTHS), None)


_ENDLESS = 10**6


def _numeral(draw: st.DrawFn, value: Decimal | int, whole: int | None) -> Written:
    digits = draw(st.sampled_from(DIGITS))
    form = in_digits(value, digits, draw(st.sampled_from(marks_for(digits))))
    kind = draw(st.sampled_from(["counting", "bare", "arabic", "onto"]))
    if kind == "bare" and whole is not None and (1900 <= whole <= 2099 or (whole >= _ENDLESS and form.isdigit())):
        kind = "counting"
    if kind in {"counting", "bare"}:
        before, after = draw(st.sampled_from(COUNTING_EN if kind == "counting" else BARE_EN))
    else:
        noun: Noun = draw(st.sampled_from(NOUNS))
        clitic = (
            draw(st.sampled_from(["و", "ب", "بـ", "ل", "لـ", "ك", "كـ", "ف", "وب", "وبـ"])) if kind == "onto" else ""
        )
        before, after = ONTO_AR[clitic.rstrip("ـ")] if clitic else draw(st.sampled_from(SENTENCES_AR["nom"]))
        following = " طن" if whole is None else counted(whole, noun)[2] or f" {noun.singular}"
        before, after = before + clitic, following + after
    return Written(before, form, after, absolute(value))


@st.composite
def decimal_in_words(draw: st.DrawFn) -> Written:
    """A decimal with two places in English words (fourteen point zero five). Arabic papers write none in words."""
    value = draw(HUNDREDTHS.filter(lambda one: one % 1 != 0))
    before, after = draw(st.sampled_from(COUNTING_EN[3:4]))
    return Written(before, draw(st.sampled_from(english_words(value))), after, absolute(value))


_SCALED = st.integers(min_value=1, max_value=999).map(Decimal) | st.integers(min_value=1, max_value=99_999).map(
    lambda n: Decimal(n).scaleb(-2)
)


@st.composite
def with_scale_word(draw: st.DrawFn) -> Written:
    """Digits and a scale: 14.5 million, €1.2bn, 54 ألف, 8 ملايين, 14,55 مليون."""
    value, digits = draw(_SCALED), draw(st.sampled_from(DIGITS))
    form = in_digits(value, digits, draw(st.sampled_from(marks_for(digits))))
    kind = draw(st.sampled_from(["english", "money", "arabic", "onto"]))
    if kind in {"english", "money"}:
        scale = draw(st.sampled_from(SCALES_EN if kind == "english" else MONEY_SCALES_EN))
        before, after = draw(st.sampled_from(COUNTING_EN if kind == "english" else MONEY_EN))
        before += draw(st.sampled_from(CURRENCY_SIGNS)) if kind == "money" else ""
        return Written(before, form + scale.word, after, absolute(value, scale.size))
    tail = value if value % 1 == 0 else Decimal(0)
    scales = PLURALS_AR if 3 <= tail <= 10 else (*SCALES_AR, *ACCUSATIVES_AR) if 11 <= tail <= 99 else SCALES_AR
    scale = draw(st.sampled_from(scales))
    clitic = draw(st.sampled_from(["و", "بـ", "ل", "لـ", "ك", "ف"])) if kind == "onto" else ""
    before, after = ONTO_AR[clitic.rstrip("ـ")] if clitic else draw(st.sampled_from(SENTENCES_AR["gen"]))
    counted_noun = "" if scale in ACCUSATIVES_AR else " دولار"
    return Written(before + clitic, form + scale.word, counted_noun + after, absolute(value, scale.size))


@st.composite
def as_money(draw: st.DrawFn) -> Written:
    """A currency sign before the digits: it is no part of the numeral."""
    value, digits = draw(HUNDREDTHS | WHOLE.map(Decimal)), draw(st.sampled_from(DIGITS))
    before, after = draw(st.sampled_from(MONEY_EN))
    form = in_digits(value, digits, draw(st.sampled_from(marks_for(digits))))
    return Written(before + draw(st.sampled_from(CURRENCY_SIGNS)), form, after, absolute(value))


@st.composite
def as_scales_in_turn(draw: st.DrawFn) -> Written:
    """Millions and thousands, each with its own digits: 3 ملايين و200 ألف."""
    digits = draw(st.sampled_from(DIGITS))
    millions = draw(st.integers(min_value=3, max_value=10))
    thousands = draw(st.integers(min_value=11, max_value=999).filter(lambda n: n % 100 not in range(11)))
    form = f"{in_digits(millions, digits)} ملايين و{in_digits(thousands, digits)} ألف"
    before, after = draw(st.sampled_from(SENTENCES_AR["gen"]))
    return Written(before, form, f" دولار{after}", absolute(millions * 1000 + thousands, 1000))


@st.composite
def as_percentage(draw: st.DrawFn) -> Written:
    """A percentage in digits or words, its sign or words after it, or the sign before it."""
    value, digits = draw(PERCENTAGES), draw(st.sampled_from(DIGITS))
    language = draw(st.sampled_from(["en", "ar"]))
    before, after = draw(st.sampled_from(SHARES_EN if language == "en" else SHARES_AR))
    form = in_digits(value, digits, draw(st.sampled_from(marks_for(digits))))
    if language == "ar" and draw(st.booleans()):
        return Written(before, draw(st.sampled_from(PERCENTS_BEFORE)) + form, after, absolute(value))
    sign = draw(st.sampled_from(PERCENTS_EN if language == "en" else PERCENTS_AR))
    if any(map(str.isalpha, sign)) and draw(st.booleans()) and (language == "en" or value % 1 == 0):
        whole = int(value) if value % 1 == 0 else value
        form = draw(st.sampled_from(english_words(whole))) if language == "en" else _arabic(draw, int(value))
    return Written(before, form + sign, after, absolute(value))


def _arabic(draw: st.DrawFn, number: int) -> str:
    return arabic_words(number, case="gen", style=draw(st.sampled_from(STYLES)))


_MARKS = "\u064e\u064f\u0650\u0652\u0651"
"""Fatha, damma, kasra, sukun, shadda; tanwin would turn the dual ألفا into ألفاً."""

_UNJOINED = "اأإآدذرزوؤىةء"
_BARE = str.maketrans("أإآ", "ااا")


def ornamented(form: str, draw: random.Random) -> str:
    """The same word in another dress: tashkeel and tatweel here and there, hamzas left off, ه for ة, ي for ى, NFD."""
    if draw.random() < 1 / 4:
        form = form.translate(_BARE)
    if draw.random() < 1 / 4:
        form = " ".join(word[:-1] + word[-1].translate(str.maketrans("ةى", "هي")) for word in form.split(" "))
    if draw.random() < 1 / 2:
        form = "".join(_dressed(letter, after, draw) for letter, after in zip(form, [*form[1:], " "], strict=True))
    return unicodedata.normalize("NFD", form) if draw.random() < 1 / 8 else form


def _dressed(letter: str, after: str, draw: random.Random) -> str:
    if not letter.isalpha() or not (after.isalpha() or after == " "):
        return letter
    mark = draw.choice(_MARKS) if draw.random() < 1 / 3 and letter != "ا" else ""
    tatweel = "ـ" * draw.choice([0, 0, 1, 3]) if after.isalpha() and letter not in _UNJOINED else ""
    return letter + mark + tatweel
