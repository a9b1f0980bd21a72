"""Everybody who speaks has one name, in either language, at full length or short."""

import json
import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.errors import SettingsError
from ingest.gazetteer import key_of
from ingest.settings import Settings, read_settings

BODIES = [json.loads(line) for line in files("ingest").joinpath("data/speakers.jsonl").read_text("utf-8").splitlines()]
SOHR = "Syrian Observatory for Human Rights"
OWN = {"canonical": "Harbour Watch", "kind": "monitor", "names": ["HW", "مرصد الميناء"], "short": ["المرصد"]}


def named(text: str, *, short: bool = False) -> list[tuple[str, str]]:
    """Who is named in a text: the words there, and whose they are."""
    return [(text[f.start : f.end], f.canonical) for f in Aliases.default().find(text, short=short)]


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Write an installation's own list."""

    def write(*lines: object) -> Path:
        path = tmp_path / "own.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text("\n".join(texts), encoding="utf-8")
        return path

    return write


def test_the_list_is_sound() -> None:
    """Hundreds of bodies, each once, with names in both languages, in NFC, no name of two."""
    owners: dict[tuple[str, ...], str] = {}
    assert len(BODIES) >= 180
    assert len({body["canonical"] for body in BODIES}) == len(BODIES)
    for body in BODIES:
        names = [body["canonical"], *body.get("names", ())]
        spelled = [*names, *body.get("short", ()), *body.get("but_not", ())]
        assert all(unicodedata.is_normalized("NFC", name) and name == " ".join(name.split()) for name in spelled)
        assert any(re.search("[\u0620-\u064a]", name) for name in names), body["canonical"]
        assert re.search("[A-Za-z]", body["canonical"])
        assert all(owners.setdefault(key_of(name), body["canonical"]) == body["canonical"] for name in names)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: str(body["canonical"]))
def test_every_listed_name_leads_to_its_body(body: dict[str, object]) -> None:
    """Looked up, and found in a sentence of either language."""
    aliases = Aliases.default()
    for name in aliases.names(str(body["canonical"])):
        text = f"و{name} كذلك" if re.match("[\u0620-\u064a]", name) else f"Later {name}, too"
        assert aliases.canonical(name) == body["canonical"]
        assert [found.canonical for found in aliases.find(text)] == [body["canonical"]], name


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("SOHR", SOHR), ("sohr", SOHR), ("the Syrian Observatory", SOHR), ("المرصد السوري لحقوق الإنسان", SOHR),
        ("المرصد السوري لحقوق الانسان", SOHR), ("بالمرصد السوري", SOHR), ("وللمرصد السوري", SOHR),
        ("the «Syrian Observatory»", SOHR), ("سانا", "SANA"), ("لسانا", "SANA"), ("«سانا»", "SANA"),
        ("وكالة (سانا)", "SANA"), ("الدفاع المدني السوري", "Syria Civil Defence"),
        ("الخوذ البيضاء", "Syria Civil Defence"), ("داعش", "Islamic State"),
        ("تنظيم «الدولة الإسلامية»", "Islamic State"),
        ("US led coalition", "US-led coalition"), ("White-Helmets", "Syria Civil Defence"),
        ("WHO", "World Health Organization"),
        ("Russia’s defense ministry", "Russian Defence Ministry"), ("الدفاع الروسية", "Russian Defence Ministry"),
        ("who", None), ("is", None), ("المرصد", None), ("nobody in particular", None),
        ("", None), ("the", None), ("«»", None),
    ],
)  # fmt: skip
def test_a_name_has_one_canonical(name: str, canonical: str | None) -> None:
    """Whatever its language, hyphens, quotation marks, "the" and what Arabic writes onto it."""
    assert Aliases.default().canonical(name) == canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال المرصد السوري لحقوق الإنسان إن 28 مدنياً قتلوا", [("المرصد السوري لحقوق الإنسان", SOHR)]),
        ("ونقلت سانا عن وزارة الصحة السورية", [("سانا", "SANA"), ("وزارة الصحة السورية", "Syrian Health Ministry")]),
        ("IS fighters, ISIS said; it is so", [("IS", "Islamic State"), ("ISIS", "Islamic State")]),
        ("trade in the MENA region", []),
        ("MENA reported", [("MENA", "Middle East News Agency")]),
        ("The National Security Council met", []),
        ("a UN Security Council vote", [("UN Security Council", "UN Security Council")]),
        ("Kataib Hezbollah and Hezbollah", [("Kataib Hezbollah", "Kataib Hezbollah"), ("Hezbollah", "Hezbollah")]),
        ("The observatory on the hill", []),
        ("وأفاد شهود بأن ناساً كثيرين حضروا", []),
    ],
)
def test_bodies_are_found_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    """The longest name wins, and words are left alone."""
    assert expected == named(text)


def test_a_short_name_counts_where_the_full_one_stands() -> None:
    """«المرصد» is nobody's until the article names the Observatory; of several ministries the last named is meant."""
    assert named("وأضاف المرصد", short=True) == []
    assert ("المرصد", SOHR) in named("أفاد المرصد السوري لحقوق الإنسان بذلك. وأضاف المرصد", short=True)
    text = "The Russian Defence Ministry spoke. The Gaza health ministry spoke. The ministry added."
    assert named(text, short=True)[-1] == ("The ministry", "Gaza health ministry")
    assert named("The ministry spoke, said Russia's foreign ministry", short=True)[0][1] == "Russian Foreign Ministry"


def test_an_installation_adds_its_own(listed: Callable[..., Path]) -> None:
    """A new body, and more names of a listed one; the bundled list is as it was."""
    aliases = Aliases.load(listed(OWN, "", {"canonical": SOHR, "kind": "monitor", "names": ["Coventry's Observatory"]}))

    assert aliases.canonical("مرصد الميناء") == "Harbour Watch"
    assert aliases.canonical("Coventry’s Observatory") == SOHR == aliases.canonical("SOHR")
    assert aliases.short("Harbour Watch") == ("المرصد",)
    assert (aliases.names("nobody"), aliases.short("nobody"), aliases.kind("nobody")) == ((), (), None)
    assert Aliases.default().canonical("HW") is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ("7", "the line"),
        ({"canonical": "X"}, "kind"),
        ({"canonical": "X", "kind": "monitor", "name": ["Y"]}, "name: "),
        ({"canonical": "X", "kind": "monitor", "names": [""]}, "names.0"),
        ({"canonical": "X", "kind": "monitor", "names": ["«»"]}, "names.0"),
        ({"canonical": "X", "kind": "monitor", "names": ["sohr"]}, f"'sohr' is a name of '{SOHR}'"),
        ({"canonical": SOHR, "kind": "un"}, "is listed as 'monitor'"),
    ],
)
def test_a_bad_line_is_named(listed: Callable[..., Path], line: object, message: str) -> None:
    """File, line and what is wrong."""
    with pytest.raises(SettingsError, match=r"own\.jsonl, line 2: ") as caught:
        Aliases.load(listed(OWN, line))
    assert message in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or not UTF-8."""
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    for name in ("missing.jsonl", "latin.jsonl"):
        with pytest.raises(SettingsError, match=name):
            Aliases.load(tmp_path / name)


def test_settings_say_where_the_own_list_is(listed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """`QA_ALIASES`, else `aliases.jsonl` in the data folder, else nothing more than the bundled list."""
    path = listed(OWN)
    assert Aliases.of(Settings(data_dir=path.parent)) is Aliases.default()
    monkeypatch.setenv("QA_ALIASES", str(path))
    assert Aliases.of(read_settings()).canonical("HW") == "Harbour Watch"
    monkeypatch.delenv("QA_ALIASES")
    path.rename(path.with_name("aliases.jsonl"))
    assert Aliases.of(Settings(data_dir=path.parent)).canonical("HW") == "Harbour Watch"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text whatever breaks it; spans are names of whom they are said to be."""
    aliases = Aliases.default()
    for found in aliases.find(text):
        assert aliases.canonical(text[found.start : found.end]) == found.canonical
    aliases.find(text, short=True)
    aliases.canonical(text)
