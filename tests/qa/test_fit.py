"""Which figures may answer a question: those that count what is asked, of those to whom it happened."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from ingest.articles import to_article
from ingest.domain import Page
from ingest.library import Library
from ingest.sentences import split_sentences
from qa.findings import Finder, Finding


@pytest.fixture(scope="module")
def library(
    opened_over: Callable[..., AbstractContextManager[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The bundled encoder and the known names; nothing is archived."""
    with opened_over(tmp_path_factory.mktemp("fit")) as service:
        yield service.library


def findings(library: Library, question: str, text: str) -> list[Finding]:
    """What a text says that a question asks, in the text's order, the best of each sentence first."""
    article, finder = to_article(Page(source="1", text=text)), Finder.of(question, library)
    return [one for span in split_sentences(article.text) for one in finder.find(article, *span)]


def values(library: Library, question: str, text: str) -> list[float]:
    """The figures that may answer."""
    return [one.figure.value for one in findings(library, question, text) if one.figure]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "How many soldiers were killed?",
            "The raid killed 12 civilians. Seven soldiers were killed at the gate.",
            [7],
        ),
        (
            "كم جندياً قُتل في الهجوم؟",
            "أسفر الهجوم عن مقتل 12 مدنياً. وقُتل سبعة جنود عند البوابة.",
            [7],
        ),
        (
            "How many houses were destroyed?",
            "Eighteen people were killed. The flood destroyed 240 houses.",
            [240],
        ),
        (
            "كم منزلاً دُمر في الفيضان؟",
            "قُتل ثمانية عشر شخصاً. ودمّر الفيضان 240 منزلاً.",
            [240],
        ),
        (
            "How many people were killed?",
            "The fire burned 40 shops. It killed 16 people. Six trucks were lost.",
            [16],
        ),
    ],
    ids=["soldiers", "soldiers-ar", "houses", "houses-ar", "people"],
)
def test_only_what_is_counted(library: Library, question: str, text: str, expected: list[float]) -> None:
    """Civilians are no soldiers, people are no houses: other things are not counted for what is asked."""
    assert values(library, question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many civilians were killed?", "The shelling killed 31 people."),
        ("كم مدنياً قُتل في القصف؟", "أدى القصف إلى مقتل 31 شخصاً."),
    ],
)
def test_people_are_not_all_civilians(library: Library, question: str, text: str) -> None:
    """A count of people says nothing of how many of them were civilians."""
    assert values(library, question, text) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people were killed?", "Air strikes killed 14 civilians. The shelling killed 31 people."),
        ("كم شخصاً قُتل؟", "قتلت الغارات 14 مدنياً. وأدى القصف إلى مقتل 31 شخصاً."),
    ],
)
def test_people_of_some_kind_fit_less(library: Library, question: str, text: str) -> None:
    """Where people are asked for, people of a kind may answer, but fit less than people."""
    some, all_ = findings(library, question, text)

    assert [one.figure.value for one in (some, all_) if one.figure] == [14, 31]
    assert some.fit < all_.fit == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people were killed?", "The blast killed 54 people, among them 28 civilians."),
        ("كم شخصاً قُتل في الانفجار؟", "أدى الانفجار إلى مقتل 54 شخصاً، بينهم 28 مدنياً."),
    ],
)
def test_a_subset_is_not_the_whole(library: Library, question: str, text: str) -> None:
    """Of 54 people, among them 28 civilians, 54 were killed."""
    assert values(library, question, text) == [54]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many civilians were killed?", "The blast killed 54 people, among them 28 civilians."),
        ("كم مدنياً قُتل في الانفجار؟", "أدى الانفجار إلى مقتل 54 شخصاً، بينهم 28 مدنياً."),
    ],
)
def test_a_subset_answers_for_its_kind(library: Library, question: str, text: str) -> None:
    """The same sentence says how many civilians there were among them."""
    assert values(library, question, text) == [28]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people were killed?", "10 of the dead had come from Zahriya."),
        ("How many people were killed?", "Ten of the 54 killed had come from Zahriya."),
        ("كم شخصاً قُتل؟", "وكان 10 من القتلى من أبناء الزهرية."),
    ],
)
def test_some_of_the_dead_are_a_part(library: Library, question: str, text: str) -> None:
    """Ten of the dead are no toll: what remains fits worse than any whole."""
    assert all(one.fit <= 0.45 for one in findings(library, question, text) if one.figure and one.figure.value == 10)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many people were killed?", "The explosion wounded 19 people.", []),
        ("How many people were wounded?", "The explosion wounded 19 people and killed eight people.", [19]),
        ("How many people were displaced?", "The fighting killed 19 people.", []),
        ("كم شخصاً قُتل؟", "أدى الانفجار إلى إصابة 19 شخصاً بجروح.", []),
        ("كم شخصاً أصيب؟", "أدى الانفجار إلى إصابة 19 شخصاً بجروح ومقتل ثمانية أشخاص.", [19]),
        ("كم شخصاً نزح؟", "أدت المعارك إلى مقتل 19 شخصاً.", []),
    ],
)
def test_another_fate_is_no_answer(library: Library, question: str, text: str, expected: list[float]) -> None:
    """The wounded are not the dead, in either language."""
    assert values(library, question, text) == expected


def test_a_fate_that_is_not_said_fits_less(library: Library) -> None:
    """Passengers of whom no more is said may be those who died; those of whom it is said fit better."""
    said, unsaid = findings(
        library, "How many passengers were killed?", "The crash killed 12 passengers. The bus carried 40 passengers."
    )

    assert unsaid.fit < said.fit == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who were the 54 people, and how many civilians were killed?", "The blast killed 54 civilians."),
        ("كم مدنياً كان بين القتلى الـ54؟", "قتل الانفجار 54 مدنياً."),
    ],
)
def test_what_the_question_gives_is_no_answer(library: Library, question: str, text: str) -> None:
    """A question that gives a figure does not ask for it; any other may answer."""
    assert values(library, question, text) == []
    assert values(library, question, text.replace("54", "28")) == [28]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "What percentage of voters turned out?",
            "Some 4,200 voters turned out. Turnout was 61.5 percent. The count cost $3 million.",
            [61.5],
        ),
        ("ما نسبة المشاركة في الانتخابات؟", "اقترع 4200 ناخب. وبلغت نسبة المشاركة 61.5 في المئة.", [61.5]),
        (
            "How much did the bridge cost?",
            "The bridge cost $14 million. It is 900 metres long. Some 30 percent was lent.",
            [14_000_000],
        ),
        ("كم بلغت كلفة الجسر؟", "بلغت كلفة الجسر 14 مليون دولار. ويبلغ طوله 900 متر.", [14_000_000]),
        ("How long is the bridge?", "The bridge cost $14 million. It is 900 metres long.", [900]),
        ("ما مساحة الحريق؟", "أتى الحريق على 300 هكتار. وأصيب 12 عنصراً من رجال الإطفاء.", [300]),
        ("How many voters turned out?", "Turnout was 61.5 percent. Some 4,200 voters turned out.", [4200]),
    ],
    ids=["percent", "percent-ar", "money", "money-ar", "length", "area-ar", "count"],
)
def test_measures_are_their_own(library: Library, question: str, text: str, expected: list[float]) -> None:
    """Shares answer for shares, sums for sums, lengths for lengths, and no share for a count."""
    assert values(library, question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How large was the loan?", "The loan was agreed after 12 people had spent 40 hours on it."),
        ("ما حجم الشحنة؟", "أوقفت الشرطة 12 شخصاً بعد 40 ساعة من وصول الشحنة."),
    ],
)
def test_people_and_hours_are_no_size(library: Library, question: str, text: str) -> None:
    """Where a size is asked for, people and time are none."""
    assert values(library, question, text) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people died?", "A third of the crew were hurt."),
        ("How many schools were closed?", "Half of the schools were closed."),
        ("How many did the council dismiss?", "The council dismissed 30 percent."),
    ],
)
def test_a_share_is_no_number(library: Library, question: str, text: str) -> None:
    """A third of them is no number of them."""
    assert values(library, question, text) == []


def test_things_that_no_list_knows_are_compared_by_meaning(library: Library) -> None:
    """What is counted is known across languages by what its words mean."""
    text = "احتجزت السلطات 26 قارباً في الميناء. وحضر المراسم 90 عازفاً."

    assert values(library, "How many boats were seized in the port?", text) == [26]
