"""What was seen to be due, when, and how much real time has passed since: kept on the disk across starts.

The date of a machine may be wrong by months. So nothing ends because of a date alone: it has to be seen as due twice,
with real time between the two looks, and the date must never have gone back meanwhile.
"""

import json
import logging
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from atelier.runtime.logs import reason

NAME = ".echeances.json"
DAY_MS = 24 * 3_600_000
STEP_MS = 5 * 60_000
"""How far a clock may be put back before the date is said to have gone back: machines set theirs by the network."""
FAR_MS = 45 * DAY_MS
"""So long after the last look a date is doubted aloud."""
DOUBTED_MS = 7 * DAY_MS
"""For so long after a jump of the date the doubt is told."""

log = logging.getLogger("atelier.retention")


@dataclass(frozen=True, slots=True)
class Jump:
    """The date went from one look to the next as it should not have: Unix milliseconds, and the age at which."""

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
        """Return for how much real time `what` has been seen as due, counting from now the first time; else None."""
        if not now_due:
            self.due.pop(what, None)
            return None
        return self.age - self.due.setdefault(what, self.age)


def looked(before: Schedule, now_ms: int, passed_ms: int | None) -> Schedule:
    """Return the schedule at a new look. `passed_ms`: real time since this process looked, None the first time.

    When the date went back every count starts again.
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


def load(folder: Path) -> Schedule:
    """Return what is kept in `folder`. One that cannot be read is as good as none: every count starts again."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        jump = kept.pop("jump", None)
        return Schedule(**kept, jump=Jump(**jump) if jump else None)
    except FileNotFoundError:
        return Schedule()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        log.warning("schedule.unreadable", extra={"reason": reason(error)})
        return Schedule()


def save(folder: Path, schedule: Schedule) -> None:
    """Keep `schedule` in `folder`, durably and whole. Raises OSError."""
    fresh = folder / f"{NAME}.part"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(schedule), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAME)
