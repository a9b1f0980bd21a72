"""The names that a question asks about, and whether a story has them: another ferry's story answers nothing.

Names are told by capitals, so in questions in Latin script, and looked for in stories of the same language alone. Only
those count that the archive has somewhere: a name that it never writes may be spelled otherwise.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.dates import MONTHS
from ingest.lexis import STOP_WORDS, fold, terms
from ingest.library import Library
from qa.domain import Question
from qa.name_words import is_near
from qa.offices import of_word

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_WEEK = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


class Named:
    """The names of one question."""

    def __init__(self, question: Question, library: Library) -> None:
        self._language = question.language
        text = question.in_context
        known = [*library.places.find(text), *library.aliases.find(text)]
        names = [
            found.group()
            for found in list(_WORD.finditer(text))[1:]
            if _is_name(found.group()) and not any(one.start < found.end() and found.start() < one.end for one in known)
        ]
        self._names = tuple(dict.fromkeys(name for name in names if _is_met(name, library)))

    def misses(self, text: str, language: str) -> bool:
        """Whether a whole story, headline and text, lacks one of them."""
        if language != self._language or not self._names:
            return False
        here, written = _words_of(text)
        return any(not set(terms(name)) & here and not is_near(name, written) for name in self._names)


def _is_name(word: str) -> bool:
    """Whether a word is written as a name, and is none of the calendar or of what bodies are called by.

    Words all in capitals are left out: articles often have them in full (SOHR).
    """
    plain = fold(word)
    if not word[0].isupper() or word.isupper() or plain in STOP_WORDS or plain in MONTHS or plain in _WEEK:
        return False
    return not of_word(word)


@lru_cache(maxsize=256)
def _words_of(text: str) -> tuple[frozenset[str], Sequence[str]]:
    """A text's index terms, and its words with a capital."""
    return frozenset(terms(text)), tuple(dict.fromkeys(word for word in _WORD.findall(text) if word[0].isupper()))


def _is_met(name: str, library: Library) -> bool:
    """Whether some passage of the archive has a name."""
    words = terms(name)
    rarity = library.archive.passages.rarity([*words, ""])
    return any(rarity[word] < rarity[""] for word in words)
