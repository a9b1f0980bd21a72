"""Are citations what they say they are, and do they point at what answers?"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from evals.datasets import ClaimSample, Sample
from evals.likeness import same_speaker, standing, states_gold
from evals.numerals import states
from evals.scorers.retrieval import supports
from evals.scorers.score import CheckReply, Measure, Part, Reply, Score, StoredArticle
from qa.answer import Answer, Citation

MEASURES = (
    Measure(name="citation_precision", label="Citations that support the answer"),
    Measure(name="citation_recall", label="Claims with a citation that supports them"),
    Measure(name="citation_tightness", label="Share of cited words that are words of support"),
    Measure(name="citation_integrity", label="Citations verbatim at their offsets", must_be=1.0),
)


_SOURCE = ("title", "outlet", "url", "published_at")
"""What a citation says of the article itself."""

_MARK = re.compile(r"\[(\d+)\]")


def score_citations(sample: Sample, reply: Reply) -> Score:
    """Score every citation; one of an answer that should not be there supports nothing."""
    answer = reply.answer
    good = {citation.number for citation in answer.citations if _supports(sample, reply, citation)}
    integrity = score_integrity(answer.citations, reply.articles)
    parts = dict(integrity.parts)
    numbers = {citation.number for citation in answer.citations}
    claims = list(standing(answer.claims))
    # What only an earlier, superseded claim cites is not said to support the answer.
    used = numbers - {one for claim in answer.claims for one in claim.citations}
    used |= numbers & {one for claim in claims for one in claim.citations}
    if not claims:  # where everything is superseded, nothing is supported
        used, good = numbers, set()
    if used:
        parts["citation_precision"] = Part(len(good & used), len(used))
    quoted = [one for one in answer.citations if one.number in used]
    if any(support.quote for support in sample.support) and quoted:
        within = sum(_within(sample, one) for one in quoted)
        parts["citation_tightness"] = Part(within, sum(one.end - one.start for one in quoted))
    if claims:
        backed = sum(bool(good & set(claim.citations)) for claim in claims)
        parts["citation_recall"] = Part(backed, len(claims))
    loose = [claim for claim in answer.claims if not claim.citations or not set(claim.citations) <= numbers]
    dead = _marks(answer) - numbers
    faults = [f"cites nothing that can be looked up: {claim.text}" for claim in loose]
    faults += [f"the answer's text cites [{number}], which there is not" for number in sorted(dead)]
    if loose or dead:
        hits, of = parts.get("citation_integrity", Part(0, 0))
        parts["citation_integrity"] = Part(hits, of + len(loose) + len(dead))
    strange = [one for one in answer.citations if one.number in used - good]
    faults += [f"citation that does not support the answer: [{one.number}] {one.quote}" for one in strange]
    return Score(parts=parts, faults=(*integrity.faults, *faults))


def _supports(sample: Sample, reply: Reply, citation: Citation) -> bool:
    """Whether a citation overlaps a support quote, or states the gold value in a claim by the gold speaker."""
    if supports(sample, citation.article_id, citation.start, citation.end):
        return True
    claims = [claim for claim in reply.answer.claims if citation.number in claim.citations]
    return any(
        gold.value is not None
        and states(citation.quote, gold.value)
        and same_speaker(claim.speaker, gold)
        and any(states_gold(figure, gold) for figure in claim.figures)
        for gold in sample.answers
        for claim in claims
    )


def _marks(answer: Answer) -> set[int]:
    """Citation numbers in the answer's text, but for those that stand in a quote."""
    prose = answer.answer
    for citation in answer.citations:
        prose = prose.replace(citation.quote or "\0", " ")
    return {int(number) for number in _MARK.findall(prose)}


def _within(sample: Sample, citation: Citation) -> int:
    """Characters of a citation that stand in the support quote it overlaps most: whole articles are no citation."""
    return max(
        (
            max(0, min(citation.end, support.end) - max(citation.start, support.start))
            for support in sample.support
            if support.article_id == citation.article_id and support.start is not None and support.end is not None
        ),
        default=0,
    )


def score_integrity(citations: Iterable[Citation], articles: Mapping[str, StoredArticle]) -> Score:
    """Look every quote up in the article fetched back from the service: `text[start:end] == quote`, sha256 equal."""
    faults = [(citation, _broken(citation, articles.get(citation.article_id))) for citation in citations]
    if not faults:
        return Score()
    broken = [f"citation [{citation.number}] {fault}: {citation.quote}" for citation, fault in faults if fault]
    return Score(parts={"citation_integrity": Part(len(faults) - len(broken), len(faults))}, faults=tuple(broken))


def _broken(citation: Citation, article: StoredArticle | None) -> str | None:
    if article is None:
        return "points at an article that is not there"
    if article.text[citation.start : citation.end] != citation.quote or not citation.quote:
        return f"does not stand at {citation.start} to {citation.end}"
    computed = hashlib.sha256(article.text.encode()).hexdigest()
    if not computed == article.sha256 == citation.article_sha256:
        return "has another sha256 than its article"
    told = [name for name in _SOURCE if getattr(citation, name) != getattr(article, name)]
    return f"has another {', '.join(told)} than its article" if told else None


def score_check_integrity(_: ClaimSample, reply: CheckReply) -> Score:
    """The same of the citations that a verdict rests on."""
    return score_integrity(reply.citations, reply.articles)
