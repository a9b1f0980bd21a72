"""Sets as they lie on disk: folders and files of JSON Lines, and SQuAD files.

In a SQuAD file (XQuAD, ARCD) each paragraph is an article and each question an answered one.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evals.datasets.gold import ClaimSample, Dataset, DatasetError, GoldAnswer, Item, NumberSample, Sample, Support
from ingest.articles import to_article
from ingest.domain import Article, Failure, Filters, Page
from ingest.language import detect_language
from ingest.lexis import fold
from ingest.sources import read_sources

ARTICLES, QUESTIONS, CLAIMS, NUMBERS, ALIASES = (
    "articles.jsonl",
    "questions.jsonl",
    "claims.jsonl",
    "numbers.jsonl",
    "aliases.json",
)
"""Files of a set's folder; any of them may be missing, but a set with questions or claims has articles."""

_FIELDS = {
    *("id", "question", "claim", "language", "kind", "status", "verdict", "answers", "support", "filters", "history"),
    *("injected", "note"),
}
_ANSWER_FIELDS = {"text", "value", "unit", "bound", "speaker"}
_SUPPORT_FIELDS = {"article_id", "quote", "answer", "stance"}

_UNREADABLE = (KeyError, IndexError, TypeError, AttributeError, json.JSONDecodeError, UnicodeError, ValidationError)


def load(path: Path, articles: Path | None = None) -> Dataset:
    """Read a set.

    Args:
        path: a folder, a SQuAD file, or a `….jsonl` file of questions and claims with `articles`.
        articles: where the articles come from instead: JSON Lines, or, for a SQuAD file, another SQuAD file with the
            same question ids (XQuAD in another language).

    Raises:
        DatasetError: the set cannot be read; the message says where.
    """
    if not path.exists():
        raise DatasetError(f"{path}: there is no such file or folder. Give a set's folder, or a file of one.")
    path = path.resolve() if path.name in {"", ".", ".."} else path
    try:
        if path.suffix == ".json":
            return _load_squad(path, articles or path)
        return _load_lines(path, articles)
    except OSError as error:
        raise DatasetError(f"{error.filename}: {error.strerror}. Give a set's folder or file.") from error
    except _UNREADABLE as error:
        raise DatasetError(f"{path} is no evaluation set: {_reason(error)}.") from error


def load_numbers(path: Path) -> tuple[NumberSample, ...]:
    """Read texts with gold figures: a set's folder, or a file of JSON Lines like `numbers.jsonl` in it.

    Raises:
        DatasetError: they cannot be read; the message says where.
    """
    file = path / NUMBERS if path.is_dir() else path
    try:
        return tuple(_numbers(file))
    except OSError as error:
        raise DatasetError(
            f"{error.filename}: {error.strerror}. Give a folder with {NUMBERS}, or such a file."
        ) from error
    except UnicodeError as error:
        raise DatasetError(f"{file} holds no snippets: {error}.") from error


def _load_lines(path: Path, articles: Path | None) -> Dataset:
    folder = path if path.is_dir() else None
    files = [folder / name for name in (QUESTIONS, CLAIMS) if (folder / name).exists()] if folder else [path]
    numbers = folder / NUMBERS if folder else None
    if not files and not (numbers and numbers.exists()):
        raise DatasetError(f"{path}: there is no {QUESTIONS}, {CLAIMS} or {NUMBERS} in it.")
    beside = path / ARTICLES if folder else path.parent / ARTICLES
    pages = tuple(_pages(articles or beside)) if files else ()
    stored = {article.id: article for article in map(to_article, pages)}
    aliases = _aliases((folder or path.parent) / ALIASES)
    items = [_item(record, stored, aliases) for file in files for record in _records(file)]
    return Dataset(
        name=path.name if folder else path.stem,
        pages=pages,
        samples=tuple(item for item in items if isinstance(item, Sample)),
        claims=tuple(item for item in items if isinstance(item, ClaimSample)),
        numbers=tuple(_numbers(numbers)) if numbers and numbers.exists() else (),
    )


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it lacks {error}"
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def load_pages(path: Path) -> tuple[Page, ...]:
    """Articles alone, of a file or folder that ingestion reads.

    Raises:
        DatasetError: there is nothing there, or one of them cannot be read.
    """
    return tuple(_pages(path))


def _pages(path: Path) -> Iterator[Page]:
    for item in read_sources([path]):
        if isinstance(item, Failure):
            raise DatasetError(f"{item.source}: {item.message}")
        yield item


class _Record(dict[str, Any]):
    """One line's object, which remembers where it stands."""

    def __init__(self, where: str, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.where = where


def _records(path: Path) -> Iterator[_Record]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{where}: it is no JSON: {error}.") from error
        if not isinstance(record, dict):
            raise DatasetError(f"{where}: it is no object.")
        yield _Record(where, record)


def _item(record: _Record, stored: Mapping[str, Article], aliases: Mapping[str, tuple[str, ...]]) -> Item:
    try:
        support = tuple(_support(one, stored) for one in record.get("support") or [])
        languages = {stored[one.article_id].language for one in support if one.article_id in stored}
        shared = {
            "id": record["id"],
            "language": record["language"],
            "support": support,
            "cross_lingual": bool(languages) and record["language"] not in languages,
            "note": record.get("note") or "",
            "unknown": tuple(sorted(_unknown(record))),
        }
        if "claim" in record:
            return ClaimSample(claim=record["claim"], verdict=record["verdict"], **shared)
        filters = {name: value for name, value in (record.get("filters") or {}).items() if value}
        return Sample(
            question=record["question"],
            kind=record["kind"],
            status=record["status"],
            answers=tuple(_answer(one, aliases) for one in record.get("answers") or []),
            filters=Filters.model_validate(filters),
            history=record.get("history") or (),
            injected=record.get("injected") or (),
            **shared,
        )
    except _UNREADABLE as error:
        raise DatasetError(f"{record.where}: no question or claim can be read: {_reason(error)}.") from error


def _unknown(record: Mapping[str, Any]) -> set[str]:
    """Fields that no set has: misspelt ones, most of the time."""
    answers = (name for answer in record.get("answers") or () for name in answer)
    support = (name for one in record.get("support") or () for name in one)
    return (record.keys() - _FIELDS) | ({*answers} - _ANSWER_FIELDS) | ({*support} - _SUPPORT_FIELDS)


def _support(record: Mapping[str, Any], stored: Mapping[str, Article]) -> Support:
    article, quote = stored.get(record["article_id"]), record["quote"]
    start = article.text.find(quote) if article and quote else -1
    place = {"start": start, "end": start + len(quote)} if start >= 0 else {}
    kept = {name: record[name] for name in ("article_id", "quote", "answer", "stance") if name in record}
    return Support(**kept, **place)


def _answer(record: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]]) -> GoldAnswer:
    fields = {name: record.get(name) for name in ("value", "unit", "bound", "speaker")}
    speaker = fields["speaker"]
    names = (speaker, *aliases.get(fold(speaker), ())) if speaker else ()
    return GoldAnswer(text=record["text"], speakers=tuple(dict.fromkeys(names)), **fields)


def _aliases(path: Path) -> dict[str, tuple[str, ...]]:
    """All names of a speaker by each of them, folded; of a name that several bear, the names of all."""
    named: dict[str, tuple[str, ...]] = {}
    for group in json.loads(path.read_text(encoding="utf-8")) if path.exists() else ():
        for name in group:
            named[fold(name)] = (*named.get(fold(name), ()), *group)
    return named


def _numbers(path: Path) -> Iterator[NumberSample]:
    for record in _records(path):
        try:
            told = {} if "language" in record else {"language": detect_language(str(record.get("text")))}
            yield NumberSample.model_validate({**record, **told})
        except ValidationError as error:
            raise DatasetError(f"{record.where}: no snippet can be read: {_reason(error)}.") from error


def _paragraphs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for document in json.loads(path.read_text(encoding="utf-8-sig"))["data"]:
        for number, paragraph in enumerate(document["paragraphs"], start=1):
            yield f"{document['title']}#{number}", paragraph


def _load_squad(path: Path, articles: Path) -> Dataset:
    held, asked = list(_paragraphs(articles)), list(_paragraphs(path))
    # A file is in one language; of a single name or number, no reader could tell which.
    language = detect_language("\n".join(paragraph["context"] for _, paragraph in held))
    asked_in = detect_language("\n".join(one["question"] for _, paragraph in asked for one in paragraph["qas"]))
    pages: list[Page] = []
    gold: dict[str, tuple[Support, tuple[GoldAnswer, ...]]] = {}
    for position, (title, paragraph) in enumerate(held):
        article_id = f"paragraph-{position}"
        pages.append(Page(source=title, id=article_id, text=paragraph["context"], language=language))
        for question in paragraph["qas"]:
            answers = tuple(GoldAnswer(text=answer["text"]) for answer in question["answers"])
            gold[question["id"]] = (Support(article_id=article_id), answers)
    samples = [
        Sample(
            id=question["id"],
            question=question["question"].strip(" -"),
            language=asked_in,
            kind="squad",
            status="answered",
            answers=gold[question["id"]][1],
            support=gold[question["id"]][:1],
            cross_lingual=asked_in != language,
        )
        for _, paragraph in asked
        for question in paragraph["qas"]
    ]
    name = path.stem if articles == path else f"{path.stem} on {articles.stem}"
    return Dataset(name=name, pages=tuple(pages), samples=tuple(samples))
