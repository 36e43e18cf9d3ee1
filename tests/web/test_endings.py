"""Ends announced on the home page, workshops set aside, dates that look wrong; and the promise of the door."""

import datetime as dt

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.retention.due_worker import ends
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.retention.records import FolderRecords
from atelier.wording import date_text
from tests.support.places import START, FakeClock
from tests.support.visitors import Browser

TERM = START.date() + dt.timedelta(days=90)
ASIDE = TERM - dt.timedelta(days=7)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def program(tmp_path, clock):
    config = Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports")
    program = create_program(config, calendar=clock)
    yield program
    program.close()


@pytest.fixture
def purge(program, tmp_path, clock):
    eraser = Eraser(program.service, FolderRecords(tmp_path / "sessions", tmp_path / "exports"))
    return Purge(eraser, clock, ends=ends)


@pytest.fixture
def desk(program):
    return Browser(program.app)


@pytest.fixture
def code(desk):
    return desk.prepare(date=START.date().isoformat(), purge_on=TERM.isoformat())


def said(day):
    return " ".join(date_text(day.isoformat()).split())


def text(browser, path="/"):
    return " ".join(browser.page(path).get_text().split())


def test_an_end_is_announced_to_those_who_facilitate_and_at_the_machine(program, desk, code, clock, purge):
    assert "mis de côté" not in text(desk)
    clock.pass_by(days=77)
    purge.look()
    told = f"Sera mis de côté le {said(ASIDE)}, puis effacé le {said(TERM)}"
    assert told in text(desk)
    assert told in text(Browser(program.app))  # another browser of this machine
    assert "mis de côté" not in text(Browser(program.app, "192.168.1.20"))


def test_a_workshop_set_aside_is_named_with_the_way_back(program, desk, code, clock, purge):
    clock.pass_by(days=83)
    purge.look()
    clock.pass_by(days=1)
    assert purge.look() == ([code], [])
    page = text(Browser(program.app))
    assert f"mis de côté, effacé le {said(TERM)}" in page
    assert f"atelier restore {code}" in page
    desk.get(f"/animer/{code}", status=404)


@pytest.mark.slow
def test_a_date_that_looks_wrong_is_told_on_the_home_page_and_on_the_desk(program, desk, code, clock, purge):
    purge.look()
    clock.set_date(100)
    sentence = f"est passée du {said(START.date())}"
    assert sentence in text(desk)
    assert sentence in text(desk, f"/animer/{code}")
    assert sentence not in text(Browser(program.app, "192.168.1.20"))
    clock.set_date(-130)
    assert "est revenue du" in text(desk)


@pytest.mark.slow
@pytest.mark.parametrize(("chosen", "promised"), [(90, 90), (2, 8)])
def test_every_screen_promises_the_day_on_which_all_is_gone(program, desk, chosen, promised):
    day = START.date()
    code = desk.prepare(date=day.isoformat(), purge_on=(day + dt.timedelta(days=chosen)).isoformat())
    phone = Browser(program.app)
    end = said(day + dt.timedelta(days=promised))
    assert f"efface tout le {end}" in text(phone, f"/r/{code}")
    phone.join(code)
    assert f"efface tout le {end}" in text(phone, f"/a/{code}")
    assert f"efface tout le {end}" in text(desk, f"/animer/{code}")
