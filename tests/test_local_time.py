"""The hours are the workshop's: on the desk, in documents, in the journal as told, in the dates that are proposed."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import zoneinfo
from dataclasses import replace

import pytest

from atelier import local_time
from atelier.domain import territories
from atelier.retention.clock import day_everywhere
from tests.support.setups import a_setup
from tests.support.tree import PROGRAM, ROOT, name, ours, text

SHOWN = {
    "88": ("0 h 30", "26 juin 2026", "00:30:00", "2026-06-26"),
    "": ("0 h 30", "26 juin 2026", "00:30:00", "2026-06-26"),
    "971": ("18 h 30", "25 juin 2026", "18:30:00", "2026-06-25"),
    "974": ("2 h 30", "26 juin 2026", "02:30:00", "2026-06-26"),
    "988": ("9 h 30", "26 juin 2026", "09:30:00", "2026-06-26"),
}


@pytest.mark.slow
@pytest.mark.parametrize("server", ["UTC", "Pacific/Noumea"])
def test_hours_and_dates_are_those_of_the_territory_whatever_the_servers(server, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.clock_elsewhere", str(tmp_path), *SHOWN],
        env=os.environ | {"TZ": server}, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.replace("\\u00a0", " "))
    for territory, (hour, day, seconds, date) in SHOWN.items():
        assert told[territory] == {
            "feed": hour,
            "arrival": hour,
            "document": f"Document produit le {day} à {hour}",
            "journal": seconds,
            "date": date,
            "purge_on": (dt.date.fromisoformat(date) + dt.timedelta(days=90)).isoformat(),
            "copied": date,
            "blank": "2026-06-26",  # Paris, as long as nobody said where
        }


def test_a_journal_of_before_has_the_hours_that_its_text_tells():

    told = {
        text: str(local_time.zone_of(replace(a_setup(), territory=text)))
        for text in ("Vosges", "La Réunion", "Ici")
    }
    assert told == {"Vosges": "Europe/Paris", "La Réunion": "Indian/Reunion", "Ici": "Europe/Paris"}


def test_a_system_without_time_zones_tells_its_own_hours(monkeypatch):
    def nowhere(key):
        raise zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(local_time, "ZoneInfo", nowhere)
    zone = local_time.zone_at.__wrapped__("974")
    assert local_time.local(0, zone).utcoffset() == dt.datetime.fromtimestamp(0).astimezone().utcoffset()


def test_the_day_changes_at_midnight_there():
    zone = local_time.zone_at("974")
    assert local_time.day_at(1_782_417_599_999, zone) == dt.date(2026, 6, 25)
    assert local_time.day_at(1_782_417_600_000, zone) == dt.date(2026, 6, 26)


MACHINES = re.compile(
    r"\.astimezone\(\)|datetime\.now\(\)|date\.today\(\)|localtime\(|fromtimestamp\([^,()]*\)"
)
MAY = {
    "atelier/local_time.py",
    "atelier/retention/backup.py",
    "atelier/retention/clock.py",
    "atelier/cli/retention.py",
}
"""The fallback; and what is the machine's own: names of copies, the date that retention doubts."""


@pytest.mark.parametrize("path", ours(".py", under=PROGRAM), ids=name)
def test_nobody_tells_the_hours_of_the_machine(path):
    if name(path) not in MAY:
        assert not MACHINES.search(text(path))


@pytest.mark.slow
@pytest.mark.parametrize("path", ours(".html", under=PROGRAM / "templates"), ids=name)
def test_no_screen_has_hours_of_both_the_server_and_the_browser(path):
    # A phone says hours of its own (« depuis 14 h 22 »), as its status bar does; the desk says the workshop's.
    if "desk" not in name(path):
        assert "time_text" not in text(path)


def test_what_ends_on_a_day_ends_on_that_day_in_every_territory():
    began_in_tahiti = 1_782_381_600_000  # 25 June 2026, 10:00 UTC
    assert day_everywhere(began_in_tahiti - 1) == dt.date(2026, 6, 24)
    for moment in (began_in_tahiti, began_in_tahiti + 30 * 60_000):
        told = {local_time.day_at(moment, local_time.zone_at(code)) for code in territories.NAMES}
        assert told == {day_everywhere(moment)} == {dt.date(2026, 6, 25)}
