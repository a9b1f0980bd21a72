"""What is denied is nobody's figure; what is said beside a denial is."""

import pytest

from ingest.aliases import Aliases
from ingest.denials import not_denied
from ingest.figures import read_figures
from ingest.speakers import read_attributions

ALIASES = Aliases.default()


def kept(text: str) -> list[str]:
    """Figures of a text that are not denied, as written."""
    said = read_attributions(text, aliases=ALIASES)
    return [figure.quote for figure in not_denied(text, read_figures(text), said)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police denied that 80 people were arrested. Their spokesman, Omar Tal, said 12 were detained.", ["12"]),
        ("The army denied killing 80 civilians.", []),
        ("The ministry denied reports that 40 people had died.", []),
        ("Russia has denied that its jets killed 14 people.", []),
        ("Eighty people were arrested, a claim police denied.", []),
        ("The group rejected claims that 40 people had died.", []),
        ("No one was killed, police said, denying that 12 people had died.", []),
        ("نفت الشرطة اعتقال 80 شخصاً في السوق.", []),
        ("نفى الجيش أن يكون 80 مدنياً قد قتلوا.", []),
        ("ونفت الوزارة صحة التقارير عن مقتل 40 شخصاً، وقالت إن 12 شخصاً أصيبوا.", ["12"]),
    ],
)
def test_what_is_denied_is_left_out(text: str, expected: list[str]) -> None:
    """By verbs and participles, before and after, in both languages."""
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister denied wrongdoing and said 12 people were detained.",
        "Police denied the report, saying 12 people were hurt.",
        "The army did not deny that 12 people had died.",
        "The group rejected the offer, and the ministry said 12 people were held.",
        "لم ينف الجيش مقتل 12 شخصاً.",
        "Police said 12 people were arrested.",
    ],
)
def test_what_is_said_beside_a_denial_is_kept(text: str) -> None:
    """A denial of something else, a denial denied, and plain words."""
    assert kept(text) == ["12"]


def test_a_part_whose_whole_is_denied_stands_alone() -> None:
    """Indices are of the figures that are left."""
    text = "Police denied that 80 people were held. The mayor said 54 people died, among them 28 civilians."
    figures = not_denied(text, read_figures(text), read_attributions(text, aliases=ALIASES))

    assert [(figure.value, figure.whole) for figure in figures] == [(54, None), (28, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Not 30 but 40 people were killed in the raid.",
        "40, not 30, people were killed.",
        "The ministry said 40 people, and not 30 as first reported, were killed.",
        "The death toll (40, not the 30 reported on Monday) may rise.",
        "40 people rather than 30 were killed.",
        "Rather than 30, 40 people were killed.",
        "The number of dead is 40 instead of 30.",
        "The raid did not kill 30 people but 40.",
        "ليس 30 بل 40 قتيلا سقطوا في الغارة.",
        "قال الوزير إن عدد القتلى 40 وليس 30.",
        "لم يكن عدد القتلى 30 وإنما 40.",
        "قتل 40 شخصا لا 30 في الغارة.",
        "بدلا من 30 قتيلا، سقط 40 قتيلا.",
    ],
)
def test_a_figure_that_is_put_right_is_left_out(text: str) -> None:
    """Only 40 is stated by "not 30 but 40", wherever the negated figure stands, in both languages."""
    assert kept(text) == ["40"]


@pytest.mark.parametrize(
    "text",
    [
        "Not only 30 soldiers but 40 civilians were killed.",
        "30, if not 40, people were killed.",
        "No fewer than 30 and not more than 40 people were killed.",
        "30 people died, not including the 40 guards.",
        "He was not among the 30 survivors, but 40 others were.",
        "30 prisoners died, not 40 days after the raid.",
        "They had 30 beds. Not one of 40 guests slept.",
        "ليس 30 فقط بل 40 قتيلا.",
        "لم يكتف بإرسال 30 جنديا بل أرسل 40 دبابة.",
        "قتل ما لا يقل عن 30 شخصا وأصيب 40.",
    ],
)
def test_what_only_looks_put_right_is_kept(text: str) -> None:
    """No figure is negated by "not only", "if not", a hedge, or a negation of something else."""
    assert [quote for quote in kept(text) if quote.isdigit()] == ["30", "40"]


@pytest.mark.parametrize(
    "text",
    [
        '"It is not true that 40 civilians were killed in Karsan," its spokesman Youssef Amin said.',
        "It is not true, Youssef Amin said, that 40 civilians were killed.",
        "It isn't true that 40 people died in the raid.",
        "It was simply false that 40 people died, the mayor said.",
        "There is no evidence that 12 people died in the camp.",
        "The ministry said there was no evidence that 12 people had been killed.",
        "There was no proof of the deaths of 12 detainees.",
        "Reports that 80 people died are false, the mayor said.",
        "Reports that 80 people died are completely baseless.",
        "The claim that 80 people were killed is untrue.",
        "That 80 people were killed, he said, is false.",
        "The army said reports of 80 deaths were unfounded.",
        "The hospital did not confirm that 12 people had died.",
        "The hospital could not confirm reports that 12 people had died.",
        "The police refused to confirm that 12 people had died.",
        "There is no truth to reports that 40 people were killed.",
        "Contrary to reports that 40 people were killed, the village was empty.",
        "The channel falsely reported that 40 people were killed.",
        "The spokesman ruled out that 18 people had been killed.",
        "The army did not kill 40 civilians.",
        "The spokesman disputed reports that 40 civilians had been killed.",
        "The minister never said that 40 people were killed.",
        "Nobody believes that 40 people were killed.",
        "Some 40 people were not killed in the raid.",
        "«ليس صحيحاً أن 40 مدنياً قُتلوا في كرسان»، قال المتحدث يوسف أمين.",
        "قال يوسف أمين إنه من غير الصحيح أن 40 مدنياً قتلوا.",
        "لا صحة لما قيل عن مقتل 40 شخصاً.",
        "استبعد المتحدث أن يكون 18 شخصاً قد قتلوا.",
        "لا يوجد دليل على مقتل 40 مدنياً.",
        "لم تؤكد الوزارة مقتل 12 شخصاً.",
        "لم يُقتل 40 مدنياً في الغارة.",
        "الأنباء عن مقتل 40 مدنياً عارية عن الصحة.",
        "القول إن 40 مدنياً قتلوا غير صحيح.",
        "ما قيل عن مقتل 40 مدنياً لا أساس له من الصحة.",
        "وقال إن 40 مدنياً لم يقتلوا في الغارة.",
        "The ministry said it had no information that 12 people were killed.",
        'The ministry said claims of 40 civilian deaths were "completely false".',
        "He said that no one had confirmed that 12 people died.",
        "The video that claimed to show 40 dead people was fake.",
        "It is not the case that the strike left 40 people dead.",
        "لم يتم تأكيد مقتل 12 شخصاً.",
        "It is wrong to say that 40 people were killed.",
        "The army rejected as false a report that 40 people had been killed.",
        "He called reports that 40 people were killed a lie.",
        "The police said it was untrue that 12 people had been arrested.",
        "There were never 40 people killed in Karsan.",
        "The 40 deaths reported by the channel never happened.",
        "The toll of 40 dead is a fabrication, the mayor said.",
        "We have not seen any evidence that 12 people were killed.",
        "The claim that the army killed 40 people, the spokesman said, is false.",
        "The report that 12 soldiers and 40 civilians were killed is not true.",
        "The army has never killed 40 people in a raid.",
        "كذّب المتحدث أنباء مقتل 40 شخصاً.",
        "لا أساس من الصحة لما يقال عن مقتل 40 شخصاً.",
        "التقارير التي تحدثت عن مقتل 40 شخصاً غير صحيحة.",
        "ليس هناك ما يثبت أن 12 شخصاً قتلوا.",
        "وقال إن ما يشاع عن اعتقال 40 شخصاً كذب.",
        "لم يثبت مقتل 12 شخصاً، بحسب الوزارة.",
        "ليس هناك 40 قتيلاً في كرسان.",
    ],
)
def test_what_is_said_not_to_be_so_is_left_out(text: str) -> None:
    """However it is denied, before the figure and after it, in both languages."""
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The flood could kill 300 people if the dam fails.",
        "A collapse of the dam may kill 300 people.",
        "Up to 300 people could be killed, engineers said.",
        "Officials voiced fears that 200 people may have died.",
        "It is feared that 200 people died.",
        "About 200 people are feared dead.",
        "If 300 people die, the minister will resign.",
        "If the dam fails, 300 people will die.",
        "300 people will die if the dam fails.",
        "The toll could reach 300 dead.",
        "The attack might have killed 40 civilians.",
        "Police are investigating whether 40 people were killed.",
        "There are rumours that 40 people were killed.",
        "The group threatened to kill 30 hostages.",
        "The offensive would displace 300 people.",
        "The UN warned of 300 deaths in the camp.",
        "Some 300 people are at risk of being displaced.",
        "The gunmen planned to kill 30 people.",
        "قد يُقتل 300 شخص إذا انهار السد.",
        "قد يؤدي انهيار السد إلى مقتل 300 شخص.",
        "يخشى السكان من مقتل 300 شخص.",
        "يُخشى أن يكون 300 شخص قد قتلوا.",
        "إذا قُتل 300 شخص فسيستقيل الوزير.",
        "سيموت 300 شخص إذا انهار السد.",
        "قد يصل عدد القتلى إلى 300 شخص.",
        "حذرت المنظمة من مقتل 300 شخص.",
        "من المتوقع أن ينزح 300 شخص.",
        "هدد التنظيم بإعدام 30 رهينة.",
        "Had the dam failed, 300 people would have died.",
        "The dam could burst, killing 300 people.",
        "The dam, if it fails, could drown 300 people.",
        "من شأن الهجوم أن يشرد 300 شخص.",
        "من المرجح أن يرتفع عدد القتلى إلى 300 قتيل.",
        "Experts predict that 300 people will die.",
        "Perhaps as many as 300 people could have been killed.",
        "300 people, he said, could die in the flood.",
        "There is a possibility that 40 people were killed.",
        "It is unclear whether 40 people were killed.",
        "The number of dead may rise to 300.",
        "The dam could burst and kill 300 people.",
        "Another 300 could lose their lives.",
        "Unconfirmed reports say 40 people were killed.",
        "لو انهار السد لقُتل 300 شخص.",
        "ربما قُتل 300 شخص في الغارة.",
        "في حال انهيار السد سيُقتل 300 شخص.",
        "من الممكن أن يُقتل 300 شخص.",
        "تحدثت شائعات عن مقتل 40 شخصاً.",
        "لم يُعرف ما إذا كان 40 شخصاً قد قتلوا.",
        "هناك مخاوف من أن يكون 200 شخص قد لقوا حتفهم.",
        "تهدد الفيضانات حياة 300 شخص.",
        "يحتمل أن يكون 40 شخصاً قد قتلوا.",
    ],
)
def test_what_is_only_thought_of_is_left_out(text: str) -> None:
    """What could be, is feared, rumoured, threatened or so under a condition has not happened."""
    assert kept(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 28 people, but no child was hurt.", ["28"]),
        ("The 28 dead were not soldiers, the ministry said.", ["28"]),
        ("Not one of the 300 residents was hurt.", ["300"]),
        ("An estimated 300 people were killed.", ["300"]),
        ("Some 300 people are believed to be dead.", ["300"]),
        ("There is no evidence that he ordered the raid that killed 14 people.", ["14"]),
        ("It is not true that we knew, he said, adding that 12 people were killed.", ["12"]),
        ("The 12 wounded could die, a doctor said.", ["12"]),
        ("The attack killed 40 people and could lead to a war.", ["40"]),
        ("The price could rise by 2 million dollars.", ["2 million"]),
        ("It is not true that it cost 40 million dollars.", []),
        ("12 people were killed, and it is not true that 40 were hurt.", ["12"]),
        ("No fewer than 30 people were killed.", ["30"]),
        ("He asked if there was water after 12 people were killed.", ["12"]),
        ("The ministry said 12 people were killed, but could not confirm who did it.", ["12"]),
        ("The army did not say who killed the 12 people.", ["12"]),
        ("Police confirmed that 12 people died, though they could not say how.", ["12"]),
        ("On 3 May 12 people were killed.", ["12"]),
        ("قُتل 28 شخصاً ولم يصب أي طفل.", ["28"]),
        ("القتلى الـ28 ليسوا جنوداً.", ["28"]),
        ("لم يصب أي من 300 ساكن.", ["300"]),
        ("قُتل ما لا يقل عن 28 شخصاً.", ["28"]),
        ("يُقدر عدد القتلى بنحو 300 شخص.", ["300"]),
        ("قد قُتل 28 شخصاً في الغارة.", ["28"]),
        ("نفت الوزارة ذلك، وقالت إن 12 شخصاً أصيبوا.", ["12"]),
        ("ليس صحيحاً أن كلفته بلغت 40 مليون دولار.", []),
        ("12 people were killed in May, he said.", ["12"]),
        ("The ministry did not say where the 12 people were killed.", ["12"]),
        ("The attack that killed 12 people could not be explained.", ["12"]),
        ("It said 12 people were killed and it feared for others.", ["12"]),
        ("12 people were killed, which is not true of the other raid.", ["12"]),
        ("12 people died in the raid; the report that soldiers did it is false.", ["12"]),
        ("At least 12 people who may have been soldiers were killed.", ["12"]),
        ("Fire destroyed 12 houses that could have been saved.", ["12"]),
        ("Nobody has said why 12 people were killed.", ["12"]),
        ("None of the 12 wounded is in danger.", ["12"]),
        ("The deaths of 12 people could not have been prevented, the mayor said.", ["12"]),
        ("The blast, which could have been an accident, killed 12 people.", ["12"]),
        ("12 people were killed and more could die.", ["12"]),
        ("قد تكون الغارة التي قتلت 12 شخصاً روسية.", ["12"]),
        ("He cannot forget the 12 people who were killed.", ["12"]),
        ("أصيب 12 شخصاً قد يموت بعضهم.", ["12"]),
        ("لا تزال الجثث تحت الأنقاض بعد مقتل 12 شخصاً.", ["12"]),
        ("وقالت الوزارة إن 12 شخصاً قتلوا، ولم تؤكد هوية المهاجم.", ["12"]),
        ("لم تعلن أي جهة مسؤوليتها عن مقتل 12 شخصاً.", ["12"]),
        ("قتل 12 شخصاً، ولا صحة لما قيل عن مقتل 40.", ["12"]),
    ],
)
def test_what_is_stated_beside_it_is_kept(text: str, expected: list[str]) -> None:
    """Estimates, what is taken for granted, other clauses; figures of other things unless they are said to be false."""
    assert kept(text) == expected


def test_those_whom_it_did_not_befall_are_counted_without_it() -> None:
    """The 300 are there, and none of them was hurt."""
    text = "Not one of the 300 residents was hurt. The 40 guards were not injured."
    figures = not_denied(text, read_figures(text), read_attributions(text, aliases=ALIASES))

    assert [(figure.quote, figure.fate) for figure in figures] == [("300", None), ("40", None)]
