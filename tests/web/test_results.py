"""The page of results: who reads it, what is not in it, when it goes."""

import base64
import datetime as dt
import hashlib

import pytest
from bs4 import BeautifulSoup

from atelier.app import create_program
from atelier.config import Config
from atelier.retention.due_worker import ends
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.retention.records import FolderRecords
from tests.support.places import FakeClock
from tests.support.visitors import Browser, next_op


def give(desk, code):
    """Make a link to the results; return its path with the secret."""
    op = next_op()
    desk.post(f"/animer/{code}/cles", {"op": op, "holder": "results", "name": "Page des résultats"})
    shown = desk.page(f"/animer/{code}/liens/{op}")
    return op, "/" + shown.find(id="one-link-url")["value"].split("/", 3)[3]


def worked(desk, code, someone):
    """A workshop with a person, an initiative of theirs, one hidden, and a decision; closed."""
    phone = someone()
    phone.join(code, name="Zébulon")
    desk.act(code, "open-phase", phase="articulations")
    for text in ("Une affiche commune", "À cacher"):
        phone.act(code, "post-initiative", group=1, action="orienter", text=text)
    desk.act(code, "record-decision", what="Se revoir", who="Philomène", due_on="2026-09-30")
    (feed,) = desk.page(f"/animer/{code}").select("#desk-feed")
    entry = next(each for each in feed.select("li") if "À cacher" in each.get_text())
    pressed = next(each for each in entry.select("button[form^=desk-hide-]"))
    desk.act(code, "hide-initiative", group=1, initiative=pressed["value"])
    desk.act(code, "close-workshop")
    return phone


@pytest.mark.slow
def test_whoever_holds_the_link_reads_and_nobody_is_named(desk, code, someone):
    phone = worked(desk, code, someone)
    assert "hidden" in phone.page(f"/a/{code}").find(id="results").attrs
    phone.get(f"/resultats/{code}", status=403)
    key, path = give(desk, code)
    answer = someone().get(path)
    said = BeautifulSoup(answer.text, "lxml").get_text()
    assert all(text in said for text in ("Une affiche commune", "Se revoir", "Essai"))
    assert not [text for text in ("Zébulon", "Philomène", "À cacher") if text in answer.text]
    shown = phone.page(f"/a/{code}").find(id="results")
    assert (shown.a["href"], "hidden" in shown.attrs) == (f"/resultats/{code}", False)
    phone.get(f"/resultats/{code}")
    desk.get(f"/resultats/{code}")
    someone().get(f"/resultats/{code}", status=404)
    someone().get(path + "x", status=404)
    calendar = path.replace("?cle=", "/agenda.ics?cle=")
    dates = someone().get(calendar)
    assert dates.headers["Content-Type"].startswith("text/calendar")
    assert [word in dates.text for word in ("SUMMARY:Se revoir", "20260930", "Philomène")] == [
        True,
        True,
        False,
    ]
    desk.act(code, "revoke-key", key=key)
    someone().get(calendar, status=404)
    someone().get(path, status=404)
    phone.get(f"/resultats/{code}", status=403)
    assert "hidden" in phone.page(f"/a/{code}").find(id="results").attrs


def test_the_page_asks_for_nothing_runs_nothing_and_has_the_style_that_its_policy_names(desk, code):
    answer = desk.get(f"/resultats/{code}")
    soup = BeautifulSoup(answer.text, "lxml")
    assert not soup.select("script, img, iframe, form, [style], [onload]")
    assert [each["href"] for each in soup.select("[href]")] == ["data:,"]
    (sheet,) = soup.select("style")
    digest = base64.b64encode(hashlib.sha256(str(sheet.string).encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_a_key_of_the_results_opens_neither_desk_nor_wall(desk, code, someone):
    _, path = give(desk, code)
    secret = path.partition("?")[2]
    for page in ("animer", "ecran"):
        stranger = someone()
        stranger.get(f"/{page}/{code}?{secret}", status=303)
        stranger.get(f"/{page}/{code}", status=403)
    desk.get(f"/ecran/{code}")


def test_the_wall_shows_its_qr_code_once_closed(desk, code):
    _, path = give(desk, code)
    assert "Les résultats" not in desk.get(f"/ecran/{code}").text
    desk.act(code, "close-workshop")
    assert "Les résultats" in desk.get(f"/ecran/{code}").text
    assert path


@pytest.fixture
def dated(tmp_path):
    """A program whose date tests set, and that date."""
    date = FakeClock()
    config = Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports")
    program = create_program(config, calendar=date)
    yield program, date
    program.close()


def looking(program, date):
    """Return `pass_by(days)`: the program's own job looks for what ends every six hours."""
    config = program.app.extensions["atelier"].config
    eraser = Eraser(program.service, FolderRecords(config.sessions, config.exports))
    purge = Purge(eraser, date, program.live.out_of_reach, ends)

    def pass_by(days):
        for _ in range(4 * days):
            date.pass_by(hours=6)
            purge.look()

    return pass_by


@pytest.mark.slow
def test_the_page_is_set_aside_for_its_last_week_and_gone_on_the_day_that_was_promised(dated):
    program, date = dated
    desk, stranger, pass_by = Browser(program.app), Browser(program.app), looking(program, date)
    day = date.today()
    code = desk.prepare(date=day.isoformat(), purge_on=(day + dt.timedelta(days=10)).isoformat())
    _, path = give(desk, code)
    desk.act(code, "record-decision", what="Se revoir")
    pass_by(days=2)
    assert "Se revoir" in stranger.get(path).text
    pass_by(days=3)
    assert "Se revoir" not in stranger.get(path, status=404).text
    desk.get(f"/resultats/{code}", status=404)
    pass_by(days=6)
    assert list(program.storage.config.sessions.rglob(f"{code}*")) == []
    stranger.get(path, status=404)
    desk.get(f"/resultats/{code}", status=410)


def test_nothing_of_an_erased_person_is_shown_and_what_others_wrote_stays(desk, code, someone, program):
    phone, other = someone(), someone()
    phone.join(code, name="Zébulon")
    [person] = program.service.read(code).state.people
    other.join(code, trade="cn")
    desk.act(code, "open-phase", phase="articulations")
    for who, text in ((phone, "Une affiche commune"), (other, "Un accueil partagé")):
        who.act(code, "post-initiative", group=1, action="orienter", text=text)
        who.act(code, "add-mission", group=1, side="both", text=f"Mission\u00a0: {text}")
    _, path = give(desk, code)
    assert someone().get(path).text.count("Une affiche commune") == 2
    desk.act(code, "erase-participant", participant=person)
    shown = someone().get(path).text
    assert shown.count("Un accueil partagé") == 2
    assert not [text for text in ("Une affiche commune", "Zébulon", person) if text in shown]
