"""What the service adds to a model's call: over real sockets, with a model that answers at once.

Three processes, as in use: the clients, `qa serve`, and the model. The model quotes the passages it is sent, so that
every step after it has work to do. What a request takes beyond the model's own time is the service's.
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urljoin

import httpx

from evals.bench.results import Measurement, quantiles
from evals.datasets import Dataset
from evals.fake_model.server import TIMES
from ingest.errors import OnRecordError
from ingest.settings import Settings
from qa.bootstrap import open_service

CLIENTS = (1, 8, 32)
"""Requests under way at once."""

MODEL = "gpt-4o-mini"
"""Whose price an answer is reckoned at."""

REQUESTS = 160
"""Questions asked with each number of clients."""

_WARM = 8
_TIMEOUT = 120.0


class BenchError(OnRecordError):
    """What is to be measured does not run."""


class _Asked(NamedTuple):
    """One question's answer."""

    seconds: float
    answer: dict[str, Any]


def overhead(
    dataset: Dataset, settings: Settings, folder: Path, stage: Callable[[str], None], *, requests: int = REQUESTS
) -> Iterator[Measurement]:
    """Ask the set's questions of a served archive of its articles, with each number of clients.

    Args:
        dataset: articles and questions.
        settings: what embeds; the model and the archive are the benchmark's own.
        folder: where the archive is made.
        stage: told what is measured next.
        requests: questions with each number of clients.

    Raises:
        BenchError: a server does not start, or answers without its model.
    """
    asked = [sample.question for sample in dataset.samples] or [page.title or page.text[:60] for page in dataset.pages]
    stage(f"an archive of {len(dataset.pages)} articles, served with a model that answers at once")
    with open_service(settings.model_copy(update={"data_dir": folder})) as service:
        service.ingest(dataset.pages, lambda _: None)
    with _fake_model() as model, _served(folder, model) as service_at:
        asyncio.run(_ask(service_at, asked[:_WARM], 1))
        for clients in CLIENTS:
            stage(f"{requests} questions, {clients} at once, answered with a model")
            before = len(_seconds(model))
            started = perf_counter()
            replies = asyncio.run(_ask(service_at, list(islice(cycle(asked), requests)), clients))
            whole = perf_counter() - started
            yield from _measured(f"llm mode, {clients} at once", replies, _seconds(model)[before:], whole)
            if clients == 1:
                yield from _steps(replies)
        yield from _cost(replies)


def _measured(group: str, replies: Sequence[_Asked], model: Sequence[float], whole: float) -> Iterator[Measurement]:
    """Whole requests, the model's part, and the rest; the model's calls are so alike that their mean is taken off."""
    calls = len(model) / len(replies)
    share = statistics.fmean(model) * calls
    yield from quantiles(group, "request", [one.seconds for one in replies])
    yield Measurement(group=group, name="in the model, a request", value=round(share * 1000, 2), unit="ms")
    yield Measurement(group=group, name="calls of the model, a request", value=round(calls, 3), unit="calls")
    yield from quantiles(group, "over the model's call", [max(0.0, one.seconds - share) for one in replies])
    yield Measurement(group=group, name="answers", value=round(len(replies) / whole, 1), unit="requests/s")


def _steps(replies: Sequence[_Asked]) -> Iterator[Measurement]:
    """Where the time of a lone request goes, as the traces have it; `generate` holds the call, and what makes it."""
    for step in ("embed", "retrieve", "generate", "verify"):
        taken = [one.answer["trace"]["timings_ms"][step] for one in replies]
        yield Measurement(
            group="llm mode, 1 at once", name=f"{step}, p50", value=round(statistics.median(taken), 2), unit="ms"
        )


def _cost(replies: Sequence[_Asked]) -> Iterator[Measurement]:
    """What answers cost, by what their traces say; the fake model counts four bytes as a token."""
    group = "llm mode, an answer"
    usages = [one.answer["trace"]["usage"] for one in replies]
    for name in ("prompt_tokens", "completion_tokens"):
        mean = statistics.fmean(usage[name] for usage in usages)
        yield Measurement(group=group, name=name.replace("_", " "), value=round(mean, 1), unit="tokens, by 4 bytes")
    costs = [usage["cost_usd"] for usage in usages if usage.get("cost_usd") is not None]
    if costs:
        yield Measurement(group=group, name=f"cost of {MODEL}", value=round(statistics.fmean(costs), 6), unit="USD")
    claimed = statistics.fmean(bool(one.answer["claims"]) for one in replies)
    yield Measurement(group=group, name="answers with a claim", value=round(claimed, 3), unit="share")


async def _ask(address: str, questions: Sequence[str], clients: int) -> list[_Asked]:
    """Ask questions, so many at once."""
    due = iter(questions)
    replies: list[_Asked] = []

    async def client(http: httpx.AsyncClient) -> None:
        for question in due:
            started = perf_counter()
            response = await http.post("/v1/ask", json={"question": question})
            seconds = perf_counter() - started
            if response.is_error:
                raise BenchError(f"The service answered {response.status_code}: {response.text[:300]}")
            answer = response.json()
            if answer["trace"]["mode"] != "llm":
                raise BenchError(f"The service answered without its model: {answer['trace'].get('fallback')}")
            replies.append(_Asked(seconds, answer))

    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=_TIMEOUT, limits=limits, trust_env=False) as http:
        await asyncio.gather(*(client(http) for _ in range(clients)))
    return replies


def _seconds(model: str) -> list[float]:
    """How long each of the model's calls took it, so far."""
    return list(httpx.get(urljoin(model, TIMES), trust_env=False).raise_for_status().json())


@contextmanager
def _fake_model() -> Iterator[str]:
    """Run the fake model; gives the address of its API."""
    with _process("evals.fake_model", env={}) as process:
        assert process.stdout  # noqa: S101 - it is a pipe
        yield process.stdout.readline().strip() or _gone("The fake model", "")


@contextmanager
def _served(folder: Path, model: str) -> Iterator[str]:
    """Run `qa serve` with a model; gives its address."""
    env = {"QA_DATA_DIR": str(folder), "QA_LLM__BASE_URL": model, "QA_LLM__MODEL": MODEL, "QA_LLM__API_KEY": "none"}
    with _process("qa", "serve", "--port", "0", env=env) as process:
        assert process.stderr  # noqa: S101 - it is a pipe
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"running on (http://\S+)", line):
                rest = threading.Thread(target=process.stderr.read)  # a full pipe would block
                rest.start()
                try:
                    yield found[1]
                finally:
                    process.terminate()
                    rest.join()
                return
        _gone("`qa serve`", "".join(said))


def _gone(what: str, said: str) -> str:
    raise BenchError(f"{what} ended before it listened. {said[-500:]}")


@contextmanager
def _process(module: str, *arguments: str, env: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a module of ours with some settings, and no other model's; ended with the block."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("QA_LLM__", "OPENAI_"))}
    with subprocess.Popen(  # noqa: S603 - modules of our own
        [sys.executable, "-m", module, *arguments],
        env=plain | env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
