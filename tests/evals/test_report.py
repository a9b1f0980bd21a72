"""The report is one page with everything on it, and JUnit XML where it is asked for."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from evals_fakes import TRACE

from evals.measures import summarize
from evals.report import junit, page
from evals.report.plots import calibration, heat_map, latency
from evals.runs import Clock, ItemResult, Run, Times, Versions
from evals.scorers import Part

BROWSER = shutil.which("chromium")


def item(key: str, right: bool, **fields: Any) -> ItemResult:  # noqa: FBT001 - it is what the item is
    """One item's result, with a citation where it answers."""
    citation = {
        "number": 1, "article_id": "a", "language": "ar", "dir": "rtl", "start": 0, "end": 20,
        "quote": "قُتل ٢٨ مدنياً <b>",
    }  # fmt: skip
    given: dict[str, Any] = {
        "id": key, "question": "كم مدنياً قُتل؟", "language": "ar", "kind": "figure", "cross_lingual": False,
        "cluster": key, "gold": {"status": "answered", "answers": [{"text": "٢٨", "speaker": "المرصد"}], "support": []},
        "answer": {
            "status": "answered", "claims": [{"text": "٢٨", "citations": [1]}], "citations": [citation],
            "passages": [{"article_id": "a", "start": 0, "end": 40, "score": 1.0}],
            "trace": TRACE | {"confidence": 0.9 if right else 0.5},
        },
        "scores": {"answer_accuracy": Part.whether(right), "strict_accuracy": Part.whether(right)},
        "faults": () if right else ("no claim has the figure ٢٨",), "times": Times(total_ms=100 if right else 200),
    }  # fmt: skip
    return ItemResult.model_validate(given | fields)


def made_of(*items: ItemResult) -> Run:
    """A run of some results."""
    return Run(
        dataset="small",
        data_sha256="0" * 64,
        n=len(items),
        unscored=sum(one.unscored is not None for one in items),
        items=items,
        measures=summarize(items, 1),
        versions=Versions(commit="abc", code="c" * 64, packages={}, mode=("extractive",), prompt=("wording/v1",)),
        clock=Clock(made_at=datetime(2026, 1, 1, tzinfo=UTC), seconds=1, latency_ms={"total p50": 1, "total p95": 2}),
    )


RUN = made_of(
    item("good", right=True),
    item("bad", right=False),
    item("english", right=False, language="en", question="How many <i>?", kind="who"),
    item("lost", right=False, scores={}, answer=None, faults=(), unscored="HTTP 503 & co"),
)


class _Reader(HTMLParser):
    """Counts elements, and collects what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href"}]


def read(html: str) -> _Reader:
    """Parse a page."""
    reader = _Reader()
    reader.feed(html)
    return reader


def test_the_page_holds_itself() -> None:
    """Nothing is fetched: no script, no font, no image; plots are in it."""
    reader = read(page([RUN], ["before"]))

    assert (reader.fetched, "script" in reader.tags, "url(" in page([RUN], ["before"])) == ([], False, False)
    assert reader.tags.count("svg") >= len(RUN.measures) + 2


def test_every_failed_item_is_there_with_what_was_asked_said_and_right() -> None:
    """The right one is not; the unscored one is, with why."""
    html = page([RUN], ["before"])

    assert set(re.findall(r'<details id="run0-(\w+)"', html)) == {"bad", "english"}
    assert "What failed (2 of 3 scored)" in html
    assert "1 unscored: HTTP 503 &amp; co" in html
    assert "no claim has the figure ٢٨" in html
    assert "— <bdi>المرصد</bdi>" in html


def test_arabic_runs_from_right_to_left() -> None:
    """Questions and quotes have the direction of their language."""
    html = page([RUN], ["before"])

    assert '<span class="question" dir="rtl" lang="ar">كم مدنياً قُتل؟' in html
    assert '<span class="question" dir="ltr" lang="en">' in html
    assert '<blockquote dir="rtl" lang="ar">قُتل ٢٨ مدنياً' in html


def test_words_of_others_are_no_markup() -> None:
    """What stands in a question or a quote is shown, not obeyed."""
    html = page([RUN], ["a & b"])

    assert "How many &lt;i&gt;?" in html
    assert "مدنياً &lt;b&gt;" in html
    assert "a &amp; b" in html


def test_several_runs_stand_side_by_side() -> None:
    """Each has its colour, its plots and its failures."""
    html = page([RUN, made_of(item("good", right=True))], ["before", "after"])

    assert "before: What failed (2 of 3 scored)" in re.sub(r"<[^>]+>", "", html)
    assert "after: What failed (0 of 1 scored)" in re.sub(r"<[^>]+>", "", html)
    assert "run1 dot" in html


def test_calibration_compares_confidence_with_what_was_right() -> None:
    """Answers of .5 are wrong here, those of .9 right; what claims nothing, or was not answered, is in no bin."""
    refused = item("refused", right=True, answer={"status": "insufficient_evidence", "claims": [], "trace": TRACE})
    found = calibration(made_of(*RUN.items, refused))

    assert [(one.confidence, one.right, one.n) for one in found] == [(0.5, 0.0, 2), (0.9, 1.0, 1)]


def test_the_heat_map_is_kind_by_language() -> None:
    """A kind that a language lacks is empty, not zero."""
    found = heat_map(RUN, "answer_accuracy")

    assert found.languages == ("ar", "en")
    assert [(kind, [cell.rate for cell in cells]) for kind, cells in found.rows] == [
        ("figure", [0.5, None]),
        ("who", [None, 0.0]),
    ]


def test_the_histogram_counts_every_scored_answer() -> None:
    """From the fastest to the slowest."""
    bars = latency(RUN)

    assert (sum(bar.n for bar in bars), bars[0].n, bars[-1].n) == (3, 1, 2)
    assert latency(made_of(item("lost", right=False, unscored="gone"))) == []


def test_a_run_of_nothing_but_failures_is_a_page_too() -> None:
    """No measures, no bins, no bars."""
    html = page([made_of(item("lost", right=False, scores={}, answer=None, unscored="gone"))], ["x"])

    assert "No answer told a confidence." in html


def test_junit_has_a_case_an_item() -> None:
    """Right, failed, in error; characters that XML cannot hold do not break it."""
    root = ET.fromstring(junit([made_of(*RUN.items, item("odd", right=False, faults=("a\0b",)))], ["before"]))  # noqa: S314 - our own
    [suite] = root

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "3", "1")
    cases = {str(case.get("name")).split()[0]: [child.tag for child in case] for case in suite.iter("testcase")}
    assert cases == {"good": [], "bad": ["failure"], "english": ["failure"], "lost": ["error"], "odd": ["failure"]}
    assert [one.get("message") for one in suite.iter("failure")][-1] == "a\ufffdb"


@pytest.fixture
def shown(tmp_path: Path) -> Callable[[str, int], str]:
    """What lets a real browser lay a page out at some width, and gives what it says of it."""
    if not BROWSER:
        pytest.skip("no chromium here: `apt-get install chromium` lets this test look at the page")

    def show(html: str, width: int) -> str:
        probe = (
            "<script>document.title = [document.documentElement.scrollWidth <= innerWidth, "
            "getComputedStyle(document.querySelector('.question')).direction, "
            "[...document.querySelectorAll('svg')].every(one => one.getBoundingClientRect().width > 50)].join();"
            "</script>"
        )
        (tmp_path / "page.html").write_text(html + probe, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--window-size={width},900"]
        laid = subprocess.run(
            [str(BROWSER), *options, f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "page.html").as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        found = re.search(r"<title>(.*?)</title>", laid.stdout)
        assert found
        return found[1]

    return show


@pytest.mark.parametrize("width", [500, 1280])
def test_a_browser_shows_the_page_without_scrolling_sideways(shown: Callable[[str, int], str], width: int) -> None:
    """On a phone (the narrowest window chromium opens is 500 pixels) and on a desktop, Arabic from right to left."""
    assert shown(page([RUN, RUN], ["before", "after"]), width) == "true,rtl,true"


def test_junit_fails_what_breaks_an_invariant_and_skips_what_is_not_offered() -> None:
    """An answer that is right by a quote that stands nowhere is not right."""
    scores = {"strict_accuracy": Part(1), "citation_integrity": Part(0, 1)}
    broken = item("broken", right=True, scores=scores, faults=("does not stand",))
    absent = item("absent", right=False, scores={}, answer=None, unscored="no /v1/check", not_offered=True)
    [suite] = ET.fromstring(junit([made_of(broken, absent)], ["x"]))  # noqa: S314 - our own

    assert [suite.get(name) for name in ("failures", "errors", "skipped")] == ["1", "0", "1"]
    assert [one.get("message") for one in suite.iter("failure")] == ["breaks an invariant: does not stand"]


def test_a_follow_up_is_shown_with_its_history() -> None:
    """And with the filters it was asked under."""
    html = page(
        [
            made_of(
                item("f", right=False, history=({"role": "user", "content": "كم قُتل؟"},), filters={"outlets": ["نبض"]})
            )
        ],
        ["x"],
    )

    assert 'before, the user:</p><blockquote dir="auto">كم قُتل؟' in html
    assert "نبض" in html
