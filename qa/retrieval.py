"""Question → Evidence: the passages that may answer, by meaning, by words and by names.

Three scores of each candidate are added up, as they are:

    score = cosine + LEXICAL · BM25 share + NAMES · name share

The shares are of the best that could be reached (see `ingest.archive.lexical`), so a question in
another language than the passage leans on meaning and names alone, with no detector deciding it.
The BM25 share is that of the passage, with some of its whole article's and headline's.
The weights were chosen on the dev halves of XQuAD and ARCD (`evals run --help`, README).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ingest.archive import Archive, Snippet, Vectors
from ingest.domain import Filters, Passage, PassageId
from ingest.index import VectorIndex
from qa.domain import Evidence, Question, RankedPassage, Reason, Scores

LEXICAL = 0.25
ARTICLE = 0.4
"""Part of the lexical score that is the whole article's."""
NAMES = 0.05
CANDIDATES = 50
"""Passages taken from each of the three rankings."""

_SHORT = 1_500
"""Code points up to which passages that merely touch are shown as one."""

_EXACT = 4_000
"""Filtered passages up to which all are scored from the archive; beyond, the index is asked and its answer filtered."""


class Ranked(NamedTuple):
    """A candidate with its scores."""

    passage_id: PassageId
    score: float
    scores: Scores


def retrieve(question: Question, vector: Vectors, *, archive: Archive, index: VectorIndex) -> Evidence:
    """Find the passages that may answer a question.

    Args:
        question: the question, with its filters and how many passages it wants.
        vector: its embedding, of unit length.
        archive: the system of record.
        index: its vectors.

    Returns:
        At most `top_k` passages, overlapping ones of one article merged, best first.

    Raises:
        VectorIndexError: the index cannot be searched.
    """
    filters = question.filters if question.filters != Filters() else None
    ranked = rank(question.text, vector, archive=archive, index=index, filters=filters)
    if not ranked:
        empty = filters is None or not archive.passages.count(None)
        reason: Reason = "no_match" if empty else "filtered_out"
        return Evidence(question=question, passages=(), reason=reason)
    snippets = archive.passages.snippets([candidate.passage_id for candidate in ranked])
    found = [(candidate, snippets[candidate.passage_id]) for candidate in ranked if candidate.passage_id in snippets]
    return Evidence(question=question, passages=tuple(merge(found, question.top_k)))


def rank(
    query: str, vector: Vectors, *, archive: Archive, index: VectorIndex, filters: Filters | None = None
) -> list[Ranked]:
    """Rank candidates by the fused score, best first; ties by passage id, so that equal runs are equal."""
    store = archive.passages
    lexical = store.search("terms", query, limit=CANDIDATES, filters=filters)
    names = store.search("names", query, limit=CANDIDATES, filters=filters)
    dense = _dense(vector, archive=archive, index=index, filters=filters)
    whole = store.search_articles(query, limit=2 * CANDIDATES, filters=filters)
    missing = [passage_id for passage_id in {*lexical, *names} if passage_id not in dense]
    dense |= {passage_id: float(found @ vector) for passage_id, found in store.vectors(missing).items()}
    owners = store.owners(list(dense))
    ranked = []
    for passage_id, cosine in dense.items():
        if passage_id not in owners:  # removed since the index was asked
            continue
        words = (1 - ARTICLE) * lexical.get(passage_id, 0.0) + ARTICLE * whole.get(owners[passage_id], 0.0)
        scores = Scores(dense=cosine, lexical=words, names=names.get(passage_id, 0.0))
        ranked.append(Ranked(passage_id, cosine + LEXICAL * words + NAMES * scores.names, scores))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.passage_id))


def _dense(vector: Vectors, *, archive: Archive, index: VectorIndex, filters: Filters | None) -> dict[PassageId, float]:
    """The `CANDIDATES` passages nearest in meaning among those that pass the filters, with their cosines."""
    store = archive.passages
    if filters is None:
        return {found.passage_id: found.cosine for found in index.nearest(vector, CANDIDATES)}
    allowed = store.count(filters)
    if allowed > _EXACT:
        # Chroma's own filter is slower than asking for more and filtering here.
        share = allowed / max(1, store.count(None))
        near = index.nearest(vector, int(3 * CANDIDATES / share))
        passing = store.passing([found.passage_id for found in near], filters)
        kept = {found.passage_id: found.cosine for found in near if found.passage_id in passing}
        if len(kept) >= CANDIDATES:
            return dict(list(kept.items())[:CANDIDATES])
    ids, vectors = store.select(filters)
    if not ids:
        return {}
    cosines = vectors @ vector
    best = np.argsort(-cosines, kind="stable")[:CANDIDATES]
    return {ids[position]: float(cosines[position]) for position in best}


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
            merged.append(
                RankedPassage.model_construct(
                    passage_id=passage.id,
                    article=article,
                    start=start,
                    end=end,
                    score=candidate.score,
                    scores=candidate.scores,
                )
            )
    return merged


def _touch(passage: Passage, other: RankedPassage) -> bool:
    """Whether two passages of one article overlap, or have nothing between them and make a short one together."""
    (first, second), (third, fourth) = sorted([(passage.start, passage.end), (other.start, other.end)])
    if third < second:
        return True
    return fourth - first <= _SHORT and not other.article.text[second:third].strip()
