"""Whom does a question ask the words of? "How many did the Observatory say …", «… بحسب المرصد».

Each language has its ways to name a speaker (`qa.asked_speaker_en`, `qa.asked_speaker_ar`), of which the first one that
gives a name counts. A document is no speaker: of "the ministry's latest report" the ministry is, of "the final results"
nobody.
"""

from itertools import chain

from ingest.figures.tokens import tokenize
from qa.asked_speaker_ar import named_ar
from qa.asked_speaker_en import named_en

_LONGEST = 120
"""Code points of a name; what is longer is none."""


def asked_speaker(text: str) -> str | None:
    """Who a question asks the words of, as it writes them, with what describes them; `None` where it names nobody.

    Takes time linear in the question's length.
    """
    tokens = tokenize(text)
    for name in chain(named_en(text, tokens), named_ar(text, tokens)):
        if 1 < len(name) <= _LONGEST:
            return name
    return None
