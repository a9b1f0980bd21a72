"""Digits that belong to a name: Highway 5, F-16, G20, Resolution 2254, «القناة 24», «المادة الـ5», "the Nawras 2"."""

from functools import lru_cache

from ingest.figures.calendar import is_month
from ingest.figures.context import Around
from ingest.figures.tokens import Token
from ingest.figures.unit_words import unit_words
from ingest.figures.wordlists import without, words

_HEADS = words("""
    highway road route street avenue flight room gate article articles section chapter resolution resolutions no channel
    platform model grade division brigade battalion regiment zone district sector block law decree act appendix version
    season episode item agenda page pages paragraph annex protocol passport phone telephone tel fax box war volume lot
    exit pier terminal station boeing airbus apollo clause code exhibit gmt covid grid group-of id file case-no plot
    formula category windows iphone ipad android ios playstation galaxy xbox latitude longitude verse verses psalm
    point points table isbn doi ip hotline p pp vol fig sec lane bus-line
    طريق رقم رحلة غرفة قاعة قناة قرار القرارات مادة المواد فصل بند قانون مرسوم بوابة خط لواء فرقة
    كتيبة صفحة الصفحات طراز نموذج شارع مجموعة محطة ملحق فقرة هاتف منطقة فيلم موسم حلقة عنبر آية الآيات إصحاح قرن
    القرنين القرون المزمور بوينغ إيرباص أبولو آيفون ويندوز إكس ص فئة ذكرى دورة نسخة طبعة ساخن""")
_HEADS_OF_FEW = words("number group part line level case form phase stage class type unit platform step")
"""Heads that are as often other words; a name only where nothing is counted and no word follows."""
_NUMBER = words("no number nos رقم # № الرقم رقمي")
_BEFORE_NUMBER = _NUMBER | {"."}
_ONTO_AR = ("", "و", "ب", "ل", "ال", "وال", "بال", "لل", "ولل", "فال")
_ARTICLES = words("ال وال بال لل فال كال")
_CLITICS = words("و ف ب ل ك وب ول وك فب فل") | _ARTICLES
_CURRENCIES = words("us usd eur gbp rs")
_DASHES = frozenset("-‐‑–/")
_ORDINAL_LETTERS = frozenset({"th", "st", "nd", "rd", "g", "d", "x", "s"})
_UNIT_LETTERS = "mkgltb"
_CELSIUS = "c"
_QUOTES = frozenset('«“"‘')
_CLOSING_QUOTES = frozenset('»”"')
_NAMED = words("the mv a")
_AFTER_NAMED = words("capsized sank ferry ship . , was had ' ’ and")
_LARGEST_OF_NAME = 99


def is_name(around: Around) -> bool:
    """Whether digits belong to a name, or are a telephone number."""
    first = around.first
    if first.text[:1] in "0٠۰" and first.text[1:2].isdigit():
        return True
    return (
        _is_glued(around)
        or (around.before().text == "[" and around.after().text == "]")
        or _is_after_head(around)
        or _ends_quotation(around)
        or _is_definite_ordinal(around)
        or _is_after_capital(around)
    )


def _is_glued(around: Around) -> bool:
    """F-16, B12, G20, 5G, 21st, 2/255."""
    before, after = around.before(), around.after()
    if around.first.glued and _is_glued_to_name(around, before):
        return True
    if not after.glued or after.kind != "word" or after.arabic or around.numeral.last != around.numeral.first:
        return False
    if after.plain in _ORDINAL_LETTERS:
        return True
    if after.plain == _CELSIUS:
        return before.capital
    return after.plain not in unit_words().units and len(after.plain) == 1 and after.plain not in _UNIT_LETTERS


def _is_glued_to_name(around: Around, before: Token) -> bool:
    if before.kind == "word":
        return before.plain not in _CLITICS and before.plain not in _CURRENCIES
    if before.text in _DASHES and before.glued:
        return around.before(2).kind == "word"
    if before.text == ":":  # a page after a sentence: “success.:121”
        return around.before(2).text == "."
    return before.text in "/_" or (before.text == "." and before.glued)


def _is_after_head(around: Around) -> bool:
    """Whether a word such as "Highway" or «القرار» stands before, with or without "No."."""
    distance = 1
    while around.before(distance).plain in _BEFORE_NUMBER and distance < 3:  # noqa: PLR2004 - "No", "."
        if around.before(distance).plain in _NUMBER:
            return True
        distance += 1
    word = around.before(distance)
    if word.plain in _ARTICLES and around.first.glued:  # القرن الـ19
        word = around.before(distance + 1)
    if word.kind != "word" or (around.counts is not None and not word.capital):
        return False
    if word.plain in _HEADS_OF_FEW:
        return distance == 1 and around.counts is None and (around.after().kind != "word" or word.capital)
    return _is_head(word)


def _is_head(word: Token) -> bool:
    return _is_head_ar(word.plain) if word.arabic else word.plain in _HEADS


@lru_cache(maxsize=20_000)
def _is_head_ar(word: str) -> bool:
    bare = [word[len(onto) :] for onto in _ONTO_AR if word.startswith(onto)]
    return any(one in _HEADS for stem in bare for one in (stem, *_singulars(stem)))


def _singulars(dual: str) -> tuple[str, str]:
    """What an Arabic noun may be the dual of: المادتين 5 و6."""
    stem = dual[:-2] if dual.endswith(("ان", "ين")) else ""
    return stem, f"{stem.removesuffix('ت')}ه"


def _ends_quotation(around: Around) -> bool:
    """«النورس 2»: a name in quotation marks that ends with a number."""
    after = around.after().text
    if after not in _CLOSING_QUOTES or around.before().text == after or around.before().kind != "word":
        return False
    return any(around.before(distance).text in _QUOTES for distance in (2, 3, 4))


def _is_definite_ordinal(around: Around) -> bool:
    """«الدورة الـ75»: the article on digits makes an ordinal of them, unless they count a noun on either side."""
    if not (around.first.glued and around.before().plain in _ARTICLES) or around.counts:
        return False
    noun = around.before(2)
    stem = without(noun.plain, "وال", "بال", "ال", "لل")
    return noun.kind == "word" and stem != noun.plain and (stem in unit_words().singulars or stem.endswith("ه"))


def _is_after_capital(around: Around) -> bool:
    """“the Nawras 2 capsized”, “an iPhone 7”: a name and a number that counts nothing."""
    before, article = around.before(), around.before(2)
    if not around.numeral.plain or before.kind != "word" or around.counts or around.numeral.value > _LARGEST_OF_NAME:
        return False
    if before.text[:1].islower() and any(char.isupper() for char in before.text):
        return True
    named = before.capital and not is_month(before) and article.plain in _NAMED
    return named and (around.after().text == "" or around.after().plain in _AFTER_NAMED)
