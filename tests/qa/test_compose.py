"""Verified claims become an answer: numbered citations, wording in the asker's language, honest status."""

from datetime import date

import pytest

from ingest.aliases import Aliases
from ingest.articles import to_article
from ingest.domain import Article, Attribution, Page, Speaker, StatedFigure
from prompts import load
from qa.answer import Answer, DroppedClaim, IndexInfo, Timings
from qa.answerers import Origin
from qa.bootstrap import WORDING
from qa.compose import Composition, compose, show
from qa.domain import Draft, Evidence, Question, Quoted, RankedPassage, Reason, Scores
from qa.verify import Verified

NO_TIME = Timings(embed=0, retrieve=0, generate=0, verify=0, total=0)


def asked(answer_language: str = "en") -> Question:
    """Make a question."""
    return Question(text="How many?", language="en", answer_language=answer_language)


def drafted(article: Article, quote: str) -> Draft:
    """Make the draft that quotes these words of an article."""
    start = article.text.index(quote)
    return Draft(
        text=quote,
        article=article,
        passage_id="p1",
        quote=quote,
        start=start,
        end=start + len(quote),
        confidence=0.9,
    )


def composed(*drafts: Draft, answer_language: str = "en", dropped: tuple[DroppedClaim, ...] = ()) -> Composition:
    """Compose drafts, all of them verified."""
    return compose(asked(answer_language), Verified(drafts, dropped), wording=load(WORDING), aliases=Aliases.default())


def answered(composition: Composition, evidence: Evidence | None = None) -> Answer:
    """Put the answer together."""
    return composition.answer(
        evidence or Evidence(question=composition.question, passages=()),
        origin=Origin("extractive", load(WORDING), 0.123456),
        wording=load(WORDING),
        index=IndexInfo(embedding="test/words", passages=7),
        timings=NO_TIME,
    )


@pytest.fixture
def english() -> Article:
    """An article in English with all its metadata."""
    return to_article(
        Page(
            source="e",
            id="e",
            outlet="Dispatch",
            title="Strike",
            url="https://d.example/1",
            published_at="2018-05-04T17:20:00Z",
            text="28 civilians died. 54 people died.",
        )
    )


@pytest.fixture
def bare() -> Article:
    """An article with nothing but words, in Arabic."""
    return to_article(Page(source="b", id="b", text="قُتل 28 مدنياً في الغارة."))


def test_numbers_count_from_one_and_resolve(english: Article, bare: Article) -> None:
    """Citations are numbered from 1 in the order of the claims; each claim's numbers and the text's resolve."""
    answer = answered(composed(drafted(english, "28 civilians died."), drafted(bare, bare.text)))

    assert [citation.number for citation in answer.citations] == [1, 2]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,)]
    assert "[1]" in answer.answer
    assert "[2]" in answer.answer
    assert "[3]" not in answer.answer


def test_one_citation_a_quote(english: Article) -> None:
    """Two claims on the same words share one citation; other words of the same article have their own."""
    first, second = drafted(english, "28 civilians died."), drafted(english, "54 people died.")
    answer = answered(composed(first, second, first.model_copy(update={"confidence": 0.8})))

    assert [citation.quote for citation in answer.citations] == ["28 civilians died.", "54 people died."]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,), (1,)]
    assert "[3]" not in answer.answer


def test_citation_carries_its_article(english: Article) -> None:
    """A citation says where the words stand, and everything about the article a reader needs."""
    (citation,) = composed(drafted(english, "54 people died.")).citations

    assert {
        "number": 1,
        "article_id": "e",
        "passage_id": "p1",
        "title": "Strike",
        "outlet": "Dispatch",
        "url": "https://d.example/1",
        "published_at": "2018-05-04T17:20:00Z",
        "language": "en",
        "dir": "ltr",
        "quote": "54 people died.",
        "start": 19,
        "end": 34,
        "article_sha256": english.sha256,
        "also_in": [],
    } == citation.model_dump(mode="json")


def test_claim_is_dated_by_its_source(english: Article, bare: Article) -> None:
    """A claim is as of the day its source was published, and of no day where that is unknown."""
    claims = composed(drafted(english, "28 civilians died."), drafted(bare, bare.text)).claims

    assert [date(2018, 5, 4), None] == [claim.as_of for claim in claims]


def test_wording_in_english(english: Article, bare: Article) -> None:
    """In English: quotes in the marks of their own language, then number, outlet and day, or that they are unknown."""
    composition = composed(drafted(english, "28 civilians died."), drafted(bare, bare.text))

    assert composition.text.split("\n") == [
        "In the archive's own words:",
        "“28 civilians died.” [1] (Dispatch, 2018-05-04)",
        "«قُتل 28 مدنياً في الغارة.» [2] (outlet not named, undated)",
    ]


def test_wording_in_arabic(english: Article, bare: Article) -> None:
    """In Arabic: the service's own words are Arabic, the quotes stay in their source's language."""
    composition = composed(drafted(english, "28 civilians died."), drafted(bare, bare.text), answer_language="ar")

    assert composition.text.split("\n") == [
        "بكلمات الأرشيف نفسها:",
        "“28 civilians died.” [1] (Dispatch، 2018-05-04)",
        "«قُتل 28 مدنياً في الغارة.» [2] (جهة نشر غير مسمّاة، بلا تاريخ)",
    ]


def test_braces_of_a_source_are_words(english: Article) -> None:
    """Braces in a quote or an outlet are not taken for placeholders."""
    article = english.model_copy(update={"text": "He wrote {number}.", "outlet": "{quote}"})
    composition = composed(drafted(article, "He wrote {number}."))

    assert composition.text.endswith("“He wrote {number}.” [1] ({quote}, 2018-05-04)")


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "en"), ("ar", "ar"), ("fr", "en"), ("und", "en")])
def test_languages_spoken(wanted: str, spoken: str) -> None:
    """The service speaks Arabic and English, and English where it is asked for another; the answer says which."""
    answer = answered(composed(answer_language=wanted))

    assert spoken == answer.answer_language
    assert load(WORDING).part(f"not_stated.{spoken}") == answer.answer


def test_answered_has_no_reason(english: Article) -> None:
    """An answer with claims is `answered`, with no reason, and says how it came to be."""
    answer = answered(composed(drafted(english, "54 people died.")))

    assert (answer.status, answer.reason) == ("answered", None)
    assert ("extractive", None, WORDING, load(WORDING).sha256) == (
        answer.trace.mode,
        answer.trace.model,
        answer.trace.prompt,
        answer.trace.prompt_sha256,
    )
    assert (answer.trace.index.embedding, answer.trace.index.passages) == ("test/words", 7)
    assert answer.id.startswith("ans_")


@pytest.mark.parametrize(
    ("reason", "dropped", "expected"),
    [
        ("no_match", (), "no_match"),
        ("filtered_out", (), "filtered_out"),
        (None, (), "not_stated"),
        (None, (DroppedClaim(text="x", fault="quote_not_found"),), "failed_verification"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_abstention_says_why(
    reason: Reason | None, dropped: tuple[DroppedClaim, ...], expected: Reason, language: str
) -> None:
    """Without claims the status is `insufficient_evidence`, with the reason, worded in the asker's language."""
    composition = composed(dropped=dropped, answer_language=language)
    answer = answered(composition, Evidence(question=composition.question, passages=(), reason=reason))

    assert ("insufficient_evidence", expected) == (answer.status, answer.reason)
    assert load(WORDING).part(f"{expected}.{language}") == answer.answer
    assert (answer.claims, answer.citations) == ((), ())
    assert dropped == answer.trace.dropped_claims


def test_some_dropped_is_still_answered(english: Article) -> None:
    """Where one claim survives and another is dropped, the answer stands and the trace names the dropped one."""
    fault = DroppedClaim(text="x", fault="quote_not_found")
    answer = answered(composed(drafted(english, "54 people died."), dropped=(fault,)))

    assert (answer.status, answer.reason) == ("answered", None)
    assert (fault,) == answer.trace.dropped_claims


def test_shown_passages_are_the_evidence(english: Article) -> None:
    """Passages are shown as retrieved, in order, with words, place and article."""
    passage = RankedPassage(
        passage_id="p9",
        article=english,
        start=19,
        end=34,
        score=0.12345678,
        scores=Scores(dense=0.1, lexical=0, names=0),
    )
    (shown,) = show(Evidence(question=asked(), passages=(passage,)))

    assert (
        shown.passage_id,
        shown.article_id,
        shown.text,
        shown.start,
        shown.end,
    ) == ("p9", "e", "54 people died.", 19, 34)
    assert ("Strike", "Dispatch", english.published_at, "en") == (
        shown.title,
        shown.outlet,
        shown.published_at,
        shown.language,
    )


def test_answers_have_ids_of_their_own(english: Article) -> None:
    """Each answer has another id."""
    composition = composed(drafted(english, "54 people died."))

    assert answered(composition).id != answered(composition).id


def spoken(article: Article, quote: str, name: str, **changes: object) -> Draft:
    """Make the draft that quotes words which the article gives to somebody, from some place in the quote on."""
    draft = drafted(article, quote)
    speaker = Speaker(name=name, canonical=name)
    said = Attribution(
        speaker=speaker, start=draft.start, end=draft.end, cue_start=draft.start, cue_end=draft.start + 1
    ).model_copy(update=changes)
    return draft.model_copy(update={"said": said})


def test_a_quote_stands_behind_its_speaker(english: Article) -> None:
    """Who speaks is shown before the quote, in the text alone: the claim is the words themselves."""
    composition = composed(spoken(english, "28 civilians died.", "Salim Haddad"))
    [claim] = composition.claims

    assert composition.text.endswith("Salim Haddad: “28 civilians died.” [1] (Dispatch, 2018-05-04)")
    assert claim.text == "28 civilians died."
    assert claim.speaker == Speaker(name="Salim Haddad", canonical="Salim Haddad")


def test_who_relays_is_named(english: Article) -> None:
    """An agency that quotes somebody stands beside them, in the claim and in the text."""
    agency = Speaker(name="SANA", canonical="SANA")
    for language, expected in (("en", "Salim Haddad (via SANA): “"), ("ar", "Salim Haddad (عبر سانا): “")):
        draft = spoken(english, "28 civilians died.", "Salim Haddad", via=agency)
        composition = composed(draft, answer_language=language)

        assert composition.claims[0].via == agency
        assert expected in composition.text


def test_a_speaker_in_passing_is_not_put_before_the_quote(english: Article) -> None:
    """A sentence that is somebody's for a few words is not theirs as a whole."""
    composition = composed(spoken(english, "28 civilians died.", "Salim Haddad", end=3))

    assert composition.text.endswith("\n“28 civilians died.” [1] (Dispatch, 2018-05-04)")


def test_a_bare_number_stands_beside_its_quote(english: Article) -> None:
    """A figure that counts nothing named is not left alone in the answer's text."""
    figure = StatedFigure(value=28, bound="exact", start=0, end=2, quote="28")
    composition = composed(drafted(english, "28 civilians died.").model_copy(update={"figure": figure}))

    assert composition.claims[0].text == "The article itself: 28"
    assert composition.text.endswith("The article itself: 28 (“28 civilians died.”) [1] (Dispatch, 2018-05-04)")


def written(article: Article, text: str, quote: str, *more: str) -> Draft:
    """A claim in a model's words over some quotes of one article."""
    further = tuple(Quoted.model_validate(drafted(article, one).model_dump(include=QUOTED)) for one in more)
    return drafted(article, quote).model_copy(update={"text": text, "written": True, "more_quotes": further})


QUOTED = {"article", "passage_id", "quote", "start", "end"}


def told(*drafts: Draft, answer_language: str = "en") -> Composition:
    """Compose drafts that were told one by one."""
    return compose(
        asked(answer_language), Verified(drafts, ()), wording=load(WORDING), aliases=Aliases.default(), as_told=True
    )


def test_a_models_words_are_the_answer(english: Article) -> None:
    """A claim that a model wrote stands as it wrote it, its citations' numbers before the stop, with no opening."""
    first, second = "28 civilians died.", "54 people died."
    composition = told(
        written(english, "Both tolls were given.", first, second),
        written(english, "There were 54 dead in all", second),
    )

    assert composition.text.splitlines() == ["Both tolls were given [1][2].", "There were 54 dead in all [2]"]
    assert [claim.citations for claim in composition.claims] == [(1, 2), (2,)]
    assert [claim.text for claim in composition.claims] == ["Both tolls were given.", "There were 54 dead in all"]
    assert [citation.quote for citation in composition.citations] == [first, second]


def test_a_models_words_in_arabic(bare: Article) -> None:
    """The Arabic stop comes behind the number, too."""
    composition = told(written(bare, "هل قُتل 28 مدنياً؟", bare.text), answer_language="ar")

    assert composition.text == "هل قُتل 28 مدنياً [1]؟"


def test_a_reworded_claim_beside_a_models(english: Article) -> None:
    """A claim that the gate gave in the source's own words stands between quotation marks, with its source."""
    composition = told(written(english, "54 died.", "54 people died."), drafted(english, "28 civilians died."))

    assert composition.text.splitlines() == ["54 died [1].", "“28 civilians died.” [2] (Dispatch, 2018-05-04)"]


def test_numbers_told_stay(english: Article) -> None:
    """However many claims follow, those told before keep numbers and places."""
    drafts = [written(english, "28 died.", "28 civilians died."), written(english, "54 died.", "54 people died.")]
    first, both = told(drafts[0]), told(*drafts)

    assert both.claims[:1] == first.claims
    assert both.citations[:1] == first.citations
