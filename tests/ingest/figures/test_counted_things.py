"""What figures count: the words, the canonical name, what befell them, and what they are a part of."""

from collections import defaultdict
from importlib.resources import files

import pytest
from snippets import figure, spans

from ingest.figures import read_figures
from ingest.figures.tokens import tokenize
from ingest.figures.unit_words import human_units, unit_of
from ingest.lexis import fold

UNITS: list[tuple[str, str | None, str | None]] = [
    ("They counted [[28]] civilians.", "civilians", "civilians"),
    ("They counted [[28]] Syrian civilians.", "Syrian civilians", "civilians"),
    ("They sent [[12]] of its soldiers.", "soldiers", "soldiers"),
    ("They sent [[12]] more lorries.", "lorries", "vehicles"),
    ("They sent [[400]] blankets.", "blankets", "blankets"),
    ("They sent [[400]] tents.", "tents", "tents"),
    ("They pumped [[400]] cubic metres.", "cubic metres", "cubic metres"),
    ("They cleared [[400]] square kilometres.", "square kilometres", "square km"),
    ("They cleared [[400]] sq km.", "sq km", "square km"),
    ("They cleared [[400]] km2.", "km", "square km"),
    ("They generate [[400]] MW.", "MW", "megawatts"),
    ("They sold [[400]] barrels of oil.", "barrels", "barrels"),
    ("They gave [[400]] doses.", "doses", "doses"),
    ("They won [[40]] seats.", "seats", "seats"),
    ("They raised it by [[50]] basis points.", "basis points", "basis points"),
    ("They raised it by [[2]] percentage points.", "percentage points", "percentage points"),
    ("They won by [[2]] points.", "points", "points"),
    ("They paid [[400]] rupees.", "rupees", "rupees"),
    ("They lost [[12]] in the camps.", None, None),
    ("A war displaced 12 people and [[two and a half million]] need aid.", None, None),
    ("They paid $[[400]].", "$", "USD"),
    ("They paid €[[400]].", "€", "EUR"),
    ("They paid [[400]] euros.", "euros", "EUR"),
    ("They paid [[400]] shekels.", "shekels", "shekels"),
    ("It is a [[90]]-page report.", "page", "pages"),
    ("It is a [[four]]-year contract.", "year", "years"),
    ("They met [[two]] rebel groups.", "rebel groups", "groups"),
    ("They met [[two]] rebel envoys.", "rebel envoys", None),
    ("They killed [[14]] others, local monitors said.", "others", "people"),
    ("They killed [[14]] civilians monitors said.", "civilians", "civilians"),
    ("They fought [[12]] IS fighters.", "IS fighters", "fighters"),
    ("It has a population of about [[120,000]].", "population", "people"),
    ("The toll from the raid on the old market of the town in the south has risen to [[39]].", "toll", "killed"),
    ("They met [[two]] rebel fighters.", "rebel fighters", "fighters"),
    ("They heard [[one]] witness.", "witness", "witnesses"),
    ("It rose by [[5%]].", None, "percent"),
    ("[[Five percent]] of the voters came.", "voters", "percent"),
    ("The death toll rose to [[42]].", "death toll", "killed"),
    ("The number of prisoners rose to [[42]].", "prisoners", "detainees"),
    ("The two reached the [[six]] points.", "points", "points"),
    ("After [[two]] batches reached exchange points it stopped.", "batches", None),
    ("[[Forty]], not 30, people came.", "people", "people"),
    ("They put the toll not at 30 but at [[40]].", "toll", "killed"),
    ("أحصوا [[٢٨]] مدنياً.", "مدنياً", "civilians"),
    ("أحصوا [[ثلاثة]] أطفال.", "أطفال", "children"),
    ("أحصوا [[قتيلين]].", "قتيلين", "killed"),
    ("بلغ عدد القتلى [[28]].", "القتلى", "killed"),
    ("قال إن القتلى [[أربعة]].", "القتلى", "killed"),
    ("بلغت الحصيلة [[28]].", "الحصيلة", "killed"),
    ("وصلت امرأة [[واحدة]].", "امرأة", "women"),
    ("أُغلقت الآبار الملوثة [[الثلاث]].", "الآبار", "wells"),
    ("دعوا إلى إضراب ليوم [[واحد]].", "ليوم", "days"),
    ("خفضوا الفائدة [[75]] نقطة أساس.", "نقطة", "basis points"),
    ("خفضوا الفائدة [[نقطتين]] مئويتين.", "نقطتين", "points"),
    ("ضخوا [[400]] متر مكعب.", "متر", "cubic metres"),
    ("تبلغ مساحتها [[400]] كيلومتر مربع.", "كيلومتر", "square km"),
    ("تبلغ مساحتها [[400]] كم2.", "كم", "square km"),
    ("دفعوا [[400]] ليرة.", "ليرة", "lira"),
    ("دفعوا [[400]] روبية.", "روبية", "rupees"),
    ("وزعوا [[400]] بطانية.", "بطانية", "blankets"),
    ("أقاموا [[12]] حاجزاً.", "حاجزاً", "checkpoints"),
    ("سجلوا [[12]] إصابة بالكوليرا.", "إصابة", "cases"),
    ("أوقع القصف [[12]] إصابة.", "إصابة", "wounded"),
    ("دام [[ثلاثة أعوام ونصف]] العام.", "أعوام", "years"),
    ("نال [[52,4 في المئة]] من الأصوات.", "الأصوات", "percent"),
    ("They saw [[seven]] policemen injured.", "policemen", "officers"),
    ("They saw [[seven]] police officers injured.", "police officers", "officers"),
    ("خصصوا [[20 مليون]] يورو للنازحين.", "يورو", "EUR"),
    ("دفعوا [[5 ملايين]] دينار للجرحى.", "دينار", "dinars"),
    ("خصصوا [[20 مليوناً]] للنازحين.", None, None),
    ("وزعوا [[400]] خيمة للنازحين.", "خيمة", "tents"),
    ("They gave [[20 million]] euros for the displaced.", "euros", "EUR"),
    ("They gave [[20 million]] dollars displaced families need.", "dollars", "USD"),
]


@pytest.mark.parametrize(("marked", "unit", "canonical"), UNITS)
def test_a_figure_says_what_it_counts(marked: str, unit: str | None, canonical: str | None) -> None:
    """The noun as written, beside the number or before it, and one English name for it where it is known."""
    one = figure(marked)

    assert (one.unit, one.unit_canonical) == (unit, canonical)


FATES: list[tuple[str, str | None]] = [
    ("[[28]] people were killed.", "killed"),
    ("The blast killed [[28]] people.", "killed"),
    ("The blast left [[28]] dead.", "killed"),
    ("[[28]] civilians injured in the blast.", "wounded"),
    ("The flood displaced [[28]] families.", "displaced"),
    ("Police arrested [[28]] men.", "detained"),
    ("[[28]] miners are trapped.", "trapped"),
    ("Divers rescued [[28]] men.", "rescued"),
    ("Gunmen kidnapped [[28]] men.", "held"),
    ("The fire destroyed [[28]] homes.", "destroyed"),
    ("[[28]] people were also all reportedly already killed.", "killed"),
    ("[[28]] people told the newspaper that rebels killed him.", None),
    ("[[28]] people live there.", None),
    ("The war has killed thousands. [[28]] people live there.", None),
    ("He killed the engine after [[28]] hours.", None),
    ("[[28]] people came, killing the silence.", None),
    ("[[40]] people rather than 30 were killed.", "killed"),
    ("[[28]] people were missing.", "missing"),
    ("[[28]] sailors went missing.", "missing"),
    ("The quake killed 12 people and [[28]] are still missing.", "missing"),
    ("The war displaced 12 people and [[two and a half million]] need aid.", None),
    ("The war displaced 12 people and [[two and a half million]] now need aid.", None),
    ("The raid killed 12 soldiers while at least [[28]] rebels were in the camp.", None),
    ("The raid killed 12 soldiers and [[28]] rebels.", "killed"),
    ("Of the 40 killed, 12 were civilians and [[28]] were fighters.", "killed"),
    ("The attack on [[two]] villages killed 15 civilians.", None),
    ("قُتل [[٢٨]] مدنياً.", "killed"),
    ("مقتل [[٢٨]] مدنياً في الغارة.", "killed"),
    ("لقي [[٢٨]] مدنياً مصرعهم.", "killed"),
    ("أودت الغارة بحياة [[٢٨]] مدنياً.", "killed"),
    ("أصيب [[٢٨]] مدنياً بجروح.", "wounded"),
    ("نزحت [[٢٨]] أسرة.", "displaced"),
    ("اعتقلت الشرطة [[٢٨]] رجلاً.", "detained"),
    ("دمرت الغارة [[٢٨]] منزلاً.", "destroyed"),
    ("لا يزال [[٢٨]] شخصاً في عداد المفقودين.", "missing"),
    ("يعيش [[٢٨]] شخصاً هناك.", None),
    ("نزح 300 شخص ويحتاج [[مليونان ونصف المليون]] إلى المساعدة.", None),
    ("قُتل 12 شخصاً و[[٢٨]] يحتاجون إلى المساعدة.", None),
    ("قُتل 12 شخصاً و[[٢٨]] جندياً.", "killed"),
    ("[[٢٨]] شخصاً نزحوا من القرية.", "displaced"),
    ("قال إن [[٢٨]] شخصاً جُرحوا.", "wounded"),
    ("هناك [[٢٨]] شخصاً اعتُقلوا.", "detained"),
    ("قتلت السيول 41 شخصاً وأجبرت نحو [[12 ألفاً]] على ترك منازلهم.", "displaced"),
    ("قُتل 41 شخصاً ولجأ [[12 ألفاً]] إلى المدارس.", None),
    ("قُتل 41 شخصاً وما لا يقل عن [[12]] جندياً.", "killed"),
    ("قُتل 41 شخصاً وامرأة و[[12]] جندياً.", "killed"),
    ("إن 35 متظاهراً اعتُقلوا وإن [[سبعة]] شرطيين أُصيبوا.", "wounded"),
    ("قال إن 12 شخصاً قُتلوا و[[30]] أُصيبوا.", "wounded"),
    ("The flood killed 41 people and drove [[12,000]] from their homes.", "displaced"),
    ("The storm killed 41 people and left [[12,000]] without power.", None),
    ("The storm killed 41, leaving [[12,000]] without power.", None),
    ("The raid killed 30 regime and allied fighters as well as [[50]] rebels.", "killed"),
    ("The 10 gunmen killed and robbed [[five]] civilians.", "killed"),
    ("They killed 41 people and an estimated [[12]] soldiers.", "killed"),
    ("Police arrested 35 protesters and [[seven]] policemen injured.", "wounded"),
    ("إن [[شخصين]] توفيا بالكوليرا.", "killed"),
    ("قال إن [[شخصين]] قُتلا.", "killed"),
    ("قال إن [[طفلتين]] ماتتا.", "killed"),
    ("قال إن [[امرأتين]] أُصيبتا.", "wounded"),
    ("قال إن [[ثلاث]] نساء لقين مصرعهن.", "killed"),
    ("قال إن [[خمس]] نساء جُرحن.", "wounded"),
    ("قال إن [[طفلين]] فُقدا.", "missing"),
    ("قال إن [[عائلتين]] نزحتا.", "displaced"),
    ("قال إن [[رجلين]] اعتُقلا.", "detained"),
    ("قال إن [[رجلين]] خُطفا.", "held"),
    ("قال إن [[طفلين]] أُنقذا.", "rescued"),
    ("قال إن [[منزلين]] دُمّرا.", "destroyed"),
    ("قال إن [[سفينتين]] تضررتا.", "damaged"),
]


@pytest.mark.parametrize(("marked", "fate"), FATES)
def test_a_figure_says_what_befell_those_it_counts(marked: str, fate: str | None) -> None:
    """By the noun, the verb after it or the one before it in the same sentence."""
    assert figure(marked).fate == fate


PARTS: list[tuple[str, dict[int, int]]] = [
    ("[[54]] people died, among them [[28]] civilians.", {1: 0}),
    ("[[54]] people died, including [[28]] civilians and [[nine]] children.", {1: 0, 2: 0}),
    ("[[Three]] of the [[five]] came back.", {0: 1}),
    ("[[Ten]] children were among at least [[48]] people killed.", {0: 1}),
    ("[[12]] people out of a total of [[40]] came back.", {0: 1}),
    ("They lost [[40]] men. Including [[12]] guests, all slept.", {}),
    ("They lost [[12]] men, including [[40]] sheep.", {}),
    ("They killed [[12]] men and wounded [[40]].", {}),
    ("The raid killed [[40]] people, including [[8]] children and wounding [[10]].", {1: 0}),
    ("أحصوا [[٥٤]] قتيلاً، منهم [[٢٨]] مدنياً.", {1: 0}),
    ("أحصوا [[٥٤]] قتيلاً بينهم مقاتلون و[[٢٨]] مدنياً.", {1: 0}),
    ("أحصوا [[٥٤]] قتيلاً، بينهم [[٢٨]] مدنياً و[[تسعة]] أطفال.", {1: 0, 2: 0}),
    ("استقبلت [[86]] مدرسة من أصل [[112]] تلاميذها.", {0: 1}),
    ("أحصوا [[٥٤]] قتيلاً. وأصيب [[٢٨]] مدنياً.", {}),
]


@pytest.mark.parametrize(("marked", "wholes"), PARTS)
def test_a_part_points_at_its_whole(marked: str, wholes: dict[int, int]) -> None:
    """Behind "including" and its like, in a list too; "of the"; before "were among"; never across sentences."""
    text, places = spans(marked)
    read = read_figures(text)

    assert [(one.start, one.end) for one in read] == places
    assert {at: one.whole for at, one in enumerate(read) if one.whole is not None} == wholes


def test_a_part_counts_what_its_whole_counts() -> None:
    """18 of the 31 lorries are lorries."""
    first, second = read_figures("In the raid 18 of the 31 lorries were lost.")

    assert (first.unit_canonical, second.unit_canonical) == ("vehicles", "vehicles")


def test_a_part_shares_what_befell_its_whole() -> None:
    """54 people died, so did the 28 of them; and where the part says it, the whole was meant."""
    first, second = read_figures("54 people died, among them 28 civilians.")

    assert (first.fate, second.fate) == ("killed", "killed")


def _lines() -> list[list[str]]:
    text = files("ingest").joinpath("data/units.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_every_line_of_the_lexicon_has_five_fields() -> None:
    """Canonical name, whether people, fate, English and Arabic words; each canonical name once."""
    lines = _lines()
    names = [line[0] for line in lines]

    assert {len(line) for line in lines} == {5}
    assert {line[1] for line in lines} == {"0", "1"}
    assert len(names) == len(set(names))


def test_no_word_of_the_lexicon_has_two_meanings() -> None:
    """A word under two units would count one of them as the other."""
    meanings = defaultdict(set)
    for canonical, _, _, english, arabic in _lines():
        singulars, _, forms = arabic.partition(";")
        for word in f"{english} {singulars} {forms}".split():
            meanings[fold(word.rstrip("+="))].add(canonical)

    assert {word: names for word, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("word", "canonical"),
    [("ladies", None), ("women", "women"), ("الجنود", "soldiers"), ("للأطفال", "children"), ("cities", "cities")],
)
def test_a_word_is_known_in_its_forms(word: str, canonical: str | None) -> None:
    """Plurals are derived in English; the article is taken off in Arabic."""
    (token,) = tokenize(word)
    unit = unit_of(token)

    assert (unit.canonical if unit else None) == canonical


def test_people_are_told_from_things() -> None:
    """What befalls people is no fate of houses."""
    assert {"civilians", "killed", "children"} <= human_units()
    assert human_units().isdisjoint({"houses", "USD", "hours"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Half of the 1,200 residents were killed.", (1200, "residents", None)),
        ("More than half of the camp's 1,200 residents fled.", (1200, "residents", None)),
        ("One third of its 1,200 workers quit.", (1200, "workers", None)),
        ("A quarter of the 1,200 dead were children.", (1200, "killed", "killed")),
        ("غادر نصف الـ1200 ساكن.", (1200, "residents", None)),
    ],
)
def test_a_fraction_of_a_number_is_no_count(text: str, expected: tuple[float, str, str | None]) -> None:
    """Half of 1,200 residents is neither 0.5 residents nor what befell all of them."""
    (one,) = read_figures(text)

    assert (one.value, one.unit_canonical, one.fate) == expected


@pytest.mark.parametrize(
    ("marked", "canonical"),
    [
        ("[[Half]] of the residents left.", None),
        ("[[Two thirds]] of the houses burnt.", None),
        ("They killed 39 people, [[a third]] of them women.", None),
        ("غادر [[ثلثا]] السكان.", None),
        ("It took [[three and a half]] hours.", "hours"),
        ("It feeds [[half a million]] people.", "people"),
    ],
)
def test_a_fraction_of_people_counts_no_people(marked: str, canonical: str | None) -> None:
    """A share of people is a figure without a unit, like a percentage; a part of a scale or a measure counts."""
    one = figure(marked)

    assert (one.unit_canonical, one.fate) == (canonical, None)
