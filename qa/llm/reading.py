"""What a model said, read as a value: fenced, among words, after its thoughts, or cut short."""

import json
import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError

V = TypeVar("V", bound=BaseModel)

_THINK, _THOUGHT = "<think>", "</think>"
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
"""A string, which may be cut short, or a bracket."""

_MOST_STARTS = 50
"""Places of a reply where an object may begin."""

_MOST_PROBLEMS = 3
_LONGEST_PROBLEM = 200


class MalformedError(Exception):
    """A reply is no such object; the text says why, in words for the model."""


def value_of(said: str, schema: type[V]) -> V:
    """Read a reply as an object of a schema.

    The whole of it, or the longest object of the schema in a fence or among other words; what stands before the end of
    a model's thoughts is none of it.

    Raises:
        MalformedError: there is no such object.
    """
    text = _aloud(said)
    if not text:
        raise MalformedError("it was empty.")
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        problem = _problem(error)
    for candidate in sorted(_objects(text), key=len, reverse=True):
        try:
            return schema.model_validate_json(candidate)
        except ValidationError as error:
            problem = _problem(error)
    raise MalformedError(problem)


def whole_part(said: str, schema: type[V]) -> V | None:
    """Read of a reply that was cut short what is complete: the whole items of its first list; `None` without any."""
    text = _aloud(said)
    start = text.find("{")
    cut = _after_last_item(text, start) if start >= 0 else None
    if cut is None:
        return None
    try:
        return schema.model_validate_json(text[start:cut] + "]}")
    except ValidationError:
        return None


def _aloud(said: str) -> str:
    """What follows the thoughts; some models begin them without a mark."""
    text = said.strip()
    return text if text.startswith("{") else text.rpartition(_THOUGHT)[2].strip()


def _after_last_item(text: str, start: int) -> int | None:
    """One past the last object that is complete in a list of the outermost object."""
    stack: list[str] = []
    last = None
    for match in _TOKEN.finditer(text, start):
        mark = match[0]
        if mark in {"{", "["}:
            stack.append(mark)
        elif mark in {"}", "]"}:
            stack.pop()
            if not stack:
                break
            if mark == "}" and stack == ["{", "["]:
                last = match.end()
    return last


def _objects(text: str) -> list[str]:
    decoder = json.JSONDecoder()
    found = []
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            break
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found.append(text[at:end])
        at = text.find("{", end)
    return found


def _problem(error: ValidationError) -> str:
    problems = (
        f"{'.'.join(map(str, one['loc'])) or 'the reply'}: {one['msg']}" for one in error.errors()[:_MOST_PROBLEMS]
    )
    return "; ".join(problems)[:_LONGEST_PROBLEM] + "."


class Aloud:
    """Leaves out of a stream the thoughts that it begins with, `<think>…</think>`."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False

    def hear(self, piece: str) -> str:
        """What of a piece, and of those held back before it, is said aloud."""
        if self._begun:
            return piece
        self._held += piece
        start = self._held.lstrip()
        if start.startswith(_THINK):
            _, ended, after = start.partition(_THOUGHT)
            self._begun = bool(ended)
            return after if ended else ""
        if _THINK.startswith(start):
            return ""
        self._begun = True
        return self._held
