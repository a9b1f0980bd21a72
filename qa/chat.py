"""An answer as one text for a chat: the answer line with its numbers, then what the numbers stand for.

Told twice, the text is the same: in a stream it grows as claims are verified, and what a later claim changes in what
was sent already (sources that turn out to disagree) is said again, whole.
"""

from collections.abc import Iterator

from prompts import Prompt
from qa.answer import Answer, Citation, ShownPassage
from qa.compose import source

_NEAREST = 3
_PREVIEW = 200
"""Code points shown of a passage that is not quoted."""


def content(answer: Answer, wording: Prompt) -> str:
    """The whole text: the answer, and its sources; of an abstention, the passages that came nearest."""
    return f"{answer.answer}{sources(answer, wording)}"


def sources(answer: Answer, wording: Prompt) -> str:
    """What follows the answer's own text: its sources, each with the words cited; nothing where there are none."""
    shown = list(_cited(answer, wording)) or list(_nearest(answer, wording))
    if not shown:
        return ""
    heading = wording.part(f"{'sources' if answer.citations else 'nearest'}.{answer.answer_language}")
    return "\n\n" + "\n\n".join([f"{heading}:", *shown])


def _cited(answer: Answer, wording: Prompt) -> Iterator[str]:
    for citation in answer.citations:
        lines = [f"[{citation.number}] {_source(citation, answer, wording)}", _block(citation.quote)]
        yield "\n".join([*lines, *(["", citation.url] if citation.url else [])])


def _nearest(answer: Answer, wording: Prompt) -> Iterator[str]:
    for passage in answer.passages[:_NEAREST]:
        line = " ".join(passage.text.split())
        preview = line if len(line) <= _PREVIEW else line[:_PREVIEW].rsplit(" ", 1)[0] + " …"
        yield f"{_source(passage, answer, wording)}\n{_block(preview)}"


def _source(of: Citation | ShownPassage, answer: Answer, wording: Prompt) -> str:
    line = source(of.outlet, of.published_at, wording=wording, spoken=answer.answer_language)
    return f"{line}: {of.title}" if of.title else line


def _block(words: str) -> str:
    """Words as a block quotation, which is what chat front ends make of lines that begin so."""
    return "\n".join(f"> {line}" for line in words.splitlines())


class Telling:
    """The text of one answer while it grows. Only what is verified ever comes in, so only that goes out."""

    def __init__(self) -> None:
        self._told = ""

    def more(self, text: str) -> Iterator[str]:
        """The lines that a text has beyond those told; none where it says otherwise what was told: wait for the end."""
        if not text.startswith(self._told):
            return
        new = text[len(self._told) :]
        self._told = text
        yield from new.splitlines(keepends=True)

    def rest(self, answer: Answer, wording: Prompt) -> Iterator[str]:
        """What is left to tell of the finished answer: the whole of it again, where it is not what was told so far."""
        if not answer.answer.startswith(self._told):
            yield "\n\n"
            self._told = ""
        yield from self.more(answer.answer)
        if after := sources(answer, wording):
            yield after
