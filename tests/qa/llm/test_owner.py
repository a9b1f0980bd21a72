"""One module owns `openai`."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_nothing_else_in_qa_imports_openai() -> None:
    """Everything else sees messages, values and errors of ours."""
    importing = {
        path.relative_to(ROOT).parts[:2]
        for path in (ROOT / "qa").rglob("*.py")
        if re.search(r"^\s*(?:import|from) openai\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert importing == {("qa", "llm")}
