"""The command `qa`: ask the archive, search it, serve it over HTTP."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from ingest.terminal import FAILED, err, print_json, reading_progress, reported

if TYPE_CHECKING:
    from ingest.domain import Filters
    from ingest.settings import Settings
    from qa.answer import Answer
    from qa.bootstrap import Service
    from qa.requests import AskRequest

V = TypeVar("V", bound=BaseModel)

app = typer.Typer(
    name="qa",
    help="Ask OnRecord's archive, in Arabic or English: answers in the exact words of their sources.\n\n"
    "The archive lives in the folder QA_DATA_DIR (default .onrecord) and is filled by `ingest add`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

Mode = Literal["extractive", "llm"]

Json = Annotated[bool, typer.Option("--json", help="Print the HTTP contract's object, for programs.")]
TopK = Annotated[int, typer.Option(min=1, max=50, help="How many passages to look at and show.")]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")]
Languages = Annotated[
    list[str] | None, typer.Option("--language", help="Only this language (ar, en); may be repeated.")
]
Articles = Annotated[list[str] | None, typer.Option("--article", help="Only this article, by id; may be repeated.")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Published on this day or later.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Published on this day or earlier.")]


def _filters(
    outlets: list[str] | None,
    languages: list[str] | None,
    articles: list[str] | None,
    first: datetime | None,
    last: datetime | None,
) -> "Filters":
    from ingest.domain import Filters

    return _checked(
        Filters,
        published_from=first.date() if first else None,
        published_to=last.date() if last else None,
        outlets=tuple(outlets or ()),
        languages=tuple(languages or ()),
        article_ids=tuple(articles or ()),
    )


@app.command()
def ask(  # noqa: PLR0913 - one option for each filter
    question: Annotated[str, typer.Argument(help="The question, in Arabic or English.")],
    top_k: TopK = 8,
    outlets: Outlets = None,
    languages: Languages = None,
    articles: Articles = None,
    first: From = None,
    last: To = None,
    answer_language: Annotated[
        str | None, typer.Option(help="Language of the service's own words; by default the question's.")
    ] = None,
    mode: Annotated[
        Mode | None,
        typer.Option(help="Who drafts: the model of QA_LLM__*, or nobody; by default the model where there is one."),
    ] = None,
    json: Json = False,
) -> None:
    """Answer a question from what the archive says, or say that it does not.

    A model drafts the answer where one is configured; otherwise it is the sentences that answer. Either way each claim
    is verified against its source.

    Examples:

        qa ask "How many civilians did SOHR report killed?"

        qa ask "كم مدنياً قُتل قرب السوسة؟" --from 2018-05-01 --to 2018-05-31
    """
    from qa.render import answer_lines
    from qa.requests import AskRequest

    with reported():
        filters = _filters(outlets, languages, articles, first, last)
        request = _checked(AskRequest, question=question, top_k=top_k, filters=filters, answer_language=answer_language)
        with _service(mode=mode) as service:
            answer = asyncio.run(_answer(service, request))
            wording = service.wording
    if json:
        print_json(answer.model_dump(mode="json"))
        return
    _print(answer_lines(answer, wording))


@app.command()
def search(  # noqa: PLR0913 - one option for each filter
    query: Annotated[str, typer.Argument(help="Words, names or a question, in Arabic or English.")],
    top_k: TopK = 8,
    outlets: Outlets = None,
    languages: Languages = None,
    articles: Articles = None,
    first: From = None,
    last: To = None,
    json: Json = False,
) -> None:
    """Show the passages nearest to a query, and how they were ranked."""
    from qa.render import passage_lines
    from qa.requests import SearchRequest

    with reported():
        filters = _filters(outlets, languages, articles, first, last)
        request = _checked(SearchRequest, query=query, top_k=top_k, filters=filters)
        with _service() as service:
            evidence = asyncio.run(service.pipeline.search(request.to_question()))
    if json:
        from qa.api.schemas import FoundPassage, SearchResponse

        found = SearchResponse(passages=tuple(FoundPassage.of(passage) for passage in evidence.passages))
        print_json(found.model_dump(mode="json"))
        return
    if not evidence.passages:
        err().print("Nothing found: the archive is empty, or no article passes the filters.")
    _print(passage_lines(evidence.passages))


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; the default is reachable from this machine alone.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 picks a free one.")] = 8000,
) -> None:
    """Serve the archive over HTTP: the API under /v1, its description at /docs and /openapi.json."""
    from qa.server import serve as run

    with reported(), _service(create=True) as service:
        served = run(service, host, port)
    if not served:
        raise typer.Exit(FAILED)


@app.command()
def doctor(json: Json = False) -> None:
    """Check archive, embedder and the model's endpoint, and say what the endpoint supports.

    The endpoint is called a few times, for a short reply each. Exit code 1 where something does not work.
    """
    from ingest.settings import read_settings
    from qa.doctor import lines, report

    with reported():
        found = report(read_settings())
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(lines(found))
    if not found.ok:
        raise typer.Exit(FAILED)


def _print(lines: Iterable[str]) -> None:
    """Print lines as they are: rich would turn a quote's tabs into spaces and drop some of its characters."""
    from qa.render import safe

    for line in lines:
        sys.stdout.write(f"{safe(line)}\n")


async def _answer(service: "Service", request: "AskRequest") -> "Answer":
    try:
        return await service.pipeline.answer(request.to_question())
    finally:
        await service.aclose()


@contextmanager
def _service(*, create: bool = False, mode: Mode | None = None) -> Iterator["Service"]:
    from qa.bootstrap import open_service

    with reading_progress() as on_read, open_service(_settings(mode), create=create, on_read=on_read) as service:
        yield service


def _settings(mode: Mode | None) -> "Settings":
    """The settings, without their model for the extractive mode."""
    from ingest.errors import SettingsError
    from ingest.settings import LlmSettings, read_settings

    settings = read_settings()
    if mode == "extractive":
        return settings.model_copy(update={"llm": LlmSettings()})
    if mode == "llm" and not settings.llm.model:
        raise SettingsError(
            "No model is configured. Set QA_LLM__BASE_URL and QA_LLM__MODEL, or ask without --mode llm."
        )
    return settings


def _checked(model: type[V], **fields: object) -> V:
    """Build a request; wrong values are wrong usage, exit code 2."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        problem = error.errors()[0]
        raise typer.BadParameter(f"{problem['loc'][0]}: {problem['msg']}") from error
