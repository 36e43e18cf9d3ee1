"""Two services on one database, both fed the same workshop on purpose: any of them may take any act of it."""

import threading

import pytest

from atelier.domain import commands as c
from atelier.domain.values import Actor, Role, Trade
from atelier.journal.postgres.bell import NodeBell
from atelier.journal.postgres.store import PostgresStore
from atelier.service.service import HOST, Service, UnknownWorkshop
from atelier.service.state_cache import StateCache
from tests.support.setups import a_setup
from tests.support.waiting import wait_until

PEOPLE, ACTS = 6, 12
NOW = 1_782_345_600_000
"""Of the setups."""


class Node:
    """A service, its bell, and what its screens were told."""

    def __init__(self, url):
        self.store = PostgresStore(url)
        self.service = Service(self.store, lambda: NOW, snapshots=StateCache(self.store, b"secret"))
        self.bell = NodeBell(self.store, self.service.heard, self.service.stands)
        self.service.ring_others_by(self.bell.ring)
        self.told: list[int] = []
        self.gone: list[str] = []
        self.service.on_commit(self)
        self.service.gone_by(self.gone.append)
        self.bell.start()

    def ring(self, code, recorded):
        self.told += [each.seq for each in recorded]

    def close(self):
        self.service.close()
        self.bell.stop()
        self.store.close()


@pytest.fixture
def nodes(url):
    both = Node(url), Node(url)
    yield both
    for node in both:
        node.close()


@pytest.fixture
def code(nodes):
    return nodes[0].service.create(a_setup(), "key-1", lambda _: "hash")


def until(true):
    wait_until(true, 30, "the other node never heard of it")


def say(node, code, text, op, by=HOST):
    return node.service.handle(code, c.Announce(text=text), by, op)


def seqs(node, code):
    return [each.seq for each in node.service.history(code)]


def test_both_write_the_same_workshop_and_nothing_is_lost_doubled_or_out_of_order(nodes, code):
    told = {}

    def person(n):
        who = Actor(Role.GUEST, f"p{n}")
        for act in range(ACTS):
            command = c.Join(group=1, trade=Trade.FRANCE_SERVICES, name=f"{n}-{act}")
            node = nodes[(n + act) % 2]  # the same phone speaks to one and to the other
            told[n, act] = node.service.handle(code, command, who, f"op{n}-{act}")
            assert node.service.handle(code, command, who, f"op{n}-{act}") == told[n, act]

    threads = [threading.Thread(target=person, args=[n]) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == PEOPLE * ACTS
    for n in range(PEOPLE):
        own = [told[n, act].seq for act in range(ACTS)]
        assert own == sorted(set(own))
    journal = nodes[0].store.open(code)
    last = journal.position()
    accepted = {each.op: each.seq for each in journal.operations()}
    assert {f"op{n}-{act}": at.seq for (n, act), at in told.items()}.items() <= accepted.items()
    for node in nodes:
        until(lambda node=node: node.service.read(code).position == last)
        assert node.told == list(range(node.told[0], last.seq + 1))  # each fact once, in order
        assert seqs(node, code) == list(range(1, last.seq + 1))
    assert nodes[0].service.read(code).state == nodes[1].service.read(code).state


def test_a_repeat_at_another_node_counts_once_even_when_it_came_to_nothing(nodes, code):
    here, there = nodes
    first = say(here, code, "Une fois", "op-a")
    assert there.service.read(code).position == first
    nothing = say(here, code, "Une fois", "op-b")  # the same announcement again: perhaps no fact
    after = say(there, code, "Deux fois", "op-c")
    assert say(there, code, "Une fois", "op-a") == first
    assert say(there, code, "Une fois", "op-b") == nothing
    until(lambda: here.service.read(code).position == after)
    assert here.service.read(code).state.announcement == "Deux fois"


def test_a_lost_bell_is_made_up_for_and_a_page_that_knows_more_is_not_told_otherwise(nodes, code):
    here, there = nodes
    there.service.read(code)
    there.bell.deaf = True
    at = say(here, code, "Sans cloche", "op-a")
    assert there.service.knows(code, at.seq, at.head)
    at = say(here, code, "Encore", "op-b")
    until(lambda: there.service.read(code).position == at)
    assert there.told[-1] == at.seq


def test_no_refusal_stands_on_a_state_that_another_node_has_changed(nodes, code):
    here, there = nodes
    there.service.read(code)
    there.bell.deaf = True
    for n in range(4):
        who = f"p{n}"
        here.service.handle(
            code, c.Join(group=1, trade=Trade.FRANCE_SERVICES, name=""), Actor(Role.GUEST, who), f"op-join{n}"
        )
        there.service.handle(
            code, c.ChangeGroup(participant=who, to_group=2), Actor(Role.PARTICIPANT, who), f"op-group{n}"
        )


def test_words_that_one_erases_leave_the_memory_of_the_other(nodes, code):
    here, there = nodes
    who = Actor(Role.GUEST, "p1")
    here.service.handle(code, c.Join(group=1, trade=Trade.FRANCE_SERVICES, name="Élodie"), who, "op-1")
    there.service.read(code)
    at = here.service.handle(code, c.EraseParticipant(participant="p1"), HOST, "op-2")
    until(lambda: there.service.read(code).position == at)
    assert there.told[-1] == at.seq
    for node in nodes:
        assert "Élodie" not in repr([*node.service.history(code), *node.service._room(code).held()])


def test_a_workshop_that_one_erases_is_gone_from_the_other(nodes, code):
    here, there = nodes
    there.service.read(code)
    here.service.erase(code)
    until(lambda: there.gone == [code])
    with pytest.raises(UnknownWorkshop):
        say(there, code, "Trop tard", "op-a")
    assert list(there.store.codes()) == []


def test_an_act_for_a_workshop_that_another_has_just_erased_is_not_written(nodes, code):
    here, there = nodes
    there.service.read(code)
    there.bell.deaf = True
    here.store.discard(code)
    with pytest.raises(UnknownWorkshop):
        say(there, code, "Trop tard", "op-a")


def test_a_database_that_lost_its_last_facts_is_read_anew_and_never_forked(nodes, code, spoil):
    """As after a failover to a standby that was behind."""
    here, there = nodes
    say(here, code, "Gardé", "op-a")
    lost = say(here, code, "Perdu", "op-b")
    spoil("delete from operations where seq = %s", lost.seq)
    spoil("delete from events where seq = %s", lost.seq)
    spoil("update workshops set (seq, head) = (select seq, head from events order by seq desc limit 1)")
    again = say(there, code, "Autre suite", "op-c")
    assert again.seq == lost.seq
    assert say(here, code, "Après", "op-d").seq == lost.seq + 1
    assert not here.service.knows(code, lost.seq, lost.head)
    assert seqs(here, code) == list(range(1, lost.seq + 2))
