"""An ideal service for a set, which answers from its gold, and ways to spoil what it says.

What scorers, runs and comparisons are tried on: the ideal service loses nothing, and each way of
spoiling it must show, on the items it touches and on no other.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Response

from evals.datasets import ClaimSample, Dataset, GoldAnswer, Sample, Support
from evals.likeness import tokens, variants
from evals.scorers import CheckReply, Reply, StoredArticle
from ingest.articles import to_article
from ingest.domain import Article
from qa.answer import Answer

Spoil = Callable[[dict[str, Any]], None]
"""Changes an answer's JSON in place."""

TRACE = {
    "mode": "extractive",
    "prompt": "wording/v1",
    "prompt_sha256": "0" * 64,
    "index": {"embedding": "ideal", "passages": 1},
    "confidence": 0.9,
    "timings_ms": {"embed": 0, "retrieve": 0, "generate": 0, "verify": 0, "total": 0},
}


class Ideal:
    """Answers a set's questions and claims as its gold has them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.articles = {article.id: article for article in map(to_article, dataset.pages)}
        self._samples = {sample.question: sample for sample in dataset.samples}
        self._claims = {claim.claim: claim for claim in dataset.claims}

    def reply(self, sample: Sample, spoil: Spoil = lambda _: None) -> Reply:
        """The reply to a question, as a scorer is given it."""
        document = self.answer(sample)
        spoil(document)
        answer = Answer.model_validate(document)
        return Reply(answer=answer, articles=self._stored({one.article_id for one in answer.citations}))

    def check(self, claim: ClaimSample, verdict: str | None = None) -> CheckReply:
        """The reply to a claim, as a scorer is given it."""
        document = self.verdict(claim) | ({"verdict": verdict} if verdict else {})
        reply = CheckReply.model_validate(document, extra="ignore")
        return reply.model_copy(update={"articles": self._stored({one.article_id for one in reply.citations})})

    def _stored(self, ids: set[str]) -> dict[str, StoredArticle]:
        return {
            key: StoredArticle.model_validate(self.articles[key].model_dump(), extra="ignore")
            for key in ids
            if key in self.articles
        }

    def answer(self, sample: Sample) -> dict[str, Any]:
        """An answer's JSON: every gold side is a claim that cites its first support."""
        claims: list[dict[str, Any]] = []
        citations: list[dict[str, Any]] = []
        if sample.status != "insufficient_evidence":
            sides = enumerate(sample.answers) if sample.status == "disputed" else [(0, sample.answers[0])]
            for at, gold in sides:
                backing = [one for one in sample.support if one.answer in {None, at}]
                citations.append(self.citation(len(citations) + 1, backing[0]))
                speaker = self._speaker(gold, backing[0])
                figure = {"value": gold.value, "unit": gold.unit, "bound": gold.bound or "exact"}
                claims.append(
                    {
                        "text": gold.text if gold.value is None else citations[-1]["quote"],
                        "speaker": speaker,
                        "figures": [] if gold.value is None else [figure],
                        "citations": [len(citations)],
                    }
                )
        refused = not claims
        return {
            "id": "ans_1",
            "question": sample.question,
            "status": sample.status,
            "reason": "not_stated" if refused else None,
            "answer": " ".join(claim["text"] for claim in claims),
            "answer_language": sample.language,
            "claims": claims,
            "citations": citations,
            "passages": [self._passage(one) for one in sample.support],
            "trace": TRACE,
        }

    def _speaker(self, gold: GoldAnswer, support: Support) -> dict[str, str] | None:
        """The gold speaker by the name that the article has for it."""
        if not gold.speaker:
            return None
        held = f" {' '.join(tokens(self.articles[support.article_id].text))} "
        names = [one for name in (gold.speaker, *gold.speakers) for one in variants(name)]
        named = [name for name in names if f" {' '.join(tokens(name))} " in held]
        return {"name": (named or names)[0], "canonical": gold.speaker}

    def verdict(self, claim: ClaimSample) -> dict[str, Any]:
        """A verdict's JSON."""
        citations = [self.citation(at, one) for at, one in enumerate(claim.support, start=1)]
        return {"id": "chk_1", "claim": claim.claim, "verdict": claim.verdict, "citations": citations, "trace": TRACE}

    def citation(self, number: int, support: Support) -> dict[str, Any]:
        """A citation of a support quote, or of a whole article's first words."""
        article = self.articles[support.article_id]
        start, end = support.start or 0, support.end or min(40, len(article.text))
        return self.cite(number, article, start, end)

    def cite(self, number: int, article: Article, start: int, end: int) -> dict[str, Any]:
        """A citation of any stretch of an article."""
        return {
            "number": number,
            "article_id": article.id,
            "passage_id": "p",
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published_at": article.published_at and article.published_at.isoformat(),
            "language": article.language,
            "dir": "rtl" if article.language == "ar" else "ltr",
            "quote": article.text[start:end],
            "start": start,
            "end": end,
            "article_sha256": article.sha256,
        }

    def _passage(self, support: Support) -> dict[str, Any]:
        article = self.articles[support.article_id]
        return {
            "passage_id": "p",
            "article_id": article.id,
            "score": 1.0,
            "text": article.text,
            "start": 0,
            "end": len(article.text),
            "title": article.title,
            "outlet": article.outlet,
            "published_at": None,
            "language": article.language,
        }

    def app(self, spoil: Spoil = lambda _: None, *, checks: bool = True) -> FastAPI:
        """The same over HTTP: what a run asks of a service."""
        app = FastAPI(openapi_url="/openapi.json")
        held: set[str] = set()

        @app.get("/healthz")
        def healthz() -> dict[str, str]:
            return {"status": "ok"}

        @app.get("/v1/articles")
        def articles() -> dict[str, Any]:
            return {"articles": [{"id": key} for key in sorted(held)], "next_cursor": None}

        @app.post("/v1/articles")
        def add(body: dict[str, Any]) -> dict[str, Any]:
            held.update(record["id"] for record in body["articles"])
            return {"failed": []}

        @app.get("/v1/articles/{article_id:path}")
        def article(article_id: str, response: Response) -> dict[str, Any]:
            if article_id not in self.articles or article_id not in held:
                response.status_code = 404
                return {"error": {"code": "not_found", "message": "No such article."}}
            one = self.articles[article_id]
            return one.model_dump(mode="json")

        @app.post("/v1/ask")
        def ask(body: dict[str, Any]) -> dict[str, Any]:
            document = json.loads(json.dumps(self.answer(self._samples[body["question"]])))
            spoil(document)
            return document

        if checks:

            @app.post("/v1/check")
            def check(body: dict[str, Any]) -> dict[str, Any]:
                document = json.loads(json.dumps(self.verdict(self._claims[body["claim"]])))
                spoil(document)
                return document

        return app


class Spoiled(httpx.AsyncBaseTransport):
    """Carries requests to an application, and changes the answers that come back on the way."""

    def __init__(self, app: Any, spoil: Spoil) -> None:
        self._inner = httpx.ASGITransport(app)
        self._spoil = spoil

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on; of an answer, change what is to be changed."""
        response = await self._inner.handle_async_request(request)
        if request.url.path != "/v1/ask" or response.is_error:
            return response
        document = json.loads(await response.aread())
        self._spoil(document)
        return httpx.Response(response.status_code, json=document, request=request)


def write_set(folder: Path, **files: Any) -> Path:
    """Write a set's folder: `articles=[…]`, `questions=[…]`, `claims=[…]`, `numbers=[…]`, `aliases=[…]`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        if name == "aliases":
            (folder / "aliases.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        else:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


# Ways to spoil an answer.


def shift_offsets(document: dict[str, Any]) -> None:
    """Every citation points one character too far."""
    for citation in document.get("citations", ()):
        citation["start"] += 1
        citation["end"] += 1


def alter_digit(document: dict[str, Any]) -> None:
    """Every figure is one more than it was."""
    for claim in document.get("claims", ()):
        for figure in claim["figures"]:
            figure["value"] += 1


def swap_speakers(document: dict[str, Any]) -> None:
    """Two claims say each other's speakers; a lone one says somebody else's."""
    claims = document.get("claims", ())
    speakers = [claim["speaker"] for claim in claims]
    if len(speakers) == 1:
        speakers = [speakers[0] and {"name": "Somebody Else", "canonical": "Somebody Else"}]
    for claim, speaker in zip(claims, reversed(speakers), strict=True):
        claim["speaker"] = speaker


def refuse(document: dict[str, Any]) -> None:
    """Nothing is claimed, whatever is asked."""
    document |= {"status": "insufficient_evidence", "reason": "not_stated", "claims": [], "citations": []}
