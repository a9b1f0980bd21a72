"""Evaluation sets are read as they are, and ours holds what it claims."""

import json
from pathlib import Path

import pytest

from evals.cli import DEMO
from evals.datasets import DatasetError, Support, load


def squad(path: Path, paragraphs: list[tuple[str, list[tuple[str, str, str]]]]) -> Path:
    """Write a SQuAD file of (paragraph, [(id, question, answer)])."""
    data = [
        {
            "title": "T",
            "paragraphs": [
                {
                    "context": text,
                    "qas": [{"id": id_, "question": question, "answers": [{"text": answer, "answer_start": 0}]}],
                }
                for text, [(id_, question, answer)] in paragraphs
            ],
        }
    ]
    path.write_text(json.dumps({"data": data}, ensure_ascii=False), encoding="utf-8")
    return path


def test_squad_paragraphs_are_articles_and_questions_are_answered(tmp_path: Path) -> None:
    """Each SQuAD paragraph becomes an article, each question an answered one supported by the whole of it."""
    path = squad(tmp_path / "en.json", [("Paris is in France.", [("q1", "Where is Paris?", "France")])])

    dataset = load(path)

    assert [page.text for page in dataset.pages] == ["Paris is in France."]
    assert [sample.question for sample in dataset.samples] == ["Where is Paris?"]
    assert dataset.samples[0].support == (Support(article_id=dataset.pages[0].id or ""),)


def test_questions_of_one_language_meet_paragraphs_of_another_by_their_ids(tmp_path: Path) -> None:
    """With other articles, gold paragraph and gold answer are theirs, found by the question's id."""
    english = squad(tmp_path / "en.json", [("Paris is in France.", [("q1", "Where is Paris?", "France")])])
    arabic = squad(tmp_path / "ar.json", [("تقع باريس في فرنسا.", [("q1", "أين تقع باريس؟", "فرنسا")])])

    dataset = load(english, arabic)

    assert [page.text for page in dataset.pages] == ["تقع باريس في فرنسا."]
    assert [(sample.question, sample.answers) for sample in dataset.samples] == [("Where is Paris?", ("فرنسا",))]


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.json", None), ("broken.json", "{"), ("other.json", "[]"), ("other.json", '{"data": [{"title": 1}]}')],
)
def test_what_is_no_set_is_refused_by_name(tmp_path: Path, name: str, content: str | None) -> None:
    """A file that is missing, broken or of another shape is an error that names it."""
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(DatasetError, match=name):
        load(path)


def test_every_quote_of_the_demo_set_stands_in_its_article() -> None:
    """Support quotes are exact substrings of the articles they name."""
    dataset = load(DEMO)
    texts = {page.id: page.text for page in dataset.pages}

    missing = [
        (sample.id, support.article_id)
        for sample in dataset.samples
        for support in sample.support
        if support.quote is None or support.quote not in texts[support.article_id]
    ]

    assert missing == []


def test_the_demo_archive_is_half_arabic_half_english_and_never_repeats_an_id() -> None:
    """The demo archive holds at least 30 articles, evenly in both languages, each with an id of its own."""
    pages = load(DEMO).pages
    languages = [page.language for page in pages]

    assert len(pages) >= 30
    assert languages.count("ar") == languages.count("en") == len(pages) / 2
    assert len({page.id for page in pages}) == len(pages)


def test_every_unanswerable_question_of_the_demo_set_has_no_support() -> None:
    """A question with `insufficient_evidence` names no supporting article, every other at least one."""
    wrong = [
        sample.id for sample in load(DEMO).samples if bool(sample.support) == (sample.status == "insufficient_evidence")
    ]

    assert wrong == []
