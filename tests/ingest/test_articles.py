"""A page is fixed as an article: text unchanged but for NFC and line ends, everything else checked."""

import hashlib
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import Metadata, to_article
from ingest.domain import Article, FailureCode, Page
from ingest.errors import SourceError


def page(text: str = "The army said 54 people died.", **fields: str) -> Page:
    """Make a page."""
    return Page(source="news.jsonl, line 3", text=text, **fields)


def sha256(text: str) -> str:
    """Hash a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_field_arrives() -> None:
    """Given fields are trimmed to one line, the date goes to UTC, the language to two letters."""
    text = " قتل 54 شخصا. \n"
    actual = to_article(
        page(
            text, id="a1", url=" https://e.com/a ", outlet="عنب\n بلدي", title=" T ", author="A",
            published_at="2018-05-04T03:00:00+03:00", language="ar-EG",
        )
    )  # fmt: skip

    expected = Article(
        id="a1", url="https://e.com/a", outlet="عنب بلدي", title="T", author="A",
        published_at=datetime(2018, 5, 4, tzinfo=UTC), language="ar", text=text, sha256=sha256(text),
    )  # fmt: skip
    assert expected == actual


def test_text_is_normalised_and_not_stripped() -> None:
    """Composed letters and LF line ends; spaces, tabs and blank lines stay."""
    actual = to_article(page(" cafe\u0301\t\r\n\r\nb\rc  \n"))

    assert actual.text == " caf\u00e9\t\n\nb\nc  \n"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u200f\ufeff", "\u00a0\u2003", "\u2800\u3164", "\u0301", "\0\x07"]
)
def test_text_that_shows_nothing_is_empty(text: str) -> None:
    """White space and invisible characters are no article."""
    with pytest.raises(SourceError, match=r"^news\.jsonl, line 3: it holds no text") as caught:
        to_article(page(text))

    assert caught.value.reason == "empty"


def test_addresses_that_mean_the_same_give_one_id() -> None:
    """Without an id it comes from the address; fragment, case of host and order of parameters do not count."""
    ids = {
        to_article(page(text, url=url)).id
        for text, url in [
            ("One text.", "https://E.com/a?x=1&y=2"),
            ("Another.", "https://e.com/a?y=2&x=1#top"),
        ]
    }

    assert ids == {"u-" + sha256("https://e.com/a?x=1&y=2")[:16]}


def test_without_address_the_id_is_of_outlet_and_text() -> None:
    """The same words of two outlets are two articles; spelling of line ends does not count."""
    assert to_article(page("Text\n", outlet="SANA")).id == "t-" + sha256("SANA\nText\n")[:16]
    assert to_article(page("Text\r\n")).id == "t-" + sha256("\nText\n")[:16]


def test_defaults_fill_what_is_left_out() -> None:
    """A given field goes before the default, a blank one does not; the default address and outlet make the id."""
    defaults = Metadata(
        outlet="SANA", author="D", title="D", url="https://e.com/d", published_at="4 May 2018", language="EN"
    )
    actual = to_article(page("النص", author=" ", title="Given"), defaults)

    expected = Article(
        id="u-" + sha256("https://e.com/d")[:16], url="https://e.com/d", outlet="SANA", author="D", title="Given",
        published_at=datetime(2018, 5, 4, tzinfo=UTC), language="en", text="النص", sha256=sha256("النص"),
    )  # fmt: skip
    assert expected == actual


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [("قتل 54 شخصا", None, "ar"), ("قتل", "und", "ar"), ("54", None, "und"), ("Hi", "fr", "fr")],
)
def test_the_language_is_detected_unless_given(text: str, given: str | None, expected: str) -> None:
    """A code that says undetermined counts as none."""
    assert to_article(Page(source="s", text=text, language=given)).language == expected


@pytest.mark.parametrize(
    ("fields", "reason", "message"),
    [
        ({"published_at": "04/05/2018"}, "invalid_date", "“04/05/2018” could be read with day and month swapped"),
        ({"language": "Arabic"}, "invalid_record", "“Arabic” is not a language code"),
        ({"url": "javascript:alert(1)"}, "invalid_record", "is not a web address"),
        ({"url": "http://[::1"}, "invalid_record", "is not a web address"),
        ({"id": "a", "url": "data:x"}, "invalid_record", "is not a web address"),
        ({"id": "x" * 201}, "invalid_record", "its id has 201 characters"),
    ],
)
def test_fields_that_cannot_be_used_are_refused(fields: dict[str, str], reason: FailureCode, message: str) -> None:
    """The error begins with the place and names the value."""
    with pytest.raises(SourceError, match=r"^news\.jsonl, line 3: ") as caught:
        to_article(page(**fields))

    assert message in str(caught.value)
    assert caught.value.reason == reason


@pytest.mark.parametrize("url", ["example.com/a", "www.sana.sy/?p=1", "localhost:8000/a", "https://عنب.كوم/خبر"])
def test_addresses_people_write_are_kept(url: str) -> None:
    """An address without scheme, with a port or in Arabic is stored as written."""
    assert to_article(page(url=url)).url == url


@settings(deadline=None)
@given(st.text())
def test_fixing_an_article_twice_changes_nothing(text: str) -> None:
    """The text of an article is NFC with LF ends, its hash fits, and as a page it makes the same article."""
    try:
        article = to_article(page(text))
    except SourceError as error:
        assert error.reason == "empty"  # noqa: PT017  # both outcomes are allowed
        return
    assert unicodedata.is_normalized("NFC", article.text)
    assert "\r" not in article.text
    assert article.sha256 == sha256(article.text)
    assert to_article(page(article.text)) == article


@settings(deadline=None)
@given(
    st.fixed_dictionaries({name: st.text() for name in ("id", "url", "outlet", "title", "published_at", "language")})
)
def test_any_fields_make_an_article_or_an_error(fields: dict[str, str]) -> None:
    """Nothing but SourceError is raised, whatever a source writes."""
    try:
        article = to_article(page(**fields))
    except SourceError:
        return
    assert article.text == page().text
