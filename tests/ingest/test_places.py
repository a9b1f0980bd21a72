"""Places have one name in either language, and what lies around them is known."""

import json
import re
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SettingsError
from ingest.gazetteer import key_of
from ingest.listed import Line
from ingest.places import Places

PLACES = [json.loads(line) for line in files("ingest").joinpath("data/places.jsonl").read_text("utf-8").splitlines()]


def named(text: str) -> list[tuple[str, str]]:
    """Places named in a text: the words there, and which place it is."""
    return [(text[found.start : found.end], found.canonical) for found in Places.default().find(text)]


def test_the_list_is_sound() -> None:
    """Every country, over 150 places of Syria, names in both languages and in NFC, no name of two."""
    places = Places.default()
    owners: dict[tuple[str, ...], str] = {}
    assert sum(place["kind"] == "country" for place in PLACES) >= 195
    assert sum("Syria" in places.within(place["canonical"]) for place in PLACES) >= 150
    for place in PLACES:
        names = places.names(place["canonical"])
        assert all(unicodedata.is_normalized("NFC", name) and name == " ".join(name.split()) for name in names)
        assert any(re.search("[\u0620-\u064a]", name) for name in names), place
        assert all(owners.setdefault(key_of(name), place["canonical"]) == place["canonical"] for name in names)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place["canonical"]))
def test_every_listed_name_is_found(place: dict[str, str]) -> None:
    """In a sentence of either language; a doubtful one beside a word that says what it is."""
    for name in Places.default().names(place["canonical"]):
        arabic = re.match("[\u0620-\u064a]", name)
        doubtful = name in place.get("doubtful", ())
        text = f"في {'مدينة ' * doubtful}{name} أمس" if arabic else f"in {'the town of ' * doubtful}{name}, today"
        assert place["canonical"] in {canonical for _, canonical in named(text)}, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بدمشق ولحلب وللرقة", [("دمشق", "Damascus"), ("حلب", "Aleppo"), ("للرقة", "Raqqa")]),
        ("قصف على ريف دمشق", [("ريف دمشق", "Rif Dimashq")]),
        ("في بلدة السوسة بدير الزور", [("بلدة السوسة", "Al-Susah"), ("دير الزور", "Deir ez-Zor")]),
        ("Deir Ezzor, Deir el-Zour", [("Deir Ezzor", "Deir ez-Zor"), ("Deir el-Zour", "Deir ez-Zor")]),
        ("Idlib's Saraqeb", [("Idlib", "Idlib"), ("Saraqeb", "Saraqib")]),
        ("Turkey, not turkey", [("Turkey", "Turkey")]),
        ("he told US and us", [("US", "United States")]),
        ("Michael Jordan flew to Jordan", [("Jordan", "Jordan")]),
        ("وقف على الباب", []),
        ("معرض صور في مدينة صور", [("مدينة صور", "Tyre")]),
        ("عاد من مسقط إلى مسقط رأسه", [("مسقط", "Muscat")]),
        ("قرار مالي", []),
        ("القنابل تدمر في طريقها، وفي تدمر آثار", [("تدمر", "Palmyra")]),
        ("دوماً ودومًا ورومانياً", []),
        ("قصف دوما", [("دوما", "Douma")]),
        ("مظاهرات سلمية وهي بصدد الخروج", []),
        ("Salma and Dana spoke", []),
        ("سلطنة عمان وعُمان وعمّان", [("سلطنة عمان", "Oman"), ("عُمان", "Oman"), ("عمّان", "Amman")]),
    ],
)  # fmt: skip
def test_places_are_found_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    """With what is written onto them left out, and everyday words left alone."""
    assert expected == named(text)


def test_a_place_lies_in_others() -> None:
    """Nearest first; what is not listed lies nowhere."""
    places = Places.default()

    assert places.within("Eastern Ghouta") == ("Rif Dimashq", "Syria", "Middle East")
    assert places.within("Kyiv")[0] == "Ukraine"
    assert places.within("Atlantis") == places.names("Atlantis") == ()
    assert (places.canonical("الشام البعيدة"), places.canonical("حلب")) == (None, "Aleppo")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"canonical": "X", "kind": "town", "in": "Nowhere"}, "'Nowhere' is not listed before"),
        ({"canonical": "Land", "kind": "country"}, "listed twice"),
        ({"canonical": "X", "kind": "town", "names": ["land"]}, "'land' is a name of 'Land'"),
        ({"canonical": "X", "kind": "hut"}, "kind"),
    ],
)
def test_a_bad_line_is_named(line: object, message: str) -> None:
    """File, line and what is wrong."""
    lines = [json.dumps({"canonical": "Land", "kind": "country"}), json.dumps(line)]
    with pytest.raises(SettingsError, match=r"^p\.jsonl, line 2: ") as caught:
        Places(Line(f"p.jsonl, line {n}", text) for n, text in enumerate(lines, start=1))
    assert message in str(caught.value)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text whatever breaks it; spans are names of what they are said to be."""
    places = Places.default()
    assert all(places.canonical(text[found.start : found.end]) == found.canonical for found in places.find(text))
