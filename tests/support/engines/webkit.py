"""Debian's WebKitGTK, by its W3C WebDriver, on a display that nobody sees (Xvfb)."""

import base64
import ctypes
import json
import os
import subprocess
import time
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError

from tests.support.engines.engine import ANSWER_S, Engine
from tests.support.running import free_port


class WebKit(Engine):
    """One page of a MiniBrowser."""

    name = "webkit"

    def __init__(self) -> None:
        self.complaints: list[str] = []  # its driver tells none
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "2000x1400x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._screen.stdout
        self._display = f":{self._screen.stdout.readline().strip()}"
        port = free_port()
        self._driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}"],
            env={**os.environ, "DISPLAY": self._display, "LANG": "C.UTF-8"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + ANSWER_S
        while not self._listens() and time.monotonic() < deadline:
            time.sleep(0.05)
        made = self.send("POST", "/session", {"capabilities": {}})
        self._base += f"/session/{made['sessionId']}"
        focus_window(self._display)

    def send(self, method: str, path: str, fields: dict[str, Any] | None = None) -> Any:
        """Ask by the protocol; return the value. Raises RuntimeError."""
        body = None if method != "POST" else json.dumps(fields or {}).encode()
        asked = urllib.request.Request(self._base + path, body, method=method)  # noqa: S310 (its own driver)
        try:
            with urllib.request.urlopen(asked, timeout=ANSWER_S) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except HTTPError as error:
            told = json.load(error)["value"]
            error.close()
            raise RuntimeError(f"{told['error']}: {told['message']}") from None

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page. Raises RuntimeError."""
        return self.send("POST", "/execute/sync", {"script": f"return ({script});", "args": []})

    def navigate(self, address: str) -> None:
        """Open an address."""
        self.send("POST", "/url", {"url": address})

    def perform(self, source: dict[str, Any]) -> None:
        """Do what a pointer or a keyboard does, in the words of WebDriver's actions."""
        self.send("POST", "/actions", {"actions": [source]})

    def resize(self, width: int, height: int) -> None:
        """Give the page this size; the window has a bar besides."""
        for _ in range(2):
            outer = self.send("GET", "/window/rect")
            inner = self.run("[innerWidth, innerHeight]")
            size = {"width": outer["width"] + width - inner[0], "height": outer["height"] + height - inner[1]}
            self.send("POST", "/window/rect", {"x": 0, "y": 0, **size})

    def picture(self) -> bytes:
        """Return what it shows, as PNG."""
        return base64.b64decode(self.send("GET", "/screenshot"))

    def close(self) -> None:
        """End it."""
        self.send("DELETE", "")
        for process in (self._driver, self._screen):
            process.terminate()
            process.wait()
        assert self._screen.stdout
        self._screen.stdout.close()

    def _listens(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._base}/status", timeout=5):  # noqa: S310
                return True
        except URLError:
            return False


def focus_window(display: str) -> None:
    """Give the focus to the largest window of a display where no window manager does; its page shows no focus else."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    root, parent, windows, count = (
        ctypes.c_ulong(),
        ctypes.c_ulong(),
        ctypes.POINTER(ctypes.c_ulong)(),
        ctypes.c_uint(),
    )
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    top = ctypes.c_ulong(x11.XDefaultRootWindow(opened))
    x11.XQueryTree(opened, top, *map(ctypes.byref, (root, parent, windows, count)))

    def size(window: int) -> int:
        at, fields = ctypes.c_ulong(), [ctypes.c_int(), ctypes.c_int(), *(ctypes.c_uint() for _ in range(4))]
        x11.XGetGeometry(opened, ctypes.c_ulong(window), ctypes.byref(at), *map(ctypes.byref, fields))
        return int(fields[2].value * fields[3].value)

    largest = max(windows[: count.value], key=size)
    x11.XSetInputFocus(opened, ctypes.c_ulong(largest), 2, ctypes.c_ulong(0))
    x11.XSync(opened, 0)
    x11.XCloseDisplay(opened)
