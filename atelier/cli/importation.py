"""`import`: a workshop with the results that a JSON export holds; its people are as many, and nobody in particular."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from atelier.access.keys import hash_of, new_key_id, secret_for
from atelier.access.operation_ids import new_op
from atelier.cli.common import BUSY, configured, main, opened
from atelier.cli.retention import alone
from atelier.deferred import DeferredWrites
from atelier.domain import commands as c
from atelier.domain.limits import PURGE_DAYS_DEFAULT
from atelier.domain.refusals import Refused
from atelier.domain.setup import Setup
from atelier.domain.values import Actor, DecisionStatus, Phase, Role, Side, Trade
from atelier.export.dataset import NOTES, TRADES, VERSION, people_column
from atelier.journal.codec import from_plain
from atelier.journal.locks import FolderBusy
from atelier.service.service import HOST, Service
from atelier.wording import refusal_sentence

NOT_OURS = (
    "Ce fichier n’est pas un export JSON de l’Atelier, ou d’une version plus récente : rien n’est créé."
)


@main.command("import")
@click.argument("path", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_workshop(path: Path) -> None:
    """Refaire un atelier d’un export JSON : mêmes résultats, sans les personnes."""
    data, setup = _read(path)
    storage = opened(configured())
    secret, key_id = storage.signing_secret(DeferredWrites()), new_key_id()
    try:
        with alone(storage) as service:
            code = service.create(setup, key_id, lambda code: hash_of(secret_for(secret, code, key_id)))
            try:
                _Copy(service, code, data).make()
            except (Refused, KeyError, LookupError, TypeError, ValueError) as error:
                service.erase(code)
                raise click.ClickException(
                    refusal_sentence(error.code, error.detail) if isinstance(error, Refused) else NOT_OURS
                ) from None
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    click.echo(f"{code}  {setup.title}")
    click.echo(f"« atelier link {code} » en donne le lien d’animation.")


def _read(path: Path) -> tuple[dict[str, Any], Setup]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != f"atelier/{VERSION}":
            raise ValueError(data["format"])
        setup = from_plain(Setup, data["reglages"])
        names = tuple(row["nom"] for row in data["groupes"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise click.ClickException(NOT_OURS) from None
    today = dt.datetime.now(dt.UTC).date()
    until = today + dt.timedelta(days=PURGE_DAYS_DEFAULT)
    return data, replace(setup, groups=names, purge_on=until.isoformat())


@dataclass(frozen=True)
class _Copy:
    """Gives the commands that lead to the same results."""

    service: Service
    code: str
    data: Mapping[str, Any]

    def make(self) -> None:
        """Give them all; the workshop is closed at the end, as nobody of it is there."""
        people = {row["groupe"]: list(self._people(row)) for row in self.data["groupes"]}
        self._do(c.OpenPhase(phase=Phase.ARTICULATIONS))
        for row in self.data["groupes"]:
            for kind, column in NOTES.items():
                if row[column.name]:
                    self._do(c.TakeNote(group=row["groupe"], text=row[column.name], kind=kind))
        self._missions()
        lines = self._lines()
        self._initiatives(lines, people)
        self._decisions(lines)
        if self.data["atelier"][0]["rencontre_le"] or self.data["atelier"][0]["rencontre"]:
            first = self.data["atelier"][0]
            self._do(c.PlanNextMeeting(on=first["rencontre_le"] or "", about=first["rencontre"] or ""))
        self._do(c.OpenPhase(phase=Phase.SYNTHESIS))
        self._do(c.CloseWorkshop())

    def _do(self, command: c.Command, by: Actor = HOST) -> str:
        op = new_op()
        self.service.handle(self.code, command, by, op)
        return op

    def _people(self, row: Mapping[str, Any]) -> Iterator[str]:
        for trade in TRADES:
            for _ in range(row[people_column(trade)]):
                yield self._joined(trade, row["groupe"])

    def _joined(self, trade: Trade, group: int) -> str:
        person = new_key_id()
        self._do(c.Join(trade=trade, group=group), Actor(Role.GUEST, person))
        return person

    def _missions(self) -> None:
        kept = {(row["groupe"], row["mission"]) for row in self.data["missions"]}
        for group in self.service.read(self.code).state.groups:
            for mission in group.missions.values():
                if (group.number, mission.id) not in kept:
                    self._do(c.WithdrawMission(group=group.number, mission=mission.id))
        for row in self.data["missions"]:
            group, standing = self.service.read(self.code).state.group(row["groupe"]), row["mission"]
            if standing not in group.missions:
                self._do(c.AddMission(group=group.number, side=Side(row["cote"]), text=row["texte"]))
                continue
            if group.missions[standing].text != row["texte"]:
                self._do(c.EditMission(group=group.number, mission=standing, text=row["texte"]))
            if group.missions[standing].side != row["cote"]:
                self._do(c.MoveMission(group=group.number, mission=standing, side=Side(row["cote"])))

    def _lines(self) -> dict[tuple[int, str], str]:
        """Place the lines; return by which id each is known here."""
        found = {}
        for row in self.data["placements"]:
            group, action = row["groupe"], row["action"]
            if row["propre_au_groupe"]:
                before = set(self.service.read(self.code).state.group(group).lines)
                self._do(c.AddAction(group=group, label=row["libelle"]))
                (action,) = set(self.service.read(self.code).state.group(group).lines) - before
            found[group, row["action"]] = action
            if row["sans_objet"]:
                self._do(c.SetActionAside(group=group, action=action))
            elif row["fs"] is not None or row["cn"] is not None:
                self._do(c.PlaceAction(group=group, action=action, fs=row["fs"], cn=row["cn"]))
        return found

    def _initiatives(self, lines: dict[tuple[int, str], str], people: dict[int, list[str]]) -> None:
        gone: list[str] = []
        gathered: dict[str, str] = {}
        for row in self.data["initiatives"]:
            group = row["groupe"]
            action = lines[group, row["action"]]
            found = self._do(c.PostInitiative(group=group, action=action, text=row["texte"]))
            # Some who supported it had left when the results were written down.
            while len(people[group]) < row["soutiens"]:
                people[group].append(self._joined(Trade.OTHER, group))
                gone.append(people[group][-1])
            for person in people[group][: row["soutiens"]]:
                supporter = Actor(Role.PARTICIPANT, person)
                self._do(c.SupportInitiative(group=group, initiative=found), supporter)
            if row["mise_en_avant"]:
                self._do(c.HighlightInitiative(group=group, initiative=found, on=True))
            if key := row["regroupement"]:
                self._gather(found, gathered.setdefault(key, found), row["regroupement_titre"])
        for person in gone:
            self._do(c.Leave(participant=person), Actor(Role.PARTICIPANT, person))

    def _gather(self, one: str, first: str, heading: str) -> None:
        """Bring an initiative together with the first of its set; the set has its heading once there are two."""
        if one == first:
            return
        self._do(c.GatherInitiatives(group=0, initiative=one, other=first))
        if heading:
            self._do(c.NameGathering(group=0, initiative=one, text=heading))

    def _decisions(self, lines: dict[tuple[int, str], str]) -> None:
        for row in self.data["decisions"]:
            group = row["groupe"] or 0
            said = {"what": row["quoi"], "who": row["qui"], "due": row["echeance"], "stake": row["enjeu"]}
            links = {
                "due_on": row["echeance_le"] or "",
                "action": lines.get((group, row["action"]), row["action"]),
            }
            found = self._do(c.RecordDecision(**said, **links, group=group))
            if row["etat"] != DecisionStatus.TO_DO:
                edited = c.EditDecision(decision=found, **said, **links, status=DecisionStatus(row["etat"]))
                self._do(edited)
