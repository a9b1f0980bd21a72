"""Those who speak in an article, each once, whatever it calls them."""

from dataclasses import dataclass, field

from ingest.domain import Speaker
from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Words
from ingest.speakers.words import Script

_WRITTEN_ON = ("وال", "فال", "بال", "كال")
"""«و» and its like before an article: not part of a name."""


@dataclass
class Entity:
    """One who speaks."""

    key: tuple[str, ...]
    """What makes it one: its canonical name, or the words of its name or description."""

    canonical: str | None = None
    """Canonical name, where it is a known one."""

    person: bool = False
    """Whether it is a person."""

    described: bool = False
    """Whether it has no name."""

    plural: bool = False
    """Whether it is many."""

    gender: str = ""
    """"m" or "f" once a verb or pronoun has told."""

    tokens: set[str] = field(default_factory=set)
    """Words it has been called by."""

    places: list[Words] = field(default_factory=list)
    """Where it is named."""

    stands_for: "Entity | None" = None
    """The body that a description turns out to mean: "a monitoring group"."""


def speaker_of_entity(entity: Entity, script: Script, longest: Words | None) -> Speaker:
    """The fullest name an article gives a speaker, and the one name for all spellings.

    `longest` is where the article spells out its known name in full, if anywhere.
    """
    places = [*entity.places, *([longest] if longest else [])]
    texts = dict.fromkeys(_trimmed(script.slice(*place)) for place in places)
    name = max(texts, key=lambda text: (len(text.split()), len(text)))
    return Speaker(name=name, canonical=entity.canonical or _clean(name, described=entity.described))


def _trimmed(text: str) -> str:
    """A name without a bracket that only begins in it, and without «و» or «ف» written onto it."""
    if "(" in text and ")" not in text:
        text = text[: text.index("(")].rstrip() or text
    return text[1:] if text.startswith(_WRITTEN_ON) and text[len("وال") :].strip() else text


def _clean(name: str, *, described: bool) -> str:
    """A name without the article before it and what Arabic writes onto it; descriptions in small letters."""
    first, _, rest = name.partition(" ")
    if first.casefold() in {"the", "a", "an"} and rest:
        name = rest
    if name.startswith("لل") and name[2:].strip():
        name = f"ال{name[2:]}"
    small = name[:1].lower() + name[1:]
    common = described and small.split(" ")[0] in en.SOURCES | en.MODIFIERS | en.OFFICES
    return small if common else name
