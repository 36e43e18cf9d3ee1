"""Who wrote loads their page anew: what it costs beside a newcomer's, with how many initiatives; then all at once.

Pages are asked for by each kind of reader in turn, so that other work on the machine weighs on both alike.
« after a change »: a card of the table is placed before each of them, as in a room at work.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.acts import TEXT
from bench.crowd import Crowd, crowd, paced
from bench.loop import Loop
from bench.machine import rss_kb
from bench.pens import Answer, Pen, asking
from bench.prepared import Person, Workshop, post_initiative, prepare, reopened, settle
from bench.results import Found, Table, p95
from bench.scenarios.storm import PATIENCE_S, PLACE, Newcomer, Place, Steps

GROUPS, PEOPLE, BATCH = 3, 60, 500
INITIATIVES, ONE_CARD, HELD = (0, 1_000, 4_000), 3_900, 12_000
HELD_BY = 4
"""Tables: none holds more than its limit."""
STORMS, PAGES, TURN = (300, 1_000), 120, 10
LIVE_PHONES, LIVE_RATE, LIVE_PAGES, LIVE_S = 100, 20.0, 15.0, 8.0
Ask = Callable[[str, Person], bytes]


def run(found: Found, quick: bool) -> None:
    """Measure pages, then everybody at once, then pages while a room is live, then what caches hold."""
    _pages(found, 40 if quick else PAGES, (0, 200) if quick else INITIATIVES, 100 if quick else ONE_CARD)
    _all_at_once(found, (20, 40) if quick else STORMS)
    _live(found, 2.0 if quick else LIVE_S)
    _caches(found, 500 if quick else HELD)


def brief(found: Found) -> None:
    """The same with fewer pages, and one storm."""
    _pages(found, PAGES // 3, (0, 1_000), ONE_CARD)
    _all_at_once(found, STORMS[1:])
    _live(found, LIVE_S * 2 / 3)
    _caches(found, HELD)


def _written(
    initiatives: int,
    one_card: bool,
    sessions: Path,
    rooms: int,
    people: int,
    groups: int,
    writers: int | None = None,
) -> list[Workshop]:
    """Prepare workshops in which the last `writers` wrote, or half of the people; the others did nothing yet."""
    workshops = prepare(sessions, rooms, people, groups)
    for each in workshops:
        authors = range(people - (people // 2 if writers is None else writers), len(each.people))
        with reopened(sessions, each.code) as room:
            for n in range(max(initiatives, len(authors))):
                action = each.actions[0 if one_card else n // len(authors) % len(each.actions)]
                author = authors[n % len(authors)]
                post_initiative(room, each, author, action, TEXT.format(n=n), f"bench-idea-{n:08d}")
                if n % BATCH == BATCH - 1:
                    settle(room)
    return workshops


def _pages(found: Found, pages: int, counts: tuple[int, ...], one_card: int) -> None:
    table = found.table(
        f"A page, one at a time, {PEOPLE} people at {GROUPS} tables",
        "initiatives", "reader", "CPU ms each", "× a newcomer’s", "× `GET /etat`", "kB",
        "lost / doubled / out of order",
    )  # fmt: skip
    for count in counts:
        _of_readers(found, table, f"{count:,}", partial(_written, count, False), pages, GROUPS)
    for kind in ("who wrote", "who wrote, after a change"):
        none, some = (found.values[f"{count:,} {kind}"] for count in counts[:2])
        found.values[f"{kind} flat ×"] = some / none
    _of_readers(found, table, f"{one_card:,} on one card", partial(_written, one_card, True), pages // 4, 1)


def _of_readers(
    found: Found, table: Table, name: str, seated: Callable[..., list[Workshop]], pages: int, groups: int
) -> None:
    with crowd(1, PEOPLE, groups=groups, connected=False, prepare=seated) as here:
        people = here.workshops[0].people
        half = len(people) // 2
        kinds = {"a newcomer": people[:half], "who wrote": people[half:]}
        etat = _etat(here, pages)
        costs = {kind: [0.0, 0.0, 0.0, 0.0] for kind in kinds}
        for _ in range(max(1, pages // TURN)):
            for kind, those in kinds.items():
                for at, changed in ((0, False), (2, True)):
                    spent, size = _asked(here, those[:TURN], changed)
                    costs[kind][at] += spent
                    costs[kind][at + 1] = size
        here.finish()
        checked = here.checked
    asked = max(1, pages // TURN) * TURN
    rows = [
        (f"{kind}{suffix}", costs[kind][at] / asked, costs[kind][at + 1])
        for at, suffix in ((0, ""), (2, ", after a change"))
        for kind in kinds
    ]
    for at, (kind, cost, weight) in enumerate(rows):
        beside = rows[at - at % 2][1]
        found.values[f"{name} {kind}"] = cost
        found.values[f"{name} {kind} ×"] = cost / beside
        told = found.checked(checked) if at == len(rows) - 1 else ""
        table.add(
            name,
            kind,
            f"{cost:.2f}",
            f"{cost / beside:.2f}",
            f"{cost / etat:.1f}",
            f"{weight / 1000:.0f}",
            told,
        )


def _asked(here: Crowd, readers: list[Person], changed: bool) -> tuple[float, int]:
    """Ask for the page of each; return the milliseconds of CPU that pages alone took, and the bytes of the last.

    Where nothing `changed`, what is kept of their tables is there: a page is kept the second time it is asked for.
    """
    spent, size = 0.0, 0
    pen = Pen(here.loop, here.server.port)
    for person in () if changed else (*readers, *readers):
        _one(here, pen, asking("GET", here.host, f"/a/{person.code}", person.cookie))
    for person in readers:
        if changed:
            here.authors.write()
            here.finish()
        took, answer = _one(here, pen, asking("GET", here.host, f"/a/{person.code}", person.cookie))
        spent, size = spent + took, len(answer.body)
    pen.hang_up()
    return spent, size


def _one(here: Crowd, pen: Pen, request: bytes) -> tuple[float, Answer]:
    answers: list[Answer] = []
    before = here.cpu_ms()
    pen.ask(request, answers.append)
    here.loop.run(PATIENCE_S, lambda: bool(answers))
    return here.cpu_ms() - before, answers[0]


def _etat(here: Crowd, times: int) -> float:
    """Return what the smallest answer costs, in milliseconds of CPU."""
    pen, request = Pen(here.loop, here.server.port), asking("GET", here.host, "/etat", "")
    spent = sum(_one(here, pen, request)[0] for _ in range(times))
    pen.hang_up()
    return spent / times


class Returning(Newcomer):
    """One phone of somebody who is seated: its page, its files, its socket."""

    def __init__(self, loop: Loop, port: int, person: Person, n: int) -> None:
        super().__init__(loop, port, person.code, n, polling=False)
        self._cookie, self.group = person.cookie, person.group

    def _way(self) -> Steps:
        answer = yield self._get(f"/a/{self.code}")
        place = PLACE.search(answer.text())
        self._place = Place(int(place[1]), place[2]) if place else self._place
        yield from self._files("sheet", answer)


def _all_at_once(found: Found, storms: tuple[int, ...]) -> None:
    table = found.table(
        "Who wrote comes back, all in the same instant, from the request to the last phone up to date",
        "phones", "who", "all in, s", "CPU ms each", "refused", "server CPU", "lost / doubled / out of order",
    )  # fmt: skip
    for number in storms:
        for who, writers, more in (("newcomers", PEOPLE, PEOPLE), ("who wrote", number, 0)):
            seated = partial(_written, number, False, writers=writers)
            with crowd(1, number + more, groups=GROUPS, connected=False, prepare=seated) as here:
                people = here.workshops[0].people[:number]
                phones = [Returning(here.loop, here.server.port, each, n) for n, each in enumerate(people)]
                meter, start = here.meter(), time.perf_counter()
                for phone in phones:
                    phone.begin()
                here.loop.run(PATIENCE_S, lambda those=phones: all(each.over() for each in those))  # type: ignore[misc]
                took, busy, _ = meter.read()
                last = max((each.here_at or float("inf")) for each in phones) - start
                refused = sum(bool(each.refused or not each.here_at) for each in phones)
                for phone in phones:
                    phone.leave()
            found.values[f"{who} {number}"] = busy * 1000 / number
            table.add(
                f"{number:,}", who, f"{last:.2f}", f"{busy * 1000 / number:.2f}", refused, f"{busy / took:.0%}",
                found.checked(here.checked),
            )  # fmt: skip
        ratio = found.values[f"who wrote {number}"] / found.values[f"newcomers {number}"]
        found.values[f"who wrote {number} ×"] = ratio


def _live(found: Found, seconds: float) -> None:
    table = found.table(
        f"{LIVE_PHONES} phones at {GROUPS} tables, {LIVE_RATE:.0f} changes/s",
        "pages of who wrote, a second", "update p95 ms", "×", "server CPU", "lost / doubled / out of order",
    )  # fmt: skip
    quiet = 0.0
    for pages in (0.0, LIVE_PAGES):
        with crowd(1, LIVE_PHONES, groups=GROUPS, prepare=partial(_written, LIVE_PHONES, False)) as here:
            meter = here.meter()
            pens = _paging(here, pages, seconds)
            paced(here, LIVE_RATE, seconds)
            here.finish()
            slow, share = p95(here.updates_ms()), meter.shares()[0]
            for pen in pens:
                pen.hang_up()
        quiet = quiet or slow
        found.values["live ×"] = slow / quiet
        table.add(f"{pages:.0f}", f"{slow:.1f}", f"{slow / quiet:.1f}", share, found.checked(here.checked))


def _paging(here: Crowd, rate: float, seconds: float) -> list[Pen]:
    """Have so many pages a second asked for, each over a connection of its own."""
    start, people = time.perf_counter(), here.workshops[0].people[LIVE_PHONES // 2 :]
    pens = [Pen(here.loop, here.server.port) for _ in range(round(rate * seconds))]
    for n, pen in enumerate(pens):
        person = people[n % len(people)]
        request = asking("GET", here.host, f"/a/{person.code}", person.cookie)
        here.loop.at(start + n / rate, partial(pen.ask, request, lambda _: None))
    return pens


def _caches(found: Found, initiatives: int) -> None:
    table = found.table(
        f"{initiatives:,} initiatives, ten readers who ask for everything, each after a change",
        "server MB before", "after", "more", "lost / doubled / out of order",
    )  # fmt: skip
    with crowd(
        1, 4 * PEOPLE, groups=HELD_BY, connected=False, prepare=partial(_written, initiatives, False)
    ) as here:
        pen, people = Pen(here.loop, here.server.port), here.workshops[0].people[::HELD_BY]
        ask = f"/a/{people[0].code}/depuis?audience=phone&group=1&seq=0&head="
        _one(here, pen, asking("GET", here.host, ask, people[0].cookie))
        before = rss_kb(here.server.pid) / 1000
        for person in people[:10]:
            here.authors.write()
            here.finish()
            _one(here, pen, asking("GET", here.host, ask, person.cookie))
        after = rss_kb(here.server.pid) / 1000
        pen.hang_up()
    found.values["caches MB"] = after - before
    table.add(f"{before:.0f}", f"{after:.0f}", f"{after - before:+.0f}", found.checked(here.checked))
