"""Each report once: of a report's copies, retrieval keeps what was found best, and what another copy adds to it."""

from collections import defaultdict
from typing import TYPE_CHECKING

from ingest.archive import Archive, Snippet
from ingest.copies import Words, says_no_more, words_of
from ingest.domain import ArticleId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.retrieval import Ranked


def without_copies(candidates: "Sequence[tuple[Ranked, Snippet]]", archive: Archive) -> "list[tuple[Ranked, Snippet]]":
    """Leave out passages that only repeat what the same report says in an article that was found before.

    The article with a report's best passage stays, the original where its copies rank alike. A passage of a copy stays
    where it says more: a paragraph that the other one was cut by, say. Articles that the filters keep out were never
    candidates, so where they let only a copy through, that copy is shown.

    Args:
        candidates: ranked passages, best first.
        archive: knows which articles are copies.
    """
    originals = archive.copies.originals({snippet.article.id for _, snippet in candidates})
    articles: dict[ArticleId, set[ArticleId]] = defaultdict(set)
    for article_id, original in originals.items():
        articles[original].add(article_id)
    kept: list[tuple[Ranked, Snippet]] = []
    told: dict[ArticleId, dict[ArticleId, Words]] = defaultdict(dict)
    for candidate, snippet in sorted(
        candidates, key=lambda found: (-found[0].score, found[1].article.id != originals[found[1].article.id])
    ):
        article = snippet.article
        report = originals[article.id]
        if len(articles[report]) > 1:
            if _is_told(snippet, told[report]):
                continue
            told[report].setdefault(article.id, words_of(article.text))
        kept.append((candidate, snippet))
    return kept


def _is_told(snippet: Snippet, told: dict[ArticleId, Words]) -> bool:
    """Whether a copy whose words were kept before its own article's says all that a passage says."""
    part = words_of(snippet.passage.text)
    for article_id, words in told.items():
        if article_id == snippet.article.id:
            return False
        if says_no_more(part, words):
            return True
    return False
