"""How much of a question a text says in its own words."""

from ingest.archive import Archive
from ingest.lexis import terms
from qa.domain import Question


class Coverage:
    """The share of one question's index terms that a text holds, rare ones weighing more."""

    def __init__(self, question: Question, archive: Archive) -> None:
        self._rarity = archive.passages.rarity(list(dict.fromkeys(terms(question.text))))
        self._whole = sum(self._rarity.values()) or 1.0

    def by_words(self, text: str) -> float:
        """Weight of the question's index terms that a text holds, as a share of all; 0 to 1."""
        held = self._rarity.keys() & set(terms(text))
        return sum(self._rarity[word] for word in held) / self._whole
