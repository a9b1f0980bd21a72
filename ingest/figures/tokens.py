"""A text as words, digit strings and marks, each with its place in the original.

Words are folded one by one (`ingest.lexis.fold`), so that tashkeel, tatweel and spelling do not matter and offsets stay
those of the text as it is. One pass, linear in the text's length.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from ingest.lexis import fold

Kind = Literal["word", "digits", "fraction", "mark"]

_MARKS = "".join(chr(code) for code in range(0x3100) if unicodedata.category(chr(code)).startswith("M"))
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_TOKEN = re.compile(
    rf"(?P<digits>\d+(?:[.,٬٫،'’]\d+)*)|(?P<fraction>[{_VULGAR}])"
    rf"|(?P<word>(?:(?![{_VULGAR}])[^\W\d_][{_MARKS}\u200c\u200d]*)+)|(?P<mark>[^\s{_MARKS}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff])"
)
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")


class Token(NamedTuple):
    """One word, digit string, vulgar fraction or mark of a text."""

    kind: Kind
    text: str
    """As it is written."""
    plain: str
    """Folded; digits and marks as they are."""
    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    glued: bool
    """Whether nothing stands between it and the token before."""

    @property
    def arabic(self) -> bool:
        """Whether it is written in Arabic letters."""
        return _ARABIC.match(self.text) is not None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    def offset(self, letters: int) -> int:
        """Where its letter number `letters` stands in the text, counted in folded letters: past a clitic, say."""
        left = letters
        for position, char in enumerate(self.text):
            folded = len(fold(char))
            if left <= 0 and folded:
                return self.start + position
            left -= folded
        return self.end


NOTHING = Token("mark", "", "", 0, 0, glued=False)
"""What stands before the first token and after the last one."""


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens, in order and disjoint; white space, stray marks and signs of direction are no tokens."""
    tokens: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind = cast("Kind", match.lastgroup)  # the pattern's groups are the kinds
        written = match[0]
        plain = _folded(written) if kind == "word" else written
        tokens.append(Token(kind, written, plain, match.start(), match.end(), match.start() == last))
        last = match.end()
    return tokens


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return fold(word)
