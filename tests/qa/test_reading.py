"""Sentences are known by what they say of a question, in the light of their story, in either language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import to_article
from ingest.domain import Article, Page
from ingest.encoder import bundled_encoder
from ingest.sentences import Span
from ingest.token_vectors import token_vectors
from qa.reading import Reader, sentences_in, subject

ENGLISH = (
    "The Sahlan Coast Guard called off its search for victims of the ferry Nawras 2. Forty-one people died. "
    "Captain Omar Salem was questioned by a judge. The weather had been calm all week."
)
ARABIC = (
    "أنهى خفر السواحل في سهلان، الخميس، البحث عن ضحايا العبّارة «النورس 2». وبلغ عدد القتلى 41 شخصاً. "
    "واستجوب قاضٍ القبطان عمر سالم. وكان الطقس هادئاً طوال الأسبوع."
)


def story(text: str, title: str | None = None) -> Article:
    """An article."""
    return to_article(Page(source="s", id="story", title=title, text=text))


def reader(question: str, language: str) -> Reader:
    """Read for a question."""
    encoder = bundled_encoder()
    return Reader(encoder, token_vectors(encoder, question, "query", language))


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
@pytest.mark.parametrize(
    ("question", "language", "number"),
    [
        ("How many people were killed when the ferry sank?", "en", 1),
        ("كم عدد القتلى في غرق العبّارة؟", "ar", 1),
        ("Who questioned the captain of the ferry?", "en", 2),
        ("من استجوب القبطان؟", "ar", 2),
        ("What was the weather like?", "en", 3),
    ],
)
def test_the_sentence_that_answers_says_most(text: str, question: str, language: str, number: int) -> None:
    """In the question's language and across."""
    article = story(text)
    said = reader(question, language).read(article, 0, len(text))

    assert list(said) == sentences_in(article.text, 0, len(article.text))
    assert max(said, key=lambda span: said[span].whole) == list(said)[number]


def test_what_headline_and_lead_say_need_not_be_said_again() -> None:
    """A sentence that counts the dead says more of a question that names the ferry, read under the ferry's headline."""
    text = "The weather was calm. Forty-one people died."
    start = text.index("Forty")
    asked = reader("How many people died on the ferry Nawras 2?", "en")
    alone = asked.read(story(text), start, len(text))
    under = asked.read(story(text, title="Ferry Nawras 2 sinks off Sahlan"), start, len(text))

    assert under[Span(start, len(text))].whole > alone[Span(start, len(text))].whole


def test_the_subject_is_what_stands_before() -> None:
    """A passage's headline and lead, but not the lead twice where the passage begins with it."""
    article = story(ENGLISH, title="Search ends")

    assert subject(article, 0) == "Search ends"
    assert subject(article, 100) == f"Search ends\n{ENGLISH[: ENGLISH.index('. Forty') + 1]}"
    assert subject(story(ENGLISH), 0) == ""


def test_a_cut_sentence_is_read_as_far_as_the_passage_goes() -> None:
    """Its part in the passage, and no word beyond."""
    article = story(ENGLISH)
    said = reader("Who died?", "en").read(article, 10, 60)

    assert list(said) == [Span(10, 60)]


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_anything_can_be_read(text: str, question: str) -> None:
    """Every sentence gets numbers from -1 to 1, whatever it and the question are made of."""
    article = Article(id="a", language="en", text=text, sha256="0" * 64)
    for said in reader(question, "en").read(article, 0, len(text)).values():
        assert all(-1.001 <= value <= 1.001 for value in said)
