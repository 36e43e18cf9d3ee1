"""Crowds that behave as badly as they can, by seeded chance; one flooder; and somebody who only wants to listen."""

import contextlib
import itertools
import os
import random
import socket
import struct
import threading
import time

import pytest

from tests.support.raw import PING, Client, Poller, Server, event, packed

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("ATELIER_TEST_CHAOS_S", "5"))
CROWD = 12


def reset(client):
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


def stop_reading(client, chance):
    client.send(event("burst", "chaos", 100, chance.choice((10, 4_000))))
    time.sleep(chance.random())


def speak_nonsense(client, chance):
    client.socket.sendall(chance.randbytes(chance.randrange(1, 200)))


def talk(client, chance):
    for n in range(chance.randrange(20)):
        client.send(event("tell", "chaos", n, chance.randrange(3_000)))
    client.socket.sendall(packed("x", PING))


def half_close(client, chance):
    client.socket.shutdown(chance.choice((socket.SHUT_WR, socket.SHUT_RDWR)))


DEEDS = (stop_reading, speak_nonsense, talk, half_close)


def misbehave(server, seed, end):
    chance = random.Random(seed)
    while time.monotonic() < end:
        with contextlib.suppress(OSError, EOFError, AssertionError, ValueError, IndexError):
            misbehave_once(server, chance)  # what it gets for its behaviour is no matter


def misbehave_once(server, chance):
    how = chance.random()
    sid = Poller(server, "chaos").sid if how < 0.4 else ""
    if how < 0.2:
        return
    with Client(server, sid=sid, receive_buffer=chance.choice((0, 4096))) as client:
        if sid:
            client.send(chance.choice(("2probe", "nonsense")))
            if chance.random() < 0.5:
                client.send("5")
        else:
            client.introduced("chaos")
        chance.choice(DEEDS)(client, chance)
        if chance.random() < 0.5:
            reset(client)


def test_the_worst_crowd_breaks_nothing_and_leaves_nothing():
    limits = {"QUEUE_SECONDS": 0.5, "QUEUE_BYTES": 300_000, "PING_INTERVAL_S": 1, "PING_TIMEOUT_S": 15}
    server = Server(limits=limits)
    try:
        before = server.figures()
        with Client(server).introduced("calm") as calm, Client(server).introduced() as writer:
            heard: list[int] = []
            listening = threading.Thread(
                target=lambda: heard.extend(itertools.takewhile(lambda n: n >= 0, calm.told(60.0)))
            )
            listening.start()
            end = time.monotonic() + SECONDS
            crowd = [threading.Thread(target=misbehave, args=(server, n, end)) for n in range(CROWD)]
            for each in crowd:
                each.start()
            sent, slowest = 0, 0.0
            while time.monotonic() < end:
                start = time.monotonic()
                writer.send(event("tell", "calm", sent, answer=1))
                assert writer.text() == f"431[{sent}]"
                slowest = max(slowest, time.monotonic() - start)
                sent += 1
                time.sleep(0.05)
            for each in crowd:
                each.join()
            writer.send(event("tell", "calm", -1))
            listening.join()
            assert heard == list(range(sent))
            assert slowest < 60
        assert server.process.poll() is None
        assert server.settled("writers", 0, 120)
        assert server.settled("files", before["files"] + 2, 120)
        assert server.settled("tasks", before["tasks"] + 3, 120)
    finally:
        server.stop()


def test_a_flood_is_made_to_wait_and_nobody_else_is():
    server = Server()
    try:
        with Client(server).introduced("flood") as flooder, Client(server).introduced("calm") as calm:
            start = time.monotonic()
            flooder.socket.sendall(b"".join(packed(event("tell", "flood", n)) for n in range(350)))
            waits = []
            for n in range(20):
                asked = time.monotonic()
                calm.send(event("tell", "calm", n))
                assert calm.text() == f'42["told",[{n},""]]'
                waits.append(time.monotonic() - asked)
            assert list(flooder.told(5.5)) == list(range(350)), "told to wait, not cut short"
            flooded = time.monotonic() - start
            assert flooded > 2
            assert max(waits) < flooded / 2, "the others had their turn meanwhile"
    finally:
        server.stop()
