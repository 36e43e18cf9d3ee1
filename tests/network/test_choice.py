"""What a facilitator chose stays on the disk, for this machine."""

import socket

import pytest

from atelier.network.choice import NAME, Choice, followed, keep, kept
from atelier.network.ranking import Candidate, Reason

WIFI = Candidate("192.168.1.20", "Wi-Fi", Reason.WIFI)
CABLE = Candidate("10.1.2.3", "Ethernet", Reason.OTHER)


def test_a_choice_is_kept_and_forgotten(tmp_path):
    assert kept(tmp_path) is None
    keep(tmp_path, Choice("Wi-Fi", "192.168.1.20"))
    assert kept(tmp_path) == ("Wi-Fi", "192.168.1.20")
    keep(tmp_path, None)
    assert kept(tmp_path) is None


def test_machines_that_share_a_folder_keep_one_each(tmp_path, monkeypatch):
    keep(tmp_path, Choice("Wi-Fi", "192.168.1.20"))
    monkeypatch.setattr(socket, "gethostname", lambda: "autre")
    assert kept(tmp_path) is None
    keep(tmp_path, Choice("Ethernet", "10.1.2.3"))
    monkeypatch.undo()
    assert kept(tmp_path) == ("Wi-Fi", "192.168.1.20")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"HERE": 3}', '{"HERE": {"card": "x"}}', '{"HERE": []}']
)
def test_a_file_that_cannot_be_read_is_no_choice(tmp_path, text):
    (tmp_path / NAME).write_text(text.replace("HERE", socket.gethostname()))
    assert kept(tmp_path) is None
    keep(tmp_path, Choice("Wi-Fi", "192.168.1.20"))
    assert kept(tmp_path) == ("Wi-Fi", "192.168.1.20")


def test_a_choice_is_the_address_or_else_its_card():
    assert followed(Choice("Ethernet", "10.1.2.3"), (WIFI, CABLE)) == CABLE
    assert followed(Choice("Ethernet", "10.9.9.9"), (WIFI, CABLE)) == CABLE, "a new lease on the same card"
    assert followed(Choice("Ethernet 2", "10.9.9.9"), (WIFI, CABLE)) is None
    assert followed(None, (WIFI, CABLE)) is None
