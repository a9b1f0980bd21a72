"""What `ingest add` refuses before anything is read."""

from pathlib import Path

import typer


def check_defaults(
    paths: list[str], article_id: str | None, url: str | None, published_at: str | None, language: str | None
) -> None:
    """Refuse what would fail for every source, or name them all alike, before anything is read.

    Raises:
        typer.BadParameter: wrong usage, told once.
    """
    from ingest.dates import parse_published_at
    from ingest.errors import SourceError
    from ingest.language import language_code

    for option, value, parse in (
        ("--published-at", published_at, parse_published_at),
        ("--language", language, language_code),
    ):
        try:
            if value is not None:
                parse(value)
        except SourceError as error:
            raise typer.BadParameter(str(error), param_hint=option) from error
    several = len(paths) > 1 or paths[0] == "-" or Path(paths[0]).is_dir() or Path(paths[0]).suffix in _SEVERAL
    for option, given in (("--id", article_id), ("--url", url)):
        if given is not None and several:
            raise typer.BadParameter("one article is named by it: give it with a single file.", param_hint=option)


_SEVERAL = {".jsonl", ".ndjson"}
"""Suffixes of files that hold several articles."""
