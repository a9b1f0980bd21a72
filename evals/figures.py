"""How well are numbers read, and who says them? The service's readers against texts with gold figures.

A gold figure is *right* when a figure with its very span, value and bound is read; *missed* when nothing is read where
it stands. A figure that is read is *false* when no gold figure of its value stands there. Speakers are judged where
the span was found and the gold says who speaks.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from evals.datasets import GoldFigure, NumberSample
from evals.likeness import tokens
from ingest.domain import Attribution, StatedFigure, Value

Reader = Callable[[str], Sequence[StatedFigure]]
"""Text in, its figures out."""

SpeakerOf = Callable[[int, int], Attribution | None]
"""Who a text ascribes a span of it to."""

Attributor = Callable[[str], SpeakerOf]
"""Text in, who says what in it out."""

_ROUNDED = 1e-5
"""Gold writes a third as 0.333333."""

_AROUND = 40
"""Characters of the text shown on either side of an error."""


class Fault(Value):
    """One thing that was read wrong."""

    kind: str
    """`missed`, `false`, `value`, `span`, `bound` or `speaker`."""

    where: str
    """Which text: its id, or its place in the set."""

    language: str

    gold: str | None = None
    """What is right."""

    read: str | None = None
    """What was read."""

    context: str
    """The words around it."""


class Tally(NamedTuple):
    """What came of some gold figures."""

    gold: int = 0
    read: int = 0
    right: int = 0
    """Value, span and bound."""
    value_and_span: int = 0
    missed: int = 0
    false: int = 0
    speakers: int = 0
    """Figures whose span was found and whose speaker is gold."""
    speakers_right: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def shares(self) -> dict[str, float | None]:
        """Each count as a share of what it is counted among; `None` where there is nothing."""
        return {
            "right_share": _share(self.right, self.gold),
            "value_and_span_share": _share(self.value_and_span, self.gold),
            "missed_share": _share(self.missed, self.gold),
            "false_share": _share(self.false, self.read),
            "speaker_accuracy": _share(self.speakers_right, self.speakers),
        }


class Reading(NamedTuple):
    """How the readers did."""

    by_language: dict[str, Tally]
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> Tally:
        """All languages together."""
        total = Tally()
        for one in self.by_language.values():
            total = total.plus(one)
        return total

    def document(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        parts = {"all": self.whole, **self.by_language}
        return {
            **{name: {**one._asdict(), **one.shares} for name, one in parts.items()},
            "faults": [fault.model_dump(mode="json") for fault in self.faults],
        }


def measure_reading(samples: Iterable[NumberSample], read: Reader, attribute: Attributor | None = None) -> Reading:
    """Read every text and hold what was read against its gold.

    Args:
        samples: texts with gold figures.
        read: the reader of figures.
        attribute: the reader of speakers; without it, speakers are not judged.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    faults: list[Fault] = []
    for number, sample in enumerate(samples, start=1):
        text = _Text(sample, sample.id or f"text {number}")
        upto = sample.upto or len(sample.text)
        figures = [one for one in read(sample.text) if one.start < upto]
        tally, found = _numbers(text, figures)
        speakers, more = _speakers(text, figures, attribute) if attribute else (Tally(), [])
        tallies[sample.language] = tallies[sample.language].plus(tally).plus(speakers)
        faults += [*found, *more]
    return Reading(dict(tallies), tuple(faults))


def speakers_by_default() -> Attributor:
    """The service's own reader of speakers, with the aliases that it is shipped with."""
    from ingest.aliases import Aliases
    from ingest.speakers import read_attributions, speaker_of

    aliases = Aliases.default()

    def attribute(text: str) -> SpeakerOf:
        return partial(speaker_of, read_attributions(text, aliases=aliases, title=None))

    return attribute


class _Text(NamedTuple):
    sample: NumberSample
    where: str

    def fault(self, kind: str, span: tuple[int, int], gold: str | None = None, read: str | None = None) -> Fault:
        text, (start, end) = self.sample.text, span
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        context = " ".join(f"{before}[{text[start:end]}]{after}".split())
        return Fault(kind=kind, where=self.where, language=self.sample.language, gold=gold, read=read, context=context)


def _numbers(text: _Text, figures: Sequence[StatedFigure]) -> tuple[Tally, list[Fault]]:
    gold = [one for one in text.sample.figures if not one.optional]
    judged = [(one, _nearest(one, figures)) for one in gold]
    faults = [fault for one, nearest in judged for fault in _faults(text, one, nearest)]
    false = [one for one in figures if not any(_meets(one, other) and _same(one, other) for other in gold)]
    false = [one for one in false if not _excused(text.sample, one)]
    # A figure that is read in its place with another value is one fault of value, and counts as false, too.
    shown = [one for one in false if not any(_meets(one, other) for other in gold)]
    faults += [text.fault("false", (one.start, one.end), None, _told(one)) for one in shown]
    tally = Tally(
        gold=len(gold),
        read=len(figures),
        right=sum(near is not None and _exact(near, one) and _bound(near, one) for one, near in judged),
        value_and_span=sum(near is not None and _exact(near, one) for one, near in judged),
        missed=sum(near is None for _, near in judged),
        false=len(false),
    )
    return tally, faults


def _nearest(gold: GoldFigure, figures: Sequence[StatedFigure]) -> StatedFigure | None:
    """The figure read where a gold one stands: that of its span, else of its value, else any."""
    there = [one for one in figures if _meets(one, gold)]
    return max(there, key=lambda one: (_spans(one, gold), _same(one, gold)), default=None)


def _faults(text: _Text, gold: GoldFigure, read: StatedFigure | None) -> Iterator[Fault]:
    span, right = (gold.start, gold.end), f"{gold.value:g} {gold.bound} “{gold.quote}”"
    if read is None:
        yield text.fault("missed", span, right)
    elif not _same(read, gold):
        yield text.fault("value", span, right, _told(read))
    elif not _spans(read, gold):
        yield text.fault("span", span, right, _told(read))
    elif not _bound(read, gold):
        yield text.fault("bound", span, right, _told(read))


def _speakers(text: _Text, figures: Sequence[StatedFigure], attribute: Attributor) -> tuple[Tally, list[Fault]]:
    judged = [one for one in text.sample.figures if one.has_speaker and any(_spans(other, one) for other in figures)]
    if not judged:
        return Tally(), []
    speaker_of = attribute(text.sample.text)
    faults = []
    for gold in judged:
        said = speaker_of(gold.start, gold.end)
        if not same_speaker(said, gold):
            right = gold.speaker or "nobody"
            faults.append(text.fault("speaker", (gold.start, gold.end), right, said.speaker.name if said else "nobody"))
    return Tally(speakers=len(judged), speakers_right=len(judged) - len(faults)), faults


def same_speaker(said: Attribution | None, gold: GoldFigure) -> bool:
    """Whether a figure is ascribed to the gold speaker, by any of its names, folded and without articles."""
    if said is None:
        return gold.speaker is None or gold.speaker_or_null
    if gold.speaker is None and not gold.speaker_or_null:
        return False
    body = getattr(said, "body", None)  # where a reader of speakers also tells whose spokesman it is
    bodies = (body,) if isinstance(body, str) else (body.name, body.canonical) if body else ()
    right = {tuple(tokens(name)) for name in (gold.speaker, *gold.speaker_names) if name}
    return any(tuple(tokens(name)) in right for name in (said.speaker.name, said.speaker.canonical, *bodies))


def _excused(sample: NumberSample, read: StatedFigure) -> bool:
    """Whether to read a figure there is no mistake."""
    optional = [(one.start, one.end) for one in sample.figures if one.optional]
    optional += [
        (one.start, one.end) for one in sample.not_quantities if one.optional and one.end and one.start is not None
    ]
    return any(start < read.end and read.start < end for start, end in optional)


def _meets(read: StatedFigure, gold: GoldFigure) -> bool:
    return read.start < gold.end and gold.start < read.end


def _spans(read: StatedFigure, gold: GoldFigure) -> bool:
    return (read.start, read.end) == (gold.start, gold.end)


def _same(read: StatedFigure, gold: GoldFigure) -> bool:
    rounded = _ROUNDED if abs(gold.value) < 1 else 0.0
    return math.isclose(read.value, gold.value, rel_tol=rounded)


def _exact(read: StatedFigure, gold: GoldFigure) -> bool:
    return _same(read, gold) and _spans(read, gold)


def _bound(read: StatedFigure, gold: GoldFigure) -> bool:
    return read.bound in {gold.bound, *gold.bound_also}


def _told(read: StatedFigure) -> str:
    return f"{read.value:g} {read.bound} “{read.quote}”"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
