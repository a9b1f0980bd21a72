"""A dozen known names for tests of the speaker reader: what `ingest.aliases` offers it, in small."""

import re

from ingest.lexis import fold

_NAMES = {
    "Syrian Observatory for Human Rights": (
        "Syrian Observatory for Human Rights",
        "Syrian Observatory",
        "SOHR",
        "المرصد السوري لحقوق الإنسان",
        "المرصد السوري",
    ),
    "SANA": ("SANA", "Syrian Arab News Agency", "وكالة الأنباء السورية", "وكالة سانا", "سانا"),
    "Reuters": ("Reuters", "رويترز"),
    "Agence France-Presse": ("AFP", "وكالة فرانس برس", "فرانس برس"),
    "World Health Organization": ("World Health Organization", "WHO", "منظمة الصحة العالمية"),
    "UNICEF": ("UNICEF", "يونيسف"),
    "Rami Abdulrahman": ("Rami Abdel Rahman", "رامي عبد الرحمن"),
    "US-led coalition": ("US-led coalition", "التحالف الدولي"),
    "Human Rights Watch": ("Human Rights Watch",),
}
_CANONICAL = {fold(name): canonical for canonical, names in _NAMES.items() for name in names}
_LONGEST_FIRST = sorted((name for names in _NAMES.values() for name in names), key=len, reverse=True)
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w)")


class KnownNames:
    """Exact spellings only."""

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so."""
        return _CANONICAL.get(fold(name))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Known names in a text, with their places."""
        return [(found.start(), found.end(), _CANONICAL[fold(found[0])]) for found in _ANY.finditer(text)]
