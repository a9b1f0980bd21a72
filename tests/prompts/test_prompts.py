"""Prompts are files that never change once published, and are filled in strictly."""

from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import prompts
from ingest.domain import Bound
from prompts import Prompt, PromptError, load
from qa.bootstrap import WORDING
from qa.compose import SPOKEN
from qa.domain import Reason

FOLDER = Path(prompts.__file__).parent
PUBLISHED = dict(reversed(line.split("  ", 1)) for line in (FOLDER / "checksums.txt").read_text().splitlines())
"""Checksum by file."""

SMALL = Prompt("small/v1", "Remarks, {not} filled in.\n\n## a.en\nHi {name}, {name}!\n\n## b.en\n\nPlain.\n", "0" * 64)


def test_every_version_is_published() -> None:
    """Every prompt file is in checksums.txt, and every file there exists."""
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}

    assert files == PUBLISHED.keys()


@pytest.mark.parametrize("file", sorted(PUBLISHED))
def test_published_versions_never_change(file: str) -> None:
    """A published file has the bytes it was published with: a new text is a new version."""
    assert PUBLISHED[file] == sha256((FOLDER / file).read_bytes()).hexdigest()


def test_load_gives_text_and_checksum() -> None:
    """A loaded prompt has its name, its whole text and the checksum of its bytes."""
    prompt = load(WORDING)

    assert (WORDING, PUBLISHED[f"{WORDING}.md"]) == (prompt.name, prompt.sha256)
    assert (FOLDER / f"{WORDING}.md").read_text(encoding="utf-8") == prompt.text


@pytest.mark.parametrize("name", ["wording/v999", "wording", "none/v1", "", "wording/v1.md/v1"])
def test_unknown_prompt(name: str) -> None:
    """A prompt that does not exist is an error of ours that names it."""
    with pytest.raises(PromptError, match="There is no prompt"):
        load(name)


def test_part_fills_in() -> None:
    """The text under a heading comes trimmed, its placeholders filled in; the head of the file is no part of it."""
    assert SMALL.part("a.en", name="Ali") == "Hi Ali, Ali!"
    assert SMALL.part("b.en") == "Plain."


def test_part_leaves_braces_of_values_alone() -> None:
    """What is filled in is not filled in again."""
    assert SMALL.part("a.en", name="{name}") == "Hi {name}, {name}!"


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("c.en", {}),
        ("a", {}),
        ("", {}),
        ("a.en", {}),
        ("a.en", {"nam": "x"}),
        ("a.en", {"name": "x", "more": 1}),
        ("b.en", {"name": "x"}),
    ],
)
def test_part_is_strict(key: str, fields: dict[str, object]) -> None:
    """A missing heading, a missing field and a field too many are errors that name the prompt."""
    with pytest.raises(PromptError, match="small/v1"):
        SMALL.part(key, **fields)


def test_wording_has_every_text_in_every_language() -> None:
    """Each text that an answer may need is there in each language spoken, with the same placeholders."""
    wanted = {
        "said": {"text", "number", "source"},
        "counted": {"text", "number", "source"},
        "source": {"outlet", "day"},
        "place": {"article", "start", "end"},
        "told": {"speaker", "words"},
        "told_via": {"speaker", "via", "words"},
        "own": {"words"},
        "bare": {"words", "quote"},
        "earlier": {"line"},
        "drafted": {"text", "marks", "stop"},
        "labelled": {"number", "counted"},
        "written": {"number", "counted"},
    }
    wanted |= {key: {"number"} for key in ("percent", "million", "billion", "trillion", *get_args(Bound))}
    wanted |= {key: set() for key in ("answered", "disputed", "sources", "nearest", "undated", "unnamed")}
    wanted |= {reason: set() for reason in get_args(Reason)}
    for key, fields in wanted.items():
        for language in SPOKEN:
            text = load(WORDING).part(f"{key}.{language}", **{field: f"{{{field}}}" for field in fields})

            assert text
            assert fields == {field for _, field, _, _ in Formatter().parse(text) if field}


def test_what_is_counted_has_its_forms_in_every_language() -> None:
    """Each counted thing is there in both languages, once or in all the forms that its language tells apart."""
    forms = {key: text.split("|") for key, text in parts().items() if key.startswith(("unit.", "fate."))}

    for key, found in forms.items():
        stem, language = key.rsplit(".", 1)
        assert len(found) in {"en": {1, 2}, "ar": {1, 5}}[language], key
        assert all(form.strip() for form in found), key
        assert all(f"{stem}.{other}" in forms for other in SPOKEN), key


def test_what_befell_them_frames_what_is_counted() -> None:
    """Every text for it has the one placeholder, and is there in both languages."""
    acts = {key: text for key, text in parts().items() if key.startswith("act.")}

    for key, text in acts.items():
        assert [field for _, field, _, _ in Formatter().parse(text) if field is not None] == ["counted"], key
        assert all(f"{key.rsplit('.', 1)[0]}.{language}" in acts for language in SPOKEN), key


def parts() -> dict[str, str]:
    """The texts of the wording in use, by heading."""
    wording = load(WORDING)
    headings = [line.removeprefix("## ") for line in wording.text.splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings))
    sections = wording.text.split("\n## ")[1:]
    return {section.split("\n", 1)[0]: section.split("\n", 1)[1].strip() for section in sections}
