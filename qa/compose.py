"""Verified claims → Answer: numbered citations, one text, a status, a reason where nothing is claimed."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ulid import ULID

from ingest.aliases import Aliases
from ingest.domain import ArticleId, Copy
from ingest.language import text_direction
from prompts import Prompt
from qa.accounts import mostly
from qa.agreement import agree, figures_of
from qa.answer import Answer, Citation, Claim, DroppedClaim, Figure, IndexInfo, ShownPassage, Timings, Trace
from qa.answerers import Origin
from qa.domain import Draft, Evidence, Question, Quoted, Reason
from qa.event import Event
from qa.injection import instructions
from qa.phrasing import phrase, quoted, told_by, unit_of
from qa.verify import Verified

SPOKEN = ("en", "ar")
"""Languages the service's own words come in, the first for every other."""


class Composition(NamedTuple):
    """Claims with their citations, and the text that says them."""

    question: Question
    text: str
    claims: tuple[Claim, ...]
    drafts: tuple[Draft, ...]
    """What each claim was drafted as."""
    citations: tuple[Citation, ...]
    dropped: tuple[DroppedClaim, ...]
    disputed: bool = False

    def answer(
        self, evidence: Evidence, *, origin: Origin, wording: Prompt, index: IndexInfo, timings: Timings
    ) -> Answer:
        """Put the whole answer together."""
        reason = None if self.claims else _reason(evidence, self.dropped)
        spoken = spoken_language(self.question)
        return Answer(
            id=f"ans_{ULID()}",
            question=self.question.text,
            status="disputed" if self.disputed else "answered" if self.claims else "insufficient_evidence",
            reason=reason,
            answer=wording.part(f"{reason}.{spoken}") if reason else self.text,
            answer_language=spoken,
            claims=self.claims,
            citations=self.citations,
            passages=show(evidence),
            trace=Trace(
                mode=origin.mode,
                model=origin.model,
                fallback=origin.fallback,
                asked=self.question.full,
                prompt=origin.prompt.name,
                prompt_sha256=origin.prompt.sha256,
                index=index,
                confidence=round(origin.confidence, 4),
                usage=origin.usage,
                dropped_claims=self.dropped,
                instructions=instructions(evidence),
                timings_ms=timings,
            ),
        )


def compose(  # noqa: PLR0913 - what passed, and all that it is told with
    question: Question,
    verified: Verified,
    *,
    wording: Prompt,
    aliases: Aliases,
    copies: Mapping[ArticleId, tuple[Copy, ...]] = MappingProxyType({}),
    as_told: bool = False,
) -> Composition:
    """Order the claims, number their citations and write the answer's text; one citation a quote, however often used.

    Args:
        question: what was asked.
        verified: what came through the gate.
        wording: the service's own words.
        aliases: names of speakers in both languages.
        copies: copies of the cited articles, by the articles' ids.
        as_told: whether drafts were told one by one as they passed: they keep their places and numbers, and may be of
            several events.
    """
    together = Event(question).is_same if as_told else _always
    agreement = agree(verified.drafts, copies, together=together, as_told=as_told)
    speech = _Speech(question, wording, aliases)
    claims: list[Claim] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    lines: list[str] = []
    for at, draft in enumerate(agreement.drafts):
        numbers = _cite(draft, citations, copies)
        later = agreement.superseded_by.get(at)
        text = draft.text if draft.written else speech.phrase(draft)
        claims.append(_claim(draft, text, numbers, later))
        line = speech.written(draft, numbers) if draft.written else speech.line(draft, text, numbers)
        lines.append(line if later is None else speech.part("earlier", line=line))
    if agreement.disputed:
        lines.insert(0, speech.part("disputed"))
    elif not as_told:
        lines.insert(0, speech.part("answered"))
    return Composition(
        question=question,
        text="\n".join(lines) if claims else "",
        claims=tuple(claims),
        drafts=agreement.drafts,
        citations=tuple(citations.values()),
        dropped=verified.dropped,
        disputed=agreement.disputed,
    )


def _always(_one: Draft, _other: Draft) -> bool:
    """Extractive drafts are of one event already (`qa.sides`)."""
    return True


def _claim(draft: Draft, text: str, numbers: tuple[int, ...], later: int | None) -> Claim:
    said = draft.said
    # In a source's own words, the service says the one figure that answers.
    figures = figures_of(draft) if draft.written else figures_of(draft)[:1]
    return Claim(
        text=text,
        speaker=said and said.speaker,
        via=said and said.via,
        figures=tuple(Figure(value=figure.value, unit=unit_of(figure), bound=figure.bound) for figure in figures),
        as_of=draft.article.published_at.date() if draft.article.published_at else None,
        citations=numbers,
        superseded_by=later,
    )


class _Speech(NamedTuple):
    """What claims are told with in the answer's text."""

    question: Question
    wording: Prompt
    aliases: Aliases

    @property
    def spoken(self) -> str:
        """The service's language."""
        return spoken_language(self.question)

    def part(self, key: str, **fields: object) -> str:
        """A text of the wording in that language."""
        return self.wording.part(f"{key}.{self.spoken}", **fields)

    def phrase(self, draft: Draft) -> str:
        """What a draft in its source's own words says."""
        asked = self.question.in_context
        return phrase(draft, asked=asked, wording=self.wording, spoken=self.spoken, aliases=self.aliases)

    def written(self, draft: Draft, numbers: tuple[int, ...]) -> str:
        """A model's claim: its sentence, with the numbers of its citations before the stop."""
        text = draft.text.rstrip()
        words = text.rstrip(_STOPS)
        return self.part(
            "drafted", text=words, marks="".join(f"[{number}]" for number in numbers), stop=text[len(words) :]
        )

    def line(self, draft: Draft, text: str, numbers: tuple[int, ...]) -> str:
        """A source's claim: a figure in the service's words, everything else between quotation marks.

        A figure that counts nothing named says little by itself: its quote stands beside it.
        """
        article = draft.article
        quote = quoted(draft.quote, article.language)
        if draft.figure is None:
            text = self._told(draft, quote)
        elif draft.figure.unit is None and unit_of(draft.figure) is None:
            text = self.part("bare", words=text, quote=quote)
        where = source(article.outlet, article.published_at, wording=self.wording, spoken=self.spoken)
        return self.part("said" if draft.figure is None else "counted", text=text, number=numbers[0], source=where)

    def _told(self, draft: Draft, quote: str) -> str:
        if not _is_theirs(draft):
            return quote
        return told_by(draft, quote, wording=self.wording, spoken=self.spoken, aliases=self.aliases)


_STOPS = ".!?؟。 "
"""What may end a sentence."""


def _is_theirs(draft: Draft) -> bool:
    """Whether a quote is its speaker's for the most part: not one that says in passing what somebody else counted."""
    said = draft.said
    return said is not None and mostly(said, draft.start, draft.end)


def show(evidence: Evidence) -> tuple[ShownPassage, ...]:
    """The passages of the evidence, as an answer shows them."""
    return tuple(
        ShownPassage(
            passage_id=passage.passage_id,
            article_id=passage.article.id,
            score=round(passage.score, 6),
            text=passage.text,
            start=passage.start,
            end=passage.end,
            title=passage.article.title,
            outlet=passage.article.outlet,
            published_at=passage.article.published_at,
            language=passage.article.language,
        )
        for passage in evidence.passages
    )


def spoken_language(question: Question) -> str:
    """The language that the service's own words are in: the one asked for, where it speaks it."""
    return question.answer_language if question.answer_language in SPOKEN else SPOKEN[0]


def source(outlet: str | None, published_at: datetime | None, *, wording: Prompt, spoken: str) -> str:
    """Who published something and when, in the service's own words."""
    return wording.part(
        f"source.{spoken}",
        outlet=outlet or wording.part(f"unnamed.{spoken}"),
        day=published_at.date().isoformat() if published_at else wording.part(f"undated.{spoken}"),
    )


def _cite(
    draft: Draft,
    citations: dict[tuple[str, int, int], Citation],
    copies: Mapping[ArticleId, tuple[Copy, ...]],
) -> tuple[int, ...]:
    """Numbers of a draft's citations, those that are new added; one citation a quote, however often used."""
    numbers: list[int] = []
    for one in draft.cited:
        new = _citation(len(citations) + 1, one, copies.get(one.article.id, ()))
        numbers.append(citations.setdefault((one.article.id, one.start, one.end), new).number)
    return tuple(dict.fromkeys(numbers))


def _citation(number: int, quoted: Draft | Quoted, copies: tuple[Copy, ...]) -> Citation:
    article = quoted.article
    return Citation(
        number=number,
        article_id=article.id,
        passage_id=quoted.passage_id,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published_at=article.published_at,
        language=article.language,
        dir=text_direction(article.language),
        quote=quoted.quote,
        start=quoted.start,
        end=quoted.end,
        article_sha256=article.sha256,
        also_in=copies,
    )


def _reason(evidence: Evidence, dropped: tuple[DroppedClaim, ...]) -> Reason:
    if evidence.reason:
        return evidence.reason
    return "failed_verification" if dropped else "not_stated"
