"""A small program on the real transport and the real servers, for what the workshop itself never does.

`python -m tests.live.transport_server gevent|threads PORT '{"limits": {}, "deadlines": {}, "lacking": []}'`:
rooms, answers, figures.
"""

import json
import sys

from atelier import concurrency, limits

if __name__ == "__main__":  # before anything that these bear on is imported
    if sys.argv[1] == "gevent":
        concurrency.take_over()
    for name, value in json.loads(sys.argv[3]).get("limits", {}).items():
        setattr(limits, name, value)

import gc
import importlib
import os
import threading
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from atelier import limits as deadlines
from atelier import serving
from atelier.live.transport.opening import open_sockets
from atelier.web.security import same_origin


def program() -> tuple[Flask, Any]:
    """Return the application and its sockets."""
    app = Flask(__name__)
    sockets = open_sockets(app, lambda origin, environ=None: same_origin(environ | {"HTTP_ORIGIN": origin}))
    _listen(sockets.server)
    app.add_url_rule("/figures", "figures", lambda: figures(sockets.transport))
    app.add_url_rule("/form", "form", lambda: str(len(request.get_data())), methods=["POST"])
    app.add_url_rule("/unread", "unread", lambda: "nothing read", methods=["POST"])
    app.add_url_rule("/parts", "parts", lambda: (part for part in ("one", "two")))
    return app, sockets


def _listen(socketio: SocketIO) -> None:
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


def figures(transport: str) -> dict[str, Any]:
    """Return what this process holds; memory in kB."""
    gc.collect()
    alive = gc.get_objects()
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    greenlets = [each for each in alive if type(each).__name__ in ("Greenlet", "Thread") and not _dead(each)]
    return {
        "transport": transport,
        "memory": int(status["VmRSS"].split()[0]),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "tasks": threading.active_count() + len(greenlets) * concurrency.greenlets(),
        "outlets": sum(type(each).__name__ == "Outlet" for each in alive),
        "cpu": sum(os.times()[:2]),
    }


def _dead(each: Any) -> bool:
    return bool(getattr(each, "dead", False))


def main(arguments: list[str]) -> None:
    """Serve until told to stop."""
    _, port, options = arguments
    for name, value in json.loads(options).get("deadlines", {}).items():
        setattr(deadlines, name, value)  # read once a server is made
    for name in json.loads(options).get("lacking", []):
        module, _, attribute = name.rpartition(".")
        delattr(importlib.import_module(module), attribute)
    serving.many_files()
    app, sockets = program()
    with serving.listening("127.0.0.1", int(port)) as listener:
        serving.run(serving.server_on(listener, app), lambda: print(sockets.transport, flush=True))
        sockets.farewell()


if __name__ == "__main__":
    main(sys.argv[1:])
