"""What the tests of runs share: a small set on two stories, and its ideal service."""

from pathlib import Path

import pytest
from evals_commands import QUESTIONS as ASKED
from evals_commands import STORIES as NEWS
from evals_fakes import Ideal, write_set

from evals.datasets import Dataset, load

STORIES = {
    "raid-en": "Shells hit Kafr Laymoun's market. The ministry said 28 civilians died. The agency SANA put them at 30.",
    "raid-ar": "أعلنت وزارة الصحة مقتل ٢٨ مدنياً في سوق كفر ليمون. وقالت «سانا» إن نحو ثلاثين قضوا.",
    "dam": "The dam at Wadi Nahl holds 12 million cubic metres, the water office said. It opened in June 2019.",
}
SAID = "The ministry said 28 civilians died."
QUESTIONS = [
    {
        "id": "toll", "question": "How many civilians died by the ministry's count?", "language": "en",
        "kind": "figure", "status": "answered",
        "answers": [
            {"text": "28 civilians", "value": 28, "unit": "civilians", "bound": "exact", "speaker": "The ministry"}
        ],
        "support": [
            {"article_id": "raid-en", "quote": SAID},
            {"article_id": "raid-ar", "quote": "أعلنت وزارة الصحة مقتل ٢٨ مدنياً في سوق كفر ليمون."},
        ],
    },
    {
        "id": "sides", "question": "كم مدنياً قُتل في سوق كفر ليمون؟", "language": "ar",
        "kind": "disputed", "status": "disputed",
        "answers": [
            {"text": "28", "value": 28, "unit": "civilians", "bound": "exact", "speaker": "The ministry"},
            {"text": "30", "value": 30, "unit": "civilians", "bound": "exact", "speaker": "SANA"},
        ],
        "support": [
            {"article_id": "raid-en", "quote": SAID, "answer": 0},
            {"article_id": "raid-en", "quote": "The agency SANA put them at 30.", "answer": 1},
        ],
    },
    {
        "id": "opened", "question": "When did the dam at Wadi Nahl open?", "language": "en",
        "kind": "when", "status": "answered", "answers": [{"text": "June 2019"}],
        "support": [{"article_id": "dam", "quote": "It opened in June 2019."}],
    },
    {
        "id": "burst", "question": "كم قتيلاً سقط حين انهار سد وادي نحل؟", "language": "ar",
        "kind": "false_premise", "status": "insufficient_evidence", "answers": [], "support": [],
    },
]  # fmt: skip
CLAIMS = [
    {
        "id": "c-dam", "claim": "The dam at Wadi Nahl opened in June 2019.", "language": "en", "verdict": "supported",
        "support": [{"article_id": "dam", "quote": "It opened in June 2019.", "stance": "supports"}],
    },
    {
        "id": "c-raid", "claim": "قالت وزارة الصحة إن ثلاثين مدنياً قُتلوا.", "language": "ar", "verdict": "refuted",
        "support": [{"article_id": "raid-en", "quote": SAID, "stance": "refutes"}],
    },
]  # fmt: skip
ALIASES = [["The ministry", "وزارة الصحة"], ["SANA", "سانا", "The agency SANA"]]


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test keeps is its own."""
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A set of three articles, four questions and two claims."""
    articles = [
        {"id": key, "text": text, "language": "ar" if key.endswith("ar") else "en"} for key, text in STORIES.items()
    ]
    return write_set(tmp_path / "small", articles=articles, questions=QUESTIONS, claims=CLAIMS, aliases=ALIASES)


@pytest.fixture
def small(small_folder: Path) -> Dataset:
    """The same, read."""
    return load(small_folder)


@pytest.fixture
def ideal(small: Dataset) -> Ideal:
    """What answers it without a fault."""
    return Ideal(small)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of four articles and four questions."""
    articles = [{"id": key, "text": text, "language": "en"} for key, text in NEWS.items()]
    questions = [
        {
            "id": f"q-{key}", "question": question, "language": "en", "kind": "statement", "status": "answered",
            "answers": [{"text": "?"}], "support": [{"article_id": key, "quote": NEWS[key]}],
        }
        for key, question in ASKED.items()
    ]  # fmt: skip
    return write_set(tmp_path / "set", articles=articles, questions=questions)
