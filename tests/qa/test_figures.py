"""The ledger over HTTP: rows that hold when their article is fetched, filters, pages, tables, and what is refused."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from ingest.domain import Page
from qa.bootstrap import Service

Opener = Callable[..., AbstractContextManager[Service]]
Server = Callable[[Service], AbstractContextManager[httpx.Client]]

ROW = {
    "article_id", "outlet", "title", "url", "published_at", "language", "speaker", "body", "via", "value", "bound",
    "unit", "unit_canonical", "fate", "quote", "start", "end", "sentence", "places", "day", "article_sha256",
}  # fmt: skip
PAGES = (
    Page(
        source="1",
        id="strike/1",
        outlet="Dispatch",
        title="=Strike",
        url="https://d.example/1",
        published_at="2018-05-04",
        text="😀 SOHR said at least 28 civilians were killed in Aleppo on Thursday.\nThe road is 2.5 km long.",
    ),
    Page(
        source="2",
        id="toll",
        outlet="نبض",
        published_at="2018-05-06T10:00:00Z",
        text="قالت سانا إن 1,700 مدنيا نزحوا يوم الجمعة من إدلب.",
    ),
    Page(source="3", id="undated", text="SOHR said 12 people left Idlib."),
)


@pytest.fixture
def ledger(open_with: Opener, serve: Server) -> Iterator[httpx.Client]:
    """A client of a server over three articles that state five figures."""
    with open_with(PAGES) as service, serve(service) as client:
        yield client


def rows(http: httpx.Client, **params: Any) -> list[dict[str, Any]]:
    """The figures of one page."""
    response = http.get("/v1/figures", params=params)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["figures"]
    return found


def values(http: httpx.Client, **params: Any) -> list[float]:
    """The values of one page."""
    return [row["value"] for row in rows(http, **params)]


def test_every_row_holds(ledger: httpx.Client) -> None:
    """A row's quote and sentence are where it says in the text that its article gives, whose checksum it has."""
    found = rows(ledger, unattributed=True)

    assert [row["value"] for row in found] == [1700, 28, 2.5, 12]
    for row in found:
        assert row.keys() == ROW
        article = ledger.get(f"/v1/articles/{row['article_id']}").json()
        sentence = row["sentence"]
        assert article["text"][row["start"] : row["end"]] == row["quote"]
        assert article["text"][sentence["start"] : sentence["end"]] == sentence["text"]
        assert hashlib.sha256(article["text"].encode()).hexdigest() == row["article_sha256"] == article["sha256"]
        assert {name: article[name] for name in ("outlet", "title", "url", "published_at", "language")} == {
            name: row[name] for name in ("outlet", "title", "url", "published_at", "language")
        }


def test_a_row_says_who_and_what(ledger: httpx.Client) -> None:
    """Speaker with both names, bound, unit, place and day; whole numbers without a fraction."""
    [row] = rows(ledger, article_id="strike/1")

    assert row["speaker"]["name"] == "SOHR"
    assert row["speaker"]["canonical"] == "Syrian Observatory for Human Rights"
    assert (row["value"], row["bound"], row["unit"], row["unit_canonical"]) == (
        28,
        "at_least",
        "civilians",
        "civilians",
    )
    assert (row["places"], row["day"], row["via"]) == (["Aleppo"], "2018-05-03", None)
    assert '"value":28,' in ledger.get("/v1/figures", params={"article_id": "strike/1"}).text


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [1700, 28, 12]),
        ({"unattributed": "true"}, [1700, 28, 2.5, 12]),
        ({"speaker": "المرصد السوري لحقوق الإنسان"}, [28, 12]),
        ({"speaker": ["sohr", "SANA"]}, [1700, 28, 12]),
        ({"speaker": "Nobody"}, []),
        ({"unit": "مدنيين"}, [1700, 28]),
        ({"unit": ["civilians", "people"]}, [1700, 28, 12]),
        ({"place": "حلب"}, [28]),
        ({"place": "Atlantis"}, []),
        ({"date_from": "2018-05-04", "date_to": "2018-05-04"}, [1700]),
        ({"date_to": "2018-05-03"}, [28]),
        ({"value": "28"}, [28]),
        ({"value_min": "12.5"}, [1700, 28]),
        ({"value_max": "12"}, [12]),
        ({"article_id": ["toll", "undated"]}, [1700, 12]),
        ({"outlet": "نبض"}, [1700]),
        ({"language": "EN"}, [28, 12]),
        ({"published_from": "2018-05-05"}, [1700]),
        ({"published_to": "2018-05-05"}, [28]),
        ({"speaker": "SOHR", "unit": "civilians", "place": "Aleppo", "value": "28"}, [28]),
    ],
)
def test_filters(ledger: httpx.Client, params: dict[str, Any], expected: list[float]) -> None:
    """What is given must all hold, of what is repeated any; names count in either language."""
    assert values(ledger, **params) == expected


@pytest.mark.parametrize("limit", [1, 2, 4, 200])
def test_paging_to_the_end(ledger: httpx.Client, limit: int) -> None:
    """Following `next_cursor` gives every figure once, newest article first, undated last, and ends."""
    found: list[float] = []
    params: dict[str, Any] = {"limit": limit, "unattributed": True}
    while True:
        body = ledger.get("/v1/figures", params=params).json()
        assert {"figures", "next_cursor"} == body.keys()
        assert 0 < len(body["figures"]) <= limit
        found += [row["value"] for row in body["figures"]]
        if body["next_cursor"] is None:
            break
        params["cursor"] = body["next_cursor"]

    assert found == [1700, 28, 2.5, 12]


def test_figures_follow_their_article(ledger: httpx.Client) -> None:
    """Adding, replacing and deleting an article changes the ledger at once."""
    ledger.post("/v1/articles", json={"articles": [{"id": "undated", "text": "SOHR said 15 people left."}]})
    assert values(ledger) == [1700, 28, 15]
    ledger.delete("/v1/articles/strike/1")
    assert values(ledger) == [1700, 15]


@pytest.mark.parametrize(
    ("params", "accept"),
    [
        ({"format": "csv"}, "*/*"),
        ({"format": "csv"}, "application/json"),
        ({}, "text/csv"),
        ({}, "application/json;q=0.5, text/csv;q=0.9"),
    ],
)
def test_a_table(ledger: httpx.Client, params: dict[str, str], accept: str) -> None:
    """Asked for either way, every figure comes as CSV, with nothing in it that a spreadsheet would run."""
    response = ledger.get("/v1/figures", params=params, headers={"Accept": accept})
    found = list(csv.DictReader(io.StringIO(response.text, newline="")))

    assert response.headers["content-type"].startswith("text/csv")
    assert response.content.endswith(b"\r\n")
    assert [row["value"] for row in found] == ["1700", "28", "12"]
    assert (found[1]["title"], found[1]["speaker"], found[1]["day"]) == ("'=Strike", "SOHR", "2018-05-03")
    assert found[0]["sentence"] == PAGES[1].text


@pytest.mark.parametrize(
    ("params", "accept"),
    [
        ({}, "*/*"),
        ({}, "text/csv, application/json"),
        ({}, "text/csv;q=0"),
        ({}, "text/csv;q=much"),
        ({"format": "json"}, "text/csv"),
    ],
)
def test_json_otherwise(ledger: httpx.Client, params: dict[str, str], accept: str) -> None:
    """Whoever does not prefer CSV gets JSON."""
    response = ledger.get("/v1/figures", params=params, headers={"Accept": accept})
    assert len(response.json()["figures"]) == 3


def test_a_table_longer_than_a_page(open_with: Opener, serve: Server) -> None:
    """A table has every figure, however many pages they fill; a limit cuts it."""
    text = "\n".join(f"SOHR said {number} people left." for number in range(1, 451))
    with open_with([Page(source="1", id="long", text=text)]) as service, serve(service) as client:
        whole = client.get("/v1/figures", params={"format": "csv"}).text
        assert [row["value"] for row in csv.DictReader(io.StringIO(whole))] == [str(number) for number in range(1, 451)]
        assert client.get("/v1/figures", params={"format": "csv", "limit": 3}).text.count("\r\n") == 4


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "value=many",
        "value=nan",
        "value_min=inf",
        "date_from=May",
        "date_to=1525392000",
        "published_to=2018-02-30",
        "cursor=strike",
        "cursor=W251bGwsIngiLC0xLDBd",
        "cursor=",
        "speaker=",
        "language=Klingonese",
        "format=xml",
        "unattributed=perhaps",
        "page=2",
    ],
)
def test_wrong_parameters(http: httpx.Client, query: str) -> None:
    """The ledger takes its parameters within their bounds, and no others; the error is the contract's."""
    response = http.get(f"/v1/figures?{query}")
    error = response.json()["error"]

    assert (response.status_code, error["code"]) == (422, "invalid_request")
    assert error["details"][0]["where"].startswith(f"query.{query.split('=', maxsplit=1)[0]}")


def test_an_empty_ledger(open_with: Opener, serve: Server) -> None:
    """No figures are a page without any, and a table with its header alone."""
    with open_with() as service, serve(service) as client:
        assert client.get("/v1/figures").json() == {"figures": [], "next_cursor": None}
        assert client.get("/v1/figures?format=csv").text.count("\r\n") == 1
