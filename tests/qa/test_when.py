"""Is an article of the month, or the day, that a question names?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Article
from qa.when import When, months


def article(text: str, published: datetime | None = None) -> Article:
    """An article that says something, published some day."""
    return Article(id="a", language="en", text=text, sha256="0" * 64, published_at=published)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many were killed in May 2018?", {(2018, 5)}),
        ("on 3 May 2018", {(2018, 5)}),
        ("on May 3rd, 2018", {(2018, 5)}),
        ("since Sept. 2015 and until Jan. 2016", {(2015, 9), (2016, 1)}),
        ("on 2018-05-03", {(2018, 5)}),
        ("in 2018-05", {(2018, 5)}),
        ("في أيّار/مايو ٢٠١٨", {(2018, 5)}),
        ("في أيار (مايو) 2018", {(2018, 5)}),
        ("يوم 3 كانون الثاني/يناير 2020", {(2020, 1)}),
        ("في مارس من عام 2019", {(2019, 3)}),
        ("وفي تشرين الأول 2017", {(2017, 10)}),
        ("in May", set()),
        ("in 2018", set()),
        ("the mayor, in 2018", set()),
        ("maybe 2018 were killed", set()),
        ("flight 2018-0512", set()),
    ],
)
def test_months_are_read_with_their_year(text: str, expected: set[tuple[int, int]]) -> None:
    """In both languages, both Arabic calendars and ISO figures; a month or a year alone is none."""
    assert frozenset(expected) == months(text)


@pytest.mark.parametrize(
    ("question", "text", "published", "expected"),
    [
        ("How many were killed?", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 0.0),
        ("How many were killed in 2018?", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 0.0),
        ("How many were killed in May 2018?", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 1.0),
        ("How many were killed in May 2018?", "Nine died.", datetime(2018, 6, 8, tzinfo=UTC), 1.0),
        ("How many were killed in May 2018?", "Nine died.", datetime(2018, 6, 28, tzinfo=UTC), -1.0),
        ("How many were killed in May 2018?", "Nine died in May 2018.", datetime(2019, 6, 28, tzinfo=UTC), 1.0),
        ("How many were killed in May 2018?", "Nine died.", None, -1.0),
        ("How many were killed on 3 May 2018?", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 1.5),
        ("How many were killed on 3 May 2018?", "Nine died.", datetime(2018, 5, 20, tzinfo=UTC), 1.0),
        ("كم قتيلاً سقط في أيار/مايو 2018؟", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 1.0),
        ("كم قتيلاً سقط يوم 3 أيار/مايو 2018؟", "Nine died.", datetime(2018, 5, 4, tzinfo=UTC), 1.5),
        ("كم قتيلاً سقط في أيار/مايو 2018؟", "Nine died.", datetime(2017, 5, 4, tzinfo=UTC), -1.0),
    ],
)
def test_articles_fit_the_time_asked_for(question: str, text: str, published: datetime | None, expected: float) -> None:
    """By when they were published, ten days after a month included, or by the month they name."""
    assert expected == When(question).fits(article(text, published))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Arbitrary text never crashes."""
    assert all(1 <= month <= 12 for _, month in months(text))
