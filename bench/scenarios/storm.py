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
from tests.support.ledger import Told

STORMS, PATIENCE_S = (300, 1_000), 60.0
WAYS = {"WebSocket at once, as our pages do": False, "polling, then WebSocket": True}
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
    table = found.table(
        "From the first request to the last phone up to date",
        "phones", "socket by", "all in, s", "each: p50 / p95 s", "refused", "requests a phone", "kB a phone",
        "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    for number in (30, 60) if quick else STORMS:
        for way, polling in WAYS.items():
            with crowd(1, 1, connected=False) as here:
                phones, start, shares = _stormed(here, number, polling)
            _told(found, table, way, phones, start, [*shares, found.checked(here.checked)])


def _stormed(here: Crowd, number: int, polling: bool) -> tuple[list[Newcomer], float, tuple[str, str]]:
    code, port = here.workshops[0].code, here.server.port
    phones = [Newcomer(here.loop, port, code, n, polling) for n in range(number)]
    here.newcomers += phones
    meter, start = here.meter(), time.perf_counter()
    for phone in phones:
        phone.begin()
    here.loop.run(PATIENCE_S, lambda: all(phone.over() for phone in phones))
    shares = meter.shares()
    here.loop.run(1.0)
    for phone in phones:
        phone.leave()
    return phones, start, shares


def _told(
    found: Found, table: Table, way: str, phones: list[Newcomer], start: float, cells: list[str]
) -> None:
    number = len(phones)
    refused = [each.refused or "never in" for each in phones if each.refused or not each.here_at]
    times = [each.here_at - start for each in phones if each.here_at]
    if not WAYS[way]:
        found.values[str(number)] = float("inf") if refused else max(times)
    requests, size = (
        sum(column) for column in zip(*((each.requests, each.bytes) for each in phones), strict=True)
    )
    table.add(
        f"{number:,}", way, f"{max(times):.2f}", f"{p50(times):.2f} / {p95(times):.2f}",
        f"{len(refused)} {refused[:1] or ''}".strip(), f"{requests / number:.0f}", f"{size / number / 1000:.0f}",
        *cells,
    )  # fmt: skip
