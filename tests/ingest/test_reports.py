"""The archive knows which of its articles are one report, whatever order they came, changed or went in."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from copies_texts import CAPTAIN, FERRY, FERRY_AR, FOOTER, LEAD, OWNER, RESCUE, STORIES
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_fakes import article, ingest, keep, open_fake_library

from ingest.archive import Archive
from ingest.archive.copy_tables import TABLES
from ingest.domain import Article, Copy
from ingest.rebuild import rebuild


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Open an empty archive."""
    return Archive(tmp_path / "archive.sqlite3")


def published(article_id: str, day: int | None, text: str, outlet: str | None = None) -> Article:
    """Make an article of a day in May 2018, by an outlet named after it unless told."""
    moment = None if day is None else datetime(2018, 5, day, tzinfo=UTC)
    return article(article_id, text, outlet=outlet or f"Outlet {article_id}", published_at=moment)


def reports(archive: Archive) -> dict[str, str]:
    """The article that stands for each one's report."""
    return archive.copies.originals([item.id for item in archive.export()])


def kept(archive: Archive, *items: Article) -> dict[str, str]:
    """Put articles into an archive; gives `reports` of it."""
    for item in items:
        keep(archive, item)
    return reports(archive)


def test_the_earliest_stands_for_its_copies(archive: Archive) -> None:
    """A report's copies are linked to the one published first, the undated last, and each names the others in order."""
    items = [
        published("d", None, FERRY),
        published("c", 4, f"ZAHRIYA (Levant Wire) - {FERRY}"),
        published("a", 5, f"{LEAD} {RESCUE} {CAPTAIN} {OWNER}"),
        published("b", 4, FERRY.upper()),
        published("z", 1, STORIES[0]),
    ]

    assert kept(archive, *items) == {"a": "b", "b": "b", "c": "b", "d": "b", "z": "z"}
    assert archive.copies.of(["a", "z", "nobody"]) == {
        "a": tuple(Copy(article_id=one, outlet=f"Outlet {one}", url=None) for one in "bcd")
    }
    assert archive.status().copies == 3


def test_a_differing_figure_is_its_own_report(archive: Archive) -> None:
    """Near copies with another toll, in digits or words, in either language, stand for themselves."""
    items = [
        published("a", 1, FERRY),
        published("b", 2, FERRY.replace("187", "178")),
        published("c", 3, FERRY.replace("twenty-six", "twenty-five")),
        published("d", 1, FERRY_AR),
        published("e", 2, FERRY_AR.replace("ثمانيةٌ وعشرون", "ثمانيةٌ وثلاثون")),
    ]

    assert kept(archive, *items) == {one: one for one in "abcde"}


def test_copies_are_of_the_original_not_of_each_other(archive: Archive) -> None:
    """What drifts away from the original step by step is no copy of it, though each step is one of the step before."""
    words = FERRY.split()
    steps = [" ".join([*(f"{word}x" for word in words[:lost]), *words[lost:]]) for lost in (0, 16, 32)]
    items = [published(name, day, text) for day, (name, text) in enumerate(zip("abc", steps, strict=True), 1)]

    assert kept(archive, *items) == {"a": "a", "b": "a", "c": "c"}


def test_a_footer_makes_no_copies_of_strangers(archive: Archive) -> None:
    """Stories under one site's long footer stay strangers, however few there are so far."""
    items = [published(str(at), at, f"{story} {FOOTER}", "Site") for at, story in enumerate(STORIES, 1)]
    for item in items:
        assert set(kept(archive, item)) == set(reports(archive).values())


def test_a_footer_hides_no_copies_once_it_is_known(archive: Archive) -> None:
    """The third story shows what a site's footer is; then a report under it is the one that ends otherwise."""
    ended = (
        "This page was put together by the night desk of the paper from what agencies and its own correspondents sent "
        "in until the last edition went to press."
    )
    other = published("other", 1, f"{STORIES[0]} {ended}")
    footed = [published(str(at), at + 2, f"{story} {FOOTER}", "Site") for at, story in enumerate(STORIES[:3])]

    assert kept(archive, other, *footed[:2])["0"] == "0"
    assert kept(archive, footed[2])["0"] == "other"
    archive.remove("1")
    assert reports(archive)["0"] == "0"


def test_one_text_sent_many_times_is_no_footer(archive: Archive) -> None:
    """An outlet that publishes a report again and again, edited a little, has copies of it and no boilerplate."""
    edits = ["", "Update: ", "ZAHRIYA - ", "Corrected version. ", "Tuesday 4 March 2025. "]
    items = [published(str(at), at + 1, f"{edit}{FERRY}", "Site") for at, edit in enumerate(edits)]

    assert set(kept(archive, *items).values()) == {"0"}


def test_removal_and_change_leave_the_rest_linked(archive: Archive) -> None:
    """When the original goes, the next is the original; an article that is changed leaves its copies or joins them."""
    kept(archive, published("a", 1, FERRY), published("b", 2, FERRY), published("c", 3, f"ZAHRIYA - {FERRY}"))

    archive.remove("a")
    assert reports(archive) == {"b": "b", "c": "b"}
    assert kept(archive, published("b", 2, FERRY.replace("214", "220"))) == {"b": "b", "c": "c"}
    assert kept(archive, published("b", 4, FERRY)) == {"b": "c", "c": "c"}
    archive.remove("b")
    assert archive.copies.of(["c"]) == {}
    archive.remove("c")
    with sqlite3.connect(archive.path) as connection:
        left = [connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in TABLES]
    assert left == [0] * len(TABLES)


ITEMS = [
    published("a", 3, FERRY),
    published("b", 1, f"{LEAD} {RESCUE} {CAPTAIN} {OWNER}"),
    published("c", 2, FERRY.replace("214", "241")),
    published("d", None, f"Tuesday 4 March 2025. {FERRY}", "Site"),
    published("e", 5, f"{STORIES[0]} {FOOTER}", "Site"),
    published("f", 6, f"{STORIES[1]} {FOOTER}", "Site"),
    published("g", 7, f"{STORIES[2]} {FOOTER}", "Site"),
    published("h", 4, STORIES[1]),
    published("i", 8, f"{STORIES[1]} {FOOTER}", "Site"),
]


@settings(max_examples=8, deadline=None)
@given(st.permutations(ITEMS), st.sets(st.sampled_from(range(len(ITEMS))), max_size=4))
def test_the_order_makes_no_difference(order: Sequence[Article], gone: set[int]) -> None:
    """Articles in any order, with others that came and went or were something else before, are linked the same."""
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        staying = [item for item in ITEMS if ITEMS.index(item) not in gone]
        with Archive(Path(first) / "a.sqlite3") as plain, Archive(Path(second) / "a.sqlite3") as moved:
            expected = kept(plain, *staying)
            kept(moved, order[0].model_copy(update={"text": FERRY_AR}), *order)
            for at in gone:
                moved.remove(ITEMS[at].id)

            assert reports(moved) == expected


def test_an_older_archive_is_compared_at_rebuild(tmp_path: Path) -> None:
    """Articles from before the comparison are told by the status, and linked by `ingest rebuild`."""
    with open_fake_library(tmp_path) as library:
        kept(library.archive, published("a", 1, FERRY), published("b", 2, FERRY))
        with sqlite3.connect(library.archive.path) as connection:
            for table in reversed(TABLES):
                connection.execute(f"DROP TABLE {table.name}")
            connection.execute("DELETE FROM meta WHERE key = 'copies'")
            connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")
        connection.close()
    with open_fake_library(tmp_path) as library:
        kept(library.archive, published("c", 3, FERRY))
        assert (library.archive.status().uncompared, library.archive.status().copies) == (2, 0)

        library.archive.remove("b")
        rebuild(library)

        assert (library.archive.status().uncompared, library.archive.status().copies) == (0, 1)
        assert reports(library.archive) == {"a": "a", "c": "a"}


def test_another_method_compares_everything_anew(tmp_path: Path) -> None:
    """Where texts were read by another release's method, all are due, and compared once."""
    with open_fake_library(tmp_path) as library:
        kept(library.archive, published("a", 1, FERRY), published("b", 2, FERRY))
        with sqlite3.connect(library.archive.path) as connection:
            connection.execute("UPDATE meta SET value = 'another' WHERE key = 'copies'")
            connection.execute("UPDATE copy_texts SET words = x''")
        connection.close()
        assert library.archive.status().uncompared == 2

        library.archive.copies.catch_up()

        assert library.archive.status().uncompared == 0
        assert reports(library.archive) == {"a": "a", "b": "a"}


def test_the_status_counts_copies(tmp_path: Path) -> None:
    """`ingest status` says how many articles are a copy of another one."""
    lines = "\n".join(json.dumps({"id": name, "outlet": name, "text": FERRY}) for name in "abc")
    assert ingest(tmp_path, "add", "-", stdin=lines).returncode == 0
    facts = json.loads(ingest(tmp_path, "status", "--json").stdout)

    assert (facts["copies"], facts["uncompared"]) == (2, 0)
