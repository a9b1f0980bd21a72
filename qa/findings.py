"""What a sentence says that is asked: figures of the right kind, words of the right speaker.

Sentence → Findings, each with how well it fits what is asked. A question that names a speaker is answered from that
speaker alone; one that asks how many, from figures that count such things alone.
"""

from typing import NamedTuple

from ingest.domain import Article, Attribution, StatedFigure
from ingest.library import Library
from qa.accounts import Account, read_account
from qa.asked import gives_reason, holds_time
from qa.fit import PART, Fit, is_part
from qa.injection import tainted
from qa.question import Asked, read_question
from qa.short_names import meant
from qa.speakers import Names, Speakers

LEAST_FIT = 0.4
"""Fit from which on a figure may be the one asked for."""


class Finding(NamedTuple):
    """Something a sentence says."""

    said: Attribution | None
    """Who says it; `None`: the article itself."""

    figure: StatedFigure | None
    """The figure, where one is asked for."""

    fit: float
    """How well it fits what is asked, 0 to 1; 1 where no figure is asked for."""

    names: Names
    """All names that the article gives to who says it; none where it does itself."""


class Finder:
    """Looks for what one question asks."""

    def __init__(self, asked: Asked, library: Library) -> None:
        self.asked = asked
        self._library = library
        self.speakers = Speakers(library.encoder, library.aliases)
        self._fit = Fit(asked, library.encoder)
        self._meant: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, question: str, library: Library) -> "Finder":
        """Read a question, and look for what it asks."""
        return cls(read_question(question, aliases=library.aliases, places=library.places), library)

    def account(self, article: Article) -> Account:
        """What an article says."""
        return read_account(article, self._library.aliases)

    def find(self, article: Article, start: int, end: int) -> list[Finding]:
        """What a sentence says that is asked, best first; nothing where it says none of it."""
        if tainted(article.text, start, end):
            return []
        if self.asked.kind == "figure":
            return self._figures(article, start, end)
        sentence = article.text[start:end]
        if self.asked.kind == "why" and not gives_reason(sentence):
            return []
        if self.asked.kind == "when" and not holds_time(sentence):
            return []
        return self._words(article, start, end)

    def _figures(self, article: Article, start: int, end: int) -> list[Finding]:
        account = self.account(article)
        found = [
            self._finding(account, account.says(figure.start, figure.end), figure, article.language)
            for figure in account.figures_in(start, end)
        ]
        kept = [one for one in found if one.fit >= LEAST_FIT and self._speaks(one, account)]
        return sorted(kept, key=lambda one: -one.fit)

    def _words(self, article: Article, start: int, end: int) -> list[Finding]:
        account = self.account(article)
        if not self.asked.speaker:
            return [self._finding(account, account.voice(start, end), None, article.language)]
        voices = (said for said in account.said if said.start < end and start < said.end)
        found = [self._finding(account, said, None, article.language) for said in voices]
        return [one for one in found if self._speaks(one, account)][:1]

    def _finding(
        self, account: Account, said: Attribution | None, figure: StatedFigure | None, language: str
    ) -> Finding:
        fit = self._fit.of(figure, language) if figure else 1.0
        if figure and is_part(account.text, figure):
            fit *= PART
        return Finding(said, figure, fit, Names(account.names(said) if said else ()))

    def is_asked(self, said: Attribution, account: Account) -> bool:
        """Whether the question lets whoever says something in an article speak: it names them, or nobody."""
        return self._lets_speak(Names(account.names(said)), account)

    def _speaks(self, finding: Finding, account: Account) -> bool:
        return self._lets_speak(finding.names, account)

    def _lets_speak(self, names: Names, account: Account) -> bool:
        asked = self.asked
        if asked.speaker is None or self.speakers.is_asked(names, asked.speaker, asked.speakers):
            return True
        # A known body has one name, however it is written: nothing is short for it.
        return not asked.speakers and not self._short(account).isdisjoint(names.names)

    def _short(self, account: Account) -> frozenset[str]:
        """The names of whom the question's short name means in an article."""
        if account.text not in self._meant:
            speaker = self.asked.speaker or ""
            self._meant[account.text] = meant(speaker, account, self._library.aliases)
        return self._meant[account.text]
