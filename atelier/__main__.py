"""`python -m atelier` and `atelier`: servers run on greenlets where they can; that is settled before anything else."""

import os
import sys

from atelier import concurrency


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] in (["serve"], ["demo"]) and _greenlets_wanted(
        os.environ.get("ATELIER_CONCURRENCY") or "auto"
    ):
        concurrency.take_over()
    from atelier.cli import main as command_line

    command_line()


def _greenlets_wanted(wish: str) -> bool:
    if wish not in concurrency.CHOICES:
        sys.exit(f"ATELIER_CONCURRENCY : « {wish} » n’est ni auto, ni gevent, ni threads.")
    if wish == "gevent" and not concurrency.available():
        sys.exit("ATELIER_CONCURRENCY=gevent : gevent n’est pas installé.")
    if wish != "auto":
        return wish == "gevent"
    from atelier.live.transport import pins

    # The stock transport, which other versions would mean, is only sound on threads.
    return concurrency.available() and not pins.wrong_versions()


if __name__ == "__main__":
    main()
