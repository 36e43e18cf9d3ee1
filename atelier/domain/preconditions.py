"""Where the room was when a control was pressed, against where it is: a press never does what it did not say."""

from collections.abc import Callable

from atelier.domain.acts import Command
from atelier.domain.state import Workshop

_NOW: dict[str, Callable[[Workshop], object]] = {
    "from_status": lambda state: state.status,
    "from_phase": lambda state: state.phase,
    "from_presenting": lambda state: state.presenting,
    "from_clock": lambda state: state.clock.status,
    "from_view": lambda state: state.wall.mark,
}
"""By field of a command: what must still be so. `from_total` is not here: time is added all the same."""


def moved_on(state: Workshop, command: Command) -> bool:
    """Tell whether the room is no longer where `command` says that it was."""
    said = ((getattr(command, name, None), now) for name, now in _NOW.items())
    return any(value is not None and value != now(state) for value, now in said)
