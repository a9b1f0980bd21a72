"""Texts that the service speaks or sends, as files `prompts/NAME/vN.md`; a leaf that imports nothing of ours.

A published version never changes: `checksums.txt` holds the SHA-256 of each, and a test compares
them. To change a text, add the next version.
"""

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Formatter
from typing import NamedTuple

_HEADING = re.compile(r"^## (?P<key>[a-z_.]+)$\n", re.MULTILINE)


class PromptError(ValueError):
    """A prompt does not exist, lacks a text, or was filled in with the wrong fields."""


class Prompt(NamedTuple):
    """One version of a prompt."""

    name: str
    """Name and version: `wording/v1`."""

    text: str
    """The whole file."""

    sha256: str
    """Checksum of the file's bytes, in lower-case hexadecimal."""

    def holds(self, key: str) -> bool:
        """Whether there is a text under the heading `## key`."""
        return key in _parts(self.text)

    def part(self, key: str, **fields: object) -> str:
        """The text under the heading `## key`, with its placeholders filled in.

        Raises:
            PromptError: there is no such heading, or `fields` are not exactly its placeholders.
        """
        parts = _parts(self.text)
        if key not in parts:
            raise PromptError(f"{self.name} has no text {key!r}.")
        wanted = {field for _, field, _, _ in Formatter().parse(parts[key]) if field is not None}
        if wanted != fields.keys():
            raise PromptError(f"{self.name}, {key!r}: placeholders {sorted(wanted)}, given {sorted(fields)}.")
        return parts[key].format(**fields)


@cache
def _parts(text: str) -> dict[str, str]:
    pieces = _HEADING.split(text)
    return {key: body.strip() for key, body in zip(pieces[1::2], pieces[2::2], strict=True)}


@cache
def load(name: str) -> Prompt:
    """Load one version of a prompt by name and version (`wording/v1`).

    Raises:
        PromptError: there is no such file.
    """
    try:
        data = files("prompts").joinpath(f"{name}.md").read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PromptError(f"There is no prompt {name!r}.") from error
    return Prompt(name, data.decode(), sha256(data).hexdigest())
