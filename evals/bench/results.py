"""What a benchmark reports."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

from ingest.domain import Value


class Measurement(Value):
    """One number of the benchmark."""

    group: str
    """What part is measured."""

    name: str
    """What of it."""

    value: float
    """How much."""

    unit: str
    """Of what: `ms`, `s`, `MB`, `passages/s`, `ratio`."""

    goal: str | None = None
    """What it should be, where there is a goal."""


class Machine(Value):
    """Where it was measured."""

    python: str
    system: str
    cores: int

    @classmethod
    def here(cls) -> "Machine":
        """This machine."""
        return cls(python=platform.python_version(), system=platform.platform(), cores=os.cpu_count() or 1)


class BenchReport(Value):
    """All numbers of one run."""

    machine: Machine
    measurements: tuple[Measurement, ...]


def times(step: Callable[[], object], repeats: int) -> list[float]:
    """Seconds that each of several runs of a step took."""
    taken = []
    for _ in range(repeats):
        started = perf_counter()
        step()
        taken.append(perf_counter() - started)
    return taken


def quantiles(group: str, name: str, seconds: Sequence[float]) -> list[Measurement]:
    """Median and 95th percentile of some times, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return [
        Measurement(group=group, name=f"{name}, p50", value=round(cuts[9] * 1000, 2), unit="ms"),
        Measurement(group=group, name=f"{name}, p95", value=round(cuts[18] * 1000, 2), unit="ms"),
    ]
