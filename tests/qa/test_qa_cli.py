"""The command `qa`: answers for people, the contract's objects for programs, exit codes for scripts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import qa.answerers
from ingest.domain import Page
from ingest.settings import Settings
from qa.answer import Answer
from qa.api.schemas import SearchResponse
from qa.bootstrap import open_service
from qa.cli import app
from qa.domain import Draft, Evidence
from qa.extract import Extraction
from tests.model_server import honest, model_server

LONG = "قالت السلطات إن المياه غمرت الأحياء السكنية كلها،\tوإن «١٢ شخصاً» قُتلوا " * 8 + "في وادي السدر."
PAGES = (
    Page(source="1", id="flood", outlet="نبض المدينة", title="سيول", published_at="2020-10-05", text=LONG),
    Page(source="2", id="bare", text="The coast guard said 41 people [about half of them crew] died. :smile:"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of two articles, embedded by the bundled model."""
    made = tmp_path_factory.mktemp("cli")
    with open_service(Settings(data_dir=made)) as service:
        service.ingest(PAGES, lambda _: None)
    return made


@pytest.fixture(autouse=True)
def _settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(folder))
    monkeypatch.setenv("COLUMNS", "40")


@pytest.fixture
def asserting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every question answered, by its passages whole: when to abstain is tested elsewhere."""

    def extract(evidence: Evidence, *_: object, **__: object) -> Extraction:
        drafts = [
            Draft(
                text=passage.text,
                article=passage.article,
                passage_id=passage.passage_id,
                quote=passage.text,
                start=passage.start,
                end=passage.end,
                confidence=0.9,
            )
            for passage in evidence.passages
        ]
        return Extraction(tuple(drafts), 0.9)

    # The answerer's threshold is calibrated elsewhere; the step is the seam.
    monkeypatch.setattr(qa.answerers, "extract", extract)


def run(*arguments: str) -> Result:
    """Run `qa`."""
    return CliRunner().invoke(app, arguments)


def printed(*arguments: str) -> Any:
    """Run `qa … --json`, and give the object that it printed, alone, on standard output."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("asserting")
def test_answer_then_numbered_sources() -> None:
    """The answer comes first, then each source with its number, outlet, day and headline."""
    result = run("ask", "كم شخصاً قُتل؟")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert lines[0] == "بكلمات الأرشيف نفسها:"
    assert lines.index("المصادر") > 0
    assert any(re.fullmatch(r"\[\d\] نبض المدينة، 2020-10-05: سيول", line) for line in lines)
    assert any(re.fullmatch(r"\[\d\] جهة نشر غير مسمّاة، بلا تاريخ", line) for line in lines)
    assert any(line.startswith("    flood، المحارف من 0 إلى ") for line in lines)


@pytest.mark.usefixtures("asserting")
def test_quotes_are_whole() -> None:
    """Quotes are printed letter for letter: never wrapped, tabs, digits, brackets and colons as they stand."""
    result = run("ask", "كم شخصاً قُتل؟")

    for page in PAGES:
        assert f"    {page.text}\n" in result.stdout


@pytest.mark.usefixtures("asserting")
def test_answer_for_programs() -> None:
    """`--json` prints the contract's object and nothing else, letters as letters."""
    result = run("ask", "How many died?", "--json")
    answer = Answer.model_validate_json(result.stdout)

    assert (answer.status, answer.answer_language, len(answer.citations)) == ("answered", "en", 2)
    assert "وادي السدر" in result.stdout
    assert json.loads(result.stdout)["citations"][0]["published_at"] in {"2020-10-05T00:00:00Z", None}
    assert answer.model_dump(mode="json") == json.loads(result.stdout)


def test_the_model_drafts_where_one_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    """`qa ask` is answered by the model that is set, and by the sources' own words with `--mode extractive`."""
    with model_server(honest) as server:
        monkeypatch.setenv("QA_LLM__BASE_URL", server.base_url)
        monkeypatch.setenv("QA_LLM__MODEL", "fake")
        modes = [
            printed("ask", "How many people died?", *mode)["trace"]["mode"]
            for mode in ([], ["--mode", "llm"], ["--mode", "extractive"])
        ]

        assert modes == ["llm", "llm", "extractive"]
        assert len(server.chats) in {2, 4}


def test_mode_llm_needs_a_model() -> None:
    """Asking for a model's draft where none is configured is an error that says what to set."""
    result = run("ask", "How many?", "--mode", "llm")

    assert result.exit_code == 1
    assert "QA_LLM__MODEL" in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_abstaining_is_success() -> None:
    """An abstention is printed as an answer, in words, and is exit code 0."""
    result = run("ask", "How many?", "--outlet", "Nobody's")

    assert result.exit_code == 0
    assert result.stdout == "No article in the archive passes the filters of this question.\n"
    assert printed("ask", "How many?", "--outlet", "Nobody's")["reason"] == "filtered_out"


def test_nearest_passages_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is claimed, the nearest passages are named."""
    # The answerer's threshold is calibrated elsewhere; the step is the seam.
    monkeypatch.setattr(qa.answerers, "extract", lambda *_, **__: Extraction((), 0.1))
    result = run("ask", "How many?")

    assert result.stdout.startswith("As far as could be established, the archive does not say.")
    assert "Nearest passages" in result.stdout
    assert "outlet not named, undated (bare)" in result.stdout


def test_search_for_people() -> None:
    """A search prints ranked passages with source, scores and place."""
    result = run("search", "coast guard", "--top-k", "1")

    assert result.exit_code == 0
    assert result.stdout.startswith("1. outlet not named, undated (bare)\n   score ")
    assert f"   {PAGES[1].text}\n" in result.stdout
    assert "2. " not in result.stdout


def test_search_for_programs() -> None:
    """`--json` prints the contract's object."""
    found = SearchResponse.model_validate(printed("search", "coast guard"))

    assert {"bare", "flood"} == {passage.article_id for passage in found.passages}


def test_search_that_finds_nothing() -> None:
    """A search without a result prints nothing on standard output, says why on standard error, and is no failure."""
    result = run("search", "ferry", "--language", "fr")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing found" in result.stderr
    assert printed("search", "ferry", "--language", "fr") == {"passages": []}


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"flood", "bare"}),
        (["--outlet", "نبض المدينة"], {"flood"}),
        (["--outlet", "نبض المدينة", "--outlet", "x"], {"flood"}),
        (["--language", "en"], {"bare"}),
        (["--article", "bare"], {"bare"}),
        (["--from", "2020-10-05", "--to", "2020-10-05"], {"flood"}),
        (["--from", "2020-10-06"], set()),
        (["--to", "2020-10-04"], set()),
    ],
)
def test_filters(command: str, options: list[str], expected: set[str]) -> None:
    """Each filter is an option; days are included."""
    assert expected == {passage["article_id"] for passage in printed(command, "people", *options)["passages"]}


def test_answer_language() -> None:
    """`--answer-language` chooses the language of the service's own words."""
    assert printed("ask", "How many?", "--answer-language", "ar")["answer_language"] == "ar"


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [""],
        ["  "],
        ["س" * 2_001],
        ["q", "--top-k", "0"],
        ["q", "--top-k", "51"],
        ["q", "--top-k", "x"],
        ["q", "--from", "yesterday"],
        ["q", "--to", "2018-02-30"],
        ["q", "--article", ""],
        ["q", "--article", "x" * 201],
        ["q", "--nothing"],
        ["q", "extra"],
    ],
    ids=lambda arguments: " ".join(arguments)[:20],
)
def test_wrong_usage(command: str, arguments: list[str]) -> None:
    """Wrong usage is exit code 2, with a word on standard error and no traceback."""
    result = run(command, *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_answer_language() -> None:
    """A language that is no code is wrong usage."""
    assert run("ask", "q", "--answer-language", "Arabic").exit_code == 2


@pytest.fixture
def held(folder: Path) -> Iterator[None]:
    """Somebody else has the archive."""
    with open_service(Settings(data_dir=folder)):
        yield


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("command", [["ask", "q"], ["search", "q"]], ids=" ".join)
def test_failures(command: list[str]) -> None:
    """What fails is exit code 1, with what to do on standard error."""
    result = run(*command)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: Another process")


def test_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be used is exit code 1, and named."""
    monkeypatch.setenv("QA_MAX_REQUEST_MB", "much")
    result = run("ask", "q")

    assert result.exit_code == 1
    assert "QA_MAX_REQUEST_MB" in result.stderr


def test_help_teaches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help names the commands, the folder, every option, and gives examples in both languages."""
    monkeypatch.setenv("COLUMNS", "200")
    overview, asking, serving = run("--help").stdout, run("ask", "--help").stdout, run("serve", "--help").stdout

    for word in ("ask", "search", "serve", "QA_DATA_DIR", "ingest add"):
        assert word in overview
    options = ("--top-k", "--outlet", "--language", "--article", "--from", "--to", "--answer-language", "--json")
    for word in (*options, "Examples", "How many civilians", "كم مدنياً"):
        assert word in asking
    assert "127.0.0.1" in serving
    assert "/docs" in serving


def test_no_command() -> None:
    """`qa` alone shows its help and is wrong usage."""
    result = run()

    assert result.exit_code == 2
    assert "Usage" in result.output
