"""Live updates as a whole: builds, starts and stops hub, seats, readmission and previews together."""

from collections.abc import Callable
from typing import Any, NamedTuple

from atelier.live.handlers import Admit, Concerns, MayPull, Take, listen, listen_to_acts, listen_to_pulls
from atelier.live.hub import Audience, Draw, Hub
from atelier.live.presence import Presence
from atelier.live.previews import Previews
from atelier.live.readmission import Readmission
from atelier.live.seats import Seats
from atelier.live.transport.server import Sockets
from atelier.service.service import Service

DRAFTED = "desk:draft"


class Hooks(NamedTuple):
    """Callbacks by which `live` reaches screens and rules, which it may not import.

    `draw(snapshot, audience, regions)` returns a message, `concerns(…)` tells without drawing whether there may be one.
    `admit(code, surface, group)` returns a seat for the browser of this request. `take(seat, environ, form, version)`
    has an act done and answers it. `may_pull(seat, pull)` and `on_walls(code)` tell whether an arm may be shown while
    it is pulled.
    """

    draw: Draw
    concerns: Concerns
    admit: Admit
    take: Take
    may_pull: MayPull
    on_walls: Callable[[str], bool]


class LiveUpdates:
    """Hears what `service` commits, and what browsers say on `sockets`."""

    def __init__(self, service: Service, sockets: Sockets, hooks: Hooks) -> None:
        self._sockets = sockets
        self.hub = Hub(service, hooks.draw, sockets.send)
        self.presence = Presence()
        seats = Seats(self.hub, self.presence)
        self.readmission = Readmission(sockets.server, seats, service)
        self.hub.unrung = self.readmission.review
        self.previews = Previews(hooks.on_walls, sockets.send)
        # Before the hub, which tells what was committed.
        service.on_commit(self.readmission)
        service.on_commit(self.hub)
        service.on_commit(self.previews)
        service.kept_open_by(self.hub.watched)
        listen(sockets.server, seats, self.readmission, service, hooks.admit, hooks.concerns)
        listen_to_acts(sockets.server, seats, hooks.take)
        listen_to_pulls(sockets.server, seats, self.previews, hooks.may_pull)

    def start(self) -> None:
        """Start the flushers of hub and previews."""
        self.hub.start()
        self.previews.start()

    def stop(self) -> None:
        """Stop the flushers, then close every connection with a goodbye."""
        self.hub.stop()
        self.previews.stop()
        self.readmission.stop()
        self._sockets.farewell()

    def drafted(self, code: str, told: dict[str, Any]) -> None:
        """Tell the desks of a workshop what is being typed on one of them."""
        self._sockets.send(DRAFTED, told, Audience("desk").room(code))

    def out_of_reach(self, code: str) -> None:
        """Evict the readers of a workshop that went to quarantine."""
        self.hub.forget(code)
        self.readmission.close(code)

    def erased(self, code: str) -> None:
        """Tell the screens of an erased workshop, and evict them."""
        self.hub.erased(code)
        self.readmission.close(code)
