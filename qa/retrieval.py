"""Question → Evidence: the passages that may answer, by meaning, by words and by names.

The scores of each candidate are added up, as they are:

    score = cosine + LEXICAL · BM25 share + NAMES · name share + LATE · MaxSim + what its language is granted

The shares are of the best that could be reached (see `ingest.archive.lexical`), so a question in
another language than the passage leans on meaning and names alone, with no detector deciding it.
The BM25 share is that of the passage, with some of its whole article's and headline's.
MaxSim is of the `RERANKED` best by the rest; the others come after them.
The weights were chosen on the dev halves of XQuAD and ARCD by `evals fuse` (README).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ingest.archive import Archive, Snippet, Vectors
from ingest.centroids import Centroids
from ingest.domain import Filters, Passage, PassageId
from ingest.index import VectorIndex
from ingest.late import maxsim
from ingest.library import Library, QuestionVectors
from ingest.vectors import nearest_of_each
from qa.copies import without_copies
from qa.domain import Evidence, Question, RankedPassage, Reason, Scores
from qa.handicaps import handicaps, late_grant

LEXICAL = 0.2
ARTICLE = 0.6
"""Part of the lexical score that is the whole article's."""
NAMES = 0.1
CANDIDATES = 50
"""Passages taken from each of the three rankings."""

LATE = 0.7
RERANKED = 50
"""Best passages whose tokens are looked at."""

READ = 20
"""Best passages that an answer may be read from."""

_SHORT = 1_500
"""Code points up to which passages that merely touch are shown as one."""

_FEW = 4_000
"""In an archive too large to be held in memory: passages passing a filter up to which all are read and compared."""


class Ranked(NamedTuple):
    """A candidate with its scores."""

    passage_id: PassageId
    language: str
    score: float
    scores: Scores


def retrieve(question: Question, asked: QuestionVectors, *, library: Library, centroids: Centroids) -> Evidence:
    """Find the passages that may answer a question.

    Args:
        question: the question, with its filters and how many passages it wants.
        asked: what it is looked for by.
        library: archive and index.
        centroids: where the archive's languages lie.

    Returns:
        At most `top_k` passages, overlapping ones of one article merged, each report once, best first.

    Raises:
        VectorIndexError: the index cannot be searched.
    """
    archive = library.archive
    filters = question.filters if question.filters != Filters() else None
    ranked = rank(
        question.in_context, asked, language=question.language, library=library, centroids=centroids, filters=filters
    )
    if not ranked:
        empty = filters is None or not archive.passages.count(None)
        reason: Reason = "no_match" if empty else "filtered_out"
        return Evidence(question=question, passages=(), reason=reason)
    snippets = archive.passages.snippets([candidate.passage_id for candidate in ranked])
    found = [(candidate, snippets[candidate.passage_id]) for candidate in ranked if candidate.passage_id in snippets]
    found = without_copies(found, archive)
    best = tuple(_ranked(candidate, snippet) for candidate, snippet in found[:READ])
    return Evidence(question=question, passages=tuple(merge(found, question.top_k)), read=best)


def rank(  # noqa: PLR0913 - the parts of the library, and what to look for
    query: str,
    asked: QuestionVectors,
    *,
    language: str,
    library: Library,
    centroids: Centroids,
    filters: Filters | None = None,
) -> list[Ranked]:
    """Rank candidates by the fused score, best first; ties by passage id, so that equal runs are equal.

    Args:
        query: what is looked for.
        asked: what it is looked for by.
        language: its language.
        library: archive and index.
        centroids: where the archive's languages lie.
        filters: which articles count.
    """
    store, vector = library.archive.passages, asked.whole
    lexical = store.search("terms", query, limit=CANDIDATES, filters=filters)
    names = store.search("names", query, limit=CANDIDATES, filters=filters)
    whole = store.search_articles(query, limit=2 * CANDIDATES, filters=filters)
    means = centroids.means()
    dense = _dense(vector, language, means, archive=library.archive, index=library.index, filters=filters)
    missing = [passage_id for passage_id in {*lexical, *names} if passage_id not in dense]
    dense |= {passage_id: float(found @ vector) for passage_id, found in store.vectors(missing).items()}
    owners = store.owners(list(dense))  # passages removed since the index was asked have none
    scored: dict[str, list[tuple[PassageId, Scores]]] = defaultdict(list)
    for passage_id, owner in owners.items():
        words = (1 - ARTICLE) * lexical.get(passage_id, 0.0) + ARTICLE * whole.get(owner.article_id, 0.0)
        scores = Scores(dense=dense[passage_id], lexical=words, names=names.get(passage_id, 0.0))
        scored[owner.language].append((passage_id, scores))
    grants = handicaps({group: [one for _, one in found] for group, found in scored.items()}, vector, language, means)
    ranked = [
        Ranked(passage_id, group, _fuse(granted), granted)
        for group, found in scored.items()
        for passage_id, scores in found
        for granted in [scores.model_copy(update={"language": grants[group].dense + LEXICAL * grants[group].lexical})]
    ]
    return rerank(_sorted(ranked), asked, language=language, library=library)


def rerank(ranked: Sequence[Ranked], asked: QuestionVectors, *, language: str, library: Library) -> list[Ranked]:
    """Rank the best candidates anew by what their tokens say, where the library knows these; the rest stay after them.

    What a language is granted is as for the other scores: the background of the reference language less its own.
    """
    best, rest = ranked[:RERANKED], ranked[RERANKED:]
    tokens = library.tokens_of([candidate.passage_id for candidate in best])
    if tokens is None or not best:
        return list(ranked)
    late = dict(zip((candidate.passage_id for candidate in best), maxsim(asked.tokens, tokens).tolist(), strict=True))
    groups: dict[str, list[float]] = defaultdict(list)
    for candidate in best:
        groups[candidate.language].append(late[candidate.passage_id])
    reference = language if language in groups else max(groups, key=lambda group: (len(groups[group]), group))
    grants = {group: late_grant(groups[reference], own) for group, own in groups.items()}
    reranked = _sorted(
        candidate._replace(scores=scores, score=_fuse(scores))
        for candidate in best
        for scores in [
            candidate.scores.model_copy(
                update={
                    "late": late[candidate.passage_id],
                    "language": candidate.scores.language + LATE * grants[candidate.language],
                }
            )
        ]
    )
    least = reranked[-1].score
    return reranked + [candidate._replace(score=min(candidate.score, least)) for candidate in rest]


def _sorted(candidates: Iterable[Ranked]) -> list[Ranked]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.passage_id))


def _fuse(scores: Scores) -> float:
    words = LEXICAL * scores.lexical + NAMES * scores.names
    return scores.dense + words + LATE * scores.late + scores.language


def _dense(  # noqa: PLR0913 - private: the parts of the library, and what to look for
    vector: Vectors,
    language: str,
    means: Mapping[str, Vectors],
    *,
    archive: Archive,
    index: VectorIndex,
    filters: Filters | None,
) -> dict[PassageId, float]:
    """The `CANDIDATES` passages of each language that are nearest in meaning and pass the filters, with their cosines.

    Where the archive is too large to be compared whole, the index is asked once for each language, with the question
    moved to where that language lies.
    """
    if (near := index.exact.nearest(vector, CANDIDATES, filters=filters)) is not None:
        return near
    store = archive.passages
    allowed = None if filters is None else store.count(filters)
    if allowed is not None and allowed <= _FEW:
        return _read_and_compare(vector, archive, filters)
    share = 1.0 if allowed is None else allowed / store.count(None)
    depth = CANDIDATES if filters is None else int(3 * CANDIDATES / share)
    asked: dict[PassageId, None] = {}
    for target in _targets(vector, language, means):
        found = [neighbour.passage_id for neighbour in index.nearest(target, depth)]
        # Chroma's own filter is slower than asking for more and filtering here.
        passing = set(found) if filters is None else store.passing(found, filters)
        kept = [passage_id for passage_id in found if passage_id in passing]
        if filters is not None and len(kept) < CANDIDATES:
            return _read_and_compare(vector, archive, filters)
        asked |= dict.fromkeys(kept[:CANDIDATES])
    return {passage_id: float(own @ vector) for passage_id, own in store.vectors(list(asked)).items()}


def _targets(vector: Vectors, language: str, means: Mapping[str, Vectors]) -> Iterator[Vectors]:
    """The question's vector, and what it would be in each other language of the archive."""
    yield vector
    if language in means:
        for other in means.keys() - {language}:
            moved = vector + means[other] - means[language]
            yield (moved / np.linalg.norm(moved)).astype(np.float32)


def _read_and_compare(vector: Vectors, archive: Archive, filters: Filters | None) -> dict[PassageId, float]:
    """As `_dense`, from the vectors of every passage that passes the filters."""
    ids, vectors = archive.passages.select(filters)
    owners = archive.passages.owners(ids)  # passages removed in between have none
    kept = [at for at, passage_id in enumerate(ids) if passage_id in owners]
    if not kept:
        return {}
    languages = np.array([owners[ids[at]].language for at in kept])
    return {ids[kept[at]]: cosine for at, cosine in nearest_of_each(vectors[kept] @ vector, languages, CANDIDATES)}


def merge(candidates: Sequence[tuple[Ranked, Snippet]], limit: int) -> list[RankedPassage]:
    """Merge passages of one article that overlap, or touch and are short; the best one's score and id stay.

    Args:
        candidates: ranked passages, best first.
        limit: stop at this many merged ones.

    Returns:
        Passages that never overlap, best first.
    """
    merged: list[RankedPassage] = []
    for candidate, (passage, article) in candidates:
        start, end = passage.start, passage.end
        if len(merged) == limit:
            break
        touched = [other for other in merged if other.article.id == article.id and _touch(passage, other)]
        if touched:
            union = touched[0].model_copy(
                update={
                    "start": min(start, *(other.start for other in touched)),
                    "end": max(end, *(other.end for other in touched)),
                }
            )
            merged = [union if other is touched[0] else other for other in merged if other not in touched[1:]]
        else:
            merged.append(_ranked(candidate, Snippet(passage, article)))
    return merged


def _ranked(candidate: Ranked, snippet: Snippet) -> RankedPassage:
    return RankedPassage.model_construct(
        passage_id=candidate.passage_id,
        article=snippet.article,
        start=snippet.passage.start,
        end=snippet.passage.end,
        score=candidate.score,
        scores=candidate.scores,
    )


def _touch(passage: Passage, other: RankedPassage) -> bool:
    """Whether two passages of one article overlap, or have nothing between them and make a short one together."""
    (first, second), (third, fourth) = sorted([(passage.start, passage.end), (other.start, other.end)])
    if third < second:
        return True
    return fourth - first <= _SHORT and not other.article.text[second:third].strip()
