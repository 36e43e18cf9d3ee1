"""Serving on a laptop: a threaded server that speaks HTTP/1.1, and logs that hold neither codes nor texts."""

import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from atelier.app import create_program
from atelier.config import Config

log = logging.getLogger("atelier.serving")
BACKLOG = 1024


class PortTaken(Exception):  # noqa: N818 - the port is
    """Another program listens there already."""


class Handler(WSGIRequestHandler):
    """Keeps connections open, sends small answers at once, and writes no address into any log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 75

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Codes, keys and names stand in addresses: nothing is logged of a request."""

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """A phone that hangs up is no news."""
        log.debug("connection.ended")


class Server(ThreadedWSGIServer):
    """Takes a whole room that scans at once."""

    request_queue_size = BACKLOG
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is no news either."""
        log.debug("connection.broke")


def serve_forever(config: Config, ready: Callable[[], None]) -> None:
    """Serve until told to stop. Raises PortTaken or FolderBusy before anything is touched."""
    if _taken(config):
        raise PortTaken(config.port)
    program = create_program(config)
    try:
        server = Server(config.host, config.port, program.app, handler=Handler)
    except SystemExit:  # Werkzeug's way to say that the port went meanwhile
        program.close()
        raise PortTaken(config.port) from None
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    ready()
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.server_close()
        program.close()


def _taken(config: Config) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            return True
    return False
