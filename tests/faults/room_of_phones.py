"""One server and several screens in one process, with a network that a test holds in its hands.

The server is the real one without its sockets: service, SQLite journal, hub, drawings, « depuis ». The phones are those
of tests/support/simulation/ (core.py, replica.py), whose rules the scripts of real phones share.
"""

import json
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from atelier.access.addresses import Addresses
from atelier.access.ratelimit import TokenBucket
from atelier.config import Config
from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.library.engines import NAME as LIBRARY
from atelier.library.engines import FileEngine
from atelier.library.library import Library
from atelier.live.admission import Seat, Visitor
from atelier.live.hub import CHANGED, Audience, Hub
from atelier.live.regions import Region
from atelier.retention.records import FolderRecords
from atelier.service.service import Recorded, Service
from atelier.service.workshop import Snapshot
from atelier.web.http import intake
from atelier.web.http.context import Context
from atelier.web.live_adapter import take
from atelier.web.render import updates
from atelier.web.render.templating import render
from atelier.web.render.view import Reader as Looker
from tests.support.sequels import PREVIOUS
from tests.support.setups import a_setup
from tests.support.simulation.core import PhoneCore
from tests.support.simulation.outbox import Entry, meaning_of
from tests.support.simulation.reader import Reader
from tests.support.simulation.replica import Replica

DESK = Actor(Role.FACILITATOR, "key-1")
TIMED = frozenset(
    {
        "desk-undo", "desk-removals", "desk-removals-people", "desk-removals-invite", "desk-crowd-strip",
    }
)  # fmt: skip
"""Drawn by the time of day: what it says ends by itself."""


class Server:
    """Opens the files of a folder, as often as the test stops or breaks it. Its clock stands where the test puts it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.generation = folder / "0", 0
        self.at = 1_782_381_600_000
        self.screens: list[Screen] = []
        self.changed: set[str] = set()
        """The acts that changed something; the others leave an operation id and no fact."""
        self.drawn_late: list[Callable[[], None]] = []
        self._start()
        self.code = self.service.create(replace(a_setup(), previous=PREVIOUS), DESK.id, lambda code: "hash")
        self.copy: Path | None = None

    def act(self, by: Actor, command: c.Command, op: str = "", attached: bytes = b"") -> dict[str, Any]:
        """Take one act; the answer as `POST /a/CODE/actes` gives it. Raises Refused."""
        position = self.service.handle(self.code, command, by, op or secrets.token_hex(8), attached)
        self._rung.wait_for_seq(self.service.read(self.code).position.seq)
        return {"seq": position.seq, "head": position.head}

    def take(self, screen: "Screen", entry: Entry, way: str) -> tuple[int, dict[str, Any]]:
        """Take a phone's act by one of `WAYS`: status and body."""
        before = self.service.read(self.code).position.seq
        form = {"command": entry.command, "op": entry.op}
        form |= {name: str(value) for name, value in entry.fields.items()}
        seat = Seat(self.code, screen.audience, Visitor(screen.by.id), screen.by.id)
        status, body = WAYS[way](self.context, seat, through_json(form))
        if status == 200:
            self._rung.wait_for_seq(self.service.read(self.code).position.seq)
            if body["seq"] > before:
                self.changed.add(entry.op)
        return status, through_json(body)

    def since(self, audience: Audience, seq: int, head: str) -> dict[str, Any]:
        """Answer « depuis »."""
        return through_json(updates.since(self.context, self.code, audience, seq, head))

    def page(self, audience: Audience, by: Actor) -> str:
        """The page of somebody, as the route renders it."""
        view = updates.view_of(self.context, self.service.read(self.code), "phone")
        looker = Looker(actor=by, group=audience.group)
        drawn = updates.SURFACES[audience.surface].page(view, looker)
        drawn |= {
            "surface": audience.surface,
            "live": True,
            "view": view,
            "reader": looker,
            "code": self.code,
        }
        return render(f"pages/{audience.surface}.html", **drawn, spoken_address="192.168.1.20:8000")

    def flush(self) -> None:
        """Send what is due."""
        self._time += 1.0
        self.hub.flush(self._time)

    def stop(self, *, crash: bool = False) -> None:
        """Stop and start again on the same files; after a crash, on what was on the disk at that moment."""
        for screen in self.screens:
            screen.cut()
        following = self.folder.with_name(str(self.generation + 1))
        if crash:
            copied(self.folder, following)
        self._let_go()
        if not crash:
            self.folder.rename(following)
        self._begin(following)

    def keep_copy(self) -> None:
        """Back the journal up, as `atelier backup` does: consistent, while it is in use."""
        self.copy = self.folder.with_name(f"copy-{self.generation}-{secrets.token_hex(4)}")
        self.copy.mkdir()
        source = sqlite3.connect(self.folder / f"{self.code}.db")
        target = sqlite3.connect(self.copy / f"{self.code}.db")
        source.backup(target)
        target.close()
        source.close()

    def restore(self) -> None:
        """Put the older copy in the place of the journal."""
        assert self.copy is not None
        for screen in self.screens:
            screen.cut()
        self._let_go()
        following = self.folder.with_name(str(self.generation + 1))
        shutil.copytree(self.copy, following)
        self._begin(following)

    def close(self) -> None:
        """Let go of the files."""
        self._let_go()

    def _let_go(self) -> None:
        self.drawn_late = []
        for screen in self.screens:
            screen.strays.clear()  # what was on its way to this server dies with its connections
        self.service.close()

    def _begin(self, folder: Path) -> None:
        self.folder, self.generation = folder, self.generation + 1
        self._start()
        self._rung.seq = self.service.read(self.code).position.seq

    def _start(self) -> None:
        self.service = Service(JournalFolder(self.folder), clock=self._now)
        exports = self.folder / "exports"
        config = Config(sessions=self.folder, exports=exports, public_url="http://192.168.1.20:8000")
        self.context = Context(
            config=config, service=self.service, records=FolderRecords(self.folder, exports),
            library=Library(FileEngine(self.folder / LIBRARY)), addresses=Addresses(config), secret=b"s",
            connected=lambda code: {}, people=lambda code: {}, touched=lambda code, kind: None, erase=lambda code: None,
            drafted=lambda code, told: None, writes=TokenBucket(1e6, 1_000_000),
        )  # fmt: skip
        self.hub = Hub(self.service, self._draw, self._send)
        self._time = 0.0
        self._rung = Rung(self.hub)
        self.service.on_commit(self._rung)

    def _now(self) -> int:
        self.at += 10
        return self.at

    def _draw(
        self, snapshot: Snapshot, audience: Audience, regions: frozenset[Region]
    ) -> dict[str, Any] | None:
        if self.drawn_late:  # somebody else's act is committed while this is being drawn
            self.drawn_late.pop()()
        return updates.message(self.context, snapshot, audience, regions)

    def _send(self, name: str, body: dict[str, Any], room: str | None) -> None:
        for screen in self.screens:
            if screen.connected and screen.audience.room(self.code) == room:
                screen.socket.append((name, through_json(body)))


def by_post(context: Context, seat: Seat, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Take an act as the route does, without Flask around it."""
    try:
        snapshot, author = context.service.read(seat.code), partial(intake.on_a_phone, seat.visitor)
        position = intake.taken(context, snapshot, author, str, intake.shaped(form, None))
    except intake.PROBLEMS as problem:
        return intake.told(problem)
    return 200, {"seq": position.seq, "head": position.head}


def by_socket(context: Context, seat: Seat, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Take an act as the handler of the socket does."""
    answer = take(context, seat, dict, form, None)
    return answer["status"], answer["body"]


WAYS = {"post": by_post, "socket": by_socket}


class Rung:
    """A bell whose sound one can wait for: the committer rings after it has let the act go."""

    def __init__(self, hub: Hub) -> None:
        self.seq = 0
        self._hub, self._turn = hub, threading.Condition()

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Pass it on."""
        self._hub.ring(code, recorded)
        with self._turn:
            self.seq = recorded[-1].seq
            self._turn.notify_all()

    def wait_for_seq(self, seq: int) -> None:
        """Wait until everything up to `seq` was passed on."""
        with self._turn:
            assert self._turn.wait_for(lambda: self.seq >= seq, timeout=10)


class Screen:
    """A phone, a wall or a desk: what it knows, what it shows, and the messages on their way to it."""

    def __init__(self, server: Server, by: Actor, audience: Audience) -> None:
        self.server, self.by, self.audience = server, by, audience
        position = server.service.read(server.code).position
        self.core = PhoneCore(Reader(position.seq, position.head))
        self.replica = Replica(server.page(audience, by))
        self.connected = False
        self.socket: list[tuple[str, dict[str, Any]]] = []
        self.answer: dict[str, Any] | None = None
        self.strays: list[tuple[Entry, str]] = []
        self.silent = False
        """True once an act got no answer over this connection: until the next one, acts go by POST."""
        self.made: list[str] = []
        server.screens.append(self)

    def connect(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Open the socket. `meanwhile` happens between the entry into the room and the position told there."""
        self.core.connected()
        self.connected, self.silent = True, False
        server = self.server
        server.hub.arrived(server.code, self.audience)
        meanwhile()
        position = server.service.read(server.code).position
        self.socket.append(("workshop:position", {"seq": position.seq, "head": position.head}))

    def cut(self) -> None:
        """Lose the socket and all that was on its way."""
        if self.connected:
            self.server.hub.left(self.server.code, self.audience)
        self.connected = False
        self.socket.clear()
        self.answer = None
        if self.core.reader.asking:
            self.core.unanswered()

    def spoil(self, what: str) -> None:
        """Lose a message, or hear one twice. The position told at a connection is as sure as the connection."""
        waiting = [n for n, (name, _) in enumerate(self.socket) if name == CHANGED]
        if waiting and what == "drop":
            self.socket.pop(waiting[0])
        elif waiting:
            self.socket.append(self.socket[waiting[0]])

    def hear(self, index: int = 0) -> None:
        """Take one message off the network, the first unless it overtakes others."""
        if not self.socket:
            return
        name, body = self.socket.pop(index)
        show = self.core.heard(body) if name == CHANGED else self.core.told(**body)
        self._show(show)

    def ask(self) -> None:
        """Ask « depuis », when there is something to ask; the server answers at once, the answer takes its time."""
        wanted = self.core.ask() if self.connected else None
        if wanted is not None:
            self.answer = self.server.since(self.audience, *wanted)

    def take_answer(self, lost: bool = False) -> None:
        """The answer of « depuis » arrives, or never will."""
        answer, self.answer = self.answer, None
        if answer is None:
            return
        if lost:
            self.core.unanswered()
        else:
            self._show(self.core.caught_up(answer))

    def do(self, command: str, **fields: Any) -> None:
        """Its owner does something: it is in the outbox from then on."""
        op = secrets.token_hex(8)
        self.made.append(op)
        self.core.outbox.add(Entry(op, command, fields))
        self.made = [each for each in self.made if each in {entry.op for entry in self.known()}]

    def known(self) -> list[Entry]:
        """Every act that this phone holds: acknowledged, waiting, refused."""
        return [entry for entry, _ in self.core.outbox.kept] + list(self.core.outbox.queue)

    def send(self, fate: str, now: float, way: str = "post") -> None:
        """Send what is due. `fate`: what the network does to it; `way`: the one preferred."""
        entry, _ = self.core.next_act(now) if self.connected else (None, 0)
        if entry is None:
            return
        way = "post" if self.silent else way
        status, body = self._sent(entry, fate, way)
        if way == "socket" and (status == 0 or status >= 500):
            self.silent = True
        self.core.answered(entry, status, meaning_of(status, body), now, chance=0.5)
        if fate.startswith("dies"):
            self.cut()
            self.connect()

    def _sent(self, entry: Entry, fate: str, way: str) -> tuple[int, dict[str, Any] | None]:
        """Have the network carry an act; return the answer that arrives, status 0 for none."""
        if fate == "hurried":
            return 429, {"retry_after_ms": 100}
        if fate in ("lost", "dies before"):
            return 0, None
        status, body = self.server.take(self, entry, way)
        if fate == "twice":
            self.server.take(self, entry, "post" if way == "socket" else "socket")
        if (
            fate == "echo" and status == 200
        ):  # refusals are not remembered: no network repeats a POST by itself
            self.strays.append((entry, way))
        return (0, None) if fate in ("unacknowledged", "dies after") else (status, body)

    def stray(self) -> None:
        """A copy of an act that the network had kept arrives now; nobody waits for its answer."""
        if self.strays:
            self.server.take(self, *self.strays.pop(0))

    def differences(self) -> list[str]:
        """What this screen shows otherwise than a page loaded now."""
        everything = self.server.since(self.audience, 0, "")
        return self.replica.differences(self.server.page(self.audience, self.by), everything, TIMED)

    def _show(self, messages: Sequence[Mapping[str, Any]]) -> None:
        for message in messages:
            self.replica.apply(message)


def a_room(folder: Path, groups: tuple[int, ...], answers_first: bool = False) -> tuple[Server, list[Screen]]:
    """A workshop at work: one phone a number of `groups`, a wall and a desk, all loaded and connected."""
    server = Server(folder)
    server.act(DESK, c.SetAnswersFirst(on=answers_first))
    server.act(DESK, c.OpenPhase(phase=Phase.ARTICULATIONS))
    screens = []
    for n, group in enumerate(groups):
        by = Actor(Role.PARTICIPANT, f"phone-{n}")
        server.act(
            Actor(Role.GUEST, by.id), c.Join(trade=Trade.FRANCE_SERVICES, group=group, name=f"Personne {n}")
        )
        screens.append(Screen(server, by, Audience("phone", group)))
    screens += [Screen(server, DESK, Audience(surface)) for surface in ("wall", "desk")]
    for screen in screens:
        screen.connect()
        screen.hear()
    return server, screens


def copied(folder: Path, target: Path) -> None:
    """Copy the files of a running journal as a crash would leave them: database and log, nothing folded back."""
    target.mkdir()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".db", ".db-wal") or path.name.endswith("-wal"):
            shutil.copy(path, target / path.name)


def through_json(body: dict[str, Any]) -> dict[str, Any]:
    """What arrives on the other side."""
    return json.loads(json.dumps(body))
