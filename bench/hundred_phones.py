"""100 phones in one room, writing: acknowledgement and post-to-wall times. `python -m bench.hundred_phones`.

A real server in its own process, raw WebSocket frames read by threads here. Prints medians and 95th percentiles.
"""

import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import websocket

from atelier.rehearsal.browser import Browser
from tests.running import RunningServer

PHONES, GROUPS, SECONDS = 100, 3, 20


class Reader(threading.Thread):
    """One open socket: notes when each position was first heard of."""

    def __init__(self, server: RunningServer, browser: Browser, code: str, audience: str, group: int) -> None:
        super().__init__(daemon=True)
        self.heard: dict[int, float] = {}
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self._socket = websocket.create_connection(
            f"ws://localhost:{server.port}/socket.io/?EIO=4&transport=websocket",
            cookie=cookie,
            origin=server.base,
        )
        self._socket.recv()
        self._socket.send("40" + json.dumps({"code": code, "audience": audience, "group": group}))

    def run(self) -> None:
        while True:
            try:
                frame = self._socket.recv()
            except (websocket.WebSocketException, OSError):
                return
            if frame == "2":
                self._socket.send("3")
            elif isinstance(frame, str) and "workshop:changed" in frame:
                self.heard[json.loads(frame[2:])[1]["to"]] = time.perf_counter()


class Writer(threading.Thread):
    """One phone that places, again and again, every `pause_s`."""

    def __init__(self, browser: Browser, code: str, group: int, pause_s: float) -> None:
        super().__init__(daemon=True)
        self.browser, self.code, self.group, self.pause_s = browser, code, group, pause_s
        self.acknowledged: list[float] = []
        self.sent: dict[int, float] = {}

    def run(self) -> None:
        end, n = time.perf_counter() + SECONDS, 0
        while time.perf_counter() < end:
            n += 1
            fields = {"group": self.group, "action": "orienter", "fs": n % 20 * 5, "cn": id(self) % 20 * 5}
            start = time.perf_counter()
            answer = self.browser.act(self.code, "place-action", **fields)
            self.acknowledged.append((time.perf_counter() - start) * 1000)
            self.sent[answer["seq"]] = start
            time.sleep(self.pause_s)


def main(arguments: list[str]) -> None:
    """Run once; the first argument is how many phones write (all of them when it is left out)."""
    writing = int(arguments[0]) if arguments else PHONES
    with tempfile.TemporaryDirectory() as folder:
        server = RunningServer(Path(folder)).start()
        try:
            measure(server, writing)
        finally:
            server.stop()


def measure(server: RunningServer, writing: int) -> None:
    """Seat everybody, let them write, print what was measured."""
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    wall = Reader(server, desk, code, "wall", 0)
    wall.start()
    browsers = [Browser(server.base) for _ in range(PHONES)]
    started = time.perf_counter()
    for n, browser in enumerate(browsers):
        browser.join(code, "fs", n % GROUPS + 1, "")
    print(f"{PHONES} arrivées, l'une après l'autre : {time.perf_counter() - started:.1f} s")
    for n, browser in enumerate(browsers):
        Reader(server, browser, code, "phone", n % GROUPS + 1).start()
    writers = [Writer(browsers[n], code, n % GROUPS + 1, pause_s=2.0) for n in range(writing)]
    for writer in writers:
        time.sleep(2.0 / writing)
        writer.start()
    for writer in writers:
        writer.join()
    report(writers, wall)


def report(writers: list[Writer], wall: Reader) -> None:
    """Print the figures."""
    acknowledged = [each for writer in writers for each in writer.acknowledged]
    heard = sorted(wall.heard.items())
    reached = [
        (next(at for seq, at in heard if seq >= wanted) - start) * 1000
        for writer in writers
        for wanted, start in writer.sent.items()
        if heard and wanted <= heard[-1][0]
    ]
    for name, values in (("envoi → confirmé", acknowledged), ("envoi → écran", reached)):
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name} : n={len(values)}, médiane {statistics.median(values):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
