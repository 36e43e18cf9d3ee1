"""Persistent record of what was seen as due, and of the monotonic time that has passed since.

A machine's date may be wrong by months, so nothing ends because of a date alone: it must be seen as due twice, with
real time between the two looks, and the date must not have gone back meanwhile.
"""

import json
import logging
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

from atelier.runtime.logs import reason
from atelier.runtime.private_file import replace_private

NAME = ".echeances.json"
DAY_MS = 24 * 3_600_000
STEP_MS = 5 * 60_000
"""Milliseconds a clock may go back unnoticed: machines set theirs by the network."""
FAR_MS = 45 * DAY_MS
"""Milliseconds after the last look beyond which the date is reported as doubtful."""
DOUBTED_MS = 7 * DAY_MS
"""Milliseconds for which a jump of the date is reported."""

log = logging.getLogger("atelier.retention")


class Kept(Protocol):
    """A schedule kept elsewhere than in a folder."""

    def schedule(self) -> bytes:
        """Return what was kept last, nothing at first. Raises OSError."""
        ...

    def keep_schedule(self, content: bytes) -> None:
        """Keep it, durably. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class Jump:
    """An implausible change of date between two looks: both dates (Unix ms), and the schedule's age then (ms)."""

    before: int
    after: int
    age: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """`age` is the real time known to have passed, in milliseconds; `due` and `aside` say at which age it was seen.

    `ends` are the dates of what ends soon, as of the last look; `newest` is the newest fact of all journals then.
    """

    age: int = 0
    looked_at: int = 0
    newest: int = 0
    jump: Jump | None = None
    due: dict[str, int] = field(default_factory=dict)
    aside: dict[str, int] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)

    def seen_for(self, what: str, now_due: bool) -> int | None:
        """Return for how many ms of real time `what` has been due, 0 at first; None, and forget it, when not due."""
        if not now_due:
            self.due.pop(what, None)
            return None
        return self.age - self.due.setdefault(what, self.age)


def looked(before: Schedule, now_ms: int, passed_ms: int | None) -> Schedule:
    """Return the schedule after a new look. `passed_ms`: monotonic time since the last one, None after a start.

    When the date went back, every count restarts.
    """
    if not before.looked_at:
        return replace(before, looked_at=now_ms)
    by_date = now_ms - before.looked_at
    if by_date < -STEP_MS:
        back = Jump(before.looked_at, now_ms, before.age)
        again = dict.fromkeys(before.aside, before.age)
        return replace(before, looked_at=now_ms, jump=back, due={}, aside=again)
    real = max(0, by_date if passed_ms is None else min(by_date, passed_ms))
    age = before.age + real
    jump = before.jump
    if by_date - real > DAY_MS or (passed_ms is None and by_date > FAR_MS):
        jump = Jump(before.looked_at, now_ms, age)
    elif jump is not None and age - jump.age > DOUBTED_MS:
        jump = None
    return replace(
        before, age=age, looked_at=now_ms, jump=jump, due=dict(before.due), aside=dict(before.aside)
    )


def load(place: Path | Kept) -> Schedule:
    """Return the schedule stored there, an empty one when it is missing or unreadable."""
    try:
        content = (place / NAME).read_bytes() if isinstance(place, Path) else place.schedule()
        if not content:
            return Schedule()
        kept = json.loads(content)
        jump = kept.pop("jump", None)
        return Schedule(**kept, jump=Jump(**jump) if jump else None)
    except FileNotFoundError:
        return Schedule()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        log.warning("schedule.unreadable", extra={"reason": reason(error)})
        return Schedule()


def save(place: Path | Kept, schedule: Schedule) -> None:
    """Store `schedule` there atomically. Raises OSError."""
    content = json.dumps(asdict(schedule)).encode()
    if isinstance(place, Path):
        replace_private(place / NAME, content, durable=True)
    else:
        place.keep_schedule(content)
