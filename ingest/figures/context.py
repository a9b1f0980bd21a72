"""What stands around a numeral, for the rules that tell quantities from other numbers."""

from collections.abc import Sequence
from functools import cached_property

from ingest.figures.calendar import is_month
from ingest.figures.number_words import read_word
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import NOTHING, Token
from ingest.figures.unit_words import Unit, is_function_word, unit_of, unit_words
from ingest.figures.wordlists import words

TITLED = words("the a an in on at it he she they by as after related read tags topic video photo share comments")
"""Small words that begin a title, where they stand with a capital."""

_OF = words("of من")
_JOINS = words("and to or - – و أو إلى")
STOPS = words("""
    in on at to from by with for into after before during near since until while as and or but was were is are has
    have had the a an when which who that في على إلى عن مع بعد قبل منذ خلال عند أو ثم حتى التي الذي الذين كان كانت""")
"""Words behind which a number counts nothing any more."""


class Around:
    """A numeral in its text."""

    def __init__(self, tokens: Sequence[Token], numeral: Numeral) -> None:
        self.tokens = tokens
        self.numeral = numeral
        self.first = tokens[numeral.first]

    def before(self, distance: int = 1) -> Token:
        """The token so many before the numeral; `NOTHING` before the text."""
        at = self.numeral.first - distance
        return self.tokens[at] if at >= 0 else NOTHING

    def after(self, distance: int = 1) -> Token:
        """The token so many after the numeral; `NOTHING` after the text."""
        at = self.numeral.last + distance
        return self.tokens[at] if at < len(self.tokens) else NOTHING

    def words_before(self, count: int) -> list[str]:
        """Folded tokens before the numeral, the nearest first; "" before the text."""
        return [self.before(distance).plain for distance in range(1, count + 1)]

    def words_after(self, count: int) -> list[str]:
        """Folded tokens after the numeral, the nearest first; "" after the text."""
        return [self.after(distance).plain for distance in range(1, count + 1)]

    @cached_property
    def counted(self) -> Token | None:
        """A known noun that it counts, right after it or after the number that it is joined to.

        Two words may stand between, or "of": "between 40 and 50 armed men".
        """
        if self.numeral.noun is not None:
            return self.tokens[self.numeral.noun]
        past = 2 if self.after().plain in _JOINS and self.after(2).kind == "digits" else 0
        of = self.after(past + 1).plain in _OF
        for distance in (2, 3) if of else (1, 2, 3):
            token = self.after(past + distance)
            if token.kind != "word" or is_function_word(token, STOPS) or read_word(token.plain, token.arabic):
                return None
            if token.capital and (token.plain in TITLED or is_month(token)):
                return None
            if (unit_of(token) if of else unit_words().units.get(token.plain)) is not None:
                return token
            if is_month(token) or token.arabic:  # an Arabic noun follows its number at once
                return None
        return None

    @property
    def counts(self) -> Unit | None:
        """What that noun says is counted."""
        return unit_of(self.counted) if self.counted else None
