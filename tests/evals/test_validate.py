"""What is wrong with a set is found, and nothing is wrong with ours."""

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from evals_fakes import write_set

from evals.datasets import Dataset, load
from evals.datasets.validate import problems, summarize

DATA = Path(__file__).parents[2] / "evals" / "data"
ASKED = ("demo", "world")

TEXT = "Twenty-eight civilians died, the Observatory said. The agency put them at 30."
ARTICLE = {"id": "a", "text": TEXT, "language": "en"}
QUESTION = {
    "id": "q", "question": "How many civilians died?", "language": "en", "kind": "figure", "status": "answered",
    "answers": [{"text": "28", "value": 28, "speaker": "the Observatory"}],
    "support": [{"article_id": "a", "quote": "Twenty-eight civilians died, the Observatory said."}],
}  # fmt: skip
SIDES = [{"text": "28", "value": 28, "speaker": "the Observatory"}, {"text": "30", "value": 30, "speaker": "agency"}]
BOTH = [
    {"article_id": "a", "quote": "Twenty-eight civilians", "answer": 0},
    {"article_id": "a", "quote": "The agency put them at 30.", "answer": 1},
]
DISPUTED = QUESTION | {"kind": "disputed", "status": "disputed", "answers": SIDES, "support": BOTH}
CLAIM = {
    "id": "c", "claim": "The agency counted 30.", "language": "en", "verdict": "supported",
    "support": [{"article_id": "a", "quote": "The agency put them at 30.", "stance": "supports"}],
}  # fmt: skip
SNIPPET = {
    "text": "Some 1,200 of 15 families.", "language": "en", "not_quantities": [{"quote": "families"}],
    "figures": [{"value": 1200, "bound": "approximately", "quote": "1,200", "start": 5, "end": 10}],
}  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> dict[str, Dataset]:
    """The sets of this project."""
    return {path.name: load(path) for path in DATA.iterdir()}


def test_nothing_is_wrong_with_our_sets(ours: dict[str, Dataset]) -> None:
    """Every quote is exact, every value stands in its quote, every id is its own, every gold is consistent."""
    assert {name: problems(dataset) for name, dataset in ours.items()} == {name: [] for name in ours}


def test_our_sets_hold_what_they_promise(ours: dict[str, Dataset]) -> None:
    """150 questions and 60 claims, 25 disputed, 12 updates, 8 injections, every kind; 150 snippets."""
    samples = [sample for name in ASKED for sample in ours[name].samples]
    kinds = Counter(sample.kind for sample in samples)

    assert len(samples) >= 150
    assert sum(len(ours[name].claims) for name in ASKED) >= 60
    assert (kinds["disputed"] >= 25, kinds["update"] >= 12, kinds["injection"] >= 8) == (True, True, True)
    assert kinds.keys() == {
        "figure", "who", "when", "where", "statement", "disputed", "update", "subset", "insufficient_evidence",
        "false_premise", "injection", "followup",
    }  # fmt: skip
    assert len(ours["numbers"].numbers) >= 150


def test_our_questions_are_half_arabic_a_third_across_a_quarter_traps(ours: dict[str, Dataset]) -> None:
    """Of those that can be answered, at least a third is asked in the other language."""
    samples = [sample for name in ASKED for sample in ours[name].samples]
    arabic = sum(sample.language == "ar" for sample in samples) / len(samples)
    answerable = [sample for sample in samples if sample.status != "insufficient_evidence"]

    assert arabic == pytest.approx(0.5, abs=0.02)
    assert sum(sample.cross_lingual for sample in answerable) * 3 >= len(samples)
    assert (len(samples) - len(answerable)) * 4 >= len(samples)


def test_our_claims_cover_every_verdict_in_both_languages(ours: dict[str, Dataset]) -> None:
    """Each verdict is asked for in Arabic and in English."""
    claims = [claim for name in ASKED for claim in ours[name].claims]

    assert len({(claim.verdict, claim.language) for claim in claims}) == 8


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"support": [{"article_id": "a", "quote": "Twenty-eight  civilians"}]}, "do not stand in 'a'"),
        ({"support": [{"article_id": "b", "quote": "Twenty-eight civilians"}]}, "do not stand in 'b'"),
        ({"support": [{"article_id": "a", "quote": "The agency put them at 30."}]}, "does not state 28"),
        ({"support": []}, "needs answers and support"),
        ({"answers": []}, "needs answers and support"),
        ({"question": "كم مدنياً قُتل؟"}, "is not in 'en'"),
        ({"kind": "followup"}, "needs a history"),
        ({"kind": "injection"}, "needs `injected`"),
        ({"kind": "disputed"}, "does not go with status 'answered'"),
        ({"kind": "false_premise"}, "does not go with status 'answered'"),
        ({"kind": "figure", "answers": [{"text": "28"}]}, "a figure needs a value"),
        ({"support": [QUESTION["support"][0] | {"answer": 7}]}, "an answer that there is not"),
        ({"answers": [{"text": "28", "value": 28, "speaker": "the Bureau"}]}, "no article names 'the Bureau'"),
        ({"answers": [{"text": "28", "value": 28, "speker": "the Observatory"}]}, "mean nothing: speker"),
        ({"filter": {}}, "mean nothing: filter"),
        ({"filters": {"outlets": ["Nobody"]}}, "keep out every article"),
        ({"filters": {"published_from": "2020-01-01"}}, "keep out every article"),
        ({"kind": "figur"}, "near to 'figure'"),
        ({"status": "insufficient_evidence"}, "no gold answer"),
        (DISPUTED | {"answers": SIDES[:1], "support": BOTH[:1]}, "two sides"),
        (DISPUTED | {"answers": [SIDES[0], {"text": "30", "value": 30}]}, "has its speaker"),
        (DISPUTED | {"support": BOTH[:1]}, "side [1]"),
        (DISPUTED | {"support": [BOTH[0], BOTH[1] | {"answer": 0}]}, "does not state 28"),
    ],
)
def test_a_question_with_a_fault_is_named(tmp_path: Path, changed: dict[str, Any], fault: str) -> None:
    """Each fault is said in a line that begins with the question's id."""
    found = problems(load(write_set(tmp_path, articles=[ARTICLE], questions=[QUESTION | changed])))

    assert any(line.startswith("q: ") and fault in line for line in found), found


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"verdict": "refuted"}, "stances ['refutes']"),
        ({"verdict": "disputed"}, "stances ['refutes', 'supports']"),
        ({"verdict": "not_enough_evidence"}, "stances []"),
        ({"claim": "أحصت الوكالة ثلاثين."}, "is not in 'en'"),
    ],
)
def test_a_claim_with_a_fault_is_named(tmp_path: Path, changed: dict[str, Any], fault: str) -> None:
    """A verdict needs the stances that make it."""
    found = problems(load(write_set(tmp_path, articles=[ARTICLE], claims=[CLAIM | changed])))

    assert any(line.startswith("c: ") and fault in line for line in found), found


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        ({"start": 6, "end": 11}, "does not stand at 6"),
        ({"value": 1300}, "does not state 1300"),
        ({"quote": "1,200 of"}, "does not stand"),
    ],
)
def test_a_snippet_with_a_fault_is_named(tmp_path: Path, figure: dict[str, Any], fault: str) -> None:
    """Offsets and values are checked against the text."""
    snippet = SNIPPET | {"figures": [{**SNIPPET["figures"][0], **figure}]}  # type: ignore[dict-item] # of mixed values
    found = problems(load(write_set(tmp_path, numbers=[snippet])))

    assert any(fault in line for line in found), found


def test_figures_out_of_order_and_missing_traps_are_named(tmp_path: Path) -> None:
    """Figures come as the text has them, and what is no quantity stands in it."""
    [first] = SNIPPET["figures"]
    later = {"value": 15, "bound": "exact", "quote": "15", "start": 14, "end": 16}
    snippet = SNIPPET | {"figures": [later, first], "not_quantities": [{"quote": "Room 12"}]}
    found = "\n".join(problems(load(write_set(tmp_path, numbers=[snippet]))))

    assert "out of order" in found
    assert "'Room 12' does not stand in it" in found


def test_what_is_there_twice_is_named(tmp_path: Path) -> None:
    """An article, a question and a claim of one id, a snippet twice."""
    folder = write_set(
        tmp_path,
        articles=[ARTICLE, ARTICLE],
        questions=[QUESTION],
        claims=[CLAIM | {"id": "q"}],
        numbers=[SNIPPET, SNIPPET],
    )
    found = problems(load(folder))

    assert [line.split(": ", 1)[1] for line in found] == [
        "2 times the same article", "2 times the same question or claim", "2 times the same snippet",
    ]  # fmt: skip


def test_a_sound_set_is_counted(tmp_path: Path) -> None:
    """No problems, and how many of what."""
    folder = write_set(tmp_path, articles=[ARTICLE], questions=[QUESTION], claims=[CLAIM], numbers=[SNIPPET])
    summary = summarize(load(folder))

    assert problems(load(folder)) == []
    assert summary[:5] == (1, 1, 1, 1, 1)
    assert (summary.by_kind, summary.by_language, summary.by_verdict) == ({"figure": 1}, {"en": 3}, {"supported": 1})


def test_the_readmes_question_can_be_added_as_it_stands(tmp_path: Path) -> None:
    """Appended to the demo set, nothing is wrong with it."""
    readme = (DATA.parents[1] / "README.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^```json\n(.*)\n```$", readme, re.MULTILINE)
    shutil.copytree(DATA / "demo", tmp_path / "demo")
    with (tmp_path / "demo" / "questions.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    grown = load(tmp_path / "demo")

    assert (len(grown.samples), problems(grown)) == (65, [])


def test_a_day_of_a_month_states_no_value(tmp_path: Path) -> None:
    """Three that stands in "3 May" alone is no three, and 1950 hectares are no year."""
    article = {"id": "a", "text": "On 3 May a fire took 1,950 hectares, the Observatory said.", "language": "en"}

    def faults(value: float) -> list[str]:
        answers = [{"text": "so many", "value": value, "speaker": "the Observatory"}]
        question = QUESTION | {"answers": answers, "support": [{"article_id": "a", "quote": article["text"]}]}
        return problems(load(write_set(tmp_path, articles=[article], questions=[question])))

    assert [len(faults(3)), len(faults(1950))] == [1, 0]


def test_a_set_of_nothing_is_no_sound_set(tmp_path: Path) -> None:
    """An empty file of questions has no problem but itself."""
    assert problems(load(write_set(tmp_path, articles=[ARTICLE], questions=[]))) == [
        f"{tmp_path.name}: it holds no question, claim or snippet"
    ]
