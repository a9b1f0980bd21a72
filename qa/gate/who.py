"""Does a claim name who its source gives the words to?

Whom a claim names is read from its `speaker` and, by the reader that reads articles, from its text. An article's own
voice is its outlet's; whoever relays words does not say them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.domain import Attribution, Speaker
from ingest.lexis import fold
from ingest.speakers import read_attributions
from qa.accounts import Account
from qa.answer import Fault
from qa.drafts import DraftedClaim
from qa.gate.evidence import Ground
from qa.gate.figures import Found
from qa.name_words import words_of
from qa.short_names import meant
from qa.speakers import Names, Speakers


class Spoken(NamedTuple):
    """Who says a claim, or what is wrong with who it says does."""

    said: Attribution | None = None
    """As its source gives the words; `None`: the article's own voice."""

    fault: Fault | None = None


class Who:
    """Tells who says claims, and whether they name them."""

    def __init__(self, speakers: Speakers, aliases: Aliases) -> None:
        self._speakers = speakers
        self._aliases = aliases

    def said(self, claim: DraftedClaim, grounds: Sequence[Ground], found: Sequence[Found]) -> Spoken:
        """Tell who says a claim: the one speaker of its figures, or of most of its quotes.

        Args:
            claim: what is claimed.
            grounds: its quotes.
            found: its figures.
        """
        ground = found[0].ground if found else grounds[0]
        named = list(self._named(claim))
        given = [one.ground.says(one.figure) for one in found] or [self._voice(each, named) for each in grounds]
        said = given[0]
        if any(_key(other) != _key(said) for other in given[1:]):
            # Figures of two speakers are two claims; words of one and of the article itself are the speaker's.
            others = {_key(other) for other in given} - {None}
            if found or len(others) > 1:
                return Spoken(fault="wrong_speaker")
            said = next(other for other in given if other is not None)
        if said is None:
            ours = all(self._is_outlet(name, ground) for name in named)
            return Spoken() if ours else Spoken(fault="wrong_speaker")
        if not named:
            return Spoken(said, "missing_speaker" if found else None)
        right = all(self.is_named(said, name, ground.account) for name in named)
        return Spoken(said) if right else Spoken(fault="wrong_speaker")

    def names_in(self, text: str) -> list[str]:
        """Whom a text gives words to, as it names them."""
        told = read_attributions(text, aliases=self._aliases)
        return list(dict.fromkeys(one.speaker.name for one in told))

    def is_named(self, said: Attribution, name: str, account: Account) -> bool:
        """Whether a name is that of who says something in an article, or of whom they speak for."""
        names = Names(account.names(said))
        known = frozenset(found.canonical for found in self._aliases.find(name))
        if fold(name) in {fold(one) for one in names.names} or self._speakers.is_asked(names, name, known):
            return True
        return not known and not meant(name, account, self._aliases).isdisjoint(names.names)

    def _named(self, claim: DraftedClaim) -> Iterator[str]:
        if claim.speaker and claim.speaker.strip():
            yield claim.speaker.strip()
        yield from self.names_in(claim.text)

    def _voice(self, ground: Ground, named: Sequence[str]) -> Attribution | None:
        """Who says a quote without a figure; of several who say parts of it, the one that the claim names."""
        account, (start, end) = ground.account, ground.given
        parts = [one for one in account.said if one.start < end and start < one.end]
        for one in sorted(parts, key=lambda part: part.end - part.start):
            if named and all(self.is_named(one, name, account) for name in named):
                return one
        return account.voice(start, end)

    def _is_outlet(self, name: str, ground: Ground) -> bool:
        """Whether a name is that of the outlet, whose own voice the article's is."""
        outlet = ground.article.outlet
        if not outlet:
            return False
        mine, theirs = ({fold(word) for word in words_of(one)} for one in (name, outlet))
        return bool(mine) and (mine <= theirs or theirs <= mine)


def _key(said: Attribution | None) -> tuple[Speaker, Speaker | None] | None:
    return (said.speaker, said.via) if said else None
