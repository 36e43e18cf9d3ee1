"""A phone's first pages in Chromium over a bad network: 400 ms there and back, 400 kb/s; an empty cache.

Taps are taken when the scripts have run: the sheet then has its tab; what others do is seen once the socket is there.
The driver leaves the page alone till then. Bytes are those on the wire, heads included, as the browser counts them.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

from bench.crowd import Crowd, crowd
from bench.results import Found
from bench.screens import chromium, watched

LATENCY_MS, BYTES_PER_S, ROUNDS, LATE_MS, LOOK_MS = 400, 400_000 // 8, 3, 60_000, 1_500
PAGES = (
    ("the sheet", "a", 1),
    ("the door", "r", 1),
    ("the sheet, CPU × 6 slower", "a", 6),
    ("no page at all (`/etat`), CPU × 6 slower", "etat", 6),
)
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {taps: watched.taps || page.domContentLoadedEventEnd, paint: paint ? paint.startTime : 0, live: watched.live,
          shift: watched.shift, blocked: watched.blocked};
}"""


@dataclass
class Wire:
    """What a page asked for, and what came."""

    requests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def first(self, later: str) -> dict[str, float]:
        """Return the requests and kilobytes of the page itself, and those of what it fetches once it is there."""
        size = {True: 0.0, False: 0.0}
        for each, address in self.requests.items():
            size[bool(later) and address.endswith(later)] += self.sizes.get(each, 0.0) / 1000
        number = sum(not later or not each.endswith(later) for each in self.requests.values())
        return {"requests": number, "kB": size[False], "kB later": size[True]}

    def listen(self, session: CDPSession) -> None:
        """Count what this page asks for; not the socket, nor what is in the page itself."""
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, told: dict[str, Any]) -> None:
        address = told["request"]["url"]
        if address.startswith("http"):
            self.requests[told["requestId"]] = address

    def _came(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.requests:
            self.sizes[told["requestId"]] = told["encodedDataLength"]


def run(found: Found, quick: bool) -> None:
    """Measure the sheet and the door, then the sheet on a slow processor; medians of some rounds."""
    _measured(found, PAGES, 1 if quick else ROUNDS)


def brief(found: Found) -> None:
    """Measure what goals are about."""
    _measured(found, [each for each in PAGES if each[1] == "a"], ROUNDS)


def _measured(found: Found, pages: Sequence[tuple[str, str, int]], rounds: int) -> None:
    table = found.table(
        f"{LATENCY_MS} ms, {BYTES_PER_S * 8 // 1000} kb/s, nothing in the cache",
        "page", "requests", "kB", "kB once it is there", "first paint s", "taps taken s", "socket s",
        "layout shift", "main thread blocked ms",
    )  # fmt: skip
    with crowd(1, 30, groups=3) as here:
        for name, path, slower in pages:
            visits = [_visit(here, path, slower) for _ in range(rounds)]
            middle = sorted(visits, key=lambda each: each["taps"])[len(visits) // 2]
            blocked = statistics.median(each["blocked"] for each in visits)
            found.values[f"blocked {path} {slower}"] = blocked
            if name == "the sheet":
                found.values |= {
                    "kB": middle["kB"], "requests": middle["requests"], "usable": middle["taps"] / 1000,
                    "shift": max(each["shift"] for each in visits),
                }  # fmt: skip
            table.add(
                name, f"{middle['requests']:.0f}", f"{middle['kB']:.0f}", f"{middle['kB later']:.0f}",
                f"{middle['paint'] / 1000:.2f}",
                f"{middle['taps'] / 1000:.2f}", f"{middle['live'] / 1000:.2f}" if path == "a" else "–",
                f"{max(each['shift'] for each in visits):.3f}", f"{blocked:.0f}",
            )  # fmt: skip


def _visit(here: Crowd, path: str, slower: int) -> dict[str, float]:
    """Open one page in a browser that never was here."""
    workshop = here.workshops[0]
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 390, "height": 800},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            locale="fr-FR",
        )
        page = watched(context, here.server.base, workshop.people[0].cookie)
        if path == "r":
            context.clear_cookies()
        wire = _slowed(page, slower)
        at = path if path == "etat" else f"{path}/{workshop.code}"
        page.goto(f"{here.server.base}/{at}", timeout=LATE_MS, wait_until="domcontentloaded")
        page.wait_for_load_state("load", timeout=LATE_MS)
        while path == "a" and not page.evaluate("watched.live"):
            page.wait_for_timeout(LOOK_MS)
        page.wait_for_timeout(LOOK_MS)
        times: dict[str, float] = page.evaluate(TIMES)
        later: str = page.evaluate("document.querySelector('script[data-later]')?.dataset.later || ''")
        context.close()
    return times | wire.first(later)


def _slowed(page: Page, slower: int) -> Wire:
    session, wire = page.context.new_cdp_session(page), Wire()
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_PER_S,
            "uploadThroughput": BYTES_PER_S,
        },
    )
    if slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    wire.listen(session)
    return wire
