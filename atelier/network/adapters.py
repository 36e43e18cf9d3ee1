"""The network cards of this machine, and its default routes, as the system tells them."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Interface, IPv6Interface
from pathlib import Path

import ifaddr

SYSFS = Path("/sys/class/net")
ELSEWHERE = ((socket.AF_INET, "198.51.100.1"), (socket.AF_INET6, "2001:db8::1"))
"""Documentation addresses (RFC 5737, RFC 3849), which only a default route leads to."""

_ARPHRD_TUNNELS = {"512", "768", "769", "778", "823", "65534"}


class Kind(Enum):
    """What the system itself says of a card; UNKNOWN where it says nothing (Windows, macOS)."""

    UNKNOWN = "unknown"
    WIRED = "wired"
    WIFI = "wifi"
    CELLULAR = "cellular"
    VIRTUAL = "virtual"
    TUNNEL = "tunnel"


@dataclass(frozen=True, slots=True)
class Card:
    """A network card. `name`: as the system's own screens call it; `model`: who made it, where that is told."""

    name: str
    addresses: tuple[IPv4Interface | IPv6Interface, ...]
    model: str = ""
    kind: Kind = Kind.UNKNOWN


_DEVICES = {"wwan": Kind.CELLULAR, "bluetooth": Kind.VIRTUAL}


def cards() -> tuple[Card, ...]:
    """Return the cards that have an address, loopback excepted."""
    adapters = []
    for adapter in ifaddr.get_adapters():
        addresses = tuple(each for each in map(_interface, adapter.ips) if not each.ip.is_loopback)
        if addresses:
            # On Windows the address carries the name of the connection (« Wi-Fi »), the adapter its model.
            name = adapter.ips[0].nice_name
            model = "" if adapter.nice_name == name else adapter.nice_name
            adapters.append(Card(name, addresses, model, kind_of(name)))
    return tuple(adapters)


def default_routes() -> frozenset[str]:
    """Return the source addresses of the default routes. Sends no packet."""
    addresses = set()
    for family, address in ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 9))  # of a datagram socket: only the route is looked up
                addresses.add(str(probe.getsockname()[0]).partition("%")[0])
        except OSError:
            continue
    return frozenset(addresses)


def kind_of(name: str, sysfs: Path = SYSFS) -> Kind:
    """Return what Linux knows of a card; UNKNOWN elsewhere."""
    place = sysfs / name
    if not place.is_dir():
        return Kind.UNKNOWN
    if (place / "wireless").exists() or (place / "phy80211").exists():
        return Kind.WIFI
    if (place / "tun_flags").exists() or _read(place / "type") in _ARPHRD_TUNNELS:
        return Kind.TUNNEL
    if (place / "device").exists():
        device = re.search(r"^DEVTYPE=(\w+)", _read(place / "uevent"), re.MULTILINE)
        return _DEVICES.get(device[1] if device else "", Kind.WIRED)
    # A bridge or a bond is as real as what it is made of.
    below = [kind_of(lower.name.removeprefix("lower_"), sysfs) for lower in place.glob("lower_*")]
    return next((kind for kind in (Kind.WIRED, Kind.WIFI) if kind in below), Kind.VIRTUAL)


def _interface(ip: ifaddr.IP) -> IPv4Interface | IPv6Interface:
    address = ip.ip if isinstance(ip.ip, str) else ip.ip[0].partition("%")[0]
    return ipaddress.ip_interface(f"{address}/{ip.network_prefix}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
