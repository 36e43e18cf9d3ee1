"""A phone that falls asleep while its group writes: dropped, nobody held up, the same as the others once back."""

import asyncio
import secrets
import time

import pytest

from bench.phones import Phone
from tests.support.apart import run_apart
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

WRITERS, TEXTS = 6, 28
"""Each within the 30 acts that a phone may do at once."""
LISTS = 10
"""170 kB each: more than may wait for one reader."""


@pytest.fixture
def server(tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


def test_a_phone_asleep_is_dropped_and_catches_up(server):
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    run_apart(fall_behind, server.base, code, seconds=60)


async def fall_behind(base, code):
    asleep, awake, *writers = [Phone(base, code) for _ in range(WRITERS + 2)]
    for phone in (asleep, awake, *writers):
        await phone.join()
    await asleep.listen()
    await awake.listen()
    start, _ = await awake.place(50, 50)
    await heard(asleep, start["seq"])
    assert asleep.listening is not None
    asleep.listening.pause()

    waits = []

    async def write(phone, name):
        for n in range(TEXTS):
            before = time.perf_counter()
            text = f"{name} {n} " + "il y a tant à dire " * 13
            answer = await phone.act("post-initiative", group=1, action="orienter", text=text)
            assert answer.status == 200
            waits.append(time.perf_counter() - before)
            await asyncio.sleep(0.05)

    await asyncio.gather(*(write(phone, n) for n, phone in enumerate(writers)))
    await send_the_list_anew(writers[0], LISTS)
    last, _ = await awake.place(0, 50)
    assert await heard(awake, last["seq"]), "the others hear everything"
    assert sorted(waits)[len(waits) * 95 // 100] < 10.0

    await dropped(asleep)
    at = asleep.positions[-1]
    assert start["seq"] <= at < last["seq"], "it knows until where it has everything"
    caught = (await asleep.since(start["seq"], start["head"])).json()
    assert caught["known"]
    assert caught["to"] == last["seq"]
    assert [1, "orienter", 0, 50, "placed", WRITERS * TEXTS + 1] in caught["bars"]

    await asleep.listen()
    after, _ = await awake.place(100, 50)
    assert await heard(asleep, after["seq"])
    for phone in (asleep, awake, *writers):
        phone.hang_up()


async def send_the_list_anew(author, times):
    """A text that comes back takes its old place: everybody is told the whole list."""
    name = secrets.token_hex(16)
    await author.act("post-initiative", op=name, group=1, action="orienter", text="Tout compte fait")
    for _ in range(times):
        taken_back = await author.act("withdraw-initiative", group=1, initiative=name)
        restored = await author.act("undo-last")
        assert [taken_back.status, restored.status] == [200, 200]
        await asyncio.sleep(0.2)


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
