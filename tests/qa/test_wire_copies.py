"""A report is found once and counts as one source; its copies are named, and nothing that one of them adds is lost."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest

from ingest.domain import Filters, Page
from qa.bootstrap import Service
from qa.domain import Evidence, Question

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Service], AbstractContextManager[httpx.Client]]

REPORT = (
    "A passenger ferry with 214 people on board ran aground off the port of Zahriya late on Tuesday, officials said. "
    "Coast guard boats took 187 passengers ashore before dawn, and twenty-six others were treated for the cold. "
    "The captain told investigators that the steering had failed about forty minutes after the ship left harbour."
)
REST = (
    "A seamen's union has asked for years that the company replace its oldest ships, which were built in Gdansk. "
    "The insurer, Polar Mutual, said that it would pay 3,000 crowns to each of the families for the ordeal."
)
TOLL = REPORT.replace("187", "178")

PAGES = (
    Page(source="1", id="wire", outlet="Levant Wire", published_at="2025-03-04", text=REPORT),
    Page(source="2", id="post", outlet="Post", url="https://p.example/1", published_at="2025-03-05", text=REPORT),
    Page(source="3", id="long", outlet="Mosaic", published_at="2025-03-06", text=f"{REPORT}\n\n{REST}"),
    Page(source="4", id="toll", outlet="Courier", published_at="2025-03-06", text=TOLL),
    Page(source="5", id="other", outlet="Post", text="A flood closed the bridge at Qasra, and nobody was hurt."),
)
ASKED = "How many passengers did coast guard boats take ashore from the ferry?"


def found(service: Service, text: str = ASKED, *, top_k: int = 8, filters: Filters | None = None) -> Evidence:
    """Retrieve for a question in English."""
    question = Question(text=text, language="en", answer_language="en", top_k=top_k, filters=filters or Filters())
    return service.pipeline.retrieve(question)


def articles(evidence: Evidence) -> list[str]:
    """Ids of the articles of the passages shown, in their order."""
    return [passage.article.id for passage in evidence.passages]


def test_a_report_is_found_once(open_with: Opener) -> None:
    """Equal copies are shown once, as the original; they take no place from others; a differing toll has its own."""
    with open_with(PAGES[:2] + PAGES[3:]) as service:
        evidence = found(service)

        assert sorted(articles(evidence)) == ["other", "toll", "wire"]
        assert sorted(articles(found(service, top_k=2))) == ["toll", "wire"]
        assert "post" not in {passage.article.id for passage in evidence.read}


def test_what_a_copy_adds_is_found(open_with: Opener) -> None:
    """A paragraph that copies were cut by is shown beside the copy that was found for the rest."""
    with open_with(PAGES) as service:
        for text in (ASKED, "What will the insurer Polar Mutual pay to the families?"):
            shown = " ".join(passage.text for passage in found(service, text).passages)

            assert "3,000 crowns" in shown
            assert "took 187 passengers" in shown
            assert "took 178 passengers" in shown


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(outlets=("Post",)), {"post", "other"}),
        (Filters(article_ids=("post", "wire")), {"wire"}),
        (Filters(published_from="2025-03-05", published_to="2025-03-05"), {"post"}),  # type: ignore[arg-type]
    ],
)
def test_a_copy_is_found_where_only_it_passes_the_filters(
    open_with: Opener, filters: Filters, expected: set[str]
) -> None:
    """Filters come first: a report is shown by the copy that passes them."""
    with open_with(PAGES) as service:
        assert set(articles(found(service, filters=filters))) == expected


def test_an_article_names_its_copies(open_with: Opener, serve: Server) -> None:
    """`GET /v1/articles/{id}` lists the others of the same report, earliest first, and follows every change."""
    with open_with(PAGES) as service, serve(service) as http:

        def copies(article_id: str) -> list[dict[str, str | None]]:
            listed: list[dict[str, str | None]] = http.get(f"/v1/articles/{article_id}").json()["copies"]
            return listed

        assert copies("wire") == [
            {"article_id": "post", "outlet": "Post", "url": "https://p.example/1"},
            {"article_id": "long", "outlet": "Mosaic", "url": None},
        ]
        assert copies("toll") == copies("other") == []
        http.delete("/v1/articles/wire")
        assert [copy["article_id"] for copy in copies("long")] == ["post"]
        http.post("/v1/articles", json={"articles": [{"id": "post", "outlet": "Post", "text": TOLL}]})
        assert copies("long") == []
        assert [copy["article_id"] for copy in copies("post")] == ["toll"]


def test_a_citation_names_the_copies(demo: Service) -> None:
    """A report that two outlets carry is cited once, and the citation says where else it stands."""
    text = "بكم نقطة أساس رفع مصرف سهلان المركزي سعر الفائدة في تشرين الثاني/نوفمبر 2022؟"
    answer = asyncio.run(demo.pipeline.answer(Question(text=text, language="ar", answer_language="ar")))
    cited = {citation.article_id for citation in answer.citations}
    copies = {copy for citation in answer.citations for copy in citation.also_in}

    assert len(cited) == len(copies) == 1
    assert cited | {copy.article_id for copy in copies} == {"bank-rate-ar-1", "bank-rate-ar-2"}
    assert {copy.outlet for copy in copies} <= {"بريد الخليج", "مرصد الأخبار اليوم"}
    assert all((copy.url or "").startswith("https://") for copy in copies)
    assert len({passage.article_id for passage in answer.passages} & {"bank-rate-ar-1", "bank-rate-ar-2"}) == 1
