"""Guesses of codes, links and keys are slowed down by network. Who knows a workshop is never asked here."""

import threading
import time
from collections.abc import Callable

from cachetools import TTLCache

from atelier import limits
from atelier.access.ratelimit import Brake, TokenBucket, TooMany

Clock = Callable[[], float]
Sleep = Callable[[float], None]
_ALL = "all"


class Guesses:
    """The brakes on guessing, and which codes are no guess in which network. Thread-safe."""

    def __init__(self, clock: Clock = time.monotonic, sleep: Sleep = time.sleep) -> None:
        def brake(rate: float, burst: int, longest_s: float, each: int, overall: int) -> Brake:
            bucket = TokenBucket(rate, burst, clock=clock)
            return Brake(bucket, longest_s=longest_s, each=each, overall=overall, sleep=sleep)

        slowed = (limits.FAILURE_PAUSE_S, limits.FAILURES_WAITING, limits.ALL_FAILURES_WAITING)
        self._codes = brake(limits.FAILURES_PER_S, limits.FAILURES_AT_ONCE, *slowed)
        self._all = brake(
            limits.ALL_FAILURES_PER_S, limits.ALL_FAILURES_AT_ONCE,
            limits.FAILURE_PAUSE_S, limits.ALL_FAILURES_WAITING, limits.ALL_FAILURES_WAITING,
        )  # fmt: skip
        self.create_keys = brake(
            limits.CREATE_KEYS_PER_S, limits.CREATE_KEYS_AT_ONCE,
            limits.FAILURE_PAUSE_S, limits.CREATE_KEYS_WAITING, limits.ALL_CREATE_KEYS_WAITING,
        )  # fmt: skip
        returned = (limits.RETURNS_PER_S, limits.RETURNS_AT_ONCE, limits.RETURN_PAUSE_S)
        self._returns_of_browser = brake(*returned, 1, limits.ALL_RETURNS_WAITING)
        self._returns_of_network = brake(
            limits.NETWORK_RETURNS_PER_S, limits.NETWORK_RETURNS_AT_ONCE,
            limits.RETURN_PAUSE_S, limits.RETURNS_WAITING, limits.ALL_RETURNS_WAITING,
        )  # fmt: skip
        self._at_home: TTLCache[tuple[str, str], bool] = TTLCache(
            limits.CODES_AT_HOME, limits.CODE_AT_HOME_S, timer=clock
        )
        self._lock = threading.Lock()

    def before_code(self, network: str, code: str) -> None:
        """Wait before a stranger's code is looked up: right or wrong, so that the answer tells nothing early.

        A code that people of that network are in already is no guess. Raises TooMany.
        """
        with self._lock:
            at_home = (network, code) in self._at_home
        if not at_home:
            self._codes.wait(network)

    def wrong(self, network: str) -> None:
        """Count a wrong code or link; when the whole server is asked for many, the answer takes its time."""
        self._codes.failed(network)
        self._all.failed(_ALL)
        try:
            self._all.wait(_ALL)
        except TooMany:
            return  # slowing is all that is done to those who are not over their own network's limit

    def right(self, network: str, code: str) -> None:
        """Remember that people of that network are in the workshop `code`."""
        with self._lock:
            self._at_home[network, code] = True

    def before_return(self, network: str, browser: str) -> None:
        """Wait before a code to return is looked at: as the browser must, then as its network must. Raises TooMany."""
        self._returns_of_browser.wait(browser)
        self._returns_of_network.wait(network)

    def wrong_return(self, network: str, browser: str) -> None:
        """Count a wrong code to return."""
        self._returns_of_browser.failed(browser)
        self._returns_of_network.failed(network)
