"""A number under way: the arithmetic of number words, whatever they are read from.

A number is groups below a thousand, each under its scale, in falling order. A word is added where that makes a number
(«ثلاثة آلاف وأربعمئة», "two and a half million") and refused where another number begins («عشرين وثلاثين»).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, Literal

from ingest.figures.number_words import NumberWord, Role

Place = Literal["digits", "units", "tens", "hundreds"]

_TWO = 2
"""Of a hundred, this is one word: مئتان."""
_TEN = 10
_HUNDRED = 100
_DOZEN = 12


class Sum:
    """The words, or digits, of a number so far."""

    def __init__(self, digits: float | None = None) -> None:
        self._total = 0.0
        self._group = digits or 0.0
        self._places: set[Place] = set() if digits is None else {"digits"}
        """Which places of the group are taken."""
        self._lowest = float("inf")
        """Scale that the next group has to stay below."""
        self.scale = 1.0
        """The last scale word."""
        self.part = False
        """Whether it is a fraction: a third."""
        self.closed = False
        """Whether nothing can follow."""
        self.complete = digits is not None
        """Whether it is a number as it stands."""

    @property
    def value(self) -> float:
        """What it comes to."""
        return self._total + self._group

    @property
    def in_digits(self) -> bool:
        """Whether the group under way is digits, with no scale yet."""
        return self._places == {"digits"}

    @property
    def in_group(self) -> bool:
        """Whether a group is under way, which a scale word would multiply."""
        return bool(self._places)

    @property
    def ends_with_scale(self) -> bool:
        """Whether its last word is a scale."""
        return self._total > 0 and not self._places

    def one(self) -> None:
        """Count one of the scale that follows, for the "a" of "a hundred"."""
        self._group, self._places = 1.0, {"units"}

    def add(self, word: NumberWord, *, joined: bool) -> bool:
        """Add a word, behind "and" or «و» or without it; whether it makes a number with those before."""
        if self.closed or (self.ends_with_scale and not self._goes_on(word, joined=joined)):
            return False
        added = self._ADDED[word.role](self, word, joined=joined)
        self.complete = self.complete or added
        return added

    def add_digits(self, value: float, scale: float) -> bool:
        """Add digits behind «و», which a scale word may follow: «مليون و200 ألف»; whether they fit."""
        if not self.ends_with_scale or value * scale >= self._lowest:
            return False
        self._group, self._places = value, {"digits"}
        return True

    def add_scale_in_letters(self, scale: float) -> None:
        """Multiply digits by a scale written onto them: `$3m`."""
        self._total, self._group, self._places = _times(self._group, scale), 0.0, set()
        self.scale, self.closed = scale, True

    def add_decimals(self, digits: Sequence[int]) -> bool:
        """Add decimals, "point zero five"; whether they fit: only digits in words have no decimals yet."""
        if self.part or not (self.ends_with_scale or self._places - {"digits"}):
            return False
        self._group = float(f"{self.value:.0f}." + "".join(map(str, digits)))
        self._total, self._places = 0.0, {"digits"}
        return True

    def _goes_on(self, word: NumberWord, *, joined: bool) -> bool:
        """Whether a word may follow a scale."""
        return word.role not in _BELOW_THOUSAND or (joined if word.arabic else self.scale > 1.0)

    def _add_unit(self, word: NumberWord, *, joined: bool) -> bool:
        if self._places & {"digits", "units"}:
            return False
        if "tens" in self._places and (word.arabic or joined or not 0 < word.value < _TEN):
            return False
        if "hundreds" in self._places and word.arabic and not joined:
            return False
        self._group += word.value
        self._places |= {"units", "tens"} if word.value >= _TEN else {"units"}
        return True

    def _add_ten(self, _word: NumberWord, *, joined: bool) -> bool:
        """Add the عشر of a teen, or the number ten."""
        if self._places & {"digits", "tens"}:
            return False
        teen = "units" in self._places
        if (teen and (joined or not self._group % _TEN)) or (not teen and self._places and not joined):
            return False
        self._group += _TEN
        self._places |= {"units", "tens"}
        return True

    def _add_tens(self, word: NumberWord, *, joined: bool) -> bool:
        if self._places & {"digits", "tens"} or ("units" in self._places and not word.arabic):
            return False
        if self._places and word.arabic and not joined:
            return False
        self._group += word.value
        self._places |= {"units", "tens"} if word.arabic else {"tens"}
        return True

    def _add_hundred(self, word: NumberWord, *, joined: bool) -> bool:
        """Add an Arabic hundred, which is one word with its number (أربعمئة) or two (أربع مئة)."""
        if self._places == {"units"} and _TWO < self._group < _TEN and word.value == _HUNDRED and not joined:
            self._group *= _HUNDRED
        elif self._places:
            return False
        else:
            self._group = word.value
        self._places = {"hundreds"}
        return True

    def _add_times_hundred(self, _word: NumberWord, *, joined: bool) -> bool:
        if joined or self._places & {"digits", "hundreds"} or not 0 < self._group < _HUNDRED:
            return False
        self._group *= _HUNDRED
        self._places = {"hundreds"}
        return True

    def _add_scale(self, word: NumberWord, *, joined: bool) -> bool:
        scale = word.value
        if self._places:
            amount, fits = self._group, not joined
        else:  # ألف is one thousand in Arabic, and آلاف is vague
            amount, fits = 1.0, word.arabic and not word.plural and (not self._total or joined)
        if not fits or scale >= self._lowest:
            return False
        self._put_scale(amount, scale)
        return True

    def _add_dual(self, word: NumberWord, *, joined: bool) -> bool:
        scale = word.value / 2
        if self._places or scale >= self._lowest or (self._total and not joined):
            return False
        self._put_scale(2.0, scale)
        return True

    def _put_scale(self, amount: float, scale: float) -> None:
        self._total += _times(amount, scale)
        self._group, self._places, self._lowest, self.scale, self.part = 0.0, set(), scale, scale, False

    def _add_dozen(self, word: NumberWord, *, joined: bool) -> bool:
        """Multiply by twelve or twenty; an Arabic dozen may stand alone, two of them (دزينتان) must."""
        if joined or self._total or (not self._places and not word.arabic):
            return False
        if self._places and (word.value > _DOZEN and word.arabic):
            return False
        self._total = word.value * (self._group if self._places else 1.0)
        self._group, self._places, self.part, self.closed = 0.0, set(), False, True
        return True

    def _add_part(self, word: NumberWord, *, joined: bool) -> bool:
        if joined:
            return self._add_part_of_one(word)
        if self._total or self._places - {"units"} or (word.plural and not self._places):
            return False
        if self._places and (self._group >= _TEN or word.plural == (self._group == 1)):
            return False  # "one third", "two thirds", «ثلاثة أرباع»; "two third" is no number
        self._group = word.value * (self._group if self._places else 1.0)
        self._places, self.part = {"units", "tens"}, True
        return True

    def _add_part_of_one(self, word: NumberWord) -> bool:
        """Add "and a half", of the last scale if there is one: two and a half million; مليونان ونصف المليون."""
        if not self.complete or self.part or word.plural or "digits" in self._places:
            return False
        if self._places:
            self._group += word.value
        else:
            self._total += word.value * self.scale
            self.closed = True
        return True

    _ADDED: ClassVar[Mapping[Role, Callable[..., bool]]] = {
        "unit": _add_unit,
        "ten": _add_ten,
        "tens": _add_tens,
        "hundred": _add_hundred,
        "times_hundred": _add_times_hundred,
        "scale": _add_scale,
        "dual": _add_dual,
        "dozen": _add_dozen,
        "part": _add_part,
    }


_BELOW_THOUSAND: frozenset[Role] = frozenset({"unit", "ten", "tens", "hundred", "dual"})


def _times(amount: float, scale: float) -> float:
    """The product as decimals have it: binary fractions make 8.61 trillion less."""
    return float(Decimal(str(amount)) * int(scale))
