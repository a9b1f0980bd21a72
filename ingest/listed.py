"""Lists of names in JSON Lines: those that come with the package, and an installation's own."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from ingest.domain import Value
from ingest.errors import SettingsError

Entry = TypeVar("Entry", bound=Value)

Spelling = Annotated[str, Field(min_length=1, max_length=200, pattern=r"[^\W_]")]
"""A name as written; it has a letter or digit."""


class Line(NamedTuple):
    """One line of a list of names."""

    place: str
    """Where it stands, for messages: `speakers.jsonl, line 3`."""

    text: str
    """What it says."""


def bundled(name: str) -> list[Line]:
    """The lines of a list that comes with the package."""
    return _lines(name, files("ingest").joinpath("data", name).read_text(encoding="utf-8"))


def own(paths: Iterable[Path]) -> Iterator[Line]:
    """The lines of an installation's own lists.

    Raises:
        SettingsError: one cannot be read.
    """
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{path}: the list of names cannot be read ({error}). Correct QA_ALIASES or the file."
            ) from error
        yield from _lines(str(path), text)


def entry(kind: type[Entry], line: Line) -> Entry:
    """What a line lists.

    Raises:
        SettingsError: it is no such thing; the message names file, line and field.
    """
    try:
        return kind.model_validate(json.loads(line.text))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise SettingsError(f"{line.place}: {field}: {first['msg']}. Correct the line.") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{line.place}: this is no JSON object ({error}). Write one object a line.") from error


def _lines(name: str, text: str) -> list[Line]:
    return [Line(f"{name}, line {n}", line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
