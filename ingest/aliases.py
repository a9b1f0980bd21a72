"""One name for everybody who speaks in the news, in every spelling of both languages.

The list is data: `ingest/data/speakers.jsonl`, one body or person a line. An installation adds its
own in a file of the same form (`QA_ALIASES`, or `aliases.jsonl` in `QA_DATA_DIR`):

    {"canonical": "Harbour Watch", "kind": "monitor", "names": ["HW", "مرصد الميناء"], "short": ["المرصد"]}
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from ingest.domain import Value
from ingest.errors import SettingsError
from ingest.gazetteer import Found, Gazetteer, Name, words_of
from ingest.settings import Settings

Kind = Literal[
    "agency", "monitor", "un", "ministry", "military", "coalition", "ngo", "government", "party", "armed_group",
    "outlet", "person",
]  # fmt: skip
"""What sort of speaker it is: `agency` a news agency, `monitor` one who counts, `coalition` allied states."""

Spelling = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\w")]


class Body(Value):
    """A body or person that the news quotes."""

    canonical: Spelling
    """Its English name, which stands for all spellings; counts as one of them."""

    kind: Kind
    """What it is."""

    names: tuple[Spelling, ...] = ()
    """Spellings that mean it wherever they stand, in both languages, acronyms in their capitals."""

    short: tuple[Spelling, ...] = ()
    """Spellings that mean it only in an article that names it in full: `the Observatory`, «المرصد»."""

    but_not: tuple[Spelling, ...] = ()
    """Longer phrases that hold one of its names and mean something else: `MENA region`."""


class Line(NamedTuple):
    """One line of a list of names."""

    place: str
    """Where it stands, for messages: `speakers.jsonl, line 3`."""

    text: str
    """What it says."""


class Aliases:
    """The bodies an installation knows. Immutable; safe to share between threads."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Read a list of bodies; a body listed twice has the names of both.

        Raises:
            SettingsError: a line is no body, or gives a name that is another body's; the message names file and line.
        """
        self._bodies: dict[str, Body] = {}
        owners: dict[tuple[str, ...], str] = {}
        for line in lines:
            body = _read(line)
            self._bodies[body.canonical] = _merged(self._bodies.get(body.canonical), body, line)
            for name in (body.canonical, *body.names):
                owner = owners.setdefault(tuple(words_of(name)), body.canonical)
                if owner != body.canonical:
                    raise SettingsError(
                        f"{line.place}: {name!r} is a name of {owner!r} already. Leave it to one of the two, or "
                        f"give it as `short`."
                    )
        self._names = Gazetteer(_names(self._bodies.values()))
        short = [(name, body) for body in self._bodies.values() for name in body.short]
        self._short = Gazetteer(Name(name, name) for name, _ in short)
        self._short_of: dict[str, list[str]] = {}
        for name, body in short:
            self._short_of.setdefault(" ".join(words_of(name)), []).append(body.canonical)

    @classmethod
    def default(cls) -> "Aliases":
        """The bundled list; read once."""
        return _bundled_aliases()

    @classmethod
    def load(cls, *extra: Path) -> "Aliases":
        """The bundled list and an installation's own files.

        Raises:
            SettingsError: a file cannot be read, or one of its lines cannot be used; the message names it.
        """
        return cls([*bundled("speakers.jsonl"), *own(extra)]) if extra else cls.default()

    @classmethod
    def of(cls, settings: Settings) -> "Aliases":
        """The bundled list and what the settings add: `QA_ALIASES`, else `aliases.jsonl` in the data folder.

        Raises:
            SettingsError: as `load`.
        """
        found = settings.data_dir / "aliases.jsonl"
        if settings.aliases is not None:
            return cls.load(settings.aliases)
        return cls.load(found) if found.exists() else cls.default()

    def canonical(self, name: str) -> str | None:
        """The one name of whoever is called so, `None` if unknown.

        Capitals do not matter, nor do "the", «ال», what Arabic writes onto a first word (و ف ب ك ل), hyphens and
        quotation marks. Short names are nobody's on their own.
        """
        return next((listed.canonical for listed in self._names.lookup(name)), None)

    def kind(self, canonical: str) -> Kind | None:
        """What a listed body is."""
        body = self._bodies.get(canonical)
        return body.kind if body else None

    def names(self, canonical: str) -> tuple[str, ...]:
        """All spellings of a listed body that mean it anywhere, its canonical name first."""
        body = self._bodies.get(canonical)
        return (body.canonical, *(name for name in body.names if name != body.canonical)) if body else ()

    def short(self, canonical: str) -> tuple[str, ...]:
        """Spellings that mean a listed body only where it is named in full as well."""
        body = self._bodies.get(canonical)
        return body.short if body else ()

    def find(self, text: str, *, short: bool = False) -> list[Found]:
        """Bodies that a text names, in order, longest names first, with exact offsets; linear time.

        Args:
            text: text as written; a whole article where `short` is set.
            short: find short names too. One that may mean several bodies of the text means the one named last before
                it, else the first named after it.
        """
        found = self._names.find(text)
        return sorted([*found, *self._find_short(text, found)]) if short and found else found

    def _find_short(self, text: str, full: Sequence[Found]) -> Iterator[Found]:
        named = {each.canonical for each in full}
        last: dict[str, int] = {}
        at = 0
        for met in self._short.find(text):
            while at < len(full) and full[at].start < met.end:
                last[full[at].canonical] = at
                at += 1
            if at and full[at - 1].end > met.start:
                continue
            owners = [owner for owner in self._short_of[" ".join(words_of(met.canonical))] if owner in named]
            before = [owner for owner in owners if owner in last]
            if before:
                owner = max(before, key=last.__getitem__)
            elif owners:
                owner = next(each.canonical for each in full[at:] if each.canonical in owners)
            else:
                continue
            yield Found(met.start, met.end, owner, self._bodies[owner].kind)


def bundled(name: str) -> list[Line]:
    """The lines of a list that comes with the package."""
    return _lines(name, files("ingest").joinpath("data", name).read_text(encoding="utf-8"))


def own(paths: Iterable[Path]) -> Iterator[Line]:
    """The lines of an installation's own lists.

    Raises:
        SettingsError: one cannot be read.
    """
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{path}: the list of names cannot be read ({error}). Correct QA_ALIASES or the file."
            ) from error
        yield from _lines(str(path), text)


def _lines(name: str, text: str) -> list[Line]:
    return [Line(f"{name}, line {n}", line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]


@cache
def _bundled_aliases() -> Aliases:
    return Aliases(bundled("speakers.jsonl"))


def _read(line: Line) -> Body:
    try:
        return Body.model_validate(json.loads(line.text))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise SettingsError(f"{line.place}: {field}: {first['msg']}. Correct the line.") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{line.place}: this is no JSON object ({error}). Write one object a line.") from error


def _merged(known: Body | None, body: Body, line: Line) -> Body:
    if known is None:
        return body
    if known.kind != body.kind:
        raise SettingsError(f"{line.place}: {body.canonical!r} is listed as {known.kind!r}, not {body.kind!r}.")
    lists = {field: (*getattr(known, field), *getattr(body, field)) for field in ("names", "short", "but_not")}
    return known.model_copy(update=lists)


def _names(bodies: Iterable[Body]) -> Iterator[Name]:
    for body in bodies:
        for name in dict.fromkeys((body.canonical, *body.names)):
            yield Name(name, body.canonical, body.kind)
        for phrase in body.but_not:
            yield Name(phrase, None)
