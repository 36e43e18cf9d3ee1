"""`atelier serve` by a date that is so many days from the machine's, looking at once."""

import sys

from atelier.runtime.concurrency import take_over

take_over()

from atelier.config import from_environment  # noqa: E402
from atelier.retention import jobs  # noqa: E402
from atelier.retention.clock import SystemClock  # noqa: E402
from atelier.serving import serve_forever  # noqa: E402


class Shifted(SystemClock):
    """The machine's clock, set wrong."""

    def __init__(self, days: float) -> None:
        self._off_ms = int(days * 24 * 3_600_000)

    def now_ms(self) -> int:
        """Return the wrong date."""
        return super().now_ms() + self._off_ms


def main(days: float, port: str) -> None:
    """Serve until told to stop."""
    jobs.PURGE_FIRST_S, jobs.PURGE_EVERY_S = 0.2, 0.2  # type: ignore[assignment]
    serve_forever(from_environment(port=port), lambda: None, Shifted(days))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[sys.argv.index("--port") + 1])
