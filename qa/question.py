"""What does a question ask? Read once, before anything is looked for in the sentences found.

Question → what kind of answer, how many of what, said by whom, where
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ingest.aliases import Aliases
from ingest.figures import read_figures
from ingest.figures.counted import noun_phrase, of_illness
from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token, tokenize
from ingest.figures.unit_words import Unit, unit_words
from ingest.lexis import fold
from ingest.places import Places

Kind = Literal["figure", "when", "who", "where", "why", "statement", "other"]
Measured = Literal["percent", "money", "area", "length", "speed", "time", "size"]

_PERSON = Unit("people", human=True, fate=None)


class Asked(NamedTuple):
    """What a question asks."""

    kind: Kind
    """Sort of answer."""

    unit: Unit | None = None
    """What is counted, where that is known."""

    counted: str | None = None
    """What is counted, as the question writes it."""

    fate: str | None = None
    """What befell them."""

    measured: Measured | None = None
    """Whether a share, an amount of money or some size is asked for."""

    speaker: str | None = None
    """Who is asked to have said it, as the question writes it, with what describes them; `None`: anybody."""

    speakers: frozenset[str] = frozenset()
    """Canonical names of known bodies in it."""

    places: frozenset[str] = frozenset()
    """Canonical names of known places in the question."""

    numbers: frozenset[float] = frozenset()
    """Figures that the question itself gives."""


def read_question(text: str, *, aliases: Aliases, places: Places) -> Asked:
    """Read what a question asks. Takes time linear in its length; never raises."""
    tokens = tokenize(text)
    speaker = asked_speaker(text)
    if speaker is not None and all(fold(word) in _ROLES for word in speaker.split()):
        speaker = None  # «المتحدث باسمه»: whose, only the question itself says
    known = frozenset(found.canonical for found in aliases.find(speaker)) if speaker else frozenset()
    where = frozenset(found.canonical for found in places.find(text))
    plain = fold(text)
    at = _counted_at(tokens)
    measured = _measured(plain)
    toll = _TOLL.search(plain) is not None
    asks_figure = at is not None or measured is not None or (toll and _WHAT.search(plain) is not None)
    if not asks_figure or _OTHERWISE.search(plain):
        return Asked(_kind(plain, speaker), speaker=speaker, speakers=known, places=where)
    phrase, unit, last = noun_phrase(text, tokens, at, len(tokens)) if at is not None else (None, None, -1)
    unit = _of_toll(tokens) if toll and unit is None else unit
    if phrase and unit and unit.fate == "wounded" and of_illness(tokens, last):
        unit = Unit("cases", human=False, fate=None)
    if phrase is not None and not _MEASURES.search(fold(phrase)):
        measured = None
    fate = (unit.fate if unit else None) or _fate_after(tokens, max(last + 1, at or 0)) or ("killed" if toll else None)
    if unit is None and (phrase is None or fold(phrase) in _ANYBODY) and fate and measured is None:
        unit = _PERSON
    if unit and unit.canonical == "percent":
        measured = "percent"
    if measured is None and unit is None and _HOW_MUCH.search(plain):
        measured = "size"
    given = frozenset(figure.value for figure in read_figures(text))
    return Asked("figure", unit, phrase, fate, measured, speaker, known, where, given)


_ROLES = {
    fold(word)
    for word in "المتحدث المتحدثة الناطق متحدث باسمه باسمها باسمهم رئيسه رئيسها رئيسته مديره مديرها مديرته مديرتها its his her their spokesman spokeswoman director head".split()  # noqa: SIM905 - a word list reads best as running text
}
_ANYBODY = {"victims", "the victims", "dead", fold("ضحايا"), fold("الضحايا")}
_WHAT = re.compile(r"^(?:and )?(?:what|which|how)|^و?(?:ما|كم)\b")
_OTHERWISE = re.compile(
    r"^(?:and )?(?:what (?:explanation|reason|grounds)|why|how did|how does|did|does|is|was|were|are|has|have|who|whom|when|where|on what"
    r"|from what date|for what date|which|on which)\b(?!.*\bhow many\b)|^(?:did|does|is|was|has) |^و?(?:هل|لماذا|متي|من|اين|كيف)\b"
)
_HOW_MUCH = re.compile(r"\bhow much\b|\bما كميه\b|\bكم (?:تنتج|ينتج|يستهلك|تستهلك)\b")
_TOLL = re.compile(r"\btoll\b|\b[ولب]?(?:ال)?حصيل[هت]")
_PERCENT = re.compile(
    r"\b(?:what|which) (?:share|percentage|proportion|rate|per ?cent)\b|\bturnout\b|\b(?:interest|inflation|unemployment|coverage) rate\b"
    r"|\brate of (?:\w+ ){0,2}(?:inflation|unemployment|turnout|growth|coverage)\b|\bgrowth (?:forecast|rate)\b"
    r"|\b(?:annual|year-on-year) inflation\b|\bmain (?:interest )?rate\b"
    r"|\b(?:ما|كم|باي|باية|اي|بايه|هي|كانت|بلغت) (?:هي |كانت |بلغت )?(?:ال)?نسب[هت]|\bما معدل\b|\b(?:اي )?مستوي .*سعر الفايده\b"
    r"|\bكم في المي?ا?يه\b|\bنسبه المشاركه\b|\bمعدل (?:ال)?(?:تضخم|بطاله|نمو)"
)
_MONEY = re.compile(
    r"\bhow much (?:money|compensation|aid)\b|\bhow much (?:did|does|do|was|is|will|has|were)\b.*\b(?:cost|worth|pay|paid|fetch|offer\w*|spend|spent|price\w*)\b"
    r"|\bwhat (?:amount|sum|price|cost)\b|\bwhat (?:was|is) the (?:final )?(?:cost|price|bill)\b|\bwhat did a dollar fetch\b"
    r"|\bsize of (?:the )?deficit\b|\bما (?:هو )?المبلغ\b|\bكم (?:بلغت |تبلغ |بلغ |يبلغ )?(?:كلفه|تكلفه|قيمه|ثمن|سعر|ايرادات|راتب|الراتب)\b"
    r"|\bما (?:كلفه|تكلفه|قيمه|ثمن|سعر|حجم العجز)\b|\bو?بكم\b"
)
_SIZES: dict[Measured, re.Pattern[str]] = {
    "area": re.compile(
        r"\b(?:what|which|how (?:large|big) (?:an|was the|is the)) (?:\w+ )?area\b|\bما (?:هي )?(?:المساحه|مساحه)\b|\bكم (?:بلغت |تبلغ )?مساحه\b"
    ),
    "speed": re.compile(r"\bhow fast\b|\bwhat speed\b|\bما (?:هي )?سرعه\b|\bكم (?:بلغت |تبلغ )?سرعه\b"),
    "length": re.compile(
        r"\bhow (?:far|high|deep|tall|wide)\b|\bwhat (?:distance|length|depth|height)\b|\bما (?:طول|عمق|ارتفاع|المسافه|مسافه)\b|\bعلي اي (?:عمق|بعد|مسافه)\b"
    ),
    "time": re.compile(r"\bhow long\b|\bما (?:المده|مده)\b|\bكم (?:دام|دامت|استمر|استغرق)\w*\b"),
    "size": re.compile(
        r"\bhow (?:large|big|strong|powerful|old)\b|\bwhat (?:size|magnitude|amount)\b|\bما (?:حجم|قوه|كميه|الكميه|رقم|احدث رقم)\b"
    ),
}
_MEASURES = re.compile(r"\b(?:money|compensation|aid|نسبه|كلفه|تكلفه|قيمه|ثمن|سعر|ايرادات|راتب|الراتب|معدل|قد)\b")
_BETWEEN_EN = frozenset({"were", "was", "are", "is", "have", "has", "had", "been", "of", "them", "those"})
_BETWEEN_AR = {fold(word) for word in "بلغ بلغت يبلغ تبلغ كان كانت عدد إجمالي من هو هم".split()}  # noqa: SIM905 - a word list reads best as running text


def _counted_at(tokens: Sequence[Token]) -> int | None:
    """Index of the token that what is counted begins at: after "how many", «كم», "number of", «عدد»."""
    plain = [token.plain for token in tokens]
    for at, word in enumerate(plain):
        following = plain[at + 1] if at + 1 < len(plain) else ""
        if word == "how" and following in {"many", "much"}:
            step = at + 2
            while step < len(plain) and plain[step] in _BETWEEN_EN:
                step += 1
            return step
        if tokens[at].arabic and word.lstrip("وفلب") in {"كم", "عدد"}:
            step = at + 1
            while step < len(plain) and plain[step] in _BETWEEN_AR:
                step += 1
            return step
        if word in {"number", "numbers", "total", "tally", "count"} and following == "of":
            return at + 2
    return None


def _of_toll(tokens: Sequence[Token]) -> Unit | None:
    """Whose toll: "the civilian death toll", «حصيلة القتلى المدنيين»."""
    units = unit_words().units
    for token in tokens:
        unit = units.get(token.plain.removeprefix("ال"))
        if (
            unit
            and unit.human
            and unit.fate is None
            and unit.canonical in {"civilians", "children", "women", "soldiers"}
        ):
            return unit
    return None


def _fate_after(tokens: Sequence[Token], at: int) -> str | None:
    """What befell those counted: the first word behind them that says so."""
    return next((fate for token in tokens[at:] if (fate := fate_of(token))), None)


def _measured(plain: str) -> Measured | None:
    if _PERCENT.search(plain):
        return "percent"
    if _MONEY.search(plain):
        return "money"
    return next((measured for measured, pattern in _SIZES.items() if pattern.search(plain)), None)


_WHEN = re.compile(
    r"^(?:and )?(?:(?:on|for|from|in|by|until|since) )?(?:when|(?:what|which) (?:date|day|month|year|time))\b|\bو?(?:الي |منذ |حتي )?متي\b|\b(?:اي|ايه) (?:عام|سنه|تاريخ|يوم|شهر)\b|\bما تاريخ\b"
)
_WHY = re.compile(
    r"^(?:and )?why\b|\b(?:what|which) (?:reason|grounds|cause|made|caused|led)\b|\bon what grounds\b|^و?لماذا\b|\bما (?:سبب|الذي دفع|اسباب)\b|^و?لم\b"
)
_WHO = re.compile(
    r"^(?:and )?(?:who|whom|whose)\b|\b(?:which|what) (?:[\w'’-]+ ){0,4}(?:leader|general|politician|minister|spokes\w+|commander|official|man|woman|person|president|judge|doctor)\b|^و?من (?:هو|هي|الذي|التي)\b|^و?من (?!اي\b|خلال\b|اصل\b)"
)
_WHERE = re.compile(
    r"^(?:and )?(?:where|in (?:which|what) (?:\w+ )?(?:place|town|city|village|district|province|country|building|area)|near (?:which|what))\b|^which (?:building|town|city|village|district|place|camp)\b|\bاين\b|\bاي (?:بلده|مدينه|قريه|منطقه|مكان|حي|محافظه|دوله)\b|\bفي ايه? (?:بلده|مدينه|قريه|منطقه|مكان|حي|محافظه)\b"
)


def _kind(plain: str, speaker: str | None) -> Kind:
    if _WHEN.search(plain):
        return "when"
    if _WHY.search(plain):
        return "why"
    if _WHERE.search(plain):
        return "where"
    if _WHO.search(plain):
        return "who"
    return "statement" if speaker else "other"


_SAY_EN = [
    "say",
    "said",
    "report",
    "tell",
    "describe",
    "count",
    "estimate",
    "put",
    "give",
    "warn",
    "announce",
    "claim",
    "document",
    "record",
    "blame",
    "accuse",
    "deny",
    "demand",
    "explain",
    "account",
    "cite",
    "admit",
    "promise",
    "declare",
    "confirm",
    "list",
    "state",
    "argue",
    "mention",
    "reply",
    "insist",
    "acknowledge",
    "expect",
    "project",
    "attribute",
    "forecast",
    "call",
    "predict",
    "vow",
    "pledge",
    "urge",
    "suggest",
    "propose",
    "believe",
    "find",
    "collect",
    "appeal",
    "condemn",
]
_SAY_AR = [
    "قال",
    "قالت",
    "ذكر",
    "ذكرت",
    "أعلن",
    "أعلنت",
    "أعلنها",
    "أعلنته",
    "أعلنه",
    "أعلنتها",
    "أحصى",
    "أحصت",
    "أحصاها",
    "أحصاهم",
    "وثق",
    "وثقت",
    "وثقها",
    "أفاد",
    "أفادت",
    "كشف",
    "كشفت",
    "صرح",
    "صرحت",
    "حذر",
    "حذرت",
    "وصف",
    "وصفت",
    "أكد",
    "أكدت",
    "قدر",
    "قدرت",
    "قدرها",
    "سجل",
    "سجلت",
    "سجلها",
    "سجلته",
    "أوردت",
    "أورد",
    "أوردها",
    "أضاف",
    "أضافت",
    "أوضح",
    "أوضحت",
    "نفى",
    "نفت",
    "اتهم",
    "اتهمت",
    "دعا",
    "دعت",
    "طالب",
    "طالبت",
    "برر",
    "بررت",
    "عزا",
    "عزت",
    "علل",
    "عللت",
    "فسر",
    "فسرت",
    "رد",
    "ردت",
    "أشار",
    "أشارت",
    "لفت",
    "لفتت",
    "اعتبر",
    "اعتبرت",
    "رأى",
    "رأت",
    "توقع",
    "توقعت",
    "قدم",
    "قدمت",
    "نشر",
    "نشرت",
    "أصدر",
    "أصدرت",
    "حدد",
    "حددت",
    "أعطى",
    "أعطت",
    "طلب",
    "طلبت",
]
_VERBS_EN = "|".join(sorted(_SAY_EN, key=len, reverse=True))
_VERBS_AR = (
    "(?:" + "|".join(sorted({fold(verb) for verb in _SAY_AR}, key=len, reverse=True)) + ")(?:ت?(?:ها|ه|هم|هما))?"
)
_NAME_EN = r"[^?؟]{2,90}?"
_PATTERNS_EN = (
    re.compile(
        rf"\b(?:according to|as reported by|reported by|announced by|published by|issued by|given by|named by|in the words of"
        rf"|by the account of|in the view of|in the opinion of|going by|cited by|quoted by)\s+(?P<name>{_NAME_EN})"
        r"(?=\s+(?:on|in|for|at|from|about|during|as|cited|after|before|when|of the same)\s|[?؟]|,\s*(?:how|what|who|when|where|which|did)\b|$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:[Dd]id|[Dd]oes|[Dd]o|[Hh]as|[Hh]ave|had)\s+(?P<name>{_NAME_EN}),?\s+(?:since |also |later |first |finally |publicly )*(?:{_VERBS_EN}|given|announced|reported|issued|said|told|put)\b"
    ),
    re.compile(
        rf"\bthat\s+(?P<name>(?:the\s+)?{_NAME_EN})\s+(?:has|have|had)\s+(?:given|announced|reported|issued|published|stated|said)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)(?P<name>(?:[A-Z][\w'’-]*\s+){1,6})(?:said|says|reported|reports|told|announced)\b"),
    re.compile(
        rf"\bwas\s+(?P<name>{_NAME_EN})['’]s?\s+(?:reply|answer|response|explanation|reason|estimate|count|toll|position|view)\b",
        re.IGNORECASE,
    ),
)
_END_AR = r"(?=\s+(?:في|خلال|بشان|حول|عن|ان|انه|انها|انهم|انهما|بان|بانه|عند|بعد|قبل|منذ|علي|الي|يوم|عام|قصف|هجوم|مقتل|مقتلهم|لقتلي|لضحايا|لعدد|لقتل|حين|حيث|من|بتاريخ|قتل|قتلوا|سببا?)\s|\s*[،,؟?.]|$)"
_PATTERNS_AR = (
    re.compile(
        rf"(?<!\w)و?(?:بحسب|حسب|بحسب ما|وفق|وفقا ل|وفقا لما|طبقا ل|نقلا عن|استنادا الي|في نظر|براي|في راي|علي لسان|من وجهه نظر)\s*(?:ما\s+)?(?:(?:{_VERBS_AR})\s+)?(?P<name>[^؟?]{{2,90}}?)(?=\s+(?:في|خلال|بشان|حول|عند|بعد|قبل|منذ|يوم|عام|حين)\s|\s*[؟?.]|،\s*(?:كم|ما|من|متي|اين|كيف|هل|لماذا)\b|$)"
    ),
    re.compile(
        rf"(?<!\w)(?:التي |الذي |ما |كيف |بماذا |بم |ماذا |هل |لماذا |كم \w+ (?:\w+ )?)?و?(?:{_VERBS_AR})\s+(?P<name>[^؟?،]{{2,90}}?){_END_AR}"
    ),
)
_NOT_SPEAKERS = re.compile(
    r"^(?:its|his|her|their)\b|\b(?:results?|figures?|data|tally|statistics|records?|forecast|estimates?|latest|same|it|they|he|she|there|people|they)$|^(?:it|they|he|she|there|people|archive|the archive)\b"
    r"|^(?:the )?(?:final|official|preliminary|latest)\b.*\b(?:results?|figures?)\b|^(?:ال)?(?:نتايج|ارقام|بيانات|حصيله|احصاءات|ها?\\b|به|بها)\b"
)


def asked_speaker(text: str) -> str | None:
    """Who a question asks the words of, as it writes them, with what describes them; `None` where it names nobody."""
    for name in (*_matches(_PATTERNS_EN, text), *_matches(_PATTERNS_AR, _spelled(text))):
        return name
    return None


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = " ".join(match["name"].strip(" ,،'\"«»“”").split()).removesuffix("'s").removesuffix("’s")
            if name and not _NOT_SPEAKERS.search(fold(name)):
                yield name


def _spelled(text: str) -> str:
    """A question with its letters folded, its punctuation left: what Arabic patterns are matched against."""
    return fold(text)
