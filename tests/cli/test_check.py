"""`atelier check`: what it says of this machine, of one that lacks something, and of a phone that comes."""

import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier.cli import checking, firewall, main, phone_trial
from atelier.config import Config
from tests.running import free_port

ELSEWHERE = "127.0.0.2"
"""Another address than the one that the trial takes for this machine's own: it stands for the phone's."""


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    monkeypatch.setattr(checking, "lan_address", lambda: "192.168.1.20")
    return lambda *words: CliRunner().invoke(main, ["check", *words])


@pytest.mark.slow
def test_a_machine_that_has_everything(told):
    answer = told("--port", str(free_port()))
    assert answer.exit_code == 0, answer.output
    assert "✗" not in answer.output
    for word in ("PDF", "Police", "Port", "Dossier", "http://192.168.1.20", "Pare-feu"):
        assert word in answer.output


def test_a_port_taken_by_somebody_else_is_said_with_what_to_do(told, monkeypatch):
    monkeypatch.setattr(checking, "pdf", lambda: checking.Found(True, "PDF"))
    with socket.socket() as other:
        other.bind(("", 0))
        port = other.getsockname()[1]
        answer = told("--port", str(port))
    assert answer.exit_code == 1
    assert f"✗ à régler  Port {port} : pris par un autre programme" in answer.output
    assert "À régler : 1." in answer.output


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    found = checking.pdf()
    assert found.good is False
    assert "Pango" in found.what


def test_a_folder_that_is_a_file_is_no_folder(tmp_path):
    (tmp_path / "sessions").write_text("")
    assert checking.room(tmp_path / "sessions").good is False


def test_too_little_space_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "FREE_MB", 10**9)
    found = checking.room(tmp_path)
    assert found.good is False
    assert "seulement" in found.what


def test_a_machine_on_no_network_is_said(monkeypatch):
    monkeypatch.setattr(checking, "lan_address", lambda: "127.0.0.1")
    assert checking.address(Config()).good is False


@pytest.mark.parametrize(
    ("platform", "word"), [("win32", "netsh"), ("darwin", "macOS"), ("linux", "ufw allow 8000/tcp")]
)
def test_each_system_has_its_own_advice(platform, word, monkeypatch, tmp_path):
    conf = tmp_path / "ufw.conf"
    conf.write_text("ENABLED=yes\n")
    monkeypatch.setattr(firewall, "UFW", Path(conf))
    monkeypatch.setattr(sys, "platform", platform)
    assert word in firewall.firewall_advice(8000)


def test_a_phone_that_comes_is_seen_and_this_machine_is_not_taken_for_one(monkeypatch, capsys):
    monkeypatch.setattr(phone_trial, "lan_address", lambda: "127.0.0.1")
    port, found = free_port(), []
    config = Config(host="0.0.0.0", port=port)  # noqa: S104 - as the real one
    waiting = threading.Thread(target=lambda: found.append(phone_trial.tried(config, 10)))
    waiting.start()
    _ask("127.0.0.1", port)
    assert waiting.is_alive()
    _ask(ELSEWHERE, port)
    waiting.join(5)
    assert found == [(True, "Téléphone : il a ouvert l’adresse")]
    assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out


def test_no_phone_is_a_thing_to_settle(monkeypatch):
    monkeypatch.setattr(phone_trial, "lan_address", lambda: "127.0.0.1")
    assert phone_trial.tried(Config(port=free_port()), 0.1)[0] is False


def _ask(source, port):
    """Open the page from that address of ours."""
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 2, source_address=(source, 0)) as line:
                line.sendall(b"GET / HTTP/1.0\r\n\r\n")
                assert b"200" in line.recv(100)
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("nobody listens")
