"""Which addresses mean something on the Internet: those ask for a creation key, the others do not."""

import pytest

from atelier.config import ALL_IPV4, BadConfig, from_environment
from atelier.network.scope import is_private


@pytest.mark.parametrize(
    "host",
    ["192.168.68.20", "10.1.2.3", "172.16.0.1", "172.31.255.255", "169.254.7.8", "127.0.0.1", "100.64.1.2", "::1",
     "[::1]", "fe80::1%eth0", "[fd00::2]", "localhost", "poste.local", "POSTE.LOCAL.", "poste-12", "atelier.home.arpa"],
)  # fmt: skip
def test_private(host):
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    ["atelier.exemple.fr", "8.8.8.8", "172.32.0.1", "192.169.0.1", "[2001:910:1::5]", "::ffff:8.8.8.8", "134744072",
     "0x08080808", "faux.local.exemple.fr", "exemple.locale"],
)  # fmt: skip
def test_public(host):
    assert not is_private(host)


def test_a_private_address_needs_no_creation_key_and_a_public_one_does():
    config = from_environment(public_url="http://192.168.68.20:8185")
    assert (config.hosted, config.only_origin) == (False, "")
    assert from_environment(public_url="http://8.8.8.8:8185").hosted
    assert from_environment(public_url="https://atelier.exemple.fr").hosted


def test_behind_nginx_the_site_is_the_only_origin_even_on_an_inner_network():
    config = from_environment(public_url="https://10.1.2.3", behind_nginx=True)
    assert (config.hosted, config.only_origin) == (True, "https://10.1.2.3")
    assert from_environment(public_url="https://10.1.2.3", trusted_proxy="10.1.2.4").hosted


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://", "http://:80", "http://poste:99999", "ftp://poste", "http://a/b"]
)
def test_what_is_no_address_of_a_site_is_said(url):
    with pytest.raises(BadConfig, match="doit ressembler"):
        from_environment(public_url=url)


@pytest.mark.parametrize(
    ("host", "only"),
    [
        ("", ""),
        (ALL_IPV4, ""),
        ("::", ""),
        ("[::]", ""),
        ("192.168.1.20", "192.168.1.20"),
        ("[fd00::2]", "fd00::2"),
    ],
)
def test_one_address_to_listen_on_is_told_from_all(host, only):
    assert from_environment(host=host).only_address == only
