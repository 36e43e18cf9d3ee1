"""Two server processes on one PostgreSQL, both fed the same workshop on purpose."""

import asyncio
import json
import time

import pytest

from atelier.web.http.sentences import UNREACHABLE
from tests.cluster.counting import PATIENCE_S, kept, more_is_taken
from tests.support.apart import run_apart
from tests.support.ledger import Author, faults_of, settle, workshop
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser
from tests.support.simulation.phone import Phone
from tests.support.waiting import wait_until

TURNS = 3
PRESENCE = frozenset({"members-1"})
"""Who is here is known to a node for its own phones only (docs/scale.md)."""

pytestmark = pytest.mark.slow


@pytest.fixture
def nodes(url, tmp_path):
    started = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        node = RunningServer(tmp_path / name, environment={"ATELIER_DATABASE_URL": url})
        started.append(node.start())
    yield started
    for node in started:
        node.stop()


async def side_by_side(bases, code):
    """Two phones of one group on two nodes: what each shows otherwise than its page loaded anew."""
    phones = [Phone(base, code) for base in bases]
    for n, phone in enumerate(phones):
        await phone.join("fs" if n else "cn", 1, f"Personne {n}")

    for turn in range(TURNS):
        for n, phone in enumerate(phones):
            phone.do("place-action", group=1, action="former", fs=25 * turn, cn=25 * n)
            phone.do("post-initiative", group=1, action="orienter", text=f"Idée {turn} de {n}")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        await asyncio.sleep(0.2)
        done = all(phone.at_rest() and len(phone.answers) == 2 * TURNS for phone in phones)
        if done and len({phone.core.reader.seq for phone in phones}) == 1:
            break
    told = {
        "differences": [each for phone in phones for each in await phone.differences(PRESENCE)],
        "positions": {phone.core.reader.seq for phone in phones},
        "pages": [await phone.page() for phone in phones],
    }
    for phone in phones:
        await phone.close()
    return told


def test_each_phone_sees_what_the_other_node_took_and_nothing_that_is_killed_loses_anything(
    nodes, cluster, store
):
    here, there = nodes
    code = workshop(here)
    told = run_apart(side_by_side, [here.base, there.base], code, seconds=3 * PATIENCE_S)
    assert told["differences"] == []
    assert len(told["positions"]) == 1
    for page in told["pages"]:
        assert all(f"Idée {turn} de {n}" in page for turn in range(TURNS) for n in range(2))

    authors = [Author(here.base, code, group, 0.01, [there.base]) for group in (1, 2, 3)]
    for author in authors:
        author.start()
    more_is_taken(authors)
    there.kill()
    more_is_taken(authors)
    there.start()
    more_is_taken(authors)
    cluster.stop("immediate")  # the database too: the nodes find it again by themselves
    assert "EHOSTUNREACH" in Browser(here.base).get("/etat")
    assert "Préparer" in Browser(here.base).get("/")
    wait_until(lambda: UNREACHABLE in authors[0].failures(), PATIENCE_S, "the author was told nothing")
    cluster.start()
    more_is_taken(authors)
    settle(authors)
    heads, accepted, texts = kept(store, code)
    assert faults_of(code, heads, accepted, texts, authors) == []
    for node in nodes:
        seen = json.loads(Browser(node.base).get("/etat"))
        assert (seen["workshops"], seen["storage"]["refusing"]) == (1, 0)
