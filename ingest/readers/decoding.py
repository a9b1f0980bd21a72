"""Bytes → text: which characters the bytes of a file stand for.

In this order: byte order mark, strict UTF-8, the charset an HTML page declares,
detection. UTF-8 goes before the declaration because pages saved from a browser are
often rewritten in UTF-8 and keep their old `<meta charset>`, whereas text in another
charset practically never happens to be valid UTF-8.
"""

import codecs
import re
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from ingest.errors import SourceError

_BINARY_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, a sound or a video"),
    (b"ID3", "a sound"),
    (b"\x1f\x8b", "a compressed file"),
)
_BOMS = (
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b"))
_MAX_CONTROL_SHARE = 0.05

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL_SIGNS = re.compile(r"[\u064b-\u0652]")
_ARABIC_WORD = re.compile(r"[\u0621-\u063a\u0640-\u064a\u066e-\u06d3]+")
_ACCENTED_WORD = re.compile(r"(?=.*[A-Za-z])[A-Za-z\u00c0-\u024f]+")
_FREQUENT_ARABIC = frozenset("اليمونرتبه")
"""The ten commonest letters of Arabic text: about two thirds of it, and about 55 % of Persian."""
_KEPT_PER_LOST = 9
_ENOUGH_LETTERS = 20
"""From how many letters on their frequencies mean something."""
_MIN_FREQUENT_SHARE = 0.3
_MIN_ARABIC_SHARE = 0.8
_MIN_LATIN_SHARE = 0.7
_ARABIC_CHARSETS = ("cp1256", "iso8859-6")
_SURE = 0.4
"""Coherence (letters as frequent as in a known language) from which charset_normalizer is believed."""
_SAMPLE = 200_000
"""How many bytes are looked at to tell a charset."""


def bom_encoding(data: bytes) -> str | None:
    """Name the encoding that the byte order mark at the start of `data` announces, if there is one."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def decode(data: bytes, source: str, *, html: bool = False) -> str:
    """Decode the bytes of one source; a byte order mark is dropped.

    `html` says to honour a charset declared in the markup. Damaged UTF-8 (nearly all of
    it valid) is kept, with U+FFFD where bytes were lost. Raises `SourceError`: `binary`
    for what is no text, `unreadable` where the charset cannot be told.
    """
    if encoding := bom_encoding(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _unknown_charset(source) from error
    _refuse_binary(data, source)
    declared = _declared_charset(data) if html else None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, declared, source)
    # Seven-bit encodings such as ISO-2022-JP are valid UTF-8 too; only the page can tell.
    return data.decode(declared, "replace") if declared and data.isascii() else text


def _refuse_binary(data: bytes, source: str) -> None:
    """Raise `SourceError("binary")` for known file signatures, NUL bytes or mostly control characters."""
    kind = next((name for signature, name in _BINARY_SIGNATURES if data.startswith(signature)), None)
    if kind is None:
        controls = len(data) - len(data.translate(None, _CONTROL))
        if b"\0" not in data and controls <= len(data) * _MAX_CONTROL_SHARE:
            return
        kind = "binary data (or UTF-16 without a byte order mark)"
    raise SourceError(
        "binary",
        f"{source}: this is {kind}, not text. Save or export the article as plain text (UTF-8) and add that file.",
    )


def _decode_legacy(data: bytes, declared: str | None, source: str) -> str:
    """Decode what is not valid UTF-8: declared charset, damaged UTF-8, then detection."""
    if declared and declared != "utf-8":
        # Web pages hold stray bytes; browsers read on after them, and so do we.
        return data.decode(declared, "replace")
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace")
    encoding = _detect(data[:_SAMPLE])
    if encoding is None:
        raise _unknown_charset(source)
    return data.decode(encoding, "replace")


def _unknown_charset(source: str) -> SourceError:
    return SourceError(
        "unreadable", f"{source}: the character set of this text cannot be told. Save it as UTF-8 and add it again."
    )


def _declared_charset(data: bytes) -> str | None:
    """Return the charset declared in the head of an HTML page, by its Python name."""
    from charset_normalizer.constant import IANA_SUPPORTED
    from w3lib.encoding import html_body_declared_encoding

    name = html_body_declared_encoding(data)
    if name is None or name.startswith(("utf-16", "utf-32")):
        return None  # a declaration readable as ASCII proves the page is not in those (WHATWG says so too)
    # Python also knows codecs that are no charsets (rot13, punycode, unicode_escape): a page must not choose them.
    return name if name in _canonical(tuple(IANA_SUPPORTED)) else None


@lru_cache(maxsize=1)
def _canonical(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(codecs.lookup(name).name for name in (*names, "utf-8", "ascii"))


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are nearly so: cut off inside the last letter, or nine parts in ten."""
    lost = data.decode("utf-8", "replace").count("\ufffd")
    kept = sum(1 for char in data.decode("utf-8", "ignore") if char > "\x7f")
    cut_off = "\ufffd" not in codecs.getincrementaldecoder("utf-8")("replace").decode(data)  # keeps back an open letter
    return kept > 1 and (cut_off or kept >= _KEPT_PER_LOST * lost)


def _detect(data: bytes) -> str | None:
    """Tell the charset of text that is not UTF-8; None when there is no good reason for any.

    Arabic code pages come first, as short Arabic text is where statistics fail: they are
    taken when what they yield reads as Arabic. Then charset_normalizer where it is sure,
    then Windows-1252 where its accented letters stand inside Latin words.
    """
    read = [
        (encoding, _arabic_share(text)) for encoding in _ARABIC_CHARSETS if (text := _try(data, encoding)) is not None
    ]
    encoding, share = max(read, key=itemgetter(1))  # the first of equals
    if share >= _MIN_ARABIC_SHARE:
        return encoding
    if coherent := _most_coherent(data):
        return coherent
    latin = _try(data, "cp1252")
    return "cp1252" if latin is not None and _reads_as_latin(latin) else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _most_coherent(data: bytes) -> str | None:
    """charset_normalizer's cleanest and most coherent match if sure; Windows-1252 wins ties."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data))
    if not matches:
        return None
    cleanest = min(match.chaos for match in matches)
    best = max(
        (match for match in matches if match.chaos == cleanest),
        key=lambda match: (match.coherence, match.encoding == "cp1252"),
    )
    return best.encoding if best.coherence >= _SURE else None


def _arabic_share(text: str) -> float:
    """Return the share of letters in words beyond ASCII that form Arabic words, 0 where they are not as in Arabic.

    A word must be all in Arabic letters: a Latin letter next to one shows a Western or
    Cyrillic word misread. Letters standing alone prove nothing (`À`, `1453م`), nor do
    French words, as Windows-1256 has their accents too.
    """
    words = [word for word in _WORD.findall(_VOWEL_SIGNS.sub("", text)) if not word.isascii() and len(word) > 1]
    arabic = "".join(word for word in words if _ARABIC_WORD.fullmatch(word))
    letters = sum(len(word) for word in words if not _ACCENTED_WORD.fullmatch(word))
    frequent = len([char for char in arabic if char in _FREQUENT_ARABIC])
    if not arabic or (len(arabic) >= _ENOUGH_LETTERS and frequent < _MIN_FREQUENT_SHARE * len(arabic)):
        return 0.0
    return len(arabic) / letters


def _reads_as_latin(text: str) -> bool:
    """Whether non-ASCII letters stand among ASCII ones, as accents do, or alone, as in `à`; `przysz³ym` is no word."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    sound = [
        word
        for word in words
        if word.isalpha() and (len(word) == 1 or any(a.isascii() or b.isascii() for a, b in pairwise(word)))
    ]
    return len(sound) >= _MIN_LATIN_SHARE * len(words)
