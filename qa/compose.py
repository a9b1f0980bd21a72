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
from qa.agreement import agree
from qa.answer import Answer, Citation, Claim, DroppedClaim, Figure, IndexInfo, ShownPassage, Timings, Trace
from qa.domain import Draft, Evidence, Question, Reason
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
    citations: tuple[Citation, ...]
    dropped: tuple[DroppedClaim, ...]
    disputed: bool = False

    def answer(  # noqa: PLR0913 - the trace's facts come from as many places
        self,
        evidence: Evidence,
        *,
        confidence: float,
        wording: Prompt,
        embedding: str | None,
        searched: int,
        timings: Timings,
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
                mode="extractive",
                asked=self.question.full,
                prompt=wording.name,
                prompt_sha256=wording.sha256,
                index=IndexInfo(embedding=embedding, passages=searched),
                confidence=round(confidence, 4),
                dropped_claims=self.dropped,
                instructions=instructions(evidence),
                timings_ms=timings,
            ),
        )


def compose(
    question: Question,
    verified: Verified,
    *,
    wording: Prompt,
    aliases: Aliases,
    copies: Mapping[ArticleId, tuple[Copy, ...]] = MappingProxyType({}),
) -> Composition:
    """Order the claims, number their citations and write the answer's text; one citation a quote, however often used.

    Args:
        question: what was asked.
        verified: what came through the gate.
        wording: the service's own words.
        aliases: names of speakers in both languages.
        copies: copies of the cited articles, by the articles' ids.
    """
    agreement = agree(verified.drafts, copies)
    spoken = spoken_language(question)
    claims: list[Claim] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    lines: list[str] = []
    for at, draft in enumerate(agreement.drafts):
        place = (draft.article.id, draft.start, draft.end)
        number = citations.setdefault(
            place, _citation(len(citations) + 1, draft, copies.get(draft.article.id, ()))
        ).number
        later = agreement.superseded_by.get(at)
        text = phrase(draft, asked=question.in_context, wording=wording, spoken=spoken, aliases=aliases)
        claims.append(_claim(draft, text, number, later))
        line = _line(draft, text, number, wording=wording, spoken=spoken, aliases=aliases)
        lines.append(line if later is None else wording.part(f"earlier.{spoken}", line=line))
    opening = wording.part(f"{'disputed' if agreement.disputed else 'answered'}.{spoken}")
    text = "\n".join([opening, *lines]) if claims else ""
    return Composition(question, text, tuple(claims), tuple(citations.values()), verified.dropped, agreement.disputed)


def _claim(draft: Draft, text: str, number: int, later: int | None) -> Claim:
    figure, said = draft.figure, draft.said
    return Claim(
        text=text,
        speaker=said and said.speaker,
        via=said and said.via,
        figures=(Figure(value=figure.value, unit=unit_of(figure), bound=figure.bound),) if figure else (),
        as_of=draft.article.published_at.date() if draft.article.published_at else None,
        citations=(number,),
        superseded_by=later,
    )


def _line(  # noqa: PLR0913 - private: a draft, and what it is said with
    draft: Draft, text: str, number: int, *, wording: Prompt, spoken: str, aliases: Aliases
) -> str:
    """A claim in the answer's text: a figure in the service's words, everything else between quotation marks.

    A figure that counts nothing named says little by itself: its quote stands beside it.
    """
    article = draft.article
    quote = quoted(draft.quote, article.language)
    if draft.figure is None:
        text = told_by(draft, quote, wording=wording, spoken=spoken, aliases=aliases) if _is_theirs(draft) else quote
    elif draft.figure.unit is None and unit_of(draft.figure) is None:
        text = wording.part(f"bare.{spoken}", words=text, quote=quote)
    key = "said" if draft.figure is None else "counted"
    where = source(article.outlet, article.published_at, wording=wording, spoken=spoken)
    return wording.part(f"{key}.{spoken}", text=text, number=number, source=where)


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


def _citation(number: int, draft: Draft, copies: tuple[Copy, ...]) -> Citation:
    article = draft.article
    return Citation(
        number=number,
        article_id=article.id,
        passage_id=draft.passage_id,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published_at=article.published_at,
        language=article.language,
        dir=text_direction(article.language),
        quote=draft.quote,
        start=draft.start,
        end=draft.end,
        article_sha256=article.sha256,
        also_in=copies,
    )


def _reason(evidence: Evidence, dropped: tuple[DroppedClaim, ...]) -> Reason:
    if evidence.reason:
        return evidence.reason
    return "failed_verification" if dropped else "not_stated"
