"""What an honest model would say: a draft that quotes the sentence which holds the most of the question's words.

It reads what it was sent, as a model does: passages, question, language; and answers the service's other prompts, too.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from evals.fake_model.server import Call, Say
from ingest.aliases import Aliases
from ingest.domain import Attribution
from ingest.figures import read_figures
from ingest.lexis import terms
from ingest.sentences import split_sentences
from ingest.speakers import read_attributions, speaker_of

_PASSAGE = re.compile(r"\[(P\d+)\][^\n]*\n<passage>\n(.*?)\n</passage>", re.DOTALL)
_QUESTION = re.compile(r"\nQuestion: (.*?)\nLanguage of the answer: ([^\n]*)", re.DOTALL)
_TURN = re.compile(r"^user: (.*)$", re.MULTILINE)
_COUNTS = re.compile(r"\bhow (?:many|much)\b|\bكم\b|عدد", re.IGNORECASE)
_FEW = 2
"""Claims of one draft at most."""


class Asked(NamedTuple):
    """What a draft is asked for."""

    question: str
    language: str
    passages: Mapping[str, str]
    """Passages by their markers, best first."""


def asked(call: Call) -> Asked | None:
    """What a call asks to be drafted; `None` where it asks for something else."""
    for message in call.messages:
        content = str(message.get("content"))
        last = content.rfind("</passage>")
        if message.get("role") == "user" and (found := _QUESTION.search(content, max(last, 0))):
            return Asked(found[1].strip(), found[2].strip(), dict(_PASSAGE.findall(content)))
    return None


def honest(call: Call) -> Say:
    """What a careful model says to any prompt of the service."""
    if draft := asked(call):
        return Say(json.dumps(draft_of(draft), ensure_ascii=False))
    content = "\n".join(str(message.get("content")) for message in call.messages if message.get("role") == "user")
    if "<statement>" in content:
        return Say(json.dumps({"reason": "so it is", "carried": True}))
    if "<turns>" in content:
        return Say(json.dumps({"question": _whole_question(content)}, ensure_ascii=False))
    if "<right>" in content:
        return Say(json.dumps({"reason": "so it is", "right": True}))
    return Say(content[:200])


def draft_of(draft: Asked) -> dict[str, Any]:
    """A draft as the schema has it (`qa.drafts`)."""
    words = frozenset(terms(draft.question))
    sentences = [(marker, one, known) for marker, text in draft.passages.items() for one, known in _sentences(text)]
    weights = {word: 1 / (1 + sum(word in known for _, _, known in sentences)) for word in words}
    counts = _COUNTS.search(draft.question) is not None
    scored = [
        (sum(weights[word] for word in words & known) * (2 if counts and read_figures(one) else 1), marker, one)
        for marker, one, known in sentences
        if words & known
    ]
    scored.sort(key=lambda one: one[0], reverse=True)  # of equals, the first
    best = [one for one in scored if one[0] == scored[0][0]][:_FEW]
    claims = [claim(draft.passages[marker], marker, sentence) for _, marker, sentence in best]
    return {"claims": claims, "not_stated": not claims}


def claim(passage: str, marker: str, sentence: str) -> dict[str, Any]:
    """A sentence of a passage as a claim in its own words."""
    figures = [
        {"value": one.value, "unit": one.unit_canonical or one.unit, "bound": one.bound}
        for one in read_figures(sentence)
    ]
    return {
        "text": " ".join(sentence.split())[:1000],
        "speaker": _speaker(passage, sentence),
        "figures": figures,
        "quotes": [{"passage": marker, "quote": sentence}],
    }


@lru_cache(maxsize=4096)
def _sentences(text: str) -> Sequence[tuple[str, frozenset[str]]]:
    found = [text[start:end].strip() for start, end in split_sentences(text)]
    return [(one, frozenset(terms(one))) for one in found if one]


@lru_cache(maxsize=4096)
def _speaker(passage: str, sentence: str) -> str | None:
    """Who the passage gives the sentence to, by its first figure, or by most of it; `None`: to nobody."""
    start = passage.find(sentence)
    end = start + len(sentence)
    figures = read_figures(sentence)
    if figures:
        said = speaker_of(_attributions(passage), start + figures[0].start, start + figures[0].end)
        return said.speaker.name if said else None
    mostly = [one for one in _attributions(passage) if 2 * (min(one.end, end) - max(one.start, start)) > end - start]
    return mostly[0].speaker.name if mostly else None


@lru_cache(maxsize=1024)
def _attributions(text: str) -> Sequence[Attribution]:
    return read_attributions(text, aliases=_aliases(), title=None)


@lru_cache(maxsize=1)
def _aliases() -> Aliases:
    return Aliases.default()


def _whole_question(content: str) -> str:
    last = content.partition("<question>")[2].partition("</question>")[0].strip()
    before = _TURN.findall(content.partition("<turns>")[2].partition("</turns>")[0])
    return f"{before[-1]} {last}" if before else last
