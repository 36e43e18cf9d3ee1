"""An old build of Chromium, spoken to by its DevTools socket: today's Playwright knows these no more."""

import base64
import io
import itertools
import json
import subprocess
import tarfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import brotli
import websocket

from tests.support.engines.engine import ANSWER_S, TAB, Engine
from tests.support.running import free_port

PACKAGES = Path(__file__).parents[2] / "engines" / "node_modules"
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-zygote", "--hide-scrollbars", "--disable-dev-shm-usage",
    "--lang=fr-FR",
)  # fmt: skip


def unpack(version: int, folder: Path) -> Path:
    """Return the program of Chromium `version`, unpacked into `folder`."""
    packed = PACKAGES / f"chromium-{version}" / "bin"
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    beside = brotli.decompress((packed / "swiftshader.tar.br").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(beside)) as archive:
        archive.extractall(folder, filter="data")
    return program


class OldChromium(Engine):
    """One browser with one page, by the DevTools protocol."""

    def __init__(self, program: Path, folder: Path) -> None:
        port = free_port()
        command: list[str | Path] = [
            program,
            *_ARGUMENTS,
            f"--remote-debugging-port={port}",
            f"--user-data-dir={folder}",
            "about:blank",
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._ids = itertools.count(1)
        self.complaints: list[str] = []
        self._socket = websocket.create_connection(_page_of(port), timeout=ANSWER_S, suppress_origin=True)
        for domain in ("Page", "Runtime", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask by the DevTools protocol; return the result. Raises RuntimeError."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("method") == "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told["params"]["exceptionDetails"]))
            if told.get("id") == number:
                if "error" in told:
                    raise RuntimeError(told["error"])
                return dict(told["result"])

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def navigate(self, address: str) -> None:
        """Begin to open an address."""
        self.send("Page.navigate", url=address)

    def press_at(self, x: float, y: float) -> None:
        """Press the pointer there and let it go."""
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def insert(self, text: str) -> None:
        """Type where the focus is; of keys, Tab alone."""
        if text == TAB:
            for kind in ("rawKeyDown", "keyUp"):
                self.send("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        else:
            self.send("Input.insertText", text=text)

    def resize(self, width: int, height: int) -> None:
        """Take the size of a phone."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True
        )

    def without_scripts(self, off: bool) -> None:
        """Switch JavaScript off, or on again, from the next page on."""
        self.send("Emulation.setScriptExecutionDisabled", value=off)

    def picture(self) -> bytes:
        """Return what it shows, as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()


def _page_of(port: int) -> str:
    deadline = time.monotonic() + ANSWER_S
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                pages = [each for each in json.load(answer) if each["type"] == "page"]
            return str(pages[0]["webSocketDebuggerUrl"])
        except (OSError, IndexError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
