"""Who asks: the connection's address, unless a proxy that the configuration names says for whom it asks."""

import logging

import pytest

from atelier.config import LOOPBACK, Config, _networks
from atelier.web.http.client_address import ClientAddress, Misled

PROXY = "10.0.0.5"
PERSON = "203.0.113.7"


def seen(peer, proxies, told=None, scheme=None, misled=lambda peer: None):
    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    if told is not None:
        environ["HTTP_X_FORWARDED_FOR"] = told
    if scheme is not None:
        environ["HTTP_X_FORWARDED_PROTO"] = scheme
    ClientAddress(lambda environ, _: [], proxies, misled)(environ, None)
    return environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["atelier.peer"]


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (PERSON, PERSON),
        (f"1.1.1.1, {PERSON}", PERSON),  # written by the person themselves
        (f"1.1.1.1, {PERSON}, 10.0.0.9", PERSON),  # two proxies of ours
        (f"{PERSON}:4711", PERSON),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", PERSON),
        ("10.0.0.9", "10.0.0.9"),
        ("", PROXY),
        ("unknown", PROXY),
        (f"{PERSON}, nonsense", PROXY),
        (f"nonsense, {PERSON}", PERSON),
        (",,,", PROXY),
        (None, PROXY),
    ],
)
def test_behind_a_named_proxy_the_rightmost_address_that_is_none_of_ours_counts(told, address):
    assert seen(PROXY, _networks("10.0.0.0/24"), told) == (address, "http", PROXY)


@pytest.mark.parametrize("peer", [PERSON, "127.0.0.1", "10.0.1.5", "::1"])
def test_nobody_else_is_believed(peer):
    assert seen(peer, _networks("10.0.0.0/24"), "1.1.1.1", "https") == (peer, "http", peer)
    assert seen(peer, (), "1.1.1.1", "https") == (peer, "http", peer)


@pytest.mark.parametrize(
    ("told", "scheme"),
    [
        ("https", "https"),
        ("http", "http"),
        ("http, https", "https"),
        ("HTTPS", "https"),
        ("javascript", "http"),
    ],
)
def test_the_scheme_is_what_the_nearest_proxy_says(told, scheme):
    assert seen(PROXY, _networks(PROXY), PERSON, told)[1] == scheme


def test_behind_nginx_this_machine_is_the_proxy():
    assert Config(public_url="https://a.fr", behind_nginx=True).proxies == LOOPBACK
    for peer in ("127.0.0.1", "::1", "::ffff:127.0.0.1", ""):
        assert seen(peer, LOOPBACK, PERSON)[0] == PERSON


def test_ipv4_inside_ipv6_is_ipv4():
    assert seen("::ffff:127.0.0.1", ())[0] == "127.0.0.1"


def test_a_proxy_that_nobody_named_is_said_once(caplog):
    hosted = Config(public_url="https://a.fr")
    with caplog.at_level(logging.WARNING):
        misled = Misled(hosted)
        seen("9.9.9.9", (), "1.1.1.1", misled=misled)  # a person who pretends
        assert caplog.text == ""
        for _ in range(3):
            seen("127.0.0.1", (), PERSON, misled=misled)
        assert caplog.text.count("toutes les personnes auraient la même adresse") == 1
        seen("127.0.0.1", (), PERSON, misled=Misled(Config()))
        assert len(caplog.records) == 1
