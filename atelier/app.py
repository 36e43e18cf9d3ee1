"""Wiring only: the pieces are made here, handed to each other, and know nothing of how."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask_socketio import SocketIO

from atelier import limits
from atelier.access.addresses import Addresses
from atelier.access.ratelimit import TokenBucket, TooMany
from atelier.access.return_codes import new_codes
from atelier.config import (
    CREATE_KEY_FILE,
    SECRET,
    Config,
    create_key_of,
    keep_secret,
    new_create_key,
    new_secret,
    secret_of,
)
from atelier.deferred import DeferredWrites
from atelier.domain.acts import Act
from atelier.domain.commands import PlaceAction
from atelier.domain.decide import accepted
from atelier.journal.folder import JournalFolder
from atelier.limits import FORM_BYTES, PURGE_EVERY_S, PURGE_FIRST_S
from atelier.live.admission import Seat, seat_of
from atelier.live.handlers import Holds, listen, listen_to_pulls
from atelier.live.hub import Audience, Hub
from atelier.live.presence import Presence
from atelier.live.previews import Previews, Pull
from atelier.live.readmission import Readmission
from atelier.live.regions import Kind
from atelier.live.seats import Seats
from atelier.live.transport.server import Sockets, open_sockets
from atelier.retention.clock import Clock, SystemClock
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.runtime import background, control
from atelier.runtime.logs import reason
from atelier.service.service import Damaged, Service, StorageFailed
from atelier.service.state_cache import StateCache
from atelier.service.workshop import Snapshot
from atelier.web.http import errors, identity, security, sentences
from atelier.web.http.client_address import ClientAddress, Misled
from atelier.web.http.context import Context
from atelier.web.http.guesses import Guesses
from atelier.web.http.hosts import Hosts
from atelier.web.http.lookup import NoSuchWorkshop, snapshot_of
from atelier.web.http.sessions import Sessions
from atelier.web.render import updates
from atelier.web.render.static_files import StaticFiles
from atelier.web.render.templating import assets, warm_up
from atelier.web.routes.about import pages
from atelier.web.routes.acts import acts
from atelier.web.routes.control import local
from atelier.web.routes.danger_zone import ending
from atelier.web.routes.desk_admin import facilitating
from atelier.web.routes.home import home
from atelier.web.routes.join import door
from atelier.web.routes.screens import screens
from atelier.web.screens.wall.page import shows_arms

ADDRESS_WATCH_S = 5.0
WARM_UP_AFTER_S, WARM_UP_PAUSE_S = 1.0, 0.02

log = logging.getLogger("atelier")


@dataclass(frozen=True, slots=True)
class Program:
    """The running pieces: the WSGI application, its sockets, and what has to be closed at the end."""

    app: Flask
    socketio: SocketIO
    service: Service
    hub: Hub
    previews: Previews
    farewell: Callable[[], None]
    deferred: DeferredWrites
    sessions: Path
    port: int

    def close(self) -> None:
        """Take leave of the screens, commit what is queued, close every journal."""
        self.deferred.stop()
        self._unpublish()
        self.hub.stop()
        self.previews.stop()
        self.farewell()
        self.service.close()

    def _unpublish(self) -> None:
        try:
            control.unpublish(self.sessions, self.port)
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
    Raises FolderBusy when another server holds the journals, OSError when there is no folder of them.
    """
    folder = JournalFolder(config.sessions, shared=config.behind_nginx)
    deferred = DeferredWrites()
    deferred.attempt("lock", folder.hold)
    deferred.attempt("exports", lambda: config.exports.mkdir(parents=True, exist_ok=True))
    secret = config.secret or _secret(config.sessions, deferred)
    calendar = calendar or SystemClock()
    service = Service(folder, calendar.now_ms, snapshots=StateCache(folder, secret))
    app = _flask(config, secret)
    sockets = _sockets(app, config)
    context = _context(config, secret, service, clock, sleep)
    context.create_key = _create_key(config, deferred)
    app.extensions["atelier"] = context
    hub, seats, readmission = _listened_to(context, service, sockets.server)
    previews = Previews(_on_walls(service), _sender(sockets.server))
    service.on_commit(previews)
    listen_to_pulls(sockets.server, seats, previews, _may_pull(service))
    eraser = Eraser(service, config.sessions, config.exports)
    service.erasing_by(eraser)
    service.codes_by(partial(new_codes, secret))
    context.erase = lambda code: _erase(eraser, hub, readmission, context, code)
    deferred.attempt("control", lambda: _publish(config, context))
    purge = Purge(eraser, calendar, gone=lambda code: _out_of_reach(hub, readmission, code))
    hub.start()
    previews.start()
    _in_the_background(eraser, purge, _AddressWatch(context.addresses, hub))
    return Program(
        app,
        sockets.server,
        service,
        hub,
        previews,
        sockets.farewell,
        deferred,
        config.sessions,
        config.port,
    )


def _listened_to(context: Context, service: Service, socketio: SocketIO) -> tuple[Hub, Seats, Readmission]:
    """Make the hub, and let browsers listen to it for as long as they may."""
    hub = Hub(service, _drawer(context), _sender(socketio))
    presence = Presence()
    context.connected, context.people = presence.groups, presence.people
    _lets_redraw(context, hub)
    seats = Seats(hub, presence)
    readmission = Readmission(socketio, seats, service)
    service.on_commit(readmission)  # before the hub, which tells what was committed
    hub.unrung = readmission.review
    service.on_commit(hub)
    service.kept_open_by(hub.watched)
    listen(socketio, seats, readmission, service, _admit, _holding(presence, hub))
    return hub, seats, readmission


def _in_the_background(eraser: Eraser, purge: Purge, watch: "_AddressWatch") -> None:
    background.once("erasures", eraser.complete)
    background.repeat("purge", lambda: _end_workshops(eraser, purge), PURGE_EVERY_S, PURGE_FIRST_S)
    background.repeat("address", watch.look, ADDRESS_WATCH_S)
    background.once("warm-up", _warm_up, WARM_UP_AFTER_S)


def _end_workshops(eraser: Eraser, purge: Purge) -> None:
    """Workshops end on the day that was said at their creation, whether or not somebody thinks of it."""
    background.guarded("erasures", eraser.complete)
    purge.look()


def _warm_up() -> None:
    warm_up(lambda: time.sleep(WARM_UP_PAUSE_S))


def _publish(config: Config, context: Context) -> None:
    context.local_token = control.publish(config.sessions, config.port).token


def _secret(sessions: Path, deferred: DeferredWrites) -> bytes:
    """Return the folder's secret; where none can be kept, one that is kept later: until then a restart forgets it."""
    try:
        return secret_of(sessions)
    except OSError:
        if (sessions / SECRET).exists():
            raise  # there is one, that we may not read: another would make strangers of everybody
    fresh = new_secret()
    deferred.attempt("secret", lambda: keep_secret(sessions, fresh))
    return fresh


def _create_key(config: Config, deferred: DeferredWrites) -> str:
    try:
        return create_key_of(config)
    except OSError:  # nothing can be created either, until the disk takes it
        fresh = new_create_key()
    deferred.attempt("create-key", lambda: keep_secret(config.sessions, fresh.encode(), CREATE_KEY_FILE))
    return fresh


def _erase(eraser: Eraser, hub: Hub, readmission: Readmission, context: Context, code: str) -> None:
    eraser.erase(code)
    context.wifi.pop(code, None)
    context.waiting_room.forget(code)
    hub.erased(code)
    readmission.close(code)


def _out_of_reach(hub: Hub, readmission: Readmission, code: str) -> None:
    hub.forget(code)
    readmission.close(code)


class _AddressWatch:
    """From the venue's Wi-Fi to a hotspot the laptop's address changes: the walls then show the new QR."""

    def __init__(self, addresses: Addresses, hub: Hub) -> None:
        self._addresses, self._hub = addresses, hub
        self._known = addresses.base(), addresses.reach()

    def look(self) -> None:
        """Have redrawn what shows an address, when it changed."""
        found = self._addresses.base(), self._addresses.reach()
        known, self._known = self._known, found
        if found[0] != known[0]:
            log.warning("address.changed")
            _touch_all(self._hub, Kind.EVERYTHING)
        elif found != known:  # another card came or went: « Inviter » lists it
            _touch_all(self._hub, Kind.NETWORK)


def _lets_redraw(context: Context, hub: Hub) -> None:
    context.touched = hub.touch
    context.readdressed = lambda: _touch_all(hub, Kind.EVERYTHING)


def _touch_all(hub: Hub, kind: Kind) -> None:
    for code in hub.watched():
        # One workshop that cannot be read must not keep the others from their address.
        background.guarded("address", partial(hub.touch, code, kind))


def _flask(config: Config, secret: bytes) -> Flask:
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.session_interface = Sessions()
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="atelier",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=366),
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=500,
    )
    for blueprint in (home, local, door, screens, acts, facilitating, ending, pages):
        app.register_blueprint(blueprint)
    errors.register(app)
    _guard(app, config)
    return app


def _guard(app: Flask, config: Config) -> None:
    @app.before_request
    def refuse_foreign_writes() -> Response | None:
        if request.method in ("GET", "HEAD", "OPTIONS") or security.same_origin(
            request.environ, config.only_origin
        ):
            return None
        return errors.said(403, sentences.FOREIGN)

    @app.after_request
    def protect(response: Response) -> Response:
        return security.compressed(security.protect(response, request), request)


def _sockets(app: Flask, config: Config) -> Sockets:
    def allowed(origin: str, environ: dict[str, Any] | None = None) -> bool:
        return security.same_origin({**(environ or {}), "HTTP_ORIGIN": origin}, config.only_origin)

    sockets = open_sockets(app, allowed)
    app.wsgi_app = StaticFiles(app.wsgi_app, assets())  # type: ignore[method-assign]
    app.wsgi_app = Hosts(app.wsgi_app, config)  # type: ignore[method-assign]
    app.wsgi_app = ClientAddress(app.wsgi_app, config.proxies, Misled(config))  # type: ignore[method-assign]
    app.wsgi_app = security.SafeHeaders(app.wsgi_app)  # type: ignore[method-assign]
    return sockets


def _context(
    config: Config,
    secret: bytes,
    service: Service,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Context:
    return Context(
        config=config,
        service=service,
        addresses=Addresses(config),
        secret=secret,
        connected=lambda code: {},
        people=lambda code: {},
        touched=lambda code, kind: None,
        erase=lambda code: None,
        writes=TokenBucket(limits.WRITES_PER_S, limits.WRITES_AT_ONCE, clock=clock),
        guesses=Guesses(clock, sleep),
    )


def _drawer(context: Context) -> Any:
    def draw(snapshot: Snapshot, audience: Audience, regions: Any) -> dict[str, Any] | None:
        return updates.message(context, snapshot, audience, regions)

    return draw


def _sender(socketio: SocketIO) -> Any:
    def send(name: str, body: Any, room: str | None) -> None:
        socketio.emit(name, body, to=room)

    return send


def _admit(code: str, surface: str, group: int) -> Seat | None:
    try:
        state = snapshot_of(code).state
    except (NoSuchWorkshop, TooMany, Damaged, StorageFailed):
        return None
    return seat_of(state, code, identity.visitor(code), surface, group)


def _holding(presence: Presence, hub: Hub) -> Holds:
    def holding(code: str, sid: str, count: int) -> None:
        if presence.holds(code, sid, count):
            hub.touch(code, Kind.PEOPLE)

    return holding


def _may_pull(service: Service) -> Callable[[Seat, Pull], bool]:
    """Whoever may place an action may show where they are about to: the same rules, asked as for the act itself."""

    def may(seat: Seat, pull: Pull) -> bool:
        if seat.audience.surface != "phone":
            return False
        state = service.read(seat.code).state
        wanted = PlaceAction(group=seat.audience.group, action=pull.action, fs=pull.fs, cn=pull.cn)
        acts = (Act(command=wanted, by=by, at=service.now(), fresh_id="") for by in seat.actors)
        return any(accepted(state, act) for act in acts)

    return may


def _on_walls(service: Service) -> Callable[[str], bool]:
    return lambda code: shows_arms(service.read(code).state)
