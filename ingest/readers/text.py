"""Plain text and Markdown files → Page, with YAML front matter if there is any."""

import re

from ingest.domain import Page
from ingest.errors import SourceError
from ingest.readers.decoding import decode

_SYNONYMS = {
    "id": ("id",),
    "url": ("url", "link", "permalink", "canonical_url"),
    "outlet": ("outlet", "source", "publisher"),
    "title": ("title", "headline"),
    "author": ("author", "byline", "authors"),
    "published_at": ("published_at", "published", "date", "date_published"),
    "language": ("language", "lang"),
}
"""Front matter keys by field, the first present winning; other keys are ignored."""

_FENCE = re.compile(r"\A---[ \t]*\r?\n")
_MAX_TITLE = 120
_SENTENCE_END = re.compile(r"[.!?؟…۔。:;؛،,][\"'”’»)\]]*$")
_HEADING = re.compile(r"#\s+(.*?)\s*#*\s*")


def read_text(data: bytes, source: str, *, markdown: bool = False) -> Page:
    """Read one article from the bytes of a `.txt` or (`markdown`) `.md` file.

    Without a title in the front matter, a first line that looks like a headline gives
    it; the text stays whole. Raises `SourceError`: `empty`, `binary`, `unreadable`, or
    `invalid_record` for front matter that cannot be read.
    """
    fields, text = _split_front_matter(decode(data, source), source)
    if not text.strip():
        raise SourceError("empty", f"{source}: the file holds no text. Add the article's text or leave the file out.")
    fields.setdefault("title", _headline(text, markdown=markdown))
    return Page(source=source, text=text, **fields)


def _split_front_matter(text: str, source: str) -> tuple[dict[str, str | None], str]:
    """Return the fields front matter gives and the text after it, or no fields and all of `text`.

    Values are kept as written: a date stays text, `no` (Norwegian) does not become False.
    """
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    if not _FENCE.match(text):
        return {}, text
    handler = YAMLHandler()
    try:
        header, body = handler.split(text)
    except ValueError:  # no closing line: a rule, not front matter
        return {}, text
    try:
        values = handler.load(header, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(source, f", line {line}", str(error.problem or "broken YAML")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(source, "", "broken YAML") from error
    if not isinstance(values, dict):  # prose between two rules
        return {}, text
    return _fields(values, source), body.lstrip("\r\n")


def _broken(source: str, line: str, problem: str) -> SourceError:
    return SourceError(
        "invalid_record",
        f"{source}{line}: the header between the --- lines cannot be read as YAML ({problem})."
        ' Write one “key: value” a line and put values that contain a colon or a quotation mark in "…".',
    )


def _fields(values: dict[object, object], source: str) -> dict[str, str | None]:
    """Pick the known fields out of front matter, names in any case; raise where one is not plain text."""
    by_key = {str(key).strip().lower().replace("-", "_"): value for key, value in values.items()}
    fields: dict[str, str | None] = {}
    for field, keys in _SYNONYMS.items():
        key = next((key for key in keys if by_key.get(key) not in (None, "", "~", "null")), None)
        if key is None:
            continue
        value = by_key[key]
        if isinstance(value, list) and field == "author" and all(isinstance(name, str) for name in value):
            value = ", ".join(value)
        if not isinstance(value, str):
            raise SourceError(
                "invalid_record", f"{source}: “{key}” in the header must be plain text. Write it as “{key}: value”."
            )
        fields[field] = value
    return fields


def _headline(text: str, *, markdown: bool) -> str | None:
    """Return the first line if it looks like a headline: short, set off by a blank line, no sentence."""
    lines = text.strip().splitlines()
    first = lines[0].strip()
    if markdown and (heading := _HEADING.fullmatch(first)):
        return heading[1] or None
    is_set_off = len(lines) > 2 and not lines[1].strip()  # noqa: PLR2004  # headline, blank line, body
    if is_set_off and len(first) <= _MAX_TITLE and not _SENTENCE_END.search(first):
        return first
    return None
