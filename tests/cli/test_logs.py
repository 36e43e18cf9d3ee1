"""What a server writes down of what people do: no code, no key, no name and no text, whatever goes wrong."""

import re
import urllib.error

import pytest

from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser, NotTaken

pytestmark = pytest.mark.slow

NAME, TEXT, WIFI = "Théodora", "Un texte que personne ne doit retrouver", "wifi-tout-à-nous"


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path).start()
    yield running
    running.stop()


def refused(ask):
    with pytest.raises((urllib.error.HTTPError, NotTaken)):
        ask()


def test_the_log_knows_nobody_and_nothing(server):
    desk, phone, stranger = Browser(server.base), Browser(server.base), Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    key = re.findall(r"animer/[^\"]*cle=([^\"&]*)", desk.get(f"/animer/{code}/pret"))[0]
    phone.join(code, "fs", 1, NAME)
    assert desk.post(f"/animer/{code}/wifi", {"ssid": WIFI, "password": WIFI})[0] == 303
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "post-initiative", group=1, action="orienter", text=TEXT)
    desk.download(f"/exports/{code}", {"what": "group", "group": 1, "paper": "a3"})
    refused(lambda: stranger.get(f"/animer/{code}?cle={key}x"))
    refused(lambda: stranger.act(code, "post-initiative", group=1, action="orienter", text=TEXT))
    refused(lambda: phone.act(code, "post-initiative", group=2, action="orienter", text=TEXT))
    refused(lambda: phone.act(code, "post-initiative", group=1, action="orienter", text=TEXT * 100))
    refused(lambda: desk.get(f"/exports/{code}/../{key}"))
    cookie = next(iter(phone.cookies.values()))
    server.stop()
    told = server.log.read_text()
    for secret in (code, key, NAME, TEXT, WIFI, cookie):
        assert secret not in told
