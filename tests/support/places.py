"""A clock that tests set, and workshops on real files that end by it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from atelier.access.operation_ids import new_op
from atelier.domain import commands as c
from atelier.domain.values import Actor, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.retention.due_worker import ends
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.retention.quarantine import Quarantine
from atelier.retention.records import FolderRecords
from atelier.service.service import HOST, Service
from tests.support.setups import a_setup

DAY_S = 24 * 3600
START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
WORDS = "Un accueil commun le lundi"


class FakeClock:
    """The date and the real time, moved apart as tests like."""

    def __init__(self) -> None:
        self.date_s, self.real_s = START.timestamp(), 1_000.0

    def now_ms(self) -> int:
        return int(self.date_s * 1000)

    def elapsed_s(self) -> float:
        return self.real_s

    def pass_by(self, days: float = 0, hours: float = 0) -> None:
        """Time passes, and the date shows it."""
        self.date_s += days * DAY_S + hours * 3600
        self.real_s += days * DAY_S + hours * 3600

    def set_date(self, days: float) -> None:
        """The date is set wrong, or right again; no time passes."""
        self.date_s += days * DAY_S

    def today(self) -> dt.date:
        return dt.datetime.fromtimestamp(self.date_s, dt.UTC).date()


class Place:
    """A folder of workshops. `start` is a start of the program: what it had in memory is gone."""

    def __init__(self, folder: Path) -> None:
        self.sessions, self.exports = folder / "sessions", folder / "exports"
        self.exports.mkdir(parents=True, exist_ok=True)
        self.records = FolderRecords(self.sessions, self.exports)
        self.clock = FakeClock()
        self.gone: list[str] = []
        self.service: Service
        self.start()

    def start(self) -> None:
        if hasattr(self, "service"):
            self.service.close()
        self.service = Service(JournalFolder(self.sessions), clock=self.clock.now_ms)
        self.eraser = Eraser(self.service, self.records)
        self.service.erasing_by(self.eraser)
        self.purge = Purge(self.eraser, self.clock, self.gone.append, ends)
        self.quarantine = Quarantine(self.sessions, self.exports)

    def workshop(self, kept_days: int = 90) -> str:
        """Prepare a workshop that is held today and erased after so many days, with a text and a document."""
        today = self.clock.today()
        last = (today + dt.timedelta(days=kept_days)).isoformat()
        chosen = replace(a_setup(), date=today.isoformat(), purge_on=last)
        code = self.service.create(chosen, "key", lambda _: "hash")
        self.say(code, WORDS)
        (self.exports / f"atelier-{code}-ensemble-a3.pdf").write_bytes(WORDS.encode())
        return code

    def say(self, code: str, text: str) -> None:
        self.service.handle(code, c.Announce(text=text), HOST, new_op())

    def join(self, code: str, participant: str, name: str) -> None:
        command = c.Join(group=1, trade=Trade.FRANCE_SERVICES, name=name)
        self.service.handle(code, command, Actor(Role.GUEST, participant), new_op())

    def holding(self, words: str = WORDS) -> list[str]:
        """Return the files, of all that is there, in which `words` stand."""
        found = [*self.sessions.rglob("*"), *self.exports.rglob("*")]
        return sorted(path.name for path in found if path.is_file() and words.encode() in path.read_bytes())
