"""What one article says: its sentences, its figures, and who says what. Read once, kept while it is asked about."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.denials import not_denied
from ingest.domain import Article, Attribution, StatedFigure
from ingest.figures import read_figures
from ingest.sentences import Span, split_sentences
from ingest.speakers import read_attributions, speaker_of

_MOSTLY = 0.4
"""Share of a sentence that makes it a speaker's; the rest says who speaks, where and when."""

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
