"""Whatever the network and the server do, every screen ends up as a page loaded anew, and no act is lost or doubled.

`ATELIER_TEST_ROOMS=5000 pytest -m "" -s tests/faults/test_replicas.py` plays that many afternoons and says how many.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from atelier.domain import commands as c
from atelier.domain.refusals import Refused
from atelier.domain.values import Phase, Scene
from tests.faults.room_of_phones import DESK, a_room

ROOMS = int(os.environ.get("ATELIER_TEST_ROOMS", "40"))
STEPS = 40
PHONES = (1, 1, 2)
ACTIONS = ("orienter", "former", "relayer", "libre-1")
FATES = ("taken", "taken", "taken", "lost", "unacknowledged", "twice", "echo", "hurried")
HEAL_TURNS = 400
MEMORY = Path("/dev/shm")  # noqa: S108 - files in memory: what a disk does is for the other tests of this folder

phones = st.integers(0, len(PHONES) - 1)
screens = st.integers(0, len(PHONES) + 1)
actions = st.sampled_from(ACTIONS)
reaches = st.integers(0, 20).map(lambda n: n * 5)


class Afternoon(RuleBasedStateMachine):
    """Phones act, the network does as it likes, the server stops, breaks and is put back; then all is healed."""

    played = acts = restores = 0

    @initialize()
    def open_the_room(self):
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.server, self.screens = a_room(self.folder, PHONES)
        self.now, self.n, self.late = 0.0, 0, []
        self.restored = False

    @rule(who=phones, action=actions, fs=reaches, cn=reaches)
    def place(self, who, action, fs, cn):
        self.screens[who].do("place-action", group=PHONES[who], action=action, fs=fs, cn=cn)

    @rule(who=phones, action=actions)
    def post(self, who, action):
        self.n += 1
        self.screens[who].do(
            "post-initiative", group=PHONES[who], action=action, text=f"Une idée, n° {self.n}"
        )

    @rule(who=phones, side=st.sampled_from(["fs", "both", "cn"]))
    def complete(self, who, side):
        self.n += 1
        self.screens[who].do("add-mission", group=PHONES[who], side=side, text=f"Une mission, n° {self.n}")

    @rule(who=phones)
    def fill_a_line(self, who):
        self.n += 1
        self.screens[who].do("add-action", group=PHONES[who], label=f"Une action, n° {self.n}")

    @rule(who=phones, on=st.booleans())
    def say_ready(self, who, on):
        self.screens[who].do("say-ready", group=PHONES[who], on=int(on))

    @rule(who=phones)
    def undo(self, who):
        self.screens[who].do("undo-last")

    @rule(
        command=st.one_of(
            st.sampled_from(list(Phase)).map(lambda phase: c.OpenPhase(phase=phase)),
            st.just(c.OpenPhase(phase=Phase.ARTICULATIONS)),
            st.sampled_from([Scene.OVERVIEW, Scene.REMITS, Scene.OVERLAY]).map(
                lambda scene: c.ShowOnWall(scene=scene)
            ),
            st.sampled_from([1, 2]).map(lambda group: c.ShowOnWall(scene=Scene.GROUP, group=group)),
            st.just(c.ShowOnWall(scene=Scene.ACTION, group=1, action="orienter")),
            st.booleans().map(lambda on: c.SetArmsDiscreet(on=on)),
            st.integers(1, 9).map(lambda n: c.Announce(text=f"Annonce n° {n}")),
            st.integers(1, 9).map(lambda n: c.RenameGroup(group=1, name=f"Table {n}")),
            st.just(c.PresentGroup(group=1)),
            st.integers(1, 9).map(lambda n: c.RecordDecision(what=f"Décision n° {n}")),
        ),
        while_drawing=st.booleans(),
    )
    def facilitate(self, command, while_drawing):
        if while_drawing:
            self.server.drawn_late = iter([lambda: self._facilitate(command)])
        else:
            self._facilitate(command)

    @rule(who=phones, fate=st.sampled_from(FATES))
    def send(self, who, fate):
        self.now += 200
        self.screens[who].send(fate, self.now)

    @rule(who=phones)
    def an_echo_arrives(self, who):
        self.screens[who].stray()

    @rule()
    def flush(self):
        self.server.flush()

    @rule(who=screens, which=st.sampled_from(["first", "first", "first", "last"]))
    def hear(self, who, which):
        if self.screens[who].socket:
            self.screens[who].hear(-1 if which == "last" else 0)

    @rule(who=screens, what=st.sampled_from(["drop", "double"]))
    def spoil(self, who, what):
        waiting = [n for n, (name, _) in enumerate(self.screens[who].socket) if name != "workshop:position"]
        if waiting and what == "drop":
            self.screens[who].socket.pop(waiting[0])
        elif waiting:
            self.screens[who].socket.append(self.screens[who].socket[waiting[0]])

    @rule(who=screens)
    def ask(self, who):
        self.screens[who].ask()

    @rule(who=screens, lost=st.sampled_from([False, False, True]))
    def take_answer(self, who, lost):
        self.screens[who].take_answer(lost)

    @rule(who=screens)
    def lose_or_find_the_network(self, who):
        screen = self.screens[who]
        if screen.connected:
            screen.cut()
        else:
            screen.connect()

    @rule(crash=st.booleans())
    def restart(self, crash):
        self.server.stop(crash=crash)

    @rule()
    def back_up(self):
        self.server.keep_copy()

    @precondition(lambda self: self.server.copy is not None)
    @rule()
    def restore(self):
        self.server.restore()
        self.restored = True
        type(self).restores += 1

    def teardown(self):
        if not hasattr(self, "server"):
            return
        try:
            self._heal()
            wrong = {screen.audience: screen.differences() for screen in self.screens}
            assert {audience: found for audience, found in wrong.items() if found} == {}
            self._check_acts()
            type(self).played += 1
        finally:
            self.server.close()
            shutil.rmtree(self.folder)

    def _facilitate(self, command):
        with contextlib.suppress(Refused):
            self.server.act(DESK, command)

    def _heal(self):
        """The network is back and stays: everybody connects anew, everything is delivered."""
        for screen in self.screens:
            while screen.strays:
                screen.stray()
            screen.cut()
            screen.connect()
        for _ in range(HEAL_TURNS):
            self.now += 20_000
            self.server.flush()
            for screen in self.screens:
                while screen.socket:
                    screen.hear()
                screen.ask()
                screen.take_answer()
                screen.send("taken", self.now)
            if all(self._still(screen) for screen in self.screens):
                return
        raise AssertionError("the room does not come to rest")

    def _still(self, screen):
        position = self.server.service.read(self.server.code).position
        reader = screen.core.reader
        waits = [entry for entry in screen.core.outbox.queue if entry.state == "waiting"]
        busy = screen.socket or waits or reader.behind or reader.asking
        # A screen hears only of what it shows: it may stay behind the head of the journal.
        return not busy and reader.seq <= position.seq and not self._unsent()

    def _unsent(self):
        return any(workshop.regions for workshop in self.server.hub._workshops.values())

    def _check_acts(self):
        journal = self.server.service._room(self.server.code).journal
        accepted = {(each.actor, each.op): each.seq for each in journal.operations()}
        created = [each.fact.event.initiative for each in journal.read() if hasattr(each.fact.event, "text")
                   and type(each.fact.event).__name__ == "InitiativePosted"]  # fmt: skip
        assert len(created) == len(set(created))
        for screen in self.screens:
            type(self).acts += len(screen.core.outbox.kept)
            refused = {entry.op for entry in screen.core.outbox.queue}
            seqs = []
            for op in screen.made:
                seq = accepted.get((screen.by.id, op))
                assert seq is not None or op in refused, "an acknowledged act is nowhere"
                if seq is not None:
                    seqs.append(seq)
            assert seqs == sorted(seqs), "not in its author's order"


@pytest.mark.slow
def test_every_screen_ends_up_like_the_journal():
    run_state_machine_as_test(
        Afternoon,
        settings=settings(
            max_examples=ROOMS,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"{Afternoon.played} salles, {Afternoon.acts} actes confirmés, {Afternoon.restores} restaurations")
    assert Afternoon.played >= ROOMS
