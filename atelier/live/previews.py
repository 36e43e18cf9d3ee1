"""Previews of an arm while it is pulled: broadcast to the group and the walls, stored nowhere. Placements come by POST.

Whether somebody may pull, and whether walls show it, is asked of functions it is given.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from atelier.limits import PREVIEW_WINDOW_S, PREVIEWS_PER_S
from atelier.live.flusher import BackgroundFlusher
from atelier.live.hub import Audience, Send
from atelier.live.regions import Kind, stale
from atelier.service.service import Recorded

PULLED, DROPPED, PREVIEWED = "bar:pulled", "bar:dropped", "bar:previewed"

log = logging.getLogger("atelier.live")

Bar = tuple[int, str]
"""A group and an action."""


class Pull(NamedTuple):
    """Where the two arms of a bar are, from 0 to 100, None where nobody answered; `dropped`: back where they were."""

    action: str
    fs: int | None = 0
    cn: int | None = 0
    dropped: bool = False

    def told(self, group: int) -> list[Any]:
        """Return the wire format: `[group, action, fs, cn]`, or `[group, action]` when it was dropped."""
        return [group, self.action] if self.dropped else [group, self.action, self.fs, self.cn]


def pull_in(body: object) -> Pull | None:
    """Return the pull that a phone tells as `{"action", "fs", "cn"}`, one perhaps null; None when it is no pull."""
    if not isinstance(body, dict):
        return None
    action, fs, cn = body.get("action"), body.get("fs"), body.get("cn")
    pulled = [type(reach) for reach in (fs, cn) if reach is not None]
    if isinstance(action, str) and pulled and set(pulled) == {int}:
        return Pull(action, fs, cn)
    return None


def drop_in(body: object) -> Pull | None:
    """Return the end of a pull that a phone tells as `{"action"}`, or None when it is none."""
    action = body.get("action") if isinstance(body, dict) else None
    return Pull(action, dropped=True) if isinstance(action, str) else None


@dataclass(slots=True)
class _Hand:
    """Pending pulls of one person: the newest of each bar, until their next turn."""

    waiting: dict[Bar, Pull] = field(default_factory=dict)
    not_before: float = 0.0


@dataclass(slots=True)
class _Workshop:
    hands: dict[str, _Hand] = field(default_factory=dict)
    not_before: float = 0.0

    def due_at(self) -> float | None:
        """Return when something is due (monotonic seconds); None when nothing waits."""
        turns = [hand.not_before for hand in self.hands.values() if hand.waiting]
        return max(min(turns), self.not_before) if turns else None

    def is_due(self, now: float) -> bool:
        """Tell whether something is to be sent at `now`."""
        at = self.due_at()
        return at is not None and at <= now

    def taken(self, now: float) -> dict[Bar, Pull]:
        """Take what is due of everybody; their next turn comes later."""
        pulls: dict[Bar, Pull] = {}
        for hand in self.hands.values():
            if hand.waiting and hand.not_before <= now:
                pulls |= hand.waiting
                hand.waiting = {}
                hand.not_before = now + 1 / PREVIEWS_PER_S
        self.not_before = now + PREVIEW_WINDOW_S
        return pulls

    def busy(self, now: float) -> bool:
        """Forget the hands that rested for a turn; tell whether any is left."""
        self.hands = {who: hand for who, hand in self.hands.items() if hand.waiting or hand.not_before > now}
        return bool(self.hands)


Shown = Callable[[str], bool]


class Previews(BackgroundFlusher):
    """Rate-limits previews (`PREVIEWS_PER_S` a person, the last value wins) and batches them by audience and window."""

    name = "previews"

    def __init__(self, on_walls: Shown, send: Send) -> None:
        """`on_walls(code)`: whether walls show arms just now."""
        super().__init__()
        self._on_walls, self._send = on_walls, send
        self._workshops: dict[str, _Workshop] = {}

    def pulled(self, code: str, person: str, group: int, pull: Pull) -> None:
        """Queue a pull, or its end, by somebody who may place it."""
        with self._wake:
            hands = self._workshops.setdefault(code, _Workshop()).hands
            hands.setdefault(person, _Hand()).waiting[group, pull.action] = pull
            self._wake.notify()

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Drop pending pulls of bars whose placement was just committed: they are older."""
        with self._wake:
            workshop = self._workshops.get(code)
            if workshop is None:
                return
            for region in stale(each.fact.event for each in recorded):
                if region.kind is Kind.LINE:
                    for hand in workshop.hands.values():
                        hand.waiting.pop((region.group, region.action), None)

    def flush(self, now: float) -> None:
        """Send what is due at `now` (monotonic seconds)."""
        for code, pulls in self._due(now):
            try:
                self._tell(code, pulls)
            except Exception:  # one workshop's trouble must not silence the others
                log.exception("preview.failed")

    def _soonest(self) -> float | None:
        turns = (each.due_at() for each in self._workshops.values())
        return min((at for at in turns if at is not None), default=None)

    def _due(self, now: float) -> list[tuple[str, dict[Bar, Pull]]]:
        with self._wake:
            due = [(code, each.taken(now)) for code, each in self._workshops.items() if each.is_due(now)]
            self._workshops = {code: each for code, each in self._workshops.items() if each.busy(now)}
            return due

    def _tell(self, code: str, pulls: dict[Bar, Pull]) -> None:
        by_group: dict[int, list[list[Any]]] = {}
        for (group, _), pull in pulls.items():
            by_group.setdefault(group, []).append(pull.told(group))
        for group, bars in by_group.items():
            self._send(PREVIEWED, {"bars": bars}, Audience("phone", group).room(code))
        if self._on_walls(code):
            bars = [pull.told(group) for (group, _), pull in pulls.items()]
            self._send(PREVIEWED, {"bars": bars}, Audience("wall").room(code))
