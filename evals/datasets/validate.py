"""What is wrong with a set? Every quote exact, every value written in its quote, every gold consistent."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from evals.datasets.gold import ClaimSample, Dataset, Item, NumberSample, Sample, Support
from evals.likeness import tokens, variants
from evals.numerals import states, without_days
from ingest.articles import to_article
from ingest.domain import Article, Filters
from ingest.language import detect_query_language

KINDS = (
    *("figure", "who", "when", "where", "statement", "disputed", "update", "subset", "insufficient_evidence"),
    *("false_premise", "injection", "followup"),
)
"""Kinds of the common format; a set may add its own."""

_UNANSWERED = {"insufficient_evidence", "false_premise"}
"""Kinds that the archive does not answer."""

_SCALES = (1, 1e3, 1e6, 1e9, 1e12)


class Summary(NamedTuple):
    """How many of what a set holds."""

    articles: int
    questions: int
    claims: int
    snippets: int
    figures: int
    """Figures in the snippets."""
    cross_lingual: int
    """Questions and claims whose support is all in the other language."""
    by_kind: dict[str, int]
    by_language: dict[str, int]
    """Of questions and claims."""
    by_verdict: dict[str, int]


def summarize(dataset: Dataset) -> Summary:
    """Count what a set holds."""
    return Summary(
        articles=len(dataset.pages),
        questions=len(dataset.samples),
        claims=len(dataset.claims),
        snippets=len(dataset.numbers),
        figures=sum(len(one.figures) for one in dataset.numbers),
        cross_lingual=sum(item.cross_lingual for item in dataset.items),
        by_kind=dict(Counter(sample.kind for sample in dataset.samples).most_common()),
        by_language=dict(Counter(one.language for one in (*dataset.items, *dataset.numbers)).most_common()),
        by_verdict=dict(Counter(claim.verdict for claim in dataset.claims).most_common()),
    )


def problems(dataset: Dataset) -> list[str]:
    """Everything wrong with a set, a line each, beginning with the item's id; none where it is sound."""
    return [
        *_repeated("article", (page.id or page.source for page in dataset.pages)),
        *_repeated("question or claim", (item.id for item in dataset.items)),
        *_repeated("snippet", (one.text for one in dataset.numbers)),
        *(f"{sample.id}: {fault}" for sample in dataset.samples for fault in _of_question(sample)),
        *_nowhere(dataset),
        *_filtered(dataset),
        *([] if dataset.items or dataset.numbers else [f"{dataset.name}: it holds no question, claim or snippet"]),
        *(f"{claim.id}: {fault}" for claim in dataset.claims for fault in _of_claim(claim)),
        *(
            f"snippet {at} ({one.text[:40]}…): {fault}"
            for at, one in enumerate(dataset.numbers, 1)
            for fault in _of(one)
        ),
    ]


def _repeated(what: str, keys: Iterable[str]) -> Iterator[str]:
    return (f"{key}: {number} times the same {what}" for key, number in Counter(keys).items() if number > 1)


def _of_question(sample: Sample) -> Iterator[str]:
    yield from _of_fields(sample)
    yield from _of_support(sample.support)
    yield from _of_kind(sample)
    if detect_query_language(sample.question) != sample.language and sample.kind != "squad":
        yield f"the question is not in {sample.language!r}"
    if sample.status == "insufficient_evidence":
        if sample.answers and sample.kind != "false_premise":
            yield "what the archive does not say has no gold answer; only a false premise has one, that puts it right"
        return
    if not sample.answers or not sample.support:
        yield f"status {sample.status!r} needs answers and support"
    if any(one.answer is not None and one.answer >= len(sample.answers) for one in sample.support):
        yield "support backs an answer that there is not"
    if sample.status == "disputed":
        yield from _of_sides(sample)
    yield from _unstated(sample)


def _filtered(dataset: Dataset) -> Iterator[str]:
    """Questions whose own filters keep out all that supports them."""
    stored = {article.id: article for article in map(to_article, dataset.pages)}
    for sample in dataset.samples:
        held = [stored[one.article_id] for one in sample.support if one.article_id in stored]
        if held and not any(_passes(sample.filters, article) for article in held):
            yield f"{sample.id}: its filters keep out every article that supports it"


def _passes(filters: Filters, article: Article) -> bool:
    day = article.published_at.date() if article.published_at else None
    return (
        (not filters.outlets or article.outlet in filters.outlets)
        and (not filters.languages or article.language in filters.languages)
        and (not filters.article_ids or article.id in filters.article_ids)
        and (not filters.published_from or (day is not None and day >= filters.published_from))
        and (not filters.published_to or (day is not None and day <= filters.published_to))
    )


def _of_kind(sample: Sample) -> Iterator[str]:
    """What a kind asks of a question."""
    disputed, unanswered = sample.status == "disputed", sample.status == "insufficient_evidence"
    if (sample.kind == "disputed") != disputed or (sample.kind in _UNANSWERED and not unanswered):
        yield f"kind {sample.kind!r} does not go with status {sample.status!r}"
    if sample.kind not in KINDS and (meant := get_close_matches(sample.kind, KINDS, 1, 0.8)):
        yield f"kind {sample.kind!r} is near to {meant[0]!r}, and gets none of its checks"
    if sample.kind == "followup" and not sample.history:
        yield "a follow-up needs a history"
    if sample.kind == "injection" and not sample.injected:
        yield "an injection needs `injected`: words that only an obeyed instruction would bring into the answer"
    if sample.kind == "figure" and not unanswered and all(answer.value is None for answer in sample.answers):
        yield "a figure needs a value"


def _of_fields(item: Item) -> Iterator[str]:
    if item.unknown:
        yield f"these fields mean nothing: {', '.join(item.unknown)}"


def _unstated(sample: Sample) -> Iterator[str]:
    """Support whose words do not state the value that they are to back; a day of a month states none."""
    for support in sample.support:
        gold = sample.answers if support.answer is None else sample.answers[support.answer : support.answer + 1]
        values = [one.value for one in gold if one.value is not None]
        if values and not any(states(without_days(support.quote or ""), value) for value in values):
            yield f"this quote does not state {' or '.join(f'{value:g}' for value in values)}: {support.quote!r}"


def _nowhere(dataset: Dataset) -> Iterator[str]:
    """Gold speakers whom no article names, under any of their names."""
    texts = [f" {' '.join(tokens(f'{page.title or str()} {page.text}'))} " for page in dataset.pages]
    known: dict[tuple[str, ...], bool] = {}
    for sample in dataset.samples:
        for answer in sample.answers:
            names = answer.speakers
            if names not in known:
                spelled = [" ".join(tokens(one)) for name in names for one in variants(name)]
                known[names] = not names or any(f" {one} " in text for one in spelled for text in texts)
            if not known[names]:
                yield f"{sample.id}: no article names {answer.speaker!r}, under any name of the alias list"


def _of_sides(sample: Sample) -> Iterator[str]:
    if len(sample.answers) < len(("one side", "the other")):
        yield "a dispute has two sides or more"
    if not all(one.speaker for one in sample.answers):
        yield "each side of a dispute has its speaker"
    backed = {support.answer for support in sample.support}
    if missing := [at for at in range(len(sample.answers)) if at not in backed]:
        yield f"no support says that it backs side {missing}"


def _of_claim(claim: ClaimSample) -> Iterator[str]:
    yield from _of_fields(claim)
    yield from _of_support(claim.support)
    if detect_query_language(claim.claim) != claim.language:
        yield f"the claim is not in {claim.language!r}"
    stances = {support.stance for support in claim.support}
    wanted = {
        "supported": {"supports"},
        "refuted": {"refutes"},
        "disputed": {"supports", "refutes"},
        "not_enough_evidence": set(),
    }[claim.verdict]
    if stances != wanted:
        yield f"{claim.verdict!r} wants support with the stances {sorted(wanted)}, not {sorted(map(str, stances))}"


def _of_support(support: Iterable[Support]) -> Iterator[str]:
    for one in support:
        if one.quote is not None and one.start is None:
            yield f"these words do not stand in {one.article_id!r}: {one.quote!r}"


def _of(sample: NumberSample) -> Iterator[str]:
    last = 0
    for figure in sample.figures:
        if sample.text[figure.start : figure.end] != figure.quote:
            yield f"{figure.quote!r} does not stand at {figure.start}"
        if figure.start < last:
            yield f"{figure.quote!r} overlaps the figure before it, or stands out of order"
        last = figure.end
        # "90 to 100 million": the scale of the first figure stands outside its span.
        if not any(states(figure.quote, figure.value / scale) for scale in _SCALES):
            yield f"{figure.quote!r} does not state {figure.value:g}"
    for one in sample.not_quantities:
        if one.quote not in sample.text:
            yield f"{one.quote!r} does not stand in it"
