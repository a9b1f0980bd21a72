"""Is the right sentence chosen, once the right article is given? For sets whose gold answers are stretches of text."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evals.datasets import Dataset, DatasetError, Sample
from ingest.lexis import fold
from qa.bootstrap import Service
from qa.domain import Evidence, RankedPassage, Scores
from qa.extract import candidates
from qa.findings import Finder
from qa.reading import Reader
from qa.requests import AskRequest


class SentenceMeasure(NamedTuple):
    """How often the best sentence holds a gold answer."""

    n: int
    accuracy: float
    by_chance: float
    """How often any sentence of the article would."""


def measure_sentences(
    service: Service, dataset: Dataset, samples: Sequence[Sample], advance: Callable[[], None]
) -> SentenceMeasure:
    """Ask each question of its gold article alone; those whose answer no sentence holds are left out.

    Raises:
        DatasetError: that is true of all of them.
    """
    right, chance = [], []
    for sample in samples:
        advance()
        gold = {support.article_id for support in sample.support}
        question = AskRequest(question=sample.question).to_question()
        passages = [
            RankedPassage.model_construct(
                passage_id=passage.id,
                article=service.library.archive.get(article_id),
                start=passage.start,
                end=passage.end,
                score=0.0,
                scores=Scores(dense=0, lexical=0, names=0),
            )
            for article_id in sorted(gold)
            for passage in service.library.archive.passages.of(article_id)
        ]
        asked = service.library.embed_question(sample.question, question.language)
        evidence = Evidence(question=question, passages=(), read=tuple(passages))
        answers = [fold(answer.text) for answer in sample.answers]
        hits = [
            any(answer in fold(candidate.text) for answer in answers)
            for candidate in candidates(
                evidence,
                Finder.of(sample.question, service.library),
                Reader(service.library.encoder, asked.tokens),
                library=service.library,
            )
        ]
        if any(hits):
            right.append(hits[0])
            chance.append(sum(hits) / len(hits))
    if not right:
        raise DatasetError(f"No question of {dataset.name} has an answer that stands in a sentence of its article.")
    return SentenceMeasure(len(right), sum(right) / len(right), sum(chance) / len(chance))
