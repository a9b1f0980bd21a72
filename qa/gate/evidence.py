"""What a drafted claim rests on: its quotes as they stand in articles, and what those articles say there."""

from typing import NamedTuple

from ingest.domain import Article, Attribution, StatedFigure
from ingest.figures import read_figures
from ingest.sentences import Span
from qa.accounts import Account
from qa.domain import Quoted, RankedPassage


class Ground(NamedTuple):
    """One quote of a claim, found in its article."""

    passage: RankedPassage
    """The passage it was drafted from."""

    account: Account
    """What the article says."""

    given: Span
    """The words as the model quoted them."""

    span: Span
    """The words as they are shown: with what turns their meaning, and who speaks."""

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The words that are shown."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def figures(self) -> list[StatedFigure]:
        """Figures that it states."""
        return self.account.figures_in(*self.span)

    @property
    def denied(self) -> list[StatedFigure]:
        """Figures in it that are somebody's no more: denied, or put right."""
        stated = {figure.start for figure in self.figures}
        start, end = self.span
        return [
            one
            for one in read_figures(self.article.text)
            if start <= one.start and one.end <= end and one.start not in stated
        ]

    @property
    def sentences(self) -> Span:
        """The whole sentences that it stands in."""
        first = self.account.sentence(self.given.start)
        last = self.account.sentence(self.given.end - 1)
        return Span(min(first.start, self.given.start), max(last.end, self.given.end))

    def alone(self) -> "Ground":
        """The model's words by themselves, as one reads them who has nothing else."""
        words = self.article.text[self.given.start : self.given.end]
        account = Account(words, (Span(0, len(words)),), read_figures(words), ())
        article = self.article.model_copy(update={"text": words})
        passage = self.passage.model_copy(update={"article": article, "start": 0, "end": len(words)})
        return Ground(passage, account, Span(0, len(words)), Span(0, len(words)))

    @property
    def is_cut(self) -> bool:
        """Whether the model quoted less than whole sentences."""
        text, (start, end) = self.article.text, self.sentences
        return any(character.isalnum() for character in text[start : self.given.start] + text[self.given.end : end])

    def is_whole(self) -> bool:
        """Whether the model's words state their figures as their article does: hedge, unit and fate included."""
        read = self.account.figures_in(*self.given)
        alone = {figure.start + self.given.start: figure for figure in read_figures(self.alone().article.text)}
        words = self.article.text[self.given.start : self.given.end]
        return len(read) == len(alone) and all(
            (same := alone.get(one.start)) is not None
            and (same.value, same.bound) == (one.value, one.bound)
            and (one.unit is None or one.unit in words)
            for one in read
        )

    @property
    def voices(self) -> list[Attribution]:
        """Everybody who says a part of the model's words."""
        start, end = self.given
        return [one for one in self.account.said if one.start < end and start < one.end]

    def says(self, figure: StatedFigure) -> Attribution | None:
        """Who says a figure of it."""
        return self.account.says(figure.start, figure.end)

    def whole(self, figure: StatedFigure) -> StatedFigure | None:
        """The figure that one of it is a part of."""
        return self.account.figures[figure.whole] if figure.whole is not None else None

    def quoted(self) -> Quoted:
        """As a claim cites it."""
        return Quoted(
            article=self.article,
            passage_id=self.passage.passage_id,
            quote=self.text,
            start=self.span.start,
            end=self.span.end,
        )

    def around(self) -> str:
        """What the words are read in the light of: headline, lead, the sentences before, and themselves."""
        sentences, (start, end) = self.account.sentences, self.sentences
        here = [at for at, span in enumerate(sentences) if span.start < end and start < span.end]
        first = max(0, (here[0] if here else 0) - _BEFORE)
        last = here[-1] if here else 0
        lead = sentences[0] if sentences else Span(0, 0)
        text = self.article.text
        near = text[sentences[first].start : sentences[last].end]
        return "\n".join((self.article.title or "", text[lead.start : lead.end], near, self.text))


_BEFORE = 2
"""Sentences before it that say what a sentence goes on about."""
