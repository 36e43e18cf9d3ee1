"""Chromium as tests start it, and pages that fail a test by what their console says."""

import pytest

from tools.browser import ARGUMENTS, executable

QUIET = ("Failed to load resource", "ERR_", "WebSocket connection to", "WebSocket is already in CLOSING")
"""What the browser itself says of a network that fails."""


def _alarming(said):
    return said.type == "error" and not any(words in said.text for words in QUIET)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": executable(), "args": ARGUMENTS}


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
