"""Under which names the program is served. A foreign page that has its own name point here gets nothing of it."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import ifaddr

from atelier.config import Config, Network
from atelier.web.http import sentences
from atelier.web.http.client_address import PEER, forwarded, parsed
from atelier.web.http.security import SAFE_HEADERS

HEALTH = ("/etat", "/etat/pret")
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HOME_DOMAINS = ("local", "lan", "home", "home.arpa", "internal")
"""What routers and mDNS put behind a computer's name; nobody can buy one of these."""
_LOOK_S = 1.0

log = logging.getLogger("atelier.web")


class Hosts:
    """WSGI middleware: a plain 421 for any Host that is not ours, HTTP and sockets alike.

    On a laptop ours are localhost, the machine's own addresses and names as they are now, and the public address; on a
    public server that address only. What this machine asks itself, without a proxy, may also say localhost; and a
    proxy that is named in the configuration may ask for our health by whatever name it has for this machine.
    """

    def __init__(
        self, inner: Any, config: Config, machine: Callable[[], frozenset[str]] | None = None
    ) -> None:
        self._inner = inner
        self._public = host_of(urlsplit(config.public_url).netloc)
        self._hosted, self._proxies = config.hosted, config.proxies
        self._machine = machine or OwnNames(config.host)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer `environ`, or refuse to."""
        if self._serves(environ):
            answer: Iterable[bytes] = self._inner(environ, start_response)
            return answer
        body = sentences.WRONG_HOST.encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(
            "421 Misdirected Request",
            [*headers, ("Cache-Control", "no-store"), ("Connection", "close"), *SAFE_HEADERS],
        )
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _serves(self, environ: dict[str, Any]) -> bool:
        host = host_of(environ.get("HTTP_HOST", ""))
        if host and host == self._public:
            return True
        if not self._hosted:
            return host in LOCAL_NAMES or host in self._machine()
        peer = environ.get(PEER, "")
        if environ["PATH_INFO"] in HEALTH and _within(peer, self._proxies):
            return True
        found = parsed(peer)
        ours = found is not None and found.is_loopback and not forwarded(environ)
        return ours and (not host or host in LOCAL_NAMES)


class OwnNames:
    """The names and addresses of this machine. Called, looks anew at most every second: networks come and go."""

    def __init__(self, host: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._fixed = names_of(socket.gethostname()) | {host_of(host)} - {"", "0.0.0.0", "::"}  # noqa: S104
        self._clock = clock
        self._found: frozenset[str] = frozenset()
        self._looked = -_LOOK_S
        self._lock = threading.Lock()

    def __call__(self) -> frozenset[str]:
        """Return them."""
        if self._clock() - self._looked >= _LOOK_S:
            with self._lock:
                self._found = self._fixed | own_addresses()
                self._looked = self._clock()
        return self._found


def names_of(hostname: str) -> frozenset[str]:
    """Return the names by which a network at home or in a room knows the machine of that name."""
    name = hostname.lower().partition(".")[0]
    return frozenset({hostname.lower(), name, *(f"{name}.{domain}" for domain in HOME_DOMAINS)} - {""})


def own_addresses() -> frozenset[str]:
    """Return every address of this machine, on whatever card."""
    found = (
        ip.ip if isinstance(ip.ip, str) else ip.ip[0] for card in ifaddr.get_adapters() for ip in card.ips
    )
    return frozenset(host_of(f"[{each}]" if ":" in each else each) for each in found)


def host_of(netloc: str) -> str:
    """Return the name in a Host header, without its port, brackets and final dot; addresses in their usual writing."""
    name = netloc.strip().lower()
    address = parsed(name)
    if address is not None:
        return str(address)
    return name.partition(":")[0].removesuffix(".")


def _within(address: str, networks: tuple[Network, ...]) -> bool:
    found = parsed(address)
    return found is not None and any(found in network for network in networks)
