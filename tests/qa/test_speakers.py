"""Who speaks is compared across spellings and languages: one speaker, or two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.encoder import bundled_encoder
from ingest.lexis import terms
from qa.offices import lines
from qa.people import person_in
from qa.speakers import Names, Speakers

SAME = """
    the Coast Guard | Sahra Coast Guard
    خفر السواحل | the Coast Guard
    خفر السواحل في صحرا | Coast Guard
    health ministry | Sahra's health ministry
    وزارة الصحة | the health ministry
    وزارة الصحة الصحراوية | the Health Ministry
    وزير الصحة | health minister
    the finance ministry | وزارة المالية
    Civil Protection Authority | هيئة الحماية المدنية
    Civil Aviation Authority | سلطة الطيران المدني
    National Drug Authority | الهيئة الوطنية للدواء
    Forest Service | مصلحة الغابات
    Meteorological Office | مكتب الأرصاد الجوية
    National Seismology Centre | مركز رصد الزلازل
    Audit Bureau | ديوان المحاسبة
    Metalworkers' Union | نقابة عمال المعادن
    Train Drivers' Union | نقابة سائقي القطارات
    Pharmacists' Syndicate | نقابة الصيادلة
    Nurses' Union | نقابة الممرضين
    Teachers' Syndicate | نقابة المعلمين
    election commission | مفوضية الانتخابات
    the High Election Commission | الهيئة العليا للانتخابات
    Consumer Protection Society | جمعية حماية المستهلك
    Chamber of Commerce | غرفة التجارة
    Customs Directorate | مديرية الجمارك
    Constitutional Court | المحكمة الدستورية
    the state prosecutor | the prosecutor
    the central bank | المصرف المركزي
    Sahra's central bank | the Central Bank of Sahra
    fire brigade commander Nabil Fakhri | Nabil Fakhri
    Nabil Fakhri | نبيل فخري
    العقيد نبيل فخري | Colonel Nabil Fakhri
    القبطان لبنى شرف | Captain Lubna Sharaf
    Huda al-Sabbagh | هدى الصباغ
    Tariq al-Mansouri | Tariq al-Mansoori
    Dr Ali Haddad | علي حداد
    Judge Munira al-Shaddad | القاضية منيرة الشداد
    the mayor of Qasr Hadi | رئيس بلدية قصر هادي
    SOHR | المرصد السوري لحقوق الإنسان
    UNICEF | اليونيسف
    the families' committee | لجنة الأهالي
    Citizens' Rights League | رابطة حقوق المواطن
"""
DIFFERENT = """
    health ministry | finance ministry
    وزارة الصحة | وزارة المالية
    health ministry | وزارة المالية
    interior ministry | وزارة الخارجية
    Civil Defence | Civil Protection
    الدفاع المدني | Civil Protection Authority
    Civil Aviation Authority | Civil Protection Authority
    Red Crescent | Red Cross
    الهلال الأحمر | the Red Cross
    health ministry | doctors' union
    نقابة الأطباء | وزارة الصحة
    Salim Haddad | Karim Haddad
    سليم حداد | كريم حداد
    Salim Haddad | كريم حداد
    the army | the navy
    the army | the police
    Coast Guard | border guard
    National Drug Authority | National Electricity Authority
    Teachers' Union | Nurses' Union
    نقابة المعلمين | نقابة الممرضين
    World Bank | Central Bank of Sahra
    Chamber of Commerce | Ministry of Commerce
    Northern Front | Southern Front
    SANA | SNA
    SANA | Syrian Observatory for Human Rights
    the Syrian army | the Iraqi army
    Sahra | Sahra Coast Guard
    the ministry | the coast guard
    Captain Lubna Sharaf | Captain Omar Hijazi
    the governor of Qasr Hadi | the governor of Wadi Noor
    General Idris | General Mansour
    election commission | electricity company
    Forest Service | fire service
    مصلحة الغابات | مصلحة المياه
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = (line.split("|") for line in text.strip().splitlines())
    return [(one.strip(), other.strip()) for one, other in pairs]


@pytest.fixture(scope="module")
def speakers() -> Speakers:
    """Compares with the bundled list of bodies."""
    return Speakers(bundled_encoder(), Aliases.default())


def _known(asked: str) -> frozenset[str]:
    return frozenset(found.canonical for found in Aliases.default().find(asked))


@pytest.mark.parametrize(("one", "other"), _pairs(SAME))
def test_names_of_one_speaker(one: str, other: str, speakers: Speakers) -> None:
    """Spellings, languages, countries and titles do not make two of one."""
    assert speakers.is_one(Names((one,)), Names((other,)))
    assert speakers.is_one(Names((other,)), Names((one,)))


@pytest.mark.parametrize(("one", "other"), _pairs(DIFFERENT))
def test_names_of_two_speakers(one: str, other: str, speakers: Speakers) -> None:
    """A word of their own on both sides makes two of them."""
    assert not speakers.is_one(Names((one,)), Names((other,)))
    assert not speakers.is_asked(Names((one,)), other, _known(other))


@pytest.mark.parametrize(
    ("names", "asked", "expected"),
    [
        (("Ole Solvang", "Human Rights Watch"), "Human Rights Watch's Ole Solvang", True),
        (("Solvang",), "Human Rights Watch's Ole Solvang", True),
        (("Human Rights Watch",), "Human Rights Watch's Ole Solvang", False),
        (("Lama Fakih", "Human Rights Watch"), "Human Rights Watch's Ole Solvang", False),
        (("Human Rights Watch",), "Human Rights Watch", True),
        (("Ole Solvang", "Human Rights Watch"), "Human Rights Watch", True),
        (("سامي خوري", "وزارة المالية"), "Finance Minister Sami Khoury", True),
        (("وزارة المالية",), "Finance Minister Sami Khoury", False),
        (("Karim Khoury",), "Finance Minister Sami Khoury", False),
        (("Sami Khoury",), "وزير المالية سامي خوري", True),
        (("finance ministry",), "وزير المالية سامي خوري", False),
        (("الدكتور وائل الكيالي",), "the health ministry's Dr Wael al-Kayali", True),
        (("وائل الكيلاني",), "the health ministry's Dr Wael al-Kilani", True),
        (("وزارة الصحة",), "the health ministry's Dr Wael al-Kayali", False),
    ],
)
def test_a_person_beside_a_body_is_who_is_asked(
    names: tuple[str, ...], asked: str, *, expected: bool, speakers: Speakers
) -> None:
    """Where a person is named beside a body, the body alone is not the one asked for."""
    assert expected == speakers.is_asked(Names(names), asked, _known(asked))


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("US State Department spokeswoman Jen Psaki", "Jen Psaki"),
        ("Jalwan's transport minister, Hisham al-Abdali", "Hisham al-Abdali"),
        ("Doctors Without Borders' Claire Moreau", "Claire Moreau"),
        ("Claire Moreau", None),
        ("Sahra's Civil Protection Authority", None),
        ("the president of Turkey", None),
        ("the UN Secretary-General", None),
        ("رئيس «الركن للصلب» نبيل سركيس", "نبيل سركيس"),
        ("سيلفيا دالاتوماسينا من منظمة أطباء بلا حدود", "سيلفيا دالاتوماسينا"),
        ("رئيسة مكتب أوتشا في جلوان، إنغريد سولبرغ", "إنغريد سولبرغ"),
        ("رئيس بلدية وادي السدر", None),
        ("المرصد السوري لحقوق الإنسان", None),
        ("", None),
    ],
)
def test_persons_are_found_beside_office_and_body(name: str, person: str | None) -> None:
    """The name that stands after an office or an owner, or before its body."""
    assert person == person_in(name)


def test_the_list_of_offices_is_sound() -> None:
    """Every line has words of both languages in their script, a known sort, and every word a stem of its own."""
    for line in lines():
        assert line.english, line
        assert line.arabic, line
        assert line.sort in {"kind", "role", ""}, line
        assert all(word.isascii() for word in line.english), line
        assert not any(char.isascii() for word in line.arabic for char in word), line
        assert all(terms(word) for word in (*line.english, *line.arabic)), line
    assert len({line.english for line in lines()}) >= len(lines()) - 2  # "general" and "governor" are two words each


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_names_are_compared(one: str, other: str) -> None:
    """Arbitrary names never crash, and a name is its own."""
    speakers = Speakers(bundled_encoder(), Aliases.default())

    speakers.is_asked(Names((one,)), other, frozenset())
    assert speakers.is_one(Names((one,)), Names((one,)))
