"""What does a question ask? Read once, before anything is looked for in the sentences found.

Question → what kind of answer, how many of what, said by whom, where
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ingest.aliases import Aliases
from ingest.figures.counted import noun_phrase
from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token, tokenize
from ingest.figures.unit_words import Unit, unit_words
from ingest.lexis import fold
from ingest.places import Places
from qa.asked import wants_figure, wants_time

Kind = Literal["figure", "when", "who", "where", "statement", "other"]
Measured = Literal["percent", "money"]

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
    """Whether a share or an amount of money is asked for."""

    speaker: str | None = None
    """Who is asked to have said it, as the question writes it, with what describes them; `None`: anybody."""

    speakers: frozenset[str] = frozenset()
    """Canonical names of known bodies in it."""

    places: frozenset[str] = frozenset()
    """Canonical names of known places in the question."""


def read_question(text: str, *, aliases: Aliases, places: Places) -> Asked:
    """Read what a question asks. Takes time linear in its length; never raises."""
    tokens = tokenize(text)
    speaker = asked_speaker(text)
    known = frozenset(found.canonical for found in aliases.find(speaker)) if speaker else frozenset()
    where = frozenset(found.canonical for found in places.find(text))
    at = _counted_at(tokens)
    measured = _measured(text)
    if at is None and measured is None and not wants_figure(text):
        return Asked(_kind(text, speaker), speaker=speaker, speakers=known, places=where)
    phrase, unit, last = noun_phrase(text, tokens, at, len(tokens)) if at is not None else (None, None, -1)
    toll = _TOLL.search(fold(text)) is not None
    fate = (unit.fate if unit else None) or _fate_after(tokens, max(last + 1, at or 0)) or ("killed" if toll else None)
    if unit is None and (phrase is None or fold(phrase) in _ANYBODY) and fate and measured is None:
        unit = _PERSON
    if unit and unit.canonical == "percent":
        measured = "percent"
    return Asked("figure", unit, phrase, fate, measured, speaker, known, where)


_ANYBODY = {"victims", "the victims", "dead", fold("ضحايا"), fold("الضحايا")}
_TOLL = re.compile(r"\btoll\b|\bو?(?:ال)?حصيل[هت]")
_PERCENT = re.compile(
    r"\b(?:what|which) (?:share|percentage|proportion|rate|per ?cent)\b|\bturnout\b|\b(?:interest|inflation|unemployment) rate\b"
    r"|\b(?:rate|level) of (?:inflation|unemployment|turnout|growth)\b|\bgrowth (?:forecast|rate)\b|\bannual inflation\b"
    r"|\byear-on-year inflation\b|\bما (?:هي )?نسب[هت]|\bكم (?:بلغت )?نسب[هت]|\bاي نسبه\b|\b(?:ال)?نسبه (?:ال\w+ )?التي\b|\bما معدل\b|\bسعر الفائده\b|\bالنسبه\b"
    r"|\bبكم في المايه\b|\bنسبه المشاركه\b"
)
_MONEY = re.compile(
    r"\bhow much (?:money|compensation|aid|did .* cost|does .* cost|was .* worth|will .* cost)\b|\bwhat (?:amount|sum|price|cost)\b"
    r"|\bwhat (?:was|is) the (?:cost|price)\b|\bhow much did\b.*\b(?:cost|pay|fetch|offer|spend)\b|\bwhat did a dollar fetch\b"
    r"|\bsize of (?:the )?deficit\b|\bما (?:هو )?المبلغ\b|\bكم (?:بلغت |تبلغ )?(?:كلفه|تكلفه|قيمه)\b|\bما (?:كلفه|تكلفه|قيمه|ثمن|سعر)\b|\bبكم\b"
)
_COUNTED = re.compile(r"\bhow (?:many|much)\b(?: of)?|\b(?:number|total)s? of\b|\bو?كم\b|\bو?(?:ال)?عدد\b|\bالعدد\b")
_FRONTED_EN = re.compile(r"^(?:of|from|among) the ")


def _counted_at(tokens: Sequence[Token]) -> int | None:
    """Index of the token that what is counted begins at: after "how many", «كم», "number of", «عدد»."""
    plain = [token.plain for token in tokens]
    for at, word in enumerate(plain):
        following = plain[at + 1] if at + 1 < len(plain) else ""
        if word == "how" and following in {"many", "much"}:
            return at + 2
        if word.removeprefix("و").removeprefix("ف") in {"كم", "عدد"} and tokens[at].arabic:
            step = at + 1
            while step < len(plain) and plain[step] in _BETWEEN_AR:
                step += 1
            return step
        if word in {"number", "numbers", "total", "tally", "count"} and following == "of":
            return at + 2
    return None


_BETWEEN_AR = {fold(word) for word in "بلغ يبلغ كان عدد من هو هم إجمالي".split()}  # noqa: SIM905 - a word list reads best as running text


def _fate_after(tokens: Sequence[Token], at: int) -> str | None:
    """What befell those counted: the first word that says so after them, else the first one at all."""
    fates = [(place, fate) for place, token in enumerate(tokens) if (fate := fate_of(token))]
    behind = [fate for place, fate in fates if place >= at]
    return behind[0] if behind else None


def _measured(text: str) -> Measured | None:
    plain = fold(text)
    if _PERCENT.search(plain):
        return "percent"
    return "money" if _MONEY.search(plain) else None


_WHO = re.compile(r"^(?:and )?(?:who|whom|whose)\b|\b(?:which|what) (?:\w+ ){0,3}(?:leader|general|politician|minister|spokes\w+|commander|official|man|woman|person|president|judge|doctor)\b|^و?من (?:هو|هي|الذي|التي)\b|^و?من (?!اي\b|خلال\b|اصل\b)")
_WHERE = re.compile(r"^(?:and )?(?:where|in (?:which|what) (?:\w+ )?(?:place|town|city|village|district|province|country|building|area)|near (?:which|what))\b|^which (?:building|town|city|village|district|place|camp)\b|\bاين\b|\bاي (?:بلده|مدينه|قريه|منطقه|مكان|حي|محافظه|دوله)\b|\bفي ايه? (?:بلده|مدينه|قريه|منطقه|مكان|حي|محافظه)\b")


def _kind(text: str, speaker: str | None) -> Kind:
    plain = fold(text)
    if wants_time(text):
        return "when"
    if _WHERE.search(plain):
        return "where"
    if _WHO.search(plain):
        return "who"
    return "statement" if speaker else "other"


_SAY_EN = (
    "say said report tell describe count estimate put give warn announce claim document record blame accuse deny demand"
    " explain account cite admit promise declare confirm list state argue mention reply insist acknowledge expect project"
    " attribute forecast call predict vow pledge urge suggest propose believe find collect appeal condemn".split()
)
_SAY_AR = (
    "قال قالت ذكر ذكرت أعلن أعلنت أعلنها أعلنته أعلنه أعلنتها أحصى أحصت أحصاها أحصاهم وثق وثقت وثقها أفاد أفادت كشف كشفت صرح صرحت حذر"
    " حذرت وصف وصفت أكد أكدت قدر قدرت قدرها سجل سجلت سجلها سجلته أوردت أورد أوردها أضاف أضافت أوضح أوضحت نفى نفت اتهم اتهمت دعا"
    " دعت طالب طالبت برر بررت عزا عزت علل عللت فسر فسرت رد ردت أشار أشارت لفت لفتت اعتبر اعتبرت رأى رأت توقع توقعت ذكره ذكرته".split()
)
_VERBS_EN = "|".join(sorted(_SAY_EN, key=len, reverse=True))
_VERBS_AR = "|".join(sorted({fold(verb) for verb in _SAY_AR}, key=len, reverse=True))
_NAME_EN = r"[^?؟]{2,90}?"
_PATTERNS_EN = (
    re.compile(
        rf"\b(?:according to|as reported by|reported by|announced by|published by|issued by|given by|named by|in the words of"
        rf"|by the account of|in the view of|in the opinion of|going by|cited by|quoted by)\s+(?P<name>{_NAME_EN})"
        r"(?=\s+(?:on|in|for|at|from|about|during|as|cited|after|before|when|of the same)\s|[?؟]|,\s*(?:how|what|who|when|where|which|did)\b|$)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:did|does|do|has|have|had)\s+(?P<name>{_NAME_EN}),?\s+(?:since |also |later |first |finally |publicly )*(?:{_VERBS_EN}|given|announced|reported|issued|said|told|put)\b", re.IGNORECASE),
    re.compile(rf"\bthat\s+(?P<name>(?:the\s+)?{_NAME_EN})\s+(?:has|have|had)\s+(?:given|announced|reported|issued|published|stated|said)\b", re.IGNORECASE),
    re.compile(r"(?<!\w)(?P<name>(?:[A-Z][\w'’-]*\s+){1,6})(?:said|says|reported|reports|told|announced)\b"),
    re.compile(rf"\bwas\s+(?P<name>{_NAME_EN})['’]s?\s+(?:reply|answer|response|explanation|reason|estimate|count|toll|position|view)\b", re.IGNORECASE),
)
_END_AR = r"(?=\s+(?:في|خلال|بشان|حول|عن|ان|انه|انها|انهم|انهما|بان|بانه|عند|بعد|قبل|منذ|علي|الي|يوم|عام|قصف|هجوم|مقتل|مقتلهم|لقتلي|لضحايا|لعدد|لقتل|حين|حيث|من|بتاريخ|قتل|قتلوا|سببا?)\s|\s+ل\w+\s|\s*[،,؟?.]|$)"
_PATTERNS_AR = (
    re.compile(rf"(?<!\w)و?(?:بحسب|حسب|بحسب ما|وفق|وفقا ل|وفقا لما|طبقا ل|نقلا عن|استنادا الي|في نظر|براي|في راي|علي لسان|من وجهه نظر)\s*(?:ما\s+)?(?:(?:{_VERBS_AR})\s+)?(?P<name>[^؟?]{{2,90}}?)(?=\s+(?:في|خلال|بشان|حول|عند|بعد|قبل|منذ|يوم|عام|حين)\s|\s*[؟?.]|،\s*(?:كم|ما|من|متي|اين|كيف|هل|لماذا)\b|$)"),
    re.compile(rf"(?<!\w)(?:التي |الذي |ما |كيف |بماذا |بم |ماذا |هل |لماذا |كم \w+ (?:\w+ )?)?و?(?:{_VERBS_AR})\s+(?P<name>[^؟?،]{{2,90}}?){_END_AR}"),
)
_NOT_SPEAKERS = re.compile(
    r"\b(?:results?|figures?|data|tally|statistics|records?|forecast|estimates?|latest|same|it|they|he|she|there|people|they)$|^(?:it|they|he|she|there|people|archive|the archive)\b"
    r"|^(?:the )?(?:final|official|preliminary|latest)\b.*\b(?:results?|figures?)\b|^(?:ال)?(?:نتايج|ارقام|بيانات|حصيله|احصاءات)\b"
)


def asked_speaker(text: str) -> str | None:
    """Who a question asks the words of, as it writes them, with what describes them; `None` where it names nobody."""
    for name in (*_matches(_PATTERNS_EN, text), *_matches(_PATTERNS_AR, _spelled(text))):
        return name
    return None


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = " ".join(match["name"].strip(" ,،'\"«»“”").split())
            if name and not _NOT_SPEAKERS.search(fold(name)):
                yield name


def _spelled(text: str) -> str:
    """A question with its letters folded, its punctuation left: what Arabic patterns are matched against."""
    return fold(text)
