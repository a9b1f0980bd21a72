"""Nothing is won by gaming: an ideal answerer loses nothing, and who games one measure loses on another."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from evals_fakes import Ideal, refuse

from evals.datasets import Dataset, load
from evals.numerals import numbers_in
from evals.scorers import CHECK_SCORERS, MEASURES, SCORERS, Score
from ingest.domain import Bound

DATA = Path(__file__).parents[3] / "evals" / "data"
OVER_A_RUN = {"judged_right", "verdict_macro_f1"}
"""What no scorer of single items gives."""

Document = dict[str, Any]
Gamer = Callable[[Ideal, Document], None]
"""Changes an ideal answer in place, in order to win something."""


@cache
def ideal_of(name: str) -> Ideal:
    """The ideal answerer of a set that is shipped."""
    return Ideal(load(DATA / name))


def scores(ideal: Ideal, gamer: Gamer = lambda _, __: None) -> dict[str, list[Score]]:
    """What each family makes of the gamed answer to each question."""
    replies = [(one, ideal.reply(one, lambda document: gamer(ideal, document))) for one in ideal.dataset.samples]
    return {sample.id: [scorer(sample, reply) for scorer in SCORERS] for sample, reply in replies}


def checks(ideal: Ideal) -> dict[str, list[Score]]:
    """What each family makes of the ideal verdict on each claim."""
    return {one.id: [scorer(one, ideal.check(one)) for scorer in CHECK_SCORERS] for one in ideal.dataset.claims}


def rates(scored: Mapping[str, list[Score]]) -> dict[str, float]:
    """The rate of each measure over all items."""
    parts = [part for found in scored.values() for score in found for part in score.parts.items()]
    hits, of = Counter[str](), Counter[str]()
    for name, part in parts:
        hits[name] += part.hits
        of[name] += part.of
    return {name: hits[name] / of[name] for name in of}


def best(measure: str) -> float:
    """The best rate that there is."""
    return 1.0 if MEASURES[measure].better == "higher" else 0.0


def cite(ideal: Ideal, document: Document, article: str, start: int, end: int) -> int:
    """Cite another stretch, and give its number."""
    document["citations"].append(ideal.cite(len(document["citations"]) + 1, ideal.articles[article], start, end))
    return len(document["citations"])


def first_cited(document: Document, claim: Document) -> Document:
    """The first citation of a claim."""
    citation: Document = document["citations"][claim["citations"][0] - 1]
    return citation


def cite_everything(ideal: Ideal, document: Document) -> None:
    """Every claim cites every sentence of the archive: the right one is bound to be there."""
    cited = [
        cite(ideal, document, article.id, found.start(), found.end())
        for article in ideal.articles.values()
        for found in re.finditer(r"[^.\n]{3,}", article.text if document["claims"] else "")
    ]
    for claim in document["claims"]:
        claim["citations"] = cited


def cite_whole_articles(ideal: Ideal, document: Document) -> None:
    """Every claim is the whole article, word for word."""
    for claim in document["claims"]:
        citation = first_cited(document, claim)
        article = ideal.articles[citation["article_id"]]
        citation.update(ideal.cite(citation["number"], article, 0, len(article.text)))
        claim["text"] = citation["quote"]


def refuse_everything(_: Ideal, document: Document) -> None:
    """Who says nothing makes nothing up."""
    refuse(document)


def list_every_number(ideal: Ideal, document: Document) -> None:
    """Every number of the cited article is a figure of something: the right one is bound to be there."""
    for claim in document["claims"]:
        numbers = numbers_in(ideal.articles[first_cited(document, claim)["article_id"]].text)
        claim["figures"] += [{"value": value, "unit": "things"} for value in sorted(numbers)]


def say_everybody_says_it(ideal: Ideal, document: Document, *, copied: bool) -> None:
    """Each claim is made for every speaker of the set's gold, with the same citation or with a copy of it."""
    speakers = {gold.speaker for one in ideal.dataset.samples for gold in one.answers if gold.speaker}
    for claim in list(document["claims"]):
        cited = first_cited(document, claim)
        for name in sorted(speakers):
            copy = [cite(ideal, document, cited["article_id"], cited["start"], cited["end"])] if copied else []
            speaker = {"name": name, "canonical": name}
            document["claims"].append(claim | {"speaker": speaker, "citations": copy or claim["citations"]})


def name_every_speaker(ideal: Ideal, document: Document) -> None:
    """Everybody says it, by one citation."""
    say_everybody_says_it(ideal, document, copied=False)


def name_every_speaker_by_copies(ideal: Ideal, document: Document) -> None:
    """Everybody says it, each by a citation of the same words."""
    say_everybody_says_it(ideal, document, copied=True)


def always_dispute(_: Ideal, document: Document) -> None:
    """Whatever is asked, sources are said to disagree."""
    document["status"] = "disputed"


def hedge_every_way(_: Ideal, document: Document) -> None:
    """The gold value with every bound that there is."""
    for claim in document["claims"]:
        claim["figures"] = [figure | {"bound": bound} for figure in claim["figures"] for bound in get_args(Bound)]


def replace_everything(_: Ideal, document: Document) -> None:
    """Every claim is said to be replaced by another: what does not stand cannot be wrong."""
    for claim in document["claims"]:
        claim["superseded_by"] = 0


@pytest.mark.parametrize("name", ["small", "demo"])
@pytest.mark.parametrize(
    ("gamer", "won", "lost"),
    [
        (cite_everything, "answer_accuracy", "citation_precision"),
        (cite_whole_articles, "citation_precision", "answer_f1"),
        (refuse_everything, "hallucination_rate", "false_refusal_rate"),
        (refuse_everything, "false_dispute_rate", "answer_accuracy"),
        (list_every_number, "sides_recall", "figure_precision"),
        (name_every_speaker, "sides_recall", "speaker_accuracy"),
        (name_every_speaker_by_copies, "sides_recall", "speaker_accuracy"),
        (always_dispute, "dispute_recall", "false_dispute_rate"),
        (hedge_every_way, "sides_recall", "figure_accuracy"),
        (hedge_every_way, "speaker_accuracy", "figure_precision"),
        (replace_everything, "citation_integrity", "figure_accuracy"),
    ],
)
def test_who_games_one_measure_loses_on_another(small: Dataset, name: str, gamer: Gamer, won: str, lost: str) -> None:
    """The one is as good as the ideal answerer's, the other worse by a tenth or more: on a small set, and on ours."""
    gamed = rates(scores(Ideal(small) if name == "small" else ideal_of(name), gamer))

    assert gamed[won] == best(won)
    assert abs(gamed[lost] - best(lost)) >= 0.1


@pytest.mark.parametrize("name", ["demo", "world"])
@pytest.mark.parametrize("scored", [scores, checks])
def test_the_ideal_answerer_loses_nothing(name: str, scored: Callable[[Ideal], dict[str, list[Score]]]) -> None:
    """Every question and every claim gets the best rate in each measure that applies to it, and no fault."""
    lost = [
        (item, measure, score.faults)
        for item, found in scored(ideal_of(name)).items()
        for score in found
        for measure, part in score.parts.items()
        if part.rate != best(measure) or score.faults
    ]

    assert lost == []


@pytest.mark.parametrize("name", ["demo", "world"])
def test_every_measure_applies_to_some_item(name: str) -> None:
    """A set that leaves a measure out could not show it failing."""
    ideal = ideal_of(name)

    assert rates(scores(ideal)).keys() | rates(checks(ideal)).keys() == MEASURES.keys() - OVER_A_RUN
