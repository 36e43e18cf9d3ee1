"""A long day's journal: how much longer start, pages and catching up take than with a short one.

`python -m bench.long_journal [EVENTS]` writes a journal of 500 events and one of EVENTS (50,000 when left out) by the
rules of the house, then measures a real server on each: from its start to the first page, pages, catching up, an act.
"""

import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path

from atelier.config import secret_of
from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.refusals import Refused
from atelier.domain.values import Actor, Phase, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.rehearsal.browser import Browser
from atelier.room import Room
from atelier.service import Service
from atelier.web.keys import hash_of, secret_for
from tests.running import RunningServer

SHORT, LONG, BATCH, ROUNDS = 500, 50_000, 500, 20
GROUPS, PEOPLE = 3, 28
KEY = "bench"


def write(folder: Path, events: int) -> str:
    """Write a workshop of at least so many events into `folder`; return its code."""
    folder.mkdir(parents=True)
    secret = secret_of(folder)
    service = Service(JournalFolder(folder))
    setup = default_setup(load("articulation"), dt.datetime.now(dt.UTC).date())
    code = service.create(setup, KEY, lambda code: hash_of(secret_for(secret, code, KEY)))
    service.handle(code, c.OpenPhase(phase=Phase.ARTICULATIONS), Actor(Role.FACILITATOR, KEY), "bench-open")
    service.close()
    room = Room.replayed(code, JournalFolder(folder).open(code))
    commands = some_commands([action.id for action in setup.actions])
    now, n = service.now(), 0
    while room.committed.position.seq < events:
        for by, command in (next(commands) for _ in range(BATCH)):
            n += 1
            try:
                room.propose(
                    Act(command=command, by=by, at=now + n * 300, fresh_id=f"bench-{n:08d}"), lambda _: None
                )
            except Refused:
                continue
        batch = room.take()
        recorded = [each for pending in batch for each in pending.decided.recorded]
        room.journal.append(recorded, [pending.operation for pending in batch], room.committed.position.seq)
        room.succeeded(batch)
    room.close()
    return code


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
    started = time.perf_counter()
    code = write(folder / "sessions", events)
    print(f"{events} évènements écrits en {time.perf_counter() - started:.1f} s", file=sys.stderr)
    server = RunningServer(folder).start()
    try:
        phone, desk = Browser(server.base), Browser(server.base)
        phone.join(code, "fs", 1, "")
        secret = secret_for(secret_of(folder / "sessions"), code, KEY)
        follow(desk, f"/animer/{code}?cle={secret}")
        server.kill()
        began = time.perf_counter()
        server.start()
        found = {"serveur prêt": ms(began)}
        phone.get(f"/a/{code}")
        found["départ → première page"] = ms(began)
        return found | steady(phone, desk, code)
    finally:
        server.stop()


def steady(phone: Browser, desk: Browser, code: str) -> dict[str, float]:
    """Return medians once the server is warm."""
    told = json.loads(phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq=0&head="))
    head, seq = told["head"], told["to"]
    return {
        "page du téléphone": median(lambda n: phone.get(f"/a/{code}")),
        "poste d'animation": median(lambda n: desk.get(f"/animer/{code}")),
        "écran": median(lambda n: desk.get(f"/ecran/{code}")),
        "acte": median(
            lambda n: phone.act(code, "place-action", group=1, action="orienter", fs=n % 21 * 5, cn=50)
        ),
        "rattrapage de 20 faits": median(
            lambda n: phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq={seq}&head={head}")
        ),
        "rattrapage complet": median(
            lambda n: phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq=0&head=")
        ),
    }


def follow(browser: Browser, path: str) -> None:
    """Open a link that answers by leading elsewhere, for its cookie."""
    try:
        browser.get(path)
    except urllib.error.HTTPError as error:
        if error.code != 303:
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


def main(arguments: list[str]) -> None:
    """Measure both, print the table."""
    events = int(arguments[0]) if arguments else LONG
    with tempfile.TemporaryDirectory() as folder:
        short = measured(Path(folder) / "short", SHORT)
        long = measured(Path(folder) / "long", events)
    print(f"{'':28} {SHORT:>10} {events:>10}  rapport")
    for name, value in long.items():
        print(f"{name:28} {short[name]:>7.0f} ms {value:>7.0f} ms  × {value / short[name]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
