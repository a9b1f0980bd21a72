"""How long to wait before a call is tried again: as the endpoint asks, else longer each time, with jitter."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

import tenacity

from qa.errors import ModelUnavailableError
from qa.llm.breaker import LeftAloneError

LONGEST_WAIT = 20.0
"""Seconds that are waited here; an endpoint that asks for more has its callers told how long."""

_BACKOFF = tenacity.wait_exponential_jitter(multiplier=0.25, max=4.0, jitter=0.25)


def asked_to_wait(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that an endpoint asks to wait, by `Retry-After-Ms` or `Retry-After` (seconds or an HTTP date).

    `None` where it asks for nothing, or for what is no time.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if isfinite(seconds) and seconds >= 0:
            return seconds
    try:
        at = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def retrying(retries: int, seconds: float) -> tenacity.AsyncRetrying:
    """What tries a call again that the endpoint did not answer for now.

    Args:
        retries: how often, after the first try.
        seconds: no try is begun that would begin later than this; the last error is raised at once.
    """
    return tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(_passes),
        stop=tenacity.stop_any(
            tenacity.stop_after_attempt(retries + 1), tenacity.stop_before_delay(seconds), _AskedTooMuch()
        ),
        wait=_wait,
        reraise=True,
    )


def _passes(error: BaseException) -> bool:
    return isinstance(error, ModelUnavailableError) and not isinstance(error, LeftAloneError)


class _AskedTooMuch(tenacity.stop.stop_base):
    def __call__(self, retry_state: tenacity.RetryCallState) -> bool:
        return retry_state.upcoming_sleep > LONGEST_WAIT


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelUnavailableError) else None
    return _BACKOFF(state) if asked is None else asked + _BACKOFF(state) * 0.1
