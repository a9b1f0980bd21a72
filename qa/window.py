"""Evidence → what a model is shown of it: marked passages that fit its window, trimmed to their best sentences.

A passage is data. Nothing in it can close its tags or pass for a marker: `<` and `>` are shown as ‹ and ›, `[P1]` as
(P1), and the gate takes each for the other when it looks quotes up. Paragraphs that speak to machines are not shown.
Where not everything fits, the least relevant passages go first, then the sentences that say least of the question
(`qa.reading`); what is left stands in its order, with `[…]` where something is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from ingest.domain import Article
from ingest.library import Library, QuestionVectors
from ingest.sentences import Span
from qa.coverage import Coverage
from qa.domain import Evidence, RankedPassage
from qa.extract import COVERAGE, PASSAGE
from qa.injection import speaks_to_machines, tainted
from qa.reading import Reader, sentences_in

MOST = 12
"""Passages that are shown at most."""

GAP = "[…]"
"""What stands for words left out."""

_READ = 16
"""Best cuts of the archive that are read for the sentences that say the question, where not everything fits."""

_OUTLET = 80
"""Code points of an outlet's name that are shown."""

_HEAD_TOKENS = 40
"""Tokens of a passage's frame: its tags and the line with its marker, without the outlet's name."""

_GAP_TOKENS = 4

_ASCII_WORDS = re.compile(r"[A-Za-z ]+")
_LETTERS = 3
_MARKER = re.compile(r"\[(\s*P\s*\d+\s*)\]", re.IGNORECASE)
_TAGS = str.maketrans("<>", "‹›")


class Shown(NamedTuple):
    """A passage as a model is shown it."""

    marker: str
    """What it is cited by: `P1`."""

    passage: RankedPassage
    """The passage, whole."""

    spans: tuple[Span, ...]
    """What is shown of it, in its order; offsets into the article's text."""

    @property
    def source(self) -> str:
        """Outlet, date and language, as far as they are known."""
        return _source(self.passage.article)

    @property
    def text(self) -> str:
        """The words shown."""
        article, passage = self.passage.article.text, self.passage
        words = f" {GAP} ".join(inert(article[span.start : span.end]) for span in self.spans)
        before = f"{GAP} " if article[passage.start : self.spans[0].start].strip() else ""
        after = f" {GAP}" if article[self.spans[-1].end : passage.end].strip() else ""
        return f"{before}{words}{after}"


class Window(NamedTuple):
    """What a model is shown."""

    shown: tuple[Shown, ...]
    """Best first."""

    @property
    def passages(self) -> Mapping[str, RankedPassage]:
        """Each passage by its marker."""
        return {one.marker: one.passage for one in self.shown}


def look(evidence: Evidence, asked: QuestionVectors, *, library: Library, room: int) -> Window:
    """Choose what is shown.

    Args:
        evidence: what was retrieved.
        asked: the question's vectors.
        library: the archive, and the encoder that reads.
        room: tokens that all passages may take together (`tokens_in`).
    """
    told = [_Told(passage, spans) for passage in evidence.passages[:MOST] if (spans := list(_shown(passage)))]
    if sum(one.cost(range(len(one.spans))) for one in told) > room:
        told = _trimmed(told, _scores(told, evidence, asked, library), room)
    return Window(tuple(Shown(f"P{at}", one.passage, one.runs()) for at, one in enumerate(told, start=1)))


def tokens_in(text: str) -> int:
    """Tokens that a text takes at most, by any tokenizer in use, as far as is known.

    Which one a model has, an endpoint does not say. English takes some four letters a token, Arabic four tokens a word
    by cl100k and up to one a letter by older ones; so three Latin letters count as one, and every other character as
    one of its own. The bundled encoder's own tokenizer, made for a hundred languages, would count Arabic far too low.
    """
    latin = sum(len(run) for run in _ASCII_WORDS.findall(text))
    return ceil(latin / _LETTERS) + len(text) - latin


def inert(text: str) -> str:
    """Words of an article that can neither close a tag nor pass for a marker; each character stands for one."""
    return _MARKER.sub(r"(\1)", text.translate(_TAGS))


class _Told(NamedTuple):
    """A passage, and sentences of it."""

    passage: RankedPassage
    spans: Sequence[Span]

    def cost(self, chosen: Sequence[int]) -> int:
        """Tokens that it takes with some of its sentences."""
        text = self.passage.article.text
        spans = [self.spans[at] for at in chosen]
        words = sum(tokens_in(text[span.start : span.end]) + _GAP_TOKENS for span in spans)
        return _HEAD_TOKENS + tokens_in(_source(self.passage.article)) + words

    def runs(self) -> tuple[Span, ...]:
        """Its sentences, those joined between which nothing but space stands."""
        text = self.passage.article.text
        runs: list[Span] = []
        for span in self.spans:
            if runs and not text[runs[-1].end : span.start].strip():
                runs[-1] = Span(runs[-1].start, span.end)
            else:
                runs.append(span)
        return tuple(runs)


def _shown(passage: RankedPassage) -> Iterator[Span]:
    """Sentences of a passage that may be shown."""
    text = passage.article.text
    for span in sentences_in(text, passage.start, passage.end):
        if not tainted(text, *span):
            yield span


def _scores(told: Sequence[_Told], evidence: Evidence, asked: QuestionVectors, library: Library) -> list[list[float]]:
    """How much each sentence of each passage says of the question."""
    reader = Reader(library.encoder, asked.tokens)
    coverage = Coverage(evidence.question, library.archive, library.encoder)
    ids = {one.passage.article.id for one in told}
    said: dict[tuple[str, int], float] = {}
    for cut in [cut for cut in evidence.read if cut.article.id in ids][:_READ]:
        for span, one in reader.read(cut.article, cut.start, cut.end).items():
            place = cut.article.id, span.start
            said[place] = max(one.whole, said.get(place, 0.0))
    return [
        [
            said.get((passage.article.id, span.start), 0.0)
            + COVERAGE * coverage.by_words(passage.article.text[span.start : span.end])
            + PASSAGE * passage.score
            for span in spans
        ]
        for passage, spans in told
    ]


def _trimmed(told: Sequence[_Told], scores: Sequence[Sequence[float]], room: int) -> list[_Told]:
    """The best passages with their best sentences: one of each first, then the best of all, while there is room."""
    order = [sorted(range(len(row)), key=row.__getitem__, reverse=True) for row in scores]
    chosen: list[set[int]] = [set() for _ in told]
    left = room
    for number, one in enumerate(told):
        first = next((at for at in order[number] if one.cost([at]) <= left), None)
        if first is None:
            continue
        chosen[number].add(first)
        left -= one.cost([first])
    others = sorted(
        (-scores[number][at], number, at)
        for number, picked in enumerate(chosen)
        for at in range(len(scores[number]))
        if picked and at not in picked
    )
    for _, number, at in others:
        cost = told[number].cost([at]) - told[number].cost([])
        if cost <= left:
            chosen[number].add(at)
            left -= cost
    return [
        _Told(one.passage, [one.spans[at] for at in sorted(picked)])
        for one, picked in zip(told, chosen, strict=True)
        if picked
    ]


def _source(article: Article) -> str:
    outlet = inert(" ".join((article.outlet or "").split()))[:_OUTLET]
    day = article.published_at.date().isoformat() if article.published_at else ""
    return ", ".join(part for part in ("" if speaks_to_machines(outlet) else outlet, day, article.language) if part)
