"""What a question asks: of what kind, how many of what, and the words of whom."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.places import Places
from qa.question import Asked, read_question

_QUESTIONS = Path(__file__).parent / "questions"


def _read(question: str) -> Asked:
    return read_question(question, aliases=Aliases.default(), places=Places.default())


def _rows(language: str) -> list[tuple[str, ...]]:
    lines = (_QUESTIONS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("question", "kind", "unit", "fate", "measured", "speaker"), [*_rows("en"), *_rows("ar")])
def test_questions_are_read(question: str, kind: str, unit: str, fate: str, measured: str, speaker: str) -> None:
    """Kind, canonical unit, fate, measure and speaker slot of questions in both languages."""
    asked = _read(question)

    read = (asked.unit.canonical if asked.unit else None, asked.fate, asked.measured, asked.speaker)
    assert (kind, unit, fate, measured, speaker) == (asked.kind, *(one or "-" for one in read))
