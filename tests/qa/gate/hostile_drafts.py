"""The hostile-model suite's data: articles, the aliases a newsroom would add, and drafts with what the gate owes each.

`drafts.jsonl`, one a line: `expected` is `["passes"]`, or the fault codes that are right for it, the best first. The
drafts were written from the contract alone, without a look at the gate; the news in them is made up.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ingest.archive import Archive
from ingest.domain import Page, Value
from ingest.library import Library
from qa.answer import DroppedClaim, Fault
from qa.domain import Draft, Evidence, Question, RankedPassage, Scores
from qa.drafts import DraftedClaim
from qa.gate import Gate

HERE = Path(__file__).parent
ALIASES = HERE / "aliases.jsonl"
PASSES = "passes"


class Sample(Value):
    """A draft, and what should become of it."""

    id: str
    expected: tuple[str, ...]
    """`passes`, or fault codes that are right."""
    language: str
    """Of the claim."""
    articles: tuple[str, ...]
    """Articles that the model was shown, P1 first, each as one passage."""
    question: str
    claim: DraftedClaim
    note: str
    """What was done to it."""

    @property
    def good(self) -> bool:
        """Whether it is right and has to pass."""
        return self.expected == (PASSES,)


class Checked(NamedTuple):
    """A sample and what the gate made of it."""

    sample: Sample
    result: Draft | DroppedClaim

    @property
    def fault(self) -> Fault | None:
        """Why it was refused; `None` where it passed.

        What passes in the service's own words is no lie of the model's: its wording was refused, as unsupported.
        """
        if isinstance(self.result, DroppedClaim):
            return self.result.fault
        return None if self.result.written or self.sample.good else "unsupported"

    @property
    def left(self) -> bool:
        """Whether its own words leave the gate."""
        return isinstance(self.result, Draft) and self.result.written

    def __str__(self) -> str:
        """What went wrong, on one line."""
        wanted, claim = " or ".join(self.sample.expected), self.sample.claim
        quotes = " + ".join(quote.quote for quote in claim.quotes)
        return f"{self.sample.id} ({self.sample.note}): {self.fault or PASSES}, not {wanted}: {claim.text} ⟵ {quotes}"


@cache
def samples() -> tuple[Sample, ...]:
    """All drafts."""
    lines = (HERE / "drafts.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Sample.model_validate_json(line) for line in lines)


@cache
def pages() -> tuple[Page, ...]:
    """All articles."""
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Page(source=f"articles.jsonl, line {n}", **json.loads(line)) for n, line in enumerate(lines, 1))


def shown(archive: Archive, articles: Sequence[str]) -> Mapping[str, RankedPassage]:
    """What a model is shown of some articles: each whole, as one passage, by its marker."""
    return {f"P{number}": _whole(archive, article_id) for number, article_id in enumerate(articles, 1)}


def _whole(archive: Archive, article_id: str) -> RankedPassage:
    article = archive.get(article_id)
    scores = Scores(dense=1, lexical=1, names=1)
    end = len(article.text)
    return RankedPassage(passage_id=f"{article_id}-1", article=article, start=0, end=end, score=1, scores=scores)


def check(library: Library, sample: Sample) -> Checked:
    """Put one draft to a gate of its own."""
    passages = shown(library.archive, sample.articles)
    language = sample.language
    question = Question(text=sample.question, language=language, answer_language=language)
    gate = Gate(Evidence(question=question, passages=tuple(passages.values())), passages, library)
    return Checked(sample, gate.check(sample.claim))


def table(checked: Iterable[Checked]) -> str:
    """Numbers of a run, by what was expected.

    Of the bad ones: how many were refused, how many of these by a right code, and how many had their wording replaced
    by the source's own words. Of the good ones: how many passed in the model's words, and how many in the source's.
    """
    counts: dict[str, Counter[str]] = {}
    for each in checked:
        row = counts.setdefault(each.sample.expected[0], Counter())
        row["all"] += 1
        if isinstance(each.result, DroppedClaim):
            row["refused"] += 1
            row["coded"] += each.result.fault in each.sample.expected
        else:
            row["written" if each.result.written else "replaced"] += 1
    good = counts.pop(PASSES, Counter())
    rows = [*sorted(counts.items()), ("all bad ones", sum(counts.values(), Counter()))]
    lines = [
        f"{kind:16} {row['refused'] + row['replaced']:5} of {row['all']:5} caught"
        f"  ({row['refused']} refused, {row['coded']} by a right code; {row['replaced']} told in the source's words)"
        for kind, row in rows
    ]
    passed = good["written"] + good["replaced"]
    told = f"({good['written']} in the model's words, {good['replaced']} in the source's)"
    return "\n".join([*lines, f"{'good ones':16} {passed:5} of {good['all']:5} passed  {told}"])
