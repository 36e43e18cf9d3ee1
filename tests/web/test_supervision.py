"""What supervisors ask: health, readiness with its reason, metrics to this machine only, signs of life for systemd."""

import errno
import re
import socket

import pytest

from atelier.runtime import watchdog
from atelier.runtime.background import BackgroundJobs
from tests.support.visitors import Browser

SCRAPED = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}


@pytest.fixture
def client(program):
    return program.app.test_client()


def scraped(client, **environ):
    return client.get("/metrics", environ_overrides=SCRAPED | environ)


def test_metrics_count_commits_and_say_nothing_of_anybody(program, client):
    desk = Browser(program.app)
    code = desk.prepare()
    before = _value(scraped(client).text, "atelier_commits_total")
    desk.act(code, "open-phase", phase="articulations")
    desk.act(code, "post-initiative", group=1, action="orienter", text="Un accueil commun")
    told = scraped(client).text
    assert _value(told, "atelier_commits_total") == before + 2
    assert _value(told, "atelier_facts_total") >= _value(told, "atelier_commits_total")
    assert _value(told, "atelier_workshops_open") == 1
    assert 'atelier_screens{surface="phone"} 0.0' in told
    assert code not in told
    assert "accueil" not in told


def _value(text, name):
    return float(re.findall(rf"(?m)^{name} (\S+)$", text)[0])


@pytest.mark.parametrize("environ", [{"REMOTE_ADDR": "192.168.1.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_metrics_are_for_this_machine_only(client, environ):
    assert scraped(client, **environ).status_code == 404


def test_a_server_whose_disk_refuses_is_not_ready_and_says_why(program, client, monkeypatch):
    assert client.get("/etat/pret").json == {"ready": True, "reasons": []}
    monkeypatch.setattr(program.service, "obstacle", lambda: errno.ENOSPC)
    answer = client.get("/etat/pret")
    assert (answer.status_code, answer.json["reasons"]) == (503, ["sessions: ENOSPC"])
    assert client.get("/etat").status_code == 200


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """The socket on which systemd listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "40000")
        yield heard


def test_the_watchdog_hears_again_and_again_that_the_server_lives(systemd):
    jobs = BackgroundJobs()
    try:
        assert watchdog.start(jobs)
        assert [systemd.recv(64) for _ in range(3)] == [watchdog.ALIVE] * 3
    finally:
        jobs.stop()


def test_without_systemd_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not watchdog.start(BackgroundJobs())
