"""How much of a question a text says, in its words and across languages."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import Archive
from ingest.encoder import bundled_encoder
from qa.coverage import Coverage, content_words
from qa.requests import AskRequest


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An empty archive: every word is as rare as every other."""
    with Archive(tmp_path_factory.mktemp("coverage") / "archive.sqlite3") as opened:
        yield opened


def coverage(question: str, archive: Archive) -> Coverage:
    """Coverage of a question."""
    return Coverage(AskRequest(question=question).to_question(), archive, bundled_encoder())


@pytest.mark.parametrize(
    ("question", "language", "says_it", "does_not"),
    [
        (
            "How many civilians were wounded in the hospital?",
            "ar",
            "وأصيب سبعة عشر مدنياً بجروح داخل المستشفى.",
            "وأعلنت الوزارة موعد الانتخابات البلدية في العاصمة.",
        ),
        (
            "ما عدد الجرحى المدنيين في المستشفى؟",
            "en",
            "Seventeen civilians were wounded inside the hospital.",
            "The ministry set the date of the municipal elections.",
        ),
        (
            "Who leads the Observatory in Morocco?",
            "ar",
            "يدير المرصد في المغرب سليم الناصر.",
            "يدير الشركة في اليابان سليم الناصر.",
        ),
    ],
)
def test_a_sentence_in_another_language_is_known_by_what_it_says(
    archive: Archive, question: str, language: str, says_it: str, does_not: str
) -> None:
    """A translation covers much of a question, a sentence on something else less than half as much."""
    asked = coverage(question, archive)

    assert asked.by_meaning(says_it, language) > 0.35
    assert asked.by_meaning(does_not, language) < asked.by_meaning(says_it, language) / 2


def test_words_are_shared_as_index_terms(archive: Archive) -> None:
    """Inflection, case and Arabic spelling do not matter; another language shares nothing."""
    asked = coverage("Which bridges collapsed?", archive)

    assert asked.by_words("The BRIDGE collapses.") == 1.0
    assert asked.by_words("انهار الجسر.") == 0.0


@pytest.mark.parametrize("text", ["", "؟!", "1,700", "the of and", "في من على"])
def test_nothing_said_is_nothing_covered(archive: Archive, text: str) -> None:
    """A text without content words covers no question, and such a question is covered by none."""
    assert coverage("How many civilians?", archive).by_meaning(text, "ar") == 0.0
    assert coverage(text or "?", archive).by_meaning("قُتل مدنيون.", "ar") == 0.0


def test_a_language_without_a_known_mean_is_still_compared(archive: Archive) -> None:
    """French was never met: its words are seen from the mean of the known languages."""
    assert coverage("كم مدنياً قُتل في باريس؟", archive).by_meaning("Trente civils ont été tués à Paris.", "fr") > 0.3


def test_tashkeel_does_not_cut_words() -> None:
    """Vowel marks and tatweel are no letters: the word around them stays whole."""
    assert content_words("قُتِلَ المدنيّــون") == ["قتل", "المدنيون"]


@settings(max_examples=200)
@given(st.text())
def test_content_words_are_bounded_and_distinct(text: str) -> None:
    """Whatever a text holds, its words are short, without digits and spaces, and listed once."""
    words = content_words(text)

    assert len(words) == len(set(words))
    assert all(1 < len(word) <= 40 and not re.search(r"[\d\s]", word) for word in words)
