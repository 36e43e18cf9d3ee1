"""How the socket gets through: a WebSocket at once, by polling where there is none, and back again."""

import contextlib
import re
import socket
import socketserver
import threading
import time

import pytest
from playwright.sync_api import WebSocket, expect

from tests.support.people import Participant

pytestmark = pytest.mark.browser

SOCKET = re.compile(r"/socket\.io/")
BY_WEBSOCKET = re.compile(rb"^GET /socket\.io/\S*transport=websocket")


class Wire:
    """What a page asks of the socket's address from now on: its polls, and the WebSockets that are open."""

    def __init__(self, page):
        self._page = page
        self.polls: list[str] = []
        self.sockets: list[WebSocket] = []
        page.on("request", lambda asked: self.polls.append(asked.url) if SOCKET.search(asked.url) else None)
        page.on("websocket", self._opened)

    def _opened(self, opened):
        self.sockets.append(opened)
        opened.on("close", lambda _: self.sockets.remove(opened))

    def settles_on_a_websocket(self):
        """Whether it comes to one WebSocket and no more polls: a second without one."""
        for _ in range(120):
            polled = len(self.polls)
            self._page.wait_for_timeout(1_000)
            if len(self.sockets) == 1 and len(self.polls) == polled:
                return True
        return False


class Between(socketserver.ThreadingTCPServer):
    """What lies in front of a server and lets everything through but WebSockets, which it refuses or lets hang."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port, *, hangs):
        super().__init__(("127.0.0.1", 0), Passage)
        self.port, self.hangs, self.stopped = port, hangs, 0
        self.base = f"http://localhost:{self.server_address[1]}"


class Passage(socketserver.BaseRequestHandler):
    """One connection of a browser."""

    server: Between

    def handle(self):
        head = self.request.recv(1 << 16)
        if not BY_WEBSOCKET.match(head):
            return self._pass_on(head)
        self.server.stopped += 1
        return self.server.hangs and self.request.recv(1)

    def _pass_on(self, head):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port)) as far:
            far.sendall(head)
            back = threading.Thread(target=passed_on, args=(far, self.request))
            back.start()
            passed_on(self.request, far)
            back.join()


def passed_on(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@pytest.fixture
def between(server):
    """Return a function that puts something in front of the server."""
    found = []

    def put(**options):
        found.append(Between(server.port, **options))
        threading.Thread(target=found[0].serve_forever, daemon=True).start()
        return found[0]

    yield put
    for each in found:
        each.shutdown()
        each.server_close()


def test_a_page_opens_a_websocket_and_polls_for_nothing(facilitator, wall, phone):
    # The desk holds the screen in small beside itself, with a socket of its own.
    for page, sockets in ((phone.page, 1), (facilitator.desk, 2), (wall, 1)):
        wire = Wire(page)
        page.reload()
        expect(page.locator("body")).to_have_attribute("data-connection", "live")
        if sockets == 2:
            small = page.frame_locator(".miniature iframe").locator("body")
            expect(small).to_have_attribute("data-connection", "live")
        page.wait_for_timeout(1_500)
        assert (len(wire.sockets), wire.polls) == (sockets, [])


@pytest.mark.parametrize("hangs", [False, True], ids=["refused", "never answered"])
def test_where_a_websocket_does_not_get_through_polling_soon_does(facilitator, between, opened, hangs):
    way, page = between(hangs=hangs), opened()
    lea = Participant(page, way.base, facilitator.code, "Conseiller numérique", 2, "Léa")
    wire, start = Wire(page), time.monotonic()
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    assert time.monotonic() - start < 15, "engine.io alone gives up on a WebSocket after 20 seconds"
    assert way.stopped
    expect(page.locator("[data-atelier-offline]")).to_be_hidden()
    facilitator.press(re.compile("^Lancer"))
    expect(page.locator("body")).to_have_attribute("data-clock-status", "running")
    lea.propose("orienter", "Par le chemin long")
    expect(facilitator.initiative("Par le chemin long")).to_be_visible()
    assert wire.polls


def test_a_restart_and_a_blink_of_the_network_lead_back_to_a_websocket(phone, server):
    page, connection, wire = phone.page, phone.page.locator("body"), Wire(phone.page)
    server.kill()
    expect(connection).to_have_attribute("data-connection", "lost")
    page.wait_for_timeout(5_000)  # long enough for several tries to fail, polls among them
    server.start()
    expect(connection).to_have_attribute("data-connection", "live")
    assert wire.settles_on_a_websocket()
    page.context.set_offline(True)
    expect(connection).to_have_attribute("data-connection", "lost")
    page.context.set_offline(False)
    expect(connection).to_have_attribute("data-connection", "live")
    assert wire.settles_on_a_websocket()


def test_a_phone_without_the_sockets_client_says_so_takes_acts_and_asks_again(facilitator, phone):
    page, body = phone.page, phone.page.locator("body")
    page.route("**/connection.js", lambda route: route.abort())
    page.reload()
    expect(body).to_have_attribute("data-connection", "lost")
    phone.propose("orienter", "Par la porte seule")
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    expect(
        facilitator.desk.locator("#desk-feed").get_by_text("Par la porte seule", exact=True)
    ).to_be_visible()
    expect(page.locator("#initiatives-1-orienter")).not_to_contain_text("Par la porte seule")
    page.unroute("**/connection.js")
    expect(body).to_have_attribute("data-connection", "live")
    expect(page.locator("#initiatives-1-orienter")).to_contain_text("Par la porte seule")
