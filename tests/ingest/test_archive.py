"""The archive keeps whole articles or nothing, forgets nothing it replaced, and lets any number of writers in."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from ingest_fakes import article, keep, sentences_of, word_vectors
from sqlalchemy import Connection, text

from ingest.archive import Archive, EmbedderMark
from ingest.archive.engine import open_engine, writing
from ingest.archive.migrations import MIGRATIONS, migrate, schema_version
from ingest.domain import Article, Filters
from ingest.errors import ArchiveError, ArchiveVersionError, ArticleNotFoundError

FULL = {
    "url": "https://e.com/a",
    "outlet": "عنب بلدي",
    "title": "Strike on al-Susah",
    "author": "A. Writer",
    "published_at": datetime(2018, 5, 4, 10, 30, 15, 250, tzinfo=UTC),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the archive's file lies."""
    return tmp_path / "archive.sqlite3"


@pytest.fixture
def archive(path: Path) -> Archive:
    """Open an empty archive."""
    return Archive(path)


def counts(archive: Archive) -> tuple[int, int, int]:
    """Articles, passages and earlier versions."""
    status = archive.status()
    return status.articles, status.passages, status.versions


def raw(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Ask the file itself."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def test_what_goes_in_comes_out(archive: Archive) -> None:
    """Every field of an article survives, the text to the letter."""
    item = article("a1", "نصّ\tطويل.\n\n 1️⃣ \u200f x ", language="ar", **FULL)
    keep(archive, item)

    assert item == archive.get("a1")


@pytest.mark.parametrize("hours", [-11, 0, 3])
def test_dates_come_back_in_utc(archive: Archive, hours: int) -> None:
    """A moment written with any zone comes back as the same moment, in UTC."""
    moment = datetime(2018, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=hours)))
    keep(archive, article(published_at=moment))
    actual = archive.get("a1").published_at

    assert actual is not None
    assert (moment, timedelta(0)) == (actual, actual.utcoffset())


def test_an_unknown_article_is_an_error(archive: Archive) -> None:
    """Getting or removing what is not there says so, by id."""
    with pytest.raises(ArticleNotFoundError, match="'nobody'"):
        archive.get("nobody")
    with pytest.raises(ArticleNotFoundError, match="nothing was removed"):
        archive.remove("nobody")


def test_an_update_keeps_the_old_version(archive: Archive) -> None:
    """Replaced versions stay in the history, oldest first; passages are the newest version's alone."""
    versions = [article(text=f"Line one.\nToll {number}.", **FULL) for number in (54, 58, 60)]
    for version in versions:
        cut = keep(archive, version)

    assert versions[:2] == archive.history("a1")
    assert versions[2] == archive.get("a1")
    assert {passage.id for passage in cut} == archive.passages.passing(
        [p.id for v in versions for p in sentences_of(v)], None
    )


def test_what_is_removed_is_gone_for_good(archive: Archive) -> None:
    """An article that must not be kept leaves no earlier version behind; others keep theirs."""
    for toll in ("Toll 54.", "Toll 58."):
        keep(archive, article(text=toll, **FULL))
        keep(archive, article("other", text=toll))

    archive.remove("a1")

    assert archive.history("a1") == []
    assert len(archive.history("other")) == 1
    assert counts(archive) == (1, 1, 1)


def test_an_article_nobody_changed_has_no_history(archive: Archive) -> None:
    """A first version is no earlier version."""
    keep(archive, article())

    assert archive.history("a1") == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "New"}, {"outlet": None}, {"author": "B"}, {"url": "https://e.com/b"}, {"language": "ar"},
        {"published_at": None}, {"published_at": datetime(2018, 5, 4, 10, 30, 15, 251, tzinfo=UTC)}, {"text": "New."},
    ],
)  # fmt: skip
def test_any_changed_field_is_an_update(archive: Archive, change: dict[str, object]) -> None:
    """Text or metadata alike: a change is an update, no change is none."""
    keep(archive, article(**FULL))
    changed = article(**{**FULL, **change})  # type: ignore[arg-type]

    assert archive.outcome_of(article(**FULL)) == "unchanged"
    assert archive.outcome_of(changed) == "updated"
    assert archive.outcome_of(article("a2", **FULL)) == "added"


def test_a_new_article_that_fails_half_way_leaves_nothing(archive: Archive, path: Path) -> None:
    """Two passages of one id are refused, and no table remembers the article."""
    item = article(text="Susah.\nSusah.")
    cut = [passage.model_copy(update={"id": "same"}) for passage in sentences_of(item)]

    with pytest.raises(ArchiveError, match="UNIQUE"):
        archive.put(item, cut, word_vectors(["a", "b"]))

    assert counts(archive) == (0, 0, 0)
    assert archive.passages.search("terms", "Susah", limit=5) == {}
    tables = ["articles", "passages", "article_terms", "passage_terms", "index_pending", "article_versions"]
    assert [[(0,)]] * len(tables) == [raw(path, f"SELECT count(*) FROM {table}") for table in tables]


def test_an_update_that_fails_half_way_changes_nothing(archive: Archive) -> None:
    """The version before stays, with its passages, its words and no history."""
    first = article(text="Lighthouse.")
    keep(archive, first)
    second = article(text="Harbour.\nHarbour.")
    cut = [passage.model_copy(update={"id": "same"}) for passage in sentences_of(second)]

    with pytest.raises(ArchiveError):
        archive.put(second, cut, word_vectors(["a", "b"]))

    assert (first, []) == (archive.get("a1"), archive.history("a1"))
    assert len(archive.passages.search("terms", "lighthouse", limit=5)) == 1


def test_a_vector_short_is_refused_whole(archive: Archive) -> None:
    """Passages and vectors must be equally many; otherwise nothing is kept."""
    item = article(text="One.\nTwo.")

    with pytest.raises(ValueError, match="shorter"):
        archive.put(item, sentences_of(item), word_vectors(["a"]))

    assert counts(archive) == (0, 0, 0)


def test_vectors_come_back_as_they_went_in(archive: Archive) -> None:
    """Embeddings are kept to the bit, by passage."""
    item = article(text="One.\nTwo.\nThree.")
    cut = keep(archive, item)
    expected = word_vectors([passage.text for passage in cut])
    ids, all_vectors = archive.passages.select(None)

    assert [passage.id for passage in cut] == ids
    assert np.array_equal(expected, all_vectors)
    assert np.array_equal(expected[1], archive.passages.vectors([cut[1].id])[cut[1].id])


def filtered(archive: Archive, **fields: object) -> str:
    """Ids of the articles that pass a filter, in one word; passages must agree."""
    filters = Filters.model_validate(fields)
    found = [item.id for item in archive.page(filters=filters).articles]
    every = [f"{item.id}-passage" for item in archive.export()]
    passing = {passage_id[0] for passage_id in archive.passages.passing(every, filters)}

    assert set(found) == passing == {passage_id[0] for passage_id in archive.passages.select(filters)[0]}
    assert len(found) == archive.passages.count(filters)
    return "".join(found)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "abcdef"),
        ({"published_from": date(2018, 5, 4)}, "bcd"),
        ({"published_to": date(2018, 5, 4)}, "abc"),
        ({"published_from": date(2018, 5, 4), "published_to": date(2018, 5, 4)}, "bc"),
        ({"published_from": date(2018, 5, 5), "published_to": date(2018, 5, 4)}, ""),
        ({"published_from": date.min}, "abcd"),
        ({"outlets": ["SANA"]}, "ace"),
        ({"outlets": ["SANA", "Enab"]}, "abce"),
        ({"outlets": ["sana"]}, ""),
        ({"languages": ["ar"]}, "bd"),
        ({"article_ids": ["a", "f", "none"]}, "af"),
        ({"outlets": ["SANA"], "published_from": date(2018, 5, 4)}, "c"),
        ({"outlets": ["SANA"], "languages": ["ar"]}, ""),
        ({"article_ids": ["b", "c"], "languages": ["ar"], "published_to": date(2018, 5, 4)}, "b"),
    ],
)
def test_filters_are_exact(archive: Archive, fields: dict[str, object], expected: str) -> None:
    """Both days belong to a range, an undated article to none; lists and combinations hold to the letter."""
    rows = [
        ("a", "SANA", "en", datetime(2018, 5, 3, 23, 59, 59, 999999, tzinfo=UTC)),
        ("b", "Enab", "ar", datetime(2018, 5, 4, tzinfo=UTC)),
        ("c", "SANA", "en", datetime(2018, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)),
        ("d", None, "ar", datetime(2018, 5, 5, tzinfo=UTC)),
        ("e", "SANA", "en", None),
        ("f", None, "fa", None),
    ]
    for article_id, outlet, language, published_at in rows:
        item = article(article_id, outlet=outlet, language=language, published_at=published_at)
        cut = [passage.model_copy(update={"id": f"{article_id}-passage"}) for passage in sentences_of(item)]
        archive.put(item, cut, word_vectors(["x"]))

    assert expected == filtered(archive, **fields)


def test_the_last_day_there_is_can_be_asked_for(archive: Archive) -> None:
    """A range may end on 9999-12-31; undated articles then pass no other bound either."""
    keep(archive, article("a", published_at=datetime(9999, 12, 31, 23, tzinfo=UTC)))
    keep(archive, article("b"))

    found = archive.page(filters=Filters(published_from=date(1, 1, 1), published_to=date.max)).articles
    assert [item.id for item in found] == ["a"]
    assert [item.id for item in archive.page(filters=Filters(published_to=date.max)).articles] == ["a"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_pages_cover_everything_once(archive: Archive, limit: int) -> None:
    """Following the cursor gives every article once, in order of id, also with a filter."""
    ids = [f"a{number:02}" for number in range(7)]
    for number, article_id in enumerate(ids):
        keep(archive, article(article_id, language=("en", "ar")[number % 2]))

    for filters, expected in ((None, ids), (Filters(languages=("ar",)), ids[1::2])):
        found: list[str] = []
        cursor = None
        while True:
            page = archive.page(cursor=cursor, limit=limit, filters=filters)
            found += [item.id for item in page.articles]
            assert len(page.articles) <= limit
            if (cursor := page.next_cursor) is None:
                break
        assert expected == found


def test_a_cursor_outlives_its_article(archive: Archive) -> None:
    """Removing the article a cursor names skips nothing else."""
    for article_id in "abcd":
        keep(archive, article(article_id))
    cursor = archive.page(limit=1).next_cursor
    archive.remove("b")

    assert [item.id for item in archive.page(cursor=cursor).articles] == ["c", "d"]


def test_export_gives_every_article(archive: Archive) -> None:
    """Every article, in order of id, more than one fetch of them."""
    items = [article(f"a{number:04}") for number in range(1_003)]
    for item in items[::-1]:
        archive.put(item, sentences_of(item), word_vectors(["x"]))

    assert items == list(archive.export())


def test_status_counts(archive: Archive) -> None:
    """Articles, languages, passages, versions, and what is due."""
    keep(archive, article("a", "One.\nTwo."))
    keep(archive, article("a", "One.\nTwo.\nThree."))
    keep(archive, article("b", "واحد.", language="ar"))
    actual = archive.status()

    assert (
        actual.articles, dict(actual.languages), actual.passages, actual.unembedded, actual.versions,
    ) == (2, {"en": 1, "ar": 1}, 4, 0, 1)  # fmt: skip
    assert actual.pending == 2 + 2 + 3 + 1


def test_another_embedder_makes_every_vector_due(archive: Archive) -> None:
    """Recording the same model changes nothing; recording another forgets the vectors, not the passages."""
    archive.set_embedder(EmbedderMark("x", 32))
    keep(archive, article(text="One.\nTwo."))
    archive.set_embedder(EmbedderMark("x", 32))
    assert (archive.status().unembedded, archive.embedder()) == (0, EmbedderMark("x", 32))

    archive.set_embedder(EmbedderMark("y", 8))

    assert (archive.status().unembedded, archive.embedder()) == (2, EmbedderMark("y", 8))
    assert sorted(passage.text for passage in archive.passages.unembedded(9)) == ["One.", "Two."]
    assert archive.passages.select(None)[0] == []


def add_note(connection: Connection) -> None:
    """Migrate: the next version has a table more."""
    connection.execute(text("CREATE TABLE notes (body TEXT)"))


def test_an_older_archive_is_brought_forward(archive: Archive, path: Path) -> None:
    """Only the steps due are run, each once, and the articles stay."""
    keep(archive, article())
    engine = open_engine(path)
    for _ in range(2):
        with writing(engine) as connection:
            migrate(connection, [*MIGRATIONS, add_note])
            assert schema_version(connection) == len(MIGRATIONS) + 1

    assert raw(path, "SELECT name FROM sqlite_master WHERE name = 'notes'") == [("notes",)]
    assert article() == archive.get("a1")


def test_an_empty_file_is_brought_forward(path: Path) -> None:
    """A file of version 0 goes through every step."""
    path.touch()
    Archive(path).close()

    assert [(str(len(MIGRATIONS)),)] == raw(path, "SELECT value FROM meta WHERE key = 'schema_version'")


def test_a_step_that_fails_leaves_the_old_version(archive: Archive, path: Path) -> None:
    """A migration is one transaction: half of it is nothing."""

    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    engine = open_engine(path)
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        migrate(connection, [*MIGRATIONS, add_note, fail])

    assert raw(path, "SELECT name FROM sqlite_master WHERE name = 'notes'") == []
    assert counts(archive) == (0, 0, 0)


def test_a_newer_archive_is_refused_untouched(archive: Archive, path: Path) -> None:
    """A version this release does not know is named, and not a byte of the file changes."""
    keep(archive, article())
    archive.close()
    raw(path, "UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    before = path.read_bytes()

    with pytest.raises(ArchiveVersionError, match=r"version 99.*Nothing was changed"):
        Archive(path)

    assert before == path.read_bytes()


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    """Any other file is refused with a way out, and stays as it is."""
    path.write_bytes(b"PK\3\4" * 5_000)

    with pytest.raises(ArchiveError, match=r"not a database.*QA_DATA_DIR"):
        Archive(path)

    assert path.read_bytes() == b"PK\3\4" * 5_000


@pytest.mark.parametrize("statement", ["CREATE TABLE photos (id)", "CREATE TABLE meta (id)"])
def test_another_programs_database_is_refused_untouched(path: Path, statement: str) -> None:
    """A database of something else gets none of our tables."""
    raw(path, statement)
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(path)

    assert before == path.read_bytes()


@pytest.mark.parametrize("name", ["", "file.txt/archive.sqlite3"])
def test_a_place_that_cannot_be_is_an_error_of_ours(tmp_path: Path, name: str) -> None:
    """A folder in the file's place, or a file in the folder's."""
    (tmp_path / "file.txt").touch()

    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(tmp_path / name)


def test_a_file_broken_in_the_middle_is_an_error_of_ours(archive: Archive, path: Path) -> None:
    """Damage found while reading reaches callers as an ArchiveError."""
    for number in range(60):
        keep(archive, article(f"a{number}", "word " * 900))
    archive.close()
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))

    with pytest.raises(ArchiveError), Archive(path) as broken:
        list(broken.export())


def test_a_new_archive_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    """Twelve that make the same archive together agree on one, in write-ahead mode."""
    for attempt in range(4):
        path = tmp_path / str(attempt) / "archive.sqlite3"
        start, found, errors = threading.Barrier(12), set(), []

        def opener(path: Path = path, start: threading.Barrier = start, found: set[str] = found) -> None:
            start.wait()
            try:
                with Archive(path) as archive:
                    found.add(archive.id)
            except Exception as error:  # noqa: BLE001 - told by the assertion below
                errors.append(error)  # noqa: B023 - joined in this turn of the loop

        threads = [threading.Thread(target=opener) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(found) == 1
        assert raw(path, "PRAGMA journal_mode") == [("wal",)]


WRITER = """
import sys
from pathlib import Path
from ingest_fakes import article, keep
from ingest.archive import Archive
with Archive(Path(sys.argv[1])) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(40):
        keep(archive, article(f"{sys.argv[2]}{number}", f"Own line {sys.argv[2]} {number}."))
        keep(archive, article("shared", f"Version of {sys.argv[2]} {number}."))
"""


def test_two_processes_that_write_at_once_lose_nothing(archive: Archive, path: Path) -> None:
    """Two processes and a thread write together: every article, every replaced version is there."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            cwd=Path(__file__).parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in "xy"
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for number in range(40):
        keep(archive, article(f"z{number}", f"Own line z {number}."))

    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert {f"{name}{number}" for name in "xyz" for number in range(40)} | {"shared"} == {
        a.id for a in archive.export()
    }
    texts = {item.text for item in [*archive.history("shared"), archive.get("shared")]}
    assert {f"Version of {name} {number}." for name in "xy" for number in range(40)} == texts
    assert raw(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_reader_sees_whole_articles_while_they_are_replaced(archive: Archive) -> None:
    """An article read by one thread while another replaces it is one version or the other, never a mixture."""
    versions = [article(text=f"{'abc'[number % 3] * 400}.") for number in range(60)]
    keep(archive, versions[0])
    seen: list[Article] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(archive.get("a1"))

    reader = threading.Thread(target=read)
    reader.start()
    for version in versions:
        keep(archive, version)
    done.set()
    reader.join()

    assert seen
    assert all(item in versions[:3] for item in seen)


def test_a_copy_is_another_archive_only_by_its_place(archive: Archive, path: Path, tmp_path: Path) -> None:
    """The id belongs to the file's content: a backup keeps it, a new archive has its own."""
    archive.close()
    shutil.copy(path, tmp_path / "copy.sqlite3")

    with Archive(path) as first, Archive(tmp_path / "copy.sqlite3") as copy, Archive(tmp_path / "new.sqlite3") as new:
        assert first.id == copy.id != new.id
