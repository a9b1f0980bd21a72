"""The table of vectors says what the archive says, at once, whatever was changed and by whom."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from ingest_fakes import article, keep, word_vectors

from ingest.archive import Archive, EmbedderMark
from ingest.domain import Filters
from ingest.vectors import VectorTable


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Open an archive of 30 passages in 10 articles, half of them Arabic."""
    with Archive(tmp_path / "archive.sqlite3") as made:
        for number in range(10):
            text = "\n".join(f"Line l{line} of story s{number}" for line in range(3))
            keep(made, article(f"a{number}", text, language="ar" if number % 2 else "en", outlet=f"o{number % 3}"))
        yield made


def expected(archive: Archive, query: str, filters: Filters | None = None) -> dict[str, float]:
    """Cosines of every passage that passes, from the archive's own vectors."""
    ids, vectors = archive.passages.select(filters)
    return dict(zip(ids, (vectors @ word_vectors([query])[0]).tolist(), strict=True)) if ids else {}


def held(table: VectorTable, query: str, filters: Filters | None = None) -> dict[str, float]:
    """Cosines of every passage that passes, from the table."""
    near = table.nearest(word_vectors([query])[0], 1_000, filters=filters)
    assert near is not None
    return near


def test_changes_show_at_once(archive: Archive) -> None:
    """Added, replaced and removed, also by another process, and a key that is given out again."""
    table = VectorTable(archive)
    assert held(table, "story s3") == pytest.approx(expected(archive, "story s3"))

    keep(archive, article("new", "An unheard story"))
    assert held(table, "unheard") == pytest.approx(expected(archive, "unheard"))
    with Archive(archive.path) as other:
        other.remove("new")
        keep(other, article("newer", "Another unheard story"))
        keep(other, article("a3", "Rewritten"))
    assert held(table, "unheard") == pytest.approx(expected(archive, "unheard"))
    assert len(held(table, "unheard")) == 29


def test_another_embedders_vectors_are_read_anew(archive: Archive) -> None:
    """After a rebuild with vectors of another length, none of the old ones is left."""
    archive.set_embedder(EmbedderMark("words", 32))
    table = VectorTable(archive)
    held(table, "story")
    archive.set_embedder(EmbedderMark("short", 8))
    due = archive.passages.unembedded(1_000)
    archive.passages.embed([passage.id for passage in due], word_vectors([passage.text for passage in due], 8))

    near = table.nearest(word_vectors(["Line l1 of story s1"], 8)[0], 1)

    assert near is not None
    assert max(near.values()) == pytest.approx(1.0)


def test_filters_and_limits_hold_for_each_language(archive: Archive) -> None:
    """At most so many of each language, the nearest of those that pass."""
    filters = Filters(outlets=("o0", "o1"))
    table = VectorTable(archive)
    near = table.nearest(word_vectors(["story s4"])[0], 2, filters=filters)

    everything = expected(archive, "story s4", filters)
    owners = archive.passages.owners(list(everything))
    for language in ("ar", "en"):
        own = {one: cosine for one, cosine in everything.items() if owners[one].language == language}
        best = sorted(own.values(), reverse=True)[:2]
        assert near is not None
        assert best == pytest.approx([cosine for one, cosine in near.items() if one in own])
    assert table.nearest(word_vectors(["x"])[0], 2, filters=Filters(outlets=("nobody",))) == {}


def test_a_large_archive_is_not_held(archive: Archive) -> None:
    """Beyond the limit there is no answer, and the index is to be asked; below it there is again."""
    table = VectorTable(archive, limit=30)
    assert held(table, "story")
    keep(archive, article("new", "One too many"))
    assert table.nearest(word_vectors(["story"])[0], 5) is None
    archive.remove("new")
    assert held(table, "story")


def test_an_empty_archive_has_no_neighbours(tmp_path: Path) -> None:
    """Nothing held, nothing found."""
    with Archive(tmp_path / "empty.sqlite3") as empty:
        assert VectorTable(empty).nearest(np.ones(32, dtype=np.float32), 5) == {}
