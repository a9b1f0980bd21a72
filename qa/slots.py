"""Where a name stands in an English question, and what of it is a document, or nobody's."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.tokens import Token
from ingest.speakers import lexicon_en
from qa import saying


class Slot(NamedTuple):
    """Where a name stands."""

    first: int
    """Its first token."""
    end: int
    """One past its last."""


def plain(tokens: Sequence[Token], at: int) -> str:
    """A token, folded; nothing past either end."""
    return tokens[at].plain if 0 <= at < len(tokens) else ""


def in_name(token: Token) -> bool:
    """Whether a word is written as an acronym: "WHO", "IS", "IN"."""
    return len(token.text) > 1 and token.text.isupper()


def cleaned(tokens: Sequence[Token], slot: Slot) -> Slot | None:
    """A slot without the document it names, without what names nobody; `None` where nothing is left."""
    first, end = slot
    while first < end and tokens[first].kind == "mark":
        first += 1
    head = first
    while head < end and tokens[head].plain in saying.ABOUT_DOCUMENTS:
        head += 1
    if head < end and tokens[head].plain in saying.DOCUMENTS and plain(tokens, head + 1) in {"of", "by", "from"}:
        first = head + 2
        rest = tokens[first:end]
        if not any(token.capital or token.plain in lexicon_en.SOURCES for token in rest):
            return None
        end = next((at for at in range(first, end) if tokens[at].plain in {"by", "from"}), end)
    end = _without_document(tokens, first, end)
    while first < end and tokens[end - 1].kind == "mark" and tokens[end - 1].text not in '"”»':
        end -= 1
    told = [token for token in tokens[first:end] if token.kind != "mark"]
    if not told or (told[0].plain in saying.NOBODY - {"the", "a", "an", "any"} and not in_name(told[0])):
        return None
    if all(token.plain in saying.NOBODY | saying.ABOUT_DOCUMENTS and not in_name(token) for token in told):
        return None
    return Slot(first, end)


def _without_document(tokens: Sequence[Token], first: int, end: int) -> int:
    """One past the last token of whose document it is: "the ministry's October 2016 report", "police records"."""
    last = end
    while last > first and tokens[last - 1].kind == "mark":
        last -= 1
    if last - 1 < first or tokens[last - 1].plain not in saying.DOCUMENTS or tokens[last - 1].capital:
        return end
    last -= 1
    for at in range(first + 1, last):
        if tokens[at].text in "'’" and tokens[at].glued:
            return at
    while last > first and (
        tokens[last - 1].plain in saying.DOCUMENTS | saying.ABOUT_DOCUMENTS or tokens[last - 1].kind == "digits"
    ):
        last -= 1
    return last
