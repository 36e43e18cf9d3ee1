"""Detect requests made on the serving computer itself, without a proxy: its user owns the workshops."""

from ipaddress import ip_address
from pathlib import Path

from flask import request

from atelier.web.http.client_address import PEER, forwarded
from atelier.web.http.context import context
from atelier.web.http.hosts import LOCAL_NAMES, host_of

CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Inside a container every port that is published may look like this machine's own."""
_RELAYED = ("HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_SERVER")


def asked_at_this_machine() -> bool:
    """True for `http://localhost` on the laptop that serves; never with a public address, a proxy or a container."""
    config, environ = context().config, request.environ
    if config.public_url or config.proxies or any(mark.exists() for mark in CONTAINER_MARKS):
        return False
    if forwarded(environ) or any(name in environ for name in _RELAYED):
        return False
    peer = ip_address(environ.get(PEER) or request.remote_addr or "0.0.0.0")  # noqa: S104 - no address, no right
    return peer.is_loopback and host_of(request.host) in LOCAL_NAMES
