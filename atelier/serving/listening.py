"""Listening sockets: on all addresses of both families, or on one address and on loopback."""

import errno
import ipaddress
import socket
import sys
from collections.abc import Sequence
from typing import NamedTuple

from atelier.config import ALL_IPV4, EVERYWHERE
from atelier.limits import BACKLOG


class CannotListen(Exception):  # noqa: N818 - says what did not happen
    """The program cannot be reached here; the subclass says why."""


class PortTaken(CannotListen):
    """Another program listens there already."""


class PortForbidden(CannotListen):
    """The system keeps this port for others: below 1024, for its administrator."""


class NoSuchAddress(CannotListen):
    """The host that was told is no address of this machine."""


class Place(NamedTuple):
    """An address to bind. `needed`: False where its lack is no fault (a system without IPv6)."""

    family: socket.AddressFamily
    address: str
    needed: bool = True


_EVERYWHERE = (Place(socket.AF_INET, ALL_IPV4), Place(socket.AF_INET6, "::", needed=False))
_HERE = (Place(socket.AF_INET, "127.0.0.1"), Place(socket.AF_INET6, "::1", needed=False))
_LACKING = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)


def listen(host: str, port: int) -> list[socket.socket]:
    """Return listening sockets for `host`. Raises PortTaken, PortForbidden or NoSuchAddress."""
    listeners: list[socket.socket] = []
    try:
        for place in places(host):
            listener = _listening(place, port)
            listeners += [listener] if listener else []
    except CannotListen:
        close(listeners)
        raise
    return listeners


def close(listeners: Sequence[socket.socket]) -> None:
    """Close them all."""
    for each in listeners:
        each.close()


def places(host: str) -> tuple[Place, ...]:
    """Return the addresses to bind for `host`. Raises NoSuchAddress for a name that does not resolve.

    With one address loopback is bound too: the desk of a laptop is at http://localhost.
    """
    if host in EVERYWHERE:
        return _EVERYWHERE
    if host == ALL_IPV4:
        return _EVERYWHERE[:1]
    resolved = _resolved(host.strip("[]"))
    if all(ipaddress.ip_address(each.address.partition("%")[0]).is_loopback for each in resolved):
        return resolved
    return (*resolved, *_HERE)


def _resolved(host: str) -> tuple[Place, ...]:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoSuchAddress(host) from None
    return tuple(dict.fromkeys(Place(family, str(address[0])) for family, *_, address in answers))


def _listening(place: Place, port: int) -> socket.socket | None:
    try:
        listener = socket.socket(place.family, socket.SOCK_STREAM)
    except OSError:  # a system without IPv6
        if place.needed:
            raise NoSuchAddress(place.address) from None
        return None
    try:
        _set_up(listener)
        listener.bind((place.address, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PortForbidden(port) from None
        if error.errno not in _LACKING:
            raise PortTaken(port) from None
        if place.needed:
            raise NoSuchAddress(place.address) from None
        return None
    return listener


def _set_up(listener: socket.socket) -> None:
    if sys.platform != "win32":  # there it would share the port with another program
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if listener.family == socket.AF_INET6:
        # IPv4 has its own socket: who comes by it is known by an IPv4 address, on every system.
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    # What is accepted inherits it: small answers leave at once.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
