"""The benchmark measures what it says it does; how fast that is, no test asserts."""

import json
from pathlib import Path

from evals.bench import bench
from ingest.settings import Settings


def test_the_benchmark_measures_every_part(tmp_path: Path) -> None:
    """Ingestion against the embedder, each step of a query by size, start-up and memory: all there, none of them 0."""
    (tmp_path / "articles.jsonl").write_text(
        "".join(
            json.dumps({"id": f"a{number}", "text": f"Quay {number} was flooded on Monday, the harbour office said."})
            + "\n"
            for number in range(3)
        )
    )
    (tmp_path / "questions.jsonl").write_text("")
    stages: list[str] = []

    report = bench(tmp_path, Settings(data_dir=tmp_path / "data"), stages.append, sizes=(40,))

    measured = {f"{one.group}: {one.name}": one for one in report.measurements}
    assert {name for name, one in measured.items() if one.goal} == {
        "ingestion: whole against embedder",
        "process: qa --help",
    }
    assert {one.group for one in report.measurements} == {"ingestion", "query at 40 passages", "process"}
    assert {"query at 40 passages: whole retrieval, p95", "process: qa ask, peak resident memory"} <= measured.keys()
    assert all(one.value > 0 for one in report.measurements)
    assert stages
