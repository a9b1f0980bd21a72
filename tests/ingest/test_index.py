"""The vector index says what the archive says: what is missing, broken, stale or foreign is noticed and made anew."""

import contextlib
import logging
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import chromadb
import httpx
import numpy as np
import pytest
from ingest_fakes import FakeEmbedder, article, free_port, keep, open_fake_library, word_vectors

from ingest.archive import Archive, EmbedderMark, Vectors
from ingest.chroma import EmbeddedChroma, ServedChroma
from ingest.domain import Page
from ingest.errors import IndexLockedError, IndexUnavailableError, VectorIndexError
from ingest.index import VectorIndex
from ingest.pipeline import Ingestion
from ingest.rebuild import rebuild

HERE = Path(__file__).parent


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Open an archive of 60 passages in 20 articles."""
    with Archive(tmp_path / "archive.sqlite3") as made:
        for number in range(20):
            keep(made, article(f"a{number}", "\n".join(f"Line l{line} of story s{number}" for line in range(3))))
        yield made


@contextlib.contextmanager
def opened(archive: Archive) -> Iterator[VectorIndex]:
    """Open the index beside an archive, in this process."""
    with VectorIndex(archive, EmbeddedChroma(archive.path.parent / "chroma")) as index:
        yield index


def assert_faithful(archive: Archive, index: VectorIndex) -> None:
    """Every passage is found by its own vector, and nothing else is held."""
    ids, vectors = archive.passages.select(None)
    found = {neighbour.passage_id for vector in vectors for neighbour in index.nearest(vector, 3)}

    index.check()
    assert set(ids) == found
    assert ids == [index.nearest(vector, 1)[0].passage_id for vector in vectors]


def generation(archive: Archive) -> Path:
    """Folder of the generation in use."""
    return archive.path.parent / "chroma" / str(archive.journal.collection())


def test_a_new_index_holds_the_archive(archive: Archive) -> None:
    """The first opening builds it, and nothing is left to tell."""
    with opened(archive) as index:
        assert_faithful(archive, index)
        assert archive.status().pending == 0


def test_an_empty_archive_has_an_empty_index(tmp_path: Path) -> None:
    """Nothing held, nothing found, and the first article is."""
    with Archive(tmp_path / "archive.sqlite3") as archive, opened(archive) as index:
        assert index.nearest(word_vectors(["x"])[0], 5) == []
        keep(archive, article())
        index.sync()
        assert_faithful(archive, index)


def test_changes_are_told(archive: Archive) -> None:
    """After adding, replacing and removing articles, a sync makes the index the same again."""
    with opened(archive) as index:
        keep(archive, article("new", "An unheard story"))
        keep(archive, article("a3", "Rewritten entirely\nOn two lines"))
        archive.remove("a5")
        keep(archive, article("a6", "Gone soon"))
        archive.remove("a6")
        index.sync()

        assert archive.status().pending == 0
        assert_faithful(archive, index)


def test_changes_untold_are_told_on_opening(archive: Archive) -> None:
    """What the last process did not come to tell, the next one does, without building anew."""
    with opened(archive):
        pass
    before = archive.journal.collection()
    keep(archive, article("new", "An unheard story"))
    archive.remove("a5")

    with opened(archive) as index:
        assert before == archive.journal.collection()
        assert_faithful(archive, index)


def test_the_nearest_are_the_nearest(archive: Archive) -> None:
    """Ids and cosines are those of an exact search over the archive's vectors."""
    ids, vectors = archive.passages.select(None)
    with opened(archive) as index:
        for query in word_vectors(["Line l2 of", "story s7", "zebra", "Line l1 of story s11"]):
            cosines = vectors @ query
            expected = sorted(zip(cosines.tolist(), ids, strict=True), reverse=True)[:10]
            actual = index.nearest(query, 10)

            assert [cosine for cosine, _ in expected] == pytest.approx([near.cosine for near in actual], abs=1e-5)
            assert {near.passage_id: near.cosine for near in actual} == pytest.approx(
                {near.passage_id: float(cosines[ids.index(near.passage_id)]) for near in actual}, abs=1e-5
            )


def test_more_than_there_are_can_be_asked_for(archive: Archive) -> None:
    """A limit above the number of passages gives them all."""
    with opened(archive) as index:
        assert len(index.nearest(word_vectors(["x"])[0], 10_000)) == 60


def in_small_steps(archive: Archive) -> None:
    """Put in place of the generation one whose files Chroma has written out, as it does with large ones."""
    folder = generation(archive)
    shutil.rmtree(folder)
    client = chromadb.PersistentClient(str(folder))
    collection = client.create_collection(
        folder.name, configuration={"hnsw": {"space": "cosine", "sync_threshold": 20, "batch_size": 10}}
    )
    ids, vectors = archive.passages.select(None)
    collection.upsert(ids=ids, embeddings=vectors)
    client.close()


def only(folder: Path, pattern: str) -> Path:
    """Return the one file below a folder."""
    (file,) = folder.rglob(pattern)
    return file


def truncate(pattern: str, share: float) -> Callable[[Archive], None]:
    """Cut a file short."""

    def harm(archive: Archive) -> None:
        file = only(generation(archive), pattern)
        os.truncate(file, int(file.stat().st_size * share))

    return harm


def overwrite(pattern: str, fill: bytes) -> Callable[[Archive], None]:
    """Fill a file with one byte."""

    def harm(archive: Archive) -> None:
        file = only(generation(archive), pattern)
        file.write_bytes(fill * file.stat().st_size)

    return harm


def scribble(pattern: str, start: int, size: int) -> Callable[[Archive], None]:
    """Overwrite a part of a file with what cannot be meant."""

    def harm(archive: Archive) -> None:
        with only(generation(archive), pattern).open("r+b") as file:
            file.seek(start)
            file.write(np.random.default_rng(5).bytes(size))

    return harm


def delete(pattern: str) -> Callable[[Archive], None]:
    """Take a file away."""
    return lambda archive: only(generation(archive), pattern).unlink()


def forget_generation(archive: Archive) -> None:
    """Take the generation's folder away."""
    shutil.rmtree(generation(archive))


def forget_all(archive: Archive) -> None:
    """Take the whole folder away."""
    shutil.rmtree(archive.path.parent / "chroma")


def empty_generation(archive: Archive) -> None:
    """Leave a generation without files."""
    forget_generation(archive)
    generation(archive).mkdir()


HARMS = {
    "folder gone": forget_all,
    "generation gone": forget_generation,
    "generation empty": empty_generation,
    "database truncated": truncate("chroma.sqlite3", 0.5),
    "database empty": truncate("chroma.sqlite3", 0),
    "database zeros": overwrite("chroma.sqlite3", b"\0"),
    "database malformed at 4 k": scribble("chroma.sqlite3", 4_096, 4_096),
    "database malformed at 20 k": scribble("chroma.sqlite3", 20_480, 20_480),
    "database malformed at 40 k": scribble("chroma.sqlite3", 40_960, 40_960),
    "database gone": delete("chroma.sqlite3"),
    "vectors truncated": truncate("data_level0.bin", 0.5),
    "vectors empty": truncate("data_level0.bin", 0),
    "vectors gone": delete("data_level0.bin"),
    "header zeros": overwrite("header.bin", b"\0"),
    "header foreign": overwrite("header.bin", b"x"),
    "header truncated": truncate("header.bin", 0.5),
    "names truncated": truncate("index_metadata.pickle", 0.5),
    "names foreign": overwrite("index_metadata.pickle", b"x"),
    "links gone": delete("link_lists.bin"),
    "lengths gone": delete("length.bin"),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_broken_index_is_made_anew(
    archive: Archive, harm: Callable[[Archive], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is missing or damaged is noticed on opening, said in a word, and rebuilt from the archive."""
    with opened(archive):
        pass
    in_small_steps(archive)
    with opened(archive):
        before = archive.journal.collection()
    caplog.clear()
    harm(archive)

    with caplog.at_level(logging.WARNING), opened(archive) as index:
        assert_faithful(archive, index)
    assert before != archive.journal.collection()
    assert "built anew from the archive" in caplog.text


OPENER = """
import sys
from pathlib import Path
from ingest.archive import Archive
from ingest.chroma import EmbeddedChroma
from ingest.index import VectorIndex
folder = Path(sys.argv[1])
with Archive(folder / "archive.sqlite3") as archive, VectorIndex(archive, EmbeddedChroma(folder / "chroma")) as index:
    print("open", flush=True)
    sys.stdin.readline()
"""


def open_elsewhere(archive: Archive) -> subprocess.Popen[str]:
    """Open the index in a process of its own, which holds it until it hears a line."""
    return subprocess.Popen(
        [sys.executable, "-c", OPENER, str(archive.path.parent)],
        cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("fill", [b"\xff", b"\x7f"])
def test_damage_that_kills_the_process_kills_it_once(archive: Archive, fill: bytes) -> None:
    """Garbage among the vectors can take a process down or hang it; the next one makes the index anew."""
    with opened(archive):
        pass
    in_small_steps(archive)
    file = only(generation(archive), "data_level0.bin")
    file.write_bytes(fill * file.stat().st_size)

    first = open_elsewhere(archive)
    with contextlib.suppress(subprocess.TimeoutExpired):
        first.communicate("\n", timeout=15)
    first.kill()
    first.wait()

    with opened(archive) as index:
        assert_faithful(archive, index)


def test_damage_without_a_seal_is_noticed_too(archive: Archive) -> None:
    """A database damaged while a killed process had it open panics inside Chroma; it is made anew all the same."""
    with opened(archive):
        pass
    only(generation(archive), "sealed").unlink()
    scribble("chroma.sqlite3", 20_480, 20_480)(archive)

    with opened(archive) as index:
        assert_faithful(archive, index)


def test_an_older_archive_is_noticed(archive: Archive, tmp_path: Path) -> None:
    """An archive restored from a backup, with as many passages as the index and one of them another, is noticed."""
    with opened(archive):
        pass
    # A copy of the file alone would lack what its write-ahead log holds.
    with closing(sqlite3.connect(archive.path)) as source, closing(sqlite3.connect(tmp_path / "old")) as backup:
        source.backup(backup)
    with opened(archive) as index:
        keep(archive, article("a3", "Line l0 of story s3\nLine l1 of story s3\nLine l2 of another story"))
        index.sync()
    archive.close()
    for suffix in ("-wal", "-shm"):
        archive.path.with_name(archive.path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "old", archive.path)

    with Archive(archive.path) as restored, opened(restored) as index:
        assert restored.status().passages == 60
        assert_faithful(restored, index)


def test_a_folder_that_cannot_be_used_is_told(archive: Archive) -> None:
    """A file in the folder's place is an error with a remedy; the archive stays whole."""
    (archive.path.parent / "chroma").write_text("no folder")

    with pytest.raises(VectorIndexError, match="move it away"), opened(archive):
        pass


def test_a_process_killed_while_opening_leaves_a_sound_index(archive: Archive) -> None:
    """A mark left by a process that died while opening has the index made anew, once."""
    with opened(archive):
        pass
    name = str(archive.journal.collection())
    (archive.path.parent / "chroma" / "opening").write_text(name)

    with opened(archive) as index:
        assert_faithful(archive, index)
    second = archive.journal.collection()
    with opened(archive):
        assert name != second == archive.journal.collection()


def test_a_stale_copy_is_made_anew(archive: Archive, tmp_path: Path) -> None:
    """An index restored from an older backup is noticed, even where it holds as many passages as the archive."""
    with opened(archive) as index:
        shutil.copytree(tmp_path / "chroma", tmp_path / "backup")
        archive.remove("a7")
        keep(archive, article("new", "Three lines\nof another\nstory altogether"))
        index.sync()
    shutil.rmtree(tmp_path / "chroma")
    shutil.copytree(tmp_path / "backup", tmp_path / "chroma")
    before = archive.journal.collection()

    with opened(archive) as index:
        assert_faithful(archive, index)
    assert before != archive.journal.collection()


def test_another_archives_index_is_not_taken_for_ones_own(archive: Archive, tmp_path: Path) -> None:
    """The index of another archive, put in the place of this one's, is replaced."""
    with opened(archive):
        pass
    (tmp_path / "other").mkdir()
    with Archive(tmp_path / "other" / "archive.sqlite3") as other:
        for number in range(20):
            keep(other, article(f"b{number}", f"Foreign line {number}\nAnother\nThird {number}"))
        with opened(other):
            pass
    shutil.rmtree(tmp_path / "chroma")
    shutil.copytree(tmp_path / "other" / "chroma", tmp_path / "chroma")

    with opened(archive) as index:
        assert_faithful(archive, index)


def test_nothing_is_embedded_again(tmp_path: Path) -> None:
    """Rebuilding takes the archive's own vectors: the embedder is not asked once more."""
    embedder = FakeEmbedder()
    with open_fake_library(tmp_path, embedder) as library:
        pages = [Page(source=f"p{number}", text=f"Story {number} of the harbour.") for number in range(40)]
        assert Ingestion(library).run(pages).added == 40
    shutil.rmtree(tmp_path / "chroma")

    with open_fake_library(tmp_path, embedder) as library:
        assert rebuild(library) == 40
        assert_faithful(library.archive, library.index)
    assert len(embedder.embedded) == 40


def test_a_rebuild_takes_what_was_removed_off_the_disk(tmp_path: Path) -> None:
    """No file of any store holds a word of it any longer, nor a database its vector.

    Chroma writes the empty slots of its graph as it got them from the allocator: what this very process had in
    memory, once in some ten runs the removed vector, may stand in them. No look-up reaches it.
    """
    with open_fake_library(tmp_path) as library:
        for text in ("Uniquewordone said so.", "Uniquewordtwo said so.", "Others said so."):
            Ingestion(library).run([Page(source="p", id="a" if "Unique" in text else "b", text=text)])
        vector = library.embedder.passages(["Uniquewordtwo said so."])[0].astype("<f4").tobytes()
        library.archive.remove("a")
        library.index.sync()
        rebuild(library)
        library.index.check()
        assert library.archive.status().articles == 1

        held = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
        assert not [path for path, content in held.items() if b"uniqueword" in content.lower()]
        assert not [path for path, content in held.items() if vector in content and path.name != "data_level0.bin"]


def test_a_rebuild_replaces_the_generation(archive: Archive, tmp_path: Path) -> None:
    """The new one is used from then on, the old one's folder goes, progress counts every passage."""
    with opened(archive) as index:
        before = generation(archive)
        done: list[int] = []
        assert index.rebuild(done.append) == sum(done) == 60
        assert_faithful(archive, index)
        assert not before.exists()
        assert generation(archive).is_dir()
    assert generation(archive).name in {folder.name for folder in (tmp_path / "chroma").iterdir()}


def test_a_new_embedder_never_reuses_a_collections_name(archive: Archive) -> None:
    """Others that share the index see by its name that it is another one."""
    with opened(archive) as index:
        before = archive.journal.collection()
        archive.set_embedder(EmbedderMark("x", 32))
        archive.set_embedder(EmbedderMark("y", 8))
        index.rebuild()

        assert before != archive.journal.collection()


def test_a_closed_index_says_so(archive: Archive) -> None:
    """Using it after closing is an error of ours."""
    with opened(archive) as index:
        pass

    with pytest.raises(VectorIndexError, match="closed"):
        index.nearest(word_vectors(["x"])[0], 1)


def test_a_second_process_is_told_who_has_the_index(archive: Archive) -> None:
    """The lock's message names the holder's pid and the ways out; the archive itself stays open to all."""
    holder = open_elsewhere(archive)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"

    with pytest.raises(IndexLockedError, match=rf"pid {holder.pid}\b.*QA_CHROMA_URL"), opened(archive):
        pass
    assert archive.status().passages == 60

    holder.communicate("\n", timeout=30)
    with opened(archive) as index:
        assert_faithful(archive, index)


def test_a_killed_holder_leaves_no_lock(archive: Archive) -> None:
    """The lock dies with its process."""
    holder = open_elsewhere(archive)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    holder.kill()
    holder.wait()

    with opened(archive) as index:
        assert_faithful(archive, index)


def test_threads_share_an_index(archive: Archive) -> None:
    """Searches from many threads, while another writes, find what they look for."""
    ids, vectors = archive.passages.select(None)
    faults: list[str] = []
    with opened(archive) as index:

        def search(part: Vectors, wanted: list[str]) -> None:
            for vector, passage_id in zip(part, wanted, strict=True):
                if index.nearest(vector, 1)[0].passage_id != passage_id:
                    faults.append(passage_id)

        threads = [threading.Thread(target=search, args=(vectors, ids)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for number in range(20):
            keep(archive, article(f"n{number}", f"New n{number} line"))
            index.sync()
        for thread in threads:
            thread.join()
        assert_faithful(archive, index)
    assert faults == []


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `chroma run` on a free loopback port."""
    port = free_port()
    folder = tmp_path_factory.mktemp("served")
    command = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [command, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success:
                break
        time.sleep(0.1)
    yield url
    process.kill()
    process.wait()


SHARER = """
import sys
from pathlib import Path
from ingest_fakes import article, keep
from ingest.archive import Archive
from ingest.chroma import ServedChroma
from ingest.index import VectorIndex
path, url, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Archive(path) as archive, VectorIndex(archive, ServedChroma(url)) as index:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(10):
        keep(archive, article(f"{name}{number}", f"Line {name}{number} alone\\nSecond {name}{number} line"))
        index.sync()
        if number % 5 == 4:
            archive.remove(f"{name}{number}")
            index.sync()
    print("done", flush=True)
    sys.stdin.readline()
    ids, vectors = archive.passages.select(None)
    missed = [i for i, vector in zip(ids, vectors) if index.nearest(vector, 1)[0].passage_id != i]
    print(len(ids), missed, flush=True)
"""


def test_processes_share_a_server(archive: Archive, chroma_server: str) -> None:
    """Two processes write through one server at once; each finds everything both wrote."""
    with VectorIndex(archive, ServedChroma(chroma_server)) as index:
        sharers = [
            subprocess.Popen(
                [sys.executable, "-c", SHARER, str(archive.path), chroma_server, name],
                cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for name in "xy"
        ]  # fmt: skip

        def hear(sharer: subprocess.Popen[str]) -> str:
            assert sharer.stdout is not None
            return sharer.stdout.readline().strip()

        def tell() -> None:
            for sharer in sharers:
                assert sharer.stdin is not None
                sharer.stdin.write("\n")
                sharer.stdin.flush()

        assert [hear(sharer) for sharer in sharers] == ["open", "open"]
        tell()
        assert [hear(sharer) for sharer in sharers] == ["done", "done"]
        tell()
        assert [hear(sharer) for sharer in sharers] == ["92 []", "92 []"]
        for sharer in sharers:
            sharer.communicate(timeout=30)
        assert_faithful(archive, index)


def test_a_rebuild_elsewhere_is_noticed(archive: Archive, chroma_server: str) -> None:
    """One who has the index open goes over to the collection another one has built, also for another embedder."""
    with VectorIndex(archive, ServedChroma(chroma_server)) as first:
        with VectorIndex(archive, ServedChroma(chroma_server)) as second:
            second.rebuild()
        assert_faithful(archive, first)
        keep(archive, article("new", "An unheard story"))
        first.sync()
        assert_faithful(archive, first)

        archive.set_embedder(EmbedderMark("x", 32))
        archive.set_embedder(EmbedderMark("y", 8))
        due = archive.passages.unembedded(100)
        archive.passages.embed([passage.id for passage in due], word_vectors([passage.text for passage in due], 8))
        with VectorIndex(archive, ServedChroma(chroma_server)) as second:
            second.rebuild()
        assert_faithful(archive, first)


def test_archives_share_a_server_without_mixing(archive: Archive, chroma_server: str, tmp_path: Path) -> None:
    """Each archive has collections of its own."""
    with (
        Archive(tmp_path / "other.sqlite3") as other,
        VectorIndex(archive, ServedChroma(chroma_server)) as first,
        VectorIndex(other, ServedChroma(chroma_server)) as second,
    ):
        keep(other, article("b1", "Foreign line"))
        second.sync()
        assert_faithful(archive, first)
        assert_faithful(other, second)


def test_a_collection_lost_on_the_server_is_made_anew(archive: Archive, chroma_server: str) -> None:
    """A server restored without our collection gets it again."""
    with VectorIndex(archive, ServedChroma(chroma_server)):
        pass
    address = re.match(r"http://(.*):(\d+)", chroma_server)
    assert address is not None
    chromadb.HttpClient(address[1], int(address[2])).delete_collection(str(archive.journal.collection()))

    with VectorIndex(archive, ServedChroma(chroma_server)) as index:
        assert_faithful(archive, index)


def test_a_server_that_is_down_is_told(archive: Archive) -> None:
    """Nobody at the address: the message names it, says the archive is whole and how to go on."""
    url = f"http://127.0.0.1:{free_port()}"

    with pytest.raises(IndexUnavailableError, match=re.escape(url)) as caught:
        VectorIndex(archive, ServedChroma(url))

    assert caught.value.retryable
    assert "The archive is whole" in str(caught.value)
    assert archive.status().passages == 60


def test_a_server_that_goes_down_is_told(archive: Archive, tmp_path: Path) -> None:
    """A server that dies under an open index is an IndexUnavailableError; what was pending stays pending."""
    port = free_port()
    command = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [command, "run", "--path", str(tmp_path / "served"), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success:
                break
        time.sleep(0.1)
    with VectorIndex(archive, ServedChroma(url)) as index:
        process.kill()
        process.wait()
        keep(archive, article("new", "An unheard story"))
        for call in (index.sync, index.check, lambda: index.nearest(word_vectors(["x"])[0], 1)):
            with pytest.raises(IndexUnavailableError, match="The archive is whole"):
                call()
    assert archive.status().pending == 1


def test_vectors_of_any_scale_are_compared_by_direction(tmp_path: Path) -> None:
    """A neighbour's cosine is at most 1 but for rounding, and falls with the angle."""
    with Archive(tmp_path / "archive.sqlite3") as archive, opened(archive) as index:
        keep(archive, article(text="harbour lights\nharbour\nquay"))
        index.sync()
        query = word_vectors(["harbour lights"])[0]
        cosines = [near.cosine for near in index.nearest(query, 3)]

        assert cosines == sorted(cosines, reverse=True)
        assert cosines[0] == pytest.approx(1, abs=1e-5)
        assert np.all(np.array(cosines) > -1 - 1e-5)
