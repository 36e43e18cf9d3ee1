"""The address that phones reach, among the cards of laptops as they are: what public trackers tell of, and more."""

from ipaddress import ip_interface

import pytest

from atelier.network.adapters import Card, Kind
from atelier.network.ranking import Reason, ranked

WIFI = "Intel(R) Wi-Fi 6 AX201 160MHz"
CABLE = "Intel(R) Ethernet Connection (13) I219-LM"
DIRECT = "Microsoft Wi-Fi Direct Virtual Adapter #2"


def card(name, *addresses, model="", kind=Kind.UNKNOWN):
    found = [each if "/" in each else f"{each}/24" for each in addresses]
    return Card(name, tuple(map(ip_interface, found)), model, kind)


def wifi(address):
    return card("Wi-Fi", address, model=WIFI)


def cable(address):
    return card("Ethernet", address, model=CABLE)


IPHONE, ANDROID = "172.20.10.2/28", "10.179.44.12"

# (what the laptop is in, its cards, the own addresses of its default routes, what must come first, and why)
SITUATIONS = [
    ("Wi-Fi alone", [wifi("192.168.1.20")], ["192.168.1.20"], "192.168.1.20", Reason.DEFAULT_ROUTE),
    ("Wi-Fi that leads nowhere", [wifi("192.168.1.20")], [], "192.168.1.20", Reason.WIFI),
    (
        "VirtualBox beside Wi-Fi",
        [card("Ethernet 2", "192.168.56.1", model="VirtualBox Host-Only Ethernet Adapter"), wifi("192.168.68.20")],
        ["192.168.68.20"], "192.168.68.20", Reason.DEFAULT_ROUTE,
    ),
    (
        "VirtualBox, no default route",
        [card("Ethernet 2", "192.168.56.1", model="VirtualBox Host-Only Ethernet Adapter"), wifi("192.168.68.20")],
        [], "192.168.68.20", Reason.WIFI,
    ),
    (
        "WSL beside an iPhone's hotspot",
        [card("vEthernet (WSL)", "172.17.112.1/20", model="Hyper-V Virtual Ethernet Adapter"), wifi(IPHONE)],
        ["172.20.10.2"], "172.20.10.2", Reason.DEFAULT_ROUTE,
    ),
    (
        "Hyper-V beside an Android hotspot",
        [card("vEthernet (Defaut)", "192.168.96.1/20", model="Hyper-V Virtual Ethernet Adapter"), wifi(ANDROID)],
        [], "10.179.44.12", Reason.WIFI,
    ),
    (
        "Fortinet holds the default route",
        [card("Ethernet 3", "10.212.134.200/32", model="Fortinet SSL VPN Virtual Ethernet Adapter"), wifi(IPHONE)],
        ["10.212.134.200"], "172.20.10.2", Reason.WIFI,
    ),
    (
        "Stormshield holds the default route",
        [card("Ethernet 4", "10.60.0.2", model="Stormshield SSL VPN Client"), wifi(IPHONE)],
        ["10.60.0.2"], "172.20.10.2", Reason.WIFI,
    ),
    (
        "AnyConnect holds the default route",
        [card("Ethernet 5", "10.8.0.5", model="Cisco AnyConnect Virtual Miniport Adapter"), wifi(IPHONE)],
        ["10.8.0.5"], "172.20.10.2", Reason.WIFI,
    ),
    (
        "GlobalProtect holds the default route",
        [card("Ethernet 6", "10.9.0.5", model="PANGP Virtual Ethernet Adapter Secure"), cable("192.168.1.4")],
        ["10.9.0.5"], "192.168.1.4", Reason.OTHER,
    ),
    (
        "OpenVPN's TAP",
        [card("Ethernet 7", "10.8.0.6/30", model="TAP-Windows Adapter V9"), wifi("192.168.1.20")],
        ["10.8.0.6"], "192.168.1.20", Reason.WIFI,
    ),
    ("Linux ppp0", [card("ppp0", "10.0.0.7/32"), card("wlp3s0", IPHONE)], ["10.0.0.7"], "172.20.10.2", Reason.WIFI),
    ("Linux vpn0", [card("vpn0", "10.0.0.7"), card("wlp3s0", IPHONE)], ["10.0.0.7"], "172.20.10.2", Reason.WIFI),
    ("Linux tun0", [card("tun0", "10.0.0.7"), card("eth0", "192.168.1.4")], ["10.0.0.7"], "192.168.1.4", Reason.OTHER),
    ("Linux wg0", [card("wg0", "10.0.0.7"), card("eth0", "192.168.1.4")], ["10.0.0.7"], "192.168.1.4", Reason.OTHER),
    (
        "Docker on Linux",
        [card("docker0", "172.17.0.1/16"), card("br-5f3", "172.18.0.1/16"), card("wlan0", IPHONE)],
        ["172.20.10.2"], "172.20.10.2", Reason.DEFAULT_ROUTE,
    ),
    (
        "libvirt on Linux",
        [card("virbr0", "192.168.122.1"), card("enp0s31f6", "10.3.4.5")], [], "10.3.4.5", Reason.OTHER,
    ),
    (
        "macOS with a virtual machine",
        [card("bridge100", "192.168.64.1"), card("en0", "172.20.10.3/28")],
        ["172.20.10.3"], "172.20.10.3", Reason.DEFAULT_ROUTE,
    ),
    (
        "macOS with a VPN that takes it all",
        [card("utun4", "10.2.0.9/32"), card("en0", "192.168.1.30")], ["10.2.0.9"], "192.168.1.30", Reason.OTHER,
    ),
    (
        "macOS shares its connection",
        [card("bridge100", "192.168.2.1"), card("en5", "192.168.1.30")],
        ["192.168.1.30"], "192.168.2.1", Reason.HOTSPOT,
    ),
    (
        "cable and Wi-Fi, the cable leads to the Internet",
        [cable("192.168.10.5"), wifi("192.168.20.7")], ["192.168.10.5"], "192.168.10.5", Reason.DEFAULT_ROUTE,
    ),
    (
        "cable and Wi-Fi, the Wi-Fi leads to the Internet",
        [cable("192.168.10.5"), wifi("192.168.20.7")], ["192.168.20.7"], "192.168.20.7", Reason.DEFAULT_ROUTE,
    ),
    (
        "cable and Wi-Fi, neither leads anywhere",
        [cable("192.168.10.5"), wifi("192.168.20.7")], [], "192.168.20.7", Reason.WIFI,
    ),
    (
        "Windows shares its connection over a cable",
        [card("Connexion au réseau local* 10", "192.168.137.1", model=DIRECT), cable("192.168.1.4")],
        ["192.168.1.4"], "192.168.137.1", Reason.HOTSPOT,
    ),
    (
        "Windows shares nothing, its card is there",
        [card("Connexion au réseau local* 10", "169.254.3.4/16", model=DIRECT), cable("192.168.1.4")],
        ["192.168.1.4"], "192.168.1.4", Reason.DEFAULT_ROUTE,
    ),
    (
        "Windows shares with a virtual machine",
        [card("vEthernet (Partage)", "192.168.137.1", model="Hyper-V Virtual Ethernet Adapter"), wifi("192.168.1.20")],
        ["192.168.1.20"], "192.168.1.20", Reason.DEFAULT_ROUTE,
    ),
    (
        "NetworkManager shares its connection by Wi-Fi",
        [card("wlp3s0", "10.42.0.1", kind=Kind.WIFI), card("enp1s0", "192.168.1.4", kind=Kind.WIRED)],
        ["192.168.1.4"], "10.42.0.1", Reason.HOTSPOT,
    ),
    (
        "NetworkManager shares by cable: the Wi-Fi that leads out is the room's",
        [card("enp1s0", "10.42.0.1", kind=Kind.WIRED), card("wlp3s0", "192.168.1.4", kind=Kind.WIFI)],
        ["192.168.1.4"], "192.168.1.4", Reason.DEFAULT_ROUTE,
    ),
    (
        "a modem in the laptop holds the default route",
        [card("Cellulaire", "10.44.1.2/30", model="Sierra Wireless EM7455 LTE"), wifi("192.168.1.20")],
        ["10.44.1.2"], "192.168.1.20", Reason.WIFI,
    ),
    (
        "Hyper-V took the real card into its switch",
        [
            card("vEthernet (Default Switch)", "172.28.0.1/20", model="Hyper-V Virtual Ethernet Adapter"),
            card("vEthernet (Externe)", "192.168.1.20", model="Hyper-V Virtual Ethernet Adapter #2"),
        ],
        ["192.168.1.20"], "192.168.1.20", Reason.VIRTUAL,
    ),
    (
        "an unknown maker's host-only card",
        [card("Ethernet 9", "192.168.3.1", model="Acme Net"), card("Ethernet", "192.168.10.9", model=CABLE)],
        [], "192.168.10.9", Reason.OTHER,
    ),
    (
        "a bridge that holds the real card, on Linux",
        [card("br0", "192.168.1.4", kind=Kind.WIRED), card("veth1", "10.0.3.1", kind=Kind.VIRTUAL)],
        ["192.168.1.4"], "192.168.1.4", Reason.DEFAULT_ROUTE,
    ),
    (
        "a cable without a router, a virtual machine",
        [cable("169.254.7.8/16"), card("vmnet8", "192.168.74.1")], [], "169.254.7.8", Reason.NO_ROUTER,
    ),
    (
        "no IPv4 but a virtual machine's",
        [card("wlan0", "2001:910:1::5/64", "fe80::1/64"), card("virbr0", "192.168.122.1")],
        ["2001:910:1::5"], "2001:910:1::5", Reason.DEFAULT_ROUTE,
    ),
    (
        "both families on two cards",
        [card("wlan0", "2001:910:1::5/64"), card("eth0", "192.168.1.4")],
        ["2001:910:1::5", "192.168.1.4"], "192.168.1.4", Reason.DEFAULT_ROUTE,
    ),
    (
        "a USB stick that only sounds like WireGuard",
        [card("Wi-Fi 2", "192.168.1.20", model="NETGEAR WG111v3 54Mbps Wireless USB 2.0 Adapter"), cable("10.1.1.9")],
        [], "192.168.1.20", Reason.WIFI,
    ),
    ("a public address", [cable("129.20.1.4")], ["129.20.1.4"], "129.20.1.4", Reason.DEFAULT_ROUTE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cards", "routes", "first", "reason"),
    [each[1:] for each in SITUATIONS],
    ids=[each[0] for each in SITUATIONS],
)
def test_the_first_address_is_one_that_phones_reach(cards, routes, first, reason):
    for order in (cards, cards[::-1]):
        found = ranked(order, routes)
        assert (found[0].address, found[0].reason) == (first, reason), found


@pytest.mark.parametrize(
    "name",
    [
        "VirtualBox Host-Only Ethernet Adapter", "VMware Virtual Ethernet Adapter for VMnet8", "vEthernet (WSL)",
        "Fortinet SSL VPN Virtual Ethernet Adapter", "fortissl VPN", "Cisco AnyConnect", "PANGP Adapter",
        "GlobalProtect", "Stormshield VPN", "TAP-Windows Adapter V9", "tap0", "ppp0", "vpn-bureau", "wg0", "wg-maison",
        "tun0", "tun_bureau", "utun3", "docker0", "br-0a1b", "veth12ab", "virbr0", "bridge100", "ZeroTier Virtual Port",
        "ztabcdef12", "Tailscale Tunnel", "tailscale0", "Bureau VPN", "Check Point Virtual Network Adapter", "vmnet8",
        "vboxnet0", "WireGuard Tunnel", "OpenVPN Wintun", "wwan0", "Cellulaire", "Bluetooth Network Connection",
    ],
)  # fmt: skip
def test_virtual_and_vpn_cards_come_last_by_name_even_with_the_default_route(name):
    found = ranked([card(name, "192.168.0.2"), cable("172.20.1.5")], ["192.168.0.2"])
    assert [each.address for each in found] == ["172.20.1.5", "192.168.0.2"]
    assert found[0].reason.likely
    assert not found[1].reason.likely


@pytest.mark.parametrize(
    "name",
    ["Wi-Fi", "Ethernet", "Ethernet 2", "en0", "eth0", "enp3s0", "wlp2s0", "enx00e04c", "usb0", "Connexion réseau",
     "Realtek PCIe GbE Family Controller", "Remote NDIS based Internet Sharing Device", "Apple Mobile Device Ethernet",
     "Killer(R) Wi-Fi 6E AX1675x", "Broadcom NetXtreme Gigabit Ethernet", "ASIX AX88179 USB 3.0 to Gigabit Ethernet"],
)  # fmt: skip
def test_real_cards_are_likely(name):
    assert ranked([card(name, "192.168.0.2")])[0].reason.likely


@pytest.mark.parametrize("kind", [Kind.TUNNEL, Kind.VIRTUAL, Kind.CELLULAR])
def test_what_linux_says_of_a_card_counts_whatever_its_name(kind):
    found = ranked(
        [card("eth7", "192.168.0.2", kind=kind), card("eth0", "172.20.1.5", kind=Kind.WIRED)], ["192.168.0.2"]
    )
    assert found[0].address == "172.20.1.5"


def test_all_addresses_are_told_and_each_card_once_by_family():
    cards = [card("eth0", "192.168.1.4", "192.168.1.5", "2001:910:1::5/64"), card("wlan0", "fe80::1/64")]
    assert [each.address for each in ranked(cards)] == ["192.168.1.4", "192.168.1.5"]


def test_ipv6_stands_in_brackets_and_only_where_somebody_listens():
    cards = [card("wlan0", "2001:910:1::5/64", "2001:910:1::6/64")]
    assert ranked(cards, ["2001:910:1::6"])[0].host == "[2001:910:1::6]"
    assert ranked(cards, ipv6=False) == ()


def test_a_machine_without_cards_has_no_address():
    assert ranked([]) == ()
