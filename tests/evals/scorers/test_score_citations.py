"""Citations: verbatim at their offsets, and pointing at what answers."""

from typing import Any

import pytest
from evals_fakes import Ideal, Spoil, refuse, shift_offsets

from evals.datasets import Dataset, Sample
from evals.scorers import Score, StoredArticle
from evals.scorers.citations import score_citations, score_integrity

MINISTRY = {"name": "وزارة الصحة", "canonical": "وزارة الصحة"}
SANA = {"name": "SANA", "canonical": "SANA"}


@pytest.fixture
def toll(small: Dataset) -> Sample:
    """A question whose gold is 28 civilians, by the ministry, and stands in one English sentence only."""
    return small.samples[0].model_copy(update={"support": small.samples[0].support[:1]})


def scored(sample: Sample, ideal: Ideal, spoil: Spoil) -> dict[str, float]:
    """The rates of a reply, without the measures' common prefix."""
    parts = score_citations(sample, ideal.reply(sample, spoil)).parts
    rates = {name.removeprefix("citation_"): part.rate for name, part in parts.items()}
    return {name: rate for name, rate in rates.items() if name != "tightness"}


def cites(ideal: Ideal, article: str, start: int, end: int, **claimed: Any) -> Spoil:
    """The only claim cites this stretch instead, and says something else."""

    def spoil(document: dict[str, Any]) -> None:
        document["citations"] = [ideal.cite(1, ideal.articles[article], start, end)]
        document["claims"][0] |= claimed

    return spoil


def citation(**fields: Any) -> Spoil:
    """The only citation is another."""
    return lambda document: document["citations"][0].update(fields)


def test_precision_is_of_citations_and_recall_of_claims(toll: Sample, ideal: Ideal) -> None:
    """One citation of two supports the answer; one claim of three rests on it."""

    def spoil(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.cite(2, ideal.articles["dam"], 0, 20))
        document["claims"] += [document["claims"][0] | {"citations": [2]}] * 2

    assert scored(toll, ideal, spoil) == {"precision": 1 / 2, "recall": 1 / 3, "integrity": 1.0}


@pytest.mark.parametrize(("before", "after", "expected"), [(5, 1, 1.0), (5, 0, 0.0), (-1, 9, 1.0)])
def test_one_character_of_a_support_quote_is_enough(
    toll: Sample, ideal: Ideal, before: int, after: int, expected: float
) -> None:
    """To end where it begins is not."""
    start = toll.support[0].start or 0
    spoil = cites(ideal, "raid-en", start - before, start + after, figures=[])

    assert expected == scored(toll, ideal, spoil)["precision"]


@pytest.mark.parametrize(
    ("article", "claimed", "expected"),
    [
        ("raid-ar", {"speaker": MINISTRY}, 1.0),
        ("raid-ar", {"speaker": SANA}, 0.0),
        ("raid-ar", {"speaker": None}, 0.0),
        ("raid-ar", {"speaker": MINISTRY, "figures": []}, 0.0),
        ("raid-ar", {"speaker": MINISTRY, "figures": [{"value": 29, "unit": "civilians"}]}, 0.0),
        ("raid-ar", {"speaker": MINISTRY, "figures": [{"value": 28, "bound": "at_least"}]}, 0.0),
        ("dam", {"speaker": MINISTRY}, 0.0),
    ],
)
def test_other_words_with_the_gold_value_and_speaker_support_it(
    toll: Sample, ideal: Ideal, article: str, claimed: dict[str, Any], expected: float
) -> None:
    """The Arabic report's ٢٨ by «وزارة الصحة» is as good as the gold quote; without either it is not."""
    found = scored(toll, ideal, cites(ideal, article, 0, 46, **claimed))

    assert found == {"precision": expected, "recall": expected, "integrity": 1.0}


def test_an_answer_that_should_not_be_there_is_supported_by_nothing(small: Dataset, toll: Sample, ideal: Ideal) -> None:
    """Whatever is cited for what the archive does not say counts against it."""
    found = scored(small.samples[3], ideal, lambda document: document.update(ideal.answer(toll)))

    assert found == {"precision": 0.0, "recall": 0.0, "integrity": 1.0}


def test_a_refusal_has_no_citations_to_score(toll: Sample, ideal: Ideal) -> None:
    """It is scored by its status."""
    assert score_citations(toll, ideal.reply(toll, refuse)) == Score()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (shift_offsets, 0.0),
        (citation(article_sha256="0" * 64), 0.0),
        (citation(quote="The ministry said 29 civilians died."), 0.0),
        (citation(article_id="nowhere"), 0.0),
        (citation(quote="", start=10_000, end=10_001), 0.0),
        (lambda document: document["claims"][0].update(citations=[]), 0.5),
        (lambda document: document["claims"][0].update(citations=[7]), 0.5),
    ],
)
def test_nothing_but_a_verbatim_quote_is_sound(toll: Sample, ideal: Ideal, spoil: Spoil, expected: float) -> None:
    """Offsets, words, article and checksum all have to fit, and every claim has to cite; the fault says which."""
    assert expected == scored(toll, ideal, spoil)["integrity"]
    assert score_citations(toll, ideal.reply(toll, spoil)).faults


def test_an_article_that_does_not_fit_its_own_checksum_is_unsound(toll: Sample, ideal: Ideal) -> None:
    """The text that is fetched back is hashed here: that both sides repeat one wrong checksum does not help."""
    reply = ideal.reply(toll, citation(article_sha256="0" * 64))
    stored = {key: StoredArticle(text=one.text, sha256="0" * 64) for key, one in reply.articles.items()}

    assert score_integrity(reply.answer.citations, stored).parts["citation_integrity"].rate == 0.0


def test_offsets_count_code_points(small: Dataset, toll: Sample) -> None:
    """Arabic with its marks and what lies beyond the basic plane are cited by code points, not bytes or UTF-16."""
    pages = tuple(one.model_copy(update={"text": f"😀 قُتِلَ. {one.text}"}) for one in small.pages)
    moved = Ideal(small.model_copy(update={"pages": pages}))

    assert scored(toll, moved, cites(moved, "raid-en", 0, 9))["integrity"] == 1.0
    assert moved.answer(toll)["citations"][0]["quote"] != toll.support[0].quote


def test_what_is_replaced_need_not_support_the_answer(toll: Sample, ideal: Ideal) -> None:
    """Citations of a superseded claim alone are in neither rate; where all is superseded nothing is supported."""

    def updated(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.cite(2, ideal.articles["dam"], 0, 20))
        document["claims"].insert(0, document["claims"][0] | {"citations": [2], "superseded_by": 1})

    def replaced(document: dict[str, Any]) -> None:
        document["claims"][0]["superseded_by"] = 0

    assert scored(toll, ideal, updated) == {"precision": 1.0, "recall": 1.0, "integrity": 1.0}
    assert scored(toll, ideal, replaced) == {"precision": 0.0, "integrity": 1.0}


def test_whole_articles_are_no_tight_citation(toll: Sample, ideal: Ideal) -> None:
    """Of the words cited, those of the support quote count; a quote of half of it is tight, too."""

    def tightness(start: int, end: int) -> float:
        reply = ideal.reply(toll, cites(ideal, "raid-en", start, end))
        return score_citations(toll, reply).parts["citation_tightness"].rate

    quote, whole = toll.support[0], len(ideal.articles["raid-en"].text)
    start, end = quote.start or 0, quote.end or 0
    assert [tightness(start, end), tightness(start, end - 10)] == [1.0, 1.0]
    assert tightness(0, whole) == (end - start) / whole
    assert tightness(0, 10) == 0.0


@pytest.mark.parametrize(
    "fields",
    [
        {"outlet": "The Invented Times"},
        {"title": "x"},
        {"url": "http://e.example/"},
        {"published_at": "1999-01-01T00:00Z"},
    ],
)
def test_a_citation_says_of_its_article_what_the_article_says(
    toll: Sample, ideal: Ideal, fields: dict[str, str]
) -> None:
    """Who published it, and when, is looked up like the words themselves."""
    assert scored(toll, ideal, citation(**fields))["integrity"] == 0.0


def test_marks_in_the_answers_text_lead_somewhere(toll: Sample, ideal: Ideal) -> None:
    """[42] is no citation; a number in brackets within a quote is the article's."""

    def rate(answer: str) -> float:
        return scored(toll, ideal, lambda document: document.update(answer=answer))["integrity"]

    assert [rate("So it is [1]."), rate("So it is [42].")] == [1.0, 0.5]
