"""Words of two texts that say the same find each other, within a language and across."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.alignment import align, alignable, best_span
from ingest.encoder import bundled_encoder
from ingest.sentences import Span
from ingest.token_vectors import TokenVectors

PAIRS = [
    (
        "The Observatory said 28 civilians were killed in Deir ez-Zor and dozens were wounded.",
        "قال المرصد إن 28 مدنيا قتلوا في دير الزور وأصيب العشرات بجروح.",
        [("The Observatory", "المرصد"), ("civilians", "مدنيا"), ("killed", "قتلوا"), ("Deir ez-Zor", "دير الزور")],
    ),
    (
        "The hospital received seventeen wounded people on Thursday, doctors said.",
        "قال أطباء إن المستشفى استقبل سبعة عشر جرحى يوم الخميس.",
        [("The hospital", "المستشفى"), ("wounded", "جرحى"), ("Thursday", "الخميس"), ("doctors", "أطباء")],
    ),
    (
        "Inflation fell to 14 per cent in October, the central bank announced.",
        "أعلن المصرف المركزي تراجع التضخم إلى 14 في المئة في تشرين الأول.",
        [("Inflation", "التضخم"), ("the central bank", "المصرف المركزي"), ("14 per cent", "14 في المئة")],
    ),
    (
        "Twelve villagers drowned when the ferry sank off the coast.",
        "The boat went down near the shore, and a dozen people from the village died.",
        [("coast", "shore"), ("villagers", "people from the village")],
    ),
    (
        "Four soldiers were wounded when a mine exploded near the border, the army said.",
        "قال الجيش إن أربعة جنود أصيبوا بانفجار لغم قرب الحدود.",
        [("soldiers", "جنود"), ("wounded", "أصيبوا"), ("a mine", "لغم"), ("the border", "الحدود"), ("Four", "أربعة")],
    ),
    (
        "The health ministry counted 1,240 cases of cholera and 37 deaths.",
        "أحصت وزارة الصحة ١٬٢٤٠ إصابة بالكوليرا و٣٧ وفاة.",
        [("The health ministry", "وزارة الصحة"), ("cholera", "بالكوليرا"), ("deaths", "وفاة"), ("cases", "إصابة")],
    ),
    (
        "Residents fled the village after the flood destroyed the bridge.",
        "فرّ السكان من القرية بعدما دمّر السيل الجسر.",
        [("Residents", "السكان"), ("the village", "القرية"), ("flood", "السيل"), ("the bridge", "الجسر")],
    ),
    (
        "President Nadia al-Harithi won 52.4 per cent of the votes.",
        "فازت الرئيسة نادية الحارثي بنسبة 52,4 في المئة من الأصوات.",
        [("President", "الرئيسة"), ("Nadia al-Harithi", "نادية الحارثي"), ("votes", "الأصوات"), ("won", "فازت")],
    ),
]

NAMED = ("civilians", "The Observatory", "Deir ez-Zor", "wounded")
"""What the next readers lean on most: each of these must be found, whatever the rest does."""

CASES = [(one, other, phrase, answer) for one, other, found in PAIRS for phrase, answer in found]


def of(text: str) -> TokenVectors:
    """The tokens of a text, in the language its letters show."""
    return alignable(bundled_encoder(), text, "passage", "en" if text[:1].isascii() else "ar")


def overlap(text: str, start: int, end: int, answer: str) -> bool:
    """Whether a stretch of a text overlaps some words in it."""
    at = text.index(answer)
    return start < at + len(answer) and at < end


def stretch(first: str, asked: str, second: str, expected: str) -> bool:
    """Whether the stretch that a phrase finds overlaps the words that say the same, and is not much longer."""
    at = first.index(asked)
    found = best_span(of(first), of(second), Span(at, at + len(asked)))
    assert found is not None
    return overlap(second, found.start, found.end, expected) and found.end - found.start <= 3 * len(expected)


@pytest.mark.parametrize(("one", "other", "phrase", "answer"), [case for case in CASES if case[2] in NAMED])
def test_what_readers_lean_on_is_found(one: str, other: str, phrase: str, answer: str) -> None:
    """Both ways: from English to Arabic and back."""
    assert stretch(one, phrase, other, answer)
    assert stretch(other, answer, one, phrase)


def test_phrases_find_their_words_in_the_other_text() -> None:
    """Nine in ten and more, from one language to the other and back, and within one."""
    found = [stretch(one, phrase, other, answer) for one, other, phrase, answer in CASES]
    found += [stretch(other, answer, one, phrase) for one, other, phrase, answer in CASES]

    assert sum(found) / len(found) > 0.9


def test_links_point_to_what_says_the_same() -> None:
    """Nine phrases in ten have a token that is linked into the words that say the same."""
    right = []
    for one, other, phrase, answer in CASES:
        at = one.index(phrase)
        links = [link for link in align(of(one), of(other), best=1) if link.start < at + len(phrase) and at < link.end]
        assert links
        right.append(any(overlap(other, link.other_start, link.other_end, answer) for link in links))

    assert sum(right) / len(right) >= 0.9


@pytest.mark.parametrize(
    ("question", "passage", "phrase", "answer"),
    [
        ("What did the Observatory say?", PAIRS[0][1], "the Observatory", "المرصد"),
        ("Who was killed in Deir ez-Zor?", PAIRS[0][1], "Deir ez-Zor", "دير الزور"),
        ("How many were wounded?", PAIRS[1][1], "wounded", "جرحى"),
        ("ماذا قال المرصد؟", PAIRS[0][0], "المرصد", "The Observatory"),
    ],
)
def test_a_question_is_aligned_as_a_question(question: str, passage: str, phrase: str, answer: str) -> None:
    """Read as the question it is, its phrases find their words in a passage of the other language."""
    language = "en" if question.isascii() else "ar"
    asked = alignable(bundled_encoder(), question, "query", language)
    at = question.index(phrase)
    found = best_span(asked, of(passage), Span(at, at + len(phrase)))

    assert found is not None
    assert overlap(passage, found.start, found.end, answer)
    assert all(link.end > link.start for link in align(asked, of(passage)))


def test_a_stretch_is_of_words_as_they_are_spelled() -> None:
    """Vowel marks belong to their word, in Arabic as in any script."""
    spelled = "قَالَ المَرْصَدُ إنَّ مَدَنِيّاً قُتِلَ فِي دَيْرِ الزَّوْر."
    english = "The Observatory said a civilian was killed in Deir ez-Zor."
    for phrase in ("The Observatory", "killed", "Deir ez-Zor"):
        at = english.index(phrase)
        found = best_span(of(english), of(spelled), Span(at, at + len(phrase)))
        assert found is not None
        before, after = spelled[: found.start], spelled[found.end :]
        assert before == "" or before.endswith(" ")
        assert after[:1] in " ."


def test_each_token_has_its_nearest_first() -> None:
    """As many links as asked for, the best first, and only that one may be mutual."""
    links = align(of(PAIRS[0][0]), of(PAIRS[0][1]), best=3)
    for first in range(0, len(links), 3):
        group = links[first : first + 3]
        assert len({(link.start, link.end) for link in group}) == 1
        assert [link.score for link in group] == sorted((link.score for link in group), reverse=True)
        assert not any(link.mutual for link in group[1:])


def test_a_link_is_mutual_where_each_is_the_others_best() -> None:
    """Of two texts that are the same, every token finds itself, surely; of others, not every one."""
    text = PAIRS[0][0]
    same = align(of(text), of(text), best=1)
    assert all((link.start, link.end) == (link.other_start, link.other_end) for link in same)
    assert all(link.mutual and link.score == pytest.approx(1, abs=1e-4) for link in same)

    across = align(of(text), of(PAIRS[0][1]), best=1)
    pairs = [(link.other_start, link.start) for link in across if link.mutual]
    back = {(link.start, link.other_start) for link in align(of(PAIRS[0][1]), of(text)) if link.mutual}
    assert set(pairs) == back
    assert 0 < len(pairs) < len(across)


def test_nothing_is_aligned_with_nothing() -> None:
    """A side without words has no links and no stretch."""
    some, signs = of("A ferry sank."), of("...")

    assert best_span(some, signs) is None
    assert best_span(some, some, Span(0, 0)) is None
    nothing = TokenVectors("", some.vectors[:0], [])
    assert align(nothing, some) == align(some, nothing) == []
    assert best_span(nothing, some) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_aligned(one: str, other: str) -> None:
    """Links lie in both texts, one for each token, and a stretch is of whole words."""
    first, second = of(one), of(other)
    links = align(first, second)

    assert len(links) in {0, len(first.tokens) * min(3, len(second.tokens))}
    assert all(0 <= link.other_start <= link.other_end <= len(other) for link in links)
    if found := best_span(first, second):
        assert other[found.start : found.end].strip() == other[found.start : found.end] != ""
