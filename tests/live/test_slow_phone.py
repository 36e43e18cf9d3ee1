"""A phone that falls asleep while its group writes: dropped, nobody held up, the same as the others once back."""

import asyncio
import time

import pytest

from bench.phones import Phone
from tests.support.apart import run_apart
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

WRITERS, TEXTS = 6, 28
"""Each within the 30 acts that a phone may do at once."""
SHEETS = 80
"""Every other one has the texts of a group, 67 kB: more than may wait for one reader."""


@pytest.fixture
def server(tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


def test_a_phone_asleep_is_dropped_and_catches_up(server):
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    run_apart(fall_behind, desk, code, seconds=200)


async def fall_behind(desk, code):
    base = desk.base
    asleep, awake, *writers = [Phone(base, code) for _ in range(WRITERS + 2)]
    for phone in (asleep, awake, *writers):
        await phone.join()
    await asleep.listen()
    await awake.listen()
    start, _ = await awake.place(50, 50)
    await heard(asleep, start["seq"])
    assert asleep.listening is not None
    asleep.listening.pause()

    waits: list[float] = []
    await asyncio.gather(*(write(phone, n, waits) for n, phone in enumerate(writers)))
    await show_sheets(desk, code)
    last, _ = await awake.place(0, 50)
    assert await heard(awake, last["seq"]), "the others hear everything"
    assert sorted(waits)[len(waits) * 95 // 100] < 10.0

    await dropped(asleep)
    at = asleep.positions[-1]
    assert start["seq"] <= at < last["seq"], "it knows until where it has everything"
    caught = (await asleep.since(start["seq"], start["head"])).json()
    assert caught["known"]
    assert caught["to"] == last["seq"]
    assert [1, "orienter", 0, 50, "placed", WRITERS * TEXTS] in caught["bars"]

    await asleep.listen()
    after, _ = await awake.place(100, 50)
    assert await heard(asleep, after["seq"])
    for phone in (asleep, awake, *writers):
        phone.hang_up()


async def write(phone, name, waits):
    """Post many texts, as fast as a phone may; add how long each took, in seconds."""
    for n in range(TEXTS):
        before = time.perf_counter()
        text = f"{name} {n} " + "il y a tant à dire " * 13
        answer = await phone.act("post-initiative", group=1, action="orienter", text=text)
        assert answer.status == 200
        waits.append(time.perf_counter() - before)
        await asyncio.sleep(0.05)


async def show_sheets(desk, code):
    """Whoever is shown the sheet of the group that presents is told all its texts."""
    await asyncio.to_thread(desk.act, code, "open-phase", phase="report-back", sure=1)
    for n in range(SHEETS):
        await asyncio.to_thread(desk.act, code, "present-group", group=1 + n % 2)
        await asyncio.sleep(0.1)
    await asyncio.to_thread(desk.act, code, "open-phase", phase="articulations", sure=1)


async def heard(phone, seq):
    for _ in range(6_000):
        if phone.heard_at(seq) is not None:
            return True
        await asyncio.sleep(0.01)
    return False


async def dropped(phone):
    """Let it read what had arrived; then its connection must turn out to be over."""
    await asyncio.sleep(1)
    phone.listening.resume()
    await asyncio.wait_for(phone.listening.ended.wait(), 120)
