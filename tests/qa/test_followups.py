"""Follow-ups written out by code, in both languages; and questions that are none."""

from collections.abc import Sequence
from functools import partial
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.aliases import Aliases
from ingest.places import Places
from qa.domain import Turn
from qa.followups import LONGEST, written_out
from qa.parts import Parts

read = partial(Parts, aliases=Aliases.default(), places=Places.default())

SUSAH = "How many civilians did SOHR report killed near al-Susah in May 2018?"
SHOOTING = (
    "How many people did Zamran's Interior Ministry say were killed in the polling-station shooting in Khirbet al-Tin "
    "in May 2018?"
)
IDLIB = "What did the Russian foreign ministry say about the strike on Idlib?"
FERRY = "How many passengers were rescued from the Amal ferry off Cape Dalia in 2019, according to the coast guard?"

SUSAH_AR = "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟"
BRAWL_AR = "كم قتيلاً سقط في الشجار في جسر النسيم يوم الانتخابات النيابية عام 2022؟"
IDLIB_AR = "ماذا قالت وزارة الخارجية الروسية عن قصف إدلب؟"
BRIDGE_AR = "كم شخصاً قُتل في انهيار جسر وادي النور بحسب الهلال الأحمر؟"


def turns(*contents: str) -> list[Turn]:
    """A conversation, the user's turn first."""
    return [Turn(role=("user", "assistant")[at % 2], content=text) for at, text in enumerate(contents)]  # type: ignore[arg-type]


def full(text: str, *before: str) -> str | None:
    """What a question is read as after some turns."""
    return written_out(text, turns(*before), read)


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (SUSAH, "And how many were wounded?", "How many were wounded near al-Susah in May 2018, according to SOHR?"),
        (SUSAH, "How many were wounded?", "How many were wounded near al-Susah in May 2018, according to SOHR?"),
        (SUSAH, "and how many fled?", "How many fled near al-Susah in May 2018, according to SOHR?"),
        (SUSAH, "What about Aleppo?", "How many civilians did SOHR report killed near Aleppo in May 2018?"),
        (SUSAH, "And in Aleppo?", "How many civilians did SOHR report killed near Aleppo in May 2018?"),
        (SUSAH, "How about in Raqqa?", "How many civilians did SOHR report killed near Raqqa in May 2018?"),
        (SUSAH, "And according to SANA?", "How many civilians did SANA report killed near al-Susah in May 2018?"),
        (SUSAH, "And SANA?", "How many civilians did SANA report killed near al-Susah in May 2018?"),
        (SUSAH, "So what did SANA say?", "How many civilians did SANA report killed near al-Susah in May 2018?"),
        (SUSAH, "What about the wounded?", "How many wounded near al-Susah in May 2018, according to SOHR?"),
        (SUSAH, "And the wounded?", "How many wounded near al-Susah in May 2018, according to SOHR?"),
        (SUSAH, "And how many children?", "How many children did SOHR report killed near al-Susah in May 2018?"),
        (SUSAH, "What about children?", "How many children did SOHR report killed near al-Susah in May 2018?"),
        (SUSAH, "How many of them were women?", "How many women did SOHR report killed near al-Susah in May 2018?"),
        (SUSAH, "And in June 2017?", "How many civilians did SOHR report killed near al-Susah in June 2017?"),
        (SUSAH, "And on 4 May?", "How many civilians did SOHR report killed near al-Susah on 4 May 2018?"),
        (SUSAH, "Who said that?", "Who said how many civilians killed near al-Susah in May 2018?"),
        (SUSAH, "And who said so?", "Who said how many civilians killed near al-Susah in May 2018?"),
        (SUSAH, "What is the source of that figure?", "Who said how many civilians killed near al-Susah in May 2018?"),
        (SUSAH, "According to whom?", "Who said how many civilians killed near al-Susah in May 2018?"),
        (
            SUSAH,
            "And how many were wounded in Aleppo?",
            "How many were wounded in Aleppo in May 2018, according to SOHR?",
        ),
        (
            SHOOTING,
            "And how many were wounded?",
            (
                "How many were wounded in the polling-station shooting in Khirbet al-Tin in May 2018, according to "
                "Zamran's Interior Ministry?"
            ),
        ),
        (
            SHOOTING,
            "When did it happen?",
            "When was it that people were killed in the polling-station shooting in Khirbet al-Tin in May 2018?",
        ),
        (
            SHOOTING,
            "Who said that?",
            "Who said how many people were killed in the polling-station shooting in Khirbet al-Tin in May 2018?",
        ),
        (
            SHOOTING,
            "And in 2022?",
            (
                "How many people did Zamran's Interior Ministry say were killed in the polling-station shooting in "
                "Khirbet al-Tin in 2022?"
            ),
        ),
        (IDLIB, "What about Aleppo?", "What did the Russian foreign ministry say about the strike on Aleppo?"),
        (IDLIB, "And according to SANA?", "What did SANA say about the strike on Idlib?"),
        (IDLIB, "What did SANA say?", "What did SANA say about the strike on Idlib?"),
        (IDLIB, "When?", "When – the strike on Idlib?"),
        (
            IDLIB,
            "How many were killed there?",
            "How many were killed there – the strike on Idlib, according to the Russian foreign ministry?",
        ),
        (
            IDLIB,
            "What did he say about it?",
            "What did he say about the strike on Idlib, according to the Russian foreign ministry?",
        ),
        (
            FERRY,
            "And how many are still missing?",
            "How many are still missing from the Amal ferry off Cape Dalia in 2019, according to the coast guard?",
        ),
    ],
)
def test_english(before: str, text: str, expected: str) -> None:
    """What a follow-up leaves out is carried over, and what it names stands in the place of its like."""
    assert expected == full(text, before, "Something was said.")


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (
            SUSAH_AR,
            "وكم عدد الجرحى؟",
            "كم عدد الجرحى في الغارة قرب السوسة في أيار/مايو 2018، بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "كم عدد الجرحى؟",
            "كم عدد الجرحى في الغارة قرب السوسة في أيار/مايو 2018، بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "وكم نزحوا؟",
            "كم نزحوا في الغارة قرب السوسة في أيار/مايو 2018، بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (SUSAH_AR, "ومن قال ذلك؟", "من قال كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "من قال هذا؟", "من قال كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "ومن الذي أعلن ذلك؟", "من قال كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "ما مصدر هذا الرقم؟", "من قال كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "بحسب من؟", "من قال كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (
            SUSAH_AR,
            "وماذا عن حلب؟",
            "كم مدنياً قُتل في الغارة قرب حلب في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "وفي حلب؟",
            "كم مدنياً قُتل في الغارة قرب حلب في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (SUSAH_AR, "وبحسب سانا؟", "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب سانا؟"),
        (SUSAH_AR, "ووفق سانا؟", "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب سانا؟"),
        (SUSAH_AR, "وماذا عن سانا؟", "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب سانا؟"),
        (SUSAH_AR, "وماذا قالت سانا؟", "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب سانا؟"),
        (
            SUSAH_AR,
            "وكم طفلاً؟",
            "كم طفلاً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "وكم منهم أطفال؟",
            "كم من الأطفال قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "وماذا عن الأطفال؟",
            "كم من الأطفال قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "والجرحى؟",
            "كم عدد الجرحى في الغارة قرب السوسة في أيار/مايو 2018، بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (
            SUSAH_AR,
            "وفي حزيران/يونيو 2017؟",
            "كم مدنياً قُتل في الغارة قرب السوسة في حزيران/يونيو 2017 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
        (SUSAH_AR, "متى حدث ذلك؟", "متى قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "ومتى؟", "متى قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "أين وقع ذلك؟", "أين قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (SUSAH_AR, "لماذا؟", "لماذا قُتل في الغارة قرب السوسة في أيار/مايو 2018؟"),
        (
            SUSAH_AR,
            "وكم عدد المفقودين بحسب الدفاع المدني؟",
            "كم عدد المفقودين بحسب الدفاع المدني في الغارة قرب السوسة في أيار/مايو 2018؟",
        ),
        (BRAWL_AR, "وكم عدد الجرحى؟", "كم عدد الجرحى في الشجار في جسر النسيم يوم الانتخابات النيابية عام 2022؟"),
        (BRAWL_AR, "ومن قال ذلك؟", "من قال كم قتيلاً سقط في الشجار في جسر النسيم يوم الانتخابات النيابية عام 2022؟"),
        (
            BRAWL_AR,
            "وبحسب وزارة الداخلية؟",
            "كم قتيلاً سقط في الشجار في جسر النسيم يوم الانتخابات النيابية عام 2022، بحسب وزارة الداخلية؟",
        ),
        (
            BRAWL_AR,
            "وفي عام 2018؟",
            "كم قتيلاً سقط في الشجار في جسر النسيم يوم الانتخابات النيابية في عام 2018؟",
        ),
        (BRAWL_AR, "متى حدث ذلك؟", "متى سقط في الشجار في جسر النسيم يوم الانتخابات النيابية عام 2022؟"),
        (IDLIB_AR, "وماذا عن حلب؟", "ماذا قالت وزارة الخارجية الروسية عن قصف حلب؟"),
        (IDLIB_AR, "وبحسب سانا؟", "ماذا قالت سانا عن قصف إدلب؟"),
        (IDLIB_AR, "وماذا قالت سانا؟", "ماذا قالت سانا عن قصف إدلب؟"),
        (IDLIB_AR, "متى حدث ذلك؟", "متى – قصف إدلب؟"),
        (BRIDGE_AR, "وكم عدد المصابين؟", "كم عدد المصابين في انهيار جسر وادي النور، بحسب الهلال الأحمر؟"),
    ],
)
def test_arabic(before: str, text: str, expected: str) -> None:
    """The same in Arabic."""
    assert expected == full(text, before, "قيل شيء.")


@pytest.mark.parametrize("before", [SUSAH, SHOOTING, IDLIB, SUSAH_AR, BRAWL_AR])
@pytest.mark.parametrize(
    "text",
    [
        "How many houses were destroyed in Homs in 2015?",
        "And what did the Russian ministry say about the earthquake in Turkey?",
        "What happened in Damascus in 2016?",
        "How many pharmacies did the inspectors visit?",
        "How many medals did Norway win at the 2018 Winter Olympics?",
        "Who was put in charge of the official inquiry into the Tell Rukham train crash?",
        "Why did health minister Samira al-Wakil step down after the oxygen deaths in Ayn Rukham?",
        "And how many people were killed in Aleppo in May 2016?",
        "What did the minister say about his resignation?",
        "By how much did wheat prices rise between May and August?",
        "Thanks!",
        "كم منزلاً دُمّر في حمص عام 2015؟",
        "وزارة الصحة: كم حالة كوليرا سُجلت في دير الزور؟",
        "وماذا قال الرئيس الروسي عن الزلزال في تركيا؟",
        "كم هزة ارتدادية سجّلها مركز رصد الزلازل بعد زلزال جبال الرماح؟",
        "ما حصيلة حريق مترو البحيرة؟",
        "كم بئراً حُفرت في الوادي؟",
        "من فاز برئاسة بلدية ميناء سالم؟",
        "وافق البرلمان على الموازنة، فكم بلغ العجز؟",
        "شكراً",
    ],
)
def test_what_stands_by_itself(before: str, text: str) -> None:
    """A question with an event, place or time of its own is left as it is, whatever was spoken of before."""
    assert full(text, before, "…") is None


def test_nothing_to_lean_on() -> None:
    """Without a question before it, or with mere courtesies, a follow-up stays what it is."""
    assert full("And how many were wounded?") is None
    assert full("And how many were wounded?", "Hello!", "Good morning.") is None


def test_chains() -> None:
    """Follow-ups of follow-ups lean on what those were read as."""
    before = (SUSAH, "28 [1].", "And according to SANA?", "About thirty [1].", "What about Aleppo?", "…")

    assert full("And how many were wounded?", *before) == (
        "How many were wounded near Aleppo in May 2018, according to SANA?"
    )


def test_asking_who_said_so_changes_no_subject() -> None:
    """What comes after it leans on what was asked before it."""
    before = (SUSAH, "28 [1].", "And according to SANA?", "About thirty [1].", "Who said that?", "SANA: …")

    assert full("And how many were wounded?", *before) == (
        "How many were wounded near al-Susah in May 2018, according to SANA?"
    )


def test_a_new_subject_is_what_later_follow_ups_lean_on() -> None:
    """Of two subjects the later one counts; what comes between them and says nothing does not."""
    before = (SUSAH, "28 [1].", "How many houses were destroyed in Homs in 2015?", "40 [1].", "Thanks!", "…")

    assert full("And in 2016?", *before) == "How many houses were destroyed in Homs in 2016?"


@pytest.mark.parametrize(
    ("before", "said", "text", "expected"),
    [
        (
            IDLIB,
            "In the archive's own words:\n“The strike was carried out at dawn” [1] (Dispatch, 2018)\n\nSources: …",
            "Who said that?",
            "Who said that The strike was carried out at dawn?",
        ),
        (
            IDLIB_AR,
            "بكلمات الأرشيف نفسها:\n«نُفذت الغارة فجراً» [1] (نبض، 2018-05-04)",
            "ومن قال ذلك؟",
            "من قال إن نُفذت الغارة فجراً؟",
        ),
        (
            IDLIB,
            "As far as could be established, the archive does not say.",
            "Who said that?",
            "Who said – the strike on Idlib?",
        ),
    ],
)
def test_who_said_what_was_answered(before: str, said: str, text: str, expected: str) -> None:
    """Where no figure was asked for, "that" is the first claim of the answer; else what was asked about."""
    assert expected == full(text, before, said)


def test_languages_may_change() -> None:
    """What is known by name in both languages is said in the one that is needed."""
    assert full("وكم عدد الجرحى؟", SUSAH, "…") == (
        "كم عدد الجرحى في السوسة في مايو 2018، بحسب المرصد السوري لحقوق الإنسان؟"
    )
    assert full("And in Aleppo?", SUSAH_AR, "…") == (
        "كم مدنياً قُتل في الغارة قرب حلب في أيار/مايو 2018 بحسب المرصد السوري لحقوق الإنسان؟"
    )


STATION = "How many people were killed at the Karsan bus station?"
STATION_AR = "كم شخصاً قُتل في محطة حافلات كرسان؟"


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (STATION, "And in the Marjan market fire?", "How many people were killed in the Marjan market fire?"),
        (STATION, "And at the Marjan market?", "How many people were killed at the Marjan market?"),
        (STATION, "And during the Marjan market fire?", "How many people were killed during the Marjan market fire?"),
        (STATION, "And after the Marjan earthquake?", "How many people were killed after the Marjan earthquake?"),
        (STATION, "What about the Marjan market fire?", "How many people were killed in the Marjan market fire?"),
        (STATION, "And in the Marjan fire in 2019?", "How many people were killed in the Marjan fire in 2019?"),
        (STATION, "And for the Marjan market fire?", "How many people were killed in the Marjan market fire?"),
        (STATION, "And by the Marjan flood?", "How many people were killed by the Marjan flood?"),
        (STATION, "And at night?", "How many people were killed at the Karsan bus station at night?"),
        (STATION, "And during Ramadan?", "How many people were killed during Ramadan?"),
        (
            SUSAH,
            "And during Ramadan?",
            "How many civilians did SOHR report killed near al-Susah during Ramadan in May 2018?",
        ),
        (STATION, "And in Aleppo?", "How many people were killed in Aleppo?"),
        (STATION, "And after the fire?", "How many people were killed at the Karsan bus station after the fire?"),
        (
            f"According to SOHR, {STATION.lower().replace('karsan', 'Karsan')}",
            "And in the Marjan market fire?",
            "According to SOHR, how many people were killed in the Marjan market fire?",
        ),
        (
            SUSAH,
            "And in the Marjan market fire?",
            "How many civilians did SOHR report killed in the Marjan market fire?",
        ),
        (
            FERRY,
            "And in the Marjan market fire?",
            "How many passengers were rescued in the Marjan market fire, according to the coast guard?",
        ),
        (
            SHOOTING,
            "And in the second shooting?",
            (
                "How many people did Zamran's Interior Ministry say were killed in the second shooting in Khirbet "
                "al-Tin in May 2018?"
            ),
        ),
        (IDLIB, "And the Marjan fire?", "What did the Russian foreign ministry say about the Marjan fire?"),
        (
            IDLIB,
            "And after the earthquake?",
            "What did the Russian foreign ministry say about the earthquake in Idlib?",
        ),
        ("What caused the Karsan bus fire?", "And the Marjan market fire?", "What caused the Marjan market fire?"),
        (STATION_AR, "وفي حريق سوق المرجان؟", "كم شخصاً قُتل في حريق سوق المرجان؟"),
        (STATION_AR, "وماذا عن حريق سوق المرجان؟", "كم شخصاً قُتل في حريق سوق المرجان؟"),
        (STATION_AR, "وأثناء حريق سوق المرجان؟", "كم شخصاً قُتل أثناء حريق سوق المرجان؟"),
        (STATION_AR, "وبعد زلزال المرجان؟", "كم شخصاً قُتل بعد زلزال المرجان؟"),
        (STATION_AR, "وفي حلب؟", "كم شخصاً قُتل في حلب؟"),
        (BRIDGE_AR, "وفي حريق سوق المرجان؟", "كم شخصاً قُتل في حريق سوق المرجان بحسب الهلال الأحمر؟"),
        (SUSAH_AR, "وخلال حريق المرجان؟", "كم مدنياً قُتل خلال حريق المرجان بحسب المرصد السوري لحقوق الإنسان؟"),
    ],
)
def test_another_event(before: str, text: str, expected: str) -> None:
    """A new event or place stands where the old one stood; one with a name brings its own place and time."""
    assert expected == full(text, before, "Something was said.")


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (STATION, "ومن قال ذلك؟", f"من قال: “{STATION}”"),
        (STATION, "وكم عدد الجرحى؟", f"كم عدد الجرحى – “{STATION}”"),
        (STATION, "وفي حريق سوق المرجان؟", f"في حريق سوق المرجان – “{STATION}”"),
        (STATION, "متى حدث ذلك؟", f"متى – “{STATION}”"),
        (STATION, "وفي حلب؟", "How many people were killed in Aleppo?"),
        (IDLIB, "ومن قال ذلك؟", f"من قال: “{IDLIB}”"),
        (SUSAH, "وكم طفلاً؟", f"كم طفلاً – “{SUSAH}”"),
        (SUSAH, "وماذا قالت سانا؟", "How many civilians did SANA report killed near al-Susah in May 2018?"),
        (SUSAH, "وفي حزيران/يونيو 2017؟", "How many civilians did SOHR report killed near al-Susah in June 2017?"),
        (STATION_AR, "Who said that?", f"Who said: «{STATION_AR}»"),
        (STATION_AR, "And how many were wounded?", f"How many were wounded – «{STATION_AR}»"),
        (STATION_AR, "And in the Marjan market fire?", f"In the Marjan market fire – «{STATION_AR}»"),
        (SUSAH_AR, "And SANA?", "كم مدنياً قُتل في الغارة قرب السوسة في أيار/مايو 2018 بحسب سانا؟"),
        (
            SUSAH_AR,
            "And in 2017?",
            "كم مدنياً قُتل في الغارة قرب السوسة في عام 2017 بحسب المرصد السوري لحقوق الإنسان؟",
        ),
    ],
)
def test_scripts_do_not_mix(before: str, text: str, expected: str) -> None:
    """A follow-up in the other language is one question in one script, or quotes the question before as it was put."""
    assert expected == full(text, before, "…")


def test_quotations_do_not_nest() -> None:
    """Of a question that quotes another one, the other is quoted."""
    assert full("And how many fled?", STATION_AR, "…", "And how many were wounded?", "…", "وكم نزحوا؟", "…") == (
        f"How many fled – «{STATION_AR}»"
    )


def test_documents_are_no_questions() -> None:
    """A turn that is a whole document is not read, and not leant on."""
    assert full("And how many were wounded?", "x" * (LONGEST + 1), "…") is None


_WORDS = """And how many were wounded ? What about Aleppo who said that it in May 2018 near al-Susah according to SANA
    وكم منهم عدد الجرحى ؟ ومن قال ذلك وماذا عن حلب بحسب سانا في أيار/مايو 2018 الغارة على 4 « » ،"""
_TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(_WORDS.split()), max_size=25).map(" ".join)


@given(_TEXTS, st.lists(_TEXTS, max_size=6))
def test_any_conversation_is_read(text: str, before: Sequence[str]) -> None:
    """Arbitrary turns never crash, and what comes out is a question of bounded length."""
    found = full(text, *before)

    assert found is None or (found.strip() and len(found) <= 4 * LONGEST)


@pytest.mark.parametrize(
    "piece", ["And how many were wounded in Aleppo, ", "وكم منهم في حلب بحسب سانا ", "according to ", "2018 "]
)
def test_long_turns_take_no_time(piece: str) -> None:
    """Turns as long as are read, and as many, take well under a second."""
    turn = piece * (LONGEST // len(piece))
    started = perf_counter()
    full(turn, *([turn, "…"] * 50))

    assert perf_counter() - started < 1
