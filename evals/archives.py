"""Fresh archives for evaluation sets, kept by what went into them so that a second run need not embed again."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evals.datasets import DatasetError
from ingest.domain import Page
from ingest.embedding import make_embedder
from ingest.late import CODEC
from ingest.passages import HARD_MAX_TOKENS, MAX_TOKENS, OVERLAP_TOKENS
from ingest.pipeline import Listener
from ingest.settings import Settings
from qa.bootstrap import Service, open_service

if TYPE_CHECKING:
    from evals.recording import ModelCalls


def _vectors(settings: Settings) -> str:
    """What passages are found by under some settings."""
    return f"{make_embedder(settings.embedding).label} {CODEC if settings.late_interaction else 'alone'}"


def key(pages: Iterable[Page], vectors: str) -> str:
    """Name of the archive of these pages: a hash of all they say, how they are embedded, compressed and cut."""
    digest = hashlib.sha256(f"{vectors} {MAX_TOKENS} {OVERLAP_TOKENS} {HARD_MAX_TOKENS}\n".encode())
    for page in pages:
        digest.update(page.model_dump_json(exclude={"source"}).encode() + b"\n")
    return digest.hexdigest()[:16]


@contextmanager
def service_of(
    pages: tuple[Page, ...],
    settings: Settings,
    listener: Listener = lambda _: None,
    *,
    calls: "ModelCalls | None" = None,
) -> Iterator[Service]:
    """Open the service over an archive of exactly these pages, filling it where it does not hold them yet.

    Args:
        pages: the set's articles.
        settings: where archives are kept, and what embeds.
        listener: told of each article.
        calls: what carries calls to models. The archive is then made anew and not kept: a recording holds every call
            that filling it takes.

    Raises:
        DatasetError: a page cannot become an article.
    """
    kept = settings.data_dir / "evals"
    with ExitStack() as stack:
        if calls:
            kept.mkdir(parents=True, exist_ok=True)
            folder = Path(stack.enter_context(TemporaryDirectory(dir=kept)))
        else:
            folder = kept / key(pages, _vectors(settings))
        service = stack.enter_context(
            open_service(settings.model_copy(update={"data_dir": folder}), transport=calls, model_transport=calls)
        )
        report = service.ingest(pages, listener)
        if report.failed:
            raise DatasetError(report.failed[0].message)
        yield service
