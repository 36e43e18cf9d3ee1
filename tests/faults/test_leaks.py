"""Who came and went leaves nothing behind: counted by Python itself, because the system's figure jumps by megabytes."""

import itertools
import os
import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.raw import Client, Server
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

CYCLES = int(os.environ.get("ATELIER_TEST_CYCLES", "1000"))
AT_ONCE = 10
ROUNDS = 4
WARMING = 500
"""Connections until caches, tables and pools have what a crowd needs."""
LOOKS = 20
LEAK_BYTES = 100
"""A leak, a connection: less than any object of ours that could be forgotten (an writer, a seat, an environ)."""
ALLOCATOR_KB = 10_000
"""What the system may count besides: free memory that the allocator keeps comes and goes by megabytes."""


def crowd(cycles, come):
    """Let `cycles` clients come, ten at a time, and hang up in two ways."""

    def come_and_go():
        for n in range(cycles // AT_ONCE):
            client = come(n)
            if n % 3 == 0:
                client.socket.shutdown(socket.SHUT_WR)
            client.socket.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for each in [pool.submit(come_and_go) for _ in range(AT_ONCE)]:
            each.result()


def growth(server, come, cycles):
    """Return the figures after a warm-up and at the end, and the bytes that a connection left behind.

    The middle one of several rounds: a table that doubles does so in one of them, a leak is in all.
    """
    crowd(WARMING, come)
    found = [settled(server)]
    for _ in range(ROUNDS):
        crowd(cycles // ROUNDS, come)
        found.append(settled(server))
    steps = [after["held"] - before["held"] for before, after in itertools.pairwise(found)]
    return found[0], found[-1], statistics.median(steps) / (cycles // ROUNDS)


def settled(server):
    """The figures once nothing ends any more: ping tasks do with their interval, on a busy machine later."""
    before, now = server.figures(), None
    for _ in range(LOOKS):
        time.sleep(0.8)
        now = server.figures()
        if not now["writers"] and now["tasks"] == before["tasks"]:
            break
        before = now
    return now


def no_leak(before, after, left, cycles):
    assert left < LEAK_BYTES
    assert after["writers"] == 0
    assert after["tasks"] <= before["tasks"] + 1
    assert after["files"] <= before["files"] + 1
    assert after["memory"] - before["memory"] < ALLOCATOR_KB + cycles


def served(**options):
    return Server(limits={"PING_INTERVAL_S": 0.5, "PING_TIMEOUT_S": 5}, traced=True, **options)


def test_connections_leave_nothing_behind():
    server = served()
    try:
        before, after, left = growth(
            server, lambda n: Client(server).introduced("crowd" if n % 2 else ""), CYCLES
        )
    finally:
        server.stop()
    no_leak(before, after, left, CYCLES)


def test_a_kilobyte_lost_a_connection_would_be_seen():
    server = served(leak=1_000)
    try:
        *_, left = growth(server, lambda n: Client(server).introduced(), 400)
    finally:
        server.stop()
    assert left > 1_000 - LEAK_BYTES


def test_people_of_a_workshop_leave_nothing_behind(tmp_path):
    server = served(folder=str(tmp_path))
    try:
        base = f"http://localhost:{server.port}"
        desk, phone = Browser(base), Browser(base)
        code = desk.post("/preparer", {})[1].split("/")[2]
        phone.join(code, "fs", 1, "")

        def come(n):
            browser, audience = (desk, "wall") if n % 4 == 0 else (phone, "phone")
            cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
            return Client(server, headers=f"Cookie: {cookies}\r\n").introduced(
                auth={"code": code, "audience": audience, "group": 1 if audience == "phone" else 0}
            )

        before, after, left = growth(server, come, CYCLES)
    finally:
        server.stop()
    no_leak(before, after, left, CYCLES)
