"""Plain text and Markdown become pages with what their front matter and first line say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Page
from ingest.errors import SourceError
from ingest.readers.text import read_text


def read(text: str, *, markdown: bool = False) -> Page:
    """Read a text file's page."""
    return read_text(text.encode(), "a.txt", markdown=markdown)


def test_front_matter_gives_the_fields() -> None:
    """Every field is read from the header, and the text begins after it."""
    actual = read(
        "---\nid: 42\ntitle: Strike on Sousa\noutlet: Reuters\nauthor: A. Writer\npublished_at: 2018-05-04\n"
        "language: no\nurl: https://example.com/a\nmood: grim\n---\n\nThe text.\n"
    )

    expected = Page(
        source="a.txt",
        id="42",
        title="Strike on Sousa",
        outlet="Reuters",
        author="A. Writer",
        published_at="2018-05-04",
        language="no",
        url="https://example.com/a",
        text="The text.\n",
    )
    assert expected == actual


def test_synonyms_of_the_fields_are_known() -> None:
    """Names other tools write for the same fields are honoured, in any case."""
    actual = read(
        "---\nHeadline: T\nsource: O\nByline: A\ndate: 4 May 2018\nlang: en\nlink: https://e.com/a\n---\nText."
    )

    expected = Page(
        source="a.txt", title="T", outlet="O", author="A", published_at="4 May 2018", language="en",
        url="https://e.com/a", text="Text.",
    )  # fmt: skip
    assert expected == actual


def test_several_authors_are_joined() -> None:
    """A list of authors is one byline."""
    assert read("---\nauthor: [A, B]\n---\nText.").author == "A, B"


def test_empty_values_are_no_values() -> None:
    """A key left empty or null counts as absent, so a synonym or the first line may serve."""
    actual = read("---\ntitle:\noutlet: null\npublisher: SANA\n---\nA headline\n\nThe text.")

    assert (actual.title, actual.outlet) == ("A headline", "SANA")


@pytest.mark.parametrize("header", ['title: "open', "title: a: b", "a: [1, 2", "title: \x07", "a: *nothing"])
def test_broken_front_matter_is_named(header: str) -> None:
    """YAML that cannot be read is an error that says where and what to write."""
    with pytest.raises(SourceError, match=r"^a\.txt.*“key: value”") as caught:
        read(f"---\n{header}\n---\nText.")

    assert caught.value.reason == "invalid_record"


def test_front_matter_of_the_wrong_shape_is_named() -> None:
    """A field that is a mapping is an error naming the field."""
    with pytest.raises(SourceError, match="“title” in the header") as caught:
        read("---\ntitle: {a: b}\n---\nText.")

    assert caught.value.reason == "invalid_record"


@pytest.mark.parametrize(
    "text", ["---\nJust prose under a rule.\n", "---\nProse between rules\n---\nMore.", "No rule.\n---\nx: y\n---\n"]
)
def test_rules_are_not_front_matter(text: str) -> None:
    """Lines of dashes around prose leave the text whole."""
    assert read(text).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("غارة على السوسة\n\nقتل 54 شخصا.", "غارة على السوسة"),
        ("Strike kills 54\r\n\r\nThe text.", "Strike kills 54"),
        ("\n\nStrike kills 54\n\nThe text.", "Strike kills 54"),
        ("It was a strike.\n\nThe text.", None),
        ("من قتلهم؟\n\nنص.", None),
        ("Strike kills 54\nThe text goes on.", None),
        ("Strike kills 54", None),
        (f"{'long ' * 30}\n\nThe text.", None),
        ("# Not Markdown here.\nThe text.", None),
    ],
)
def test_a_headline_is_a_short_first_line_set_off(text: str, title: str | None) -> None:
    """The first line is the title if short, no sentence and followed by a blank line; the text stays whole."""
    actual = read(text)

    assert (actual.title, actual.text) == (title, text)


def test_a_markdown_heading_is_the_title() -> None:
    """The first heading gives the title whatever follows it, and stays in the text."""
    actual = read("# Strike kills 54. #\nThe text.", markdown=True)

    assert (actual.title, actual.text) == ("Strike kills 54.", "# Strike kills 54. #\nThe text.")


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "---\ntitle: x\n---\n"])
def test_files_without_text_are_refused(text: str) -> None:
    """An empty file, or one with front matter alone, is no article."""
    with pytest.raises(SourceError) as caught:
        read(text)

    assert caught.value.reason == "empty"


@given(st.text(), st.booleans())
def test_any_file_is_read_or_refused(text: str, markdown: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
    """Whatever stands between front matter fences, there is a page or a SourceError."""
    try:
        page = read(f"---\n{text}\n---\nText.", markdown=markdown)
    except SourceError:
        return
    assert page.text.endswith("Text.")
