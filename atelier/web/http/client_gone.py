"""Detect a client that disconnected during a slow response."""

import _socket
import contextlib
import os
import socket
from collections.abc import Callable
from typing import Any

from flask import request

_SOCKETS = ("atelier.socket", "werkzeug.socket", "gunicorn.socket")
"""Where servers put the connection: our two, and gunicorn."""


def gone() -> Callable[[], bool]:
    """Return a question to ask later: has the browser of this request hung up?"""
    connection: Any = next((request.environ[name] for name in _SOCKETS if name in request.environ), None)
    return lambda: connection is not None and _hung_up(connection)


def _hung_up(connection: socket.socket) -> bool:
    if not hasattr(socket, "MSG_DONTWAIT"):
        return False  # Windows: nobody can look without waiting
    try:
        # A plain socket of its own: the server's would wait, for its deadline or as a greenlet.
        with contextlib.closing(_socket.socket(fileno=os.dup(connection.fileno()))) as plain:
            return not plain.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)  # a next request stays unread
    except BlockingIOError:
        return False
    except OSError:
        return True
