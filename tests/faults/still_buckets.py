"""A server whose limits of pace never forgive, by a clock that stands still: for `RunningServer(program=…)`.

So many acts a person, whatever the time they take: what a flood is answered does not depend on how busy the machine is.
"""

from typing import Any

from atelier.runtime import concurrency

ACTS = 300
"""What one person may send in all."""


def stand_still() -> None:
    """Hand the program a clock that stands still."""
    from atelier import limits, serving
    from atelier.app import create_program

    limits.WRITES_AT_ONCE = ACTS
    server: Any = serving
    server.create_program = lambda config, **more: create_program(config, clock=lambda: 0.0, **more)


if __name__ == "__main__":
    concurrency.take_over()
    stand_still()
    from atelier.cli import main

    main()
