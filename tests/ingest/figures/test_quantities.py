"""What is a quantity, and what is a date, an age, a name, a score, a mark or a pronoun: each rule and its limits."""

import pytest
from snippets import assert_reads

DATED = [
    "The law was passed on 23-04-2016 and again on 01.10.2017.",
    "The siren went off at 6:40 and at 5 p.m. on Monday.",
    "The bulletin was read at 0930 GMT.",
    "It happened on 4 May.",
    "It happened on May 4th.",
    "It happened on the 4th of May 2018.",
    "It happened on Oct. 11 2016, Feb. 23 and July 4, 1776.",
    "It happened on 3 and 4 May and on June 6-8.",
    "On March 30 militants fired at the mast.",
    "In the square on July 25 protesters were gathered.",
    "It followed an August 21 chemical weapons attack.",
    "The war ended in 2019.",
    "He came home and 1999 was quiet.",
    "Since 1990 the river has been dry.",
    "He ruled from 1990 to 2004.",
    "It was built in 2001, 2004 and 2011.",
    "The 2013 attack on the suburb was never explained.",
    "In the 1990s and the 2010s it was closed.",
    "He wrote it in 1066 and lived until 1107.",
    "He held it in 1038 - 40.",
    "It happened on 14 October 326 near the river.",
    "He lived from 973–1048 CE in Khwarazm.",
    "The city fell in AD 79 and rose again in 44 BC.",
    "The treaty of 1648 ended the war.",
    "The plague came back in 1623–25, and again in 1635–36, 1655, and 1664.",
    "World Cup 2022 was played in winter.",
    "وقع الهجوم في 4 أيار/مايو 2018.",
    "وقع الهجوم في الرابع من أيار.",
    "وقع الهجوم في 3 و4 نيسان.",
    "وقع الهجوم عام 1990 وتكرر عام 1991.",
    "انقطع الماء في عامي 1990 و1991.",
    "وُلد سنة 750 وتوفي سنة 820.",
    "حكم من سنة 1157 هـ / 1744 حتى وفاته.",
    "قامت الدولة عام 1037م (429 هـ) في خراسان.",
    "بُنيت المدينة سنة 753 ق.م.",
    "بُنيت المدينة عام 753 قبل الميلاد.",
    "بُني المسجد في القرن الـ19.",
    "بُني المسجد بين القرنين 18 و19.",
    "بُني المسجد في القرن التاسع عشر.",
    "يفتح المعرض الساعة 7 مساء الخميس.",
    "انتهت المعارك في ٢٠١٦/٠٧/٠٧.",
    "كان ذلك بين 1702 و1750 على الأرجح.",
]
AGES = [
    "A 12-year-old boy found the ring.",
    "The girl, 9 years old, found the ring.",
    "Ali Hasan, 35, said the road was shut.",
    "Ali Hasan (35) said the road was shut.",
    "Men aged between 18 and 42 must register.",
    "Women aged 18 to 42 must register.",
    "Ahmed 24 said the street was empty.",
    "It is for pupils between 7 and 12 years old.",
    "The boys, aged seven and nine, were found.",
    "They found a 2,000-year-old horse of jade.",
    "Children under five are vaccinated first.",
    "قال علي حسن (35 عاماً) إن الطريق مغلق.",
    "قال علي حسن، البالغ من العمر 35 عاماً، إن الطريق مغلق.",
    "توفي عن عمر ناهز 82 عاماً.",
    "تبلغ 12 عاماً وتدرس في القرية.",
    "تزوجت في سن 19 وسافرت.",
    "عمره 5 سنوات ويدرس في القرية.",
    "سافر وهو ابن عشرين سنة.",
]
NAMES = [
    "Highway 5 was closed and Route 66 flooded.",
    "Flight MH17 and an F-16 were shown.",
    "The G20 met in Hangzhou.",
    "Resolution 2254 calls for a truce.",
    "Resolutions 2118 and 2235 call for a truce.",
    "Article 5 and articles 9 and 10 were read out.",
    "See page 5, p. 7, Vol. 3 and fig. 2.",
    "A Boeing 747 landed at gate 12.",
    "She lost her iPhone 7 there.",
    "He uses Windows 10 at work.",
    "They hold points 856 and 866 on the ridge.",
    "Channel 4 showed it first.",
    "A category 4 storm hit the coast.",
    "The ferry Nour was moored at pier 3.",
    "The Nawras 2 capsized off the cape.",
    "It was broadcast on 5G.",
    "Call 555-0142 or +963 11 222 3333.",
    "Call (202) 555-0142 for help.",
    "Write to desk24@example.org or see https://example.org/2018/05/04.",
    "The host answers at 192.168.1.1 only.",
    "The verse 2:255 was recited.",
    "عُرض على قناة 24 وعلى القناة 5.",
    "أُغلق الطريق 7 بعد الفيضان.",
    "يدعو القرار 2254 إلى هدنة.",
    "يدعو القرار رقم 2254 إلى هدنة.",
    "نصت المادتان 5 و6 على ذلك.",
    "قرأ الآية 96 من السورة.",
    "هبطت طائرة بوينغ 747 عند البوابة 12.",
    "انعقدت الدورة الـ75 للجمعية.",
    "احتفلوا بالذكرى الـ70 للاستقلال.",
    "فازوا للمرة الـ20.",
    "غرقت العبارة «النورس 2» قبالة الساحل.",
    "خصصت الوزارة الخط الساخن ٥٥٥٠١٤٢ للبلاغات.",
]
MARKS = [
    "They won 2-1 on Sunday.",
    "They won 3–0 at home.",
    "انتهت المباراة 1-1 أمس.",
    "They need (1) food, (2) water and (3) fuel.",
    "1. Food\n2. Water",
    "So it was agreed. 4. Inspectors: they come in May.",
    "The hill lies at 33°30′N, 36.2 E.",
    "يقع التل عند 33,15 شمالاً.",
    "If x = 5 the sum is infinite.",
    "It was updated 2340 20.04.2017.",
    "Get short URL 548 A human rights group spoke.",
    "Topic Read Also 17",
    "The atlas [12] has it.",
]
IDIOMS = [
    "It was one of the worst storms.",
    "No one was hurt.",
    "At one point it looked lost.",
    "One day it will end.",
    "He came and one in the crowd wept.",
    "They spoke to one another.",
    "He said that each one had a key.",
    "Several hundred came.",
    "A few thousand came.",
    "It began at half past seven.",
    "They scored in the second half.",
    "The eastern half of the town is empty.",
    "His half-brother was there.",
    "They came third in the last quarter.",
    "He was born before World War Two.",
    "The Group of Seven met again.",
    "It was the twenty-first time.",
    "It was the one hundred and fiftieth time.",
    "Dozens came.",
    "قال أحد الشهود إن الطريق مغلق.",
    "كان واحداً من أسوأ الأعوام.",
    "وصل بضعة آلاف.",
    "وصل عشرات الآلاف.",
    "وصلت مئات الأسر.",
    "يلتقيان في نصف النهائي.",
    "عاد يوم الاثنين من السفر.",
    "اجتمعت مجموعة العشرين في أنطاليا.",
    "كان الهجوم الحادي والعشرين.",
    "كان الهجوم السابع عشر.",
    "وصلا في آن واحد.",
]


@pytest.mark.parametrize("text", [*DATED, *AGES, *NAMES, *MARKS, *IDIOMS])
def test_what_is_no_quantity_is_left_out(text: str) -> None:
    """Dates, ages, names, marks and idioms state no figure."""
    assert_reads(text)


QUANTITIES: list[tuple[str, tuple[float, ...]]] = [
    # against the rules of dates
    ("In May [[350]] people were displaced.", (350,)),
    ("In May [[30]] people were displaced.", (30,)),
    ("In 2016 [[350]] people were displaced.", (350,)),
    ("In 2016, [[1600]] were displaced.", (1600,)),
    ("The count came to [[1572]].", (1572,)),
    ("The flood killed [[1572]].", (1572,)),
    ("The number of displaced was put at [[1572]].", (1572,)),
    ("More than [[1800]] came.", (1800,)),
    ("The shelling reached [[2000]] houses.", (2000,)),
    ("The shells hit between [[1500]] and [[1800]] houses.", (1500, 1800)),
    ("It cost USD [[1999]] to repair.", (1999,)),
    ("They lost their hens and [[1999]] ducks.", (1999,)),
    ("It cost $[[1999]] to repair.", (1999,)),
    ("It cost ₪[[1500]] to repair.", (1500,)),
    ("وصل [[1500]] من السكان.", (1500,)),
    ("وصل أكثر من [[1500]] أمس.", (1500,)),
    ("وصلت [[2000]] أسرة عام 2016.", (2000,)),
    ("يقع على ارتفاع [[1500]] م.", (1500,)),
    # against the rules of ages
    ("The siege lasted [[12]] years.", (12,)),
    ("The fare is [[35]], she said.", (35,)),
    ("تبلغ الكلفة [[50]] دولاراً.", (50,)),
    ("تبلغ درجة الحرارة [[40]] درجة.", (40,)),
    ("دام الحصار [[12]] عاماً.", (12,)),
    # against the rules of names
    ("They won by points, [[30]] of them late.", (30,)),
    ("Homs reported [[28]] deaths.", (28,)),
    ("The resolution gave them [[30]] days.", (30,)),
    ("The number of dead rose to [[28]].", (28,)),
    ("The group lost [[28]] fighters.", (28,)),
    ("The US-led air force flew [[18]] sorties.", (18,)),
    ("أغلقت الشرطة الطريق [[5]] ساعات.", (5,)),
    ("دفنت المدينة الضحايا الـ[[28]] أمس.", (28,)),
    ("وصل الـ[[28]] جندياً أمس.", (28,)),
    ("تضم المجموعة [[20]] دولة.", (20,)),
    # against the rules of marks
    ("It takes [[2]]-[[3]] hours.", (2, 3)),
    ("The final tally ([[31]]) was read out.", (31,)),
    ("The toll ([[1]]) was read out.", (1,)),
    ("It was [[25]]°C at noon.", (25,)),
    ("The toll has risen to [[86]] [[30]] of them children.", (86, 30)),
    # against the rules of idioms
    ("Bomb Blast Kills [[Seven]] In Old Market Of Aleppo", (7,)),
    ("Only [[one]] of them came back.", (1,)),
    ("[[One]] soldier came back.", (1,)),
    ("[[Five]] were killed in Sarmin and [[one]] in Binnish.", (5, 1)),
    ("They ate [[half]] of the bread.", (0.5,)),
    ("Prices fell by [[half]].", (0.5,)),
    ("[[Seven]] wells were dug.", (7,)),
    ("عادت امرأة [[واحدة]] أمس.", (1,)),
    ("خلال الساعات [[الأربع والعشرين]] الماضية هدأ البحر.", (24,)),
    ("وصل الأطباء [[الثلاثة]] أمس.", (3,)),
    ("احترق [[نصف]] المحصول.", (0.5,)),
]


@pytest.mark.parametrize(("marked", "values"), QUANTITIES)
def test_what_only_looks_like_a_date_or_name_is_read(marked: str, values: tuple[float, ...]) -> None:
    """Each rule that leaves numbers out has its limits: a number that counts something is a quantity."""
    assert_reads(marked, *values)


RUN_TOGETHER = [
    "They fled. 2. Red lines: nobody crossed them. 3. Strikes: none came.",
    "A rocket hurt a 45-years-old woman and a 9-years-old girl.",
    "Get short URL 0 0 0 Syrian troops moved in.",
]


@pytest.mark.parametrize("text", RUN_TOGETHER)
def test_what_pages_run_together_is_no_figure(text: str) -> None:
    """Numbers of a list inside a paragraph, ages with a plural, counters in a row."""
    assert_reads(text)


DUALS = ["قتيلان", "شخصين", "طفلتان", "امرأتين", "ساعتين", "يومين", "منزلان", "قريتين", "مستشفيين", "دبابتين"]
NO_DUALS = [
    "بلدان", "مدنيين", "عاملين", "السكان", "لبنان", "ميلان", "فتيان", "لينين", "كبيرين", "إنسان", "ميدان", "جنين",
    "مسؤولين", "باحثين", "بيان", "تموين", "راكبين", "زائرين", "برلمان", "إيران",
]  # fmt: skip


@pytest.mark.parametrize("noun", DUALS)
def test_a_dual_of_a_known_noun_is_two(noun: str) -> None:
    """Its clitic stays outside."""
    assert_reads(f"تحدثوا عن [[{noun}]] في البلدة.", 2)
    assert_reads(f"وصلوا و[[{noun}]] في البلدة.", 2)


@pytest.mark.parametrize(
    "marked",
    [
        "قُتل [[مدنيان اثنان]] في الغارة.",
        "أصيبت [[امرأتان اثنتان]].",
        "أصاب القصف ب[[قذيفتين اثنتين]] السوق.",
        "قُتل [[شخصان]] يوم الاثنين.",
    ],
)
def test_a_dual_noun_and_its_own_numeral_are_one_figure(marked: str) -> None:
    """The word for two after a dual noun stresses it; the weekday that is spelled alike is no part of it."""
    assert_reads(marked, 2)


@pytest.mark.parametrize("noun", NO_DUALS)
def test_a_word_that_only_ends_like_a_dual_is_no_number(noun: str) -> None:
    """Plurals, names and other words in ان and ين."""
    assert_reads(f"تحدثوا عن {noun} في البلدة.")


def test_the_vowel_tells_a_dual_from_a_plural() -> None:
    """مسؤولَين is two; without its fatha nobody can tell."""
    assert_reads("التقى [[مسؤولَين]] أمس.", 2)
