"""Passages are ranked by their tokens: compressed, and nearly as if they were not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.encoder import Token, bundled_encoder
from ingest.late import BYTES, compress, maxsim
from ingest.token_vectors import TokenVectors, token_vectors, unit, weights, word_of_each

PASSAGES = {
    "en-strike": (
        "en",
        "The Syrian Observatory said 28 civilians were killed in the strike near al-Susah.",
    ),
    "en-wheat": ("en", "Wheat prices fell for a third week as ships returned to the harbour."),
    "en-vote": ("en", "Turnout in the municipal election reached 61 per cent, the commission said."),
    "ar-strike": ("ar", "قال المرصد السوري لحقوق الإنسان إن 28 مدنياً قُتلوا في الغارة قرب السوسة."),
    "ar-wheat": ("ar", "تراجعت أسعار القمح للأسبوع الثالث مع عودة السفن إلى الميناء."),
    "ar-vote": ("ar", "بلغت نسبة المشاركة في الانتخابات البلدية 61 في المئة بحسب الهيئة."),
}


def of(text: str, language: str, kind: str = "passage") -> TokenVectors:
    """The tokens of a text."""
    return token_vectors(bundled_encoder(), text, kind, language)  # type: ignore[arg-type]  # one of two words


@pytest.mark.parametrize(
    ("question", "language", "subject"),
    [
        ("How many civilians did the Observatory report killed?", "en", "strike"),
        ("كم مدنياً قُتل بحسب المرصد؟", "ar", "strike"),
        ("What did wheat cost?", "en", "wheat"),
        ("كم كانت نسبة الإقبال على الاقتراع؟", "ar", "vote"),
    ],
)
def test_a_question_finds_its_passages_in_both_languages(question: str, language: str, subject: str) -> None:
    """In each language, the passage on its subject scores best, also once compressed."""
    asked = of(question, language, "query")
    scores = dict(
        zip(PASSAGES, maxsim(asked, [compress(of(text, own).vectors) for own, text in PASSAGES.values()]), strict=True)
    )

    for group in ("en", "ar"):
        assert (
            max((name for name in PASSAGES if name.startswith(group)), key=scores.__getitem__) == f"{group}-{subject}"
        )


def test_compression_keeps_what_tokens_are_compared_by() -> None:
    """The score is within .08 of that of the tokens as they are, at 48 bytes each."""
    asked = of("How many civilians were killed?", "en", "query")
    for language, text in PASSAGES.values():
        passage = of(text, language)
        exact = float(weights(asked) @ (asked.vectors @ passage.vectors.T).max(axis=1))
        packed = compress(passage.vectors)

        assert len(packed) == BYTES * len(passage.tokens) == 48 * len(passage.tokens)
        assert maxsim(asked, [packed])[0] == pytest.approx(exact, abs=0.08)


def test_passages_score_the_same_in_any_company() -> None:
    """Alone, among others, in another order, and next to one without tokens."""
    asked = of("Who counted the dead?", "en", "query")
    packed = [compress(of(text, language).vectors) for language, text in PASSAGES.values()]
    together = maxsim(asked, [b"", *packed])

    assert together[0] == 0
    assert np.allclose(together[1:], [maxsim(asked, [one])[0] for one in packed], atol=1e-6)
    assert np.allclose(together[1:][::-1], maxsim(asked, packed[::-1]), atol=1e-6)
    assert maxsim(asked, []).shape == (0,)


def test_a_question_without_tokens_scores_nothing() -> None:
    """No tokens are near to nothing."""
    nothing = TokenVectors("", np.empty((0, 384), dtype=np.float32), [])

    assert maxsim(nothing, [compress(of("A ferry sank.", "en").vectors)]).tolist() == [0]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_any_tokens_are_compressed(number: int, seed: int) -> None:
    """Every direction, also one with no length: a score between -1 and 1."""
    vectors = np.random.default_rng(seed).normal(size=(number, 384)).astype(np.float32)
    vectors[0] = 0
    tokens = TokenVectors("a" * number, unit(vectors), [Token(0, at, at + 1) for at in range(number)])

    (score,) = maxsim(tokens, [compress(tokens.vectors)])
    assert -1.001 <= score <= 1.001


def test_function_words_and_signs_count_little() -> None:
    """A fifth of a word that carries the subject; all weights add up to 1."""
    asked = of("How many civilians?", "en", "query")
    words = word_of_each(asked.text, asked.tokens)
    share = dict(zip(words, weights(asked).tolist(), strict=True))

    assert {"How", "many", "civilians", ""} == set(words)
    assert share["How"] == share["many"] == share[""] == pytest.approx(share["civilians"] / 5)
    assert weights(asked).sum() == pytest.approx(1)
