"""Commands of `evals` that choose and fit what the service computes with, each for a module it names; and the bench."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.terminal import FAILED, err, out, print_json, progress, reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

    from evals.datasets import Dataset
    from evals.figures import Reading
    from qa.bootstrap import Service

app = typer.Typer()

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]
PAIR = typer.Option(help="QUESTIONS=ARTICLES: another set, with questions asked of other articles; may be repeated.")
DEMO = Path(__file__).parent / "data" / "demo"


@app.command()
def bench(  # noqa: PLR0913 - one option each
    dataset: Annotated[Path, typer.Option("--set", help="Set whose articles are ingested.")] = DEMO,
    xquad: Annotated[
        Path | None,
        typer.Option(help="Folder with xquad.{en,ar}.dev.json: also compare engines and compressions of tokens."),
    ] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help="Write the result to this file as JSON, too.")] = None,
    figures_of: Annotated[
        Path | None, typer.Option(help="Articles as JSON Lines: also time the readers of figures and speakers on them.")
    ] = None,
    overhead: Annotated[
        bool, typer.Option("--overhead", help="Measure only what the service adds to the call of a model.")
    ] = False,
    json: Json = False,
) -> None:
    """Measure speed and memory: ingestion against the encoder alone, queries by step, start-up. Takes minutes.

    What the service adds to the call of a model is measured over sockets, with a model that answers at once, at 1, 8
    and 32 requests under way; no model need be set up.
    """
    from evals.bench import bench as measure_all
    from evals.bench import bench_overhead
    from ingest.settings import read_settings

    with reported(), progress() as bar:
        task = bar.add_task("Starting", total=None)

        def tell(stage: str) -> None:
            bar.update(task, description=stage)

        if overhead:
            report = bench_overhead(dataset, read_settings(), tell)
        else:
            report = measure_all(dataset, read_settings(), tell, xquad=xquad, figures_of=figures_of)
    if not figures_of and not overhead:
        err().print("Reading figures was left out; --figures-of ARTICLES measures it.")
    _write(out_file, report.model_dump(mode="json"))
    if json:
        print_json(report.model_dump(mode="json"))
        return
    from rich.table import Table

    table = Table("what", "measured", "goal")
    for one in report.measurements:
        table.add_row(f"{one.group}: {one.name}", f"{one.value:,g} {one.unit}", one.goal or "")
    out().print(table)


@app.command()
def figures(
    sets: Annotated[list[Path], typer.Argument(metavar="SET", help="Folders with numbers.jsonl, or files like it.")],
    least: Annotated[
        float | None, typer.Option(min=0, max=1, help="Fail where a smaller share is right: value, span and bound.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List everything that was read wrong.")] = False,
    json: Json = False,
) -> None:
    """Measure the readers of figures, and of speakers where the gold has them, against texts with gold figures.

    Example:

        evals figures evals/data/numbers --least 0.97
    """
    from evals.datasets import load_numbers
    from evals.figures import measure_reading, speakers_by_default
    from ingest.figures import read_figures

    with reported():
        samples = [sample for path in sets for sample in load_numbers(path)]
        attributed = any(figure.has_speaker for sample in samples for figure in sample.figures)
        reading = measure_reading(samples, read_figures, speakers_by_default() if attributed else None)
    right = reading.whole.shares["right_share"]
    if json:
        print_json(reading.document())
    else:
        _show(reading)
        for fault in reading.faults if verbose else ():
            out().print(
                f"{fault.kind}, {fault.where}: {fault.gold or 'nothing'} → {fault.read or 'nothing'}: {fault.context}"
            )
    if least is not None and (right is None or right < least):
        err().print(f"{right} are right, should be at least {least:g}.")
        raise typer.Exit(FAILED)


def _show(reading: "Reading") -> None:
    from rich.table import Table

    table = Table("language", "gold", "read", "right", "value and span", "missed", "false", "speaker right")
    for name, tally in (*reading.by_language.items(), ("all", reading.whole)):
        shares = ("-" if share is None else f"{share:.3f}" for share in tally.shares.values())
        table.add_row(name, str(tally.gold), str(tally.read), *shares)
    out().print(table)


@app.command()
def fuse(
    sets: Annotated[list[Path], typer.Argument(metavar="SET", help="Sets, as `evals run` reads them.")],
    pair: Annotated[list[str] | None, PAIR] = None,
    json: Json = False,
) -> None:
    """Choose the weights of retrieval's scores by R@1, with each set left out in turn; for `qa/retrieval.py`.

    Example:

        evals fuse DATA/xquad.en.dev.json DATA/xquad.ar.dev.json DATA/arcd.dev.json
        --pair DATA/xquad.en.dev.json=DATA/xquad.ar.dev.json --pair DATA/xquad.ar.dev.json=DATA/xquad.en.dev.json
    """
    from evals.fusion import Choice, Found, choose, find

    found: dict[str, list[Found]] = {}
    with reported(), progress() as bar:
        for dataset, service, advance in _opened(bar, sets, pair):
            found[dataset.name] = list(find(service, [one for one in dataset.samples if one.support], advance))
        result = choose(found)
    if json:
        print_json(result.model_dump())
        return
    from rich.table import Table

    table = Table("setting", "late", "lexical", "names", *found, "mean")

    def row(name: str, choice: Choice) -> None:
        rates = [f"{choice.r_at_1[one]:.3f}" for one in found]
        table.add_row(
            name, *(f"{one:g}" for one in (choice.late, choice.lexical, choice.names)), *rates, f"{choice.mean:.4f}"
        )

    row("in use", result.in_use)
    for place, choice in enumerate(result.best, start=1):
        row(f"{place}. best", choice)
    row("best without late", result.without_late)
    for name, choice in result.left_out.items():
        row(f"best on all but {name}", choice)
    out().print(table)


@app.command()
def sentences(
    sets: Annotated[list[Path], typer.Argument(metavar="SET", help="SQuAD files, as `evals run` reads them.")],
    pair: Annotated[list[str] | None, PAIR] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first questions of each set.")] = None,
    json: Json = False,
) -> None:
    """Measure how often the best sentence of the gold paragraph holds a gold answer."""
    from evals.sentences import SentenceMeasure, measure_sentences

    results: dict[str, SentenceMeasure] = {}
    with reported(), progress() as bar:
        for dataset, service, advance in _opened(bar, sets, pair):
            samples = [sample for sample in dataset.samples if sample.support][:limit]
            results[dataset.name] = measure_sentences(service, dataset, samples, advance)
    if json:
        print_json({name: one._asdict() for name, one in results.items()})
        return
    from rich.table import Table

    table = Table("set", "questions", "right sentence", "by chance")
    for name, one in results.items():
        table.add_row(name, str(one.n), f"{one.accuracy:.3f}", f"{one.by_chance:.3f}")
    out().print(table)


@app.command()
def calibrate(
    sets: Annotated[list[Path], typer.Argument(metavar="SET", help="Sets, as `evals run` reads them.")],
    pair: Annotated[list[str] | None, PAIR] = None,
    limit: Annotated[int, typer.Option(min=10, help="Questions of each set, drawn by the seed.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 1,
    json: Json = False,
) -> None:
    """Fit how likely a sentence answers, and show what each threshold does; for `qa/confidence.py`.

    Each question is asked with and without the articles that answer it.
    """
    from evals.calibrate import Observation, observe
    from evals.calibrate import calibrate as fit
    from qa.confidence import Features

    observed: dict[str, list[Observation]] = {}
    with reported(), progress() as bar:
        for dataset, service, advance in _opened(bar, sets, pair, limit):
            observed[dataset.name] = list(observe(service, dataset, limit, seed, advance))
        result = fit(observed)
    if json:
        print_json(result.model_dump())
        return
    from rich.table import Table

    for kind, model in result.models.items():
        weights = ", ".join(
            f"{name} {weight:.2f}" for name, weight in zip(Features._fields, model.weights, strict=True)
        )
        out().print(f"{kind}: intercept {model.intercept:.2f}; {weights}")
    table = Table("of", "set", "AUC, fitted on the others", "threshold", "answered", "of these right", "hallucinated")
    for row in result.rows:
        numbers = (row.threshold, row.answered, row.right, row.hallucinated)
        auc = result.models[row.kind].auc[row.dataset]
        table.add_row(row.kind, row.dataset, f"{auc:.3f}", *(f"{number:.2f}" for number in numbers))
    out().print(table)


@app.command()
def centroids(
    target: Annotated[Path, typer.Argument(help="File to write.")] = Path("ingest/centroids.npz"),
    dataset: Annotated[Path, typer.Option("--set", help="Set whose articles and questions are encoded.")] = DEMO,
) -> None:
    """Make the numbers that are kept with the bundled encoder: means of languages, directions of token vectors.

    Archives whose token vectors were compressed with other numbers want an `ingest rebuild` afterwards.
    """
    from evals.centroids import write_centroids

    with reported():
        taken = write_centroids(dataset, target)
    out().print(f"{target}: " + ", ".join(f"{name} over {number}" for name, number in taken.items()))


def _opened(
    bar: "Progress", sets: list[Path], pairs: list[str] | None, limit: int | None = None
) -> "Iterator[tuple[Dataset, Service, Callable[[], None]]]":
    """Each set with the service over its archive, and what advances its bar by a question."""
    from evals.archives import service_of
    from evals.datasets import load
    from ingest.settings import read_settings

    settings = read_settings()
    both = (pair.partition("=") for pair in pairs or [])
    for path, articles in [*((path, None) for path in sets), *((Path(one), Path(two)) for one, _, two in both)]:
        dataset = load(path, articles)
        filling = bar.add_task(f"Archive of {dataset.name}", total=len(dataset.pages))
        with service_of(dataset.pages, settings, partial(_advance, bar, filling)) as service:
            total = min(limit or len(dataset.samples), len(dataset.samples))
            asking = bar.add_task(f"Questions of {dataset.name}", total=total)
            yield dataset, service, partial(bar.advance, asking)


def _advance(bar: "Progress", task: "TaskID", _: object) -> None:
    bar.advance(task)


def _write(target: Path | None, document: object) -> None:
    import json

    if target:
        target.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
