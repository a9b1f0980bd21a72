"""Sources → pages: what the desk names on the command line, file by file.

paths → files → Page | Failure

A source that cannot be read never stops the ones after it: it becomes a `Failure`.
"""

import os
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from ingest.domain import Failure, Page
from ingest.errors import SourceError
from ingest.readers.html import page_from_html
from ingest.readers.records import page_from_record, read_json, read_json_lines, too_large
from ingest.readers.text import read_text

__all__ = ["SUFFIXES", "count_sources", "page_from_html", "page_from_record", "read_sources", "skipped"]

STDIN = "-"

_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
"""Suffixes of the files that are read, in any case."""

_SUFFIX_LIST = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
_BLOCK = 1 << 20
_REGULAR = (stat.S_IFREG, 0)


def read_sources(
    paths: Sequence[str | Path], *, stdin: BinaryIO | None = None, max_bytes: int = 5_000_000
) -> Iterator[Page | Failure]:
    """Read every article in `paths`: files, folders (with all below them, sorted) and `-`.

    `-` is JSON Lines from `stdin`, the process's own by default. `max_bytes` limits one
    file, and one line of JSON Lines. In folders, hidden files, other suffixes and links
    to folders are skipped; named files must be readable. Never raises for what a source
    holds.
    """
    for path in paths:
        if str(path) == STDIN:
            stream = sys.stdin.buffer if stdin is None else stdin
            yield from _guard("standard input", read_json_lines(stream, "standard input", max_bytes=max_bytes))
        elif stat.S_ISDIR(_mode(Path(path))):
            yield from _read_folder(Path(path), max_bytes)
        else:
            yield from _read_file(Path(path), max_bytes)


def skipped(paths: Sequence[str | Path]) -> Mapping[str, int]:
    """Count the files in folders that are of kinds not read, by suffix; `read_sources` passes them over."""
    return Counter(
        path.suffix.lower() or "(no suffix)"
        for folder in paths
        if str(folder) != STDIN and stat.S_ISDIR(_mode(Path(folder)))
        for path in _files(Path(folder))[0]
        if path.suffix.lower() not in SUFFIXES
    )


def count_sources(paths: Sequence[str | Path]) -> int | None:
    """Estimate how many pages and failures `read_sources` yields: lines of JSON Lines, one for any other file.

    Reads JSON Lines files through once; None where standard input is among them.
    """
    if STDIN in map(str, paths):
        return None
    total = 0
    for path in paths:
        files = _walk(Path(path))[0] if stat.S_ISDIR(_mode(Path(path))) else [Path(path)]
        total += sum(_count_lines(file) if file.suffix.lower() in _JSON_LINES else 1 for file in files)
    return total


def _count_lines(path: Path) -> int:
    count, last = 0, b"\n"
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return 1  # the Failure it will become
    return count + (last != b"\n")


def _walk(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the readable kinds of file below `folder`, sorted, and the folders that could not be opened."""
    files, errors = _files(folder)
    return sorted(path for path in files if path.suffix.lower() in SUFFIXES), errors


def _files(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files below `folder` that are not hidden, and the folders that could not be opened."""
    files: list[Path] = []
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found = (Path(parent, name) for name in names if not name.startswith("."))
        # A pipe or device would block; what cannot be looked at is kept, to be reported.
        files += [path for path in found if stat.S_IFMT(_mode(path)) in _REGULAR]
    return files, errors


def _mode(path: Path) -> int:
    """Return a file's mode, links followed; 0 where it cannot be looked at, so that opening it gives the reason."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _read_folder(folder: Path, max_bytes: int) -> Iterator[Page | Failure]:
    files, errors = _walk(folder)
    for error in errors:
        yield _failure(_label(Path(error.filename)), _from_os_error(error, _label(Path(error.filename))))
    if not files and not errors:
        name = _label(folder)
        yield _failure(
            name,
            SourceError(
                "not_found", f"{name}: no file in this folder can be read. Put in files ending in {_SUFFIX_LIST}."
            ),
        )
    for path in files:
        yield from _read_file(path, max_bytes)


def _read_file(path: Path, max_bytes: int) -> Iterator[Page | Failure]:
    """Read one file by its suffix."""
    source = _label(path)
    yield from _guard(source, _pages(path, source, max_bytes))


def _pages(path: Path, source: str, max_bytes: int) -> Iterator[Page | Failure]:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES and path.exists():
        kind = f"files ending in “{suffix}”" if suffix else "files without a suffix"
        raise SourceError(
            "unsupported", f"{source}: {kind} are not read. Save it as one of {_SUFFIX_LIST} and add that."
        )
    with path.open("rb") as stream:
        if suffix in _JSON_LINES:
            yield from read_json_lines(stream, source, max_bytes=max_bytes)
            return
        data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            size = max(os.fstat(stream.fileno()).st_size, len(data))
            raise too_large(source, size, max_bytes, "Split it into several files")
    if suffix == ".json":
        yield from read_json(data, source)
    elif suffix in _HTML:
        yield page_from_html(data, source)
    else:
        yield read_text(data, source, markdown=suffix in _MARKDOWN)


def _guard(source: str, pages: Iterator[Page | Failure]) -> Iterator[Page | Failure]:
    """Yield from `pages`, and a `Failure` in place of an error that ends them."""
    try:
        yield from pages
    except SourceError as error:
        yield _failure(source, error)
    except OSError as error:
        yield _failure(source, _from_os_error(error, source))


def _failure(source: str, error: SourceError) -> Failure:
    return Failure(source=source, code=error.reason, message=str(error))


def _from_os_error(error: OSError, source: str) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError(
            "not_found", f"{source}: there is no such file or folder. Check the spelling and the folder."
        )
    if isinstance(error, PermissionError):
        return SourceError(
            "unreadable", f"{source}: you have no permission to read it. Ask its owner, or copy it to a place of yours."
        )
    return SourceError("unreadable", f"{source}: reading it failed ({error.strerror}). Check the disk and try again.")


def _label(path: Path) -> str:
    """Return a path for messages; bytes of its name that are no UTF-8, and control characters, show as U+FFFD."""
    name = os.fsencode(path).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in name)
