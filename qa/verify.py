"""Drafts → verified claims: the gate that nothing passes unread.

Every quote is looked up again in the article as the archive holds it now; a draft whose words do
not stand there, letter for letter at its offsets, is dropped with a fault code. So is one that
says anything else than its quote: an answer shows what it says in quotation marks. Readers of
figures and speakers will add their checks here.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from ingest.archive import Archive
from ingest.errors import ArticleNotFoundError
from qa.domain import Draft, DroppedClaim, Fault


class Verified(NamedTuple):
    """What came through the gate, and what did not."""

    drafts: tuple[Draft, ...]
    """Drafts that hold, in their order."""

    dropped: tuple[DroppedClaim, ...]
    """Drafts that do not, each with its fault."""


def verify(drafts: Sequence[Draft], archive: Archive) -> Verified:
    """Check every draft against the archive; order is kept."""
    kept: list[Draft] = []
    dropped: list[DroppedClaim] = []
    for draft in drafts:
        if fault := _fault(draft, archive):
            dropped.append(DroppedClaim(text=draft.text, fault=fault))
        else:
            kept.append(draft)
    return Verified(tuple(kept), tuple(dropped))


def _fault(draft: Draft, archive: Archive) -> Fault | None:
    try:
        article = archive.get(draft.article.id)
    except ArticleNotFoundError:
        return "quote_not_found"
    # A slice past the end of the text is cut short, or empty, without an error.
    if not draft.quote.strip() or len(draft.quote) != draft.end - draft.start:
        return "quote_not_found"
    if article.text[draft.start : draft.end] != draft.quote or draft.text != draft.quote:
        return "quote_not_found"
    if sha256(article.text.encode()).hexdigest() != draft.article.sha256:
        return "quote_not_found"
    return None
