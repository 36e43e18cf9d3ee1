"""The address of who asks: the connection's own, or what a proxy says of it that the configuration names."""

import ipaddress
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from flask import request

from atelier.config import Config, Network
from atelier.limits import ADDRESSES_KEPT
from atelier.web.http import sentences

IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address

PEER = "atelier.peer"
"""Where the WSGI environment keeps the address of the connection itself."""
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
log = logging.getLogger("atelier.web")

_USUAL = 80
"""Characters of an address with its port; of anything longer nothing is kept."""
SITE_BITS = 64
"""An IPv6 subscriber has at least so much: by single addresses, anybody would be a new person at every try."""


class ClientAddress:
    """WSGI middleware: sets REMOTE_ADDR, and the scheme, to those of the person behind `proxies`.

    Of X-Forwarded-For the right-most address that is no proxy of ours counts; what stands left of it, anybody may
    have written. Without such a proxy, forwarded headers change nothing; `misled` is called when there are some.
    """

    def __init__(self, inner: Any, proxies: Sequence[Network], misled: Callable[[str], None]) -> None:
        self._inner, self._proxies, self._misled = inner, proxies, misled

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Hand `environ` on."""
        peer = plain(environ.get("REMOTE_ADDR", ""))
        environ[PEER] = environ["REMOTE_ADDR"] = peer
        if self._trusted(peer):
            environ["REMOTE_ADDR"] = self._behind(peer, environ.get("HTTP_X_FORWARDED_FOR", ""))
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        elif forwarded(environ):
            self._misled(peer)
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer

    def _behind(self, peer: str, told: str) -> str:
        nearest = peer
        for text in reversed(told.split(",")):
            address = parsed(text)
            if address is None:
                return nearest
            nearest = str(address)
            if not self._trusted(nearest):
                return nearest
        return nearest

    def _trusted(self, address: str) -> bool:
        if not self._proxies:
            return False
        found = parsed(address)
        # Without an address it came by a Unix socket: from a program of this machine that may open it.
        return found is None or any(found in network for network in self._proxies)


class Misled:
    """Says once in the log that a proxy asks here for others, and that the configuration names none."""

    def __init__(self, config: Config) -> None:
        self._silent = not config.hosted

    def __call__(self, peer: str) -> None:
        """`peer` asks for somebody else; from the Internet anybody may pretend to, so that says nothing."""
        address = parsed(peer)
        if self._silent or address is None or address.is_global:
            return
        self._silent = True
        log.warning("proxy.unnamed: %s", sentences.PROXY_UNNAMED)


def forwarded(environ: dict[str, Any]) -> bool:
    """Tell whether the request carries a forwarded-for header."""
    return any(name in environ for name in FORWARDED)


def parsed(text: str) -> IPv4 | IPv6 | None:
    """Return the address in `text`, without port, brackets and zone; IPv4 where IPv6 only wraps it."""
    return _kept(text) if len(text) <= _USUAL else _parsed(text)


def _parsed(text: str) -> IPv4 | IPv6 | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


# Every request says its address and its host, each several times.
_kept = lru_cache(ADDRESSES_KEPT)(_parsed)


def plain(text: str) -> str:
    """Return an address in its usual writing; what is none stays as it is."""
    address = parsed(text)
    return text if address is None else str(address)


def network_of(text: str) -> str:
    """Return by what name failures are counted: the IPv4 address, or the /64 of an IPv6 address."""
    address = parsed(text)
    if isinstance(address, IPv6):
        return str(ipaddress.ip_network((address, SITE_BITS), strict=False))
    return text if address is None else str(address)


def network() -> str:
    """Return the network that this request comes from, as failures are counted."""
    return network_of(request.remote_addr or "")
