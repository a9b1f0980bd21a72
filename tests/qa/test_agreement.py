"""What agrees, what is disputed, what is an update."""

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import to_article
from ingest.domain import ArticleId, Attribution, Bound, Copy, Page, Speaker, StatedFigure
from qa.agreement import agree, compatible, disagree, interval, one_thing, updates
from qa.domain import Draft

BOUNDS = st.sampled_from(get_args(Bound))
VALUES = st.one_of(st.integers(0, 200), st.floats(0, 1e9, allow_nan=False)).map(float)


def stated(
    value: float, bound: Bound = "exact", unit: str | None = "civilians", fate: str | None = None
) -> StatedFigure:
    """Make a figure."""
    return StatedFigure(value=value, bound=bound, start=0, end=1, quote="1", unit=unit, unit_canonical=unit, fate=fate)


FIGURES = st.builds(
    stated, VALUES, BOUNDS, st.sampled_from(["civilians", "people", "killed", "percent", "hectares", None])
)


def told(
    figure: StatedFigure | None,
    voice: int = 0,
    day: str | None = "2018-05-04",
    article_id: ArticleId = "a",
    said: str = "",
) -> Draft:
    """Make a draft of an article of some day."""
    article = to_article(Page(source="x", id=article_id, published_at=day, text="1 civilian died."))
    attribution = said and Attribution(
        speaker=Speaker(name=said, canonical=said), start=0, end=5, cue_start=0, cue_end=1
    )
    return Draft(
        text="1",
        article=article,
        passage_id="p",
        quote="1",
        start=0,
        end=1,
        confidence=0.9,
        figure=figure,
        voice=voice,
        said=attribution or None,
    )


def test_exact_values_disagree() -> None:
    """28 and 30 cannot both be the number."""
    assert not compatible(stated(28), stated(30))
    assert compatible(stated(28), stated(28))


def test_a_least_value_holds_for_more() -> None:
    """At least 25 and 28 do not disagree; at least 30 and 28 do."""
    assert compatible(stated(25, "at_least"), stated(28))
    assert not compatible(stated(30, "at_least"), stated(28))
    assert compatible(stated(30, "at_most"), stated(28))
    assert not compatible(stated(25, "at_most"), stated(28))


def test_about_reaches_a_tenth_or_one() -> None:
    """About thirty holds for 28, not for 25; about five holds for six; about 3 per cent not for 4."""
    assert compatible(stated(30, "approximately"), stated(28))
    assert not compatible(stated(30, "approximately"), stated(25))
    assert compatible(stated(5, "approximately"), stated(6))
    assert not compatible(stated(3, "approximately", "percent"), stated(4, unit="percent"))


def test_more_than_leaves_the_value_itself_out() -> None:
    """More than 50 cannot be 50, nor can less than 50; at least 50 can; so can both ends of a range that meet."""
    assert not compatible(stated(50, "more_than"), stated(50))
    assert not compatible(stated(50, "less_than"), stated(50))
    assert compatible(stated(50, "at_least"), stated(50))
    assert compatible(stated(50, "at_least"), stated(50, "at_most"))
    assert not compatible(stated(50, "at_least"), stated(50, "less_than"))
    assert compatible(stated(50, "more_than"), stated(50.5))


@settings(deadline=None)  # the lexicon of units is read within the first example
@given(FIGURES, FIGURES)
def test_agreement_is_mutual(one: StatedFigure, other: StatedFigure) -> None:
    """Whether two figures count one thing, can both hold, and are disputed does not depend on their order."""
    assert compatible(one, other) == compatible(other, one)
    assert one_thing(one, other) == one_thing(other, one)
    assert disagree(told(one, 0), told(other, 1)) == disagree(told(other, 1), told(one, 0))


@settings(deadline=None)  # the lexicon of units is read within the first example
@given(FIGURES)
def test_a_figure_agrees_with_itself(figure: StatedFigure) -> None:
    """Whatever its bound; and two speakers who say the same do not disagree."""
    assert compatible(figure, figure)
    assert not disagree(told(figure, 0), told(figure, 1))


@settings(deadline=None)  # the lexicon of units is read within the first example
@given(VALUES, BOUNDS, VALUES)
def test_a_range_holds_for_what_lies_in_it(value: float, bound: Bound, other: float) -> None:
    """An exact value is compatible with a figure where it lies between its ends, and only there."""
    ends = interval(stated(value, bound))
    inside = ends.low <= other <= ends.high
    at_open_end = (other == ends.low and not ends.low_held) or (other == ends.high and not ends.high_held)

    assert compatible(stated(value, bound), stated(other)) == (inside and not at_open_end)


def test_one_speaker_is_not_disputed() -> None:
    """What one speaker says twice is no dispute, whatever the values."""
    assert disagree(told(stated(28), 0), told(stated(30), 1))
    assert not disagree(told(stated(28), 0), told(stated(30), 0))
    assert not agree([told(stated(28), 0), told(stated(30), 0)]).disputed


def test_what_is_counted_decides() -> None:
    """Civilians are not fighters, the killed not the wounded, hectares not shares; anybody who died is anybody."""
    assert not one_thing(stated(28), stated(30, unit="fighters"))
    assert not one_thing(stated(28, fate="killed"), stated(30, fate="wounded"))
    assert not one_thing(stated(12, unit="percent"), stated(12, unit="hectares"))
    assert not one_thing(stated(54, unit="killed", fate="killed"), stated(640, unit="displaced"))
    assert not one_thing(stated(54, unit="people"), stated(30, unit="people", fate="killed"))
    assert one_thing(stated(54, unit="killed", fate="killed"), stated(30, unit="people", fate="killed"))
    assert one_thing(stated(28, fate="killed"), stated(30))


def test_a_part_is_no_more_than_its_whole() -> None:
    """54 dead and 28 civilians dead can both hold; 22 dead and 27 workers dead cannot."""
    assert not disagree(told(stated(54, unit="people", fate="killed"), 0), told(stated(28, fate="killed"), 1))
    assert disagree(
        told(stated(22, unit="killed", fate="killed"), 0), told(stated(27, unit="workers", fate="killed"), 1)
    )


def test_any_number_of_voices() -> None:
    """One side that contradicts another makes a dispute, whoever else agrees."""
    agreed = agree([told(stated(28), 0), told(stated(25, "at_least"), 1), told(stated(30, "approximately"), 2)])
    disputed = agree([*agreed.drafts, told(stated(19), 3)])

    assert not agreed.disputed
    assert disputed.disputed
    assert len(disputed.drafts) == 4


def test_a_later_day_is_an_update() -> None:
    """The newest comes first, each older one points at it, and none of them is a side of a dispute."""
    first, second, third = (
        told(stated(value), 0, day) for value, day in ((17, "2019-06-11"), (29, "2019-06-13"), (41, "2019-06-20"))
    )
    for drafts in ([first, second, third], [third, first, second], [second, third, first]):
        agreement = agree(drafts)

        assert agreement.drafts == (third, second, first)
        assert agreement.superseded_by == {1: 0, 2: 0}
        assert not agreement.disputed


def test_an_update_that_both_hold() -> None:
    """After "at least 25" comes 28: the newer one is the answer though the older one is not wrong."""
    assert updates(told(stated(28), 0, "2019-06-12"), told(stated(25, "at_least"), 0, "2019-06-11"))


def test_what_is_no_update() -> None:
    """Another value on the same day, the same value later, another speaker's, another thing, an undated one."""
    earlier = told(stated(28), 0, "2019-06-11T08:00:00Z")

    assert not updates(told(stated(30), 0, "2019-06-11T20:00:00Z"), earlier)
    assert not updates(told(stated(28), 0, "2019-06-12"), earlier)
    assert not updates(told(stated(30), 1, "2019-06-12"), earlier)
    assert not updates(told(stated(30, unit="hectares"), 0, "2019-06-12"), earlier)
    assert not updates(told(stated(30), 0, None), earlier)
    assert not updates(earlier, told(stated(30), 0, "2019-06-12"))


def test_an_older_figure_follows_its_newer_one() -> None:
    """It stands behind the newest of its speaker, before what others say; a dispute is with the newest alone."""
    newest, other, older = told(stated(41), 0, "2019-06-20"), told(stated(41), 1), told(stated(17), 0, "2019-06-11")
    agreement = agree([newest, other, older])

    assert agreement.drafts == (newest, older, other)
    assert agreement.superseded_by == {1: 0}
    assert not agreement.disputed


def test_a_copy_says_nothing_twice() -> None:
    """What a copy of the same report repeats is left out; what it says otherwise, and another report, stays."""
    one, copy, other = (told(stated(28), voice, article_id=name) for voice, name in enumerate("abc"))
    copies = {"a": (Copy(article_id="b"),), "b": (Copy(article_id="a"),)}

    assert agree([one, copy, other], copies).drafts == (one, other)
    assert len(agree([one, copy, other]).drafts) == 3
    assert len(agree([one, told(stated(19), 1, article_id="b")], copies).drafts) == 2
    spoken = told(stated(28), 1, article_id="b", said="SANA")
    assert agree([one, spoken], copies).drafts == (one, spoken)


def test_words_are_never_disputed() -> None:
    """Drafts without a figure keep their order; only a copy's repetition is left out."""
    drafts = [told(None, article_id=name) for name in "ab"]

    assert agree(drafts) == (tuple(drafts), {}, False)
    assert agree(drafts, {"b": (Copy(article_id="a"),)}).drafts == (drafts[0],)


def test_a_source_that_contrasts_two_tolls_makes_a_dispute() -> None:
    """A "higher toll" of 23 is set against the other's at least 15, though both could hold; without these words not."""
    least = told(stated(15, "at_least", fate="killed"), 0)
    higher = told(stated(23, unit="killed", fate="killed"), 1)
    for quote in ("Rescue workers gave a higher toll of 23 dead.", "أما الدفاع المدني فأعلن حصيلة أعلى بلغت 23 قتيلا."):
        assert disagree(least, higher.model_copy(update={"quote": quote}))

    for quote in (
        "Rescue workers gave a toll of 23 dead.",
        "ارتفعت الحصيلة إلى 23 قتيلا، وهو عدد أعلى من حصيلة الأمس.",
    ):
        assert not disagree(least, higher.model_copy(update={"quote": quote}))


def with_more(draft: Draft, *figures: StatedFigure) -> Draft:
    """A draft whose text states further figures."""
    return draft.model_copy(update={"more_figures": figures, "written": True})


def test_further_figures_count() -> None:
    """Any figure of a claim may be at odds with what another one says of the same thing."""
    people = stated(54, unit="people", fate="killed")
    whole = with_more(told(people, 0), stated(28, fate="killed"))

    assert disagree(whole, told(stated(30, fate="killed"), 1))
    assert disagree(told(stated(30, fate="killed"), 1), whole)
    assert not disagree(whole, told(stated(28, fate="killed"), 1))
    assert disagree(whole, with_more(told(stated(7, unit="wounded"), 1), stated(30, fate="killed")))


def test_two_figures_of_one_claim_may_both_be_right() -> None:
    """Two reports that give the same two tolls of two places do not disagree: each figure has its like."""
    one = with_more(told(stated(10), 0), stated(5))

    assert not disagree(one, with_more(told(stated(5), 1), stated(10)))
    assert disagree(one, with_more(told(stated(5), 1), stated(12)))


def test_a_range_is_kept_to() -> None:
    """Between 25 and 30 leaves 28 and not 40."""
    between = with_more(told(stated(25, "at_least"), 0), stated(30, "at_most"))

    assert not disagree(between, told(stated(28), 1))
    assert disagree(between, told(stated(40), 1))


def test_an_update_of_a_further_figure() -> None:
    """A later claim that revises one figure of an earlier one replaces it; one that repeats it does not."""
    earlier = with_more(told(stated(54, unit="people", fate="killed"), day="2018-05-03"), stated(28, fate="killed"))

    assert updates(told(stated(31, fate="killed"), day="2018-05-04"), earlier)
    assert not updates(told(stated(28, fate="killed"), day="2018-05-04"), earlier)


def test_claims_told_keep_their_places() -> None:
    """What was told stays in its order; a speaker's newest figure replaces all the others, wherever it stands."""
    drafts = [told(stated(value), day=f"2018-05-0{value}") for value in (1, 3, 2)]
    agreement = agree(drafts, as_told=True)

    assert agreement.drafts == tuple(drafts)
    assert agreement.superseded_by == {0: 1, 2: 1}


def test_events_are_kept_apart() -> None:
    """Figures of two events neither disagree nor replace each other."""
    two = [told(stated(28), 0), told(stated(30), 1)]
    later = [told(stated(28), 0, "2018-05-01"), told(stated(30), 0, "2018-05-02")]

    assert agree(two, as_told=True).disputed
    assert not agree(two, as_told=True, together=lambda *_: False).disputed
    assert agree(later, as_told=True, together=lambda *_: False).superseded_by == {}
