"""The gate: nothing that is not in the archive, letter for letter, passes it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.articles import to_article
from ingest.domain import Article, Page, Speaker, StatedFigure
from qa.accounts import read_account
from qa.bootstrap import Service
from qa.domain import Draft, Quoted
from qa.verify import Verified, verify


def drafted(article: Article, start: int, end: int, /, **changes: object) -> Draft:
    """Make the draft that quotes a part of an article, with any field changed."""
    quote = article.text[start:end]
    draft = Draft(text=quote, article=article, passage_id="p", quote=quote, start=start, end=end, confidence=1)
    return draft.model_copy(update=changes)


TOLL = "SANA quoted the health ministry as saying at least 28 civilians were killed. The Observatory counted 19."


def claimed(service: Service, quote: str | None = None, **changes: object) -> Draft:
    """Make the draft that the first figure of an article about a toll gives, with any field changed."""
    service.ingest([Page(source="toll", id="toll", text=TOLL)], lambda _: None)
    article = service.library.archive.get("toll")
    account = read_account(article, service.library.aliases)
    figure = account.figures[0]
    quote = quote or TOLL[: TOLL.index(" The Obs")]
    start = TOLL.index(quote)
    draft = drafted(article, start, start + len(quote), figure=figure, said=account.says(figure.start, figure.end))
    return draft.model_copy(update=changes)


def faults(verified: Verified) -> list[str]:
    """Faults of what was dropped; asserts that the rest is none."""
    assert verified.drafts == ()
    return [dropped.fault for dropped in verified.dropped]


def test_verbatim_drafts_pass_in_order(service: Service, article: Article) -> None:
    """Drafts whose words stand at their offsets come through as they are, in their order."""
    drafts = [drafted(article, 10, 30), drafted(article, 0, 12)]

    assert Verified(tuple(drafts), ()) == verify(drafts, service.library)


def test_altered_quote(service: Service, article: Article) -> None:
    """A quote with one letter changed is dropped, and named with its fault."""
    altered = "X" + article.text[1:20]
    verified = verify([drafted(article, 0, 20, quote=altered, text=altered)], service.library)

    assert [(altered, "quote_not_found")] == [(dropped.text, dropped.fault) for dropped in verified.dropped]
    assert verified.drafts == ()


def test_shifted_offsets(service: Service, article: Article) -> None:
    """A right quote at offsets one too far is dropped: a client would read other words there."""
    draft = drafted(article, 5, 20)
    for shift in (-1, 1):
        moved = draft.model_copy(update={"start": 5 + shift, "end": 20 + shift})

        assert faults(verify([moved], service.library)) == ["quote_not_found"]


def test_end_past_the_text(service: Service, article: Article) -> None:
    """Offsets that run past the text are dropped, though slicing forgives them."""
    length = len(article.text)
    draft = drafted(article, length - 5, length, end=length + 1)

    assert faults(verify([draft], service.library)) == ["quote_not_found"]


def test_no_words(service: Service, article: Article) -> None:
    """A draft that quotes nothing, or white space alone, carries no claim."""
    gap = article.text.index("\n\n")
    beyond = len(article.text) + 3
    drafts = [
        drafted(article, 5, 5),
        drafted(article, beyond, beyond + 1),
        drafted(article, gap, gap + 2),
    ]

    assert faults(verify(drafts, service.library)) == ["quote_not_found"] * 3


def test_text_that_is_not_the_quote(service: Service, article: Article) -> None:
    """A claim is its quote: one that says something else is dropped, as it would be shown in quotation marks."""
    draft = drafted(article, 0, 20, text="Ninety were killed.")

    assert faults(verify([draft], service.library)) == ["quote_not_found"]


def test_changed_checksum(service: Service, article: Article) -> None:
    """A draft made from another version of the text is dropped, even where the quote still stands."""
    other = article.model_copy(update={"sha256": "0" * 64})

    assert faults(verify([drafted(other, 0, 20)], service.library)) == ["quote_not_found"]


def test_replaced_article(service: Service, article: Article) -> None:
    """An article that was replaced meanwhile carries no draft made from the old one."""
    service.ingest([Page(source="new", id=article.id, text=article.text + "!")], lambda _: None)

    assert faults(verify([drafted(article, 0, 20)], service.library)) == ["quote_not_found"]


def test_deleted_article(service: Service, article: Article) -> None:
    """An article that was removed meanwhile carries no draft."""
    service.remove(article.id)

    assert faults(verify([drafted(article, 0, 20)], service.library)) == ["quote_not_found"]


def test_unknown_article(service: Service) -> None:
    """An article that never was in the archive carries no draft."""
    stranger = to_article(Page(source="x", id="stranger", text="Nobody printed this."))

    assert faults(verify([drafted(stranger, 0, 6)], service.library)) == ["quote_not_found"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_passes_that_is_not_verbatim(service: Service, article: Article, data: st.DataObject) -> None:
    """Whatever is done to quote and offsets, what passes is what a client reads at those offsets."""
    text = service.library.archive.get(article.id).text
    start = data.draw(st.integers(0, len(text) + 5))
    end = data.draw(st.integers(max(1, start - 2), len(text) + 10))
    # Slices of the text near the offsets, so that near misses are common.
    first = data.draw(st.integers(max(0, start - 2), start + 2))
    last = data.draw(st.integers(max(0, end - 2), end + 2))
    quote = data.draw(
        st.sampled_from([text[first:last], text[start:end], text[start:end].strip(), text[start:end] + "."])
    )
    claim = data.draw(st.sampled_from([quote, quote, text]))

    verified = verify([drafted(article, 0, 1, quote=quote, text=claim, start=start, end=end)], service.library)

    for draft in verified.drafts:
        assert text[draft.start : draft.end] == draft.quote == draft.text
        assert draft.end - draft.start == len(draft.quote)
        assert draft.quote.strip()
    honest = claim == quote == text[start:end] and end <= len(text) and bool(quote.strip()) and start < end
    assert honest == bool(verified.drafts)


def test_a_figure_as_it_was_read_passes(service: Service) -> None:
    """Value, bound, unit and speaker are those that a reading of the article gives."""
    draft = claimed(service)
    assert draft.figure
    assert draft.said

    assert (draft.figure.value, draft.figure.bound, draft.said.speaker.canonical) == (28, "at_least", "health ministry")
    assert Verified((draft,), ()) == verify([draft], service.library)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"value": 29.0}, "altered_number"),
        ({"start": 3}, "altered_number"),
        ({"quote": "280"}, "altered_number"),
        ({"bound": "exact"}, "altered_bound"),
        ({"unit": "fighters"}, "wrong_unit"),
        ({"unit_canonical": "people"}, "wrong_unit"),
        ({"fate": "wounded"}, "wrong_unit"),
    ],
)
def test_an_altered_figure(service: Service, changes: dict[str, object], fault: str) -> None:
    """Whatever of the figure is changed, the draft is dropped, and the fault says what it was."""
    draft = claimed(service)
    assert isinstance(draft.figure, StatedFigure)
    altered = draft.model_copy(update={"figure": draft.figure.model_copy(update=changes)})

    assert faults(verify([altered], service.library)) == [fault]


def test_a_figure_that_its_quote_lacks(service: Service) -> None:
    """A quote of another sentence does not carry the figure, though the article does."""
    assert faults(verify([claimed(service, "The Observatory counted 19.")], service.library)) == ["altered_number"]


def test_a_quote_without_the_hedge(service: Service) -> None:
    """A quote cut before "at least" states another bound than the article: a reader of the quote sees 28."""
    assert faults(verify([claimed(service, "28 civilians were killed.")], service.library)) == ["altered_bound"]


def test_another_speaker(service: Service) -> None:
    """A figure is its own speaker's: not the relaying agency's alone, not another body's, not nobody's."""
    draft = claimed(service)
    assert draft.said
    others = [
        draft.said.model_copy(update={"speaker": Speaker(name="the Observatory", canonical="Observatory")}),
        draft.said.model_copy(update={"speaker": draft.said.via}),
        draft.said.model_copy(update={"via": None}),
        None,
    ]
    drafts = [draft.model_copy(update={"said": other}) for other in others]

    assert faults(verify(drafts, service.library)) == ["wrong_speaker"] * 4


def test_words_of_another_speaker(service: Service) -> None:
    """A quote without a figure has to be, in part at least, its speaker's words; nobody's need no speaker."""
    draft = claimed(service, "The Observatory counted 19.", figure=None)

    assert faults(verify([draft], service.library)) == ["wrong_speaker"]
    own = claimed(service, figure=None)
    assert verify([own], service.library).drafts == (own,)
    nobody = draft.model_copy(update={"said": None})
    assert verify([nobody], service.library).drafts == (nobody,)


def written(service: Service, **changes: object) -> Draft:
    """A draft that a model wrote over the toll's first sentence, with another of the same article behind it."""
    draft = claimed(service, text="The ministry counted at least 28 dead.", written=True)
    other = draft.article.text.index("The Observatory counted")
    more = Quoted(
        article=draft.article,
        passage_id="p",
        quote=draft.article.text[other:],
        start=other,
        end=len(draft.article.text),
    )
    return draft.model_copy(update={"more_quotes": (more,), **changes})


def test_a_written_text_is_its_own(service: Service) -> None:
    """What a model wrote need not be its quote; what a source is said to say must."""
    draft = written(service)

    assert verify([draft], service.library).drafts == (draft,)
    assert faults(verify([draft.model_copy(update={"written": False})], service.library)) == ["quote_not_found"]


def test_every_further_quote_has_to_stand(service: Service) -> None:
    """One letter, one offset or one article off in a further quote is the end of the claim."""
    (more,) = written(service).more_quotes
    gone = more.article.model_copy(update={"id": "gone"})
    for change in ({"quote": "X" + more.quote[1:]}, {"start": more.start - 1}, {"article": gone}):
        draft = written(service, more_quotes=(more.model_copy(update=change),))

        assert faults(verify([draft], service.library)) == ["quote_not_found"]


def test_an_article_that_was_changed_meanwhile(service: Service) -> None:
    """A draft of a version that the archive no longer holds is dropped, though its quote still stands."""
    draft = written(service)
    service.ingest([Page(source="toll", id="toll", text=f"{TOLL} More followed.")], lambda _: None)

    assert faults(verify([draft], service.library)) == ["quote_not_found"]


def test_further_figures_are_read_again(service: Service) -> None:
    """A further figure has to stand in some quote as it is claimed, and to be the claim's speaker's or nobody's."""
    draft = written(service)
    nineteen = read_account(draft.article, service.library.aliases).figures[1]
    said = read_account(draft.article, service.library.aliases).says(nineteen.start, nineteen.end)
    both = {"quote": draft.article.text, "start": 0, "end": len(draft.article.text)}
    theirs = draft.model_copy(update={**both, "said": said, "figure": None})

    assert verify([theirs.model_copy(update={"more_figures": (nineteen,)})], service.library).dropped == ()
    for change, fault in (
        ({"more_figures": (nineteen.model_copy(update={"value": 20.0}),)}, "altered_number"),
        ({"more_figures": (nineteen.model_copy(update={"bound": "at_most"}),)}, "altered_bound"),
        ({"more_figures": (nineteen,), "said": None}, "missing_speaker"),
        ({"more_figures": (nineteen,), "said": draft.said, "figure": draft.figure}, "wrong_speaker"),
    ):
        assert faults(verify([theirs.model_copy(update=change)], service.library)) == [fault]
