"""A journal: what it weighs, how fast it is replayed, and what a long day's costs at start and afterwards.

A journal of 500 facts and one of 50,000 are written by the rules of the house, then a real server is measured on each.
"""

import contextlib
import http
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.error
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from atelier.access.keys import secret_for
from atelier.config import secret_of
from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.refusals import Refused
from atelier.domain.values import Actor, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.runtime.concurrency import tune_gc
from atelier.service.workshop import OpenWorkshop
from bench.crowd import folder as place
from bench.machine import on_core, pin, unpin
from bench.prepared import KEY, begun, settle
from bench.results import Found
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

SHORT, LONG, REPLAYED, BATCH, ROUNDS, STARTS = 500, 50_000, 10_000, 500, 20, 3
GROUPS, PEOPLE = 3, 28
BARE = "start → first page"


def run(found: Found, quick: bool) -> None:
    """Weigh, replay, then compare a short journal with a long one."""
    _replayed(found, 2_000 if quick else REPLAYED)
    _long(found, 2_000 if quick else LONG)


def brief(found: Found) -> None:
    """The same."""
    run(found, quick=False)


def _long(found: Found, events: int) -> None:
    table = found.table(
        "A real server on a short journal and on a long one, ms",
        "",
        f"{SHORT:,} facts",
        f"{events:,} facts",
        "×",
    )
    with place() as folder:
        short = measured(folder / "short", SHORT)
        long = measured(folder / "long", events)
    for name, value in long.items():
        table.add(name, f"{short[name]:,.0f}", f"{value:,.0f}", f"{value / short[name]:.1f}")
    found.values["start"] = short["start → first page"] / 1000
    found.values["start without kept state"] = long[f"{BARE}, no kept state"] / 1000
    found.values["start of a restored copy"] = long[f"{BARE}, a copy just restored"] / 1000


def _replayed(found: Found, events: int) -> None:
    table = found.table("", "facts", "replayed in ms", "µs a fact", "bytes a fact on the disk")
    with place() as folder:
        code = write(folder / "sessions", events)
        file = folder / "sessions" / f"{code}.db"
        pin(1)
        tune_gc()  # as a server does
        replays = [_replay(folder / "sessions", code) for _ in range(5)]
        unpin()
        facts, size = replays[0][1], file.stat().st_size
    taken = [took for took, _ in replays]
    found.values |= {"replay": statistics.median(taken) * events / facts, "bytes": size / facts}
    middle = statistics.median(taken)
    table.add(f"{facts:,}", f"{middle:.0f}", f"{middle * 1000 / facts:.1f}", f"{size / facts:.0f}")


def _replay(sessions: Path, code: str) -> tuple[float, int]:
    """Return the milliseconds that it took, and how many facts there were."""
    began = time.perf_counter()
    room = OpenWorkshop.replayed(code, JournalFolder(sessions).open(code))
    took = ms(began)
    room.close()
    return took, room.committed.position.seq


def write(folder: Path, events: int) -> str:
    """Write a workshop of at least so many events into `folder`; return its code."""
    (code,), actions = begun(folder, 1)
    room = OpenWorkshop.replayed(code, JournalFolder(folder).open(code))
    commands, now, n = some_commands(actions), time.time_ns() // 1_000_000, 0
    while room.committed.position.seq < events:
        for by, command in (next(commands) for _ in range(BATCH)):
            n += 1
            with contextlib.suppress(Refused):
                room.propose(
                    Act(command=command, by=by, at=now + n * 300, fresh_id=f"bench-{n:08d}"), _nobody
                )
        settle(room)
    room.close()
    return code


def _nobody(_: OpenWorkshop) -> None:
    """No committer: `settle` writes what was proposed."""


def some_commands(actions: list[str]) -> Iterator[tuple[Actor, c.Command]]:
    """Yield what a room does: mostly bars that move, some texts, some hearts, now and then a word from the desk."""
    chance = random.Random(1)
    for n in range(PEOPLE):
        trade = Trade.FRANCE_SERVICES if n % 2 else Trade.CONSEILLER_NUMERIQUE
        yield (
            Actor(Role.GUEST, f"person-{n}"),
            c.Join(trade=trade, group=n % GROUPS + 1, name=f"Personne {n}"),
        )
    posted: list[tuple[int, str]] = []
    for n in range(PEOPLE + 1, 1_000_000_000):
        person, action = chance.randrange(PEOPLE), chance.choice(actions)
        by, group, kind = Actor(Role.PARTICIPANT, f"person-{person}"), person % GROUPS + 1, chance.random()
        if kind < 0.03:
            posted.append((group, f"bench-{n:08d}"))
            text = f"Idée {n} : se retrouver chaque mois pour parler des dossiers difficiles"
            yield by, c.PostInitiative(group=group, action=action, text=text)
        elif kind < 0.1 and posted:
            known = [one for of, one in posted if of == group] or [posted[0][1]]
            yield by, c.SupportInitiative(group=group, initiative=chance.choice(known))
        elif kind < 0.11:
            yield Actor(Role.FACILITATOR, KEY), c.Announce(text=f"Encore {n % 20} minutes")
        else:
            fs, cn = chance.randrange(21) * 5, chance.randrange(21) * 5
            yield by, c.PlaceAction(group=group, action=action, fs=fs, cn=cn)


def measured(folder: Path, events: int) -> dict[str, float]:
    """Return the milliseconds that each thing takes with a journal of so many events."""
    code = write(folder / "sessions", events)
    with on_core(0):
        server = RunningServer(folder).start()
        pin(1)
    try:
        phone, desk = Browser(server.base), Browser(server.base)
        phone.join(code, "fs", 1, "")
        secret = secret_for(secret_of(folder / "sessions"), code, KEY)
        follow(desk, f"/animer/{code}?cle={secret}")
        found = started(server, phone, code)
        found |= {f"{BARE}, no kept state": _first_page(server, phone, code, _forgotten)}
        found |= {f"{BARE}, a copy just restored": _first_page(server, phone, code, _restored)}
        return found | steady(phone, desk, code)
    finally:
        unpin()
        server.stop()


def started(server: RunningServer, phone: Browser, code: str) -> dict[str, float]:
    """Return the medians of several starts, each after a kill."""
    ready, first = [], []
    for _ in range(STARTS):
        server.kill()
        began = time.perf_counter()
        with on_core(0):
            server.start()
        ready.append(ms(began))
        phone.get(f"/a/{code}")
        first.append(ms(began))
    return {"start → answers": statistics.median(ready), "start → first page": statistics.median(first)}


def _first_page(
    server: RunningServer, phone: Browser, code: str, before: Callable[[Path, str], None]
) -> float:
    """Return the milliseconds from a start to a page, after `before` was done to the folder."""
    server.kill()
    before(server.folder, code)
    began = time.perf_counter()
    with on_core(0):
        server.start()
    phone.get(f"/a/{code}")
    return ms(began)


def _forgotten(folder: Path, code: str) -> None:
    JournalFolder(folder / "sessions").drop_snapshot(code)


def _restored(folder: Path, code: str) -> None:
    """Copy the workshop, and put the copy back in its place."""
    named = os.environ | {"ATELIER_SESSIONS": str(folder / "sessions")}
    copies = folder / "copies"
    _told(named, "backup", "--to", str(copies))
    _told(named, "restore", "--force", *map(str, copies.glob("*/*.db")))


def _told(named: Mapping[str, str], *asked: str) -> None:
    subprocess.run([sys.executable, "-m", "atelier", *asked], check=True, env=named, capture_output=True)


def steady(phone: Browser, desk: Browser, code: str) -> dict[str, float]:
    """Return medians once the server is warm."""
    told = json.loads(phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq=0&head="))
    head, seq = told["head"], told["to"]
    return {
        "phone's page": median(lambda n: phone.get(f"/a/{code}")),
        "desk's page": median(lambda n: desk.get(f"/animer/{code}")),
        "wall's page": median(lambda n: desk.get(f"/ecran/{code}")),
        "act": median(
            lambda n: phone.act(code, "place-action", group=1, action="orienter", fs=n % 21 * 5, cn=50)
        ),
        "catching up on 20 facts": median(
            lambda n: phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq={seq}&head={head}")
        ),
        "catching up on everything": median(
            lambda n: phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq=0&head=")
        ),
    }


def follow(browser: Browser, path: str) -> None:
    """Open a link that answers by leading elsewhere, for its cookie."""
    try:
        browser.get(path)
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.SEE_OTHER:
            raise


def median(what: Callable[[int], object]) -> float:
    """Return the median of the milliseconds that `what` takes."""
    taken = []
    for n in range(ROUNDS):
        began = time.perf_counter()
        what(n)
        taken.append(ms(began))
        time.sleep(0.15)  # a phone may write ten times a second
    return statistics.median(taken)


def ms(began: float) -> float:
    """Return the milliseconds since `began`."""
    return (time.perf_counter() - began) * 1000
