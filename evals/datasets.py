"""Evaluation sets: questions with their gold, and the articles they are asked of.

Two shapes are read: a folder with `articles.jsonl` and `questions.jsonl`, and SQuAD files (XQuAD,
ARCD), where each paragraph is an article and each question an answered one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from ingest.domain import ArticleId, Failure, Filters, Page, Value
from ingest.errors import OnRecordError
from ingest.language import detect_language
from ingest.sources import read_sources


class DatasetError(OnRecordError):
    """A set cannot be read."""


class Support(Value):
    """Words of an article that answer a question."""

    article_id: ArticleId
    quote: str | None = None
    """Exact substring of the article's text; `None`: the whole article counts."""


class Sample(Value):
    """One question with its gold."""

    id: str
    question: str
    language: str
    kind: str
    status: Literal["answered", "disputed", "insufficient_evidence"]
    answers: tuple[str, ...]
    """Gold answers as texts; those of a SQuAD question in the language of its paragraph."""
    support: tuple[Support, ...]
    filters: Filters = Filters()


class Dataset(Value):
    """A set: what is asked, and of which archive."""

    name: str
    pages: tuple[Page, ...]
    samples: tuple[Sample, ...]


def load(path: Path, articles: Path | None = None) -> Dataset:
    """Read a set.

    Args:
        path: a folder, a SQuAD file, or a `….jsonl` file of questions with `articles`.
        articles: where the articles come from instead: JSON Lines, or, for a SQuAD file, another SQuAD file with the
            same question ids (XQuAD in another language).

    Raises:
        DatasetError: the set cannot be read; the message says where.
    """
    try:
        if path.suffix == ".json":
            return _load_squad(path, articles or path)
        folder = path.is_dir()
        return Dataset(
            name=path.name if folder else path.stem,
            pages=tuple(_pages(articles or path / "articles.jsonl")),
            samples=tuple(_samples(path / "questions.jsonl" if folder else path)),
        )
    except OSError as error:
        raise DatasetError(f"{error.filename}: {error.strerror}. Give a set's folder or file.") from error
    except _UNREADABLE as error:
        raise DatasetError(f"{path} is no evaluation set: {_reason(error)}.") from error


_UNREADABLE = (KeyError, IndexError, TypeError, AttributeError, json.JSONDecodeError, UnicodeError, ValidationError)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it lacks {error}"
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def _pages(path: Path) -> Iterator[Page]:
    for item in read_sources([path]):
        if isinstance(item, Failure):
            raise DatasetError(f"{item.source}: {item.message}")
        yield item


def _samples(path: Path) -> Iterator[Sample]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        try:
            if line.strip():
                yield _sample(json.loads(line))
        except _UNREADABLE as error:
            raise DatasetError(f"{path}, line {number}: no question can be read: {_reason(error)}.") from error


def _sample(record: dict[str, Any]) -> Sample:
    filters = {name: value for name, value in (record.get("filters") or {}).items() if value}
    return Sample(
        id=record["id"],
        question=record["question"],
        language=record["language"],
        kind=record["kind"],
        status=record["status"],
        answers=tuple(answer["text"] for answer in record.get("answers") or []),
        support=tuple(
            Support(article_id=support["article_id"], quote=support["quote"]) for support in record.get("support") or []
        ),
        filters=Filters.model_validate(filters),
    )


def _paragraphs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for document in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for number, paragraph in enumerate(document["paragraphs"], start=1):
            yield f"{document['title']}#{number}", paragraph


def _load_squad(path: Path, articles: Path) -> Dataset:
    pages: list[Page] = []
    gold: dict[str, tuple[Support, tuple[str, ...]]] = {}
    for position, (title, paragraph) in enumerate(_paragraphs(articles)):
        text = paragraph["context"]
        article_id = f"{articles.stem}-{position}"
        pages.append(Page(source=title, id=article_id, text=text, language=detect_language(text)))
        for question in paragraph["qas"]:
            answers = tuple(answer["text"] for answer in question["answers"])
            gold[question["id"]] = (Support(article_id=article_id), answers)
    samples = []
    for _, paragraph in _paragraphs(path):
        for question in paragraph["qas"]:
            support, answers = gold[question["id"]]
            text = question["question"].strip(" -")
            samples.append(
                Sample(
                    id=question["id"],
                    question=text,
                    language=detect_language(text),
                    kind="squad",
                    status="answered",
                    answers=answers,
                    support=(support,),
                )
            )
    name = path.stem if articles == path else f"{path.stem} on {articles.stem}"
    return Dataset(name=name, pages=tuple(pages), samples=tuple(samples))
