"""End of workshops at their term: announce, move to quarantine, erase. A date alone erases nothing."""

import datetime as dt
import errno
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from atelier.domain.retention import counted_from, erased_on, set_aside_on
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Damaged
from atelier.journal.sqlite import last_at
from atelier.library.library import Library
from atelier.limits import PURGE_CONFIRM_S, QUARANTINE_S
from atelier.retention import erasure_log, schedule
from atelier.retention.backup import Copy, NotRestored
from atelier.retention.clock import Clock, SystemClock, day_everywhere, day_of
from atelier.retention.due_worker import Ends, ends_beside
from atelier.retention.eraser import Eraser
from atelier.retention.library_backup import end_due, is_item
from atelier.retention.records import Place, Records
from atelier.retention.schedule import DAY_MS, Schedule
from atelier.runtime.logs import reason
from atelier.service.service import Elsewhere, StorageFailed, UnknownWorkshop

TURN_S = 10
"""Seconds to wait for a purge that is at work."""

log = logging.getLogger("atelier.retention")


class End(NamedTuple):
    """A workshop that ends soon: when it is set aside, and when it is erased."""

    code: str
    aside_on: dt.date
    erased_on: dt.date


class Doubt(NamedTuple):
    """Why the date of the machine looks wrong: `kind` is `back`, `far` or `newer`, with the two dates in question."""

    kind: str
    before: dt.date
    now: dt.date


@dataclass(slots=True)
class Purge:
    """Job that ends workshops, and items of the library, past their term.

    `gone(code)` is called for each workshop that is no longer reachable.
    """

    eraser: Eraser
    clock: Clock
    gone: Callable[[str], None] = lambda code: None
    ends: Callable[[Path | str, dt.date], Ends] = ends_beside
    library: Library | None = None
    _looked_at_s: float | None = field(default=None)

    def look(self) -> tuple[list[str], list[str]]:
        """Quarantine and erase what is due; return both. Processes and nodes take turns by a lock.

        Raises OSError or TookTooLong when the journals cannot be read: then nothing was done.
        """
        with self._records.turn() as ours:
            return self._looked() if ours else ([], [])

    def _looked(self) -> tuple[list[str], list[str]]:
        elapsed, now = self.clock.elapsed_s(), self.clock.now_ms()
        passed = None if self._looked_at_s is None else int((elapsed - self._looked_at_s) * 1000)
        today = day_everywhere(now)
        soon, newest = self.ends(self._records.source, today)
        seen = schedule.looked(schedule.load(self._records.place), now, passed)
        seen = replace(seen, newest=newest, ends={code: end.isoformat() for code, end in soon.items()})
        over = [code for code, end in soon.items() if _over(seen, code, end, today)]
        for code in {each for each in seen.due if not is_item(each)} - set(soon):
            del seen.due[code]
        self._end_items(seen, today)
        schedule.save(self._records.place, seen)
        self._looked_at_s = elapsed
        if len(soon) > len(over):
            log.warning("retention.announced count=%d", len(soon) - len(over))
        aside = [code for code in over if self._set_aside(code, seen)]
        return aside, self._erased(seen, today)

    def _end_items(self, seen: Schedule, today: dt.date) -> None:
        try:
            count = end_due(self.library, seen, today) if self.library else 0
        except (OSError, Damaged) as error:  # workshops end all the same
            log.error("library.not_ended", extra={"reason": reason(error)})
            return
        if count:
            log.warning("library.ended count=%d", count)

    def _set_aside(self, code: str, seen: Schedule) -> bool:
        # Noted first: were it the other way round, a start in between would count from a later moment.
        seen.aside[code] = seen.age
        schedule.save(self._records.place, seen)
        try:
            with self.eraser.service.visit(code):
                self.eraser.service.erase(code, first=lambda: self._records.quarantine.take(code))
        except Elsewhere:
            return False  # that process sees to it
        except (OSError, Damaged, StorageFailed, UnknownWorkshop) as error:
            log.error("retention.not_set_aside", extra={"reason": reason(error)})
            return False
        seen.due.pop(code, None)
        schedule.save(self._records.place, seen)
        log.warning("retention.set_aside count=1")
        self.gone(code)
        return True

    def _erased(self, seen: Schedule, today: dt.date) -> list[str]:
        done = []
        for code in self._records.quarantine.codes():
            if self.eraser.service.holds(code):
                continue  # put there halfway: it is still in its place, and is taken again
            state = self._records.quarantine.state(code)
            end = erased_on(state.prepared) if state else None
            if end is None:
                log.error("retention.unreadable count=1")  # left for a person
            elif today < set_aside_on(end):
                self._put_back(code, seen)
            elif end <= today and seen.age - seen.aside.setdefault(code, seen.age) >= QUARANTINE_S * 1000:
                self._erase(code, seen)
                done.append(code)
        schedule.save(self._records.place, seen)
        return done

    def _put_back(self, code: str, seen: Schedule) -> None:
        """Take workshops out of quarantine: the date that sent them there was wrong."""
        try:
            self._records.quarantine.put_back(code)
        except (OSError, Damaged, LookupError, NotRestored) as error:
            log.error("retention.not_put_back", extra={"reason": reason(error)})
            return
        seen.aside.pop(code, None)
        log.warning("retention.put_back count=1")

    def _erase(self, code: str, seen: Schedule) -> None:
        erasure_log.note_term(self._records.place, code)
        self.eraser.forget(code)
        seen.aside.pop(code, None)
        log.warning("retention.erased count=1")

    @property
    def _records(self) -> Records:
        return self.eraser.records


def _over(seen: Schedule, code: str, end: dt.date, today: dt.date) -> bool:
    due_for = seen.seen_for(code, counted_from(end) <= today)
    return due_for is not None and due_for >= PURGE_CONFIRM_S * 1000 and set_aside_on(end) <= today


def put_back(records: Records, code: str) -> Copy:
    """Restore a workshop from quarantine on request, and restart all its counts; return it.

    Raises NotRestored, Damaged, LookupError or OSError.
    """
    copy = records.quarantine.put_back(code)
    deadline = time.monotonic() + TURN_S
    while time.monotonic() < deadline:
        with records.turn() as ours:
            if ours:
                seen = schedule.load(records.place)
                seen.due.pop(code, None)
                seen.aside.pop(code, None)
                schedule.save(records.place, seen)
                return copy
        time.sleep(0.1)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def soon(place: Path | Place) -> list[End]:
    """Return the workshops that go to quarantine soon, as of the last look, soonest first."""
    ends = []
    for code, text in schedule.load(place).ends.items():
        end = dt.date.fromisoformat(text)
        ends.append(End(code, set_aside_on(end), end))
    return sorted(ends, key=lambda each: (each.erased_on, each.code))


def doubts(place: Path | Place, clock: Clock | None = None, newest: int | None = None) -> list[Doubt]:
    """Return why the machine's date looks wrong. `newest`: time of the newest fact (Unix ms), None to read it."""
    now, seen = (clock or SystemClock()).now_ms(), schedule.load(place)
    newest_ms = newest_fact(place) if newest is None else newest
    reasons = []
    if seen.looked_at and now < seen.looked_at - DAY_MS:
        reasons.append(Doubt("back", day_of(seen.looked_at), day_of(now)))
    elif seen.looked_at and now - seen.looked_at > schedule.FAR_MS:
        reasons.append(Doubt("far", day_of(seen.looked_at), day_of(now)))
    elif seen.jump is not None:
        kind = "back" if seen.jump.after < seen.jump.before else "far"
        reasons.append(Doubt(kind, day_of(seen.jump.before), day_of(seen.jump.after)))
    if newest_ms > now + DAY_MS and not reasons:
        reasons.append(Doubt("newer", day_of(newest_ms), day_of(now)))
    return reasons


def newest_fact(place: Path | Place) -> int:
    """Return the time of the newest fact of all journals, Unix ms; 0 when there is none."""
    if not isinstance(place, Path):
        return place.newest_fact()
    codes = JournalFolder(place, read_only=True).codes()
    return max((last_at(place / f"{code}.db") for code in codes), default=0)


def today() -> dt.date:
    """Return the day by which ends are counted."""
    return day_everywhere(SystemClock().now_ms())
