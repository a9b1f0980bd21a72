"""Quotes are found letter for letter, whatever was done to their marks, spaces and digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate.quotes import find_quote

ARABIC = "وذكر المرصدُ السوري، أن «54 شخصاً» بينهم ٢٨ مدنيًّا لقوا حتفهم في الغـــارة."
ENGLISH = "“At least 1,700 people fled”, the town's mayor said.\nHe added that “nobody” was hurt."


def found(text: str, quote: str) -> list[str]:
    """The words that are found for a quote."""
    return [text[start:end] for start, end in find_quote(text, 0, len(text), quote)]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        (ARABIC, "أن 54 شخصا بينهم", []),  # the quotation marks are missing, which is not another kind of them
        (ARABIC, 'أن "54 شخصا" بينهم 28 مدنيا', "أن «54 شخصاً» بينهم ٢٨ مدنيًّا"),
        (ARABIC, "لقوا حتفهم في الغارة", "لقوا حتفهم في الغـــارة"),
        (ARABIC, "المرصد السوري", "المرصدُ السوري"),
        (ARABIC, "ذكر المرصد السوري", "وذكر المرصدُ السوري"),
        (ARABIC, "٥٤ شخصا", "54 شخصاً"),
        (ARABIC, "4 شخصا", []),
        (ARABIC, "55 شخصا", []),
        (ENGLISH, "the town’s mayor said. He added", "the town's mayor said.\nHe added"),
        (ENGLISH, '"At least 1,700 people fled"', "“At least 1,700 people fled”"),
        (ENGLISH, "«At least 1,700 people fled.»", []),
        (ENGLISH, "'the town's mayor said.'", "the town's mayor said."),
        (ENGLISH, "at least 1,700", []),
        (ENGLISH, "700 people fled", []),
        (ENGLISH, "the town's may", []),
        (ENGLISH, " … ", []),
        (ENGLISH, "", []),
    ],
)
def test_only_harmless_differences_are_passed_over(text: str, quote: str, expected: str | list[str]) -> None:
    """White space, tashkeel, tatweel, the kind of quotation marks, the shape of digits; no letter, no half word."""
    assert ([expected] if isinstance(expected, str) else expected) == found(text, quote)


WORDS = st.sampled_from((ARABIC + " " + ENGLISH).split())


@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
def test_a_quote_comes_back_as_it_stands(words: list[str], data: st.DataObject) -> None:
    """Whatever marks and spaces are put into words of a text, they are found at their exact offsets."""
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + bool(first)
    wanted = " ".join(words[first : last + 1])
    noise = st.sampled_from(["", "", "", "\u0640", "\u064e", "\u200f", "\u200b"])
    noisy = "".join(
        "  " if character == " " else character + (data.draw(noise) if character.isalpha() else "")
        for character in wanted
    )

    spans = [(span.start, span.end) for span in find_quote(text, 0, len(text), noisy)]

    assert (start, start + len(wanted)) in spans or text[start : start + len(wanted)].strip('"“”«»') in found(
        text, noisy
    )
    assert all(text[begin:end].split() for begin, end in spans)


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_searched(text: str, quote: str) -> None:
    """Arbitrary Unicode never fails, and what is found lies in the text."""
    for start, end in find_quote(text, 0, len(text), quote):
        assert 0 <= start < end <= len(text)


def test_every_place_is_found_in_order() -> None:
    """Words that stand twice are found twice; the range that is searched is kept."""
    text = "28 dead. 28 dead."

    assert [span.start for span in find_quote(text, 0, len(text), "28 dead.")] == [0, 9]
    assert [span.start for span in find_quote(text, 5, len(text), "28 dead.")] == [9]
