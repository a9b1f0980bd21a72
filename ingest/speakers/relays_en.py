"""Who relays whom, where the saying comes after: "SANA, citing the ministry, said …", "Citing it, SANA said …"."""

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Found, Phrase, Sentence
from ingest.speakers.statements_en import rest_of, until
from ingest.speakers.subjects_en import apposed, subject_before

_NEAR = 9
"""Words from the comma to the verb."""


def aside(here: Sentence, index: int, source: Phrase, after: int, bounds: tuple[int, int]) -> Found | None:
    """The attribution that "citing X" between commas makes: X speaks, whoever cites them relays.

    Only a body relays. A person who cites somebody speaks themselves, and so does a body of its own people.

    Args:
        here: the sentence, with what was found before.
        index: the word "citing".
        source: X.
        after: the word after X.
        bounds: first word that may be used, and one past the last.
    """
    floor, end = bounds
    if here.words[source.first].key in en.OWNERS or after >= end or not here.script.barred(after):
        return None
    said = here.found[-1] if here.found else None
    if said and said.shape == "after" and said.begin == index:  # "SANA said, citing X, that"
        rest = after + (here.words[after].key == "that")
        if rest >= end or not _relays(said.subject):
            return None
        here.found.pop()
        return said._replace(subject=source, begin=rest, cue=(said.cue[0], after - 1), via=said.subject)
    leads = index == floor or index in here.script.sentence_starts
    verb = _verb(here, after, end, leads=leads)
    if verb is None or not (leads or here.script.barred(index)):
        return None
    via = subject_before(here, verb - 1, after) if leads else apposed(here, index - 1, floor)
    rest, _ = rest_of(here, verb, end)
    if via is None or not _relays(via) or rest >= end:
        return None
    return Found(source, "after", rest, until(here, index, rest, end), (index, verb), via)


def _relays(via: Phrase) -> bool:
    return not (via.person or via.heading)


def _verb(here: Sentence, after: int, end: int, *, leads: bool) -> int | None:
    """The verb that reports: right after the comma, past adverbs; or after its subject where "citing" leads."""
    for at in range(after, min(end, after + _NEAR)):
        if at > after and here.script.barred(at):
            return None
        key = here.words[at].key
        if key in en.VERBS and (at > after or not leads):
            return at
        if not leads and key not in en.OFTEN | en.DAYS | {"on"}:
            return None
    return None
