"""The door users use: the HTTP API, of the service in this process or of a server."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from evals.datasets import ClaimSample, DatasetError, Sample
from evals.scorers import CheckReply, Reply, StoredArticle
from evals.scorers.retrieval import DEPTH
from ingest.articles import to_article
from ingest.domain import Article, Page
from ingest.errors import OnRecordError
from qa.answer import Answer
from qa.api import create_app
from qa.bootstrap import Service

_BATCH = 50
"""Articles sent in one request."""

_LISTED = 200
"""Articles listed in one request."""

_NOT_FOUND = 404

Advance = Callable[[int], None]
"""Told how many articles more are in the archive."""


class DoorError(OnRecordError):
    """The service gave no answer that could be scored."""


class Replied(NamedTuple):
    """A reply, as it came and as it is scored."""

    reply: Reply | CheckReply
    document: dict[str, Any]
    """The answer as it was served."""
    milliseconds: float
    """Time from the request to the whole answer."""


class Door:
    """Asks one service as any client would, and fetches what it cites back."""

    def __init__(self, client: httpx.AsyncClient, where: str) -> None:
        self._client = client
        self.where = where
        """Its address, or that it is in this process."""

    async def ask(self, sample: Sample) -> Replied:
        """Ask a question. Raises `DoorError` where there is no answer to score."""
        body = {
            "question": sample.question,
            "history": [turn.model_dump() for turn in sample.history],
            "filters": sample.filters.model_dump(mode="json"),
            "top_k": DEPTH,
        }
        document, milliseconds = await self._timed("/v1/ask", body)
        try:
            answer = Answer.model_validate(document, extra="ignore")  # a newer service may say more
        except ValidationError as error:
            raise DoorError(f"{self.where}: the answer is not the contract's: {_first(error)}") from error
        articles = await self._fetch({citation.article_id for citation in answer.citations})
        return Replied(Reply(answer=answer, articles=articles), document, milliseconds)

    async def check(self, claim: ClaimSample) -> Replied:
        """Have a claim checked. Raises `DoorError` where there is no verdict to score."""
        document, milliseconds = await self._timed("/v1/check", {"claim": claim.claim})
        try:
            reply = CheckReply.model_validate(document, extra="ignore")
        except ValidationError as error:
            raise DoorError(f"{self.where}: the verdict is not the contract's: {_first(error)}") from error
        articles = await self._fetch({citation.article_id for citation in reply.citations})
        return Replied(reply.model_copy(update={"articles": articles}), document, milliseconds)

    async def alive(self) -> bool:
        """Whether it answers as this service does. Raises `DoorError` where nothing does."""
        return (await self._get("/healthz")).get("status") == "ok"

    async def checks(self) -> bool:
        """Whether it checks claims at all."""
        return "/v1/check" in (await self._get("/openapi.json"))["paths"]

    async def fill(self, pages: Sequence[Page], advance: Advance) -> None:
        """Make sure that it holds the articles of a set; where it holds nothing else yet, send what is missing.

        Raises:
            DatasetError: it holds other articles, but not these.
            DoorError: it does not answer.
        """
        held = await self._held()
        articles = [to_article(page) for page in pages]
        if strange := held - {article.id for article in articles}:
            missing = next((article.id for article in articles if article.id not in held), None)
            if missing:
                raise DatasetError(
                    f"{self.where} holds {len(strange)} other articles, and not {missing!r} of this set. Start it with "
                    "an empty QA_DATA_DIR, and it is filled; or add the set's articles yourself, with `ingest add`."
                )
        for article in articles:
            if article.id in held:
                await self._compare(article)
                advance(1)
        due = [page for page, article in zip(pages, articles, strict=True) if article.id not in held]
        for first in range(0, len(due), _BATCH):
            batch = [page.model_dump(exclude={"source"}) for page in due[first : first + _BATCH]]
            failed = (await self._post("/v1/articles", {"articles": batch}))["failed"]
            if failed:
                raise DatasetError(f"{self.where} refused an article: {failed[0]['message']}")
            advance(len(batch))

    async def _held(self) -> set[str]:
        """Ids of all articles it holds."""
        ids: set[str] = set()
        cursor: str | None = None
        while True:
            after = f"&cursor={quote(cursor, safe='')}" if cursor else ""
            page = await self._get(f"/v1/articles?limit={_LISTED}{after}")
            ids |= {article["id"] for article in page["articles"]}
            cursor = page.get("next_cursor")
            if not cursor:
                return ids

    async def _compare(self, article: Article) -> None:
        stored = (await self._fetch({article.id})).get(article.id)
        if stored is None or stored.sha256 != article.sha256:
            raise DatasetError(
                f"{self.where} holds another text of {article.id!r} than this set. Start it with an empty QA_DATA_DIR, "
                "and it is filled."
            )

    async def _fetch(self, ids: set[str]) -> dict[str, StoredArticle]:
        found = {}
        for article_id in sorted(ids):
            response = await self._send("GET", _path(article_id))
            if response.status_code != _NOT_FOUND:
                document = _json(response, self.where)
                found[article_id] = StoredArticle.model_validate(document, extra="ignore")
        return found

    async def _timed(self, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
        started = perf_counter()
        document = await self._post(path, body)
        return document, round((perf_counter() - started) * 1000, 3)

    async def _get(self, path: str) -> dict[str, Any]:
        return _json(await self._send("GET", path), self.where)

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return _json(await self._send("POST", path, json=body), self.where)

    async def _send(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        try:
            return await self._client.request(method, path, **kwargs)
        except httpx.HTTPError as error:
            raise DoorError(f"{self.where} does not answer: {error or type(error).__name__}") from error


def _path(article_id: str) -> str:
    """Where an article is; dots are escaped, as `..` would lead elsewhere."""
    return f"/v1/articles/{quote(article_id, safe='').replace('.', '%2E')}"


def _json(response: httpx.Response, where: str) -> dict[str, Any]:
    try:
        document = response.json()
    except ValueError as error:
        raise DoorError(f"{where}: HTTP {response.status_code}, and no JSON") from error
    if response.is_error or not isinstance(document, dict):
        told = document.get("error") if isinstance(document, dict) else None
        said = told.get("message") if isinstance(told, dict) else told
        raise DoorError(f"{where}: HTTP {response.status_code}: {said or response.text[:200]}")
    return document


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


@asynccontextmanager
async def door_of(service: Service) -> AsyncIterator[Door]:
    """The door of a service in this process: its whole HTTP application, without a socket."""
    transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://onrecord") as client:
        yield Door(client, "the service in this process")


@asynccontextmanager
async def door_at(address: str, timeout_seconds: float = 120.0) -> AsyncIterator[Door]:
    """The door of a server.

    Raises:
        DoorError: nothing answers there, or not as this service does.
    """
    async with httpx.AsyncClient(base_url=address, timeout=timeout_seconds) as client:
        door = Door(client, address)
        if not await door.alive():
            raise DoorError(f"{address} is no OnRecord server. Start one with `qa serve`, and give its address.")
        yield door
