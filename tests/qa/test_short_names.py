"""A short name means the only body of an article that it can mean, in either language; nobody where that is open."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.articles import to_article
from ingest.domain import Page
from ingest.library import Library
from ingest.sentences import split_sentences
from qa.api import create_app
from qa.bootstrap import Service
from qa.findings import Finder


@pytest.fixture(scope="module")
def library(
    opened_over: Callable[..., AbstractContextManager[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The bundled encoder and the known names; nothing is archived."""
    with opened_over(tmp_path_factory.mktemp("short_names")) as service:
        yield service.library


def tolls(library: Library, asked: str, text: str) -> list[float]:
    """The numbers of dead that a text gives by whom a question names."""
    arabic = any("\u0600" <= char <= "\u06ff" for char in asked)
    question = f"كم شخصاً قُتل بحسب {asked}؟" if arabic else f"How many people were killed according to {asked}?"
    article, finder = to_article(Page(source="1", text=text)), Finder.of(question, library)
    found = [one for start, end in split_sentences(text) for one in finder.find(article, start, end)]
    return [one.figure.value for one in found if one.figure]


FIRE = (
    "The Sahlan Fire Service said 12 people were killed in Sahlan. The Vigil Monitoring Group said 15 people were "
    "killed. The Sahlan Health Ministry said 18 people were killed. Engineer Salim Haddad said 9 people were killed."
)
FIRE_AR = (
    "قالت دائرة إطفاء سهلان إن 12 شخصاً قُتلوا في سهلان. وقالت مجموعة «فيجيل» للرصد إن 15 شخصاً قُتلوا. "
    "وقالت وزارة الصحة السهلانية إن 18 شخصاً قُتلوا. وقال المهندس سليم حداد إن 9 أشخاص قُتلوا."
)
TWO = (
    "The health ministry said 18 people were killed. The finance ministry said 20 people were killed. "
    "The Northern Relief Group said 4 people were killed. The Vigil Monitoring Group said 15 people were killed. "
    "Salim Haddad said 9 people were killed. Karim Haddad said 7 people were killed."
)
TWO_AR = (
    "قالت وزارة الصحة إن 18 شخصاً قُتلوا. وقالت وزارة المالية إن 20 شخصاً قُتلوا. "
    "وقال سليم حداد إن 9 أشخاص قُتلوا. وقال كريم حداد إن 7 أشخاص قُتلوا."
)


@pytest.mark.parametrize("text", [FIRE, FIRE_AR], ids=["en", "ar"])
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("the Fire Service", 12),
        ("Vigil", 15),
        ("the group", 15),
        ("the monitoring group", 15),
        ("the ministry", 18),
        ("Haddad", 9),
        ("دائرة الإطفاء", 12),
        ("الإطفاء", 12),
        ("فيجيل", 15),
        ("مجموعة الرصد", 15),
        ("المجموعة", 15),
        ("الوزارة", 18),
        ("حداد", 9),
    ],
)
def test_a_short_name_means_the_only_one_it_can(library: Library, asked: str, expected: float, text: str) -> None:
    """Whose name has all of its words, where nobody else's has."""
    assert tolls(library, asked, text) == [expected]


@pytest.mark.parametrize("text", [FIRE, FIRE_AR], ids=["en", "ar"])
@pytest.mark.parametrize(
    "asked",
    [
        "Sahlan",
        "Salim",
        "the agency",
        "the authorities",
        "the minister",
        "the Norland Fire Service",
        "the finance ministry",
        "سهلان",
        "الوكالة",
        "السلطات",
        "الوزير",
        "وزارة المالية",
    ],
)
def test_others_are_still_refused(library: Library, asked: str, text: str) -> None:
    """A place is not the body in it, a first name nobody, and a word more makes another body."""
    assert tolls(library, asked, text) == []


@pytest.mark.parametrize("text", [TWO, TWO_AR], ids=["en", "ar"])
@pytest.mark.parametrize("asked", ["the ministry", "the group", "Haddad", "الوزارة", "المجموعة", "حداد"])
def test_of_two_it_is_neither(library: Library, asked: str, text: str) -> None:
    """Where a short name can mean two, no guess is made."""
    assert tolls(library, asked, text) == []


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("the ministry", "The finance ministry burned. The health ministry said 18 people were killed."),
        ("the ministry", "The Ministry of Finance burned. The health ministry said 18 people were killed."),
        ("الوزارة", "احترقت وزارة المالية. وقالت وزارة الصحة إن 18 شخصاً قُتلوا."),
    ],
)
def test_another_body_of_the_sort_makes_it_unclear(library: Library, asked: str, text: str) -> None:
    """Also one that the article tells of and does not quote."""
    assert tolls(library, asked, text) == []


@pytest.mark.parametrize("asked", ["the Observatory", "المرصد", "the Syrian Observatory", "المرصد السوري"])
@pytest.mark.parametrize(
    "text",
    [
        "The Syrian Observatory for Human Rights said 54 people were killed. SANA said 30 people were killed.",
        "قال المرصد السوري لحقوق الإنسان إن 54 شخصاً قُتلوا. وقالت وكالة سانا إن 30 شخصاً قُتلوا.",
    ],
    ids=["en", "ar"],
)
def test_a_known_body_has_short_names_too(library: Library, asked: str, text: str) -> None:
    """Beside those that the list of aliases holds."""
    assert tolls(library, asked, text) == [54]


@pytest.mark.parametrize(
    "asked",
    [
        "Human Rights Watch's Ole Solvang",
        "the health ministry spokesman Karim Aoun",
        "المتحدث باسم وزارة الصحة كريم عون",
    ],
)
def test_a_body_does_not_stand_in_for_its_person(library: Library, asked: str) -> None:
    """What a body says with nobody's name is not what a person of it said."""
    text = "Human Rights Watch said 12 people were killed. The health ministry said 18 people were killed."

    assert tolls(library, asked, text) == []


@pytest.mark.parametrize(
    "question",
    [
        "What share of Syrian territory does ISIS hold according to the Observatory?",
        "What percentage of Syria does Islamic State control, as per the Syrian Observatory?",
        "كم نسبة الأراضي السورية التي يسيطر عليها تنظيم داعش بحسب المرصد؟",
    ],
)
def test_a_named_speaker_does_not_make_an_answer_less_sure(seed: Service, question: str) -> None:
    """Who speaks is compared by name: that an article writes it otherwise, or in another script, is no lack of it."""
    with TestClient(create_app(seed)) as client:
        answer = client.post("/v1/ask", json={"question": question}).json()

    assert [(claim["figures"][0]["value"], claim["speaker"]["canonical"]) for claim in answer["claims"]] == [
        (3, "Syrian Observatory for Human Rights")
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What share of Syrian territory does ISIS hold according to SANA?",
        "What percentage of Turkey does Islamic State control according to the Observatory?",
    ],
)
def test_another_speaker_or_place_is_still_refused(seed: Service, question: str) -> None:
    """The right words of another, and the right speaker of another place, answer nothing."""
    with TestClient(create_app(seed)) as client:
        assert client.post("/v1/ask", json={"question": question}).json()["claims"] == []
