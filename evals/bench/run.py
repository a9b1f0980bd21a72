"""The benchmark: ingestion against the embedder alone, queries by step and size, start-up, memory."""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

from evals.bench.frontier import frontier
from evals.bench.overhead import REQUESTS, overhead
from evals.bench.reading import reading
from evals.bench.results import BenchReport, Machine, Measurement, quantiles, times
from evals.bench.synthetic import fill, questions
from evals.datasets import load
from ingest.articles import to_article
from ingest.bootstrap import open_library
from ingest.domain import Filters, Page
from ingest.encoder import bundled_encoder
from ingest.late import maxsim
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
_COPIES = 5
_QUERIES = 60
_ANSWERS = 20
_STARTS = 5
_CLIENTS = 8
_EACH = 25
"""Questions each client asks."""

_PAUSE = 0.5
"""Seconds between an answer and the next question of somebody who reads, and reads fast."""

_QUESTION = "How many civilians were killed near al-Susah?"

Stage = Callable[[str], None]
"""Told what is measured next."""


def bench(  # noqa: PLR0913 - each is one thing to measure, or how
    dataset: Path,
    settings: Settings,
    stage: Stage = lambda _: None,
    *,
    sizes: Sequence[int] = SIZES,
    xquad: Path | None = None,
    figures_of: Path | None = None,
    requests: int = REQUESTS,
) -> BenchReport:
    """Measure everything.

    Args:
        dataset: set whose articles are ingested.
        settings: which embedder to measure; archives are made in a temporary folder.
        stage: told what is measured next.
        sizes: passages in each synthetic archive.
        xquad: folder with XQuAD in English and Arabic, for what each way to run the encoder finds; without it, that
            is left out.
        figures_of: articles as JSON Lines, whose figures and speakers are read; without them, that is left out.
        requests: questions answered with a model, for each number of clients.
    """
    data = load(dataset)
    pages = data.pages
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        measurements = [
            *_ingestion(pages, settings, Path(folder), stage),
            *_queries(settings, Path(folder), stage, sizes),
            *_clients(pages, settings, Path(folder), stage),
            *_processes(Path(folder), stage, max(sizes)),
            *overhead(data, settings, Path(folder) / "overhead", stage, requests=requests),
            *(frontier(xquad, stage) if xquad else ()),
            *(reading(figures_of, stage) if figures_of else ()),
        ]
    return BenchReport(machine=Machine.here(), measurements=tuple(measurements))


def bench_overhead(dataset: Path, settings: Settings, stage: Stage = lambda _: None) -> BenchReport:
    """Measure only what the service adds to a model's call, with the articles and questions of a set."""
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        measurements = tuple(overhead(load(dataset), settings, Path(folder), stage))
    return BenchReport(machine=Machine.here(), measurements=measurements)


def _ingestion(pages: tuple[Page, ...], settings: Settings, folder: Path, stage: Stage) -> Iterator[Measurement]:
    """The encoder alone and the whole of ingestion, in turns, on the same passages.

    The set comes in several times over, as new articles: a run of a second would measure its beginning and end.
    """
    pages = tuple(_anew(page, number) for number in range(_COPIES) for page in pages)
    texts = [passage.text for page in pages for passage in cut(to_article(page), count_tokens=bundled_encoder().count)]
    alone, whole = [], []
    for number in range(_ROUNDS):
        with open_library(settings.model_copy(update={"data_dir": folder / f"ingest-{number}"})) as library:
            library.embedder.passages(texts[:2])  # the model is loaded, for both
            stage(f"the encoder alone, {len(texts)} passages, round {number + 1} of {_ROUNDS}")
            alone += times(partial(library.embedder.passages, texts), 1)
            stage(f"ingestion, {len(pages)} articles, round {number + 1} of {_ROUNDS}")
            whole += times(partial(Ingestion(library).run, pages), 1)
    (folder / "demo").symlink_to(folder / "ingest-0")
    rates = [len(texts) / statistics.median(taken) for taken in (alone, whole)]
    yield Measurement(group="ingestion", name="encoder alone", value=round(rates[0], 2), unit="passages/s")
    yield Measurement(group="ingestion", name="whole ingestion", value=round(rates[1], 2), unit="passages/s")
    ratio = round(rates[1] / rates[0], 3)
    yield Measurement(group="ingestion", name="whole against encoder", value=ratio, unit="ratio", goal="at least 0.95")


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
    questions_ = [library.embed_question(question, "en") for question in asked]
    vectors = [one.whole for one in questions_]
    store, index = library.archive.passages, library.index
    whole = [AskRequest(question=question).to_question() for question in asked]
    filtered = [
        AskRequest(question=question, filters=Filters(outlets=("Outlet 3",))).to_question() for question in asked
    ]
    some = [[one.passage_id for one in index.nearest(vector, 20)] for vector in vectors]
    index.exact.nearest(vectors[0], CANDIDATES)
    return {
        "embed the question": lambda at: library.embed_question(asked[at], "en"),
        "vectors, compared in memory": lambda at: index.exact.nearest(vectors[at], CANDIDATES),
        "vectors, asked of Chroma": lambda at: index.nearest(vectors[at], CANDIDATES),
        "words of passages": lambda at: store.search("terms", asked[at], limit=CANDIDATES),
        "words of articles": lambda at: store.search_articles(asked[at], limit=2 * CANDIDATES),
        "names": lambda at: store.search("names", asked[at], limit=CANDIDATES),
        "tokens of 20 candidates": lambda at: maxsim(questions_[at].tokens, library.tokens_of(some[at]) or []),
        "whole retrieval": lambda at: pipeline.retrieve(whole[at]),
        "whole retrieval, filtered": lambda at: pipeline.retrieve(filtered[at]),
    }


def _clients(pages: tuple[Page, ...], settings: Settings, folder: Path, stage: Stage) -> Iterator[Measurement]:
    """Questions asked by several at once: over and over, and at a reader's pace while articles come in."""
    asked = [page.title or page.text[:60] for page in pages]
    with open_library(settings.model_copy(update={"data_dir": folder / "ingest-0"})) as library:
        pipeline = Pipeline(library, load_prompt(WORDING))
        whole = [AskRequest(question=text).to_question() for text in asked]
        steps: dict[str, Callable[[int], object]] = {
            "embed the question": lambda at: library.embed_question(asked[at % len(asked)], "en"),
            "whole retrieval": lambda at: pipeline.retrieve(whole[at % len(whole)]),
            "whole answer": lambda at: asyncio.run(pipeline.answer(whole[at % len(whole)])),
        }
        for number in (1, _CLIENTS):
            for name, step in steps.items():
                stage(f"{number} asking over and over: {name}")
                yield from quantiles(f"{number} clients, over and over", name, _ask(step, number, pause=0.0))
        stage("asking while articles come in")
        other = settings.model_copy(update={"data_dir": folder / "meanwhile"})
        done = threading.Event()
        with open_library(other) as filling, ThreadPoolExecutor(1) as background:
            running = background.submit(_fill_until, done, filling, pages)
            taken = _ask(steps["embed the question"], _CLIENTS, pause=_PAUSE)
            done.set()
            running.result()
        group = f"{_CLIENTS} clients, every {_PAUSE:g} s each, while articles come in"
        p50, p95 = quantiles(group, "embed the question", taken)
        yield from (p50, p95.model_copy(update={"goal": "under 25"}))


def _fill_until(done: threading.Event, library: Library, pages: tuple[Page, ...]) -> None:
    """Take the same pages in again and again, each time as new articles."""
    number = 0
    while not done.is_set():
        number += 1
        Ingestion(library).run([_anew(page, number) for page in pages])


def _anew(page: Page, number: int) -> Page:
    """The same page as another article."""
    return page.model_copy(update={"id": f"{page.id}-{number}", "url": None})


def _ask(step: Callable[[int], object], clients: int, *, pause: float) -> list[float]:
    """Seconds that each question of several clients took; each waits so long after an answer."""

    def client(number: int) -> list[float]:
        draw = random.Random(number)  # noqa: S311 - a benchmark, not a secret
        taken = []
        for at in range(_EACH):
            time.sleep(pause * draw.uniform(0.5, 1.5))  # readers keep no time
            taken += times(partial(step, number * _EACH + at), 1)
        return taken

    with ThreadPoolExecutor(clients) as pool:
        return [seconds for taken in pool.map(client, range(clients)) for seconds in taken]


def _processes(folder: Path, stage: Stage, largest: int) -> Iterator[Measurement]:
    """Whole commands: their time from start to end, and the most memory they held."""
    stage("starting commands")
    help_seconds = [_command("--help")[0] for _ in range(_STARTS)]
    median = round(statistics.median(help_seconds), 3)
    yield Measurement(group="process", name="qa --help", value=median, unit="s", goal="under 0.5")
    yield Measurement(
        group="process",
        name="the encoder alone, embedding passages, peak resident memory",
        value=round(_encoder_memory(folder)),
        unit="MB",
        goal="at most 250",
    )
    answers = [_command("ask", _QUESTION, data_dir=folder / "demo") for _ in range(3)]
    seconds = round(statistics.median(seconds for seconds, _ in answers), 2)
    yield Measurement(group="process", name="qa ask, from start to answer", value=seconds, unit="s")
    memory = round(max(peak for _, peak in answers))
    yield Measurement(group="process", name="qa ask, peak resident memory", value=memory, unit="MB")
    _, peak = _command("ask", _QUESTION, data_dir=folder / f"synthetic-{largest}")
    name = f"qa ask at {largest:,} passages, peak resident memory"
    yield Measurement(group="process", name=name, value=round(peak), unit="MB")


def _encoder_memory(folder: Path) -> float:
    """Peak resident memory in MB of a process that has the encoder and nothing else of ours."""
    with open_library(Settings(data_dir=folder / "demo")) as library:
        texts = [article.text for article in library.archive.export()]
    (folder / "texts").write_text("\0".join(texts), encoding="utf-8")
    return _run("evals.encoding", str(folder / "demo" / "encoder"), str(folder / "texts"))[1]


def _command(*arguments: str, data_dir: Path | None = None) -> tuple[float, float]:
    """Run `qa`: seconds it took, and its peak resident memory in MB."""
    return _run("qa", *arguments, data_dir=data_dir)


_MEASURED = """
import re, runpy, sys
from pathlib import Path
target, module, *arguments = sys.argv[1:]
sys.argv = [module, *arguments]
try:
    runpy.run_module(module, run_name="__main__", alter_sys=True)
finally:
    status = Path("/proc/self/status").read_text()
    Path(target).write_text(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
"""
"""Runs a module and writes its own peak memory: the operating system's figure for a child begins at its parent's."""


def _run(*arguments: str, data_dir: Path | None = None) -> tuple[float, float]:
    """Run Python: seconds it took, and its peak resident memory in MB."""
    environment = os.environ | ({"QA_DATA_DIR": str(data_dir)} if data_dir else {})
    with tempfile.TemporaryDirectory() as folder:
        peak = Path(folder) / "peak"
        started = perf_counter()
        done = subprocess.run(  # noqa: S603 - our own command, with our own arguments
            [sys.executable, "-c", _MEASURED, str(peak), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            check=False,
        )
        seconds = perf_counter() - started
        if done.returncode:
            raise RuntimeError(f"`{' '.join(arguments)}` failed with exit code {done.returncode}")
        return seconds, int(peak.read_text()) / 1000
