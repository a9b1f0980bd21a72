"""Disputes: shown where there is one, with every side, and only there."""

from typing import Any

import pytest
from evals_fakes import Ideal, Spoil, alter_digit, refuse, swap_speakers

from evals.datasets import Dataset, Sample
from evals.scorers.disputes import score_disputes, sides_shown


@pytest.fixture
def sides(small: Dataset) -> Sample:
    """A dispute in figures: 28 by the ministry, 30 by SANA."""
    return small.samples[1]


@pytest.fixture
def words(sides: Sample) -> Sample:
    """The same dispute in words."""
    texts = ("Shells that hit the market (قذائف)", "An explosion in a store of fuel (انفجار)")
    gold = [one.model_copy(update={"value": None, "text": texts[at]}) for at, one in enumerate(sides.answers)]
    return sides.model_copy(update={"answers": tuple(gold)})


def second(**fields: Any) -> Spoil:
    """The claim for SANA's side is another."""
    return lambda document: document["claims"][1].update(fields)


def one_side(document: dict[str, Any]) -> None:
    """Only the first side is told, as if nobody disagreed."""
    document |= {"status": "answered", "claims": document["claims"][:1]}


def arabic_names(document: dict[str, Any]) -> None:
    """Both speakers by their Arabic names."""
    for claim, name in zip(document["claims"], ["وِزارة الصحّة", "«سانا»"], strict=True):
        claim["speaker"] = {"name": name, "canonical": name}


@pytest.mark.parametrize(
    ("spoil", "recall", "shown"),
    [
        (lambda _: None, 1.0, 1.0),
        (arabic_names, 1.0, 1.0),
        (one_side, 0.0, 0.5),
        (second(figures=[{"value": 30, "bound": "approximately"}]), 1.0, 0.5),
        (second(superseded_by=0), 1.0, 0.5),
        (second(speaker=None), 1.0, 0.5),
        (swap_speakers, 1.0, 0.0),
        (alter_digit, 1.0, 0.0),
        (refuse, 0.0, 0.0),
    ],
)
def test_a_side_is_shown_by_its_speaker_with_its_figure(
    sides: Sample, ideal: Ideal, spoil: Spoil, recall: float, shown: float
) -> None:
    """To call it disputed is one thing, to tell who says what another."""
    score = score_disputes(sides, ideal.reply(sides, spoil))

    assert {name: part.rate for name, part in score.parts.items()} == {"dispute_recall": recall, "sides_recall": shown}
    assert len(score.faults) == 2 - 2 * shown


@pytest.mark.parametrize("status", ["answered", "disputed", "insufficient_evidence"])
@pytest.mark.parametrize("at", [0, 2, 3])
def test_a_dispute_where_there_is_none_is_false(small: Dataset, ideal: Ideal, at: int, status: str) -> None:
    """Of every question that is not disputed, answered or not."""
    sample = small.samples[at]
    score = score_disputes(sample, ideal.reply(sample, lambda document: document.update(status=status)))

    assert {name: part.rate for name, part in score.parts.items()} == {"false_dispute_rate": status == "disputed"}


@pytest.mark.parametrize("text", ["Shells that hit the market", "shells hit market", "قَذائف"])
def test_a_side_in_words_is_shown_by_most_of_them(words: Sample, ideal: Ideal, text: str) -> None:
    """In either spelling of the gold; by the other side's words it is not."""
    assert sides_shown(words, ideal.reply(words, lambda document: document["claims"][0].update(text=text)))[0]
    assert not sides_shown(words, ideal.reply(words, second(text=text)))[1]


def test_a_side_in_words_is_shown_by_the_words_that_support_it(words: Sample, ideal: Ideal) -> None:
    """A claim of its speaker that is its support quote, word for word, tells the side, however gold sums it up."""

    def quote(document: dict[str, Any]) -> None:
        for claim, citation in zip(document["claims"], document["citations"], strict=True):
            claim["text"] = citation["quote"]

    assert sides_shown(words, ideal.reply(words, quote)) == [True, True]


def test_a_side_in_words_may_be_told_in_other_words(words: Sample, ideal: Ideal) -> None:
    """It cites what backs the side and shares a telling word with it; another thing that its speaker said does not."""
    shown = [
        sides_shown(words, ideal.reply(words, second(text=text)))[1]
        for text in ("SANA speaks of fuel that blew up", "SANA says that 31 died", "The agency SANA put them at 30.")
    ]

    assert shown == [True, False, True]
