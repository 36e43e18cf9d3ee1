"""A plenary that votes: a thousand phones place three dots each within a minute, over a thousand initiatives.

Meanwhile sixty more phones do what a table does, and a wall and a desk follow; the same acts alone are the idle figure.
Then the page that suggests what to bring together is opened, among the same acts.
"""

import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.acts import Fields, Writing
from bench.crowd import LATE_S, Crowd, crowd, paced
from bench.pens import Answer, Authors, Pen, Written, asking
from bench.prepared import Person, Workshop, post_initiative, prepare, reopened
from bench.results import Found, p50, p95, spread

VOTERS, OTHERS, TABLES, INITIATIVES, DOTS, SECONDS = 1_000, 60, 12, 1_000, 3, 60.0
RATE = 10.0
"""Ordinary acts a second."""
LISTS_S = 4.0
"""The time over which phones spread their asking for the list (`static/js/phone/vote-strip.js`)."""
PAGES, SUGGESTING_S, PATIENCE_S = 5, 2.0, 60.0
WORDS = (  # noqa: SIM905 - forty short words
    "permanence commune mairie carnet liaison accueil agenda partagé outil cartographie affiche bureau usagers atelier "
    "réunion navette stand forum marché matériel tablette guichet médiathèque rendez-vous orientation mandat formation "
    "collège association bus numérique calendrier référent contact annuaire fiche dossier suivi relais quartier"
).split()


def run(found: Found, quick: bool) -> None:
    """Measure idle, vote and suggestions on one server."""
    voters, initiatives, seconds = (60, 60, 3.0) if quick else (VOTERS, INITIATIVES, SECONDS)
    table = found.table(
        f"{voters:,} phones vote over {initiatives:,} initiatives, {OTHERS} work on, wall and desk follow",
        "meanwhile", "acts", "dots: acknowledgement p50 / p95 ms", "other acts: acknowledgement p50 / p95 ms",
        "wall and desk told p50 / p95 ms", "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip

    def written(sessions: Path, rooms: int, people: int, groups: int) -> list[Workshop]:
        made = prepare(sessions, rooms, people, groups)
        _write_initiatives(sessions, made[0], initiatives)
        return made

    took: list[float] = []
    with crowd(1, voters + OTHERS, groups=TABLES, pens=32, screens=True, prepare=written) as here:
        votes = _voters(here, voters)
        rows = [_row(here, votes, "nothing else", lambda: paced(here, RATE, seconds / 3))]
        before = p95(here.acknowledged_ms())
        rows.append(
            _row(
                here,
                votes,
                f"the vote, {seconds:.0f} s",
                lambda: _vote(here, votes, voters, initiatives, seconds),
            )
        )
        found.values |= {
            "vote p95": p95([each.acknowledged_ms for each in votes.written]),
            "vote ratio": p95(here.acknowledged_ms()) / before,
        }
        rows.append(_row(here, votes, f"{PAGES} pages of suggestions", lambda: _suggestions(here, took)))
        found.values |= {"suggestions": max(took), "suggestions ratio": p95(here.acknowledged_ms()) / before}
    ledger = found.checked(here.checked)
    for row in rows:
        table.add(*row, ledger)
    found.note(f"A page of suggestions: the first {took[0]:.2f} s, the others {p50(took[1:]):.2f} s.")


def _write_initiatives(sessions: Path, workshop: Workshop, number: int) -> None:
    """Write so many initiatives over all tables and actions, each text once, some nearly the same."""
    chance = random.Random(13)
    with reopened(sessions, workshop.code) as room:
        for n in range(number):
            action = workshop.actions[n // TABLES % len(workshop.actions)]
            text = f"{' '.join(chance.sample(WORDS, 7))} n° {n}"
            post_initiative(room, workshop, n % len(workshop.people), action, text, _initiative(n))


def _initiative(n: int) -> str:
    return f"bench-initiative-{n}"


def _voters(here: Crowd, number: int) -> Authors:
    """Part the room: the first `number` people vote, `here.authors` are the others."""
    workshop = here.workshops[0]

    def authors(people: list[Person]) -> Authors:
        made = Authors(here.loop, here.server.port, here.host, [replace(workshop, people=people)], 32)
        made.ears = here.authors.ears
        return made

    votes = authors(workshop.people[:number])
    here.authors = authors(workshop.people[number:])
    return votes


def _row(here: Crowd, votes: Authors, what: str, happens: Callable[[], None]) -> list[str]:
    """Return the cells of what is measured while `happens`."""
    here.forget()
    votes.written.clear()
    for ear in here.others:
        ear.forget()
    meter = here.meter()
    happens()
    shares = meter.shares()
    if not here.loop.run(LATE_S, votes.idle) or votes.refused:
        raise RuntimeError(f"{votes.under_way} dots never acknowledged, refused: {votes.refused[:3]}")
    here.finish()
    acts, voted = [*here.authors.written, *votes.written], [each.acknowledged_ms for each in votes.written]
    return [what, f"{len(acts):,}", _both(voted), _both(here.acknowledged_ms()),
            _both(_told(here, acts)), *shares]  # fmt: skip


def _told(here: Crowd, acts: Sequence[Written]) -> list[float]:
    """Return milliseconds from when an act was due to when the wall, and the desk, heard of it."""
    heard = ((ear.heard_at(each.seq), each.due) for each in acts for ear in here.others)
    return [(when - due) * 1000 for when, due in heard if when is not None]


def _both(values: Sequence[float]) -> str:
    return spread(values) if values else "–"


def _vote(here: Crowd, votes: Authors, voters: int, initiatives: int, seconds: float) -> None:
    """Open the vote; every phone asks for what is voted for, and each voter places its dots within the time."""
    vote, missing = secrets.token_urlsafe(16), len(here.workshops[0].people)
    lists: list[int] = []
    _desk(here, "open-vote", vote, each=DOTS)
    start = time.perf_counter()
    votes.writing = _dots(vote, initiatives)
    for n, person in enumerate(here.workshops[0].people):
        asks = partial(_list, here, person, lists)
        here.loop.at(start + n / missing * min(LISTS_S, seconds), asks)
    number = voters * DOTS
    for n in range(number):
        due = start + n / number * seconds
        here.loop.at(due, partial(votes.write, due))
    paced(here, RATE, seconds)
    here.loop.run(PATIENCE_S, lambda: len(lists) == missing)
    if lists != [200] * missing:
        raise RuntimeError(f"lists of what is voted for: {len(lists)} of {missing}, {set(lists)}")


def _desk(here: Crowd, command: str, op: str, **fields: object) -> None:
    """Have the desk do something, and wait for the answer."""
    workshop = here.workshops[0]
    body = urlencode({"command": command, "op": op, **fields}).encode()
    path = f"/animer/{workshop.code}/actes"
    _asked(here, asking("POST", here.host, path, workshop.desk, body, workshop.code))


def _asked(here: Crowd, request: bytes, meanwhile: Callable[[], None] = lambda: None) -> float:
    """Return the seconds until an answer came. Raises RuntimeError unless it is one."""
    start, came, pen = time.perf_counter(), list[tuple[int, float]](), Pen(here.loop, here.server.port)
    pen.ask(request, lambda answer: came.append((answer.status, time.perf_counter())))
    meanwhile()
    here.loop.run(PATIENCE_S, lambda: bool(came))
    pen.hang_up()
    if [status for status, _ in came] != [200]:
        raise RuntimeError(f"{request.split(b' HTTP')[0]!r}: {came}")
    return came[0][1] - start


def _list(here: Crowd, person: Person, lists: list[int]) -> None:
    request = asking(
        "GET", here.host, f"/a/{person.code}/gommettes?liste=now", person.cookie, code=person.code
    )
    pen = Pen(here.loop, here.server.port)

    def answered(answer: Answer) -> None:
        lists.append(answer.status)
        pen.hang_up()

    pen.ask(request, answered)


def _dots(vote: str, initiatives: int) -> Writing:
    """Return what has each person place a dot on one initiative after the other; who has none left takes one back."""
    chance, chosen, count = random.Random(7), dict[str, list[int]](), Counter[str]()

    def placed(n: int, person: Person, actions: list[str], op: str) -> Fields:
        own = chosen.setdefault(person.cookie, chance.sample(range(initiatives), DOTS))
        turn, which = divmod(count[person.cookie], DOTS)
        count[person.cookie] += 1
        return {
            "command": "place-dots", "vote": vote, "initiative": _initiative(own[which]), "dots": 1 - turn % 2,
        }  # fmt: skip

    return placed


def _suggestions(here: Crowd, took: list[float]) -> None:
    """Open the page that suggests, again and again, while the room works."""
    workshop = here.workshops[0]
    path = f"/animer/{workshop.code}/regrouper"
    request = asking("GET", here.host, path, workshop.desk, code=workshop.code)
    took += [_asked(here, request, lambda: paced(here, RATE, SUGGESTING_S)) for _ in range(PAGES)]
