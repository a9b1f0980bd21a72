"""What a call costs, by a table of prices that names each model's.

A table has tab-separated lines: a pattern of the model's name (`*` is any text), USD per million prompt tokens, USD per
million completion tokens, and the day the price was read. Lines that begin with `#` are remarks. The first line that
matches counts; an installation's own come before the bundled ones.

Prompt tokens that an endpoint had cached are counted in full: the cost is a bound from above.
"""

from fnmatch import fnmatchcase
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from ingest.errors import SettingsError

_MILLION = 1_000_000
_LEAST_COLUMNS = 3


class Price(NamedTuple):
    """What one model takes, in USD per million tokens."""

    prompt: float
    completion: float

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float:
        """USD for so many tokens."""
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / _MILLION


def price_of(model: str, own: Path | None = None) -> Price | None:
    """The price of a model; `None` where no table names it.

    Raises:
        SettingsError: the installation's own table cannot be read.
    """
    tables = [] if own is None else [(str(own), _read(own))]
    tables.append(("prices.tsv", files("qa").joinpath("data/prices.tsv").read_text(encoding="utf-8")))
    for name, text in tables:
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            pattern, price = _parsed(line, f"{name}, line {number}")
            if fnmatchcase(model.casefold(), pattern.casefold()):
                return price
    return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"QA_LLM__PRICES: {path} cannot be read: {error}. Correct the variable or unset it."
        ) from error


def _parsed(line: str, where: str) -> tuple[str, Price]:
    columns = line.split("\t")
    try:
        price = Price(float(columns[1]), float(columns[2])) if len(columns) >= _LEAST_COLUMNS else None
    except ValueError:
        price = None
    if price is None or not all(isfinite(part) and part >= 0 for part in price):
        raise SettingsError(f"{where} is no price: {line!r}. A line has a model, two prices in USD and a day, by tabs.")
    return columns[0].strip(), price
