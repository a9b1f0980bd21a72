"""The ledger as it is given out: rows that anyone can check against their article, as JSON or as a table of text."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pydantic import NonNegativeInt, PositiveInt

from ingest.archive import Recorded
from ingest.domain import ArticleId, Bound, Sha256, Speaker, Value


class LedgerSentence(Value):
    """The sentence that a figure stands in."""

    text: str
    """As the article has it."""

    start: NonNegativeInt
    """First code point in the article's text."""

    end: PositiveInt
    """One past the last code point."""


class LedgerRow(Value):
    """One figure of the archive: who says it, of what, and where exactly it is written."""

    article_id: ArticleId
    """Article it stands in."""

    outlet: str | None
    title: str | None
    url: str | None
    published_at: datetime | None
    language: str
    """Language of the article."""

    speaker: Speaker | None
    """Who says it; `null` where the article says it in its own voice."""

    body: Speaker | None
    """The body the speaker speaks for, as its director or spokesman."""
    via: Speaker | None
    """Who relays it, such as an agency that quotes a ministry."""

    value: int | float
    """Absolute: 1.2 billion is 1200000000."""

    bound: Bound
    """How it is hedged."""

    unit: str | None
    """What is counted, as written."""

    unit_canonical: str | None
    """What is counted, in English, where it is known."""

    fate: str | None
    """What befell them, where it is known."""

    quote: str
    """The numeral as written: `text[start:end]` of the article."""

    start: NonNegativeInt
    """First code point in the article's text."""

    end: PositiveInt
    """One past the last code point."""

    sentence: LedgerSentence

    places: tuple[str, ...]
    """Where it happened, by canonical names: the sentence's places, else those of headline and lead."""

    day: date | None
    """When it happened, where the sentence says so."""

    article_sha256: Sha256
    """SHA-256 of the article's text."""


def row_of(recorded: Recorded) -> LedgerRow:
    """Show an entry."""
    (entry, article), figure = recorded, recorded.entry.figure
    start, end = entry.sentence_start, entry.sentence_end
    return LedgerRow(
        article_id=article.id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published_at=article.published_at,
        language=article.language,
        speaker=entry.speaker,
        body=entry.body,
        via=entry.via,
        value=short(figure.value),
        bound=figure.bound,
        unit=figure.unit,
        unit_canonical=figure.unit_canonical,
        fate=figure.fate,
        quote=figure.quote,
        start=figure.start,
        end=figure.end,
        sentence=LedgerSentence(text=article.text[start:end], start=start, end=end),
        places=entry.places,
        day=entry.day,
        article_sha256=article.sha256,
    )


def short(value: float) -> int | float:
    """A value without a fraction that says nothing: 28, not 28.0."""
    return int(value) if value.is_integer() else value


COLUMNS = (
    "article_id", "outlet", "title", "url", "published_at", "language", "speaker", "speaker_canonical", "body",
    "body_canonical", "via", "via_canonical", "value", "bound", "unit", "unit_canonical", "fate", "quote",
    "start", "end", "sentence", "sentence_start", "sentence_end", "places", "day", "article_sha256",
)  # fmt: skip
"""Columns of the table; several places stand in one cell, parted by `; `."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """The rows as comma-separated values (RFC 4180), a header first.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")

    def line(cells: Iterable[object]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_harmless(cell) for cell in cells])
        return buffer.getvalue()

    yield line(COLUMNS)
    for row in rows:
        fields = row.model_dump(mode="json")
        for name in ("speaker", "body", "via"):
            said = fields[name] or {"name": None, "canonical": None}
            fields |= {name: said["name"], f"{name}_canonical": said["canonical"]}
        sentence = fields["sentence"]
        fields |= {"sentence": sentence["text"], "sentence_start": sentence["start"], "sentence_end": sentence["end"]}
        fields["places"] = "; ".join(fields["places"])
        yield line(fields[name] for name in COLUMNS)


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
