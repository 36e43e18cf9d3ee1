"""Wiring only: the pieces are made here, handed to each other, and know nothing of how."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask
from flask_socketio import SocketIO

from atelier import limits
from atelier.access.address_watch import AddressWatch
from atelier.access.addresses import Addresses
from atelier.access.ratelimit import TokenBucket
from atelier.access.return_codes import new_codes
from atelier.access.wifi import WifiNetworks
from atelier.config import Config
from atelier.deferred import DeferredWrites
from atelier.live.hub import Hub
from atelier.live.previews import Previews
from atelier.live.regions import Kind
from atelier.live.transport.server import open_sockets
from atelier.live.updates import LiveUpdates
from atelier.retention import jobs as retention
from atelier.retention.clock import Clock
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.runtime import control
from atelier.runtime.background import BackgroundJobs
from atelier.runtime.logs import reason
from atelier.service.act_clock import ActClock
from atelier.service.service import Service
from atelier.service.state_cache import StateCache
from atelier.storage import Storage, storage_of
from atelier.web import live_adapter
from atelier.web.flask_app import allows_sockets, flask_app, wrap
from atelier.web.http import metrics
from atelier.web.http.context import Context
from atelier.web.http.guesses import Guesses
from atelier.web.http.newcomers import waiting_room
from atelier.web.render import templating

log = logging.getLogger("atelier")


@dataclass(frozen=True, slots=True)
class Program:
    """The running pieces: the WSGI application, its sockets, and what has to be closed at the end."""

    app: Flask
    socketio: SocketIO
    service: Service
    live: LiveUpdates
    deferred: DeferredWrites
    jobs: BackgroundJobs
    storage: Storage
    port: int

    @property
    def hub(self) -> Hub:
        """Tells screens what changed."""
        return self.live.hub

    @property
    def previews(self) -> Previews:
        """Shows arms while they are pulled."""
        return self.live.previews

    def close(self) -> None:
        """Take leave of the screens, commit what is queued, close every journal, and let another server have them."""
        self.jobs.stop()
        self.deferred.stop()
        self._unpublish()
        self.live.stop()
        self.service.close()
        self.storage.release()

    def _unpublish(self) -> None:
        try:
            control.unpublish(self.storage.config.sessions, self.port)
        except OSError as error:  # whoever asks there finds nobody
            log.warning("control.left", extra={"reason": reason(error)})


def create_program(
    config: Config,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    calendar: Clock | None = None,
) -> Program:
    """Return the program, ready to serve; on a disk that takes nothing, ready to be read.

    `clock`, in seconds, and `sleep` are those of the limits of pace; `calendar` says the date.
    Raises FolderBusy when another server holds the journals, OSError when there is no folder of them,
    DatabaseUnusable when there is no database of them.
    """
    storage, deferred, jobs = storage_of(config, serving=True), DeferredWrites(), BackgroundJobs()
    config, calendar = storage.config, calendar or storage.calendar()
    deferred.attempt("lock", storage.hold)
    deferred.attempt("exports", lambda: config.exports.mkdir(parents=True, exist_ok=True))
    secret = storage.signing_secret(deferred)
    service = Service(storage.store, ActClock(calendar), snapshots=StateCache(storage.store, secret))
    service.codes_by(partial(new_codes, secret))
    service.erasing_by(eraser := Eraser(service, storage.records))
    app = flask_app(config, secret)
    sockets = open_sockets(app, partial(allows_sockets, config))
    wrap(app, config)
    live = LiveUpdates(service, sockets, live_adapter.hooks(app, service))
    context = app.extensions["atelier"] = Context(
        config=config, service=service, records=storage.records, library=storage.library,
        addresses=Addresses(config), secret=secret,
        connected=live.presence.groups,
        people=live.presence.people,
        touched=live.hub.touch,
        readdressed=partial(live.hub.touch_all, Kind.EVERYTHING),
        drafted=live.drafted,
        erase=live_adapter.erasing(app, eraser, live),
        forgotten=eraser.forgotten.__getitem__,
        local_token=control.new_token(),
        wifi=WifiNetworks(config.sessions),
        waiting_room=waiting_room(clock),
        create_key=storage.creation_key(deferred),
        writes=TokenBucket(limits.WRITES_PER_S, limits.WRITES_AT_ONCE, clock=clock),
        guesses=Guesses(clock, sleep),
        calendar=calendar,
        metrics=metrics.registered(service, live.hub.screens),
    )  # fmt: skip
    deferred.attempt("control", lambda: control.publish(config.sessions, config.port, context.local_token))
    live.start()
    storage.join(service, live.erased, live.out_of_reach, jobs)
    retention.start(jobs, eraser, Purge(eraser, calendar, gone=live.out_of_reach, library=storage.library))
    AddressWatch(context.addresses, context.readdressed, partial(live.hub.touch_all, Kind.NETWORK)).start(
        jobs
    )
    templating.start_warm_up(jobs)
    return Program(app, sockets.server, service, live, deferred, jobs, storage, config.port)
