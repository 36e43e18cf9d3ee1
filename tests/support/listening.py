"""Screens that listen without a network, in the process of the program, and all that they are told."""

import threading
from functools import partial
from typing import Any

from atelier.live.flusher import BackgroundFlusher
from tests.support.visitors import Browser
from tests.support.waiting import wait_until

PATIENCE_S = 60.0
_flushing: dict[BackgroundFlusher, threading.Lock] = {}


def noting_flushes(program):
    """Have the flushers of a program say when they are in the middle of telling something; yield it."""
    flushers = (program.hub, program.previews)
    for flusher in flushers:
        _flushing[flusher] = threading.Lock()
        flusher.flush = _held(_flushing[flusher], flusher.flush)
    yield program
    for flusher in flushers:
        del _flushing[flusher]


def _held(lock, flush):
    def flush_alone(now: float) -> None:
        with lock:
            flush(now)

    return flush_alone


def phone(program, code, group, trade="fs"):
    browser = Browser(program.app)
    browser.join(code, trade, group)
    return browser


def listen(program, browser, code, audience, group=0):
    auth = {"code": code, "audience": audience, "group": group}
    return program.socketio.test_client(program.app, flask_test_client=browser.client, auth=auth)


def heard(client, wanted="workshop:changed"):
    """Wait until it is told such a message; return all of them that have come."""
    found: list[Any] = []

    def told():
        found.extend(_received(client, wanted))
        return bool(found)

    wait_until(told, PATIENCE_S, f"no {wanted}")
    return found


def all_heard(program, client, wanted="workshop:changed"):
    """Return such messages, perhaps none, once the program has nothing more to tell anybody."""
    quiet(program)
    return _received(client, wanted)


def quiet(program):
    """Wait until the program has told everybody all that it has to tell."""
    for flusher in (program.previews, program.hub):
        wait_until(partial(_idle, flusher), PATIENCE_S, f"{flusher.name} still has something to tell")


def settle(program, *clients):
    """Have them told all that happened so far, and forget it."""
    quiet(program)
    for client in clients:
        client.get_received()


def place(browser, code, group, fs):
    return browser.act(code, "place-action", group=group, action="orienter", fs=fs, cn=50)


def connected(program, code):
    return program.app.extensions["atelier"].connected(code)


def _received(client, wanted):
    return [each["args"][0] for each in client.get_received() if each["name"] == wanted]


def _idle(flusher):
    # What is due is taken within a flush: between the two, `_soonest` still names it.
    with _flushing[flusher], flusher._wake:
        return flusher._soonest() is None
