"""Reading as phones do: the page, what changed since, and the socket."""

import json
import time

import websocket

from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser


def position(browser: Browser, code: str, group: int = 1) -> tuple[int, str]:
    """Return where the journal is, as catching up tells it."""
    told = json.loads(browser.get(f"/a/{code}/depuis?audience=phone&group={group}&seq=0&head="))
    return told["to"], told["head"]


def connect(server: RunningServer, browser: Browser, code: str, group: int = 1) -> websocket.WebSocket:
    """Open a phone's socket, past the introductions. Raises WebSocketException, or OSError."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"ws://localhost:{server.port}/socket.io/?EIO=4&transport=websocket"
    opened = websocket.create_connection(address, cookie=cookie, origin=server.base, timeout=10)
    opened.recv()
    opened.send("40" + json.dumps({"code": code, "audience": "phone", "group": group}))
    return opened


def heard(opened: websocket.WebSocket, name: str, patience_s: float = 5.0) -> object:
    """Return the body of the next message `name`."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        frame = opened.recv()
        if frame == "2":
            opened.send("3")
        elif isinstance(frame, str) and frame.startswith(f'42["{name}"'):
            return json.loads(frame[2:])[1]
    raise AssertionError(f"{name} was not heard")


def reading_goes_on(server: RunningServer, browser: Browser, code: str, group: int = 1) -> None:
    """Check that a phone can load its page, catch up and listen."""
    assert f'data-code="{code}"' in browser.get(f"/a/{code}")
    seq, _ = position(browser, code, group)
    opened = connect(server, browser, code, group)
    told = heard(opened, "workshop:position")
    assert isinstance(told, dict)
    assert told["seq"] >= seq
    opened.close()
