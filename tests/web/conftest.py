"""The program on real files, without a network; a browser of a few lines that follows forms."""

from ipaddress import ip_interface

import pytest
from bs4 import BeautifulSoup

from atelier.app import create_program
from atelier.config import Config
from atelier.network import adapters
from atelier.network.adapters import Card
from tests.clocks import Clock
from tests.web import house_rules

SEE_OTHER = 303
BASE = "http://localhost:8000"


class Browser:
    """One cookie jar, at one address."""

    def __init__(self, app, address="127.0.0.1"):
        self.client = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def get(self, path, status=200):
        answer = self.client.get(path, base_url=BASE)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
        if answer.mimetype == "text/html" and status != SEE_OTHER:
            house_rules.check(path, answer.text)
        return answer

    def page(self, path):
        answer = self.get(path)
        return BeautifulSoup(answer.text, "lxml")

    def post(self, path, data, status=303, **headers):
        headers.setdefault("Origin", BASE)
        answer = self.client.post(path, data=data, base_url=BASE, headers=headers)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
        return answer

    def act(self, code, command, status=200, **fields):
        fields = {name: str(value) for name, value in fields.items()}
        data = {"command": command, "op": fields.pop("op", next_op()), **fields}
        return self.post(f"/a/{code}/actes", data, status, Accept="application/json").json

    def prepare(self, **fields):
        answer = self.post("/preparer", fields)
        return answer.headers["Location"].split("/")[2]

    def join(self, code, trade="fs", group=1, name=""):
        self.client.get(f"/r/{code}", base_url=BASE)
        return self.act(code, "join", trade=trade, group=group, name=name)


_ops = iter(range(10**9))


def next_op():
    return f"operation-{next(_ops):08d}"


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
