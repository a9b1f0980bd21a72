"""Numbers that are days of a month, years, decades, centuries or times of day."""

from ingest.figures.calendar import is_month
from ingest.figures.context import Around
from ingest.figures.fates import fate_of
from ingest.figures.hedges import bound_of
from ingest.figures.numeral_words import MONEY_CODES, MONEY_SIGNS
from ingest.figures.tokens import Token
from ingest.figures.unit_words import is_singular
from ingest.figures.wordlists import words

_CLOCK = words("الساعة والساعة")
_OF = words("of من - /")
_ON_OR_THE = words("on since until from by to between the a an this last")
_JOINED = words("and to or - – و او إلى")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_DECADE = frozenset({"s"})
_DASHES = frozenset("-–")
_OPENING = frozenset("([،,/")
_FIRM_BOUNDS = frozenset({"at_least", "more_than", "less_than"})
"""Hedges of tallies; "about" and "up to" may stand before a year too."""
_SHORT_VERB = 3
"""Letters of "was" and "has"."""
_NEAR = 7
_LONGEST_SPAN = 300
"""Years between two that are joined."""
_YEAR_CUES = words("""
    in since of by until till before after from during year years early late mid autumn spring summer winter fall and
    between to through elections election cup olympics
    عام سنة منذ العام سنوات عامي حتى قبل بعد مطلع أواخر أوائل منتصف نهاية بداية صيف شتاء خريف ربيع انتخابات مونديال و
    لعام لسنة بعام في""")
_NAMED_YEARS = words("""
    since year years early late mid autumn spring summer winter circa عام عامين العامين سنة العام السنة عامي سنتي
    الأعوام السنوات مطلع أواخر أوائل منتصف لعام لسنة لعامي لسنتي بعام بسنة وعام وسنة فعام""")
"""What makes a year of any number after it."""
_MAY_PRECEDE_COUNTS = words("of and from to و في between by")
"""Cues that are as common before a number that counts something: "of 2000 people"."""
_OLD_CUES = words(
    "in since until till before after from between during early late by في منذ حتى قبل بعد بين خلال عامي مطلع أواخر"
)
"""Cues that make a year of a number before 1500."""
_TALLIES = words("""
    count counts counted tally toll total totalled totals number numbers turnout figure
    عدد عددهم عددها حصيلة الحصيلة مجموع مجموعهم إجمالي بلغ بلغت يبلغ تبلغ""")
_AFTER_TALLY = words("were are have died of killed were wounded injured كانوا منهم من قتلوا")
_TO_OR_AND = words("to إلى and و")
"""Before the second of two years; elsewhere before a tally."""
_ERAS_EN = frozenset({"AD", "BC", "CE", "BCE"})
_ERAS_AR = words("ميلادي ميلادية هجري هجرية هـ للهجرة للميلاد الميلادي الميلادية الهجري الهجرية")
_LETTERS_OF_ERAS = (
    ["ق", "ه"],
    ["b", ".", "c"],
    ["a", ".", "d"],
    ["ق", ".", "م"],
    ["قبل", "الميلاد"],
    ["بعد", "الميلاد"],
)
_GREGORIAN = "م"
"""The era, or metres."""
_LENGTHS = words("ارتفاع ارتفاعه ارتفاعها عمق طول طوله طولها مسافة عرض نحو حوالي مساحة سباق علو")
_DAYS = range(1, 32)
_YEARS = range(1900, 2101)
_OLD_YEARS = range(100, 1900)
_OLDEST_BARE = 1000
_MODERN = 1500
_WHOLE = 1e15
"""Beyond, every float is whole."""


def is_dated(around: Around, year_before: int | None) -> bool:
    """Whether a numeral is a day, a year or a time of day; `year_before` is a year that it is joined to."""
    value = around.numeral.value
    if around.before().plain in _CLOCK:
        return True
    if not around.numeral.plain or value > _WHOLE:
        return False
    return (int(value) in _DAYS and _is_day(around)) or _is_year(around, year_before)


def _is_day(around: Around) -> bool:
    before, after = around.before(2 if around.before().text == "." else 1), around.after()
    if is_month(after) or (after.plain in _OF and is_month(around.after(2))):
        return True
    if is_month(before) and (before.arabic or after.glued or around.counts is None or _is_on_day(around)):
        return True
    return _is_joined_to_day(around) or (after.plain in _ORDINAL_ENDINGS and after.glued)


def _is_on_day(around: Around) -> bool:
    """“On March 30 militants attacked”; but “in March 30 militants were killed”."""
    return around.before(2).plain in _ON_OR_THE or around.before().text == "."


def _is_joined_to_day(around: Around) -> bool:
    """“3 and 4 May”, “June 6-8”, «3 و4 أيار»: a day joined to one that has its month."""
    day, month = around.after(2), around.after(3)
    if around.after().plain in _JOINED and day.kind == "digits" and is_month(month):
        return True
    day, month = around.before(2), around.before(3)
    return around.before().plain in _JOINED and day.kind == "digits" and is_month(month) and around.counts is None


def _is_year(around: Around, year_before: int | None) -> bool:
    """Whether a bare string of digits is a year or a decade, before Christ and of the Hijra too."""
    value, before, after = int(around.numeral.value), around.before(), around.after()
    if _has_era(around) or _ends_span(around, year_before):
        return True
    money = before.text in MONEY_SIGNS or before.plain in MONEY_CODES
    if money or not (value in _YEARS or value in _OLD_YEARS):
        return False
    if (after.plain in _DECADE and after.glued) or _follows_day(around):
        return True
    if _is_cued(around, year_before):
        return True
    if value in _YEARS or (value >= _MODERN and around.counts):
        return _is_recent_year(around)
    return around.counts is None and _is_old_year(around)


def _is_cued(around: Around, year_before: int | None) -> bool:
    """Whether a word before, or a year that it is joined to, makes a year of a number: «عام 750»."""
    value, before = around.numeral.value, around.before()
    uncounted = around.counts is None or around.after().plain == _GREGORIAN
    if year_before is not None and uncounted and abs(value - year_before) <= _LONGEST_SPAN:
        return True
    return uncounted and (before.plain in _NAMED_YEARS or (is_month(before) and value >= _OLDEST_BARE))


def _has_era(around: Around) -> bool:
    """Whether an era follows, or a dash and another number and its era: 973-1048 CE."""
    if around.before().text in _ERAS_EN or _is_era(around, 1):
        return True
    return around.after().text in _DASHES and around.after(2).kind == "digits" and _is_era(around, 3)


def _is_era(around: Around, distance: int) -> bool:
    after = around.after(distance)
    if after.text in _ERAS_EN or after.plain in _ERAS_AR:
        return True
    following = [around.after(further).plain for further in range(distance, distance + 3)]
    if any(following[: len(letters)] == letters for letters in _LETTERS_OF_ERAS):
        return True
    before = around.words_before(4)
    value = around.numeral.value
    cued = before[0] in _NAMED_YEARS or before[0] in _OPENING or is_month(around.before())
    is_era = cued or value >= (_OLD_YEARS.start if before[0] in _OLD_CUES else _OLDEST_BARE)
    return after.plain == _GREGORIAN and is_era and not _LENGTHS.intersection(before)


def _ends_span(around: Around, year_before: int | None) -> bool:
    """Whether two digits end a span of years: 1914-18."""
    return year_before is not None and around.before().text in _DASHES and len(around.first.text) == 2  # noqa: PLR2004 - as years are shortened


def _follows_day(around: Around) -> bool:
    """“4 May 326”, “May 4, 1776”."""
    near = 2 if around.before().text == "," else 1
    day, month = around.before(near), around.before(near + 1)
    if around.numeral.value < _OLDEST_BARE and around.counts:
        return False
    return (day.kind == "digits" and is_month(month)) or (is_month(day) and month.kind == "digits")


def _is_old_year(around: Around) -> bool:
    """Whether digits that count nothing are a year from before 1900.

    From 1500 on they are, unless they are a tally; before, where a cue says so or another such year follows a dash.
    """
    before, after = around.before(), around.after()
    value = around.numeral.value
    if after.text in _DASHES and after.glued and around.after(2).kind == "digits":
        return value >= _OLDEST_BARE or before.text in _OPENING
    if _is_tally(around):
        return False
    if value >= _MODERN:
        return True
    return before.plain in _OLD_CUES and (value >= _OLDEST_BARE or after.kind == "mark")


def _is_tally(around: Around) -> bool:
    before = around.before()
    if before.plain in _TO_OR_AND or fate_of(before) or around.after().plain in _AFTER_TALLY:
        return True
    if _TALLIES.intersection(around.words_before(_NEAR)):
        return True
    return bound_of(around.tokens, around.numeral, -1, len(around.tokens)) in _FIRM_BOUNDS


def _is_plural(word: Token) -> bool:
    """Whether an English word that is no known noun looks like a plural one."""
    return not (word.arabic or word.capital) and len(word.plain) > _SHORT_VERB and word.plain.endswith("s")


def _is_recent_year(around: Around) -> bool:
    """Whether four digits from 1900 on are a year: they are, unless they count something and nothing says so."""
    before, counted = around.before().plain, around.counted
    if before == "and" and _is_plural(around.after()):  # their sheep and 1900 goats
        return False
    if (
        before == "the"
        or before in _NAMED_YEARS
        or is_month(around.before())
        or counted is None
        or is_singular(counted)
    ):
        return True
    return before in _YEAR_CUES and before not in _MAY_PRECEDE_COUNTS
