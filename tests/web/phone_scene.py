"""Workshops as phones see them: a room in the middle of its work, drawn for somebody at a table."""

from copy import copy
from functools import cache

from atelier.doctrines.loading import load
from atelier.domain import commands as c
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.evolve import evolve, fold
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Phase, Role, Side, Trade
from atelier.live.regions import Region, stale
from atelier.web.render.templating import render
from atelier.web.render.view import Reader, View
from atelier.web.screens.phone import page as phone
from tests.support.setups import a_setup

HOST = Actor(Role.HOST, "host")
DESK = Actor(Role.FACILITATOR, "desk-key")
NADIA = Actor(Role.PARTICIPANT, "nadia-0000000000")
PAUL = Actor(Role.PARTICIPANT, "paul-00000000000")
ZOE = Actor(Role.PARTICIPANT, "zoe-000000000000")
"""Nadia (France services) and Paul (conseiller numérique, no first name) sit in group 1, Zoé in group 2."""

T0 = 1_782_381_600_000


class Scene:
    """A workshop that acts are done to; it remembers which regions the last act made stale."""

    def __init__(self) -> None:
        self.state = fold(())
        self.at = T0
        self.stale: frozenset[Region] = frozenset()
        self.acts = 0
        self.do(HOST, c.PrepareWorkshop(setup=a_setup(), key_id=DESK.id, key_hash="h"))
        self.do(Actor(Role.GUEST, NADIA.id), c.Join(trade=Trade.FRANCE_SERVICES, group=1, name="Nadia"))
        self.do(Actor(Role.GUEST, PAUL.id), c.Join(trade=Trade.CONSEILLER_NUMERIQUE, group=1))
        self.do(Actor(Role.GUEST, ZOE.id), c.Join(trade=Trade.CONSEILLER_NUMERIQUE, group=2, name="Zoé"))

    def do(self, by: Actor, command: c.Command, op: str = "") -> Workshop:
        """Carry out one act, two seconds after the last."""
        self.acts += 1
        self.at += 2_000
        act = Act(command=command, by=by, at=self.at, fresh_id=op or f"op-{self.acts:016}")
        events = decide(self.state, act)
        self.stale = stale(events)
        for event in events:
            self.state = evolve(self.state, Fact(event=event, by=by, at=self.at))
        return self.state

    @property
    def view(self) -> View:
        """What surfaces draw from."""
        return View(
            code="KTZ4MP",
            state=self.state,
            seq=self.acts,
            head="h",
            doctrine=load("articulation"),
            at=self.at,
            join_url="192.168.1.20:8000",
        )

    def page(self, by: Actor = NADIA, group: int = 1) -> str:
        """The whole page of somebody, as the route renders it."""
        reader = Reader(actor=by, group=group)
        drawn = phone.page(self.view, reader)
        clock = '{"status":"running","remaining":767000,"total":1200000}'
        role = "facilitator" if by.role is Role.FACILITATOR else "participant"
        body = {
            "code": "KTZ4MP",
            "audience": "phone",
            "group": group,
            "role": role,
            "seq": self.acts,
            "head": "h",
        }
        drawn["body"] = body | {"clock": clock, "connection": "joining"} | drawn["body"]
        drawn |= {"surface": "phone", "live": True, "view": self.view, "reader": reader, "code": "KTZ4MP"}
        return render("pages/phone.html", **drawn)


def busy() -> Scene:
    """The middle of « Articulations »: placed and unplaced lines, initiatives, hearts, a free line, a set-aside one."""
    return copy(_busy())  # states are never changed in place


@cache
def _busy() -> Scene:
    scene = Scene()
    scene.do(DESK, c.OpenPhase(phase=Phase.REMITS))
    scene.do(
        NADIA,
        c.AddMission(group=1, side=Side.BOTH, text="Orienter vers le bon interlocuteur"),
        "mission-nadia-0001",
    )
    scene.do(DESK, c.OpenPhase(phase=Phase.ARTICULATIONS))
    scene.do(DESK, c.StartClock(seconds=1200))
    scene.do(NADIA, c.PlaceAction(group=1, action="orienter", fs=100, cn=75))
    scene.do(PAUL, c.PlaceAction(group=1, action="diagnostiquer", fs=75, cn=55))
    scene.do(PAUL, c.SetActionAside(group=1, action="urgence"))
    scene.do(
        NADIA,
        c.PostInitiative(group=1, action="orienter", text="Même outil : la cartographie"),
        "initiative-nadia-000001",
    )
    scene.do(
        PAUL,
        c.PostInitiative(group=1, action="orienter", text="Un carnet de liaison"),
        "initiative-paul-0000001",
    )
    scene.do(NADIA, c.SupportInitiative(group=1, initiative="initiative-paul-0000001"))
    scene.do(PAUL, c.AddAction(group=1, label="Tenir une permanence à deux voix"))
    scene.do(
        NADIA,
        c.PostInitiative(group=1, action="former", text="Un texte qui sera masqué"),
        "initiative-nadia-hidden1",
    )
    scene.do(DESK, c.HideInitiative(group=1, initiative="initiative-nadia-hidden1"))
    scene.do(ZOE, c.PlaceAction(group=2, action="orienter", fs=50, cn=25))
    scene.do(
        ZOE,
        c.PostInitiative(group=2, action="orienter", text="Affiche des permanences"),
        "initiative-zoe-00000001",
    )
    return scene
