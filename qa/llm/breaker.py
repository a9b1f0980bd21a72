"""A circuit breaker: an endpoint that failed again and again is left alone for a while, and callers told at once.

The published ones let every caller through once the time is up, where one should try first, and do not tell how long is
left.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import ModelUnavailableError

FAILURES = 5
"""Failures in a row that open it."""

OPEN_SECONDS = 15.0
"""How long it stays open; then one call tries."""

MOST_SECONDS = 60.0
"""How long an endpoint can ask to be left alone."""


class LeftAloneError(ModelUnavailableError):
    """The endpoint is left alone for a while: no call was made."""


class Breaker:
    """Counts failures in a row. Shared by everyone who calls the same endpoint, from any thread.

    Args:
        what: what is left alone, for messages.
        failures: how many in a row open it.
        seconds: how long it stays open.
        clock: gives the time in seconds.
    """

    def __init__(
        self,
        what: str,
        *,
        failures: int = FAILURES,
        seconds: float = OPEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what = what
        self._most = failures
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closes_at: float | None = None
        self._trying = False

    def check(self) -> None:
        """Refuse a call that would be made for nothing.

        Raises:
            LeftAloneError: it is open, or another call tries if it may close.
        """
        with self._lock:
            self._refuse()

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Guard one call: `ModelUnavailableError` counts as a failure, any other of the model's answers closes it.

        A call that was given up before it ended says nothing.

        Raises:
            LeftAloneError: as `check` does.
        """
        with self._lock:
            self._refuse()
            tries = self._trying = self._closes_at is not None
        try:
            yield
        except ModelUnavailableError as error:
            self._failed(error.retry_after or 0.0)
            raise
        except Exception:
            self.answered()
            raise
        else:
            self.answered()
        finally:
            if tries:
                self._trying = False

    def answered(self) -> None:
        """Count an answer, or the beginning of one: a stream may take long, and others need not wait for its end."""
        with self._lock:
            self._failures = 0
            self._closes_at = None

    def _refuse(self) -> None:
        if self._closes_at is None:
            return
        left = self._closes_at - self._clock()
        if left > 0 or self._trying:
            raise LeftAloneError(
                f"{self._what} failed {self._failures} times in a row and is left alone for a while. Try again later.",
                told="The model failed several times in a row and is left alone for a while. Try again later.",
                retry_after=max(left, 1.0),
            )

    def _failed(self, asked: float) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._closes_at = self._clock() + max(self._seconds, min(asked, MOST_SECONDS))
