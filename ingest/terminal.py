"""How the commands speak: results on standard output, everything else on standard error.

Exit codes: 0 success, 1 something failed, 2 wrong usage.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import typer

from ingest.errors import OnRecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.progress import Progress, TaskID

FAILED = 1
"""Exit code where something failed."""


def out() -> "Console":
    """Console for results; never wraps inside words of a quote, never guesses markup in a source's text."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def err() -> "Console":
    """Console for progress, notes and errors."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def print_json(value: Any) -> None:
    """Print a result for programs: one JSON document, UTF-8."""
    print_line(json.dumps(value, ensure_ascii=False, indent=2))


def print_line(text: str) -> None:
    """Print JSON for programs: in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()


@contextmanager
def reported() -> Iterator[None]:
    """Turn our errors into a message and exit code 1, Ctrl-C into a word about what was kept."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Arabic shows question marks, not a traceback
    try:
        yield
    except OnRecordError as error:
        sys.stderr.write(f"Error: {error}\n")
        raise typer.Exit(FAILED) from error
    except BrokenPipeError:
        raise  # whoever read has read enough; click ends quietly
    except OSError as error:
        sys.stderr.write(f"Error: {error}. What was reported as done is kept.\n")
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt as interrupt:
        sys.stderr.write("Stopped. What was reported as done is kept; run the same command to go on.\n")
        raise typer.Exit(130) from interrupt


@contextmanager
def reading_progress() -> Iterator["Callable[[int, int], None]"]:
    """Give what is told how many of how many articles are read, and shows a bar once there are any."""
    with ExitStack() as stack:
        shown: list[tuple[Progress, TaskID]] = []

        def on_read(done: int, total: int) -> None:
            if not shown:
                bar = stack.enter_context(progress())
                shown.append((bar, bar.add_task("Reading figures", total=total)))
            bar, task = shown[0]
            bar.update(task, completed=done)
            if done == total:
                stack.close()

        yield on_read


@contextmanager
def progress() -> Iterator["Progress"]:
    """A progress bar on standard error, with rate and time left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=err(),
    ) as bar:
        yield bar
