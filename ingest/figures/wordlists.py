"""Lists of words, written in the code as running text and kept as folded words."""

from ingest.lexis import fold


def words(text: str) -> frozenset[str]:
    """The words of a text, each folded (`ingest.lexis.fold`)."""
    return frozenset(fold(word) for word in text.split())


def phrases(text: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a text, which commas divide, each as its folded words."""
    return frozenset(tuple(fold(word) for word in phrase.split()) for phrase in text.split(","))


def without(word: str, *onto: str) -> str:
    """A folded word without the first of some beginnings that it has, clitics and the article, if it has one."""
    return next((word[len(one) :] for one in onto if word.startswith(one)), word)
