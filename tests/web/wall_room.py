"""Workshops as the wall sees them: rooms of any size in any state, made by commands only."""

from copy import copy
from dataclasses import replace

from atelier.doctrines.loading import load
from atelier.domain import commands as c
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.doctrine import SheetAction
from atelier.domain.evolve import evolve, fold
from atelier.domain.setup import Setup
from atelier.domain.values import Actor, Phase, Role, Scene, Side, Trade
from atelier.live.regions import Region, stale
from atelier.web.render.templating import render
from atelier.web.render.view import Reader, View
from atelier.web.screens.wall import page as wall
from tests.support.sequels import PREVIOUS
from tests.support.setups import a_setup

HOST = Actor(Role.HOST, "host")
DESK = Actor(Role.FACILITATOR, "desk-key")
T0 = 1_782_381_600_000
TITLE = (
    "Quelle doctrine pour l’articulation entre France services et les conseillers numériques "
    "des Vosges, jour deux ?"
)
NAMES = ("Les passeuses et passeurs du numérique de la Déodatie et alentours", "Groupe 2")
TEXTS = (
    "Permanence commune au marché",
    "Un carnet de liaison commun, à l’accueil, que chaque conseiller remplit après l’orientation d’un usager",
    "Réflexe de redirection vers le Conum quand l’usager peut devenir autonome",
    "Même outil : la cartographie des lieux de l’inclusion numérique",
    (
        "Nous proposons que chaque maison France services reçoive une demi-journée par semaine un conseiller "
        "numérique, avec un agenda partagé, une affiche dans le bureau et un point de dix minutes entre les deux "
        "équipes à la fin de chaque demi-journée pour se dire ce qui a marché."
    ),
)
FREE = (
    (
        "Tenir ensemble un stand aux forums des associations et des seniors du département, deux fois par an, "
        "avec le même dépliant pour tous"
    ),
    "Former les secrétaires de mairie",
    "Prêter du matériel",
    "Accompagner les familles au collège",
)


def big_setup(groups: int = 3, actions: int = 10, free_lines: int = 4, title: str = "") -> Setup:
    """A setup with that many groups and actions."""
    setup = a_setup()
    added = tuple(
        SheetAction(id=f"plus-{n}", short=f"Autre tâche commune no {n}", label=f"Autre tâche commune no {n}")
        for n in range(1, actions - len(setup.actions) + 1)
    )
    return replace(
        setup,
        title=title or setup.title,
        place="Saint-Dié-des-Vosges",
        groups=tuple(f"Groupe {n}" for n in range(1, groups + 1)),
        actions=(*setup.actions, *added)[:actions],
        free_lines=free_lines,
        previous=PREVIOUS,
    )


class Room:
    """A workshop that acts are done to; it remembers which regions the last act made stale."""

    def __init__(self, setup: Setup | None = None) -> None:
        self.state = fold(())
        self.at = T0
        self.acts = 0
        self.stale: frozenset[Region] = frozenset()
        self.wifi: tuple[str, str] | None = None
        self.do(c.PrepareWorkshop(setup=setup or big_setup(), key_id=DESK.id, key_hash="h"), HOST)

    def do(self, command: c.Command, by: Actor = DESK) -> str:
        """Carry out one act a second after the last; return the id of what it made."""
        self.acts += 1
        self.at += 1_000
        op = f"op-{self.acts:016}"
        events = decide(self.state, Act(command=command, by=by, at=self.at, fresh_id=op))
        self.stale = stale(events)
        for event in events:
            self.state = evolve(self.state, Fact(event=event, by=by, at=self.at))
        return op

    def join(self, group: int, trade: Trade = Trade.FRANCE_SERVICES, name: str = "") -> Actor:
        """Somebody arrives."""
        actor = Actor(Role.PARTICIPANT, f"person-{self.acts:08}")
        self.do(c.Join(trade=trade, group=group, name=name), Actor(Role.GUEST, actor.id))
        return actor

    @property
    def view(self) -> View:
        """What the wall draws from."""
        return View(
            code="KTZ4MP",
            state=self.state,
            seq=self.acts,
            head="h",
            doctrine=load("articulation"),
            at=self.at,
            join_url="http://192.168.143.120:8000/r/KTZ4MP",
            wifi=self.wifi,
        )

    def page(self) -> str:
        """The whole page, as the route renders it."""
        reader = Reader(actor=DESK)
        drawn = wall.page(self.view, reader)
        clock = self.state.clock
        told = (
            f'{{"status":"{clock.status}","remaining":{clock.remaining(self.at)},"total":{clock.total_ms}}}'
        )
        body = {"code": "KTZ4MP", "audience": "wall", "group": 0, "seq": self.acts, "head": "h"}
        body |= {"clock": told, "clock-status": clock.status.value, "connection": "live"}
        drawn["body"] = body | drawn["body"]
        drawn |= {"surface": "wall", "live": True, "view": self.view, "reader": reader, "code": "KTZ4MP"}
        return render("pages/wall.html", **drawn)

    def show(self, scene: Scene, group: int = 0, action: str = "", page: int = 0) -> None:
        """Choose the scene, unless it is shown already."""
        self.do(c.ShowOnWall(scene=scene, group=group, action=action, page=page))


def busy(setup: Setup | None = None, *, long_names: bool = False) -> Room:
    """The middle of « Articulations » in a full room."""
    key = repr((setup, long_names))
    if key not in _busy_rooms:
        _busy_rooms[key] = _filled(setup, long_names)
    return copy(_busy_rooms[key])  # states are never changed in place


_busy_rooms: dict[str, Room] = {}


def _filled(setup: Setup | None, long_names: bool) -> Room:
    room = Room(setup)
    groups, actions = len(room.state.groups), [action.id for action in room.state.prepared.actions]
    trades = list(Trade)
    people = [room.join(n % groups + 1, trades[n % 5 % 4], f"Prénom{n}") for n in range(groups * 7)]
    if long_names:
        for number, name in enumerate(NAMES, start=1):
            if number <= groups and name != room.state.group(number).name:
                room.do(c.RenameGroup(group=number, name=name[:60]))
    room.do(c.OpenPhase(phase=Phase.REMITS))
    for number in range(1, groups + 1):
        for n in range(2):
            text = f"Orienter les usagers vers la bonne porte, mission {n}"
            room.do(c.AddMission(group=number, side=list(Side)[(number + n) % 3], text=text))
        if number % 2:
            text = f"Ce que le groupe {number} fait sur son territoire"
            room.do(c.AddMission(group=number, side=Side.BOTH, text=text))
    room.do(c.OpenPhase(phase=Phase.ARTICULATIONS))
    room.do(c.StartClock())
    for number in range(1, groups + 1):
        _fill(room, number, actions, people)
    room.do(c.SayReady(group=1, on=True))
    return room


def _fill(room: Room, number: int, actions: list[str], people: list[Actor]) -> None:
    for n, action in enumerate(actions):
        if (n + number) % 7 == 6:
            continue
        if (n + number) % 11 == 9:
            room.do(c.SetActionAside(group=number, action=action))
            continue
        fs, cn = (n * 35 + number * 20) % 105, (n * 55 + number * 45 + 30) % 105
        room.do(c.PlaceAction(group=number, action=action, fs=fs - fs % 5, cn=cn - cn % 5))
        for k in range((n * number) % 4):
            initiative = room.do(
                c.PostInitiative(group=number, action=action, text=TEXTS[(n + k) % len(TEXTS)])
            )
            if k == 1:
                room.do(c.HighlightInitiative(group=number, initiative=initiative, on=True))
            supporter = next(p for p in people if room.state.people[p.id].group == number)
            room.do(c.SupportInitiative(group=number, initiative=initiative), supporter)
    for k in range(min(room.state.prepared.free_lines, number % 5)):
        action = room.do(c.AddAction(group=number, label=FREE[k % len(FREE)]))
        room.do(c.PlaceAction(group=number, action=list(room.state.group(number).lines)[-1], fs=60, cn=85))
        assert action
