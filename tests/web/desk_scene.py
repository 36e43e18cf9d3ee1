"""A room as the desk sees it: groups at work, people by trade, initiatives, at any phase of the agenda."""

import datetime as dt
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.evolve import evolve
from atelier.domain.state import Workshop, initial_state
from atelier.domain.values import Actor, Phase, Role, Trade
from atelier.web.render.view import View

DOCTRINE = load("articulation")
AT = 1_782_381_600_000
CODE = "KTZ4MP"
HOST = Actor(Role.HOST, "host")
DESK = Actor(Role.FACILITATOR, "clef-1")
TRADES = (Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE, Trade.CONSEILLER_NUMERIQUE, Trade.COORDINATION)
NAMES = ("Amina", "Bruno", "Chloé", "", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès")
TEXTS = (
    "Un carnet de liaison commun FS–Conum laissé à l’accueil",
    "Grille de diagnostic commune, une page, à l’accueil",
    "Permanence partagée dans la salle des fêtes une fois par mois",
    "Afficher les prochaines permanences dans le bureau France services",
)


class Room:
    """A workshop that grows by commands, as the desk and the phones send them."""

    def __init__(self, groups: int = 3) -> None:
        self.state: Workshop = initial_state()
        self.at, self._count = AT, 0
        setup = default_setup(DOCTRINE, dt.date(2026, 6, 25))
        names = tuple(f"Groupe {n}" for n in range(1, groups + 1))
        setup = replace(
            setup, groups=names, place="Épinal", title="Articuler France services et Conseiller numérique"
        )
        self.do(c.PrepareWorkshop(setup=setup, key_id=DESK.id, key_hash="h1"), by=HOST)

    def copy(self) -> "Room":
        """Return a room that goes on from here by itself (states are never changed in place)."""
        return copy(self)

    def do(self, *commands: c.Command, by: Actor = DESK) -> "Room":
        """Take these commands one after the other."""
        for command in commands:
            self._count += 1
            act = Act(command=command, by=by, at=self.at, fresh_id=f"id-{self._count:04}")
            for event in decide(self.state, act):
                self.state = evolve(self.state, Fact(event=event, by=by, at=self.at))
            self.at += 1_000
        return self

    def people(self, per_group: int = 6) -> "Room":
        """Seat people of all trades."""
        for group in self.state.groups:
            for n in range(per_group + (group.number == 1)):
                name, trade = NAMES[n % len(NAMES)], TRADES[n % len(TRADES)]
                guest = Actor(Role.GUEST, f"personne-{group.number}-{n}")
                self.do(c.Join(trade=trade, group=group.number, name=name), by=guest)
        return self

    def sheets(self, initiatives: int = 3, late: Iterable[int] = ()) -> "Room":
        """Place actions and post initiatives; groups in `late` have hardly begun."""
        for group in self.state.groups:
            actions = list(group.lines)[: 3 if group.number in late else 9]
            for n, action in enumerate(actions):
                reach = {"fs": (n * 35 + group.number * 20) % 105, "cn": (100 - n * 15) % 105}
                self.do(c.PlaceAction(group=group.number, action=action, **reach))
                for m in range(0 if group.number in late else (n * 7 + group.number) % (initiatives + 1)):
                    text = TEXTS[(n + m + group.number) % len(TEXTS)]
                    self.do(c.PostInitiative(group=group.number, action=action, text=text))
        return self

    def open(self, phase: Phase) -> "Room":
        """Open a phase."""
        return self.do(c.OpenPhase(phase=phase))

    def initiative(self, number: int = 1) -> str:
        """Return the identifier of the first initiative of a group."""
        return next(i for line in self.state.group(number).lines.values() for i in line.initiatives)

    def view(self, after_ms: int = 0, **more: Any) -> View:
        """Return the room as surfaces draw it."""
        values: dict[str, Any] = {
            "connected": {group.number: 5 for group in self.state.groups},
            "join_url": f"http://192.168.1.20:8000/r/{CODE}",
        }
        return View(
            code=CODE,
            state=self.state,
            seq=10,
            head="h",
            doctrine=DOCTRINE,
            at=self.at + after_ms,
            **(values | more),
        )
