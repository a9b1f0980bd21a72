"""Which accounts of one figure stand beside each other: one a voice, of one event, that count the same."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from ingest.articles import to_article
from ingest.domain import Page
from ingest.library import Library
from ingest.sentences import split_sentences
from qa.candidates import Candidate
from qa.domain import RankedPassage, Scores
from qa.event import Event
from qa.findings import Finder
from qa.reading import Said
from qa.requests import AskRequest
from qa.sides import Rated, sides

ASKED = "How many people were killed in the strike on Kassar?"
ASKED_AR = "كم شخصاً قُتل في الغارة على قصار؟"
SOHR = "The Syrian Observatory for Human Rights said {} people were killed in the strike on Kassar."
SANA = "State news agency SANA said {} people were killed in the strike on Kassar."
SOHR_AR = "قال المرصد السوري لحقوق الإنسان إن {} شخصاً قُتلوا في الغارة على قصار."
SANA_AR = "قالت وكالة سانا إن {} شخصاً قُتلوا في الغارة على قصار."
BODY = "Syrian Observatory for Human Rights"
OWN = "A strike on Kassar killed {} people."


@pytest.fixture(scope="module")
def library(
    opened_over: Callable[..., AbstractContextManager[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The bundled encoder and the known names; nothing is archived."""
    with opened_over(tmp_path_factory.mktemp("sides")) as service:
        yield service.library


def page(text: str, day: str = "2021-03-02", outlet: str = "Dispatch", title: str | None = None) -> Page:
    """A report."""
    return Page(source="1", text=text, published_at=day, outlet=outlet, title=title)


def rated(finder: Finder, pages: tuple[Page, ...], sure: float, fall: float) -> Iterator[Rated]:
    """Candidates in the order of their pages, each scored by `fall` below the one before."""
    score = 2.0
    for report in pages:
        article = to_article(report)
        whole = RankedPassage(
            passage_id="p", article=article, start=0, end=len(article.text), score=0.5,
            scores=Scores(dense=0.5, lexical=0.5, names=0.5),
        )  # fmt: skip
        for start, end in split_sentences(article.text):
            for finding in finder.find(article, start, end):
                yield Rated(Candidate(whole, start, end, score, Said(0.5, 0.5), 0.5, finding), sure)
                score -= fall


def told(
    library: Library, question: str, *pages: Page, sure: float = 0.8, fall: float = 0.01
) -> list[tuple[float, int]]:
    """Values and voices of what is told."""
    asked = AskRequest(question=question).to_question()
    finder = Finder.of(question, library)
    found = sides(list(rated(finder, pages, sure, fall)), finder, Event(asked))
    return [(one.rated.figure.value, one.voice) for one in found]


@pytest.mark.parametrize(
    ("question", "first", "second"), [(ASKED, SOHR, SANA), (ASKED_AR, SOHR_AR, SANA_AR), (ASKED, SOHR, SANA_AR)]
)
def test_two_speakers_are_two_sides(library: Library, question: str, first: str, second: str) -> None:
    """Who counts otherwise stands beside the best account, in any language."""
    assert told(library, question, page(first.format(54)), page(second.format(30))) == [(54, 0), (30, 1)]


@pytest.mark.parametrize(
    ("question", "first", "second"), [(ASKED, SOHR, SOHR), (ASKED_AR, SOHR_AR, SOHR_AR), (ASKED, SOHR, SOHR_AR)]
)
def test_one_speaker_is_one_voice(library: Library, question: str, first: str, second: str) -> None:
    """The same speaker says it once; what they said on another day is theirs, too, if it is another figure."""
    again = page(second.format(54), "2021-03-04", "Post")
    before = page(second.format(48), "2021-03-01", "Post")
    same_day = page(second.format(48), "2021-03-02", "Post")

    assert told(library, question, page(first.format(54)), again) == [(54, 0)]
    assert told(library, question, page(first.format(54)), before) == [(54, 0), (48, 0)]
    assert told(library, question, page(first.format(54)), same_day) == [(54, 0)]


def test_the_director_is_the_bodys_voice(library: Library) -> None:
    """What a body and its director say is one voice, and no dispute."""
    director = (
        "The director of the Syrian Observatory for Human Rights, Rami Aoun, said {} people were killed in Kassar."
    )

    assert told(library, ASKED, page(SOHR.format(54)), page(director.format(48), "2021-03-03")) == [(54, 0), (48, 0)]


@pytest.mark.parametrize(
    "other",
    [
        page(SANA.format(30), "2021-04-20"),
        page(SANA.format(30).replace("Kassar", "Tellmar")),
        page(SANA.format(30).replace("were killed", "were wounded")),
        page("State news agency SANA said the strike on Kassar cost 30 million dollars."),
    ],
    ids=["weeks apart", "another town", "another fate", "another thing"],
)
def test_what_is_no_side(library: Library, other: Page) -> None:
    """An account of another event, or of something else, stands beside nothing."""
    assert told(library, ASKED, page(SOHR.format(54)), other) == [(54, 0)]


def test_another_day_than_asked_for_is_no_side(library: Library) -> None:
    """A question that names a day has no side of another one."""
    question = "How many people were killed in Kassar on 2 March 2021?"
    first, second = (text.replace("Kassar", "Kassar on {}") for text in (SOHR, SANA))
    best = page(first.format(54, "2 March 2021"), "2021-03-12")

    assert told(library, question, best, page(second.format(30, "2 March 2021"), "2021-03-12")) == [(54, 0), (30, 1)]
    assert told(library, question, best, page(second.format(30, "11 March 2021"), "2021-03-12")) == [(54, 0)]


def test_another_outlets_own_voice_is_a_side_of_a_toll(library: Library) -> None:
    """What another report counts in its own voice is a side; the same value, or the same outlet, adds none."""
    best = page(SOHR.format(54))

    assert told(library, ASKED, best, page(OWN.format(30), outlet="Post")) == [(54, 0), (30, 1)]
    assert told(library, ASKED, best, page(OWN.format(54), outlet="Post")) == [(54, 0)]
    own = page(OWN.format(54))
    assert told(library, ASKED, own, page(OWN.format(30), "2021-03-03")) == [(54, 0), (30, 0)]
    assert told(library, ASKED, own, page(OWN.format(30), "2021-03-03", "Post")) == [(54, 0), (30, 1)]


def test_the_same_reports_own_voice_is_no_side(library: Library) -> None:
    """An article does not contradict in its own voice what it gives to a speaker."""
    assert told(library, ASKED, page(f"{SOHR.format(54)} {OWN.format(30)}")) == [(54, 0)]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "What was the turnout in the Kassar election?",
            "The electoral commission said turnout in the Kassar election was {} percent.",
            "Turnout in the Kassar election was {} percent.",
        ),
        (
            "ما نسبة المشاركة في انتخابات قصار؟",
            "قالت مفوضية الانتخابات إن نسبة المشاركة في انتخابات قصار بلغت {} في المئة.",
            "وبلغت نسبة المشاركة في انتخابات قصار {} في المئة.",
        ),
    ],
)
def test_own_voice_is_no_side_of_a_share(library: Library, question: str, first: str, second: str) -> None:
    """A share may be of anything: only a speaker's stands beside another one's."""
    assert told(library, question, page(first.format(61)), page(second.format(48), outlet="Post")) == [(61, 0)]
    assert told(library, question, page(first.format(61)), page(f"Rami Aoun said t{second.format(48)[1:]}")) in (
        [(61, 0), (48, 1)],
        [(61, 0)],
    )


def test_an_articles_speaker_for_its_own_figure(library: Library) -> None:
    """Where an article gives to a speaker the figure that it says itself first, the speaker's is the answer."""
    lead = f"{OWN.format(54)} {SOHR.format(54)}"
    asked = AskRequest(question=ASKED).to_question()
    finder = Finder.of(ASKED, library)
    (best,) = sides(list(rated(finder, (page(lead),), 0.8, 0.01)), finder, Event(asked))

    assert best.rated.candidate.finding.said
    assert best.rated.candidate.text == SOHR.format(54)


def test_another_articles_speaker_does_not_stand_for_it(library: Library) -> None:
    """A speaker elsewhere who gives the same figure is not whom an article's own figure comes from."""
    asked = AskRequest(question=ASKED).to_question()
    finder = Finder.of(ASKED, library)
    pages = page(OWN.format(54)), page(SOHR.format(54), outlet="Post")
    best, _ = sides(list(rated(finder, pages, 0.8, 0.01)), finder, Event(asked))

    assert best.rated.candidate.finding.said is None


def test_far_below_or_unsure_is_no_side(library: Library) -> None:
    """An account has to score about as well as the best one of its language, and to be likely itself."""
    pages = page(SOHR.format(54)), page(SANA.format(30))

    assert told(library, ASKED, *pages, fall=0.25) == [(54, 0)]
    assert told(library, ASKED, *pages, sure=0.1) == [(54, 0)]
    assert told(library, ASKED, pages[0], page(SANA_AR.format(30)), fall=0.25) == [(54, 0), (30, 1)]


def test_a_named_speaker_has_one_voice(library: Library) -> None:
    """All that answers a question that names a speaker is that speaker's."""
    question = "How many people were killed in Kassar according to the Syrian Observatory for Human Rights?"

    assert told(library, question, page(SOHR.format(54)), page(SOHR_AR.format(48), "2021-03-03")) == [(54, 0), (48, 0)]
    assert told(library, question, page(SOHR.format(54)), page(SANA.format(30))) == [(54, 0)]


def test_no_more_than_six_are_told(library: Library) -> None:
    """A long dispute is cut off."""
    speakers = ("SANA", "The Red Cross", "Amnesty International", "UNICEF", "The White Helmets", "Hezbollah", "NATO")
    pages = [
        page(f"{name} said {at + 30} people were killed in the strike on Kassar.") for at, name in enumerate(speakers)
    ]

    assert len(told(library, ASKED, *pages)) == 6


def test_the_body_asked_for_speaks_before_its_director(library: Library) -> None:
    """Where an article gives one figure to a body's director and to the body, a question on the body shows the body."""
    question = "How many people did the Syrian Observatory for Human Rights say were killed in the strike on Kassar?"
    director = "“54 people were killed in the strike on Kassar,” said Rami Abdulrahman, director of the {}."
    finder = Finder.of(question, library)
    ranked = list(rated(finder, (page(f"{director.format(BODY)} {SOHR.format(54)}"),), 0.8, 0.01))

    best = sides(ranked, finder, Event(AskRequest(question=question).to_question()))[0]

    said = best.rated.candidate.finding.said
    assert [one.candidate.finding.said.speaker.canonical for one in ranked if one.candidate.finding.said] == [
        "Rami Abdulrahman",
        BODY,
    ]
    assert said
    assert said.speaker.canonical == BODY
