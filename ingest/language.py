"""Languages: which one a text is in, how its code is written, which way it runs.

Detection is offline and deterministic: the script decides first, then py3langid.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ingest.errors import SourceError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDETERMINED = "und"
"""Stands for a language that could not be told (ISO 639-2)."""

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en"
    " eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv"
    " ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne"
    " ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss"
    " st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_ISO_639_1 = frozenset(_CODES.split())
_OTHER_CODES = {
    # ISO 639-2 and -3 codes of languages a Middle East desk meets, and withdrawn two-letter ones.
    "ara": "ar", "arb": "ar", "eng": "en", "fas": "fa", "per": "fa", "prs": "fa", "urd": "ur", "pus": "ps",
    "tur": "tr", "kur": "ku", "ckb": "ku", "kmr": "ku", "heb": "he", "fra": "fr", "fre": "fr", "deu": "de",
    "ger": "de", "spa": "es", "ita": "it", "rus": "ru", "iw": "he", "in": "id", "ji": "yi",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_ARABIC_SCRIPT_LABELS = {
    # py3langid's label → ours; Moroccan and Egyptian Arabic are written up as Arabic, Southern Kurdish as Kurdish.
    "ar": "ar", "ary": "ar", "arz": "ar", "fa": "fa", "ur": "ur", "ps": "ps", "ug": "ug", "ku": "ku", "sdh": "ku",
}  # fmt: skip
_ARABIC_SCRIPT_LANGUAGES = frozenset(_ARABIC_SCRIPT_LABELS.values()) | {"sd"}
_ARABIC_SCRIPT_ONLY = _ARABIC_SCRIPT_LANGUAGES - {"ku"}  # Kurdish is written in both scripts
_ARABIC_LETTER = re.compile(r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08b4]")
_NOT_OF_ARABIC = re.compile(r"[\u0620\u063b-\u063f\u066e-\u0670\u0672-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08b4]")
_FOREIGN_SHARE = 0.02
"""Up to this share, letters foreign to Arabic are names (ڤ, گ); Persian and Urdu have four times as many."""
_ENGLISH_PRIOR = 8.0
"""How much likelier English is than any other language in Latin script; it decides short texts only."""
_ENOUGH_WORDS = 6
"""Latin words from which on a query's language can be told."""
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@]\w+")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARACTERS = 100_000
_SAMPLE_LETTERS = 5_000


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language most of `text` is in, `und` if it has no letters.

    Reads the first 5,000 letters. Arabic script without letters foreign to Arabic is
    Arabic; in doubt, short Latin text is English.
    """
    sample = _sample(text)
    letters = len(sample.replace(" ", ""))
    if not letters:
        return UNDETERMINED
    arabic = len(_ARABIC_LETTER.findall(sample))
    ranking: list[tuple[str, float]]
    if arabic * 2 > letters:
        if len(_NOT_OF_ARABIC.findall(sample)) <= arabic * _FOREIGN_SHARE:
            return "ar"
        ranking = _identifier().rank(sample)
        return next(_ARABIC_SCRIPT_LABELS[label] for label, _ in ranking if label in _ARABIC_SCRIPT_LABELS)
    ranking = [
        (label, score * _ENGLISH_PRIOR if label == "en" else score)
        for label, score in _identifier().rank(sample)
        if label in _ISO_639_1 and label not in _ARABIC_SCRIPT_ONLY
    ]
    return max(ranking, key=lambda scored: scored[1])[0]


def detect_query_language(text: str) -> str:
    """Return the ISO 639-1 code of the language a question or query is put in, names in another script left aside.

    «من هو Sean Ryan؟» is Arabic. A handful of Latin words is too little to tell and taken for English.
    """
    words = _sample(text).split()
    arabic = [word for word in words if _ARABIC_LETTER.search(word)]
    if arabic and (len(arabic) * 2 > len(words) or arabic[0] == words[0] or text.rstrip().endswith("؟")):
        return detect_language(" ".join(arabic))
    others = [word for word in words if word not in arabic]
    if others and len(others) < _ENOUGH_WORDS and all(word.isascii() for word in others):
        return "en"
    return detect_language(" ".join(others))


def language_code(value: str) -> str:
    """Return the ISO 639-1 code for a language tag: `ar-EG` → `ar`, `eng` → `en`.

    Raises `SourceError("invalid_record")` for names (`Arabic`) and for what is no code.
    """
    match = _CODE.fullmatch(value.strip())
    code = match.group(1).lower() if match else ""
    code = _OTHER_CODES.get(code, code)
    if code in _ISO_639_1 or code == UNDETERMINED:
        return code
    raise SourceError(
        "invalid_record",
        f"the language “{value.strip()[:40]}” is not a language code. Write two letters, such as ar for Arabic or en"
        " for English, or leave it out to have it detected.",
    )


def fits_script(language: str, text: str) -> bool:
    """Whether `text` is in a script that `language` is written in, as far as Arabic script goes.

    Page templates often declare `en` around Arabic articles; this tells.
    """
    sample = _sample(text)
    is_arabic = len(_ARABIC_LETTER.findall(sample)) * 2 > len(sample.replace(" ", ""))
    return language in _ARABIC_SCRIPT_LANGUAGES if is_arabic else language not in _ARABIC_SCRIPT_ONLY


def text_direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction text in `language` (an ISO 639-1 code) is written in."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def _sample(text: str) -> str:
    """Return the first words of `text`, spaces between, without addresses; presentation forms are resolved."""
    start = _ADDRESSES.sub(" ", unicodedata.normalize("NFKC", text[:_SAMPLE_CHARACTERS]))
    return " ".join(_WORD.findall(start))[:_SAMPLE_LETTERS]


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Load py3langid's model (about a second) once per process, apart from its global one."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
