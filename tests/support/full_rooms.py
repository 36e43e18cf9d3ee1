"""Workshops whose every text is as long as it may be, written into a folder before a server starts on it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from atelier.access.keys import hash_of, secret_for
from atelier.config import secret_of
from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain import limits
from atelier.domain.setup import Setup
from atelier.domain.values import Actor, Phase, Role, Scene, Side, Trade
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service

KEY = "full-rooms"
DESK = Actor(Role.FACILITATOR, KEY)
TITLE = (
    "Quelle doctrine pour l’articulation entre les espaces France services et les conseillers "
    "numériques des Hautes-Vosges ?"
)
NAMES = (
    "Communauté de communes de la porte des Vosges méridionales",
    "Épinal – Remiremont – Gérardmer – Plombières et alentours",
    "Vandœuvre-lès-Nancy, Neufchâteau et arrondissement de Toul",
    "Déodatie",
    "Plaine des Vosges",
    "Intercommunalité de Saint-Dié-des-Vosges",
)
INITIATIVE = (
    "Nous proposons que chaque espace France services reçoive une demi-journée par semaine un conseiller "
    "numérique, avec un agenda partagé, une affiche dans le bureau, et un point de dix minutes entre les deux "
    "équipes à la fin de chaque demi-journée pour se dire ce qui a bien marché."
)
MISSION = (
    "Accompagner les personnes éloignées des démarches administratives en ligne, sur rendez-vous, dans les mairies qui "
    "n’ont pas d’espace dédié."
)
OWN = (
    "Tenir ensemble un stand aux forums des associations et des seniors du département, deux fois par an, avec le même "
    "dépliant pour toutes."
)
ANNOUNCEMENT = (
    "Reprise à 14 h 15 précises dans la grande salle du premier étage : gardez vos téléphones et vos fiches, chaque "
    "groupe présentera la sienne."
)
DUE = "juin 2027, avant le prochain comité de pilotage du département"


def a_full_setup(groups: int) -> Setup:
    """Title, place and names at their limits; the ten actions and four lines of their own."""
    names = tuple(f"{NAMES[n % 6][:57]} {n + 1}" if n >= 6 else NAMES[n] for n in range(groups))
    place = "Maison des services au public de Saint-Dié-des-Vosges"
    today = dt.datetime.now(dt.UTC).date()
    return replace(default_setup(load("articulation"), today), title=TITLE, place=place, groups=names)


class FullRoom:
    """A workshop in that state; `show` chooses its scene before the server starts, or through it afterwards."""

    def __init__(self, sessions: Path, setup: Setup) -> None:
        sessions.mkdir(parents=True, exist_ok=True)
        secret = secret_of(sessions)
        self._service, self._acts = Service(JournalFolder(sessions)), 0
        self.code = self._service.create(setup, KEY, lambda code: hash_of(secret_for(secret, code, KEY)))
        self.secret = secret_for(secret, self.code, KEY)
        self.groups = len(setup.groups)
        self._ideas: list[str] = []
        self._fill([action.id for action in setup.actions])
        self._service.close()

    def _do(self, command: c.Command, by: Actor = DESK) -> str:
        self._acts += 1
        op = f"full-room-{self._acts:06}"
        self._service.handle(self.code, command, by, op)
        return op

    def _fill(self, actions: list[str]) -> None:
        for n in range(3 * self.groups):
            trade = list(Trade)[n % 4]
            guest = Actor(Role.GUEST, f"person-{n:04}")
            self._do(c.Join(trade=trade, group=n % self.groups + 1, name=""), guest)
        self._do(c.OpenPhase(phase=Phase.REMITS))
        for number in range(1, self.groups + 1):
            for side in Side:
                self._do(c.AddMission(group=number, side=side, text=f"{MISSION[:-3]} {number}."))
        self._do(c.SetAnswersFirst(on=True))
        self._do(c.OpenPhase(phase=Phase.ARTICULATIONS))
        self._answer("orienter")
        for number in range(1, self.groups + 1):
            self._fill_sheet(number, actions)
        for n in range(4):
            who = "Préfecture et conseil départemental"
            self._do(c.RecordDecision(what=f"{INITIATIVE[:-3]} {n}.", who=who, due=DUE))
        self._do(c.StartClock())
        self._do(c.SayReady(group=1, on=True))
        self._vote()
        self._do(c.ShowOnWall(scene=Scene.GROUP, group=1))

    def _vote(self) -> None:
        """Not revealed yet; both trades agree on what was written first."""
        vote = self._do(c.OpenVote(each=10))
        for n in range(3 * self.groups):
            by = Actor(Role.PARTICIPANT, f"person-{n:04}")
            for initiative in self._ideas[: 3 + n % 8]:
                self._do(c.PlaceDots(vote=vote, initiative=initiative), by)

    def _answer(self, action: str) -> None:
        """At table 1, more of one trade answer one word than dots are drawn, and one of the other trade."""
        for n, trade in enumerate([Trade.FRANCE_SERVICES] * 6 + [Trade.CONSEILLER_NUMERIQUE]):
            who = f"answers-{n:04}"
            self._do(c.Join(trade=trade, group=1, name=""), Actor(Role.GUEST, who))
            answer = {trade.value: 100}
            self._do(c.GiveAnswer(group=1, action=action, **answer), Actor(Role.PARTICIPANT, who))

    def _fill_sheet(self, number: int, actions: list[str]) -> None:
        for n, action in enumerate(actions):
            if (n + number) % 7 == 6:
                continue
            if (n + number) % 11 == 9:
                self._do(c.SetActionAside(group=number, action=action))
                continue
            fs, cn = (n * 35 + number * 20) % 105, (n * 55 + number * 45 + 30) % 105
            self._do(c.PlaceAction(group=number, action=action, fs=fs - fs % 5, cn=cn - cn % 5))
            for k in range(4 if n == 2 else (n * number) % 4):
                text = INITIATIVE if k % 2 else "Permanence commune au marché"
                idea = self._do(c.PostInitiative(group=number, action=action, text=text))
                self._ideas.append(idea)
                if k == 1 and n == 2:
                    self._do(c.HighlightInitiative(group=number, initiative=idea, on=True))
        for k in range(4 if number == 1 else number % 3):
            text = (OWN, "Prêter du matériel", "Former les secrétaires de mairie", OWN)[k]
            self._do(c.AddAction(group=number, label=text[: limits.LABEL_CHARACTERS]))
            self._do(c.PlaceAction(group=number, action=f"libre-{k + 1}", fs=60, cn=85))


def write_rooms(sessions: Path) -> dict[int, tuple[str, str]]:
    """Write rooms of 3, 6 and 12 groups; return code and secret by number of groups."""
    rooms = {groups: FullRoom(sessions, a_full_setup(groups)) for groups in (3, 6, 12)}
    return {groups: (room.code, room.secret) for groups, room in rooms.items()}
