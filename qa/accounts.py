"""What one article says: its sentences, its figures, and who says what. Read once, kept while it is asked about."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.denials import not_denied
from ingest.domain import Article, Attribution, StatedFigure
from ingest.figures import read_figures
from ingest.lexis import terms
from ingest.sentences import Span, split_sentences
from ingest.speakers import read_attributions, speaker_of

_MOSTLY = 0.4
"""Share of a sentence that makes it a speaker's; the rest says who speaks, where and when."""

_LONGEST_LEAN = 2
"""Sentences before or after some words that they are quoted with to show who speaks."""

_KEPT = 256
"""Articles read lately that are kept."""


class Account(NamedTuple):
    """What one article says."""

    text: str
    """The article's text."""

    sentences: Sequence[Span]
    """Its sentences, in their order."""

    figures: Sequence[StatedFigure]
    """Its figures that nobody denies, in their order."""

    said: Sequence[Attribution]
    """What it gives to speakers, in their order."""

    def figures_in(self, start: int, end: int) -> list[StatedFigure]:
        """Figures that stand in a stretch of the text."""
        return [figure for figure in self.figures if start <= figure.start and figure.end <= end]

    def says(self, start: int, end: int) -> Attribution | None:
        """Who says a stretch of the text; `None` where the article does itself."""
        return speaker_of(list(self.said), start, end)

    def names(self, said: Attribution) -> tuple[str, ...]:
        """All names that the article gives to who says something, and to the body they speak for."""
        mine = [one for one in self.said if one.speaker.canonical == said.speaker.canonical]
        speakers = [speaker for one in mine for speaker in (one.speaker, one.body) if speaker]
        return tuple(dict.fromkeys(name for one in speakers for name in (one.name, one.canonical)))

    def voice(self, start: int, end: int) -> Attribution | None:
        """Who says most of a sentence; `None` where the article says most of it itself."""
        if said := self.says(start, end):
            return said
        most = max(self.said, key=lambda one: _shared(one, start, end), default=None)
        return most if most and mostly(most, start, end) else None

    def sentence(self, start: int) -> Span:
        """The sentence that a place stands in."""
        return next((span for span in self.sentences if start < span.end), self.sentences[-1])


def mostly(said: Attribution, start: int, end: int) -> bool:
    """Whether a stretch of a text is a speaker's for the most part."""
    return _shared(said, start, end) >= _MOSTLY * (end - start)


def _shared(said: Attribution, start: int, end: int) -> int:
    """Code points of a stretch that a speaker says; none, or fewer, where they say nothing of it."""
    return min(end, said.end) - max(start, said.start)


def read_account(article: Article, aliases: Aliases) -> Account:
    """Read an article; those read lately are kept."""
    return _read(article.text, article.title, aliases)


@lru_cache(maxsize=_KEPT)
def _read(text: str, title: str | None, aliases: Aliases) -> Account:
    said = read_attributions(text, aliases=aliases, title=title)
    return Account(text, split_sentences(text), not_denied(text, read_figures(text), said), said)


def shown_with(account: Account, words: Span, said: Attribution | None) -> Span:
    """What some words are quoted with to show who speaks: their sentences, and those to where that is said."""
    if said is None:
        return words
    named = _naming(account, said)
    if words.start <= named.cue_start and named.cue_end <= words.end:
        return words
    starts = [span.start for span in account.sentences]
    first, last = (bisect_right(starts, place) - 1 for place in (words.start, words.end - 1))
    cue = bisect_right(starts, named.cue_start) - 1
    if first <= cue <= last:
        return Span(min(words.start, account.sentences[first].start), max(words.end, account.sentences[last].end))
    if cue < first - _LONGEST_LEAN or cue > last + _LONGEST_LEAN:
        return words
    start = account.sentences[min(cue, first)].start
    return Span(min(words.start, start), max(words.end, account.sentences[max(cue, last)].end))


def _naming(account: Account, said: Attribution) -> Attribution:
    """What names who says something: itself, or where only a pronoun or a verb does ("he added"), what it goes on."""
    name = set(terms(" ".join(account.names(said))))

    def names_them(one: Attribution) -> bool:
        return bool(name & set(terms(account.text[one.cue_start : one.cue_end])))

    if names_them(said):
        return said
    theirs = (one for one in account.said if one.speaker.canonical == said.speaker.canonical)
    before = (one for one in theirs if one.cue_start < said.cue_start and names_them(one))
    return max(before, key=lambda one: one.cue_start, default=said)
