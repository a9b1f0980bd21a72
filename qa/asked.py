"""What a question wants of a sentence, as far as choosing sentences needs to know, and whether a sentence has it.

What a question asks is read in `qa.question`; of a sentence, that it "holds a figure" when it has a digit or a number
word is enough to choose it by.
"""

import re

from ingest.lexis import fold
from qa.kinds import asks_many, asks_when

_TIME = re.compile(
    r"(?<!\d)\d{3,4}(?!\d)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|yesterday|today)\b|\b(?:و|ف)?(?:ال)?(?:قرن|عام|سنه"
    r"|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|كانون|شباط|اذار|نيسان|ايار|حزيران|تموز"
    r"|ايلول|تشرين|سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|امس|اليوم)\b"
)
_QUESTION_WORDS = frozenset(
    "who whom whose what which when where why how many much من ما ماذا متي اين كم كيف لماذا ماهي ماهو اي هي هو".split()  # noqa: SIM905 - a word list reads best as running text
)
_UNITS_EN = "one two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen half"
_TEENS_EN = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_AR = """واحد واحده اثنان اثنين اثنتان اثنتين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني ثمان تسعه تسع
    عشره عشر احد احدي عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون
    تسعين مئه مائه مئتان مئتين مائتان مائتين مئات الف الفا الفان الفين الاف مليون ملايين مليار مليارات نصف ثلث ربع"""
_NUMBER_WORDS = frozenset(f"{_UNITS_EN} {_TEENS_EN} {_TENS_EN}".split()) | {fold(word) for word in _AR.split()}
_CLITICS = ("و", "ب", "ل", "ف", "ال", "وال", "بال", "لل")
_REASONS_EN = """
    because due\\sto owing\\sto thanks\\sto as\\sa\\sresult on\\saccount\\sof in\\sresponse in\\sretaliation
    in\\sprotest for\\sfear in\\sorder\\sto so\\sthat blam\\w+ caus\\w+ reasons? attribut\\w+ prompt\\w+ led\\sto
    stem\\w+\\sfrom triggered after since over grounds"""
_REASONS_AR = """سبب بسبب لان لانه لانها لانهم نتيجه جراء اثر عزا عزت تعزو يعزو ردا احتجاجا كي لكي خشيه خوفا بدعوي
    بحجه بعد بعدما لعدم مبررا مبرره علل عللت ارجع ارجعت ناجم ناتج لغياب لاجل من\\sاجل اذ"""
_REASON = re.compile(rf"\b(?:{'|'.join(_REASONS_EN.split())})\b|\b[وفب]?(?:{'|'.join(_REASONS_AR.split())})\b")
_EARLIER_EN = (
    r"earlier|previous|previously|initial|initially|at first|up from|down from|revised (?:up |down )?from|revising"
    r"|compared (?:with|to)|against"
    r"|had (?:(?!also)\w+ )?(?:reported|counted|said|put|given|announced|recorded|spoken|been)"
)
_EARLIER_AR = r"[وف]?كانت? (?:\w+ ){0,4}قد|سابق\w*|السابق\w*|اولي|اوليه|مقارنه|مقابل|بعدما كان\w*"
_EARLIER = re.compile(rf"\b(?:{_EARLIER_EN}|{_EARLIER_AR})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W_]+")


def wants_figure(question: str) -> bool:
    """Whether a question asks how many or how much, in Arabic or English."""
    return asks_many(fold(question))


def holds_figure(sentence: str) -> bool:
    """Whether a sentence has a digit or a number word, in Arabic or English."""
    return any(_is_number(word) for word in _WORD.findall(fold(sentence)))


def wants_time(question: str) -> bool:
    """Whether a question asks when, in Arabic or English."""
    return asks_when(fold(question))


def holds_time(sentence: str) -> bool:
    """Whether a sentence names a year, a month, a day or a century, in Arabic or English."""
    return bool(_TIME.search(fold(sentence)))


def gives_reason(sentence: str) -> bool:
    """Whether a sentence gives a reason for something, by the words that do, in Arabic or English."""
    return bool(_REASON.search(fold(sentence)))


def recalls(words: str) -> bool:
    """Whether the words before a figure say that it was given before, and is not the news, in Arabic or English."""
    return bool(_EARLIER.search(fold(words)))


def is_question_word(word: str) -> bool:
    """Whether a word of a question asks for something, or belongs to one that does ("how many", «من هو»)."""
    return fold(word) in _QUESTION_WORDS


def years(text: str) -> set[int]:
    """Years from 1900 to 2099 that a text names in digits of any script."""
    return {int(year) for year in _YEAR.findall(fold(text))}


def _is_number(word: str) -> bool:
    if word[0].isdigit() or word in _NUMBER_WORDS or word.removeprefix("و").isdigit():
        return True
    return any(word.startswith(clitic) and word[len(clitic) :] in _NUMBER_WORDS for clitic in _CLITICS)
