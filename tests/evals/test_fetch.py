"""Public sets are downloaded once, checked, and never half kept."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx

from evals import fetch as fetching
from evals.datasets import DatasetError
from evals.fetch import PUBLIC_SETS, PublicSet, fetch

BODY = b'{"data": []}'
URL = "https://sets.example/mini.json"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[respx.MockRouter]:
    """A public set of a few bytes, and its server on the wire."""
    mini = PublicSet(URL, hashlib.sha256(BODY).hexdigest(), len(BODY), "CC0", "a small set")
    monkeypatch.setitem(fetching.PUBLIC_SETS, "mini", mini)
    with respx.mock(assert_all_called=False) as router:
        yield router


def test_a_set_is_downloaded_once(web: respx.MockRouter, tmp_path: Path) -> None:
    """The second time it is there."""
    route = web.get(URL).respond(200, content=BODY)
    told: list[int] = []

    path = fetch("mini", tmp_path / "sets", told.append)

    assert (path, path.read_bytes(), sum(told)) == (tmp_path / "sets" / "mini.json", BODY, len(BODY))
    assert (fetch("mini", tmp_path / "sets"), route.call_count) == (path, 1)


def test_a_broken_file_is_downloaded_again(web: respx.MockRouter, tmp_path: Path) -> None:
    """What lies there counts only with the right checksum."""
    web.get(URL).respond(200, content=BODY)
    (tmp_path / "mini.json").write_text("half")

    assert fetch("mini", tmp_path).read_bytes() == BODY


def test_another_file_than_expected_is_not_kept(web: respx.MockRouter, tmp_path: Path) -> None:
    """Its checksum is said, nothing stays, and a good file that lay there is left alone."""
    web.get(URL).respond(200, content=b"changed")

    with pytest.raises(DatasetError, match="another file than expected"):
        fetch("mini", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_says_so(web: respx.MockRouter, tmp_path: Path) -> None:
    """And what to do instead."""
    web.get(URL).mock(side_effect=httpx.ConnectError("Name or service not known"))

    with pytest.raises(DatasetError, match=r"sets\.example cannot be reached.*there is no network here.*`evals run`"):
        fetch("mini", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_has_it_not_is_said(web: respx.MockRouter, tmp_path: Path) -> None:
    """By its status."""
    web.get(URL).respond(404)

    with pytest.raises(DatasetError, match="HTTP 404"):
        fetch("mini", tmp_path)


def test_an_unknown_set_names_those_there_are(tmp_path: Path) -> None:
    """XQuAD in both languages and ARCD, each with a checksum and a licence."""
    with pytest.raises(DatasetError, match="xquad-en, xquad-ar, arcd"):
        fetch("squad", tmp_path)
    assert all(len(one.sha256) == 64 and one.licence for one in PUBLIC_SETS.values())
