"""Days as a sentence gives them: dates, days of the week, yesterday, in English and Arabic.

One pass over the words; every look back or ahead is a few words.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from ingest.dates import MONTHS


class Mention(NamedTuple):
    """A day that a text gives."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""

    day: date
    """Which day it is."""


def mentions(text: str, published: date | None) -> list[Mention]:
    """Every day that a text gives, in order; the text is spelled as `dates.plain` leaves it.

    Days of the week, `yesterday` and the like are the latest such day on or before `published`; without it they give
    none, nor does a date without a year.
    """
    return _Scan(text, published).run()


_TOKEN = re.compile(r"\d+(?:[-.,:/]\d+)*|[^\W\d]+(?:-[^\W\d]+)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_GAP = re.compile(r"\.?[\s,،()]{0,3}")
_YEARS = range(1600, 2200)
_WINDOW = range(-273, 92)
"""Days from publication in which a day without a year lies, nine months back to three ahead; of any other, desks write
the year."""

_WEEK_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK_AR = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد")
_WEEKDAYS = {
    name: number for week in (_WEEK_EN, map(str.upper, _WEEK_EN), _WEEK_AR) for number, name in enumerate(week)
}
_TODAY = frozenset({"today", "tonight", "اليوم", "الليله"})
_YESTERDAY = frozenset({"yesterday", "امس", "البارحه"})
_EARLIER = frozenset({"before", "الاول", "اول"})
_LAST = frozenset({"last", "الماضي", "الفائت", "المنصرم"})
_NEXT = frozenset({"next", "every", "each", "coming", "المقبل", "القادم", "كل"})
_OTHER_DAY = frozenset(
    [
        "ذلك",
        "التالي",
        "السابق",
        "الاول",
        "الثاني",
        "الثالث",
        "الاخير",
        "الذي",
        "نفسه",
        "ذاته",
        "نفس",
        "العالمي",
        "الوطني",
        "الدولي",
        "روسيا",
        "المصري",
        "فلسطين",
    ]
)
"""Words beside «اليوم» that make it another day than today, or the name of a newspaper or channel."""


_UNITS_EN = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS_EN = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_UNITS_AR = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"]
_COMPOUND_AR = ["الحادي", *_UNITS_AR[1:]]
_TENS_AR = {"العشرون": 20, "العشرين": 20, "الثلاثون": 30, "الثلاثين": 30}
_ORDINALS = {
    **{word: number for number, word in enumerate([*_UNITS_EN, *_TEENS_EN, "twentieth"], start=1)},
    **{f"twenty-{word}": number for number, word in enumerate(_UNITS_EN, start=21)},
    "thirtieth": 30,
    "thirty-first": 31,
    **{word: number for number, word in enumerate([*_UNITS_AR, "العاشر"], start=1)},
    **{f"{word} عشر": number for number, word in enumerate(_COMPOUND_AR, start=11)},
    **_TENS_AR,
    **{f"{word} و{ten}": n + tens for ten, tens in _TENS_AR.items() for n, word in enumerate(_COMPOUND_AR, start=1)},
}
"""Days of a month in words; those past 31 make no date."""


class _Token(NamedTuple):
    start: int
    end: int
    word: str


class _Part(NamedTuple):
    """A number that some tokens stand for, and the token after them."""

    number: int
    after: int


class _Scan:
    """One pass over the words of one sentence, spelled as `plain` leaves them."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.tokens = [_Token(*match.span(), match[0]) for match in _TOKEN.finditer(text)]

    def run(self) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            written = self._written(at) or self._relative(at)
            if written is None:
                at += 1
                continue
            day, after = written
            if day is not None:
                found.append(Mention(self.tokens[at].start, self.tokens[after - 1].end, day))
            at = after
        return found

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def _follows(self, at: int) -> bool:
        """Whether nothing but a blank, comma or bracket stands between a token and the one before it."""
        return 0 < at < len(self.tokens) and bool(
            _GAP.fullmatch(self.text, self.tokens[at - 1].end, self.tokens[at].start)
        )

    def _written(self, at: int) -> tuple[date | None, int] | None:
        """Read a date at a token, with the day of the week before it; give it and the token after it."""
        first = at
        if _weekday(self._word(at)) is not None:
            first += 1 + (self._word(at + 1) in {"the", "في", "الموافق"})
            if not self._follows(first):
                return None
        if match := _ISO.fullmatch(self._word(first)):
            year, month, day = map(int, match.groups())
            return (_date(year, month, day), first + 1) if year in _YEARS else None
        read = self._day_first(first) or self._month_first(first)
        if read is None:
            return None
        month, day, after = read
        if named := self._year(after):
            return _date(named.number, month, day), named.after
        return self._nearest(month, day), after

    def _day_first(self, at: int) -> tuple[int, int, int] | None:
        day = self._number(at)
        if day is None:
            return None
        after = day.after
        for word in ("of", "من", "شهر"):
            after += self._word(after) == word and self._follows(after)
        month = self._month(after) if self._follows(after) else None
        return (month.number, day.number, month.after) if month else None

    def _month_first(self, at: int) -> tuple[int, int, int] | None:
        month = self._month(at)
        if month is None or not self._word(at)[0].isascii() or self._word(at - 1).lower() in {"in", "during"}:
            return None  # in Arabic the day is never written after the month; `in May 20 people` names no day
        at = month.after + (self._word(month.after) == "the")
        day = self._number(at) if self._beside(at) else None
        return (month.number, day.number, day.after) if day else None

    def _beside(self, at: int) -> bool:
        return 0 < at < len(self.tokens) and self.text[self.tokens[at - 1].end : self.tokens[at].start] in {" ", ". "}

    def _number(self, at: int) -> _Part | None:
        """The day of a month, in digits or words."""
        word = self._word(at)
        if word.isdecimal() and len(word) <= 2:  # noqa: PLR2004 - digits of a day
            before = self.text[self.tokens[at].start - 1 : self.tokens[at].start]
            after = at + 1 + (self._word(at + 1) in _SUFFIXES)
            rest = self.text[self.tokens[at].end : self.tokens[at].end + 2].lstrip()[:1]
            return (
                None
                if before in _GLUES or (before.isascii() and before.isalpha()) or rest == "%"
                else _Part(int(word), after)
            )
        pair = f"{word} {self._word(at + 1)}"
        if pair in _ORDINALS:
            return _Part(_ORDINALS[pair], at + 2)
        return _Part(_ORDINALS[word.lower()], at + 1) if word.lower() in _ORDINALS else None

    def _month(self, at: int) -> _Part | None:
        """A month by its name, or by two names for it («أيار/مايو»)."""
        month = self._month_name(at)
        if month is None:
            return None
        again = self._month_name(month.after)
        if again and again.number == month.number:
            month = again
        return _Part(month.number, month.after + (self._word(month.after) in {"الجاري", "الحالي"}))

    def _month_name(self, at: int) -> _Part | None:
        word = self._word(at)
        pair = f"{word} {self._word(at + 1)}"
        if pair in MONTHS:
            return _Part(MONTHS[pair], at + 2)
        known = word.lower() in MONTHS and not word.islower() if word.isascii() else word in MONTHS
        return _Part(MONTHS[word.lower()], at + 1) if known else None

    def _year(self, at: int) -> _Part | None:
        """The year of a date whose day and month end before a token."""
        for word in ("من", "of", "عام", "العام", "سنه"):
            at += self._word(at) == word
        word = self._word(at)
        year = int(word) if word.isdecimal() and len(word) == 4 and self._follows(at) else 0  # noqa: PLR2004 - a year has four digits
        return _Part(year, at + 1) if year in _YEARS else None

    def _nearest(self, month: int, day: int) -> date | None:
        """The day of a month in the year around publication."""
        if self.published is None:
            return None
        years = range(self.published.year - 1, self.published.year + 2)
        found = (_date(year, month, day) for year in years)
        return next((one for one in found if one and (one - self.published).days in _WINDOW), None)

    def _relative(self, at: int) -> tuple[date | None, int] | None:
        """Read `yesterday`, «أمس الأول», `last Thursday` at a token; give the day and the token after it."""
        word = self._word(at)
        around = {self._word(at - 1).lower(), self._word(at + 1)}
        weekday = _weekday(word)
        if weekday is not None:
            is_other = around & _NEXT
            return None if is_other else self._latest(weekday, before_today=bool(around & _LAST)), at + 1
        ago = self._days_ago(word.lower() if at == 0 else word, at, around)  # `Russia Today` is a name
        if ago is None:
            return None
        named = self._follows(at + 1) and _weekday(self._word(at + 1)) is not None
        return None if named else self._ago(ago), at + 1  # «أمس الخميس»: the day of the week says it

    def _days_ago(self, word: str, at: int, around: set[str]) -> int | None:
        if word.removeprefix("و") in _YESTERDAY:
            return 2 if around & _EARLIER or (self._word(at - 2), self._word(at - 1)) == ("اول", "من") else 1
        if word.removeprefix("و") in _TODAY and not around & _OTHER_DAY:
            return 0
        return None

    def _latest(self, weekday: int, *, before_today: bool) -> date | None:
        if self.published is None:
            return None
        back = (self.published.weekday() - weekday) % 7
        return self._ago(back or 7 * before_today)

    def _ago(self, days: int) -> date | None:
        if self.published is None or self.published.toordinal() <= days:
            return None
        return self.published - timedelta(days)


_GLUES = frozenset(".,:/-–$€£#")
"""Marks that make digits right after them no day of a month."""


def _weekday(word: str) -> int | None:
    """Number of a day of the week, Monday 0, also with «و» before it."""
    return _WEEKDAYS.get(word, _WEEKDAYS.get(word[1:]) if word[:1] in {"و", "ف"} else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
