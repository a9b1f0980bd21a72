"""What answers cost is summed up by step and by token, beside the rates."""

import pytest

from evals.scorers.costs import latency, tokens


def test_latency_is_told_by_step_in_quantiles() -> None:
    """The middle one and the 95th percentile; a step that an answer skipped took no time."""
    times = [{"total": float(at), "service embed": 1.0} for at in range(1, 101)] + [{"total": 101.0}]

    assert latency(times) == pytest.approx(
        {"total p50": 51.0, "total p95": 96.0, "service embed p50": 1.0, "service embed p95": 1.0}
    )
    assert latency([]) == {}


def test_tokens_are_summed_and_told_for_an_item() -> None:
    """An item that paid nothing counts in the mean."""
    assert tokens([{"prompt_tokens": 30, "cost_usd": 0.5}, {"prompt_tokens": 10}, {}, {}]) == {
        "prompt_tokens": 40, "cost_usd": 0.5, "prompt_tokens per item": 10.0, "cost_usd per item": 0.125,
    }  # fmt: skip
    assert tokens([]) == {}
