"""Lexical search finds every form of a word, scores by the best that could be reached, and takes any query."""

import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_fakes import article, keep, sentences_of

from ingest.archive import Archive
from ingest.domain import Filters

ODD = [
    "", " ", '"', '""', "'", "harbour AND", "AND OR NOT NEAR", "NEAR(harbour lights, 2)", "harbour*", "^harbour",
    "terms : harbour", "-harbour", "harbour + lights", "{terms names} : x", "(", ")", "a:b:c",
    "harbour; DROP TABLE articles",
    "how many were the", "كم من في", "؟", "\0", "har\0bour", "\ud800", "😀", "𞤀𞤁", "हिन्दी",
    "%", "_", "\\", "--", "/*", "🇸🇾",
    "harbour " * 20_000, "x" * 100_000, " ".join(f"word{number}" for number in range(3_000)),
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Make an archive of a few articles in both languages."""
    made = Archive(Path(tmp_path_factory.mktemp("lexical")) / "archive.sqlite3")
    for item in (
        article("a", "قُتل 54 شخصاً في بلدة السُّوسَة.\nوقال مانينغ إن التحقيق مستمر.", language="ar", outlet="SANA"),
        article("b", "The lighthouse keeper saw 1,700 birds.\nThe harbour was closed.", title="Storm at Susah"),
        article("c", "Manning wrote about harbours, harbour lights and a harbour.", outlet="SANA"),
        article("d", "Nothing in particular happened."),
    ):
        keep(made, item)
    return made


def found(archive: Archive, query: str, field: str = "terms", **filters: object) -> list[str]:
    """Articles whose passages match a query, best first."""
    only = Filters.model_validate(filters) if filters else None
    return [passage_id[0] for passage_id in archive.passages.search(field, query, limit=10, filters=only)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("السوسة", ["a"]), ("والسوسه", ["a"]), ("الســوسة", ["a"]), ("٥٤", ["a"]), ("LIGHTHOUSES", ["b"]),
        ("١٬٧٠٠", ["b"]), ("harbour", ["c", "b"]), ("Susah", []), ("zebra", []),
    ],
)  # fmt: skip
def test_folded_forms_are_found(archive: Archive, query: str, expected: list[str]) -> None:
    """Spelling, script of digits, clitics and number do not matter; denser passages come first."""
    assert expected == found(archive, query)


@pytest.mark.parametrize(("query", "expected"), [("Who is Manning?", ["a"]), ("من هو مانينغ؟", ["c"]), ("manning", [])])
def test_names_are_found_across_scripts(archive: Archive, query: str, expected: list[str]) -> None:
    """A name in one script finds the passages that write it in the other one."""
    assert expected == found(archive, query, "names")


def test_articles_are_found_by_their_headlines(archive: Archive) -> None:
    """Words of the headline and of any passage count together."""
    scores = archive.passages.search_articles("storm lighthouse harbour", limit=5)

    assert list(scores) == ["b", "c"]
    assert archive.passages.search_articles("storm", limit=5, filters=Filters(outlets=("SANA",))) == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlets": ["SANA"]}, ["c"]), ({"languages": ["ar"]}, []), ({"article_ids": ["b"]}, ["b"]),
        ({"article_ids": ["b", "c"], "languages": ["en"]}, ["c", "b"]), ({"published_from": "2018-01-01"}, []),
    ],
)  # fmt: skip
def test_a_filter_holds_to_the_letter(archive: Archive, filters: dict[str, object], expected: list[str]) -> None:
    """No passage of an article that fails the filter is scored, and none that passes is lost."""
    assert expected == found(archive, "harbour", **filters)


def test_scores_do_not_depend_on_the_filter(archive: Archive) -> None:
    """A filter takes passages away and changes no score."""
    everything = archive.passages.search("terms", "harbour lights", limit=10)
    some = archive.passages.search("terms", "harbour lights", limit=10, filters=Filters(outlets=("SANA",)))

    assert {passage_id: everything[passage_id] for passage_id in some} == some


def test_scores_are_shares_of_the_best_reachable(archive: Archive) -> None:
    """In (0, 1], best first; a word nobody wrote lowers the share."""
    scores = list(archive.passages.search("terms", "harbour lights manning wrote", limit=10).values())
    whole = max(archive.passages.search("terms", "lighthouse keeper", limit=10).values())
    half = max(archive.passages.search("terms", "lighthouse zebra", limit=10).values())

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert 0 < half < whole <= 1


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("field", ["terms", "names"])
def test_no_query_raises(archive: Archive, query: str, field: str) -> None:
    """Quotes, operators, nothing, only function words, endless ones: every query has an answer."""
    assert all(0 < score <= 1 for score in archive.passages.search(field, query, limit=5).values())  # type: ignore[arg-type]
    assert isinstance(archive.passages.search_articles(query, limit=5), dict)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.text(st.one_of(st.sampled_from(string.punctuation + "ANDORNT aهـ"), st.characters()), max_size=60))
def test_no_text_at_all_raises(archive: Archive, query: str) -> None:
    """Any string may be asked."""
    assert isinstance(archive.passages.search("terms", f"harbour {query}", limit=5), dict)
    assert isinstance(archive.passages.search("names", f"Manning {query}", limit=5), dict)


def test_operators_are_words(archive: Archive) -> None:
    """What FTS5 would obey is looked for instead: a minus or NOT excludes nothing."""
    assert found(archive, "harbour") == found(archive, "-harbour NOT harbour") == found(archive, '"harbour*"')


def test_the_limit_is_kept(archive: Archive) -> None:
    """At most so many, the best of them."""
    every = list(archive.passages.search("terms", "harbour", limit=10).items())

    assert every[:1] == list(archive.passages.search("terms", "harbour", limit=1).items())


def test_what_is_removed_or_replaced_is_no_longer_found(tmp_path: Path) -> None:
    """Neither the words nor the names nor the headline of what is gone, and its weight goes with it."""
    with Archive(tmp_path / "archive.sqlite3") as archive:
        keep(archive, article("a", "Manning at the lighthouse.", title="Storm"))
        keep(archive, article("b", "A harbour."))
        keep(archive, article("a", "Nobody at the quay.", title="Calm"))
        assert found(archive, "quay") == ["a"]
        for gone in ("lighthouse", "Manning"):
            assert found(archive, gone) == found(archive, "مانينغ", "names") == []
        assert archive.passages.search_articles("storm", limit=5) == {}

        archive.remove("a")

        assert found(archive, "quay nobody") == []
        assert archive.passages.search_articles("calm quay", limit=5) == {}
        assert archive.passages.rarity(["quay"])["quay"] == archive.passages.rarity(["zebra"])["zebra"]
        assert found(archive, "harbour") == ["b"]


def test_an_empty_archive_finds_nothing(tmp_path: Path) -> None:
    """No articles, no hits, no error."""
    with Archive(tmp_path / "archive.sqlite3") as archive:
        assert found(archive, "harbour") == []
        assert archive.passages.search_articles("harbour", limit=5) == {}


def test_rarity_weighs_rare_words_more(archive: Archive) -> None:
    """A word nobody wrote weighs most, one in many passages least, and each more than nothing."""
    weights = archive.passages.rarity(["zebra", "lighthous", "harbour"])

    assert weights["zebra"] > weights["lighthous"] > weights["harbour"] > 0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Make an archive of 6,000 passages: every one holds `storm`, each third `harbour`, one `lighthouse`."""
    lines = [f"storm {'harbour' if number % 3 == 0 else 'quay'} x{number}" for number in range(6_000)]
    lines[4_200] = "storm harbour lighthouse"
    made = Archive(Path(tmp_path_factory.mktemp("large")) / "archive.sqlite3")
    item = article("a", "\n".join(lines))
    made.put(item, sentences_of(item), np.ones((6_000, 1), dtype=np.float32))
    return made


def texts(archive: Archive, query: str, limit: int = 3) -> list[str]:
    """Texts of the best passages."""
    ids = list(archive.passages.search("terms", query, limit=limit))
    return [archive.passages.snippets(ids)[passage_id].passage.text for passage_id in ids]


def test_common_words_do_not_hide_the_rare_one(large: Archive) -> None:
    """In a large archive, words of every fifth passage are left out beside rarer ones; the right passage is first."""
    assert texts(large, "lighthouse")[0] == "storm harbour lighthouse"
    assert texts(large, "storm harbour lighthouse") == ["storm harbour lighthouse"]
    assert texts(large, "the storm at x77") == ["storm quay x77"]


def test_common_words_alone_still_find(large: Archive) -> None:
    """A question of nothing but common words is answered by them."""
    assert len(texts(large, "storm")) == 3
    assert all("harbour" in text for text in texts(large, "storm harbour"))
    assert all(0 < score <= 1 for score in large.passages.search("terms", "storm harbour", limit=9).values())
