"""How likely a sentence answers: single candidates, looked at more closely than can be done for all of them.

Candidate → Features (how well it and its story say the question, its time, its places) → confidence, by the model for
figures or for sentences (`qa.confidence`).
"""

from functools import lru_cache

from ingest.domain import Article
from ingest.library import Library
from ingest.places import Places
from qa.asked import years
from qa.candidates import Candidate
from qa.confidence import FIGURES, SENTENCES, Features, confidence
from qa.coverage import Coverage, content_words
from qa.domain import Question
from qa.findings import Finder
from qa.named import Named
from qa.reading import Reader, subject
from qa.when import When

_ANOTHER = 0.1
"""Confidence at most where the story lacks a name that is asked about: it is another story."""


class Judge:
    """Looks at single sentences more closely than can be done for all of them."""

    def __init__(self, question: Question, finder: Finder, reader: Reader, library: Library) -> None:
        self.model = FIGURES if finder.asked.kind == "figure" else SENTENCES
        self._reader = reader
        self._question = question
        self._library = library
        self._asked = finder.asked
        self._coverage = Coverage(question, library.archive, library.encoder)
        # Who speaks is compared name by name before (`qa.speakers`), which "SOHR" and «المرصد» are no words of.
        self._speaker = frozenset(content_words(finder.asked.speaker or ""))
        self._years = years(question.in_context)
        self._when = When(question.in_context)
        self._named = Named(question, library)

    def features(self, candidate: Candidate) -> Features:
        """What a sentence's confidence is computed from."""
        article = candidate.passage.article
        foreign = article.language != self._question.language
        lead = subject(article, candidate.start)
        words = self._coverage.by_meaning(f"{lead}\n{candidate.text}", article.language, self._speaker)
        whole = f"{article.title or ''}\n{article.text}"
        passage = candidate.passage
        return Features(
            score=candidate.score,
            held=self._reader.held(article, passage.start, passage.end),
            foreign=foreign,
            words=0.0 if foreign else words,
            words_abroad=words if foreign else 0.0,
            other_year=bool(self._years) and self._years.isdisjoint(_years_of(article)),
            other_month=self._when.fits(article) < 0,
            places_missing=self._places_missing(whole),
            speaker=self._asked.speaker is not None,
            unsaid=0.0 if foreign else 1.0 - self._coverage.by_words(whole),
        )

    def sure(self, candidate: Candidate) -> float:
        """Probability that a candidate answers."""
        article = candidate.passage.article
        if self._named.misses(f"{article.title or ''}\n{article.text}", article.language):
            return min(_ANOTHER, confidence(self.features(candidate), self.model))
        return confidence(self.features(candidate), self.model)

    def _places_missing(self, whole: str) -> float:
        if not self._asked.places:
            return 0.0
        named = places_in(whole, self._library.places)
        return len(self._asked.places - named) / len(self._asked.places)


@lru_cache(maxsize=256)
def places_in(text: str, places: Places) -> frozenset[str]:
    """Canonical names of the places that a text names, and of those they lie in."""
    named = {found.canonical for found in places.find(text)}
    return frozenset(named | {around for place in named for around in places.within(place)})


def _years_of(article: Article) -> set[int]:
    """Years that an article names, and the one it was published in."""
    published = {article.published_at.year} if article.published_at else set()
    return years(f"{article.title or ''}\n{article.text}") | published
