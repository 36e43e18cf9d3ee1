"""Which sockets are opened: both families by default, one address and the machine itself when one is told."""

import contextlib
import errno
import socket

import pytest

from atelier.cli.common import cannot_listen
from atelier.config import ALL_IPV4, Config
from atelier.serving.listening import NoSuchAddress, PortForbidden, PortTaken, close, listen
from tests.support.running import RunningServer, free_port


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="no IPv6 on this machine")


@contextlib.contextmanager
def listening(host, port=None):
    port = port or free_port()
    listeners = listen(host, port)
    yield port
    close(listeners)


def answers(address, port):
    try:
        socket.create_connection((address, port), 2).close()
    except OSError:
        return False
    return True


@needs_ipv6
@pytest.mark.parametrize("host", ["", "::", "[::]"])
def test_both_families_are_answered_by_default(host):
    with listening(host) as port:
        assert answers("127.0.0.1", port)
        assert answers("127.0.0.7", port)
        assert answers("::1", port)


@needs_ipv6
def test_who_comes_by_ipv4_has_an_ipv4_address():
    port = free_port()
    listeners = listen("", port)
    with socket.create_connection(("127.0.0.1", port)):
        four = next(each for each in listeners if each.family == socket.AF_INET)
        four.settimeout(2)
        connection, address = four.accept()
        connection.close()
    assert address[0] == "127.0.0.1"
    close(listeners)


def test_all_of_ipv4_is_only_that():
    with listening(ALL_IPV4) as port:
        assert answers("127.0.0.1", port)
        assert not answers("::1", port)


def test_one_address_is_answered_and_the_machine_itself():
    own = "127.0.0.7"  # stands for the address of a card
    with listening(own) as port:
        assert answers(own, port)
        assert not answers("127.0.0.8", port)
    assert [place.address for place in places_of("192.0.2.77")] == ["192.0.2.77", "127.0.0.1", "::1"]


def places_of(host):
    from atelier.serving.listening import places

    return places(host)


def test_an_address_of_another_machine_is_told_from_a_port_that_is_taken():
    with pytest.raises(NoSuchAddress):
        listen("203.0.113.9", free_port())
    with pytest.raises(NoSuchAddress):
        listen("nulle-part.invalid", free_port())


@needs_ipv6
@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_port_that_is_taken_in_either_family_is_taken(family, address):
    # Otherwise http://localhost would lead to that other program.
    with socket.socket(family) as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken):
            listen("", port)
    with listening("", port):
        pass  # and nothing was left open by the refusal


def test_a_machine_without_ipv6_listens_all_the_same(monkeypatch):
    real = socket.socket

    def without(family=socket.AF_INET, *more, **named):
        if family == socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        return real(family, *more, **named)

    monkeypatch.setattr("atelier.serving.listening.socket.socket", without)
    listeners = listen("", free_port())
    assert [each.family for each in listeners] == [socket.AF_INET]
    close(listeners)


@needs_ipv6
@pytest.mark.slow
def test_the_server_answers_at_the_address_of_ipv6(tmp_path):
    server = RunningServer(tmp_path).start()
    try:
        with socket.create_connection(("::1", server.port), 5) as line:
            line.sendall(b"GET /preparer HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
            answer = line.makefile("rb").read()
    finally:
        server.stop()
    assert answer.startswith(b"HTTP/1.1 200"), "and whoever asks from this laptop may prepare"


def test_a_port_that_the_system_reserves_is_not_said_to_be_taken(monkeypatch):
    def refused(self, address):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refused)
    with pytest.raises(PortForbidden) as no:
        listen(ALL_IPV4, 80)
    said = cannot_listen(Config(port=80), no.value)
    assert "réserve le port 80" in said
    assert "--port 8000" in said
    assert "pris" not in said
