"""What kind of answer a question wants: a figure, and of what sort, a time, a place, a person, a reason.

By the words it asks with, in Arabic and English, folded (`ingest.lexis.fold`).
"""

import re
from typing import Literal

Kind = Literal["figure", "when", "who", "where", "why", "statement", "other"]
Measured = Literal["percent", "money", "area", "length", "speed", "time", "size"]

_PERSONS = """leader general politician minister spokes\\w+ commander official man woman person president judge doctor
    lawyer general journalist diplomat mayor governor officer captain colonel envoy ambassador candidate singer player
    activist director chief actor author writer scientist"""
_PLACES = """building town city village district place camp country province area neighbourhood neighborhood region
    street port airport hospital governorate suburb island state location valley mosque church site"""
_PLACES_AR = "بلده مدينه قريه منطقه مكان حي محافظه دوله بلد ولايه شارع ميناء مطار مخيم ناحيه جزيره موقع مستشفي مدرسه"
_EXPLANATIONS = """explanation reasons? grounds account justification argument warning promise advice criticism claim
    condition threat excuse"""
_TIMES = "date day month year time century decade weekday hour"
_TIMES_AR = "عام سنه تاريخ يوم شهر قرن عقد حقبه وقت ساعه موعد"


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_OPEN = r"(?:^|[,،] ?)(?:and |but |so |then )?"
"""Where a clause that asks may begin."""

_OPEN_AR = r"(?:^|[,،] ?)[وف]?"
_NO_NOUNS = "did do does is was were are has have had will would can could should of for to in by on that who"
_PLAIN_NOUNS = rf"(?:(?!{_any(_NO_NOUNS)}\b)[\w'’-]+ )"
"""A word between "which" and its noun, which no verb parts from it."""

_WHEN = _either(
    rf"{_OPEN}(?:when\b|(?:what|which) {_any(_TIMES)}\b)",
    rf"\b(?:on|for|from|in|by|until|till|since|at|to) (?:when|(?:what|which) {_any(_TIMES)})\b",
    r"\bwhat (?:was|is) the date\b",
    r"\b[وف]?(?:الي |منذ |حتي )?متي\b",
    rf"\b(?:اي|ايه) {_any(_TIMES_AR)}\b",
    rf"{_OPEN_AR}ما (?:هو |هي )?{_any('تاريخ موعد توقيت')}\b",
)
_WHY = _either(
    rf"{_OPEN}why\b",
    r"\b(?:what|which) (?:\w+ )?(?:reasons?|grounds|cause|motive)\b",
    r"\bwhat (?:made|caused|led|drove|prompted|pushed|triggered)\b",
    rf"{_OPEN_AR}(?:لماذا|لم)\b",
    rf"{_OPEN_AR}ما (?:هو |هي |هذا )?(?:سبب|اسباب|السبب|الاسباب|دوافع|دافع|الدافع|مبرر|مبررات)\b",
    rf"{_OPEN_AR}ما الذي (?:دفع|ادي|تسبب|جعل|حمل|سبب)\w*",
    r"\b(?:لاي|باي) سبب\b",
)
_WHO = _either(
    rf"{_OPEN}(?:(?:to|by|with|from|for) )?(?:who|whom|whose)\b",
    rf"\b(?:which|what) {_PLAIN_NOUNS}{{0,3}}{_any(_PERSONS)}\b",
    rf"{_OPEN_AR}من (?!(?:اي|ايه|خلال|اصل|بين|كم|اين|متي|ماذا)\b)",
    rf"\b(?:اي|ايه) {_any('وزير وزيره رييس قايد قائد جنرال مسوول نايب ناشط ضابط قاض مرشح لاعب سياسي شخص طبيب')}\b",
)
_WHERE = _either(
    rf"{_OPEN}(?:(?:from|to|near) )?where\b",
    rf"\b(?:in|at|on|near|to|from|through|outside) (?:which|what) {_PLAIN_NOUNS}{{0,2}}{_any(_PLACES)}\b",
    rf"{_OPEN}(?:which|what) {_any(_PLACES)}\b",
    r"\b[وف]?(?:من |الي )?اين\b",
    rf"\b[بف]?(?:اي|ايه) {_any(_PLACES_AR)}\b",
)
_WHETHER = _either(
    r"^(?:and )?(?:did|does|do|is|was|were|are|has|have|had|can|could|will|would|should)\b", r"^[وف]?هل\b"
)
_EXPLAINS = _either(rf"^(?:and )?(?:what|which) (?:\w+ )?{_any(_EXPLANATIONS)}\b")
_OF_MANNER = _either(
    r"^(?:and )?how (?:did|does|do|was|were|is|are|has|have|had|can|could|will)\b",
    r"^[وف]?كيف\b",
    r"\bon what grounds\b",
)
_FIRST = re.compile(r"^(?:and )?(?:what|how|which|who|whom|whose|why|where|when)\b")
_AFTERWARDS = re.compile(r"[,،] ?(?=(?:when|where|who|whose|why)\b)")
_MANY = re.compile(r"\bhow (?:many|much)\b|\b[وفب]?كم\b")
_AMOUNT = re.compile(r"\bhow much\b|\bما كميه\b|\bكم (?:ت|ي)(?:نتج|ستهلك|صدر|ستورد)\b")
_NUMBER = re.compile(r"\bwhat number\b|\bnumber of\b|\b[ولب]?عدد\b|\b(?:ال)?نسبه\b")
_TOLL = re.compile(r"\btoll\b|\b[ولب]?(?:ال)?حصيل[هت]")
_ASKS = re.compile(r"\b(?:what|which|how)\b|\b[وف]?(?:ما|كم|اي|ايه)\b|\bباي\b")

_BE_AR = "(?:هي |هو |كان |كانت |بلغت |بلغ |تبلغ |يبلغ |قيمه )*"
_ON = r".{0,150}?"
"""What may stand between the words of a pattern, of bounded length: searching takes linear time."""

_PAYING = """cost worth pay paid fetch offer spend spent price earn raise lose lost owe charge invest borrow lend fined
    donate pledge allocate sell sold contribute receive"""
_LONG = "road bridge tunnel wall pipeline border river line railway canal fence coast queue"
_SHARES = "share percentage proportion rate per.?cent fraction"
_MONIES_AR = (
    "كلفه تكلفه قيمه ثمن سعر ايرادات راتب الراتب المبلغ مبلغ عجز ارباح خساير خسايرها ديون غرامه الغرامه ميزانيه موازنه"
)
_MEASURES: dict[Measured, re.Pattern[str]] = {
    "percent": _either(
        rf"\b(?:what|which) (?:\w+ )?{_any(_SHARES)}\b",
        r"\b(?:voter )?turnout\b",
        r"\b(?:interest|inflation|unemployment|coverage|vaccination|literacy|growth|jobless) rate\b",
        r"\brate of (?:\w+ ){0,3}(?:inflation|unemployment|turnout|growth|coverage)\b",
        r"\bgrowth forecast\b",
        r"\b(?:annual|year-on-year|monthly) inflation\b",
        r"\bmain (?:interest )?rate\b",
        rf"\bby how much (?:did|has|have|had|was|were) {_ON}\b(?:ris|fall|grow|shrink|drop|increas|climb|widen)\w*",
        rf"\b(?:ما|كم|باي|بايه|اي|ايه) {_BE_AR}(?:ال)?نسب[هت]\b",
        rf"\bما {_BE_AR}(?:ال)?معدل\b",
        r"\bسعر (?:ال)?فايده\b",
        r"\bكم في المي?ا?[يء]?ه\b",
        r"\bنسبه المشاركه\b",
        r"\bمعدل (?:ال)?(?:تضخم|بطاله|نمو)",
    ),
    "money": _either(
        r"\bhow much (?:money|compensation|aid|cash|funding|tax|debt|revenue|profit|damages)\b",
        rf"\bhow much (?:did|does|do|was|is|will|has|have|were|would|had)\b{_ON}\b{_any(_PAYING)}\w*",
        r"\bwhat (?:\w+ )?(?:amount|sum|price|cost|salary|fee|fine|budget)\b",
        r"\bwhat (?:was|is|were|are) the (?:\w+ ){0,2}(?:cost|price|bill|budget|value|fine|salary|fee)\b",
        r"\bwhat did an? \w+ (?:fetch|cost)\b",
        r"\bsize of (?:the )?(?:\w+ )?(?:deficit|loan|debt|budget)\b",
        r"\bhow (?:large|big) (?:\w+ ){1,4}(?:deficit|loan|debt|budget|fine)\b",
        rf"\bما {_BE_AR}{_any(_MONIES_AR)}\b",
        rf"\bكم {_BE_AR}(?:ال)?{_any(_MONIES_AR)}\b",
        r"\bما حجم (?:ال)?(?:عجز|ديون|دين|قرض|استثمار|خساير|مساعدات)\w*",
        r"\bو?بكم\b",
        r"\bكم (?:كلف|كلفت|تكلف|يكلف|دفع|دفعت|تدفع|انفق|انفقت|خسر|خسرت|تكبد|ربح|ربحت|جمع|جمعت)\b",
    ),
    "area": _either(
        r"\b(?:what|which) (?:\w+ )?area\b",
        r"\bhow (?:large|big) (?:an|was the|is the) (?:\w+ )?area\b",
        r"\bما (?:هي )?(?:ال)?مساحه\b",
        r"\bكم (?:بلغت |تبلغ )?(?:ال)?مساحه\b",
    ),
    "speed": _either(
        r"\bhow fast\b", r"\b(?:what|which) (?:\w+ )?speed\b", r"\bما (?:هي )?(?:ال)?سرعه\b", r"\bباي سرعه\b",
        r"\bكم (?:بلغت |تبلغ )?(?:ال)?سرعه\b",
    ),
    "length": _either(
        r"\bhow (?:far|high|deep|tall|wide)\b",
        rf"\bhow long (?:is|was) the (?:\w+ )?{_any(_LONG)}\b",
        r"\bwhat (?:distance|length|depth|height|width)\b",
        r"\bwhat (?:is|was) the (?:length|depth|height|width|distance)\b",
        r"\bما (?:هو |هي )?(?:طول|عمق|ارتفاع|عرض|المسافه|مسافه)\b",
        r"\bكم (?:بلغ |يبلغ )?(?:طول|عمق|ارتفاع|عرض|مسافه|المسافه)\b",
        r"\b(?:علي|الي) اي (?:عمق|بعد|مسافه|ارتفاع)\b",
    ),
    "time": _either(
        r"\bhow long\b", r"\bما (?:هي )?(?:المده|مده)\b", r"\bكم (?:دام|دامت|استمر|استغرق|تستغرق|يستغرق)\w*\b",
    ),
    "size": _either(
        r"\bhow (?:large|big|strong|powerful|heavy)\b",
        r"\bwhat (?:size|magnitude|amount)\b",
        r"\bwhat (?:is|was) the (?:\w+ )?(?:size|magnitude|strength)\b",
        r"\bما (?:هي |هو )?(?:حجم|قوه|كميه|الكميه|رقم|احدث رقم|اخر رقم)\b",
        r"\bكم (?:بلغت |تبلغ |بلغ |يبلغ )?(?:قوه|حجم|كميه|وزن)\b",
    ),
}  # fmt: skip
OF_MEASURES = re.compile(
    r"\b(?:money|compensation|aid|cash|funding|tax|debt|revenue|profit|نسبه|معدل|مساحه|سرعه|طول|عمق|ارتفاع|مسافه|قوه|حجم"
    rf"|كميه|قد|{'|'.join(_MONIES_AR.split())})\b"
)
"""What is counted is measured: "how much money"."""


def measured(plain: str) -> Measured | None:
    """Whether a share, money or some size is asked for, in a folded question."""
    return next((sort for sort, pattern in _MEASURES.items() if pattern.search(plain)), None)


def asks_many(plain: str) -> bool:
    """Whether a folded question asks how many or how much."""
    return bool(_MANY.search(plain) or _NUMBER.search(plain) or _TOLL.search(plain) or measured(plain))


def asks_when(plain: str) -> bool:
    """Whether a folded question asks for a time."""
    return _WHEN.search(plain) is not None


def asks_amount(plain: str) -> bool:
    """Whether a folded question asks how much of something, not how many."""
    return _AMOUNT.search(plain) is not None


def asks_toll(plain: str) -> bool:
    """Whether a toll is asked for."""
    return _TOLL.search(plain) is not None and _ASKS.search(plain) is not None


def names_toll(plain: str) -> bool:
    """Whether a toll is named."""
    return _TOLL.search(plain) is not None


def asks_otherwise(plain: str) -> bool:
    """Whether a question that has words for figures in it asks for something else: whether, why, who, how."""
    if _MANY.search(plain) and not _WHETHER.search(plain):
        return False
    asks = (_WHETHER, _OF_MANNER, _EXPLAINS, _WHY, _WHO, _WHEN)
    return any(pattern.search(plain) for pattern in asks)


def kind_of(plain: str) -> Kind:
    """The kind of a folded question that asks for no figure: `other` where its words show none."""
    if _WHETHER.search(plain):
        return "other"
    if _FIRST.search(plain):  # "What did she warn of, when she announced …": what follows the comma asks nothing
        plain = _AFTERWARDS.split(plain, maxsplit=1)[0]
    if _WHEN.search(plain):
        return "when"
    if _WHY.search(plain) or "on what grounds" in plain:
        return "why"
    if _WHERE.search(plain):
        return "where"
    return "who" if _WHO.search(plain) else "other"
