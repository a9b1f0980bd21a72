"""A story that lacks a name asked about is another story."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from ingest.domain import Page
from qa.bootstrap import Service
from qa.domain import Question
from qa.named import Named

FERRY = "Seventeen people drowned when a ferry capsized off Tamsa on Tuesday, the coast guard said."
BRIDGE = "The bridge at Doolan was closed to lorries on Monday, the Ministry of Works said."


@pytest.mark.parametrize(
    ("question", "story", "expected"),
    [
        ("How many people drowned in the Tamsa ferry accident?", FERRY, False),
        ("How many people drowned in the Doolan ferry accident?", FERRY, True),
        ("How many people drowned in the Dulan ferry accident?", BRIDGE, False),
        ("When was the bridge at Doolan closed?", FERRY, True),
        ("How many people drowned in the Nowhereville ferry accident?", FERRY, False),
        ("How many did the Coast Guard say drowned on Tuesday?", BRIDGE, False),
        ("how many drowned off doolan?", FERRY, False),
        ("كم شخصاً غرق في حادث دولان؟", FERRY, False),
    ],
)
def test_names_that_a_story_lacks(
    open_with: Callable[..., AbstractContextManager[Service]], question: str, story: str, *, expected: bool
) -> None:
    """Told where capitals show names of the archive, however they are spelled; never across languages."""
    pages = [Page(source="1", id="ferry", text=FERRY), Page(source="2", id="bridge", text=BRIDGE)]
    language = "en" if question.isascii() else "ar"
    with open_with(pages) as service:
        named = Named(Question(text=question, language=language, answer_language=language), service.library)

        assert expected == named.misses(story, "en")
