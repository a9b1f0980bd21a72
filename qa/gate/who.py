"""Does a claim name who its source gives the words to?

Whom a claim names is read from its `speaker` and, by the reader that reads articles, from its text. An article's own
voice is its outlet's; whoever relays words does not say them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.aliases import Aliases
from ingest.domain import Attribution, Speaker
from ingest.lexis import fold, terms
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

    names: tuple[str, ...] = ()
    """Names by which the claim says who does."""


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
        spoken = [one for one in given if one is not None]
        # Figures of two speakers are two claims; words of one and of the article itself are the speaker's.
        if spoken and ((found and None in given) or any(not _is_one(spoken[0], other) for other in spoken[1:])):
            return Spoken(fault="wrong_speaker")
        said = spoken[0] if spoken else None
        if said is None:
            ours = all(self._is_outlet(name, ground) for name in named)
            return Spoken() if ours else Spoken(fault="wrong_speaker")
        if not named:
            return Spoken(said, "missing_speaker" if found else None)
        theirs = [name for name in named if self.is_named(said, name, ground.account)]
        relayed = [name for name in named if said.via and self._is_called(name, said.via, ground.account)]
        others = [name for name in named if name not in theirs and name not in relayed]
        within = _around(ground, found)
        field = (claim.speaker or "").strip()
        if (
            not theirs
            or (field and field not in theirs)
            or any(self._is_somebody(name, ground.account, within) for name in others)
        ):
            return Spoken(fault="wrong_speaker")
        return Spoken(said, names=tuple(named))

    def of_words(self, claim: DraftedClaim, ground: Ground) -> Spoken:
        """Tell who says whole sentences: whom the claim names of those who speak in them, else whoever says most."""
        account, (start, end) = ground.account, ground.given
        name = (claim.speaker or "").strip()
        parts = [one for one in account.said if one.start < end and start < one.end]
        if not name:
            return Spoken(ground.says(ground.figures[0]) if ground.figures else account.voice(start, end))
        said = next((one for one in parts if self.is_named(one, name, account)), None)
        if said is None and not self._is_outlet(name, ground):
            return Spoken(fault="wrong_speaker")
        return Spoken(said, names=(name,))

    def names_in(self, text: str) -> list[str]:
        """Whom a text gives words to, as it names them."""
        told = read_attributions(text, aliases=self._aliases)
        return list(dict.fromkeys(one.speaker.name for one in told))

    def is_named(self, said: Attribution, name: str, account: Account) -> bool:
        """Whether a name is that of who says something in an article, or of whom they speak for."""
        return _is_written(name, said, account) or self._is_any(name, Names(account.names(said)), account)

    def _is_somebody(self, name: str, account: Account, within: Sequence[Attribution]) -> bool:
        """Whether a name is another body's or person's, not of those whose words the speaker tells: witnesses."""
        if any(self.is_named(one, name, account) for one in within):
            return False
        if self._aliases.find(name) or any(word[0].isupper() for word in words_of(name)):
            return True
        return any(self.is_named(one, name, account) for one in account.said)

    def _is_called(self, name: str, speaker: Speaker, account: Account) -> bool:
        return self._is_any(name, Names((speaker.name, speaker.canonical)), account)

    def _is_any(self, name: str, names: Names, account: Account) -> bool:
        """Whether a name is one of some names of one speaker, shorter or in another language."""
        known = frozenset(found.canonical for found in self._aliases.find(name))
        if fold(name) in {fold(one) for one in names.names} or self._speakers.is_asked(names, name, known):
            return True
        if known:
            return False
        if any(_describes(name, one) for one in names.names):
            return True
        return not meant(name, account, self._aliases).isdisjoint(names.names)

    def _named(self, claim: DraftedClaim) -> Iterator[str]:
        if claim.speaker and claim.speaker.strip():
            yield claim.speaker.strip()
        yield from self.names_in(claim.text)

    def _voice(self, ground: Ground, named: Sequence[str]) -> Attribution | None:
        """Who says a quote without a figure; of several who say parts of it, the one that the claim names."""
        account, (start, end) = ground.account, ground.given
        parts = [one for one in account.said if one.start < end and start < one.end]
        for one in sorted(parts, key=lambda part: part.end - part.start):
            if any(self.is_named(one, name, account) for name in named):
                return one
        return account.voice(start, end)

    def _is_outlet(self, name: str, ground: Ground) -> bool:
        """Whether a name is that of the outlet, whose own voice the article's is."""
        outlet = ground.article.outlet
        if not outlet:
            return False
        mine, theirs = ({fold(word) for word in words_of(one)} for one in (name, outlet))
        return bool(mine) and (mine <= theirs or theirs <= mine)


def _is_written(name: str, said: Attribution, account: Account) -> bool:
    """Whether a name stands where the article says who speaks, with all that was read of it and more."""
    plain, spoken = fold(name), fold(said.speaker.name)
    inside = plain in spoken and not spoken.startswith(plain)  # what was read as one name may be two
    if said.via is None and not inside and _is_in(plain, fold(account.text[said.cue_start : said.cue_end])):
        return True
    mine, theirs = (frozenset(terms(one)) for one in (name, said.speaker.name))
    if not theirs or not theirs <= mine:
        return False
    start = max(0, said.cue_start - len(name))
    at = account.text.find(name, start, said.cue_end + len(name))
    return at >= 0 and at < said.cue_end and said.cue_start < at + len(name)


def _is_in(name: str, cue: str) -> bool:
    """Whether the words that say who speaks have a name, and not as whose, or as whom it is said to."""
    words = re.escape(name.removeprefix("the "))
    return re.search(rf"(?<!told )(?<!to )(?<!told the )(?<!to the )(?<!\w){words}(?!\w|['’])", cue) is not None


def _is_one(one: Attribution, other: Attribution) -> bool:
    """Whether two stretches are one speaker's, be it in articles of two languages."""
    return one.speaker.canonical == other.speaker.canonical


def _around(ground: Ground, found: Sequence[Found]) -> list[Attribution]:
    """Everybody whose words, one's within another's, hold a claim's first figure, or its quote."""
    start, end = (found[0].figure.start, found[0].figure.end) if found else ground.given
    said = ground.account.said
    return [one for one in said if (one.start <= start and end <= one.end) or (not found and start <= one.start < end)]


def _describes(name: str, described: str) -> bool:
    """Whether one name is the beginning of the other, a source's description: "a nurse", who is not named."""
    mine, theirs = ([fold(word) for word in words_of(one)] for one in (name, described))
    if not mine or not theirs or any(word[0].isupper() for word in words_of(name)[1:]):
        return False
    return theirs[: len(mine)] == mine or mine[: len(theirs)] == theirs
