"""Everybody scans at once: the door, the table, the seat, the sheet, the socket; and every file that these pages ask for.

As a browser does: each file once a phone, compressed, over a connection that is kept; nobody tries twice.
"""

import re
import time
from collections.abc import Generator
from urllib.parse import urlencode

from bench.crowd import crowd
from bench.ears import Call, Wanted
from bench.loop import Loop
from bench.pens import Answer, Pen, asking
from bench.results import Found, p50, p95
from tests.faults.ledger import Told

STORMS, PATIENCE_S = (300, 1_000), 60.0
FILE = re.compile(r"""(?:src|href)="(/static/[^"#]+)|url\(["']?(/static/[^"')]+)""")
COOKIE = re.compile(r"(?i)set-cookie: (atelier=[^;]+)")
Steps = Generator[bytes, Answer, None]


class Newcomer:
    """One phone: its cookie, what it has in its cache, and what it met."""

    def __init__(self, loop: Loop, port: int, code: str, n: int) -> None:
        self._loop, self._port, self.code, self._n = loop, port, code, n
        self._host, self._cookie, self._cache = f"localhost:{port}", "", set[str]()
        self.group = n % 3 + 1
        self.told: list[Told] = []
        self.requests = self.bytes = 0
        self.refused = ""
        self.here_at = 0.0
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
            self.refused = f"{answer.status} {answer.body[:80]!r}"
            return
        try:
            self._ask(self._steps.send(answer))
        except StopIteration:
            wanted = Wanted(self._host, self.code, self._cookie, "phone", self.group)
            self._call = Call(self._loop, self._port, wanted, self._arrived)

    def _arrived(self, refused: str) -> None:
        self.here_at, self.refused = time.perf_counter(), refused

    def _way(self) -> Steps:
        answer = yield self._get(f"/r/{self.code}")
        found = COOKIE.search(answer.head.decode("latin-1"))
        self._cookie = found[1] if found else ""
        yield from self._files(answer)
        trade = ("fs", "cn")[self._n % 2]
        yield from self._files((yield self._get(f"/r/{self.code}?metier={trade}")))
        op = f"bench-arrival-{self._n:08d}"
        seat = {"command": "join", "op": op, "trade": trade, "group": self.group, "name": ""}
        path = f"/a/{self.code}/actes"
        answer = yield asking("POST", self._host, path, self._cookie, urlencode(seat).encode(), self.code)
        self._note(op, answer)
        yield from self._files((yield self._get(f"/a/{self.code}")))

    def _files(self, page: Answer) -> Steps:
        for path in files_of(page):
            if path not in self._cache:
                self._cache.add(path)
                yield from self._files((yield self._get(path)))

    def _get(self, path: str) -> bytes:
        return asking("GET", self._host, path, self._cookie)

    def _note(self, op: str, answer: Answer) -> None:
        told = answer.json()
        self.told.append(Told(op, told["seq"], told["head"]))


def files_of(page: Answer) -> list[str]:
    """Return what a page or a style names: preloaded fonts, styles, scripts."""
    if b"text/html" not in page.head and b"text/css" not in page.head:
        return []
    return [link or address for link, address in FILE.findall(page.text())]


def run(found: Found, quick: bool) -> None:
    """Measure each storm on a server that has just started."""
    table = found.table(
        "From the first request to the last phone with its sheet and its socket",
        "phones", "all in, s", "each: p50 / p95 s", "refused", "requests a phone", "kB a phone", "server CPU",
        "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    for number in (30, 60) if quick else STORMS:
        with crowd(1, 1, connected=False) as here:
            code = here.workshops[0].code
            phones = [Newcomer(here.loop, here.server.port, code, n) for n in range(number)]
            meter = here.meter()
            start = time.perf_counter()
            for phone in phones:
                phone.begin()
            here.loop.run(PATIENCE_S, lambda phones=phones: all(each.over() for each in phones))  # type: ignore[misc]
            shares = meter.shares()
            refused = [each.refused or "never in" for each in phones if not each.here_at or each.refused]
            here.newcomers += phones
            for phone in phones:
                phone.leave()
        times = [each.here_at - start for each in phones if each.here_at]
        found.values[str(number)] = max(times) if not refused else float("inf")
        table.add(
            f"{number:,}", f"{max(times):.2f}", f"{p50(times):.2f} / {p95(times):.2f}", f"{len(refused)} {refused[:1] or ''}",
            f"{sum(each.requests for each in phones) / number:.0f}", f"{sum(each.bytes for each in phones) / number / 1000:.0f}",
            *shares, found.checked(here.checked),
        )  # fmt: skip
