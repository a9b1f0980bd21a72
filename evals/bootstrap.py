"""Where a run is put together: the set, the door, what judges, what records."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import anyio

from evals.archives import service_of
from evals.datasets import Dataset, DatasetError, load
from evals.doors import Door, door_at, door_of
from evals.recording import ModelCalls, Recorder, Replayer
from evals.running import Plan, draw, run
from evals.runs import Partial, Run, RunError
from ingest.errors import OnRecordError
from ingest.settings import LlmSettings, Settings
from qa.errors import ModelError
from qa.llm import Model
from qa.llm.breaker import Breaker

AT_ONCE = 4
"""Items under way at once where the service, or a model, is remote."""


class Options(NamedTuple):
    """What `evals run` is told."""

    path: Path
    articles: Path | None = None
    server: str | None = None
    mode: Literal["extractive", "llm"] | None = None
    limit: int | None = None
    seed: int = 1
    out: Path | None = None
    concurrency: int | None = None
    judge: bool = False
    record: Path | None = None
    replay: Path | None = None


class Listener(Protocol):
    """Told how a run goes on."""

    def doubting(self, doubt: str) -> None:
        """Something about the set makes its rates worth less."""

    def filling(self, dataset: Dataset) -> Callable[[int], None]:
        """The set's articles go into an archive; gives what is told of each few of them."""

    def asking(self, items: int, done: int) -> Callable[[], None]:
        """Items are asked, `done` of them in an earlier try; gives what is told of each."""


class Kept(NamedTuple):
    """A run, and where it was written."""

    run: Run
    path: Path


def run_set(options: Options, settings: Settings, listener: Listener) -> Kept:
    """Ask a set of a service, and write the run.

    Raises:
        OnRecordError: the set, the service or a file cannot be used; the message says which and what to do.
    """
    dataset = _load(options, listener)
    if options.server and (options.record or options.replay):
        raise OnRecordError("A server makes its own calls to models: they are recorded where the service runs here.")
    drafting = _drafting(options, settings)
    path = options.out or settings.data_dir / "evals" / "runs" / f"{dataset.name}.json"
    if path.is_dir():
        raise RunError(f"{path} is a folder. Give --out the name of a file.")
    with ExitStack() as stack:
        plan = Plan(
            limit=options.limit,
            seed=options.seed,
            mode=options.mode,
            concurrency=options.concurrency or (AT_ONCE if _remote(options, drafting) else 1),
            server=options.server,
            settings={} if options.server else _measured(drafting) | _judging(options, settings),
            judge=settings.llm.model if options.judge else None,
        )
        earlier = Partial(path.with_name(f"{path.name}.partial"), plan.fingerprint(dataset))
        calls = _calls(options, resumed=earlier.resumed)
        if calls:
            stack.callback(calls.stop)
            plan = plan._replace(check=calls.check)
        if options.judge:
            patient = Breaker("The judge", failures=sys.maxsize)  # a grade may wait: nobody stands by for it
            plan = plan._replace(model=Model(settings.llm, calls, patient))
        try:
            run_ = anyio.run(
                partial(
                    _ask, dataset, plan, earlier, _door(dataset, options.server, drafting, calls, listener), listener
                )
            )
        except OnRecordError:
            if calls:
                calls.check()  # what a replay lacks is the cause, whatever came of it
            raise
        if calls:
            calls.check()
        run_.write(path)
        if not any(failed(run_)):
            earlier.remove()
    return Kept(run_, path)


def _drafting(options: Options, settings: Settings) -> Settings:
    """The settings of the service that is asked: in extractive mode without a model, though one may judge.

    Raises:
        ModelError: a model is to draft, and none is configured.
    """
    if options.mode == "extractive":
        return settings.model_copy(update={"llm": LlmSettings()})
    if options.mode == "llm" and not options.server and not settings.llm.model:
        raise ModelError(
            "--mode llm has a model draft the answers, and none is configured. Set QA_LLM__BASE_URL and QA_LLM__MODEL, "
            "and QA_LLM__API_KEY where the endpoint asks for one; or ask a server that has a model, with --server."
        )
    return settings


def _load(options: Options, listener: Listener) -> Dataset:
    """Read a set that can be asked, and say where it is unsound."""
    dataset = load(options.path, options.articles)
    if not dataset.items:
        snippets = f", only {len(dataset.numbers)} snippets for a number reader" if dataset.numbers else ""
        raise DatasetError(f"{options.path} holds no questions and no claims{snippets}: nothing can be asked.")
    if repeated := [key for key, number in Counter(item.id for item in dataset.items).items() if number > 1]:
        raise DatasetError(
            f"{options.path}: the id {repeated[0]!r} is there more than once. `evals validate` says more."
        )
    adrift = [item.id for item in dataset.items if any(one.quote and one.start is None for one in item.support)]
    if adrift:
        listener.doubting(
            f"{len(adrift)} of {len(dataset.items)} items have support that does not stand in the articles, "
            f"{adrift[0]} first: nothing found or cited counts as that. `evals validate` says which."
        )
    return dataset


def _measured(settings: Settings) -> dict[str, str | bool | None]:
    """Settings that change answers; keys stay out of it."""
    llm = settings.llm
    drafts: dict[str, str | bool | None] = {
        "llm_prompt": llm.prompt,
        "llm_structured": llm.structured,
        "llm_second_look": llm.second_look,
        "llm_context_tokens": str(llm.context_tokens),
        "llm_answer_tokens": str(llm.answer_tokens),
    }
    return {
        "late_interaction": settings.late_interaction,
        "embedding": settings.embedding.model,
        "embedding_at": settings.embedding.base_url,
        "llm": llm.model,
        "llm_at": llm.base_url,
        **(drafts if llm.model else {}),
    }


def _judging(options: Options, settings: Settings) -> dict[str, str | bool | None]:
    return {"judge_at": settings.llm.base_url} if options.judge else {}


def _remote(options: Options, settings: Settings) -> bool:
    return bool(options.server or options.judge or settings.embedding.base_url or settings.llm.base_url)


def failed(run_: Run) -> list[str]:
    """Why items went unscored, but for claims that the service does not offer to check."""
    return [item.unscored for item in run_.items if item.unscored and not item.not_offered]


def _calls(options: Options, *, resumed: bool) -> ModelCalls | None:
    if options.record:
        return Recorder(options.record, goes_on=resumed)
    return Replayer(options.replay) if options.replay else None


async def _ask(
    dataset: Dataset, plan: Plan, earlier: Partial, opening: AbstractAsyncContextManager[Door], listener: Listener
) -> Run:
    async with opening as door:
        advance = listener.asking(len(draw(dataset, plan.limit, plan.seed)), len(earlier.done))
        try:
            return await run(dataset, door, plan, partial=earlier, advance=advance)
        finally:
            if plan.model:
                await plan.model.aclose()


@asynccontextmanager
async def _door(
    dataset: Dataset, server: str | None, settings: Settings, calls: ModelCalls | None, listener: Listener
) -> AsyncIterator[Door]:
    filled = listener.filling(dataset)
    if server:
        async with door_at(server) as door:
            await door.fill(dataset.pages, filled)
            yield door
        return
    with service_of(dataset.pages, settings, lambda _: filled(1), calls=calls) as service:
        try:
            async with door_of(service) as door:
                yield door
        finally:
            await service.aclose()
