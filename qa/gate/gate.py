"""A drafted claim → the draft that its sources carry, or the fault it is refused for.

claim → quotes found → what turns them → figures → speaker → words → Draft

Nothing that the model says of a passage is taken on trust: what leaves is read from the articles again. Where a claim
is right and its wording cannot be told to be, the service words it itself. A question that names a speaker lets nobody
else speak.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from ingest.domain import Attribution
from ingest.lexis import fold
from ingest.library import Library
from ingest.sentences import Span
from ingest.turns import Turn, left_out, turns
from qa.accounts import Account, read_account, shown_with
from qa.answer import DroppedClaim, Fault
from qa.domain import Draft, Evidence, RankedPassage
from qa.drafts import DraftedClaim
from qa.findings import Finder
from qa.fit import is_part
from qa.gate.evidence import Ground
from qa.gate.figures import Found, Stated, stated
from qa.gate.quotes import find_quote
from qa.gate.support import Checker, Support
from qa.gate.who import Spoken, Who
from qa.injection import tainted
from qa.speakers import Speakers

_MOST_PLACES = 4
"""Places where a quote stands that are tried: short ones stand in many."""

_MOST_CHOICES = 8
"""Choices of such places that are tried."""


class _Judged(NamedTuple):
    """A claim over one choice of places for its quotes."""

    grounds: tuple[Ground, ...]
    stated: Stated = Stated()
    spoken: Spoken = Spoken()
    support: Support = "said"
    fault: Fault | None = None


class Gate:
    """Checks the claims drafted for one question."""

    def __init__(self, evidence: Evidence, passages: Mapping[str, RankedPassage], library: Library) -> None:
        self._finder = Finder.of(evidence.question.in_context, library)
        self._passages = passages
        self._library = library
        self._who = Who(Speakers(library.encoder, library.aliases), library.aliases)
        self._checker = Checker(library)

    def check(self, claim: DraftedClaim) -> Draft | DroppedClaim:
        """Let a claim through, with its quotes at their exact offsets, or say what is wrong with it."""
        places: list[list[Ground]] = []
        for quote in claim.quotes:
            if quote.passage.strip("[] ") not in self._passages:
                return _dropped(claim, "unknown_passage")
            found = list(self._grounds(self._passages[quote.passage.strip("[] ")], quote.quote))
            if not found:
                return _dropped(claim, "quote_not_found")
            places.append(found)
        if not places:
            return _dropped(claim, "quote_not_found")
        judged = _Judged((), fault="unsupported")
        for grounds in _choices(places):
            judged = self._judge(claim, grounds)
            if judged.fault is None:
                return self._draft(claim, judged)
        return _dropped(claim, judged.fault or "unsupported")

    def _grounds(self, passage: RankedPassage, quote: str) -> Iterator[Ground]:
        account = read_account(passage.article, self._library.aliases)
        for number, span in enumerate(find_quote(passage.article.text, passage.start, passage.end, quote)):
            if number == _MOST_PLACES:
                return
            yield Ground(passage, account, span, span)

    def _judge(self, claim: DraftedClaim, grounds: tuple[Ground, ...]) -> _Judged:  # noqa: PLR0911 - one a fault
        if any(tainted(ground.article.text, *ground.sentences) for ground in grounds):
            return _Judged(grounds, fault="injection")
        if len(grounds) == 1 and _is_verbatim(claim, grounds[0]):
            return self._verbatim(claim, grounds[0])
        cut = frozenset[Turn]().union(
            *(left_out(ground.article.text, ground.sentences, ground.given) for ground in grounds)
        )
        whole = tuple(ground._replace(span=_whole(ground)) for ground in grounds)
        figures = stated(claim, whole, self._library.encoder)
        lost = cut - turns(self._checker.without_names(claim.text))
        if lost - {"doubted"}:
            return _Judged(whole, figures, fault="truncated_quote")
        if figures.fault:
            return _Judged(whole, figures, fault=self._figure_fault(claim, grounds, figures.fault))
        spoken = self._who.said(claim, whole, figures.found)
        if spoken.fault:
            return _Judged(whole, figures, spoken, fault=spoken.fault)
        told = figures.found[0].ground if figures.found else whole[0]
        if spoken.said and not self._is_asked(spoken.said, told.account):
            return _Judged(whole, figures, spoken, fault="wrong_speaker")
        if "doubted" in lost and not spoken.names:
            return _Judged(whole, figures, spoken, fault="truncated_quote")
        whole = tuple(ground._replace(span=shown_with(ground.account, ground.span, spoken.said)) for ground in whole)
        support = self._checker.check(claim.text, whole, self._speakers(spoken, whole), spoken.names)
        if support == "unsupported":
            return _Judged(whole, figures, spoken, fault="unsupported")
        # What somebody says has to be told as theirs: a name beside a bare statement does not.
        told_as_theirs = not any(ground.voices for ground in whole) or bool(self._who.names_in(claim.text))
        return _Judged(whole, figures, spoken, support if figures.sure and told_as_theirs else "unsure")

    def _verbatim(self, claim: DraftedClaim, ground: Ground) -> _Judged:
        """A claim that is whole sentences of its article, letter for letter: what they say is beyond doubt."""
        figures = stated(claim.model_copy(update={"text": ""}), (ground,), self._library.encoder)
        if figures.fault:
            return _Judged((ground,), figures, fault=figures.fault)
        spoken = self._who.of_words(claim, ground)
        if spoken.fault or (spoken.said and not self._is_asked(spoken.said, ground.account)):
            return _Judged((ground,), fault="wrong_speaker")
        theirs = tuple(Found(ground, one) for one in ground.figures if ground.says(one) == spoken.said)
        shown = ground._replace(span=shown_with(ground.account, ground.span, spoken.said))
        return _Judged((shown,), Stated(theirs), spoken)

    def _is_asked(self, said: Attribution, account: Account) -> bool:
        """Whether the question names whoever says something, or nobody."""
        name = self._finder.asked.speaker
        return self._finder.is_asked(said, account) or (name is not None and self._who.is_named(said, name, account))

    def _figure_fault(self, claim: DraftedClaim, grounds: Sequence[Ground], fault: Fault) -> Fault:
        """A figure that the quote by itself states as the claim does: its sentence says more of it, or denies it."""
        if stated(claim, [ground.alone() for ground in grounds], self._library.encoder).fault:
            return fault
        return "truncated_quote" if any(ground.is_cut for ground in grounds) else "unsupported"

    def _speakers(self, spoken: Spoken, grounds: Sequence[Ground]) -> list[str]:
        said = spoken.said
        names = [name for ground in grounds for name in ground.account.names(said)] if said else []
        if said and said.via:
            names += [said.via.name, said.via.canonical]
        return [*names, *(ground.article.outlet or "" for ground in grounds)]

    def _draft(self, claim: DraftedClaim, judged: _Judged) -> Draft:
        first = judged.stated.found[0].ground if judged.stated.found else judged.grounds[0]
        first = next((ground for ground in judged.grounds if ground.given == first.given), first)
        others = [ground for ground in judged.grounds if ground is not first]
        written = judged.support == "said"
        figures = [found.figure for found in judged.stated.found]
        sentence = first.article.text[slice(*first.sentences)]
        part = any(is_part(first.article.text, one) for one in figures)
        # "Six of the injured were firefighters" counts neither; what is hoped or doubted is no bare figure: its words
        # say it.
        if part or (not written and turns(sentence)):
            figures = []
        shown = first.quoted()
        return Draft(
            text=claim.text if written else shown.quote,
            article=shown.article,
            passage_id=shown.passage_id,
            quote=shown.quote,
            start=shown.start,
            end=shown.end,
            confidence=1.0,
            said=judged.spoken.said,
            figure=figures[0] if figures else None,
            written=written,
            more_figures=tuple(figures[1:]),
            more_quotes=tuple(ground.quoted() for ground in others),
        )


def _is_verbatim(claim: DraftedClaim, ground: Ground) -> bool:
    given = ground.article.text[slice(*ground.given)]
    return not ground.is_cut and fold(given).strip(_ENDS) == fold(claim.text).strip(_ENDS)


_ENDS = " .!؟?\n\"'“”«»"
"""What may stand around a sentence."""


def _choices(places: Sequence[Sequence[Ground]]) -> Iterator[tuple[Ground, ...]]:
    """Choices of one place for each quote, the first places first; a few of them."""
    return islice(product(*places), _MOST_CHOICES)


def _whole(ground: Ground) -> Span:
    """The model's words, or their whole sentences where these say more of a figure, or turn what is said."""
    turned = left_out(ground.article.text, ground.sentences, ground.given)
    return ground.sentences if turned or not ground.is_whole() else ground.given


def _dropped(claim: DraftedClaim, fault: Fault) -> DroppedClaim:
    return DroppedClaim(text=claim.text, fault=fault)
