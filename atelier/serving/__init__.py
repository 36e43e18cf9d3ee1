"""Serve from this process: bind the port, build the program, answer until SIGTERM or Ctrl + C."""

import contextlib
import logging
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from atelier.app import create_program
from atelier.config import Config
from atelier.retention.clock import Clock
from atelier.runtime.concurrency import tune_gc
from atelier.serving.listening import CannotListen, PortTaken, close, listen

if TYPE_CHECKING:
    from atelier.serving.http_server import HttpServer

__all__ = ["CannotListen", "PortTaken", "listen", "many_files", "run", "serve_forever", "server_on"]

log = logging.getLogger("atelier.serving")

TICK_S = 0.1


def serve_forever(config: Config, ready: Callable[[], None], calendar: Clock | None = None) -> None:
    """Serve until told to stop, by the machine's date or by `calendar`.

    Raises CannotListen or FolderBusy before anything is touched.
    """
    many_files()
    listeners = listen(config.host, config.port)
    try:
        program = create_program(config, calendar=calendar)
        server = server_on(listeners, program.app)
        tune_gc()
        run(server, ready)
        program.close()
    finally:
        close(listeners)


def run(server: "HttpServer", ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl + C."""
    stopping = False

    def stop(*_: Any) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    server.start()
    ready()
    while not stopping:
        time.sleep(TICK_S)
    server.stop()


def server_on(listeners: Sequence[socket.socket], app: Any) -> "HttpServer":
    """Return an HTTP server on listening sockets."""
    from atelier.serving.http_server import HttpServer  # here, so that the command line starts without gevent

    return HttpServer(listeners, app)


def many_files() -> None:
    """Raise the soft limit of open files (often 1024) to the hard one: a plenary has more phones."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
