"""STAND-IN for the number reader: digits and a noun; dropped when the real one is merged."""

import re

from ingest.domain import StatedFigure

_FIGURE = re.compile(
    r"(?P<hedge>about |at least |more than |نحو |أكثر من )?(?<![\w.])(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?: (?P<unit>[^\W\d]+))?"
)
_BOUNDS = {
    "about ": "approximately",
    "نحو ": "approximately",
    "at least ": "at_least",
    "more than ": "more_than",
    "أكثر من ": "more_than",
}
_UNITS = {
    "civilians": "civilians",
    "people": "people",
    "مدنيا": "civilians",
    "مدنيين": "civilians",
    "شخصا": "people",
    "km": "km",
}
_MONTHS = {"May", "June", "April", "أيار", "مايو"}


def read_figures(text: str) -> list[StatedFigure]:
    """Read figures."""
    return [
        StatedFigure(
            value=float(m["n"].replace(",", "")),
            bound=_BOUNDS.get(m["hedge"] or "", "exact"),
            start=m.start("n"),
            end=m.end("n"),
            quote=m["n"],
            unit=m["unit"],
            unit_canonical=_UNITS.get(m["unit"] or ""),
            fate="killed" if "killed" in text[m.end() : m.end() + 20] else None,
        )
        for m in _FIGURE.finditer(text)
        if m["unit"] not in _MONTHS and not (len(m["n"]) == 4 and m["n"].startswith("20"))
    ]
