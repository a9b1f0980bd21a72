"""Take articles in, in a straight line.

sources → Page → Article → Passages, Figures → archive and index

Each article is checked, cut, embedded and kept on its own: one that fails is reported and the
rest goes on, and one reported as added is in the archive whatever happens next.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from ingest.archive import EmbedderMark
from ingest.articles import Metadata, to_article
from ingest.domain import Article, ArticleId, Failure, Outcome, Page, Passage
from ingest.errors import EmbeddingMismatchError, SourceError, TextRefusedError
from ingest.late import CODEC
from ingest.library import Library, PassageVectors
from ingest.passages import cut

_BATCH = 32
"""Passages embedded together: enough to keep every core busy, few enough to lose little when killed."""

_UNDER_WAY = 2
"""Batches embedded at once: one alone leaves cores idle while its last passage is on the way."""


class Taken(NamedTuple):
    """What became of one source that holds a good article."""

    source: str
    article: Article
    outcome: Outcome


Event = Taken | Failure
Listener = Callable[[Event], None]
"""Told of every source once its article is safely kept, or has failed."""


@dataclass
class Report:
    """Counts of one run, and every failure in it."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    """Records that repeat another one of the same run to the letter; counted here alone."""
    failed: list[Failure] = field(default_factory=list)


class _Fingerprint(NamedTuple):
    text: str
    whole: bytes
    source: str


class _Cut(NamedTuple):
    source: str
    article: Article
    outcome: Outcome
    passages: list[Passage]


class Ingestion:
    """One run: articles are gathered until there are passages enough to embed, then kept one by one.

    While batches are embedded, those before are kept and the next is gathered, so that the encoder never waits.

    `report` holds what was done so far, also when a run is cut short. `on_embedded` is told how many passages of how
    many that are being embedded are done: an article of a book's length takes minutes.

    Raises:
        EmbeddingMismatchError: the archive was embedded by another model than the library's embedder.
    """

    def __init__(
        self,
        library: Library,
        listener: Listener = lambda _: None,
        *,
        on_embedded: Callable[[int, int], None] = lambda _, __: None,
    ) -> None:
        library.check()
        if library.late_interaction:
            library.archive.set_token_codec(CODEC)
        self.report = Report()
        self._library = library
        self._listener = listener
        self._on_embedded = on_embedded
        self._seen: dict[ArticleId, _Fingerprint] = {}
        self._waiting: list[_Cut] = []
        self._stopped = threading.Event()
        self._under_way: deque[tuple[list[_Cut], Future[PassageVectors]]] = deque()

    def run(self, found: Iterable[Page | Failure], defaults: Metadata | None = None) -> Report:
        """Take in everything that was found.

        Raises:
            EmbeddingError: passages cannot be embedded; what was reported before is kept.
            VectorIndexError: the index cannot be written; what was reported before is kept.
        """
        self._stopped.clear()
        self._background = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="embed")
        try:
            for item in found:
                if isinstance(item, Failure):
                    self._fail(item)
                    continue
                try:
                    self._take(item.source, to_article(item, defaults))
                except SourceError as error:
                    self._fail(Failure(source=item.source, code=error.reason, message=str(error)))
            self._keep_all()
        finally:
            self._stopped.set()  # after an error nobody waits for what is under way
            self._background.shutdown(cancel_futures=True)
        return self.report

    def _take(self, source: str, article: Article) -> None:
        """Decide what an article means for the archive; put off the work until there is a batch of it.

        Raises:
            SourceError: another record of this run has the same id and says something else.
        """
        whole = hashlib.sha256(article.model_dump_json().encode()).digest()
        if other := self._seen.get(article.id):
            if other.whole != whole:
                difference = "text" if other.text != article.sha256 else "metadata"
                raise SourceError(
                    "conflicting_id",
                    f"{source}: its id {article.id!r} was already used by {other.source} with another {difference}; "
                    "that one was kept. Give each article an id or a web address of its own.",
                )
            if any(article.id == one.article.id for one in self._unkept()):
                self._keep_all()  # what it repeats must be in the archive before it is told
            self.report.duplicates += 1
            self._listener(Taken(source, article, "unchanged"))
            return
        self._seen[article.id] = _Fingerprint(article.sha256, whole, source)
        outcome = self._library.archive.outcome_of(article)
        if outcome == "unchanged":
            self._tell(Taken(source, article, outcome))
            return
        self._waiting.append(_Cut(source, article, outcome, cut(article, count_tokens=self._library.encoder.count)))
        if sum(len(waiting.passages) for waiting in self._waiting) >= _BATCH:
            self._send_off()

    def _send_off(self) -> None:
        """Have what waits embedded in the background, and keep what was sent off long enough ago."""
        batch, self._waiting = self._waiting, []
        if batch:
            self._under_way.append((batch, self._background.submit(self._embed, batch)))
        while len(self._under_way) > _UNDER_WAY:
            self._keep_oldest()

    def _unkept(self) -> Iterator[_Cut]:
        """Articles that are gathered or being embedded."""
        yield from self._waiting
        for batch, _ in self._under_way:
            yield from batch

    def _keep_all(self) -> None:
        self._send_off()
        while self._under_way:
            self._keep_oldest()

    def _keep_oldest(self) -> None:
        """Keep each article of the batch sent off first, in a transaction of its own, and tell the index."""
        batch, embedding = self._under_way.popleft()
        try:
            vectors = embedding.result()
        except TextRefusedError:  # by one of several: each on its own shows which
            for waiting in batch:
                self._flush_alone(waiting)
        else:
            first = 0
            for waiting in batch:
                last = first + len(waiting.passages)
                tokens = vectors.tokens and vectors.tokens[first:last]
                self._keep(waiting, PassageVectors(vectors.whole[first:last], tokens))
                first = last
        self._library.index.sync()

    def _flush_alone(self, waiting: _Cut) -> None:
        try:
            vectors = self._embed([waiting])
        except TextRefusedError as error:
            self._fail(Failure(source=waiting.source, code="not_embedded", message=f"{waiting.source}: {error}"))
        else:
            self._keep(waiting, vectors)

    def _embed(self, waiting: Sequence[_Cut]) -> PassageVectors:
        texts = [passage.text for one in waiting for passage in one.passages]
        languages = [one.article.language for one in waiting for _ in one.passages]
        parts = []
        for first in range(0, len(texts), _BATCH):
            if self._stopped.is_set():
                raise CancelledError
            last = first + _BATCH
            parts.append(_embed(self._library, texts[first:last], languages[first:last]))
            self._on_embedded(min(last, len(texts)), len(texts))
        tokens = [one for part in parts for one in part.tokens or ()]
        return PassageVectors(np.concatenate([part.whole for part in parts]), tokens or None)

    def _keep(self, waiting: _Cut, vectors: PassageVectors) -> None:
        reading = self._library.read(waiting.article)
        self._library.archive.put(waiting.article, waiting.passages, vectors.whole, vectors.tokens, reading=reading)
        self._tell(Taken(waiting.source, waiting.article, waiting.outcome))

    def _tell(self, taken: Taken) -> None:
        setattr(self.report, taken.outcome, getattr(self.report, taken.outcome) + 1)
        self._listener(taken)

    def _fail(self, failure: Failure) -> None:
        self.report.failed.append(failure)
        self._listener(failure)


def _embed(library: Library, texts: Sequence[str], languages: Sequence[str]) -> PassageVectors:
    """Embed passages (n), each in its language, for the archive: n × dimension, like every vector it holds.

    Raises:
        EmbeddingError: they cannot be embedded.
        EmbeddingMismatchError: the archive's vectors are of another model or length.
    """
    vectors = library.embed_passages(texts, languages)
    made = EmbedderMark(library.embedder.label, vectors.whole.shape[1])
    mark = library.archive.embedder()
    if mark is None:
        library.archive.set_embedder(made)
    elif mark != made:
        raise EmbeddingMismatchError(
            f"{made.name} gives vectors of {made.dimension} numbers; the archive's are of {mark.name}, "
            f"{mark.dimension} numbers. What was reported as done is kept. Run `ingest rebuild` to embed everything by "
            "this one, or set QA_EMBEDDING__* back."
        )
    return vectors
