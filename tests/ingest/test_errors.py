"""Our errors are one tree, printed in the module's docstring, each with a code of the HTTP contract."""

import inspect
import re

import pytest

from ingest import errors
from ingest.errors import OnRecordError, SourceError

CODES = {"invalid_request", "not_found", "index_unavailable", "internal"}
"""Of the HTTP contract's codes, those that errors of the archive may have."""

CLASSES = [value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, OnRecordError)]


def test_the_docstring_shows_the_tree() -> None:
    """Every class is drawn once, indented below its base, and nothing else is."""
    drawn: list[tuple[str, str]] = []
    above: dict[int, str] = {}
    for indent, name in re.findall(r"^([│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE):
        depth = len(indent) // 4
        above[depth] = name
        drawn.append((name, above.get(depth - 1, "Exception")))

    assert sorted((error.__name__, error.__base__.__name__) for error in CLASSES) == sorted(drawn)


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_error_says_how_to_answer(error: type[OnRecordError]) -> None:
    """A code of the contract, a word on retrying, a docstring."""
    assert error.code in CODES
    assert error.retryable == error.__name__.endswith("UnavailableError")
    assert error.__doc__


def test_a_source_error_carries_its_reason() -> None:
    """The reason is for programs, the text for people."""
    error = SourceError("empty", "a.txt: it holds no text.")

    assert (error.reason, str(error)) == ("empty", "a.txt: it holds no text.")
