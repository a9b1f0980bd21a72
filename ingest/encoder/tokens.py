"""Text to tokens, with the place of each in the text; the owner of `sentencepiece`.

The tokenizer is XLM-RoBERTa's unigram model (Kudo 2018, arXiv 1804.10959), put together from the pieces and the
normalisation map that the weights bring along. `tokenizers` reads it as well, but holds its 250,000 pieces in 235 MB;
here they take 56 MB, and tokens come several times faster.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.encoder.weights import Weights

VERSION = 1
"""Counted up when the model of the same weights changes."""

_CODE_POINTS = 0x110000
_REPLACED = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
"""A NUL would end a text in the reference engine, and half a surrogate pair is no character to anyone."""

_UNIGRAM = 1
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3


class Token(NamedTuple):
    """A token and its place in the text: code points, without spaces and invisible marks before it."""

    id: int
    start: int
    end: int


def build(weights: Weights) -> bytes:
    """Put the tokenizer's model together, serialised as `sentencepiece` reads it."""
    from sentencepiece import sentencepiece_model_pb2 as layout

    utf8, bounds, scores = weights.pieces()
    marks = weights.marks
    # Marks of begin, end and padding are no pieces of a text: nobody can write one.
    kinds = dict.fromkeys((marks.begin, marks.end, marks.pad), _CONTROL) | {marks.unknown: _UNKNOWN}
    places, numbers = bounds.tolist(), scores.tolist()
    model = layout.ModelProto()  # type: ignore[attr-defined]  # made when the module is loaded
    for at, score in enumerate(numbers):
        piece = utf8[places[at] : places[at + 1]].decode()
        model.pieces.add(piece=piece, score=score, type=kinds.get(at, _NORMAL))
    model.trainer_spec.model_type = _UNIGRAM
    model.trainer_spec.bos_id, model.trainer_spec.eos_id = marks.begin, marks.end
    model.trainer_spec.pad_id, model.trainer_spec.unk_id = marks.pad, marks.unknown
    model.normalizer_spec.name = "identity"  # texts are normalised here, by the weights' own map
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    serialised: bytes = model.SerializeToString()
    return serialised


class Tokenizer:
    """Cuts texts into tokens. Safe to share between threads.

    Args:
        model: what `build` made.
        weights: the weights it was made from.
    """

    def __init__(self, model: bytes, weights: Weights) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_proto=model)
        self._unknown = weights.marks.unknown
        self._replacements = weights.normalisation | _REPLACED
        self._widths = np.ones(_CODE_POINTS, dtype=np.uint8)
        for code, text in self._replacements.items():
            self._widths[code] = len(text)

    def ids(self, text: str) -> list[int]:
        """Ids of a text's tokens."""
        ids: list[int] = self._processor.encode(_spaced(text.translate(self._replacements)))
        return [number for number, _ in self._spread(text)] if self._unknown in ids else ids

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, each with its place."""
        origins = self._origins(text)
        return [Token(number, *self._trimmed(text, *_place(origins, *span))) for number, span in self._spread(text)]

    def _spread(self, text: str) -> list[tuple[int, tuple[int, int]]]:
        """Ids, and places in what is cut; a run of unknown letters is a token each, as in the reference engine."""
        found = self._processor.encode(_spaced(text.translate(self._replacements)), return_type="offset_mapping")
        return [
            (number, span)
            for number, (start, end) in zip(found["ids"], found["offsets"], strict=True)
            for span in ([(at, at + 1) for at in range(start, end)] if number == self._unknown else [(start, end)])
        ]

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A token's place without what stands before it and is read as a space, or not at all."""
        while start < end and not self._replacements.get(ord(text[start]), text[start]).strip():
            start += 1
        return start, end

    def _origins(self, text: str) -> npt.NDArray[np.int64]:
        """Which code point of a text each one of what is cut comes from; one more for the text's end."""
        code_points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        origins = np.append(np.repeat(np.arange(len(text)), self._widths[code_points]), len(text))
        normalised = text.translate(self._replacements)
        if "  " in normalised:
            spaces = np.array([letter == " " for letter in normalised])
            origins = origins[np.append(~(spaces & np.roll(spaces, 1)) | (np.arange(len(spaces)) == 0), True)]
        return origins if normalised.startswith(" ") else np.append(0, origins)


def _spaced(text: str) -> str:
    """A text as it is cut: words apart by single spaces, one before the first."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text if text.startswith(" ") else f" {text}"


def _place(origins: npt.NDArray[np.int64], start: int, end: int) -> tuple[int, int]:
    return int(origins[start]), int(origins[end - 1]) + 1 if end > start else int(origins[start])
