"""Each article is kept on its own: counted, reported, never half done and never done twice."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from ingest_fakes import FakeEmbedder, open_fake_library

from ingest.archive import Vectors
from ingest.articles import Metadata
from ingest.domain import Failure, Page
from ingest.errors import EmbeddingMismatchError, EmbeddingUnavailableError
from ingest.library import Library
from ingest.pipeline import Event, Ingestion, Report
from ingest.rebuild import rebuild


def page(article_id: str, text: str = "The army said 54 people died.", **fields: str) -> Page:
    """Make a page."""
    return Page(source=f"news.jsonl, {article_id}", text=text, id=article_id, **fields)


def pages(number: int) -> list[Page]:
    """Make pages of one passage each."""
    return [page(f"a{index:03}", f"Story {index} of the harbour.") for index in range(number)]


def run(library: Library, *found: Page | Failure, defaults: Metadata | None = None) -> Report:
    """Take in what was found, in a run of its own."""
    return Ingestion(library).run(found, defaults)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """Added, updated, unchanged, duplicates, failed."""
    return report.added, report.updated, report.unchanged, report.duplicates, len(report.failed)


def test_every_outcome_is_counted_once(tmp_path: Path) -> None:
    """New, changed, unchanged, repeated and broken records are told apart; the sum is what came in."""
    broken = Failure(source="b.txt", code="binary", message="b.txt: it is no text.")
    with open_fake_library(tmp_path) as library:
        assert counts(run(library, page("a"), page("b"))) == (2, 0, 0, 0, 0)
        report = run(library, page("a"), page("b", "New words."), page("c"), page("c"), broken, page("d", " "))

    assert counts(report) == (1, 1, 1, 1, 2)
    assert [failure.code for failure in report.failed] == ["binary", "empty"]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """A second run embeds nothing, writes no history and leaves the index alone."""
    embedder = FakeEmbedder()
    with open_fake_library(tmp_path, embedder) as library:
        run(library, *pages(5))
        before = (library.archive.status(), list(library.archive.export()), len(embedder.embedded))
        assert counts(run(library, *pages(5))) == (0, 0, 5, 0, 0)
        assert before == (library.archive.status(), list(library.archive.export()), len(embedder.embedded))


def test_changed_metadata_is_an_update(tmp_path: Path) -> None:
    """A corrected headline or default counts as a new version of the article."""
    with open_fake_library(tmp_path) as library:
        run(library, page("a"))
        assert counts(run(library, page("a", title="New"))) == (0, 1, 0, 0, 0)
        assert counts(run(library, page("a", title="New"), defaults=Metadata(outlet="SANA"))) == (0, 1, 0, 0, 0)
        assert [(old.title, old.outlet) for old in library.archive.history("a")] == [(None, None), ("New", None)]


@pytest.mark.parametrize(("other", "difference"), [({"text": "Else."}, "text"), ({"title": "Else"}, "metadata")])
def test_one_id_for_two_things_is_a_failure(tmp_path: Path, other: dict[str, str], difference: str) -> None:
    """In one run, the first record of an id is kept, another one is refused by its source and told why."""
    second = page("a").model_copy(update={"source": "news.jsonl, line 9", **other})
    with open_fake_library(tmp_path) as library:
        report = run(library, page("a"), second, page("b"))

        assert counts(report) == (2, 0, 0, 0, 1)
        assert library.archive.get("a").text == page("a").text
    assert report.failed[0].code == "conflicting_id"
    assert report.failed[0].message.startswith("news.jsonl, line 9: its id 'a' was already used by news.jsonl, a with ")
    assert f"another {difference}" in report.failed[0].message


def test_every_message_begins_with_its_source(tmp_path: Path) -> None:
    """So nobody needs to print the source beside it."""
    with open_fake_library(tmp_path) as library:
        report = run(
            library, page("a"), page("a", "x"), page("b", ""), page("c", published_at="someday"), page("d" * 300)
        )

    assert len(report.failed) == 4
    assert all(failure.message.startswith(f"{failure.source}: ") for failure in report.failed)


def test_articles_are_told_once_they_are_kept(tmp_path: Path) -> None:
    """The listener hears every source in turn, and what it hears as added is in the archive by then."""
    heard: list[str] = []
    with open_fake_library(tmp_path) as library:

        def listen(event: Event) -> None:
            if isinstance(event, Failure):
                heard.append(event.code)
            else:
                assert event.article == library.archive.get(event.article.id)
                heard.append(event.outcome)

        Ingestion(library, listen).run([*pages(40), page("x", ""), pages(1)[0]])

    assert sorted(heard) == ["added"] * 40 + ["empty", "unchanged"]


def test_an_embedder_that_goes_away_loses_nothing_reported(tmp_path: Path) -> None:
    """What was reported before is kept and found; the next run adds just the rest."""
    kept: list[str] = []
    embedder = FakeEmbedder(fails_after=2)
    with open_fake_library(tmp_path, embedder) as library:
        ingestion = Ingestion(library, lambda event: kept.append(event.article.id))  # type: ignore[union-attr]
        with pytest.raises(EmbeddingUnavailableError):
            ingestion.run(pages(100))

        assert 0 < len(kept) < 100
        assert kept == [article.id for article in library.archive.export()]
        library.index.check()
        embedder.fails_after = None
        assert counts(run(library, *pages(100))) == (100 - len(kept), 0, len(kept), 0, 0)
        library.index.check()
    assert sorted(set(embedder.embedded)) == sorted(embedder.embedded)


def test_an_embedder_that_never_answers_leaves_an_empty_archive(tmp_path: Path) -> None:
    """Nothing is kept, not even whose vectors the archive holds: another embedder may start."""
    with open_fake_library(tmp_path, FakeEmbedder(fails_after=0)) as library:
        with pytest.raises(EmbeddingUnavailableError):
            run(library, *pages(3))
        assert library.archive.embedder() is None
        assert library.archive.status().articles == 0
    with open_fake_library(tmp_path, FakeEmbedder(model_name="other")) as library:
        assert counts(run(library, *pages(3))) == (3, 0, 0, 0, 0)


def test_another_embedder_is_refused(tmp_path: Path) -> None:
    """Vectors of two models never mix: the message names both and the way out."""
    with open_fake_library(tmp_path) as library:
        run(library, *pages(3))
    with open_fake_library(tmp_path, FakeEmbedder(model_name="other")) as library:
        with pytest.raises(EmbeddingMismatchError, match=r"fake/words.*fake/other.*ingest rebuild"):
            run(library, *pages(5))
        assert library.archive.status().articles == 3


def test_a_model_that_changed_under_its_name_is_refused(tmp_path: Path) -> None:
    """Vectors of another length than the archive's are not kept, whatever the model is called."""
    with open_fake_library(tmp_path) as library:
        run(library, *pages(3))
    with open_fake_library(tmp_path, FakeEmbedder(size=8)) as library:
        with pytest.raises(EmbeddingMismatchError, match=r"8 numbers.*32 numbers.*ingest rebuild"):
            run(library, *pages(5))
        assert library.archive.status().articles == 3
        library.index.check()


def test_a_model_that_changed_under_its_name_can_be_taken_into_use(tmp_path: Path) -> None:
    """A question's vector of another length is refused, not compared; a rebuild embeds everything again."""
    pages = [Page(source=f"p{number}", text=f"Story {number} of the harbour.") for number in range(5)]
    with open_fake_library(tmp_path) as library:
        Ingestion(library).run(pages)
    with open_fake_library(tmp_path, FakeEmbedder(size=8)) as library:
        with pytest.raises(EmbeddingMismatchError, match=r"32 numbers.*8.*ingest rebuild"):
            library.embed_question("harbour", "en")
        embedded: list[int] = []
        assert (rebuild(library, on_embedded=embedded.append), sum(embedded)) == (5, 5)
        assert library.embed_question("harbour", "en").whole.shape == (8,)
        library.index.check()


def test_a_long_article_tells_how_far_it_is(tmp_path: Path) -> None:
    """Progress comes while an article's passages are embedded, not only once it is kept."""
    told: list[tuple[int, int]] = []
    text = "\n\n".join(f"Paragraph {number} tells of the harbour. " * 20 for number in range(70))
    with open_fake_library(tmp_path) as library:
        ingestion = Ingestion(library, on_embedded=lambda done, total: told.append((done, total)))
        assert ingestion.run([Page(source="book", text=text)]).added == 1
        passages = library.archive.status().passages

    assert told[0] == (32, passages)
    assert told[-1] == (passages, passages)
    assert len(told) > 2


class SlowEmbedder(FakeEmbedder):
    """Takes its time over every batch, as real ones do."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""
        time.sleep(0.05)
        return super().passages(texts)


def test_a_run_that_is_stopped_waits_for_nothing(tmp_path: Path) -> None:
    """What is kept is kept; books that are being embedded are left where they are, and not embedded to their end."""
    text = "\n\n".join(f"Paragraph {number} tells of the harbour. " * 20 for number in range(600))
    books = [Page(source="book", id=f"book-{number}", text=text) for number in range(3)]
    embedder = SlowEmbedder()

    def stop(_: Event) -> None:
        raise KeyboardInterrupt

    with open_fake_library(tmp_path, embedder) as library:
        with pytest.raises(KeyboardInterrupt):
            Ingestion(library, stop).run([*pages(32), *books])
        assert library.archive.status().articles == 1
        embedded = len(embedder.embedded)
    assert embedded < 600, "less than one book, of which two were under way"
    assert len(embedder.embedded) == embedded, "nothing goes on in the background"


def test_two_embedders_that_start_together_do_not_mix(tmp_path: Path) -> None:
    """Who comes second finds the archive taken, though it was empty when it looked."""
    with open_fake_library(tmp_path) as library:
        late = Library(library.archive, library.index, FakeEmbedder(model_name="other"))
        ingestion = Ingestion(late)
        run(library, *pages(1))

        with pytest.raises(EmbeddingMismatchError):
            ingestion.run(pages(5))
        assert library.archive.status().articles == 1


def test_a_rebuild_embeds_only_for_another_embedder(tmp_path: Path) -> None:
    """With the same embedder, vectors are taken as they are; with another one, each passage is embedded once."""
    same, other = FakeEmbedder(), FakeEmbedder(model_name="other", size=8)
    with open_fake_library(tmp_path, same) as library:
        run(library, *pages(40))
        assert (rebuild(library), len(same.embedded)) == (40, 40)
    with open_fake_library(tmp_path, other) as library:
        assert (rebuild(library), len(other.embedded)) == (40, 40)
        assert library.archive.embedder() == ("fake/other", 8)
        library.check()
        library.index.check()
        assert counts(run(library, *pages(41))) == (1, 0, 40, 0, 0)


def test_a_rebuild_that_fails_half_way_goes_on(tmp_path: Path) -> None:
    """What was embedded stays embedded; until it is done, the library says what to run; then all is found."""
    with open_fake_library(tmp_path) as library:
        run(library, *pages(100))
    other = FakeEmbedder(model_name="other", size=8, fails_after=2)
    with open_fake_library(tmp_path, other) as library, pytest.raises(EmbeddingUnavailableError):
        rebuild(library)
    first = len(other.embedded)
    assert 0 < first < 100

    other.fails_after = None
    with open_fake_library(tmp_path, other) as library:
        with pytest.raises(EmbeddingMismatchError, match="ingest rebuild"):
            library.check()
        embedded: list[int] = []
        indexed: list[int] = []
        assert rebuild(library, on_embedded=embedded.append, on_indexed=indexed.append) == 100
        assert (100 - first, 100) == (sum(embedded), sum(indexed))
        assert len(set(other.embedded)) == len(other.embedded) == 100
        library.check()
        library.index.check()


def test_a_rebuild_with_an_embedder_that_is_away_changes_nothing(tmp_path: Path) -> None:
    """An endpoint that never answered costs no vector."""

    class Away(FakeEmbedder):
        @property
        def dimension(self) -> int:
            """Be away."""
            raise EmbeddingUnavailableError("The fake embedder is away.")

    with open_fake_library(tmp_path) as library:
        run(library, *pages(3))
    with open_fake_library(tmp_path, Away(model_name="other")) as library, pytest.raises(EmbeddingUnavailableError):
        rebuild(library)
    with open_fake_library(tmp_path) as library:
        library.check()
        library.index.check()
        assert library.archive.status().unembedded == 0


def test_a_rebuild_of_nothing_is_nothing(tmp_path: Path) -> None:
    """An empty archive has an empty index."""
    with open_fake_library(tmp_path) as library:
        assert rebuild(library) == 0
