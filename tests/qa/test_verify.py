"""The gate: nothing that is not in the archive, letter for letter, passes it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.articles import to_article
from ingest.domain import Article, Page
from qa.bootstrap import Service
from qa.domain import Draft
from qa.verify import Verified, verify


def drafted(article: Article, start: int, end: int, /, **changes: object) -> Draft:
    """Make the draft that quotes a part of an article, with any field changed."""
    quote = article.text[start:end]
    draft = Draft(text=quote, article=article, passage_id="p", quote=quote, start=start, end=end, confidence=1)
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
