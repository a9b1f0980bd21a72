"""Killed at any moment, an ingestion has lost nothing it reported, and the next run completes the rest."""

import json
import random
import signal
import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from ingest_fakes import INGEST, EmbeddingsServer, environment, ingest

from ingest.archive import Archive
from ingest.chroma import EmbeddedChroma
from ingest.index import VectorIndex

ARTICLES = 150
KILLS = 20
ARCHIVES = 2
LINES = 16
"""Passages of an article in the mean fill a batch with every second article: a run has many batches to be killed in."""


def write_articles(path: Path) -> set[str]:
    """Write small articles as JSON Lines, each with sentences of its own."""
    rows = [
        {"id": f"a{number:03}", "text": "\n\n".join(_sentence(number, line) for line in range(LINES)), "language": "en"}
        for number in range(ARTICLES)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return {str(row["id"]) for row in rows}


def _sentence(number: int, line: int) -> str:
    return f"Witness w{number}x{line} saw the lights l{number}x{line} above quay {number} before dawn, {line} in all."


class Killer:
    """Runs `ingest add -v` and kills it -9."""

    def __init__(self, server: EmbeddingsServer, data_dir: Path, source: Path) -> None:
        self._server = server
        self._source = source
        self._environment = environment(
            data_dir, QA_EMBEDDING__BASE_URL=server.url, QA_EMBEDDING__MODEL="words", PYTHONUNBUFFERED="1"
        )
        self._environment.pop("COVERAGE_PROCESS_CONFIG", None)  # the killed write no coverage: tracing only slows them

    def run(self, batches: int, reports: int, pause: float) -> set[str]:
        """Kill a run and give what it reported.

        It dies `pause` seconds after its `reports`-th report, when the archive has committed and the index is still
        to be told; at the latest while it waits for vectors after so many batches, so that work is always left.
        """
        moment, dead = threading.Event(), threading.Event()
        calls = 0

        def on_call(_: list[str]) -> None:
            nonlocal calls
            calls += 1
            if calls > batches:
                moment.set()
                dead.wait()

        self._server.on_call = on_call
        process = subprocess.Popen(
            [*INGEST, "add", "-v", str(self._source)],
            env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        reported: list[str] = []

        def listen() -> None:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("added ") and line.endswith("\n"):
                    reported.append(line.split()[1])
                    if len(reported) >= reports:
                        moment.set()
            moment.set()

        reader = threading.Thread(target=listen)
        reader.start()
        moment.wait()
        threading.Event().wait(pause)  # not for anything to happen: the moment of death is what varies
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        dead.set()
        reader.join()
        self.died = process.returncode == -signal.SIGKILL
        return set(reported)


def test_kill_9_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    """Twenty runs killed at work: what each reported is kept whole; the last run ends with exactly everything."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails, to run it again
    with ThreadPoolExecutor(ARCHIVES) as pool:  # an archive each, on a core each
        folders = [tmp_path / str(number) for number in range(ARCHIVES)]
        killed = list(pool.map(_kill_again_and_again, folders, range(seed, seed + ARCHIVES)))

    assert sum(killed) == KILLS


def _kill_again_and_again(folder: Path, seed: int) -> int:
    """Fill one archive through `KILLS / ARCHIVES` deaths; give how many of them came in the middle of work."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder.mkdir()
    source, data_dir = folder / "articles.jsonl", folder / "data"
    expected = write_articles(source)
    server = EmbeddingsServer()
    killer = Killer(server, data_dir, source)
    reported: set[str] = set()
    killed_at_work = 0

    for _ in range(KILLS // ARCHIVES):
        batches = chance.choice([0, 1, 1, 1, 1])
        new = killer.run(batches, chance.randint(1, 12), chance.choice([0, chance.uniform(0, 0.15)]))
        assert not new & reported, "an article was added twice"
        reported |= new
        killed_at_work += killer.died
        with Archive(data_dir / "archive.sqlite3") as archive:
            kept = {article.id for article in archive.export()}
            assert reported <= kept <= expected
            assert _whole(archive)

    server.on_call = lambda _: None
    last = ingest(data_dir, "add", "--json", source, QA_EMBEDDING__BASE_URL=server.url, QA_EMBEDDING__MODEL="words")
    server.close()
    assert last.returncode == 0, last.stderr
    counts = json.loads(last.stdout)
    assert counts["added"] + counts["unchanged"] == ARTICLES
    assert counts["updated"] == 0
    assert counts["unchanged"] >= len(reported)
    _check_end(data_dir, expected)
    return killed_at_work


def _whole(archive: Archive) -> bool:
    """Tell whether every article has all its passages, embedded, and nothing more."""
    status = archive.status()
    with sqlite3.connect(archive.path) as connection:
        facts = connection.execute(
            "SELECT (SELECT count(*) FROM (SELECT article_id FROM passages GROUP BY article_id)),"
            " (SELECT count(*) FROM article_terms), (SELECT count(*) FROM passage_terms),"
            " (SELECT count(DISTINCT article_id || start) FROM passages)"
        ).fetchone()
    connection.close()
    return bool(facts == (status.articles, status.articles, status.passages, status.passages) and not status.unembedded)


def _check_end(data_dir: Path, expected: set[str]) -> None:
    """Check that archive and index hold everything, once, findable and sound."""
    with sqlite3.connect(data_dir / "archive.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    with (
        Archive(data_dir / "archive.sqlite3") as archive,
        VectorIndex(archive, EmbeddedChroma(data_dir / "chroma")) as index,
    ):
        status = archive.status()
        assert expected == {article.id for article in archive.export()}
        assert (status.unembedded, status.pending, status.versions) == (0, 0, 0)
        assert _whole(archive)
        index.check()
        ids, vectors = archive.passages.select(None)
        assert len(ids) == len(set(ids)) == status.passages
        found = [index.nearest(vector, 1)[0] for vector in vectors]
        by_id = dict(zip(ids, vectors, strict=True))
        # Passages that overlap may share a vector: found is the passage itself, or one with the same words.
        assert all(np.dot(by_id[near.passage_id], vector) > 0.999 for near, vector in zip(found, vectors, strict=True))
