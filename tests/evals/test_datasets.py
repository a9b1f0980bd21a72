"""Evaluation sets are read as they are, and ours holds what it claims."""

import json
from pathlib import Path

import pytest
from evals_fakes import write_set

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
    [sample] = dataset.samples
    assert (
        sample.question,
        [answer.text for answer in sample.answers],
        sample.cross_lingual,
    ) == ("Where is Paris?", ["فرنسا"], True)


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


def test_the_demo_archive_is_half_arabic_half_english_and_never_repeats_an_id() -> None:
    """The demo archive holds at least 30 articles, evenly in both languages, each with an id of its own."""
    pages = load(DEMO).pages
    languages = [page.language for page in pages]

    assert len(pages) >= 30
    assert languages.count("ar") == languages.count("en") == len(pages) / 2
    assert len({page.id for page in pages}) == len(pages)


ARTICLE = {"id": "a", "language": "ar", "outlet": "نبض", "text": "أحصى المرصد ٢٨ مدنياً، وقالت سانا إنهم نحو ثلاثين."}
QUESTION = {
    "id": "q", "question": "How many?", "language": "en", "kind": "disputed", "status": "disputed",
    "answers": [
        {"text": "28", "value": 28, "unit": "civilians", "bound": "exact", "speaker": "SOHR"},
        {"text": "about 30", "value": 30, "unit": None, "bound": "approximately", "speaker": "SANA"},
    ],
    "support": [
        {"article_id": "a", "quote": "أحصى المرصد ٢٨ مدنياً", "answer": 0},
        {"article_id": "a", "quote": "سانا إنهم نحو ثلاثين", "answer": 1},
        {"article_id": "a", "quote": "not there", "answer": 1},
    ],
    "filters": {"outlets": ["نبض"], "languages": [], "published_from": None},
    "history": [{"role": "user", "content": "Tell me of the raid."}], "injected": ["nobody", 0], "note": "n",
}  # fmt: skip
CLAIM = {
    "id": "c", "claim": "أحصى المرصد ٢٨ مدنياً.", "language": "ar", "verdict": "supported",
    "support": [{"article_id": "a", "quote": "أحصى المرصد ٢٨ مدنياً", "stance": "supports"}],
}  # fmt: skip


def test_a_folder_gives_questions_with_their_gold(tmp_path: Path) -> None:
    """Sides with value, bound, speaker; support with its place, where it stands; filters, history, injected words."""
    aliases = [["SOHR", "المرصد السوري"], ["SANA", "سانا"]]
    [sample] = load(write_set(tmp_path, articles=[ARTICLE], questions=[QUESTION], aliases=aliases)).samples

    assert [(one.value, one.bound, one.speaker) for one in sample.answers] == [
        (28, "exact", "SOHR"),
        (30, "approximately", "SANA"),
    ]
    assert sample.answers[0].speakers == ("SOHR", "المرصد السوري")
    assert [(one.start, one.end, one.answer) for one in sample.support] == [(0, 21, 0), (29, 49, 1), (None, None, 1)]
    assert (
        sample.filters.outlets,
        len(sample.history),
        sample.injected,
        sample.cross_lingual,
    ) == (("نبض",), 1, ("nobody", 0.0), True)


def test_claims_are_read_beside_questions_and_from_a_file_of_their_own(tmp_path: Path) -> None:
    """A line with a claim is a claim, in a folder and in a file that is given articles."""
    folder = write_set(tmp_path / "set", articles=[ARTICLE], questions=[QUESTION], claims=[CLAIM])
    alone = load(folder / "claims.jsonl", folder / "articles.jsonl")

    assert [item.id for item in load(folder).items] == ["q", "c"]
    assert [(claim.verdict, claim.support[0].stance, claim.cross_lingual) for claim in alone.claims] == [
        ("supported", "supports", False)
    ]


def test_a_name_that_two_speakers_bear_counts_for_both(tmp_path: Path) -> None:
    """Gold that says "the ministry" alone is met by either ministry's name."""
    answers = [{"text": "28", "value": 28, "speaker": "The Ministry"}]
    question = QUESTION | {"answers": answers, "status": "answered", "kind": "figure", "support": []}
    aliases = [["Sahlan's ministry", "the ministry"], ["Barqan's ministry", "the ministry"]]

    [sample] = load(write_set(tmp_path, articles=[ARTICLE], questions=[question], aliases=aliases)).samples

    assert set(sample.answers[0].speakers) > {"Sahlan's ministry", "Barqan's ministry"}


def test_the_checksum_follows_what_is_asked(tmp_path: Path) -> None:
    """Another note is the same data; another gold value, article or question is not."""

    def checksum(name: str, article: dict[str, object] | None = None, **changed: object) -> str:
        folder = write_set(tmp_path / name, articles=[ARTICLE | (article or {})], questions=[QUESTION | changed])
        return load(folder).sha256

    first = checksum("one")

    assert first == checksum("two", note="other")
    assert len({first, checksum("3", question="How?"), checksum("4", answers=[]), checksum("5", {"title": "T"})}) == 4


def test_a_file_is_in_one_language(tmp_path: Path) -> None:
    """A question of a name and a number alone is in the language of the others; ids do not hang on the file's name."""
    asked = [("تقع باريس في فرنسا.", [("q1", "أين تقع باريس؟", "فرنسا")]), ("ولد عام 1821.", [("q2", "1821؟", "ولد")])]
    one, other = (load(squad(tmp_path / name, asked)) for name in ("one.json", "two.json"))

    assert [sample.language for sample in one.samples] == ["ar", "ar"]
    assert one.sha256 == other.sha256


def test_a_set_written_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """As some editors write it."""
    folder = write_set(tmp_path, articles=[ARTICLE], questions=[QUESTION])
    content = (folder / "questions.jsonl").read_bytes()
    (folder / "questions.jsonl").write_bytes(b"\xef\xbb\xbf" + content)

    assert len(load(folder).samples) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("questions", "{}"), ("questions", "[]"), ("questions", "{"), ("claims", '{"claim": "x"}'), ("numbers", "{}")],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: str) -> None:
    """The message says which file and which line."""
    write_set(tmp_path, articles=[ARTICLE])
    (tmp_path / f"{name}.jsonl").write_text(f"\n{content}\n")

    with pytest.raises(DatasetError, match=rf"{name}\.jsonl, line 2"):
        load(tmp_path)


def test_a_folder_that_holds_no_set_says_what_it_lacks(tmp_path: Path) -> None:
    """Articles alone are no set."""
    with pytest.raises(DatasetError, match=r"no questions\.jsonl, claims\.jsonl or numbers\.jsonl"):
        load(write_set(tmp_path, articles=[ARTICLE]))
