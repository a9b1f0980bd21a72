"""What do answers cost, in time and in tokens? Summed up beside the rates; no run fails for it."""

from collections.abc import Mapping, Sequence

import numpy as np

_QUANTILES = {"p50": 0.5, "p95": 0.95}


def latency(times: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Quantiles of the milliseconds that answers took, by step: `total p50`, `total p95` and so on."""
    steps = dict.fromkeys(step for one in times for step in one)
    return {
        f"{step} {quantile}": round(float(np.quantile([one.get(step, 0.0) for one in times], share)), 3)
        for step in steps
        for quantile, share in _QUANTILES.items()
    }


def tokens(paid: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """What models were paid (tokens, dollars), in all and for an item."""
    names = dict.fromkeys(name for one in paid for name in one)
    sums = {name: sum(one.get(name, 0.0) for one in paid) for name in names}
    return sums | {f"{name} per item": round(value / len(paid), 6) for name, value in sums.items()}
