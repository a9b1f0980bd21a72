"""Does everything that answering takes work? The archive, the embedder, and the model's endpoint where there is one."""

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING

from ingest.domain import Value
from ingest.errors import OnRecordError
from ingest.settings import Settings
from qa.llm.examination import Examination, examine

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = {
    "json_schema_enforced": "by JSON schema, which replies keep to",
    "json_schema_accepted": "by JSON schema, which replies need not keep to: each is validated, and corrected once",
    "json_object": "as a JSON object; its schema is refused: each reply is validated, and corrected once",
    "text": "by words alone: each reply is validated, and corrected once",
}


class Check(Value):
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    """What was found, in a sentence."""


class Report(Value):
    """All that was looked at."""

    ok: bool
    """Whether every check passed."""

    mode: str
    """`llm` where a model drafts answers, `extractive` where none is configured."""

    checks: tuple[Check, ...]

    model: Examination | None = None
    """What the model's endpoint supports, where one is configured."""


def report(settings: Settings) -> Report:
    """Look at everything; what fails is a check of the report, not an error."""
    checks = list(_archive(settings))
    found = None
    if settings.llm.base_url and settings.llm.model:
        try:
            found = asyncio.run(examine(settings.llm))
            checks.append(_model(found))
        except OnRecordError as error:
            checks.append(Check(name="model", ok=False, found=str(error)))
    else:
        told = "None is configured: answers are extractive, in their sources' own words. Set QA_LLM__MODEL for one."
        checks.append(Check(name="model", ok=True, found=told))
    mode = "llm" if settings.llm.model else "extractive"
    return Report(ok=all(check.ok for check in checks), mode=mode, checks=tuple(checks), model=found)


def lines(of: Report) -> "Iterator[str]":
    """The report for people, a line a fact."""
    for check in of.checks:
        yield f"{'ok    ' if check.ok else 'FAILED'} {check.name}: {check.found}"
        if check.name == "model" and of.model and of.model.answers:
            yield from (f"         {fact}" for fact in _facts(of.model))


def _archive(settings: Settings) -> "Iterator[Check]":
    from ingest.bootstrap import open_library

    at = "archive"
    try:
        with open_library(settings, create=False, on_read=None) as library:
            library.check()
            held = library.archive.status()
            counts = f"{held.articles} articles, {held.passages} passages in {settings.data_dir.resolve()}"
            yield Check(name=at, ok=True, found=f"{counts}." if held.articles else f"{counts}: `ingest add` adds some.")
            at = "embedder"
            began = perf_counter()
            library.embed_question("Who said so?", "en")
            milliseconds = round((perf_counter() - began) * 1000)
            yield Check(name=at, ok=True, found=f"{library.embedder.label}, a question in {milliseconds} ms.")
    except OnRecordError as error:
        yield Check(name=at, ok=False, found=str(error))


def _model(found: Examination) -> Check:
    if not found.answers:
        return Check(name="model", ok=False, found=found.trouble or "It does not answer.")
    return Check(name="model", ok=True, found=f"{found.model} at {found.base_url} answers.")


def _facts(found: Examination) -> "Iterator[str]":
    if found.listed is not None:
        yield "listed by the endpoint" if found.listed else "not listed by the endpoint, and answers all the same"
    if found.form:
        yield f"form is asked for {_FORMS[found.form]}"
    yield "streams" if found.streams else "does not stream: claims come when the whole reply has"
    yield "counts tokens" if found.usage else "does not count tokens: a trace says 0"
    yield "its price is known" if found.priced else "its price is not known: QA_LLM__PRICES names a table of your own"
    if found.left_out:
        yield f"does not take {', '.join(found.left_out)}"
    first = f", the first piece of a stream in {found.first_piece_ms:.0f} ms" if found.first_piece_ms else ""
    yield f"a short reply in {found.whole_ms or 0:.0f} ms{first}"
