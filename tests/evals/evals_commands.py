"""`evals` as a program runs it, and the four stories that its commands are tried on."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from evals.cli import app

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


def run(*arguments: str | Path) -> Any:
    """Run `evals … --json` and give the object it printed."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def archives(tmp_path: Path) -> set[str]:
    """Archives that are kept."""
    return {path.name for path in (tmp_path / "data" / "evals").iterdir()} - {"runs"}
