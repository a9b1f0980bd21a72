"""Words that only look like numbers: "one of the worst", "several hundred", "half past two", "World War Two"."""

from ingest.figures.context import Around
from ingest.figures.fates import fate_of
from ingest.figures.number_words import ORDINALS_AR, ORDINALS_EN
from ingest.figures.unit_words import unit_of
from ingest.figures.wordlists import without, words

_ONE_EN = "one"
_SOMEBODY = words("أحد إحدى أحدا")
_ONE_AR = words("واحد واحدا واحدة")
_OF_AR = words("من منهم منها تلو")
_BUT_AR = words("سوى إلا فقط")
_NOT_ONE_BEFORE = words("""
    no any this that each every which the number day square back anyone every for by at another someone
    آن جانب طرف صف وقت رأي قلب""")
_NEVER_ONE_BEFORE = words("no any every each which another someone")
_NOT_ONE_AFTER = words("another day would could might can should who whose time thing person's")
_MOMENTS = words("point stage time moment")
_ONE_OF_RARE = words(
    "worst best largest biggest most first last few many main deadliest closest oldest only highest key"
)
_PRONOUN_BEFORE = words("is was has had said says the in with for to by and that must will may at on a")
_FATE_BEFORE = words("killed killing wounded wounding injured injuring leaving left kills only least")
_VAGUE = words("several few many بضعة بضع عشرات مئات عدة تسعينيات")
_GROUP_AR = words("المجموعة مجموعة")
_TENS = frozenset(range(10, 100, 10))
_HUNDRED = 100
_NO_PART_AR = words("نهائي النهائي ساعة قرن سنوي قطر القطر نهائية سنوية دائرة الشهر")
_CLOCK_AFTER = words("past to")
_HALF_OF_TWO = words("first second other latter better in one last")
_HALF_OF_PLACE = words("eastern western northern southern upper lower top bottom")
_HALF_AFTER = words("of the a an its their his her all were are had have in what as")
_HALF_BEFORE = words("by nearly about over than almost around some least")
_PART_AFTER = words("of the from in were are is more less to")
_ONTO = ("", "ال", "وال", "لل", "بال", "و", "ل", "ب")
_ENDS_SENTENCE = frozenset('.!?:;"“”«(—–-')
_REACH = 12
_SMALL_WORD = 3
_WINDOW = 6
_HEADLINE = 0.7
"""Share of words with a capital, small words apart, from which a stretch is a headline."""


def is_idiom(around: Around) -> bool:
    """Whether a number in words is no quantity: a pronoun, an ordinal, part of a vague number or of a name."""
    return _is_pronoun(around) or _is_ordinal(around) or _is_vague(around) or _is_name(around)


def _is_pronoun(around: Around) -> bool:
    """“one of the worst”, “no one”, «أحد الشهود», «واحد من»: one that counts nothing."""
    if around.numeral.value != 1 or around.numeral.first != around.numeral.last:
        return False
    return _is_somebody(around) if around.first.arabic else around.first.plain == _ONE_EN and _is_one(around)


def _is_somebody(around: Around) -> bool:
    word, noun = around.first.plain, around.before()
    if without(word, "و", "ف", "ب", "ل", "ك") in _SOMEBODY and word not in _ONE_AR:
        return True
    if around.after().plain in _OF_AR:
        return noun.plain not in _BUT_AR
    return noun.plain in _NOT_ONE_BEFORE or noun.text in {"", ".", "،"}


def _is_one(around: Around) -> bool:
    before, after = around.before().plain, around.after()
    if after.plain == "of":
        return before not in {"only", "just"} or around.after(3).plain in _ONE_OF_RARE
    if before in _NEVER_ONE_BEFORE or after.plain in _NOT_ONE_AFTER or (before == "at" and after.plain in _MOMENTS):
        return True
    if around.counts is not None or _is_one_more(around):
        return False
    if after.kind != "word":
        return before in _NOT_ONE_BEFORE or after.text != "-"
    return before in _NOT_ONE_BEFORE or (after.plain in _PRONOUN_BEFORE and before not in _FATE_BEFORE)


def _is_one_more(around: Around) -> bool:
    """“One was killed on Friday”; “five were killed in Sarmin and one in Binnish”."""
    if around.after().plain == "was" and fate_of(around.after(2)):
        return True
    if around.before().plain != "and":
        return False
    for distance in range(2, _REACH):
        token = around.before(distance)
        if token.text in _ENDS_SENTENCE:
            return False
        if fate_of(token):
            return True
    return False


def _is_ordinal(around: Around) -> bool:
    """«الحادية والعشرون», «القرن السابع عشر», "twenty-first", "one hundred and fiftieth"."""
    before, after = around.before(), around.after()
    if before.arabic and _is_ordinal_word(before.plain):
        return around.numeral.value in _TENS
    joined = after.text == "-" or (after.plain == "and" and around.numeral.value >= _HUNDRED)
    ordinal = around.after(2) if joined else after
    if ordinal.plain not in ORDINALS_EN or around.first.arabic:
        return False
    return joined or around.numeral.value in _TENS or around.numeral.value >= _HUNDRED


def _is_ordinal_word(word: str) -> bool:
    return any(word.startswith(onto) and word[len(onto) :] in ORDINALS_AR for onto in _ONTO)


def _is_vague(around: Around) -> bool:
    """“several hundred”, «بضعة آلاف», «عشرات الآلاف», “half past two”, “the second half”; fractions of nothing."""
    numeral, before, after = around.numeral, around.before(), around.after()
    if before.plain in _VAGUE or before.plain == "past":
        return True
    if numeral.part:
        return _is_no_part_ar(around) if around.first.arabic else _is_no_part_en(around)
    if not numeral.definite:
        return False
    if numeral.value in {1, 2} and before.text:  # days of the week
        return not around.first.plain.endswith(("واحد", "واحده"))
    counted = before.plain.startswith("ال") or unit_of(before) or unit_of(after)
    return not counted or before.plain in _GROUP_AR  # «مجموعة العشرين», «في الخمسين من عمره»; but «الساعات الأربع»


def _is_no_part_ar(around: Around) -> bool:
    after = around.after().plain
    return around.numeral.definite or after in _NO_PART_AR or after.startswith("نهاي")


def _is_no_part_en(around: Around) -> bool:
    if around.after().plain in _CLOCK_AFTER and around.numeral.value in {0.25, 0.5}:
        return True
    if around.numeral.value == 0.5:  # noqa: PLR2004 - half
        return _is_no_half(around)
    if around.numeral.first == around.numeral.last:  # a bare "third", "quarter": an ordinal, a district
        return True
    after = around.after()
    return around.first.plain in {"a", "one"} and not (after.plain in _PART_AFTER or after.kind == "mark")


def _is_no_half(around: Around) -> bool:
    """“the second half”, “half-brother”, “the half”; “half of the”, “by half” are quantities."""
    before, after = around.before().plain, around.after()
    if (
        before in _HALF_OF_PLACE
        or (before in _HALF_OF_TWO and after.plain != "of")
        or before == "the"
        or (after.text == "-" and after.glued)
    ):
        return True
    return after.kind == "word" and after.plain not in _HALF_AFTER and before not in _HALF_BEFORE


def _is_name(around: Around) -> bool:
    """“World War Two”, “Group of Seven”, “Seven Wells”: capitals inside a sentence; headlines capitalise every word."""
    first, before, after = around.first, around.before(), around.after()
    if first.arabic or not first.capital or first.text.isupper():
        return False
    if before.text in _ENDS_SENTENCE or before.kind != "word" or _is_headline(around):
        return False
    if before.plain == "of":
        return around.before(2).capital or around.counts is None or after.capital
    return after.capital or (around.counts is None and before.capital)


def _is_headline(around: Around) -> bool:
    first, last = max(0, around.numeral.first - _WINDOW), around.numeral.last + _WINDOW + 1
    near = [token for token in around.tokens[first:last] if token.kind == "word" and len(token.text) > _SMALL_WORD]
    return sum(token.capital for token in near) >= _HEADLINE * len(near)
