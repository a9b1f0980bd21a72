"""Where sentences begin and end, in Arabic and English news text.

A sentence ends at . ! ? … ؟ ۔, together with the closing marks that follow, or at a
paragraph's end. A stop is no end inside an abbreviation, an initial, a number, an address,
or a quotation whose attribution follows («“…؟” قال», '"Why?" he asked'). An Arabic ؛ ends a
sentence when both clauses can stand alone by length. Where nothing tells a name from a new
sentence ("the U.S. Army"), the text stays whole: two sentences in one are still the
source's words, half a sentence is not.

One pass; every look back or ahead has a fixed width or moves forward only.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from ingest.attribution import CLOSERS, OPENERS, QUOTES, attribution_follows, enclosures
from ingest.lexis import fold


class Span(NamedTuple):
    """A half-open range of code points, 0-based."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""


LONG_CLAUSE = 120
"""Code points (about 20 Arabic words) before a ؛ that make its clause a sentence of its own."""

SHORT_REST = 40
"""Code points; a clause after ؛ that ends sooner stays with the one before it."""

_WINDOW = 32
"""Code points looked at before a stop for the word it belongs to."""

# Marks of direction, joiners and the like: invisible, and part of whatever they touch.
_INVISIBLE = frozenset(
    map(chr, (0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
)
# What stripping left of quotation marks in badly converted text.
_REPLACED = "\ufffd"
_STOPS = ".!?…؟۔。！？‼⁇⁈⁉"
_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_EVENT = re.compile(rf"(?P<stop>[{_STOPS}](?:[ \u00a0]?[{_STOPS}])*)|(?P<line>[{_LINES}]|\t)|(?P<half>؛)")
_WIDE_STOPS = "。！？"
_BEFORE_WORD = OPENERS | _INVISIBLE | {_REPLACED}
_SPACE = re.compile(r"\s*")
_LINE = re.compile(rf"[{_LINES}]|\t\s*\t")
_BLANK = re.compile(rf"[{_LINES}][^\S{_LINES}]*[{_LINES}]|\t\s*\t")
_WORDLY = re.compile(r"[^\W_]")
_WORD = re.compile(r"[\w'’-]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_ADDRESS = re.compile(r"://|www\.|@|/", re.IGNORECASE)


def _words(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_TITLES = _words("""
    mr mrs ms dr prof gen lt col maj capt sgt cpl pvt spc brig adm cmdr gov pres amb atty sen rep hon rev fr messrs supt
    insp st ft mt vs v e.g i.e cf viz approx al-hajj""")
"""Never the end of a sentence before a capital."""

_BEFORE_NUMBER = _words("no nos fig figs vol p pp art arts ch par para ca c")
"""Abbreviations before a digit, words elsewhere ("No.")."""

_MONTHS = _words("jan feb mar apr jun jul aug sep sept oct nov dec")
_SHORTENED = _MONTHS | _words("""
    inc ltd corp co bros jr sr dept univ assn ave blvd est etc al ph.d d.c gen col sec min eng tues thur thurs""")
"""Abbreviations that may also end a sentence."""

_STARTERS = _words("""
    the a an in on at it its he she they we i you but and or so yet however this that these those there here meanwhile
    earlier later when while after before since until if as for from with by his her their our my another some many
    most more all no not one two what who why how where according also among despite although though nor then now last
    both each only other such between during two three activists rebels witnesses officials""")
"""Words whose capital after an abbreviation shows a new sentence."""

_AFTER_CLOCK = _MONTHS | _words("""
    monday tuesday wednesday thursday friday saturday sunday gmt est edt et pst pdt utc bst cet local""")
_INITIALS_AR = _words("آر جيه كيه دبليو إتش إف")
"""Names of Latin letters that are no Arabic words: an initial before a stop (جورج آر. مارتن)."""

_LETTER_NAMES_AR = _INITIALS_AR | _words("إيه بي سي دي إي جي آي كي إل إم إن أو كيو إس تي يو في إكس واي زد")
_LETTER_AR = re.compile(r"و?[\u0621-\u064a]")
_ERA_AR = re.compile(r"\d\s*[مه]$")
_WHOLE_BEFORE = re.compile(rf"(?:[\u0620-\u065f\u0670]{{3}}|[{re.escape(''.join(CLOSERS))}])$")
_JOINED = re.compile(r"[-/]")
_ACRONYM = re.compile(r"(?:[^\W\d]\.)+[^\W\d]")
_TOP_DOMAINS = _words("com org net gov edu info int mil co uk fr de ru sy lb eg sa ae qa il tr tv me")
_LIST_MARK = 5
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\W?")
_LISTED = re.compile(r":\s+[1١۱]$")
"""The first number of a list inside a paragraph; `the toll: 54.` and `4:15.` are none."""
_GLUED_LATIN = re.compile(r"[A-Z][a-z]+(?![\w./:@])|[AI](?=\s)")


def is_paragraph_break(gap: str) -> bool:
    """Whether the white space between two sentences starts a new paragraph: a line end or two tabs."""
    return _LINE.search(gap) is not None


def split_sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    The spans are disjoint, in order, never empty, begin and end with non-white-space, and
    cover every character that is not white space. Takes time linear in the text's length.
    """
    return _Scan(text).run()


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = []
        self.start = self._skip_space(0)
        self.first_word = -1
        self.pairs = enclosures(text)
        self.opened = frozenset(self.pairs.values())
        self.inside = self._outermost()

    def run(self) -> list[Span]:
        resume = self.start
        for event in _EVENT.finditer(self.text):
            if event.start() < resume:
                continue
            if event["line"]:
                resume = self._at_line(event.start())
            elif event["half"]:
                if self._clause_ends(event.start()):
                    resume = self._cut(event.end())
            else:
                resume = self._at_stop(event.start(), event.end())
        self._cut(len(self.text))
        return self.spans

    def _skip_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def _outermost(self) -> list[Span]:
        spans: list[Span] = []
        for open_, close in sorted((open_, close) for close, open_ in self.pairs.items()):
            if not spans or open_ >= spans[-1].end:
                spans.append(Span(open_, close + 1))
        return spans

    def _cut(self, end: int) -> int:
        """End the current sentence at `end`; return where the next one starts."""
        text = self.text
        while end > self.start and text[end - 1].isspace():
            end -= 1
        if end > self.start:
            wordless = not self._has_word(end)
            if wordless and self.spans and not is_paragraph_break(text[self.spans[-1].end : self.start]):
                # A stray dash or quotation mark is no sentence: it goes with what it follows.
                self.spans[-1] = Span(self.spans[-1].start, end)
            else:
                self.spans.append(Span(self.start, end))
        self.start = self._skip_space(end)
        return self.start

    def _has_word(self, end: int) -> bool:
        if self.first_word < self.start:
            match = _WORDLY.search(self.text, self.start)
            self.first_word = match.start() if match else len(self.text)
        return self.first_word < end

    def _at_line(self, position: int) -> int:
        text = self.text
        following = self._skip_space(position)
        end = position
        while end > self.start and text[end - 1].isspace():
            end -= 1
        gap = text[end:following]
        if not is_paragraph_break(gap) or end <= self.start:
            return following
        if _BLANK.search(gap) is None and self._wraps(end, following):
            return following
        return self._cut(end)

    def _wraps(self, end: int, following: int) -> bool:
        """Whether a single line end stands inside a sentence: a comma before it, or a small letter after a letter."""
        before = self.text[end - 1]
        return before in ",،" or ((before.isalnum() or before in CLOSERS) and self._begins_small(following))

    def _begins_small(self, position: int) -> bool:
        """Whether the word at `position` is written without any capital, in a script that has them."""
        word = _WORD.match(self.text, position, position + _WINDOW)
        return word is not None and word[0][0].islower() and word[0].islower()

    def _clause_ends(self, position: int) -> bool:
        """Whether a ؛ separates two long clauses outside any quotation or bracket."""
        if position - self.start < LONG_CLAUSE:
            return False
        around = bisect_right(self.inside, Span(position, position)) - 1
        if around >= 0 and self.inside[around].end > position:
            return False
        rest = self.text[position + 1 : position + 1 + SHORT_REST]
        return len(rest) == SHORT_REST and _EVENT.search(rest) is None

    def _at_stop(self, begin: int, end: int) -> int:
        """Decide on the stop at `[begin, end)`; return where the scan goes on."""
        if not self._has_word(begin):
            return end
        after = self._past_closers(end)
        following = self._skip_space(after)
        if following > after and following in self.pairs and not is_paragraph_break(self.text[after:following]):
            after = self._past_closers(following)  # He left. ”
            following = self._skip_space(after)
        if following == len(self.text) or is_paragraph_break(self.text[after:following]):
            return after  # the text's or the line's end decides
        ends = self._ends_glued if after == following else self._ends_spaced
        return self._cut(after) if ends(begin, end, after) else after

    def _past_closers(self, position: int) -> int:
        text = self.text
        while position < len(text) and (
            (text[position] in CLOSERS and position not in self.opened)
            or text[position] in _INVISIBLE
            or text[position] == _REPLACED
            or unicodedata.combining(text[position])
        ):
            position += 1
        return position

    def _past_openers(self, position: int) -> int:
        limit = min(len(self.text) - 1, position + 8)
        while position < limit and (self.text[position] in _BEFORE_WORD):
            position += 1
        return position

    def _ends_glued(self, begin: int, end: int, after: int) -> bool:
        """Whether a stop with no space after it ends a sentence all the same (a space lost in copying)."""
        text = self.text
        if text[end - 1] in _WIDE_STOPS:
            return True
        position = self._past_openers(after)
        before = text[max(self.start, begin - _WINDOW) : begin].split()
        if not before or _ADDRESS.search(before[-1]):
            return False
        if _ARABIC.match(text, position):
            if after > end:
                return not attribution_follows(text, position)
            return "؟" in text[begin:end] or _WHOLE_BEFORE.search(before[-1]) is not None
        if after > end:
            return text[position].isupper()
        word = _GLUED_LATIN.match(text, position)
        return (
            word is not None
            and before[-1][-2:].islower()
            and before[-1][-2:].isalpha()
            and fold(word[0]) not in _TOP_DOMAINS
            and not self._abbreviates(begin, position)
        )

    def _ends_spaced(self, begin: int, end: int, after: int) -> bool:
        """Whether a stop with white space after it ends a sentence."""
        text = self.text
        following = self._skip_space(after)
        position = self._past_openers(following)
        if self._begins_small(position) or (after > end and self._embedded(begin, end, after)):
            return False
        run = text[begin:end]
        if run == ".":
            return not self._abbreviates(begin, position)
        if run.strip(".… \u00a0") or run[1:2].isspace():
            return True  # in "end. ..." the first stop is the end
        # An ellipsis is as often a pause as an end; a capital, «و» or an opening mark shows an end.
        return position > following or text[position].isupper() or text[position] == "و"

    def _embedded(self, begin: int, end: int, after: int) -> bool:
        """Whether the closing marks after a stop close a quotation or bracket inside a sentence that goes on."""
        text = self.text
        following = self._skip_space(after)
        closing = range(end, after)
        if any(text[mark] in QUOTES for mark in closing) and attribution_follows(text, following):
            return True
        if text[begin:end] == "." or not _ARABIC.match(text, following):
            return False
        # No capital shows where an Arabic sentence starts; a quoted sentence follows a colon or stands alone.
        opened = min((self.pairs[mark] for mark in closing if mark in self.pairs), default=self.start)
        return opened > self.start and not text[max(self.start, opened - 2) : opened].rstrip().endswith(":")

    def _abbreviates(self, begin: int, position: int) -> bool:
        """Whether the full stop at `begin` belongs to the word before it, given the next word's `position`."""
        before = self.text[max(self.start, begin - _WINDOW) : begin]
        if before[-1:].isspace():
            return False
        if (begin - self.start <= _LIST_MARK and _LIST_NUMBER.fullmatch(before)) or _LISTED.search(before):
            return True
        raw = _JOINED.split(before.split()[-1])[-1].lstrip("".join(OPENERS))
        match = _WORD.match(self.text, position, position + _WINDOW)
        following = fold(match[0]) if match else ""
        if _ARABIC.match(raw):
            return _abbreviates_ar(fold(raw), before, following)
        return _abbreviates_latin(raw, following, quoted=self.text[position - 1] in QUOTES)


def _abbreviates_ar(word: str, before: str, following: str) -> bool:
    if _ACRONYM.fullmatch(word):
        return not following.startswith("و")
    if _LETTER_AR.fullmatch(word):
        return _ERA_AR.search(fold(before)) is None
    if word not in _LETTER_NAMES_AR:
        return False
    earlier = fold(before).split()[-2:-1]
    spelled = bool(earlier) and earlier[0].rstrip(".") in _LETTER_NAMES_AR and earlier[0].endswith(".")
    return word in _INITIALS_AR or following in _LETTER_NAMES_AR or (spelled and not following.startswith("و"))


def _abbreviates_latin(raw: str, following: str, *, quoted: bool) -> bool:
    word = fold(raw)
    number = following[:1].isdigit()
    if word in _TITLES:
        return True
    if word in _BEFORE_NUMBER:
        return number
    if word in {"a.m", "p.m"}:
        return following in _AFTER_CLOCK
    if word in _SHORTENED or _ACRONYM.fullmatch(word) or (len(raw) == 1 and raw.isupper()):
        return number or not (quoted or following in _STARTERS)
    return False
