"""Rank this machine's addresses by how likely phones of the room reach them, with a reason each."""

import ipaddress
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Interface, IPv6Address, IPv6Interface

from atelier.network.adapters import Card, Kind


class Reason(IntEnum):
    """Why an address stands where it does; the first is the best."""

    HOTSPOT = 0
    DEFAULT_ROUTE = 1
    WIFI = 2
    OTHER = 3
    NO_ROUTER = 4
    CELLULAR = 5
    VIRTUAL = 6
    TUNNEL = 7

    @property
    def likely(self) -> bool:
        """False for the addresses of cards that phones of a room do not see."""
        return self < Reason.NO_ROUTER


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may go into the QR code: of the card named `card`, at its place for `reason`."""

    address: str
    card: str
    reason: Reason

    @property
    def host(self) -> str:
        """The address as it stands in a URL: IPv6 in brackets."""
        return f"[{self.address}]" if ":" in self.address else self.address


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _short(names: str) -> str:
    # « wg0 » and « tun_bureau » are tunnels, « NETGEAR WG111 » is a Wi-Fi stick.
    return rf"(?<![a-z0-9])(?:{names})\d{{0,2}}(?![a-z0-9])"


_TUNNEL = _words(
    "vpn", "fortinet", "fortigate", "forticlient", "anyconnect", "cisco secure", "pangp", "globalprotect",
    "stormshield", "tap-windows", "wireguard", "wintun", "zerotier", "tailscale", "nordlynx", "hamachi", "softether",
    "zscaler", "netskope", "check ?point", "sonicwall", "netextender", "pulse secure", "juniper", "ivanti",
    "wan miniport", "teredo", "isatap", "6to4", r"\bfeth\d", r"\bzt[a-z0-9]{8}\b",
    _short("u?tun|tap|wg|ppp|gpd|cscotun|ipsec|gre|sit|gif|stf"),
)  # fmt: skip
_VIRTUAL = _words(
    "virtual", "virtuel", "vethernet", "hyper-v", "vmware", "vmnet", "vbox", "parallels", "qemu", r"\bwsl\b", "docker",
    "podman", r"\bbr-", r"\bveth", "virbr", r"\bvnet\d", r"\bbridge\d", r"\blx[cd]", r"\bcni", "flannel", r"\bcali",
    "dummy", "bluetooth", "loopback", r"\bawdl\d", r"\bllw\d", r"\banpi\d",
)  # fmt: skip
_CELLULAR = _words(
    "wwan",
    r"\bwwp",
    "rmnet",
    "mobile broadband",
    "large bande mobile",
    "cellul",
    r"\blte\b",
    "sierra wireless",
)
_WIFI = _words(r"wi-?fi", "wireless", r"802\.11", r"\bwlan", r"^wl", "airport", "sans fil")
_HOTSPOT_CARD = _words("wi-?fi direct", "hosted network", "réseau hébergé")
"""Cards that Windows makes for a shared connection; they stay, without a router's address, when nothing is shared."""

_MAC_SHARING = ipaddress.ip_network("192.168.2.0/23")
"""What macOS hands out on a bridge when it shares a connection; on other bridges it has its virtual machines."""
_PRIVATE = tuple(map(ipaddress.ip_network, ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")))


def ranked(
    cards: Iterable[Card], routes: Collection[str] = (), *, ipv6: bool = True
) -> tuple[Candidate, ...]:
    """Return the addresses that phones may be given, best first. `routes`: own addresses of the default routes.

    A card's IPv6 address stands for it only where it has no IPv4 one; `ipv6`: False when nobody listens there.
    """
    ranks = []
    for card in cards:
        on_route = any(str(each.ip) in routes for each in card.addresses)
        for each in _usable(card, routes, ipv6):
            reason = _reason(card, each, on_route)
            key = (_group(reason), each.version, reason, *_preference(each, on_route, str(each.ip) in routes))
            ranks.append((key, Candidate(str(each.ip), card.name, reason)))
    return tuple(candidate for _, candidate in sorted(ranks, key=lambda pair: pair[0]))


def _usable(card: Card, routes: Collection[str], ipv6: bool) -> list[IPv4Interface | IPv6Interface]:
    four = [each for each in card.addresses if each.version == 4]
    if any(not each.is_link_local for each in four):
        return [each for each in four if not each.is_link_local]
    # A link-local IPv6 address needs a zone, which no URL may hold.
    six = [each for each in card.addresses if each.version == 6 and not each.is_link_local]
    six.sort(key=lambda each: str(each.ip) not in routes)
    return [*six[:1], *four] if ipv6 else [*four]


def _reason(card: Card, address: IPv4Interface | IPv6Interface, on_route: bool) -> Reason:
    name = f"{card.name} {card.model}"
    if address.is_link_local:
        return Reason.NO_ROUTER
    if not on_route and _hosts_a_hotspot(card, name, address):
        return Reason.HOTSPOT
    unlikely = _unlikely(card, name, address)
    if unlikely is not None:
        return unlikely
    if on_route:
        return Reason.DEFAULT_ROUTE
    return Reason.WIFI if _is_wifi(card, name) else Reason.OTHER


def _hosts_a_hotspot(card: Card, name: str, address: IPv4Interface | IPv6Interface) -> bool:
    """Tell whether this card is a hotspot of this machine: first address of its network, no default route."""
    if not _is_first(address):
        return False
    if _HOTSPOT_CARD.search(name) or (_is_wifi(card, name) and not _VIRTUAL.search(name)):
        return True
    if str(address.ip) == "192.168.137.1":  # Windows shares on this one, whatever the card
        return not (_VIRTUAL.search(name) or _TUNNEL.search(name))
    return card.name.startswith("bridge") and address.ip in _MAC_SHARING


def _unlikely(card: Card, name: str, address: IPv4Interface | IPv6Interface) -> Reason | None:
    if card.kind is Kind.CELLULAR or _CELLULAR.search(name):
        return Reason.CELLULAR
    if card.kind in (Kind.WIRED, Kind.WIFI):  # Linux knows its hardware: a name proves nothing then
        return None
    point_to_point = address.version == 4 and address.network.prefixlen == 32
    if card.kind is Kind.TUNNEL or point_to_point or _TUNNEL.search(name):
        return Reason.TUNNEL
    if card.kind is Kind.VIRTUAL or _VIRTUAL.search(name) or _HOTSPOT_CARD.search(name):
        return Reason.VIRTUAL
    return None


def _is_wifi(card: Card, name: str) -> bool:
    return card.kind is Kind.WIFI or (card.kind is Kind.UNKNOWN and bool(_WIFI.search(name)))


def _is_first(address: IPv4Interface | IPv6Interface) -> bool:
    """Tell whether it is the first address of its network, as routers and hotspots have it."""
    if isinstance(address.ip, IPv6Address) or address.network.prefixlen > 30:
        return False
    return int(address.ip) == int(address.network.network_address) + 1


def _group(reason: Reason) -> int:
    return max(reason, Reason.OTHER) if reason else reason


def _preference(
    address: IPv4Interface | IPv6Interface, on_route: bool, is_route: bool
) -> tuple[bool, bool, bool, int, int]:
    private = next((n for n, network in enumerate(_PRIVATE) if address.ip in network), len(_PRIVATE))
    return (not on_route, not is_route, _is_first(address), private, int(address.ip))
