"""Words as the lexical index knows them: folded, stemmed, digits unified; names by their sound.

Index and query pass through the same functions, so what was written as «والسوسة» or
"AL-SUSAH" is found by «السوسة» or "al-Susah". Nothing here keeps offsets: what is cited
always comes from the article's own text.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, cast

_INVISIBLE = "\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Tatweel, zero-width characters and bidirectional marks: they never change a word."""

_DROPPED = re.compile(f"[{_INVISIBLE}]")
_GROUPED_DIGITS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")

_LAST_MARK = 0x3100
"""No script in everyday use has combining marks beyond."""

_MARKS = "".join(chr(code) for code in range(_LAST_MARK) if unicodedata.category(chr(code)).startswith("M"))

SPELLED = re.compile(f"[\\w{_MARKS}\u200c\u200d]+")
"""A word as it is spelled, with the marks on its letters: tashkeel, accents, the vowels of Indic scripts."""

_LETTERS = str.maketrans(
    {
        # One letter for each set that Arabic spelling mixes freely, and Persian forms of Arabic letters.
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئیې", "ي"),
        "ؤ": "و",
        "ة": "ه",
        **dict.fromkeys("کگ", "ك"),
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
    }
)

_STOP_WORDS_EN = frozenset(
    """a according an and any are as at be been before after by can could did do does during for from had has have he
    her his how i if in into is it its long many me much of off on or our reported say said says she should so some
    tell than that the their them then there these they this those to was we were what when where which while who
    whom whose why will with would you your""".split()  # noqa: SIM905 - a word list reads best as running text
)
_STOP_WORDS_AR_SPELLED = """ما ماذا من متى أين كم كيف لماذا لم لن لا هل أي أية التي الذي الذين اللذين في على عن إلى
    حتى هو هي هم هما كان كانت يكون تكون تم قد قال قالت ذكر ذكرت بعد قبل عند مع هذا هذه ذلك تلك هناك بين أن إن أو ثم
    كل بعض عدد وفق وفقا بحسب حسب بشأن حول خلال لدى منذ الى وما ومن إنه إنها إنهم أنه أنها أنهم بأن بأنه بأنها بأنهم
    منه منها منهم عنه عنها عنهم له لها لهم به بها بهم فيه فيها فيهم عليه عليها عليهم إليه إليها إليهم لديه لديها لديهم
    وهو وهي وهم أفاد أفادت صرح صرحت"""


class _Stemmer(Protocol):
    """The part of a PyStemmer stemmer used here."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - PyStemmer's spelling
        """Reduce one word to its stem."""


@cache
def _stemmer(language: str) -> _Stemmer:
    import Stemmer

    return cast("_Stemmer", Stemmer.Stemmer(language))


class _Plain(dict[int, str]):
    """What each code point of decomposed text is folded to, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        letter = _LETTERS.get(code_point, chr(code_point))
        plain = "" if _DROPPED.match(letter) or unicodedata.combining(letter) else letter
        if plain.isdigit() and not plain.isascii():
            plain = str(unicodedata.digit(plain))
        self[code_point] = plain
        return plain


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Fold case, diacritics, tashkeel, tatweel, spelling variants and digit shapes of a text.

    Digits of every script become ASCII, and thousands separators inside a number vanish
    (`١٬٧٠٠` and `1,700` are both `1700`).
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_PLAIN)
    return _GROUPED_DIGITS.sub("", plain.casefold().translate(_LETTERS))


STOP_WORDS = _STOP_WORDS_EN | {fold(word) for word in _STOP_WORDS_AR_SPELLED.split()}
"""Folded function and question words of both languages: they carry no subject."""


_ARTICLES_AR = ("وال", "بال", "كال", "فال", "لل", "ال")
_MIN_STEM = 3


def _without_article(word: str, *, least: int) -> str:
    """Take the Arabic article off, with what is written onto it, where at least so many letters remain."""
    for article in _ARTICLES_AR:
        if word.startswith(article) and len(word) - len(article) >= least:
            return word[len(article) :]
    return word


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    if not _ARABIC.search(word):
        return _stemmer("english").stemWord(word)
    # Snowball leaves «وال» on, and takes endings off «غارة» that it leaves on «الغارة». As in Light10 (Larkey et al.,
    # 2007), the article goes first: BM25 alone R@1 .87 → .90 on XQuAD's Arabic, .69 → .70 on ARCD.
    return _stemmer("arabic").stemWord(_without_article(word, least=_MIN_STEM))


def terms(text: str) -> list[str]:
    """Index terms of a text in order: folded, without stop words, stemmed (Snowball, Arabic and English)."""
    return [_stem(word) for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]


_SOUNDS_AR = {
    letter: sound
    for sound, letters in {
        "b": "ب",
        "t": "تط",
        "s": "ثسشص",
        "j": "جغ",
        "h": "حخه",
        "d": "دضذ",
        "z": "زظ",
        "r": "ر",
        "f": "ف",
        "k": "قك",
        "l": "ل",
        "m": "م",
        "n": "ن",
    }.items()
    for letter in letters
}
_SOUNDS_EN = {
    letter: sound
    for sound, letters in {
        "b": "bp",
        "t": "t",
        "s": "s",
        "j": "jg",
        "h": "h",
        "d": "d",
        "z": "z",
        "r": "r",
        "f": "fv",
        "k": "kqc",
        "l": "l",
        "m": "m",
        "n": "n",
    }.items()
    for letter in letters
}
_DIGRAPHS_EN = (
    *(("sch", "s"), ("tch", "s"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "s")),
    *(("dh", "d"), ("ck", "k"), ("x", "ks"), ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s")),
)
_SILENT_END_AR = re.compile("ه$")
_SILENT_END_EN = re.compile(r"(?<![cdgkpst])h$")
_REPEATED = re.compile(r"(.)\1+")
_MIN_CONSONANTS = 3
"""Shorter keys meet by chance: on XQuAD, keys of two consonants cost more than they found."""


def _sound_ar(word: str) -> str:
    bare = _SILENT_END_AR.sub("", _without_article(word, least=2))
    return "".join(_SOUNDS_AR.get(letter, "") for letter in bare)


def _sound_en(word: str) -> str:
    word = _SILENT_END_EN.sub("", word)
    for digraph, sound in _DIGRAPHS_EN:
        word = word.replace(digraph, sound)
    return "".join(_SOUNDS_EN.get(letter, "") for letter in word)


def names(text: str, *, across: bool = False) -> list[str]:
    """Sound keys of what may be names in a text: `mnj` and its script for both «مانينغ» and "Manning".

    A key is the word's consonants in thirteen classes that Arabic and Latin spelling share,
    in the manner of Soundex, vowels left out. Latin words count when capitalised; Arabic has
    no capitals, so every Arabic word that is no stop word counts. A key ends in the script it
    was read from (`a` Arabic, `e` Latin): inside one script, words match better as they are.

    Args:
        text: text as written.
        across: give the keys that the same names have in the other script, to look them up there.
    """
    arabic, latin = ("e", "a") if across else ("a", "e")
    sounds = (_sound(word) for word in _WORD.findall(text))
    return [sound.key + (arabic if sound.arabic else latin) for sound in sounds if sound]


def sound(word: str) -> str:
    """The consonants of a word in thirteen classes that Arabic and Latin spelling share, however few they are.

    For names that are compared one by one; what is looked up among many needs the length that `names` asks for.
    """
    folded = fold(word)
    return _REPEATED.sub(r"\1", _sound_ar(folded) if _ARABIC.search(folded) else _sound_en(folded))


class _Sound(NamedTuple):
    """What a word sounds like."""

    key: str
    arabic: bool


@lru_cache(maxsize=200_000)
def _sound(word: str) -> _Sound | None:
    """The sound of a word that may be a name, if it is long enough to tell; news repeats its names."""
    folded = fold(word)
    if folded in STOP_WORDS or not folded:
        return None
    arabic = bool(_ARABIC.search(folded))
    if not arabic and not word[0].isupper():
        return None
    key = _REPEATED.sub(r"\1", _sound_ar(folded) if arabic else _sound_en(folded))
    return _Sound(key, arabic) if len(key) >= _MIN_CONSONANTS else None
