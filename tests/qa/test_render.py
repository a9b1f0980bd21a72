"""What a terminal shows: the answer, then numbered sources with their words intact."""

from datetime import UTC, datetime

import pytest

from ingest.articles import to_article
from ingest.domain import Page
from prompts import load
from qa.answer import Answer, Citation, IndexInfo, ShownPassage, Timings, Trace
from qa.bootstrap import WORDING
from qa.domain import RankedPassage, Scores
from qa.render import answer_lines, passage_lines, safe

LONG = "قالت السلطات إن المياه غمرت الأحياء السكنية كلها. " * 20


def shown(**changes: object) -> ShownPassage:
    """Make a passage as answers show it."""
    fields = {
        "passage_id": "p",
        "article_id": "a1",
        "score": 0.5,
        "text": "Words.",
        "start": 0,
        "end": 6,
        "title": None,
        "outlet": None,
        "published_at": None,
        "language": "en",
    }
    return ShownPassage.model_validate(fields | changes)


def answered(
    citations: tuple[Citation, ...] = (), passages: tuple[ShownPassage, ...] = (), language: str = "en"
) -> Answer:
    """Make an answer."""
    return Answer(
        id="ans_1",
        question="q",
        status="answered" if citations else "insufficient_evidence",
        reason=None if citations else "not_stated",
        answer="THE ANSWER",
        answer_language=language,
        claims=(),
        citations=citations,
        passages=passages,
        trace=Trace(
            mode="extractive",
            prompt="wording/v1",
            prompt_sha256="0" * 64,
            index=IndexInfo(embedding=None, passages=0),
            confidence=0,
            timings_ms=Timings(embed=0, retrieve=0, generate=0, verify=0, total=0),
        ),
    )


def cited(**changes: object) -> Citation:
    """Make a citation."""
    fields = {
        "number": 1,
        "article_id": "a1",
        "passage_id": "p",
        "title": "غارة",
        "outlet": "نبض",
        "url": "https://n.example/1",
        "published_at": datetime(2018, 5, 3, 21, 40, tzinfo=UTC),
        "language": "ar",
        "dir": "rtl",
        "quote": LONG,
        "start": 3,
        "end": 3 + len(LONG),
        "article_sha256": "0" * 64,
    }
    return Citation.model_validate(fields | changes)


def lines_of(answer: Answer) -> list[str]:
    """The lines of an answer, in the wording in use."""
    return list(answer_lines(answer, load(WORDING)))


def test_answer_then_sources() -> None:
    """The answer comes first, then each source: number, outlet, day, headline, quote, place, address."""
    lines = lines_of(answered((cited(), cited(number=2, outlet=None, published_at=None, title=None, url=None))))

    assert lines[0] == "THE ANSWER"
    assert "[1] نبض, 2018-05-03: غارة" in lines
    assert "    https://n.example/1" in lines
    assert "[2] outlet not named, undated" in lines
    assert lines.count(f"    a1, characters 3 to {3 + len(LONG)}") == 2


def test_arabic_answers_are_arabic_throughout() -> None:
    """All that the service itself says around an Arabic answer is Arabic."""
    lines = lines_of(answered((cited(outlet=None, published_at=None),), language="ar"))

    assert "المصادر" in lines
    assert "[1] جهة نشر غير مسمّاة، بلا تاريخ: غارة" in lines
    assert f"    a1، المحارف من 3 إلى {3 + len(LONG)}" in lines


@pytest.mark.parametrize(
    "quote", [LONG, "one\n\ntwo", "tab\there", "a  b", "«قُتل ٢٨ مدنيًا»\u200f", "[bold]x[/bold] :smile:"]
)
def test_quotes_are_whole(quote: str) -> None:
    """A quote is shown letter for letter, however long."""
    assert any(line.endswith(quote) for line in lines_of(answered((cited(quote=quote),))))


def test_abstention_shows_the_nearest() -> None:
    """Without claims, the three nearest passages are named, shortened."""
    passages = tuple(shown(article_id=f"a{rank}", text=LONG) for rank in range(5))
    lines = lines_of(answered(passages=passages))

    assert "Nearest passages" in lines
    assert [f"·   outlet not named, undated (a{rank})" for rank in range(3)] == [
        line for line in lines if line.startswith("·")
    ]
    assert all(line.endswith(" …") for line in lines if line.startswith("    "))


def test_nothing_at_all() -> None:
    """With neither claims nor passages, the answer is all there is."""
    assert lines_of(answered()) == ["THE ANSWER"]


def test_search_shows_how_it_ranked() -> None:
    """A search result gives rank, source, score with its parts, place and words."""
    article = to_article(Page(source="s", id="a1", outlet="Dispatch", published_at="2018-05-04", text="Words of it."))
    passage = RankedPassage(
        passage_id="p",
        article=article,
        start=0,
        end=12,
        score=0.75,
        scores=Scores(dense=0.5, lexical=0.25, names=0.125, late=0.0625),
    )

    assert list(passage_lines((passage,))) == [
        "1. Dispatch, 2018-05-04 (a1)",
        "   score 0.750: dense 0.500, lexical 0.250, names 0.125, late 0.062; characters 0 to 12",
        "   Words of it.",
        "",
    ]


def test_control_characters_are_shown_and_never_sent() -> None:
    """An escape sequence in an article is printed as symbols; line feeds and tabs stay."""
    assert safe("a\x1b[31mb\tc\n\u009b") == "a␛[31mb\tc\n\ufffd"
