"""Tokens to vectors, in ONNX Runtime; the owner of `onnxruntime`.

Each text runs alone, on one thread. Batches need padding and outgrow the caches: on two cores, two workers with one
text each embed more passages a second than batches of any size on two threads (`evals bench` prints both). It also
makes a text's vectors the same in any company.
"""

import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

import numpy as np

from ingest.encoder import graph, tokens
from ingest.encoder.graph import HALFWAY, INPUT, OUTPUT, Precision
from ingest.encoder.tokens import Token, Tokenizer
from ingest.encoder.weights import Floats, Weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_log = logging.getLogger(__name__)

Kind = Literal["query", "passage"]
"""What a text is to the model, which was trained with these words before it."""

_BULK_NICENESS = 10
"""How far the threads of `each` stand back: a question's thread gets nine tenths of a core that both want."""

_DIGEST = 32
"""Bytes of the checksum before what is kept: a file cut short or altered is made anew."""

S = TypeVar("S")
T = TypeVar("T")


class Encoding(NamedTuple):
    """What the model makes of a text."""

    vector: Floats
    """The text as a whole: `hidden` numbers, of unit length."""
    vectors: Floats
    """Its tokens in their context: n × hidden, of any length."""
    halfway: Floats
    """The same after half of the network's layers, where a token still stands for its own word: n × hidden."""
    tokens: list[Token]
    """The n tokens."""


class Encoder:
    """The bundled model. Safe to share between threads.

    Args:
        cache: folder that keeps the graph between runs; where it cannot be written, or is `None`, the graph is built
            in memory each time.
        precision: how matrices are held and multiplied.
        weights: the model; by default the bundled one.

    Raises:
        EncoderError: the weights cannot be read.
    """

    def __init__(
        self, cache: Path | None = None, *, precision: Precision = "q4", weights: Weights | None = None
    ) -> None:
        self._weights = weights or Weights()
        _one_thread_each()
        kept = _Kept(cache, self._weights)
        self._session = _session(
            kept.get(f"{precision}-v{graph.VERSION}.onnx", lambda: graph.build(self._weights, precision))
        )
        self._tokenizer = Tokenizer(
            kept.get(f"tokens-v{tokens.VERSION}.model", lambda: tokens.build(self._weights)), self._weights
        )
        self._window = self._weights.shape.positions - 2
        self._prefix_tokens = {kind: len(self._tokenizer.ids(f"{kind}:")) for kind in get_args(Kind)}
        self._frame = self._token_number("")
        self._workers = ThreadPoolExecutor(_cores(), thread_name_prefix="encode", initializer=_stand_back)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._weights.shape.hidden

    def count(self, text: str) -> int:
        """Number of tokens of a text, beyond those of no text."""
        return self._token_number(text) - self._frame

    def _token_number(self, text: str) -> int:
        return len(self._tokenizer.ids(f"passage: {text}"))

    def vector(self, text: str, kind: Kind) -> Floats:
        """Embed one text as a whole, in this thread: `dimension` numbers, of unit length."""
        return self._run(self._tokenizer.ids(f"{kind}: {text}"))[0]

    def vectors(self, text: str, kind: Kind) -> tuple[Floats, Floats]:
        """Encode one text as a whole and its tokens, without their places: `vector` and `vectors` of `encode`."""
        vector, vectors, _ = self._run(self._tokenizer.ids(f"{kind}: {text}"))
        return vector, vectors[self._prefix_tokens[kind] :]

    def encode(self, text: str, kind: Kind) -> Encoding:
        """Encode one text with its tokens, in this thread."""
        prefix = f"{kind}: "
        found = self._tokenizer.tokens(prefix + text)
        vector, vectors, halfway = self._run([token.id for token in found])
        first = self._prefix_tokens[kind]
        return Encoding(vector, vectors[first:], halfway[first:], _moved(found[first:], len(prefix)))

    def short(self, texts: Sequence[str], kind: Kind) -> list[Floats]:
        """Embed many texts of a few words each, in this thread: their vectors, as `vector` gives them.

        Those of equal length run together: a text of five tokens alone costs as much as one of twenty.
        """
        lengths: dict[int, list[tuple[int, list[int]]]] = {}
        for at, text in enumerate(texts):
            ids = self._tokenizer.ids(f"{kind}: {text}")
            lengths.setdefault(len(ids), []).append((at, ids))
        found: list[Floats] = [np.empty(0, dtype=np.float32)] * len(texts)
        for length, group in lengths.items():
            if length > self._window:
                found_here = [self._run(ids)[0] for _, ids in group]
            else:
                found_here = list(_unit(self._tokens_of([ids for _, ids in group])[0].mean(axis=1)))
            for (at, _), vector in zip(group, found_here, strict=True):
                found[at] = vector
        return found

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a passage, as `encode` gives them."""
        prefix = "passage: "
        return _moved(self._tokenizer.tokens(prefix + text)[self._prefix_tokens["passage"] :], len(prefix))

    def each(self, function: Callable[[S], T], items: Sequence[S]) -> Iterator[T]:
        """Apply a function to many items, on all cores, standing back behind whoever waits for an answer."""
        return self._workers.map(function, items)

    def _run(self, ids: Sequence[int]) -> tuple[Floats, Floats, Floats]:
        """The vector of a text, and those of its tokens at the end and halfway (n × hidden each).

        A text too long for the model is read in windows that do not overlap, and their means are weighted by their
        lengths, as the reference engine does.
        """
        total = np.zeros(self.dimension, dtype=np.float64)
        ends: list[Floats] = []
        halves: list[Floats] = []
        for first in range(0, max(1, len(ids)), self._window):
            window = ids[first : first + self._window]
            (end,), (half,) = self._tokens_of([window])
            total += end.mean(axis=0) * max(1, len(window))
            ends.append(end[1:-1])
            halves.append(half[1:-1])
        return _unit(total[None])[0], np.concatenate(ends), np.concatenate(halves)

    def _tokens_of(self, windows: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """The vectors of b texts of n tokens each, with those of their begin and end: b × (n + 2) × hidden, twice."""
        marks = self._weights.marks
        framed = [np.array([marks.begin, *window, marks.end], dtype=np.int64) for window in windows]
        embedded = np.stack([self._weights.embed(ids) for ids in framed])
        end, half = self._session.run([OUTPUT, HALFWAY], {INPUT: embedded})
        return end, half


def _moved(tokens: Sequence[Token], length: int) -> list[Token]:
    """Tokens of a text after a prefix of so many letters, by their places in the text itself."""
    return [Token(number, max(0, start - length), max(0, end - length)) for number, start, end in tokens]


def _unit(vectors: "np.ndarray[tuple[int, int], np.dtype[np.floating[Any]]]") -> Floats:
    unit: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _one_thread_each() -> None:
    """Let numpy multiply on the thread that asks.

    Its own threads wait for each other by spinning, which halves the speed of everything else once every core is busy.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _stand_back() -> None:
    """Lower the priority of the calling thread, where the system knows priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _BULK_NICENESS)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Kept:
    """What was made of some weights, kept in a folder from run to run."""

    def __init__(self, folder: Path | None, weights: Weights) -> None:
        self._folder = folder
        self._weights = weights

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Give what is kept by a name, whole as it was written; else make it, and keep it where that can be done."""
        if self._folder is None:
            return make()
        path = self._folder / f"{self._weights.digest[:16]}-{name}"
        with suppress(OSError):
            kept = path.read_bytes()
            if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                return kept[_DIGEST:]
        made = make()
        own = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")  # others may be writing the same
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(hashlib.sha256(made).digest() + made)
            own.replace(path)
        except OSError as error:
            with suppress(OSError):
                own.unlink()
            _log.info("The model is put together in memory: %s cannot be written (%s).", path.parent, error)
        return made


def _session(network: bytes) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


_opening = threading.Lock()
_opened: list[Encoder] = []


def bundled_encoder(cache: Path | None = None) -> Encoder:
    """The bundled model, opened once in this process.

    Args:
        cache: folder that keeps what it is put together from, as for `Encoder`; the first call decides.

    Raises:
        EncoderError: the weights cannot be read.
    """
    with _opening:
        if not _opened:
            _opened.append(Encoder(cache))
        return _opened[0]
