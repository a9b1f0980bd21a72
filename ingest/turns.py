"""Words that turn what a sentence says: negations and denials, and words that leave open or doubt whether it is so.

A quote that leaves such words out says something else than its source. A claim has to have what its source has: not the
same word, but one of the same sort.
"""

import re
from itertools import pairwise
from typing import Literal

from ingest.lexis import fold
from ingest.sentences import Span

Turn = Literal["denied", "open", "conditional", "doubted"]
"""Said not to be so; left open whether it is; so under a condition; said by somebody who is not believed at once."""

TURNS: tuple[Turn, ...] = ("denied", "open", "conditional", "doubted")

_DENIED_EN = r"""
    no not never none neither nor nobody nothing cannot without den(?:y|ies|ied|ying|ials?) reject(?:s|ed|ing)?
    refus(?:e|es|ed|ing|als?) refut\w+ dismiss(?:es|ed|ing)? fail(?:s|ed|ing)?\sto rul(?:e|es|ed|ing)\sout untrue false
    falsely baseless unfounded stop(?:s|ped|ping)?\sshort prevent(?:s|ed|ing)? far\sfrom yet\sto"""
_OPEN_EN = r"""
    may might could perhaps possibly probably fear(?:s|ed|ing)? whether plan(?:s|ned|ning)?\sto
    propos(?:e|es|ed|ing)\sto expect(?:s|ed|ing)?\sto intend\w* threaten\w*\sto hop(?:e|es|ed|ing)\sto unconfirmed
    rumou?r\w* set\sto due\sto\sbe forecast\w* predict\w* project(?:s|ed)"""
_DOUBTED_EN = r"""
    (?:is|are|was|were)\ssaid alleg\w+ claim(?:s|ed|ing)? purport\w* reportedly supposed\w* apparently
    said\sto\shave believed\sto\shave thought\sto\shave"""
_DENIED_AR = r"""
    لا (?<!ما\s)لم لن ليس ليست ليسوا لست لسنا غير بلا دون بدون ينف\w* نف[يتو]\w* تنف\w* نافي\w* رفض\w* يرفض\w* ترفض\w*
    رافض\w* انكر\w* ينكر\w* تنكر\w* كذب\w* يكذب\w* فند\w* يفند\w* استبعد\w* فشل\w* منع\w* عجز\w*
    زائف\w* كاذب\w*"""
_OPEN_AR = r"""
    قد\s[يت]\w+ ربما لعل يحتمل (?:ال)?محتمل\w* يخشي تخشي يخشون مخاوف يتوقع تتوقع (?:ال)?متوقع\w* يعتزم\w* تعتزم\w*
    يشتبه (?:ال)?مشتبه\w* خطط\w*\sل\w+ يخطط\w* تخطط\w* هدد\w*\sب\w+ يهدد\w* غير\sمؤكد\w* شائعات
    (?:ال)?مرجح\w*"""
_DOUBTED_AR = r"""
    (?:ال)?مزعوم\w* زعم\w* يزعم\w* تزعم\w* مزاعم ادعي ادعت ادعوا يدعي تدعي يدعون بزعم\w* يقال قيل"""
_IF_EN = r"if unless provided\sthat except\sif on\scondition"
_IF_AR = r"اذا لو ما\sلم الا\sاذا بشرط شرط شريطه ان\sصح"


def _pattern(english: str, arabic: str, more: str = "") -> re.Pattern[str]:
    latin, written_on = "|".join(english.split()), "|".join(arabic.split())
    return re.compile(rf"\b(?:{latin})\b|(?<!\w)[وف]?(?:{written_on})(?!\w){more}")


_TURNS: dict[Turn, re.Pattern[str]] = {
    "denied": _pattern(_DENIED_EN, _DENIED_AR, r"|n['’]t\b"),
    "open": _pattern(_OPEN_EN, _OPEN_AR),
    "conditional": _pattern(_IF_EN, _IF_AR),
    "doubted": _pattern(_DOUBTED_EN, _DOUBTED_AR),
}
"""In folded text."""

_CLAUSE = re.compile(
    r"[;؛:!?؟()—–]|[,،.](?!\d)|\s-\s"
    r"|\b(?:but|while|although|though|and|which|who|whereas|after|before)\b"
    r"|(?<!\w)(?:لكن\w*|بينما|فيما|غير ان|الا ان|كما|بعدما|بعد ان|و(?:قال|ذكر|اضاف|اكد|اوضح)\w*)(?!\w)"
)
_FAR = 90
"""Code points back to which a word may turn what follows it."""

_ON = 45
"""Code points on from a quote in which one may."""

_AFTER = re.compile(r"^\W{0,3}(?:unless|if|only if|except|provided|الا اذا|اذا|ما لم|لو|بشرط|شرط)\b")


def turns(text: str) -> frozenset[Turn]:
    """The sorts of such words in a text."""
    plain = plain_turns(text)
    return frozenset(turn for turn, pattern in _TURNS.items() if pattern.search(plain))


def plain_turns(text: str) -> str:
    """Folded text without what only looks like a turn: a hedge of a number, the month of May."""
    return _NO_TURN.sub(lambda found: " " * len(found.group()), fold(_MAY.sub("___", text)))


_MAY = re.compile(r"(?<!^)(?<![.!?] )\bMay\b")
_NO_TURN = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|earlier) than\b|\bnot only\b|\bnot to be (?:named|identified)\b"
    r"|\bwithout (?:being named|giving \w+ name)\b|\bif not more\b|\bon condition of anonymity\b"
    r"|(?<!\w)[وف]?(?:ب?ما )?لا (?:يقل|تقل|يزيد|تزيد|يتجاوز|تتجاوز|يتعدي|تتعدي|يزال|تزال|يزالون|سيما)(?!\w)"
    r"|(?<!\w)(?:ما|لا) (?:زال|زالت|زالوا|يزال)(?!\w)|(?<!\w)ليس فقط(?!\w)"
    r"|(?<!\w)(?:عدم|دون|لم) (?:نشر|ذكر|الكشف|يكشف|كشف)(?!\w)"
)


def left_out(text: str, sentence: Span, quote: Span) -> frozenset[Turn]:
    """What turns the words of a quote and is not in it: in its clause of the sentence before, or a condition after."""
    before = plain_turns(text[max(sentence.start, quote.start - _FAR) : quote.start])
    cuts = list(_CLAUSE.finditer(before))
    near = before[cuts[-1].end() :] if cuts else before
    found = set(turns(near))
    after = fold(text[quote.end : min(sentence.end, quote.end + _ON)])
    if _AFTER.match(after):
        found.add("conditional")
    return frozenset(found)


def clauses(text: str) -> list[str]:
    """The parts of a text between marks, conjunctions and the like, each of which may be turned by itself."""
    plain = plain_turns(text)
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(plain)), len(plain)]
    return [plain[first:last] for first, last in pairwise(cuts) if plain[first:last].strip()]
