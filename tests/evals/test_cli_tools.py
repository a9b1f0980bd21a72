"""The commands that choose and fit what the service computes with."""

import json
from pathlib import Path

import numpy as np
from evals_commands import QUESTIONS, STORIES, run
from typer.testing import CliRunner

from evals.cli import app
from qa.confidence import Features

ROOT = Path(__file__).parents[2]


def test_calibrate_fits_what_the_answerer_uses(folder: Path) -> None:
    """A weight for each feature of each model, and for each threshold what it does on each set."""
    fitted = run("calibrate", folder, "--limit", 10)

    assert fitted["models"]
    assert all(len(model["weights"]) == len(Features._fields) for model in fitted["models"].values())
    assert {row["dataset"] for row in fitted["rows"]} == {"set"}
    assert all(0 <= row["answered"] <= 1 for row in fitted["rows"])


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


def _squad(path: Path) -> Path:
    """A SQuAD file of one paragraph with all stories, and their questions."""
    answers = {"quake": "sixty-three", "ferry": "forty-one", "cholera": "two thousand", "strike": "over pay"}
    asked = [{"id": key, "question": QUESTIONS[key], "answers": [{"text": answers[key]}]} for key in STORIES]
    paragraph = {"context": " ".join(STORIES.values()), "qas": asked}
    path.write_text(json.dumps({"data": [{"title": "News", "paragraphs": [paragraph]}]}), encoding="utf-8")
    return path


def test_sentences_are_measured_in_their_own_paragraph(tmp_path: Path) -> None:
    """All four are found, where chance finds five in eight of those that hold a figure of what is asked."""
    squad = _squad(tmp_path / "news.json")

    assert run("sentences", squad) == {"news": {"n": 4, "accuracy": 1.0, "by_chance": 0.625}}
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
