"""Web pages become pages: the article's words, and what the markup states about it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Page
from ingest.errors import SourceError
from ingest.readers.html import page_from_html

PARAGRAPHS = (
    "قتل 54 شخصا بينهم 28 مدنيا في غارة جوية استهدفت بلدة السوسة في محافظة دير الزور بحسب المرصد السوري.",
    "وقال المتحدث باسم التحالف إن التقارير عن سقوط ضحايا مدنيين أحيلت إلى خلية المتابعة من أجل مزيد من التقييم.",
    "وحملت وكالة الأنباء السورية سانا التحالف مسؤولية مقتل نحو ثلاثين مدنيا في البلدة ذاتها يوم الخميس الماضي.",
)


def page(head: str = "", *, lang: str = "ar", heading: str = "<h1>غارة على السوسة</h1>") -> str:
    """Make a page with navigation, an article of three paragraphs, and a footer."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body><nav><a href='/'>الصفحة الرئيسية</a></nav>"
        f"<article>{heading}{body}</article><footer>جميع الحقوق محفوظة نشر في 3 آذار 2011</footer></body></html>"
    )


def read(head: str = "", *, lang: str = "ar") -> Page:
    """Read a page with this head."""
    return page_from_html(page(head, lang=lang), "a.html")


def json_ld(value: object) -> str:
    """Make the script element that carries JSON-LD."""
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Strike on &quot;Sousa&quot;",
    "datePublished": "2018-05-04T10:00:00+03:00",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
    "publisher": {"@type": "Organization", "name": "Enab Baladi"},
    "url": "https://example.com/news/1",
    "inLanguage": "ar-SY",
}


def test_the_article_is_its_paragraphs() -> None:
    """Paragraphs are separated by blank lines; navigation and footer are left out."""
    assert read().text == "\n\n".join(("غارة على السوسة", *PARAGRAPHS))


@pytest.mark.parametrize(
    "shape",
    [
        ARTICLE,
        [{"@type": "BreadcrumbList"}, ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "no"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]},
    ],
)
def test_json_ld_is_read_in_every_shape(shape: object) -> None:
    """Alone, in a list, in a graph, as main entity or with several types, the article's facts are found."""
    actual = read(json_ld(shape))

    expected = Page(
        source="a.html",
        title='Strike on "Sousa"',
        outlet="Enab Baladi",
        author="A. Writer, B. Writer",
        published_at="2018-05-04T10:00:00+03:00",
        url="https://example.com/news/1",
        language="ar",
        text=actual.text,
    )
    assert expected == actual


def test_json_ld_references_are_followed() -> None:
    """A publisher given by `@id` is looked up in the graph."""
    graph = [{**ARTICLE, "publisher": {"@id": "#org"}}, {"@type": "Organization", "@id": "#org", "name": "SANA"}]

    assert read(json_ld({"@graph": graph})).outlet == "SANA"


@pytest.mark.parametrize(
    "block",
    [
        "{bad",
        "[[[[",
        '"text"',
        "null",
        '{"@type": "NewsArticle", "headline": 5, "author": [[]]}',
        '{"@type":"NewsArticle","headline":"\\ud800"}',
    ],
)
def test_broken_json_ld_is_passed_over(block: str) -> None:
    """Blocks that are no JSON, or hold the wrong types, leave the rest of the page to be read."""
    actual = read(f"<script type='application/ld+json'>{block}</script><meta property='og:title' content='T'>")

    assert actual.title == "T"


def test_open_graph_and_meta_are_read() -> None:
    """Without JSON-LD, title, outlet, author, date and address come from OpenGraph and meta elements."""
    actual = read(
        "<meta property='og:title' content='T'><meta property='og:site_name' content='رويترز'>"
        "<meta name='author' content='By A. Writer'>"
        "<meta property='article:published_time' content='2018-05-04T10:00Z'>"
        "<meta property='og:url' content='https://example.com/og'>"
    )

    expected = ("T", "رويترز", "A. Writer", "2018-05-04T10:00Z", "https://example.com/og")
    assert expected == (actual.title, actual.outlet, actual.author, actual.published_at, actual.url)


def test_the_canonical_link_is_the_address() -> None:
    """`rel=canonical` goes before og:url."""
    head = "<meta property='og:url' content='https://e.com/og'><link rel='Canonical' href='https://e.com/news?id=1'>"

    assert read(head).url == "https://e.com/news?id=1"


@pytest.mark.parametrize("href", ["/news/1", "https://e.com/", "https://e.com", "javascript:x", "http://[x", ""])
def test_an_address_shared_or_broken_is_none(href: str) -> None:
    """A relative, broken or front-page canonical link would give many articles one identity; it is not taken."""
    assert read(f"<link rel='canonical' href='{href}'>").url is None


def test_the_fullest_date_is_taken() -> None:
    """A timestamp with a zone goes before a bare date, and what cannot be read is passed over."""
    head = (
        json_ld({"@type": "NewsArticle", "datePublished": "2018-05-04"})
        + "<meta name='date' content='today'>"
        + "<meta property='article:published_time' content='2018-05-04T10:00:00+03:00'>"
    )

    assert read(head).published_at == "2018-05-04T10:00:00+03:00"


def test_no_date_is_taken_from_running_text() -> None:
    """A date in the footer or the story is not the date of publication."""
    assert read().published_at is None


def test_a_stated_date_that_cannot_be_read_is_not_lost() -> None:
    """The date is passed on as written, to be reported."""
    assert read("<meta name='date' content='04/05/2018'>").published_at == "04/05/2018"


def test_the_title_element_is_the_last_resort() -> None:
    """Without any other title it serves, without the outlet's name behind it."""
    head = "<title>Strike - Reuters</title><meta property='og:site_name' content='Reuters'>"

    assert page_from_html(page(head, heading=""), "a.html").title == "Strike"


@pytest.mark.parametrize(
    ("lang", "expected"), [("ar-EG", "ar"), ("AR", "ar"), ("en-US", None), ("xx", None), ("", None)]
)
def test_a_template_s_language_is_checked(lang: str, expected: str | None) -> None:
    """A language is taken if it is a code and can be written in the text's script."""
    assert read(lang=lang).language == expected


@pytest.mark.parametrize(
    "declaration",
    ["<meta charset='windows-1256'>", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>", ""],
)
def test_windows_1256_pages_are_read(declaration: str) -> None:
    """Arabic pages in Windows-1256 come out right, declared or not."""
    actual = page_from_html(page(declaration).encode("cp1256"), "a.html")

    assert actual.text.endswith(PARAGRAPHS[-1])


def test_xhtml_with_a_declaration_is_read() -> None:
    """An XML declaration with an encoding is no obstacle."""
    text = '<?xml version="1.0" encoding="windows-1256"?><html xml:lang="ar"><body><p>قتل 28 مدنيا.</p></body></html>'
    actual = page_from_html(text.encode("cp1256"), "a.xhtml")

    assert (actual.text, actual.language) == ("قتل 28 مدنيا.", "ar")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Short item.</p>", "Short item."),
        ("<p>a &amp; b</p><p>54 dead.</p>", "a & b\n\n54 dead."),
        ("plain", "plain"),
    ],
)
def test_fragments_are_read(html: str, text: str) -> None:
    """A few paragraphs without a page around them are an article too."""
    assert page_from_html(html, "a").text == text


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", "<!-- c -->", "<script>var x = 1</script>"])
def test_pages_without_an_article_are_refused(html: str) -> None:
    """A page with no words in it says so and what to do."""
    with pytest.raises(SourceError, match=r"^a: no article was found.*\.txt") as caught:
        page_from_html(html, "a")

    assert caught.value.reason == "empty"


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "<script type='application/ld+json'>",
        "<meta content='",
        "<html",
        "&#xD800;",
        "<!--",
        "{}",
        "]",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS | st.text(max_size=20), max_size=20).map("".join) | st.binary(max_size=300))
def test_any_markup_is_read_or_refused(html: str | bytes) -> None:
    """Whatever the markup, there is a page with text or a SourceError."""
    try:
        actual = page_from_html(html, "a")
    except SourceError:
        return
    assert actual.text.strip()


def test_tables_and_lists_are_their_words_alone() -> None:
    """A row is a line with a tab between cells, an item a line; no bars, rules or bullets that the page lacks."""
    table = (
        "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Homs</td><td><p>12</p></td></tr></table>"
        "<ul><li>First point of the minister</li><li>Second point of the minister</li></ul>"
    )
    markup = page("", heading="<h1>غارة على السوسة</h1>").replace("</article>", f"{table}</article>")

    text = page_from_html(markup, "a.html").text

    tail = ("Town\tDead", "Homs\t12", "First point of the minister", "Second point of the minister")
    assert text == "\n\n".join(("غارة على السوسة", *PARAGRAPHS, *tail))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>The dead numbered 12</p><p>30 more were hurt.</p>", "The dead numbered 12 30 more were hurt."),
        ("12<br>30", "12 30"),
        ("<ul><li>7 dead</li><li>15 hurt</li></ul>", "7 dead 15 hurt"),
        ("<div>١٢</div><div>٣٠</div>", "١٢ ٣٠"),
        ("the <b>dead</b>, 12", "the dead, 12"),
    ],
)
def test_a_cells_blocks_are_never_glued_together(cell: str, words: str) -> None:
    """Two numbers one above the other in a cell must not become one."""
    table = f"<table><tr><th>Town</th><th>Toll<br>so far</th></tr><tr><td>Homs</td><td>{cell}</td></tr></table>"
    text = page_from_html(page().replace("</article>", f"{table}</article>"), "a.html").text

    assert text.endswith(f"Town\tToll so far\n\nHoms\t{words}")
