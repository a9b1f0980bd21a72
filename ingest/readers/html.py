"""Web pages → Page: trafilatura finds the article, `metadata` what the page says of it."""

import logging
import re
from typing import Any

from ingest.domain import Page
from ingest.errors import SourceError
from ingest.readers.decoding import decode
from ingest.readers.metadata import page_metadata

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong, our errors say

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|title|meta|body)[\s>]", re.IGNORECASE)
_UNWANTED = re.compile("[\0\ud800-\udfff\ufeff]")
"""What the parser chokes on; none of it is ever text."""

_BLOCKS = frozenset({"head", "item", "lb", "list", "p", "quote", "row", "table"})
"""Elements of trafilatura's tree that stand on lines of their own."""

_CELL_BLOCKS = ("br", "p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
"""Elements of a page that part the words inside a table's cell."""


def page_from_html(html: bytes | str, source: str) -> Page:
    """Read the article out of a web page, saved or fetched; paragraphs are separated by a blank line.

    Bytes are decoded by byte order mark, UTF-8, declared charset or detection. The date
    is one the page states in its markup, never one found in running text. Raises
    `SourceError`: `binary`, `unreadable`, or `empty` where no article is found.
    """
    markup = decode(html, source, html=True) if isinstance(html, bytes) else html
    # The declaration's encoding has been dealt with, and the parser refuses it in text.
    markup = _XML_DECLARATION.sub("", _UNWANTED.sub("", markup))
    if not _WHOLE_PAGE.search(markup):
        markup = f"<html><body><div>{markup}</div></body></html>"
    tree = _parse(markup)
    if tree is None:
        raise _no_article(source)
    metadata = page_metadata(tree)  # before extraction, which takes the tree apart
    text = _main_text(markup)
    if not text:
        raise _no_article(source)
    return Page(source=source, text=text, **metadata.for_text(text))


def _no_article(source: str) -> SourceError:
    return SourceError(
        "empty",
        f"{source}: no article was found in this page. Copy its text into a .txt file and add that, or leave it out.",
    )


def _parse(markup: str) -> Any:
    """Parse a page into an lxml tree; None where there is nothing in it."""
    from trafilatura import load_html

    return load_html(markup)


def _main_text(markup: str) -> str:
    """Return the paragraphs of the main content, comments and navigation left out; may be empty."""
    from trafilatura import bare_extraction

    # Short items yield nothing at the usual settings; then all that may be article is taken.
    for favor_recall in (False, True):
        document = bare_extraction(
            _with_plain_cells(_parse(markup)), include_comments=False, favor_recall=favor_recall, with_metadata=False
        )
        body = getattr(document, "body", None)
        lines = (line.strip() for line in _running_text(body).split("\n")) if body is not None else ()
        if paragraphs := [line for line in lines if line]:
            return "\n\n".join(paragraphs)
    return ""


def _with_plain_cells(tree: Any) -> Any:
    """Take the blocks inside a table's cells apart by spaces: extraction glues them together, or drops lists whole."""
    from lxml.etree import strip_tags

    for cell in tree.iter("td", "th"):
        for block in cell.iter(*_CELL_BLOCKS):
            block.text = f" {block.text or ''}"
            block.tail = f" {block.tail or ''}"
        strip_tags(cell, *_CELL_BLOCKS)
    return tree


def _running_text(body: Any) -> str:
    """Return the words of trafilatura's tree, a line a block and nothing added: its own text draws tables and bullets.

    Cells of a table's row are separated by a tab.
    """
    from lxml.etree import iterwalk

    for cell in body.iter("cell"):  # a row is one line, whatever blocks its cells hold
        words, tail = " ".join("".join(cell.itertext()).split()), cell.tail
        cell.clear()
        cell.text, cell.tail = words, tail
    pieces: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        elif element.tag == "cell" and event == "start" and element.getprevious() is not None:
            pieces.append("\t")
        pieces.append((element.text if event == "start" else element.tail) or "")
    return "".join(pieces)
