"""Speakers' names as a claim writes them: in the service's language where one is known, else as the source does."""

import re

from ingest.aliases import Aliases
from ingest.domain import Article, Speaker
from ingest.language import detect_query_language

_BODIES = frozenset(
    """agency army association authority bank board bureau center centre coalition command commission committee
    committees council court department directorate federation force forces front fund government institute league
    ministry mission monitor movement network observatory office organisation organization parliament party police
    presidency programme secretariat service society union""".split()  # noqa: SIM905 - a word list reads best as running text
)
"""What bodies are called in English that have an article before their names."""

_BARE = frozenset({"agency", "outlet", "person"})
"""Kinds of listed speakers that have none."""

_HEAD = re.compile(r"(\w+)(?:$|,? (?:of|for|on|in|against)\b)")


def name_of(speaker: Speaker, article: Article, *, spoken: str, aliases: Aliases) -> str:
    """A speaker's name at the head of a claim.

    Args:
        speaker: who it is.
        article: the source that names them.
        spoken: the service's language.
        aliases: names of known speakers in both languages.
    """
    names = (speaker.name, speaker.canonical, *aliases.names(speaker.canonical))
    name = next((name for name in names if detect_query_language(name) == spoken), speaker.name)
    if any(char.isdigit() for char in name):
        name = speaker.name  # a number in a name is to stand where readers find it: as the source writes it
    if spoken != "en" or detect_query_language(name) != "en":
        return name
    if _has_article(name, article) or _is_body(name, speaker, aliases):
        name = f"the {name}"
    return name[0].upper() + name[1:]


def _has_article(name: str, article: Article) -> bool:
    """Whether the source writes "the" before a name."""
    at = article.text.find(name)
    while at >= 0:
        if article.text[max(0, at - 4) : at].lower() == "the ":
            return True
        at = article.text.find(name, at + len(name))
    return False


def _is_body(name: str, speaker: Speaker, aliases: Aliases) -> bool:
    """Whether a name is a listed body's, and says in English what the body is: an observatory, a ministry."""
    kind = aliases.kind(speaker.canonical)
    head = _HEAD.search(name)
    return kind is not None and kind not in _BARE and head is not None and head[1].lower() in _BODIES
