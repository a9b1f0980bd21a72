"""The lists of news words are sound, and tell what is meant from its opposite, in both languages."""

from importlib.resources import files

import pytest

from qa.gate.senses import opposed, senses_of


def rows(name: str) -> list[list[str]]:
    """The cells of a list's lines."""
    lines = files("qa").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def test_every_sense_has_words_of_both_languages() -> None:
    """Two columns a line, neither of them empty."""
    assert [row for row in rows("senses.tsv") if len(row) != 2 or not all(cell.strip() for cell in row)] == []


def test_opposites_are_known_and_apart() -> None:
    """Each is a word of the list, and no line holds both of a pair."""
    bad = [(one, other) for one, other in rows("opposites.tsv") if not senses_of(one) or not senses_of(other)]
    same = [(one, other) for one, other in rows("opposites.tsv") if senses_of(one) == senses_of(other)]

    assert (bad, same) == ([], [])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("raid", "غارة", True), ("hospital", "عيادة", False), ("killed", "جرح", False), ("children", "أطفال", True)],
)
def test_words_that_say_the_same(one: str, other: str, *, expected: bool) -> None:
    """Across languages, and no two things that news tells apart."""
    assert expected == bool(senses_of(one) & senses_of(other))


def test_an_opposite_is_seen_unless_both_are_said() -> None:
    """What rose has not fallen; a text with both words says neither of the other."""
    assert opposed(["rose"], ["fell"])
    assert not opposed(["rose"], ["fell", "rose"])
    assert not opposed(["rose"], ["school"])
