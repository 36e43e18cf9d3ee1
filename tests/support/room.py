"""A room in Chromium: a real server, a desk, a wall, a phone, and axe. Each has its own cookie and storage."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.running import RunningServer

# A condition is waited for as long as a busy machine may need: only a failure takes that long.
expect.set_options(timeout=120_000)

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory):
    """One server for all: each test prepares a workshop of its own."""
    running = RunningServer(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


@pytest.fixture
def server(shared_server):
    """The server, running, whatever the test before did to it."""
    return shared_server if shared_server.running else shared_server.start()


@pytest.fixture
def workshop(server):
    """A workshop in « Articulations », without a screen."""
    return Prepared(server.base, "remits", "articulations")


@pytest.fixture
def facilitator(workshop, opened):
    """Somebody who facilitates it, at the desk."""
    return Facilitator.of(workshop, opened(1440, 900))


@pytest.fixture
def wall(facilitator, opened):
    """The wall, from before the test does anything."""
    return facilitator.project(opened(1280, 720))


@pytest.fixture
def phone(opened, workshop):
    """Nadia's, at table 1."""
    return Participant(opened(), workshop.base, workshop.code, "France services", 1, "Nadia")


def violations(page):
    """Return what axe finds on a page as it is now: each rule, with the first places. Its JavaScript must be on."""
    # evaluate() runs in the page whatever its policy forbids to scripts of its own.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
    )
    return [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found]


@pytest.fixture
def axe():
    """Return a function that asserts that a page, as it is now, has no violation."""

    def check(page, where):
        assert violations(page) == [], where

    return check
