"""JSON records become pages one by one; a bad one never stops the next."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Failure, Page
from ingest.errors import SourceError
from ingest.readers.records import page_from_record, read_json, read_json_lines

LIMIT = 5_000_000


def lines(data: bytes, max_bytes: int = LIMIT) -> list[Page | Failure]:
    """Read JSON Lines."""
    return list(read_json_lines(io.BytesIO(data), "news.jsonl", max_bytes=max_bytes))


def test_a_record_gives_every_field() -> None:
    """The fields of the contract are taken as they stand; others are ignored."""
    record = {
        "id": "a1", "url": "https://e.com/a", "outlet": "SANA", "title": "T", "author": "A",
        "published_at": "2018-05-04", "language": "ar", "text": " نص\r\n",
    }  # fmt: skip

    assert page_from_record({**record, "location": "idlib"}, "s") == Page(source="s", **record)


@pytest.mark.parametrize(("given_id", "expected"), [(17, "17"), (1.5, "1.5"), ("17", "17"), (None, None)])
def test_numbers_are_accepted_as_ids(given_id: object, expected: str | None) -> None:
    """A numeric id is its digits."""
    assert page_from_record({"id": given_id, "text": "x"}, "s").id == expected


def test_html_serves_for_text() -> None:
    """`html` is read as a web page, and fields beside it go first."""
    actual = page_from_record({"html": "<title>no</title><p>Text.</p>", "title": "T", "outlet": None}, "s")

    assert actual == Page(source="s", title="T", text="Text.")


@pytest.mark.parametrize(
    "record", [{}, {"text": None}, {"text": ""}, {"text": 5}, {"text": ["a"]}, {"html": 5}, {"text": 5, "html": "<p>x"}]
)
def test_a_record_without_text_is_named(record: object) -> None:
    """Missing, empty or non-text `text` is `missing_text`."""
    with pytest.raises(SourceError, match=r"^news, article 3: “text” is ") as caught:
        page_from_record(record, "news, article 3")

    assert caught.value.reason == "missing_text"


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({"text": "x", "title": 5}, "“title” is a number"),
        ({"text": "x", "author": ["A"]}, "“author” is a list"),
        ({"text": "x", "published_at": 1525392000}, "“published_at” is a number"),
        ({"text": "x", "id": True}, "“id” is true or false"),
        ({"text": "x", "id": {}}, "“id” is an object"),
        ({"text": "x\ud800"}, "“text” holds half a character"),
        ({"text": "x", "outlet": "\udfff"}, "“outlet” holds half a character"),
        ({"text": "x\0"}, "“text” holds half a character .* or a NUL"),
        ({"html": "<p>\ud800"}, "“html” holds half a character"),
        (["x"], "this is a list"),
        ("x", "this is text"),
        (None, "this is nothing"),
    ],
)
def test_wrong_types_name_the_field(record: object, named: str) -> None:
    """A field of the wrong type, or a damaged one, is `invalid_record` and named."""
    with pytest.raises(SourceError, match=named) as caught:
        page_from_record(record, "s")

    assert caught.value.reason == "invalid_record"


def test_one_broken_line_does_not_stop_the_others() -> None:
    """Line 17 of 20 is no JSON: it is named with its column, and the other 19 are read."""
    rows = [json.dumps({"text": f"article {number}"}) for number in range(1, 21)]
    rows[16] = '{"text": x}'
    actual = lines("\n".join(rows).encode())

    failures = [item for item in actual if isinstance(item, Failure)]
    assert len(actual) == 20
    assert [(item.source, item.code) for item in failures] == [("news.jsonl, line 17", "invalid_json")]
    assert failures[0].message.startswith("news.jsonl, line 17, column 10: ")


def test_blank_lines_line_ends_and_marks_are_tolerated() -> None:
    """A byte order mark, CRLF and blank lines are no articles; the line numbers count them."""
    actual = lines(b'\xef\xbb\xbf\r\n{"text": "a"}\r\n\n  \n{"text": "b"}')

    assert [(item.source, item.text) for item in actual if isinstance(item, Page)] == [
        ("news.jsonl, line 2", "a"),
        ("news.jsonl, line 5", "b"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "cp1256"])
def test_json_lines_are_read_in_other_encodings(encoding: str) -> None:
    """What Windows tools export, UTF-16 with a mark or Windows-1256, is read."""
    rows = [json.dumps({"text": f"قتل مدنيا {number}"}, ensure_ascii=False) for number in range(3)]

    actual = lines("\n".join(rows).encode(encoding))
    assert [item.text for item in actual if isinstance(item, Page)] == [f"قتل مدنيا {number}" for number in range(3)]


class Endless(io.RawIOBase):
    """A stream of 50 MB without a line end, then an article; nothing of it is held in memory."""

    def __init__(self) -> None:
        self.left = 50_000_000

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if self.left > 0:
            self.left -= size
            return b"x" * (size + min(self.left, 0)) + (b'\n{"text": "next"}\n' if self.left <= 0 else b"")
        return b""


def test_a_line_too_long_is_skipped_in_bounded_memory() -> None:
    """50 MB on one line is one failure that names line and size; memory stays near the limit, the next line is read."""
    tracemalloc.start()
    actual = list(read_json_lines(Endless(), "news.jsonl", max_bytes=1_000_000))  # type: ignore[arg-type]  # reads only
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    first, second = actual
    assert isinstance(first, Failure)
    assert (first.source, first.code) == ("news.jsonl, line 1", "too_large")
    assert first.message.startswith("news.jsonl, line 1: this is 50.0 MB, more than the 1 MB")
    assert second == Page(source="news.jsonl, line 2", text="next")
    assert peak < 5_000_000


@pytest.mark.parametrize("size", [99, 100, 101])
def test_the_limit_is_inclusive(size: int) -> None:
    """A line of exactly the limit is read, one byte more is not."""
    row = json.dumps({"text": "x" * (size - 12)}).encode()
    (actual,) = lines(row, max_bytes=100)

    assert len(row) == size
    assert isinstance(actual, Page) == (size <= 100)


@pytest.mark.parametrize(
    "row", [b"[" * 100_000, b'{"id": ' + b"1" * 5000 + b', "text": "x"}', b"nul", b"\x00\x01", b"\xff\xfe\xfd"]
)
def test_hostile_lines_are_failures(row: bytes) -> None:
    """Deep nesting, endless numbers and binary data fail alone."""
    first, second = lines(b'{"text": "a"}\n' + row)

    assert isinstance(first, Page)
    assert isinstance(second, Failure)


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_lines_is_empty(data: bytes) -> None:
    """No article at all is said, not passed over."""
    with pytest.raises(SourceError) as caught:
        lines(data)

    assert caught.value.reason == "empty"


def test_half_a_utf_16_file_keeps_what_came_before() -> None:
    """A UTF-16 stream that breaks off raises after the lines read so far."""
    data = '{"text": "a"}\n'.encode("utf-16") + b"\x00"
    stream = read_json_lines(io.BytesIO(data), "news.jsonl", max_bytes=LIMIT)

    with pytest.raises(SourceError, match="Save it as UTF-8"):
        list(stream)


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        ({"text": "a"}, ["n.json"]),
        ([{"text": "a"}, {"text": "b"}], ["n.json, article 1", "n.json, article 2"]),
        ({"articles": [{"text": "a"}], "total": 1}, ["n.json, article 1"]),
    ],
)
def test_json_is_an_object_a_list_or_articles(value: object, sources: list[str]) -> None:
    """All three shapes are read, each record with its place."""
    assert [page.source for page in read_json(json.dumps(value).encode(), "n.json")] == sources


def test_a_bad_record_in_a_list_fails_alone() -> None:
    """The records around it are read."""
    actual = list(read_json(b'[{"text": "a"}, {"title": "t"}, {"text": "c"}]', "n.json"))

    assert [type(item) for item in actual] == [Page, Failure, Page]
    assert isinstance(actual[1], Failure)
    assert (actual[1].source, actual[1].code) == ("n.json, article 2", "missing_text")


@pytest.mark.parametrize(
    ("data", "reason", "message"),
    [
        (b'[{"text": "a"},\n  {"text" "b"}]', "invalid_json", r"^n\.json, line 2, column 11: "),
        (b"", "empty", r"^n\.json: the file is empty"),
        (b"[]", "empty", r"^n\.json: the list holds no article"),
        (b'"x"', "invalid_record", r"^n\.json: an article must be an object"),
        (b'{"a": "\x00"}', "binary", r"^n\.json: this is binary"),
    ],
)
def test_a_json_file_that_cannot_be_read_says_where(data: bytes, reason: str, message: str) -> None:
    """Invalid JSON names line and column; empty and misshapen files are named."""
    with pytest.raises(SourceError, match=message) as caught:
        list(read_json(data, "n.json"))

    assert caught.value.reason == reason


def values() -> st.SearchStrategy[object]:
    """Any JSON value, strings with lone surrogates included."""
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()))
    keys = st.sampled_from(["id", "url", "title", "text", "published_at", "x"])
    return st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5))


@given(st.lists(values().map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40), max_size=8))
def test_no_mixture_of_lines_stops_the_reader(rows: list[bytes]) -> None:
    """Whatever the lines, every good one is read and every bad one is a failure; nothing else is raised."""
    good = b'{"text": "good"}'
    data = b"\n".join([good, *rows, b"", good])

    actual = lines(data)
    texts = [item.text for item in actual if isinstance(item, Page)]
    assert (texts[0], texts[-1]) == ("good", "good")


@given(values())
def test_any_record_is_read_or_refused(record: object) -> None:
    """A decoded JSON value is a page or a SourceError."""
    try:
        page = page_from_record(record, "s")
    except SourceError:
        return
    assert isinstance(record, dict)
    assert page.text == record["text"]
