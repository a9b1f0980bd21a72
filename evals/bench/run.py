"""The benchmark: ingestion against the embedder alone, queries by step and size, start-up, memory."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from evals.bench.results import BenchReport, Machine, Measurement, quantiles, times
from evals.bench.synthetic import fill, questions
from evals.datasets import load
from ingest.articles import to_article
from ingest.bootstrap import open_library
from ingest.domain import Filters, Page
from ingest.embedding import count_tokens
from ingest.library import Library
from ingest.passages import cut
from ingest.pipeline import Ingestion
from ingest.settings import Settings
from prompts import load as load_prompt
from qa.bootstrap import WORDING
from qa.pipeline import Pipeline
from qa.requests import AskRequest
from qa.retrieval import CANDIDATES

SIZES = (1_000, 20_000)
"""Passages in the synthetic archives."""

_ROUNDS = 2
_QUERIES = 60
_ANSWERS = 20
_STARTS = 5
_QUESTION = "How many civilians were killed near al-Susah?"

Stage = Callable[[str], None]
"""Told what is measured next."""


def bench(
    dataset: Path, settings: Settings, stage: Stage = lambda _: None, *, sizes: Sequence[int] = SIZES
) -> BenchReport:
    """Measure everything.

    Args:
        dataset: set whose articles are ingested.
        settings: which embedder to measure; archives are made in a temporary folder.
        stage: told what is measured next.
        sizes: passages in each synthetic archive.
    """
    pages = load(dataset).pages
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        measurements = [
            *_ingestion(pages, settings, Path(folder), stage),
            *_queries(settings, Path(folder), stage, sizes),
            *_processes(Path(folder), stage, max(sizes)),
        ]
    return BenchReport(machine=Machine.here(), measurements=tuple(measurements))


def _ingestion(pages: tuple[Page, ...], settings: Settings, folder: Path, stage: Stage) -> Iterator[Measurement]:
    """The embedder alone and the whole of ingestion, in turns, on the same passages."""
    texts = [passage.text for page in pages for passage in cut(to_article(page), count_tokens=count_tokens)]
    alone, whole = [], []
    for number in range(_ROUNDS):
        with open_library(settings.model_copy(update={"data_dir": folder / f"ingest-{number}"})) as library:
            library.embedder.passages(texts[:2])  # the model is loaded, for both
            stage(f"the embedder alone, {len(texts)} passages, round {number + 1} of {_ROUNDS}")
            alone += times(partial(library.embedder.passages, texts), 1)
            stage(f"ingestion, {len(pages)} articles, round {number + 1} of {_ROUNDS}")
            whole += times(partial(Ingestion(library).run, pages), 1)
    (folder / "demo").symlink_to(folder / "ingest-0")
    rates = [len(texts) / statistics.median(taken) for taken in (alone, whole)]
    yield Measurement(group="ingestion", name="embedder alone", value=round(rates[0], 2), unit="passages/s")
    yield Measurement(group="ingestion", name="whole ingestion", value=round(rates[1], 2), unit="passages/s")
    ratio = round(rates[1] / rates[0], 3)
    yield Measurement(group="ingestion", name="whole against embedder", value=ratio, unit="ratio", goal="at least 0.9")


def _queries(settings: Settings, folder: Path, stage: Stage, sizes: Sequence[int]) -> Iterator[Measurement]:
    """Each step of a query over archives of seeded articles and vectors."""
    for size in sizes:
        stage(f"building an archive of {size} passages")
        data = settings.model_copy(update={"data_dir": folder / f"synthetic-{size}"})
        with open_library(data) as library:
            started = perf_counter()
            fill(library, size)
            group = f"query at {size:,} passages"
            filling = size / (perf_counter() - started)
            yield Measurement(group=group, name="filling, without embedding", value=round(filling), unit="passages/s")
            asked = questions(_QUERIES)
            stage(f"{_QUERIES} queries over {size} passages")
            for name, step in _steps(library, asked).items():
                taken = [times(partial(step, at), 1)[0] for at in range(_QUERIES)]
                yield from quantiles(group, name, taken)
            stage(f"{_ANSWERS} answers over {size} passages")
            yield from quantiles(group, "whole answer", _answers(library, asked[:_ANSWERS]))


def _answers(library: Library, asked: list[str]) -> list[float]:
    """Seconds that each question takes from its text to its answer; most of it goes into embedding sentences."""
    pipeline = Pipeline(library, load_prompt(WORDING))

    async def answer(question: str) -> float:
        started = perf_counter()
        await pipeline.answer(AskRequest(question=question).to_question())
        return perf_counter() - started

    return [asyncio.run(answer(question)) for question in asked]


def _steps(library: Library, asked: list[str]) -> dict[str, Callable[[int], object]]:
    """What a query does, step by step, each for the question at a position."""
    pipeline = Pipeline(library, load_prompt(WORDING))
    vectors = [library.embedder.question(question) for question in asked]
    store, index = library.archive.passages, library.index
    whole = [AskRequest(question=question).to_question() for question in asked]
    filtered = [
        AskRequest(question=question, filters=Filters(outlets=("Outlet 3",))).to_question() for question in asked
    ]
    index.nearest(vectors[0], CANDIDATES)
    index.exact.nearest(vectors[0], CANDIDATES)
    return {
        "embed the question": lambda at: library.embedder.question(asked[at]),
        "vectors, compared in memory": lambda at: index.exact.nearest(vectors[at], CANDIDATES),
        "vectors, asked of Chroma": lambda at: index.nearest(vectors[at], CANDIDATES),
        "words of passages": lambda at: store.search("terms", asked[at], limit=CANDIDATES),
        "words of articles": lambda at: store.search_articles(asked[at], limit=2 * CANDIDATES),
        "names": lambda at: store.search("names", asked[at], limit=CANDIDATES),
        "whole retrieval": lambda at: pipeline.retrieve(whole[at]),
        "whole retrieval, filtered": lambda at: pipeline.retrieve(filtered[at]),
    }


def _processes(folder: Path, stage: Stage, largest: int) -> Iterator[Measurement]:
    """Whole commands: their time from start to end, and the most memory they held."""
    stage("starting commands")
    help_seconds = [_command("--help")[0] for _ in range(_STARTS)]
    median = round(statistics.median(help_seconds), 3)
    yield Measurement(group="process", name="qa --help", value=median, unit="s", goal="under 0.5")
    answers = [_command("ask", _QUESTION, data_dir=folder / "demo") for _ in range(3)]
    seconds = round(statistics.median(seconds for seconds, _ in answers), 2)
    yield Measurement(group="process", name="qa ask, from start to answer", value=seconds, unit="s")
    memory = round(max(peak for _, peak in answers))
    yield Measurement(group="process", name="qa ask, peak resident memory", value=memory, unit="MB")
    _, peak = _command("ask", _QUESTION, data_dir=folder / f"synthetic-{largest}")
    name = f"qa ask at {largest:,} passages, peak resident memory"
    yield Measurement(group="process", name=name, value=round(peak), unit="MB")


def _command(*arguments: str, data_dir: Path | None = None) -> tuple[float, float]:
    """Run `qa`: seconds it took, and its peak resident memory in MB."""
    environment = os.environ | ({"QA_DATA_DIR": str(data_dir)} if data_dir else {})
    started = perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command, with our own arguments
        [sys.executable, "-m", "qa", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"`qa {' '.join(arguments)}` failed with exit code {process.returncode}")
    return perf_counter() - started, usage.ru_maxrss / 1000
