"""What the desk names is read file by file; what cannot be read is reported and never stops the rest."""

import io
import json
import os
from pathlib import Path

import pytest

from ingest.domain import Failure, Page
from ingest.sources import SUFFIXES, count_sources, read_sources

ROW = b'{"text": "a"}\n'


def codes(*paths: str | Path, **options: int) -> list[str]:
    """Read sources; `ok` for a page, else the failure's code."""
    return ["ok" if isinstance(item, Page) else item.code for item in read_sources(paths, **options)]  # type: ignore[arg-type]  # options hold max_bytes alone


def failure(*paths: str | Path, **options: int) -> Failure:
    """Read sources that give one failure."""
    (item,) = read_sources(paths, **options)  # type: ignore[arg-type]  # options hold max_bytes alone
    assert isinstance(item, Failure)
    return item


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with one file of every kind, hidden and foreign files between."""
    files = {
        "b.txt": b"Text.",
        "a/one.MD": b"# T\nText.",
        "a/page.html": b"<html><body><p>Some text of a page.</p></body></html>",
        "a/z.json": b'[{"text": "x"}, {"text": "y"}]',
        "c.jsonl": ROW * 3,
        ".hidden.txt": b"no",
        ".git/config.txt": b"no",
        "a/photo.jpg": b"no",
        "Makefile": b"no",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def test_a_folder_is_read_through_in_order(folder: Path) -> None:
    """Every kind of file is read, sorted by path; hidden and other files are skipped in silence."""
    actual = [item.source.removeprefix(f"{folder}/") for item in read_sources([folder])]

    expected = [
        "a/one.MD", "a/page.html", "a/z.json, article 1", "a/z.json, article 2", "b.txt",
        "c.jsonl, line 1", "c.jsonl, line 2", "c.jsonl, line 3",
    ]  # fmt: skip
    assert expected == actual


def test_counting_estimates_the_pages(folder: Path) -> None:
    """Lines of JSON Lines and one for any other file, missing ones included; nobody knows of standard input."""
    assert count_sources([folder, folder / "missing.txt", folder / "missing.jsonl"]) == 9
    assert count_sources([folder, "-"]) is None


def test_every_suffix_named_is_read(tmp_path: Path) -> None:
    """A file of each suffix gives a page."""
    for suffix in SUFFIXES:
        (tmp_path / f"file{suffix}").write_bytes(ROW)

    assert codes(tmp_path) == ["ok"] * len(SUFFIXES)


def test_one_bad_source_does_not_stop_the_next(tmp_path: Path) -> None:
    """Missing, unsupported, binary and empty files are failures, and the file after them is read."""
    for name, data in {
        "a.pdf": b"%PDF-1.7",
        "b.txt": b"%PDF-1.7",
        "c.txt": b"",
        "d.html": b"",
        "e.jsonl": b"",
        "f.txt": b"T",
    }.items():
        (tmp_path / name).write_bytes(data)

    names = ["missing.txt", "missing", "missing.pdf", "a.pdf", "b.txt", "c.txt", "d.html", "e.jsonl", "f.txt"]
    expected = ["not_found"] * 3 + ["unsupported", "binary", "empty", "empty", "empty", "ok"]
    assert expected == codes(*(tmp_path / name for name in names))


def test_an_unsupported_file_says_what_is_read(tmp_path: Path) -> None:
    """A file named on purpose is never skipped in silence."""
    (tmp_path / "a.docx").write_bytes(b"x")
    actual = failure(tmp_path / "a.docx")

    assert actual.source == f"{tmp_path}/a.docx"
    assert "“.docx” are not read. Save it as one of .txt, .md" in actual.message


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    """An empty folder is a failure that lists the suffixes."""
    actual = failure(tmp_path)

    assert (actual.source, actual.code) == (str(tmp_path), "not_found")
    assert ".jsonl or .ndjson" in actual.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission_are_unreadable(tmp_path: Path) -> None:
    """A file or folder the user may not open is named with a remedy."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").mkdir(mode=0)
    (tmp_path / "listed").mkdir()
    (tmp_path / "listed" / "b.txt").write_text("x")
    (tmp_path / "listed").chmod(0o400)
    actual = codes(tmp_path, tmp_path / "sub" / "c.txt")
    for name in ("sub", "listed"):
        (tmp_path / name).chmod(0o700)  # so that pytest can clear up

    assert actual == ["unreadable"] * 4


def test_a_name_too_long_is_a_failure(tmp_path: Path) -> None:
    """What the system refuses to look at is reported in its words, and the next source is read."""
    (tmp_path / "a.txt").write_text("x")

    assert codes(tmp_path / f"{'x' * 300}.txt", tmp_path / "a.txt") == ["unreadable", "ok"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no pipes among files")
def test_pipes_in_a_folder_do_not_block(tmp_path: Path) -> None:
    """A pipe found in a folder is skipped."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "a.txt").write_text("x")

    assert codes(tmp_path) == ["ok"]


def test_dangling_links_are_reported(tmp_path: Path) -> None:
    """A link to nowhere inside a folder is a failure, not a gap."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")

    assert codes(tmp_path) == ["not_found"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    """A folder linked into itself is read once."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert codes(tmp_path) == ["ok"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_names_that_are_no_utf_8_are_read(tmp_path: Path) -> None:
    """A file named in an old charset is read, its name shown with U+FFFD."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xe3\xd5.txt")
    Path(path).write_text("x")

    assert [item.source for item in read_sources([path])] == [f"{tmp_path}/\ufffd\ufffd.txt"]


def test_a_file_too_large_names_size_and_remedy(tmp_path: Path) -> None:
    """The limit holds for a whole file, and for one line of JSON Lines only."""
    (tmp_path / "a.txt").write_bytes(b"x" * 2_500_000)
    actual = failure(tmp_path / "a.txt", max_bytes=2_000_000)
    assert actual.code == "too_large"
    assert "this is 2.5 MB, more than the 2 MB" in actual.message

    (tmp_path / "b.jsonl").write_bytes(ROW * 10)
    assert codes(tmp_path / "b.jsonl", max_bytes=len(ROW)) == ["ok"] * 10


def test_standard_input_is_json_lines() -> None:
    """`-` reads the stream given, between files."""
    actual = list(read_sources(["-"], stdin=io.BytesIO(ROW + b"{\n" + ROW)))

    assert [(item.source, isinstance(item, Page)) for item in actual] == [
        ("standard input, line 1", True),
        ("standard input, line 2", False),
        ("standard input, line 3", True),
    ]


def test_a_disk_error_ends_one_source(tmp_path: Path) -> None:
    """When reading breaks off, what came before is kept and the next source is read."""

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(size)

    (tmp_path / "a.txt").write_text("x")
    actual = list(read_sources(["-", tmp_path / "a.txt"], stdin=Failing(ROW * 2)))

    assert [getattr(item, "code", "ok") for item in actual] == ["ok", "ok", "unreadable", "ok"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first page is there before later files are opened."""
    (tmp_path / "a.jsonl").write_bytes(ROW)
    pages = read_sources([tmp_path / "a.jsonl", tmp_path / "later.jsonl"])
    assert isinstance(next(pages), Page)
    (tmp_path / "later.jsonl").write_text(json.dumps({"text": "b"}))

    assert isinstance(next(pages), Page)
