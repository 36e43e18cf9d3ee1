"""`atelier check`: what it says of this machine, of one that lacks something, and of a phone that comes."""

import socket
import sys
import threading
import time
from ipaddress import ip_interface
from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier.access.addresses import Addresses
from atelier.cli import check, common, firewall, main, phone_trial
from atelier.config import Config
from atelier.network import adapters
from atelier.network.adapters import Card
from atelier.network.choice import kept
from tests.support.running import free_port

ELSEWHERE = "127.0.0.2"
"""Another address than the one that the trial takes for this machine's own: it stands for the phone's."""


WIFI = Card("Wi-Fi", (ip_interface("192.168.1.20/24"),))


def has(monkeypatch, *cards):
    """Let this machine have these cards, and no default route."""
    monkeypatch.setattr(adapters, "cards", lambda: cards)
    monkeypatch.setattr(common, "cards", lambda: cards)
    monkeypatch.setattr(adapters, "default_routes", frozenset)


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    has(monkeypatch, WIFI)
    return lambda *words: CliRunner().invoke(main, ["check", *words])


@pytest.mark.slow
def test_a_machine_that_has_everything(told):
    answer = told("--port", str(free_port()))
    assert answer.exit_code == 0, answer.output
    assert "✗" not in answer.output
    for word in ("PDF", "Police", "Port", "Dossier", "http://192.168.1.20", "Pare-feu"):
        assert word in answer.output


def test_a_port_taken_by_somebody_else_is_said_with_what_to_do(told, monkeypatch):
    monkeypatch.setattr(check, "pdf", lambda: check.Found(True, "PDF"))
    with socket.socket() as other:
        other.bind(("", 0))
        port = other.getsockname()[1]
        answer = told("--port", str(port))
    assert answer.exit_code == 1
    assert f"✗ à régler  Le port {port} est déjà pris par un autre programme" in answer.output
    assert "À régler : 1." in answer.output


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    found = check.pdf()
    assert found.good is False
    assert "Pango" in found.what


def test_a_folder_that_is_a_file_is_no_folder(tmp_path):
    (tmp_path / "sessions").write_text("")
    assert check.room(tmp_path / "sessions").good is False


def test_too_little_space_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "FREE_MB", 10**9)
    found = check.room(tmp_path)
    assert found.good is False
    assert "seulement" in found.what


def test_a_machine_on_no_network_is_said(monkeypatch, tmp_path):
    has(monkeypatch)
    (found,) = check.address(Config(sessions=tmp_path))
    assert found.good is False
    assert "aucun réseau" in found.what


def test_the_other_addresses_are_told_too(monkeypatch, tmp_path):
    has(monkeypatch, WIFI, Card("Ethernet", (ip_interface("10.1.2.3/8"),)))
    first, others = check.address(Config(sessions=tmp_path))
    assert first.good is True
    assert "http://192.168.1.20:8000, « Wi-Fi » (Wi-Fi)" in first.what
    assert (others.good, others.what.partition(" : ")[2]) == (None, "10.1.2.3 (« Ethernet »)")


def test_a_vpn_alone_is_a_thing_to_settle(monkeypatch, tmp_path):
    has(monkeypatch, Card("Fortinet SSL VPN", (ip_interface("10.1.2.3/32"),)))
    (found,) = check.address(Config(sessions=tmp_path))
    assert found.good is False
    assert "VPN coupé ?" in found.what


def test_a_server_that_listens_to_itself_only_is_a_thing_to_settle(tmp_path):
    (found,) = check.address(Config(sessions=tmp_path, host="127.0.0.1"))
    assert found.good is False


def test_an_address_that_is_not_of_this_machine_is_said_with_those_that_are(told, monkeypatch):
    monkeypatch.setattr(check, "pdf", lambda: check.Found(True, "PDF"))
    monkeypatch.setenv("ATELIER_HOST", "203.0.113.9")
    answer = told()
    assert "Cette machine n’a pas l’adresse « 203.0.113.9 ». Elle a : 192.168.1.20." in answer.output
    assert "pris par un autre programme" not in answer.output


@pytest.mark.parametrize(
    ("platform", "word"), [("win32", "netsh"), ("darwin", "macOS"), ("linux", "ufw allow 8000/tcp")]
)
def test_each_system_has_its_own_advice(platform, word, monkeypatch, tmp_path):
    conf = tmp_path / "ufw.conf"
    conf.write_text("ENABLED=yes\n")
    monkeypatch.setattr(firewall, "UFW", Path(conf))
    monkeypatch.setattr(sys, "platform", platform)
    assert word in firewall.firewall_advice(8000)


def trial(config):
    """Begin a trial; return its thread and what comes of it. Only 127.0.0.1 is this machine."""
    found = []
    waiting = threading.Thread(target=lambda: found.append(phone_trial.tried(config, 20, {"127.0.0.1"})))
    waiting.start()
    return waiting, found


def test_a_phone_that_comes_is_seen_and_this_machine_is_not_taken_for_one(monkeypatch, capsys, tmp_path):
    has(monkeypatch, Card("Wi-Fi", (ip_interface("127.0.0.7/8"),)))
    port = free_port()
    waiting, found = trial(Config(port=port, sessions=tmp_path))
    _ask("127.0.0.1", port, to="127.0.0.7")
    assert waiting.is_alive()
    _ask(ELSEWHERE, port, to="127.0.0.7")
    waiting.join(120)
    assert found == [(True, f"Téléphone : il a ouvert http://127.0.0.7:{port}, « Wi-Fi » (Wi-Fi)")]
    assert f"1. http://127.0.0.7:{port}/" in capsys.readouterr().out
    assert kept(tmp_path) is None, "it was the first one already"


def test_the_trial_shows_every_address_and_keeps_the_one_that_a_phone_opened(monkeypatch, capsys, tmp_path):
    has(
        monkeypatch,
        Card("Ethernet", (ip_interface("127.0.0.8/8"),)),
        Card("Wi-Fi", (ip_interface("127.0.0.7/8"),)),
        Card("tun0", (ip_interface("127.0.0.9/8"),)),
    )
    port = free_port()
    config = Config(port=port, sessions=tmp_path)
    waiting, found = trial(config)
    _ask(ELSEWHERE, port, to="127.0.0.8")
    waiting.join(120)
    ((good, said),) = found
    assert good
    assert f"il a ouvert http://127.0.0.8:{port}, « Ethernet » (autre réseau) ; c’est désormais" in said
    shown = capsys.readouterr().out
    for number, address in enumerate(("127.0.0.7", "127.0.0.8", "127.0.0.9"), start=1):
        assert f"{number}. http://{address}:{port}/" in shown
    assert shown.count("█") > 3 * 50, "a code each"
    assert Addresses(config).base() == f"http://127.0.0.8:{port}"


def test_no_phone_is_a_thing_to_settle(monkeypatch, tmp_path):
    has(monkeypatch, WIFI)
    good, said = phone_trial.tried(Config(port=free_port(), sessions=tmp_path), 0.1)
    assert good is False
    assert "VPN" in said


def test_without_a_network_no_phone_is_waited_for(monkeypatch, tmp_path):
    has(monkeypatch)
    assert phone_trial.tried(Config(port=free_port(), sessions=tmp_path), 60)[0] is False


def _ask(source, port, to="127.0.0.1"):
    """Open the page from that address of ours."""
    for _ in range(100):
        try:
            with socket.create_connection((to, port), 2, source_address=(source, 0)) as line:
                line.sendall(b"GET / HTTP/1.0\r\n\r\n")
                assert b"200" in line.recv(100)
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("nobody listens")
