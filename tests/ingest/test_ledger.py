"""The ledger through its doors: an article's figures follow it, and the commands list and read them."""

import csv
import io
import json
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_fakes import INGEST, EmbeddingsServer, article, environment, ingest, keep, open_fake_library

from ingest.aliases import Aliases
from ingest.archive import Archive, FigureFilters, Reading
from ingest.articles import Metadata
from ingest.domain import Article, LedgerEntry, Page, Speaker, StatedFigure
from ingest.ledger import READER, read_ledger
from ingest.ledger_rows import COLUMNS, LedgerRow, csv_lines, row_of
from ingest.pipeline import Ingestion
from ingest.places import Places
from ingest.reread import read_due

STRIKE = (
    "SOHR said at least 28 civilians were killed in Aleppo on Thursday.\n"
    "SANA said 30 people were killed. The road is 5 km long."
)
ROWS = (
    {"id": "a", "outlet": "Dispatch", "title": "=Strike", "published_at": "2018-05-04", "text": STRIKE},
    {
        "id": "b",
        "outlet": "نبض",
        "published_at": "2018-05-06",
        "text": "قالت سانا إن 1,700 مدنيا نزحوا يوم الجمعة من إدلب.",
    },
    {"id": "c", "text": "SOHR said 12 people left Idlib."},
)
EVERY = FigureFilters(unattributed=True)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[dict[str, str]]:
    """Start an embeddings server and give the settings that name it."""
    server = EmbeddingsServer()
    yield {"QA_EMBEDDING__BASE_URL": server.url, "QA_EMBEDDING__MODEL": "words"}
    server.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, endpoint: dict[str, str]) -> Path:
    """An archive of three articles, filled by the command."""
    folder = tmp_path_factory.mktemp("ledger")
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    assert ingest(folder, "add", "-", stdin=lines, **endpoint).returncode == 0
    return folder


def listed(data: Path, *options: str) -> list[dict[str, object]]:
    """What `ingest ledger --json` lists."""
    done = ingest(data, "ledger", "--json", *options)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)["figures"]
    return found


def made(**fields: object) -> LedgerEntry:
    """Make an entry."""
    figure = StatedFigure(value=54, bound="exact", start=14, end=16, quote="54", unit="people", unit_canonical="people")
    return LedgerEntry.model_validate(
        {"article_id": "a1", "figure": figure, "sentence_start": 0, "sentence_end": 28, **fields}
    )


def test_entries_of_an_article() -> None:
    """Each figure stands in its sentence, with who says it, its places (else the headline's) and day."""
    item = article(text=STRIKE, title="Raid near Idlib", published_at=datetime(2018, 5, 4, tzinfo=UTC))
    entries = read_ledger(item, aliases=Aliases.default(), places=Places.default())

    assert [entry.figure.value for entry in entries] == [28, 30, 5]
    assert [entry.speaker and entry.speaker.canonical for entry in entries] == [
        Aliases.default().canonical("SOHR"), Aliases.default().canonical("SANA"), None,
    ]  # fmt: skip
    assert [entry.day for entry in entries] == [date(2018, 5, 3), None, None]
    assert [entry.places for entry in entries] == [("Aleppo",), ("Idlib", "Aleppo"), ("Idlib", "Aleppo")]
    assert [item.text[entry.sentence_start : entry.sentence_end] for entry in entries] == [
        "SOHR said at least 28 civilians were killed in Aleppo on Thursday.",
        "SANA said 30 people were killed.",
        "The road is 5 km long.",
    ]


@given(st.text(max_size=200))
def test_any_article_has_entries_that_hold(text: str) -> None:
    """Whatever an article says, each entry's quote and sentence are where it says."""
    item = article(text=text + " SOHR said 12 people left.")
    for entry in read_ledger(item, aliases=Aliases.default(), places=Places.default()):
        assert item.text[entry.figure.start : entry.figure.end] == entry.figure.quote
        assert entry.sentence_start <= entry.figure.start < entry.figure.end <= entry.sentence_end <= len(item.text)


def test_an_entry_comes_back_as_it_went_in(tmp_path: Path) -> None:
    """Every field of an entry survives the archive, in order, and an unknown article has none."""
    said = {"name": "الوزارة", "canonical": "Ministry"}
    whole = made(
        via=Speaker(name="سانا", canonical="SANA"), speaker=Speaker(**said), places=("B", "A"), day=date(2018, 5, 3)
    )
    subset = made(
        figure=whole.figure.model_copy(update={"value": 0.5, "fate": "killed", "whole": 0, "bound": "at_most"})
    )
    item = article()
    with Archive(tmp_path / "a.sqlite3") as archive:
        keep(archive, item)
        archive.figures.keep([(item, Reading("1", [whole, subset]))])

        assert archive.figures.of_articles(["a1", "none"]) == {"a1": [whole, subset], "none": []}
        assert [row.entry for row in archive.figures.select(EVERY).rows] == [whole, subset]
        assert (archive.figures.count(FigureFilters()), archive.figures.count(EVERY), archive.status().figures) == (
            1,
            2,
            2,
        )


def test_figures_follow_their_article(tmp_path: Path) -> None:
    """An update replaces an article's figures in the same step; a removal takes them out, places and all."""

    def add(text: str) -> None:
        pages = [Page(source="1", id="x", text=text), Page(source="2", id="y", text="SOHR said 3 people left Aleppo.")]
        assert Ingestion(library).run(pages, Metadata()).failed == []

    def values() -> list[float]:
        return [row.entry.figure.value for row in library.archive.figures.select(EVERY).rows]

    with open_fake_library(tmp_path) as library:
        add("SOHR said 54 people left Idlib.")
        assert values() == [54, 3]
        add("SOHR said 60 people and 2 dogs left Idlib.")
        assert values() == [60, 2, 3]
        library.archive.remove("x")
        assert values() == [3]
        assert library.archive.figures.count_due(READER) == 0

    with sqlite3.connect(tmp_path / "archive.sqlite3") as raw:
        counts = [
            raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("figures", "figure_places", "readings")
        ]
    assert counts == [1, 1, 1]


def test_an_article_changed_while_it_was_read_stays_due(tmp_path: Path) -> None:
    """What was read of an older text is never kept for the newer one."""
    old, new = article(text="Five left. 54 people died."), article(text="54 people died.")
    with Archive(tmp_path / "a.sqlite3") as archive:
        keep(archive, new)
        archive.figures.keep([(old, Reading(READER, [made()])), (article("gone"), Reading(READER, []))])

        assert archive.figures.count_due(READER) == 1
        assert archive.figures.of_articles(["a1"]) == {"a1": []}


def test_what_an_older_reader_read_is_read_again(tmp_path: Path) -> None:
    """Articles of another version, or never read, are due; reading them tells how far it is, and again does nothing."""
    told: list[tuple[int, int]] = []
    with Archive(tmp_path / "a.sqlite3") as archive:
        for number in range(45):
            keep(archive, article(f"a{number}", f"SOHR said {number + 2} people left."))
        archive.figures.keep([(archive.get("a7"), Reading("0", [made(article_id="a7")]))])
        names = {"aliases": Aliases.default(), "places": Places.default()}

        assert archive.figures.count_due(READER) == 45
        assert read_due(archive, **names, on_read=lambda done, total: told.append((done, total))) == 45
        assert told == [(20, 45), (40, 45), (45, 45)]
        assert [entry.figure.value for entry in archive.figures.of_articles(["a7"])["a7"]] == [9]
        assert read_due(archive, **names) == 0


def test_an_archive_of_an_earlier_release(data: Path, tmp_path: Path, endpoint: dict[str, str]) -> None:
    """Without the ledger's tables it is migrated; status says how many are due; the first use reads them."""
    folder = tmp_path / "old"
    folder.mkdir()
    exported = ingest(data, "export").stdout
    assert ingest(folder, "add", "-", stdin=exported, **endpoint).returncode == 0
    with sqlite3.connect(folder / "archive.sqlite3") as raw:
        for table in ("figure_places", "figures", "readings"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")

    before = json.loads(ingest(folder, "status", "--json").stdout)
    assert (before["figures"], before["unread"]) == (0, 3)
    listing = ingest(folder, "ledger", "--json")
    assert "Reading figures" in listing.stderr
    assert json.loads(listing.stdout)["figures"] == listed(data)
    after = json.loads(ingest(folder, "status", "--json").stdout)
    assert (after["figures"], after["unread"]) == (5, 0)


def test_a_rebuild_reads_figures_again(tmp_path: Path, endpoint: dict[str, str]) -> None:
    """Whatever the ledger held, `ingest rebuild` makes it anew."""
    assert ingest(tmp_path, "add", "-", stdin=json.dumps(ROWS[0]), **endpoint).returncode == 0
    with sqlite3.connect(tmp_path / "archive.sqlite3") as raw:
        raw.execute("UPDATE figures SET value = 1")

    assert ingest(tmp_path, "rebuild", "--json", **endpoint).returncode == 0
    assert [row["value"] for row in listed(tmp_path, "--all")] == [28, 30, 5]


def test_a_row_can_be_checked(data: Path) -> None:
    """A row has its quote and sentence where it says, in the text whose checksum it gives."""
    texts = {row["id"]: row["text"] for row in ROWS}
    rows = [LedgerRow.model_validate(row) for row in listed(data, "--all")]

    assert [(row.article_id, row.value) for row in rows] == [("b", 1700), ("a", 28), ("a", 30), ("a", 5), ("c", 12)]
    for row in rows:
        assert texts[row.article_id][row.start : row.end] == row.quote
        assert texts[row.article_id][row.sentence.start : row.sentence.end] == row.sentence.text
    first = rows[1]
    assert first.speaker == Speaker(name="SOHR", canonical=Aliases.default().canonical("SOHR") or "")
    assert (first.bound, first.unit, first.unit_canonical) == ("at_least", "civilians", "civilians")
    assert (first.places, first.day, first.outlet) == (("Aleppo",), date(2018, 5, 3), "Dispatch")


@pytest.mark.parametrize(
    ("options", "values"),
    [
        ([], [1700, 28, 30, 12]),
        (["--all"], [1700, 28, 30, 5, 12]),
        (["--speaker", "المرصد السوري لحقوق الإنسان"], [28, 12]),
        (["--speaker", "sohr"], [28, 12]),
        (["--speaker", "سَانـا"], [1700, 30]),
        (["--speaker", "SANA", "--speaker", "SOHR"], [1700, 28, 30, 12]),
        (["--speaker", "Nobody"], []),
        (["--unit", "civilians"], [1700, 28]),
        (["--unit", "مدنيين"], [1700, 28]),
        (["--unit", "killed"], [28, 30]),
        (["--unit", "KM", "--all"], [5]),
        (["--place", "حلب"], [28, 30]),
        (["--place", "Idlib"], [1700, 12]),
        (["--date-from", "2018-05-04", "--date-to", "2018-05-04"], [1700, 30]),
        (["--date-to", "2018-05-03"], [28]),
        (["--value", "28"], [28]),
        (["--value-min", "28", "--value-max", "30"], [28, 30]),
        (["--value", "28", "--value-min", "29"], []),
        (["--article", "a"], [28, 30]),
        (["--outlet", "نبض"], [1700]),
        (["--language", "AR"], [1700]),
        (["--from", "2018-05-05"], [1700]),
        (["--to", "2018-05-05"], [28, 30]),
        (["--limit", "3"], [1700, 28, 30]),
    ],
)
def test_filters(data: Path, options: list[str], values: list[float]) -> None:
    """Each filter keeps what it should, by names in either language; newest first, undated last."""
    assert [row["value"] for row in listed(data, *options)] == values


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_join(data: Path, limit: int) -> None:
    """Pages of any length give every row once, in one order."""
    with Archive(data / "archive.sqlite3") as archive:
        found, cursor = [], None
        while True:
            page = archive.figures.select(EVERY, cursor=cursor, limit=limit)
            found += page.rows
            cursor = page.next_cursor
            if cursor is None:
                break
        assert found == archive.figures.select(EVERY).rows
        assert len(found) == archive.figures.count(EVERY) == 5


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_a_strange_cursor_is_refused(cursor: str) -> None:
    """What is no cursor of ours is a ValueError, whatever it is."""
    from ingest.archive.figure_filters import read_cursor

    with pytest.raises(ValueError, match="next_cursor"):
        read_cursor(cursor)


def test_a_table_for_spreadsheets(data: Path) -> None:
    """CSV as in RFC 4180, every row; nothing a source wrote can run as a formula."""
    done = subprocess.run(
        [*INGEST, "ledger", "--all", "--csv"], env=environment(data), capture_output=True, check=True, timeout=60
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))

    assert done.stdout.count(b"\r\n") == 6
    assert tuple(rows[0]) == COLUMNS
    assert [row["value"] for row in rows] == ["1700", "28", "30", "5", "12"]
    assert rows[1]["title"] == "'=Strike"
    assert (rows[0]["speaker"], rows[0]["speaker_canonical"]) == ("سانا", Aliases.default().canonical("SANA"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_made_harmless(start: str) -> None:
    """Text that begins as a formula gets an apostrophe; numbers stay numbers, line ends stay in their cell."""
    item: Article = article(text="x" * 40, title=f'{start}cmd("a"),\r\nb')
    figure = made().figure.model_copy(update={"value": -2.5})
    from ingest.archive import Recorded

    row = row_of(Recorded(made(figure=figure), item))
    [cells] = csv.DictReader(io.StringIO("".join(csv_lines([row])), newline=""))

    assert cells["title"] == f"'{item.title}"
    assert cells["value"] == "-2.5"


def test_the_table_for_people(data: Path) -> None:
    """A table with hedges as signs; what else there is and what finds nothing is said on standard error."""
    done = ingest(data, "ledger", "--limit", "2", COLUMNS="180")
    assert done.returncode == 0
    assert "≥28" in done.stdout
    assert "1,700" in done.stdout
    assert "2 of 4 figures" in done.stderr

    none = ingest(data, "ledger", "--speaker", "Nobody")
    assert (none.returncode, none.stdout) == (0, "")
    assert "No figure passes" in none.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ledger", "--value", "many"],
        ["ledger", "--value-max", "nan"],
        ["ledger", "--date-from", "May"],
        ["ledger", "--language", "Klingonese"],
        ["ledger", "--speaker", " "],
        ["ledger", "--limit", "0"],
        ["ledger", "--csv", "--json"],
        ["figures"],
        ["figures", "a", "b"],
    ],
)
def test_wrong_usage(data: Path, arguments: list[str]) -> None:
    """Values that cannot be are wrong usage: exit code 2, nothing on standard output."""
    done = ingest(data, *arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_no_archive_is_told(tmp_path: Path) -> None:
    """A misspelt folder must not pass for an empty ledger."""
    done = ingest(tmp_path / "typo", "ledger", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "typo").exists()


def test_figures_of_lines(tmp_path: Path) -> None:
    """One object a line, also of empty ones; exact offsets within the line; no archive is made."""
    lines = ["SOHR said at least 28 civilians were killed.", "", "قالت سانا إن 1,700 شخصا نزحوا.", "Nothing here."]
    source = tmp_path / "lines.txt"
    source.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    done = ingest(tmp_path / "data", "figures", source, PYTHONIOENCODING="ascii")
    objects = [json.loads(line) for line in done.stdout.splitlines()]

    assert (done.returncode, done.stderr) == (0, "")
    assert [one["text"] for one in objects] == lines
    assert objects[0]["figures"] == [
        {
            "value": 28, "bound": "at_least", "quote": "28", "start": 19, "end": 21, "unit": "civilians",
            "unit_canonical": "civilians",
            "speaker": {"name": "SOHR", "canonical": Aliases.default().canonical("SOHR")},
        }
    ]  # fmt: skip
    assert [len(one["figures"]) for one in objects] == [1, 0, 1, 0]
    assert '"value": 28,' in done.stdout
    assert not (tmp_path / "data").exists()


def test_figures_of_a_pipe_come_at_once(tmp_path: Path) -> None:
    """A line's figures are printed before the next line is there."""
    command = subprocess.Popen(
        [*INGEST, "figures", "-"], env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    watchdog = threading.Timer(60, command.kill)
    watchdog.start()
    with command:
        assert command.stdin
        assert command.stdout
        for number in (5, 6):
            command.stdin.write(f"{number} km\n".encode())
            command.stdin.flush()
            assert json.loads(command.stdout.readline())["figures"][0]["value"] == number
        command.stdin.close()
        assert command.stdout.read() == b""
    watchdog.cancel()
    assert command.returncode == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1256"])
def test_figures_of_other_encodings(tmp_path: Path, encoding: str) -> None:
    """Text that is not in UTF-8 is read as articles are."""
    lines = ["قالت الوكالة إن 12 شخصا غادروا المدينة مساء.", "ثم عاد 9 منهم إلى بيوتهم."]
    source = tmp_path / "lines.txt"
    source.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    done = ingest(tmp_path, "figures", source)

    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == lines


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    """A file that is missing or binary is a line on standard error and exit code 1."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 30)
    for name, words in (("a.png", "an image"), ("none.txt", "cannot be read"), (".", "cannot be read")):
        done = ingest(tmp_path, "figures", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("ledger", ["--speaker", "--unit", "--place", "--date-from", "--value-min", "--all", "--csv", "ingest ledger"]),
        ("figures", ["line by line", "standard input", "echo", '"bound": "at_least"']),
    ],
)
def test_help_teaches(tmp_path: Path, command: str, words: list[str]) -> None:
    """Each command's help is enough to use it, with an example."""
    done = ingest(tmp_path, command, "--help", COLUMNS="200")
    text = " ".join(done.stdout.replace("│", " ").split())

    assert (done.returncode, done.stderr) == (0, "")
    assert [word for word in words if word not in text] == []
