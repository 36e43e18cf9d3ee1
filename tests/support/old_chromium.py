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

from tests.support.running import free_port

PACKAGES = Path(__file__).parents[1] / "engines" / "node_modules"
ANSWER_S = 60
"""As long as a busy machine may need: only a failure takes that long."""
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


class OldChromium:
    """One browser with one page. `complaints`: the exceptions that its scripts threw."""

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

    def until(self, condition: str) -> None:
        """Wait until an expression is true in the page, whatever page that is by then."""
        deadline = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline:
            try:
                if self.run(f"!!({condition})"):
                    return
            except RuntimeError:  # between two pages
                pass
            time.sleep(0.05)
        raise AssertionError(f"never: {condition}\n{self.run('document.body.innerText')[:2000]}")

    def goto(self, address: str) -> None:
        """Open an address."""
        self.send("Page.navigate", url=address)
        self.until(f"location.href === {address!r} && document.readyState === 'complete'")

    def tap(self, selector: str) -> None:
        """Press what is found in the middle of the first visible match, as a finger would."""
        find = f"[...document.querySelectorAll({selector!r})].find(each => each.getClientRects().length)"
        self.until(find)
        self.run(f"{find}.scrollIntoView({{block: 'center'}})")
        middle = "(({left, top, width, height}) => [left + width / 2, top + height / 2])"
        box = self.run(f"{middle}({find}.getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Press a field and type."""
        self.tap(selector)
        self.send("Input.insertText", text=text)

    def resize(self, width: int, height: int) -> None:
        """Take the size of a phone."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True
        )

    def without_scripts(self, off: bool) -> None:
        """Switch JavaScript off, or on again, from the next page on."""
        self.send("Emulation.setScriptExecutionDisabled", value=off)

    def screenshot(self, path: Path) -> None:
        """Keep what it shows."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

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
