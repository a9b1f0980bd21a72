"""JSON and JSON Lines → pages: the records an archive exports or a client sends.

A record is `{"id", "url", "outlet", "title", "author", "published_at", "language",
"text" or "html"}`; only `text` or `html` is required, other keys are ignored.
"""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ingest.domain import Failure, Page
from ingest.errors import SourceError
from ingest.readers.decoding import bom_encoding, decode
from ingest.readers.html import page_from_html

_FIELDS = ("id", "url", "outlet", "title", "author", "published_at", "language")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BLOCK = 1 << 16
"""Bytes read at once."""
_JSON_TYPES = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}
_MEGABYTE = 1_000_000


def page_from_record(record: object, source: str) -> Page:
    """Read one record, decoded from JSON; `source` says in messages where it stood.

    Fields given beside `html` go before what the page states; `text` goes before
    `html`. Raises `SourceError`: `missing_text`, `invalid_record`, or what
    `page_from_html` raises.
    """
    if not isinstance(record, dict):
        raise SourceError(
            "invalid_record",
            f"{source}: an article must be an object such as {{“title”: …, “text”: …}}, and this is {_kind(record)}.",
        )
    fields = {name: _field(record, name, source) for name in _FIELDS}
    text, html = record.get("text"), record.get("html")
    if isinstance(text, str) and text:
        return Page(source=source, text=_storable(text, "text", source), **fields)
    if text in (None, "") and isinstance(html, str) and html:
        page = page_from_html(_storable(html, "html", source), source)
        return page.model_copy(update={name: value for name, value in fields.items() if value is not None})
    found = "missing" if text is None else "empty" if text == "" else f"{_kind(text)}, not text"
    raise SourceError(
        "missing_text", f"{source}: “text” is {found}. Give the article's body in “text”, or its web page in “html”."
    )


def read_json(data: bytes, source: str) -> Iterator[Page | Failure]:
    """Read the articles of a `.json` file: one object, a list, or `{"articles": […]}`.

    Yields a `Failure` for each record that is no article. Raises `SourceError` where the
    whole file cannot be read.
    """
    text = decode(data, source)
    if not text.strip():
        raise SourceError("empty", f"{source}: the file is empty. Leave it out or export it again.")
    value = _loads(text, source, by_line=False)
    records = value.get("articles") if isinstance(value, dict) else value
    if not isinstance(records, list):
        yield page_from_record(value, source)
        return
    if not records:
        raise SourceError("empty", f"{source}: the list holds no article. Leave the file out or export it again.")
    for number, record in enumerate(records, start=1):
        place = f"{source}, article {number}"
        try:
            yield page_from_record(record, place)
        except SourceError as error:
            yield Failure(source=place, code=error.reason, message=str(error))


def read_json_lines(stream: BinaryIO, source: str, *, max_bytes: int) -> Iterator[Page | Failure]:
    """Read one article from each line that is not blank, with memory for one line of `max_bytes`.

    Yields a `Failure` for each line that is no article, and goes on with the next.
    Raises `OSError` from the stream, and `SourceError` where the whole of it is no text
    or holds no line.
    """
    is_empty = True
    for number, (line, size) in enumerate(_lines(_blocks(stream, source), max_bytes), start=1):
        place = f"{source}, line {number}"
        try:
            if line is None:
                raise too_large(place, size, max_bytes, "Shorten it, or split it into several articles")
            if not line.strip():
                continue
            is_empty = False
            yield page_from_record(_loads(decode(line, place), place, by_line=True), place)
        except SourceError as error:
            is_empty = False
            yield Failure(source=place, code=error.reason, message=str(error))
    if is_empty:
        raise SourceError("empty", f"{source}: there is no article in it. Leave it out or export it again.")


def too_large(source: str, size: int, max_bytes: int, remedy: str) -> SourceError:
    """Make the error for `size` bytes where `max_bytes` are allowed; `remedy` has no full stop."""
    return SourceError(
        "too_large",
        f"{source}: this is {size / _MEGABYTE:.1f} MB, more than the {max_bytes / _MEGABYTE:g} MB one source may have."
        f" {remedy}; a whole archive goes into JSON Lines (.jsonl), one article a line.",
    )


def _blocks(stream: BinaryIO, source: str) -> Iterator[bytes]:
    """Yield the stream's bytes in UTF-8 without a byte order mark; UTF-16 and UTF-32 are recoded on the way."""
    first = stream.read(_BLOCK)
    rest = iter(lambda: stream.read(_BLOCK), b"")
    encoding = bom_encoding(first)
    if encoding is None:
        yield from chain([first], rest)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in chain([first], rest):
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise SourceError(
            "unreadable",
            f"{source}: it begins as {encoding.upper()} and then breaks off. Save it as UTF-8 and add it again.",
        ) from error


def _lines(blocks: Iterator[bytes], max_bytes: int) -> Iterator[tuple[bytes | None, int]]:
    """Yield each line without its end, and its size in bytes; None for lines over `max_bytes`, never held in memory."""
    line, size = bytearray(), 0
    for block in blocks:
        *ended, open_piece = block.split(b"\n")
        for piece in ended:
            size += len(piece)
            yield (bytes(line + piece) if size <= max_bytes else None), size
            line, size = bytearray(), 0
        size += len(open_piece)
        if size <= max_bytes:
            line += open_piece
        else:
            line = bytearray()
    if size:
        yield (bytes(line) if size <= max_bytes else None), size


def _loads(text: str, source: str, *, by_line: bool) -> object:
    """Decode JSON; the error names the column, and the line too unless `source` does (`by_line`)."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if by_line else f"line {error.lineno}, column {error.colno}"
        raise SourceError(
            "invalid_json",
            f"{source}, {place}: this is not valid JSON ({error.msg}). Correct it there, or export the file again."
            + (" JSON Lines has a whole article on each line; one JSON document is a .json file." if by_line else ""),
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets nested thousands deep
        raise SourceError(
            "invalid_json", f"{source}: this JSON holds a number too long or brackets too deep. Export the file again."
        ) from error


def _kind(value: object) -> str:
    return _JSON_TYPES.get(type(value), "nothing (null)")


def _field(record: dict[object, object], name: str, source: str) -> str | None:
    """Return a record's field as text, None where absent or null; a number is taken for an id."""
    value = record.get(name)
    if value is None:
        return None
    if name == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise SourceError(
            "invalid_record", f"{source}: “{name}” is {_kind(value)}, and must be text. Write it in quotation marks."
        )
    return _storable(value, name, source)


def _storable(value: str, name: str, source: str) -> str:
    if _UNSTORABLE.search(value):
        raise SourceError(
            "invalid_record",
            f"{source}: “{name}” holds half a character (a lone surrogate) or a NUL, which cannot be stored."
            " It was damaged on the way: export it again, or remove it.",
        )
    return value
