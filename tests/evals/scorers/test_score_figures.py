"""Figures: the gold value with its bound, no other for the same thing, and each in its quote."""

from typing import Any

import pytest
from evals_fakes import Ideal, Spoil, refuse

from evals.datasets import Dataset, GoldAnswer, Sample, Support
from evals.scorers import Score
from evals.scorers.figures import score_figures
from ingest.domain import Page

MINISTRY = {"name": "وزارة الصحّة", "canonical": "وزارة الصحّة"}
SANA = {"name": "SANA", "canonical": "SANA"}


@pytest.fixture
def toll(small: Dataset) -> Sample:
    """A question whose gold is exactly 28 civilians, by the ministry."""
    return small.samples[0]


def figure(value: float, bound: str = "exact", unit: str | None = "civilians") -> list[dict[str, Any]]:
    """The figures of a claim that has one."""
    return [{"value": value, "unit": unit, "bound": bound}]


def change(**fields: Any) -> Spoil:
    """The first claim is another."""
    return lambda document: document["claims"][0].update(fields)


def also(**fields: Any) -> Spoil:
    """There is a second claim, like the first but for some fields."""
    return lambda document: document["claims"].append(document["claims"][0] | fields)


RIGHT = (
    *(change(figures=figure(28.0, unit=None)), change(speaker=MINISTRY), also(figures=figure(30), speaker=SANA)),
    *(also(figures=figure(12, unit="fighters")), also(figures=figure(20), superseded_by=0)),
)
WRONG = (
    *(change(figures=figure(29)), change(figures=figure(28, "at_least")), change(figures=[]), change(superseded_by=0)),
    *(also(figures=figure(30)), also(figures=figure(30, unit=None)), also(figures=figure(28, "approximately"))),
    *(also(figures=figure(30), speaker=MINISTRY), also(figures=figure(30), speaker=None), refuse),
)


@pytest.mark.parametrize(
    ("spoil", "expected"), [*((spoil, 1.0) for spoil in RIGHT), *((spoil, 0.0) for spoil in WRONG)]
)
def test_a_figure_is_right_with_its_bound_and_no_other_beside_it(
    toll: Sample, ideal: Ideal, spoil: Spoil, expected: float
) -> None:
    """Other speakers, other things and replaced claims may differ; the gold speaker and nobody may not."""
    assert expected == score_figures(toll, ideal.reply(toll, spoil)).parts["figure_accuracy"].rate


def test_another_figure_in_arabic_is_no_less_wrong(toll: Sample, ideal: Ideal) -> None:
    """Thirty مدنياً by the ministry contradict its 28 civilians: the unit is the same in another language."""
    reply = ideal.reply(toll, also(figures=figure(30, unit="مدنياً"), speaker=MINISTRY))

    assert score_figures(toll, reply).parts["figure_accuracy"].rate == 0.0


def test_without_a_gold_bound_any_will_do(toll: Sample, ideal: Ideal) -> None:
    """`null` in the gold asks for the value alone."""
    asked = toll.model_copy(update={"answers": (toll.answers[0].model_copy(update={"bound": None}),)})
    reply = ideal.reply(asked, change(figures=figure(28, "more_than")))

    assert score_figures(asked, reply).parts["figure_accuracy"].rate == 1.0


def test_precision_is_the_share_of_figures_that_are_gold(toll: Sample, ideal: Ideal) -> None:
    """Every figure that is claimed counts, whatever it counts."""
    figures = figure(28) + figure(29) + figure(28, "at_most") + figure(1, unit="market")
    reply = ideal.reply(toll, change(figures=figures))

    assert score_figures(toll, reply).parts["figure_precision"].rate == 1 / 4


def test_a_question_without_a_value_has_no_figure(small: Dataset, ideal: Ideal) -> None:
    """Neither accuracy nor precision applies to when and where, and a date is none to verify."""
    assert score_figures(small.samples[2], ideal.reply(small.samples[2])) == Score()


def verifiable(quote: str, text: str, value: float | None = None, question: str = "?") -> float | None:
    """The share of figures that stand in a quote, of one claim that cites it; `None` where there are none."""
    sample = Sample(
        id="q", question=question, language="en", kind="figure", status="answered",
        answers=(GoldAnswer(text=text, value=value),), support=(Support(article_id="a", start=0, end=len(quote)),),
    )  # fmt: skip
    dataset = Dataset(name="one", pages=(Page(source="a", id="a", text=quote),), samples=(sample,))
    part = score_figures(sample, Ideal(dataset).reply(sample, change(text=text))).parts.get("verifiable_figures")
    return part.rate if part else None


@pytest.mark.parametrize(
    ("quote", "value", "expected"),
    [
        ("The ministry said 28 civilians died.", 28, 1.0),
        ("The ministry said 28 civilians died.", 29, 0.0),
        ("أعلنت الوزارة مقتل ٢٨ مدنياً.", 28, 1.0),
        ("أعلنت الوزارة مقتل ٢٨ مدنياً.", 82, 0.0),
        ("قُتِلَ ثَمَانِيَةٌ وعِشْرُونَ مدنياً.", 28, 1.0),
        ("وقالت «سانا» إن قتيلان سقطا.", 2, 1.0),
        ("The dam holds 12 million cubic metres.", 12_000_000, 1.0),
        ("The dam holds 12 million cubic metres.", 12, 0.0),
        ("A third of the houses burned.", 33.3, 1.0),
        ("احترق ثلث المنازل.", 33.3, 1.0),
        ("A half of the houses burned.", 50, 1.0),
    ],
)
def test_a_claimed_figure_stands_in_its_quote(quote: str, value: float, expected: float) -> None:
    """In any written form, as an absolute value; a third is 33.3 per cent, as it is for the validator."""
    assert expected == verifiable(quote, "That many.", value)


SAID = "The ministry said 28 civilians died."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 civilians died.", 1.0),
        ("30 civilians died.", 0.0),
        ("قُتل ثلاثون مدنياً.", 0.0),
        ("28 civilians died, 5 of them children.", 0.5),
        ("28 civilians died [1], on 3 May 2018.", 1.0),
        ("Civilians died [1].", None),
        ("قُتل ٢٨ مدنياً في 3 أيار/مايو 2018.", 1.0),
        ("قُتل ٢٨ مدنياً في ٣ أيار/مايو ٢٠١٨.", 1.0),
        ("قُتل 28 مدنياً، بحسب ديوان المحاسبة.", 1.0),
    ],
)
def test_a_number_in_the_words_of_a_claim_stands_in_its_quote_too(text: str, expected: float | None) -> None:
    """Words that state another number are no better than a figure that does; dates and marks are no numbers.

    Nor is ديوان, though it ends as a dual does.
    """
    assert expected == verifiable(SAID, text)


def test_a_number_of_the_question_may_be_repeated() -> None:
    """What was asked with is not claimed."""
    assert verifiable(SAID, "Of 60 present, 28 died.", question="How many of the 60 died?") == 1.0


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(31, "civilians", (1.0, 1.0)), (40, "civilians", (0.0, 0.5)), (31, "fighters", (1.0, 1.0))],
)
def test_figures_that_stand_beside_the_gold_one_are_no_mistake(
    toll: Sample, ideal: Ideal, value: float, unit: str, expected: tuple[float, float]
) -> None:
    """Of "28, up from 31": whoever reads the whole sentence reads both; a figure from elsewhere contradicts."""
    asked = toll.model_copy(update={"question": "How many civilians died, after 31 the day before?"})
    reply = ideal.reply(asked, change(figures=figure(28) + figure(value, unit=unit)))
    parts = score_figures(asked, reply).parts

    assert (parts["figure_accuracy"].rate, parts["figure_precision"].rate) == expected


def test_the_figure_beside_it_alone_is_not_the_gold_one(toll: Sample, ideal: Ideal) -> None:
    """A claim of its own that gives the earlier count still contradicts."""
    asked = toll.model_copy(update={"question": "How many civilians died, after 31 the day before?"})

    assert score_figures(asked, ideal.reply(asked, also(figures=figure(31)))).parts["figure_accuracy"].rate == 0.0


def test_where_the_article_speaks_others_may_say_otherwise(toll: Sample, ideal: Ideal) -> None:
    """Gold without a speaker is contradicted by the article's own voice alone."""
    asked = toll.model_copy(update={"answers": (toll.answers[0].model_copy(update={"speaker": None, "speakers": ()}),)})
    rates = [
        score_figures(asked, ideal.reply(asked, also(figures=figure(30), speaker=speaker)))
        .parts["figure_accuracy"]
        .rate
        for speaker in (SANA, None)
    ]

    assert rates == [1.0, 0.0]


def test_a_dispute_has_its_figures_too(small: Dataset, ideal: Ideal) -> None:
    """Both sides are gold; a third value by one of them is wrong."""
    sides = small.samples[1]
    third = {"figures": figure(41), "speaker": MINISTRY}

    def rate(spoil: Spoil) -> float:
        return score_figures(sides, ideal.reply(sides, spoil)).parts["figure_accuracy"].rate

    assert [rate(lambda _: None), rate(also(**third))] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("quote", "bound", "expected"),
    [
        ("At least 28 died.", "at_least", 1.0),
        ("28 died.", "at_least", 0.0),
        ("قُتل ما لا يقل عن ٢٨ مدنياً.", "at_least", 1.0),
        ("قُتل ٢٨ مدنياً.", "approximately", 0.0),
        ("قُتل نحو ٢٨ مدنياً.", "approximately", 1.0),
        ("About 28 died.", "exact", 1.0),
    ],
)
def test_a_hedge_stands_in_the_quote_too(quote: str, bound: str, expected: float) -> None:
    """Value and bound are the quote's; that an exact claim leaves a hedge out is for figure accuracy to say."""
    text = f"{quote} x"
    sample = Sample(id="q", question="?", language="en", kind="figure", status="answered")
    ideal = Ideal(Dataset(name="one", pages=(Page(source="p", id="a", text=text),)))

    def spoil(document: dict[str, Any]) -> None:
        citations = [ideal.cite(1, ideal.articles["a"], 0, len(quote))]
        claim = {"text": "So it is said.", "citations": [1], "figures": figure(28, bound)}
        document.update(status="answered", reason=None, claims=[claim], citations=citations)

    reply = ideal.reply(sample.model_copy(update={"status": "insufficient_evidence"}), spoil)
    assert score_figures(sample, reply).parts["verifiable_figures"].rate == expected


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("The ministry said 28 civilians died. [1] (Outlet 24, 2018-05-04)", 1.0),
        ("The Observatory said 99 people died. [1]", 0.5),
        ("قُتل ٩٩ مدنياً [1] (المؤشر، 2024-06-13)", 0.5),
    ],
)
def test_the_answer_as_one_text_states_no_more_than_its_quotes(
    toll: Sample, ideal: Ideal, prose: str, expected: float
) -> None:
    """It is what people read; names and dates of sources are no figures."""

    def said(document: dict[str, Any]) -> None:
        document["answer"] = prose
        document["citations"][0]["outlet"] = "Outlet 24"

    assert score_figures(toll, ideal.reply(toll, said)).parts["verifiable_figures"].rate == expected


def test_what_nobody_says_and_counts_nothing_may_be_about_anything(toll: Sample, ideal: Ideal) -> None:
    """A sentence of the article's own with a figure of no unit is no contradiction; with the unit it is."""

    def rate(unit: str | None) -> float:
        reply = ideal.reply(toll, also(figures=figure(200_000, unit=unit), speaker=None))
        return score_figures(toll, reply).parts["figure_accuracy"].rate

    assert [rate(None), rate("civilians"), rate("seedlings")] == [1.0, 0.0, 1.0]


def test_an_abstention_states_no_figures_either(toll: Sample, ideal: Ideal) -> None:
    """Nothing is cited: what it says stands nowhere."""

    def abstain(document: dict[str, Any]) -> None:
        refuse(document)
        document["answer"] = "The archive does not say, but 99 people were killed."

    assert score_figures(toll, ideal.reply(toll, abstain)).parts["verifiable_figures"].rate == 0.0
