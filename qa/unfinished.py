"""Claims out of a reply that is still being written: each as soon as its braces close.

`"claims": [` is looked for wherever it stands, behind a fence or a few words; from there on objects are told apart by
their braces, strings left alone. What a whole reply says in the end is for who reads it whole.
"""

import re

_OPENING = re.compile(r'"claims"\s*:\s*\[')

_TAIL = 200
"""Code points kept of a text in which no claims have begun."""

LONGEST = 40_000
"""Code points of one claim's JSON; a longer one is passed over."""


class Unfinished:
    """One reply, fed piece by piece; takes time in proportion to its length."""

    def __init__(self) -> None:
        self._before = ""
        self._began = False
        self._ended = False
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._length = 0
        self._pieces: list[str] = []

    def feed(self, text: str) -> list[str]:
        """Take the next piece of text; the JSON of every claim that it completes."""
        if not self._began:
            self._before += text
            opening = _OPENING.search(self._before)
            if opening is None:
                self._before = self._before[-_TAIL:]
                return []
            self._began = True
            text, self._before = self._before[opening.end() :], ""
        return self._objects(text)

    def _objects(self, text: str) -> list[str]:
        found: list[str] = []
        start = 0
        for at, char in enumerate(text):
            if self._ended:
                break
            inside = self._depth > 0
            if self._steps(char) and self._depth == 1 and not inside:
                start = at
            elif inside and self._depth == 0:
                self._keep(text[start : at + 1])
                if self._length <= LONGEST:
                    found.append("".join(self._pieces))
                self._pieces, self._length = [], 0
        if self._depth:
            self._keep(text[start:])
        return found

    def _keep(self, piece: str) -> None:
        self._length += len(piece)
        if self._length <= LONGEST:
            self._pieces.append(piece)

    def _steps(self, char: str) -> bool:
        """Take one character; whether it opens an object."""
        if self._in_string:
            if self._escaped:
                self._escaped = False
            elif char == "\\":
                self._escaped = True
            elif char == '"':
                self._in_string = False
        elif char == '"':
            self._in_string = True
        elif char == "{":
            self._depth += 1
            return True
        elif char == "}":
            self._depth = max(0, self._depth - 1)
        elif char == "]" and not self._depth:
            self._ended = True
        return False
