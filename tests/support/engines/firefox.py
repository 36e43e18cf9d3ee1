"""Debian's Firefox ESR, spoken to by its own WebDriver BiDi socket: no driver between (docs/decisions/0068)."""

import base64
import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import websocket

from tests.support.engines.engine import ANSWER_S, Engine

PROGRAM = "/usr/bin/firefox-esr"
_QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "fr-FR",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.prefs.recommended": True,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
}


class Firefox(Engine):
    """One page in a profile of its own."""

    name = "firefox"

    def __init__(self, folder: Path, **preferences: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "user.js").write_text(
            "".join(
                f"user_pref({name!r}, {json.dumps(value)});\n"
                for name, value in {**_QUIET, **preferences}.items()
            )
        )
        command = [
            PROGRAM,
            "--headless",
            "--no-remote",
            "--profile",
            str(folder),
            "--remote-debugging-port=0",
        ]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        self._ids = itertools.count(1)
        self.complaints: list[str] = []
        self._socket = websocket.create_connection(self._address(), timeout=ANSWER_S, suppress_origin=True)
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        # The window that is there at start never has the focus, one that is asked for has.
        self._context = self.send("browsingContext.create", type="window")["context"]

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask by the protocol; return the result. Raises RuntimeError."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["type"] == "javascript":
                self.complaints.append(str(told["params"]["text"]))
            if told.get("id") == number:
                if told["type"] == "error":
                    raise RuntimeError(f"{told['error']}: {told['message']}")
                return dict(told["result"])

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page. Raises RuntimeError."""
        answer = self.send(
            "script.evaluate",
            expression=f"Promise.resolve({script}).then(value => JSON.stringify(value ?? null))",
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def navigate(self, address: str) -> None:
        """Begin to open an address."""
        self.send("browsingContext.navigate", context=self._context, url=address, wait="none")

    def perform(self, source: dict[str, Any]) -> None:
        """Do what a pointer or a keyboard does, in the words of WebDriver's actions."""
        self.send("input.performActions", context=self._context, actions=[source])

    def resize(self, width: int, height: int) -> None:
        """Give the page this size."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._context, viewport=size)

    def picture(self) -> bytes:
        """Return what it shows, as PNG."""
        return base64.b64decode(self.send("browsingContext.captureScreenshot", context=self._context)["data"])

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()
        assert self._process.stderr
        self._process.stderr.close()

    def _address(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            found = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
            if found:
                return f"{found[1]}/session"
        raise AssertionError("Firefox ended before it listened")
