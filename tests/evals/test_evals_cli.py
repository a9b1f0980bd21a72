"""`evals` as it is used: sets in, measures out, archives kept between runs."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from evals_commands import QUESTIONS, STORIES, archives, run
from evals_fakes import Ideal, swap_speakers, write_set
from evals_servers import ModelServer, serving
from model_server import ModelServer as FakeModel
from model_server import broken, honest, model_server
from typer.testing import CliRunner

from evals.cli import DEMO, app
from evals.datasets import Dataset
from evals.runs import Run


def rate(document: Any, measure: str) -> float:
    """One measure's rate over a whole run."""
    value: float = document["measures"][measure]["overall"]["rate"]
    return value


def test_run_asks_scores_and_keeps_the_archive(folder: Path, tmp_path: Path) -> None:
    """Every question finds its story first; a second run finds the archive where the first one left it."""
    first = run("run", folder, "--out", tmp_path / "out.json")

    assert (first["n"], first["unscored"], rate(first, "recall_at_1"), rate(first, "citation_integrity")) == (
        4,
        0,
        1,
        1,
    )
    assert json.loads((tmp_path / "out.json").read_text()) == first
    kept = archives(tmp_path)
    folder.rename(tmp_path / "elsewhere")
    assert run("run", tmp_path / "elsewhere")["dataset"] == "elsewhere"
    assert archives(tmp_path) == kept != set()


def test_run_reads_squad_files(tmp_path: Path) -> None:
    """In a SQuAD file each paragraph is an article and each question counts where it is found first."""
    paragraphs = [
        {"context": text, "qas": [{"id": key, "question": QUESTIONS[key], "answers": [{"text": text[:12]}]}]}
        for key, text in STORIES.items()
    ]
    (tmp_path / "mini.json").write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}))

    measured = run("run", tmp_path / "mini.json")

    assert (measured["n"], rate(measured, "recall_at_1"), measured["items"][0]["kind"]) == (4, 1.0, "squad")


def test_run_prints_a_table_and_says_where_the_run_is(folder: Path, tmp_path: Path) -> None:
    """Measures with intervals on standard output, the file on standard error."""
    result = CliRunner().invoke(app, ["run", str(folder)], env={"COLUMNS": "160"})

    assert result.exit_code == 0
    assert re.search(r"Retrieval: right passage first +│ 1\.000 │ 0\.\d+ to 1\.000 │ 4", result.stdout)
    assert f"Written to {tmp_path / 'data' / 'evals' / 'runs' / 'set.json'}" in result.stderr.replace("\n", "")


def test_run_draws_by_the_seed(folder: Path) -> None:
    """Two of four, the same each time."""
    drawn = [item["id"] for item in run("run", folder, "--limit", 2, "--seed", 5)["items"]]

    assert len(drawn) == 2
    assert drawn == [item["id"] for item in run("run", folder, "--limit", 2, "--seed", 5)["items"]]


def test_two_runs_compare_as_the_same(folder: Path, tmp_path: Path) -> None:
    """Exit code 0, and it says so."""
    for name in ("one", "two"):
        run("run", folder, "--out", tmp_path / f"{name}.json")
    result = CliRunner().invoke(app, ["compare", str(tmp_path / "one.json"), str(tmp_path / "two.json")])

    assert result.exit_code == 0, result.output
    assert "the same in everything but their times" in result.stdout
    assert "set: no regression." in result.stdout


def test_a_server_is_filled_asked_and_compared(
    small_folder: Path, small: Dataset, ideal: Ideal, tmp_path: Path
) -> None:
    """Over real sockets: an empty server gets the articles; a worse one turns the comparison red, its items named."""
    for name, spoil in (("good", lambda _: None), ("bad", swap_speakers)):
        with serving(ideal.app(spoil)) as address:
            measured = run("run", small_folder, "--server", address, "--out", tmp_path / f"{name}.json")
    assert (measured["server"], measured["data_sha256"], measured["unscored"]) == (address, small.sha256, 0)

    files = [str(tmp_path / "good.json"), str(tmp_path / "bad.json")]
    result = CliRunner().invoke(app, ["compare", *files], env={"COLUMNS": "200"})
    assert result.exit_code == 1
    assert "WORSE" in result.stdout
    assert "toll (figure, en) How many civilians died by the ministry's count?" in result.stdout
    assert "ascribed to Somebody Else, should be The ministry" in result.stdout
    assert "small: REGRESSION." in result.stdout
    as_json = CliRunner().invoke(app, ["compare", *files, "--json"])
    assert (as_json.exit_code, json.loads(as_json.stdout)["red"]) == (1, True)


def test_a_server_with_other_articles_is_not_asked(small_folder: Path, ideal: Ideal) -> None:
    """Nothing is sent into an archive that holds something else."""
    with serving(ideal.app()) as address:
        httpx.post(f"{address}/v1/articles", json={"articles": [{"id": "other", "text": "x"}]})
        result = CliRunner().invoke(app, ["run", str(small_folder), "--server", address])

    assert result.exit_code == 1
    assert "holds 1 other articles, and not 'raid-en' of this set" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("server", ["http://127.0.0.1:9", "nonsense"])
def test_a_server_that_is_none_is_said(small_folder: Path, server: str) -> None:
    """One line, exit code 1, nothing printed as a result."""
    result = CliRunner().invoke(app, ["run", str(small_folder), "--server", server])

    assert (result.exit_code, result.stdout) == (1, "")
    assert server in result.stderr
    assert "Traceback" not in result.stderr


def test_what_failed_is_asked_again_by_the_same_command(small_folder: Path, ideal: Ideal, tmp_path: Path) -> None:
    """A run with failures ends with exit code 1 and keeps what was answered; the next one completes it."""
    asked: list[str] = []

    def once(document: dict[str, Any]) -> None:
        asked.append(str(document.get("question")))
        if asked[-1].startswith("When") and len(asked) <= 4:
            document.clear()

    command = ["run", str(small_folder), "--out", str(tmp_path / "run.json"), "--concurrency", "1"]
    with serving(ideal.app(once)) as address:
        failed = CliRunner().invoke(app, [*command, "--server", address])
        assert failed.exit_code == 1
        assert "1 of 6 items are unscored" in failed.stderr
        again = CliRunner().invoke(app, [*command, "--server", address])

    assert again.exit_code == 0, again.output
    assert len(asked) == 7
    assert json.loads((tmp_path / "run.json").read_text())["unscored"] == 0
    assert list(tmp_path.glob("*.partial")) == []


def test_a_model_that_is_not_configured_is_said(folder: Path, tmp_path: Path) -> None:
    """Without one there is no `llm`: nothing is filled or asked, and the settings that it takes are named."""
    result = CliRunner().invoke(app, ["run", str(folder), "--mode", "llm", "--out", str(tmp_path / "run.json")])

    assert result.exit_code == 1
    assert "Set QA_LLM__BASE_URL and QA_LLM__MODEL" in result.stderr.replace("\n", " ")
    assert not (tmp_path / "run.json").exists()
    assert not (tmp_path / "data").exists()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """A model that drafts honestly, configured."""
    with model_server(honest) as server:
        monkeypatch.setenv("QA_LLM__BASE_URL", server.base_url)
        monkeypatch.setenv("QA_LLM__MODEL", "gpt-4o-mini")
        yield server


def test_a_run_with_a_model_is_replayed_to_the_letter(folder: Path, tmp_path: Path, model: FakeModel) -> None:
    """Drafts come from the file; the run names the model and its prompt, and says what each answer took and cost."""
    calls, out = tmp_path / "calls.jsonl", tmp_path / "recorded.json"
    recorded = run("run", folder, "--mode", "llm", "--record", calls, "--out", out)
    asked = len(model.chats)
    replayed = run("run", folder, "--mode", "llm", "--replay", calls, "--out", tmp_path / "replayed.json")

    assert len(model.chats) == asked >= 4
    assert Run.read(out).same_answers(Run.read(tmp_path / "replayed.json"))
    assert replayed["measures"] == recorded["measures"]
    for one in (recorded, replayed):
        assert (one["versions"]["mode"], one["versions"]["model"]) == (["llm"], ["gpt-4o-mini"])
        assert one["versions"]["prompt"] == ["answer/v1"]
        assert one["versions"]["settings"]["llm_prompt"] == "answer/v1"
        assert one["tokens"]["prompt_tokens per item"] > 100
        assert one["tokens"]["cost_usd per item"] > 0
        assert {"total p50", "total p95"} <= one["clock"]["latency_ms"].keys()
    assert rate(recorded, "citation_integrity") == 1
    shown = CliRunner().invoke(app, ["report", str(out), "--out", str(tmp_path / "page.html")])
    page = (tmp_path / "page.html").read_text()
    assert shown.exit_code == 0
    assert "gpt-4o-mini" in page
    assert "cost_usd per item" in page


def test_a_model_that_is_set_up_can_be_left_out(folder: Path, model: FakeModel) -> None:
    """`--mode extractive` asks nobody."""
    assert run("run", folder, "--mode", "extractive")["versions"]["mode"] == ["extractive"]
    assert model.calls == []


def test_a_model_that_is_away_leaves_items_unscored(
    folder: Path, tmp_path: Path, model: FakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    """None of them counts as wrong, and the same command asks them again."""
    model.say(broken(400, "no such model"))
    command = ["run", str(folder), "--mode", "llm", "--out", str(tmp_path / "run.json")]
    away = CliRunner().invoke(app, command)
    model.say(honest)
    back = CliRunner().invoke(app, command)

    assert (away.exit_code, back.exit_code) == (1, 0), back.output
    assert "4 of 4 items are unscored" in away.stderr.replace("\n", " ")
    assert "The model refuses this service's calls" in " ".join(away.stderr.split())
    assert "no such model" in caplog.text  # what was refused is for the log, as with any service


def test_a_recorded_run_is_replayed_without_its_model(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Embeddings and grades come from the file, to the letter; nobody is asked."""
    server = ModelServer()
    calls = tmp_path / "calls.jsonl"
    monkeypatch.setenv("QA_EMBEDDING__MODEL", "words")
    monkeypatch.setenv("QA_LLM__MODEL", "judge")
    with serving(server.app) as address:
        monkeypatch.setenv("QA_EMBEDDING__BASE_URL", f"{address}/v1")
        monkeypatch.setenv("QA_LLM__BASE_URL", f"{address}/v1")
        recorded = run(
            "run", folder, "--judge", "--mode", "extractive", "--record", calls, "--out", tmp_path / "recorded.json"
        )
    asked = len(server.calls)
    replayed = run(
        "run", folder, "--judge", "--mode", "extractive", "--replay", calls, "--out", tmp_path / "replayed.json"
    )

    assert (set(server.calls), len(server.calls)) == ({"embeddings", "chat"}, asked)
    assert Run.read(tmp_path / "recorded.json").same_answers(Run.read(tmp_path / "replayed.json"))
    assert replayed["measures"]["judged_right"]["overall"]["n"] == 4
    assert recorded["tokens"]["judge_tokens"] == 40
    assert recorded["versions"]["judge"].startswith("judge with judge/v1 ")


def test_a_replay_that_misses_a_call_fails_loudly(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another question than recorded: exit code 1, the call is shown, no run is written."""
    monkeypatch.setenv("QA_EMBEDDING__MODEL", "words")
    with serving(ModelServer().app) as address:
        monkeypatch.setenv("QA_EMBEDDING__BASE_URL", f"{address}/v1")
        run("run", folder, "--record", tmp_path / "calls.jsonl")
    changed = (folder / "questions.jsonl").read_text().replace("after the ferry sank", "in the sunken ferry")
    (folder / "questions.jsonl").write_text(changed)

    result = CliRunner().invoke(
        app, ["run", str(folder), "--replay", str(tmp_path / "calls.jsonl"), "--out", str(tmp_path / "no.json")]
    )

    assert result.exit_code == 1
    assert "does not hold this call" in result.stderr
    assert "in the sunken ferry" in result.stderr
    assert not (tmp_path / "no.json").exists()


def test_a_judge_that_says_nothing_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is whole and written; that answers have no grade is exit code 1."""
    monkeypatch.setenv("QA_LLM__BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("QA_LLM__MODEL", "away")
    monkeypatch.setenv("QA_LLM__TIMEOUT_SECONDS", "1")
    result = CliRunner().invoke(app, ["run", str(folder), "--judge", "--mode", "extractive", "--limit", "1"])

    assert result.exit_code == 1
    assert "1 answers have no grade: not judged: The model away" in result.stderr.replace("\n", " ")


def test_a_set_whose_quotes_are_adrift_is_warned_of(folder: Path, tmp_path: Path) -> None:
    """Its rates would be zero for another reason than the service."""
    write_set(tmp_path / "other", articles=[{"id": "elsewhere", "text": "Nothing of it.", "language": "en"}])
    result = CliRunner().invoke(app, ["run", str(folder), "--articles", str(tmp_path / "other" / "articles.jsonl")])

    assert "Warning: 4 of 4 items have support that does not stand in the articles" in result.stderr.replace("\n", " ")


def test_a_run_says_what_was_set(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs under other settings can be told apart."""
    with_late = run("run", folder, "--out", tmp_path / "one.json")
    monkeypatch.setenv("QA_LATE_INTERACTION", "false")
    without = run("run", folder, "--out", tmp_path / "two.json")

    assert [one["versions"]["settings"]["late_interaction"] for one in (with_late, without)] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "{set}", "--out", "{tmp}"), "is a folder"),
        (("run", "{tmp}/nowhere"), "nowhere: there is no such file or folder"),
        (("report", "{tmp}/run.json", "--out", "{tmp}"), "cannot be written"),
    ],
)
def test_paths_that_cannot_be_used_are_named(folder: Path, tmp_path: Path, arguments: Sequence[str], said: str) -> None:
    """Before anything is asked, where that can be told."""
    if arguments[0] == "report":
        run("run", folder, "--out", tmp_path / "run.json")
    filled = [one.format(set=folder, tmp=tmp_path) for one in arguments]
    result = CliRunner().invoke(app, filled)

    assert result.exit_code == 1
    assert said in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr


def test_runs_of_one_name_are_told_apart_by_their_folders(folder: Path, tmp_path: Path) -> None:
    """Both are called run.json."""
    for name in ("before", "after"):
        run("run", folder, "--out", tmp_path / name / "run.json")
    files = [str(tmp_path / name / "run.json") for name in ("before", "after")]
    CliRunner().invoke(app, ["report", *files, "--out", str(tmp_path / "r.html")])

    assert all(f"</span>{one}" in (tmp_path / "r.html").read_text() for one in files)


def test_a_report_is_never_written_over_a_run(folder: Path, tmp_path: Path) -> None:
    """A slip must not cost a baseline; nor are page and JUnit one file."""
    run("run", folder, "--limit", 1, "--out", tmp_path / "run.json")
    before = (tmp_path / "run.json").read_text()
    over = CliRunner().invoke(app, ["report", str(tmp_path / "run.json"), "--out", str(tmp_path / "run.json")])
    twice = CliRunner().invoke(
        app, ["report", str(tmp_path / "run.json"), "--out", str(tmp_path / "x"), "--junit", str(tmp_path / "x")]
    )

    assert (over.exit_code, twice.exit_code) == (2, 2)
    assert (tmp_path / "run.json").read_text() == before


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--record", "a", "--replay", "b"), 2, "not both"),
        (("--server", "http://127.0.0.1:9", "--record", "a"), 1, "makes its own calls"),
        (("--judge",), 1, "QA_LLM__BASE_URL"),
        (("--limit", "0"), 2, "limit"),
        (("--mode", "magic"), 2, "mode"),
    ],
)
def test_options_that_make_no_sense_are_said(folder: Path, options: tuple[str, ...], code: int, said: str) -> None:
    """Wrong usage is exit code 2, what cannot be done here exit code 1."""
    result = CliRunner().invoke(app, ["run", str(folder), *options])

    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_validate_names_what_is_wrong(folder: Path) -> None:
    """A sound set is counted; one with a fault ends with exit code 1."""
    sound = CliRunner().invoke(app, ["validate", str(DEMO)])
    assert (sound.exit_code, "questions 64" in sound.stdout.replace("\n", " ")) == (0, True)

    broken = CliRunner().invoke(app, ["validate", str(folder), "--json"])
    assert broken.exit_code == 0
    text = (folder / "questions.jsonl").read_text()
    (folder / "questions.jsonl").write_text(text.replace("answered", "disputed", 1))
    broken = CliRunner().invoke(app, ["validate", str(folder), "--json"])
    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["set"]["problems"][0].startswith("q-quake: ")


def test_report_writes_page_and_junit(folder: Path, tmp_path: Path) -> None:
    """Both files, named on standard error."""
    run("run", folder, "--out", tmp_path / "run.json")
    result = CliRunner().invoke(
        app,
        ["report", str(tmp_path / "run.json"), "--out", str(tmp_path / "r.html"), "--junit", str(tmp_path / "r.xml")],
    )

    assert result.exit_code == 0, result.output
    assert "<!doctype html>" in (tmp_path / "r.html").read_text()
    assert 'tests="4"' in (tmp_path / "r.xml").read_text()


def test_fetch_lists_what_there_is_and_says_what_there_is_not(tmp_path: Path) -> None:
    """Without a name, all; a name nobody knows is exit code 1."""
    assert "CC BY-SA 4.0" in CliRunner().invoke(app, ["fetch"]).stdout
    assert run("fetch").keys() == {"xquad-en", "xquad-ar", "arcd"}
    result = CliRunner().invoke(app, ["fetch", "nothing", "--to", str(tmp_path / "sets")])
    assert result.exit_code == 1
    assert "xquad-ar" in result.stderr


def test_an_id_that_is_there_twice_is_refused_before_anything_is_asked(folder: Path) -> None:
    """Which of the two an answer belonged to, nobody could tell."""
    with (folder / "questions.jsonl").open("a") as stream:
        stream.write((folder / "questions.jsonl").read_text().splitlines()[0] + "\n")
    result = CliRunner().invoke(app, ["run", str(folder)])

    assert result.exit_code == 1
    assert "'q-quake' is there more than once" in result.stderr.replace("\n", " ")


def test_snippets_alone_cannot_be_asked() -> None:
    """They wait for a number reader; the message says what they are."""
    result = CliRunner().invoke(app, ["run", str(DEMO.parent / "numbers")])

    assert result.exit_code == 1
    assert "180 snippets" in result.stderr


@pytest.mark.parametrize("content", ["", "{", '{"question": "?"}\n'])
def test_a_set_that_cannot_be_read_is_said_plainly(tmp_path: Path, content: str) -> None:
    """An empty file, broken JSON and a question without its fields end with one line and exit code 1."""
    (tmp_path / "articles.jsonl").write_text('{"id": "a", "text": "One."}\n')
    (tmp_path / "questions.jsonl").write_text(content)

    result = CliRunner().invoke(app, ["run", str(tmp_path), "--json"])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert str(tmp_path) in result.stderr
    assert "Traceback" not in result.stderr


def test_archives_with_and_without_late_interaction_are_two(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was measured without it is not measured again in an archive that lacks it."""
    monkeypatch.setenv("QA_LATE_INTERACTION", "false")
    run("run", folder)
    monkeypatch.setenv("QA_LATE_INTERACTION", "true")
    run("run", folder)

    assert len(archives(tmp_path)) == 2
