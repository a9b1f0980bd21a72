"""The command `evals`: is the service right, is it still, and how fast is it?"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from evals.cli_tools import DEMO
from evals.cli_tools import app as tools
from ingest.terminal import FAILED, err, out, print_json, progress, reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

    from evals.datasets import Dataset

__all__ = ["DEMO", "app"]

app = typer.Typer(
    name="evals",
    help="Measure how well OnRecord answers, compare two measurements, and how fast it is.\n\n"
    "Archives made for measuring are kept under QA_DATA_DIR (default .onrecord) in evals/, by what is in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]
SET = typer.Argument(
    metavar="SET",
    help="Folder with articles.jsonl and questions.jsonl or claims.jsonl, a SQuAD file (XQuAD, ARCD), or a file of "
    "questions or claims.",
)
ARTICLES = typer.Option(help="Ask of these articles instead: JSON Lines, or XQuAD in another language.")


@app.command()
def run(  # noqa: PLR0913 - one option each
    path: Annotated[Path, SET],
    articles: Annotated[Path | None, ARTICLES] = None,
    server: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask a running `qa serve` instead of the service in this process; an empty archive is filled first.",
        ),
    ] = None,
    mode: Annotated[
        Literal["extractive", "llm"] | None,
        typer.Option(
            help="`llm`: the model of QA_LLM__… drafts the answers; `extractive`: none does, even if one is set up. By "
            "default as the settings have it. A run fails where the service answers in another mode."
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many items, drawn by the seed.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the draw and of the intervals.")] = 1,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="File to write the run to; by default under QA_DATA_DIR.")
    ] = None,
    concurrency: Annotated[
        int | None,
        typer.Option(
            min=1, help="Items under way at once; by default 4 where the service or a model is remote, else 1."
        ),
    ] = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="Also have the model of QA_LLM__… grade each answer; it never decides.")
    ] = False,
    record: Annotated[Path | None, typer.Option(help="Record every call to a model to this file.")] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Answer calls to models from such a file; one that is not in it fails the run.")
    ] = None,
    json: Json = False,
) -> None:
    """Ask a set's questions, score every answer, and write the run to a file.

    The set's articles go into an archive of their own, kept by what is in them. Cut short, the same command goes on.

    Examples:

        evals run evals/data/demo --out before.json

        evals run DATA/xquad.en.dev.json --articles DATA/xquad.ar.dev.json --limit 100

        QA_LLM__BASE_URL=http://127.0.0.1:11434/v1 QA_LLM__MODEL=qwen3:8b evals run evals/data/demo --mode llm
        --record calls.jsonl
    """
    from evals.bootstrap import Options, failed, run_set
    from evals.render import failure_lines, not_judged, run_lines, run_table
    from ingest.settings import read_settings

    if record and replay:
        raise typer.BadParameter("Give --record or --replay, not both.")
    options = Options(path, articles, server, mode, limit, seed, out_file, concurrency, judge, record, replay)
    with reported(), progress() as bar:
        kept = run_set(options, read_settings(), _Bars(bar))
    unscored = failed(kept.run)
    if json:
        print_json(kept.run.model_dump(mode="json"))
    else:
        out().print(run_table(kept.run))
        for line in run_lines(kept.run):
            out().print(line)
    for line in failure_lines(kept.run, unscored):
        err().print(line)
    err().print(f"Written to {kept.path}")
    if unscored or not_judged(kept.run):
        raise typer.Exit(FAILED)


class _Bars:
    """Progress of a run as bars."""

    def __init__(self, bar: "Progress") -> None:
        self._bar = bar

    def doubting(self, doubt: str) -> None:
        err().print(f"Warning: {doubt}")

    def filling(self, dataset: "Dataset") -> "Callable[[int], None]":
        task = self._bar.add_task(f"Archive of {dataset.name}", total=len(dataset.pages))
        return partial(self._bar.advance, task)

    def asking(self, items: int, done: int) -> "Callable[[], None]":
        name = f"Asking ({done} were asked before)" if done else "Asking"
        task = self._bar.add_task(name, total=items)
        return partial(self._bar.advance, task)


@app.command()
def compare(  # noqa: PLR0913 - one option each
    baseline: Annotated[Path, typer.Argument(metavar="BASELINE", help="The run that is compared with.")],
    run_file: Annotated[Path, typer.Argument(metavar="RUN", help="The run that is judged.")],
    margin: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="How much worse a rate may come out: 0.02 is two points.")
    ] = 0.02,
    alpha: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="A drop also has to be this unlikely by chance; for models that answer differently each time.",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every item that flipped, and whole answers.")] = False,
    json: Json = False,
) -> None:
    """Compare two runs of one set; exit 1 on a regression.

    Red is: a measure that got worse by more than the margin, or within a language or across them by five points and
    more than two items; an invariant that does not hold (citations verbatim and their sources true, figures in their
    quotes, speakers named, no instruction of an article obeyed); an item that the baseline scored and the run did not.

    Example:

        evals compare evals/baselines/demo.json after.json
    """
    from evals.compare import Rule
    from evals.compare import compare as compare_runs
    from evals.render import comparison_lines, comparison_table
    from evals.runs import Run

    with reported():
        comparison = compare_runs(Run.read(baseline), Run.read(run_file), Rule(margin, alpha))
    if json:
        print_json({**comparison.model_dump(mode="json"), "red": comparison.red})
    else:
        out().print(comparison_table(comparison))
        for line in comparison_lines(comparison, every=every):
            out().print(line)
    if comparison.red:
        raise typer.Exit(FAILED)


@app.command()
def validate(
    sets: Annotated[list[Path], SET], articles: Annotated[Path | None, ARTICLES] = None, json: Json = False
) -> None:
    """Check sets: quotes exact, values written in their quotes, ids unique, gold consistent; exit 1 where not."""
    from evals.datasets import load
    from evals.datasets.validate import problems, summarize

    with reported():
        loaded = [load(path, articles) for path in sets]
    found = {dataset.name: problems(dataset) for dataset in loaded}
    if json:
        print_json({one.name: {**summarize(one)._asdict(), "problems": found[one.name]} for one in loaded})
    else:
        for one in loaded:
            counts = ", ".join(f"{name} {value}" for name, value in summarize(one)._asdict().items() if value)
            out().print(f"{one.name}: {counts}")
            for problem in found[one.name]:
                out().print(f"  {problem}")
    if any(found.values()):
        raise typer.Exit(FAILED)


@app.command()
def report(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="Runs, as `evals run` writes them.")],
    out_file: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("report.html"),
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Also write the runs to this file as JUnit XML.")
    ] = None,
) -> None:
    """Write runs as one HTML page, to be read in a browser: measures, kinds, calibration, times, all that failed.

    Example:

        evals report before.json after.json --out report.html
    """
    from evals.report import junit, page
    from evals.runs import Run, write

    targets = [path.resolve() for path in (out_file, junit_file) if path]
    if len({*targets}) < len(targets) or {*targets} & {path.resolve() for path in runs}:
        raise typer.BadParameter("The report would be written over a run, or over itself. Give --out another file.")
    with reported():
        read = [Run.read(path) for path in runs]
        stems = [path.stem for path in runs]
        names = stems if len({*stems}) == len(stems) else [str(path) for path in runs]
        write(out_file, page(read, names))
        if junit_file:
            write(junit_file, junit(read, names))
    for written in filter(None, (out_file, junit_file)):
        err().print(f"Written to {written}")


@app.command()
def fetch(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Which set; without it, all are listed.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="Folder to put it in; by default QA_DATA_DIR/evals/sets.", file_okay=False)
    ] = None,
    json: Json = False,
) -> None:
    """Download a public set, checked by its SHA-256; nothing is downloaded that is there already.

    Example:

        evals fetch xquad-ar
    """
    from evals.fetch import PUBLIC_SETS
    from evals.fetch import fetch as download
    from ingest.settings import read_settings

    if name is None:
        if json:
            print_json({key: one._asdict() for key, one in PUBLIC_SETS.items()})
            return
        for key, one in PUBLIC_SETS.items():
            out().print(f"{key}: {one.about}; {one.licence}, {one.size / 1e6:.1f} MB")
        return
    with reported(), progress() as bar:
        folder = to or read_settings().data_dir / "evals" / "sets"
        size = PUBLIC_SETS[name].size if name in PUBLIC_SETS else None
        path = download(name, folder, partial(bar.advance, bar.add_task(name, total=size)))
    if json:
        print_json({"name": name, "path": str(path)})
    else:
        out().print(str(path))


app.add_typer(tools)
