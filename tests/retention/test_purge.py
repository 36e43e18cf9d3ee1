"""The end of workshops at their term: never because of a date alone, kept for a week, never later than promised."""

import datetime as dt
from dataclasses import replace

import pytest

from atelier.domain.retention import announced_from, erased_on, set_aside_on
from atelier.retention import erasure_log, schedule
from atelier.retention.erasure_log import WHOLE, Erasure
from atelier.retention.purge import Doubt, doubts, put_back, soon
from tests.support.places import START, WORDS, Place
from tests.support.setups import a_setup

TERM = START.date() + dt.timedelta(days=90)


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    yield place
    place.service.close()


def look_every_six_hours(place, days):
    for _ in range(int(days * 4)):
        place.clock.pass_by(hours=6)
        place.purge.look()


def test_a_workshop_is_gone_on_the_day_that_its_door_promises(place):
    code = place.workshop()
    place.clock.pass_by(days=80)
    look_every_six_hours(place, 2)
    assert place.service.codes() == [code]
    look_every_six_hours(place, 1.25)  # seven days before: set aside, with its documents
    assert place.service.codes() == []
    assert place.quarantine.codes() == place.gone == [code]
    assert sorted(place.holding()) == sorted([f"{code}.db", f"atelier-{code}-ensemble-a3.pdf"])
    assert list(place.exports.iterdir()) == []
    while place.clock.today() < TERM:
        assert place.quarantine.codes() == [code]
        look_every_six_hours(place, 0.25)
    look_every_six_hours(place, 0.75)
    assert place.clock.today() == TERM
    assert place.holding() == place.quarantine.codes() == []
    assert Erasure(code, WHOLE) in erasure_log.noted(place.sessions)
    assert erasure_log.asked(place.sessions) == set()  # no person asked: a backup may bring it back


def test_a_clock_a_hundred_days_ahead_erases_nothing(place):
    code = place.workshop()
    place.purge.look()
    place.clock.set_date(100)
    for _ in range(3):  # a start with the wrong date, a few hours, again
        place.start()
        assert place.purge.look() == ([], [])
        place.clock.pass_by(hours=6)
    assert place.service.codes() == [code]
    assert [each.kind for each in doubts(place.sessions, place.clock)] == ["far"]
    place.clock.set_date(-100)
    place.purge.look()
    place.clock.pass_by(days=18)
    look_every_six_hours(place, 2)
    assert place.service.codes() == [code]
    assert place.gone == []


def test_a_date_that_jumps_ahead_while_the_server_runs_is_no_time_that_passed(place):
    code = place.workshop()
    place.purge.look()
    place.clock.pass_by(hours=6)
    place.clock.set_date(100)
    place.purge.look()
    place.clock.pass_by(hours=1)
    place.clock.set_date(2)  # as a day and more between two looks
    assert place.purge.look() == ([], [])
    assert place.service.codes() == [code]


def test_what_waits_is_put_back_by_itself_once_the_date_is_right_again(place):
    code = place.workshop()
    place.purge.look()
    place.clock.set_date(100)
    look_every_six_hours(place, 3)  # nobody noticed for three days
    assert place.quarantine.codes() == [code]
    place.clock.set_date(-100)
    place.start()
    place.purge.look()
    assert place.service.codes() == [code]
    assert place.quarantine.codes() == []
    assert (place.exports / f"atelier-{code}-ensemble-a3.pdf").exists()
    assert place.service.read(code).state.announcement == WORDS


def test_a_date_that_goes_back_makes_all_counts_start_again(place):
    code = place.workshop()
    place.clock.pass_by(days=83, hours=1)
    place.purge.look()
    place.clock.pass_by(hours=20)
    place.purge.look()
    place.clock.set_date(-0.1)
    place.purge.look()
    place.clock.pass_by(hours=6)
    place.start()
    place.purge.look()
    assert place.service.codes() == [code]
    place.clock.pass_by(days=1)
    place.start()
    place.purge.look()
    assert place.quarantine.codes() == [code]


def test_two_looks_of_two_starts_a_day_apart_are_enough(place):
    code = place.workshop()
    place.clock.pass_by(days=200)
    place.start()
    place.purge.look()
    assert place.service.codes() == [code]
    place.clock.pass_by(days=1)
    place.start()
    place.purge.look()
    assert place.quarantine.codes() == [code]
    place.clock.pass_by(days=6, hours=23)
    place.start()
    place.purge.look()
    assert place.quarantine.codes() == [code]
    place.clock.pass_by(hours=1)
    place.start()
    assert place.purge.look() == ([], [code])
    assert place.holding() == []


@pytest.mark.slow
def test_whoever_puts_a_workshop_back_has_a_day_and_a_week_again(place):
    code = place.workshop()
    place.clock.pass_by(days=82)
    look_every_six_hours(place, 2)
    assert place.quarantine.codes() == [code]
    assert put_back(place.records, code).code == code
    assert place.service.read(code).state.announcement == WORDS
    assert (place.exports / f"atelier-{code}-ensemble-a3.pdf").exists()
    look_every_six_hours(place, 1)
    assert place.service.codes() == [code]
    look_every_six_hours(place, 0.5)
    assert place.quarantine.codes() == [code]
    look_every_six_hours(place, 6.5)
    assert place.quarantine.codes() == [code]
    look_every_six_hours(place, 0.75)
    assert place.holding() == []


def test_what_a_person_erased_waits_nowhere_and_never_comes_back(place):
    code = place.workshop()
    place.clock.pass_by(days=82)
    look_every_six_hours(place, 2)
    place.eraser.erase(code)
    assert place.holding() == place.quarantine.codes() == []
    assert Erasure(code, WHOLE) in erasure_log.asked(place.sessions)


def test_an_end_is_announced_for_a_week(place, caplog):
    code = place.workshop()
    place.clock.pass_by(days=73)
    look_every_six_hours(place, 2)
    assert soon(place.sessions) == []
    look_every_six_hours(place, 1.5)
    (told,) = soon(place.sessions)
    assert (told.code, told.aside_on, told.erased_on) == (code, TERM - dt.timedelta(days=7), TERM)
    assert announced_from(TERM) == TERM - dt.timedelta(days=14)
    assert "retention.announced count=1" in caplog.text
    assert code not in caplog.text


def test_a_workshop_kept_for_days_only_is_there_on_its_day_and_kept_for_a_week(place):
    today = START.date()
    code = place.workshop(kept_days=0)
    assert erased_on(place.service.read(code).state.prepared) == today + dt.timedelta(days=8)
    assert set_aside_on(today + dt.timedelta(days=8)) == today + dt.timedelta(days=1)
    look_every_six_hours(place, 0.5)
    assert place.service.codes() == [code]
    look_every_six_hours(place, 1)
    assert place.quarantine.codes() == [code]
    look_every_six_hours(place, 7)
    assert place.holding() == []


@pytest.mark.parametrize(
    ("date", "chosen", "erased"),
    [
        ("2026-06-25", "2026-09-23", "2026-09-23"),
        ("2026-06-25", "2026-07-03", "2026-07-03"),
        ("2026-06-25", "2026-06-25", "2026-07-03"),
        ("2026-12-25", "2026-09-23", "2026-09-23"),
    ],
)
def test_the_day_that_is_promised(date, chosen, erased):
    assert erased_on(replace(a_setup(), date=date, purge_on=chosen)).isoformat() == erased


def test_killed_between_the_copy_and_the_removal_a_workshop_is_still_in_its_place(place):
    code = place.workshop()
    place.service.close()
    place.quarantine.take(code)
    place.start()
    place.say(code, "Depuis")
    place.clock.pass_by(days=100)
    place.purge.look()
    assert place.service.codes() == [code]
    look_every_six_hours(place, 1.25)
    assert place.quarantine.codes() == [code]
    assert place.quarantine.state(code).announcement == "Depuis"


def test_a_full_disk_sets_nothing_aside_and_loses_nothing(place, monkeypatch):
    code = place.workshop()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("atelier.retention.quarantine.copy_journal", full)
    place.clock.pass_by(days=98)
    look_every_six_hours(place, 2)
    assert place.service.read(code).state.announcement == WORDS
    assert place.gone == []
    monkeypatch.undo()
    look_every_six_hours(place, 0.5)
    assert place.quarantine.codes() == [code]


def test_a_schedule_that_cannot_be_read_starts_every_count_again(place):
    code = place.workshop()
    place.clock.pass_by(days=100)
    place.purge.look()
    place.clock.pass_by(days=1)
    (place.sessions / schedule.NAME).write_text("{ no schedule")
    place.purge.look()
    assert place.service.codes() == [code]


def test_the_date_is_doubted_when_it_is_before_what_was_written_or_far_from_the_last_look(place):
    place.workshop()
    assert doubts(place.sessions, place.clock) == []
    place.clock.set_date(-30)
    (doubt,) = doubts(place.sessions, place.clock)
    assert doubt == Doubt("newer", START.date(), START.date() - dt.timedelta(days=30))
    place.clock.set_date(30)
    place.purge.look()
    place.clock.set_date(-3)
    assert [each.kind for each in doubts(place.sessions, place.clock)] == ["back"]
    place.clock.set_date(3 + 46)
    assert [each.kind for each in doubts(place.sessions, place.clock)] == ["far"]
    place.start()
    place.purge.look()
    assert [each.kind for each in doubts(place.sessions, place.clock)] == ["far"]
    place.clock.pass_by(days=8)
    place.purge.look()
    assert doubts(place.sessions, place.clock) == []


def test_what_an_interrupted_move_left_never_takes_the_place_of_the_journal(place):
    code = place.workshop()
    place.service.close()
    place.quarantine.take(code)
    place.start()
    place.purge.look()
    place.say(code, "Depuis")
    assert place.service.read(code).state.announcement == "Depuis"
    assert list(place.sessions.glob("*.abime-*")) == []
