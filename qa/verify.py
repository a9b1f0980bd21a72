"""Drafts → verified claims: the gate that nothing passes unread.

Every quote is looked up again in the article as the archive holds it now; a draft whose words do not stand there,
letter for letter at its offsets, is dropped with a fault code. The article is read again for what the draft claims: its
figures have to stand in its quotes, with their values, bounds and what they count, and its speaker has to be the one
the article gives for those words. What a model wrote has been through a gate of its own (`qa.gate`), which reads its
text; this one takes nobody's word for what that text rests on.
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
from qa.domain import Draft, Quoted


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
    # Without a model, a draft says nothing but its quote.
    if not draft.written and draft.text != draft.quote:
        return "quote_not_found"
    try:
        stands = all(_stands(one, archive.get(one.article.id)) for one in draft.cited)
    except ArticleNotFoundError:
        return "quote_not_found"
    if not stands:
        return "quote_not_found"
    # The archive's article has the text that was read: their checksums are the same.
    account = read_account(draft.article, aliases)
    return (
        _figure_fault(draft, draft.figure, account)
        or _speaker_fault(draft, account)
        or next((fault for more in draft.more_figures if (fault := _more_fault(draft, more, aliases))), None)
    )


def _stands(quoted: Draft | Quoted, article: Article) -> bool:
    """Whether a quote is the article's text at its offsets, of the version that was read."""
    # A slice past the end of the text is cut short, or empty, without an error.
    if not quoted.quote.strip() or len(quoted.quote) != quoted.end - quoted.start:
        return False
    if article.text[quoted.start : quoted.end] != quoted.quote or article.text != quoted.article.text:
        return False
    return sha256(article.text.encode()).hexdigest() == quoted.article.sha256


def _figure_fault(quoted: Draft | Quoted, claimed: StatedFigure | None, account: Account) -> Fault | None:
    """What is wrong with a figure, by a reading of the article as it is now, and of the quote by itself."""
    if claimed is None:
        return None
    read = _at(claimed.start, account.figures_in(quoted.start, quoted.end))
    # A reader of the quote has nothing else: a hedge that stands before it must not be needed to read the figure.
    alone = _at(claimed.start - quoted.start, read_figures(quoted.quote))
    for one in (read, alone):
        if one is None or one.value != claimed.value or one.quote != claimed.quote:
            return "altered_number"
        if one.bound != claimed.bound:
            return "altered_bound"
    return None if read and _counted(read) == _counted(claimed) and _holds_unit(quoted, claimed) else "wrong_unit"


def _more_fault(draft: Draft, claimed: StatedFigure, aliases: Aliases) -> Fault | None:
    """What is wrong with a further figure: some quote has to state it, and its article give it to nobody else."""
    faults: list[Fault] = []
    for one in draft.cited:
        account = read_account(one.article, aliases)
        fault = _figure_fault(one, claimed, account)
        if fault is None:
            return _further_speaker_fault(draft, one, account.says(claimed.start, claimed.end), account)
        faults.append(fault)
    return next((fault for fault in faults if fault != "altered_number"), faults[0])


def _further_speaker_fault(
    draft: Draft, one: Draft | Quoted, said: Attribution | None, account: Account
) -> Fault | None:
    """Whether a further figure's speaker is named; names of two articles are for the model's gate to compare."""
    if said is None:
        return None
    if draft.said is None:
        return "missing_speaker"
    if one.article.id != draft.article.id or set(account.names(said)) & set(account.names(draft.said)):
        return None
    return "wrong_speaker"


def _at(start: int, figures: Sequence[StatedFigure]) -> StatedFigure | None:
    return next((figure for figure in figures if figure.start == start), None)


def _counted(figure: StatedFigure) -> tuple[str | None, str | None, str | None]:
    return figure.unit, figure.unit_canonical, figure.fate


def _holds_unit(quoted: Draft | Quoted, figure: StatedFigure) -> bool:
    """Whether the quote has the words for what is counted, where there are any."""
    return figure.unit is None or figure.unit in quoted.quote


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
