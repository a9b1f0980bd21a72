"""Who says each draft of one answer, as a number: drafts of one voice are one speaker's.

Two speakers are one by their names (`qa.speakers`); what articles say themselves is their outlet's.
"""

from ingest.library import Library
from qa.accounts import read_account
from qa.domain import Draft
from qa.speakers import Names, Speakers


class Voices:
    """Numbers the voices of one answer as its drafts come."""

    def __init__(self, library: Library) -> None:
        self._aliases = library.aliases
        self._speakers = Speakers(library.encoder, library.aliases)
        self._heard: list[tuple[Names, Draft]] = []

    def heard(self, draft: Draft) -> Draft:
        """The draft with its voice: that of an earlier one, or a new one."""
        names = Names(read_account(draft.article, self._aliases).names(draft.said) if draft.said else ())
        known = (earlier.voice for others, earlier in self._heard if self._is_one(names, draft, others, earlier))
        new = max((earlier.voice for _, earlier in self._heard), default=-1) + 1
        heard = draft.model_copy(update={"voice": next(known, new)})
        self._heard.append((names, heard))
        return heard

    def _is_one(self, names: Names, draft: Draft, others: Names, earlier: Draft) -> bool:
        if names.names and others.names:
            return self._speakers.is_one(names, others)
        return names == others and draft.article.outlet == earlier.article.outlet
