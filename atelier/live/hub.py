"""Tells connected screens what changed: collects what became stale, draws it once an audience, sends it once a room.

Knows nothing of rules: what to draw comes from the function it is given.
"""

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from atelier.live.regions import Kind, Region, stale
from atelier.service import Recorded, Service

WINDOW_S = 0.045
BEAT_S = 2.0
CHANGED = "workshop:changed"
POSITION = "workshop:position"
BEAT = "server:beat"

log = logging.getLogger("atelier.live")


class Audience(NamedTuple):
    """Readers who see the same: the phones of one group, the walls, the desks."""

    surface: str
    group: int = 0

    def room(self, code: str) -> str:
        """Return the name of the socket room of this audience."""
        return f"{code}/{self.surface}/{self.group}"


Draw = Callable[[str, Audience, frozenset[Region]], "dict[str, Any] | None"]
Send = Callable[[str, Any, "str | None"], None]


@dataclass(slots=True)
class _Workshop:
    base: int
    regions: set[Region] = field(default_factory=set)
    sent: dict[Audience, int] = field(default_factory=dict)
    not_before: float = 0.0


class Hub:
    """Leading-edge coalescing: a quiet room hears at once, a busy one once a window."""

    def __init__(self, service: Service, draw: Draw, send: Send) -> None:
        self._service, self._draw, self._send = service, draw, send
        self._workshops: dict[str, _Workshop] = {}
        self._readers: dict[str, Counter[Audience]] = defaultdict(Counter)
        self._wake = threading.Condition()
        self._going = True

    def start(self) -> None:
        """Start sending, and the beat by which a screen notices that the server is gone."""
        threading.Thread(target=self._run, name="hub", daemon=True).start()
        threading.Thread(target=self._beat, name="beat", daemon=True).start()

    def stop(self) -> None:
        """Stop sending."""
        with self._wake:
            self._going = False
            self._wake.notify()

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Note what these facts make stale (called after their commit)."""
        self._note(code, stale(each.fact.event for each in recorded), recorded[0].seq - 1)

    def arrived(self, code: str, audience: Audience) -> None:
        """One more screen reads `audience`."""
        self._count(code, audience, 1)

    def left(self, code: str, audience: Audience) -> None:
        """One screen less."""
        self._count(code, audience, -1)

    def watched(self) -> list[str]:
        """Return the workshops that somebody has on a screen."""
        with self._wake:
            return [code for code, counts in self._readers.items() if counts.total() > 0]

    def touch(self, code: str, kind: Kind) -> None:
        """Have a part of every screen redrawn although the journal did not move (presence, the address)."""
        self._note(code, frozenset({Region(kind)}), None)

    def _count(self, code: str, audience: Audience, step: int) -> None:
        with self._wake:
            self._readers[code][audience] += step

    def _note(self, code: str, regions: frozenset[Region], base: int | None) -> None:
        with self._wake:
            workshop = self._workshops.get(code)
            if workshop is None:
                seq = self._service.read(code).position.seq if base is None else base
                workshop = self._workshops[code] = _Workshop(base=seq)
            workshop.regions |= regions
            self._wake.notify()

    def _run(self) -> None:
        while self._going:
            due = self._wait()
            for code, regions in due:
                try:
                    self._flush(code, regions)
                except Exception:  # one workshop's trouble must not silence the others
                    log.exception("flush.failed")

    def _wait(self) -> list[tuple[str, frozenset[Region]]]:
        with self._wake:
            while self._going:
                now = time.monotonic()
                stale_ones = [(code, w) for code, w in self._workshops.items() if w.regions]
                due = [(code, w) for code, w in stale_ones if w.not_before <= now]
                if due:
                    return [(code, self._taken(w, now)) for code, w in due]
                soonest = min((w.not_before for _, w in stale_ones), default=None)
                self._wake.wait(None if soonest is None else max(0.0, soonest - now))
        return []

    def _taken(self, workshop: _Workshop, now: float) -> frozenset[Region]:
        regions = frozenset(workshop.regions)
        workshop.regions.clear()
        workshop.not_before = now + WINDOW_S
        return regions

    def _flush(self, code: str, regions: frozenset[Region]) -> None:
        workshop = self._workshops[code]
        with self._wake:
            audiences = [audience for audience, n in self._readers[code].items() if n > 0]
        for audience in audiences:
            message = self._draw(code, audience, regions)
            if message is not None:
                message["from"] = workshop.sent.get(audience, workshop.base)
                workshop.sent[audience] = message["to"]
                self._send(CHANGED, message, audience.room(code))

    def _beat(self) -> None:
        while self._going:
            time.sleep(BEAT_S)
            self._send(BEAT, {}, None)
