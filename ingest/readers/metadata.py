"""What a web page states about its article: JSON-LD, OpenGraph and meta elements."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from ingest.dates import parse_published_at
from ingest.errors import SourceError
from ingest.language import fits_script, language_code

_DATE_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "article.published", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "publication_date", "published-date", "date",
)  # fmt: skip
_OUTLET_KEYS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "title")
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "og:article:author",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
_ARTICLE_TYPE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)", re.IGNORECASE)
_SCRIPT_WRAPPING = re.compile(r"\A\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*\Z")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC)$")
_BYLINE = re.compile(r"\s*(?:by|بقلم|كتب)\s*:?\s+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class PageMetadata:
    """What a page states about its article, languages not yet compared with the text."""

    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    published_at: str | None
    languages: tuple[str, ...]
    """ISO 639-1 codes, the most specific statement first."""

    def for_text(self, text: str) -> dict[str, str | None]:
        """Return the fields of `Page`; a language whose script is not the text's is left out."""
        return {
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "author": self.author,
            "published_at": self.published_at,
            "language": next((code for code in self.languages if fits_script(code, text)), None),
        }


def page_metadata(tree: Any) -> PageMetadata:
    """Collect what an lxml tree of a page states in JSON-LD, OpenGraph and meta elements."""
    items = list(_json_ld(tree))
    article = next((item for item in items if _is_article(item)), {})
    meta = _meta(tree)
    outlet = _first(meta, _OUTLET_KEYS) or _name(article.get("publisher"), items)
    return PageMetadata(
        url=_article_url(
            [
                *tree.xpath(
                    "//link[contains(concat(' ', translate(@rel, 'CANOIL', 'canoil'), ' '), ' canonical ')]/@href"
                ),
                *meta.get("og:url", ()),
                _string(article.get("url")),
                _string(article.get("mainEntityOfPage")) or _string(_at(article.get("mainEntityOfPage"), "@id")),
            ]
        ),
        outlet=outlet,
        title=_title(tree, article, meta, outlet),
        author=_author(article, meta, items),
        published_at=_fullest_date(
            [
                _string(article.get("datePublished")),
                *(value for key in _DATE_KEYS for value in meta.get(key, ())),
                *tree.xpath("//time[@itemprop='datePublished']/@datetime"),
            ]
        ),
        languages=_languages(tree, article, meta),
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by their lower-case property, name or itemprop, in page order."""
    found: dict[str, list[str]] = {}
    for element in tree.iterfind(".//meta[@content]"):
        content = _string(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = element.get(attribute, "").strip().lower()
            if key and content:
                found.setdefault(key, []).append(content)
    return found


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every top-level item of the page's JSON-LD, lists and `@graph` opened; broken blocks are skipped."""
    for element in tree.iterfind(".//script[@type]"):
        if not element.get("type").strip().lower().startswith("application/ld+json"):
            continue
        try:
            value = json.loads(_SCRIPT_WRAPPING.sub("", element.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        pending = [value]
        while pending:
            item = pending.pop(0)
            if isinstance(item, list):
                pending[:0] = item
            elif isinstance(item, dict):
                yield item
                pending[:0] = [item.get("@graph"), item.get("mainEntity")]


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    return any(
        isinstance(name, str) and _ARTICLE_TYPE.fullmatch(name)
        for name in (types if isinstance(types, list) else [types])
    )


def _string(value: object) -> str | None:
    """Return a JSON or attribute value as a line of text; None for anything but text with something in it."""
    if not isinstance(value, str):
        return None
    return " ".join(_SURROGATE.sub("", unescape(value)).split()) or None


def _at(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _name(value: object, items: list[dict[str, Any]]) -> str | None:
    """Return the names of a person or organisation, given as text, object, reference (`@id`) or list of them."""
    if isinstance(value, list):
        names = [name for name in (_name(one, items) for one in value if not isinstance(one, list)) if name]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        named = _at(value, "name")
        if named is None and (reference := value.get("@id")):
            named = next((item["name"] for item in items if item.get("@id") == reference and "name" in item), None)
        return _string(named[0] if isinstance(named, list) and named else named)
    return _string(value)


def _author(article: dict[str, Any], meta: dict[str, list[str]], items: list[dict[str, Any]]) -> str | None:
    stated = [_name(article.get("author"), items), *(value for key in _AUTHOR_KEYS for value in meta.get(key, ()))]
    # `article:author` is often the address of a profile.
    author = next((value for value in stated if value and "://" not in value), None)
    return _BYLINE.sub("", author, count=1) if author and _BYLINE.match(author) else author


def _title(tree: Any, article: dict[str, Any], meta: dict[str, list[str]], outlet: str | None) -> str | None:
    if title := _string(article.get("headline")) or _string(article.get("name")) or _first(meta, _TITLE_KEYS):
        return title
    headings = tree.findall(".//h1")
    if len(headings) == 1 and (title := _string(headings[0].text_content())):
        return title
    element = tree.find(".//title")
    title = _string(element.text_content()) if element is not None else None
    if title and outlet:
        title = re.sub(rf"\s+[-–—|·:]\s+{re.escape(outlet)}$", "", title)
    return title


def _article_url(candidates: list[str | None]) -> str | None:
    """Return the first that is the web address of one article: absolute, and not of a site's front page."""
    for candidate in candidates:
        try:
            parts = urlsplit((candidate or "").strip())
            host = parts.hostname
        except ValueError:
            continue
        # A front page declared canonical by mistake would give every article of the site one identifier.
        if parts.scheme in {"http", "https"} and host and (parts.path.strip("/") or parts.query):
            return parts.geturl()
    return None


def _fullest_date(candidates: list[str | None]) -> str | None:
    """Return the first readable date with time and zone, else with time, else alone.

    With none readable, the first as written, so that it is reported and not lost.
    """
    stated = [value for value in (_string(candidate) for candidate in candidates) if value]
    readable = [value for value in stated if _is_date(value)]
    fullest = max(readable, key=lambda value: (bool(_TIME.search(value)), bool(_ZONE.search(value))), default=None)
    return fullest or next(iter(stated), None)


def _is_date(value: str) -> bool:
    try:
        parse_published_at(value)
    except SourceError:
        return False
    return True


def _languages(tree: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> tuple[str, ...]:
    stated = [
        _string(article.get("inLanguage")) or _string(_at(article.get("inLanguage"), "alternateName")),
        *tree.xpath("/html/@lang | /html/@*[name()='xml:lang']"),
        *(value for key in ("og:locale", "content-language") for value in meta.get(key, ())),
    ]
    codes: list[str] = []
    for value in stated:
        try:
            codes.append(language_code(_string(value) or ""))
        except SourceError:  # templates are careless with this; detection does better
            continue
    return tuple(codes)
