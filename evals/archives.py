"""Fresh archives for evaluation sets, kept by what went into them so that a second run need not embed again."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.datasets import DatasetError
from ingest.bootstrap import open_library
from ingest.domain import Page
from ingest.embedding import make_embedder
from ingest.library import Library
from ingest.passages import HARD_MAX_TOKENS, MAX_TOKENS, OVERLAP_TOKENS
from ingest.pipeline import Ingestion, Listener
from ingest.settings import Settings


def key(pages: Iterable[Page], embedder: str) -> str:
    """Name of the archive of these pages: a hash of all they say, the embedder and how passages are cut."""
    digest = hashlib.sha256(f"{embedder} {MAX_TOKENS} {OVERLAP_TOKENS} {HARD_MAX_TOKENS}\n".encode())
    for page in pages:
        digest.update(page.model_dump_json().encode() + b"\n")
    return digest.hexdigest()[:16]


@contextmanager
def archive_of(
    pages: tuple[Page, ...], settings: Settings, listener: Listener = lambda _: None
) -> Iterator[tuple[Library, Path]]:
    """Open the archive that holds exactly these pages, filling it where it does not.

    Raises:
        DatasetError: a page cannot become an article.
    """
    folder = settings.data_dir / "evals" / key(pages, make_embedder(settings.embedding).label)
    with open_library(settings.model_copy(update={"data_dir": folder})) as library:
        report = Ingestion(library, listener).run(pages)
        if report.failed:
            raise DatasetError(f"{report.failed[0].source}: {report.failed[0].message}")
        yield library, folder
