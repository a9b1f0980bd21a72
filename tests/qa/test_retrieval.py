"""Retrieval finds the nearest passages, never one outside the filters, and never two that overlap."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.datasets import Dataset
from ingest.archive import Snippet
from ingest.domain import Article, Filters, Page, Passage
from ingest.vectors import LIMIT, VectorTable
from qa import retrieval
from qa.bootstrap import Service
from qa.domain import Evidence, Question, RankedPassage, Scores
from qa.retrieval import LATE, LEXICAL, NAMES, RERANKED, Ranked, merge, rank

Opener = Callable[..., AbstractContextManager[Service]]

WORDS = "ferry flood strike bank quake port mosaic school civilians minister Zahriya شرطة سيول مصرف زلزال".split()  # noqa: SIM905 - a word list reads best as running text
OUTLETS = ("Meridian Post", "نبض المدينة", "Levant Dispatch", None)
FIRST = date(2020, 1, 1)
DAYS = 20


def many() -> list[Page]:
    """Make 400 one-passage articles of random words: 3 in 4 with an outlet, 9 in 10 with a date over 20 days."""
    dice = random.Random(7)  # noqa: S311 - a fixed seed makes the archive the same each time
    return [
        Page(
            source=f"{number}",
            id=f"m{number:03}",
            outlet=dice.choice(OUTLETS),
            language=dice.choice(["ar", "en", "en", "en"]),
            published_at=(FIRST + timedelta(days=dice.randrange(DAYS))).isoformat() if number % 10 else None,
            text=" ".join(dice.choices(WORDS, k=12)) + f" {number}.",
        )
        for number in range(400)
    ]


@pytest.fixture(scope="module")
def crowd(
    tmp_path_factory: pytest.TempPathFactory, opened_over: Callable[..., AbstractContextManager[Service]]
) -> Iterator[Service]:
    """An archive of 400 small articles. Read only."""
    with opened_over(tmp_path_factory.mktemp("crowd"), many()) as service:
        yield service


def asked(
    text: str = "How many civilians?", filters: Filters | None = None, top_k: int = 8, language: str = "en"
) -> Question:
    """Make a question."""
    return Question(text=text, language=language, answer_language="en", filters=filters or Filters(), top_k=top_k)


def found(service: Service, question: Question) -> Evidence:
    """Retrieve for a question."""
    return service.pipeline.retrieve(question)


def passes(article: Article, filters: Filters) -> bool:
    """Whether an article passes filters, said anew in Python."""
    day = article.published_at.astimezone(UTC).date() if article.published_at else None
    return (
        (not filters.published_from or (day is not None and day >= filters.published_from))
        and (not filters.published_to or (day is not None and day <= filters.published_to))
        and (not filters.outlets or article.outlet in filters.outlets)
        and (not filters.languages or article.language in filters.languages)
        and (not filters.article_ids or article.id in filters.article_ids)
    )


def brute_force(service: Service, filters: Filters, text: str) -> list[str]:
    """Every passage that passes the filters, nearest in meaning first, from every vector of the archive."""
    store = service.library.archive.passages
    ids, vectors = store.select(None)
    articles = {passage_id: snippet.article for passage_id, snippet in store.snippets(ids).items()}
    cosines = vectors @ service.library.embedder.question(text)
    allowed = [
        (-float(cosine), one) for one, cosine in zip(ids, cosines, strict=True) if passes(articles[one], filters)
    ]
    return [passage_id for _, passage_id in sorted(allowed)]


days = st.one_of(st.none(), st.integers(-2, DAYS + 2).map(lambda day: FIRST + timedelta(days=day)))
some_filters = st.builds(
    Filters,
    published_from=days,
    published_to=days,
    outlets=st.lists(st.sampled_from([*OUTLETS[:3], "Nobody's"]), max_size=2, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["ar", "en", "fr"]), max_size=2, unique=True).map(tuple),
    article_ids=st.lists(st.integers(0, 420).map("m{:03}".format), max_size=6, unique=True).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=some_filters, text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_nothing_outside_the_filters(crowd: Service, filters: Filters, text: str) -> None:
    """Whatever the filters, every passage passes them; as many come as pass, up to `top_k`."""
    evidence = found(crowd, asked(text, filters, top_k=50))
    allowed = [page for page in crowd.library.archive.export() if passes(page, filters)]

    assert all(passes(passage.article, filters) for passage in evidence.passages)
    assert min(50, len(allowed)) == len(evidence.passages)
    assert (None if allowed else "filtered_out") == evidence.reason


SELECTIVE = (
    Filters(outlets=("نبض المدينة",), languages=("en",), published_from=FIRST, published_to=FIRST + timedelta(days=5)),
    Filters(languages=("en",), published_from=FIRST, published_to=FIRST),
    Filters(languages=("en",), article_ids=("m001", "m002", "m399")),
)
UNSELECTIVE = (
    Filters(languages=("en",)),
    Filters(languages=("en",), published_from=date(1999, 1, 1)),
    Filters(languages=("en",), outlets=("Meridian Post", "نبض المدينة", "Levant Dispatch")),
)


WAYS = {"held in memory": (LIMIT, 4_000), "read and compared": (0, 4_000), "index asked": (0, 0)}


@pytest.fixture
def way(request: pytest.FixtureRequest, crowd: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have meanings compared in one of the ways that there are for archives of different sizes."""
    # Crossing the thresholds for real takes 100,000 passages.
    limit, few = WAYS[request.param]
    monkeypatch.setattr(crowd.library.index, "exact", VectorTable(crowd.library.archive, limit=limit))
    monkeypatch.setattr(retrieval, "_FEW", few)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("way", WAYS, indirect=True)
@pytest.mark.parametrize("filters", SELECTIVE + UNSELECTIVE)
def test_filtered_search_is_exact(crowd: Service, filters: Filters) -> None:
    """Selective or not, in memory, from the archive or by over-fetching, the nearest that pass are the true nearest."""
    # No word of the archive: meaning alone ranks.
    text = "kangaroo whisky"

    passages = found(crowd, asked(text, filters, top_k=50)).passages

    assert brute_force(crowd, filters, text)[:50] == [passage.passage_id for passage in passages]


@pytest.mark.parametrize("filters", [Filters(), *SELECTIVE, *UNSELECTIVE])
def test_all_ways_agree(crowd: Service, filters: Filters, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large archive's index gives the very passages that comparing all of them gives."""
    question = asked("strike port minister", filters)
    compared = found(crowd, question)
    monkeypatch.setattr(crowd.library.index, "exact", VectorTable(crowd.library.archive, limit=0))
    monkeypatch.setattr(retrieval, "_FEW", 0)
    fetched = found(crowd, question)

    assert [passage.passage_id for passage in compared.passages] == [passage.passage_id for passage in fetched.passages]


def test_days_are_whole_and_utc(open_with: Opener) -> None:
    """Both days of a range count from their first second to their last, in UTC."""
    moments = ("2020-05-01T00:00:00Z", "2020-05-01T23:59:59Z", "2020-05-02T01:30:00+03:00", "2020-05-02T00:00:00Z")
    pages = [
        Page(source=str(number), id=str(number), published_at=moment, text=f"The ferry sailed {number} times.")
        for number, moment in enumerate(moments)
    ]
    day = date(2020, 5, 1)
    with open_with(pages) as service:
        evidence = found(service, asked("ferry", Filters(published_from=day, published_to=day)))

    assert {"0", "1", "2"} == {passage.article.id for passage in evidence.passages}
    assert all(
        datetime.combine(day, time(), UTC) <= passage.article.published_at
        for passage in evidence.passages
        if passage.article.published_at
    )


def test_undated_articles_pass_no_date_filter(service: Service) -> None:
    """An article without a date is never found through a date filter."""
    evidence = found(service, asked("ferry sank strait", Filters(published_from=date(1, 1, 1))))

    assert {"sana", "sohr"} == {passage.article.id for passage in evidence.passages}


def test_empty_archive(open_with: Opener) -> None:
    """An empty archive gives `no_match`, with filters or without."""
    with open_with() as service:
        reasons = [found(service, asked(filters=filters)).reason for filters in (Filters(), Filters(outlets=("x",)))]

    assert reasons == ["no_match", "no_match"]


def test_impossible_filters(service: Service) -> None:
    """Filters that no article passes give `filtered_out`."""
    for filters in (
        Filters(outlets=("Nobody's",)),
        Filters(article_ids=("none",)),
        Filters(published_from=date(2030, 1, 1)),
        Filters(published_from=date(2018, 5, 31), published_to=date(2018, 5, 1)),
    ):
        evidence = found(service, asked(filters=filters))

        assert (evidence.reason, evidence.passages) == ("filtered_out", ())


@pytest.mark.parametrize("top_k", [1, 3, 50])
def test_top_k(crowd: Service, top_k: int) -> None:
    """At most `top_k` passages come, and exactly as many where the archive has them."""
    assert top_k == len(found(crowd, asked("flood", top_k=top_k)).passages)


def test_score_is_the_sum_of_its_parts(demo: Service, demo_set: Dataset) -> None:
    """Within one language a score is cosine plus weighted shares, each from 0 to 1; passages come best first."""
    for sample in demo_set.samples[:6]:
        passages = found(demo, asked(sample.question, language=sample.language)).passages

        assert [passage.score for passage in passages] == sorted((one.score for one in passages), reverse=True)
        for passage in passages:
            scores = passage.scores
            plain = scores.dense + LEXICAL * scores.lexical + NAMES * scores.names + LATE * scores.late
            assert passage.article.language != sample.language or passage.score == pytest.approx(plain)
            assert all(0 <= share <= 1 for share in (scores.lexical, scores.names, scores.late))
            assert scores.late > 0


def test_tokens_rank_the_best_and_the_rest_follows(demo: Service, demo_set: Dataset) -> None:
    """Only so many are looked at token by token; no passage that was not looked at comes before one that was."""
    for sample in demo_set.samples[:6]:
        vectors = demo.library.embed_question(sample.question, sample.language)
        ranked = rank(
            sample.question, vectors, language=sample.language, library=demo.library, centroids=demo.pipeline.centroids
        )

        assert len(ranked) == 72 > RERANKED
        assert all(candidate.scores.late > 0 for candidate in ranked[:RERANKED])
        assert all(candidate.scores.late == 0 for candidate in ranked[RERANKED:])
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_without_tokens_the_other_scores_rank(demo: Service, demo_set: Dataset) -> None:
    """With late interaction off, the same passages come, ranked by the rest."""
    library = replace(demo.library, late_interaction=False)
    for sample in demo_set.samples[:6]:
        vectors = library.embed_question(sample.question, sample.language)
        ranked = rank(
            sample.question, vectors, language=sample.language, library=library, centroids=demo.pipeline.centroids
        )

        assert len(ranked) == 72
        assert {candidate.scores.late for candidate in ranked} == {0.0}
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_a_language_is_granted_what_its_tokens_lack(demo: Service, demo_set: Dataset) -> None:
    """A question's own language is granted nothing; the other one is, so that its best passages compete."""
    for sample in demo_set.samples[:6]:
        vectors = demo.library.embed_question(sample.question, sample.language)
        ranked = rank(
            sample.question, vectors, language=sample.language, library=demo.library, centroids=demo.pipeline.centroids
        )
        own = {one.scores.language for one in ranked[:RERANKED] if one.language == sample.language}
        other = {one.scores.language for one in ranked[:RERANKED] if one.language != sample.language}

        assert own <= {0.0}
        assert all(granted > 0 for granted in other)


def test_passages_never_overlap_and_are_verbatim(demo: Service, demo_set: Dataset) -> None:
    """No two passages of one result share a word, and each is what its article says there."""
    archive = demo.library.archive
    for sample in demo_set.samples:
        passages = found(demo, asked(sample.question, top_k=50)).passages

        for one, other in combinations(passages, 2):
            assert one.article.id != other.article.id or one.end <= other.start or other.end <= one.start
        for passage in passages:
            assert archive.get(passage.article.id).text[passage.start : passage.end] == passage.text


def test_equal_runs_are_equal(demo: Service, demo_set: Dataset) -> None:
    """The same question gives the same evidence again."""
    for sample in demo_set.samples[:6]:
        assert found(demo, asked(sample.question)) == found(demo, asked(sample.question))


@pytest.mark.parametrize("text", ["؟", "???", "\0", '"', "* OR NEAR(", "(", "٣", "a" * 2_000, "😀", "س\u200f"])
def test_odd_questions(service: Service, text: str) -> None:
    """Punctuation, operators of the word index, a NUL or one endless word are questions like any other."""
    assert {"sana", "sohr", "bare"} == {passage.article.id for passage in found(service, asked(text)).passages}


def test_removed_while_searching(service: Service) -> None:
    """A passage the index still knows and the archive no longer holds is left out."""
    service.library.archive.remove("sohr")  # the index has not been told

    assert {"sana", "bare"} == {passage.article.id for passage in found(service, asked("civilians")).passages}


def test_names_are_found_across_scripts(open_with: Opener) -> None:
    """A name written in Latin letters is found where an Arabic article writes it."""
    pages = [
        Page(source="1", id="ar", text="التقى الوزير ماكرون في العاصمة."),
        Page(source="2", id="no", text="هطلت الأمطار على الساحل طوال الليل."),
    ]
    with open_with(pages) as service:
        passages = found(service, asked("What did Macron do?")).passages

    assert passages[0].article.id == "ar"
    assert passages[0].scores.names > 0 == passages[1].scores.names


TEXT = "0123456789" * 400


def candidate(start: int, end: int, score: float = 0.5, article_id: str = "a") -> tuple[Ranked, Snippet]:
    """Make a ranked candidate over a part of `TEXT`."""
    article = Article(id=article_id, language="en", text=TEXT, sha256="0" * 64)
    passage_id = f"{article_id}{start}-{end}"
    passage = Passage(id=passage_id, article_id=article_id, text=TEXT[start:end], start=start, end=end)
    return Ranked(passage_id, "en", score, Scores(dense=score, lexical=0, names=0)), Snippet(passage, article)


def places(passages: Sequence[RankedPassage]) -> list[tuple[str, int, int]]:
    """Ids and offsets."""
    return [(passage.passage_id, passage.start, passage.end) for passage in passages]


def test_overlapping_passages_become_one() -> None:
    """Passages that share words are shown as one, with the best one's id and score, in its place."""
    merged = merge([candidate(10, 20, 0.9), candidate(500, 2_400, 0.8), candidate(15, 30, 0.7)], 8)

    assert places(merged) == [("a10-20", 10, 30), ("a500-2400", 500, 2_400)]
    assert merged[0].score == 0.9


def test_touching_passages_become_one_while_short() -> None:
    """Neighbours with nothing between them become one up to 1,500 code points, and stay two beyond."""
    assert places(merge([candidate(0, 700), candidate(700, 1_500)], 8)) == [("a0-700", 0, 1_500)]
    assert len(merge([candidate(0, 700), candidate(700, 1_501)], 8)) == 2
    assert len(merge([candidate(0, 700), candidate(701, 1_400)], 8)) == 2


def test_a_bridge_joins_both_banks() -> None:
    """A passage that overlaps two others makes one of all three."""
    merged = merge([candidate(0, 10), candidate(20, 30, article_id="b"), candidate(18, 30), candidate(8, 20)], 8)

    assert places(merged) == [("a0-10", 0, 30), ("b20-30", 20, 30)]


def test_articles_are_never_mixed() -> None:
    """Equal offsets in two articles are two passages."""
    assert len(merge([candidate(0, 10), candidate(0, 10, article_id="b")], 8)) == 2


@settings(max_examples=200, deadline=None)
@given(
    spans=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90), st.sampled_from("ab")), max_size=12, unique=True),
    limit=st.integers(1, 6),
)
def test_merged_passages_are_disjoint(spans: list[tuple[int, int, str]], limit: int) -> None:
    """However candidates lie, what comes out is disjoint, within the limit, and made of candidates alone."""
    candidates = [candidate(start, start + length, article_id=owner) for start, length, owner in spans]
    merged = merge(candidates, limit)

    assert len(merged) <= limit
    for one, other in combinations(merged, 2):
        assert one.article.id != other.article.id or one.end <= other.start or other.end <= one.start
    covered = {(owner, at) for start, length, owner in spans for at in range(start, start + length)}
    assert all((one.article.id, at) in covered for one in merged for at in range(one.start, one.end))


def test_dense_is_the_cosine(service: Service) -> None:
    """The dense score is the cosine of the question's vector and the passage's."""
    text = service.library.archive.get("bare").text
    vector = service.library.embedder.question(text)
    (passage,) = found(service, asked(text, Filters(article_ids=("bare",)))).passages
    stored = service.library.archive.passages.vectors([passage.passage_id])[passage.passage_id]

    assert passage.scores.dense == pytest.approx(float(stored @ vector), abs=1e-5)
