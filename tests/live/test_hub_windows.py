"""When the hub draws: at once in a quiet room, once a window in a busy one, who is here once a second."""

import datetime as dt

import pytest

from atelier.access.keys import hash_of
from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.limits import LARGE_ROOM, PEOPLE_S, WINDOW_MAX_S, WINDOW_MIN_S
from atelier.live import hub as hubs
from atelier.live.hub import Audience, Hub
from atelier.live.regions import Kind, Region
from atelier.service.service import Service

DESK = Actor(Role.FACILITATOR, "desk-key")
PHONES = Audience("phone", 1)


class Drawn:
    """A hub that nobody started: it draws when told to, and notes what; a drawing takes `took` seconds."""

    def __init__(self, folder, monkeypatch):
        self.service = Service(JournalFolder(folder))
        setup = default_setup(load("articulation"), dt.date(2026, 11, 25))
        self.code = self.service.create(setup, DESK.id, lambda _: hash_of("x" * 30))
        self.took, self.time, self.ops = 0.0, 100.0, 0
        self.regions: list[frozenset[Region]] = []
        self.sent: list[dict] = []
        monkeypatch.setattr(hubs.time, "monotonic", lambda: self.time)
        self.hub = Hub(self.service, self.draw, lambda name, body, room: self.sent.append(body))
        self.service.on_commit(self.hub)
        self.hub.arrived(self.code, PHONES)
        self.do(c.OpenPhase(phase=Phase.ARTICULATIONS))
        self.hub.flush(self.time)
        self.wait(10)
        self.sent.clear()
        self.regions.clear()

    def draw(self, snapshot, audience, regions):
        self.regions.append(regions)
        self.time += self.took
        return {}

    def do(self, command, by=DESK):
        self.ops += 1
        self.service.handle(self.code, command, by, f"operation-{self.ops:06d}")

    def place(self, fs):
        self.do(c.PlaceAction(group=1, action="orienter", fs=fs, cn=50))

    def join(self):
        guest = Actor(Role.GUEST, f"guest-{self.ops}")
        self.do(c.Join(trade=Trade.FRANCE_SERVICES, group=1, name=""), guest)

    def wait(self, seconds):
        """Let time pass as the hub's own thread would: it looks again every millisecond."""
        end = self.time + seconds
        while self.time < end:
            self.time += 0.001
            self.hub.flush(self.time)


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    drawn = Drawn(tmp_path, monkeypatch)
    yield drawn
    drawn.service.close()


def test_a_quiet_room_hears_at_once(drawn):
    drawn.place(25)
    drawn.hub.flush(drawn.time)
    assert len(drawn.sent) == 1


def test_the_next_changes_are_collected_for_the_shortest_window(drawn):
    for n in range(8):
        drawn.place(n * 5)
        drawn.hub.flush(drawn.time)
    assert len(drawn.sent) == 1
    drawn.wait(WINDOW_MIN_S + 0.001)
    assert len(drawn.sent) == 2
    assert drawn.sent[1]["from"] == drawn.sent[0]["to"]
    assert drawn.sent[1]["to"] == drawn.service.read(drawn.code).position.seq


@pytest.mark.slow
@pytest.mark.parametrize(
    ("screens", "took", "window"),
    [
        (1, 0.005, 0.02),
        (1, 0.010, 0.04),
        (1, 0.3, WINDOW_MAX_S),
        (LARGE_ROOM // 2, 0.005, 0.03),
        (LARGE_ROOM, 0.005, 0.04),
        (2 * LARGE_ROOM, 0.005, 0.04),
        (LARGE_ROOM, 0.010, WINDOW_MAX_S),
    ],
)
def test_what_is_long_to_draw_is_drawn_less_often_up_to_a_bound(drawn, screens, took, window):
    for _ in range(screens - 1):
        drawn.hub.arrived(drawn.code, PHONES)
    drawn.took = took
    drawn.wait(1)
    drawn.place(25)
    began = drawn.time
    drawn.hub.flush(began)
    drawn.place(50)
    drawn.sent.clear()
    drawn.time = max(began, drawn.time - took)  # another core drew: this clock says when it began
    drawn.wait(window - 0.002)
    assert not drawn.sent
    drawn.wait(0.003)
    assert len(drawn.sent) == 1


def test_a_crowd_that_arrives_is_drawn_once_a_second_and_whole_in_the_end(drawn):
    for _ in range(30):
        drawn.join()
        drawn.wait(0.05)
    assert 2 <= len(drawn.sent) <= 3
    drawn.wait(PEOPLE_S)
    assert drawn.sent[-1]["to"] == drawn.service.read(drawn.code).position.seq


def test_nothing_waits_for_who_is_here(drawn):
    drawn.join()
    drawn.hub.flush(drawn.time)
    drawn.wait(0.1)
    drawn.join()
    drawn.place(25)
    drawn.hub.flush(drawn.time)
    assert drawn.regions[-1] == {Region(Kind.LINE, 1, "orienter")}
    assert drawn.sent[-1]["to"] == drawn.service.read(drawn.code).position.seq
    drawn.wait(PEOPLE_S)
    assert drawn.regions[-1] == {Region(Kind.PEOPLE)}
