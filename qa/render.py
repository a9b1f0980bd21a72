"""Answers and passages for a terminal: the answer first, then numbered sources with the words they rest on.

Quotes are written as they stand, in logical order: a terminal that knows right-to-left text turns
them itself, and what is copied from it is what the source says.
"""

from collections.abc import Iterator
from datetime import datetime

from prompts import Prompt
from qa.answer import Answer, Citation, ShownPassage
from qa.compose import source
from qa.domain import RankedPassage

_PREVIEW = 300
"""Code points shown of a passage that is not quoted."""

_NEAREST = 3

_SYMBOLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_SYMBOLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def answer_lines(answer: Answer, wording: Prompt) -> Iterator[str]:
    """The lines of an answer, the service's own words in the answer's language."""
    spoken = answer.answer_language

    def source_line(of: Citation | ShownPassage) -> str:
        line = source(of.outlet, of.published_at, wording=wording, spoken=spoken)
        return f"{line}: {of.title}" if of.title else line

    yield answer.answer
    if answer.citations:
        yield ""
        yield wording.part(f"sources.{spoken}")
    for citation in answer.citations:
        yield ""
        yield f"[{citation.number}] {source_line(citation)}"
        yield f"    {citation.quote}"
        where = wording.part(f"place.{spoken}", article=citation.article_id, start=citation.start, end=citation.end)
        yield f"    {where}"
        if citation.url:
            yield f"    {citation.url}"
    if not answer.citations and answer.passages:
        yield ""
        yield wording.part(f"nearest.{spoken}")
        for passage in answer.passages[:_NEAREST]:
            yield ""
            yield f"·   {source_line(passage)} ({passage.article_id})"
            yield f"    {_preview(passage.text)}"


def passage_lines(passages: tuple[RankedPassage, ...]) -> Iterator[str]:
    """The lines of a search result."""
    for rank, passage in enumerate(passages, start=1):
        article, scores = passage.article, passage.scores
        yield f"{rank}. {_source(article.outlet, article.published_at, article.title)} ({article.id})"
        granted = f", granted its language {scores.language:+.3f}" if scores.language else ""
        yield (
            f"   score {passage.score:.3f}: dense {scores.dense:.3f}, lexical {scores.lexical:.3f}, "
            f"names {scores.names:.3f}, late {scores.late:.3f}{granted}; characters {passage.start} to {passage.end}"
        )
        yield f"   {_preview(passage.text)}"
        yield ""


def _source(outlet: str | None, published_at: datetime | None, title: str | None) -> str:
    day = published_at.date().isoformat() if published_at else "undated"
    return f"{outlet or 'outlet not named'}, {day}" + (f": {title}" if title else "")


def safe(line: str) -> str:
    """Show control characters as symbols: an article must not steer the terminal it is read on."""
    return line.translate(_SYMBOLS)


def _preview(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _PREVIEW else line[:_PREVIEW].rsplit(" ", 1)[0] + " …"
