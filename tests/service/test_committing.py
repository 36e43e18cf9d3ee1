"""When the disk fails under acts: each is written after the state it was decided on, or not at all."""

import random
import sqlite3
import threading
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.decide import decide
from atelier.domain.evolve import evolve
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import initial_state
from atelier.domain.values import Actor, Phase, Role
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import START, Conflict, Position
from atelier.service.committer import Committer
from atelier.service.service import HOST, Service, StorageFailed
from atelier.service.state_cache import NoStateCache
from atelier.service.workshop import OpenWorkshop
from tests.support.setups import a_setup

NOW = 1_782_345_600_000
FACILITATOR = Actor(Role.FACILITATOR, "key-1")
PREPARE = c.PrepareWorkshop(setup=a_setup(), key_id="key-1", key_hash="h")
FULL = sqlite3.OperationalError("database or disk is full")


class Edge:
    """A journal in memory whose disk can be made to fail, `failures` times, or to take its time."""

    shared = False

    def __init__(self):
        self.recorded, self.accepted, self.failures = [], [], 0
        self.at_disk, self.let_go = threading.Event(), threading.Event()
        self.let_go.set()

    def position(self):
        return Position(self.recorded[-1].seq, self.recorded[-1].head) if self.recorded else START

    def append(self, recorded, operations, after, attachments, head):
        self.at_disk.set()
        assert self.let_go.wait(120)
        if self.failures:
            self.failures -= 1
            raise FULL
        if self.position().seq != after:
            raise Conflict("elsewhere")
        self.recorded.extend(recorded)
        self.accepted.extend(operations)

    def read(self, after=0):
        return iter(self.recorded[after:])

    def operations(self):
        return iter(self.accepted)

    def close(self):
        pass


def act(command, op, by=FACILITATOR):
    return Act(command=command, by=by, at=NOW, fresh_id=op)


def prepared(journal):
    """Return a room on `journal`, prepared."""
    room, committer = OpenWorkshop("KTZ4MP", journal), Committer(lambda *_: None, NoStateCache())
    room.propose(act(PREPARE, "op-prepare", HOST), committer.wake).done.wait(120)
    return room, committer


def disturbed(service, code, disturb):
    """Have `disturb` called before each write of that workshop."""
    journal: Any = service._room(code).journal
    append = journal.append

    def disturbed_append(*batch):
        disturb()
        append(*batch)

    journal.append = disturbed_append


def outcome(pending):
    assert pending.done.wait(120)
    return pending.error


class TestWhileTheDiskIsBusy:
    """Acts that arrive while a batch is being written stand on what it leaves, whether it is written or not."""

    @pytest.fixture
    def journal(self):
        return Edge()

    @pytest.fixture
    def held(self, journal):
        """A room whose next batch, the opening of a phase, is at the disk and stays there."""
        room, committer = prepared(journal)
        journal.at_disk.clear()
        journal.let_go.clear()
        opening = room.propose(act(c.OpenPhase(phase=Phase.REMITS), "op-open"), committer.wake)
        assert journal.at_disk.wait(120)
        yield room, committer, opening
        journal.let_go.set()
        committer.stop()

    def test_only_what_was_at_the_disk_fails_with_it(self, journal, held):
        room, committer, opening = held
        later = room.propose(act(c.Announce(text="Bonjour"), "op-later"), committer.wake)
        journal.failures = 1
        journal.let_go.set()
        assert outcome(opening) is FULL
        assert outcome(later) is None
        assert room.committed.state.phase is Phase.WELCOME
        retried = room.propose(act(c.OpenPhase(phase=Phase.REMITS), "op-open"), committer.wake)
        assert outcome(retried) is None
        assert room.committed.state.phase is Phase.REMITS

    def test_what_stood_on_a_lost_act_is_decided_again_without_it(self, journal, held):
        room, committer, opening = held
        revert = room.propose(act(c.RevertPhase(), "op-revert"), committer.wake)
        announced = room.propose(act(c.Announce(text="Bonjour"), "op-later"), committer.wake)
        journal.failures = 1
        journal.let_go.set()
        assert outcome(opening) is FULL
        assert outcome(revert).code is Code.NOTHING_TO_UNDO
        assert outcome(announced) is None
        assert [type(each.fact.event).__name__ for each in journal.recorded[-1:]] == ["AnnouncementMade"]
        assert room.committed.state.announcement == "Bonjour"

    def test_a_repeat_that_arrives_meanwhile_shares_the_fate_of_the_first(self, journal, held):
        room, committer, opening = held
        assert room.propose(act(c.OpenPhase(phase=Phase.REMITS), "op-open"), committer.wake) is opening


def test_an_act_decided_on_another_tail_of_the_same_length_is_never_written():
    journal = Edge()
    room, committer = prepared(journal)
    other, other_committer = prepared(Edge())
    other_committer.stop()
    stray = other.propose(act(c.Announce(text="D’ailleurs"), "op-stray"), lambda _: None)
    assert stray.decided.before.position.seq == room.committed.position.seq
    committer.commit(room, [stray])
    assert isinstance(outcome(stray), Conflict)
    assert room.committed.state.announcement == ""
    committer.stop()


def test_a_workshop_whose_disk_hangs_does_not_hold_the_others_up(tmp_path):
    service = Service(JournalFolder(tmp_path), clock=lambda: NOW)
    stuck, well = (service.create(a_setup(), "key-1", lambda code: "h") for _ in range(2))
    release = threading.Event()
    disturbed(service, stuck, lambda: release.wait(120))
    waiting = threading.Thread(
        target=lambda: service.handle(stuck, c.Announce(text="Long"), FACILITATOR, "op-1")
    )
    waiting.start()
    service.handle(well, c.Announce(text="Bref"), FACILITATOR, "op-1")
    assert waiting.is_alive()
    release.set()
    waiting.join(60)
    assert service.read(stuck).state.announcement == "Long"
    service.close()


def test_a_file_that_opens_slowly_does_not_hold_the_others_up(tmp_path):
    first = Service(JournalFolder(tmp_path), clock=lambda: NOW)
    stuck, well = (first.create(a_setup(), "key-1", lambda code: "h") for _ in range(2))
    first.close()
    release = threading.Event()
    service = Service(Slow(tmp_path, {stuck: release}), clock=lambda: NOW)
    opening = threading.Thread(target=lambda: service.read(stuck))
    opening.start()
    assert service.read(well).state.setup is not None
    assert opening.is_alive()
    release.set()
    opening.join(120)
    assert service.read(stuck).state.setup is not None
    service.close()


class Slow(JournalFolder):
    """A folder in which some files take their time to open."""

    def __init__(self, path, wait_for):
        super().__init__(path)
        self.wait_for = wait_for

    def open(self, code):
        if code in self.wait_for:
            assert self.wait_for[code].wait(120)
        return super().open(code)


def commands():
    phases = st.sampled_from([Phase.REMITS, Phase.ARTICULATIONS]).map(lambda phase: c.OpenPhase(phase=phase))
    texts = st.sampled_from(["un", "deux", "trois"])
    initiatives = texts.map(lambda text: c.PostInitiative(group=1, action="orienter", text=text))
    known = st.integers(0, 30).map(lambda n: c.WithdrawInitiative(group=1, initiative=f"op-{n:04d}"))
    reaches = st.integers(0, 20).map(
        lambda n: c.PlaceAction(group=1, action="orienter", fs=n * 5, cn=100 - n * 5)
    )
    plain = st.sampled_from([c.UndoLast(), c.RevertPhase(), c.CloseWorkshop(), c.ReopenWorkshop()])
    return st.one_of(phases, initiatives, known, reaches, plain)


class UnderAFailingDisk(RuleBasedStateMachine):
    """Acts, batches and failures in any order: the test itself is the committer's worker."""

    def __init__(self):
        super().__init__()
        self.journal = Edge()
        self.room, self.committer = prepared(self.journal)
        self.acts = {("host", "op-prepare"): act(PREPARE, "op-prepare", HOST)}
        self.pendings, self.woken, self.batch = [], False, []

    def teardown(self):
        self.committer.stop()

    def wake(self, _):
        assert not self.woken, "two workers in one room"
        self.woken = True

    def propose(self, asked):
        try:
            pending = self.room.propose(asked, self.wake)
        except Refused:
            return
        self.acts[pending.key] = asked
        self.pendings.append(pending)

    @rule(command=commands())
    def somebody_acts(self, command):
        self.propose(act(command, f"op-{len(self.acts):04d}"))

    @rule(data=st.data())
    def somebody_repeats(self, data):
        if self.pendings:
            self.propose(self.acts[data.draw(st.sampled_from(self.pendings)).key])

    @precondition(lambda self: self.woken and not self.batch)
    @rule()
    def the_worker_takes(self):
        self.batch = self.room.take()
        self.woken = bool(self.batch)

    @precondition(lambda self: self.batch)
    @rule(works=st.booleans())
    def the_disk_answers(self, works):
        self.journal.failures = 0 if works else 1
        self.committer.commit(self.room, self.batch)
        self.batch = []

    @invariant()
    def every_fact_was_decided_on_the_state_before_it(self):
        state, of = initial_state(), {each.seq: each for each in self.journal.recorded}
        seq = 0
        for operation in self.journal.accepted:
            asked = self.acts[operation.actor, operation.op]
            events = tuple(of[n].fact.event for n in range(seq + 1, operation.seq + 1))
            assert decide(state, asked) == events
            for n in range(seq + 1, operation.seq + 1):
                state = evolve(state, of[n].fact)
            seq = operation.seq
        assert state == self.room.committed.state
        assert seq == len(self.journal.recorded) == self.room.committed.position.seq

    @invariant()
    def what_was_answered_is_what_happened(self):
        accepted = {(each.actor, each.op) for each in self.journal.accepted}
        assert len(accepted) == len(self.journal.accepted)
        for pending in self.pendings:
            if pending.done.is_set() and pending.error is None:
                assert pending.key in accepted


TestUnderAFailingDisk = UnderAFailingDisk.TestCase
TestUnderAFailingDisk.settings = settings(
    max_examples=min(40, settings().max_examples), stateful_step_count=30
)


class Patient(threading.Thread):
    """Writes initiatives one after the other; sends the same again as long as the disk refuses."""

    def __init__(self, service, code, author):
        super().__init__()
        self.service, self.code, self.author, self.refused = service, code, author, 0

    def run(self):
        n = 0
        while n < 20:
            command = c.PostInitiative(group=1, action="orienter", text=f"{self.author}-{n:02d}")
            try:
                self.service.handle(self.code, command, FACILITATOR, f"op-{self.author}-{n:02d}")
                n += 1
            except StorageFailed:
                self.refused += 1


def test_writers_that_repeat_after_a_failure_get_everything_in_once(tmp_path):
    service = Service(JournalFolder(tmp_path), clock=lambda: NOW)
    code = service.create(a_setup(), "key-1", lambda code: "h")
    service.handle(code, c.OpenPhase(phase=Phase.ARTICULATIONS), FACILITATOR, "op-open")
    chance = random.Random(4)

    def moody():
        if chance.random() < 0.4:
            raise FULL

    disturbed(service, code, moody)
    writers = [Patient(service, code, author) for author in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    lines = service.read(code).state.group(1).lines
    texts = [each.text for each in lines["orienter"].initiatives.values()]
    assert sum(writer.refused for writer in writers) > 0
    assert len(texts) == 120
    for author in range(6):
        own = [text for text in texts if text.startswith(f"{author}-")]
        assert own == [f"{author}-{n:02d}" for n in range(20)]
    service.close()
