"""Do the quotes say what a claim's text says, word by word, be it in another language?

What the text says with its figures and speaker is checked elsewhere; what is left are names, days and words. A name, a
day or a number that stands nowhere around the quotes, a negation that one of the two lacks, an opposite word, or a text
most of whose words they do not have is another statement: it is refused. A few words that they may or may not say, as
far as stems and word lists can tell, are no reason to refuse the claim, and none to let its text through: the service
says it in its own words then, made of what was read (`qa.phrasing`). Vectors are no judge here: "June" is nearer to
"May", and "hospitals" to "camps", than most words to those that mean the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.aliases import Aliases
from ingest.figures import read_figures
from ingest.figures.fates import fate_of
from ingest.figures.tokens import tokenize
from ingest.language import detect_query_language
from ingest.lexis import STOP_WORDS, fold, sound, terms
from ingest.library import Library
from ingest.places import Places
from ingest.turns import TURNS, Turn, clauses, turns
from qa.asked import years
from qa.coverage import content_words
from qa.gate.evidence import Ground
from qa.gate.order import in_one_clause, is_run, shifts
from qa.gate.senses import opposed, senses_of
from qa.gate.times import CALENDAR, days_of, same_time
from qa.name_words import is_spelled
from qa.offices import of_word

Support = Literal["said", "unsure", "unsupported"]

_LEAST = 0.5
"""Share of the words that have to be held, or the text is about something else."""

_LEAST_ABROAD = 0.3
"""The same, of quotes in another language, of the words that the lists have."""

_FEW = 3
"""Words below which no share is taken."""

_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PARTICLES = frozenset("al el ibn bin abu umm the of and".split())  # noqa: SIM905 - reads best as running text
_GLUE = frozenset(
    fold(word)
    for word in """
    reported report reports said says told according account statement announced stated added count counted put gave
    given including among
    also another other others still just such same quoted
    via citing source sources described called known named following regarding during since until
    أفاد أفادت ذكر ذكرت قال قالت أعلن أعلنت أضاف أضافت أوضح أوضحت أكد أكدت نقل نقلت بيان
    بينهم بينها ضمنهم كذلك أيضا وذلك حيث
    وفق وفقا لما جاء فيه نفسه نفسها خلال ضمن أحد إحدى مصدر مصادر كما قد""".split()  # noqa: SIM905 - a word list
)


class Read(NamedTuple):
    """What the words of a claim's quotes, and around them, are compared by."""

    text: str
    language: str
    terms: frozenset[str]
    words: Sequence[str]
    places: frozenset[str]
    bodies: frozenset[str]
    senses: frozenset[int]
    offices: frozenset[int]
    fates: frozenset[str]


class Checker:
    """Compares claims with their quotes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._aliases, self._places = library.aliases, library.places

    def check(self, text: str, grounds: Sequence[Ground], speakers: Iterable[str], claimed: Sequence[str]) -> Support:
        """Tell whether quotes say what a claim's text says beside its figures and speakers.

        Args:
            text: the claim's text.
            grounds: its quotes.
            speakers: all names of who says it by its sources, and of the outlets.
            claimed: names by which the claim says who does; none where it names nobody.
        """
        around = _read("\n".join(ground.around() for ground in grounds), self._places, self._aliases)
        sentences = (ground.article.text[slice(*ground.sentences)] for ground in grounds)
        quoted = _read("\n".join(sentences), self._places, self._aliases)
        if (
            _is_disguised(text, quoted.text)
            or not same_time(text, grounds)
            or not _numbers_held(text, quoted.text, grounds)
        ):
            return "unsupported"
        names = frozenset(term for name in speakers for term in terms(name))
        if not self._names_held(text, around, names):
            return "unsupported"
        # A name that only the headline or another sentence has is the claim's combination, not the quote's words.
        near = self._names_held(text, quoted, names, strictly=True)
        words = [word for word in _left(text) if not set(terms(word)) & names]
        if opposed(words, quoted.words) or self._turned(text, words, grounds, named=bool(claimed)):
            return "unsupported"
        told_by = frozenset(term for name in claimed for term in terms(name))
        held = [self._holds(word, quoted, body=bool(set(terms(word)) & told_by)) for word in words]
        # Abroad, a word that no list has may be said: nothing tells.
        abroad = quoted.language != detect_query_language(text)
        told = [one for word, one in zip(words, held, strict=True) if one or not abroad or senses_of(word)]
        if len(told) >= _FEW and sum(told) < (_LEAST_ABROAD if abroad else _LEAST) * len(told):
            return "unsupported"
        sure = near and all(held) and self._ordered(text, grounds, names | told_by, abroad=abroad)
        return "said" if sure else "unsure"

    def _names_held(self, text: str, around: Read, spoken: frozenset[str], *, strictly: bool = False) -> bool:
        """Whether every name of a text stands around its quotes: by its letters, its sound, or another name of it."""
        if not {found.canonical for found in self._places.find(text)} <= around.places | (
            frozenset() if strictly else _within(around, self._places)
        ):
            return False
        known = [*self._places.find(text), *self._aliases.find(text)]
        for found in _NAME.finditer(text):
            name = found.group()
            if fold(name) in _PARTICLES | CALENDAR | _GLUE or set(terms(name)) & spoken:
                continue
            if any(one.start < found.end() and found.start() < one.end for one in known):
                continue
            if not any(_is_name(part, around) for part in re.split(r"[-'’]", name) if len(part) > 1):
                return False
        return {one.canonical for one in self._aliases.find(text)} <= around.bodies | _canonical(
            spoken, self._aliases, text
        )

    def _turned(self, text: str, words: Sequence[str], grounds: Sequence[Ground], *, named: bool) -> bool:
        """Whether a text denies what its quotes do not, or says outright what their clause denies or leaves open."""
        mine = turns(self.without_names(text))
        given = [ground.article.text[slice(*ground.given)] for ground in grounds]
        parts = [part for quote in given for part in clauses(self.without_names(quote))]
        sought = [*words, *(figure.quote for figure in read_figures(text))]
        told = [(self._share(sought, part), turns(part)) for part in parts]
        sorts: tuple[Turn, ...] = ("denied", "open", "conditional") if named else TURNS
        for turn in sorts:
            turned = max((share for share, found in told if turn in found), default=0)
            plainly = max((share for share, found in told if turn not in found), default=0)
            if turn not in mine and turned and turned >= plainly:
                return True
            if turn == "denied" and turn in mine and (plainly > turned or all(turn not in found for _, found in told)):
                return True
        return False

    def _ordered(self, text: str, grounds: Sequence[Ground], names: frozenset[str], *, abroad: bool) -> bool:
        """Whether nothing of a text's words is put together anew."""
        quotes = [ground.article.text[slice(*ground.sentences)] for ground in grounds]
        if not shifts(text) <= frozenset[str]().union(*map(shifts, quotes)):
            return False
        return (in_one_clause if abroad else is_run)(text, quotes, names, _GLUE)

    def without_names(self, text: str) -> str:
        """A text without the names of known bodies: «أطباء بلا حدود» denies nothing."""
        for found in reversed(self._aliases.find(text)):
            text = f"{text[: found.start]}{' ' * (found.end - found.start)}{text[found.end :]}"
        return text

    def _share(self, words: Sequence[str], part: str) -> int:
        """How many words of a text a clause holds; one where there is nothing to compare by."""
        here = _read(part, self._places, self._aliases)
        return sum(self._holds(word, here) for word in words) if words else 1

    def _holds(self, word: str, around: Read, *, body: bool = False) -> bool:
        plain_word = fold(word)
        if plain_word in _GLUE or set(terms(word)) & around.terms:
            return True
        if mine := turns(word):
            if around.text.isascii() == word.isascii() and mine & turns(around.text):
                return re.search(rf"\b{re.escape(plain_word)}\b", fold(around.text)) is not None
            return mine <= turns(around.text)
        if senses_of(word) & around.senses or (body and of_word(word) & around.offices):
            return True
        fates = {fate_of(token) for token in tokenize(word)} - {None}
        if fates & around.fates:
            return True
        return any(_sounds_as(word, other) for other in around.words)


_HEDGE = re.compile(
    r"\b(?:at least|at most|(?:no )?(?:more|less|fewer) than|up to|as many as|about|around|nearly|almost|some|over"
    r"|approximately|roughly|under)(?= (?:\W|\w+ )?[$€£]?\d| \w+)|(?:ما )?لا (?:يقل|تقل|يزيد|تزيد|يتجاوز) عن?"
    r"|على (?:الأقل|الأكثر)"
    r"|(?:ل?أكثر|أقل) من|ما يزيد (?:على|عن)|ما يصل إلى|نحو|حوالي|قرابة|زهاء"
)


_SEEN = frozenset("\u200c\u200d\u200e\u200f")
"""Invisible characters that ordinary text has: joiners and marks of direction."""


def _is_disguised(text: str, quoted: str) -> bool:
    """Whether a text has letters of a script that its quotes have not, or turns its direction about."""
    for character in set(text) - set(quoted):
        if unicodedata.category(character) in {"Cf", "Cc"} and character not in _SEEN and not character.isspace():
            return True
        if character.isalpha() and not unicodedata.name(character, "").startswith(("LATIN", "ARABIC")):
            return True
    return False


def _numbers_held(text: str, quoted: str, grounds: Sequence[Ground]) -> bool:
    """Whether every number of a text that is no figure and no date stands in its quotes: an age, a score, a road."""
    for figure in reversed(read_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    there = {*_NUMBER.findall(fold(quoted)), *(str(day.day) for ground in grounds for day in days_of(ground.article))}
    return all(number in there or years(number) for number in _NUMBER.findall(fold(text)))


def _left(text: str) -> Iterator[str]:
    """Words of a text beside its figures, its names and whoever it says speaks."""
    taken = [(figure.start, figure.end) for figure in read_figures(text)]
    taken += [(found.start(), found.end()) for found in _HEDGE.finditer(text)]
    taken += [(found.start(), found.end()) for found in _NAME.finditer(text)]
    covered = "".join(
        " " if any(start <= at < end for start, end in taken) else character for at, character in enumerate(text)
    )
    for word in content_words(covered):
        if fold(word) not in STOP_WORDS | CALENDAR:
            yield word


def _is_name(name: str, around: Read) -> bool:
    if set(terms(name)) & around.terms or senses_of(name) & around.senses or of_word(name) & around.offices:
        return True
    return any(is_spelled(name, other) for other in around.words)


_CONSONANTS = 3
"""Shorter words sound alike by chance: "school" and «يصل»."""


def _sounds_as(word: str, other: str) -> bool:
    """Whether two words are one name in two scripts; the Latin one is written as a name."""
    latin = word if word.isascii() else other
    if word.isascii() == other.isascii() or not latin[0].isupper() or len(sound(word)) < _CONSONANTS:
        return False
    return is_spelled(word, other)


def _within(around: Read, places: Places) -> frozenset[str]:
    return frozenset(outer for place in around.places for outer in places.within(place))


def _canonical(spoken: frozenset[str], aliases: Aliases, text: str) -> frozenset[str]:
    """Bodies of a text all of whose words are its speakers'."""
    return frozenset(
        found.canonical for found in aliases.find(text) if set(terms(text[found.start : found.end])) & spoken
    )


@lru_cache(maxsize=256)
def _read(text: str, places: Places, aliases: Aliases) -> Read:
    words = content_words(text)
    return Read(
        text=text,
        language=detect_query_language(text),
        terms=frozenset(terms(text)),
        words=words,
        places=frozenset(found.canonical for found in places.find(text)),
        bodies=frozenset(found.canonical for found in aliases.find(text)),
        senses=frozenset[int]().union(*(senses_of(word) for word in words)),
        offices=frozenset[int]().union(*(of_word(word) for word in words)),
        fates=frozenset(filter(None, (fate_of(token) for token in tokenize(text)))),
    )
