"""The program on real files, without a network, and who comes to it."""

from ipaddress import ip_interface

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.network import adapters
from atelier.network.adapters import Card
from tests.support.clocks import Clock, Hurried
from tests.support.visitors import Browser

WIFI = Card("Wi-Fi", (ip_interface("192.168.1.20/24"),))


@pytest.fixture(scope="session", autouse=True)
def _laptop():
    """A laptop on the Wi-Fi of the room, wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapters, "cards", lambda: (WIFI,))
        patch.setattr(adapters, "default_routes", frozenset)
        yield


@pytest.fixture
def network(monkeypatch):
    """Call it with other cards than that Wi-Fi's."""

    def have(*cards):
        monkeypatch.setattr(adapters, "cards", lambda: cards)

    return have


def _programs(folder):
    """Make one program there; whoever must wait to try again has waited at once."""
    clock = Hurried()
    config = Config(sessions=folder / "sessions", exports=folder / "exports")
    program = create_program(config, clock, clock.sleep)
    yield program
    program.close()


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The program that the tests of one file share, each with a workshop of its own."""
    yield from _programs(tmp_path_factory.mktemp("program"))


@pytest.fixture
def own_program(tmp_path):
    """A program for one test, which looks at, or changes, what all workshops share."""
    yield from _programs(tmp_path)


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
