"""Page → Article: what a source says, checked and fixed.

From here on nothing changes the text: it is stored, hashed, cut and cited as it is.
"""

import hashlib
import re
import unicodedata
from datetime import datetime

from ingest.dates import parse_published_at
from ingest.domain import Article, Page, Value
from ingest.errors import SourceError
from ingest.language import UNDETERMINED, detect_language, language_code

_MAX_ID = 200
_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):(?!\d)", re.IGNORECASE)
"""A scheme; a dot (`example.com:80`) or a port (`localhost:80`) shows that it is a host."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by category that leave no mark."""


class Metadata(Value):
    """What is known about sources from elsewhere, say the command line; it fills what a source leaves out."""

    id: str | None = None
    """Identifier; for a single source only."""

    outlet: str | None = None
    """Who published them."""

    author: str | None = None
    """Byline."""

    title: str | None = None
    """Headline."""

    url: str | None = None
    """Canonical address; as an identifier comes from it, for a single source only."""

    published_at: str | None = None
    """Date of publication, in any form `parse_published_at` reads; also of a source whose own cannot be read."""

    language: str | None = None
    """Language code, such as `ar` or `en-GB`."""


def to_article(page: Page, defaults: Metadata | None = None) -> Article:
    """Check a page and fix it as an article.

    The text is put in NFC with LF line ends and not changed otherwise; the other
    fields are trimmed to one line. A field the page leaves out or blank, and a date that
    cannot be read, is taken from `defaults`, the language also from the text. Raises `SourceError`: `empty`,
    `invalid_date` or `invalid_record`, its message beginning with `page.source`.
    """
    text = _normalize(page.text)
    if not any(_is_visible(char) for char in text):
        raise SourceError("empty", f"{page.source}: it holds no text. Add the article's text, or leave it out.")
    try:
        return _article(page, defaults or Metadata(), text)
    except SourceError as error:
        raise SourceError(error.reason, f"{page.source}: {error}") from error


def _article(page: Page, defaults: Metadata, text: str) -> Article:
    outlet = _line(page.outlet) or _line(defaults.outlet)
    url = _line(page.url) or _line(defaults.url)
    return Article(
        id=_identifier(_line(page.id) or _line(defaults.id), url, outlet, text),
        url=url,
        outlet=outlet,
        title=_line(page.title) or _line(defaults.title),
        author=_line(page.author) or _line(defaults.author),
        published_at=_published_at(_line(page.published_at), _line(defaults.published_at)),
        language=_language(_line(page.language) or _line(defaults.language), text),
        text=text,
        sha256=_sha256(text),
    )


def _published_at(stated: str | None, default: str | None) -> datetime | None:
    try:
        if stated:
            return parse_published_at(stated)
    except SourceError:
        if not default:
            raise
    return parse_published_at(default) if default else None


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _line(value: str | None) -> str | None:
    """Return a field in NFC on one line, trimmed; None where nothing is left."""
    return " ".join(unicodedata.normalize("NFC", value or "").split()) or None


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANK_LETTERS


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _language(given: str | None, text: str) -> str:
    code = language_code(given) if given else UNDETERMINED
    return detect_language(text) if code == UNDETERMINED else code


def _identifier(given: str | None, url: str | None, outlet: str | None, text: str) -> str:
    """Return the given id, else one from the address, else one from outlet and text."""
    address = _canonical(url) if url else None  # checked in any case: it is stored
    if given is None:
        return f"u-{_sha256(address)[:16]}" if address else "t-" + _sha256(f"{outlet or ''}\n{text}")[:16]
    if len(given) > _MAX_ID:
        raise SourceError(
            "invalid_record",
            f"its id has {len(given)} characters, and {_MAX_ID} are allowed."
            " Shorten it, or leave it out to have one made.",
        )
    return given


def _canonical(url: str) -> str:
    """Return the address in the one form that all its spellings share."""
    from w3lib.url import canonicalize_url

    scheme = _SCHEME.match(url)
    # Addresses are shown as links: `javascript:` and its like must not get that far.
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise _no_address(url)
    try:
        return canonicalize_url(url)
    except ValueError as error:
        raise _no_address(url) from error


def _no_address(url: str) -> SourceError:
    return SourceError(
        "invalid_record", f"“{url[:100]}” is not a web address. Write it in full, from https:// on, or leave it out."
    )
