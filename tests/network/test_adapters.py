"""What the system says of the cards."""

import socket
from ipaddress import ip_interface

import ifaddr
import pytest

from atelier.network.adapters import Card, Kind, cards, default_routes, kind_of


@pytest.fixture
def sysfs(tmp_path):
    def add(name, device="", below=(), **files):
        place = tmp_path / name
        place.mkdir()
        for file, text in files.items():
            (place / file).write_text(text)
        if device:
            (place / device).mkdir()
        for each in below:
            (place / f"lower_{each}").symlink_to(tmp_path / each)
        return kind_of(name, tmp_path)

    return add


def test_linux_tells_hardware_from_the_rest(sysfs):
    assert sysfs("eth0", "device", type="1", uevent="INTERFACE=eth0") is Kind.WIRED
    assert sysfs("wlan0", "wireless", type="1") is Kind.WIFI
    assert sysfs("wwan0", "device", type="1", uevent="DEVTYPE=wwan\nINTERFACE=wwan0") is Kind.CELLULAR
    assert sysfs("bnep0", "device", type="1", uevent="DEVTYPE=bluetooth\n") is Kind.VIRTUAL
    assert sysfs("docker0", type="1") is Kind.VIRTUAL
    assert sysfs("bureau", type="65534", tun_flags="0x1001") is Kind.TUNNEL
    assert sysfs("maison", type="65534") is Kind.TUNNEL
    assert sysfs("ppp0", type="512") is Kind.TUNNEL


def test_a_bridge_is_as_real_as_what_it_holds(sysfs):
    sysfs("eth0", "device", type="1")
    sysfs("veth1", type="1")
    assert sysfs("br0", type="1", below=["veth1", "eth0"]) is Kind.WIRED
    assert sysfs("virbr0", type="1", below=["veth1"]) is Kind.VIRTUAL


def test_other_systems_say_nothing(tmp_path):
    assert kind_of("Wi-Fi", tmp_path / "sys") is Kind.UNKNOWN


def test_a_card_has_the_name_that_windows_shows_and_its_model(monkeypatch):
    ips = [ifaddr.IP("192.168.1.20", 24, "Wi-Fi"), ifaddr.IP(("fe80::1%4", 0, 4), 64, "Wi-Fi")]
    found = [
        ifaddr.Adapter("{4C}", "Intel(R) Wi-Fi 6", ips),
        ifaddr.Adapter("{5D}", "Loop", [ifaddr.IP("127.0.0.1", 8, "lo")]),
    ]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: found)
    assert cards() == (
        Card("Wi-Fi", (ip_interface("192.168.1.20/24"), ip_interface("fe80::1/64")), "Intel(R) Wi-Fi 6"),
    )


def test_the_default_route_is_one_of_our_own_addresses():
    own = {str(each.ip) for card in cards() for each in card.addresses}
    assert default_routes() <= own


def test_a_machine_without_a_route_has_none(monkeypatch):
    class Probe(socket.socket):
        def connect(self, address):
            raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "socket", Probe)
    assert default_routes() == frozenset()
