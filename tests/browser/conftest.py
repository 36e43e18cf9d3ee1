"""Chromium, a real server, and axe. Phones are contexts of their own: each has its own cookie and storage."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.running import RunningServer
from tools.browser import ARGUMENTS, executable

# A condition is waited for as long as a busy machine may need: only a failure takes that long.
expect.set_options(timeout=30_000)

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": executable(), "args": ARGUMENTS}


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
def opened(browser):
    """Open a page in a context of its own; console errors and policy violations fail the test at its end."""
    contexts, complaints = [], []

    def open_page(width=390, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _alarming(said) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


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


QUIET = ("Failed to load resource", "ERR_", "WebSocket connection to", "WebSocket is already in CLOSING")
"""What the browser itself says of a network that fails."""


def _alarming(said):
    return said.type == "error" and not any(words in said.text for words in QUIET)


@pytest.fixture
def axe():
    """Return a function that asserts that a page, as it is now, has no violation."""

    def check(page, where):
        # evaluate() runs in the page whatever its policy forbids to scripts of its own.
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
        found = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
        )
        brief = [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found]
        assert brief == [], where

    return check
