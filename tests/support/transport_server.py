"""A small program on the real transport and the real servers, for what the workshop itself never does.

`python -m tests.support.transport_server PORT '{"limits": {}, "deadlines": {}}'`:
rooms, answers, figures. `"traced": true` counts what Python holds, `"leak": BYTES` loses that much a connection,
`"folder": PATH` serves the real program there instead; `"stock": true`: on Socket.IO's own transport.
"""

import json
import sys

from atelier import limits
from atelier.runtime import concurrency

if __name__ == "__main__":  # before anything that these bear on is imported
    concurrency.take_over()
    for name, value in json.loads(sys.argv[2]).get("limits", {}).items():
        setattr(limits, name, value)

import gc
import os
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from flask_socketio import SocketIO, join_room

from atelier import limits as deadlines
from atelier import serving
from atelier.app import create_program
from atelier.config import Config
from atelier.live.transport.server import open_sockets
from atelier.web.http.security import same_origin
from bench.altered import ALTERED


def program(leak: int) -> tuple[Flask, Callable[[], None]]:
    """Return the application, and how to end it."""
    app = Flask(__name__)
    sockets = open_sockets(app, lambda origin, environ=None: same_origin(environ | {"HTTP_ORIGIN": origin}))
    _listen(sockets.server, leak)
    app.add_url_rule("/form", "form", lambda: str(len(request.get_data())), methods=["POST"])
    app.add_url_rule("/unread", "unread", lambda: "nothing read", methods=["POST"])
    app.add_url_rule("/parts", "parts", lambda: (part for part in ("one", "two")))
    return app, sockets.farewell


def real_program(folder: Path) -> tuple[Flask, Callable[[], None]]:
    """The same of the program that people use."""
    made = create_program(Config(sessions=folder / "sessions", exports=folder / "exports"))
    return made.app, made.close


def _admitted(told: dict[str, Any]) -> bool | None:
    """Let in whoever does not ask to be refused."""
    if "abort" in told:
        abort(told["abort"])
    if "fail" in told:
        raise RuntimeError("a handler that fails")
    return False if "refuse" in told else None


def _listen(socketio: SocketIO, leak: int) -> None:
    lost: list[bytearray] = []

    @socketio.on("connect")
    def connected(auth: Any = None) -> bool | None:
        if leak:
            lost.append(bytearray(leak))
        return _admitted(auth or {})

    @socketio.on("join")
    def join(name: str) -> str:
        join_room(name)
        return "in"

    @socketio.on("tell")
    def tell(room: str, number: int, size: int = 0) -> int:
        """Tell a room; the answer follows what everybody was told."""
        socketio.emit("told", [number, "x" * size], to=room)
        return number

    @socketio.on("burst")
    def burst(room: str, count: int, size: int = 0) -> int:
        """The same many times at once."""
        for number in range(count):
            socketio.emit("told", [number, "x" * size], to=room)
        return count


def figures() -> dict[str, Any]:
    """Return what this process holds; `memory` in kB as the system counts it, `held` in bytes as Python does."""
    gc.collect()
    alive = gc.get_objects()
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    greenlets = [each for each in alive if type(each).__name__ in ("Greenlet", "Thread") and not _dead(each)]
    return {
        "memory": int(status["VmRSS"].split()[0]),
        "held": tracemalloc.get_traced_memory()[0],
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "tasks": threading.active_count() + len(greenlets),
        "writers": sum(type(each).__name__ == "SocketWriter" for each in alive),
        "cpu": sum(os.times()[:2]),
    }


def _dead(each: Any) -> bool:
    return bool(getattr(each, "dead", False))


def main(arguments: list[str]) -> None:
    """Serve until told to stop."""
    port, options = int(arguments[0]), json.loads(arguments[1])
    for name, value in options.get("deadlines", {}).items():
        setattr(deadlines, name, value)  # read once a server is made
    if options.get("stock"):
        ALTERED["transport"]()
    if options.get("traced"):
        tracemalloc.start()
    serving.many_files()
    folder = options.get("folder")
    app, end = real_program(Path(folder)) if folder else program(options.get("leak", 0))
    app.add_url_rule("/figures", "figures", figures)
    listeners = serving.listen("127.0.0.1", port)
    serving.run(serving.server_on(listeners, app), lambda: print("ready", flush=True))
    end()


if __name__ == "__main__":
    main(sys.argv[1:])
