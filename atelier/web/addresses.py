"""The addresses to print: the public one, or this laptop's on the local network, found anew when it changes."""

import ipaddress
import math
import time
from urllib.parse import urlsplit

import ifaddr

_KEEP_S = 5.0
_NEWS_S = 30 * 60
"""How long the desk is told that the address changed: by then who was going to come back is there."""
_VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "vmnet",
    "vboxnet",
    "virbr",
    "tun",
    "tap",
    "wg",
    "zt",
    "tailscale",
    "utun",
)


class Addresses:
    """Gives the address that phones of the room can reach. `public_url` wins over what is found."""

    def __init__(self, public_url: str, port: int) -> None:
        self._public_url, self._port = public_url, port
        self._found, self._found_at = "", -_KEEP_S
        self._changed_at = -math.inf

    def base(self) -> str:
        """Return the address of the program as the room reaches it, without a slash at its end."""
        if self._public_url:
            return self._public_url
        if time.monotonic() - self._found_at >= _KEEP_S:
            self._look()
        return self._found

    def own(self) -> str:
        """Return the address that works on this laptop whatever its network is; empty on a public server."""
        return "" if self._public_url else f"http://localhost:{self._port}"

    def has_changed(self) -> bool:
        """Tell whether the address is another one since a little while."""
        self.base()
        return time.monotonic() - self._changed_at < _NEWS_S

    def join(self, code: str) -> str:
        """Return what the QR code of a workshop holds."""
        return f"{self.base()}/r/{code}"

    def spoken(self) -> str:
        """Return the address as one reads it aloud."""
        return urlsplit(self.base()).netloc

    def _look(self) -> None:
        before, self._found_at = self._found, time.monotonic()
        self._found = f"http://{lan_address()}:{self._port}"
        if before and before != self._found:
            self._changed_at = self._found_at


def lan_address() -> str:
    """Return this machine's most likely address on the room's network, or 127.0.0.1 when it has none."""
    candidates = [
        (_preference(str(ip.ip)), str(ip.ip))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4 and not adapter.nice_name.lower().startswith(_VIRTUAL)
    ]
    return min(candidates, default=(9, "127.0.0.1"))[1]


def _preference(text: str) -> int:
    address = ipaddress.ip_address(text)
    if address.is_loopback:
        return 8
    if address.is_link_local:
        return 7
    for rank, network in enumerate(("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")):
        if address in ipaddress.ip_network(network):
            return rank
    return 5
