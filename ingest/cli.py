"""The command `ingest`: fill the archive, look after it, take it elsewhere."""

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.cli_ledger import figures, ledger
from ingest.terminal import FAILED, err, out, print_json, print_line, progress, reading_progress, reported
from ingest.usage import check_defaults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.pipeline import Report

app = typer.Typer(
    name="ingest",
    help="Fill OnRecord's archive with articles, look after it, and take it elsewhere.\n\n"
    "The archive lives in the folder QA_DATA_DIR (default .onrecord).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]


@app.command()
def add(  # noqa: PLR0913 - one option for each field of an article
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files and folders: .txt, .md (front matter honoured), .html, .json, .jsonl; - reads JSON Lines from "
            "standard input.",
        ),
    ],
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that name none.")] = None,
    author: Annotated[str | None, typer.Option(help="Byline of articles that have none.")] = None,
    title: Annotated[str | None, typer.Option(help="Headline of articles that have none.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Address of the article, where it names none; with a single file only.")
    ] = None,
    article_id: Annotated[
        str | None, typer.Option("--id", help="Id of the article, where it gives none; with a single file only.")
    ] = None,
    published_at: Annotated[
        str | None,
        typer.Option(help="Date of articles that have none that can be read: 2018-05-04 or 2018-05-04T10:30Z."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language code (ar, en …); detected where not given.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every article once it is kept.")] = False,
    json: Json = False,
) -> None:
    """Add articles, or replace those that changed.

    Adding the same thing twice changes nothing. An article that fails never stops the rest: all that failed, and why,
    is told at the end, and the exit code is then 1. A file without id or address is known by its text alone: give it an
    --id if its text may change.

    Examples:

        ingest add news/ --outlet "Harbour Courier"

        ingest add export.jsonl

        cat export.jsonl | ingest add -
    """
    check_defaults(paths, article_id, url, published_at, language)
    from ingest.articles import Metadata
    from ingest.bootstrap import open_library
    from ingest.domain import Failure
    from ingest.pipeline import Event, Ingestion, Taken
    from ingest.settings import read_settings
    from ingest.sources import count_sources, read_sources, skipped

    defaults = Metadata(
        id=article_id, outlet=outlet, author=author, title=title, url=url, published_at=published_at, language=language
    )
    report: Report | None = None
    try:
        with reported(), progress() as bar:
            settings = read_settings()
            opening = bar.add_task("Opening the archive", total=None)

            def on_read(done: int, total: int) -> None:
                bar.update(opening, description="Reading figures", completed=done, total=total)

            with open_library(settings, on_read=on_read) as library:
                bar.remove_task(opening)
                task = bar.add_task("Adding articles", total=count_sources(paths))
                long = bar.add_task("of it, embedding", visible=False)

                def listen(event: Event) -> None:
                    bar.advance(task)
                    bar.update(long, visible=False)
                    if verbose:
                        match event:
                            case Taken(_, article, outcome):
                                sys.stderr.write(f"{outcome} {article.id}\n")
                            case Failure():
                                sys.stderr.write(f"failed {event.source}\n")
                        sys.stderr.flush()

                def on_embedded(done: int, total: int) -> None:
                    bar.update(long, completed=done, total=total, visible=total > _LONG)

                ingestion = Ingestion(library, listen, on_embedded=on_embedded)
                report = ingestion.report
                found = read_sources(paths, stdin=sys.stdin.buffer, max_bytes=int(settings.max_article_mb * 1_000_000))
                ingestion.run(found, defaults)
    finally:  # a run cut short says what it kept, too
        if report is not None:
            _print_report(report, skipped(paths), json=json)
    if report and report.failed:
        raise typer.Exit(FAILED)


_LONG = 100
"""Passages from which on the embedding of what waits shows a bar of its own."""


def _print_report(report: "Report", left_out: "Mapping[str, int]", *, json: bool) -> None:
    """Print what became of the sources: counts, then every failure with its reason."""
    if left_out:
        kinds = ", ".join(f"{number} × {suffix}" for suffix, number in sorted(left_out.items()))
        err().print(f"Passed over, as their kind is not read: {kinds}.")
    if json:
        print_json(
            {
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "duplicates": report.duplicates,
                "failed": [failure.model_dump() for failure in report.failed],
            }
        )
        return
    from rich.table import Table

    counts = Table("added", "updated", "unchanged", "duplicates", "failed")
    numbers = (report.added, report.updated, report.unchanged, report.duplicates, len(report.failed))
    counts.add_row(*(str(number) for number in numbers))
    out().print(counts)
    if report.failed:
        failures = Table("failed, and why", show_lines=True)
        for failure in report.failed:
            failures.add_row(failure.message)
        out().print(failures)


@app.command()
def status(json: Json = False) -> None:
    """Say what the archive holds, and whether the vector index is up to date with it.

    `unread` articles have figures that are due: `ingest rebuild`, or whatever opens the archive to add or answer, reads
    them.
    """
    from ingest.bootstrap import open_archive
    from ingest.embedding import BUNDLED
    from ingest.ledger import READER
    from ingest.library import late_interaction_state
    from ingest.settings import read_settings

    with reported():
        settings = read_settings()
        with open_archive(settings, create=False) as archive:
            held, mark, collection = archive.status(), archive.embedder(), archive.journal.collection()
            unread = archive.figures.count_due(READER)
            late = late_interaction_state(archive, wanted=settings.late_interaction)
    facts = {
        "data_dir": str(settings.data_dir.resolve()),
        "articles": held.articles,
        "languages": dict(held.languages),
        "passages": held.passages,
        "unembedded": held.unembedded,
        "figures": held.figures,
        "unread": unread,
        "earlier_versions": held.versions,
        "copies": held.copies,
        "uncompared": held.uncompared,
        "embedder": mark.name if mark else None,
        "dimension": mark.dimension if mark else None,
        "late_interaction": late,
        "alignment": f"on: {BUNDLED}",
        "index": settings.chroma_url or "embedded",
        "index_collection": collection,
        "index_pending": held.pending,
    }
    if json:
        print_json(facts)
        return
    from rich.table import Table

    table = Table(show_header=False)
    for name, value in facts.items():
        shown = ", ".join(f"{key} {number}" for key, number in value.items()) if isinstance(value, dict) else value
        table.add_row(name.replace("_", " "), "–" if shown in {None, ""} else str(shown))
    out().print(table)


@app.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles, as `ingest export` shows.")],
    json: Json = False,
) -> None:
    """Remove articles and their earlier versions from every store.

    They are gone from what can be listed, searched and cited. `ingest rebuild` afterwards also takes off the disk what
    databases keep of deleted rows.
    """
    from ingest.bootstrap import open_library
    from ingest.errors import ArticleNotFoundError
    from ingest.settings import read_settings

    removed: list[str] = []
    missing: list[str] = []
    with (
        reported(),
        reading_progress() as on_read,
        open_library(read_settings(), create=False, on_read=on_read) as library,
    ):
        for article_id in article_ids:
            try:
                library.archive.remove(article_id)
                removed.append(article_id)
            except ArticleNotFoundError as error:
                missing.append(article_id)
                err().print(str(error))
        library.index.sync()
    if json:
        print_json({"removed": removed, "not_found": missing})
    else:
        out().print(f"{len(removed)} removed.")
    if missing:
        raise typer.Exit(FAILED)


@app.command()
def rebuild(json: Json = False) -> None:
    """Build the vector index and the ledger of figures anew from the archive.

    Passages are embedded again only where the configured embedder is not the one that made their vectors, and their
    tokens encoded only where that is due (or taken out, with QA_LATE_INTERACTION=false). Can be
    stopped and run again at any time. What databases keep of removed articles on the disk goes, too.
    """
    from ingest.bootstrap import open_library
    from ingest.rebuild import rebuild as rebuild_all
    from ingest.settings import read_settings

    embedded = Counter[str]()
    with reported(), progress() as bar, open_library(read_settings(), create=False, on_read=None) as library:
        total = library.archive.status().passages
        reading = bar.add_task("Reading figures", total=None)
        embedding = bar.add_task("Embedding passages", total=total, visible=False)
        encoding = bar.add_task("Encoding tokens", total=total, visible=False)
        indexing = bar.add_task("Indexing passages", total=total)

        def on_embedded(number: int) -> None:
            embedded["passages"] += number
            bar.update(embedding, advance=number, visible=True)

        def on_encoded(number: int) -> None:
            embedded["tokens"] += number
            bar.update(encoding, advance=number, visible=True)

        indexed = rebuild_all(
            library,
            on_read=lambda done, articles: bar.update(reading, completed=done, total=articles),
            on_embedded=on_embedded,
            on_encoded=on_encoded,
            on_indexed=lambda number: bar.advance(indexing, number),
        )
    result = {"indexed": indexed, "embedded": embedded["passages"], "encoded": embedded["tokens"]}
    if json:
        print_json(result)
    else:
        again = f"{result['embedded']} embedded again, tokens of {result['encoded']} encoded"
        out().print(f"{result['indexed']} passages indexed, {again}.")


@app.command()
def export(json: Json = False) -> None:  # noqa: ARG001 - its result is JSON with or without
    """Print every article as JSON Lines, in the form that `ingest add` reads."""
    from ingest.bootstrap import open_archive
    from ingest.settings import read_settings

    with reported(), open_archive(read_settings(), create=False) as archive:
        for article in archive.export():
            print_line(article.model_dump_json())


app.command()(ledger)
app.command()(figures)
