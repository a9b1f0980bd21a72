"""How a claim says what befell those counted: in a word that the source has, or the question.

The readers tell few fates apart: who died of cholera and who was shot are both `killed`. A claim must not make the one
of the other, so the words nearest to the figure choose; a word that says neither ("dead", "lost their lives") leaves it
to the question's own, and without one to the plainer word.
"""

import re
from typing import NamedTuple

from ingest.lexis import fold
from qa.domain import Draft

_ONTO = r"\b[وفبلك]?(?:ال|لل)?"


class _Way(NamedTuple):
    name: str
    """As the wording has it."""
    words: re.Pattern[str]
    """Folded words that say it."""


def _way(name: str, english: str, arabic: str) -> _Way:
    return _Way(name, re.compile(rf"\b(?:{english})|{_ONTO}(?:{fold(arabic)})"))


_KILLED = _way(
    "killed",
    r"kill|slain|slay|murder|assassinat|execut|behead|massacr|slaughter|lynch|shot dead",
    r"قتل|قتيل|مقتل|يقتل|تقتل|اغتي|اغتال|إعدام|أعدم|ذبح|استشه|شهيد|شهداء",
)
_DIED = _way("died", r"die[ds]?\b|dying|drown|starv|deceased", r"توفي|توفو|وفاة|وفيات|المتوفي|متوفي|تتوف|يتوف|غرق")
_EVACUATED = _way("evacuated", r"evacuat", r"أجل[يتو]|إجلاء|أخل[يتو]|إخلاء")
_SURVIVED = _way("survived", r"surviv|escap", r"نجا|نجو|نجت|ناج|الناج")
_RESCUED = _way("rescued", r"rescu|saved|pulled", r"إنقاذ|أنقذ|انتشال|انتشل")
_BURNED = _way("burned", r"burn|gutted|ablaze", r"أحرق|احترا|احترق|حرق|تحترق|التهم")

_WAYS = {
    "killed": ((_KILLED, _DIED), "died"),
    "displaced": ((_EVACUATED,), "displaced"),
    "rescued": ((_SURVIVED, _RESCUED), "survived"),
    "destroyed": ((_BURNED,), "destroyed"),
}
"""Ways of a fate, and the one that says no more than the fate itself."""


def befallen(draft: Draft, asked: str) -> str | None:
    """What befell those that a draft's figure counts, by the wording's name for it; `None` where nothing is said.

    Args:
        draft: a draft with a figure.
        asked: the question.
    """
    figure = draft.figure
    if figure is None or figure.fate is None:
        return None
    ways, plain = _WAYS.get(figure.fate, ((), figure.fate))
    before, after = (
        fold(draft.article.text[draft.start : figure.start]),
        fold(draft.article.text[figure.end : draft.end]),
    )
    near = [(distance, way.name) for way in ways if (distance := _distance(way, before, after)) is not None]
    if near:
        return min(near)[1]
    return next((way.name for way in ways if way.words.search(fold(asked))), plain)


def _distance(way: _Way, before: str, after: str) -> int | None:
    """Code points between a figure and the nearest word that says something."""
    distances = [len(before) - found.end() for found in way.words.finditer(before)]
    if found := way.words.search(after):
        distances.append(found.start())
    return min(distances, default=None)
