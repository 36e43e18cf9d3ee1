"""Chromium, a real server, and axe. Phones are contexts of their own: each has its own cookie and storage."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant
from tests.support.running import RunningServer
from tools.browser import ARGUMENTS, executable

# A condition is waited for as long as a busy machine may need: only a failure takes that long.
expect.set_options(timeout=30_000)

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": executable(), "args": ARGUMENTS}


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path).start()
    yield running
    running.stop()


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
def facilitator(opened, server):
    """Somebody who facilitates, in « Articulations »."""
    facilitator = Facilitator(opened(1440, 900), opened(1280, 720), server.base)
    facilitator.go_to("Passer aux cadres d’intervention", "remits")
    facilitator.go_to("Passer aux articulations", "articulations")
    return facilitator


@pytest.fixture
def phone(opened, server, facilitator):
    """Nadia's, at table 1."""
    return Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")


QUIET = ("Failed to load resource", "ERR_", "WebSocket connection to")
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
