"""What a question asks: of what kind, how many of what, and the words of whom."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.places import Places
from qa.question import Asked, read_question

_QUESTIONS = Path(__file__).parent / "questions"


def _read(question: str) -> Asked:
    return read_question(question, aliases=Aliases.default(), places=Places.default())


def _rows(language: str) -> list[tuple[str, list[str]]]:
    """Questions of one language, each with kind, canonical unit, fate, measure and speaker."""
    lines = (_QUESTIONS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("#")]
    return [(question, expected) for question, *expected in cells]


@pytest.mark.parametrize(("question", "expected"), [*_rows("en"), *_rows("ar")])
def test_questions_are_read(question: str, expected: list[str]) -> None:
    """Kind, canonical unit, fate, measure and speaker slot of questions in both languages."""
    asked = _read(question)

    read = (asked.unit.canonical if asked.unit else None, asked.fate, asked.measured, asked.speaker)
    assert expected == [asked.kind, *(one or "-" for one in read)]


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many bottles of syrup were recalled?", "bottles"),
        ("Of the 90 pharmacies the inspectors visited, how many had sold the syrup?", "pharmacies"),
        ("And how many were still trapped?", None),
        ("How much drinking water does the plant produce?", "drinking water"),
        ("كم يذهب إلى المدارس من أصل تسعة مليارات ليرة؟", None),
        ("وكم منهم من متطوعي الهلال الأحمر؟", "متطوعي"),
        ("كم بئراً حُفرت في الوادي؟", "بئراً"),
    ],
)
def test_what_is_counted_is_as_written(question: str, counted: str | None) -> None:
    """The noun itself, without what stands before and after it; none where a verb follows."""
    assert counted == _read(question).counted


def test_known_bodies_and_places_are_named_canonically() -> None:
    """In Arabic as in English; figures that the question gives are kept."""
    asked = _read("كم من الأشخاص الـ40 الذين قُتلوا في حلب مدنيون بحسب المرصد السوري؟")

    assert frozenset({"Syrian Observatory for Human Rights"}) == asked.speakers
    assert frozenset({"Aleppo"}) == asked.places
    assert frozenset({40}) == asked.numbers


_PIECES = st.sampled_from(
    [
        *(
            "how",
            "many",
            "did",
            "does",
            "the",
            "report",
            "said",
            "say",
            "by",
            "of",
            "in",
            "to",
            ",",
            "?",
            "'",
            "s",
            "as",
        ),
        *(
            "The",
            "Observatory",
            "Human",
            "toll",
            "number",
            "given",
            "that",
            "Minister",
            "according",
            "IS",
            "«",
            "»",
            "،",
        ),
        *(
            "كم",
            "بحسب",
            "في",
            "نظر",
            "بيان",
            "قال",
            "التي",
            "أعلنها",
            "لوزارة",
            "من",
            "عن",
            "حصيلة",
            "ما",
            "رد",
            "للهلال",
        ),
    ]
)


@given(st.text(max_size=300) | st.lists(_PIECES, max_size=60).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    """Arbitrary text never crashes, and a speaker is never empty."""
    asked = _read(text)

    assert asked.speaker is None or asked.speaker.strip()


@pytest.mark.parametrize(
    "piece",
    [
        *("how much did ", "did the ", "according to ", "in the words of ", "by X's ", "said ", "which ", "toll from "),
        *(
            "how many of the were ",
            "a",
            ", ",
            "ما ",
            "بحسب ",
            "في نظر بيان ",
            "لبيان ",
            "من قبل ",
            "كم من ",
            "«",
            "أعلنها ",
        ),
    ],
)
def test_reading_takes_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long, whatever is repeated."""
    short, long = (_seconds(piece * (size // len(piece))) for size in (2_000, 16_000))

    assert long < 8 * 4 * max(short, 0.002)


def _seconds(text: str) -> float:
    def once() -> float:
        start = perf_counter()
        _read(text)
        return perf_counter() - start

    return min(once() for _ in range(3))
