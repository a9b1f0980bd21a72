"""`evals` as it is used: sets in, measures out, archives kept between runs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from evals.cli import app
from qa.confidence import Features

ROOT = Path(__file__).parents[2]
STORIES = {
    "quake": "An earthquake killed sixty-three people in the Rimah Mountains, the civil protection authority said.",
    "ferry": "The coast guard found forty-one bodies after the ferry Nawras sank off Marsa.",
    "cholera": "The health ministry counted two thousand suspected cases of cholera in Umm al-Jarar.",
    "strike": "Dockworkers in the port walked out on Monday over pay and working hours.",
}
QUESTIONS = {
    "quake": "How many people did the earthquake in the Rimah Mountains kill?",
    "ferry": "How many bodies were found after the ferry sank?",
    "cholera": "How many suspected cases of cholera were counted in Umm al-Jarar?",
    "strike": "Why did dockworkers walk out on Monday?",
}


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of four articles and four questions."""
    made = tmp_path / "set"
    made.mkdir()
    _write(made / "articles.jsonl", [{"id": key, "text": text, "language": "en"} for key, text in STORIES.items()])
    _write(
        made / "questions.jsonl",
        [
            {
                "id": f"q-{key}", "question": question, "language": "en", "kind": "figure", "status": "answered",
                "answers": [{"text": "?"}], "support": [{"article_id": key, "quote": STORIES[key]}],
            }
            for key, question in QUESTIONS.items()
        ],
    )  # fmt: skip
    return made


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def run(*arguments: str | Path) -> Any:
    """Run `evals … --json` and give the object it printed."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_run_measures_retrieval_and_keeps_the_archive(folder: Path, tmp_path: Path) -> None:
    """Every question finds its story first; a second run finds the archive where the first one left it."""
    perfect = {"n": 4, "r_at_1": 1.0, "r_at_5": 1.0, "mrr": 1.0, "ndcg_at_10": 1.0}

    assert run("run", folder, "--out", tmp_path / "out.json") == {"set": perfect}
    assert json.loads((tmp_path / "out.json").read_text()) == {"set": perfect}
    kept = [path.name for path in (tmp_path / "data" / "evals").iterdir()]
    folder.rename(tmp_path / "elsewhere")
    assert run("run", tmp_path / "elsewhere") == {"elsewhere": perfect}
    assert [path.name for path in (tmp_path / "data" / "evals").iterdir()] == kept


def test_run_reads_squad_files(tmp_path: Path) -> None:
    """In a SQuAD file each paragraph is an article and each question counts where it is found first."""
    paragraphs = [
        {"context": text, "qas": [{"id": key, "question": QUESTIONS[key], "answers": [{"text": text[:12]}]}]}
        for key, text in STORIES.items()
    ]
    (tmp_path / "mini.json").write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}))

    measured = run("run", tmp_path / "mini.json")["mini"]

    assert (measured["n"], measured["r_at_1"]) == (4, 1.0)


def test_run_prints_a_table(folder: Path) -> None:
    """Without `--json`, one row a set."""
    result = CliRunner().invoke(app, ["run", str(folder)])

    assert result.exit_code == 0
    assert "R@1" in result.stdout
    assert "1.000" in result.stdout


def test_calibrate_fits_what_the_answerer_uses(folder: Path) -> None:
    """A weight for each feature, and for each threshold what it does on each set."""
    fitted = run("calibrate", folder, "--limit", 10)

    assert len(fitted["weights"]) == len(Features._fields)
    assert {row["dataset"] for row in fitted["rows"]} == {"set"}
    lowest = fitted["rows"][0]
    assert lowest["answered"] == lowest["right"] == 1.0


def test_centroids_are_made_as_they_are_kept(tmp_path: Path) -> None:
    """The file that is shipped is the one that `evals centroids` makes of the demo archive."""
    result = CliRunner().invoke(app, ["centroids", str(tmp_path / "made.npz")])
    assert result.exit_code == 0, result.output

    with np.load(tmp_path / "made.npz") as made, np.load(ROOT / "ingest" / "centroids.npz") as kept:
        assert made.files == kept.files
        for name in set(made.files) - {"late.basis"}:
            np.testing.assert_allclose(made[name], kept[name], atol=1e-3)
        # Directions that differ as much as each other may come out turned on another processor; what they span is one.
        shared = np.linalg.svd(made["late.basis"].astype(float) @ kept["late.basis"].astype(float).T, compute_uv=False)
        assert (shared**2).mean() > 0.99


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


def _squad(path: Path) -> Path:
    """A SQuAD file of one paragraph with all stories, and their questions."""
    answers = {"quake": "sixty-three", "ferry": "forty-one", "cholera": "two thousand", "strike": "over pay"}
    asked = [{"id": key, "question": QUESTIONS[key], "answers": [{"text": answers[key]}]} for key in STORIES]
    paragraph = {"context": " ".join(STORIES.values()), "qas": asked}
    path.write_text(json.dumps({"data": [{"title": "News", "paragraphs": [paragraph]}]}), encoding="utf-8")
    return path


def test_sentences_are_measured_in_their_own_paragraph(tmp_path: Path) -> None:
    """Four sentences, one of which answers each question: all are found, where chance finds one in four."""
    squad = _squad(tmp_path / "news.json")

    assert run("sentences", squad) == {"news": {"n": 4, "accuracy": 1.0, "by_chance": 0.25}}
    assert run("sentences", squad, "--limit", "2")["news"]["n"] == 2


def test_sentences_need_answers_that_stand_somewhere(folder: Path) -> None:
    """A set whose gold answers stand in no sentence is refused, not scored as nothing."""
    result = CliRunner().invoke(app, ["sentences", str(folder)])

    assert result.exit_code != 0


def test_fuse_shows_the_choice(folder: Path) -> None:
    """What is in use, the best settings, and the best on all but each set."""
    shown = CliRunner().invoke(app, ["fuse", str(folder)], env={"COLUMNS": "200"})

    assert shown.exit_code == 0, shown.output
    for row in ("in use", "1. best", "best without late", "best on all but set"):
        assert row in shown.output
    assert run("fuse", folder)["in_use"]["r_at_1"] == {"set": 1.0}


def test_archives_with_and_without_late_interaction_are_two(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was measured without it is not measured again in an archive that lacks it."""
    monkeypatch.setenv("QA_LATE_INTERACTION", "false")
    run("run", folder)
    monkeypatch.setenv("QA_LATE_INTERACTION", "true")
    run("run", folder)

    assert len(list((tmp_path / "data" / "evals").iterdir())) == 2
