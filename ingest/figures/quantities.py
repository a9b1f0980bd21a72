"""Which numerals are quantities? Dates, years, times, ages, scores, list numbers and names that hold a number are not.

Every rule looks at a few tokens around a numeral. Where a rule is in doubt it keeps a number that counts something: a
noun that is counted tells more than a capital before it.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.figures.calendar import is_month
from ingest.figures.number_words import read_word
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.unit_words import Unit, unit_words
from ingest.lexis import fold


def _words(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_DATES = re.compile(
    r"(?<![\d.,])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d.,]*\d)"  # 23-04-2016, 01.10.2017, 2016/07/07
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)(?:\s*[AaPp]\.?[Mm]\b\.?)?"  # 6:40
    r"|(?<![\d.,])\d{1,2}(?:\.\d{2})?\s*[AaPp]\.?[Mm]\b\.?"  # 5 p.m.
    r"|(?<![\d.,])\d{3,4}\s*(?:GMT|UTC|BST|EST|EDT|hrs|hours GMT)\b"  # 0930 GMT
    r"|(?<![\d.,])(?:9/11|7/7|24/7|11/9)(?!\d)"
    r"|https?://\S+|www\.\S+|\S+@\S+|#\S+"
)
_CLOCK_AR = _words("الساعة")
_HEADS = _words("""
    highway road route street avenue flight room gate article section chapter resolution resolutions no number channel
    line platform class group type model phase stage level grade division brigade battalion regiment zone district sector
    block law decree act appendix version season episode item agenda page paragraph annex protocol passport phone
    telephone tel fax box war volume part lot exit pier terminal station boeing airbus apollo article clause code
    exhibit form gmt covid grid group-of id file case-no plot unit formula
    طريق الطريق قناة القناة رقم الرقم رحلة الرحلة غرفة الغرفة قاعة القاعة قرار القرار مادة المادة فصل الفصل بند البند قانون القانون
    مرسوم المرسوم بوابة البوابة خط الخط لواء اللواء فرقة الفرقة كتيبة الكتيبة صفحة الصفحة طراز نموذج شارع الشارع مجموعة محطة المحطة
    ملحق فقرة الفقرة هاتف منطقة فيلم موسم حلقة عنبر""")
_AFTER_HEAD = _words("no number nos رقم #") | {"#", ".", "№"}
_YEAR_CUES = _words("""
    in since of by until till before after from during year years early late mid autumn spring summer winter fall and
    between to through elections election cup olympics
    عام سنة منذ العام سنوات عامي حتى قبل بعد مطلع أواخر أوائل منتصف نهاية بداية صيف شتاء خريف ربيع انتخابات مونديال و لعام لسنة بعام في""")
_STRONG_YEAR_CUES = _words(
    "since year early late mid autumn spring summer winter عام سنة العام مطلع أواخر أوائل منتصف لعام لسنة بعام"
)
_AGE_BEFORE = _words("aged age ages البالغ البالغة عمره عمرها أعمارهم بعمر سن عمر يبلغ تبلغ")
_AGED = _words("children aged those kids boys girls pupils infants anyone players الأطفال")
_YEARS_AR = _words("عاما عام سنة سنوات ربيعا")
_PRONOUN_NEXT = _words("another day would could might can should who whose time thing person's")
_NOT_ONE_BEFORE = _words(
    "no any this that each every which the number day square back anyone every for by at آن جانب طرف صف وقت رأي قلب"
)
_RARE_OF = _words("worst best largest biggest most first last few many main deadliest closest oldest only highest key")
_TELLS_AGE = _words("said says told who recalled added a an from was")
_SOMEBODY = _words("أحد إحدى أحدا")
_ORDINALS = _words("""
    الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة السابع السابعة الثامن الثامنة التاسع
    التاسعة الحادي الحادية""")
_TITLED = _words("the a an in on at it he she they by as after related read tags topic video photo share comments")
_PLURALS = _words("people children women men dead killed wounded injured missing police troops personnel")
_MOST_DIGITS = 7
_YEARS = range(1500, 2101)
_AGES = range(1, 111)
_LIST_MARKS = range(1, 31)


def quantities(text: str, tokens: Sequence[Token], numerals: Sequence[Numeral]) -> Iterator[Numeral]:
    """Numerals that are quantities, in order."""
    dates = [match.span() for match in _DATES.finditer(text)]
    at = 0
    for numeral in numerals:
        while at < len(dates) and dates[at][1] <= numeral.start:
            at += 1
        in_date = at < len(dates) and dates[at][0] < numeral.end
        if not in_date and _is_quantity(text, tokens, numeral):
            yield numeral


def _is_quantity(text: str, tokens: Sequence[Token], numeral: Numeral) -> bool:
    around = _Around(tokens, numeral)
    if numeral.percent:
        return True
    if _is_day_or_year(around) or _is_age(around, text):
        return False
    if numeral.digits:
        return not (_is_name(around) or _is_score(around) or _is_list_mark(around, text) or _is_stray(around))
    return not (_is_pronoun(around) or _is_vague(around) or _is_name_in_words(around))


class _Around:
    """What stands around a numeral."""

    def __init__(self, tokens: Sequence[Token], numeral: Numeral) -> None:
        self.tokens = tokens
        self.numeral = numeral
        self.first = tokens[numeral.first]

    def before(self, distance: int = 1) -> Token | None:
        at = self.numeral.first - distance
        return self.tokens[at] if at >= 0 else None

    def after(self, distance: int = 1) -> Token | None:
        at = self.numeral.last + distance
        return self.tokens[at] if at < len(self.tokens) else None

    def word_before(self, distance: int = 1) -> str:
        token = self.before(distance)
        return token.plain if token else ""

    def word_after(self, distance: int = 1) -> str:
        token = self.after(distance)
        return token.plain if token else ""

    @property
    def counts(self) -> Unit | None:
        """What a known noun right after it says is counted; an adjective may stand between."""
        units = unit_words().units
        for distance in (1, 2, 3):
            token = self.after(distance)
            if token is None or token.kind != "word" or read_word(token.plain, arabic=token.arabic):
                return None
            if token.capital and token.plain in _TITLED:
                return None
            if (unit := units.get(token.plain)) and not (token.plain == "may" and token.capital):
                return unit
            if is_month(token):
                return None
        return None


def _is_day_or_year(around: _Around) -> bool:
    numeral, value = around.numeral, around.numeral.value
    before, after = around.before(), around.after()
    whole = value == int(value) if value < 1e15 else True  # noqa: PLR2004 - beyond, every float is whole
    if whole and 1 <= value <= 31 and numeral.plain:  # noqa: PLR2004 - days of a month
        if after and (
            is_month(after) or (after.plain in {"of", "من", "-", "/"} and (two := around.after(2)) and is_month(two))
        ):
            return True
        if before and is_month(before) and not (around.counts and after and not after.glued and not before.arabic):
            return True
        if _in_days(around):
            return True
        if after and after.plain in {"st", "nd", "rd", "th"} and after.glued:
            return True
    if around.word_before() in _CLOCK_AR:
        return True
    return numeral.plain and whole and int(value) in _YEARS and len(around.first.text) == 4 and _is_year(around)  # noqa: PLR2004 - digits of a year


def _in_days(around: _Around) -> bool:
    """ "3 and 4 May", "June 6-8", «3 و4 أيار»: days joined to one that has its month."""
    after, before = around.after(), around.before()
    if after and after.plain in {"and", "to", "-", "–", "or", "و", "الي", "او"}:
        digits, month = around.after(2), around.after(3)
        if digits and digits.kind == "digits" and month and is_month(month):
            return True
        if after.plain == "و" and digits and month and is_month(month):
            return True
    if before and before.plain in {"and", "to", "-", "–", "or"}:
        digits, month = around.before(2), around.before(3)
        if digits and digits.kind == "digits" and month and is_month(month):
            return around.counts is None
    return False


def _is_year(around: _Around) -> bool:
    before, after = around.word_before(), around.after()
    if before in {"$", "€", "£"}:
        return False
    if after and after.plain == "s" and after.glued:
        return True
    dated = around.before(2)
    if around.before() and around.before().kind == "digits" and dated and is_month(dated):  # type: ignore[union-attr] - there is one
        return True
    if before in _STRONG_YEAR_CUES or (around.before() and is_month(around.before())):  # type: ignore[arg-type] - there is one
        return True
    if before == "the" or (around.counts and _counts_one(around)):
        return True
    return not (around.counts and before not in (_YEAR_CUES - {"of", "and", "from", "to", "و", "في", "between", "by"}))


def _counts_one(around: _Around) -> bool:
    """Whether the noun after a number is in the singular, in English: "2013 Ghouta attack"."""
    nouns = [around.after(distance) for distance in (1, 2, 3)]
    noun = next((token for token in nouns if token and token.plain in unit_words().units), None)
    return noun is not None and not noun.arabic and not noun.plain.endswith("s") and noun.plain not in _PLURALS


def _is_age(around: _Around, text: str) -> bool:
    value, numeral = around.numeral.value, around.numeral
    if value not in _AGES:
        return False
    tail = [around.word_after(distance) for distance in (1, 2, 3, 4)]
    if tail[:4] == ["-", "year", "-", "old"] or tail[:2] == ["year", "old"] or tail[:2] == ["years", "old"]:
        return True
    if tail[:3] in (["-", "year", "old"], ["years", "of", "age"], ["-", "year", "olds"]) or tail[:4] == [
        "-",
        "year",
        "-",
        "olds",
    ]:
        return True
    if tail[:2] == ["year", "olds"] or tail[0] == "yearold":
        return True
    before = [around.word_before(distance) for distance in (1, 2, 3, 4)]
    onto = around.first.arabic and around.first.plain.startswith("و") and not around.numeral.digits
    if (before[0] in _AGE_BEFORE and not onto) or (
        before[0] in {"between", "of", "of", "نحو"} and before[1] in _AGE_BEFORE
    ):
        return True
    if "العمر" in before[:3] or tail[:2] == ["من", "عمره"] or tail[:2] == ["من", "عمرها"]:
        return True
    if before[0] in {"and", "to", "و", "-"} and (before[2] in _AGE_BEFORE or before[3] in _AGE_BEFORE):
        return True
    if before[0] in {"under", "over"} and before[1] in _AGED and around.counts is None:
        return True
    head, next_ = around.before(), around.after()
    capital = around.before(2)
    if head and head.text == "(" and next_:
        closes = next_.text == ")" or (next_.plain in _YEARS_AR and around.word_after(2) == ")")
        named = capital is not None and (capital.capital or (capital.arabic and next_.plain in _YEARS_AR))
        return closes and named and numeral.value > 5  # noqa: PLR2004 - (2), (3) after a name are notes
    if head and head.text == "," and capital and capital.capital and capital.kind == "word" and numeral.digits:
        return next_ is not None and next_.text == "," and around.counts is None
    named = head is not None and head.capital and head.kind == "word" and not is_month(head) and head.start > 0
    return bool(
        named
        and numeral.digits
        and value >= 15
        and tail[0] in _TELLS_AGE - {"a", "an", "from", "was"}
        and capital
        and capital.capital
    )  # noqa: PLR2004 - who is quoted is no child


def _is_name(around: _Around) -> bool:
    """Whether digits belong to a name: Highway 5, F-16, G20, Resolution 2254, «النورس 2», a telephone number."""
    first, before, after = around.first, around.before(), around.after()
    if first.text[:1] in "0٠۰" and len(first.text) > 1 and first.text[1:2].isdigit():
        return True
    if around.numeral.plain and len(first.text) >= _MOST_DIGITS and around.counts is None:
        return True
    if first.glued and before and _glued_to_name(around, before):
        return True
    if (
        after
        and after.glued
        and after.kind == "word"
        and around.numeral.last == around.numeral.first
        and not after.arabic
    ):
        if after.plain in {"th", "st", "nd", "rd", "g", "d", "x", "s"}:
            return True
        if unit_words().units.get(after.plain) is None and len(after.plain) < 2 and after.plain not in "mkgltb":  # noqa: PLR2004 - 5G, 3D
            return True
    if before and before.text == "[" and around.word_after() == "]":
        return True
    if _after_head(around):
        return True
    if before and after and after.text in '»”"' and after.text != before.text and _short_quotation(around):
        return True
    return _after_capital(around)


def _glued_to_name(around: _Around, before: Token) -> bool:
    if before.kind == "word":
        clitic = before.plain in {"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال"}
        return not clitic and before.plain not in {"us", "usd", "eur", "gbp", "rs"}
    if before.text in "-‐‑–/" and before.glued:
        further = around.before(2)
        return further is not None and further.kind == "word"
    return before.text in "/_" or (before.text == "." and before.glued)


def _after_head(around: _Around) -> bool:
    """Whether a word such as "Highway" or «القرار» stands before, with or without "No."."""
    distance = 1
    while around.word_before(distance) in _AFTER_HEAD and distance < 3:  # noqa: PLR2004 - "No", "."
        if around.word_before(distance) in {"no", "nos", "رقم", "#", "№"}:
            return True
        distance += 1
    word = around.before(distance)
    if word is None or word.kind != "word":
        return False
    plain = word.plain
    if plain in {"number", "group", "part", "line", "level", "case", "form", "phase", "stage", "class", "type", "unit"}:
        return (
            around.counts is None
            and distance == 1
            and (not around.after() or around.after().kind != "word" or word.capital)
        )  # type: ignore[union-attr] - there is one
    for onto in ("", "و", "ب", "ل"):
        if plain.startswith(onto) and plain[len(onto) :] in _HEADS:
            return around.counts is None or word.capital or word.arabic and around.counts is None
    return False


def _short_quotation(around: _Around) -> bool:
    """«النورس 2»: a name in quotation marks that ends with a number."""
    return any(around.word_before(distance) in {"«", "“", '"', "‘"} for distance in (2, 3, 4))


def _after_capital(around: _Around) -> bool:
    """ "the Nawras 2 capsized", "COVID 19": a name and a number that counts nothing, with small letters after it."""
    before, after, further = around.before(), around.after(), around.before(2)
    if not (before and before.kind == "word" and before.capital and around.numeral.plain) or is_month(before):
        return False
    if around.counts or around.numeral.value > 99:  # noqa: PLR2004 - numbers of names are small
        return False
    if (
        further is None
        or further.text in ".!?"
        or not further.kind == "word"
        or further.plain not in {"the", "mv", "a"}
    ):
        return False
    return after is None or after.plain in {
        "capsized",
        "sank",
        "ferry",
        "ship",
        ".",
        ",",
        "was",
        "had",
        "'",
        "’",
        "and",
    }


def _is_score(around: _Around) -> bool:
    """ "won 2-1", "555-0142": two numbers with a dash between them that are no range."""
    for mark, other, value_first in (
        (around.after(), around.after(2), True),
        (around.before(), around.before(2), False),
    ):
        if not (mark and mark.text in "-–" and other and other.kind == "digits" and other.text.isdigit()):
            continue
        glued = mark.glued and (around.first.glued or value_first)
        if not glued or not around.numeral.plain and around.numeral.scale == 1.0:
            continue
        number = float(int(other.text)) if len(other.text) < 16 else 0.0  # noqa: PLR2004 - no score is that long
        low, high = (around.numeral.value, number) if value_first else (number, around.numeral.value)
        if other.text.startswith("0") or low >= high:
            return True
        follower = around.after(3) if value_first else around.after()
        counted = follower is not None and (follower.kind == "word" or follower.text in "%٪$€£")
        if not counted or (
            follower is not None
            and follower.plain in {"in", "to", "before", "after", "on", "win", "victory", "defeat", "draw", "at"}
        ):
            return True
    return False


def _is_stray(around: _Around) -> bool:
    """Digits between two titles, or at a text's end, that count nothing: what pages leave of counters and marks."""
    before, after = around.before(), around.after()
    if not around.numeral.plain or around.counts:
        return False
    if before is not None and before.text == "(" and after is not None and after.text == ")":
        named = around.before(2)
        return named is not None and named.capital
    if before is not None and not (before.capital or before.kind == "digits" or before.text in ".…)|]>»”"):
        return False
    if after is None:
        return True
    further = around.after(2)
    titled = after.capital and (further is None or further.capital or after.plain in _TITLED)
    return titled or (before is not None and after.kind == "digits" and before.text != ".")


def _is_list_mark(around: _Around, text: str) -> bool:
    after, before = around.after(), around.before()
    if not around.numeral.plain or around.numeral.value not in _LIST_MARKS or after is None:
        return False
    if after.text == ")" and after.glued:
        if before and before.text == "(" and around.first.glued:
            return True
        return not any(around.word_before(distance) == "(" for distance in range(1, 12))
    starts_line = around.first.start == 0 or "\n" in text[max(0, around.first.start - 3) : around.first.start]
    return after.text in ".-" and after.glued and starts_line


def _is_pronoun(around: _Around) -> bool:
    """ "one of the worst", "no one", «أحد الشهود», «واحد من»: one that counts nothing."""
    numeral = around.numeral
    if numeral.value != 1 or numeral.first != numeral.last:
        return False
    word, after = around.first.plain, around.word_after()
    if around.first.arabic:
        if not word.startswith("واحد") and word.lstrip("وفبلك") in _SOMEBODY:
            return True
        if after in {"من", "منهم", "منها", "تلو"}:
            return around.word_before() not in _words("سوى إلا فقط")
        noun = around.word_before()
        return (
            noun in _NOT_ONE_BEFORE or unit_words().units.get(noun) is None and around.word_before() in {"", ".", "،"}
        )
    before = around.word_before()
    if after == "of":
        return before not in {"only", "just"} or around.word_after(3) in _RARE_OF
    if before in _NOT_ONE_BEFORE and not around.counts:
        return True
    if after in _PRONOUN_NEXT or before in {"no", "any", "every", "each", "which", "another", "someone"}:
        return True
    after_token = around.after()
    if after_token is None or after_token.kind != "word":
        return after_token is None or after_token.text not in "-"
    return (
        after
        in {
            "is",
            "was",
            "has",
            "had",
            "said",
            "says",
            "the",
            "in",
            "with",
            "for",
            "to",
            "by",
            "and",
            "that",
            "must",
            "will",
            "may",
            "at",
            "on",
            "a",
        }
        and around.counts is None
        and before
        not in _words("killed killing wounded wounding injured injuring leaving left kills another only at_least least")
    )


def _is_vague(around: _Around) -> bool:
    """ "several hundred", «بضعة آلاف», «عشرات الآلاف», "half past two", "the second half"; fractions of nothing."""
    numeral, before, after = around.numeral, around.word_before(), around.word_after()
    if before in _ORDINALS or before.removeprefix("و").removeprefix("ل") in _ORDINALS:  # الحادية والعشرون, السابعة عشرة
        return around.numeral.value in {10, 20, 30, 40, 50, 60, 70, 80, 90}
    if before == "past":
        return True
    if before in _words("several few many بضعة بضع عشرات مئات عدة تسعينيات"):
        return True
    if numeral.part:
        return _is_no_fraction(around, before, after)
    if numeral.definite and numeral.value in {1, 2} and before != "":  # days of the week
        return not around.first.plain.endswith(("واحد", "واحده"))
    if numeral.definite:
        # «مجموعة العشرين», «في الخمسين من عمره», «الاثنين»; but «الساعات الأربع والعشرين» and «الثلاثة آلاف».
        counted = any(
            unit_words().units.get(word.removeprefix("ال")) for word in (before, after) if word
        ) or before.startswith("ال")
        return not counted or before in _words("المجموعة") or before in _words("مجموعة")
    return False


def _is_no_fraction(around: _Around, before: str, after: str) -> bool:
    if around.first.arabic:
        if after in _words("نهائي النهائي ساعة قرن سنوي") or around.before() is None and False:
            return True
        return around.numeral.definite or after.startswith("نهاي") or around.word_before() in _words("و") and False
    if after in {"past", "to"} and around.numeral.value in {0.25, 0.5}:
        return True
    if around.numeral.value == 0.5:  # noqa: PLR2004 - half
        if before in {"first", "second", "other", "latter", "better", "in", "one", "last"} and after != "of":
            return True
        following = around.after()
        if following and following.text == "-" and following.glued:
            return True
        return before == "the" or not (
            after
            in {
                "of",
                "the",
                "a",
                "an",
                "its",
                "their",
                "his",
                "her",
                "all",
                "were",
                "are",
                "had",
                "have",
                "in",
                "what",
                "as",
                "",
            }
            or before in {"by", "nearly", "about", "over", "than", "almost", "around", "some", "least"}
            or not (following and following.kind == "word")
        )
    if around.numeral.first == around.numeral.last:  # a bare "third", "quarter": an ordinal, a district
        return True
    if around.first.plain in {"a", "one"}:
        following = around.after()
        return not (
            after in {"of", "the", "from", "in", "were", "are", "is", "more", "less", "to"}
            or following is None
            or following.kind == "mark"
        )
    return False


def _is_name_in_words(around: _Around) -> bool:
    """ "World War Two", "Group of Seven", "Seven Wells": capitals inside a sentence; headlines capitalise every word."""
    first, before, after = around.first, around.before(), around.after()
    if first.arabic or not first.capital or first.text.isupper():
        return False
    if before is None or before.text in '.!?:;"“”«(—–-' or before.kind != "word":
        return False
    near = [
        token
        for token in around.tokens[max(0, around.numeral.first - 6) : around.numeral.last + 7]
        if token.kind == "word" and len(token.text) > 3  # noqa: PLR2004 - small words are small in headlines too
    ]
    headline = sum(token.capital for token in near) >= 0.7 * len(near)  # noqa: PLR2004 - most of them
    if headline:
        return False
    further = around.before(2)
    if before.plain == "of" and further and further.capital:  # Group of Seven
        return True
    return bool((after and after.capital) or (around.counts is None and (before.capital or before.plain == "of")))
