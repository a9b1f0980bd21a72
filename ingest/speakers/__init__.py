"""STAND-IN for the speaker reader; dropped when the real one is merged."""

import re
from collections.abc import Sequence

from ingest.aliases import Aliases
from ingest.domain import Attribution, Speaker
from ingest.sentences import split_sentences

_SAID = re.compile(r"\b(?:said|قالت|قال|ذكر)\b")


def read_attributions(text: str, *, aliases: Aliases, title: str | None = None) -> list[Attribution]:  # noqa: ARG001
    """Read attributions: a sentence that holds a known name and a verb is that name's."""
    found = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        names, said = aliases.find(sentence), _SAID.search(sentence)
        if names and said:
            name = names[0]
            spans = (name.start, name.end, said.start(), said.end())
            found.append(
                Attribution(
                    speaker=Speaker(name=sentence[name.start : name.end], canonical=name.canonical),
                    start=start,
                    end=end,
                    cue_start=start + min(spans),
                    cue_end=start + max(spans),
                )
            )
    return found


def speaker_of(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """Who says what stands there."""
    return next((one for one in attributions if one.start <= start and end <= one.end), None)
