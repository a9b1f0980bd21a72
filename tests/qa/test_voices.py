"""Whose drafts are whose: speakers by their names, articles by their outlets."""

from ingest.articles import to_article
from ingest.domain import Page
from qa.accounts import read_account
from qa.bootstrap import Service
from qa.domain import Draft
from qa.voices import Voices


def draft(service: Service, text: str, outlet: str) -> Draft:
    """A draft that quotes a whole article, with whoever it gives its figure to."""
    article = to_article(Page(source=text, id=text[:8], outlet=outlet, text=text))
    account = read_account(article, service.library.aliases)
    said = account.says(account.figures[0].start, account.figures[0].end)
    return Draft(
        text=text, article=article, passage_id="p", quote=text, start=0, end=len(text), confidence=1, said=said
    )


def test_voices(service: Service) -> None:
    """A body is one voice in both languages; an article's own words are its outlet's; others have their own."""
    voices = Voices(service.library)
    drafts = [
        draft(service, "The Syrian Observatory for Human Rights said 28 civilians were killed.", "Dispatch"),
        draft(service, "قال المرصد السوري لحقوق الإنسان إن 30 مدنياً قُتلوا.", "نبض"),
        draft(service, "SANA said 19 civilians were killed.", "Dispatch"),
        draft(service, "Twelve civilians were killed.", "Dispatch"),
        draft(service, "Two fighters were killed there.", "Dispatch"),
        draft(service, "Nine fighters were killed.", "Herald"),
    ]

    assert [voices.heard(one).voice for one in drafts] == [0, 0, 1, 2, 2, 3]
