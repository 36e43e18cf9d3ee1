"""Serving from this process: the port first, then the program, then answers until told to stop."""

import contextlib
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from atelier.app import create_program
from atelier.concurrency import spare_the_collector
from atelier.config import Config
from atelier.limits import BACKLOG

if TYPE_CHECKING:
    from atelier.serving.http_server import HttpServer

log = logging.getLogger("atelier.serving")

TICK_S = 0.1


class PortTaken(Exception):  # noqa: N818 - the port is
    """Another program listens there already."""


def serve_forever(config: Config, ready: Callable[[], None]) -> None:
    """Serve until told to stop. Raises PortTaken or FolderBusy before anything is touched."""
    many_files()
    with listening(config.host, config.port) as listener:
        program = create_program(config)
        server = server_on(listener, program.app)
        spare_the_collector()
        run(server, ready)
        program.close()


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


def server_on(listener: socket.socket, app: Any) -> "HttpServer":
    """Return a server of HTTP on a socket that listens already."""
    from atelier.serving.http_server import HttpServer  # here, so that the command line starts without gevent

    return HttpServer(listener, app)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would share the port with another program
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # What is accepted inherits it: small answers leave at once.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise PortTaken(port) from None
    return listener


def many_files() -> None:
    """Let this process open as many sockets as the system allows: the usual 1024 are fewer than a plenary's phones."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
