"""Speakers: the claim with the gold value carries the gold speaker, by any of its names."""

from typing import Any

import pytest
from evals_fakes import Ideal, Spoil, alter_digit, refuse, swap_speakers

from evals.datasets import Dataset, Sample
from evals.scorers.speakers import score_speakers

SANA = {"name": "SANA", "canonical": "SANA"}


@pytest.fixture
def toll(small: Dataset) -> Sample:
    """A question whose gold is exactly 28 civilians, by the ministry; «وزارة الصحة» is an alias."""
    return small.samples[0]


def named(name: str, canonical: str = "?") -> Spoil:
    """The first claim is somebody's."""
    return lambda document: document["claims"][0].update(speaker={"name": name, "canonical": canonical})


def also(**fields: Any) -> Spoil:
    """There is a second claim, like the first but for some fields."""
    return lambda document: document["claims"].append(document["claims"][0] | fields)


RIGHT = ("The ministry", "ministry", "THE MINISTRY", "وزارة الصحة", "وِزارَةُ الصِّحَّة", "وزاره الصحه", "«وزارة الصحة»")
WRONG = ("وزارة الصحة في برقان", "The Ministry of Defence", "SANA", "سانا", "")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        *((named(name), 1.0) for name in RIGHT),
        *((named(name), 0.0) for name in WRONG),
        (named("its spokesman", canonical="The ministry"), 1.0),
        (lambda document: document["claims"][0].update(speaker=None), 0.0),
    ],
)
def test_a_speaker_is_the_gold_one_by_any_of_its_names(
    toll: Sample, ideal: Ideal, spoil: Spoil, expected: float
) -> None:
    """In either language and any spelling; a name that only holds the gold one is another's."""
    assert expected == score_speakers(toll, ideal.reply(toll, spoil)).parts["speaker_accuracy"].rate


def test_a_name_in_brackets_is_a_name_of_the_gold(toll: Sample, ideal: Ideal) -> None:
    """Gold "SOHR (المرصد السوري)" is either."""
    gold = toll.answers[0].model_copy(update={"speaker": "SOHR (المرصد السوري)", "speakers": ()})
    asked = toll.model_copy(update={"answers": (gold,)})

    for name in ("SOHR", "المرصد السوري"):
        assert score_speakers(asked, ideal.reply(asked, named(name))).parts["speaker_accuracy"].rate == 1.0


@pytest.mark.parametrize("spoil", [alter_digit, refuse])
def test_without_the_gold_figure_there_is_no_speaker_of_it(toll: Sample, ideal: Ideal, spoil: Spoil) -> None:
    """That is the figure's fault: it is counted there."""
    assert "speaker_accuracy" not in score_speakers(toll, ideal.reply(toll, spoil)).parts


def test_what_has_no_gold_speaker_is_not_scored(small: Dataset, toll: Sample, ideal: Ideal) -> None:
    """Disputes have sides, dates have no figure, and an article's own voice is nobody's."""
    own_voice = toll.model_copy(update={"answers": (toll.answers[0].model_copy(update={"speaker": None}),)})
    asked = [own_voice, *small.samples[1:]]

    assert [score_speakers(one, ideal.reply(one)).parts.keys() - {"verifiable_speakers"} for one in asked] == [
        set()
    ] * 4


@pytest.mark.parametrize("speaker", [SANA, None])
def test_the_same_quote_is_not_another_ones_too(toll: Sample, ideal: Ideal, speaker: dict[str, str] | None) -> None:
    """The right speaker and a wrong one for one quote are not right."""
    assert score_speakers(toll, ideal.reply(toll, also(speaker=speaker))).parts["speaker_accuracy"].rate == 0.0


def test_another_speaker_may_say_the_same_elsewhere(toll: Sample, ideal: Ideal) -> None:
    """Two sources that agree, each by its own quote, are no mistake."""

    def agree(document: dict[str, Any]) -> None:
        article = ideal.articles["dam"]
        document["citations"].append(ideal.cite(2, article, 0, 20))
        also(speaker=SANA, citations=[2])(document)

    assert score_speakers(toll, ideal.reply(toll, agree)).parts["speaker_accuracy"].rate == 1.0


def test_words_that_support_the_answer_are_nobody_elses(toll: Sample, ideal: Ideal) -> None:
    """Right by one article, and wrong by the other one's sentence on the same speaker: not right."""

    def both(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.citation(2, toll.support[1]))
        also(speaker=SANA, citations=[2])(document)

    assert score_speakers(toll, ideal.reply(toll, both)).parts["speaker_accuracy"].rate == 0.0


def test_a_speaker_is_named_in_the_article_that_is_cited(toll: Sample, ideal: Ideal) -> None:
    """Nobody at all is named nowhere; an Arabic name counts with what is written onto it, in any spelling."""

    def named(name: str, support: int) -> float:
        def spoil(document: dict[str, Any]) -> None:
            document["citations"] = [ideal.citation(1, toll.support[support])]
            document["claims"][0]["speaker"] = {"name": name, "canonical": name}

        return score_speakers(toll, ideal.reply(toll, spoil)).parts["verifiable_speakers"].rate

    names = (("Nobody At All", 0), ("the ministry", 0), ("وزارة الصحّة", 1), ("وزارة الدفاع", 1))
    assert [named(name, support) for name, support in names] == [0.0, 1.0, 1.0, 0.0]


def test_words_without_a_figure_have_their_speaker_too(small: Dataset, ideal: Ideal) -> None:
    """Of a statement, the claims that cite what supports it; others are not about it."""
    opened = small.samples[2]
    office = opened.answers[0].model_copy(update={"speaker": "the water office", "speakers": ("the water office",)})
    asked = opened.model_copy(update={"answers": (office,)})

    def rate(spoil: Spoil) -> float | None:
        part = score_speakers(asked, ideal.reply(asked, spoil)).parts.get("attribution_accuracy")
        return part and part.rate

    def elsewhere(document: dict[str, Any]) -> None:
        document["citations"] = [ideal.cite(1, ideal.articles["raid-en"], 0, 10)]

    def by_nobody(document: dict[str, Any]) -> None:
        document["claims"][0]["speaker"] = None

    assert [rate(lambda _: None), rate(by_nobody), rate(swap_speakers), rate(elsewhere)] == [1.0, 0.0, 0.0, None]


def test_without_a_name_other_words_are_taken_from_nobody(toll: Sample, ideal: Ideal) -> None:
    """The figure again, from the other article and ascribed to nobody, leaves the right claim right."""

    def again(document: dict[str, Any]) -> None:
        document["citations"].append(ideal.citation(2, toll.support[1]))
        also(speaker=None, citations=[2])(document)

    assert score_speakers(toll, ideal.reply(toll, again)).parts["speaker_accuracy"].rate == 1.0
