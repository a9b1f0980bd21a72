"""When do two speakers, figures, stretches of text count as the same? For scorers and the validator alike."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from evals.datasets import GoldAnswer
from evals.numerals import EXACT
from ingest.domain import Speaker
from ingest.lexis import fold
from qa.answer import Citation, Claim, Figure

_BRACKETS = re.compile(r"\s*[(（]([^)）]*)[)）]\s*")
_TOKENS = re.compile(r"[^\W_]+")
_ARTICLE_AR = re.compile(r"^(?:ال|وال|لل|بال)(?=\w{3})")
_ARTICLES_EN = {"a", "an", "the"}
_COUNTED = {
    fold(word): canonical
    for canonical, words in {
        "civilian": "مدني مدنيا مدنيين مدنيون مدنيان",
        "killed": "قتيل قتيلا قتلى قتيلان وفاة وفيات dead death died fatality fatalitie",
        "wounded": "جريح جريحا جرحى مصاب مصابا مصابين injured injurie casualtie",
        "missing": "مفقود مفقودا مفقودين",
        "displaced": "نازح نازحا نازحين نازحون مشرد مشردا مشردين",
        "survivor": "ناج ناجيا ناجين ناجون survived",
        "case": "حالة حالات إصابة إصابات",
        "child": "طفل طفلا أطفال children",
        "woman": "امرأة نساء سيدة سيدات women",
        "fighter": "مقاتل مقاتلا مقاتلين مقاتلون مسلح مسلحا مسلحين",
        "worker": "عامل عاملا عمال",
        "job": "وظيفة وظائف",
        "patient": "مريض مريضا مرضى",
        "passenger": "راكب راكبا ركاب",
        "family": "عائلة عائلات أسرة أسر familie",
        "household": "أسرة منزل",
        "house": "منزل منزلا منازل بيت بيتا بيوت home",
        "school": "مدرسة مدارس",
        "seat": "مقعد مقعدا مقاعد",
        "vote": "صوت صوتا أصوات",
        "complaint": "شكوى شكاوى",
        "vial": "قارورة قوارير",
        "bottle": "زجاجة زجاجات عبوة عبوات",
        "lorry": "شاحنة شاحنات truck lorrie",
        "hectare": "هكتار هكتارا هكتارات",
        "kilometre": "كيلومتر كيلومترا كيلومترات km kilometer",
        "metre": "متر مترا أمتار meter",
        "tonne": "طن طنا أطنان ton",
        "hour": "ساعة ساعات",
        "day": "يوم يوما أيام",
        "week": "أسبوع أسبوعا أسابيع",
        "month": "شهر شهرا أشهر شهور",
        "year": "سنة سنوات عام عاما أعوام",
        "percent": "مئة المئة cent percentage",
        "dollar": "دولار دولارا دولارات usd",
        "dinar": "دينار دينارا دنانير",
        "lira": "ليرة ليرات",
    }.items()
    for word in words.split()
}
_ANYBODY = {"people", "person", "were", "was", "of", *map(fold, ("شخص", "شخصاً", "شخصا", "أشخاص", "الأشخاص"))}


def variants(text: str) -> list[str]:
    """A name or an answer with its other spelling in brackets: whole, without it, and that spelling alone."""
    return list(dict.fromkeys(one.strip() for one in (text, _BRACKETS.sub(" ", text), *_BRACKETS.findall(text)) if one))


def tokens(text: str) -> list[str]:
    """Words as SQuAD's measures compare them, in Arabic too: folded, without punctuation, without articles."""
    words = _TOKENS.findall(fold(text))
    return [_ARTICLE_AR.sub("", word) for word in words if word not in _ARTICLES_EN]


def same_speaker(speaker: Speaker | None, gold: GoldAnswer) -> bool:
    """Whether a claim's speaker is the gold one, by any name of either; no gold speaker: whether it has none."""
    if not gold.speaker:
        return speaker is None
    if speaker is None:
        return False
    names = {" ".join(tokens(name)) for one in (gold.speaker, *gold.speakers) for name in variants(one)}
    return any(" ".join(tokens(name)) in names for name in (speaker.name, speaker.canonical))


def same_value(one: float, other: float) -> bool:
    """Whether two values are equal, but for floating point."""
    return math.isclose(one, other, rel_tol=EXACT, abs_tol=EXACT)


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two counted things may be one: they share a word that tells, or one of them is not said.

    That people are counted tells nothing: people killed are not people wounded, and people are not civilians.
    """
    if not one or not other:
        return True
    first, second = _telling(one), _telling(other)
    return first == second or bool(first & second)


def _telling(unit: str) -> set[str]:
    words = {word[:-1] if word.isascii() and word.endswith("s") else word for word in tokens(unit)}
    return {_COUNTED.get(word, word) for word in words} - _ANYBODY


def states_gold(figure: Figure, gold: GoldAnswer) -> bool:
    """Whether a figure is the gold one: the same value, and its bound where gold has one."""
    return gold.value is not None and same_value(figure.value, gold.value) and gold.bound in {None, figure.bound}


def standing(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims that no later one of their speaker has replaced."""
    return (claim for claim in claims if claim.superseded_by is None)


def f1(said: str, gold: str) -> float:
    """Harmonic mean of token precision and recall (SQuAD; Rajpurkar et al., 2016), 0 to 1."""
    one, other = Counter(tokens(said)), Counter(tokens(gold))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values())) if shared else 0.0


def verbatim(claim: Claim, citations: Iterable[Citation]) -> bool:
    """Whether a claim says nothing but words of a quote that it cites, and who speaks."""
    said = " ".join(tokens(claim.text))
    names = [" ".join(tokens(name)) for name in (claim.speaker.name, claim.speaker.canonical)] if claim.speaker else []
    for citation in citations:
        quote = " ".join(tokens(citation.quote))
        if citation.number in claim.citations and quote:
            if f" {said} " in f" {quote} ":
                return True
            if quote in said and said.replace(quote, " ").strip() in {"", *names}:
                return True
    return False
