"""The ledger: every figure of an article, with who says it and of what.

Article → figures → speakers → figures that are not denied → places and days → entries

Pure, and made anew whenever it is asked for: what the archive keeps of it is told apart by `READER`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.denials import not_denied
from ingest.domain import Article, Attribution, LedgerEntry, Speaker, StatedFigure
from ingest.events import day_of, places_of
from ingest.figures import read_figures
from ingest.places import Places
from ingest.sentences import Span, split_sentences
from ingest.speakers import read_attributions, speaker_of

READER = "3"
"""Version of the readers. Change it with them: articles that another version read are read again."""


def read_ledger(article: Article, *, aliases: Aliases, places: Places) -> list[LedgerEntry]:
    """Read an article's entries, one for each of its figures that is not denied, in the order of `read_figures`.

    `figure.whole` is an index into the list that is returned.
    """
    figures = read_figures(article.text)
    if not figures:
        return []
    attributions = read_attributions(article.text, aliases=aliases, title=article.title)
    figures = not_denied(article.text, figures, attributions)
    said = [speaker_of(attributions, figure.start, figure.end) for figure in figures]
    sentences = _Sentences(article, attributions, places)
    bodies = {one.speaker.canonical: one.body for one in attributions if one.body}
    return [_entry(article, figure, by, sentences, bodies) for figure, by in zip(figures, said, strict=True)]


def _entry(
    article: Article,
    figure: StatedFigure,
    said: Attribution | None,
    sentences: "_Sentences",
    bodies: Mapping[str, Speaker],
) -> LedgerEntry:
    cues = sentences.around(figure.start, figure.end)
    return LedgerEntry(
        article_id=article.id,
        figure=figure,
        speaker=said and said.speaker,
        body=said and bodies.get(said.speaker.canonical),
        via=said and said.via,
        sentence_start=cues.span.start,
        sentence_end=cues.span.end,
        places=cues.places,
        day=cues.day,
    )


class _Cues(NamedTuple):
    """A sentence, and what it says of when and where."""

    span: Span
    places: tuple[str, ...]
    day: date | None


class _Sentences:
    """The sentences of one article, each looked at once and only where a figure stands in it."""

    def __init__(self, article: Article, attributions: list[Attribution], places: Places) -> None:
        self._text = article.text
        self._published = article.published_at.date() if article.published_at else None
        self._spans = split_sentences(article.text)
        self._starts = [span.start for span in self._spans]
        self._speaking = sorted((said.cue_start, said.cue_end) for said in attributions)
        self._places = places
        self._known: dict[int, _Cues] = {}
        self._article_places = self._of_article(article)

    def around(self, start: int, end: int) -> _Cues:
        """The cues of the sentence that a figure begins in."""
        index = max(0, bisect_right(self._starts, start) - 1)
        if index not in self._known:
            self._known[index] = self._read(self._spans[index])
        cues = self._known[index]
        return cues._replace(span=Span(min(cues.span.start, start), max(cues.span.end, end)))

    def _read(self, span: Span) -> _Cues:
        sentence = self._text[span.start : span.end]
        places = places_of(sentence, self._places, but=self._cues_in(span)) or self._article_places
        return _Cues(span, places, day_of(sentence, self._published))

    def _cues_in(self, span: Span) -> list[tuple[int, int]]:
        """Spans within a sentence that name who speaks."""
        first, last = (bisect_left(self._speaking, (edge, 0)) for edge in span)
        return [(start - span.start, end - span.start) for start, end in self._speaking[first:last]]

    def _of_article(self, article: Article) -> tuple[str, ...]:
        """Places that the headline and the lead (the first sentence) name: what an article is about."""
        headline = places_of(article.title or "", self._places)
        if not self._spans:
            return headline
        lead = self._spans[0]
        named = places_of(self._text[lead.start : lead.end], self._places, but=self._cues_in(lead))
        return tuple(dict.fromkeys(headline + named))
