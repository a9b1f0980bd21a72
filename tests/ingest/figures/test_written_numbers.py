"""Numbers in every written form: their values, and exactly their characters."""

import pytest
from snippets import assert_reads

DIGITS: list[tuple[str, float]] = [
    ("The store holds [[1,700]] tonnes of flour.", 1700),
    ("The store holds [[1.700]] tonnes of flour.", 1700),
    ("The store holds [[1 700]] tonnes of flour.", 1700),
    ("The store holds [[1'700]] tonnes of flour.", 1700),
    ("The store holds [[12 345 678]] tonnes of flour.", 12_345_678),
    ("The store holds [[1,234.5]] tonnes of flour.", 1234.5),
    ("The store holds [[1.234,5]] tonnes of flour.", 1234.5),
    ("The store holds [[3.8]] tonnes of flour.", 3.8),
    ("The store holds [[3,8]] tonnes of flour.", 3.8),
    ("The store holds [[0.125]] tonnes of flour.", 0.125),
    ("The store holds [[2½]] tonnes of flour.", 2.5),
    ("The store holds [[2 1/2]] tonnes of flour.", 2.5),
    ("The store holds [[4 3⁄4]] tonnes of flour.", 4.75),
    ("The store holds [[½]] tonne of flour.", 0.5),
    ("في المخزن [[١٬٧٠٠]] طن من الطحين.", 1700),
    ("في المخزن [[٣٫٥]] أطنان من الطحين.", 3.5),
    ("في المخزن [[۱۷]] طناً من الطحين.", 17),
    ("في المخزن [[٣٫١٢٥]] أطنان من الطحين.", 3.125),
    ("في المخزن و[[28]] طناً في الميناء.", 28),
    ("تبرعت بـ[[350]] بطانية.", 350),
    ("تتسع المدرسة لـ[[٩٠٠]] طالب.", 900),
    ("It covers [[14.5 million]] hectares.", 14_500_000),
    ("It employs [[54k]] people.", 54_000),
    ("It is worth €[[1.2bn]] today.", 1.2e9),
    ("It is worth $[[3m]] today.", 3e6),
    ("The trench is [[3]]m deep.", 3),
    ("The grant is [[5 million]] dollars.", 5e6),
    ("It is a [[10-million]] dollar grant.", 1e7),
    ("المنحة [[٥ ملايين]] دولار.", 5e6),
    ("المنحة [[3 ملايين و200 ألف]] دولار.", 3_200_000),
    ("وزعوا [[3 آلاف و500]] سلة.", 3500),
    ("The debt is [[8.61 trillion]] dinars.", 8.61e12),
    ("It was [[minus 5]] degrees.", -5),
    ("It was [[−5]] degrees.", -5),
    ("It was [[-12]]°C overnight.", -12),
]
WORDS_EN: list[tuple[str, float]] = [
    ("[[Twenty-eight]] people came.", 28),
    ("[[One hundred and five]] people came.", 105),
    ("[[One hundred five]] people came.", 105),
    ("[[Seventeen hundred]] people came.", 1700),
    ("[[A hundred]] people came.", 100),
    ("[[A thousand]] people came.", 1000),
    ("[[One thousand, two hundred and six]] people came.", 1206),
    ("[[Three hundred thousand]] people came.", 300_000),
    ("[[Half a million]] people came.", 500_000),
    ("[[Two and a half million]] people came.", 2_500_000),
    ("[[A million and a half]] people came.", 1_500_000),
    ("[[Two dozen]] people came.", 24),
    ("[[A dozen]] people came.", 12),
    ("[[Half a dozen]] people came.", 6),
    ("[[Three score]] people came.", 60),
    ("[[Zero]] people came.", 0),
    ("They moved [[three point two five]] tonnes.", 3.25),
    ("They lost [[two-thirds]] of the herd.", 2 / 3),
    ("They lost [[one third]] of the herd.", 1 / 3),
    ("They lost [[three quarters]] of the herd.", 0.75),
    ("It fed [[a quarter of a million]] people.", 250_000),
    ("It fed [[three quarters of a million]] people.", 750_000),
    ("They lost [[a quarter]] of the herd.", 0.25),
]
WORDS_AR: list[tuple[str, float]] = [
    ("وصل [[ثمانية وعشرون]] نازحاً.", 28),
    ("وصلت [[ثمانٍ وعشرون]] نازحة.", 28),
    ("رأينا [[ثمانياً وعشرين]] نازحة.", 28),
    ("وصل [[أحد عشر]] نازحاً.", 11),
    ("وصلت [[إحدى عشرة]] نازحة.", 11),
    ("وصل [[اثنا عشر]] نازحاً.", 12),
    ("وصلت [[اثنتا عشرة]] نازحة.", 12),
    ("وصل [[مئة]] نازح.", 100),
    ("وصل [[مائة]] نازح.", 100),
    ("وصل [[مئتا]] نازح.", 200),
    ("وصل [[ثلاثمئة]] نازح.", 300),
    ("وصل [[ثلاث مئة]] نازح.", 300),
    ("وصل [[خمسمائة وأحد عشر]] نازحاً.", 511),
    ("وصل [[أربعمئة وواحد وثمانون]] نازحاً.", 481),
    ("وصل [[ألف]] نازح.", 1000),
    ("وصل [[ألفا]] نازح.", 2000),
    ("وصل [[ألفان]] إلى الحدود.", 2000),
    ("رأينا [[ألفين وثلاثمئة]] نازح.", 2300),
    ("وصل [[ثلاثة آلاف وأربعمئة]] نازح.", 3400),
    ("وصل [[أحد عشر ألفاً]] من النازحين.", 11_000),
    ("وصل [[مئة ألف]] نازح.", 100_000),
    ("تحتاج إلى [[مليوني]] دولار.", 2_000_000),
    ("تحتاج إلى [[مليونين ومئة وأحد وتسعين ألف]] دولار.", 2_191_000),
    ("تحتاج إلى [[نصف مليون]] دولار.", 500_000),
    ("تحتاج إلى [[مليون ونصف المليون]] دولار.", 1_500_000),
    ("تحتاج إلى [[ثلاثة مليارات]] دولار.", 3e9),
    ("وصل [[ثَلَاثَةٌ]] من الأطباء.", 3),
    ("وصل [[ثلاثـــة]] أطباء.", 3),
    ("وصل [[اربعه]] أطباء.", 4),
    ("استعانت بـ[[ثلاثين]] طبيباً.", 30),
    ("استعانت ب[[ثلاثين]] طبيباً.", 30),
    ("احترق [[ثلثا]] المحصول.", 2 / 3),
    ("تحتاج إلى [[ثلاثة أرباع مليون]] دولار.", 750_000),
    ("احترقت [[ثلاثة أرباع]] المحصول.", 0.75),
    ("اشترى [[دزينتين]] من البيض.", 24),
]
PERCENTAGES: list[tuple[str, float]] = [
    ("Prices rose [[47.3%]] this year.", 47.3),
    ("Prices rose [[47.3 %]] this year.", 47.3),
    ("Prices rose [[47 percent]] this year.", 47),
    ("Prices rose [[forty-seven per cent]] this year.", 47),
    ("Prices rose [[5 pct]] this year.", 5),
    ("ارتفعت الأسعار [[٪٤٧]] هذا العام.", 47),
    ("ارتفعت الأسعار [[47,3 في المئة]] هذا العام.", 47.3),
    ("ارتفعت الأسعار [[47 في المائة]] هذا العام.", 47),
    ("ارتفعت الأسعار [[47 بالمئة]] هذا العام.", 47),
    ("ارتفعت الأسعار [[خمسة بالمائة]] هذا العام.", 5),
    ("ارتفعت الأسعار بنسبة [[عشرين في المئة]] هذا العام.", 20),
]


@pytest.mark.parametrize(("marked", "value"), [*DIGITS, *WORDS_EN, *PERCENTAGES])
def test_a_number_reads_as_its_value(marked: str, value: float) -> None:
    """Scale words and percent signs are in the span; currencies, nouns and clitics are not."""
    assert_reads(marked, value)


@pytest.mark.parametrize(("marked", "value"), WORDS_AR)
def test_an_arabic_number_reads_as_its_value(marked: str, value: float) -> None:
    """In both genders and every case, with tashkeel, tatweel and clitics, without hamza."""
    assert_reads(marked, value)


SEVERAL: list[tuple[str, tuple[float, ...]]] = [
    ("[[Ten]] men and [[twenty]] women came.", (10, 20)),
    ("Of [[twenty]], [[five]] stayed.", (20, 5)),
    ("وصل [[عشرة]] أطباء و[[ثلاثون]] ممرضاً.", (10, 30)),
    ("وزعوا [[عشرين]] خيمة و[[ثلاثين]] بطانية.", (20, 30)),
    ("تبرعت البلدية بـ[[عشرين]] خيمة وتبرعت المدرسة بـ[[ثلاثين]].", (20, 30)),
    ("Bread cost [[500]] dinars ([[20]] cents) in May.", (500, 20)),
    ("It holds [[12,500]] seats, [[300]] of them new.", (12_500, 300)),
    ("حصته [[25%]] وحصتها [[50%]].", (25, 50)),
]


@pytest.mark.parametrize(("marked", "values"), SEVERAL)
def test_numbers_side_by_side_are_kept_apart(marked: str, values: tuple[float, ...]) -> None:
    """Where another number begins, the first one is complete."""
    assert_reads(marked, *values)


HALVES: list[tuple[str, float]] = [
    ("It took [[three years and a half]] to build.", 3.5),
    ("It took [[an hour and a half]] to arrive.", 1.5),
    ("It took [[two and a half]] years to build.", 2.5),
    ("استغرق البناء [[ثلاثة أعوام ونصف]] العام.", 3.5),
    ("استغرق البناء [[عامين ونصف]] العام.", 2.5),
    ("استغرقت الرحلة [[ساعة ونصف]] الساعة.", 1.5),
    ("استغرقت الرحلة [[4 ساعات ونصف]] الساعة.", 4.5),
    ("استغرقت الرحلة [[ساعتين وربع]] الساعة.", 2.25),
]


@pytest.mark.parametrize(("marked", "value"), HALVES)
def test_a_half_behind_the_noun_belongs_to_the_number_before_it(marked: str, value: float) -> None:
    """One figure, from the numeral, or the noun that stands for one or two, to the half."""
    assert_reads(marked, value)


NO_NUMBERS = [
    "A version 10.4.1 of it is out.",
    "It ran and ran, again and again.",
    "He scored and scored again.",
    "كانت كمية كبيرة.",
    "",
    "…",
    "9" * 400,
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_only_resembles_a_number_is_none(text: str) -> None:
    """Versions, the verb "score", كمية, a string of digits that nobody reads."""
    assert_reads(text)
