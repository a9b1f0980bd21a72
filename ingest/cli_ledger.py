"""The commands about figures: `ingest ledger` looks them up in the archive, `ingest figures` reads them from lines."""

import json as json_
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ingest.terminal import err, out, print_json, print_line, reading_progress, reported

if TYPE_CHECKING:
    from ingest.aliases import Aliases
    from ingest.archive import Archive, FigureFilters
    from ingest.domain import Attribution, StatedFigure
    from ingest.ledger_query import LedgerQuery
    from ingest.ledger_rows import LedgerRow

_DAY = ["%Y-%m-%d"]
_PAGE = 500
_SHOWN = 50
"""Figures in the table for people, where no limit is given."""


def ledger(  # noqa: PLR0913 - one option for each filter
    speaker: Annotated[
        list[str] | None, typer.Option(help="Who says it, by any name in either language; may be repeated.")
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(help="What is counted: civilians, USD, km, killed, or words of it; may be repeated."),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option(help="Where it happened, by any name of the place; may be repeated.")
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--date-from", formats=_DAY, help="Event on this day or later; else published on it or later."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--date-to", formats=_DAY, help="Event on this day or earlier; else published on it or earlier."),
    ] = None,
    value: Annotated[float | None, typer.Option(help="The figure itself.")] = None,
    value_min: Annotated[float | None, typer.Option(help="Least figure.")] = None,
    value_max: Annotated[float | None, typer.Option(help="Greatest figure.")] = None,
    articles: Annotated[
        list[str] | None, typer.Option("--article", help="Only this article, by id; may be repeated.")
    ] = None,
    outlets: Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")] = None,
    languages: Annotated[
        list[str] | None, typer.Option("--language", help="Only this language (ar, en); may be repeated.")
    ] = None,
    published_from: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="Published on this day or later.")
    ] = None,
    published_to: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="Published on this day or earlier.")
    ] = None,
    unattributed: Annotated[
        bool, typer.Option("--all", help="Also figures that an article states in its own voice.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"Figures at most; {_SHOWN} in the table for people, else every one.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets (RFC 4180).")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")] = False,
) -> None:
    """List the figures of the archive with who says them, where and when: newest first.

    Every attributed figure is listed; its article's text has its words at the offsets given.

    Examples:

        ingest ledger --speaker SOHR --unit civilians --date-from 2018-05-01

        ingest ledger --place السوسة --csv > figures.csv
    """
    if csv and json:
        raise typer.BadParameter("choose one of --csv and --json.", param_hint="--csv")
    with reported():
        query = _query(
            speaker=tuple(speaker or ()),
            unit=tuple(unit or ()),
            place=tuple(place or ()),
            date_from=first and first.date(),
            date_to=last and last.date(),
            value=value,
            value_min=value_min,
            value_max=value_max,
            article_id=tuple(articles or ()),
            outlet=tuple(outlets or ()),
            language=tuple(languages or ()),
            published_from=published_from and published_from.date(),
            published_to=published_to and published_to.date(),
            unattributed=unattributed,
        )
        with _opened(query) as (archive, filters):
            rows = _rows(archive, filters, limit or (None if csv or json else _SHOWN))
            if csv:
                _print_csv(rows)
            elif json:
                print_json({"figures": [row.model_dump(mode="json") for row in rows]})
            else:
                _print_table(list(rows), archive.figures.count(filters))


def _query(**fields: object) -> "LedgerQuery":
    """Build the query; wrong values are wrong usage, exit code 2."""
    from pydantic import ValidationError

    from ingest.ledger_query import LedgerQuery

    try:
        return LedgerQuery.model_validate(fields)
    except ValidationError as error:
        problem = error.errors()[0]
        raise typer.BadParameter(f"{problem['loc'][0]}: {problem['msg']}") from error


@contextmanager
def _opened(query: "LedgerQuery") -> "Iterator[tuple[Archive, FigureFilters]]":
    """Open the archive with its figures read."""
    from ingest.aliases import Aliases
    from ingest.bootstrap import open_archive
    from ingest.ledger_query import to_filters
    from ingest.places import Places
    from ingest.reread import read_due
    from ingest.settings import read_settings

    settings = read_settings()
    with open_archive(settings, create=False) as archive:
        aliases, places = Aliases.of(settings), Places.default()
        with reading_progress() as on_read:
            read_due(archive, aliases=aliases, places=places, on_read=on_read)
        yield archive, to_filters(query, archive, aliases=aliases, places=places)


def _rows(archive: "Archive", filters: "FigureFilters", limit: int | None) -> "Iterator[LedgerRow]":
    """Rows page by page, up to a limit."""
    from ingest.ledger_rows import row_of

    cursor, left = None, limit
    while True:
        page = archive.figures.select(filters, cursor=cursor, limit=_PAGE if left is None else min(left, _PAGE))
        yield from map(row_of, page.rows)
        cursor = page.next_cursor
        left = None if left is None else left - len(page.rows)
        if cursor is None or left == 0:
            return


def _print_csv(rows: "Iterator[LedgerRow]") -> None:
    """Print the table in UTF-8 with the line ends of RFC 4180, whatever the terminal."""
    from ingest.ledger_rows import csv_lines

    sys.stdout.flush()
    for line in csv_lines(rows):
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.flush()


_SIGNS = {"approximately": "≈", "at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}


def _print_table(rows: "list[LedgerRow]", total: int) -> None:
    from rich.table import Table

    if not rows:
        err().print("No figure passes the filters. Figures in an article's own voice are listed with --all.")
        return
    table = Table("figure", "unit", "speaker", "places", "day", "article", "sentence", show_lines=True)
    for row in rows:
        said = row.speaker.canonical if row.speaker else "–"
        unit = row.unit_canonical or row.unit or "–"
        cells = (
            f"{_SIGNS.get(row.bound, '')}{row.value:,}",
            f"{unit}, {row.fate}" if row.fate else unit,
            f"{said}, via {row.via.canonical}" if row.via else said,
            ", ".join(row.places) or "–",
            str(row.day) if row.day else f"published {row.published_at.date()}" if row.published_at else "–",
            f"{row.article_id} {row.start}:{row.end}",
            row.sentence.text,
        )
        table.add_row(*map(_printable, cells))
    out().print(table)
    if len(rows) < total:
        err().print(f"{len(rows)} of {total} figures; --limit shows more, --csv and --json every one.")


def _printable(text: str) -> str:
    """A text without characters that move a terminal's cursor or change its state."""
    return "".join(char if char.isprintable() else " " for char in text)


def figures(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A text file, read line by line; - reads standard input.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Its result is JSON Lines with or without.")] = False,  # noqa: ARG001 - other commands have it
) -> None:
    """Read the figures of each line of a text, and who says them: JSON Lines, one object a line.

    No archive is needed. Offsets count code points from the start of the line. Lines are printed as they are read.

    Example:

        echo "SOHR said at least 28 civilians were killed." | ingest figures -

        {"text": "SOHR said …", "figures": [{"value": 28, "bound": "at_least", "quote": "28", "start": 19, "end": 21,
        "unit": "civilians", "unit_canonical": "civilians", "speaker": {"name": "SOHR", "canonical": "Syrian …"}}]}
    """
    from ingest.aliases import Aliases
    from ingest.settings import read_settings

    with reported():
        aliases = Aliases.of(read_settings())
        for text in _lines(source):
            print_line(json_.dumps({"text": text, "figures": _read(text, aliases)}, ensure_ascii=False))


def _read(text: str, aliases: "Aliases") -> list[dict[str, object]]:
    """The figures of one line, as they are printed."""
    from ingest.figures import read_figures
    from ingest.speakers import read_attributions, speaker_of

    found = read_figures(text)
    attributions = read_attributions(text, aliases=aliases) if found else []
    return [_shown(figure, speaker_of(attributions, figure.start, figure.end)) for figure in found]


def _shown(figure: "StatedFigure", said: "Attribution | None") -> dict[str, object]:
    from ingest.ledger_rows import short

    return {
        "value": short(figure.value),
        "bound": figure.bound,
        "quote": figure.quote,
        "start": figure.start,
        "end": figure.end,
        "unit": figure.unit,
        "unit_canonical": figure.unit_canonical,
        "speaker": said.speaker.model_dump() if said else None,
    }


def _lines(source: str) -> Iterator[str]:
    """The lines of a file or of standard input, each as soon as it is there, without its end.

    Raises:
        SourceError: it cannot be read, or is no text; the message says where.
    """
    from ingest.errors import SourceError

    if source == "-":
        yield from _decoded(sys.stdin.buffer, "standard input")
        return
    try:
        with open(source, "rb") as stream:  # noqa: PTH123 - a path of any bytes
            yield from _decoded(stream, source)
    except OSError as error:
        raise SourceError("unreadable", f"{source} cannot be read: {error.strerror}. Check its name.") from error


def _decoded(stream: BinaryIO, source: str) -> Iterator[str]:
    from ingest.readers.decoding import bom_encoding, decode

    for number, line in enumerate(iter(stream.readline, b""), start=1):
        if number == 1 and (encoding := bom_encoding(line)) and encoding != "utf-8-sig":
            # Its line ends are not single bytes: it is read whole.
            whole = decode(line + stream.read(), source).removesuffix("\n")
            yield from (one.removesuffix("\r") for one in whole.split("\n"))
            return
        bare = line.removesuffix(b"\n").removesuffix(b"\r")
        try:
            # The first line shows what is no text at all; what later ones begin with is no file's signature.
            yield decode(bare, source) if number == 1 else bare.decode()
        except UnicodeDecodeError:
            yield decode(bare, f"{source}, line {number}")
