"""A page from elsewhere that points its own name at this machine gets nothing; our own names and addresses do."""

import pytest

from atelier.app import create_program
from atelier.config import Config, _networks
from atelier.web.http import hosts
from atelier.web.http.hosts import OwnNames, names_of
from tests.support.clocks import Clock

SITE = "https://atelier.exemple.fr"
REFUSED = 421


@pytest.fixture
def serving(tmp_path):
    made = []

    def start(**told):
        made.append(create_program(Config(sessions=tmp_path / "s", exports=tmp_path / "e", **told)))
        return made[-1].app.test_client()

    yield start
    for program in made:
        program.close()


def asked(client, host, path="/", method="GET", peer="127.0.0.1", **headers):
    environ = {"REMOTE_ADDR": peer, "HTTP_HOST": host}
    return client.open(path, method=method, environ_overrides=environ, headers=headers)


@pytest.fixture
def machine(monkeypatch):
    """The addresses that this machine has."""
    found = {"127.0.0.1", "192.168.1.20", "fe80::1", "2001:db8::7"}
    monkeypatch.setattr(hosts, "own_addresses", lambda: frozenset(found))
    monkeypatch.setattr(hosts.socket, "gethostname", lambda: "Portable-Nadia")
    monkeypatch.setattr(hosts, "_LOOK_S", 0.0)
    return found


OURS = (
    "localhost:8000", "LOCALHOST", "localhost.", "127.0.0.1:8000", "[::1]:8000", "192.168.1.20:8000", "192.168.1.20",
    "[2001:db8::7]:8000", "[2001:DB8:0::7]", "[fe80::1%25eth0]:8000", "portable-nadia:8000",
    "Portable-Nadia.local:8000", "portable-nadia.lan",
)  # fmt: skip
FOREIGN = (
    "evil.com:8000", "evil.com", "localhost.evil.com", "127.0.0.1.evil.com", "portable-nadia.evil.com", "autre.local",
    "192.168.1.21:8000", "[2001:db8::8]", "0.0.0.0:8000", "", "a@localhost", "localhost/evil", "évil.com",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("host", OURS)
def test_a_laptop_answers_to_its_own_names_and_addresses(serving, machine, host):
    assert asked(serving(), host).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_a_laptop_refuses_any_other_name_without_a_word_about_itself(program, machine, host):
    answer = asked(program.app.test_client(), host)
    assert answer.status_code == REFUSED
    assert "ne répond pas à cette adresse" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "192.168" not in answer.text
    assert answer.mimetype == "text/plain"


def test_a_foreign_page_creates_nothing_and_opens_no_socket(serving, machine, tmp_path):
    client, origin = serving(), {"Origin": "http://evil.com:8000"}
    for method, path in (
        ("POST", "/preparer"),
        ("GET", "/socket.io/?EIO=4&transport=polling"),
        ("GET", "/socket.io/?EIO=4&transport=websocket"),
        ("GET", "/static/x/y.js"),
        ("GET", "/etat"),
        ("POST", "/local/purge"),
    ):
        assert asked(client, "evil.com:8000", path, method, **origin).status_code == REFUSED
    assert list((tmp_path / "s").glob("*.db")) == []


def test_a_laptop_that_changes_network_answers_to_its_new_address(serving, machine):
    client = serving()
    assert asked(client, "10.0.0.5:8000").status_code == REFUSED
    machine.add("10.0.0.5")
    assert asked(client, "10.0.0.5:8000").status_code == 200


def test_the_address_to_listen_on_is_one_of_ours(serving, machine):
    assert asked(serving(host="10.9.8.7"), "10.9.8.7:8000").status_code == 200


def test_a_public_address_is_served_on_a_laptop_too_and_alone_on_a_server(serving, machine):
    client = serving(public_url=SITE, trusted_proxy=_networks("10.0.0.5"))
    for host in ("atelier.exemple.fr", "atelier.exemple.fr:443", "ATELIER.exemple.fr."):
        assert asked(client, host, peer="10.0.0.5").status_code == 200
    for host in ("192.168.1.20", "localhost", "evil.com", "portable-nadia", ""):
        assert asked(client, host, peer="10.0.0.5").status_code == REFUSED
        assert asked(client, host, peer="203.0.113.7").status_code == REFUSED


def test_a_server_answers_localhost_on_the_machine_itself_but_not_through_a_proxy(serving):
    client = serving(public_url=SITE, behind_nginx=True)
    assert asked(client, "localhost:8001", "/etat").status_code == 200
    assert asked(client, "", "/etat").status_code == 200
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"):
        assert asked(client, "localhost", "/", **{header: "x"}).status_code == REFUSED


def test_a_named_proxy_may_ask_for_the_state_by_any_name_and_for_nothing_else(serving):
    client = serving(public_url=SITE, trusted_proxy=_networks("10.0.0.0/24"))
    assert asked(client, "10.0.0.77:8000", "/etat", peer="10.0.0.5").status_code == 200
    assert asked(client, "10.0.0.77:8000", "/", peer="10.0.0.5").status_code == REFUSED
    assert asked(client, "10.0.0.77:8000", "/etat", peer="10.0.1.5").status_code == REFUSED


def test_the_machine_is_looked_at_once_a_second_at_most(monkeypatch):
    looked: list[int] = []

    def look():
        looked.append(1)
        return frozenset()

    monkeypatch.setattr(hosts, "own_addresses", look)
    clock = Clock()
    names = OwnNames(clock=clock)
    for _ in range(5):
        names()
    clock.now += 1
    names()
    assert len(looked) == 2


def test_the_real_machine_has_its_loopback():
    assert "127.0.0.1" in hosts.own_addresses()


def test_the_names_of_a_machine():
    assert {"pc", "pc.local", "pc.lan", "pc.home", "pc.mairie.fr"} <= names_of("PC.mairie.fr")
    assert "" not in names_of("")
