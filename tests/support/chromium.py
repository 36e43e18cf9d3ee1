"""Chromium as tests start it, and pages that fail a test by what their console says."""

from urllib.parse import urlsplit

import pytest

from tools.browser import ARGUMENTS, executable

QUIET = ("Failed to load resource", "ERR_", "WebSocket connection to", "WebSocket is already in CLOSING")
"""What the browser itself says of a network that fails."""

PATIENCE_MS = 120_000
"""As long as a busy machine may need."""
STAYS = {
    "page": (
        "add_init_script",
        "emulate_media",
        "expose_binding",
        "expose_function",
        "set_extra_http_headers",
    ),
    "context": ("add_init_script", "grant_permissions", "new_cdp_session", "set_extra_http_headers"),
    "clock": ("install",),
}
"""What a test does to a page for as long as it is there: nobody else is given that page."""


def _alarming(said):
    return said.type == "error" and not any(words in said.text for words in QUIET)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": executable(), "args": ARGUMENTS}


class Seat:
    """A browser context with one page: its own cookies and storage, emptied for the next test where that is enough."""

    def __init__(self, browser, size, **options):
        self.context = browser.new_context(viewport=size, locale="fr-FR", **options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.grant_permissions(["screen-wake-lock"])  # as with windows
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.again = not options
        self._visited: set[str] = set()
        self.page.on("framenavigated", lambda frame: self._visited.add(_origin(frame.url)))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if _alarming(said) else None)
        for owner, names in STAYS.items():
            for name in names:
                self._keeps(self.page if owner == "page" else getattr(self.page, owner), name)

    def _keeps(self, owner, name):
        does = getattr(owner, name)

        def do(*args, **options):
            self.again = False
            return does(*args, **options)

        setattr(owner, name, do)

    def leave(self):
        """Empty it if it may serve again, else close it; return what its console complained of."""
        self.again = self.again and not self.page.is_closed()
        if self.again:
            self._empty()
        else:
            self.context.close()
        said, self.complaints = self.complaints, []
        return said

    def _empty(self):
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.unroute_all()
        self.context.set_offline(False)
        if self.page.url.startswith("http"):
            self.page.evaluate("sessionStorage.clear()")
        self.page.on("dialog", _yes)
        self.page.goto("about:blank")
        self.page.remove_listener("dialog", _yes)
        self.context.clear_cookies()
        self._empty_storage()

    def _empty_storage(self):
        """By a page of each origin that no server is needed for: DevTools may never answer that a store is empty."""
        self.page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
        for origin in self._visited - {"about://"}:
            self.page.goto(f"{origin}/")
            self.page.evaluate("localStorage.clear()")
        self.page.goto("about:blank")
        self.page.unroute_all()
        self._visited.clear()


def _origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _yes(dialog):
    """Whether to leave a page where something is written."""
    dialog.accept()


@pytest.fixture(scope="session")
def seats(browser):
    """Those that nobody sits on: a page that is there loads the next one in half the time of a new one."""
    free: list[Seat] = []
    yield free
    for seat in free:
        seat.context.close()


@pytest.fixture
def opened(browser, seats):
    """Open a page in a context of its own; console errors and policy violations fail the test at its end."""
    taken: list[Seat] = []

    def open_page(width=390, height=800, **options):
        size = {"width": width, "height": height}
        seat = seats.pop() if seats and not options else Seat(browser, size, **options)
        taken.append(seat)
        seat.page.set_viewport_size(size)
        return seat.page

    yield open_page
    complaints: list[str] = []
    for seat in taken:
        complaints += seat.leave()
    seats.extend(seat for seat in taken if seat.again)
    assert complaints == []
