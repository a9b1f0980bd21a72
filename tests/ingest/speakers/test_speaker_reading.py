"""Every statement is ascribed to whoever the article says it comes from, and to nobody where it says nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_names import KnownNames

from ingest.domain import Attribution
from ingest.speakers import read_attributions, speaker_of

SOHR = "Syrian Observatory for Human Rights"
NAMES = KnownNames()

BEFORE_EN = [
    ("The finance ministry said 40 schools had closed.", "40", "finance ministry"),
    ("The finance ministry said on Monday that 40 schools had closed.", "40", "finance ministry"),
    ("SANA said that 12 people were killed.", "12", "SANA"),
    ("Officials say 12 people were killed.", "12", "officials"),
    ("A security source told Reuters that 12 people were killed.", "12", "a security source"),
    ("Mayor Lina Haddad told reporters on Sunday that 12 houses fell.", "12", "Lina Haddad"),
    ("The Syrian Observatory for Human Rights, which has a network of activists in Syria, said 9 died.", "9", SOHR),
    ("Omar Nassar, who runs the emergency ward at Tell Amar hospital, said 9 children had died.", "9", "Omar Nassar"),
    ("The port's director, Omar Nassar, said 9 ships had left.", "9", "Omar Nassar"),
    ("The Harbour Pilots' Union said 31 ships were waiting.", "31", "Harbour Pilots' Union"),
    ("The Dalia Red Crescent put the toll at 31.", "31", "Dalia Red Crescent"),
    ("SOHR documented the deaths of 31 civilians.", "31", SOHR),
    ("SOHR counted 31 bodies in the market.", "31", SOHR),
    ("Human Rights Watch recorded 31 strikes in May.", "31", "Human Rights Watch"),
    ("The Meteorology Office gave a figure of 31 millimetres.", "31", "Meteorology Office"),
    ("The union is demanding a rise of 12 per cent.", "12", "union"),
    ("The army denied that 12 villages had fallen.", "12", "army"),
    (
        "In a statement, the World Health Organization said 400 patients were treated.",
        "400",
        "World Health Organization",
    ),
    ("According to the World Health Organization, 400 patients were treated.", "400", "World Health Organization"),
    ("According to activists 400 people fled.", "400", "activists"),
    ("SOHR: 20 killed in raid on market", "20", SOHR),
    ("According to a new toll from the coast guard, 20 boats sank.", "20", "coast guard"),
    ("According to an updated count released on Monday by the coast guard, 20 boats sank.", "20", "coast guard"),
    ("In an updated toll issued by the coast guard, 20 boats sank.", "20", "coast guard"),
    ("In a statement issued by the union, its head Omar Nassar said 20 boats sank.", "20", "Omar Nassar"),
    ("A report from the coast guard said 20 boats sank.", "20", "coast guard"),
    ("Human Rights Watch says in a report issued on Monday that 20 boats sank.", "20", "Human Rights Watch"),
    ("Monitor: 20 killed in raid on market", "20", "monitor"),
    ("The public works ministry said 20 bridges fell.", "20", "public works ministry"),
    ("The public works and housing ministry said 20 bridges fell.", "20", "public works and housing ministry"),
    ("The water works department said 20 bridges fell.", "20", "water works department"),
    ("The Arts and Works agency said 20 bridges fell.", "20", "Arts and Works agency"),
    ("According to the ministry of public works, 20 bridges fell.", "20", "ministry of public works"),
    ("Omar Nassar, a doctor who works at the ministry, said 20 fell.", "20", "Omar Nassar"),
]
AFTER_EN = [
    ("At least 12 people were killed, the Syrian Observatory for Human Rights said.", "12", SOHR),
    ("At least 12 people were killed the Syrian Observatory for Human Rights said", "12", SOHR),
    ("At least 12 people were killed on Friday, SANA reported.", "12", "SANA"),
    ("At least 12 people were killed, according to the Syrian Observatory for Human Rights.", "12", SOHR),
    ("At least 12 people were killed, according to the latest tally from SOHR.", "12", SOHR),
    ("At least 12 people were killed, according to figures compiled by SOHR.", "12", SOHR),
    ("At least 12 people were killed, according to a new report by SOHR.", "12", SOHR),
    ("At least 12 people were killed, in a new toll released by SOHR.", "12", SOHR),
    ("At least 12 people were killed according to a Police Command source", "12", "a Police Command source"),
    ("Twelve shells hit 3 districts a source at the Police Command told SANA", "3", "a source at the Police Command"),
    ("The strike killed 12 people in Aleppo SANA reported on Sunday.", "12", "SANA"),
    ("The strike killed 12 people in northern Homs activists say.", "12", "activists"),
    ('"We buried 12 people today," said Omar Nassar, a teacher.', "12", "Omar Nassar"),
    ('"We buried 12 people today" said Omar Nassar director of the Tell Amar hospital', "12", "Omar Nassar"),
    ("“We buried 12 people today,” she said. Hala Odeh left.", "12", None),
    ("“We buried 12. Nobody helped us,” said Hala Odeh, a nurse.", "12", "Hala Odeh"),
    ("‘We buried 12 people,’ Hala Odeh said.", "12", "Hala Odeh"),
    ("«We buried 12 people», said Hala Odeh.", "12", "Hala Odeh"),
    (
        "The water rose after 94 millimetres of rain fell, the weather office said, more than ever.",
        "94",
        "weather office",
    ),
    ("Profits fell 12 per cent, the company announced on Tuesday, blaming the drought.", "12", "company"),
    ("Three people died, said Dr Rula Antar, the head of surgery.", "Three", "Rula Antar"),
    ("The raid killed 12 people and was one of the worst local residents said.", "12", "local residents"),
    (
        "The fee could rise by 2 million, according to a person familiar with the talks.",
        "2",
        "a person familiar with the talks",
    ),
    ("Some 20 fighters died, SOHR director Rami Abdel Rahman said.", "20", "Rami Abdulrahman"),
    ("Some 20 fighters died in Hama Observatory head Rami Abdel Rahman told AFP.", "20", "Rami Abdulrahman"),
    ("20 killed in raid on market - monitor", "20", "monitor"),
    ("Shells fell on the port claiming the lives of 20 people Dalia TV reports.", "20", "Dalia TV"),
    ("A bomb killed 20 hospital staff activists in the town reported.", "20", "activists in the town"),
    ("Some 40 bridges fell, according to the public works ministry.", "40", "public works ministry"),
    ("Some 40 bridges fell, said the public works ministry.", "40", "public works ministry"),
    ("A hospital was hit and 8 patients died SANA said citing a medical source.", "8", "a medical source"),
]
ACROSS_EN = [
    ("The Syrian Observatory for Human Rights reported a raid. It said 28 died.", "28", SOHR),
    ("The Syrian Observatory for Human Rights reported a raid. The Observatory said 28 died.", "28", SOHR),
    ("The Syrian Observatory for Human Rights reported a raid. The group said 28 died.", "28", SOHR),
    (
        "The Syrian Observatory for Human Rights reported a raid. The Britain-based monitor added that 28 died.",
        "28",
        SOHR,
    ),
    ("Omar Nassar, the mayor, told reporters the town was calm. He added that 28 had left.", "28", "Omar Nassar"),
    ("Omar Nassar, the mayor, told reporters the town was calm. Nassar added that 28 had left.", "28", "Omar Nassar"),
    ("Hala Odeh told AFP the road was shut. “We lost 28 cows.”", "28", "Hala Odeh"),
    ("“We have nothing,” Hala Odeh said. “The flood took 28 cows.”", "28", "Hala Odeh"),
    ("The Foreign Ministry opened 58 centres. The ministry put the cost at $2 million.", "$2", "Foreign Ministry"),
    ("The Doctors' Relief Network (DRN) works in Dalia. DRN said 28 died.", "28", "Doctors' Relief Network"),
    (
        "At least 28 died, a monitoring group said. The Syrian Observatory for Human Rights said more were missing.",
        "28",
        SOHR,
    ),
    ("A military source said the army advanced. The source added that 28 fighters died.", "28", "a military source"),
    ("The army advanced, it said on Monday, and 28 fighters died.", "nothing", None),
    (
        "The Dalia 24 monitoring group said a bomb fell. SOHR spoke of 2. Some 28 died the group said.",
        "bomb",
        "Dalia 24 monitoring group",
    ),
    (
        "Huda Salem, the mayor, said it fell. She said 3 left. Omar Nassar built it. “I sold 28,” he told the judges.",
        "28",
        "Omar Nassar",
    ),
    ("Rukn Steel will shed 640 jobs, the company announced on Tuesday.", "640", "Rukn Steel"),
]
NESTED_EN = [
    ("SANA quoted the health ministry as saying that 28 people died.", "28", "health ministry", "SANA"),
    (
        "Shells wounded 28 people SANA quoted a source at the Police Command as saying.",
        "28",
        "a source at the Police Command",
        "SANA",
    ),
    ("A doctor told Reuters that 28 people died.", "28", "a doctor", "Reuters"),
    ("Shells wounded 28 people a source said in a statement to SANA.", "28", "a source", "SANA"),
    ("SANA reported 28 deaths, citing a medical source.", "28", "a medical source", "SANA"),
    ("SANA, citing the health ministry, said 28 people were killed.", "28", "health ministry", "SANA"),
    ("SANA said, citing the health ministry, that 28 people were killed.", "28", "health ministry", "SANA"),
    ("Citing a security source, SANA reported on Monday that 28 died.", "28", "a security source", "SANA"),
    ("Reuters, quoting two officials familiar with it, said 28 died.", "28", "two officials", "Reuters"),
    ("SANA said 12 died. The agency, citing a police source, said 28 were hurt.", "28", "a police source", "SANA"),
    ("Mayor Lina Haddad, citing the health ministry, said 28 died.", "28", "Lina Haddad", None),
    ("SANA, citing its correspondents, said 28 people were killed.", "28", "SANA", None),
    ("The US-led coalition said it may have struck a town where, according to SOHR, 28 people died.", "28", SOHR, None),
    (
        "The Observatory for Ports said 12 ships left, while the coast guard said 28 did.",
        "12",
        "Observatory for Ports",
        None,
    ),
    ("The Observatory for Ports said 12 ships left, while the coast guard said 28 did.", "28", "coast guard", None),
    ("The charity, whose head, Omar Nassar, calls it a lie, says 28 vials are left.", "28", "charity", None),
]
NOBODY_EN = [
    ("I have said before that 28 people came.", "28"),
    ("According to a new toll, 28 people came.", "28"),
    ("In a count of the boats, 28 were missing.", "28"),
    ("SOHR said the town fell. At least 28 people died there in May.", "28"),
    ("At least 28 people were reportedly killed.", "28"),
    ("The group claimed responsibility for the attack that killed 28 people.", "28"),
    ("Some 28 people are said to have died.", "28"),
    ("The attack has claimed the lives of 28 people.", "28"),
    ("The ministry did not say how 28 people died.", "28"),
    ("Huda Salem, the mayor, said it fell. She said 3 left. “I sold 28,” he told the judges.", "28"),
    ("Omar Nassar, the mayor, said it fell. He said 3 left. “I sold 28,” she told the judges.", "28"),
    ("The court ordered him to repay 28 million dinars.", "28"),
    ("The mayor opened a school with 28 classrooms in Dalia on Monday.", "28"),
]
BEFORE_AR = [
    ("أعلن جهاز إنقاذ المناجم أن 12 عاملاً قُتلوا.", "12", "جهاز إنقاذ المناجم"),
    ("أعلن مصدر مقتل القائد و12 جندياً.", "12", "مصدر"),
    ("قالت مجموعة السبع إن 12 دولة وافقت.", "12", "مجموعة السبع"),
    ("ورداً على نواب طالبوا برحيلها، قالت حاكمة المصرف هالة منصور إنها باعت 12 سفينة.", "12", "هالة منصور"),
    ("قال المرصد السوري لحقوق الإنسان إن 54 شخصاً قتلوا.", "54", SOHR),
    ("وذكر المرصد السوري لحقوق الإنسان، أن 54 شخصا قتلوا.", "54", SOHR),
    ("وَذَكَرَ المَرْصَدُ السُّورِيُّ لِحُقُوقِ الإِنْسَانِ أَنَّ 54 شخصاً قتلوا.", "54", SOHR),
    ("وأحصى المرصد السوري لحقوق الإنسان 54 قتيلاً في الغارة.", "54", SOHR),
    ("ووثّقت رابطة أطباء الساحل مقتل 54 مدنياً.", "54", "رابطة أطباء الساحل"),
    ("ويقدّر اتحاد الصيادين الخسائر بنحو 54 مليون ليرة.", "54", "اتحاد الصيادين"),
    ("تحدثت وكالة سانا عن مقتل 54 مدنياً.", "54", "SANA"),
    ("والخميس حمّلت وكالة سانا التحالف مسؤولية مقتل 54 مدنياً.", "54", "SANA"),
    ("أعلن خفر السواحل في دالية، الخميس، ارتفاع الحصيلة إلى 54 قتيلاً.", "54", "خفر السواحل"),
    ("وأكدت وزيرة الزراعة هند البستاني أن 54 قرية تضررت.", "54", "هند البستاني"),
    ("وقال مدير المستشفى، الدكتور سليم عون، إن 54 جريحاً وصلوا.", "54", "سليم عون"),
    ("وقال العقيد طارق شاهين، قائد الشرطة، إن 54 رجلاً أوقفوا.", "54", "طارق شاهين"),
    ("أما نقابة الصيادلة فأكدت أن 54 صيدلية أغلقت.", "54", "نقابة الصيادلة"),
    ("أما منظمة «أطباء البحر» فقالت إن 54 مريضاً توفوا.", "54", "منظمة «أطباء البحر»"),
    ("وطعنت في الرقم شبكة «بصر» للمراقبين التي قدّرت النسبة بـ54 في المئة.", "54", "شبكة «بصر»"),
    ("بينما تقول البلدية إن عدد القتلى 54.", "54", "البلدية"),
    ("وكانت هيئة الموانئ قد أعلنت انتشال 54 جثة.", "54", "هيئة الموانئ"),
    ("وتصر شركة المياه على أن عدد المشتركين 54 ألفاً.", "54", "شركة المياه"),
    ("وجاء في البيان ما يلي. وقالت أم سمير، وهي أرملة: «فقدنا 54 رأس غنم».", "54", "أم سمير"),
    ("المرصد السوري لحقوق الإنسان: مقتل 54 مدنياً في غارة", "54", SOHR),
    ("بحسب المرصد السوري لحقوق الإنسان، قتل 54 شخصاً.", "54", SOHR),
    ("وأعلن مصدر أمني لوكالة فرانس برس أن 54 شخصاً قتلوا.", "54", "مصدر أمني"),
]
AFTER_AR = [
    ("قُتل 12 عاملاً، بحسب ما أعلن جهاز إنقاذ المناجم.", "12", "جهاز إنقاذ المناجم"),
    ("قُتل 12 عاملاً، بحسب حصيلة جديدة صادرة عن وزارة الصحة.", "12", "وزارة الصحة"),
    ("صوّت أعضاء لجنة السياسة النقدية السبعة لمصلحة القرار، وفق بيان اللجنة.", "القرار", "لجنة السياسة النقدية"),
    ("قتل 54 شخصاً في الغارة، بحسب المرصد السوري لحقوق الإنسان.", "54", SOHR),
    ("قتل 54 شخصاً في الغارة، وفق ما أعلنت وزارة الصحة.", "54", "وزارة الصحة"),
    ("قتل 54 شخصاً في الغارة، على ما أفاد به مصدر طبي.", "54", "مصدر طبي"),
    ("قتل 54 شخصاً في الغارة، كما أعلنت الشرطة.", "54", "الشرطة"),
    ("قتل 54 شخصاً في الغارة، حسبما ذكرت وكالة سانا.", "54", "SANA"),
    ("قتل 54 شخصاً في الغارة، وفق بيان للجيش.", "54", "الجيش"),
    ("قتل 54 شخصاً في الغارة، بحسب تقدير أولي نشره مكتب الإحصاء.", "54", "مكتب الإحصاء"),
    ("بيع الدولار بـ54 ليرة، بحسب نقيب الصرافين جورج عطا الله.", "54", "جورج عطا الله"),
    ("«فقدنا 54 بقرة»، قال المزارع حسن قبيسي.", "54", "حسن قبيسي"),
    ("“فقدنا 54 بقرة”، قالت الممرضة نوال حرب.", "54", "نوال حرب"),
]
ACROSS_AR = [
    ("وقال العقيد شون هاريس إن التحقيق بدأ. وأضاف أن 54 شخصاً استجوبوا.", "54", "شون هاريس"),
    ("ورأى الجنرال فرانسوا ليروي أن النصر قريب. وتابع ليروي: “بقي 54 مقاتلاً”.", "54", "فرانسوا ليروي"),
    ("وذكر المرصد السوري لحقوق الإنسان أن الغارة دمرت السوق. وأوضح المرصد أن 54 شخصاً قتلوا.", "54", SOHR),
    ("ونفت وزارة الصحة التهمة. وقالت الوزارة إن 54 جرعة وصلت.", "54", "وزارة الصحة"),
    ("وقال مدير الميناء إن العمل توقف. وأكدت وزارة النقل ذلك. وأضافت أن 54 سفينة تنتظر.", "54", "وزارة النقل"),
    ("وقلل المتحدث باسم الهيئة رائد خوري من الحادث، مؤكداً أن 54 صندوقاً سلمت.", "54", "رائد خوري"),
    ("أنهى جهاز الإنقاذ عمليات البحث، معلناً أن الحصيلة 54 قتيلاً.", "54", "جهاز الإنقاذ"),
    ("وطالب الأهالي بلجنة تحقيق، قائلين إنهم فقدوا 54 رجلاً.", "54", "الأهالي"),
    ("وتابع القائد قائلا: “أسرنا 54 منهم”.", "54", "القائد"),
]
NESTED_AR = [
    ("نقلت سانا عن مصدر عسكري قوله إن 54 مسلحاً قتلوا.", "54", "مصدر عسكري", "SANA"),
    ("ونقلت وكالة سانا عن وزير الصحة أن 54 شخصاً أصيبوا.", "54", "وزير الصحة", "SANA"),
    ("وذكرت وكالة الأنباء الوردانية، نقلاً عن مصدر أمني، أن 54 أصيبوا.", "54", "مصدر أمني", "وكالة الأنباء الوردانية"),
    (
        "نقلت وكالة الأنباء الوردانية عن الوزيرة سلمى حداد قولها إن 54 نجوا.",
        "54",
        "سلمى حداد",
        "وكالة الأنباء الوردانية",
    ),
    ("وذكرت رويترز نقلا عن مصدر طبي أن 54 شخصاً أصيبوا.", "54", "مصدر طبي", "Reuters"),
    ("نقلا عن وزارة الصحة قالت سانا إن 54 شخصاً قتلوا.", "54", "وزارة الصحة", "SANA"),
    ("ونقلاً عن وزارة الصحة، أفادت سانا بأن 54 شخصاً قتلوا.", "54", "وزارة الصحة", "SANA"),
    ("أعلن التحالف أنه ربما قصف بلدة أشار المرصد السوري لحقوق الإنسان إلى أن 54 شخصاً قتلوا فيها.", "54", SOHR, None),
    ("تؤكد البلدية أن القتلى 12، فيما تقول جمعية الإغاثة إنهم 54.", "12", "البلدية", None),
    ("تؤكد البلدية أن القتلى 12، فيما تقول جمعية الإغاثة إنهم 54.", "54", "جمعية الإغاثة", None),
]
NOBODY_AR = [
    ("وذكر المرصد السوري لحقوق الإنسان أن البلدة سقطت. وشهدت المنطقة مقتل 54 شخصاً في أيار.", "54"),
    ("وتشهد البلاد نزاعا تسبب بمقتل أكثر من 54 ألف شخص.", "54"),
    ("قالت وزيرة الصحة هدى سالم إن المشفى أُغلق. وأضاف أن 54 شخصاً وصلوا.", "54"),
    ("قال المدير عمر نصار إن المشفى أُغلق. وأضافت أن 54 شخصاً وصلوا.", "54"),
    ("أمرت المحكمة بسداد 54 مليون دينار.", "54"),
    ("وجرى رفع 54 علماً في الساحة.", "54"),
    ("لم تعلن الوزارة سبب وفاة 54 مريضاً.", "54"),
]
"""Cases: text, a fragment of what is said (its first place in the text), name or canonical name of who says it."""


def said_by(text: str, fragment: str) -> Attribution | None:
    """The attribution of a fragment, where it first stands in a text."""
    start = text.find(fragment)
    return speaker_of(read_attributions(text, aliases=NAMES), start, start + len(fragment))


def names_of(attribution: Attribution | None) -> set[str]:
    """What a speaker is called, lower-cased."""
    return {attribution.speaker.name.casefold(), attribution.speaker.canonical.casefold()} if attribution else set()


@pytest.mark.parametrize(
    ("text", "fragment", "who"),
    [case for case in (*BEFORE_EN, *AFTER_EN, *ACROSS_EN, *BEFORE_AR, *AFTER_AR, *ACROSS_AR) if case[2] is not None],
)
def test_statement_has_its_speaker(text: str, fragment: str, who: str) -> None:
    """The speaker of a statement is found before it, after it, around it, and in the sentences before."""
    assert who.casefold() in names_of(said_by(text, fragment)), said_by(text, fragment)


@pytest.mark.parametrize(("text", "fragment", "who", "via"), [*NESTED_EN, *NESTED_AR])
def test_innermost_speaker_and_relay(text: str, fragment: str, who: str, via: str | None) -> None:
    """Of speakers within speakers the innermost says it, and an agency in between is named as the way it came."""
    found = said_by(text, fragment)

    assert who.casefold() in names_of(found), found
    assert found is not None
    assert (found.via.canonical if found.via else None) == via


@pytest.mark.parametrize(("text", "fragment"), [*NOBODY_EN, *NOBODY_AR])
def test_own_voice_has_no_speaker(text: str, fragment: str) -> None:
    """What an article says itself is nobody else's, though the sentence before was."""
    assert said_by(text, fragment) is None


@pytest.mark.parametrize(
    ("text", "fragment", "person", "body"),
    [
        ("Some 20 died, SOHR director Rami Abdel Rahman said.", "20", "Rami Abdel Rahman", SOHR),
        ("“20 died,” said Rami Abdel Rahman, director of the Syrian Observatory.", "20", "Rami Abdel Rahman", SOHR),
        ("SOHR reported a raid. Its director, Rami Abdel Rahman, said 20 died.", "20", "Rami Abdel Rahman", SOHR),
        ("وقال مدير المرصد السوري رامي عبد الرحمن، إن 20 قتلوا.", "20", "رامي عبد الرحمن", SOHR),
        ("وقال المتحدث باسم التحالف الدولي شون هاريس إن 20 قتلوا.", "20", "شون هاريس", "US-led coalition"),
        ("أحصت هيئة الموانئ الأضرار. وقال رئيسها نبيل عساف إن 20 سفينة غرقت.", "20", "نبيل عساف", "هيئة الموانئ"),
    ],
)
def test_office_holders_speak_for_their_body(text: str, fragment: str, person: str, body: str) -> None:
    """A director is the speaker; whom they speak for is told beside."""
    found = said_by(text, fragment)

    assert found is not None
    assert found.speaker.name == person
    assert found.body is not None
    assert found.body.canonical == body


def test_fullest_name_is_the_speakers_name() -> None:
    """A speaker goes by the fullest name the article gives, wherever it stands."""
    text = "SOHR said 3 died. The Syrian Observatory for Human Rights is based in Britain. The Observatory said 5 died."

    speakers = [one.speaker for one in read_attributions(text, aliases=NAMES)]

    assert [(one.name, one.canonical) for one in speakers] == [(SOHR, SOHR), (SOHR, SOHR)]


def test_two_speakers_of_one_statement() -> None:
    """What two say together is ascribed to both."""
    text = "The Syrian Observatory for Human Rights and local officials said 12 people died."

    found = read_attributions(text, aliases=NAMES)

    assert [one.speaker.name for one in found] == [SOHR, "local officials"]


def test_statement_and_cue_are_told_apart() -> None:
    """The statement is what is said; the cue says who says it."""
    text = "The port office said on Monday that 12 ships left. The quay was empty."

    (found,) = read_attributions(text, aliases=NAMES)

    assert text[found.start : found.end] == "12 ships left."
    assert text[found.cue_start : found.cue_end].startswith("The port office said")


def test_a_statement_passed_on_is_its_whole_clause() -> None:
    """What an agency passes on goes from «إن» to the end, verbs and all."""
    text = "نقلت وكالة الأنباء الوردانية عن وزيرة الداخلية سلمى حداد قولها إن السد لم ينهر وإن 12 قرية سالمة."

    (found,) = read_attributions(text, aliases=NAMES)

    assert text[found.start : found.end] == "السد لم ينهر وإن 12 قرية سالمة."


def test_headline_in_the_text_is_read_as_its_own_line() -> None:
    """A repeated headline that lost its colon still says who says it, and hides no name from the next line."""
    title = "Strikes kill 56 in village monitor"
    text = f"{title} AFP The Syrian Observatory for Human Rights said 56 people died."

    found = speaker_of(read_attributions(text, aliases=NAMES, title=title), text.find("56"), text.find("56") + 2)

    assert SOHR.casefold() in names_of(found)


WORDS = st.sampled_from(
    [
        *(
            "said",
            "The",
            "the",
            "SANA",
            "told",
            "Reuters",
            "that",
            "according",
            "to",
            "who",
            "which",
            "killed",
            "director",
        ),
        *(
            "of",
            "Observatory",
            "(SOHR)",
            "citing",
            "as",
            "saying",
            "and",
            "28",
            "«",
            "»",
            "“",
            "”",
            '"',
            "'",
            ",",
            ".",
            ":",
        ),
        *("،", "؛", "قال", "المرصد", "أن", "إن", "بحسب", "وأضاف", "نقلت", "عن", "أما", "فأكد", "\n", "-", "و", "ـ", "َ"),
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    """No text breaks the reader; spans lie in the text, in order, and names stand in it."""
    found = read_attributions(text, aliases=NAMES)

    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.cue_start < one.cue_end <= len(text)
        assert all(speaker.name in text for speaker in (one.speaker, one.via, one.body) if speaker)


@pytest.mark.parametrize(
    "piece",
    ["He said ", '"said ', "who said ", "the and ", "قال ", "أن «", "بحسب الذي ", "A B ", "according to ", "(", "12: "],
)
def test_long_texts_of_one_piece_are_read(piece: str) -> None:
    """Sixteen thousand repetitions are read, which what takes squares of time would not finish."""
    text = piece * 16_000

    assert all(0 <= said.start < said.end <= len(text) for said in read_attributions(text, aliases=NAMES))


@pytest.mark.parametrize(
    ("title", "text", "speaker"),
    [
        ("غارة قرب السوسة", "قال المرصد السوري إن غارة قرب السوسة قتلت 28 مدنياً.", "المرصد السوري"),
        (
            "A fire at the Qarnun textile mill killed",
            "A fire at the Qarnun textile mill killed 17 workers on Tuesday, the Interior Ministry said.",
            "Interior Ministry",
        ),
    ],
)
def test_a_sentence_that_begins_like_its_headline_is_one(title: str, text: str, speaker: str) -> None:
    """Words of the headline inside a sentence do not cut it from who says it."""
    at = min(map(text.find, ("28", "17")), key=lambda place: (place < 0, place))
    found = speaker_of(read_attributions(text, aliases=NAMES, title=title), at, at + 2)

    assert found is not None
    assert found.speaker.name == speaker


@pytest.mark.parametrize(
    ("then", "speaker"),
    [
        ("The army said that 30 militants were killed.", "army"),
        ("The police said 12 people were arrested.", "police"),
        ("The government said nothing had changed.", "government"),
        ("The group said it had their names.", "Rimal Rights Network"),
        ("The network said it had their names.", "Rimal Rights Network"),
    ],
)
def test_the_army_is_no_rights_group(then: str, speaker: str) -> None:
    """A noun that says what sort of body speaks means no body of another sort, whoever spoke last."""
    text = f"The Rimal Rights Network said 54 people had died. {then}"

    assert speaker == read_attributions(text, aliases=NAMES)[-1].speaker.canonical
