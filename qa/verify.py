"""Drafts → verified claims: the gate that nothing passes unread.

Every quote is looked up again in the article as the archive holds it now; a draft whose words do not stand there,
letter for letter at its offsets, is dropped with a fault code. The article is read again for what the draft claims: its
figure has to stand in the quote, with its value, its bound and what it counts, and its speaker has to be the one the
article gives for those words.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.archive import Archive
from ingest.domain import Article, Attribution, Speaker, StatedFigure
from ingest.errors import ArticleNotFoundError
from ingest.figures import read_figures
from ingest.library import Library
from qa.accounts import Account, read_account
from qa.answer import DroppedClaim, Fault
from qa.domain import Draft


class Verified(NamedTuple):
    """What came through the gate, and what did not."""

    drafts: tuple[Draft, ...]
    """Drafts that hold, in their order."""

    dropped: tuple[DroppedClaim, ...]
    """Drafts that do not, each with its fault."""


def verify(drafts: Sequence[Draft], library: Library) -> Verified:
    """Check every draft against the archive; order is kept."""
    kept: list[Draft] = []
    dropped: list[DroppedClaim] = []
    for draft in drafts:
        if fault := _fault(draft, library.archive, library.aliases):
            dropped.append(DroppedClaim(text=draft.text, fault=fault))
        else:
            kept.append(draft)
    return Verified(tuple(kept), tuple(dropped))


def _fault(draft: Draft, archive: Archive, aliases: Aliases) -> Fault | None:
    try:
        article = archive.get(draft.article.id)
    except ArticleNotFoundError:
        return "quote_not_found"
    if not _stands(draft, article):
        return "quote_not_found"
    account = read_account(article, aliases)
    return _figure_fault(draft, account) or _speaker_fault(draft, account)


def _stands(draft: Draft, article: Article) -> bool:
    """Whether the quote is the article's text at its offsets, and the draft says nothing but the quote."""
    # A slice past the end of the text is cut short, or empty, without an error.
    if not draft.quote.strip() or len(draft.quote) != draft.end - draft.start:
        return False
    if article.text[draft.start : draft.end] != draft.quote or draft.text != draft.quote:
        return False
    return sha256(article.text.encode()).hexdigest() == draft.article.sha256


def _figure_fault(draft: Draft, account: Account) -> Fault | None:
    """What is wrong with the draft's figure, by a reading of the article as it is now, and of the quote by itself."""
    claimed = draft.figure
    if claimed is None:
        return None
    read = _at(claimed.start, account.figures_in(draft.start, draft.end))
    # A reader of the quote has nothing else: a hedge that stands before it must not be needed to read the figure.
    alone = _at(claimed.start - draft.start, read_figures(draft.quote))
    for one in (read, alone):
        if one is None or one.value != claimed.value or one.quote != claimed.quote:
            return "altered_number"
        if one.bound != claimed.bound:
            return "altered_bound"
    return None if read and _counted(read) == _counted(claimed) and _holds_unit(draft, claimed) else "wrong_unit"


def _at(start: int, figures: Sequence[StatedFigure]) -> StatedFigure | None:
    return next((figure for figure in figures if figure.start == start), None)


def _counted(figure: StatedFigure) -> tuple[str | None, str | None, str | None]:
    return figure.unit, figure.unit_canonical, figure.fate


def _holds_unit(draft: Draft, figure: StatedFigure) -> bool:
    """Whether the quote has the words for what is counted, where there are any."""
    return figure.unit is None or figure.unit in draft.quote


def _speaker_fault(draft: Draft, account: Account) -> Fault | None:
    """Whether the article gives the words to another speaker, or to nobody, or gives nobody's words to one.

    A figure is its own speaker's alone. Other words have to be the speaker's in part: a sentence may hold the words of
    two. Whoever relays them is part of who speaks.
    """
    if draft.figure is not None:
        said = account.says(draft.figure.start, draft.figure.end)
        return None if _who(said) == _who(draft.said) else "wrong_speaker"
    if draft.said is None:
        return None
    given = (one for one in account.said if one.start < draft.end and draft.start < one.end)
    return None if any(_who(one) == _who(draft.said) for one in given) else "wrong_speaker"


def _who(said: Attribution | None) -> tuple[Speaker, Speaker | None] | None:
    return (said.speaker, said.via) if said else None
