"""What becomes of single drafts, one for each thing the gate looks at."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from ingest.domain import Page
from qa.answer import DroppedClaim
from qa.bootstrap import Service
from qa.domain import Draft, Evidence, Question, RankedPassage, Scores
from qa.drafts import DraftedClaim
from qa.gate import Gate

STORY = (
    "SANA quoted the health ministry as saying at least 28 civilians were killed in the raid. "
    "The Observatory counted 19. "
    "Police denied that 80 people were arrested. The mayor, Salim Haddad, 54, said the bridge would not reopen before "
    "June. The ferry Nawras sank off Dulan on Tuesday. The harbour office said nobody was missing."
)
"""A toll that is relayed, a bare number, a denial, an age, a negation, a name and a day."""


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, opened_over: Callable[..., AbstractContextManager[Service]]
) -> Iterator[Service]:
    """An archive of one story. Read only."""
    folder = tmp_path_factory.mktemp("gate")
    page = Page(source="1", id="story", outlet="Harbour Dispatch", published_at="2020-03-04", text=STORY)
    with opened_over(folder, [page]) as opened:
        yield opened


def check(service: Service, text: str, quote: str, asked: str = "What happened?", **fields: object) -> str:
    """Put a draft to the gate: its fault, `passes`, or `reworded`."""
    checked = put(service, text, quote, asked, **fields)
    if isinstance(checked, DroppedClaim):
        return checked.fault
    return "passes" if checked.written else "reworded"


def put(service: Service, text: str, quote: str, asked: str, **fields: object) -> Draft | DroppedClaim:
    """Put a draft to the gate."""
    article = service.library.archive.get("story")
    scores = Scores(dense=0, lexical=0, names=0)
    passage = RankedPassage(passage_id="p", article=article, start=0, end=len(STORY), score=1, scores=scores)
    question = Question(text=asked, language="en", answer_language="en")
    gate = Gate(Evidence(question=question, passages=(passage,)), {"P1": passage}, service.library)
    claim = {"text": text, "quotes": [{"passage": "P1", "quote": quote}], **fields}
    return gate.check(DraftedClaim.model_validate(claim))


RAID = STORY[: STORY.index(" The Obs")]
MAYOR = "The mayor, Salim Haddad, 54, said the bridge would not reopen before June."
FERRY = "The ferry Nawras sank off Dulan on Tuesday."


@pytest.mark.parametrize(
    ("text", "quote", "fields", "expected"),
    [
        ("The health ministry said at least 28 civilians were killed.", RAID, {"speaker": "health ministry"}, "passes"),
        ("قالت وزارة الصحة إن ما لا يقل عن 28 مدنياً قُتلوا.", RAID, {"speaker": "وزارة الصحة"}, "passes"),
        ("SANA said at least 28 civilians were killed.", RAID, {"speaker": "SANA"}, "wrong_speaker"),
        ("At least 28 civilians were killed.", RAID, {}, "missing_speaker"),
        ("The bridge would not reopen before June.", MAYOR, {"speaker": "Salim Haddad"}, "reworded"),
        ("The health ministry said at least 29 civilians were killed.", RAID, {}, "altered_number"),
        ("The health ministry said 28 civilians were killed.", RAID, {}, "altered_bound"),
        ("The health ministry said at least 28 civilians were wounded.", RAID, {}, "wrong_unit"),
        ("The health ministry said 28 civilians were killed.", "28 civilians were killed", {}, "truncated_quote"),
        ("80 people were arrested.", "80 people were arrested", {}, "truncated_quote"),
        ("Police said 80 people were arrested.", "Police denied that 80 people were arrested.", {}, "unsupported"),
        ("Salim Haddad said the bridge would not reopen before June.", MAYOR, {}, "passes"),
        ("Salim Haddad said the bridge would reopen before June.", MAYOR, {}, "unsupported"),
        ("The mayor, Salim Haddad, 45, said the bridge would not reopen before June.", MAYOR, {}, "unsupported"),
        ("The ferry Nawras sank off Tamsa on Tuesday.", FERRY, {}, "unsupported"),
        ("The ferry Nawras sank off Dulan on Wednesday.", FERRY, {}, "unsupported"),
        ("The hospital Nawras sank off Dulan on Tuesday.", FERRY, {}, "reworded"),
        (FERRY, FERRY, {"speaker": "Harbour Dispatch"}, "passes"),
        (FERRY, FERRY, {"speaker": "Salim Haddad"}, "wrong_speaker"),
        (FERRY, "The ferry Nawras sank off Dulan on Monday.", {}, "quote_not_found"),
        (FERRY, FERRY, {"quotes": [{"passage": "P9", "quote": FERRY}]}, "unknown_passage"),
        (FERRY, FERRY, {"quotes": []}, "quote_not_found"),
    ],
)
def test_each_draft_has_its_due(
    service: Service, text: str, quote: str, fields: dict[str, object], expected: str
) -> None:
    """Right ones pass, in either language; each wrong one is refused for what is wrong with it."""
    assert expected == check(service, text, quote, **fields)


def test_a_relayed_toll_keeps_who_relays_it(service: Service) -> None:
    """The draft that leaves has the article's own attribution, figure and exact quote."""
    draft = put(service, "The health ministry said at least 28 civilians were killed.", RAID, "How many?")

    assert isinstance(draft, Draft)
    assert draft.said
    assert (draft.said.speaker.name, draft.said.via and draft.said.via.name) == ("the health ministry", "SANA")
    assert draft.figure
    assert (draft.figure.value, draft.figure.bound, draft.quote) == (28, "at_least", RAID)


def test_a_cut_quote_is_shown_with_who_speaks(service: Service) -> None:
    """Words quoted without their speaker come with the whole sentence, at its exact place."""
    quote = "at least 28 civilians were killed in the raid"
    draft = put(service, "The health ministry said at least 28 civilians were killed.", quote, "How many?")

    assert isinstance(draft, Draft)
    assert (draft.quote, STORY[draft.start : draft.end]) == (RAID, RAID)


def test_whole_sentences_pass_as_they_stand(service: Service) -> None:
    """Each sentence of the story, drafted as its own claim, passes in these words."""
    for sentence in service.library.archive.get("story").text.split(". "):
        words = f"{sentence.rstrip('.')}."
        assert check(service, words, words) == "passes", words


def test_a_question_that_names_a_speaker_lets_nobody_else_speak(service: Service) -> None:
    """The mayor's words are no answer to what the harbour office said."""
    assert check(service, MAYOR, MAYOR, "What did the harbour office say?") == "wrong_speaker"
    assert check(service, MAYOR, MAYOR, "What did Salim Haddad say?") == "passes"
