"""The HTTP API as its clients meet it: every field of every body, and quotes that hold when fetched back."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from evals.cli import DEMO
from evals.datasets import Dataset, Sample, load
from ingest.domain import Filters, Page
from qa.bootstrap import WORDING, Service
from qa.domain import Evidence, Question
from qa.extract import Extraction

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Service], AbstractContextManager[httpx.Client]]

ANSWER = {
    "id",
    "question",
    "status",
    "reason",
    "answer",
    "answer_language",
    "claims",
    "citations",
    "passages",
    "trace",
}
CLAIM = {"text", "speaker", "via", "figures", "as_of", "citations", "superseded_by"}
CITATION = {
    "number",
    "article_id",
    "passage_id",
    "title",
    "outlet",
    "url",
    "published_at",
    "language",
    "dir",
    "quote",
    "start",
    "end",
    "article_sha256",
    "also_in",
}
PASSAGE = {
    "passage_id",
    "article_id",
    "score",
    "text",
    "start",
    "end",
    "title",
    "outlet",
    "published_at",
    "language",
}
TRACE = {
    "mode",
    "model",
    "fallback",
    "asked",
    "prompt",
    "prompt_sha256",
    "index",
    "usage",
    "dropped_claims",
    "instructions",
    "timings_ms",
    "confidence",
}
ARTICLE = {"id", "url", "outlet", "title", "author", "published_at", "language", "text", "sha256", "copies"}


@pytest.fixture
def asserting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every question answered, by the start of its two best passages: when to abstain is tested elsewhere."""
    import qa.answerers
    from qa.domain import Draft

    def extract(evidence: Evidence, *_: object, **__: object) -> Extraction:
        drafts = [
            Draft(
                text=passage.text[:40],
                article=passage.article,
                passage_id=passage.passage_id,
                quote=passage.text[:40],
                start=passage.start,
                end=passage.start + len(passage.text[:40]),
                confidence=0.9,
            )
            for passage in evidence.passages[:2]
        ]
        return Extraction(tuple(drafts), 0.9)

    # The answerer's confidence is calibrated to one embedder; the step is the seam.
    monkeypatch.setattr(qa.answerers, "extract", extract)


def ask(http: httpx.Client, question: str, **fields: object) -> dict[str, Any]:
    """Ask, and give the answer."""
    response = http.post("/v1/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def fetch(http: httpx.Client, article_id: str) -> dict[str, Any]:
    """Get one article."""
    response = http.get(f"/v1/articles/{quote(article_id, safe='')}")
    assert response.status_code == 200, response.text
    article: dict[str, Any] = response.json()
    return article


def check(http: httpx.Client, answer: dict[str, Any]) -> None:
    """Check an answer as a client can that trusts nobody: quotes and passages fetched back, every rule of status."""
    for citation in answer["citations"]:
        article = fetch(http, citation["article_id"])
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"] != ""
        assert hashlib.sha256(article["text"].encode()).hexdigest() == citation["article_sha256"] == article["sha256"]
        for field in ("title", "outlet", "url", "published_at", "language"):
            assert article[field] == citation[field]
    for passage in answer["passages"]:
        assert fetch(http, passage["article_id"])["text"][passage["start"] : passage["end"]] == passage["text"] != ""
    numbers = [citation["number"] for citation in answer["citations"]]
    assert list(range(1, len(numbers) + 1)) == numbers
    assert set(numbers) == {number for claim in answer["claims"] for number in claim["citations"]}
    assert all(claim["citations"] for claim in answer["claims"])
    if answer["claims"]:
        assert answer["status"] in {"answered", "disputed"}
        assert answer["reason"] is None
    else:
        assert answer["status"] == "insufficient_evidence"
        assert answer["reason"] in {"no_match", "not_stated", "failed_verification", "filtered_out"}
    assert answer.keys() == ANSWER
    assert all(claim.keys() == CLAIM for claim in answer["claims"])
    assert all(citation.keys() == CITATION for citation in answer["citations"])
    assert all(passage.keys() == PASSAGE for passage in answer["passages"])
    assert answer["trace"].keys() == TRACE
    assert all(moment.endswith("Z") for moment in times(answer))


def times(body: object) -> Iterator[str]:
    """Every `published_at` of a body that is not null."""
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "published_at" and value is not None:
                yield value
            yield from times(value)
    elif isinstance(body, list):
        for value in body:
            yield from times(value)


def samples() -> Iterable[str]:
    """Ids of the demo's questions."""
    return [sample.id for sample in load(DEMO).samples]


@pytest.fixture(scope="session")
def by_id(demo_set: Dataset) -> dict[str, Sample]:
    """The demo's questions by id."""
    return {sample.id: sample for sample in demo_set.samples}


@pytest.mark.parametrize("question", samples())
def test_answers_of_the_demo_hold(demo_http: httpx.Client, by_id: dict[str, Sample], question: str) -> None:
    """Every citation of every answer, fetched back over HTTP, is verbatim at its offsets."""
    sample = by_id[question]
    answer = ask(demo_http, sample.question, filters=sample.filters.model_dump(mode="json"))

    check(demo_http, answer)
    assert sample.question == answer["question"]
    assert sample.language == answer["answer_language"]
    assert answer["passages"]


@pytest.mark.usefixtures("asserting")
@pytest.mark.parametrize("question", samples()[::4])
def test_forced_answers_of_the_demo_hold(demo_http: httpx.Client, by_id: dict[str, Sample], question: str) -> None:
    """The same where every question is answered, whatever the confidence."""
    answer = ask(demo_http, by_id[question].question)

    check(demo_http, answer)
    assert len(answer["citations"]) == 2


@pytest.mark.parametrize(
    "question",
    [
        "كم عدد المدنيين الذين قتلوا في الغارة قرب السوسة؟",
        "How many civilians did the Syrian Observatory for Human Rights report killed?",
        "من يقود التحالف الدولي؟",
    ],
)
def test_answers_from_the_seed_hold(seed: Service, serve: Server, question: str) -> None:
    """Every citation of answers from the seed article, fetched back over HTTP, is verbatim at its offsets."""
    with serve(seed) as http:
        answer = ask(http, question)

        check(http, answer)
        assert answer["passages"]


@pytest.mark.usefixtures("asserting")
def test_forced_answer_from_the_seed_holds(seed: Service, serve: Server) -> None:
    """The same where the question is answered whatever the confidence."""
    with serve(seed) as http:
        answer = ask(http, "كم قتيلاً؟")

        check(http, answer)
        assert answer["citations"]


@pytest.mark.usefixtures("asserting")
def test_answer_has_the_contracts_fields(http: httpx.Client) -> None:
    """An answer's nested objects have exactly the contract's fields, `trace.confidence` besides."""
    answer = ask(http, "How many civilians?")

    check(http, answer)
    assert {"embedding", "passages"} == answer["trace"]["index"].keys()
    assert answer["trace"]["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": None}
    assert {"embed", "retrieve", "generate", "verify", "total"} == answer["trace"]["timings_ms"].keys()
    assert tuple(answer["trace"][key] for key in ("mode", "model", "prompt")) == ("extractive", None, WORDING)
    assert answer["trace"]["index"] == {"embedding": "test/words", "passages": 3}
    assert len(answer["trace"]["prompt_sha256"]) == 64
    assert answer["id"].startswith("ans_")
    assert {"2018-05-03", "2018-05-04"} >= {claim["as_of"] for claim in answer["claims"] if claim["as_of"]}


@pytest.mark.usefixtures("asserting")
def test_direction_follows_the_language(http: httpx.Client) -> None:
    """A citation says which way its quote runs."""
    for article_id, direction in (("sana", "rtl"), ("sohr", "ltr")):
        (citation,) = ask(http, "civilians", filters={"article_ids": [article_id]})["citations"]

        assert (article_id, direction) == (citation["article_id"], citation["dir"])


@pytest.mark.usefixtures("asserting")
def test_answer_language(http: httpx.Client) -> None:
    """The service's own words are in the question's language or the one asked for; quotes stay as they are."""
    answers = [
        ask(http, "How many civilians?"),
        ask(http, "كم مدنياً؟"),
        ask(http, "How many civilians?", answer_language="ar"),
    ]

    assert [answer["answer_language"] for answer in answers] == ["en", "ar", "ar"]
    assert [answer["answer"][:6] for answer in answers] == ["In the", "بكلمات", "بكلمات"]
    assert answers[0]["citations"] == answers[2]["citations"]


def test_empty_archive(open_with: Opener, serve: Server) -> None:
    """An empty archive answers 200 with `no_match`, lists nothing, finds nothing, and is ready."""
    with open_with() as service, serve(service) as http:
        answer = ask(http, "How many?")

        check(http, answer)
        assert (answer["reason"], answer["passages"]) == ("no_match", [])
        assert http.get("/v1/articles").json() == {"articles": [], "next_cursor": None}
        assert http.post("/v1/search", json={"query": "x"}).json() == {"passages": []}
        assert http.get("/readyz").json() == {"status": "ready", "articles": 0, "passages": 0, "embedder": "test/words"}


def test_impossible_filters(http: httpx.Client) -> None:
    """Filters that no article passes give 200 with `filtered_out` and no passages."""
    answer = ask(http, "How many civilians?", filters={"outlets": ["Nobody's"]})

    check(http, answer)
    assert (answer["reason"], answer["passages"]) == ("filtered_out", [])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"sana", "sohr", "bare"}),
        ({"outlets": ["Dispatch", "نبض"]}, {"sana", "sohr"}),
        ({"languages": ["ar"]}, {"sana"}),
        ({"published_from": "2018-05-04"}, {"sohr"}),
        ({"published_to": "2018-05-03"}, {"sana"}),
        ({"published_from": "2018-05-03", "published_to": "2018-05-04", "languages": ["en"]}, {"sohr"}),
        ({"article_ids": ["bare"]}, {"bare"}),
    ],
)
def test_filters_hold_on_every_route(http: httpx.Client, filters: dict[str, Any], expected: set[str]) -> None:
    """Asking, searching and listing let the same articles through."""
    asked = ask(http, "How many civilians?", filters=filters)["passages"]
    searched = http.post("/v1/search", json={"query": "How many civilians?", "filters": filters}).json()["passages"]

    assert expected == {passage["article_id"] for passage in asked}
    assert expected == {passage["article_id"] for passage in searched}
    if "article_ids" not in filters:
        listed = http.get("/v1/articles", params=filters).json()["articles"]
        assert expected == {article["id"] for article in listed}


def test_top_k(demo_http: httpx.Client) -> None:
    """`top_k` passages are shown, 8 by default, the same first ones."""
    shown = {top_k: ask(demo_http, "What happened?", top_k=top_k)["passages"] for top_k in (1, 3, 50)}
    default = ask(demo_http, "What happened?")["passages"]

    assert [len(shown[1]), len(shown[3]), len(default)] == [1, 3, 8]
    assert len(shown[50]) <= 50
    assert shown[1] == default[:1]


@pytest.mark.parametrize("question", ["q01", "q02", "q07", "q16", "q19", "q30", "q33"])
def test_what_is_shown_does_not_change_the_answer(
    demo_http: httpx.Client, by_id: dict[str, Sample], question: str
) -> None:
    """However many passages are asked for, the same is read, and the same is claimed."""
    bodies = [
        demo_http.post("/v1/ask", json={"question": by_id[question].question, "top_k": top_k}).json()
        for top_k in (1, 8, 50)
    ]

    assert bodies[0]["claims"] == bodies[1]["claims"] == bodies[2]["claims"]
    assert len({body["trace"]["confidence"] for body in bodies}) == 1


def test_the_end_of_a_long_article_is_read(open_with: Opener, serve: Server) -> None:
    """A sentence far down an article whose passages all touch is found like any other."""
    lines = [f"Street number {number} was cleared of branches by noon, the town hall said." for number in range(33)]
    answer = "Seventeen fishermen from Port Quill drowned, Inspector Omar Dent said."
    page = Page(source="storm", id="storm", text=" ".join([*lines, answer]))
    with open_with([page]) as service, serve(service) as own:
        question = service.pipeline.retrieve(Question(
            text="fishermen from Port Quill drowned", language="en", answer_language="en",
            filters=Filters(article_ids=("storm",)),
        ))  # fmt: skip
        found = own.post("/v1/search", json={"query": "fishermen from Port Quill drowned"}).json()["passages"]

    assert answer in question.read[0].text
    assert any(answer in passage["text"] for passage in found)


def test_search_body(demo_http: httpx.Client) -> None:
    """A search gives ranked passages with scores, verbatim where they say they stand."""
    response = demo_http.post("/v1/search", json={"query": "غرق العبّارة", "top_k": 5})
    body = response.json()

    assert {"passages"} == body.keys()
    assert len(body["passages"]) == 5
    for passage in body["passages"]:
        assert PASSAGE | {"scores"} == passage.keys()
        assert {"dense", "lexical", "names", "late", "language"} == passage["scores"].keys()
        assert fetch(demo_http, passage["article_id"])["text"][passage["start"] : passage["end"]] == passage["text"]
    assert all(moment.endswith("Z") for moment in times(body))
    assert sorted((one["score"] for one in body["passages"]), reverse=True) == [
        one["score"] for one in body["passages"]
    ]


def test_history_is_taken(http: httpx.Client) -> None:
    """Turns before the question are accepted."""
    check(http, ask(http, "And civilians?", history=[{"role": "user", "content": "How many died?"}]))


def test_article_body(http: httpx.Client) -> None:
    """An article comes whole, with its checksum; what is unknown is null."""
    article = fetch(http, "sohr")
    bare = fetch(http, "bare")

    assert ARTICLE == article.keys() == bare.keys()
    assert tuple(article[key] for key in ("published_at", "outlet", "copies")) == (
        "2018-05-04T00:00:00Z",
        "Dispatch",
        [],
    )
    assert [bare[key] for key in ("url", "outlet", "title", "author", "published_at")] == [None] * 5


def test_unusual_ids(open_with: Opener, serve: Server) -> None:
    """Ids with slashes, Arabic letters, spaces, dots or marks of addresses can be got, cited and removed."""
    ids = ["a/b/c", "/lead", "trail/", "خبر/١", "a b", "?q=1&x#y", "100%", "%2F", "a/../b", "a//b"]
    pages = [Page(source=one, id=one, text=f"The ferry sank {number} times.") for number, one in enumerate(ids)]
    with open_with(pages) as service, serve(service) as http:
        answer = ask(http, "ferry", top_k=50)

        check(http, answer)
        assert set(ids) == {passage["article_id"] for passage in answer["passages"]}
        for one in ids:
            address = f"/v1/articles/{quote(one, safe='')}"
            assert one == http.get(address).json()["id"]
            assert {"id": one} == http.delete(address).json()
            assert http.get(address).status_code == 404


def test_records_good_and_bad(http: httpx.Client) -> None:
    """Each record is taken or refused on its own, with its place, a code and a message; counts add up."""
    records = [
        {"id": "new", "text": "A mosaic was found in Zahriya."},
        {"id": "bad-date", "text": "x y z", "published_at": "someday"},
        "no object",
        None,
        {"id": "page", "html": "<html><body><article><p>" + "The dockers went on strike. " * 20 + "</p></body></html>"},
        {"title": "no text"},
        {"id": "new", "text": "A mosaic was found in Zahriya."},
        {"id": "new", "text": "Something else."},
        {"id": "bare", "text": "A ferry sank in the strait. Nobody was hurt, the coast guard said."},
        {"id": "sohr", "text": "The Observatory corrected itself: 55 people."},
        {"id": 12, "title": None, "text": "Numbers are ids too."},
    ]
    response = http.post("/v1/articles", json={"articles": records})
    body = response.json()

    assert response.status_code == 200
    assert {"added", "updated", "unchanged", "duplicates", "failed", "articles"} == body.keys()
    counts = [body[key] for key in ("added", "updated", "unchanged", "duplicates")]
    assert counts == [3, 1, 1, 1]
    assert sum(counts) + len(body["failed"]) == len(records)
    assert [(failure["index"], failure["code"]) for failure in body["failed"]] == [
        (1, "invalid_date"),
        (2, "invalid_record"),
        (3, "invalid_record"),
        (5, "missing_text"),
        (7, "conflicting_id"),
    ]
    assert all({"index", "code", "message"} == failure.keys() and failure["message"] for failure in body["failed"])
    assert [(kept["index"], kept["id"]) for kept in body["articles"]] == [
        (0, "new"),
        (4, "page"),
        (6, "new"),
        (8, "bare"),
        (9, "sohr"),
        (10, "12"),
    ]
    for kept in body["articles"]:
        assert {"index", "id", "sha256"} == kept.keys()
        assert fetch(http, kept["id"])["sha256"] == kept["sha256"]


def test_same_articles_again(http: httpx.Client) -> None:
    """Sending the same article twice changes nothing."""
    record = {"url": "https://d.example/new", "text": "A mosaic was found."}
    first = http.post("/v1/articles", json={"articles": [record]}).json()
    second = http.post("/v1/articles", json={"articles": [record]}).json()

    assert tuple(first[key] for key in ("added", "updated", "unchanged")) == (1, 0, 0)
    assert tuple(second[key] for key in ("added", "updated", "unchanged")) == (0, 0, 1)
    assert first["articles"] == second["articles"]


def test_record_over_the_limit(open_with: Opener, serve: Server) -> None:
    """One article over `max_article_mb` is refused as `too_large`; the others go in."""
    records = [{"text": "ب" * 600}, {"html": "x" * 1_001}, {"id": "ok", "text": "b" * 1_000}]
    with open_with(max_article_mb=0.001) as service, serve(service) as http:
        body = http.post("/v1/articles", json={"articles": records}).json()

    assert [(one["index"], one["code"]) for one in body["failed"]] == [(0, "too_large"), (1, "too_large")]
    assert body["added"] == 1


def test_only_bad_records(http: httpx.Client) -> None:
    """A request none of whose records can be used is still a 200 that names each."""
    body = http.post("/v1/articles", json={"articles": [1, {}]}).json()

    assert [failure["index"] for failure in body["failed"]] == [0, 1]
    assert body["articles"] == []


@pytest.mark.usefixtures("asserting")
def test_added_is_found_at_once(http: httpx.Client) -> None:
    """What was added answers the next question; what replaced it does after that."""
    for text in ("A mosaic was found in Zahriya.", "The mosaic was a forgery after all."):
        http.post("/v1/articles", json={"articles": [{"id": "mosaic", "text": text}]})
        answer = ask(http, "mosaic", filters={"article_ids": ["mosaic"]})

        check(http, answer)
        assert [text] == [passage["text"] for passage in answer["passages"]]


def test_writers_do_not_keep_readers_waiting(service: Service, serve: Server) -> None:
    """While many clients wait their turn to write, the archive can still be read."""
    wait = threading.Event()
    held = threading.Event()
    ingest = service.ingest

    def slow(*args: Any) -> Any:
        held.set()
        wait.wait(30)
        return ingest(*args)

    service.ingest = slow  # type: ignore[method-assign]
    with serve(service) as own, ThreadPoolExecutor(60) as pool:
        try:
            posted = [
                pool.submit(own.post, "/v1/articles", json={"articles": [{"id": f"w{n}", "text": f"Ferry {n}."}]})
                for n in range(60)
            ]
            held.wait(30)
            assert own.get("/v1/articles/sohr").status_code == 200
            assert not any(one.done() for one in posted)
        finally:
            wait.set()
        assert {one.result().status_code for one in posted} == {200}


def test_removed_is_gone_at_once(http: httpx.Client) -> None:
    """What was removed is in no answer, no search and no list from then on; removing it again is a 404."""
    assert http.delete("/v1/articles/sohr").json() == {"id": "sohr"}

    asked = ask(http, "Observatory civilians killed")["passages"]
    searched = http.post("/v1/search", json={"query": "Observatory civilians"}).json()["passages"]
    listed = http.get("/v1/articles").json()["articles"]
    assert "sohr" not in {one["article_id"] for one in asked + searched} | {one["id"] for one in listed}
    assert http.delete("/v1/articles/sohr").status_code == 404
    assert http.get("/readyz").json()["passages"] == 2


@pytest.mark.parametrize("limit", [1, 7, 35, 36, 200])
def test_paging_to_the_end(demo_http: httpx.Client, demo_set: Dataset, limit: int) -> None:
    """Following `next_cursor` gives every article once, in order of id, and ends."""
    ids: list[str] = []
    params: dict[str, Any] = {"limit": limit}
    while True:
        body = demo_http.get("/v1/articles", params=params).json()
        assert {"articles", "next_cursor"} == body.keys()
        assert 0 < len(body["articles"]) <= limit
        assert all(ARTICLE - {"text", "copies"} | {"length"} == summary.keys() for summary in body["articles"])
        assert all(moment.endswith("Z") for moment in times(body))
        ids += [summary["id"] for summary in body["articles"]]
        if body["next_cursor"] is None:
            break
        params["cursor"] = body["next_cursor"]

    assert sorted(str(page.id) for page in demo_set.pages) == ids


def test_undetermined_language_can_be_listed(open_with: Opener, serve: Server) -> None:
    """Articles whose language could not be told are listed by the code they carry."""
    with open_with([Page(source="1", id="n", text="2018 54 28")]) as service, serve(service) as http:
        language = fetch(http, "n")["language"]

        assert language == "und"
        assert [one["id"] for one in http.get("/v1/articles?languages=und").json()["articles"]] == ["n"]


def test_health(http: httpx.Client) -> None:
    """The process says it is alive, and that it can answer, with what from."""
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json() == {"status": "ready", "articles": 3, "passages": 3, "embedder": "test/words"}


def test_offsets_count_code_points(open_with: Opener, serve: Server) -> None:
    """Offsets hold in texts with letters beyond the basic plane, marks and line ends of all kinds."""
    text = "😀😀 قال الوزير: «قُتل ٢٨».\r\n\r\nThe 🇸🇾 flag e\u0301 flew. " * 3
    pages = [Page(source="1", id="odd", text=text)]
    with open_with(pages) as service, serve(service) as http:
        check(http, ask(http, "flag"))


def test_question_type_is_plain(http: httpx.Client) -> None:
    """A question is echoed as it was put, white space around it aside."""
    assert ask(http, "  كم؟\n")["question"] == "كم؟"


def test_retrieval_is_the_pipelines(service: Service, http: httpx.Client) -> None:
    """HTTP shows the passages that the pipeline retrieves."""
    question = Question(text="civilians", language="en", answer_language="en")
    evidence = service.pipeline.retrieve(question)

    assert [passage.passage_id for passage in evidence.passages] == [
        passage["passage_id"] for passage in ask(http, "civilians")["passages"]
    ]
