"""The address that is printed and drawn: told, found, chosen, lost, or none."""

from ipaddress import ip_interface

import pytest

from atelier.access.addresses import LOOK_EVERY_S, Addresses
from atelier.config import ALL_IPV4, Config
from atelier.network import adapters
from atelier.network.adapters import Card

WIFI = Card("Wi-Fi", (ip_interface("192.168.1.20/24"),))
WIFI_LATER = Card("Wi-Fi", (ip_interface("192.168.1.77/24"),))
CABLE = Card("Ethernet", (ip_interface("10.1.2.3/8"),))
PHONE = Card("Wi-Fi", (ip_interface("172.20.10.2/28"),))


@pytest.fixture
def later(monkeypatch):
    """Let time pass: the machine is looked at anew."""
    now = [1_000.0]
    monkeypatch.setattr("atelier.access.addresses.time.monotonic", lambda: now[0])

    def pass_by():
        now[0] += LOOK_EVERY_S

    return pass_by


@pytest.fixture
def config(tmp_path):
    return Config(sessions=tmp_path)


def test_it_is_found_and_followed(network, later, config):
    addresses = Addresses(config)
    assert addresses.base() == "http://192.168.1.20:8000"
    assert not addresses.has_changed()
    network(PHONE)
    later()
    assert addresses.join("KTZ4MP") == "http://172.20.10.2:8000/r/KTZ4MP"
    assert addresses.has_changed()


def test_the_default_route_decides_between_two_real_cards(network, monkeypatch, later, config):
    network(WIFI, CABLE)
    addresses = Addresses(config)
    assert addresses.spoken() == "192.168.1.20:8000"
    monkeypatch.setattr(adapters, "default_routes", lambda: {"10.1.2.3"})
    later()
    assert addresses.spoken() == "10.1.2.3:8000"


def test_what_is_chosen_is_kept_across_starts_and_is_no_news(network, later, config):
    network(WIFI, CABLE)
    addresses = Addresses(config)
    addresses.choose("10.1.2.3")
    assert addresses.base() == "http://10.1.2.3:8000"
    assert addresses.reach().chosen
    assert not addresses.has_changed(), "who chose it knows it"
    assert Addresses(config).base() == "http://10.1.2.3:8000"
    addresses.choose("")
    assert Addresses(config).base() == "http://192.168.1.20:8000"


def test_what_was_chosen_and_is_gone_is_said_and_comes_back(network, later, config):
    network(WIFI, CABLE)
    addresses = Addresses(config)
    addresses.choose("10.1.2.3")
    network(WIFI)
    later()
    assert addresses.base() == "http://192.168.1.20:8000"
    assert addresses.reach().lost == ("Ethernet", "10.1.2.3")
    assert addresses.has_changed()
    network(WIFI, CABLE)
    later()
    assert addresses.base() == "http://10.1.2.3:8000"
    assert addresses.reach().lost is None


def test_a_new_lease_on_the_chosen_card_is_followed(network, later, config):
    network(WIFI, CABLE)
    Addresses(config).choose("192.168.1.20")
    network(CABLE, WIFI_LATER)
    assert Addresses(config).base() == "http://192.168.1.77:8000"


def test_what_is_not_offered_cannot_be_chosen(network, config):
    with pytest.raises(LookupError):
        Addresses(config).choose("8.8.8.8")


def test_a_disk_that_is_full_forgets_at_the_end(network, later, config, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr("atelier.access.addresses.keep", full)
    network(WIFI, CABLE)
    addresses = Addresses(config)
    addresses.choose("10.1.2.3")
    assert addresses.base() == "http://10.1.2.3:8000"


def test_a_short_cut_is_no_new_address(network, later, config):
    addresses = Addresses(config)
    addresses.base()
    network()
    later()
    assert (addresses.base(), addresses.join("KTZ4MP"), addresses.spoken()) == ("", "", "")
    network(WIFI)
    later()
    assert addresses.base() == "http://192.168.1.20:8000"
    assert not addresses.has_changed()


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("192.168.68.20", "http://192.168.68.20:8000"),
        ("[fd00::2]", "http://[fd00::2]:8000"),
        ("poste.local", "http://poste.local:8000"),
        (ALL_IPV4, "http://192.168.1.20:8000"),
        ("::", "http://192.168.1.20:8000"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("localhost", ""),
    ],
)
def test_one_address_to_listen_on_is_the_one_in_the_qr_code(host, base, tmp_path):
    addresses = Addresses(Config(sessions=tmp_path, host=host))
    assert addresses.base() == base
    assert addresses.reach().only_here is (base == "")


def test_without_ipv4_the_address_stands_in_brackets(network, tmp_path):
    network(Card("wlan0", (ip_interface("2001:910:1::5/64"),)))
    assert Addresses(Config(sessions=tmp_path, host="::")).spoken() == "[2001:910:1::5]:8000"
    assert Addresses(Config(sessions=tmp_path)).join("KTZ4MP") == "http://[2001:910:1::5]:8000/r/KTZ4MP"
    assert Addresses(Config(sessions=tmp_path, host=ALL_IPV4)).base() == ""


def test_a_private_site_is_given_to_phones_and_the_laptop_keeps_its_own(tmp_path):
    addresses = Addresses(Config(sessions=tmp_path, public_url="http://192.168.68.20:8185"))
    assert addresses.base() == "http://192.168.68.20:8185"
    assert addresses.own() == "http://localhost:8000"
    assert addresses.reach().candidates == ()
    with pytest.raises(LookupError):
        addresses.choose("")
