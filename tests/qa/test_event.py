"""Whether two reports tell of one event: by their days, and by the names that the question gives."""

from datetime import date

import pytest

from ingest.articles import to_article
from ingest.domain import Article, Page
from qa.candidates import Candidate
from qa.domain import RankedPassage, Scores
from qa.event import Event, reported
from qa.findings import Finding
from qa.reading import Said
from qa.requests import AskRequest
from qa.speakers import Names

ASKED = "How many people were killed in the strike on Kassar?"
ASKED_AR = "كم شخصاً قُتل في الغارة على قصار؟"
REPORT = "An air strike on Kassar killed 31 people, residents said."
REPORT_AR = "أدت غارة جوية على قصار إلى مقتل 31 شخصاً، بحسب السكان."


def article(text: str, published_at: str | None = None) -> Article:
    """A report."""
    return to_article(Page(source="1", id=f"{published_at}: {text[:80]}", text=text, published_at=published_at))


def candidate(text: str, published_at: str | None = None) -> Candidate:
    """A report of one sentence."""
    told = article(text, published_at)
    scores = Scores(dense=0.5, lexical=0.5, names=0.5)
    passage = RankedPassage(passage_id="p", article=told, start=0, end=len(text), score=0.5, scores=scores)
    return Candidate(passage, 0, len(text), 1.0, Said(0.5, 0.5), 0.5, Finding(None, None, 1.0, Names(())))


def is_same(question: str, best: Candidate, other: Candidate) -> bool:
    """Whether two reports tell of one event."""
    return Event(AskRequest(question=question).to_question()).is_same(best, other)


@pytest.mark.parametrize(("question", "text"), [(ASKED, REPORT), (ASKED_AR, REPORT_AR)], ids=["en", "ar"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [("2021-03-04", True), ("2021-03-20", True), ("2021-04-20", False), ("2021-01-20", False), (None, True)],
)
def test_reports_weeks_apart_tell_of_two(question: str, text: str, day: str | None, *, expected: bool) -> None:
    """Three weeks on, or before, it is another strike; a report without a date may be of any day."""
    assert is_same(question, candidate(text, "2021-03-02"), candidate(text, day)) is expected


@pytest.mark.parametrize(
    ("question", "text", "town", "other"),
    [
        (ASKED, REPORT, "Kassar", "Tellmar"),
        ("كم شخصاً قُتل في الغارة على مدرسة قصار القديمة؟", REPORT_AR.replace("قصار", "مدرسة قصار القديمة"),
         "مدرسة قصار القديمة", "سوق تلمار"),
    ],
    ids=["en", "ar"],
)  # fmt: skip
def test_another_town_is_another_event(question: str, text: str, town: str, other: str) -> None:
    """A report without the names asked about, which the better one has, is of something else."""
    assert is_same(question, candidate(text), candidate(text.replace("31", "40")))
    assert not is_same(question, candidate(text), candidate(text.replace(town, other)))


@pytest.mark.parametrize(
    ("question", "text", "days"),
    [
        (
            "How many people were killed in Kassar on 2 March 2021?",
            "A strike on Kassar killed 31 people on {}.",
            ("2 March 2021", "3 March 2021", "12 March 2021"),
        ),
        (
            "كم شخصاً قُتل في قصار في 2 مارس 2021؟",
            "أدت غارة على قصار في {} إلى مقتل 31 شخصاً.",
            ("2 مارس 2021", "3 مارس 2021", "12 مارس 2021"),
        ),
    ],
    ids=["en", "ar"],
)
def test_another_day_than_the_one_asked_for(question: str, text: str, days: tuple[str, str, str]) -> None:
    """A sentence of the day asked for, or of the night after it, may be a side; one of ten days later is none."""
    best, next_day, later = (candidate(text.format(day), "2021-03-13") for day in days)

    assert is_same(question, best, next_day)
    assert not is_same(question, best, later)


def test_without_a_day_in_the_question_sentences_of_any_may_be_sides() -> None:
    """Only a day that is asked for is held against a sentence."""
    best = candidate("A strike on Kassar killed 31 people on 2 March 2021.", "2021-03-13")
    later = candidate("A strike on Kassar killed 40 people on 12 March 2021.", "2021-03-13")

    assert is_same(ASKED, best, later)


def test_across_languages_only_days_tell() -> None:
    """A name in another script is not held against a report: its spelling is anybody's guess."""
    assert is_same(ASKED, candidate(REPORT, "2021-03-02"), candidate(REPORT_AR, "2021-03-03"))
    assert not is_same(ASKED, candidate(REPORT, "2021-03-02"), candidate(REPORT_AR, "2021-06-03"))


@pytest.mark.parametrize(
    ("text", "published_at", "expected"),
    [
        ("Kassar, 2 March 2021 - A strike killed 31 people.", "2023-11-30", date(2021, 3, 2)),
        ("قصار، 2 مارس 2021 - أدت غارة إلى مقتل 31 شخصاً.", "2023-11-30", date(2021, 3, 2)),
        ("A strike killed 31 people.", "2023-11-30", date(2023, 11, 30)),
        ("Between 2 March 2021 and 9 March 2021 strikes killed 31.", "2023-11-30", date(2023, 11, 30)),
        (
            f"A strike killed 31. {'The town was quiet. ' * 10}It fell on 2 March 2021.",
            "2023-11-30",
            date(2023, 11, 30),
        ),
        ("A strike killed 31 people.", None, None),
    ],
    ids=["dateline", "dateline-ar", "none", "two days", "far below", "undated"],
)
def test_a_date_in_the_text_beats_the_one_of_publication(
    text: str, published_at: str | None, expected: date | None
) -> None:
    """The one day that a report gives in its first words is its own; else it is of the day it was published."""
    assert reported(article(text, published_at)) == expected


def test_a_wrong_date_of_publication_parts_no_reports() -> None:
    """Two reports of one day in their text are of one event, whenever an archive says that they were published."""
    text = "Kassar, 2 March 2021 - A strike on Kassar killed {} people."

    assert is_same(ASKED, candidate(text.format(31), "2021-03-02"), candidate(text.format(40), "2023-11-30"))
