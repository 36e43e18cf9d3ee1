"""What a server says of one moment, whatever its own time zone: run with TZ set; prints JSON for test_local_time.py."""

import json
import sys
import time
from pathlib import Path

AT = 1_782_426_600_000
"""25 June 2026, 22:30 UTC: the 26th already in Paris, the 25th still in Guadeloupe."""


class Standing:
    """A clock that stands still."""

    def now_ms(self):
        return AT

    def elapsed_s(self):
        return 0.0


def told(program, territory):
    """Prepare a workshop in that territory, let somebody write, and return every hour that is shown."""
    from atelier import story
    from atelier.doctrines.loading import load
    from atelier.export.report import build
    from tests.support.visitors import Browser

    desk, phone = Browser(program.app), Browser(program.app)
    code = desk.prepare(territory_code=territory, date="", purge_on="")
    phone.join(code, name="Alice")
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "post-initiative", group=1, action="orienter", text="Une permanence")
    page = desk.page(f"/animer/{code}")
    snapshot = program.service.read(code)
    setup = snapshot.state.prepared
    arrival = page.find(id="desk-arrivals").find(class_="member__trade")
    return {
        "feed": page.find(id="desk-feed")
        .find(class_="initiative__where")
        .get_text(" ", strip=True)
        .rpartition(" · ")[2],
        "arrival": arrival.get_text(strip=True).partition(", ")[2],
        "document": build(code, snapshot.state, load(setup.doctrine), AT, "ensemble", "a3").frame.made,
        "journal": {story.line(snapshot, each)[7:15] for each in program.service.history(code)}.pop(),
        "date": setup.date,
        "purge_on": setup.purge_on,
        "copied": desk.page(f"/preparer?modele={code}").find(id="date")["value"],
        "blank": desk.page("/preparer").find(id="date")["value"],
    }


def main() -> None:
    """Print what is told in each territory of the arguments; the first one is the folder to work in."""
    folder, territories = Path(sys.argv[1]), sys.argv[2:]
    time.time_ns = lambda: AT * 1_000_000  # the clock of the server's machine
    from atelier.app import create_program
    from atelier.config import Config

    program = create_program(Config(sessions=folder / "s", exports=folder / "e"), calendar=Standing())
    print(json.dumps({each: told(program, each) for each in territories}))
    program.close()


if __name__ == "__main__":
    main()
