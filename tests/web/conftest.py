"""The program on real files, without a network, and who comes to it."""

from ipaddress import ip_interface

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.network import adapters
from atelier.network.adapters import Card
from tests.support.clocks import Clock
from tests.support.visitors import Browser


@pytest.fixture(autouse=True)
def network(monkeypatch):
    """A laptop on the Wi-Fi of the room, wherever the tests run; call it with other cards."""

    def have(*cards):
        monkeypatch.setattr(adapters, "cards", lambda: cards)

    have(Card("Wi-Fi", (ip_interface("192.168.1.20/24"),)))
    monkeypatch.setattr(adapters, "default_routes", frozenset)
    return have


@pytest.fixture
def program(tmp_path):
    program = create_program(Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports"))
    yield program
    program.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def paced(tmp_path, clock):
    """The program, whose limits of pace count by `clock`."""
    config = Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports")
    program = create_program(config, clock, clock.sleep)
    yield program
    program.close()


@pytest.fixture
def someone(program):
    return lambda: Browser(program.app)


@pytest.fixture
def desk(someone):
    return someone()


@pytest.fixture
def code(desk):
    return desk.prepare(title="Essai", place="Épinal")
