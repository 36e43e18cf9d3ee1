"""Thirty people at work behind one address are refused nothing while codes are guessed there, or from twenty others."""

import asyncio

import pytest

from bench.prepared import prepare
from tests.attacks.guessing import GROUPS, HERE, PEOPLE, TWENTY, Client, admitted, attacked, guesses
from tests.support.apart import run_apart
from tests.support.running import RunningServer
from tests.support.site import Site, nginx_can_be_tried

pytestmark = pytest.mark.slow

SECONDS = 300


@pytest.fixture
def workshop(tmp_path):
    (workshop,) = prepare(tmp_path / "sessions", 1, PEOPLE, GROUPS)
    (tmp_path / "exports").mkdir()
    return workshop


@pytest.fixture(params=["direct", pytest.param("nginx", marks=nginx_can_be_tried)])
def base(request, tmp_path, workshop, monkeypatch):
    site = Site(tmp_path, monkeypatch) if request.param == "nginx" else RunningServer(tmp_path)
    site.start()
    yield site.base
    site.stop()


@pytest.mark.parametrize(("addresses", "each"), [([HERE], 250), (TWENTY, 60)], ids=["one", "twenty"])
def test_a_room_at_work_is_refused_nothing_while_codes_are_guessed(base, workshop, addresses, each):
    found, guessed = run_apart(attacked, base, workshop, addresses, each, seconds=SECONDS)
    print(f"p95 {found.p95_s * 1000:.0f} ms; {dict(found.statuses)}; guesses {dict(guessed)}")
    assert set(found.statuses) == {200}
    assert found.statuses[200] >= 2 * 4 * PEOPLE
    assert set(guessed) <= {404, 429}
    assert guessed.total() == len(addresses) * each


def test_newcomers_and_sockets_get_in_meanwhile(base, workshop):
    statuses, listens = run_apart(_arriving, base, workshop, seconds=SECONDS)
    assert statuses == [200] * 10
    assert listens


async def _arriving(base, workshop):
    guessing = asyncio.create_task(guesses(base, HERE, 400, 60))
    await guesses(base, HERE, 100, 200)
    known = Client(base, HERE, workshop.people[0].cookie)
    assert (await known.ask("GET", f"/a/{workshop.code}"))[0] == 200
    statuses = [(await Client(base).ask("GET", f"/r/{workshop.code}"))[0] for _ in range(10)]
    listens = await admitted(base, workshop)
    await guessing
    return statuses, listens
