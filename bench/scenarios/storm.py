"""Everybody scans at once: the door, the table, the seat, the sheet, the socket; and every file that these ask for.

As a browser does: each file once a phone, compressed, over a connection that is kept; nobody tries twice. A phone is in
once its page is where the journal is: the socket is there, and what it missed meanwhile.
"""

import re
import time
from collections.abc import Generator
from typing import NamedTuple
from urllib.parse import urlencode

from bench.crowd import Crowd, crowd
from bench.ears import Call, Wanted, packed, said, upgrading
from bench.loop import Loop
from bench.pens import Answer, Pen, asking
from bench.results import Found, Table, p50, p95
from bench.revision import SHIPS, Way, against, ways
from tests.support.ledger import Told

STORMS, PATIENCE_S = (300, 1_000), 60.0
SOCKETS = {"WebSocket at once, as our pages do": False, "polling, then WebSocket": True}
"""Pages poll where a WebSocket did not get through at first; its rows say what they gain by not beginning so."""
FILE = re.compile(r"""(?:src|href)="(/static/[^"#]+)|url\(["']?(/static/[^"')]+)""")
COOKIE = re.compile(r"(?i)set-cookie: (atelier=[^;]+)")
PLACE = re.compile(r'data-seq="(\d+)" data-head="(\w+)"')
SID = re.compile(r'"sid":"([^"]+)"')
POSITION = re.compile(rb'"workshop:position",\{"seq":(\d+)')
GREETED = re.compile(rb"0\{[^}]*\}")
PROBED = re.compile(rb"\x83probe|3probe")
SWITCHED = re.compile(rb"\r\n\r\n")
Steps = Generator[bytes, Answer, None]


class Place(NamedTuple):
    """Where a page is in the journal."""

    seq: int
    head: str


class Newcomer:
    """One phone: its cookie, what it has in its cache, and what it met."""

    def __init__(self, loop: Loop, port: int, code: str, n: int, polling: bool) -> None:
        self._loop, self._port, self.code, self._n, self._polling = loop, port, code, n, polling
        self._host, self._cookie, self._cache = f"localhost:{port}", "", set[str]()
        self.group = n % 3 + 1
        self.told: list[Told] = []
        self.requests = self.bytes = 0
        self.refused = ""
        self.here_at = 0.0
        self._place = Place(0, "")
        self._pen, self._steps = Pen(loop, port), self._way()
        self._call: Call | None = None

    def begin(self) -> None:
        """Scan."""
        self._ask(next(self._steps))

    def over(self) -> bool:
        """Tell whether it is in, or was refused."""
        return bool(self.here_at or self.refused)

    def leave(self) -> None:
        """Close everything."""
        self._pen.hang_up()
        if self._call is not None:
            self._call.hang_up()

    def _ask(self, request: bytes) -> None:
        self.requests += 1
        self._pen.ask(request, self._answered)

    def _answered(self, answer: Answer) -> None:
        self.bytes += len(answer.head) + len(answer.body)
        if answer.status != 200:
            self.refused = self.refused or f"{answer.status} {answer.body[:80]!r}"
            return
        try:
            self._ask(self._steps.send(answer))
        except StopIteration:
            if not self.here_at:
                self._open()

    def _way(self) -> Steps:
        answer = yield self._get(f"/r/{self.code}")
        found = COOKIE.search(answer.head.decode("latin-1"))
        self._cookie = found[1] if found else ""
        yield from self._files("door", answer)
        trade = ("fs", "cn")[self._n % 2]
        yield from self._files("table", (yield self._get(f"/r/{self.code}?metier={trade}")))
        op = f"bench-arrival-{self._n:08d}"
        seat = {"command": "join", "op": op, "trade": trade, "group": self.group, "name": ""}
        path = f"/a/{self.code}/actes"
        answer = yield asking("POST", self._host, path, self._cookie, urlencode(seat).encode(), self.code)
        told = answer.json()
        self.told.append(Told(op, told["seq"], told["head"]))
        answer = yield self._get(f"/a/{self.code}")
        place = PLACE.search(answer.text())
        self._place = Place(int(place[1]), place[2]) if place else self._place
        yield from self._files("sheet", answer)
        if self._polling:
            yield from self._poll()

    def _files(self, name: str, page: Answer) -> Steps:
        for path in _named_by(name, page):
            if path not in self._cache:
                self._cache.add(path)
                yield from self._files(path, (yield self._get(path)))

    def _get(self, path: str) -> bytes:
        return asking("GET", self._host, path, self._cookie)

    def _at(self) -> str:
        return f'"seq":{self._place.seq},"head":"{self._place.head}"'

    def _poll(self) -> Steps:
        """Connect by polling, then let a WebSocket take over."""
        path = f"/socket.io/?c={self.code}&EIO=4&transport=polling"
        answer = yield self._get(path)
        sid = SID.search(answer.text())
        path += f"&sid={sid[1] if sid else ''}"
        hello = b"40" + said(self.code, "phone", self.group, self._at()).encode()
        yield asking("POST", self._host, path, self._cookie, hello)
        found = None
        while found is None:
            found = POSITION.search((yield self._get(path)).text().encode())
        yield from self._catch_up(int(found[1]))
        request = upgrading(self._host, self.code, self._cookie, sid[1] if sid else "")
        script = ((SWITCHED, packed("2probe")), (PROBED, packed("5")))
        self._call = Call(self._loop, self._port, request, script, self._switched)
        yield self._get(path)  # answered when the WebSocket takes over

    def _catch_up(self, seq: int) -> Steps:
        if seq != self._place.seq:
            query = f"audience=phone&group={self.group}&seq={self._place.seq}&head={self._place.head}"
            yield self._get(f"/a/{self.code}/depuis?{query}")
        self.here_at = time.perf_counter()

    def _switched(self, heard: bytes | None) -> None:
        if heard is None:
            self.refused = "the WebSocket did not take over"

    def _open(self) -> None:
        wanted = Wanted(self._host, self.code, self._cookie, "phone", self.group, self._at())
        script = ((GREETED, wanted.auth), (POSITION, b""))
        self._call = Call(self._loop, self._port, wanted.request, script, self._arrived)

    def _arrived(self, heard: bytes | None) -> None:
        found = POSITION.search(heard or b"")
        if found is None:
            self.refused = "no socket"
            return
        self._steps = self._catch_up(int(found[1]))
        try:
            self._ask(next(self._steps))
        except StopIteration:
            return


_NAMES: dict[str, list[str]] = {}
"""What each page or style names, read once: to unpack a thousand pages would be this generator's time."""


def _named_by(name: str, page: Answer) -> list[str]:
    """Return the fonts, styles and scripts that a page or a style asks for."""
    if name not in _NAMES:
        readable = b"text/html" in page.head or b"text/css" in page.head
        _NAMES[name] = [link or address for link, address in FILE.findall(page.text())] if readable else []
    return _NAMES[name]


def run(found: Found, quick: bool) -> None:
    """Measure each storm, each way, on a server that has just started."""
    _storms(found, (30, 60) if quick else STORMS, tuple(SOCKETS))


def brief(found: Found) -> None:
    """The same, with the socket that our pages open."""
    _storms(found, STORMS, tuple(SOCKETS)[:1])


def _storms(found: Found, storms: tuple[int, ...], sockets: tuple[str, ...]) -> None:
    table = found.table(
        "From the first request to the last phone up to date",
        "server", "phones", "socket by", "all in, s", "CPU ms each", "each: p50 / p95 s", "refused", "requests a phone",
        "kB a phone", "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    with ways() as both:
        for number in storms:
            costs = [_measured(found, table, way, number, socket) for way in both for socket in sockets[:1]]
            against(found.values, f"{number} CPU each", costs)
            for socket in sockets[1:]:
                _measured(found, table, both[0], number, socket)


def _measured(found: Found, table: Table, way: Way, number: int, socket: str) -> float:
    """Have one storm; return the milliseconds of CPU that each phone cost."""
    _NAMES.clear()  # another revision has other files
    with crowd(1, 1, connected=False, **way.options) as here:
        phones, start, cost, shares = _stormed(here, number, SOCKETS[socket])
    times = _told(table, way, socket, phones, start, cost, [*shares, found.checked(here.checked)])
    if way.title == SHIPS and not SOCKETS[socket]:
        found.values[str(number)] = max(times)
    return cost


def _stormed(here: Crowd, number: int, polling: bool) -> tuple[list[Newcomer], float, float, tuple[str, str]]:
    code, port = here.workshops[0].code, here.server.port
    phones = [Newcomer(here.loop, port, code, n, polling) for n in range(number)]
    here.newcomers += phones
    meter, start = here.meter(), time.perf_counter()
    for phone in phones:
        phone.begin()
    here.loop.run(PATIENCE_S, lambda: all(phone.over() for phone in phones))
    took, busy, own = meter.read()
    here.loop.run(1.0)
    for phone in phones:
        phone.leave()
    return phones, start, busy * 1000 / number, (f"{busy / took:.0%}", f"{own / took:.0%}")


def _told(
    table: Table,
    way: Way,
    socket: str,
    phones: list[Newcomer],
    start: float,
    cost: float,
    cells: list[str],
) -> list[float]:
    """Add a row; return the seconds of each phone, for ever where one was refused."""
    number = len(phones)
    refused = [each.refused or "never in" for each in phones if each.refused or not each.here_at]
    times = [each.here_at - start for each in phones if each.here_at]
    requests, size = (
        sum(column) for column in zip(*((each.requests, each.bytes) for each in phones), strict=True)
    )
    last = max(times, default=float("inf"))
    table.add(
        way.title, f"{number:,}", socket, f"{last:.2f}", f"{cost:.2f}", f"{p50(times):.2f} / {p95(times):.2f}",
        f"{len(refused)} {refused[:1] or ''}".strip(), f"{requests / number:.0f}", f"{size / number / 1000:.0f}",
        *cells,
    )  # fmt: skip
    return [float("inf")] if refused else times
