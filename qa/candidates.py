"""A sentence that may answer, with what it says that is asked."""

from typing import NamedTuple

from ingest.domain import Article
from qa.domain import RankedPassage
from qa.findings import Finding
from qa.reading import Said


class Candidate(NamedTuple):
    """A sentence that may answer."""

    passage: RankedPassage
    start: int
    end: int
    score: float
    """What sentences are ranked by."""
    said: Said
    """How well it says the question."""
    near: float
    """How well the words around its figure say the question by themselves; 0 without a figure."""
    finding: Finding
    """What it says that is asked, the best of it."""

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.article.text[self.start : self.end]
