"""Two articles are one report where neither hides a figure, or a part of its own, behind the other's words."""

import pytest
from copies_texts import CAPTAIN, FERRY, FERRY_AR, FOOTER, HARBOUR, LEAD, OWNER, RESCUE, STORIES, UNION
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.copies import Words, are_apart, are_copies, bands, says_no_more, sentence_key, sign, words_of
from ingest.lexis import SPELLED, fold


def copies(one: str, other: str) -> bool:
    """Whether two texts are copies; asked both ways, which must agree."""
    first, second = words_of(one), words_of(other)
    assert are_copies(first, second) == are_copies(second, first)
    return are_copies(first, second)


@pytest.mark.parametrize(
    "other",
    [
        FERRY,
        FERRY.upper(),
        FERRY.replace("'", "’").replace(". ", ".\n\n"),
        f"ZAHRIYA (Levant Wire) - {FERRY}",
        f"Ferry with 214 on board runs aground off Zahriya, passengers taken ashore\n\n{FERRY}",
        f"Tue 4 March 2025, 21:40. {FERRY} (Reporting by R. Haddad in Zahriya; editing by T. Nour)",
        f"{LEAD} {RESCUE} {CAPTAIN} {OWNER}",
        f"{LEAD} {RESCUE} {CAPTAIN} {UNION} {HARBOUR}",
        FERRY.replace("late on Tuesday", "on Tuesday evening").replace("told investigators", "told the investigators"),
        FERRY.replace("forty minutes", "40 minutes").replace("three of which", "3 of which"),
        FERRY.replace("214", "٢١٤"),
    ],
    ids=[
        "letter for letter", "capitals", "paragraphs", "dateline", "headline", "date and signature", "cut at the end",
        "cut in the middle", "edited", "numbers in digits", "digits of another script",
    ],
)  # fmt: skip
def test_a_copy_says_the_same(other: str) -> None:
    """Dateline, headline, signature, cuts, small edits and another spelling of numbers leave a report what it is."""
    assert copies(FERRY, other)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("214 people", "241 people"),
        ("187 passengers", "178 passengers"),
        ("three of which", "four of which"),
        ("about forty minutes", "about fifty minutes"),
        ("twenty-six others", "twenty-seven others"),
        ("took 187 passengers", "took passengers"),
        ("were treated", "and 4 sailors were treated"),
        ("214 people on board", "187 people on board"),
        ("took 187 passengers", "took more than 187 passengers"),
    ],
)
def test_a_figure_that_differs_makes_another_report(words: str, others: str) -> None:
    """Another number, in digits or words, one that is missing, one that is added: each is a report of its own."""
    assert words in FERRY
    assert not copies(FERRY, FERRY.replace(words, others))


def test_figures_that_changed_places_differ() -> None:
    """The same numbers said of other things are other figures."""
    assert not copies(FERRY, FERRY.replace("214", "x").replace("187", "214").replace("x", "187"))


def test_a_headline_may_leave_out_the_hedge() -> None:
    """A headline states a figure of the report, without its bound; that is nothing new."""
    assert copies(FERRY, f"Ferry: 40 minutes without steering\n\n{FERRY}")


def test_two_of_another_kind_differ() -> None:
    """An Arabic dual counts and names what it counts: two dead are not two wounded."""
    dual = FERRY_AR.replace("41 آخرون", "جنديّان")

    assert copies(dual, dual.replace("جنديّان", "جنديان"))
    assert not copies(dual, dual.replace("جنديّان", "صحفيّون"))


def test_a_headline_with_a_toll_of_its_own_makes_another_report() -> None:
    """A number that only the headline states is told by nobody else."""
    assert not copies(FERRY, f"Ferry with 230 on board runs aground\n\n{FERRY}")


def test_a_part_of_its_own_on_both_sides_makes_two_reports() -> None:
    """Each may say more than the other in a sentence or more; then neither stands for the other."""
    assert not copies(f"{FERRY} {STORIES[0]}", f"{FERRY} {STORIES[1]}")
    assert are_apart(words_of(f"{FERRY} {STORIES[0]}"), words_of(f"{FERRY} {STORIES[1]}"))
    assert not are_apart(words_of(FERRY), words_of(f"{FERRY} {STORIES[1]}"))


def test_a_cut_copy_may_not_add_a_figure() -> None:
    """What the shorter one says beyond the longer is its own."""
    cut = f"{LEAD} {RESCUE} {CAPTAIN}"

    assert copies(FERRY, cut)
    assert not copies(FERRY, f"{cut} Nine of the passengers are still missing.")


def test_strangers_are_no_copies() -> None:
    """Stories on other things are other reports, also under the same long footer, known to be repeated or not."""
    repeated = {sentence_key(sentence) for sentence in words_of(FOOTER).sentences}
    for one in STORIES:
        for other in STORIES:
            if one != other:
                assert not copies(one, other)
                assert not copies(f"{one} {FOOTER}", f"{other} {FOOTER}")
                assert not are_copies(words_of(f"{one} {FOOTER}"), words_of(f"{other} {FOOTER}"), repeated)


def test_what_a_site_repeats_does_not_hide_a_copy() -> None:
    """A report under a long footer is a copy of the report alone once the footer is known."""
    one, other = words_of(f"{STORIES[0]} {FOOTER}"), words_of(STORIES[0])
    repeated = {sentence_key(sentence) for sentence in words_of(FOOTER).sentences}

    assert are_copies(one, other, repeated)


def test_bare_headlines_are_copies_only_of_themselves() -> None:
    """A headline stands in every story on its subject; that makes it nobody's copy."""
    headline = "Ferry with 214 people on board runs aground off the port of Zahriya"

    assert copies(headline, headline.upper())
    assert not copies(headline, f"{headline} late on Tuesday")
    assert not copies(LEAD, FERRY)
    assert not copies("", FERRY)


def test_tashkeel_and_spelling_do_not_matter() -> None:
    """Arabic with its vowel marks, without, and with tatweel or another hamza, is one report; another toll is not."""
    bare = "".join(word for word in FERRY_AR if not "\u064b" <= word <= "\u0652")

    assert bare != FERRY_AR
    assert copies(FERRY_AR, bare)
    assert copies(FERRY_AR, bare.replace("مدينة", "مديـــنة").replace("إن", "ان").replace("41", "٤١"))
    assert not copies(FERRY_AR, bare.replace("ثمانية وعشرون", "تسعة وعشرون"))
    assert not copies(FERRY_AR, bare.replace("وعشرون", "وثلاثون"))
    assert not copies(FERRY_AR, bare.replace("41", "٤٢"))
    assert not copies(FERRY_AR, bare.replace("ستة", "سبعة"))


def test_dates_are_no_figures() -> None:
    """A report sent again on another day is the same report, its dates and clocks aside."""
    dated = "Published {} {FERRY}"
    texts = [
        dated.format(day, FERRY=FERRY)
        for day in ("4 March 2025.", "05/03/2025 at 09:14.", "March 6, 2025.", "٧ آذار ٢٠٢٥.")
    ]

    assert all(copies(texts[0], other) for other in texts)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (RESCUE, FERRY, True),
        (f"{LEAD} {RESCUE}", FERRY, True),
        (HARBOUR, f"{LEAD} {RESCUE}", False),
        (RESCUE.replace("187", "178"), FERRY, False),
        (f"{LEAD} {RESCUE.replace('187 ', '')}", FERRY, True),
        (STORIES[0], FERRY, False),
    ],
)
def test_a_passage_that_says_more_is_known(part: str, whole: str, told: bool) -> None:  # noqa: FBT001 - a table
    """A passage says no more than another article where its words stand there, with each of its numbers."""
    assert says_no_more(words_of(part), words_of(whole)) == told


def test_candidates_share_a_band() -> None:
    """A report and its copies meet, a copy cut to a third included; strangers hardly do."""
    signed = [sign(words_of(text)) for text in (FERRY, f"ZAHRIYA - {FERRY}", f"{LEAD} {RESCUE}")]
    keys = [set(bands(signature)) for signature in signed if signature is not None]

    assert len(keys) == 3
    assert keys[0] & keys[1]
    assert keys[0] & keys[2]
    assert sign(words_of("")) is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.text("٣3,.: وabخمسة\n#_'½²", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Arbitrary text is read, kept and given back, and is a copy of itself."""
    words = words_of(text)

    assert Words.decode(words.encode()) == words
    assert copies(text, text)
    assert all(len(fold(word)) for word in words.kept())
    assert bool(words.kept()) <= bool(SPELLED.search(fold(text)))


def test_long_texts_of_one_piece_are_compared() -> None:
    """Sixty thousand repetitions are read and compared, which what takes squares would not finish."""
    for piece in ("a ", "ا ", "a. ", "March ", "# ", "ﷺ "):  # numbers are the figure reader's to test
        words = words_of(piece * 60_000)
        assert words_of(piece * 60_000) == words
        are_copies(words, Words((*words.sentences, ("end",))))
