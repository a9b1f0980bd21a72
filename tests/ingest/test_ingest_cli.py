"""The command `ingest`, as a person or a script runs it: real processes, real files, a fake embeddings server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ingest_fakes import EmbeddingsServer, free_port, ingest

from ingest.archive import Archive


@pytest.fixture(scope="module")
def endpoint() -> Iterator[dict[str, str]]:
    """Start an embeddings server and give the settings that name it."""
    server = EmbeddingsServer()
    yield {"QA_EMBEDDING__BASE_URL": server.url, "QA_EMBEDDING__MODEL": "words"}
    server.close()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Make a folder of good and bad files."""
    folder = tmp_path / "news"
    folder.mkdir()
    rows = [{"id": "j1", "text": "قُتل 54 شخصاً في السوسة."}, {"id": "j2"}, {"id": "j1", "text": "Another one."}]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    (folder / "b.txt").write_text("A strike hit al-Susah.", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 30)
    (folder / "d.md").write_text("---\ntitle: Toll rises\ndate: someday\n---\nThe toll rose.", encoding="utf-8")
    return folder


def test_adding_a_folder(tmp_path: Path, news: Path, endpoint: dict[str, str]) -> None:
    """Good files are added, bad ones named once each with their reason; the exit code is 1; again changes nothing."""
    data = tmp_path / "data"
    done = ingest(data, "add", "-v", news, "--outlet", "Harbour Courier", COLUMNS="200", **endpoint)

    assert done.returncode == 1, done.stderr
    for name in ("a.jsonl, line 2", "a.jsonl, line 3", "a.jsonl, line 4, column 2", "c.txt", "d.md"):
        assert done.stdout.count(f"{news / name}: ") == 1
    assert f"failed {news / 'c.txt'}\n" in done.stderr
    assert "already used by" in done.stdout
    assert "added j1\n" in done.stderr
    assert "added" not in done.stdout.replace("│", "").split("\n")[-2]
    with Archive(data / "archive.sqlite3") as archive:
        assert [article.outlet for article in archive.export()] == ["Harbour Courier"] * 2
        assert archive.get("j1").text == "قُتل 54 شخصاً في السوسة."

    again = ingest(data, "add", "--json", news, "--outlet", "Harbour Courier", **endpoint)
    result = json.loads(again.stdout)
    assert again.returncode == 1
    assert (
        result["added"], result["updated"], result["unchanged"], result["duplicates"], len(result["failed"]),
    ) == (0, 0, 2, 0, 5)  # fmt: skip
    assert {"source", "code", "message"} == set(result["failed"][0])


def test_a_run_cut_short_says_what_it_kept(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """When the endpoint is lost half way, the table of what was done still comes, before the error's exit code."""
    rows = [{"id": f"a{number}", "text": f"Story number {number}.\n" * 8} for number in range(40)]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "data").mkdir()
    assert ingest(tmp_path / "data", "add", "--json", source, **endpoint).returncode == 0

    gone = endpoint | {"QA_EMBEDDING__BASE_URL": f"http://127.0.0.1:{free_port()}/v1"}
    source.write_text(json.dumps(rows[0]) + "\n" + json.dumps({"text": "New."}) + "\n")
    done = ingest(tmp_path / "data", "add", "--json", source, **gone)

    assert done.returncode == 1
    assert (json.loads(done.stdout)["unchanged"], json.loads(done.stdout)["added"]) == (1, 0)
    assert "did not answer" in done.stderr


def test_one_text_refused_does_not_stop_the_rest(tmp_path: Path) -> None:
    """An article that the endpoint will not take is in the table with its reason; those beside it are added."""
    server = EmbeddingsServer(refuses="POISON")
    rows = [{"id": f"a{number}", "text": "POISON here." if number == 3 else f"Story {number}."} for number in range(7)]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    setting = {"QA_EMBEDDING__BASE_URL": server.url, "QA_EMBEDDING__MODEL": "words"}
    done = ingest(tmp_path / "data", "add", "--json", source, **setting)
    server.close()

    result = json.loads(done.stdout)
    assert (done.returncode, result["added"]) == (1, 6)
    assert [(one["source"], one["code"]) for one in result["failed"]] == [(f"{source}, line 4", "not_embedded")]


def test_a_rebuild_names_the_article_that_is_refused(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """With a model that will not take one article, rebuilding says which, and goes on once it is removed."""
    source, data = tmp_path / "rows.jsonl", tmp_path / "data"
    rows = [{"id": f"a{number}", "text": "POISON here." if number == 3 else f"Story {number}."} for number in range(7)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert ingest(data, "add", source, **endpoint).returncode == 0
    server = EmbeddingsServer(refuses="POISON")
    setting = {"QA_EMBEDDING__BASE_URL": server.url, "QA_EMBEDDING__MODEL": "strict"}

    refused = ingest(data, "rebuild", **setting)
    assert refused.returncode == 1
    assert "'a3'" in refused.stderr
    assert ingest(data, "remove", "a3", **setting).returncode == 0
    done = ingest(data, "rebuild", "--json", **setting)
    server.close()
    assert json.loads(done.stdout)["indexed"] == 6


def test_one_article_can_be_named(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """A file without id is another article once its text changes, unless it is given one; several cannot share it."""
    data, source = tmp_path / "data", tmp_path / "b.txt"
    outcomes = []
    for text in ("The first text.", "The first text, corrected."):
        source.write_text(text)
        outcomes.append(json.loads(ingest(data, "add", "--json", "--id", "b", source, **endpoint).stdout))

    assert [(one["added"], one["updated"]) for one in outcomes] == [(1, 0), (0, 1)]
    (tmp_path / "c.jsonl").write_text('{"text": "One."}\n')
    assert ingest(data, "add", "--id", "b", source, tmp_path / "c.jsonl", **endpoint).returncode == 2
    assert ingest(data, "add", "--url", "https://e.com/1", tmp_path / "c.jsonl", **endpoint).returncode == 2


def test_kinds_that_are_not_read_are_told(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """Files of other kinds in a folder are passed over with a word on standard error."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a.txt", "b.docx", "c.docx", "d"):
        (folder / name).write_text(f"Text of {name}.")

    done = ingest(tmp_path / "data", "add", "--json", folder, **endpoint)

    assert (done.returncode, json.loads(done.stdout)["added"]) == (0, 1)
    assert "their kind is not read: 1 × (no suffix), 2 × .docx." in done.stderr


def test_no_archive_is_told_and_none_is_made(tmp_path: Path) -> None:
    """A misspelt folder must not pass for an empty archive."""
    for command in (["export"], ["status"], ["rebuild"], ["remove", "a"]):
        done = ingest(tmp_path / "typo", *command)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"no archive in {tmp_path / 'typo'}" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_an_export_is_utf_8_everywhere(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """A terminal that knows no Arabic changes nothing in what is exported."""
    data, source = tmp_path / "da?ta=1%20", tmp_path / "a.txt"
    source.write_text("قُتل 28 مدنياً.", encoding="utf-8")
    assert ingest(data, "add", source, PYTHONIOENCODING="ascii", **endpoint).returncode == 0
    assert (data / "archive.sqlite3").exists()

    assert json.loads(ingest(data, "export", PYTHONIOENCODING="ascii").stdout)["text"] == "قُتل 28 مدنياً."


def test_an_archive_travels(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """Standard input in, export out, into a new archive: the same to the letter; remove and rebuild besides."""
    rows = [
        {"id": "a", "url": "https://e.com/a?b=1&c", "outlet": "عنب بلدي", "title": "T “q”", "author": "A",
         "published_at": "2018-05-04T10:30:00+03:00", "language": "ar", "text": " نصّ.\r\n\r\n\u2028Two\tlines. "},
        {"url": "https://e.com/b", "text": "A strike hit al-Susah.", "published_at": "2018-05-04"},
        {"text": "1 2 3"},
    ]  # fmt: skip
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    first, second = tmp_path / "first", tmp_path / "second"

    added = ingest(first, "add", "--json", "-", stdin=lines, **endpoint)
    assert (added.returncode, json.loads(added.stdout)["added"]) == (0, 3), added.stderr
    exported = ingest(first, "export")
    assert (exported.returncode, exported.stderr) == (0, "")
    (tmp_path / "export.jsonl").write_text(exported.stdout, encoding="utf-8")
    assert ingest(second, "add", tmp_path / "export.jsonl", **endpoint).returncode == 0
    assert exported.stdout == ingest(second, "export").stdout
    with Archive(first / "archive.sqlite3") as one, Archive(second / "archive.sqlite3") as other:
        assert list(one.export()) == list(other.export())

    removed = ingest(first, "remove", "--json", "a", "nobody", **endpoint)
    assert removed.returncode == 1
    assert json.loads(removed.stdout) == {"removed": ["a"], "not_found": ["nobody"]}
    assert "'nobody'" in removed.stderr

    rebuilt = ingest(first, "rebuild", "--json", **endpoint)
    assert (rebuilt.returncode, json.loads(rebuilt.stdout)) == (0, {"indexed": 2, "embedded": 0, "encoded": 0})

    status = ingest(first, "status", "--json")
    facts = json.loads(status.stdout)
    assert (status.returncode, status.stderr) == (0, "")
    assert tuple(
        facts[name]
        for name in ("articles", "passages", "unembedded", "earlier_versions", "index_pending", "embedder", "dimension")
    ) == (2, 2, 0, 0, 0, "openai/words", 32)
    assert str(first) == facts["data_dir"]


def test_another_embedder_needs_a_rebuild(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """Adding with another model is refused with the command to run, and that command mends it."""
    data = tmp_path / "data"
    assert ingest(data, "add", "-", stdin='{"text": "One."}\n', **endpoint).returncode == 0
    other = {**endpoint, "QA_EMBEDDING__MODEL": "other"}

    refused = ingest(data, "add", "-", stdin='{"text": "Two."}\n', **other)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "ingest rebuild" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "1 passages indexed, 1 embedded again, tokens of 0 encoded." in ingest(data, "rebuild", **other).stdout


def test_the_bundled_model_needs_no_settings(tmp_path: Path) -> None:
    """Nothing configured, nothing to reach: articles are added all the same."""
    done = ingest(tmp_path / "data", "add", "--json", "-", stdin='{"text": "A strike hit al-Susah."}\n')

    assert (done.returncode, json.loads(done.stdout)["added"]) == (0, 1), done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["add"], "PATH"),
        (["add", "x.txt", "--nonsense"], "--nonsense"),
        (["add", "x.txt", "--published-at", "someday"], "--published-at"),
        (["add", "x.txt", "--published-at", "03/04/2018"], "--published-at"),
        (["add", "x.txt", "--language", "Klingonese"], "--language"),
        (["add", "x.txt", "y.txt", "--url", "https://e.com"], "--url"),
        (["add", ".", "--url", "https://e.com"], "--url"),
        (["add", "-", "--url", "https://e.com"], "--url"),
        (["remove"], "ID"),
        (["vanish"], "vanish"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_done(tmp_path: Path, arguments: list[str], named: str) -> None:
    """The exit code is 2, the message names what is wrong, nothing is read or made."""
    done = ingest(tmp_path / "data", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([], ["add", "status", "remove", "rebuild", "export", "QA_DATA_DIR"]),
        (
            ["add"],
            [".txt", ".md", ".html", ".jsonl", "standard input", "--outlet", "--published-at", "--json", "twice"],
        ),
        (["status"], ["index", "--json"]),
        (["remove"], ["ID", "every store", "--json"]),
        (["rebuild"], ["embedded again", "--json"]),
        (["export"], ["JSON Lines", "ingest add"]),
    ],
)
def test_help_says_what_matters(tmp_path: Path, command: list[str], words: list[str]) -> None:
    """Each command's help is enough to use it."""
    done = ingest(tmp_path / "data", *command, "--help", COLUMNS="200")
    text = " ".join(done.stdout.replace("│", " ").split())

    assert (done.returncode, done.stderr) == (0, "")
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"QA_MAX_ARTICLE_MB": "much"}, "QA_MAX_ARTICLE_MB"),
        ({"QA_CHROMA_URL": "http://127.0.0.1:9"}, "http://127.0.0.1:9"),
    ],
)
def test_trouble_is_a_line_not_a_traceback(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    """What cannot be used is named on standard error, with exit code 1."""
    (tmp_path / "data").mkdir()
    with Archive(tmp_path / "data" / "archive.sqlite3"):
        done = ingest(tmp_path / "data", "rebuild", **variables)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_archive_is_a_line_not_a_traceback(tmp_path: Path) -> None:
    """A file that is no archive is refused by every command."""
    (tmp_path / "archive.sqlite3").write_bytes(b"something else" * 999)
    done = ingest(tmp_path, "status", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: The archive ")
