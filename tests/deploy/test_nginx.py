"""Two processes behind nginx with the files of deploy/: each workshop stays on one, whatever is asked of it."""

import asyncio
import http.client
import json
import re
import socket
import ssl
from urllib.error import HTTPError

import pytest

from atelier import limits
from bench.phones import Phone
from tests.support.apart import run_apart
from tests.support.nginx import SITE, check_shipped
from tests.support.simulation.browser import Browser
from tests.support.site import KEY, Site, nginx_can_be_tried
from tests.support.tree import ROOT

pytestmark = [pytest.mark.slow, nginx_can_be_tried]


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = Site(tmp_path, monkeypatch).start()
    yield site
    site.stop()


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    site = Site(tmp_path, monkeypatch, tls=True).start()
    yield site
    site.stop()


def test_the_files_as_they_are_shipped_are_understood(tmp_path):
    checked = check_shipped(tmp_path)
    assert checked.returncode == 0, checked.stderr


def test_a_document_may_take_as_long_as_the_program_gives_it():
    written = (ROOT / "deploy" / "atelier.conf").read_text()
    patience = re.findall(
        r"location [^{]*(?:/exports/|/documents\$) \{[^}]*proxy_read_timeout (\d+)s;", written
    )
    assert len(patience) == 2  # of a workshop; of a day or of a territory's page
    assert all(int(each) > limits.PDF_TURN_S + limits.PDF_S for each in patience)


def test_each_workshop_lives_on_one_process_and_is_told_to_its_screens(site):
    pairs = site.on_each()
    for code, desk in pairs:
        run_apart(_heard, site.base, code, seconds=30)
        polling(site.base, code)
        assert code in desk.get("/")  # the front door lists it, whichever process answers
        pdf = desk.download(f"/exports/{code}", {"what": "group", "group": 1, "paper": "a3"})
        assert pdf.startswith(b"%PDF-")
    first, second = (site.workshops_of(process) for process in site.processes)
    assert pairs[0][0] in first
    assert pairs[1][0] in second
    assert not first & second


def test_a_process_that_was_not_chosen_for_a_workshop_does_not_touch_it(site):
    code, _ = site.prepared()
    for process in site.processes:
        with pytest.raises(HTTPError) as refused:
            Browser(process.base).get(f"/r/{code}")
        assert refused.value.code == 503
        assert "dans une autre partie du serveur" in refused.value.read().decode()
    # Forged, the header is overwritten by nginx.
    status, _ = ask(site, "GET", f"/r/{code}", headers={"X-Atelier-Workshop": "AAAAAA"})
    assert status == 200


def test_a_process_that_restarts_keeps_its_workshops(site):
    (code, desk), (other, its_desk) = site.on_each()
    site.processes[0].kill()
    status, said = ask(site, "GET", f"/r/{code}", headers={"Accept": "application/json"})
    assert status == 502
    assert "redémarre" in json.loads(said)["message"]
    its_desk.act(other, "announce", text="Ici, rien ne s’est passé.")
    assert code not in site.workshops_of(site.processes[1])
    site.processes[0].start()
    desk.act(code, "announce", text="Nous revoilà.")
    assert code in site.workshops_of(site.processes[0])


@pytest.mark.parametrize("ended", [0, 1])
def test_what_belongs_to_no_workshop_outlives_a_process(site, ended):
    code, _ = site.on_each()[1 - ended]
    site.processes[ended].kill()
    for path in ("/", "/preparer", "/accessibilite"):
        assert ask(site, "GET", path)[0] == 200
    assert ask(site, "GET", f"/rejoindre?code={code}")[0] == 303
    style = re.search(r'href="(/static/[^"]+\.css)"', Browser(site.base).get("/"))
    assert style is not None
    assert ask(site, "GET", style[1])[0] == 200
    assert Browser(site.base).post("/preparer", {"create_key": KEY})[0] == 303


def test_a_name_that_is_not_the_sites_gets_nothing(site):
    assert ask(site, "GET", "/", headers={"Host": "evil.com"})[0] == 421
    assert ask(site, "GET", "/etat", headers={"Host": "localhost"})[0] == 421


def test_the_site_is_asked_by_https_only_under_its_own_name(encrypted):
    plain = http.client.HTTPConnection("127.0.0.1", encrypted.nginx.port, timeout=10)
    plain.request("GET", "/a/x?cle=SECRET", headers={"Host": SITE})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{SITE}/a/x?cle=SECRET")
    plain.close()
    plain.request("GET", "/a/x?cle=SECRET", headers={"Host": "evil.com"})
    with pytest.raises(http.client.RemoteDisconnected):
        plain.getresponse()
    plain.close()
    assert secure(encrypted, SITE, SITE, "/") == (200, "max-age=31536000")
    assert secure(encrypted, SITE, SITE, "/a/ABC234")[1] == "max-age=31536000"
    assert secure(encrypted, SITE, SITE, "/local/lien") == (404, "max-age=31536000")
    assert secure(encrypted, SITE, "evil.com", "/")[0] == 421
    for name in ("evil.com", None):
        with pytest.raises(ssl.SSLError):
            secure(encrypted, name, SITE, "/")


def secure(site, name, host, path):
    """Ask by https for `name`, then for `host`; return the status and what it says of https."""
    trusting = ssl.create_default_context(cafile=str(site.nginx.certificate))
    trusting.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", site.nginx.tls_port), timeout=10) as line,
        trusting.wrap_socket(line, server_hostname=name) as wrapped,
    ):
        wrapped.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = http.client.HTTPResponse(wrapped)
        answer.begin()
        return answer.status, answer.headers["Strict-Transport-Security"]


def test_what_is_too_long_is_refused_in_french(site):
    code, _ = site.prepared()
    for size in (70 * 1024, 300 * 1024):  # said by the program, then by nginx
        status, said = ask(site, "POST", f"/a/{code}/actes", b"x" * size)
        assert status == 413
        assert "trop long pour être envoyé" in json.loads(said)["message"]
    status, _ = ask(site, "POST", f"/socket.io/?EIO=4&transport=polling&c={code}", b"x" * 40_000)
    assert status == 413


def test_a_socket_that_names_no_workshop_and_the_local_door_are_refused(site):
    assert ask(site, "GET", "/socket.io/?EIO=4&transport=polling")[0] == 400
    assert ask(site, "POST", "/local/purge", b"code=AAAAAA")[0] == 404


def test_static_files_are_kept_and_say_that_they_never_change(site):
    page = Browser(site.base).get("/")
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style is not None
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", site.nginx.port, timeout=10)
        connection.request("GET", style[1])
        answer = connection.getresponse()
        assert answer.status == 200
        assert "immutable" in (answer.headers["Cache-Control"] or "")
        connection.close()


async def _heard(base, code):
    """By WebSocket: a phone's act reaches the phone of somebody else."""
    writer, reader = Phone(base, code), Phone(base, code)
    for phone in (writer, reader):
        await phone.join()
    await reader.listen()
    answer, _ = await writer.place(50, 50)
    while reader.heard_at(answer["seq"]) is None:
        await asyncio.sleep(0.01)
    reader.hang_up()
    writer.hang_up()


def polling(base, code):
    """By long polling: the same."""
    phone = Browser(base)
    phone.join(code, "cn", 2, "")
    address = f"/socket.io/?EIO=4&transport=polling&c={code}"
    sid = json.loads(phone.get(address)[1:])["sid"]
    address += f"&sid={sid}"
    auth = json.dumps({"code": code, "audience": "phone", "group": 2})
    heard = ""
    assert say(phone, address, f"40{auth}") == 200
    phone.act(code, "place-action", group=2, action="orienter", fs=25, cn=75)
    for _ in range(20):
        heard += phone.get(address)
        if "workshop:changed" in heard:
            return
        if heard.endswith("2"):
            say(phone, address, "3")
    raise AssertionError(heard)


def say(phone, address, packet):
    cookie = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    where = phone.base.removeprefix("http://")
    connection = http.client.HTTPConnection(where, timeout=10)
    connection.request(
        "POST", address, packet, {"Cookie": cookie, "Origin": phone.base, "Content-Type": "text/plain"}
    )
    status = connection.getresponse().status
    connection.close()
    return status


def ask(site, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", site.nginx.port, timeout=10)
    sent = {
        "Origin": site.base,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request(method, path, body, sent | (headers or {}))
    answer = connection.getresponse()
    status, said = answer.status, answer.read().decode()
    connection.close()
    return status, said
